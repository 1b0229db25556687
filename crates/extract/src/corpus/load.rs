//! [`load()`]: reads one file and extracts its text; [`stale()`]: tells whether it, or a record of
//! it, is still the same.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

use crate::extract::{
    Content, Document, Extractor, Fields, Records, Room, Slot, Split, Unreadable, extractor_for,
    inner_name,
};
use crate::files::{self, MAX_TEXT};
use crate::panics::without_panic;
use crate::source::{FileRecord, Source, SourceId, Stale, content_hash};
use crate::text::Span;

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
pub enum Loaded {
    /// It is a source.
    One(Box<Article>),
    /// It has several.
    Several(Several),
}

/// A file with several sources.
pub struct Several {
    /// They.
    pub records: Box<dyn Records>,
    /// The name of the file that it unpacks to, where it is a single file that is compressed.
    inner: Option<String>,
    /// The file, if it is read source by source.
    content: Option<Content>,
    /// The stamp of the file from before it was read.
    pub stamp: Stamp,
}

/// A source that was read.
#[derive(Debug)]
pub struct Article {
    /// The extracted document.
    pub document: Document,
    /// The BLAKE3 hash of the file's bytes, or of the record's.
    pub content_hash: String,
    /// The place of the record, if it is one.
    pub record: Option<FileRecord>,
    /// The member of the file: see [`Source::member`].
    pub member: Option<String>,
    /// The file's stamp from before it was read.
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
    /// It was read, but none of its fields is known to be a text.
    Data(String),
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
    fields: &Fields,
    known: Option<&str>,
) -> Result<Loaded, Skip> {
    let now = SystemTime::now();
    let (file, metadata) = files::open(path, beneath).map_err(unread)?;
    let stamp = Stamp::new(metadata.len(), metadata.modified().ok(), now);
    let inner = path.file_name().and_then(|name| inner_name(name.to_str()?)).map(str::to_owned);
    if extractor.streams() {
        let content = Content::of_file(file, metadata.len());
        let split = guarded(|| extractor.split_content(content.clone(), fields, &Room::default()));
        refuse_fault(&content)?;
        return match split? {
            Split::Several(records) => {
                Ok(Loaded::Several(Several { records, inner, content: Some(content), stamp }))
            }
            Split::Data(reason) => Err(Skip::Data(reason)),
            Split::One(_) => Err(Skip::NoText("has no records".to_owned())),
        };
    }
    let bytes = files::read_open(file, metadata.len(), MAX_TEXT).map_err(unread)?;
    let content_hash = content_hash(&bytes);
    if known == Some(content_hash.as_str()) {
        return Err(Skip::Same);
    }
    match guarded(|| extractor.split(bytes, fields))? {
        Split::One(document) if document.text.trim().is_empty() => {
            Err(Skip::NoText("has no text".to_owned()))
        }
        Split::One(document) => {
            let (document, record) = (*document, None);
            let article = Article { document, content_hash, record, member: inner, stamp };
            Ok(Loaded::One(Box::new(article)))
        }
        Split::Data(reason) => Err(Skip::Data(reason)),
        Split::Several(records) => {
            Ok(Loaded::Several(Several { records, inner, content: None, stamp }))
        }
    }
}

/// Tells what the operating system could not read from what is damaged: that says nothing of the
/// sources that were read before.
fn refuse_fault(content: &Content) -> Result<(), Skip> {
    match content.fault() {
        Some(error) => Err(Skip::Unread(format!("cannot be read: {error}"))),
        None => Ok(()),
    }
}

/// Reads with an extractor, whose libraries may panic at a file: the others are read all the same.
fn guarded<T>(read: impl FnOnce() -> Result<T, Unreadable>) -> Result<T, Skip> {
    match without_panic(read) {
        Ok(read) => read.map_err(|unreadable| Skip::NoText(unreadable.to_string())),
        Err(message) => Err(Skip::NoText(format!("makes its reader fail: {message}"))),
    }
}

impl Several {
    /// Reads the record with this id.
    ///
    /// # Errors
    ///
    /// [`Skip::NoText`] if there is none, or it has no text.
    pub fn article(&self, id: &SourceId) -> Result<Article, Skip> {
        let gone = || Skip::NoText(format!("has no record {id} any more"));
        self.records.find(id).ok_or_else(gone).and_then(|i| self.nth(i))
    }

    /// Reads record `i`.
    ///
    /// # Errors
    ///
    /// [`Skip::NoText`] if it has no text, and [`Skip::Unread`] if the file cannot be read.
    pub fn nth(&self, i: usize) -> Result<Article, Skip> {
        let document = guarded(|| self.records.document(i));
        let content_hash = self.records.hash(i);
        self.content.as_ref().map_or(Ok(()), refuse_fault)?;
        let document = document?;
        let Slot { place, member, .. } = &self.records.slots()[i];
        let member = member.clone().or_else(|| self.inner.clone());
        Ok(Article { document, content_hash, record: Some(*place), member, stamp: self.stamp })
    }
}

/// The file of a source.
#[derive(Debug, Clone, Copy)]
pub struct Place<'a> {
    /// Its path.
    pub path: &'a Path,
    /// That of [`load`].
    pub beneath: Option<&'a Path>,
    /// The fields that were named for it.
    pub fields: &'a Fields,
}

/// Returns what became of the file of `source` since it had this stamp, or of the source's record
/// in it; `None` where it is as it was. It is read only where its stamp does not tell.
///
/// A file of the same size whose modification time was set back passes for unchanged.
pub fn stale(place: Place<'_>, stamp: &Stamp, source: &Source) -> Option<Stale> {
    let Place { path, beneath, .. } = place;
    let Ok((_, metadata)) = files::open(path, beneath) else { return Some(Stale::Missing) };
    if stamp.vouches_for(metadata.len(), metadata.modified().ok()) {
        return None;
    }
    match own_bytes(place, source) {
        Ok(bytes) if content_hash(&bytes) == source.content_hash => None,
        Err(Skip::Unread(_)) => Some(Stale::Missing),
        _ => Some(Stale::Changed),
    }
}

/// Reads what the hash of `source` is made of: its file, the record that it is, or the member of an
/// archive, unpacked.
///
/// # Errors
///
/// Those of [`load`], and [`Skip::NoText`] if the file no longer has the source.
pub fn own_bytes(place: Place<'_>, source: &Source) -> Result<Vec<u8>, Skip> {
    let Place { path, beneath, fields } = place;
    let Some(FileRecord { bytes, .. }) = source.record else {
        return files::read(path, beneath, MAX_TEXT).map(|(bytes, _)| bytes).map_err(unread);
    };
    if let (Some(bytes), None) = (bytes, &source.member) {
        let opened = files::open(path, beneath);
        return opened.and_then(|(mut file, _)| slice(&mut file, bytes)).map_err(unread);
    }
    let gone = || Skip::NoText(format!("has no record {} any more", source.id));
    let extractor = extractor_for(path).ok_or_else(gone)?;
    match load(path, beneath, extractor, fields, None)? {
        Loaded::Several(Several { records, .. }) => {
            let found = records.find(&source.id).ok_or_else(gone)?;
            Ok(records.bytes(found).into_owned())
        }
        Loaded::One(_) => Err(gone()),
    }
}

/// Reads bytes of a file, as far as there are.
fn slice(file: &mut File, bytes: Span) -> io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(bytes.start as u64))?;
    let mut slice = Vec::new();
    file.take(bytes.len() as u64).read_to_end(&mut slice)?;
    Ok(slice)
}

fn unread(error: io::Error) -> Skip {
    Skip::Unread(format!("cannot be read: {error}"))
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::source::{Metadata, TextKind};

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
        let source = Source {
            id: SourceId::slug("a"),
            file: "a.txt".to_owned(),
            member: None,
            text: TextKind::File,
            record: None,
            content_hash: content_hash(&bytes),
            language: None,
            metadata: Metadata::default(),
        };
        let fields = Fields::default();
        let place = Place { path: &path, beneath: None, fields: &fields };
        let state = || stale(place, &stamp, &source);
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
