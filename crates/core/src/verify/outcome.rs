//! [`Outcome`]: what became of a quotation.

use serde::{Deserialize, Serialize};

use crate::cite::Citation;
use crate::source::PassageId;

/// What became of a quotation.
///
/// The [module](super) says which is given when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It is where it is said to be, byte for byte.
    Exact,
    /// It is there but for white space, quotation marks, dashes, case and the like.
    Normalized,
    /// It is in the source, but not where it is said to be.
    Moved,
    /// Some of its words, or of what its record says, are not what the source has.
    Altered,
    /// It was put together from several places of the source.
    Stitched,
    /// It is in another source.
    Misattributed,
    /// It may be from any of several places.
    Ambiguous,
    /// No source has it, or anything like it.
    NotFound,
    /// The file has changed, and the quotation is no longer in it as it was.
    SourceChanged,
    /// There is no such source, or its file is gone.
    SourceMissing,
}

/// What verification found out about one quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id of the citation record; none for a quotation out of a text.
    pub id: Option<PassageId>,
    /// The line of the input on which the quotation begins, counted from 1, if known.
    pub line: Option<usize>,
    /// The quotation, as it was given.
    pub quote: String,
    /// What became of it.
    pub status: Status,
    /// The sentences that have it, or that it was made from, as they are in the source now.
    pub found: Option<Citation>,
    /// What was found and what differs, in words for people.
    pub detail: String,
}

impl Outcome {
    /// Whether the quotation holds: `exact`, or, for one that people wrote down, `normalized`. A
    /// record promises bytes, and is held to that.
    pub fn is_intact(&self) -> bool {
        match self.status {
            Status::Exact => true,
            Status::Normalized => self.id.is_none(),
            _ => false,
        }
    }
}
