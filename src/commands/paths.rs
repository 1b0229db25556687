//! Displays paths.

use std::path::{Path, PathBuf};

/// Returns a path relative to the current folder, if it is below it. SARIF takes this folder for
/// the root of the repository.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    match here {
        Ok(here) => path.strip_prefix(here).unwrap_or(path).to_owned(),
        Err(_) => path.to_owned(),
    }
}
