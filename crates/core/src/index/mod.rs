//! The Tantivy index: what is written into it, how it is brought up to date, and what can be read back.
//!
//! Sources and passages lie in one index, so that one commit moves both. [`Index::update`] walks the given paths,
//! compares what is there with what it has (`plan`), reads what changed (`update`) and commits once; killed at any
//! instant, the last commit stands. A [`Reader`] is a snapshot of one commit.

mod budget;
mod directory;
mod document;
mod failure;
mod folder;
mod ids;
mod merge;
mod plan;
mod reader;
mod record;
pub(crate) mod schema;
#[cfg(test)]
mod tests;
mod update;

use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use serde::{Deserialize, Serialize};
use tantivy::{IndexSettings, IndexWriter, ReloadPolicy};

pub use crate::corpus::{NotRead, Remark};
pub(crate) use document::{first_day, last_day};
pub use reader::Reader;

use crate::corpus::{self, Scope, Selection};
use crate::extract;
use crate::source::Source;
use crate::text::Position;
use crate::{Error, Result};
use directory::Shared;
use document::Doc;
use folder::Folder;
use merge::Tidy;
use plan::Plan;
use record::Record;
use schema::Fields;

/// An index of sources and their passages in a folder.
pub struct Index {
    index: tantivy::Index,
    fields: Fields,
    dir: PathBuf,
}

impl Index {
    /// The version of the index format. Raised whenever an index written before could not be read, or would answer
    /// differently.
    pub const FORMAT: u32 = 3;

    /// Opens the index in `dir` for reading.
    ///
    /// # Errors
    /// [`Error::NoIndex`] where nothing was ever committed; [`Error::IndexVersion`] and [`Error::IndexDamaged`] where
    /// what is there cannot be read.
    pub fn open(dir: &Path) -> Result<Index> {
        let no_index = || Error::NoIndex { path: dir.to_owned() };
        match folder::inspect(dir) {
            Ok(Folder::Index { committed: true }) => {}
            Ok(_) | Err(Error::NotAnIndex { .. }) => return Err(no_index()),
            Err(error) => return Err(error),
        }
        let index = Index::begin(dir)?;
        let commit = index.index.load_metas().map_err(|error| failure::reading(dir, &error))?;
        // Tantivy writes its file for an empty index, too, which a first update that was killed leaves behind.
        if commit.opstamp == 0 { Err(no_index()) } else { Ok(index) }
    }

    /// Brings the index in `dir` up to date with the files under the paths of `update`, in one commit; makes the index
    /// where there is none.
    ///
    /// Sources under other paths stay. Those under the given paths come to be what is there and selected now: a file
    /// that is gone, or no longer selected, is removed, and so is one that has no text any more; one that cannot be
    /// read just now stays as it was. A file counts as unchanged when its size and time stamp are as before, or else
    /// its content, and so is what is declared of it.
    ///
    /// # Errors
    /// A path that does not exist, a folder that holds something else, an index of another version or one that is
    /// damaged (unless to be rebuilt), another writer, nothing to index: all before anything is written. A full disk
    /// leaves the last commit as it was.
    pub fn update(dir: &Path, update: &Update, progress: &dyn Progress) -> Result<Report> {
        let scopes = corpus::scopes(&update.paths)?;
        let folder = match folder::inspect(dir) {
            Err(error) if update.rebuild && rebuildable(&error) => None,
            folder => Some(folder?),
        };
        let here = dir.canonicalize().unwrap_or_else(|_| dir.to_owned());
        let walk = corpus::walk(&scopes, update.selection(), &here)?;
        let nothing = walk.files.is_empty() && walk.unreadable.is_empty();
        if nothing && folder != Some(Folder::Index { committed: true }) {
            return Err(nothing_to_index(&update.paths, &walk.not_read));
        }
        let threads = update.threads();
        let size = walk.files.iter().map(|file| file.size).sum();
        let (writer, known) = update.open(dir, folder, size)?;
        let here = dir.canonicalize().unwrap_or(here);
        if nothing && !known.iter().any(|record| is_under(&record.path(&here), &scopes)) {
            return Err(nothing_to_index(&update.paths, &walk.not_read));
        }

        let plan = Plan::new(&here, &scopes, walk, known, update.rebuild);
        let report = update::carry_out(plan, &here, threads, writer.as_ref(), progress);
        match (writer, report) {
            (None, report) => report,
            (Some(writer), Ok(report)) => commit(&here, writer, &report, progress).map(|()| report),
            (Some(mut writer), Err(error)) => {
                // Tantivy says only that a thread of its failed; why, it says when that thread is waited for.
                let cause = writer.prepare_commit().err();
                Err(cause.map_or(error, |cause| failure::writing(&here, &cause)))
            }
        }
    }

    /// A snapshot of the last commit.
    pub fn reader(&self) -> Result<Reader> {
        folder::check(&self.dir, &self.index)?;
        let reader = self.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader: tantivy::IndexReader = reader.map_err(|error| failure::reading(&self.dir, &error))?;
        Ok(Reader::new(reader.searcher(), self.fields, &self.dir))
    }

    /// The mark of the last commit, for telling whether anything was committed since.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`] where the list of segments cannot be read.
    pub fn commit(&self) -> Result<Commit> {
        let segments = self.index.searchable_segment_metas();
        let segments = segments.map_err(|error| failure::reading(&self.dir, &error))?;
        let mut marks: Vec<_> =
            segments.iter().map(|segment| (segment.id().uuid_string(), segment.delete_opstamp())).collect();
        marks.sort_unstable();
        Ok(Commit(marks))
    }

    /// Opens the index in `dir`, which is marked as one; an empty one where there is none yet.
    fn begin(dir: &Path) -> Result<Index> {
        let failed = |error| failure::reading(dir, &error);
        let dir = dir.canonicalize().map_err(Error::io("open", dir))?;
        let directory = Shared::open(&dir).map_err(|error| failed(error.into()))?;
        let (schema, fields) = Fields::schema();
        let settings = IndexSettings { docstore_blocksize: BLOCK, ..IndexSettings::default() };
        let builder = tantivy::Index::builder().schema(schema).settings(settings).tokenizers(schema::tokenizers());
        let index = builder.open_or_create(directory).map_err(failed)?;
        Ok(Index { index, fields, dir })
    }
}

/// The mark of one commit: the segments that it consists of, each with its last deletion. Another
/// commit has another mark, whichever process made it; so has the same one after a merge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commit(Vec<(String, Option<u64>)>);

/// How many bytes of documents are packed together: a few passages, since those that a query reads lie far apart.
const BLOCK: usize = 4096;

/// Whether an index that gives this error can be begun anew.
fn rebuildable(error: &Error) -> bool {
    matches!(error, Error::IndexVersion { .. } | Error::IndexDamaged { .. })
}

/// The error that there is no readable file under `paths`, but only such as are `not_read`.
pub fn nothing_to_index(paths: &[PathBuf], not_read: &NotRead) -> Error {
    let paths: Vec<_> = paths.iter().map(|path| path.display().to_string()).collect();
    Error::NothingToIndex { paths: paths.join(", "), seen: not_read.to_string(), read: extract::extensions() }
}

fn is_under(path: &Path, scopes: &[Scope]) -> bool {
    scopes.iter().any(|scope| path.starts_with(&scope.path))
}

/// Commits what was written, where there is anything, and tidies up.
fn commit(dir: &Path, mut writer: IndexWriter<Doc>, report: &Report, progress: &dyn Progress) -> Result<()> {
    if report.added + report.updated + report.removed == 0 {
        return Ok(());
    }
    progress.committing();
    writer.commit().map_err(|error| failure::writing(dir, &error))?;
    writer.wait_merging_threads().map_err(|error| failure::writing(dir, &error))
}

/// What to index and how.
#[derive(Debug, Clone, Default)]
pub struct Update {
    /// Files and folders.
    pub paths: Vec<PathBuf>,
    /// Globs a file has to match one of, where there are any. Relative to each path.
    pub include: Vec<String>,
    /// Globs of files and folders to pass over.
    pub exclude: Vec<String>,
    /// Whether hidden files are read too.
    pub hidden: bool,
    /// Whether symbolic links are followed.
    pub follow_links: bool,
    /// Whether to read everything anew.
    pub rebuild: bool,
    /// Whether only to say what would be done.
    pub dry_run: bool,
    /// Threads for reading and for indexing; as many as there are cores where not given.
    pub threads: Option<usize>,
    /// Memory for the writer, in bytes.
    pub memory: Option<usize>,
}

/// The least memory that a thread of Tantivy's works with, and the most, in bytes.
const MEMORY: std::ops::RangeInclusive<usize> = 15_000_000..=4_000_000_000;

impl Update {
    /// The memory for the writer where none is given, in bytes a thread.
    const MEMORY: usize = 64 << 20;

    /// Tantivy's limit on threads.
    const THREADS: usize = 8;

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

    /// Opens the index in `dir` for an update with files of `size` bytes: the writer, unless nothing is to be written,
    /// and what is known of every source. Of no `folder` it is known to hold an index that cannot be read.
    fn open(&self, dir: &Path, folder: Option<Folder>, size: u64) -> Result<(Option<IndexWriter<Doc>>, Vec<Record>)> {
        let damaged = folder.is_none();
        if self.dry_run {
            return match folder {
                Some(Folder::Index { committed: true }) => match known(&Index::begin(dir)?) {
                    Err(error) if self.rebuild && rebuildable(&error) => Ok((None, Vec::new())),
                    known => Ok((None, known?)),
                },
                _ => Ok((None, Vec::new())),
            };
        }
        if damaged {
            folder::clear(dir)?;
        } else if folder == Some(Folder::Free) {
            folder::mark(dir)?;
        }
        let opened = self.write(dir, size);
        match opened {
            Err(error) if self.rebuild && !damaged && rebuildable(&error) => self.open(dir, None, size),
            Ok((writer, known)) => Ok((Some(writer), known)),
            Err(error) => Err(error),
        }
    }

    fn write(&self, dir: &Path, size: u64) -> Result<(IndexWriter<Doc>, Vec<Record>)> {
        let index = Index::begin(dir)?;
        // A thread more for every 2 MB: each makes a segment of its own, however little there is.
        let useful = usize::try_from(size >> 21).unwrap_or(usize::MAX).saturating_add(1);
        let threads = self.threads().min(Self::THREADS).min(useful);
        let memory = self.memory.map_or(Self::MEMORY, |memory| memory / threads).clamp(*MEMORY.start(), *MEMORY.end());
        let writer = index.index.writer_with_num_threads(threads, memory * threads);
        let writer = writer.map_err(|error| failure::writing(dir, &error))?;
        writer.set_merge_policy(Box::new(Tidy::default()));
        // What a killed run wrote after the last commit has to go first: the names of deletion files follow from what
        // was written before them, and those of this run may be the same.
        writer.garbage_collect_files().wait().map_err(|error| failure::writing(dir, &error))?;
        // Only now that no other writer can come between.
        let known = known(&index)?;
        Ok((writer, known))
    }
}

/// What is recorded of every source in an index.
fn known(index: &Index) -> Result<Vec<Record>> {
    index.reader()?.records_of_sources()
}

/// Told how an update goes, from several threads.
pub trait Progress: Sync {
    /// So many files with so many bytes are going to be read.
    fn planned(&self, files: u64, bytes: u64);
    /// A file of so many bytes has been dealt with.
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

/// What an update did.
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
    /// Files that could not be read, each with the reason; in the order of their names.
    pub skipped: Vec<Remark>,
    /// How many files are among them that were named themselves, not only a folder they lie in.
    pub refused: u64,
    /// The files in formats that are not read, whether `skipped` names them or not.
    pub not_read: NotRead,
    /// What was odd about files that were read; in the order of their names.
    pub warnings: Vec<Remark>,
    /// Passages in the index now.
    pub passages: u64,
    /// Bytes read for this update.
    pub bytes: u64,
}

/// A source as the index has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The source.
    pub source: Source,
    /// Its file, as a path that can be opened.
    pub path: PathBuf,
    /// The file's size in bytes when it was read.
    pub size: u64,
    /// The extractor that read it, with its version: `markdown/1`.
    pub extractor: String,
    /// How many body paragraphs it has.
    pub paragraphs: u32,
    /// What stands in it beside body paragraphs, in order.
    pub asides: Vec<Aside>,
}

/// A block of a source that is not a body paragraph: title, heading, by-line, code, page furniture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// What it is: `title`, `heading`, `byline`, `code` or `furniture`.
    pub kind: String,
    /// Where its first byte stands in the canonical text.
    pub start: Position,
    /// The exact slice.
    pub text: String,
}

/// Counts and sizes of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Stats {
    /// Sources.
    pub sources: u64,
    /// Passages.
    pub passages: u64,
    /// Tantivy segments.
    pub segments: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// The index format.
    pub format: u32,
    /// Languages (ISO 639-1, or `und`) and how many passages are in each, most first.
    pub languages: Vec<(String, u64)>,
}

impl From<extract::Aside> for Aside {
    fn from(extract::Aside { kind, start, text }: extract::Aside) -> Self {
        Self { kind: kind.name().to_owned(), start, text }
    }
}
