//! [`Outcome`]: what became of a quotation.

use serde::{Deserialize, Serialize};

use crate::cite::Citation;
use crate::source::PassageId;

/// The fate of a quotation.
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
    /// It is where it is said to be, byte for byte, but its record says something of it or of its
    /// source that the source does not.
    MetadataDiffers,
    /// It is in the source, but not where it is said to be.
    Moved,
    /// Some of its words, or of what its record says of its place, are not what the source has.
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
    /// There is a quotation mark of which it cannot be told what it opens or closes.
    NotRead,
}

/// The words around a quotation, or those left out of it, that bear on its sense.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Its bearing on the quotation.
    pub kind: ContextKind,
    /// The words of the source, with white space folded.
    pub words: String,
}

/// The bearing of the words around a quotation, or of those left out of it, on its sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum ContextKind {
    /// The sentence goes on, right after the quotation, with a condition, an exception or a
    /// contrast.
    CutOff,
    /// A negation, or the words of one who only reports or denies it, stand right before it.
    CutIn,
    /// An ellipsis leaves out words without which the sense is the same.
    Elided,
    /// An ellipsis leaves out a negation, a condition or an exception.
    ElidedInverting,
}

/// The result of the verification of one quotation.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The id of the citation record; none for a quotation out of a text.
    pub id: Option<PassageId>,
    /// The line of the input on which the quotation begins, counted from 1, if known.
    pub line: Option<usize>,
    /// The column of that line, in characters counted from 1, if known.
    pub column: Option<usize>,
    /// The quotation, as it was given.
    pub quote: String,
    /// Its status.
    pub status: Status,
    /// Words around it, or left out of it, that bear on its sense.
    pub context: Vec<Context>,
    /// The fields of the record that are not what they are in the source: `source.title`.
    pub differs: Vec<String>,
    /// The sentences that have it, or that it was made from, as they are in the source now.
    pub found: Option<Citation>,
    /// The finding and the differences, in words for people.
    pub detail: String,
}

impl Outcome {
    /// Returns true if the quotation holds: `exact`, or, for one that people wrote down,
    /// `normalized`, or put together with an ellipsis that keeps the sense. A record promises
    /// bytes, and is held to that.
    pub fn is_intact(&self) -> bool {
        match self.status {
            Status::Exact => true,
            Status::Normalized => self.id.is_none(),
            Status::Stitched => {
                self.id.is_none()
                    && !self.context.is_empty()
                    && self.context.iter().all(|context| context.kind == ContextKind::Elided)
            }
            _ => false,
        }
    }

    /// Returns true if the source has words around the quotation, or left out of it, that change
    /// its sense.
    pub fn is_out_of_context(&self) -> bool {
        self.context.iter().any(|context| context.kind != ContextKind::Elided)
    }
}
