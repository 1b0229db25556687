//! [`Folder`]: whether a folder may hold an index, and the marker file that says that it does.
//!
//! The marker `pincite.json` is written before any of Tantivy's files. Nothing is ever written into
//! a folder that has no marker and is not empty.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory};
use tantivy::index::SegmentComponent;

use super::failure;
use crate::files::{self, MAX_METADATA};
use crate::{Error, Result};

/// The version of the index format: see [`Index::FORMAT`](crate::index::Index::FORMAT).
pub(in crate::index) const FORMAT: u32 = 4;

/// The name of the marker file.
const MARKER: &str = "pincite.json";
/// The name it is written under before it is whole.
const UNFINISHED: &str = ".pincite.json.new";
/// The file in which Tantivy records a commit.
const COMMIT: &str = "meta.json";
/// The file in which Tantivy lists the files that it manages.
const MANAGED: &str = ".managed.json";

#[derive(Serialize, Deserialize)]
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
/// index of another format.
pub(in crate::index) fn inspect(dir: &Path) -> Result<Folder> {
    let entries = match fs::read_dir(dir) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Folder::Free),
        Err(error) => return Err(Error::io("open", dir)(error)),
    };
    let entries: Vec<_> = entries.flatten().collect();
    refuse_planted(dir, &entries)?;
    if let Some(format) = format(dir)? {
        if format != FORMAT {
            return Err(Error::IndexVersion {
                path: dir.to_owned(),
                found: format,
                expected: FORMAT,
            });
        }
        return Ok(Folder::Index { committed: dir.join(COMMIT).exists() });
    }
    let mut names: Vec<_> =
        entries.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    match names.into_iter().find(|name| !harmless(name)) {
        Some(found) => Err(Error::NotAnIndex { path: dir.to_owned(), found }),
        None => Ok(Folder::Free),
    }
}

/// Refuses a folder in which a file of the index is a link, a pipe or a device: Tantivy would read,
/// or even create, what a link leads to.
fn refuse_planted(dir: &Path, entries: &[fs::DirEntry]) -> Result<()> {
    for entry in entries {
        let name = entry.file_name();
        let is_own = name.to_str().is_some_and(|name| {
            name == MARKER || name.starts_with(".tantivy-") || is_tantivys(name)
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
    [".gitignore", UNFINISHED, MANAGED].contains(&name)
        || name.starts_with("README")
        || name.starts_with(".tantivy-")
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

/// Marks `dir` as an index of this format, making it where it does not exist.
pub(in crate::index) fn mark(dir: &Path) -> Result<()> {
    fs::create_dir_all(dir).map_err(Error::io("create", dir))?;
    let (unfinished, marker) = (dir.join(UNFINISHED), dir.join(MARKER));
    let write = || {
        let mut file = files::create(&unfinished)?;
        serde_json::to_writer(&mut file, &Marker { format: FORMAT })?;
        file.write_all(b"\n")?;
        file.sync_all()?;
        fs::rename(&unfinished, &marker)
    };
    write().map_err(Error::io("write", &marker))
}

/// Checks that no file of the last commit is too short to be whole: Tantivy would panic.
pub(super) fn check(dir: &Path, index: &tantivy::Index) -> Result<()> {
    /// Bytes at the end of each of its files: the length of a footer, and a magic number.
    const ENDING: u64 = 8;
    use SegmentComponent::{FastFields, FieldNorms, Positions, Postings, Store, Terms};
    let segments =
        index.searchable_segment_metas().map_err(|error| failure::reading(dir, &error))?;
    let parts = [Postings, Positions, Terms, Store, FastFields, FieldNorms];
    for file in
        segments.iter().flat_map(|segment| parts.clone().map(|part| segment.relative_path(part)))
    {
        if dir.join(&file).metadata().is_ok_and(|metadata| metadata.len() < ENDING) {
            let detail = format!("{} is cut short", file.display());
            return Err(Error::IndexDamaged { path: dir.to_owned(), detail });
        }
    }
    Ok(())
}

/// Removes an index that cannot be read, of which only the marker has to be there, so that another
/// can be begun.
pub(in crate::index) fn clear(dir: &Path) -> Result<()> {
    let directory =
        MmapDirectory::open(dir).map_err(|error| failure::writing(dir, &error.into()))?;
    let lock = directory.acquire_lock(&INDEX_WRITER_LOCK);
    let _lock = lock.map_err(|error| failure::writing(dir, &error.into()))?;
    for entry in fs::read_dir(dir).map_err(Error::io("read", dir))?.flatten() {
        if entry.file_name().to_str().is_some_and(is_tantivys) {
            fs::remove_file(entry.path()).map_err(Error::io("remove", entry.path()))?;
        }
    }
    mark(dir)
}

/// Returns whether a file of this name in an index's folder is Tantivy's; but for its lock files,
/// which are held.
fn is_tantivys(name: &str) -> bool {
    let segment = name.split_once('.').map(|(id, _)| id);
    name == COMMIT
        || name == MANAGED
        || segment
            .is_some_and(|id| id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
