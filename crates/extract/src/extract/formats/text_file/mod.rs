//! The extractor for plain text, saved from a web page or written by hand.
//!
//! Plain text has no markup, so its structure is inferred from the layout in three steps:
//!
//! 1. [`unit`] joins lines that were wrapped by hand; a long line is a paragraph.
//! 2. [`outline`] classifies each unit by its words ([`boilerplate`](super::boilerplate)), shape
//!    and position on the page.
//! 3. [`imprint`](super::imprint) parses author, publisher and date if they are unambiguous.
//!
//! In doubt a unit is a paragraph. Boilerplate that counts as a paragraph is an annoyance, but a
//! paragraph that counts as boilerplate cannot be found.

mod outline;
mod unit;

use super::decode::{Decoded, decode, is_text};
use super::front_matter;
use super::imprint::{self, Imprint};
use super::readable::fold;
use crate::extract::document::language;
use crate::extract::document::pieces::{Lines, dense_blocks, pieces};
use crate::extract::{Block, BlockKind, Document, Extractor, Unreadable};
use crate::source::{Metadata, Provenance};
use crate::text::Span;

/// The extractor for plain text.
pub(super) struct TextFile;

impl Extractor for TextFile {
    /// Returns the name in existing indexes and records.
    fn name(&self) -> &'static str {
        "plain"
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["txt", "text"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        is_text(head)
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let Decoded { text, kind, mut warnings } = decode(bytes)?;
        let head = front_matter::read(&text);
        warnings.extend(head.warning);
        let lines = Lines::of(&text[head.body..]);
        let blocks = if lines.are_dense() {
            warnings.push(lines.warning());
            dense_blocks(&text, head.body)
        } else {
            blocks(&text, head.body)
        };
        let mut metadata = head.metadata;
        metadata.fill(&inferred(&text, &blocks));
        let language = language::of_document(&text, &blocks, &metadata);
        Ok(Document { text, kind, blocks, metadata, language, warnings })
    }
}

/// Returns the blocks of `text` from byte `from`.
fn blocks(text: &str, from: usize) -> Vec<Block> {
    let units = unit::units(text, from);
    let kinds = outline::kinds(text, &units);
    let mut blocks = Vec::with_capacity(units.len());
    for (unit, kind) in units.iter().zip(kinds) {
        let slice = unit.span.of(text);
        let pieces = match kind {
            BlockKind::Paragraph => pieces(slice),
            _ => vec![Span::new(0, slice.len())],
        };
        blocks.extend(pieces.iter().enumerate().map(|(i, piece)| Block {
            kind,
            span: piece.shifted(unit.span.start),
            plain: fold(piece.of(slice)).map(Box::new),
            part: None,
            piece: Block::piece(i, pieces.len()),
        }));
    }
    blocks
}

/// Infers metadata from the text.
fn inferred(text: &str, blocks: &[Block]) -> Metadata {
    let mut found = Imprint::default();
    for imprint in readable(text, blocks, BlockKind::Byline).filter_map(imprint::read) {
        found.add(&imprint);
    }
    found.stamp = None;
    for imprint in stamped(text, blocks) {
        found.add(&imprint);
    }
    let first = readable(text, blocks, BlockKind::Paragraph).next();
    if let Some(imprint) = first.and_then(imprint::dated) {
        found.add(&imprint);
    }
    let publisher = publisher(text, blocks);
    let outlet = found.outlet.take().or_else(|| publisher.map(str::to_owned));
    let mut metadata = Metadata::default();
    if let Some(title) = readable(text, blocks, BlockKind::Title).next() {
        metadata.set("title", title.into(), Provenance::Inferred);
    }
    Imprint { outlet, ..found }.describe(&mut metadata);
    metadata
}

/// Returns the readable form of each block of a kind.
fn readable<'a>(
    text: &'a str,
    blocks: &'a [Block],
    kind: BlockKind,
) -> impl Iterator<Item = &'a str> {
    blocks.iter().filter(move |block| block.kind == kind).map(|block| block.readable(text))
}

/// Infers the publisher from the dateline, the copyright line in the footer, or the masthead.
fn publisher<'a>(text: &'a str, blocks: &'a [Block]) -> Option<&'a str> {
    let first = readable(text, blocks, BlockKind::Paragraph).next();
    if let Some(outlet) = first.and_then(|paragraph| imprint::dateline(paragraph, text)) {
        return Some(outlet);
    }
    let last = blocks.iter().rposition(|block| block.kind == BlockKind::Paragraph);
    let footer = &blocks[last.unwrap_or(blocks.len())..];
    let title = blocks.iter().position(|block| block.kind == BlockKind::Title);
    let above = &blocks[..title.unwrap_or(0)];
    readable(text, footer, BlockKind::Boilerplate)
        .find_map(imprint::copyright_holder)
        .or_else(|| readable(text, above, BlockKind::Boilerplate).find_map(imprint::masthead))
}

/// Returns the imprints whose dates count. A date without a label counts only next to the title or
/// the author.
fn stamped(text: &str, blocks: &[Block]) -> impl Iterator<Item = Imprint> {
    let bylines = (0..blocks.len()).filter(|&i| blocks[i].kind == BlockKind::Byline);
    bylines.filter_map(|i| {
        let imprint = imprint::read(blocks[i].readable(text))?;
        let counts = !imprint.stamp?.bare || is_next_to_byline(blocks, i);
        counts.then_some(imprint)
    })
}

/// Returns whether block `i` is below the title, or next to a byline.
fn is_next_to_byline(blocks: &[Block], i: usize) -> bool {
    let above = i.checked_sub(1).map(|i| blocks[i].kind);
    let below = blocks.get(i + 1).map(|block| block.kind);
    matches!(above, Some(BlockKind::Title | BlockKind::Byline)) || below == Some(BlockKind::Byline)
}

/// Returns the paragraphs of a text in which there is nothing but paragraphs, in bytes.
#[cfg(any(feature = "csv", feature = "json", feature = "mail", feature = "office"))]
pub(super) fn paragraphs(text: &str) -> Vec<Span> {
    unit::units(text, 0).into_iter().map(|unit| unit.span).collect()
}
