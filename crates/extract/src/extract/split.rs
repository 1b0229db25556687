//! [`Split`]: the sources in one file.
//!
//! A table, a list of objects or a mailbox has many. Its records are told apart at once, and each
//! is read only when it is asked for: an update reads those that changed, `verify` the one that it
//! is about.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use super::{Document, Unreadable};
use crate::source::{FileRecord, SourceId, content_hash};

/// The sources in a file.
pub enum Split {
    /// The file is one.
    One(Box<Document>),
    /// The file has records, each of them a source.
    Several(Box<dyn Records>),
    /// The file has records, of which no field is known to be a text: why, in words that follow its
    /// name. It is data, unless someone names a field.
    Data(String),
}

/// The records of a file.
pub trait Records: Send + Sync {
    /// Returns the records, in the order of the file.
    fn slots(&self) -> &[Slot];

    /// Returns what the hash of record `i` is made of: its bytes in the file or, where the file is
    /// no UTF-8 text, in what it was decoded to; of a member of an archive, what that unpacks to.
    fn bytes(&self, i: usize) -> Cow<'_, [u8]>;

    /// Reads record `i`. Offsets of the document count from the record's
    /// [start](FileRecord::start).
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it has no text.
    fn document(&self, i: usize) -> Result<Document, Unreadable>;

    /// Returns messages for users about the file, and about records that are not among the slots.
    fn warnings(&self) -> &[String];
}

/// A record of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its key, which no other record of the file has: the second part of its id.
    pub key: String,
    /// Its place.
    pub place: FileRecord,
    /// The member of the archive that it is or is in: see
    /// [`Source::member`](crate::source::Source).
    pub member: Option<String>,
}

/// The room that is left for what an archive, and the archives within it, unpack to when their
/// members are listed.
#[derive(Debug, Clone)]
pub struct Room {
    depth: u8,
    bytes: Rc<Cell<u64>>,
}

impl Room {
    /// The most archives that may be one within another.
    const MAX_DEPTH: u8 = 3;

    /// The most bytes that all members may have together.
    pub const MAX_BYTES: u64 = 4 << 30;

    /// The most sources in an archive.
    const MAX_MEMBERS: usize = 1 << 20;

    /// Returns the room for what lies within this many archives.
    #[must_use]
    pub fn at(depth: u8) -> Self {
        Self { depth, ..Self::default() }
    }

    /// Returns how many archives there are around.
    pub fn depth(&self) -> u8 {
        self.depth
    }

    /// Returns the room within an archive, which has its share of this.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if there are too many archives around.
    pub fn inner(&self) -> Result<Self, Unreadable> {
        if self.depth >= Self::MAX_DEPTH {
            let most = Self::MAX_DEPTH;
            return Err(Unreadable(format!("is not read: it lies within {most} archives")));
        }
        Ok(Self { depth: self.depth + 1, bytes: Rc::clone(&self.bytes) })
    }

    /// Takes this many bytes of it; returns `false`, and takes none, if there are not as many.
    pub fn take(&self, bytes: u64) -> bool {
        let left = self.bytes.get().checked_sub(bytes);
        left.inspect(|&left| self.bytes.set(left)).is_some()
    }

    /// Returns the number of sources that an archive may have.
    pub fn members(&self) -> usize {
        Self::MAX_MEMBERS
    }

    /// Returns a message for when there are no bytes left.
    pub fn is_full(&self) -> String {
        format!("the archive unpacks to more than {} GiB", Self::MAX_BYTES >> 30)
    }

    /// Returns a message for when there are too many sources.
    pub fn too_many(&self) -> String {
        format!("has more than {} members: the others are not read", Self::MAX_MEMBERS)
    }
}

impl Default for Room {
    fn default() -> Self {
        Self { depth: 0, bytes: Rc::new(Cell::new(Self::MAX_BYTES)) }
    }
}

impl dyn Records {
    /// Returns the hash of record `i`, as in citation records.
    pub fn hash(&self, i: usize) -> String {
        content_hash(&self.bytes(i))
    }

    /// Returns the number of the record with this id.
    pub fn find(&self, id: &SourceId) -> Option<usize> {
        let key = id.key()?;
        self.slots().iter().position(|slot| slot.key == key)
    }
}
