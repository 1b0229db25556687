//! [`Declarations`]: what is written beside an article about it.
//!
//! A sidecar `NAME.meta.toml` (`.yaml`, `.yml`, `.json`) speaks of one file, `SOURCES.toml` of those in its folder and
//! below. `NAME` is the file's name with or without its extension.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Remark, relative};
use crate::extract::declared::{self, Format, sources_toml};
use crate::source::{Metadata, content_hash};
use crate::{Error, Result};

/// The file in which a folder's sources are described.
const SOURCES: &str = "SOURCES.toml";

/// The endings of a sidecar file's name, the first that exists counting.
const SIDECARS: [&str; 4] = [".meta.toml", ".meta.yaml", ".meta.yml", ".meta.json"];

/// Whether a file is there to describe articles, and so is none.
pub(super) fn is_metadata(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name == SOURCES || SIDECARS.iter().any(|ending| name.ends_with(ending))
}

/// What is declared of one article outside it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Declared {
    /// By its sidecar.
    pub sidecar: Metadata,
    /// By the nearest `SOURCES.toml`.
    pub sources: Metadata,
    /// What could not be understood in the sidecar.
    pub remark: Option<Remark>,
}

impl Declared {
    /// The hash of all of it: another hash, other metadata.
    pub fn hash(&self) -> String {
        let values = |metadata: &Metadata| -> BTreeMap<String, String> {
            metadata
                .iter()
                .map(|(variable, value, _)| (variable.to_owned(), value.to_string()))
                .collect()
        };
        let parts = (
            values(&self.sidecar),
            values(&self.sources),
            self.remark.as_ref().map(|r| &r.message),
        );
        content_hash(format!("{parts:?}").as_bytes())
    }
}

/// Looks up what is declared of articles, reading each folder and each `SOURCES.toml` once.
#[derive(Default)]
pub struct Declarations {
    folders: HashMap<PathBuf, Folder>,
    remarks: Vec<Remark>,
}

#[derive(Default)]
struct Folder {
    /// The names of the sidecar files in it.
    sidecars: BTreeSet<String>,
    /// What its `SOURCES.toml` says, by file name; none where there is no such file.
    sources: Option<BTreeMap<String, Metadata>>,
}

impl Declarations {
    /// What is declared of the article at `path`, which lies under `root`.
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

    /// What could not be understood in the `SOURCES.toml` files read so far.
    pub fn into_remarks(self) -> Vec<Remark> {
        self.remarks
    }

    fn sidecar(&mut self, path: &Path, root: &Path) -> Option<PathBuf> {
        let (folder, name) = (path.parent()?, path.file_name()?.to_str()?);
        let stem = path.file_stem()?.to_str()?;
        let sidecars = &self.folder(folder, root).sidecars;
        let mut names = SIDECARS
            .iter()
            .flat_map(|ending| [format!("{name}{ending}"), format!("{stem}{ending}")]);
        names.find(|name| sidecars.contains(name)).map(|name| folder.join(name))
    }

    /// What the nearest `SOURCES.toml` up to `root` says of the article.
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
            } else if SIDECARS.iter().any(|ending| name.ends_with(ending)) {
                found.sidecars.insert(name);
            }
        }
        found
    }
}

/// What a sidecar file declares.
fn parse(text: &str, file: &Path) -> Result<Metadata> {
    // Of another notation there are no sidecars.
    Format::of(file)
        .map_or_else(|| Ok(Metadata::default()), |format| declared::parse(format, text, file))
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
