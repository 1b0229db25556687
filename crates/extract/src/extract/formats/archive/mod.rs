//! The extractors for archives, and for files that are compressed.
//!
//! An archive has members, each read by the extractor of its own name, as if it had been unpacked;
//! nothing is written to a disk, and names are only parts of ids. `zip`, `tar` and `warc` list the
//! members and unpack one at a time, from where it lies in the file; [`Members`] makes sources of
//! them, and [`packed`] is for single files that are compressed. All that an archive may unpack to
//! is bounded: each member in proportion to its size, and all together by a [`Room`].

mod members;
mod name;
mod packed;
mod tar;
mod warc;
mod zip;

use std::io;

use self::members::{Listing, Members};
use super::registry::EXTRACTORS;
use crate::extract::{Content, Document, Extractor, Fields, Room, Split, Unreadable};

pub(super) use self::packed::{COMPRESSIONS, Packed};

/// The number of bytes that are unpacked from each byte, beyond [`FREE`].
const MAX_RATIO: u64 = 200;

/// The number of bytes that anything may unpack to, whatever its size.
const FREE: u64 = 4 << 20;

/// The first bytes of what is compressed with gzip.
const GZIP: &[u8] = b"\x1f\x8b";

/// The usual number of bytes that are unpacked from each byte.
const USUAL_RATIO: u64 = 16;

/// The memory that reading an archive takes at most, where its members are not large, in bytes.
const MAX_WEIGHT: u64 = 64 << 20;

/// The extractor for archives of one kind.
pub(super) struct Archive {
    name: &'static str,
    extensions: &'static [&'static str],
    /// The first bytes, if they tell.
    mark: &'static [u8],
    list: fn(Content, &Room) -> Result<Listing, Unreadable>,
}

/// ZIP archives.
pub(super) static ZIP: Archive =
    Archive { name: "zip", extensions: &["zip"], mark: b"", list: zip::list };

/// Archives of `tar`.
pub(super) static TAR: Archive =
    Archive { name: "tar", extensions: &["tar"], mark: b"", list: tar::list };

/// Archives of web pages.
pub(super) static WARC: Archive =
    Archive { name: "warc", extensions: &["warc"], mark: b"WARC/1.", list: warc::list };

/// Collections of archives of web pages.
pub(super) static WACZ: Archive =
    Archive { name: "wacz", extensions: &["wacz"], mark: b"", list: zip::list_collection };

impl Archive {
    const ALL: [&Archive; 4] = [&ZIP, &TAR, &WARC, &WACZ];
}

impl Extractor for Archive {
    fn name(&self) -> &'static str {
        self.name
    }

    fn version(&self) -> u32 {
        const OWN: u32 = 1;
        // Read members anew when any of the readers changes.
        let is_member = |it: &&&dyn Extractor| Archive::ALL.iter().all(|own| own.name != it.name());
        OWN + EXTRACTORS.iter().filter(is_member).map(|it| it.version()).sum::<u32>()
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        !self.mark.is_empty() && head.starts_with(self.mark)
    }

    fn weight(&self, size: u64) -> u64 {
        size.saturating_mul(USUAL_RATIO).min(MAX_WEIGHT)
    }

    fn has_fields(&self) -> bool {
        true
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        match self.split(bytes, &Fields::default())? {
            Split::One(document) => Ok(*document),
            Split::Data(reason) => Err(Unreadable(reason)),
            Split::Several(records) if records.slots().len() == 1 => records.document(0),
            Split::Several(_) => Err(Unreadable("is an archive, and no text".to_owned())),
        }
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        self.split_content(bytes.into(), fields, &Room::default())
    }

    fn streams(&self) -> bool {
        true
    }

    fn split_content(
        &self,
        content: Content,
        fields: &Fields,
        room: &Room,
    ) -> Result<Split, Unreadable> {
        if content.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let room = room.inner()?;
        let listing = (self.list)(content, &room)?;
        Ok(Members::read(listing, fields, &room))
    }
}

/// Returns the number of bytes that `packed` bytes may unpack to, where `most` may in any case.
fn limit(packed: u64, most: u64) -> u64 {
    FREE.max(packed.saturating_mul(MAX_RATIO)).min(most)
}

/// Returns the error for what unpacks to more than `limit`.
fn too_large(packed: u64, limit: u64) -> Unreadable {
    Unreadable(format!(
        "unpacks to more than is read: more than {} MiB from {} KiB",
        limit >> 20,
        packed.div_ceil(1 << 10)
    ))
}

/// Returns the error for what cannot be read.
fn damaged(error: &io::Error) -> Unreadable {
    match error.kind() {
        io::ErrorKind::FileTooLarge => Unreadable(error.to_string()),
        _ => Unreadable("is damaged".to_owned()),
    }
}
