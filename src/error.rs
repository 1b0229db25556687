//! [`Error`]: what can go wrong, in words for people, and what to do about it.

use std::io;
use std::path::{Path, PathBuf};

use crate::text::Span;

/// A result with this crate's [`enum@Error`].
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong. [`Error::hint`] says what to do about it.
#[derive(Debug, thiserror::Error)]
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
        /// What is wrong with it.
        detail: String,
    },

    /// No file to index was found.
    #[error("nothing to index: no readable file in {paths}")]
    NothingToIndex {
        /// The paths that were given, as a list for people.
        paths: String,
    },

    /// A query that cannot be read.
    #[error("{message}")]
    Query {
        /// The query as typed.
        query: String,
        /// The offending place, in bytes of `query`.
        span: Span,
        /// What is wrong there.
        message: String,
        /// What could be meant instead.
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

    /// A value on the command line that means nothing.
    #[error("{message}")]
    Usage {
        /// What is wrong with it.
        message: String,
        /// What could be meant instead.
        hint: Option<String>,
    },
}

impl Error {
    /// What the operating system refused, as an error of ours: `Error::io("read", path)(source)`.
    pub fn io(action: &'static str, path: impl AsRef<Path>) -> impl FnOnce(io::Error) -> Error {
        let path = path.as_ref().to_owned();
        move |source| Error::Io { action, path, source }
    }

    /// What to do about it, where there is something to do.
    pub fn hint(&self) -> Option<String> {
        match self {
            Error::NoIndex { .. } => {
                Some("run “pincite index FOLDER” first, or add “--corpus FOLDER” to the query".into())
            }
            Error::NotAnIndex { .. } => Some("choose an empty or new folder with --index DIR".into()),
            Error::IndexVersion { .. } | Error::IndexDamaged { .. } => {
                Some("rebuild it from its sources with “pincite index FOLDER --rebuild”".into())
            }
            Error::IndexBusy { .. } => Some("wait until it has finished; searching goes on meanwhile".into()),
            Error::NothingToIndex { .. } => {
                Some("it reads .txt, .text, .md and .markdown files; see --include and --hidden".into())
            }
            Error::Query { suggestion, .. } => suggestion.clone(),
            Error::UnknownId { similar, .. } if similar.is_empty() => Some("“pincite sources” lists the ids".into()),
            Error::UnknownId { similar, .. } => Some(format!("did you mean {}?", similar.join(", "))),
            Error::Usage { hint, .. } => hint.clone(),
            Error::Io { source, path, .. } if source.kind() == io::ErrorKind::StorageFull => {
                Some("free some space and run it again; an index keeps its last commit".into())
            }
            Error::Io { .. } | Error::Malformed { .. } => None,
        }
    }
}

/// What the system says, without the number that it has for it.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

fn place(line: Option<usize>, column: Option<usize>) -> String {
    [line, column].into_iter().flatten().map(|n| format!(":{n}")).collect()
}
