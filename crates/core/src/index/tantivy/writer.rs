//! [`Writer`]: what an update writes to.

use std::path::{Path, PathBuf};

use tantivy::indexer::{MergeCandidate, UserOperation};
use tantivy::{IndexWriter, Term};

use super::document::Doc;
use super::failure;
use super::folder::Lock;
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

    /// Opens the writer of `store`, which is locked, or lies in a folder that is, with `memory` bytes
    /// for each of `threads`. Errors name the folder `dir`, as it was given.
    pub(in crate::index) fn open(
        store: &Store,
        _locked: &Lock,
        dir: &Path,
        threads: usize,
        memory: usize,
    ) -> Result<Writer> {
        let failed = |error| failure::writing(dir, &error);
        // Files that a killed run wrote after the last commit have to go first: the names of
        // deletion files follow from what was written before, and those of this run may be the same.
        store.sweep()?;
        let memory = memory.clamp(*Self::MEMORY.start(), *Self::MEMORY.end());
        let writer =
            store.index.writer_with_num_threads(threads, memory * threads).map_err(failed)?;
        writer.set_merge_policy(Box::new(Tidy::default()));
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
        if self.writer.commit_opstamp() == 0 {
            // An operation, however idle, tells a commit of nothing from an index without one.
            self.writer.delete_term(Term::from_field_text(self.fields.source, ""));
        }
        self.writer.commit().map_err(|error| failure::writing(&self.dir, &error))?;
        self.wait()
    }

    /// Merges the segments of the last commit that a run was killed before it could merge, after
    /// telling `begun` so. As after a commit, a merge that fails leaves them for the next run.
    pub(in crate::index) fn catch_up(mut self, begun: impl FnOnce()) -> Result<()> {
        let segments = self.writer.index().searchable_segment_metas();
        let segments = segments.map_err(|error| self.failure(&error))?;
        let due = self.writer.get_merge_policy().compute_merge_candidates(&segments);
        if due.is_empty() {
            return Ok(());
        }
        begun();
        for MergeCandidate(segments) in due {
            let _ = self.writer.merge(&segments).wait();
        }
        self.wait()
    }

    fn wait(self) -> Result<()> {
        let Writer { writer, dir, .. } = self;
        writer.wait_merging_threads().map_err(|error| failure::writing(&dir, &error))
    }

    /// Commits, and leaves segments as they are.
    #[cfg(test)]
    pub(in crate::index) fn commit_unmerged(self) -> Result<()> {
        self.writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        self.commit()
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
