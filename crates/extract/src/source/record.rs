//! [`FileRecord`]: the place of a source in a file that has several.

use serde::{Deserialize, Serialize};

use crate::text::{Position, Span};

/// The record of a file that a source is: a row of a table, an object of a list, a message of a
/// mailbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRecord {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its bytes in the file; `None` where they are not those of a text that could be read as it
    /// stands.
    pub bytes: Option<Span>,
    /// The position in the canonical text of the file at which that of the record starts:
    /// [`Position::START`] where the record has a canonical text of its own.
    pub start: Position,
}
