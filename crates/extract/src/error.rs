//! [`Error`]: why a file or a declaration cannot be read, in words for people.

use std::io;
use std::path::{Path, PathBuf};

/// A result with this crate's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why files or declarations cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The operating system refused something.
    #[error("cannot {action} {}: {}", path.display(), in_words(source))]
    Io {
        /// What was tried: “read”, “write”, “open”.
        action: &'static str,
        /// The file or folder it was tried on.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },

    /// A file that tells something (metadata, a citation style, records to verify) cannot be understood.
    #[error("{}{}: {message}", path.display(), place(*line, *column))]
    Malformed {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
        /// The column in code points, counted from 1, where it is known.
        column: Option<usize>,
        /// What is wrong there.
        message: String,
    },

    /// An argument that means nothing.
    #[error("{message}")]
    Usage {
        /// What is wrong with it.
        message: String,
        /// What could be meant instead.
        hint: Option<String>,
    },
}

impl Error {
    /// Wraps what the operating system refused: `Error::io("read", path)(source)`.
    pub fn io(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Error {
        let path = path.as_ref().to_owned();
        move |source| Error::Io { action, path, source }
    }
}

/// The system's message without its error number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    [line, column].into_iter().flatten().map(|n| format!(":{n}")).collect()
}
