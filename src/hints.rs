//! Hints on what to do about an error, in terms of this program's commands and options.

use std::io::ErrorKind;

use pincite_core::{Error, FileError};

/// Returns what can be done about `error`, if anything.
pub(crate) fn hint(error: &Error) -> Option<String> {
    match error {
        Error::NoIndex { .. } => {
            Some("run “pincite index FOLDER” first, or add “--corpus FOLDER” to the query".into())
        }
        Error::NotAnIndex { .. } => Some("choose an empty or new folder with --index DIR".into()),
        Error::IndexVersion { .. } => {
            Some("rebuild it from its sources with “pincite index FOLDER --rebuild”".into())
        }
        Error::IndexDamaged { .. } => Some(
            "“pincite doctor” says what is damaged, “pincite doctor --repair” reads damaged sources \
             anew, and “pincite index FOLDER --rebuild” all"
                .into(),
        ),
        Error::IndexBusy { .. } => {
            Some("wait until it has finished; searching goes on meanwhile".into())
        }
        Error::NothingToIndex { seen, read, .. } if seen.is_empty() => {
            Some(format!("it reads {read} files; see --include and --hidden"))
        }
        Error::UnknownId { similar, .. } if similar.is_empty() => {
            Some("“pincite sources” lists the ids".into())
        }
        Error::File(FileError::Io { source, .. }) if source.kind() == ErrorKind::StorageFull => {
            Some("free some space and run it again; an index keeps its last commit".into())
        }
        error => error.suggestion(),
    }
}
