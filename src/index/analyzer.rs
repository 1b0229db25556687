//! From text to terms: the one analyzer behind indexing, queries and highlights.
//!
//! That a query and a passage meet, and that a match can be shown where it stands, rests on all three using the same
//! words, folding and stems; so they come from here and from nowhere else.

use std::sync::Arc;

use frostem::Stemmer;
use rustc_hash::FxHashMap;

use crate::text::{self, Span, Word};

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
    known: FxHashMap<Arc<str>, Forms>,
}

/// A word as the index has it.
#[derive(Clone)]
struct Forms {
    folded: Arc<str>,
    /// The same as `folded` where that is its own stem.
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
        Self { stemmer, known: FxHashMap::default() }
    }

    /// The tokens of `text`, in order.
    pub(crate) fn tokens<'a>(&'a mut self, text: &'a str) -> impl Iterator<Item = Token> + 'a {
        let analysed = text::words(text).filter_map(|word| {
            let forms = self.with_forms(word.text, Forms::clone);
            (!forms.folded.is_empty()).then_some((word.span, forms))
        });
        (0..).zip(analysed).map(|(position, (span, forms))| Token {
            span,
            position,
            word: forms.folded,
            stem: forms.stem,
        })
    }

    /// Calls `each` with every word of `text` folded, in order, and with its stem where it is not its own.
    pub(crate) fn for_each(&mut self, text: &str, mut each: impl FnMut(&str, Option<&str>)) {
        text::words(text).for_each(|Word { text: word, .. }| {
            self.with_forms(word, |forms| {
                // Most words stand in the text as they are folded, and that is at hand: what is known of them is not.
                let is_folded = word.len() == forms.folded.len() && word.bytes().all(|byte| byte.is_ascii_lowercase());
                let folded = if is_folded { word } else { &forms.folded };
                if !folded.is_empty() {
                    each(folded, (!Arc::ptr_eq(&forms.folded, &forms.stem)).then_some(&forms.stem));
                }
            });
        });
    }

    fn with_forms<T>(&mut self, word: &str, read: impl FnOnce(&Forms) -> T) -> T {
        let word = shortened(word, Self::LONGEST);
        match self.known.get(word) {
            Some(forms) => read(forms),
            None => read(&self.learn(word)),
        }
    }

    fn learn(&mut self, word: &str) -> Forms {
        let folded = text::fold(word);
        if *folded != *word {
            // What is folded already is folded to itself, so that small and capital letters share what is known.
            let forms = self.with_forms(&folded, Forms::clone);
            return self.remember(Arc::from(word), forms);
        }
        let folded = Arc::<str>::from(folded);
        let stem = match self.stemmer.map(|stemmer| stemmer.stem(&folded)) {
            Some(stem) if *stem != *folded && !stem.is_empty() => Arc::from(stem),
            _ => Arc::clone(&folded),
        };
        self.remember(Arc::clone(&folded), Forms { folded, stem })
    }

    fn remember(&mut self, word: Arc<str>, forms: Forms) -> Forms {
        if self.known.len() >= Self::REMEMBERED {
            self.known.clear();
        }
        self.known.insert(word, forms.clone());
        forms
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
    let dates = text::dates(text);
    let quantities = text::quantities_beside(&dates, text);
    let quantities = quantities.into_iter().map(|quantity| format!("q:{}", quantity.term()));
    let dates = dates.into_iter().flat_map(|date| date.terms()).map(|term| format!("d:{term}"));
    quantities.chain(dates)
}

/// The terms of the field `facts` for the acronyms that `text` explains: what [`acronym`] begins, and the name's words
/// folded. `a:ttp=tehreek e taliban pakistan`.
pub(crate) fn definitions(text: &str) -> impl Iterator<Item = String> {
    text::acronyms(text).into_iter().map(|explained| {
        let words: Vec<_> = text::words(explained.name.of(text)).map(|word| text::fold(word.text)).collect();
        acronym(&explained.letters) + &words.join(" ")
    })
}

/// How the terms of the field `facts` begin that explain the acronym with these letters.
pub(crate) fn acronym(letters: &str) -> String {
    format!("a:{letters}=")
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
    fn definitions_have_the_words_as_the_index_has_them() {
        let found: Vec<_> = definitions("The Tehreek-e-Taliban Pakistan (TTP) and ISI.").collect();
        assert_eq!(found, ["a:ttp=tehreek e taliban pakistan"]);
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
