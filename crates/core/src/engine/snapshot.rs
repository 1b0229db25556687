//! [`Snapshot`]: one commit of the index, open for questions.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use crate::Result;
use crate::index::{Commit, Index, Reader};
use crate::search::Searcher;
use crate::source::SourceId;

/// One commit of an index, open for questions.
pub(super) struct Snapshot {
    searcher: Searcher,
    commit: Commit,
    /// The sources of each format, once one was asked for.
    formats: OnceLock<BTreeMap<String, Vec<SourceId>>>,
}

impl Snapshot {
    /// Opens the last commit of `index`.
    pub(super) fn open(index: &Index) -> Result<Self> {
        // In this order, a commit that comes between the two only makes for one refresh too many.
        let commit = index.commit()?;
        Ok(Self { searcher: Searcher::new(index)?, commit, formats: OnceLock::new() })
    }

    /// Returns true if this is the last commit of `index`. If that cannot be told, it is taken not
    /// to be.
    pub(super) fn is_of(&self, index: &Index) -> bool {
        index.commit().is_ok_and(|commit| commit == self.commit)
    }

    /// The mark of the commit.
    pub(super) fn commit(&self) -> &Commit {
        &self.commit
    }

    /// Searches the snapshot.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Reads the snapshot.
    pub(super) fn reader(&self) -> &Reader {
        self.searcher.reader()
    }

    /// Returns the sources of each format of files, by its name.
    pub(super) fn formats(&self) -> Result<&BTreeMap<String, Vec<SourceId>>> {
        if let Some(formats) = self.formats.get() {
            return Ok(formats);
        }
        let mut formats = BTreeMap::<String, Vec<SourceId>>::new();
        for entry in self.reader().sources()? {
            formats.entry(entry.format().to_owned()).or_default().push(entry.source.id);
        }
        Ok(self.formats.get_or_init(|| formats))
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("commit", &self.commit).finish_non_exhaustive()
    }
}
