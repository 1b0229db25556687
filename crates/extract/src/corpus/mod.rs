//! Access to the files of a corpus.
//!
//! `walk` finds the articles under given paths, `Declarations` reads sidecar files and
//! `SOURCES.toml`, and `load` reads one article, and `stale` tells whether it has changed since; a
//! `FileCache` does so for many in the same files. The index decides what changed since the last
//! update, because only it knows what was read then.

mod cache;
mod declared;
mod library;
mod load;
mod not_read;
mod rules;
mod walk;

pub use cache::FileCache;
pub use declared::{Declarations, Declared};
pub use library::Library;
pub use load::{Article, Loaded, Place, Several, Skip, Stamp, load, own_bytes, stale};
pub use not_read::NotRead;
pub use walk::{CorpusFile, Scope, Selection, Walk, relative, scopes, walk};

/// A message about a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file, relative to its root.
    pub file: String,
    /// The message, in words that follow the name: “is empty”.
    pub message: String,
}
