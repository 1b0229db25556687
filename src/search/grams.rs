//! [`Grams`]: parts of words, by which a passage has some of a word that it has in no form.
//!
//! Stems part what belongs together (“transfer”, “transferase”), and names are spelt in many ways. Runs of four characters
//! are a robust index by themselves in European languages (McNamee and Mayfield, “Character n-gram tokenization for
//! European language text retrieval”, Information Retrieval 7, 2004); here they stand beside words.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::terms::{Form, Terms};
use crate::index::analyzer::Token;

/// How many characters a part has.
const SIZE: usize = 4;

/// The parts of a query's words, to be counted in texts.
pub(super) struct Grams {
    /// How many parts each of [`Terms::words`] has.
    parts: Vec<usize>,
    /// Where each part stands: a word, and which of its parts it is.
    places: FxHashMap<Box<str>, Vec<(usize, usize)>>,
    /// The places of the parts of a text's word, for words met before.
    known: FxHashMap<Arc<str>, Box<[(usize, usize)]>>,
}

impl Grams {
    pub(super) fn new(terms: &Terms) -> Self {
        let mut grams = Self { parts: Vec::new(), places: FxHashMap::default(), known: FxHashMap::default() };
        for (i, word) in terms.words.iter().enumerate() {
            let parts = match &word.form {
                Form::Stems { folded, .. } => parts(folded),
                Form::Prefix(_) | Form::Fuzzy(..) => Vec::new(),
            };
            grams.parts.push(parts.len());
            for (j, part) in parts.into_iter().enumerate() {
                grams.places.entry(part).or_default().push((i, j));
            }
        }
        grams
    }

    /// How often each part of each of [`Terms::words`] occurs.
    pub(super) fn count(&mut self, tokens: &[Token]) -> Vec<Vec<u32>> {
        let mut counts: Vec<Vec<u32>> = self.parts.iter().map(|&parts| vec![0; parts]).collect();
        for token in tokens {
            if !self.known.contains_key(&token.word) {
                let parts = parts(&token.word);
                let places = parts.iter().filter_map(|part| self.places.get(part)).flatten().copied().collect();
                self.known.insert(Arc::clone(&token.word), places);
            }
            self.known[&token.word].iter().for_each(|&(word, part)| counts[word][part] += 1);
        }
        counts
    }
}

/// The parts of a folded word, each once; its beginning and end count as characters. Of figures nothing is alike but the
/// whole.
fn parts(word: &str) -> Vec<Box<str>> {
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return vec![word.into()];
    }
    let marked: Vec<char> = std::iter::once('^').chain(word.chars()).chain(['$']).collect();
    let mut parts: Vec<Box<str>> =
        marked.windows(SIZE.min(marked.len())).map(|part| part.iter().collect::<String>().into()).collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::analyzer::tokens;
    use crate::query::Query;

    #[test]
    fn words_have_parts_in_common_and_figures_have_none() {
        assert_eq!(parts("ferry").iter().map(|part| &**part).collect::<Vec<_>>(), ["^fer", "erry", "ferr", "rry$"]);
        assert_eq!(parts("a").iter().map(|part| &**part).collect::<Vec<_>>(), ["^a$"]);
        assert_eq!(parts("1997").len(), 1);
        let terms = Terms::new(Query::prose("ferries 1997").clauses(), &[]);
        let mut grams = Grams::new(&terms);
        let mut count = |text: &str| grams.count(&tokens(text, None)).into_iter().map(|parts| parts.iter().sum());
        assert_eq!(count("ferry ferry").collect::<Vec<u32>>(), [4, 0]);
        assert_eq!(count("1996 and 1997").collect::<Vec<u32>>(), [0, 1]);
    }
}
