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
use crate::extract::document::pieces::{Lines, dense_blocks, pieces};
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
        let lines = Lines::of(&text[front.body..]);
        let mut blocks = if lines.are_dense() {
            warnings.push(lines.warning());
            dense_blocks(&text, front.body)
        } else {
            blocks(&text, front.body)
        };
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
    for section in sections(text, from) {
        let events = Parser::new_ext(section.of(text), options).into_offset_iter();
        for (event, Range { start, end }) in events {
            builder.event(&event, Span::new(start, end).shifted(section.start));
        }
        builder.close();
    }
    builder.blocks
}

/// The maximum number of bytes that are parsed at a time: the tree of the parser takes up to a
/// hundred times as much memory. Hardly any article is longer.
const MAX_SECTION: usize = 1 << 20;

/// Returns the spans of `text` from byte `from` that are parsed one by one: all of it, or if it is
/// longer than [`MAX_SECTION`], parts that end with a blank line outside of fenced code, or else
/// with a line. In these, links by reference to another part are read as text.
fn sections(text: &str, from: usize) -> Vec<Span> {
    let mut sections = Vec::new();
    let mut start = from;
    while text.len() - start > MAX_SECTION {
        let mut end = start + MAX_SECTION;
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        end = start + last_border(&text[start..end]);
        sections.push(Span::new(start, end));
        start = end;
    }
    sections.push(Span::new(start, text.len()));
    sections
}

/// Returns where to end a section within `window`, which is not the end of the text.
fn last_border(window: &str) -> usize {
    let (mut at, mut border, mut line_end) = (0, 0, 0);
    let mut fence: Option<&str> = None;
    for line in window.split_inclusive('\n') {
        let trimmed = line.trim();
        let opens = ["```", "~~~"].into_iter().find(|fence| trimmed.starts_with(fence));
        fence = match fence {
            Some(fence) if opens == Some(fence) => None,
            None => opens,
            open => open,
        };
        at += line.len();
        if line.ends_with('\n') {
            line_end = at;
            if trimmed.is_empty() && fence.is_none() {
                border = at;
            }
        }
    }
    match [border, line_end, window.rfind(' ').map_or(0, |space| space + 1)] {
        [border, ..] if border > window.len() / 2 => border,
        [_, line_end, _] if line_end > 0 => line_end,
        [.., space] if space > 0 => space,
        _ => window.len(),
    }
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
    /// Set if the next table cell is the first of its row.
    first_cell: bool,
}

/// A piece of the readable form of a block.
enum Piece<'a> {
    /// A copy of a span of the canonical text, in bytes.
    Copy(Span),
    /// Text that replaces markup at this byte.
    Write(usize, pulldown_cmark::CowStr<'a>),
    /// A line break at this byte.
    Break(usize),
}

impl Piece<'_> {
    fn start(&self) -> usize {
        match self {
            Piece::Copy(span) => span.start,
            Piece::Write(at, _) | Piece::Break(at) => *at,
        }
    }

    fn end(&self) -> usize {
        match self {
            Piece::Copy(span) => span.end,
            Piece::Write(at, _) | Piece::Break(at) => at + 1,
        }
    }
}

/// The maximum length of a heading in bytes. Each passage below it carries it.
const MAX_HEADING: usize = 512;

impl<'a> BlockBuilder<'a> {
    fn event(&mut self, event: &Event<'a>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) => self.text(text, span),
            Event::Code(code) => self.text(code, span),
            Event::SoftBreak | Event::HardBreak => self.push(Piece::Break(span.start), span),
            Event::InlineHtml(tag) if is_break(tag) => self.push(Piece::Break(span.start), span),
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
                        row.pieces.push(Piece::Write(span.start, " | ".into()));
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
            None => Piece::Write(span.start, text.clone()),
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
        let slice = span.of(self.text);
        let is_short = slice.len() <= MAX_HEADING;
        match open.kind {
            BlockKind::Code => self.push_block(BlockKind::Code, span, None),
            BlockKind::Heading(_) if is_short => self.push_readable(open.kind, span, &open.pieces),
            // Take what is too long for a heading for a paragraph.
            _ => {
                let pieces = pieces(slice);
                for (i, piece) in pieces.iter().enumerate() {
                    let span = piece.shifted(span.start);
                    self.push_readable(BlockKind::Paragraph, span, &open.pieces);
                    if let Some(block) = self.blocks.last_mut().filter(|it| it.span == span) {
                        block.piece = Block::piece(i, pieces.len());
                    }
                }
            }
        }
    }

    fn push_block(&mut self, kind: BlockKind, span: Span, plain: Option<Plain>) {
        let plain = plain.map(Box::new);
        self.blocks.push(Block { kind, span, plain, part: None, piece: None });
    }

    /// Adds a block with its readable form, which is code if there are no words in it.
    fn push_readable(&mut self, kind: BlockKind, span: Span, pieces: &[Piece<'a>]) {
        let slice = span.of(self.text);
        let plain = readable(slice, span.start, pieces);
        let text = plain.as_ref().map_or(slice, Plain::text);
        if text.contains(char::is_alphanumeric) {
            self.push_block(kind, span, plain);
        } else {
            self.push_block(BlockKind::Code, span, None);
        }
    }
}

/// Returns the readable form of a slice that begins at byte `start` of the canonical text.
fn readable(slice: &str, start: usize, pieces: &[Piece<'_>]) -> Option<Plain> {
    let mut folder = Folder::new(slice);
    let end = start + slice.len();
    let next = pieces.partition_point(|piece| piece.end() <= start);
    for piece in pieces[next..].iter().take_while(|piece| piece.start() < end) {
        match piece {
            Piece::Copy(span) => {
                let end = span.end.min(end);
                let from = span.start.max(start);
                if from < end {
                    folder.copy(Span::new(from - start, end - start));
                }
            }
            Piece::Write(_, text) => folder.write(text),
            Piece::Break(_) => folder.line_break(),
        }
    }
    folder.finish()
}

/// Returns whether an HTML tag breaks the line.
fn is_break(tag: &str) -> bool {
    let name = tag.trim_start_matches(['<', '/']).trim_end_matches(['>', '/', ' ']);
    ["br", "p", "dt", "dd", "li"].iter().any(|known| name.eq_ignore_ascii_case(known))
}
