//! Finds the byline, imprint and dateline below the title.

use pulldown_cmark::{Event, Parser};

use super::super::imprint::{self, Imprint, Strength};
use super::is_break;
use crate::extract::{Block, BlockKind};
use crate::source::Metadata;

/// Infers metadata from the lines below the title and from the dateline of the first paragraph.
/// Marks those lines as bylines.
pub(super) fn inferred(text: &str, blocks: &mut [Block]) -> Metadata {
    let mut found = Imprint::default();
    let head = blocks.iter().position(|block| block.kind == BlockKind::Title);
    let start = head.map_or(0, |title| title + 1);
    let imprints: Vec<Option<Imprint>> =
        blocks[start..].iter().map_while(|block| imprint_of(text, block)).collect();
    let rest = &blocks[start + imprints.len()..];
    if is_head(imprints.iter().flatten(), text, rest) {
        for (block, imprint) in blocks[start..].iter_mut().zip(&imprints) {
            if let Some(imprint) = imprint {
                block.kind = BlockKind::Byline;
                found.add(imprint);
            }
        }
    }
    let first = blocks.iter().find(|block| block.kind == BlockKind::Paragraph);
    if let Some(imprint) = first.and_then(|first| imprint::dated(first.readable(text))) {
        found.add(&imprint);
    }
    let mut metadata = Metadata::default();
    found.describe(&mut metadata);
    metadata
}

/// Returns what a block says if all its lines are imprints: `None` if they are not, `Some(None)` if
/// it is no text.
fn imprint_of(text: &str, block: &Block) -> Option<Option<Imprint>> {
    const MAX_LEN: usize = 500;
    match block.kind {
        BlockKind::Code => return Some(None),
        BlockKind::Paragraph | BlockKind::Heading(_) if block.span.len() <= MAX_LEN => {}
        _ => return None,
    }
    let mut found: Option<Imprint> = None;
    for line in lines(block.span.of(text)).iter().filter(|line| !line.trim().is_empty()) {
        let imprint = imprint::read(line)?;
        match &mut found {
            Some(found) => {
                found.add(&imprint);
                found.strength = found.strength.min(imprint.strength);
            }
            None => found = Some(imprint),
        }
    }
    found.map(Some)
}

/// Returns whether the imprints below the title are such: one is more than a name, and the text
/// does not go on to use lines like them as headings.
fn is_head<'a>(imprints: impl Iterator<Item = &'a Imprint>, text: &str, rest: &[Block]) -> bool {
    let Some(best) = imprints.map(|imprint| imprint.strength).min() else { return false };
    let is_dated = |block: &Block| matches!(imprint_of(text, block), Some(Some(imprint)) if imprint.strength == Strength::Dated);
    best == Strength::Certain || (best == Strength::Dated && !rest.iter().any(is_dated))
}

/// Returns the lines of a block without markup.
fn lines(slice: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for event in Parser::new(slice) {
        match event {
            Event::Text(text) | Event::Code(text) => {
                if let Some(line) = lines.last_mut() {
                    line.push_str(&text);
                }
            }
            Event::InlineHtml(tag) if !is_break(&tag) => {}
            Event::SoftBreak | Event::HardBreak | Event::InlineHtml(_) => lines.push(String::new()),
            _ => {}
        }
    }
    lines
}
