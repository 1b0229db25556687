//! [`Split`]: the sources in one file.
//!
//! A table, a list of objects or a mailbox has many. Its records are told apart at once, and each is
//! read only when it is asked for: an update reads those that changed, `verify` the one that it is
//! about.

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
    /// no UTF-8 text, in what it was decoded to.
    fn bytes(&self, i: usize) -> &[u8];

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
}

impl dyn Records {
    /// Returns the hash of record `i`, as in citation records.
    pub fn hash(&self, i: usize) -> String {
        content_hash(self.bytes(i))
    }

    /// Returns the number of the record with this id.
    pub fn find(&self, id: &SourceId) -> Option<usize> {
        let file = id.of_file();
        self.slots().iter().position(|slot| file.record(&slot.key) == *id)
    }
}
