//! Sources and passages: the types that all parts of pincite share.
//!
//! They do not depend on the index, so that citing, verifying and rendering need no search engine.

mod id;
mod metadata;
mod part;
mod passage;
mod record;

use serde::{Deserialize, Serialize};

pub use id::{ParseIdError, PassageId, SourceId};
pub use metadata::{Metadata, Name, Provenance};
pub use part::{Cue, Part};
pub use passage::{Passage, Sentences};
pub use record::FileRecord;

/// A source: an article as it was when it was indexed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its id, unique in an index.
    pub id: SourceId,
    /// Its file, relative to the indexed folder, with `/` between the parts.
    pub file: String,
    /// The member of the file that it is or is in, unpacked, where the file is an archive or is
    /// compressed: a path in it, an address, or the name of what a compressed file unpacks to. `!`
    /// parts the names of a member and of a member within that. Then “the file” is that member in
    /// whatever is said of its text, and of places in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// The relation of its canonical text to the file.
    pub text: TextKind,
    /// Its record in the file, where that has several sources.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<FileRecord>,
    /// The BLAKE3 hash of the file's bytes, or of the record's or the archive's member's: `blake3:`
    /// and 64 hexadecimal digits.
    pub content_hash: String,
    /// Its main language as an ISO 639-1 code, if it is known.
    pub language: Option<String>,
    /// Its metadata, declared or inferred.
    pub metadata: Metadata,
}

/// The relation of a source's canonical text, which all of its offsets point into, to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// The file itself, byte for byte: UTF-8 text and Markdown.
    File,
    /// The file, decoded from another encoding to UTF-8.
    Decoded,
    /// Text extracted from a format that is not text.
    Extracted,
    /// The file itself, byte for byte, of which only what is read counts as text: web pages,
    /// tables, JSON and subtitles in UTF-8.
    Markup,
}

/// The fate of a source's file since it was indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Stale {
    /// It has another content.
    Changed,
    /// It is gone, or cannot be read.
    Missing,
}

/// Returns the BLAKE3 hash of `bytes` as in citation records: `blake3:` and 64 hexadecimal digits.
///
/// ```
/// assert!(pincite_extract::source::content_hash(b"").starts_with("blake3:af1349b9f5f9a1a6"));
/// ```
pub fn content_hash(bytes: &[u8]) -> String {
    format!("blake3:{}", blake3::hash(bytes).to_hex())
}
