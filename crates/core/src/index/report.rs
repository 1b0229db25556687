//! [`Progress`] of an update while it runs, and a [`Report`] when it is done.

use crate::corpus::{NotRead, Remark};

/// Told how an update goes, from several threads.
pub trait Progress: Sync {
    /// Files are going to be read, with this many bytes in all.
    fn planned(&self, files: u64, bytes: u64);
    /// A file with this many bytes has been dealt with.
    fn file_done(&self, file: &str, bytes: u64);
    /// All files are read; the commit is being written.
    fn committing(&self);
}

/// For those who do not want to be told.
impl Progress for () {
    fn planned(&self, _files: u64, _bytes: u64) {}
    fn file_done(&self, _file: &str, _bytes: u64) {}
    fn committing(&self) {}
}

/// The result of an update.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Sources that are new.
    pub added: u64,
    /// Sources that were replaced.
    pub updated: u64,
    /// Sources that are gone.
    pub removed: u64,
    /// Sources that stayed as they were.
    pub unchanged: u64,
    /// Files that were not read, or have no text, each with the reason; in the order of their names.
    pub skipped: Vec<Remark>,
    /// The number of these files and folders that could not be opened or read to their end, as far
    /// as they should have been: sources stay as they were.
    pub unread: u64,
    /// The number of these files that were named themselves, not only a folder above them.
    pub refused: u64,
    /// The files in formats that are not read, whether `skipped` names them or not.
    pub not_read: NotRead,
    /// Oddities of files that were read; in the order of their names.
    pub warnings: Vec<Remark>,
    /// Passages in the index now.
    pub passages: u64,
    /// Bytes read for this update.
    pub bytes: u64,
}

impl Report {
    /// Returns whether the update changes anything in the index.
    pub(super) fn has_changes(&self) -> bool {
        self.added + self.updated + self.removed > 0
    }
}
