//! [`IndexFolder`]: where a collection is written and indexed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;
use tempfile::TempDir;

use pincite_core::index::{Index, Progress, Report, Update};
use pincite_core::search::Searcher;
use pincite_core::{Error, Result};

/// A folder in which a collection becomes what users have: files, and an index of them.
pub struct IndexFolder {
    path: PathBuf,
    /// Deletes the folder in the end, where it is not to be kept.
    _temporary: Option<TempDir>,
}

/// A file to be indexed.
pub(super) struct CorpusFile {
    /// Its name, the ending included.
    pub(super) name: String,
    /// What stands in it.
    pub(super) text: String,
    /// What is declared of it.
    pub(super) declared: FileMetadata,
}

/// What is declared of a file in `SOURCES.toml`.
#[derive(Serialize)]
pub(super) struct FileMetadata {
    pub(super) id: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) title: String,
}

impl IndexFolder {
    /// A folder that is gone when this is dropped.
    pub fn temporary() -> Result<IndexFolder> {
        let dir =
            tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))?;
        Ok(IndexFolder { path: dir.path().to_owned(), _temporary: Some(dir) })
    }

    /// A folder that stays: the files will be in its `documents`, the index in its `index`.
    ///
    /// # Errors
    /// [`FileError::Usage`](pincite_core::FileError::Usage) where it holds something: what is there would be indexed, or lost.
    pub fn kept(path: &Path) -> Result<IndexFolder> {
        fs::create_dir_all(path).map_err(Error::io("make", path))?;
        if fs::read_dir(path).map_err(Error::io("open", path))?.next().is_some() {
            let message = format!("{} is not empty", path.display());
            return Err(Error::usage(message, "choose a new folder"));
        }
        Ok(IndexFolder { path: path.to_owned(), _temporary: None })
    }

    /// Writes the files and indexes them as any folder of articles is.
    pub(super) fn index(
        &self,
        files: Vec<CorpusFile>,
        progress: &dyn Progress,
    ) -> Result<(Searcher, Report)> {
        let documents = self.path.join("documents");
        fs::create_dir_all(&documents).map_err(Error::io("make", &documents))?;
        let write = |name: &str, text: &str| {
            let path = documents.join(name);
            fs::write(&path, text).map_err(Error::io("write", &path))
        };
        let mut sources = BTreeMap::new();
        for CorpusFile { name, text, declared } in files {
            write(&name, &text)?;
            sources.insert(name, declared);
        }
        write("SOURCES.toml", &toml::to_string(&sources).unwrap_or_default())?;
        let index = self.path.join("index");
        let report = Index::update(
            &index,
            &Update { paths: vec![documents], ..Update::default() },
            progress,
        )?;
        Ok((Searcher::new(&Index::open(&index)?)?, report))
    }
}
