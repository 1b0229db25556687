//! [`VerifyRequest`] and [`Attribution`]: a quotation to verify and where it is said to be from.

use super::record::Record;

/// A quotation to verify.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyRequest {
    /// The line of the input on which it begins, counted from 1, if known.
    pub line: Option<usize>,
    /// The column of that line, in characters counted from 1, if known.
    pub column: Option<usize>,
    /// The quotation.
    pub quote: String,
    /// The place it is said to be from.
    pub attribution: Attribution,
}

/// The place a quotation is said to be from.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Attribution {
    /// A citation record gives the place, to the byte where it is whole.
    Record(Box<Record>),
    /// A text names a source: by its id, a passage of it, its file, title, publisher or author.
    Source(String),
    /// Nothing is said.
    Nothing,
    /// Nothing is said, and its words may be garbled: the source most like it is looked for.
    Sought,
    /// It cannot be told whether this is a quotation, or where it ends: the reason, in words for
    /// people.
    Unread(&'static str),
}
