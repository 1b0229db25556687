//! [`Composer`]: writes the canonical text of a document that is not text itself, a block at a
//! time.

use crate::extract::document::language;
use crate::extract::document::pieces::pieces;
use crate::extract::{BETWEEN, Block, BlockKind, Document, Unreadable};
use crate::source::{Metadata, Part, Provenance, TextKind};
use crate::text::{Plain, Span};

use super::readable::{Folder, fold};

/// The mark between the cells of a row in its readable form.
const BETWEEN_CELLS: &str = " | ";

/// The mark between the cells of a row in the text: what a word processor copies there.
const CELL: &str = "\t";

/// The length in bytes up to which the cells of a row are one block.
const ROW: usize = 1024;

/// The maximum length of a heading in bytes. Each passage below it carries it.
const MAX_HEADING: usize = 512;

/// The most bytes of text, so that offsets and memory stay in bounds.
const MAX_TEXT: usize = 128 << 20;

/// A document that is being written.
#[derive(Default)]
pub(super) struct Composer {
    text: String,
    blocks: Vec<Block>,
    /// The part that the next blocks belong to.
    pub(super) part: Option<Part>,
    /// Set if there was more text than is kept.
    is_cut: bool,
    pub(super) warnings: Vec<String>,
}

impl Composer {
    /// Adds a block, unless it is blank. A heading that is too long is a paragraph, and what has no
    /// letter or figure is no prose.
    pub(super) fn block(&mut self, kind: BlockKind, text: &str) {
        let text = text.trim();
        let has_words = text.contains(char::is_alphanumeric);
        let kind = match kind {
            BlockKind::Paragraph | BlockKind::Heading(_) | BlockKind::Title if !has_words => {
                BlockKind::Code
            }
            BlockKind::Heading(_) | BlockKind::Title if text.len() > MAX_HEADING => {
                BlockKind::Paragraph
            }
            kind => kind,
        };
        let pieces = match kind {
            BlockKind::Paragraph => pieces(text),
            _ => vec![Span::new(0, text.len())],
        };
        for (i, piece) in pieces.iter().enumerate() {
            let slice = piece.of(text);
            self.push(kind, slice, fold(slice), Block::piece(i, pieces.len()));
        }
    }

    /// Adds a row of a table: one block, or if it is long or has one cell only, a block a
    /// paragraph. Each cell is a list of paragraphs.
    pub(super) fn row(&mut self, cells: &[Vec<String>]) {
        let cell = |paragraphs: &Vec<String>| {
            let kept = paragraphs.iter().map(|it| it.trim()).filter(|it| !it.is_empty());
            kept.collect::<Vec<_>>().join("\n")
        };
        let filled: Vec<String> = cells.iter().map(cell).filter(|it| !it.is_empty()).collect();
        let len: usize = filled.iter().map(|it| it.len() + CELL.len()).sum();
        if filled.len() < 2 || len > ROW {
            for paragraph in cells.iter().flatten() {
                self.block(BlockKind::Paragraph, paragraph);
            }
            return;
        }
        let slice = filled.join(CELL);
        let mut folder = Folder::new(&slice);
        let mut at = 0;
        for text in &filled {
            if at > 0 {
                folder.write(BETWEEN_CELLS);
                at += CELL.len();
            }
            folder.copy(Span::new(at, at + text.len()));
            at += text.len();
        }
        let plain = folder.finish();
        let has_words = slice.contains(char::is_alphanumeric);
        let kind = if has_words { BlockKind::Paragraph } else { BlockKind::Code };
        self.push(kind, &slice, plain, None);
    }

    fn push(
        &mut self,
        kind: BlockKind,
        slice: &str,
        plain: Option<Plain>,
        piece: Option<[u32; 2]>,
    ) {
        self.is_cut |= self.text.len() + slice.len() > MAX_TEXT;
        if slice.is_empty() || self.is_cut {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(BETWEEN);
        }
        let start = self.text.len();
        self.text.push_str(slice);
        self.blocks.push(Block {
            kind,
            span: Span::new(start, self.text.len()),
            plain: plain.map(Box::new),
            part: self.part.clone().map(Box::new),
            piece,
        });
    }

    /// Adds the blocks of another document.
    pub(super) fn append(&mut self, other: Composer) {
        for block in other.blocks {
            let plain = block.plain.map(|plain| *plain);
            self.push(block.kind, block.span.of(&other.text), plain, block.piece);
        }
    }

    /// Returns whether no block was added.
    pub(super) fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Returns the document, with what its format declares. If that has no title, it is inferred
    /// from the text.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if there is no text.
    pub(super) fn finish(mut self, mut metadata: Metadata) -> Result<Document, Unreadable> {
        if self.is_empty() {
            return Err(Unreadable("has no text".to_owned()));
        }
        if self.is_cut {
            let limit = MAX_TEXT >> 20;
            self.warnings.push(format!("has more than {limit} MiB of text: the rest is not read"));
        }
        let of_kind = |kind: BlockKind| self.blocks.iter().position(|block| block.kind == kind);
        // A document often has its title as its first and only heading of the first level.
        if of_kind(BlockKind::Title).is_none()
            && let Some(first) = of_kind(BlockKind::Heading(1))
            && self.blocks[..first].iter().all(|block| block.kind != BlockKind::Paragraph)
            && self.blocks[first + 1..].iter().all(|it| it.kind != BlockKind::Heading(1))
        {
            self.blocks[first].kind = BlockKind::Title;
        }
        if metadata.title().is_none()
            && let Some(title) = self.blocks.iter().find(|block| block.kind == BlockKind::Title)
        {
            metadata.set("title", title.readable(&self.text).into(), Provenance::Inferred);
        }
        let language = language::of_document(&self.text, &self.blocks, &metadata);
        Ok(Document {
            text: self.text,
            kind: TextKind::Extracted,
            blocks: self.blocks,
            metadata,
            language,
            warnings: self.warnings,
        })
    }
}
