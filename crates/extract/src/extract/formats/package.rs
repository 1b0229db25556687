//! [`Package`]: the entries of a ZIP file, such as an office document or a book.
//!
//! Nothing is written anywhere, and names are only compared, never used as paths. What an entry
//! unpacks to is bounded, in bytes and in proportion to the file, and compared with its checksum.

use std::cell::Cell;
use std::collections::HashMap;
use std::io::{BufReader, Read};

use flate2::bufread::DeflateDecoder;
use rawzip::{
    CompressionMethod, ReaderAt, ZipArchive, ZipArchiveEntryWayfinder, ZipFileHeaderRecord,
};

use crate::extract::Unreadable;

/// The most entries of a package.
const MAX_ENTRIES: usize = 1 << 16;

/// The most bytes that all entries read of one package may have together.
const MAX_UNPACKED: u64 = 128 << 20;

/// The most bytes that are unpacked from each byte, beyond [`FREE`]. Deflate reaches a thousand,
/// markup that repeats itself a hundred.
const MAX_RATIO: u64 = 200;

/// The number of bytes that an entry may unpack to, whatever its size.
const FREE: u64 = 4 << 20;

/// The number of bytes of an entry that are read at a time.
const BUFFER: usize = 32 << 10;

/// A ZIP file in memory.
pub(super) struct Package<'a> {
    archive: ZipArchive<&'a [u8]>,
    /// Each entry by its name; `None` if there are two of it: readers would not agree on which
    /// counts.
    entries: HashMap<String, Option<Entry>>,
    /// The number of bytes that may still be unpacked.
    left: Cell<u64>,
}

/// An entry of a ZIP file.
pub(super) struct Entry {
    place: ZipArchiveEntryWayfinder,
    method: CompressionMethod,
    packed: u64,
    size: u64,
    is_encrypted: bool,
}

/// Why an entry cannot be unpacked.
pub(super) enum Fault {
    Encrypted,
    /// It unpacks to more than it may.
    Large,
    /// It is damaged: why.
    Damaged(String),
}

impl Entry {
    pub(super) fn of(found: &ZipFileHeaderRecord<'_>) -> Self {
        Self {
            place: found.wayfinder(),
            method: found.compression_method(),
            packed: found.compressed_size_hint(),
            size: found.uncompressed_size_hint(),
            is_encrypted: found.flags().is_encrypted(),
        }
    }

    /// Returns the number of bytes that it has in the file.
    pub(super) fn packed(&self) -> u64 {
        self.packed
    }

    /// Returns the number of bytes that it is said to unpack to.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// Unpacks it to at most `limit` bytes, and compares them with its checksum.
    pub(super) fn unpack<R: ReaderAt>(
        &self,
        archive: &ZipArchive<R>,
        limit: u64,
    ) -> Result<Vec<u8>, Fault> {
        if self.is_encrypted {
            return Err(Fault::Encrypted);
        }
        let damaged = |why: &str| Fault::Damaged(why.to_owned());
        let packed = archive.get_entry(self.place).map_err(|_| damaged("it is cut off"))?;
        let mut bytes = Vec::new();
        let read = match self.method {
            CompressionMethod::STORE => {
                packed.verifying_reader(packed.reader()).take(limit + 1).read_to_end(&mut bytes)
            }
            CompressionMethod::DEFLATE => packed
                .verifying_reader(DeflateDecoder::new(BufReader::with_capacity(
                    BUFFER,
                    packed.reader(),
                )))
                .take(limit + 1)
                .read_to_end(&mut bytes),
            method => {
                let number = method.as_u16();
                return Err(damaged(&format!("its compression (method {number}) is not read")));
            }
        };
        if bytes.len() as u64 > limit {
            return Err(Fault::Large);
        }
        read.map_err(|_| damaged("it does not unpack to what its checksum says"))?;
        Ok(bytes)
    }
}

impl<'a> Package<'a> {
    /// Reads the list of entries.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if the bytes are not a ZIP file, or it has too many entries.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Unreadable> {
        const OLD_OFFICE: &[u8] = b"\xD0\xCF\x11\xE0";
        if bytes.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        if bytes.starts_with(OLD_OFFICE) {
            let message = "is encrypted, or in the format of Office before 2007: save it anew, \
                           without a password";
            return Err(Unreadable(message.to_owned()));
        }
        let not_zip = |_| match bytes.starts_with(b"PK") {
            true => Unreadable("is damaged: the list at the end of the archive is missing".into()),
            false => Unreadable("is not a ZIP archive, which its format is based on".into()),
        };
        let archive = ZipArchive::from_slice(bytes).map_err(not_zip)?;
        let mut entries: HashMap<String, Option<Entry>> = HashMap::new();
        let mut list = archive.entries();
        let damaged = |_| Unreadable("is damaged: its list of entries cannot be read".to_owned());
        while let Some(found) = list.next_entry().map_err(damaged)? {
            if entries.len() >= MAX_ENTRIES {
                let message = format!("has more than {MAX_ENTRIES} entries");
                return Err(Unreadable(message));
            }
            let name = String::from_utf8_lossy(found.file_path().as_ref()).into_owned();
            let entry = (!entries.contains_key(&name)).then(|| Entry::of(&found));
            entries.insert(name, entry);
        }
        Ok(Self { archive: archive.into_reader_archive(), entries, left: Cell::new(MAX_UNPACKED) })
    }

    /// Unpacks the entry of this name; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is encrypted, damaged, or unpacks to more than the limits.
    pub(super) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Unreadable> {
        let Some(entry) = self.entries.get(name) else { return Ok(None) };
        let damaged = |why: &str| Unreadable(format!("is damaged at entry {}: {why}", shown(name)));
        let Some(entry) = entry else {
            return Err(damaged("there are two of this name"));
        };
        let limit = FREE.max(entry.packed.saturating_mul(MAX_RATIO)).min(self.left.get());
        let bytes = entry.unpack(&self.archive, limit).map_err(|fault| match fault {
            Fault::Encrypted => Unreadable("is encrypted: save it without a password".to_owned()),
            Fault::Large => Unreadable(format!(
                "unpacks to more than is read: entry {} to more than {} KiB from {}, of at most {} \
                 MiB in all",
                shown(name),
                limit >> 10,
                entry.packed.div_ceil(1 << 10),
                MAX_UNPACKED >> 20,
            )),
            Fault::Damaged(why) => damaged(&why),
        })?;
        self.left.set(self.left.get() - bytes.len() as u64);
        Ok(Some(bytes))
    }

    /// Unpacks the entry of this name, without which nothing can be read.
    ///
    /// # Errors
    ///
    /// Those of [`Package::read`], and [`Unreadable`] if there is none.
    pub(super) fn need(&self, name: &str) -> Result<Vec<u8>, Unreadable> {
        let missing = || {
            Unreadable(format!(
                "is damaged, or another kind of archive: it has no entry {}",
                shown(name)
            ))
        };
        self.read(name)?.ok_or_else(missing)
    }
}

/// Returns the beginning of a name, for messages.
fn shown(name: &str) -> String {
    const LETTERS: usize = 80;
    name.chars().filter(|c| !c.is_control()).take(LETTERS).collect()
}

/// Returns the name of the entry that `target` leads to from the entry `from`: a path as in a URL,
/// relative to the folder of `from` or, with `/`, to the top. Its parts never lead out of the
/// package.
pub(super) fn resolve(from: &str, target: &str) -> String {
    let target = target.split('#').next().unwrap_or_default();
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => from.split('/').rev().skip(1).collect::<Vec<_>>().into_iter().rev().collect(),
    };
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_stay_in_the_package() {
        for (from, target, found) in [
            ("word/document.xml", "styles.xml", "word/styles.xml"),
            ("word/document.xml", "/word/styles.xml", "word/styles.xml"),
            ("ppt/slides/slide1.xml", "../notes/n1.xml", "ppt/notes/n1.xml"),
            ("a/b.xml", "../../../../etc/passwd", "etc/passwd"),
            ("b.xml", "c.xhtml#p3", "c.xhtml"),
        ] {
            assert_eq!(resolve(from, target), found);
        }
    }
}
