//! Data in the folder `shared` beside the repository, which may be absent.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

/// Returns the path of shared data; if it is absent, says that the test is skipped and returns
/// `None`.
pub(crate) fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    // Not `eprintln!`, which the test harness captures.
    let test = thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(io::stderr(), "skipped: {test} (no ../shared/{path})");
    None
}
