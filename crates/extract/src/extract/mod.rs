//! Extracts canonical text, blocks and metadata from the bytes of a file, with one [`Extractor`]
//! for each format.
//!
//! A [`Document`] is independent of the format: its blocks are spans of the canonical text, marked
//! as body paragraphs, headings or boilerplate, and [`Document::layout`] gives them exact
//! positions. So a new format needs only a new extractor in the table [`EXTRACTORS`]; search,
//! citation and verification are not affected.

mod content;
mod document;
mod fields;
mod formats;
mod split;
#[cfg(test)]
mod tests;

pub use content::{Content, Reader};
pub use document::{
    BETWEEN, Block, BlockKind, Document, Extractor, Laid, Layout, SideBlock, Unreadable,
};
pub use fields::{Fields, ParseFieldsError};
pub(crate) use formats::is_compressed;
#[cfg(feature = "pdf")]
pub use formats::pdf;
pub use formats::{EXTRACTORS, declared, extensions, extractor_for, inner_name, sniff, stem};
pub use split::{Records, Room, Slot, Split};
