//! [`Statistics`]: the counts by which the documents of a query are scored.

use std::collections::BTreeMap;

use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

/// The statistics that Tantivy scores by.
pub(super) struct Statistics<'s> {
    pub(super) searcher: &'s Searcher,
    /// The field of stems, the only one with lengths.
    pub(super) field: Field,
    /// The length of that field in all documents.
    pub(super) length: u64,
    /// See [`Plan::stem_frequencies`](crate::index::plan::Plan).
    pub(super) frequencies: &'s BTreeMap<String, u64>,
}

impl Statistics<'_> {
    /// Returns the frequency of a term where it is not the index's own.
    pub(super) fn given(&self, term: &Term) -> Option<u64> {
        let value = term.value();
        let stem = value.as_str().filter(|_| term.field() == self.field)?;
        self.frequencies.get(stem).copied()
    }
}

impl Bm25StatisticsProvider for Statistics<'_> {
    fn total_num_tokens(&self, field: Field) -> tantivy::Result<u64> {
        // Without lengths every document counts as one term long, which must be neither long nor
        // short.
        if field == self.field { Ok(self.length) } else { self.total_num_docs() }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        match self.given(term) {
            Some(frequency) => Ok(frequency.min(self.total_num_docs()?)),
            None => self.searcher.doc_freq(term),
        }
    }
}
