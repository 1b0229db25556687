//! [`Declarations`]: metadata about articles in other files.
//!
//! A sidecar `NAME.meta.toml` (`.yaml`, `.yml`, `.json`) describes one file, `SOURCES.toml` the
//! files in its folder and below. `NAME` is the file's name with or without its extension.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Remark, relative};
use crate::extract::declared::{self, Notation, sources_toml};
use crate::source::{Metadata, content_hash};
use crate::{Error, Result};

/// The name of the file that describes the sources in a folder.
const SOURCES: &str = "SOURCES.toml";

/// The suffixes of sidecar files, by precedence.
const SIDECARS: [&str; 4] = [".meta.toml", ".meta.yaml", ".meta.yml", ".meta.json"];

/// Returns whether a file describes articles, and is not one itself.
pub(super) fn is_metadata(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name == SOURCES || is_sidecar(&name)
}

fn is_sidecar(name: &str) -> bool {
    SIDECARS.iter().any(|suffix| name.ends_with(suffix))
}

/// The metadata about one article from other files.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Declared {
    /// The metadata from its sidecar.
    pub sidecar: Metadata,
    /// The metadata from the nearest `SOURCES.toml`.
    pub sources: Metadata,
    /// The error in the sidecar, if it is malformed.
    pub remark: Option<Remark>,
}

impl Declared {
    /// Returns a hash of all of it, which changes whenever the metadata does.
    pub fn hash(&self) -> String {
        let parts = (
            values(&self.sidecar),
            values(&self.sources),
            self.remark.as_ref().map(|remark| &remark.message),
        );
        content_hash(format!("{parts:?}").as_bytes())
    }
}

fn values(metadata: &Metadata) -> BTreeMap<String, String> {
    metadata.iter().map(|(variable, value, _)| (variable.to_owned(), value.to_string())).collect()
}

/// Looks up the metadata of articles, and reads each folder and each `SOURCES.toml` only once.
#[derive(Default)]
pub struct Declarations {
    folders: HashMap<PathBuf, Folder>,
    remarks: Vec<Remark>,
}

#[derive(Default)]
struct Folder {
    /// The names of the sidecar files in it.
    sidecars: BTreeSet<String>,
    /// The contents of its `SOURCES.toml`, by file name; `None` if there is no such file.
    sources: Option<BTreeMap<String, Metadata>>,
}

impl Declarations {
    /// Returns the metadata of the article at `path`, which is under `root`.
    pub fn of(&mut self, path: &Path, root: &Path) -> Declared {
        let mut declared = Declared::default();
        if let Some(sidecar) = self.sidecar(path, root) {
            let text = fs::read_to_string(&sidecar).map_err(Error::io("read", &sidecar));
            match text.and_then(|text| parse(&text, &sidecar)) {
                Ok(metadata) => declared.sidecar = metadata,
                Err(error) => declared.remark = Some(remark(&sidecar, root, &error)),
            }
        }
        declared.sources = self.described(path, root).unwrap_or_default();
        declared
    }

    /// Returns the errors in the `SOURCES.toml` files read so far.
    pub fn into_remarks(self) -> Vec<Remark> {
        self.remarks
    }

    fn sidecar(&mut self, path: &Path, root: &Path) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?.to_str()?);
        let stem = path.file_stem()?.to_str()?;
        let sidecars = &self.folder(folder, root).sidecars;
        let sidecar = SIDECARS
            .iter()
            .flat_map(|suffix| [format!("{name}{suffix}"), format!("{stem}{suffix}")])
            .find(|name| sidecars.contains(name))?;
        Some(folder.join(sidecar))
    }

    /// Returns the metadata of the article in the nearest `SOURCES.toml` up to `root`.
    fn described(&mut self, path: &Path, root: &Path) -> Option<Metadata> {
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(root)) {
            if let Some(sources) = &self.folder(folder, root).sources {
                return sources.get(&relative(path, folder)).cloned();
            }
        }
        None
    }

    fn folder(&mut self, folder: &Path, root: &Path) -> &Folder {
        if !self.folders.contains_key(folder) {
            let read = self.read(folder, root);
            self.folders.insert(folder.to_owned(), read);
        }
        &self.folders[folder]
    }

    fn read(&mut self, folder: &Path, root: &Path) -> Folder {
        let mut found = Folder::default();
        // A folder that cannot be listed has already been reported by the walk.
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name == SOURCES {
                let path = entry.path();
                let text = fs::read_to_string(&path).map_err(Error::io("read", &path));
                match text.and_then(|text| sources_toml(&text, &path)) {
                    Ok(sources) => found.sources = Some(sources),
                    Err(error) => self.remarks.push(remark(&path, root, &error)),
                }
            } else if is_sidecar(&name) {
                found.sidecars.insert(name);
            }
        }
        found
    }
}

/// Parses a sidecar file. Its suffix is one of [`SIDECARS`], which all have a notation.
fn parse(text: &str, file: &Path) -> Result<Metadata> {
    match Notation::of(file) {
        Some(notation) => declared::parse(notation, text, file),
        None => Ok(Metadata::default()),
    }
}

fn remark(file: &Path, root: &Path, error: &Error) -> Remark {
    let message = match error {
        Error::Malformed { line: Some(line), column: Some(column), message, .. } => {
            format!("line {line}, column {column}: {message}")
        }
        Error::Malformed { line: Some(line), message, .. } => format!("line {line}: {message}"),
        Error::Malformed { message, .. } => message.clone(),
        Error::Io { source, .. } => source.to_string(),
        other => other.to_string(),
    };
    Remark { file: relative(file, root), message }
}
