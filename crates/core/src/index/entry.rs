//! The answers of a [`Library`](super::Library): sources, and sizes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::corpus::{self, Stamp};
use crate::extract;
use crate::source::{Source, Stale};
use crate::text::Position;

/// A source as the index has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The source.
    pub source: Source,
    /// Its file, as a path that can be opened.
    pub path: PathBuf,
    /// The folder below which no symbolic link leads to it, or `None` if it was indexed through
    /// one.
    pub beneath: Option<PathBuf>,
    /// The file's size and modification time when it was read.
    pub stamp: Stamp,
    /// The extractor that read it, with its version: `markdown/2`.
    pub extractor: String,
    /// The number of its body paragraphs.
    pub paragraphs: u32,
    /// Its blocks beside body paragraphs, in order.
    pub asides: Vec<Aside>,
}

impl Entry {
    /// Returns what became of its file since it was read; `None` where that is as it was.
    pub fn stale(&self) -> Option<Stale> {
        let beneath = self.beneath.as_deref();
        corpus::stale(&self.path, beneath, &self.stamp, &self.source.content_hash)
    }
}

/// A block of a source that is not a body paragraph: title, heading, by-line, code, boilerplate.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Aside {
    /// Its kind: `title`, `heading`, `byline`, `code` or `furniture`.
    pub kind: String,
    /// The position of its first byte in the canonical text.
    pub start: Position,
    /// The exact slice.
    pub text: String,
}

/// Counts and sizes of an index.
#[derive(Debug, Clone, PartialEq)]
pub struct Stats {
    /// The number of sources.
    pub sources: u64,
    /// The number of passages.
    pub passages: u64,
    /// The number of segments that the index is cut into.
    pub segments: u64,
    /// Bytes on disk.
    pub bytes: u64,
    /// The version of the index format.
    pub format: u32,
    /// Languages (ISO 639-1, or `und`) and how many passages are in each, most first.
    pub languages: Vec<(String, u64)>,
}

impl From<extract::SideBlock> for Aside {
    fn from(extract::SideBlock { kind, start, text }: extract::SideBlock) -> Self {
        Self { kind: kind.name().to_owned(), start, text }
    }
}
