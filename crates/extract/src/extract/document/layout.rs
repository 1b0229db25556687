//! [`Layout`]: the positions of all blocks of a document.
//!
//! Lines, code points and UTF-16 units are counted from block to block, never from the start, so
//! that a single pass over the document is enough.

use super::language::MainLanguage;
use super::{Block, BlockKind, Document};
use crate::source::{Passage, SourceId};
use crate::text::{self, Plain, Position, Span};

/// The blocks of a document with their positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    /// The body paragraphs, in order.
    pub passages: Vec<Passage>,
    /// Every other block, in order.
    pub asides: Vec<SideBlock>,
}

/// A block that is not a body paragraph.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SideBlock {
    /// Its kind; never [`BlockKind::Paragraph`].
    pub kind: BlockKind,
    /// The position of its first byte in the canonical text.
    pub start: Position,
    /// The exact slice of the canonical text.
    pub text: String,
}

impl Document {
    /// Returns the body paragraphs as passages of `source`, each with its sentences, position and
    /// section, and the other blocks.
    pub fn layout(&self, source: &SourceId) -> Layout {
        let mut layout = Layout { passages: Vec::new(), asides: Vec::new() };
        let language = MainLanguage::of(self);
        let mut headings: Vec<(u8, String)> = Vec::new();
        let mut end = Position::START;
        for block in &self.blocks {
            let start = end.after(&self.text[end.byte..block.span.start]);
            let slice = block.span.of(&self.text);
            end = start.after(slice);
            if block.kind != BlockKind::Paragraph {
                if let BlockKind::Heading(level) = block.kind {
                    let above = headings.partition_point(|&(outer, _)| outer < level);
                    headings.truncate(above);
                    headings.push((level, block.readable(&self.text).to_owned()));
                }
                layout.asides.push(SideBlock { kind: block.kind, start, text: slice.to_owned() });
                continue;
            }
            let language = language.of_paragraph(block.readable(&self.text));
            layout.passages.push(Passage {
                source: source.clone(),
                paragraph: u32::try_from(layout.passages.len() + 1).unwrap_or(u32::MAX),
                section: headings.iter().map(|(_, heading)| heading.clone()).collect(),
                part: block.part.clone(),
                start,
                text: slice.to_owned(),
                plain: block.plain.clone(),
                sentences: sentences(slice, block.plain.as_ref(), language.as_deref()),
                before: last_chars(&self.text[..block.span.start], Passage::CONTEXT).to_owned(),
                after: first_chars(&self.text[block.span.end..], Passage::CONTEXT).to_owned(),
                language,
            });
        }
        layout
    }

    /// Returns only the body paragraphs of [`Document::layout`].
    pub fn passages(&self, source: &SourceId) -> Vec<Passage> {
        self.layout(source).passages
    }
}

impl Block {
    /// Returns the readable form. `text` is the canonical text of the document.
    pub fn readable<'a>(&'a self, text: &'a str) -> &'a str {
        self.plain.as_ref().map_or(self.span.of(text), Plain::text)
    }
}

/// Returns the sentences of a paragraph as spans of its slice in bytes, including markup.
///
/// Boundaries are found in the readable form. The text between two sentences in the slice is split
/// at its first white space: closing markup belongs to the sentence before, opening markup to the
/// one after.
fn sentences(slice: &str, plain: Option<&Plain>, language: Option<&str>) -> Vec<Span> {
    let Some(plain) = plain else { return covering(slice, text::sentences_in(slice, language)) };
    let readable = text::sentences_in(plain.text(), language);
    let mut sentences = Vec::with_capacity(readable.len());
    let mut start = 0;
    for (i, sentence) in readable.iter().enumerate() {
        let end = match readable.get(i + 1) {
            None => slice.len(),
            Some(next) => {
                let gap = gap(plain, *sentence, *next);
                match gap.of(slice).find(char::is_whitespace) {
                    Some(space) => gap.start + space,
                    None => gap.end,
                }
            }
        };
        // If markup was replaced as a whole, two sentences may map to the same span: merge them.
        let text = slice.get(start..end).unwrap_or_default().trim_end();
        if !text.is_empty() {
            sentences.push(Span::new(start, start + text.len()));
            start = slice.len() - slice[end..].trim_start().len();
        }
    }
    covering(slice, sentences)
}

/// Returns the span between two sentences of the readable form, in bytes of the slice.
fn gap(plain: &Plain, sentence: Span, next: Span) -> Span {
    if sentence.end < next.start {
        return plain.to_slice(Span::new(sentence.end, next.start));
    }
    let start = plain.to_slice(sentence).end;
    Span::new(start, plain.to_slice(next).start.max(start))
}

/// Extends the first and last of `sentences` to the ends of a trimmed slice. If there are none, the
/// slice is one sentence.
fn covering(slice: &str, mut sentences: Vec<Span>) -> Vec<Span> {
    match sentences.as_mut_slice() {
        [] => vec![Span::new(0, slice.len())],
        [first, ..] => {
            first.start = 0;
            if let Some(last) = sentences.last_mut() {
                last.end = slice.len();
            }
            sentences
        }
    }
}

fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().nth(count - 1).map_or(0, |(at, _)| at);
    &text[start..]
}

fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
