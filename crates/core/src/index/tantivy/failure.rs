//! Translates Tantivy's errors.
//!
//! An error in reading an index is damage, and the remedy is to rebuild it; an error in writing is
//! the system's: a full disk, or a folder that may not be written.

use std::io;
use std::path::Path;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::Error;

/// An error met while reading the index in `dir`.
pub(super) fn reading(dir: &Path, error: &TantivyError) -> Error {
    failure("read", dir, error)
}

/// An error met while writing the index in `dir`.
pub(super) fn writing(dir: &Path, error: &TantivyError) -> Error {
    match error {
        TantivyError::IoError(source) => io_error("write", dir, source),
        _ => failure("write", dir, error),
    }
}

/// The error that the index in `dir` is damaged.
pub(super) fn damaged(dir: &Path, detail: impl Into<String>) -> Error {
    Error::IndexDamaged { path: dir.to_owned(), detail: detail.into() }
}

fn failure(action: &'static str, dir: &Path, error: &TantivyError) -> Error {
    let damaged = |detail: String| damaged(dir, detail);
    match error {
        TantivyError::LockFailure(LockError::LockBusy, _) => {
            Error::IndexBusy { path: dir.to_owned() }
        }
        TantivyError::LockFailure(LockError::IoError(source), _) => io_error("lock", dir, source),
        TantivyError::OpenDirectoryError(error) => directory(dir, error),
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error: source, filepath }) => {
            io_error("write", &dir.join(filepath), source)
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error: source, filepath })
            if source.kind() == io::ErrorKind::PermissionDenied =>
        {
            io_error("read", &dir.join(filepath), source)
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            damaged(format!("{} is missing", file.display()))
        }
        TantivyError::IoError(source) => match source.kind() {
            io::ErrorKind::PermissionDenied => io_error(action, dir, source),
            _ => damaged(format!("a file in it cannot be read: {source}")),
        },
        TantivyError::SchemaError(_) => {
            damaged("its fields are not those of its format".to_owned())
        }
        TantivyError::IncompatibleIndex(_)
        | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            damaged("its files are of another format than it says".to_owned())
        }
        _ => damaged(format!("its files do not hold what they should: {error}")),
    }
}

fn directory(dir: &Path, error: &OpenDirectoryError) -> Error {
    match error {
        OpenDirectoryError::IoError { io_error: source, .. }
        | OpenDirectoryError::FailedToCreateTempDir(source) => io_error("open", dir, source),
        OpenDirectoryError::DoesNotExist(_) => Error::NoIndex { path: dir.to_owned() },
        OpenDirectoryError::NotADirectory(_) => {
            Error::io("open", dir)(io::ErrorKind::NotADirectory.into())
        }
    }
}

/// Copies an error of the system's. Tantivy shares its errors, and an [`io::Error`] cannot be
/// cloned.
fn io_error(action: &'static str, path: &Path, source: &io::Error) -> Error {
    let copy = match source.raw_os_error() {
        Some(code) => io::Error::from_raw_os_error(code),
        None => io::Error::new(source.kind(), source.to_string()),
    };
    Error::io(action, path)(copy)
}
