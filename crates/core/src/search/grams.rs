//! [`Grams`]: character n-grams, by which a passage matches a part of a word.
//!
//! Stemming keeps apart what belongs together (“transfer”, “transferase”), and names are spelt in
//! many ways. Runs of four characters are a robust index by themselves in European languages
//! (McNamee and Mayfield, “Character n-gram tokenization for European language text retrieval”,
//! Information Retrieval 7, 2004); here they complement words.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::terms::Terms;
use crate::text::analyzer::{Token, hash};

/// The number of characters of a part.
const SIZE: usize = 4;

/// The parts of a query's words, to be counted in texts.
pub(super) struct Grams {
    /// The number of parts of each of [`Terms::words`].
    parts: Vec<usize>,
    /// The origin of each part: a word, and which of its parts it is.
    places: FxHashMap<Part, Vec<(usize, usize)>>,
    /// The words met so far, by their hashes, each with its part of `found`.
    known: FxHashMap<u64, Range<usize>>,
    /// The origins of the parts of these words.
    found: Vec<(usize, usize)>,
}

/// A part of a word: its characters, or a hash of a whole figure.
type Part = u128;

impl Grams {
    pub(super) fn new(terms: &Terms) -> Self {
        let mut grams = Self {
            parts: Vec::new(),
            places: FxHashMap::default(),
            known: FxHashMap::default(),
            found: Vec::new(),
        };
        for (i, word) in terms.words.iter().enumerate() {
            let parts: BTreeSet<Part> =
                word.folded().into_iter().flat_map(|folded| parts(folded)).collect();
            grams.parts.push(parts.len());
            for (j, part) in parts.into_iter().enumerate() {
                grams.places.entry(part).or_default().push((i, j));
            }
        }
        grams
    }

    /// Counts each part of each of [`Terms::words`] in these words.
    pub(super) fn count<'t>(&mut self, tokens: impl Iterator<Item = &'t Token>) -> Vec<Vec<u32>> {
        let mut counts: Vec<Vec<u32>> = self.parts.iter().map(|&parts| vec![0; parts]).collect();
        for token in tokens {
            let found = match self.known.get(&token.word_hash) {
                Some(found) => found.clone(),
                None => self.learn(token),
            };
            self.found[found].iter().for_each(|&(word, part)| counts[word][part] += 1);
        }
        counts
    }

    /// Looks up the parts of a word that has not been met yet.
    fn learn(&mut self, token: &Token) -> Range<usize> {
        let start = self.found.len();
        for part in parts(&token.word) {
            self.found.extend(self.places.get(&part).into_iter().flatten());
        }
        let found = start..self.found.len();
        self.known.insert(token.word_hash, found.clone());
        found
    }
}

/// Returns the parts of a folded word, whose beginning and end count as characters. A figure has
/// one part, itself: similar figures are not alike.
fn parts(word: &str) -> impl Iterator<Item = Part> {
    let is_figure = word.bytes().any(|byte| byte.is_ascii_digit());
    let marked = || std::iter::once('^').chain(word.chars()).chain(['$']);
    let part = |part: Part, c: char| part << 32 | Part::from(u32::from(c));
    // The complement of a hash is above all values that characters give.
    let first = if is_figure { !Part::from(hash(word)) } else { marked().take(SIZE).fold(0, part) };
    let others =
        marked().skip(if is_figure { usize::MAX } else { SIZE }).scan(first, move |last, c| {
            *last = part(*last, c);
            Some(*last)
        });
    std::iter::once(first).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::text::analyzer::tokens;

    #[test]
    fn words_have_parts_in_common_and_figures_have_none() {
        let written = |word: &str| {
            let char_of = |part: Part, at: u32| {
                char::from_u32((part >> (32 * at)) as u32).filter(|c| *c != '\0')
            };
            let written =
                |part: &Part| (0..4).rev().filter_map(|at| char_of(*part, at)).collect::<String>();
            parts(word).map(|part| written(&part)).collect::<Vec<_>>()
        };
        assert_eq!(written("ferry"), ["^fer", "ferr", "erry", "rry$"]);
        assert_eq!(written("é"), ["^é$"]);
        assert_eq!(parts("1997").count(), 1);
        let terms = Terms::new(Query::prose("ferries 1997").clauses(), &[]);
        let mut grams = Grams::new(&terms);
        let mut count = |text: &str| {
            grams.count(tokens(text, None).iter()).into_iter().map(|parts| parts.iter().sum())
        };
        assert_eq!(count("ferry ferry").collect::<Vec<u32>>(), [4, 0]);
        assert_eq!(count("1996 and 1997").collect::<Vec<u32>>(), [0, 1]);
    }
}
