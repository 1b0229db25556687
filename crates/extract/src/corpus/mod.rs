//! Which files there are, what is declared of them, and how one is read.
//!
//! The index asks three things of the outside world, and each is a file here: which articles lie under the given paths
//! (`walk`), what sidecar files and `SOURCES.toml` say of one (`Declarations`), and what stands in it (`load`).
//! What changed since the last time is for the index to say: it alone knows what it read then.

mod declared;
mod load;
mod not_read;
mod walk;

pub use declared::{Declarations, Declared};
pub use load::{Article, Skip, Stamp, load};
pub use not_read::NotRead;
pub use walk::{Found, Scope, Selection, Walk, relative, scopes, walk};

/// Something to say of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// The file, relative to its root.
    pub file: String,
    /// What is said of it, in words that follow its name: “is empty”.
    pub message: String,
}
