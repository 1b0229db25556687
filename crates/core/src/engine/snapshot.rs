//! [`Snapshot`]: one commit of the index, and how it is cited.

use std::fmt;

use crate::Result;
use crate::cite::{Citation, Style};
use crate::index::{Commit, Index, Reader};
use crate::search::Searcher;
use crate::source::{Passage, Sentences, Source};

/// One commit of an index, open for questions.
pub(super) struct Snapshot {
    searcher: Searcher,
    commit: Commit,
}

impl Snapshot {
    /// Opens the last commit of `index`.
    pub(super) fn open(index: &Index) -> Result<Self> {
        // In this order, a commit that comes between the two only makes for one refresh too many.
        let commit = index.commit()?;
        Ok(Self { searcher: Searcher::new(index)?, commit })
    }

    /// Whether this is the last commit of `index`. If that cannot be told, it is taken not to be.
    pub(super) fn is_of(&self, index: &Index) -> bool {
        index.commit().is_ok_and(|commit| commit == self.commit)
    }

    /// Searches the snapshot.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Reads the snapshot.
    pub(super) fn reader(&self) -> &Reader {
        self.searcher.reader()
    }

    /// Cites sentences of a passage, or the whole of it, in full. `None` where it has no such
    /// sentences.
    pub(super) fn cite(
        &self,
        source: &Source,
        passage: &Passage,
        sentences: Option<Sentences>,
        style: &Style,
    ) -> Result<Option<Citation>> {
        match Citation::new(source, passage, sentences) {
            Some(citation) => Ok(Some(self.complete(citation, source, style)?)),
            None => Ok(None),
        }
    }

    /// Adds the deep link and the reference in `style` to a citation of `source`.
    pub(super) fn complete(
        &self,
        mut citation: Citation,
        source: &Source,
        style: &Style,
    ) -> Result<Citation> {
        if source.metadata.url().is_some() {
            // A deep link has to be unambiguous in the whole of the page.
            citation = citation.with_deep_link(&self.reader().passages(&source.id)?);
        }
        citation.formatted = Some(style.format(&citation));
        Ok(citation)
    }
}

impl fmt::Debug for Snapshot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Snapshot").field("commit", &self.commit).finish_non_exhaustive()
    }
}
