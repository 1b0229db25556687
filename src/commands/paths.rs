//! Displays paths.

use std::env;
use std::path::{Path, PathBuf};

use pincite_core::Result;
use pincite_core::cite::Citation;
use pincite_core::engine::Engine;

/// Returns a path relative to the current folder, if it is below it. SARIF takes this folder for
/// the root of the repository.
pub(super) fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().and_then(|here| here.canonicalize());
    match here {
        Ok(here) => path.strip_prefix(here).unwrap_or(path).to_owned(),
        Err(_) => path.to_owned(),
    }
}

/// Names the files of citations by their paths from the current folder, so that an editor can open
/// `FILE:LINE`; records name them from the folder that was indexed. For people alone.
pub(super) fn name_from_here<'a>(
    engine: &Engine,
    citations: impl IntoIterator<Item = &'a mut Citation>,
) -> Result<()> {
    for citation in citations {
        if let Some(path) = engine.path(&citation.id.source)? {
            citation.file = from_here(&path).display().to_string();
        }
    }
    Ok(())
}
