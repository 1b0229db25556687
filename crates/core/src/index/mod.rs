//! Sources and passages in an inverted index: how it is brought up to date, and what can be asked
//! of it.
//!
//! [`Index::update`] walks the given paths, compares what is there with what is recorded
//! (`changes`), reads the files that changed on all cores (`run`) and commits once; killed at any
//! instant, it leaves the last commit as it was. A [`Reader`] is a snapshot of one commit. What
//! `search` asks of it are a [`Plan`] and the few questions of [`Backend`]; [`Library`] gives the
//! sources and passages themselves. Tantivy, which keeps all this, is in the room `tantivy` alone.

mod backend;
mod budget;
mod changes;
mod entry;
mod ids;
mod plan;
mod record;
mod records;
mod report;
mod run;
mod tantivy;
#[cfg(test)]
mod tests;
mod update;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use self::tantivy::{FORMAT, Folder, Store, inspect};
pub use crate::corpus::{NotRead, Remark};
use crate::{Error, Result};
pub use backend::{
    Backend, Candidate, Collection, Head, Headed, Library, PassageKey, Reader, Retrieved, Snapshot,
    Stems, TermCount,
};
pub use entry::{Aside, Entry, Stats};
pub use plan::{Lookup, Plan, TermField};
pub use report::{Progress, Report};
#[cfg(test)]
pub(crate) use tests::delete_unmerged;
pub use update::{Update, nothing_to_index};

/// An index of sources and their passages in a folder.
pub struct Index(Store);

impl Index {
    /// The version of the index format. Raised whenever an index written before could not be read,
    /// or would answer differently.
    pub const FORMAT: u32 = FORMAT;

    /// Opens the index in `dir` for reading.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where nothing was ever committed; [`Error::IndexVersion`] and
    /// [`Error::IndexDamaged`] where what is there cannot be read.
    pub fn open(dir: &Path) -> Result<Index> {
        let store = match inspect(dir) {
            Ok(Folder::Index { committed: true }) => Store::open(dir)?,
            Ok(_) | Err(Error::NotAnIndex { .. }) => None,
            Err(error) => return Err(error),
        };
        store.map(Index).ok_or_else(|| Error::NoIndex { path: dir.to_owned() })
    }

    /// Brings the index in `dir` up to date with the files under the paths of `update`, in one
    /// commit; makes the index where there is none.
    ///
    /// Sources under other paths stay. Those under the given paths become what is there and
    /// selected now: a file that is gone, or no longer selected, is removed, and so is one that has
    /// no text any more; one that cannot be read just now stays as it was. A file counts as
    /// unchanged when its size and time stamp are as before, or else its content, and so is what is
    /// declared of it.
    ///
    /// # Errors
    /// A path that does not exist, a folder that holds something else, an index of another version
    /// or one that is damaged (unless to be rebuilt), another writer, nothing to index: all before
    /// anything is written. A full disk leaves the last commit as it was.
    pub fn update(dir: &Path, update: &Update, progress: &dyn Progress) -> Result<Report> {
        update.apply(dir, progress)
    }

    /// Returns a snapshot of the last commit.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] where its files cannot be read.
    pub fn reader(&self) -> Result<Reader> {
        Ok(Arc::new(self.0.snapshot()?))
    }

    /// Returns the files of the last commit, each with its size in bytes: what
    /// [`is_intact`](Index::is_intact) is asked of.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] where the list of segments cannot be read.
    pub fn files(&self) -> Result<Vec<(PathBuf, u64)>> {
        self.0.files()
    }

    /// Returns whether a file of the last commit is as it was written, by its checksum.
    pub fn is_intact(&self, file: &Path) -> bool {
        self.0.is_intact(file)
    }

    /// Returns the mark of the last commit, for telling whether anything was committed since.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] where the list of segments cannot be read.
    pub fn commit(&self) -> Result<Commit> {
        self.0.commit().map(Commit)
    }
}

/// The mark of one commit: the segments that it consists of, each with its last deletion. Another
/// commit has another mark, whichever process made it; so has the same one after a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit(Vec<(String, Option<u64>)>);

impl Commit {
    /// Returns the mark as 16 hexadecimal digits, to be compared in other processes.
    pub fn digest(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for (segment, deletion) in &self.0 {
            // A deletion is never the last number there is.
            hasher.update(segment.as_bytes());
            hasher.update(&deletion.unwrap_or(u64::MAX).to_le_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    }
}
