//! The checksums that Tantivy writes at the end of each of its files.
//!
//! Opening an index compares those of small files, on which all else depends, and of every list of
//! deleted documents. A large file is compared when something in it turns out to be damaged, and by
//! a check of the whole index. What is read out of one meanwhile has a check of its own (`stored`).

use std::fs::File;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::footer::Footer;
use tantivy::directory::{FileHandle, FileSlice, OwnedBytes};
use tantivy::index::SegmentComponent;
use tantivy::{HasLen, Index};

use super::directory::read_at;
use super::failure;
use crate::Result;
use crate::panics::without_panic;

/// The size in bytes below which a file is compared with its checksum when the index is opened.
/// None is in the tests of this crate, which look at what is found without.
const SMALL: u64 = if cfg!(test) { 1 } else { 1 << 20 };

/// Checks that the small files of the last commit are as they were written.
pub(super) fn check_small(dir: &Path, index: &Index) -> Result<()> {
    let is_small = |file: &Path| match file.extension().and_then(|extension| extension.to_str()) {
        Some("del") => true,
        // Each block read out of it has a check of its own, and most of it may be whole.
        Some("store") => false,
        _ => size(dir, file) < SMALL,
    };
    let files = files(index).map_err(|error| failure::reading(dir, &error))?;
    let damaged: Vec<PathBuf> =
        files.into_iter().filter(|file| is_small(file) && !is_intact(dir, file)).collect();
    if damaged.is_empty() { Ok(()) } else { Err(failure::damaged(dir, say(&damaged))) }
}

/// Returns the files of the last commit that are not as they were written.
pub(super) fn damaged(dir: &Path, index: &Index) -> Vec<PathBuf> {
    match files(index) {
        Ok(files) => files.into_iter().filter(|file| !is_intact(dir, file)).collect(),
        Err(_) => Vec::new(),
    }
}

/// Returns the files of the last commit that are not as they were written, of those that tell which
/// documents have a term.
pub(super) fn damaged_terms(dir: &Path, index: &Index) -> Vec<PathBuf> {
    let tells = |file: &PathBuf| {
        file.extension().is_some_and(|extension| extension == "term" || extension == "idx")
    };
    let files = files(index).unwrap_or_default().into_iter();
    files.filter(|file| tells(file) && !is_intact(dir, file)).collect()
}

/// Says of files that they are damaged.
pub(super) fn say(files: &[PathBuf]) -> String {
    let names: Vec<_> = files.iter().map(|file| file.display().to_string()).collect();
    let does = if names.len() == 1 { "does" } else { "do" };
    format!("{} {does} not hold what was written", names.join(" and "))
}

/// Returns the files of the last commit with checksums.
pub(super) fn files(index: &Index) -> tantivy::Result<Vec<PathBuf>> {
    use SegmentComponent::{Delete, FastFields, FieldNorms, Positions, Postings, Store, Terms};
    const PARTS: [SegmentComponent; 6] =
        [Terms, Postings, Positions, FieldNorms, FastFields, Store];
    let mut files = Vec::new();
    for segment in index.searchable_segment_metas()? {
        files.extend(PARTS.map(|part| segment.relative_path(part)));
        if segment.has_deletes() {
            files.push(segment.relative_path(Delete));
        }
    }
    Ok(files)
}

/// Returns whether a file in `dir` is as it was written; or gone, as a writer removes what it has
/// merged; or cannot be read.
pub(super) fn is_intact(dir: &Path, file: &Path) -> bool {
    /// The number of bytes that are read at a time.
    const READ: usize = 1 << 16;
    let read = || -> io::Result<bool> {
        let file = FileSlice::new(Arc::new(Unmapped::open(&dir.join(file))?));
        let (footer, body) = Footer::extract_footer(file)?;
        let mut hasher = crc32fast::Hasher::new();
        for start in (0..body.len()).step_by(READ) {
            hasher.update(&body.read_bytes_slice(start..body.len().min(start + READ))?);
        }
        Ok(footer.crc == hasher.finalize())
    };
    // Tantivy panics where a file is shorter than what ends it.
    let read = without_panic(read).unwrap_or(Ok(false));
    read.unwrap_or_else(|error| {
        !matches!(error.kind(), io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof)
    })
}

/// A file that is read rather than mapped: what is mapped and was read once stays in memory.
#[derive(Debug)]
struct Unmapped {
    file: File,
    length: usize,
}

impl Unmapped {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = usize::try_from(file.metadata()?.len()).map_err(io::Error::other)?;
        Ok(Self { file, length })
    }
}

impl HasLen for Unmapped {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for Unmapped {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let mut bytes = vec![0; range.len()];
        read_at(&self.file, &mut bytes, range.start as u64)?;
        Ok(OwnedBytes::new(bytes))
    }
}

/// Returns the size of a file in bytes; 0 where it is gone.
pub(super) fn size(dir: &Path, file: &Path) -> u64 {
    dir.join(file).metadata().map_or(0, |metadata| metadata.len())
}
