//! [`VerifyRequest`] and [`Attribution`]: a quotation to verify and where it is said to be from.

use crate::cite::Citation;

/// A quotation to verify.
#[derive(Debug, Clone, PartialEq)]
pub struct VerifyRequest {
    /// The line of the input on which it begins, counted from 1, if known.
    pub line: Option<usize>,
    /// The quotation.
    pub quote: String,
    /// Where it is said to be from.
    pub attribution: Attribution,
}

/// Where a quotation is said to be from.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Attribution {
    /// A citation record gives the place to the byte.
    Record(Box<Citation>),
    /// A text names a source: by its id, a passage of it, its file, title, publisher or author.
    Source(String),
    /// Nothing is said.
    Nothing,
}
