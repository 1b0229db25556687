//! [`Error`]: what can go wrong, in words for people, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::Span;

/// The reason why a file, a declaration or an argument cannot be read.
pub use pincite_extract::Error as FileError;

/// A result with this crate's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure. [`Error::suggestion`] says what could be meant instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A file or an argument that cannot be read or understood.
    #[error(transparent)]
    File(#[from] FileError),

    /// There is no index where one was looked for.
    #[error("there is no index in {}", path.display())]
    NoIndex {
        /// The folder looked in.
        path: PathBuf,
    },

    /// The folder an index was to be written into holds something else.
    #[error("{} is not empty and holds no pincite index (it has {found})", path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// The name of one thing in it that is not ours.
        found: String,
    },

    /// The index was written by another version of pincite.
    #[error("the index in {} has format {found}; this pincite reads format {expected}", path.display())]
    IndexVersion {
        /// The index's folder.
        path: PathBuf,
        /// The format it has.
        found: u32,
        /// The format this program reads.
        expected: u32,
    },

    /// Another process is writing to the index.
    #[error("the index in {} is being written by another pincite", path.display())]
    IndexBusy {
        /// The index's folder.
        path: PathBuf,
    },

    /// The index cannot be read.
    #[error("the index in {} is damaged: {detail}", path.display())]
    IndexDamaged {
        /// The index's folder.
        path: PathBuf,
        /// The fault in it.
        detail: String,
    },

    /// No file to index was found.
    #[error("{}", nothing_to_index(paths, seen, read))]
    NothingToIndex {
        /// The paths that were given, as a list for people.
        paths: String,
        /// The formats of the files that are there, as a list for people; empty where there are
        /// none.
        seen: String,
        /// The extensions of the formats that are read, as a list for people.
        read: String,
    },

    /// A query that cannot be read.
    #[error("{message}")]
    Query {
        /// The query as typed.
        query: String,
        /// The offending place, in bytes of `query`.
        span: Span,
        /// The fault there.
        message: String,
        /// Another name that could be meant instead.
        suggestion: Option<String>,
    },

    /// No source or passage has this id.
    #[error("the index has no {what} “{id}”")]
    UnknownId {
        /// “source”, “passage” or “sentence”.
        what: &'static str,
        /// The id that was asked for.
        id: String,
        /// Ids that look like it.
        similar: Vec<String>,
    },

    /// The program itself is at fault: a thread of it panicked, or Tantivy's did.
    #[error("pincite failed where it should not have: {detail}")]
    Internal {
        /// The facts known of it.
        detail: String,
    },

    /// The caller stopped the work before it was done.
    #[error("the work was stopped before it was done")]
    Cancelled,
}

impl Error {
    /// Wraps what the operating system refused: `Error::io("read", path)(source)`.
    pub fn io(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Error {
        let wrap = FileError::io(action, path);
        move |source| wrap(source).into()
    }

    /// An error in the contents of the file `path`. `line` and `column` count from 1, the column in
    /// code points; either is `None` where it is not known.
    pub fn malformed(
        path: &Path,
        line: impl Into<Option<usize>>,
        column: impl Into<Option<usize>>,
        message: impl Into<String>,
    ) -> Error {
        let (path, message) = (path.to_owned(), message.into());
        FileError::Malformed { path, line: line.into(), column: column.into(), message }.into()
    }

    /// An error in an argument, with what could be meant instead.
    pub fn usage(message: impl Into<String>, hint: impl Into<String>) -> Error {
        FileError::Usage { message: message.into(), hint: Some(hint.into()) }.into()
    }

    /// Returns what could be meant instead, where the error is about something that was typed.
    pub fn suggestion(&self) -> Option<String> {
        match self {
            Error::Query { suggestion, .. } => suggestion.clone(),
            Error::UnknownId { similar, .. } if !similar.is_empty() => {
                Some(format!("did you mean {}?", similar.join(", ")))
            }
            Error::File(FileError::Usage { hint, .. }) => hint.clone(),
            _ => None,
        }
    }
}

fn nothing_to_index(paths: &str, seen: &str, read: &str) -> String {
    if seen.is_empty() {
        return format!("nothing to index: no readable file in {paths}");
    }
    format!("there is no readable file in {paths}: {seen}; pincite reads {read}")
}
