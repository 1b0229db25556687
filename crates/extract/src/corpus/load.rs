//! [`load()`]: reads one file and extracts its text; [`stale()`]: tells whether it is still the same.

use std::io;
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::extract::{Document, Extractor};
use crate::files::{self, MAX_TEXT};
use crate::source::{Stale, content_hash};

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

/// Returns what became of the file at `path` since it had this stamp and this hash of its content;
/// `None` where it is as it was. It is read only where its stamp does not tell. `beneath` is that of
/// [`load`].
///
/// A file of the same size whose modification time was set back passes for unchanged.
pub fn stale(path: &Path, beneath: Option<&Path>, stamp: &Stamp, hash: &str) -> Option<Stale> {
    let Ok((_, metadata)) = files::open(path, beneath) else { return Some(Stale::Missing) };
    if stamp.vouches_for(metadata.len(), metadata.modified().ok()) {
        return None;
    }
    match files::read(path, beneath, MAX_TEXT) {
        Ok((bytes, _)) if content_hash(&bytes) == hash => None,
        Ok(_) => Some(Stale::Changed),
        Err(_) => Some(Stale::Missing),
    }
}

fn unread(error: io::Error) -> Skip {
    Skip::Unread(format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File};

    use super::*;

    #[test]
    fn a_file_is_stale_when_it_has_another_content() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        fs::write(&path, "one").unwrap();
        let long_ago = SystemTime::now() - Duration::from_secs(60);
        let set_back = || File::options().write(true).open(&path)?.set_modified(long_ago);
        set_back().unwrap();
        let (bytes, metadata) = files::read(&path, None, MAX_TEXT).unwrap();
        let stamp = Stamp::new(metadata.len(), metadata.modified().ok(), SystemTime::now());
        assert!(stamp.modified.is_some());
        let hash = content_hash(&bytes);
        let state = || stale(&path, None, &stamp, &hash);
        assert_eq!(state(), None);

        fs::write(&path, "one").unwrap();
        assert_eq!(state(), None, "another time, but the same content");
        fs::write(&path, "two").unwrap();
        assert_eq!(state(), Some(Stale::Changed));
        set_back().unwrap();
        assert_eq!(state(), None, "only its content would tell");
        fs::remove_file(&path).unwrap();
        assert_eq!(state(), Some(Stale::Missing));
        fs::create_dir(&path).unwrap();
        assert_eq!(state(), Some(Stale::Missing));
    }
}
