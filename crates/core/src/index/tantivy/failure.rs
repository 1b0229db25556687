//! Translates Tantivy's errors.
//!
//! A refusal of the operating system (a full disk, no descriptors, no permission, a disk that
//! fails) is called one, wherever in Tantivy's errors it is hidden; it is no damage, and a rebuild
//! is no remedy. What is left is damage where it is about what files hold, and otherwise a fault.

use std::io::{self, ErrorKind};
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
    failure("write", dir, error)
}

/// The error of a panic while the index in `dir` was read: damage, unless its message speaks of what
/// the system refused.
pub(super) fn panicked(dir: &Path, message: &str) -> Error {
    match code_in(message) {
        Some(code) => Error::io("read", dir)(io::Error::from_raw_os_error(code)),
        None => damaged(dir, format!("reading it failed: {message}")),
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
            return Error::IndexBusy { path: dir.to_owned() };
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::DoesNotExist(_)) => {
            return Error::NoIndex { path: dir.to_owned() };
        }
        TantivyError::OpenDirectoryError(OpenDirectoryError::NotADirectory(_)) => {
            return Error::io("open", dir)(ErrorKind::NotADirectory.into());
        }
        _ => {}
    }
    if let Some((action, file, source)) = refused(action, error) {
        return Error::io(action, file.map_or_else(|| dir.to_owned(), |file| dir.join(file)))(
            source,
        );
    }
    match error {
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            damaged(format!("{} is missing", file.display()))
        }
        // A writing thread of Tantivy's says this of one that failed.
        TantivyError::IoError(source) if action == "write" && source.kind() == ErrorKind::Other => {
            Error::Internal { detail: source.to_string() }
        }
        TantivyError::IoError(source) => damaged(format!("a file in it cannot be read: {source}")),
        // The store says so of a passage that its own index does not lead to.
        TantivyError::InvalidArgument(what) if action == "read" => damaged(what.clone()),
        TantivyError::SchemaError(_) => {
            damaged("its fields are not those of its format".to_owned())
        }
        TantivyError::IncompatibleIndex(_)
        | TantivyError::OpenReadError(OpenReadError::IncompatibleIndex(_)) => {
            damaged("its files are of another format than it says".to_owned())
        }
        TantivyError::ErrorInThread(_)
        | TantivyError::SystemError(_)
        | TantivyError::InvalidArgument(_)
        | TantivyError::Poisoned => Error::Internal { detail: error.to_string() },
        _ => damaged(format!("its files do not hold what they should: {error}")),
    }
}

/// Returns what the operating system refused, and the file in the index, where that is what `error`
/// comes from.
fn refused<'e>(
    action: &'static str,
    error: &'e TantivyError,
) -> Option<(&'static str, Option<&'e Path>, io::Error)> {
    match error {
        TantivyError::IoError(source) => Some((action, None, system(source)?)),
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            Some(("read", Some(filepath), system(io_error)?))
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            Some(("write", Some(filepath), system(io_error)?))
        }
        TantivyError::LockFailure(LockError::IoError(source), _) => {
            Some(("write", None, system(source)?))
        }
        TantivyError::OpenDirectoryError(
            OpenDirectoryError::IoError { io_error: source, .. }
            | OpenDirectoryError::FailedToCreateTempDir(source),
        ) => Some(("open", None, system(source)?)),
        // It does not say why.
        TantivyError::SystemError(text) if text.starts_with("Failed to spawn") => {
            Some(("start a thread for", None, ErrorKind::WouldBlock.into()))
        }
        // A panic's words, or those of an error that was flattened.
        TantivyError::ErrorInThread(text)
        | TantivyError::SystemError(text)
        | TantivyError::InternalError(text) => {
            Some((action, None, io::Error::from_raw_os_error(code_in(text)?)))
        }
        TantivyError::DataCorruption(corruption) => {
            let code = code_in(&format!("{corruption:?}"))?;
            Some((action, None, io::Error::from_raw_os_error(code)))
        }
        _ => None,
    }
}

/// Copies an error of the operating system's; none where it is about what a file holds, or says
/// that it is gone. Tantivy shares its errors, and an [`io::Error`] cannot be cloned.
pub(super) fn system(error: &io::Error) -> Option<io::Error> {
    match error.kind() {
        ErrorKind::NotFound | ErrorKind::InvalidData | ErrorKind::UnexpectedEof => return None,
        _ => {}
    }
    // An error with a path around it keeps the number in its words only.
    if let Some(code) = error.raw_os_error().or_else(|| code_in(&error.to_string())) {
        return Some(io::Error::from_raw_os_error(code));
    }
    match error.kind() {
        ErrorKind::Other | ErrorKind::InvalidInput => None,
        kind => Some(io::Error::new(kind, error.to_string())),
    }
}

/// Returns the number of the operating system's error that `text` speaks of as Rust words them.
fn code_in(text: &str) -> Option<i32> {
    let number = |before: &str| {
        let rest = &text[text.find(before)? + before.len()..];
        rest[..rest.find(|c: char| !c.is_ascii_digit())?].parse().ok()
    };
    number("(os error ").or_else(|| number("Os { code: "))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    const FULL: i32 = 28;

    fn message(error: TantivyError) -> String {
        writing(Path::new("index"), &error).to_string()
    }

    #[test]
    fn what_the_system_refused_is_found_wherever_it_is_hidden() {
        let full = || Arc::new(io::Error::from_raw_os_error(FULL));
        let wrapped = io::Error::new(full().kind(), format!("{} at path \"index/.tmp\"", full()));
        let said = io::Error::from_raw_os_error(FULL).to_string();
        let said = said.split(" (os error").next().unwrap();
        let filepath = || "a.store".into();
        for error in [
            TantivyError::IoError(full()),
            TantivyError::IoError(Arc::new(wrapped)),
            TantivyError::IoError(Arc::new(io::Error::other(format!("a wrapper: {}", full())))),
            OpenReadError::IoError { io_error: full(), filepath: filepath() }.into(),
            OpenWriteError::IoError { io_error: full(), filepath: filepath() }.into(),
            LockError::IoError(full()).into(),
            TantivyError::ErrorInThread(format!("called `Result::unwrap()`: {:?}", full())),
            TantivyError::SystemError(format!("Merge thread panicked: {}", full())),
        ] {
            let message = message(error);
            assert!(message.contains(said) && !message.contains("damaged"), "{message}");
        }
        let thread = TantivyError::SystemError("Failed to spawn segment updater thread".into());
        assert!(message(thread).starts_with("cannot start a thread for index: "));
    }

    #[test]
    fn what_a_file_holds_is_damage() {
        let torn = io::Error::new(ErrorKind::UnexpectedEof, "cut short");
        let odd = io::Error::other("a length of 3");
        for error in [
            TantivyError::IoError(Arc::new(torn)),
            TantivyError::IoError(Arc::new(odd)),
            OpenReadError::FileDoesNotExist("a.store".into()).into(),
        ] {
            assert!(reading(Path::new("index"), &error).to_string().contains("is damaged"));
        }
    }
}
