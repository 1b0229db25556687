//! From the bytes of a file to canonical text, blocks and metadata: one [`Extractor`] a format.
//!
//! Everything behind this module is the same for every format: a [`Document`] says which stretches
//! of one string are body paragraphs, which are headings and which are boilerplate, and
//! [`Document::layout`] gives each its exact place. So a new format is one new extractor in the
//! table [`EXTRACTORS`], and nothing that searches, cites or verifies hears of it.

mod document;
mod formats;
#[cfg(test)]
mod tests;

pub use document::{Aside, Block, BlockKind, Document, Extractor, Layout, Unreadable};
pub use formats::{EXTRACTORS, declared, extensions, extractor_for, sniff};
