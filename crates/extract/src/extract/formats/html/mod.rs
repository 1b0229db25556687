//! The extractor for HTML: saved pages, cited to the byte of their own source.
//!
//! The canonical text is the page itself. [`page`] reads it in one pass, and gives [`leaf`]s: each
//! a stretch of the page, and what is read in it. [`chosen`] tells which of them are the article.
//! The words that are read in a slice depend on the slice alone, so that anyone can cut it out,
//! parse it, and compare. A page in another encoding than UTF-8 has no such slices: its text is
//! extracted.

mod chosen;
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
pub(super) mod fragment;
mod head;
mod leaf;
mod page;

#[cfg_attr(
    not(any(feature = "csv", feature = "json", feature = "office")),
    allow(unused_imports, reason = "values of fields have leaves")
)]
pub(super) use self::leaf::{Leaf, Role};
pub(super) use self::page::Page;
use super::decode::{Decoded, decode};
use crate::extract::document::language;
use crate::extract::{Block, BlockKind, Document, Extractor, Unreadable};
use crate::source::{Metadata, Provenance, TextKind};

/// The extractor for HTML.
pub(super) struct Html;

impl Extractor for Html {
    fn name(&self) -> &'static str {
        "html"
    }

    fn version(&self) -> u32 {
        3
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["html", "htm", "xhtml"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        let head = head.trim_ascii_start();
        let begins = |with: &[u8]| {
            head.get(..with.len()).is_some_and(|head| head.eq_ignore_ascii_case(with))
        };
        begins(b"<!doctype html") || begins(b"<html")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        let Decoded { text, kind, warnings } = decode(bytes)?;
        let document = read(text, warnings);
        Ok(if kind == TextKind::File { document } else { document.extracted() })
    }
}

/// Reads a page in UTF-8.
pub(super) fn read(text: String, mut warnings: Vec<String>) -> Document {
    let page = Page::read(&text);
    let chosen = chosen::chosen(&text, &page).unwrap_or_else(|| {
        warnings
            .push("no article is told from what is around it: all of its text is read".to_owned());
        chosen::by_element(&page.leaves)
    });
    let mut metadata = page.head.metadata();
    let blocks = blocks(&text, &page, &chosen, &mut metadata);
    let language = language::of_document(&text, &blocks, &metadata);
    Document { text, kind: TextKind::Markup, blocks, metadata, language, warnings }
}

fn blocks(text: &str, page: &Page, chosen: &[bool], metadata: &mut Metadata) -> Vec<Block> {
    let mut blocks = blocks_of(text, &page.leaves, chosen, metadata.title());
    if metadata.title().is_none()
        && let Some(block) = blocks.iter_mut().find(|block| block.kind == BlockKind::Heading(1))
    {
        block.kind = BlockKind::Title;
        metadata.set("title", block.readable(text).into(), Provenance::Inferred);
    }
    blocks
}

/// Returns the blocks that leaves are; the first heading that says the title is that.
fn blocks_of(text: &str, leaves: &[Leaf], chosen: &[bool], title: Option<&str>) -> Vec<Block> {
    /// The maximum length of a heading in bytes. Each passage below it carries it.
    const MAX_HEADING: usize = 512;
    let mut blocks: Vec<Block> = Vec::new();
    let mut titled = false;
    for (leaf, chosen) in leaves.iter().zip(chosen) {
        let Some((span, plain)) = leaf.read(text) else { continue };
        let plain = plain.map(Box::new);
        let mut block =
            Block { kind: BlockKind::Boilerplate, span, plain, part: None, piece: None };
        let read = block.readable(text);
        let is_title = |title: &str| head::same(title, read);
        block.kind = match leaf.role {
            Role::Heading(_) if !titled && title.is_some_and(is_title) => {
                titled = true;
                BlockKind::Title
            }
            Role::Byline if !chosen => BlockKind::Byline,
            _ if !chosen => BlockKind::Boilerplate,
            _ if !read.contains(char::is_alphanumeric) => BlockKind::Code,
            Role::Code => BlockKind::Code,
            Role::Heading(level) if span.len() <= MAX_HEADING => BlockKind::Heading(level),
            _ => BlockKind::Paragraph,
        };
        // The pieces of a paragraph that was cut know of each other.
        if leaf.continues && block.kind == BlockKind::Paragraph {
            number(&mut blocks, &mut block);
        }
        blocks.push(block);
    }
    blocks
}

/// Numbers the pieces of a paragraph, of which all but the last are at the end of `blocks`.
fn number(blocks: &mut [Block], last: &mut Block) {
    let before = blocks.last().filter(|block| block.kind == BlockKind::Paragraph);
    let count = before.map_or(0, |block| block.piece.map_or(1, |[_, all]| all as usize));
    let from = blocks.len().saturating_sub(count);
    let all = blocks.len() - from + 1;
    for (i, block) in blocks[from..].iter_mut().chain([last]).enumerate() {
        block.piece = Block::piece(i, all);
    }
}

/// Returns a text without its character references and tags.
pub(super) fn unescaped(text: &str) -> String {
    let page = Page::read(text);
    let read = page.leaves.iter().filter_map(|leaf| {
        let (span, plain) = leaf.read(text)?;
        Some(plain.map_or_else(|| span.of(text).to_owned(), |plain| plain.text().to_owned()))
    });
    read.collect::<Vec<_>>().join(" ")
}
