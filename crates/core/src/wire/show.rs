//! `pincite/show/1`: a source, or a stretch of it, block by block.

use serde::{Deserialize, Serialize};

use super::sources::Source;
use crate::engine::{self, Reading};
use crate::source::{Passage, PassageId, Stale};
use crate::text::Span;

/// A source, or a stretch of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Show {
    /// The name and version of this shape, `pincite/show/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Show::SCHEMA)))]
    pub schema: String,
    /// The source.
    pub source: Source,
    /// The fate of its file since it was indexed: the blocks are from before. Absent where the file
    /// is as it was, by its size and time or its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<Stale>,
    /// The blocks that are shown of it, in order and disjoint.
    pub blocks: Vec<Block>,
}

/// A block of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// The kind of block: `paragraph`, `title`, `heading`, `byline`, `code` or `furniture`.
    pub kind: String,
    /// The id of a body paragraph. Absent for any other kind of block.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<PassageId>,
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Bytes of the canonical text, half-open, from 0.
    pub bytes: Span,
    /// The exact slice of the canonical text, markup and line breaks included.
    pub text: String,
    /// The part of it that was asked for, in bytes of the canonical text, half-open, from 0. Absent
    /// where none of it was, or the whole source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked: Option<Span>,
}

impl Show {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/show/1";
}

impl From<&Reading> for Show {
    fn from(reading: &Reading) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            source: Source::from(&reading.entry),
            stale: reading.stale,
            blocks: reading.blocks.iter().map(|block| Block::new(block, reading)).collect(),
        }
    }
}

impl Block {
    /// The record of a block of `reading`.
    fn new(block: &engine::ReadingBlock, reading: &Reading) -> Self {
        let start = block.start();
        let text = block.text();
        Self {
            kind: block.kind().to_owned(),
            id: block.passage().map(Passage::id),
            line: start.line,
            bytes: Span::new(start.byte, start.byte + text.len()),
            text: text.to_owned(),
            asked: reading.asked_of(block).map(|span| span.shifted(start.byte)),
        }
    }
}
