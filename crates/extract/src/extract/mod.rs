//! From the bytes of a file to canonical text, blocks and metadata: one [`Extractor`] a format.
//!
//! Everything behind this module is the same for every format: a [`Document`] says which stretches of one string are
//! body paragraphs, which are headings and which are page furniture, and [`Document::layout`] gives each its exact place.
//! So a new format is one new extractor, and nothing that searches, cites or verifies hears of it.

pub mod declared;
mod decode;
mod front_matter;
mod language;
mod layout;
mod markdown;
mod name;
mod plain;
mod readable;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use layout::{Aside, Layout};

use crate::source::{Metadata, TextKind};
use crate::text::{Plain, Span};

/// Reads one format. To add a format is to add an extractor to [`extractor_for`].
pub trait Extractor: Sync {
    /// Its name; with [`version`](Extractor::version) it says how a source in the index was read.
    fn name(&self) -> &'static str;

    /// Raised whenever the same bytes would give another [`Document`], so that sources are read again.
    fn version(&self) -> u32;

    /// Reads a file's bytes. The extractor owns them, so text that is UTF-8 already is never copied.
    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable>;
}

/// What an extractor makes of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The canonical text.
    pub text: String,
    /// What that text is.
    pub kind: TextKind,
    /// Its blocks, in order and disjoint, each beginning and ending on a character that is not white space.
    pub blocks: Vec<Block>,
    /// What the file says of itself.
    pub metadata: Metadata,
    /// The language most of it is in (ISO 639-1), where it could be told.
    pub language: Option<String>,
    /// What was odd about it, in words for people.
    pub warnings: Vec<String>,
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the canonical text.
    pub span: Span,
    /// Its readable form, where it differs from the slice.
    pub plain: Option<Plain>,
    /// The page it begins on, counted from 1, where the format has pages.
    pub page: Option<u32>,
}

/// What a block of a document is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The article's title.
    Title,
    /// A heading of this level, 1 the outermost: it becomes part of the section path of what follows.
    Heading(u8),
    /// A body paragraph: the only kind that is counted, ranked and becomes a [`Passage`](crate::source::Passage).
    Paragraph,
    /// A line that says who, where or when: a by-line, an update stamp.
    Byline,
    /// Code, raw markup, pictures: not prose.
    Code,
    /// Page furniture: menus, share buttons, comment forms, advertisements, footers.
    Furniture,
}

impl BlockKind {
    /// Its name in records: `title`, `heading`, `paragraph`, `byline`, `code` or `furniture`.
    pub fn name(self) -> &'static str {
        match self {
            BlockKind::Title => "title",
            BlockKind::Heading(_) => "heading",
            BlockKind::Paragraph => "paragraph",
            BlockKind::Byline => "byline",
            BlockKind::Code => "code",
            BlockKind::Furniture => "furniture",
        }
    }
}

/// Why a file gives no document, in words for people that follow its name: “is empty”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);

/// The extractor for a file of this name, by its extension, or `None` where its format is not read.
///
/// ```
/// use pincite_extract::extract::extractor_for;
/// let name = |file: &str| extractor_for(file.as_ref()).map(|extractor| extractor.name());
/// assert_eq!(name("a/Notes.TXT"), Some("plain"));
/// assert_eq!(name("a/notes.md"), Some("markdown"));
/// assert_eq!(name("a/notes.exe"), None);
/// ```
pub fn extractor_for(file: &Path) -> Option<&'static dyn Extractor> {
    let extension = file.extension()?.to_str()?;
    let is = |known: &[&str]| known.iter().any(|known| extension.eq_ignore_ascii_case(known));
    if is(&["txt", "text"]) {
        Some(&plain::PlainText)
    } else if is(&["md", "markdown"]) {
        Some(&markdown::Markdown)
    } else {
        None
    }
}
