//! The [`enum@Error`] of this crate.

use std::io;
use std::path::{Path, PathBuf};

/// A result with this crate's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// An error in reading a file or metadata, with a message for users.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An operation on a file failed.
    #[error("cannot {action} {}: {}", path.display(), in_words(source))]
    Io {
        /// The operation: “read”, “write”, “open”.
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error from the operating system.
        source: io::Error,
    },

    /// A file (metadata, a citation style, records to verify) is malformed.
    #[error("{}{}: {message}", path.display(), place(*line, *column))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, from 1, if it is known.
        line: Option<usize>,
        /// The column in code points, from 1, if it is known.
        column: Option<usize>,
        /// The description of the error.
        message: String,
    },

    /// An argument is invalid.
    #[error("{message}")]
    Usage {
        /// The description of the error.
        message: String,
        /// Advice on a valid argument.
        hint: Option<String>,
    },
}

impl Error {
    /// Returns a function that wraps an error from the operating system, for `map_err`:
    /// `Error::io("read", path)`.
    pub fn io(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Error {
        let path = path.as_ref().to_owned();
        move |source| Error::Io { action, path, source }
    }
}

/// Returns the message of the operating system without the error number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    [line, column].into_iter().flatten().map(|n| format!(":{n}")).collect()
}
