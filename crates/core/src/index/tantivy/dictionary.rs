//! Looks terms up in Tantivy's dictionaries, over all segments.

use std::collections::BTreeMap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};
use tantivy_fst::Automaton;

use super::alike::Alike;
use super::near::Near;
use crate::index::backend::TermCount;
use crate::text::sound::same_consonants;

/// Returns the terms of `field` within `distance` of `word`, sorted; of those that begin with
/// another letter, within one less.
pub(super) fn near(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
) -> tantivy::Result<Vec<TermCount>> {
    let (Some(first), 1..) = (word.chars().next(), distance) else {
        return accepted(searcher, field, &within(field, word, distance)?);
    };
    let (same, other) = (within(field, word, distance)?, within(field, word, distance - 1)?);
    accepted(searcher, field, &Near { first: &word.as_bytes()[..first.len_utf8()], same, other })
}

/// Returns an automaton that accepts what is within `distance` of `word`.
fn within(field: Field, word: &str, distance: u8) -> tantivy::Result<impl Automaton<State = u32>> {
    FuzzyTermQuery::new(Term::from_field_text(field, word), distance, true).automaton()
}

/// Returns the terms of `field` within `distance` of `word` that have the same consonants, sorted.
pub(super) fn alike(
    searcher: &Searcher,
    field: Field,
    word: &str,
    distance: u8,
) -> tantivy::Result<Vec<TermCount>> {
    let mut found = match Alike::new(word, distance) {
        Some(automaton) => accepted(searcher, field, &automaton)?,
        None => accepted(searcher, field, &within(field, word, distance)?)?,
    };
    found.retain(|found| {
        same_consonants(word, &found.term)
            && strsim::osa_distance(word, &found.term) <= usize::from(distance)
    });
    Ok(found)
}

/// Returns the terms of `field` that `automaton` accepts, sorted.
fn accepted<A: Automaton>(
    searcher: &Searcher,
    field: Field,
    automaton: &A,
) -> tantivy::Result<Vec<TermCount>>
where
    A::State: Clone,
{
    let mut accepted = Counts::default();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut found = index.terms().search(automaton).into_stream()?;
        while let Some((term, info)) = found.next() {
            accepted.add(term, info.doc_freq);
        }
    }
    Ok(accepted.sorted())
}

/// Returns what follows `prefix` in the terms of `field` that begin with it, sorted.
pub(super) fn continuations(
    searcher: &Searcher,
    field: Field,
    prefix: &str,
) -> tantivy::Result<Vec<TermCount>> {
    let mut continuations = Counts::default();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        let mut found = index.terms().range().ge(prefix).into_stream()?;
        while let Some((term, info)) = found.next() {
            let Some(rest) = term.strip_prefix(prefix.as_bytes()) else { break };
            continuations.add(rest, info.doc_freq);
        }
    }
    Ok(continuations.sorted())
}

/// Returns the sum of the lengths of `field` in all documents.
///
/// Tantivy keeps this sum too, but estimates it where it drops deleted documents, and the scores of
/// an index would depend on its history. The lengths that it keeps of single documents are rounded,
/// but always the same way.
pub(super) fn total_length(searcher: &Searcher, field: Field) -> tantivy::Result<u64> {
    let mut total = 0;
    for segment in searcher.segment_readers() {
        let norms = segment.get_fieldnorms_reader(field)?;
        let length =
            |document| u64::from(FieldNormReader::id_to_fieldnorm(norms.fieldnorm_id(document)));
        // Every search of a new process waits for this, so it takes the plain way through a segment.
        total += match segment.alive_bitset() {
            None => (0..segment.max_doc()).map(length).sum::<u64>(),
            Some(alive) => alive.iter_alive().map(length).sum(),
        };
    }
    Ok(total)
}

/// Terms and their document frequencies, added up over segments.
#[derive(Default)]
struct Counts(BTreeMap<String, u64>);

impl Counts {
    fn add(&mut self, term: &[u8], frequency: u32) {
        if let Ok(term) = std::str::from_utf8(term) {
            *self.0.entry(term.to_owned()).or_default() += u64::from(frequency);
        }
    }

    fn sorted(self) -> Vec<TermCount> {
        self.0.into_iter().map(|(term, passages)| TermCount { term, passages }).collect()
    }
}
