//! [`Reading`]: a source, or a part of it, block by block.

use crate::index::{Aside, Entry};
use crate::source::{Passage, PassageId, Sentences, Stale, TextKind};
use crate::text::{Position, Span};

/// A source, or the part of it that is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The source.
    pub entry: Entry,
    /// Tells what became of its file since it was indexed; `None` where that is as it was.
    pub stale: Option<Stale>,
    /// The paragraph and the sentences asked for; none where it was the whole source.
    pub focus: Option<(u32, Option<Sentences>)>,
    /// The blocks that are shown, in order and disjoint.
    pub blocks: Vec<ReadingBlock>,
}

/// A block of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadingBlock {
    /// A body paragraph.
    Paragraph(Box<Passage>),
    /// Anything else.
    Aside(Aside),
}

impl ReadingBlock {
    /// The place of its first byte in the canonical text.
    pub fn start(&self) -> Position {
        match self {
            ReadingBlock::Paragraph(passage) => passage.start,
            ReadingBlock::Aside(aside) => aside.start,
        }
    }

    /// The exact slice of the canonical text.
    pub fn text(&self) -> &str {
        match self {
            ReadingBlock::Paragraph(passage) => &passage.text,
            ReadingBlock::Aside(aside) => &aside.text,
        }
    }

    /// Its kind: `paragraph`, or that of an [`Aside`].
    pub fn kind(&self) -> &str {
        match self {
            ReadingBlock::Paragraph(_) => "paragraph",
            ReadingBlock::Aside(aside) => &aside.kind,
        }
    }

    /// The body paragraph that it is, if it is one.
    pub fn passage(&self) -> Option<&Passage> {
        match self {
            ReadingBlock::Paragraph(passage) => Some(passage),
            ReadingBlock::Aside(_) => None,
        }
    }
}

impl Reading {
    /// The whole of a source, whose file is looked at.
    pub fn whole(entry: Entry, passages: Vec<Passage>) -> Self {
        let asides = entry.asides.iter().cloned().map(ReadingBlock::Aside);
        let mut blocks: Vec<ReadingBlock> =
            passages.into_iter().map(Box::new).map(ReadingBlock::Paragraph).chain(asides).collect();
        blocks.sort_by_key(|block| block.start().byte);
        Self { stale: entry.stale(), entry, focus: None, blocks }
    }

    /// Keeps only the blocks from `context` paragraphs before the paragraph of `id` to as many
    /// after it.
    #[must_use]
    pub fn around(mut self, id: &PassageId, context: u32) -> Self {
        let wanted = id.paragraph.saturating_sub(context)..=id.paragraph.saturating_add(context);
        let is_wanted = |block: &ReadingBlock| {
            block.passage().is_some_and(|passage| wanted.contains(&passage.paragraph))
        };
        let last = self.blocks.iter().rposition(is_wanted).map_or(0, |last| last + 1);
        self.blocks.truncate(last);
        let first = self.blocks.iter().position(is_wanted).unwrap_or(0);
        self.blocks.drain(..first);
        self.focus = Some((id.paragraph, id.sentences));
        self
    }

    /// Leaves out the furniture, such as menus and notices, and returns how many blocks that were.
    pub fn leave_out_furniture(&mut self) -> usize {
        let before = self.blocks.len();
        self.blocks.retain(|block| block.kind() != "furniture");
        before - self.blocks.len()
    }

    /// Returns a block as it is read, and the part of that which was asked for, in its bytes: of
    /// markup without its tags, of any other text the exact slice.
    pub fn readable<'b>(&self, block: &'b ReadingBlock) -> (&'b str, Option<Span>) {
        let asked = self.asked_of(block);
        let is_markup = self.entry.source.text == TextKind::Markup;
        match block {
            ReadingBlock::Paragraph(passage) if is_markup => {
                (passage.plain(), asked.map(|span| passage.plain_span(span)))
            }
            ReadingBlock::Aside(aside) => (aside.plain(), None),
            ReadingBlock::Paragraph(_) => (block.text(), asked),
        }
    }

    /// The part of a block that was asked for, in bytes of its text.
    pub fn asked_of(&self, block: &ReadingBlock) -> Option<Span> {
        let (paragraph, sentences) = self.focus?;
        let passage = block.passage().filter(|passage| passage.paragraph == paragraph)?;
        match sentences {
            Some(sentences) => passage.span_of(sentences),
            None => Some(Span::new(0, passage.text.len())),
        }
    }
}
