//! [`Document`]: the common representation of all formats, and the trait [`Extractor`] that makes
//! it.

pub(super) mod language;
mod layout;
pub(super) mod pieces;

pub use layout::{BETWEEN, Laid, Layout, SideBlock};

use super::{Content, Fields, Room, Split};
use crate::files::MAX_TEXT;
use crate::source::{Metadata, Part, TextKind};
use crate::text::{Plain, Span};

/// A reader of one format. To add a format, add an extractor to [`EXTRACTORS`](super::EXTRACTORS).
pub trait Extractor: Sync {
    /// Returns the name. The index stores it with [`version`](Extractor::version) for each source.
    fn name(&self) -> &'static str;

    /// Returns the version. It is raised whenever the same bytes give another [`Document`], so that
    /// sources are extracted again.
    fn version(&self) -> u32;

    /// Returns the extensions of files in this format, in lower case and without the dot, the usual
    /// one first.
    fn extensions(&self) -> &'static [&'static str];

    /// Returns whether a file that begins with `head` seems to be in this format. This is a guess,
    /// for files with an unknown extension.
    fn sniffs(&self, head: &[u8]) -> bool;

    /// Extracts the document from the bytes of a file. Takes ownership, so that UTF-8 text is never
    /// copied.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if the bytes are not text in this format.
    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable>;

    /// Returns whether files may have several sources, whose fields can be named.
    fn has_fields(&self) -> bool {
        false
    }

    /// Returns whether files may have several sources.
    fn has_records(&self) -> bool {
        self.has_fields()
    }

    /// Returns about how many bytes of memory a file of `size` bytes takes while it is read.
    fn weight(&self, size: u64) -> u64 {
        size
    }

    /// Splits a file into its sources; `fields` are those that were named.
    ///
    /// # Errors
    ///
    /// Those of [`extract`](Extractor::extract).
    fn split(&self, bytes: Vec<u8>, _fields: &Fields) -> Result<Split, Unreadable> {
        self.extract(bytes).map(|document| Split::One(Box::new(document)))
    }

    /// Returns whether [`split_content`](Extractor::split_content) reads one source after another,
    /// so that a file may be larger than [`MAX_TEXT`].
    fn streams(&self) -> bool {
        false
    }

    /// Splits a file, or a member of an archive, into its sources. An archive takes what it unpacks
    /// to from `room`.
    ///
    /// # Errors
    ///
    /// Those of [`extract`](Extractor::extract).
    fn split_content(
        &self,
        content: Content,
        fields: &Fields,
        _room: &Room,
    ) -> Result<Split, Unreadable> {
        let bytes = content.into_bytes(MAX_TEXT);
        self.split(bytes.map_err(|error| Unreadable(format!("cannot be read: {error}")))?, fields)
    }
}

/// The result of extraction.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The canonical text, which all offsets point into.
    pub text: String,
    /// The relation of the text to the file.
    pub kind: TextKind,
    /// The blocks, in order, disjoint and trimmed of white space.
    pub blocks: Vec<Block>,
    /// The metadata in the file, declared or inferred.
    pub metadata: Metadata,
    /// The main language as an ISO 639-1 code, if it is known.
    pub language: Option<String>,
    /// Messages for users about problems in the file.
    pub warnings: Vec<String>,
}

#[cfg(any(
    feature = "csv",
    feature = "html",
    feature = "json",
    feature = "office",
    feature = "subtitles"
))]
impl Document {
    /// Turns it into the text that is read in it, for a file whose bytes are not those of the text.
    #[must_use]
    pub(super) fn extracted(self) -> Self {
        let mut text = String::new();
        let mut blocks = self.blocks;
        for block in &mut blocks {
            if !text.is_empty() {
                text.push_str(BETWEEN);
            }
            let read = block.readable(&self.text).to_owned();
            block.span = Span::new(text.len(), text.len() + read.len());
            text.push_str(&read);
            block.plain = None;
        }
        Self { text, kind: TextKind::Extracted, blocks, ..self }
    }
}

/// A block of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its kind.
    pub kind: BlockKind,
    /// Its span, in bytes of the canonical text.
    pub span: Span,
    /// Its readable form, if it differs from the slice.
    pub plain: Option<Box<Plain>>,
    /// The page or chapter it begins in, if the format has such parts.
    pub part: Option<Box<Part>>,
    /// Which piece it is, and of how many, from 1, if a paragraph was longer than
    /// [`Passage::MAX_LEN`](crate::source::Passage::MAX_LEN) and had to be cut.
    pub piece: Option<[u32; 2]>,
}

impl Block {
    /// Returns the number of piece `i`, counted from 0, of a paragraph in `all` pieces.
    pub(super) fn piece(i: usize, all: usize) -> Option<[u32; 2]> {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        (all > 1).then(|| [count(i + 1), count(all)])
    }
}

/// The kind of a block.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// The title of the article.
    Title,
    /// A heading of this level, 1 being the outermost. It is part of the section path of the blocks
    /// after it.
    Heading(u8),
    /// A body paragraph: the only kind that is counted, ranked and turned into a
    /// [`Passage`](crate::source::Passage).
    Paragraph,
    /// A line with the author, place or date: a byline, a timestamp.
    Byline,
    /// Code, raw markup and pictures.
    Code,
    /// Boilerplate: menus, share buttons, comment forms, advertisements, footers.
    Boilerplate,
}

impl BlockKind {
    /// Returns the name in records: `title`, `heading`, `paragraph`, `byline`, `code` or
    /// `furniture`.
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

/// The reason why a file gives no document, in words that follow its name: “is empty”.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Unreadable(pub String);
