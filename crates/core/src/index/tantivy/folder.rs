//! [`Folder`]: whether a folder may hold an index, the marker file that says that it does, and the
//! [`Lock`] of its one writer.
//!
//! The marker `pincite.json` is written before any of Tantivy's files. Nothing is ever written into
//! a folder that has no marker and holds anything but files of an index.

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use tantivy::directory::{
    Directory, DirectoryLock, INDEX_WRITER_LOCK, META_LOCK, MmapDirectory, error::LockError,
};
use tantivy::index::{SegmentComponent, SegmentMeta};

use super::failure;
use crate::files::{self, MAX_METADATA};
use crate::{Error, Result};

/// The version of the index format: see [`Index::FORMAT`](crate::index::Index::FORMAT).
pub(in crate::index) const FORMAT: u32 = 8;

/// The name of the marker file.
const MARKER: &str = "pincite.json";
/// The name it is written under before it is whole.
const UNFINISHED: &str = ".pincite.json.new";
/// The file in which Tantivy records a commit.
pub(super) const COMMIT: &str = "meta.json";
/// The file in which Tantivy lists the files that it made.
pub(super) const MANAGED: &str = ".managed.json";
/// The folder in which an index is built that is to take the place of the one around it.
pub(super) const STAGING: &str = ".pincite.rebuild";

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker {
    format: u32,
}

/// The use of a folder.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::index) enum Folder {
    /// Nothing: an index may be begun in it, or it does not exist.
    Free,
    /// An index of this format.
    Index {
        /// True if anything was ever committed.
        committed: bool,
    },
}

/// Returns what the folder `dir` holds. Something else than an index is an error, and so is an
/// index of another format, or one without its marker.
pub(in crate::index) fn inspect(dir: &Path) -> Result<Folder> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Folder::Free),
        Err(error) => return Err(Error::io("open", dir)(error)),
    };
    let entries: Vec<_> = entries.collect::<io::Result<_>>().map_err(Error::io("read", dir))?;
    refuse_planted(dir, &entries)?;
    if let Some(format) = format(dir)? {
        if format != FORMAT {
            return Err(Error::IndexVersion {
                path: dir.to_owned(),
                found: format,
                expected: FORMAT,
            });
        }
        let committed = dir.join(COMMIT).try_exists().map_err(Error::io("read", dir))?;
        return Ok(Folder::Index { committed });
    }
    let mut names: Vec<_> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names.retain(|name| !harmless(name));
    let is_segment = |name: &String| is_of_segment(name);
    // A `meta.json` by itself may be anybody's.
    match names.iter().find(|name| !is_segment(name) && *name != COMMIT) {
        None if names.is_empty() => Ok(Folder::Free),
        None if names.iter().any(is_segment) || dir.join(MANAGED).exists() => {
            let detail = format!("{MARKER} is missing");
            Err(Error::IndexDamaged { path: dir.to_owned(), detail })
        }
        found => {
            let found = found.unwrap_or(&names[0]).clone();
            Err(Error::NotAnIndex { path: dir.to_owned(), found })
        }
    }
}

/// Refuses a folder in which a file of the index is a link, a pipe or a device: Tantivy would read,
/// or even create, what a link leads to.
fn refuse_planted(dir: &Path, entries: &[fs::DirEntry]) -> Result<()> {
    for entry in entries {
        let name = entry.file_name();
        let is_own = name.to_str().is_some_and(|name| {
            [MARKER, COMMIT, MANAGED].contains(&name)
                || name.starts_with(".tantivy-")
                || is_of_segment(name)
        });
        if !is_own {
            continue;
        }
        let planted = if entry.file_type().is_ok_and(|kind| !kind.is_file()) {
            "it is not a regular file, as those of an index are: remove it"
        } else if name.to_str().is_some_and(|name| [COMMIT, MANAGED].contains(&name))
            && entry.metadata().is_ok_and(|metadata| metadata.len() > MAX_METADATA)
        {
            "it is too large for a list of the files of an index: remove it and rebuild the index"
        } else {
            continue;
        };
        return Err(Error::io("open", dir.join(name))(io::Error::other(planted)));
    }
    Ok(())
}

/// Returns whether a file of this name may be in a folder where an index is begun: files that
/// people keep beside an index, and hidden ones that are left where all others were deleted.
fn harmless(name: &str) -> bool {
    [".gitignore", UNFINISHED, MANAGED, STAGING].contains(&name)
        || name.starts_with("README")
        || name.starts_with(".tantivy-")
        || is_unfinished(name)
}

/// Returns the format that the marker in `dir` states; none where there is no marker.
fn format(dir: &Path) -> Result<Option<u32>> {
    let path = dir.join(MARKER);
    let text = match files::read_text(&path, Some(dir), MAX_METADATA) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::InvalidData => String::new(),
        Err(error) => return Err(Error::io("read", path)(error)),
    };
    let marker: Marker = serde_json::from_str(&text).map_err(|_| Error::IndexDamaged {
        path: dir.to_owned(),
        detail: format!("{MARKER} does not say which format it has"),
    })?;
    Ok(Some(marker.format))
}

/// Marks `dir`, which is there, as an index of this format.
pub(in crate::index) fn mark(dir: &Path) -> Result<()> {
    prepare_mark(dir)?;
    set_mark(dir)
}

/// Writes the marker under another name.
pub(super) fn prepare_mark(dir: &Path) -> Result<()> {
    let write = || {
        let mut file = files::create(&dir.join(UNFINISHED))?;
        serde_json::to_writer(&mut file, &Marker { format: FORMAT })?;
        file.write_all(b"\n")?;
        file.sync_all()
    };
    write().map_err(Error::io("write", dir.join(MARKER)))
}

/// Gives the marker that was prepared its name.
pub(super) fn set_mark(dir: &Path) -> Result<()> {
    let marker = dir.join(MARKER);
    fs::rename(dir.join(UNFINISHED), &marker).map_err(Error::io("write", marker))
}

/// Removes the marker from `dir`.
pub(super) fn unmark(dir: &Path) -> Result<()> {
    match fs::remove_file(dir.join(MARKER)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(Error::io("remove", dir.join(MARKER))(error))
        }
        _ => Ok(()),
    }
}

/// Returns whether the marker in `dir` says that the index in it is of this format.
pub(super) fn is_marked(dir: &Path) -> bool {
    matches!(format(dir), Ok(Some(FORMAT)))
}

/// The right to write to the index in a folder, which one process has at a time.
pub(in crate::index) struct Lock {
    _held: DirectoryLock,
}

impl Lock {
    /// Takes the lock of the folder `dir`, making the folder where it does not exist.
    ///
    /// # Errors
    /// [`Error::IndexBusy`] where another has it.
    pub(in crate::index) fn take(dir: &Path) -> Result<Lock> {
        fs::create_dir_all(dir).map_err(Error::io("create", dir))?;
        let directory =
            MmapDirectory::open(dir).map_err(|error| failure::writing(dir, &error.into()))?;
        let held = directory.acquire_lock(&INDEX_WRITER_LOCK);
        Ok(Lock { _held: held.map_err(|error| failure::writing(dir, &error.into()))? })
    }
}

/// Returns the files of a segment, as names in the folder of its index.
pub(super) fn files(segment: &SegmentMeta) -> impl Iterator<Item = PathBuf> + '_ {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let parts = [Postings, Positions, Terms, Store, FastFields, FieldNorms];
    let parts = parts.into_iter().chain(segment.has_deletes().then_some(Delete));
    parts.map(|part| segment.relative_path(part))
}

/// Removes from `dir` what runs that were killed, and commits before the last, have left of the
/// files of an index, whether Tantivy remembers them or not. What cannot be removed now stays for
/// the next run. The index has to be locked.
pub(super) fn sweep(dir: &Path, index: &tantivy::Index) -> Result<()> {
    let failed = |error: LockError| failure::writing(dir, &error.into());
    // A reader that goes by the commit before has opened its files when this lock is free.
    let _readers = index.directory().acquire_lock(&META_LOCK).map_err(failed)?;
    let segments =
        index.searchable_segment_metas().map_err(|error| failure::reading(dir, &error))?;
    let living: HashSet<PathBuf> = segments.iter().flat_map(files).collect();
    for entry in fs::read_dir(dir).map_err(Error::io("read", dir))?.flatten() {
        let name = entry.file_name();
        let is_left = name.to_str().is_some_and(|name| {
            is_unfinished(name) || is_of_segment(name) && !living.contains(Path::new(name))
        });
        if is_left {
            let _ = fs::remove_file(entry.path());
        }
    }
    Ok(())
}

/// Returns whether a file of this name is of a segment of Tantivy's: 32 hexadecimal digits and one
/// of its extensions.
pub(super) fn is_of_segment(name: &str) -> bool {
    let Some((id, extension)) = name.split_once('.') else { return false };
    let is_known = match extension {
        "idx" | "pos" | "term" | "store" | "fast" | "fieldnorm" | "store.temp" => true,
        other => other
            .strip_suffix(".del")
            .is_some_and(|stamp| stamp.bytes().all(|byte| byte.is_ascii_digit())),
    };
    is_known && id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Returns whether a file of this name is one that Tantivy had not yet given its own.
pub(super) fn is_unfinished(name: &str) -> bool {
    name.strip_prefix(".tmp").is_some_and(|rest| {
        rest.len() == 6 && rest.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}
