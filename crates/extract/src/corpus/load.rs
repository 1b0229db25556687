//! [`load()`]: reads one file and extracts its text.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::extract::{Document, Extractor};
use crate::files::{self, MAX_TEXT};
use crate::source::content_hash;

/// The minimum age of a modification time to prove that a file is unchanged. A younger file may be
/// changed again within the same tick of the file system's clock (two seconds on FAT).
const SETTLED: Duration = Duration::from_secs(2);

/// The size and modification time of a file, which show that it is unchanged without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time in nanoseconds since 1970; `None` if that is unknown or too recent to
    /// prove anything.
    pub modified: Option<u64>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Article {
    /// The extracted document.
    pub document: Document,
    /// The BLAKE3 hash of the file's bytes.
    pub content_hash: String,
    /// Its stamp from before it was read.
    pub stamp: Stamp,
}

/// The reason why a file gives no article, in words that follow its name.
#[derive(Debug, PartialEq, Eq)]
pub enum Skip {
    /// Its content has the known hash.
    Same,
    /// It could not be read, so its content is unknown.
    Unread(String),
    /// It was read, but has no text.
    NoText(String),
}

impl Stamp {
    /// Returns the stamp of a file of this size and modification time, read at `now`.
    fn new(size: u64, modified: Option<SystemTime>, now: SystemTime) -> Self {
        let settled =
            modified.filter(|&time| now.duration_since(time).is_ok_and(|age| age >= SETTLED));
        Self { size, modified: settled.and_then(nanoseconds) }
    }

    /// Returns whether a file of this size, in bytes, and modification time is certainly unchanged.
    pub fn vouches_for(&self, size: u64, modified: Option<SystemTime>) -> bool {
        self.size == size
            && self.modified.is_some()
            && self.modified == modified.and_then(nanoseconds)
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

/// Reads the file at `path` with `extractor`, unless its content has the hash `known`. Below the
/// folder `beneath`, where there is one, no symbolic link is followed: see [`files::open`].
///
/// # Errors
///
/// [`Skip`], with the reason why there is no article.
pub fn load(
    path: &Path,
    beneath: Option<&Path>,
    extractor: &dyn Extractor,
    known: Option<&str>,
) -> Result<Article, Skip> {
    let now = SystemTime::now();
    let (bytes, metadata) = files::read(path, beneath, MAX_TEXT).map_err(unread)?;
    let stamp = Stamp::new(metadata.len(), metadata.modified().ok(), now);
    let content_hash = content_hash(&bytes);
    if known == Some(content_hash.as_str()) {
        return Err(Skip::Same);
    }
    let document =
        extractor.extract(bytes).map_err(|unreadable| Skip::NoText(unreadable.to_string()))?;
    if document.text.trim().is_empty() {
        return Err(Skip::NoText("has no text".to_owned()));
    }
    Ok(Article { document, content_hash, stamp })
}

fn unread(error: io::Error) -> Skip {
    Skip::Unread(format!("cannot be read: {error}"))
}
