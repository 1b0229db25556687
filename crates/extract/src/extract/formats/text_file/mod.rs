//! Bare text, as saved from a web page or written by hand.
//!
//! A bare text says nothing of its own structure, so everything is read off how it is laid out, in three steps:
//!
//! 1. [`unit`] puts lines together that were wrapped by hand; a long line is a paragraph.
//! 2. [`outline`] says what each unit is, by its words ([`boilerplate`](super::boilerplate)), its
//!    shape and where on the page it stands.
//! 3. [`imprint`] reads author, publisher and date where the text gives them beyond doubt.
//!
//! The rules err on the side of the text. Boilerplate that is counted as a paragraph is an annoyance;
//! a paragraph that is taken for boilerplate is a source that cannot be found.

mod imprint;
mod outline;
mod unit;

use serde_json::Value;

use super::decode::{Decoded, decode, is_text};
use super::{front_matter, readable};
use crate::extract::document::language;
use crate::extract::{Block, BlockKind, Document, Extractor, Unreadable};
use crate::source::{Metadata, Provenance};
use crate::text::PartialDate;

/// Reads bare text.
pub(super) struct TextFile;

impl Extractor for TextFile {
    /// The name that indexes and records have had from the first.
    fn name(&self) -> &'static str {
        "plain"
    }

    fn version(&self) -> u32 {
        1
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
        let units = unit::units(&text, head.body);
        let kinds = outline::kinds(&text, &units);
        let block = |(unit, kind): (&unit::Unit, &BlockKind)| Block {
            kind: *kind,
            span: unit.span,
            plain: readable::fold(unit.span.of(&text)),
            part: None,
        };
        let blocks: Vec<Block> = units.iter().zip(&kinds).map(block).collect();
        let mut metadata = head.metadata;
        metadata.fill(&inferred(&text, &blocks));
        let language = language::of_document(&text, &blocks, &metadata);
        Ok(Document { text, kind, blocks, metadata, language, warnings })
    }
}

/// What the text says of itself.
fn inferred<'a>(text: &'a str, blocks: &'a [Block]) -> Metadata {
    let mut metadata = Metadata::default();
    let mut infer = |variable: &str, value: Option<Value>| {
        if let Some(value) = value {
            metadata.set(variable, value, Provenance::Inferred);
        }
    };
    let of_kind = |kind| blocks.iter().filter(move |block| block.kind == kind);
    infer("title", of_kind(BlockKind::Title).next().map(|block| block.readable(text).into()));

    let lines = || of_kind(BlockKind::Byline).map(|block| block.readable(text));
    let byline = lines().find_map(imprint::byline);
    infer("issued", issued(text, blocks).map(Metadata::csl_date));

    let outlet = byline.as_ref().and_then(|byline| byline.outlet.as_deref());
    let first = of_kind(BlockKind::Paragraph).next().map(|block| block.readable(text));
    let title = blocks.iter().position(|block| block.kind == BlockKind::Title).unwrap_or(0);
    let footer =
        blocks.iter().rposition(|block| block.kind == BlockKind::Paragraph).unwrap_or(blocks.len());
    let boilerplate = |part: &'a [Block]| {
        part.iter()
            .filter(|block| block.kind == BlockKind::Boilerplate)
            .map(|block| block.readable(text))
    };
    let publisher = outlet
        .or_else(|| imprint::dateline(first?, text))
        .or_else(|| boilerplate(&blocks[footer..]).find_map(imprint::copyright_holder))
        .or_else(|| boilerplate(&blocks[..title]).find_map(imprint::masthead));
    infer("publisher", publisher.map(Value::from));
    infer("author", byline.map(|byline| Value::Array(byline.authors)));
    metadata
}

/// When it was published, or last changed where it does not say that. A date without a word beside it counts only next
/// to the title or the author.
fn issued(text: &str, blocks: &[Block]) -> Option<PartialDate> {
    let near = |i: usize| {
        let is = |i: usize, kinds: &[BlockKind]| {
            blocks.get(i).is_some_and(|block| kinds.contains(&block.kind))
        };
        let above = i.checked_sub(1).is_some_and(|i| is(i, &[BlockKind::Title, BlockKind::Byline]));
        above || is(i + 1, &[BlockKind::Byline])
    };
    let stamps = || {
        let bylines =
            blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::Byline);
        let stamps =
            bylines.filter_map(|(i, block)| Some((i, imprint::stamp(block.readable(text))?)));
        stamps.filter(|&(i, stamp)| !stamp.bare || near(i)).map(|(_, stamp)| stamp)
    };
    stamps().find(|stamp| !stamp.updated).or_else(|| stamps().next()).map(|stamp| stamp.date)
}
