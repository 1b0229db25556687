//! What is known of a source and of the passages it is cut into: the types that every other part of the program shares.
//!
//! They stand apart from the index so that citing, verifying and printing need no search engine underneath.

mod id;
mod metadata;
mod part;
mod passage;

use serde::{Deserialize, Serialize};

pub use id::{ParseIdError, PassageId, SourceId};
pub use metadata::{Metadata, Name, Provenance};
pub use part::Part;
pub use passage::{Passage, Sentences};

/// One source: an article, as it stood when it was indexed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its id, unique in an index.
    pub id: SourceId,
    /// Its file, relative to the folder that was indexed, with `/` between the parts.
    pub file: String,
    /// What its canonical text is.
    pub text: TextKind,
    /// BLAKE3 of the file's bytes, written `blake3:` and 64 hexadecimal digits.
    pub content_hash: String,
    /// The language most of it is in, as an ISO 639-1 code, where it could be told.
    pub language: Option<String>,
    /// What it, or someone, says of it.
    pub metadata: Metadata,
}

/// What a source's canonical text is: the string that all of its offsets point into.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum TextKind {
    /// The file itself, byte for byte: UTF-8 text and Markdown.
    File,
    /// The file decoded from another encoding to UTF-8.
    Decoded,
    /// Text taken out of a format that is not text.
    Extracted,
}

/// `blake3:` and the BLAKE3 hash of `bytes` in hexadecimal, as citation records give it.
///
/// ```
/// assert!(pincite_extract::source::content_hash(b"").starts_with("blake3:af1349b9f5f9a1a6"));
/// ```
pub fn content_hash(bytes: &[u8]) -> String {
    format!("blake3:{}", blake3::hash(bytes).to_hex())
}
