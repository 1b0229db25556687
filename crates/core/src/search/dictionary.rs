//! [`Dictionary`]: how common terms are in the index, and which terms are similar.

use std::sync::Arc;

use super::rerank::Statistics;
use super::terms::{Form, QueryWord, Terms};
use crate::Result;
use crate::index::{Backend, Collection, Lookup, TermCount, TermField};

/// The terms of one snapshot of an index.
#[derive(Clone, Copy)]
pub(super) struct Dictionary<'r> {
    backend: &'r dyn Backend,
    collection: &'r Collection,
}

impl<'r> Dictionary<'r> {
    pub(super) fn new(backend: &'r dyn Backend, collection: &'r Collection) -> Self {
        Self { backend, collection }
    }

    /// Returns the number of passages.
    pub(super) fn passages(&self) -> u64 {
        self.collection.passages
    }

    /// Returns the inverse document frequency of a term that this many passages have, as in BM25.
    pub(super) fn idf(&self, frequency: u64) -> f64 {
        idf(frequency, self.collection.passages)
    }

    /// Returns how many passages have each of these folded words.
    pub(super) fn with_words(&self, words: &[Arc<str>]) -> Result<Vec<u64>> {
        self.frequencies(TermField::Words, words)
    }

    /// Returns how many passages have any of these stems, at most.
    pub(super) fn with_stems(&self, stems: &[Arc<str>]) -> Result<u64> {
        Ok(self.frequencies(TermField::Stems, stems)?.into_iter().sum())
    }

    /// Returns the folded words at most `distance` from `word`.
    pub(super) fn words_near(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        self.backend.words_near(word, distance)
    }

    /// Returns the folded words with the same consonants as `word` that are at most `distance` from
    /// it.
    pub(super) fn words_alike(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        self.backend.words_alike(word, distance)
    }

    /// Returns the names that passages give to the acronym with these letters.
    pub(super) fn names_of_acronym(&self, letters: &str) -> Result<Vec<TermCount>> {
        self.backend.names_of_acronym(letters)
    }

    /// Returns for each of [`Terms::words`] how many passages have it, or another way to write the
    /// same; at most.
    pub(super) fn with_each(&self, terms: &Terms) -> Result<Vec<u64>> {
        let mut frequencies = Vec::with_capacity(terms.words.len());
        for (i, word) in terms.words.iter().enumerate() {
            let same = terms
                .variants
                .iter()
                .filter(|it| it.kind.means_the_same() && it.words.contains(&i));
            let others: u64 = same.map(|variant| variant.frequency).sum();
            frequencies.push(self.with_typed(word)? + others);
        }
        Ok(frequencies)
    }

    /// Returns what BM25 has to know of the words with these [frequencies](Self::with_each).
    pub(super) fn statistics(&self, frequencies: &[u64]) -> Statistics {
        let Collection { passages, stems, .. } = *self.collection;
        let idf = frequencies.iter().map(|&frequency| self.idf(frequency)).collect();
        Statistics { idf, average_length: stems as f64 / passages.max(1) as f64 }
    }

    /// Returns how many passages have a word as typed; at most, where it has several stems.
    fn with_typed(&self, word: &QueryWord) -> Result<u64> {
        match &word.form {
            Form::Stems { folded, .. } if !word.is_content => {
                Ok(self.with_words(std::slice::from_ref(folded))?.into_iter().sum())
            }
            Form::Stems { stems, .. } => self.with_stems(stems),
            Form::Prefix(start) => self.backend.count(&Lookup::Prefix(start.to_string())),
            Form::Fuzzy(word, distance) => {
                self.backend.count(&Lookup::Fuzzy { word: word.to_string(), distance: *distance })
            }
        }
    }

    fn frequencies(&self, field: TermField, terms: &[Arc<str>]) -> Result<Vec<u64>> {
        let terms: Vec<&str> = terms.iter().map(|term| &**term).collect();
        self.backend.document_frequencies(field, &terms)
    }
}

/// Returns the inverse document frequency of a term that this many of `passages` have, as in BM25.
pub(super) fn idf(frequency: u64, passages: u64) -> f64 {
    let frequency = frequency.min(passages) as f64;
    (1.0 + (passages as f64 - frequency + 0.5) / (frequency + 0.5)).ln()
}
