//! [`Declarations`]: metadata about articles in other files.
//!
//! A sidecar `NAME.meta.toml` (`.yaml`, `.yml`, `.json`) describes one file, `SOURCES.toml` the
//! files in its folder and below. `NAME` is the file's name with or without its extension.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::{Library, Remark, relative};
use crate::extract::Fields;
use crate::extract::declared::{self, Notation, sources_toml};
use crate::files::{self, MAX_METADATA};
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
    /// The metadata from a library, by the file's place or name.
    pub library: Metadata,
    /// A hash of what libraries may declare of it once it is read.
    pub library_hash: String,
    /// The fields of its records that either of them names.
    pub fields: Fields,
    /// The error in the sidecar, if it is malformed or cannot be read.
    pub remark: Option<Remark>,
    /// Set if there may be more that could not be read: what is declared is unknown.
    pub is_unknown: bool,
}

impl Declared {
    /// Adds what libraries declare of the file at `path`.
    pub fn add_library(&mut self, library: &Library, path: &Path) {
        match library.of_file(path) {
            Some(metadata) => {
                self.library = metadata.clone();
                self.library_hash = "file".to_owned();
            }
            // It may be known by what it declares itself.
            None => library.hash().clone_into(&mut self.library_hash),
        }
    }

    /// Returns a hash of all of it, which changes whenever the metadata does.
    pub fn hash(&self) -> String {
        let parts = (
            values(&self.sidecar),
            values(&self.sources),
            self.remark.as_ref().map(|remark| &remark.message),
        );
        let mut all = format!("{parts:?}{}", self.fields);
        if !self.library_hash.is_empty() {
            all += &format!("{:?}{}", values(&self.library), self.library_hash);
        }
        content_hash(all.as_bytes())
    }
}

fn values(metadata: &Metadata) -> BTreeMap<String, String> {
    metadata.iter().map(|(variable, value, _)| (variable.to_owned(), value.to_string())).collect()
}

/// Looks up the metadata of articles, and reads each folder and each `SOURCES.toml` only once.
#[derive(Default)]
pub struct Declarations {
    follow_links: bool,
    folders: HashMap<PathBuf, Folder>,
    remarks: Vec<Remark>,
}

#[derive(Default)]
struct Folder {
    /// The names of the sidecar files in it.
    sidecars: BTreeSet<String>,
    /// The contents of its `SOURCES.toml`, by file name; `None` if there is no such file, or it is
    /// malformed.
    sources: Option<BTreeMap<String, Metadata>>,
    /// Set if it could not be listed, so that there may be sidecar files.
    is_unlisted: bool,
    /// Set if its `SOURCES.toml`, or whether there is one, is unknown.
    is_unknown: bool,
}

impl Declarations {
    /// Returns a table in which nothing has been looked up yet.
    pub fn new(follow_links: bool) -> Self {
        Self { follow_links, ..Self::default() }
    }

    /// Returns the metadata of the article at `path`, which is under `root`.
    pub fn of(&mut self, path: &Path, root: &Path) -> Declared {
        let mut declared = Declared::default();
        if let Some(sidecar) = self.sidecar(path, root) {
            let text = self.text(&sidecar, root);
            match text.and_then(|text| parse(&text, &sidecar)) {
                Ok(metadata) => declared.sidecar = metadata,
                Err(error) => {
                    declared.is_unknown = matches!(error, Error::Io { .. });
                    declared.remark = Some(remark(&sidecar, root, &error));
                }
            }
        }
        declared.is_unknown |=
            path.parent().is_some_and(|folder| self.folder(folder, root).is_unlisted);
        match self.described(path, root) {
            Ok(metadata) => declared.sources = metadata.unwrap_or_default(),
            Err(Unknown) => declared.is_unknown = true,
        }
        let sources = Fields::take_from(&mut declared.sources);
        declared.fields = Fields::take_from(&mut declared.sidecar);
        if declared.fields.is_empty() {
            declared.fields = sources;
        }
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
    fn described(&mut self, path: &Path, root: &Path) -> Result<Option<Metadata>, Unknown> {
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(root)) {
            let Folder { sources, is_unknown, .. } = self.folder(folder, root);
            if *is_unknown {
                return Err(Unknown);
            }
            if let Some(sources) = sources {
                return Ok(sources.get(&relative(path, folder)).cloned());
            }
        }
        Ok(None)
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
        let names = match names(folder) {
            Ok(names) => names,
            Err(error) => {
                let message = format!("cannot be searched for metadata: {error}");
                self.remarks.push(Remark { file: relative(folder, root), message });
                return Folder { is_unlisted: true, is_unknown: true, ..found };
            }
        };
        for name in names {
            if name == SOURCES {
                let path = folder.join(name);
                let text = self.text(&path, root);
                match text.and_then(|text| sources_toml(&text, &path)) {
                    Ok(sources) => found.sources = Some(sources),
                    Err(error) => {
                        found.is_unknown = matches!(error, Error::Io { .. });
                        self.remarks.push(remark(&path, root, &error));
                    }
                }
            } else if is_sidecar(&name) {
                found.sidecars.insert(name);
            }
        }
        found
    }

    fn text(&self, path: &Path, root: &Path) -> Result<String> {
        let beneath = (!self.follow_links).then_some(root);
        files::read_text(path, beneath, MAX_METADATA).map_err(Error::io("read", path))
    }
}

/// The metadata in a file that could not be read.
struct Unknown;

/// Returns the names in a folder that are valid Unicode.
fn names(folder: &Path) -> io::Result<Vec<String>> {
    let names = fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name().into_string().ok()));
    names.filter_map(Result::transpose).collect()
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
        Error::Io { source, .. } => format!("cannot be read: {source}"),
        other => other.to_string(),
    };
    Remark { file: relative(file, root), message }
}
