//! [`Update`]: brings an index up to date, from the walk over paths to the commit.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::available_parallelism;

use super::backend::Reader;
use super::changes::{Changes, Shelf};
use super::record::Record;
use super::report::{Progress, Report};
use super::run::carry_out;
use super::tantivy::{Folder, Lock, Staging, Store, Writer, clear, inspect, mark};
use crate::corpus::{self, NotRead, Remark, Scope, Selection};
use crate::extract::{self, Fields};
use crate::{Error, FileError, Result};

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
    /// The fields of records that are named for the files that are found, instead of those named
    /// before; `None` where those stay.
    pub fields: Option<Fields>,
    /// The libraries of references that declare metadata of files, instead of those named before;
    /// `None` where those stay.
    pub libraries: Option<Vec<PathBuf>>,
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
    target: Option<Target>,
    /// The records of every source in it.
    known: Vec<Record>,
    /// The index as it is, where another is built to take its place.
    old: Option<Reader>,
    /// The reason why that one could not be read, where it could not.
    unread: Option<Error>,
}

/// The index that an update writes to.
struct Target {
    writer: Writer,
    /// The place of the new index until it takes that of the old one.
    staging: Option<Staging>,
    _lock: Lock,
}

impl Target {
    fn finish(self, has_changes: bool, progress: &dyn Progress) -> Result<()> {
        let Target { writer, staging, _lock } = self;
        match staging {
            Some(staging) => {
                progress.committing();
                writer.commit()?;
                staging.take_over()
            }
            None if has_changes => {
                progress.committing();
                writer.commit()
            }
            None => writer.catch_up(|| progress.committing()),
        }
    }
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
        let named = self.libraries.as_deref().map(Shelf::read).transpose()?;
        let folder = match inspect(dir) {
            Err(error) if self.rebuild && is_beyond_use(&error) => None,
            folder => Some(folder?),
        };
        let here = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let walk = corpus::walk(&scopes, self.selection(), &here)?;
        let nothing = walk.files.is_empty() && walk.unreadable.is_empty();
        if nothing && folder != Some(Folder::Index { committed: true }) {
            return Err(nothing_to_index(&self.paths, &walk.not_read));
        }
        let size = walk.files.iter().map(|file| file.size).sum();
        let Opened { target, known, old, unread } = self.open(dir, folder, size)?;
        let here = dir.canonicalize().unwrap_or(here);
        if nothing && !known.iter().any(|record| is_under(&record.path(&here), &scopes)) {
            return Err(nothing_to_index(&self.paths, &walk.not_read));
        }

        let shelf = named.unwrap_or_else(|| Shelf::remembered(&known));
        let changes = Changes::new(
            &here,
            &scopes,
            walk,
            known,
            self.fields.as_ref(),
            shelf,
            self.rebuild || self.reread,
        );
        let writer = target.as_ref().map(|target| &target.writer);
        let report = carry_out(changes, &here, self.threads(), writer, old.as_ref(), progress);
        drop(old);
        match (target, report) {
            (Some(target), Err(error)) => Err(target.writer.cause().unwrap_or(error)),
            (_, Err(error)) => Err(error),
            (target, Ok(mut report)) => {
                if let Some(target) = target {
                    target.finish(report.has_changes(), progress)?;
                }
                report.warnings.extend(unread.map(|error| began_anew(dir, &error)));
                Ok(report)
            }
        }
    }

    /// Opens the index in `dir` for an update with files of `size` bytes. `folder` is `None` where
    /// `dir` holds an index that cannot be read.
    fn open(&self, dir: &Path, folder: Option<Folder>, size: u64) -> Result<Opened> {
        if self.dry_run {
            return if self.rebuild { self.old(dir, folder) } else { only_known(dir, folder) };
        }
        let lock = Lock::take(dir)?;
        clear(dir, &lock);
        if self.rebuild {
            let opened = self.old(dir, folder)?;
            let staging = Staging::begin(dir, &lock)?;
            let store = Store::open_or_create(staging.dir())?;
            let writer = self.writer(&store, &lock, dir, size)?;
            let target = Target { writer, staging: Some(staging), _lock: lock };
            return Ok(Opened { target: Some(target), ..opened });
        }
        if folder == Some(Folder::Free) {
            mark(dir)?;
        }
        let store = Store::open_or_create(dir)?;
        let writer = self.writer(&store, &lock, dir, size)?;
        let known = store.records()?;
        let target = Target { writer, staging: None, _lock: lock };
        Ok(Opened { target: Some(target), known, old: None, unread: None })
    }

    /// Opens the index that another is to take the place of, as far as it can be read.
    fn old(&self, dir: &Path, folder: Option<Folder>) -> Result<Opened> {
        let whole = match folder {
            Some(Folder::Free | Folder::Index { committed: false }) => Ok(None),
            Some(Folder::Index { committed: true }) => Store::open_whole(dir),
            None => inspect(dir).map(|_| None),
        };
        let (old, known, unread) = match whole {
            Ok(Some((snapshot, known))) => (Some(Arc::new(snapshot) as Reader), known, None),
            Ok(None) => (None, Vec::new(), None),
            Err(error) if is_beyond_use(&error) => (None, Vec::new(), Some(error)),
            Err(error) => return Err(error),
        };
        Ok(Opened { target: None, known, old, unread })
    }

    fn writer(&self, store: &Store, lock: &Lock, dir: &Path, size: u64) -> Result<Writer> {
        // A thread more for every 2 MB: each makes a segment of its own, however little there is.
        let useful = usize::try_from(size >> 21).unwrap_or(usize::MAX).saturating_add(1);
        let threads = self.threads().min(Writer::THREADS).min(useful);
        let memory = self.memory.map_or(Self::MEMORY, |memory| memory / threads);
        Writer::open(store, lock, dir, threads, memory)
    }
}

/// Opens the index in `dir` to look at it.
fn only_known(dir: &Path, folder: Option<Folder>) -> Result<Opened> {
    let store = match folder {
        Some(Folder::Index { committed: true }) => Store::open(dir)?,
        _ => None,
    };
    let known = store.map_or_else(|| Ok(Vec::new()), |store| store.records())?;
    Ok(Opened { target: None, known, old: None, unread: None })
}

/// Returns whether an index that gives this error can only be built anew. What the system refuses
/// for now (descriptors, memory, permission) is no reason to give up what is in it.
fn is_beyond_use(error: &Error) -> bool {
    /// The number of an error in reading a disk.
    const UNREADABLE: i32 = if cfg!(windows) { 23 } else { 5 };
    match error {
        Error::IndexVersion { .. } | Error::IndexDamaged { .. } => true,
        Error::File(FileError::Io { source, .. }) => source.raw_os_error() == Some(UNREADABLE),
        _ => false,
    }
}

/// The remark that the index in `dir` could not be read when another took its place.
fn began_anew(dir: &Path, error: &Error) -> Remark {
    let message = format!(
        "was built without the old index, as {error}; what it had from other paths than those \
         given has to be indexed again"
    );
    Remark { file: dir.display().to_string(), message }
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
