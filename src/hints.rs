//! Hints on what to do about an error, in terms of this program's commands and options.

use std::io::{self, ErrorKind};

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
        Error::Internal { .. } => Some("please report it; an index keeps its last commit".into()),
        Error::File(FileError::Io { source, .. }) => refused(source).map(str::to_owned),
        error => error.suggestion(),
    }
}

/// Returns what can be done about what the operating system refused.
fn refused(error: &io::Error) -> Option<&'static str> {
    /// No more files can be opened: by this process, by all.
    const NO_DESCRIPTORS: [i32; 2] = [24, 23];
    /// A disk, or what it hangs on, does not work.
    const FAULTY: i32 = 5;
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            Some("free some space and run it again; an index keeps its last commit")
        }
        ErrorKind::OutOfMemory => Some("there is not enough memory, or it is limited (ulimit -v)"),
        ErrorKind::WouldBlock => {
            Some("the system gives no more threads now, or limits them (ulimit -u)")
        }
        _ => match error.raw_os_error() {
            Some(code) if cfg!(unix) && NO_DESCRIPTORS.contains(&code) => {
                Some("allow more open files (ulimit -n) and run it again")
            }
            Some(FAULTY) if cfg!(unix) => {
                Some("the disk or the file system fails: look at its logs")
            }
            _ => None,
        },
    }
}
