//! Paths as they are shown.

use std::path::{Path, PathBuf};

/// Writes a path from the current folder on, if it lies below it: what is shortest to read, and
/// what SARIF takes for the root of the repository.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    match here {
        Ok(here) => path.strip_prefix(here).unwrap_or(path).to_owned(),
        Err(_) => path.to_owned(),
    }
}
