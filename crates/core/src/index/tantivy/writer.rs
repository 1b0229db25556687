//! [`Writer`]: what an update writes to.

use std::path::{Path, PathBuf};

use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, Term};

use super::document::Doc;
use super::failure;
use super::merge::Tidy;
use super::schema::Fields;
use super::store::Store;
use crate::source::SourceId;
use crate::{Error, Result};

/// The one writer of an index. Threads share it; what they write is seen once it is committed.
pub(in crate::index) struct Writer {
    writer: IndexWriter<Doc>,
    fields: Fields,
    dir: PathBuf,
}

impl Writer {
    /// The most threads that Tantivy takes.
    pub(in crate::index) const THREADS: usize = 8;

    /// The least and the most memory that a thread of Tantivy's works with, in bytes.
    pub(in crate::index) const MEMORY: std::ops::RangeInclusive<usize> = 15_000_000..=4_000_000_000;

    /// Opens the writer of `store`, with `memory` bytes for each of `threads`. Errors name the
    /// folder `dir`, as it was given.
    pub(in crate::index) fn open(
        store: &Store,
        dir: &Path,
        threads: usize,
        memory: usize,
    ) -> Result<Writer> {
        let failed = |error| failure::writing(dir, &error);
        let memory = memory.clamp(*Self::MEMORY.start(), *Self::MEMORY.end());
        let writer =
            store.index.writer_with_num_threads(threads, memory * threads).map_err(failed)?;
        writer.set_merge_policy(Box::new(Tidy::default()));
        // Files that a killed run wrote after the last commit have to go first: the names of
        // deletion files follow from what was written before, and those of this run may be the same.
        writer.garbage_collect_files().wait().map_err(failed)?;
        Ok(Writer { writer, fields: store.fields, dir: store.dir.clone() })
    }

    /// Adds documents.
    pub(in crate::index) fn add(&self, documents: Vec<Doc>) -> Result<()> {
        let added = self.writer.run(documents.into_iter().map(UserOperation::Add));
        added.map(drop).map_err(|error| self.failure(&error))
    }

    /// Deletes a source and its passages, as far as they were added before.
    pub(in crate::index) fn delete(&self, source: &SourceId) {
        self.writer.delete_term(Term::from_field_text(self.fields.source, source.as_str()));
    }

    /// Commits what was written, and waits until segments are merged.
    pub(in crate::index) fn commit(mut self) -> Result<()> {
        self.writer.commit().map_err(|error| failure::writing(&self.dir, &error))?;
        let Writer { writer, dir, .. } = self;
        writer.wait_merging_threads().map_err(|error| failure::writing(&dir, &error))
    }

    /// Returns why a thread of Tantivy's failed, where one did: an error of [`Writer::add`] says
    /// only that one did.
    pub(in crate::index) fn cause(mut self) -> Option<Error> {
        let cause = self.writer.prepare_commit().err()?;
        Some(self.failure(&cause))
    }

    fn failure(&self, error: &tantivy::TantivyError) -> Error {
        failure::writing(&self.dir, error)
    }
}
