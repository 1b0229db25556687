//! The analyzer, from text to terms, behind indexing, queries and highlights.
//!
//! All three must use the same words, folding and stems: otherwise a query misses passages, and
//! matches cannot be highlighted. So no other module makes terms.

use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::sync::Arc;

use frostem::Stemmer;
use rustc_hash::{FxHashMap, FxHasher};

use super::{
    Span, Word, acronyms, arabic, dates, fold, has_capitals, is_function_word, quantities_beside,
    words,
};

/// A word of a text with its span. Dereferences to its [`Forms`].
#[derive(Debug, Clone)]
pub struct Token {
    /// The span of the word, in bytes of the text that was analysed.
    pub span: Span,
    /// The index of the word in the text, from 0.
    pub position: u32,
    /// The forms, shared by all tokens with the same spelling.
    forms: Arc<Forms>,
}

impl Deref for Token {
    type Target = Forms;

    fn deref(&self) -> &Forms {
        &self.forms
    }
}

/// The normal forms of a word, as they are indexed.
#[derive(Debug)]
pub struct Forms {
    /// The folded word: a term of the field `words`.
    pub word: Arc<str>,
    /// The stem of the folded word: a term of the field `stems` if `is_content`.
    pub stem: Arc<str>,
    /// Set if the word carries meaning: it is not a function word, or is written in capitals like
    /// an acronym (*US* is not *us*).
    pub is_content: bool,
    /// The [`hash`] of `word`.
    pub word_hash: u64,
    /// The [`hash`] of `stem`.
    pub stem_hash: u64,
    /// The [`code`] of `stem`.
    pub stem_code: u32,
}

/// Returns a short hash of a stem, by which an index tells what passages have in common: FNV-1a,
/// folded to [`CODE_BITS`]. The index format fixes it.
pub fn code(stem: &str) -> u32 {
    let mix = |hash: u32, byte: u8| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    let hash = stem.bytes().fold(0x811C_9DC5, mix);
    (hash >> CODE_BITS ^ hash) & ((1 << CODE_BITS) - 1)
}

/// The number of bits of a [`code`]: of two texts of eighty stems one pair in 150 has two stems of
/// one code.
pub const CODE_BITS: u32 = 20;

/// Returns a fast, unkeyed hash: equal values have the same hash in every run.
pub fn hash(value: impl Hash) -> u64 {
    let mut hasher = FxHasher::default();
    value.hash(&mut hasher);
    hasher.finish()
}

/// Returns the tokens of `text` in order, with the stemmer of `language`, an ISO 639-1 code.
pub fn tokens(text: &str, language: Option<&str>) -> Vec<Token> {
    Analyzer::new(language).tokens(text)
}

/// Returns the stems of the words of `text` in this language, as [`tokens`] has them: for a few
/// words, of which that tells more than is asked for.
pub fn stems(text: &str, language: Option<&str>) -> Vec<String> {
    let stemmer = language.and_then(Stems::of);
    let stem = |word: Word<'_>| {
        let folded = fold(truncated(word.text, Analyzer::MAX_WORD_LEN));
        let folded = truncated(&folded, Analyzer::MAX_WORD_LEN);
        let stem = stemmer.as_ref().map(|stemmer| stemmer.stem(folded));
        stem.filter(|stem| !stem.is_empty()).map_or_else(|| folded.to_owned(), Cow::into_owned)
    };
    words(text).map(stem).filter(|stem| !stem.is_empty()).collect()
}

/// An analyzer for one language, with a cache of the words it has seen.
pub struct Analyzer {
    stemmer: Option<Stems>,
    /// The spellings that fit into a [`Short`], which nearly all do, with the part of their forms
    /// that indexing needs.
    short: FxHashMap<Short, Brief>,
    /// Those of them that [`index`](Analyzer::index) met last, each in the place that its hash
    /// gives: few enough for the processor's cache. Empty until then.
    recent: Vec<(Short, Brief)>,
    /// The number of each other spelling.
    long: FxHashMap<Box<str>, u32>,
    forms: Vec<Arc<Forms>>,
    /// The number of times that the cache was emptied.
    emptied: u32,
}

/// A word of at most 15 bytes: the first eight of them, and the others with their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Short(u64, u64);

impl Short {
    fn of(word: &str) -> Option<Short> {
        let bytes = word.as_bytes();
        let four = |at: usize| bytes[at..].first_chunk().map_or(0, |it| u32::from_le_bytes(*it));
        let eight = |at: usize| bytes[at..].first_chunk().map_or(0, |it| u64::from_le_bytes(*it));
        let length = bytes.len();
        // What is read twice of a word of this length is the same both times.
        let (first, others) = match length {
            0 => (0, 0),
            1..4 => {
                let [first, middle, last] = [0, length / 2, length - 1].map(|at| bytes[at]);
                (u64::from(u32::from_le_bytes([first, middle, last, 0])), 0)
            }
            4..8 => (u64::from(four(0)) | u64::from(four(length - 4)) << 32, 0),
            8 => (eight(0), 0),
            9..16 => (eight(0), eight(length - 8) >> (8 * (16 - length))),
            _ => return None,
        };
        Some(Short(first, others | (length as u64) << 56))
    }

    /// Returns its place among `1 << bits`.
    fn place(self, bits: u32) -> usize {
        let mixed = (self.0 ^ self.1.rotate_left(29)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - bits)) as usize
    }
}

/// The number of a spelling, and its terms if it is the folded word and the stem its beginning.
#[derive(Debug, Clone, Copy)]
struct Brief {
    /// The index of its forms.
    number: u32,
    stem_code: u32,
    /// The length of the stem, in bytes; 0 where it is not the beginning, or the word another.
    stem: u8,
    is_content: bool,
}

/// A word of a text as it is indexed: see [`Forms`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Indexed<'a> {
    /// The folded word.
    pub word: &'a str,
    /// Its stem.
    pub stem: &'a str,
    /// Set if it carries meaning.
    pub is_content: bool,
    /// The [`code`] of the stem.
    pub stem_code: u32,
}

/// Tells the stem of a folded word.
enum Stems {
    Arabic,
    Snowball(Stemmer),
}

impl Stems {
    fn of(language: &str) -> Option<Stems> {
        match language {
            "ar" => Some(Stems::Arabic),
            _ => Stemmer::try_from_name(language).ok().map(Stems::Snowball),
        }
    }

    fn stem<'a>(&self, word: &'a str) -> Cow<'a, str> {
        match self {
            Stems::Arabic => Cow::Borrowed(arabic::stem(word)),
            Stems::Snowball(stemmer) => stemmer.stem(word),
        }
    }
}

/// A word of a text, by the number of its spelling: see [`Analyzer::spellings`].
#[derive(Debug, Clone, Copy)]
pub struct Spelt {
    /// The span of the word, in bytes of the text that was analysed.
    pub span: Span,
    /// The number of its spelling, from 0.
    pub spelling: u32,
}

/// The analyzers by language (an ISO 639-1 code), each made on first use.
#[derive(Default)]
pub struct Analyzers(HashMap<Option<String>, Analyzer>);

impl Analyzers {
    /// Returns the analyzer for text in this language.
    pub fn of(&mut self, language: Option<&str>) -> &mut Analyzer {
        self.0.entry(language.map(str::to_owned)).or_insert_with(|| Analyzer::new(language))
    }
}

impl Analyzer {
    /// The number of words in the cache: covers nearly all running words of a corpus, at about 10
    /// MB.
    const CACHED_WORDS: usize = 1 << 16;

    /// The number of places for the words that were met last, in bits.
    const RECENT_BITS: u32 = 12;

    /// The number of bytes after which a word is cut off. Nobody types longer words, but they would
    /// bloat the term dictionary.
    const MAX_WORD_LEN: usize = 128;

    /// Returns an analyzer for text in this language. If there is no stemmer for it, stems equal
    /// words.
    pub fn new(language: Option<&str>) -> Self {
        let stemmer = language.and_then(Stems::of);
        Self {
            stemmer,
            short: FxHashMap::default(),
            recent: Vec::new(),
            long: FxHashMap::default(),
            forms: Vec::new(),
            emptied: 0,
        }
    }

    /// Returns the tokens of `text` in order.
    pub fn tokens(&mut self, text: &str) -> Vec<Token> {
        // An English word and its space take about six bytes.
        let mut spelt = Vec::with_capacity(text.len() / 6);
        self.spellings(text, &mut spelt);
        let token = |(position, Spelt { span, spelling }): (usize, Spelt)| Token {
            span,
            position: position as u32,
            forms: Arc::clone(self.forms(spelling)),
        };
        spelt.into_iter().enumerate().map(token).collect()
    }

    /// Adds the tokens of `text` in order to `spelt`, each as the number of its spelling. Two
    /// tokens have the same number if and only if they are written alike, as long as the cache is
    /// not [emptied](Analyzer::emptied) between them.
    pub fn spellings(&mut self, text: &str, spelt: &mut Vec<Spelt>) {
        self.make_room();
        for Word { span, text } in words(text) {
            let spelling = self.spelling(text);
            if !self.forms(spelling).word.is_empty() {
                spelt.push(Spelt { span, spelling });
            }
        }
    }

    /// Returns the forms of a spelling.
    ///
    /// # Panics
    /// If no spelling has this number.
    pub fn forms(&self, spelling: u32) -> &Arc<Forms> {
        &self.forms[spelling as usize]
    }

    /// Returns the number of spellings in the cache.
    pub fn len(&self) -> usize {
        self.forms.len()
    }

    /// Returns whether the cache has no spelling.
    pub fn is_empty(&self) -> bool {
        self.forms.is_empty()
    }

    /// Returns how often the cache was emptied, which is done between two texts. Numbers of
    /// spellings begin again then.
    pub fn emptied(&self) -> u32 {
        self.emptied
    }

    /// Calls `each` for every word of `text` in order.
    pub fn index(&mut self, text: &str, mut each: impl FnMut(Indexed<'_>)) {
        self.make_room();
        if self.recent.is_empty() {
            // No word is like the empty one.
            let none = Brief { number: 0, stem_code: 0, stem: 0, is_content: false };
            self.recent = vec![(Short(0, 0), none); 1 << Self::RECENT_BITS];
        }
        for Word { text: word, .. } in words(text) {
            let short = Short::of(word).and_then(|short| self.brief(short));
            if let Some(Brief { stem_code, stem: stem @ 1.., is_content, .. }) = short {
                let stem = &word[..stem.into()];
                // The text is in the processor's cache already, the forms are not.
                each(Indexed { word, stem, is_content, stem_code });
                continue;
            }
            let spelling = short.map_or_else(|| self.spelling(word), |brief| brief.number);
            let Forms { word, stem, is_content, stem_code, .. } = &**self.forms(spelling);
            if !word.is_empty() {
                let (is_content, stem_code) = (*is_content, *stem_code);
                each(Indexed { word, stem, is_content, stem_code });
            }
        }
    }

    /// Calls `each` for every word of `text` in order with the folded word, the stem if it differs,
    /// and its other forms.
    pub fn for_each(&mut self, text: &str, mut each: impl FnMut(&str, Option<&str>, &Forms)) {
        self.make_room();
        for Word { text: word, .. } in words(text) {
            let spelling = self.spelling(word);
            let forms = self.forms(spelling);
            if !forms.word.is_empty() {
                let stem = (!Arc::ptr_eq(&forms.word, &forms.stem)).then_some(&*forms.stem);
                each(&forms.word, stem, forms);
            }
        }
    }

    /// Returns what is known of a spelling, if it is.
    fn brief(&mut self, short: Short) -> Option<Brief> {
        let place = &mut self.recent[short.place(Self::RECENT_BITS)];
        if place.0 != short {
            *place = (short, *self.short.get(&short)?);
        }
        Some(place.1)
    }

    fn make_room(&mut self) {
        if self.forms.len() >= Self::CACHED_WORDS {
            self.short.clear();
            self.recent.clear();
            self.long.clear();
            self.forms.clear();
            self.emptied += 1;
        }
    }

    /// Returns the number of the spelling of a word.
    fn spelling(&mut self, word: &str) -> u32 {
        let known = match Short::of(word) {
            Some(short) => self.short.get(&short).map(|brief| brief.number),
            None => self.long.get(truncated(word, Self::MAX_WORD_LEN)).copied(),
        };
        match known {
            Some(known) => known,
            None => self.learn(truncated(word, Self::MAX_WORD_LEN)),
        }
    }

    fn learn(&mut self, word: &str) -> u32 {
        let folded = fold(word);
        if *folded != *word {
            // Folding is idempotent, so all spellings share the forms of the folded word.
            let known = self.spelling(&folded);
            let mut forms = Arc::clone(self.forms(known));
            if !forms.is_content && has_capitals(word) {
                let (folded, stem) = (Arc::clone(&forms.word), Arc::clone(&forms.stem));
                forms = Arc::new(Forms { word: folded, stem, is_content: true, ..*forms });
            }
            return self.cache(word, forms);
        }
        let word = Arc::<str>::from(&*folded);
        let stem = match self.stemmer.as_ref().map(|stemmer| stemmer.stem(&word)) {
            Some(stem) if *stem != *word && !stem.is_empty() => Arc::from(stem),
            _ => Arc::clone(&word),
        };
        let is_content = !is_function_word(&word);
        let (word_hash, stem_hash, stem_code) = (hash(&word), hash(&stem), code(&stem));
        let forms = Forms { word, stem, is_content, word_hash, stem_hash, stem_code };
        self.cache(&folded, Arc::new(forms))
    }

    fn cache(&mut self, word: &str, forms: Arc<Forms>) -> u32 {
        let number = self.forms.len() as u32;
        let Forms { is_content, stem_code, .. } = *forms;
        match Short::of(word) {
            Some(short) => {
                let is_beginning = *forms.word == *word && word.starts_with(&*forms.stem);
                let stem = if is_beginning { forms.stem.len() as u8 } else { 0 };
                self.short.insert(short, Brief { number, stem_code, stem, is_content });
            }
            None => _ = self.long.insert(word.into(), number),
        }
        self.forms.push(forms);
        number
    }
}

/// Returns the longest prefix of `word` that fits into `limit` bytes.
fn truncated(word: &str, limit: usize) -> &str {
    if word.len() <= limit {
        return word;
    }
    let end = (0..=limit).rev().find(|&at| word.is_char_boundary(at));
    &word[..end.unwrap_or(0)]
}

/// Returns the terms of the field `facts` for the quantities (`q:`) and dates (`d:`) that `text`
/// mentions.
///
/// Each is in normal form, so that equal values are equal terms however they are written.
pub fn facts(text: &str) -> impl Iterator<Item = String> {
    let dates = dates(text);
    let quantities = quantities_beside(&dates, text);
    let quantities = quantities.into_iter().map(|quantity| format!("q:{}", quantity.term()));
    let dates = dates.into_iter().flat_map(|date| date.terms()).map(|term| format!("d:{term}"));
    quantities.chain(dates)
}

/// Returns the terms of the field `facts` for the acronyms that `text` explains: the prefix from
/// [`acronym`] and the folded words of the expansion, as in `a:ttp=tehreek e taliban pakistan`.
pub fn definitions(text: &str) -> impl Iterator<Item = String> {
    acronyms(text).into_iter().map(|explained| {
        let words: Vec<_> = words(explained.name.of(text)).map(|word| fold(word.text)).collect();
        acronym(&explained.letters) + &words.join(" ")
    })
}

/// Returns the prefix of the terms of the field `facts` that explain an acronym: `a:ttp=`.
pub fn acronym(letters: &str) -> String {
    format!("a:{letters}=")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_text::any_text;

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
    fn definitions_have_folded_words() {
        let found: Vec<_> = definitions("The Tehreek-e-Taliban Pakistan (TTP) and ISI.").collect();
        assert_eq!(found, ["a:ttp=tehreek e taliban pakistan"]);
    }

    #[test]
    fn without_a_stemmer_stems_equal_words() {
        for language in [None, Some("xx")] {
            assert!(
                tokens("recognized houses", language).iter().all(|token| token.word == token.stem)
            );
        }
    }

    proptest! {
        #[test]
        fn texts_are_indexed_by_their_tokens(text in any_text()) {
            let mut analyzer = Analyzer::new(Some("en"));
            for _ in 0..2 {
                let tokens = analyzer.tokens(&text);
                let mut tokens = tokens.iter();
                analyzer.index(&text, |indexed| {
                    let token = tokens.next().expect("a token for each word");
                    let Forms { word, stem, is_content, stem_code, .. } = &**token;
                    assert_eq!((indexed.word, indexed.stem), (&**word, &**stem));
                    assert_eq!((indexed.is_content, indexed.stem_code), (*is_content, *stem_code));
                });
                prop_assert_eq!(tokens.next().map(|token| token.span), None);
            }
        }

        #[test]
        fn stems_are_those_of_tokens(text in any_text()) {
            for language in [Some("en"), Some("ar"), None] {
                let tokens = tokens(&text, language);
                let expected: Vec<&str> = tokens.iter().map(|token| &*token.stem).collect();
                prop_assert_eq!(stems(&text, language), expected);
            }
        }

        #[test]
        fn short_words_are_told_apart(words in proptest::array::uniform2("[ab\0é]{0,9}")) {
            let [one, other] = words.each_ref().map(|word| Short::of(word));
            prop_assert_eq!(one.is_some(), words[0].len() < 16);
            prop_assert!(one != other || one.is_none() || words[0] == words[1]);
        }
    }

    #[test]
    fn overlong_words_are_truncated() {
        let word = "é".repeat(1_000_000);
        let tokens = tokens(&word, Some("en"));
        assert_eq!(tokens.len(), 1);
        assert_eq!(tokens[0].span, Span::new(0, word.len()));
        assert!(tokens[0].word.len() <= Analyzer::MAX_WORD_LEN);
    }
}
