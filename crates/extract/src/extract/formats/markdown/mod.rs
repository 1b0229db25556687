//! The extractor for Markdown. The canonical text is the file itself, which pulldown-cmark parses.
//!
//! The slice of a block includes markup, so that it can be found in the file. Its readable form has
//! no markup, link targets, footnote marks or tags. Every list item, paragraph of a block
//! quotation, footnote and table row is a paragraph that can be cited, and so is every paragraph of
//! an HTML block ([`html`]). Code and pictures without a caption are not prose.

mod head;
mod html;

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::decode::{Decoded, decode};
use super::front_matter;
use super::readable::Folder;
use crate::extract::document::language;
use crate::extract::{Block, BlockKind, Document, Extractor, Unreadable};
use crate::source::Provenance;
use crate::text::{Plain, Span};

/// The extractor for Markdown.
pub(super) struct Markdown;

impl Extractor for Markdown {
    fn name(&self) -> &'static str {
        "markdown"
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["md", "markdown"]
    }

    /// Returns false, because Markdown cannot be told from plain text for certain.
    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let Decoded { text, kind, mut warnings } = decode(bytes)?;
        let front = front_matter::read(&text);
        warnings.extend(front.warning);
        let mut blocks = blocks(&text, front.body);
        let mut metadata = front.metadata;
        if let Some(title) = single_title(&blocks) {
            blocks[title].kind = BlockKind::Title;
            if metadata.title().is_none() {
                metadata.set("title", blocks[title].readable(&text).into(), Provenance::Inferred);
            }
        }
        metadata.fill(&head::inferred(&text, &mut blocks));
        let language = language::of_document(&text, &blocks, &metadata);
        Ok(Document { text, kind, blocks, metadata, language, warnings })
    }
}

/// Returns the index of the title: the only first-level heading, if it comes before all other
/// headings and text.
fn single_title(blocks: &[Block]) -> Option<usize> {
    let first = blocks.iter().position(|block| block.kind != BlockKind::Code)?;
    let outermost = blocks.iter().filter(|block| block.kind == BlockKind::Heading(1)).count();
    (blocks[first].kind == BlockKind::Heading(1) && outermost == 1).then_some(first)
}

/// Returns the blocks of the Markdown in `text` from byte `from`.
fn blocks(text: &str, from: usize) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS;
    let mut builder = BlockBuilder { text, blocks: Vec::new(), open: None, html: Vec::new() };
    for (event, Range { start, end }) in Parser::new_ext(&text[from..], options).into_offset_iter()
    {
        builder.event(&event, Span::new(from + start, from + end));
    }
    builder.close();
    builder.blocks
}

/// Collects blocks from the events of the parser.
struct BlockBuilder<'a> {
    text: &'a str,
    blocks: Vec<Block>,
    open: Option<OpenBlock<'a>>,
    /// The lines of the open HTML block.
    html: Vec<Span>,
}

/// A block whose end has not been reached.
struct OpenBlock<'a> {
    kind: BlockKind,
    span: Span,
    pieces: Vec<Piece<'a>>,
    /// Whether the next table cell is the first of its row.
    first_cell: bool,
}

/// A piece of the readable form of a block.
enum Piece<'a> {
    /// A copy of a span of the canonical text, in bytes.
    Copy(Span),
    /// Text that replaces markup.
    Write(pulldown_cmark::CowStr<'a>),
    /// A line break.
    Break,
}

impl<'a> BlockBuilder<'a> {
    fn event(&mut self, event: &Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(text, span),
            Event::Code(code) => self.text(code, span),
            Event::SoftBreak | Event::HardBreak => self.push(Piece::Break, span),
            Event::InlineHtml(tag) if is_break(tag) => self.push(Piece::Break, span),
            Event::InlineHtml(_) | Event::FootnoteReference(_) => self.widen(span),
            Event::Html(_) => {
                self.html.push(span);
                self.widen_code(span);
            }
            Event::Rule => self.close(),
            Event::TaskListMarker(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, span: Span) {
        match tag {
            Tag::Paragraph | Tag::TableHead | Tag::TableRow => {
                self.open(BlockKind::Paragraph, span)
            }
            Tag::Heading { level, .. } => self.open(BlockKind::Heading(*level as u8), span),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.open(BlockKind::Code, span),
            Tag::TableCell => {
                if let Some(row) = &mut self.open {
                    if !row.first_cell {
                        row.pieces.push(Piece::Write(" | ".into()));
                    }
                    row.first_cell = false;
                }
            }
            Tag::Emphasis
            | Tag::Strong
            | Tag::Strikethrough
            | Tag::Link { .. }
            | Tag::Image { .. } => self.widen(span),
            _ => self.close(),
        }
    }

    fn end(&mut self, tag: &TagEnd, span: Span) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Link
            | TagEnd::Image => self.widen(span),
            TagEnd::TableCell => {}
            TagEnd::HtmlBlock => self.close_html(),
            _ => self.close(),
        }
    }

    /// Closes an HTML block: as its paragraphs, or as code if it has no prose.
    fn close_html(&mut self) {
        let prose = html::prose(self.text, &std::mem::take(&mut self.html));
        if prose.is_empty() {
            return self.close();
        }
        self.open = None;
        for html::Prose { kind, span, pieces } in prose {
            self.open = Some(OpenBlock { kind, span, pieces, first_cell: true });
            self.close();
        }
    }

    /// Adds text to the readable form: a copy of the same bytes of the file, or else `text`.
    fn text(&mut self, text: &pulldown_cmark::CowStr<'a>, span: Span) {
        let slice = span.of(self.text);
        // Only the text of inline code does not start its slice.
        let at = if slice.starts_with(&**text) { Some(0) } else { slice.find(&**text) };
        let piece = match at {
            Some(at) => Piece::Copy(Span::new(span.start + at, span.start + at + text.len())),
            None => Piece::Write(text.clone()),
        };
        self.push(piece, span);
    }

    fn push(&mut self, piece: Piece<'a>, span: Span) {
        self.widen(span);
        if let Some(open) = self.open.as_mut().filter(|open| open.kind != BlockKind::Code) {
            open.pieces.push(piece);
        }
    }

    /// Extends the open block to the end of `span`. If there is none, this is the text of a list
    /// item without paragraphs.
    fn widen(&mut self, span: Span) {
        match &mut self.open {
            Some(open) => open.span.end = open.span.end.max(span.end),
            None => self.open(BlockKind::Paragraph, span),
        }
    }

    fn widen_code(&mut self, span: Span) {
        if self.open.is_none() {
            self.open(BlockKind::Code, span);
        }
        self.widen(span);
    }

    fn open(&mut self, kind: BlockKind, span: Span) {
        self.close();
        self.open = Some(OpenBlock { kind, span, pieces: Vec::new(), first_cell: true });
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let start = self.blocks.last().map_or(0, |block| block.span.end).max(open.span.start);
        let slice = self.text.get(start..open.span.end).unwrap_or_default();
        let span = Span::new(start, start + slice.trim_end().len());
        let span = Span::new(span.end - span.of(self.text).trim_start().len(), span.end);
        if span.is_empty() {
            return;
        }
        if open.kind == BlockKind::Code {
            self.blocks.push(Block { kind: open.kind, span, plain: None, part: None });
            return;
        }
        let plain = readable(span.of(self.text), span.start, &open.pieces);
        let text = plain.as_ref().map_or(span.of(self.text), Plain::text);
        let block = if text.contains(char::is_alphanumeric) {
            Block { kind: open.kind, span, plain, part: None }
        } else {
            Block { kind: BlockKind::Code, span, plain: None, part: None }
        };
        self.blocks.push(block);
    }
}

/// Returns the readable form of a slice that begins at byte `start` of the canonical text.
fn readable(slice: &str, start: usize, pieces: &[Piece<'_>]) -> Option<Plain> {
    let mut folder = Folder::new(slice);
    for piece in pieces {
        match piece {
            Piece::Copy(span) => {
                let end = span.end.min(start + slice.len());
                let from = span.start.max(start);
                if from < end {
                    folder.copy(Span::new(from - start, end - start));
                }
            }
            Piece::Write(text) => folder.write(text),
            Piece::Break => folder.line_break(),
        }
    }
    folder.finish()
}

/// Returns whether an HTML tag breaks the line.
fn is_break(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']);
    ["br", "p", "dt", "dd", "li"].iter().any(|known| name.eq_ignore_ascii_case(known))
}
