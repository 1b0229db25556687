//! What the index's own dictionary of terms tells: how many passages have one, and which are like it.

use std::collections::BTreeMap;

use tantivy::Term;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field as Column;

use crate::Result;
use crate::index::Reader;
use crate::index::schema::PASSAGE;
use crate::text::analyzer;

/// The dictionary of one snapshot of an index.
pub(super) struct Dictionary<'r> {
    reader: &'r Reader,
    passages: u64,
}

impl<'r> Dictionary<'r> {
    pub(super) fn new(reader: &'r Reader) -> Result<Self> {
        let mut dictionary = Self { reader, passages: 0 };
        dictionary.passages = dictionary.frequency(reader.fields().kind, PASSAGE)?;
        Ok(dictionary)
    }

    /// How many passages there are.
    pub(super) fn passages(&self) -> u64 {
        self.passages
    }

    /// The rarity of what so many passages have: its inverse document frequency, as BM25 has it.
    pub(super) fn rarity(&self, frequency: u64) -> f64 {
        let frequency = frequency.min(self.passages) as f64;
        (1.0 + (self.passages as f64 - frequency + 0.5) / (frequency + 0.5)).ln()
    }

    /// How many documents have a term in a field.
    pub(super) fn frequency(&self, field: Column, term: &str) -> Result<u64> {
        let term = Term::from_field_text(field, term);
        self.reader.searcher().doc_freq(&term).map_err(|error| self.reader.failure(&error))
    }

    /// How many passages have a folded word as it is.
    pub(super) fn with_word(&self, word: &str) -> Result<u64> {
        self.frequency(self.reader.fields().words, word)
    }

    /// How many passages have a stem.
    pub(super) fn with_stem(&self, stem: &str) -> Result<u64> {
        self.frequency(self.reader.fields().stems, stem)
    }

    /// The folded words no further than `distance` from `word`, in the order of the alphabet, each with the number of
    /// passages that have it.
    pub(super) fn near(&self, word: &str, distance: u8) -> Result<Vec<(String, u64)>> {
        let words = self.reader.fields().words;
        // To make it takes longer than to go through a dictionary with it.
        let automaton = FuzzyTermQuery::new(Term::from_field_text(words, word), distance, true).automaton();
        let automaton = automaton.map_err(|error| self.reader.failure(&error))?;
        let mut near = BTreeMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let index = segment.inverted_index(words).map_err(|error| self.reader.failure(&error))?;
            let found = index.terms().search(&automaton).into_stream();
            let mut found = found.map_err(|error| self.reader.failure(&error.into()))?;
            while let Some((term, info)) = found.next() {
                add(&mut near, term, info.doc_freq);
            }
        }
        Ok(near.into_iter().collect())
    }

    /// The names that passages give to the acronym with these letters, each as its folded words, with how many do.
    pub(super) fn names_of(&self, letters: &str) -> Result<Vec<(String, u64)>> {
        let begin = analyzer::acronym(letters);
        let mut names = BTreeMap::new();
        for segment in self.reader.searcher().segment_readers() {
            let index = segment.inverted_index(self.reader.fields().facts);
            let index = index.map_err(|error| self.reader.failure(&error))?;
            let found = index.terms().range().ge(&begin).into_stream();
            let mut found = found.map_err(|error| self.reader.failure(&error.into()))?;
            while let Some((term, info)) = found.next() {
                let Some(name) = term.strip_prefix(begin.as_bytes()) else { break };
                add(&mut names, name, info.doc_freq);
            }
        }
        Ok(names.into_iter().collect())
    }
}

/// How many words that carry meaning the passages of an index have in all.
///
/// Tantivy counts them too, but where it drops what was deleted it estimates: an index would score by its history. Here
/// the lengths that it keeps of single passages are summed, each as rounded as it is kept.
pub(super) fn length(reader: &Reader) -> Result<u64> {
    let mut length = 0;
    for segment in reader.searcher().segment_readers() {
        let norms = segment.get_fieldnorms_reader(reader.fields().stems).map_err(|error| reader.failure(&error))?;
        length += segment.doc_ids_alive().map(|document| u64::from(norms.fieldnorm(document))).sum::<u64>();
    }
    Ok(length)
}

/// Adds what one segment has of a term.
fn add(terms: &mut BTreeMap<String, u64>, term: &[u8], frequency: u32) {
    if let Ok(term) = std::str::from_utf8(term) {
        *terms.entry(term.to_owned()).or_default() += u64::from(frequency);
    }
}
