//! [`Update`]: brings an index up to date, from the walk over paths to the commit.

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use super::changes::Changes;
use super::record::Record;
use super::report::{Progress, Report};
use super::run::carry_out;
use super::tantivy::{Folder, Store, Writer, clear, inspect, mark};
use crate::corpus::{self, NotRead, Scope, Selection};
use crate::extract;
use crate::{Error, Result};

/// The files to index, and how.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Globs of which a file has to match one, where there are any. Relative to each path.
    pub include: Vec<String>,
    /// Globs of files and folders to pass over.
    pub exclude: Vec<String>,
    /// True if hidden files are read too.
    pub hidden: bool,
    /// True if symbolic links are followed.
    pub follow_links: bool,
    /// True if everything is to be read anew.
    pub rebuild: bool,
    /// True if the files that are found are to be read anew, even if they have not changed. All
    /// else in the index stays.
    pub reread: bool,
    /// True if nothing is to be written, only reported.
    pub dry_run: bool,
    /// Threads for reading and for indexing; as many as there are cores where not given.
    pub threads: Option<usize>,
    /// Memory for the writer, in bytes.
    pub memory: Option<usize>,
}

/// An index that is opened for an update.
struct Opened {
    /// None where nothing is to be written.
    writer: Option<Writer>,
    /// The records of every source in it.
    known: Vec<Record>,
}

impl Update {
    /// The memory for the writer where none is given, in bytes a thread.
    const MEMORY: usize = 64 << 20;

    fn selection(&self) -> Selection<'_> {
        Selection {
            include: &self.include,
            exclude: &self.exclude,
            hidden: self.hidden,
            follow_links: self.follow_links,
        }
    }

    fn threads(&self) -> usize {
        self.threads.or_else(|| available_parallelism().ok().map(Into::into)).unwrap_or(1).max(1)
    }

    /// Brings the index in `dir` up to date: see [`Index::update`](super::Index::update).
    pub(super) fn apply(&self, dir: &Path, progress: &dyn Progress) -> Result<Report> {
        let scopes = corpus::scopes(&self.paths)?;
        let folder = match inspect(dir) {
            Err(error) if self.rebuild && rebuildable(&error) => None,
            folder => Some(folder?),
        };
        let here = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let walk = corpus::walk(&scopes, self.selection(), &here)?;
        let nothing = walk.files.is_empty() && walk.unreadable.is_empty();
        if nothing && folder != Some(Folder::Index { committed: true }) {
            return Err(nothing_to_index(&self.paths, &walk.not_read));
        }
        let size = walk.files.iter().map(|file| file.size).sum();
        let Opened { writer, known } = self.open(dir, folder, size)?;
        let here = dir.canonicalize().unwrap_or(here);
        if nothing && !known.iter().any(|record| is_under(&record.path(&here), &scopes)) {
            return Err(nothing_to_index(&self.paths, &walk.not_read));
        }

        let changes = Changes::new(&here, &scopes, walk, known, self.rebuild || self.reread);
        let report = carry_out(changes, &here, self.threads(), writer.as_ref(), progress);
        match (writer, report) {
            (None, report) => report,
            (Some(writer), Ok(report)) => {
                if report.has_changes() {
                    progress.committing();
                    writer.commit()?;
                }
                Ok(report)
            }
            (Some(writer), Err(error)) => Err(writer.cause().unwrap_or(error)),
        }
    }

    /// Opens the index in `dir` for an update with files of `size` bytes. `folder` is `None` where
    /// `dir` holds an index that cannot be read.
    fn open(&self, dir: &Path, folder: Option<Folder>, size: u64) -> Result<Opened> {
        if self.dry_run {
            let known = match folder {
                Some(Folder::Index { committed: true }) => self.known(dir)?,
                _ => Vec::new(),
            };
            return Ok(Opened { writer: None, known });
        }
        let damaged = folder.is_none();
        if damaged {
            clear(dir)?;
        } else if folder == Some(Folder::Free) {
            mark(dir)?;
        }
        match self.open_writer(dir, size) {
            Err(error) if self.rebuild && !damaged && rebuildable(&error) => {
                self.open(dir, None, size)
            }
            opened => opened,
        }
    }

    /// Returns the records of an index that is only read; none where it is to be rebuilt anyway and
    /// cannot be read.
    fn known(&self, dir: &Path) -> Result<Vec<Record>> {
        match Store::open_or_create(dir)?.records() {
            Err(error) if self.rebuild && rebuildable(&error) => Ok(Vec::new()),
            known => known,
        }
    }

    fn open_writer(&self, dir: &Path, size: u64) -> Result<Opened> {
        let store = Store::open_or_create(dir)?;
        // A thread more for every 2 MB: each makes a segment of its own, however little there is.
        let useful = usize::try_from(size >> 21).unwrap_or(usize::MAX).saturating_add(1);
        let threads = self.threads().min(Writer::THREADS).min(useful);
        let memory = self.memory.map_or(Self::MEMORY, |memory| memory / threads);
        let writer = Writer::open(&store, dir, threads, memory)?;
        // Only now that no other writer can come between.
        let known = store.records()?;
        Ok(Opened { writer: Some(writer), known })
    }
}

/// Returns whether an index that gives this error can be begun anew.
fn rebuildable(error: &Error) -> bool {
    matches!(error, Error::IndexVersion { .. } | Error::IndexDamaged { .. })
}

/// The error that there is no readable file under `paths`, but only such as are `not_read`.
pub fn nothing_to_index(paths: &[PathBuf], not_read: &NotRead) -> Error {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    Error::NothingToIndex {
        paths: paths.join(", "),
        seen: not_read.to_string(),
        read: extract::extensions(),
    }
}

fn is_under(path: &Path, scopes: &[Scope]) -> bool {
    scopes.iter().any(|scope| path.starts_with(&scope.path))
}
