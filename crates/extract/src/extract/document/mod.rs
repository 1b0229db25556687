//! [`Document`]: the form that every format is brought into, and [`Extractor`], which does it.

pub(super) mod language;
mod layout;

pub use layout::{Aside, Layout};

use crate::source::{Metadata, Part, TextKind};
use crate::text::{Plain, Span};

/// Reads one format. To add a format is to add an extractor to [`EXTRACTORS`](super::EXTRACTORS).
pub trait Extractor: Sync {
    /// Its name; with [`version`](Extractor::version) it says how a source in the index was read.
    fn name(&self) -> &'static str;

    /// Raised whenever the same bytes would give another [`Document`], so that sources are read
    /// again.
    fn version(&self) -> u32;

    /// The extensions of files in this format: in lower case, without the dot, the usual one first.
    fn extensions(&self) -> &'static [&'static str];

    /// Returns whether a file that begins with `head` is in this format by its content alone: a
    /// guess, for files whose names do not tell.
    fn sniffs(&self, head: &[u8]) -> bool;

    /// Reads a file's bytes. The extractor owns them, so text that is UTF-8 already is never copied.
    ///
    /// # Errors
    /// [`Unreadable`] where the bytes hold no text in this format.
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
    /// The page or chapter it begins in, where the format has such parts.
    pub part: Option<Part>,
}

/// What a block of a document is.
#[non_exhaustive]
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
    /// Boilerplate: menus, share buttons, comment forms, advertisements, footers.
    Boilerplate,
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
            BlockKind::Boilerplate => "furniture",
        }
    }
}

/// Why a file gives no document, in words for people that follow its name: “is empty”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);
