//! [`IndexFolder`]: writes a collection to files and indexes them, as users do with articles.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempDir;

use pincite_core::index::{Index, Progress, Report, Update};
use pincite_core::search::Searcher;
use pincite_core::{Error, Result};

/// A folder for a collection's documents, as files, and their index.
pub struct IndexFolder {
    path: PathBuf,
    /// Deletes the folder on drop; `None` if it is kept.
    _temporary: Option<TempDir>,
}

/// A file to index.
pub(super) struct CorpusFile {
    /// Its name, with the extension.
    pub(super) name: String,
    /// Its text.
    pub(super) text: String,
    /// Its metadata.
    pub(super) declared: FileMetadata,
}

/// The metadata that `SOURCES.toml` declares for a file.
#[derive(Serialize)]
pub(super) struct FileMetadata {
    pub(super) id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
}

impl IndexFolder {
    /// Creates a temporary folder, deleted on drop.
    pub fn temporary() -> Result<IndexFolder> {
        let dir = temporary_dir()?;
        Ok(IndexFolder { path: dir.path().to_owned(), _temporary: Some(dir) })
    }

    /// Creates a folder that is kept, with the files in `documents` and the index in `index`.
    ///
    /// # Errors
    /// [`FileError::Usage`](pincite_core::FileError::Usage) if the folder is not empty: its
    /// contents would be indexed or overwritten.
    pub fn kept(path: &Path) -> Result<IndexFolder> {
        fs::create_dir_all(path).map_err(Error::io("make", path))?;
        if fs::read_dir(path).map_err(Error::io("open", path))?.next().is_some() {
            let message = format!("{} is not empty", path.display());
            return Err(Error::usage(message, "choose a new folder"));
        }
        Ok(IndexFolder { path: path.to_owned(), _temporary: None })
    }

    /// Writes the files and indexes them like any folder of articles.
    pub(super) fn index(
        &self,
        files: Vec<CorpusFile>,
        progress: &dyn Progress,
    ) -> Result<(Searcher, Report)> {
        let documents = self.path.join("documents");
        fs::create_dir_all(&documents).map_err(Error::io("make", &documents))?;
        let mut sources = BTreeMap::new();
        for CorpusFile { name, text, declared } in files {
            write(&documents.join(&name), &text)?;
            sources.insert(name, declared);
        }
        write(&documents.join("SOURCES.toml"), &toml::to_string(&sources).unwrap_or_default())?;
        let index = self.path.join("index");
        let update = Update { paths: vec![documents], ..Update::default() };
        let report = Index::update(&index, &update, progress)?;
        Ok((Searcher::new(&Index::open(&index)?)?, report))
    }
}

/// Indexes articles into a temporary folder, which is returned with what searches it.
pub(super) fn index_articles(
    paths: &[PathBuf],
    progress: &dyn Progress,
) -> Result<(TempDir, Searcher)> {
    let dir = temporary_dir()?;
    let update = Update { paths: paths.to_vec(), ..Update::default() };
    Index::update(dir.path(), &update, progress)?;
    let searcher = Searcher::new(&Index::open(dir.path())?)?;
    Ok((dir, searcher))
}

fn temporary_dir() -> Result<TempDir> {
    tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))
}

fn write(path: &Path, text: &str) -> Result<()> {
    fs::write(path, text).map_err(Error::io("write", path))
}
