//! From text to terms: the one analyzer behind indexing, queries and highlights.
//!
//! That a query and a passage meet, and that a match can be shown where it stands, rests on all three using the same
//! words, folding and stems; so they come from here and from nowhere else.

use std::sync::Arc;

use frostem::Stemmer;
use rustc_hash::FxHashMap;

use crate::text::{self, Span};

/// A word of a text, as the index has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Where it stands, in bytes of the text that was analysed.
    pub(crate) span: Span,
    /// Which word it is, counted from 0.
    pub(crate) position: u32,
    /// The word folded: a term of the field `words`.
    pub(crate) word: Arc<str>,
    /// The stem of the folded word, often itself: where not, a term of the field `stems`.
    pub(crate) stem: Arc<str>,
}

/// The tokens of `text`, in order, stemmed as the language (an ISO 639-1 code) has it.
pub(crate) fn tokens(text: &str, language: Option<&str>) -> Vec<Token> {
    Analyzer::new(language).tokens(text).collect()
}

/// Analyses text in one language, remembering words: worth keeping where much text is analysed.
pub(crate) struct Analyzer {
    stemmer: Option<Stemmer>,
    /// Where in `forms` each word stands that was met.
    known: FxHashMap<Box<str>, usize>,
    forms: Vec<Forms>,
}

/// A word as the index has it.
struct Forms {
    folded: Arc<str>,
    stem: Arc<str>,
}

impl Analyzer {
    /// How many words are remembered: enough for nearly all running words of a corpus, and about 10 MB.
    const REMEMBERED: usize = 1 << 16;

    /// How many bytes of a word count. What is longer is no word anyone types, but would weigh on the dictionary.
    const LONGEST: usize = 128;

    /// An analyzer for text in this language. Without a stemmer for it, a word is its own stem.
    pub(crate) fn new(language: Option<&str>) -> Self {
        let stemmer = language.and_then(|code| Stemmer::try_from_name(code).ok());
        Self { stemmer, known: FxHashMap::default(), forms: Vec::new() }
    }

    /// The tokens of `text`, in order.
    pub(crate) fn tokens<'a>(&'a mut self, text: &'a str) -> impl Iterator<Item = Token> + 'a {
        let analysed = text::words(text).filter_map(|word| {
            let Forms { folded, stem } = self.forms(word.text);
            (!folded.is_empty()).then(|| (word.span, Arc::clone(folded), Arc::clone(stem)))
        });
        (0..).zip(analysed).map(|(position, (span, word, stem))| Token { span, position, word, stem })
    }

    /// Calls `each` with every word of `text` folded, in order, and with its stem.
    pub(crate) fn for_each(&mut self, text: &str, mut each: impl FnMut(&str, &str)) {
        text::words(text).for_each(|word| {
            let Forms { folded, stem } = self.forms(word.text);
            if !folded.is_empty() {
                each(folded, stem);
            }
        });
    }

    fn forms(&mut self, word: &str) -> &Forms {
        let word = shortened(word, Self::LONGEST);
        let place = match self.known.get(word) {
            Some(&place) => place,
            None => self.learn(word),
        };
        &self.forms[place]
    }

    fn learn(&mut self, word: &str) -> usize {
        let folded = Arc::<str>::from(text::fold(word));
        let stem = match self.stemmer.map(|stemmer| stemmer.stem(&folded)) {
            Some(stem) if *stem != *folded && !stem.is_empty() => Arc::from(stem),
            _ => Arc::clone(&folded),
        };
        if self.forms.len() == Self::REMEMBERED {
            self.known.clear();
            self.forms.clear();
        }
        self.known.insert(word.into(), self.forms.len());
        self.forms.push(Forms { folded, stem });
        self.forms.len() - 1
    }
}

/// As much of `word` as goes into `limit` bytes.
fn shortened(word: &str, limit: usize) -> &str {
    if word.len() <= limit {
        return word;
    }
    let end = (0..=limit).rev().find(|&at| word.is_char_boundary(at));
    &word[..end.unwrap_or(0)]
}

/// The terms of the field `facts` for the numbers, quantities and dates that `text` mentions: `q:` or `d:` and the
/// normal form, in which equal ones meet however they are written.
pub(crate) fn facts(text: &str) -> impl Iterator<Item = String> {
    let quantities = text::quantities(text).into_iter().map(|quantity| format!("q:{}", quantity.term()));
    let dates = text::dates(text).into_iter().flat_map(|date| date.terms()).map(|term| format!("d:{term}"));
    quantities.chain(dates)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stemmed() {
        let text = "Pakistan formally RECOGNIZED them.";
        let tokens = tokens(text, Some("en"));
        let found: Vec<_> = tokens.iter().map(|t| (t.position, t.span.of(text), &*t.word, &*t.stem)).collect();
        assert_eq!(
            found,
            [
                (0, "Pakistan", "pakistan", "pakistan"),
                (1, "formally", "formally", "formal"),
                (2, "RECOGNIZED", "recognized", "recogn"),
                (3, "them", "them", "them")
            ]
        );
    }

    #[test]
    fn facts_are_numbers_and_dates_in_normal_form() {
        let found: Vec<_> = facts("In October 1997 it cost $3 billion.").collect();
        assert_eq!(found, ["q:3000000000 USD", "d:1997", "d:1997-10"]);
    }

    #[test]
    fn a_language_without_a_stemmer_keeps_its_words() {
        for language in [None, Some("xx")] {
            assert!(tokens("recognized houses", language).iter().all(|token| token.word == token.stem));
        }
    }

    #[test]
    fn endless_words_are_cut_short() {
        let word = "é".repeat(1_000_000);
        let tokens = tokens(&word, Some("en"));
        assert_eq!(tokens.len(), 1);
        assert_eq!(tokens[0].span, Span::new(0, word.len()));
        assert!(tokens[0].word.len() <= Analyzer::LONGEST);
    }
}
