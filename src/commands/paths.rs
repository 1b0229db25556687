//! Displays paths.

use std::env;
use std::path::{Path, PathBuf};

use pincite_core::Result;
use pincite_core::cite::Citation;
use pincite_core::engine::Engine;

/// The current folder. SARIF takes it for the root of the repository.
pub(super) struct Here(Option<PathBuf>);

impl Here {
    pub(super) fn new() -> Self {
        Self(env::current_dir().and_then(|here| here.canonicalize()).ok())
    }

    /// Returns a path relative to the current folder, if it is below it.
    pub(super) fn relative(&self, path: &Path) -> PathBuf {
        let below = self.0.as_ref().and_then(|here| path.strip_prefix(here).ok());
        below.unwrap_or(path).to_owned()
    }

    /// Returns the same as text.
    pub(super) fn name(&self, path: &Path) -> String {
        self.relative(path).display().to_string()
    }
}

/// Names the files of citations by their paths from the current folder, so that an editor can open
/// `FILE:LINE`; records name them from the folder that was indexed. For people alone.
pub(super) fn name_from_here<'a>(
    engine: &Engine,
    citations: impl IntoIterator<Item = &'a mut Citation>,
) -> Result<()> {
    let here = Here::new();
    for citation in citations {
        if let Some(path) = engine.path(&citation.id.source)? {
            citation.file = here.name(&path);
        }
    }
    Ok(())
}
