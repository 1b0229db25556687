//! The answers of a [`Library`](super::Library): sources, and sizes.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::corpus::{self, Stamp};
use crate::extract::{self, Fields, extractor_for};
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
    /// The fields of the file's records that were named.
    pub fields: Fields,
    /// The extractor that read it, with its version: `markdown/2`.
    pub extractor: String,
    /// The number of its body paragraphs.
    pub paragraphs: u32,
    /// Its blocks beside body paragraphs, in order; none in a list of sources.
    pub asides: Vec<Aside>,
}

impl Entry {
    /// Returns what became of its file since it was read; `None` where that is as it was.
    pub fn stale(&self) -> Option<Stale> {
        corpus::stale(self.place(), &self.stamp, &self.source)
    }

    /// Returns the place of its file.
    pub fn place(&self) -> corpus::Place<'_> {
        let Self { path, beneath, fields, .. } = self;
        corpus::Place { path, beneath: beneath.as_deref(), fields }
    }

    /// Returns the name of the format of its file, or of its member of an archive, as far as the
    /// name tells that: `markdown`.
    pub fn format(&self) -> &str {
        let member = self.source.member.as_deref().and_then(|name| extractor_for(name.as_ref()));
        match member {
            Some(extractor) => extractor.name(),
            None => self.extractor.split('/').next().unwrap_or_default(),
        }
    }

    /// Returns whether the source is one of those that `pattern` means, whatever the case: by its
    /// whole id, where `*` is in it and matches any characters, or else by a part of its id, file,
    /// title or publisher.
    pub fn matches(&self, pattern: &str) -> bool {
        let pattern = pattern.to_lowercase();
        let id = self.source.id.as_str().to_lowercase();
        if pattern.contains('*') {
            return matches_glob(&id, &pattern);
        }
        let metadata = &self.source.metadata;
        let named = [Some(self.source.file.as_str()), metadata.title(), metadata.publisher()];
        id.contains(&pattern)
            || named.into_iter().flatten().any(|it| it.to_lowercase().contains(&pattern))
    }
}

/// Returns whether `text` is `pattern`, in which `*` matches any characters.
fn matches_glob(text: &str, pattern: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = text.strip_prefix(parts.next().unwrap_or_default()) else { return false };
    let mut parts = parts.peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match rest.find(part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    rest.is_empty()
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
    /// Of markup, what is read in the slice, if that is not the same.
    pub plain: Option<String>,
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

impl Aside {
    /// Returns the text as it is read.
    pub fn plain(&self) -> &str {
        self.plain.as_deref().unwrap_or(&self.text)
    }

    /// Makes it of a block of a document that starts at `start` of the canonical text.
    pub(super) fn new(block: extract::SideBlock, start: Position) -> Self {
        let extract::SideBlock { kind, start: at, text, plain } = block;
        Self { kind: kind.name().to_owned(), start: at.shifted(start), text, plain }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_match_any_characters() {
        for (text, pattern) in
            [("abc", "abc"), ("abc", "*"), ("abc", "a*"), ("abc", "*c"), ("abcabc", "*b*c")]
        {
            assert!(matches_glob(text, pattern), "{text} {pattern}");
        }
        for (text, pattern) in [("abc", "ab"), ("abc", "*b"), ("aba", "ab*ba"), ("abc", "b*")] {
            assert!(!matches_glob(text, pattern), "{text} {pattern}");
        }
    }
}
