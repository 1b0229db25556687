//! [`load()`]: one file, read and taken apart.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::extract::{Document, Extractor};
use crate::source::content_hash;

/// The largest file that is read, in bytes. An article is not larger; a file that is would fill the memory.
const LARGEST: u64 = 256 << 20;

/// How long before it was read a file has to have been changed last for its time stamp to vouch for it. Less, and it
/// may have been changed again within the same tick of the file system's clock (two seconds on FAT).
const SETTLED: Duration = Duration::from_secs(2);

/// By what a file is known to be as it was, without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970; none where that proves nothing.
    pub modified: Option<u64>,
}

/// A file that was read.
#[derive(Debug)]
pub struct Article {
    /// What stands in it.
    pub document: Document,
    /// The hash of its bytes.
    pub content_hash: String,
    /// Its stamp, as of before it was read.
    pub stamp: Stamp,
}

/// Why there is no article in a file, in words that follow its name.
#[derive(Debug, PartialEq, Eq)]
pub enum Skip {
    /// It has the content that was known already.
    Same,
    /// It could not be read, so there is no knowing what stands in it.
    Unread(String),
    /// It was read, and there is no text in it.
    NoText(String),
}

impl Stamp {
    /// The stamp of a file of this size, last changed then, read at `now`.
    fn new(size: u64, modified: Option<SystemTime>, now: SystemTime) -> Self {
        let settled =
            modified.filter(|&time| now.duration_since(time).is_ok_and(|age| age >= SETTLED));
        Self { size, modified: settled.and_then(nanoseconds) }
    }

    /// Whether a file of this size, last changed then, is surely the one that was read.
    pub fn vouches_for(&self, size: u64, modified: Option<SystemTime>) -> bool {
        self.size == size
            && self.modified.is_some()
            && self.modified == modified.and_then(nanoseconds)
    }
}

fn nanoseconds(time: SystemTime) -> Option<u64> {
    u64::try_from(time.duration_since(UNIX_EPOCH).ok()?.as_nanos()).ok()
}

/// Reads the file at `path` with `extractor`, unless its content has the hash `known`.
pub fn load(path: &Path, extractor: &dyn Extractor, known: Option<&str>) -> Result<Article, Skip> {
    let now = SystemTime::now();
    let (bytes, stamp) = read(path, now).map_err(Skip::Unread)?;
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

fn read(path: &Path, now: SystemTime) -> Result<(Vec<u8>, Stamp), String> {
    // Asked before opening: to open a named pipe is to wait for a writer.
    if !path.metadata().map_err(unread)?.is_file() {
        return Err("is not a regular file".to_owned());
    }
    let read = || {
        let mut file = File::open(path)?;
        let metadata = file.metadata()?;
        let mut bytes =
            Vec::with_capacity(usize::try_from(metadata.len().min(LARGEST)).unwrap_or_default());
        file.by_ref().take(LARGEST + 1).read_to_end(&mut bytes)?;
        Ok((bytes, Stamp::new(metadata.len(), metadata.modified().ok(), now)))
    };
    let (bytes, stamp) = read().map_err(unread)?;
    if bytes.len() as u64 > LARGEST {
        return Err(format!("is larger than {} MiB", LARGEST >> 20));
    }
    Ok((bytes, stamp))
}

fn unread(error: io::Error) -> String {
    format!("cannot be read: {error}")
}
