//! [`Layout`]: the positions of all blocks of a document.
//!
//! Lines, code points and UTF-16 units are counted from block to block, never from the start, so
//! that a single pass over the document is enough.

use super::language::MainLanguage;
use super::{Block, BlockKind, Document};
use crate::source::{Passage, SourceId, TextKind};
use crate::text::{self, Plain, Position, Span};

/// The separator of blocks in the readable text of a document.
pub const BETWEEN: &str = "\n\n";

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
    /// Of markup, what is read in the slice, if that is not the same.
    pub plain: Option<String>,
}

/// A block of a document with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Laid {
    /// A body paragraph.
    Passage(Box<Passage>),
    /// Any other block.
    Side(SideBlock),
}

impl Document {
    /// Returns the blocks in order, one at a time: body paragraphs as passages of `source`, each
    /// with its sentences, position and section.
    pub fn laid_out<'a>(&'a self, source: &'a SourceId) -> impl Iterator<Item = Laid> + 'a {
        let mut walk = Walk {
            document: self,
            source,
            language: MainLanguage::of(self),
            headings: Vec::new(),
            end: Position::START,
            paragraphs: 0,
        };
        (0..self.blocks.len()).map(move |i| walk.lay(i))
    }

    /// Returns all of [`Document::laid_out`].
    pub fn layout(&self, source: &SourceId) -> Layout {
        let mut layout = Layout { passages: Vec::new(), asides: Vec::new() };
        for laid in self.laid_out(source) {
            match laid {
                Laid::Passage(passage) => layout.passages.push(*passage),
                Laid::Side(aside) => layout.asides.push(aside),
            }
        }
        layout
    }

    /// Returns only the body paragraphs of [`Document::layout`].
    pub fn passages(&self, source: &SourceId) -> Vec<Passage> {
        self.layout(source).passages
    }
}

/// A walk over the blocks of a document.
struct Walk<'a> {
    document: &'a Document,
    source: &'a SourceId,
    language: MainLanguage<'a>,
    /// The headings above, outermost first, each with its level.
    headings: Vec<(u8, String)>,
    /// The end of the last block.
    end: Position,
    /// The number of body paragraphs so far.
    paragraphs: u32,
}

impl Walk<'_> {
    fn lay(&mut self, i: usize) -> Laid {
        let document = self.document;
        let block = &document.blocks[i];
        let text = &document.text;
        let start = self.end.after(&text[self.end.byte..block.span.start]);
        let slice = block.span.of(text);
        self.end = start.after(slice);
        if block.kind != BlockKind::Paragraph {
            if let BlockKind::Heading(level) = block.kind {
                let above = self.headings.partition_point(|&(outer, _)| outer < level);
                self.headings.truncate(above);
                self.headings.push((level, block.readable(text).to_owned()));
            }
            let plain = block.plain.as_ref().filter(|_| document.kind == TextKind::Markup);
            return Laid::Side(SideBlock {
                kind: block.kind,
                start,
                text: slice.to_owned(),
                plain: plain.map(|plain| plain.text().to_owned()),
            });
        }
        self.paragraphs = self.paragraphs.saturating_add(1);
        let language = self.language.of_paragraph(block.readable(text));
        let (before, after) = document.around(i);
        Laid::Passage(Box::new(Passage {
            source: self.source.clone(),
            paragraph: self.paragraphs,
            section: self.headings.iter().map(|(_, heading)| heading.clone()).collect(),
            part: block.part.as_deref().cloned(),
            start,
            text: slice.to_owned(),
            plain: block.plain.as_deref().cloned(),
            sentences: match (document.kind, &block.plain) {
                (TextKind::Markup, Some(plain)) => read_sentences(plain, language.as_deref()),
                _ => sentences(slice, block.plain.as_deref(), language.as_deref()),
            },
            before,
            after,
            language,
            piece: block.piece,
        }))
    }
}

impl Document {
    /// Returns the text before and after a block, up to [`Passage::CONTEXT`] code points of either:
    /// of the canonical text or, in markup, of what is read there.
    fn around(&self, i: usize) -> (String, String) {
        let span = self.blocks[i].span;
        let (before, after) = (&self.text[..span.start], &self.text[span.end..]);
        if self.kind != TextKind::Markup {
            let before = last_chars(before, Passage::CONTEXT).to_owned();
            return (before, first_chars(after, Passage::CONTEXT).to_owned());
        }
        let (mut before, mut after) = (String::new(), String::new());
        for block in self.blocks[..i].iter().rev() {
            if before.chars().count() >= Passage::CONTEXT {
                break;
            }
            let read = last_chars(block.readable(&self.text), Passage::CONTEXT);
            before = format!("{read}{BETWEEN}{before}");
        }
        for block in &self.blocks[i + 1..] {
            if after.chars().count() >= Passage::CONTEXT {
                break;
            }
            after.push_str(BETWEEN);
            after.push_str(first_chars(block.readable(&self.text), Passage::CONTEXT));
        }
        let before = last_chars(&before, Passage::CONTEXT).to_owned();
        (before, first_chars(&after, Passage::CONTEXT).to_owned())
    }
}

/// Returns the sentences of a paragraph of markup as spans of its slice in bytes. No tag is part of
/// one but those within it, so that each can be parsed on its own.
fn read_sentences(plain: &Plain, language: Option<&str>) -> Vec<Span> {
    let mut sentences: Vec<Span> = text::sentences_in(plain.text(), language)
        .into_iter()
        .map(|sentence| plain.to_slice(sentence))
        .collect();
    // A character reference may stand for the end of one and the start of the next.
    sentences.dedup_by(|next, last| {
        let overlap = next.start < last.end;
        last.end = if overlap { next.end } else { last.end };
        overlap
    });
    sentences
}

impl Block {
    /// Returns the readable form. `text` is the canonical text of the document.
    pub fn readable<'a>(&'a self, text: &'a str) -> &'a str {
        self.plain.as_deref().map_or(self.span.of(text), Plain::text)
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
