//! From text to terms: the one analyzer behind indexing, queries and highlights.
//!
//! That a query and a passage meet, and that a match can be shown where it stands, rests on all three using the same
//! words, folding and stems; so they come from here and from nowhere else.

use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use frostem::Stemmer;
use rustc_hash::{FxHashMap, FxHasher};

use super::{
    Span, Word, acronyms, dates, fold, has_capitals, is_function_word, quantities_beside, words,
};

/// A word of a text, and where it stands.
#[derive(Debug, Clone)]
pub struct Token {
    /// Where it stands, in bytes of the text that was analysed.
    pub span: Span,
    /// Which word it is, counted from 0.
    pub position: u32,
    /// What it is; shared by all tokens that are written so, for texts are long and their words few.
    forms: Arc<Forms>,
}

impl Deref for Token {
    type Target = Forms;

    fn deref(&self) -> &Forms {
        &self.forms
    }
}

/// A word as the index has it.
#[derive(Debug)]
pub struct Forms {
    /// The word folded: a term of the field `words`.
    pub word: Arc<str>,
    /// The stem of the folded word, often itself: a term of the field `stems`, where it carries meaning.
    pub stem: Arc<str>,
    /// Whether it carries meaning: it is no function word, or is written as an acronym, as *US* and *us* are not the same.
    pub is_content: bool,
    /// [`hash`] of the word folded.
    pub word_hash: u64,
    /// [`hash`] of its stem.
    pub stem_hash: u64,
}

/// A hash that is the same everywhere, to tell words apart quickly.
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// The tokens of `text`, in order, stemmed as the language (an ISO 639-1 code) has it.
pub fn tokens(text: &str, language: Option<&str>) -> Vec<Token> {
    Analyzer::new(language).tokens(text)
}

/// Analyses text in one language, remembering words: worth keeping where much text is analysed.
pub struct Analyzer {
    stemmer: Option<Stemmer>,
    known: FxHashMap<Arc<str>, Arc<Forms>>,
}

/// Analyzers of languages (ISO 639-1 codes), made when they are first asked for.
#[derive(Default)]
pub struct Analyzers(HashMap<Option<String>, Analyzer>);

impl Analyzers {
    /// The analyzer for text in this language.
    pub fn of(&mut self, language: Option<&str>) -> &mut Analyzer {
        self.0.entry(language.map(str::to_owned)).or_insert_with(|| Analyzer::new(language))
    }
}

impl Analyzer {
    /// How many words are remembered: enough for nearly all running words of a corpus, and about 10 MB.
    const REMEMBERED: usize = 1 << 16;

    /// How many bytes of a word count. What is longer is no word anyone types, but would weigh on the dictionary.
    const LONGEST: usize = 128;

    /// An analyzer for text in this language. Without a stemmer for it, a word is its own stem.
    pub fn new(language: Option<&str>) -> Self {
        let stemmer = language.and_then(|code| Stemmer::try_from_name(code).ok());
        Self { stemmer, known: FxHashMap::default() }
    }

    /// The tokens of `text`, in order.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        // Words of English have six letters or so with the space after them.
        let mut tokens = Vec::with_capacity(text.len() / 6);
        for word in words(text) {
            let forms = self.with_forms(word.text, Arc::clone);
            if !forms.word.is_empty() {
                tokens.push(Token { span: word.span, position: tokens.len() as u32, forms });
            }
        }
        tokens
    }

    /// Calls `each` with every word of `text` folded, in order, with its stem where it is not its own, and with whether it
    /// carries meaning (see [`Forms::is_content`]).
    pub fn for_each(&mut self, text: &str, mut each: impl FnMut(&str, Option<&str>, bool)) {
        words(text).for_each(|Word { text: word, .. }| {
            self.with_forms(word, |forms| {
                // Most words stand in the text as they are folded, and that is at hand: what is known of them is not.
                let is_folded = word.len() == forms.word.len()
                    && word.bytes().all(|byte| byte.is_ascii_lowercase());
                let folded = if is_folded { word } else { &forms.word };
                if !folded.is_empty() {
                    let stem = (!Arc::ptr_eq(&forms.word, &forms.stem)).then_some(&*forms.stem);
                    each(folded, stem, forms.is_content);
                }
            });
        });
    }

    fn with_forms<T>(&mut self, word: &str, read: impl FnOnce(&Arc<Forms>) -> T) -> T {
        let word = shortened(word, Self::LONGEST);
        match self.known.get(word) {
            Some(forms) => read(forms),
            None => read(&self.learn(word)),
        }
    }

    fn learn(&mut self, word: &str) -> Arc<Forms> {
        let folded = fold(word);
        if *folded != *word {
            // What is folded already is folded to itself, so that small and capital letters share what is known.
            let mut forms = self.with_forms(&folded, Arc::clone);
            if !forms.is_content && has_capitals(word) {
                let (folded, stem) = (Arc::clone(&forms.word), Arc::clone(&forms.stem));
                forms = Arc::new(Forms { word: folded, stem, is_content: true, ..*forms });
            }
            return self.remember(Arc::from(word), forms);
        }
        let word = Arc::<str>::from(folded);
        let stem = match self.stemmer.map(|stemmer| stemmer.stem(&word)) {
            Some(stem) if *stem != *word && !stem.is_empty() => Arc::from(stem),
            _ => Arc::clone(&word),
        };
        let is_content = !is_function_word(&word);
        let (word_hash, stem_hash) = (hash(&word), hash(&stem));
        self.remember(
            Arc::clone(&word),
            Arc::new(Forms { word, stem, is_content, word_hash, stem_hash }),
        )
    }

    fn remember(&mut self, word: Arc<str>, forms: Arc<Forms>) -> Arc<Forms> {
        if self.known.len() >= Self::REMEMBERED {
            self.known.clear();
        }
        self.known.insert(word, Arc::clone(&forms));
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
pub fn facts(text: &str) -> impl Iterator<Item = String> {
    let dates = dates(text);
    let quantities = quantities_beside(&dates, text);
    let quantities = quantities.into_iter().map(|quantity| format!("q:{}", quantity.term()));
    let dates = dates.into_iter().flat_map(|date| date.terms()).map(|term| format!("d:{term}"));
    quantities.chain(dates)
}

/// The terms of the field `facts` for the acronyms that `text` explains: what [`acronym`] begins, and the name's words
/// folded. `a:ttp=tehreek e taliban pakistan`.
pub fn definitions(text: &str) -> impl Iterator<Item = String> {
    acronyms(text).into_iter().map(|explained| {
        let words: Vec<_> = words(explained.name.of(text)).map(|word| fold(word.text)).collect();
        acronym(&explained.letters) + &words.join(" ")
    })
}

/// How the terms of the field `facts` begin that explain the acronym with these letters.
pub fn acronym(letters: &str) -> String {
    format!("a:{letters}=")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_stemmed() {
        let text = "Pakistan formally RECOGNIZED them.";
        let tokens = tokens(text, Some("en"));
        let found: Vec<_> =
            tokens.iter().map(|t| (t.position, t.span.of(text), &*t.word, &*t.stem)).collect();
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
    fn function_words_carry_no_meaning_but_acronyms_do() {
        let content = |text: &str| {
            let tokens = tokens(text, Some("en")).into_iter().filter(|token| token.is_content);
            tokens.map(|token| token.word.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(content("The US told us, and who told the WHO?"), ["us", "told", "told", "who"]);
        assert!(content("It was not to be. Don\u{2019}t!").is_empty());
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
            assert!(
                tokens("recognized houses", language).iter().all(|token| token.word == token.stem)
            );
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
