//! [`Store`]: a Tantivy index in its folder.

use std::path::{Path, PathBuf};

use tantivy::{IndexReader, IndexSettings, ReloadPolicy};

use super::directory::Shared;
use super::guard::{Guarded, naming_damage};
use super::schema::{self, Fields};
use super::snapshot::Snapshot;
use super::{checksums, failure, folder};
use crate::index::record::Record;
use crate::{Error, Result};

/// The number of bytes of documents that are packed together: a few passages, since those that a
/// query reads lie far apart.
const BLOCK: usize = 8192;

/// A Tantivy index in a folder.
pub(in crate::index) struct Store {
    pub(super) index: tantivy::Index,
    pub(super) fields: Fields,
    /// The folder, as an absolute path without links.
    pub(super) dir: PathBuf,
}

impl Store {
    /// Opens the index in `dir`, which is marked as one; `None` where nothing was ever committed.
    pub(in crate::index) fn open(dir: &Path) -> Result<Option<Store>> {
        let store = Store::open_or_create(dir)?;
        let commit = naming_damage(dir, Vec::new, || {
            store.index.load_metas().map_err(|error| failure::reading(dir, &error))
        })?;
        // Tantivy writes its file for an empty index, too, which a first update that was killed
        // leaves behind.
        Ok((commit.opstamp != 0).then_some(store))
    }

    /// Opens the index in `dir`, which is marked as one; an empty one where there is none yet.
    pub(in crate::index) fn open_or_create(dir: &Path) -> Result<Store> {
        let failed = |error| failure::reading(dir, &error);
        let canonical = dir.canonicalize().map_err(Error::io("open", dir))?;
        let directory = Shared::open(&canonical).map_err(|error| failed(error.into()))?;
        let (schema, fields) = Fields::schema();
        let settings = IndexSettings { docstore_blocksize: BLOCK, ..IndexSettings::default() };
        let builder = tantivy::Index::builder()
            .schema(schema)
            .settings(settings)
            .tokenizers(schema::tokenizers());
        #[cfg(test)]
        let directory = super::faults::Faulty::wrap(directory, &canonical);
        let index =
            naming_damage(dir, Vec::new, || builder.open_or_create(directory).map_err(failed))?;
        Ok(Store { index, fields, dir: canonical })
    }

    /// Returns a snapshot of the last commit.
    pub(in crate::index) fn snapshot(&self) -> Result<Guarded> {
        checksums::check_small(&self.dir, &self.index)?;
        let open = || {
            let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual);
            let reader: IndexReader = reader.try_into()?;
            Snapshot::new(reader.searcher(), self.fields, &self.dir)
        };
        let snapshot = naming_damage(
            &self.dir,
            || checksums::damaged(&self.dir, &self.index),
            || open().map_err(|error| failure::reading(&self.dir, &error)),
        )?;
        Ok(Guarded::new(snapshot, self.index.clone()))
    }

    /// Returns the files of the last commit, each with its size in bytes.
    pub(in crate::index) fn files(&self) -> Result<Vec<(PathBuf, u64)>> {
        let files = checksums::files(&self.index);
        let files = files.map_err(|error| failure::reading(&self.dir, &error))?.into_iter();
        Ok(files.map(|file| (file.clone(), checksums::size(&self.dir, &file))).collect())
    }

    /// Returns whether a file of the last commit is as it was written.
    pub(in crate::index) fn is_intact(&self, file: &Path) -> bool {
        checksums::is_intact(&self.dir, file)
    }

    /// Returns the segments of the last commit, each with its last deletion.
    pub(in crate::index) fn commit(&self) -> Result<Vec<(String, Option<u64>)>> {
        let segments = self.index.searchable_segment_metas();
        let segments = segments.map_err(|error| failure::reading(&self.dir, &error))?;
        let mut marks: Vec<_> =
            segments.iter().map(|it| (it.id().uuid_string(), it.delete_opstamp())).collect();
        marks.sort_unstable();
        Ok(marks)
    }

    /// Returns a snapshot of the last commit in `dir`, which need not be marked, and the records of
    /// its sources; none where nothing was ever committed. Reads every file of it to see that it is
    /// as it was written.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] for whatever is wrong with it, and for a panic of Tantivy's.
    pub(in crate::index) fn open_whole(dir: &Path) -> Result<Option<(Guarded, Vec<Record>)>> {
        let Some(store) = Store::open(dir)? else { return Ok(None) };
        let damaged = checksums::damaged(&store.dir, &store.index);
        if !damaged.is_empty() {
            return Err(failure::damaged(&store.dir, checksums::say(&damaged)));
        }
        let snapshot = store.snapshot()?;
        let records = snapshot.records()?;
        Ok(Some((snapshot, records)))
    }

    /// Removes what earlier commits and runs that were killed have left: see [`folder::sweep`].
    pub(super) fn sweep(&self) -> Result<()> {
        folder::sweep(&self.dir, &self.index)
    }

    /// Returns the records of all sources in the last commit, in no particular order.
    pub(in crate::index) fn records(&self) -> Result<Vec<Record>> {
        self.snapshot()?.records()
    }
}
