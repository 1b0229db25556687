//! [`Spellings`]: the spellings of words that the texts read for one query have, each looked up once
//! for all its occurrences.
//!
//! The passages that a query reads have thousands of words, but few spellings that are not in
//! several of them, and hardly any that have to do with the query.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::grams::Grams;
use super::terms::Terms;
use super::variant::Variant;
use crate::query::Via;
use crate::text::analyzer::{Analyzers, Forms, Spelt, hash};

/// A spelling of a word, as a query sees it.
pub(super) struct Spelling {
    pub(super) forms: Arc<Forms>,
    /// The [`Terms::words`] that it may be.
    words: Range<u32>,
    /// The [`Terms::variants`] that may begin with it.
    variants: Range<u32>,
    /// The parts of the query's words that it has.
    parts: Range<u32>,
}

/// The spellings met by one query.
pub(super) struct Spellings<'t> {
    terms: &'t Terms,
    analyzers: &'t mut Analyzers,
    /// For each language, the places here of the analyzer's spellings.
    languages: Vec<Known>,
    query: Table,
}

/// The spellings met, and by what they are known to be in the query.
struct Table {
    /// The words that have a stem with this hash.
    by_stem: FxHashMap<u64, Vec<u32>>,
    /// The words that have none: prefixes and fuzzy words.
    without_stem: Vec<u32>,
    /// The variants that begin with a word or a stem with this hash.
    by_begin: FxHashMap<u64, Vec<u32>>,
    grams: Grams,
    met: Vec<Spelling>,
    /// Parts of this are [`Spelling::words`] and [`Spelling::variants`].
    lists: Vec<u32>,
    /// Parts of this are [`Spelling::parts`].
    parts: Vec<u32>,
}

/// The spellings of one language.
struct Known {
    language: Option<String>,
    /// See [`Analyzer::emptied`](crate::text::analyzer::Analyzer::emptied).
    emptied: u32,
    /// For each of the analyzer's spellings one more than its place in [`Table::met`]; 0 where it
    /// has not been met.
    places: Vec<u32>,
}

impl<'t> Spellings<'t> {
    pub(super) fn new(terms: &'t Terms, analyzers: &'t mut Analyzers) -> Self {
        let mut by_stem: FxHashMap<_, Vec<_>> = FxHashMap::default();
        let mut without_stem = Vec::new();
        for (i, word) in (0..).zip(&terms.words) {
            word.stems().iter().for_each(|stem| by_stem.entry(hash(stem)).or_default().push(i));
            without_stem.extend(word.stems().is_empty().then_some(i));
        }
        let mut by_begin: FxHashMap<_, Vec<_>> = FxHashMap::default();
        for (i, variant) in (0..).zip(&terms.variants) {
            let stems = variant.stems();
            let begin = if stems.is_empty() { &variant.form[..1] } else { stems };
            begin.iter().for_each(|begin| by_begin.entry(hash(begin)).or_default().push(i));
        }
        let query = Table {
            by_stem,
            without_stem,
            by_begin,
            grams: Grams::new(terms),
            met: Vec::new(),
            lists: Vec::new(),
            parts: Vec::new(),
        };
        Self { terms, analyzers, languages: Vec::new(), query }
    }

    /// Adds the tokens of a text in order to `tokens`, each with the number of its spelling here.
    pub(super) fn read(&mut self, text: &str, language: Option<&str>, tokens: &mut Vec<Spelt>) {
        let known = |known: &Known| known.language.as_deref() == language;
        let at = self.languages.iter().position(known).unwrap_or_else(|| {
            let language = language.map(str::to_owned);
            self.languages.push(Known { language, emptied: 0, places: Vec::new() });
            self.languages.len() - 1
        });
        let analyzer = self.analyzers.of(language);
        analyzer.spellings(text, tokens);
        let known = &mut self.languages[at];
        if known.emptied != analyzer.emptied() {
            known.emptied = analyzer.emptied();
            known.places.clear();
        }
        known.places.resize(analyzer.len(), 0);
        for token in tokens {
            let place = &mut known.places[token.spelling as usize];
            if *place == 0 {
                *place = self.query.learn(Arc::clone(analyzer.forms(token.spelling)));
            }
            token.spelling = *place - 1;
        }
    }

    /// Returns the spelling of a token.
    pub(super) fn of(&self, token: &Spelt) -> &Spelling {
        &self.query.met[token.spelling as usize]
    }

    /// Returns the words that carry meaning.
    pub(super) fn content(&self, tokens: &[Spelt]) -> impl Iterator<Item = &Spelling> {
        tokens.iter().map(|token| self.of(token)).filter(|spelling| spelling.forms.is_content)
    }

    /// Calls `each` for the [`Terms::words`] in a text, in its order, with the index of their tokens
    /// and why they match.
    pub(super) fn words(
        &self,
        text: &str,
        tokens: &[Spelt],
        mut each: impl FnMut(usize, usize, Via),
    ) {
        for (position, token) in tokens.iter().enumerate() {
            let spelling = self.of(token);
            for &i in self.list(&spelling.words) {
                let word = &self.terms.words[i as usize];
                if let Some(via) = word.matches(&spelling.forms, token.span.of(text)) {
                    each(i as usize, position, via);
                }
            }
        }
    }

    /// Returns the variants in a text, in its order, the longest first, each with its tokens there.
    pub(super) fn variants(
        &self,
        text: &str,
        tokens: &[Spelt],
    ) -> Vec<(&'t Variant, Range<usize>)> {
        let mut found = Vec::new();
        for (at, token) in tokens.iter().enumerate() {
            let list = self.list(&self.of(token).variants);
            let begun = found.len();
            for (i, variant) in list.iter().enumerate() {
                let is_again = list[..i].last() == Some(variant);
                let variant = &self.terms.variants[*variant as usize];
                let run = tokens[at..].iter().map(|token| &*self.of(token).forms);
                if !is_again && let Some(length) = variant.length_at(run, token.span.of(text)) {
                    found.push((variant, at..at + length));
                }
            }
            found[begun..].sort_by_key(|(_, run)| std::cmp::Reverse(run.len()));
        }
        found
    }

    /// Counts the parts of the query's words: see [`grams::places`](super::grams::places).
    pub(super) fn grams(&self, tokens: &[Spelt]) -> Vec<u32> {
        let mut counts = vec![0; self.query.grams.len()];
        for token in tokens {
            let parts = &self.of(token).parts;
            for &part in &self.query.parts[parts.start as usize..parts.end as usize] {
                counts[part as usize] += 1;
            }
        }
        counts
    }

    fn list(&self, range: &Range<u32>) -> &[u32] {
        &self.query.lists[range.start as usize..range.end as usize]
    }
}

impl Table {
    /// Adds a spelling with these forms. Returns how many there are then.
    fn learn(&mut self, forms: Arc<Forms>) -> u32 {
        let words = self.lists.len() as u32;
        self.lists.extend(self.by_stem.get(&forms.stem_hash).into_iter().flatten());
        self.lists.extend(&self.without_stem);
        let variants = self.lists.len() as u32;
        self.lists.extend(self.by_begin.get(&forms.stem_hash).into_iter().flatten());
        if forms.word_hash != forms.stem_hash {
            self.lists.extend(self.by_begin.get(&forms.word_hash).into_iter().flatten());
        }
        self.lists[variants as usize..].sort_unstable();
        let parts = self.parts.len() as u32;
        if forms.is_content {
            self.grams.add_parts(&forms.word, &mut self.parts);
        }
        self.met.push(Spelling {
            words: words..variants,
            variants: variants..self.lists.len() as u32,
            parts: parts..self.parts.len() as u32,
            forms,
        });
        self.met.len() as u32
    }
}
