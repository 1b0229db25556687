//! [`walk()`]: the files under the paths that were given.

use std::collections::HashSet;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::{NotRead, declared};
use crate::extract::{self, extractor_for};
use crate::{Error, Result};

/// Which of the files under a folder are wanted.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// Globs a file has to match one of, where there are any.
    pub include: &'a [String],
    /// Globs of files and folders to pass over.
    pub exclude: &'a [String],
    /// Whether hidden files are wanted too.
    pub hidden: bool,
    /// Whether symbolic links are followed.
    pub follow_links: bool,
}

/// One of the paths that were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The file or folder, absolute and without symbolic links.
    pub path: PathBuf,
    /// The folder that file names are relative to: the folder itself, or the one a file is in; or, where that lies
    /// within another folder that was given, the outermost such.
    pub root: PathBuf,
    /// Whether it is a folder.
    pub is_folder: bool,
}

/// A file that may be an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its absolute path.
    pub path: PathBuf,
    /// The root of the scope it was found under.
    pub root: PathBuf,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, where the system says.
    pub modified: Option<SystemTime>,
}

/// What a walk found.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, in the order of their paths.
    pub files: Vec<Found>,
    /// Files and folders that could not be looked at, each with the reason. What lies under them is neither known to
    /// be there nor to be gone.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Files in formats that are not read, those among them that are also in `unreadable`.
    pub not_read: NotRead,
}

/// The scopes of the paths that were given, outer folders first. A path that does not exist is an error.
pub fn scopes(paths: &[PathBuf]) -> Result<Vec<Scope>> {
    let mut scopes = Vec::new();
    for path in paths {
        let found = path.canonicalize().map_err(Error::io("read", path))?;
        let is_folder = found.is_dir();
        let root =
            if is_folder { found.clone() } else { found.parent().unwrap_or(&found).to_owned() };
        if root.to_str().is_none() {
            let message =
                format!("{} cannot be indexed: its name is not valid Unicode", root.display());
            return Err(Error::Usage { message, hint: None });
        }
        scopes.push(Scope { path: found, root, is_folder });
    }
    let folders: HashSet<PathBuf> = scopes.iter().map(|scope| scope.path.clone()).collect();
    for scope in &mut scopes {
        let outermost = scope.root.ancestors().filter(|folder| folders.contains(*folder)).last();
        scope.root = outermost.unwrap_or(&scope.root).to_owned();
    }
    scopes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(scopes)
}

/// The articles under `scopes`, leaving out the folder `index`.
pub fn walk(scopes: &[Scope], selection: Selection<'_>, index: &Path) -> Result<Walk> {
    let mut walk = Walk::default();
    let asked_for = !selection.include.is_empty();
    for (i, scope) in scopes.iter().enumerate() {
        let not_read = walk.not_read.clone();
        for entry in walker(scope, selection, index)? {
            match entry {
                Ok(entry) => {
                    let named =
                        scopes.binary_search_by(|scope| scope.path.as_path().cmp(entry.path()));
                    walk.add(&entry, &scope.root, named.is_ok(), asked_for);
                }
                Err(error) => walk.unreadable.push(place_and_reason(&error, scope)),
            }
        }
        // What lies within a scope that came before has been counted there.
        if scopes[..i].iter().any(|outer| scope.path.starts_with(&outer.path)) {
            walk.not_read = not_read;
        }
    }
    // Scopes come with outer folders first, so that a file found below two of them belongs to the outer one.
    walk.files.sort_by(|a, b| a.path.cmp(&b.path));
    walk.files.dedup_by(|a, b| a.path == b.path);
    walk.unreadable.sort();
    walk.unreadable.dedup();
    Ok(walk)
}

fn walker(scope: &Scope, selection: Selection<'_>, index: &Path) -> Result<ignore::Walk> {
    let index = index.to_owned();
    Ok(WalkBuilder::new(&scope.path)
        .hidden(!selection.hidden)
        .follow_links(selection.follow_links)
        .require_git(false)
        .git_global(false)
        .overrides(globs(scope, selection)?)
        .filter_entry(move |entry| entry.path() != index)
        .build())
}

fn globs(scope: &Scope, selection: Selection<'_>) -> Result<Override> {
    let usage = |error: ignore::Error| {
        let hint = Some("a glob reads *.md, 2025/** or {news,blogs}/*".to_owned());
        Error::Usage { message: error.to_string(), hint }
    };
    let mut globs = OverrideBuilder::new(&scope.root);
    for glob in selection.include {
        globs.add(glob).map_err(usage)?;
    }
    for glob in selection.exclude {
        globs.add(&format!("!{glob}")).map_err(usage)?;
    }
    globs.build().map_err(usage)
}

impl Walk {
    /// Adds a file that was found under `root`, and may have been `named` itself.
    fn add(&mut self, entry: &DirEntry, root: &Path, named: bool, asked_for: bool) {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return;
        }
        let path = entry.path();
        let mut skip = |reason: String| self.unreadable.push((path.to_owned(), reason));
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => return skip(reason(&error)),
        };
        if !metadata.is_file() {
            if named {
                skip("is not a regular file".to_owned());
            }
            return;
        }
        if declared::is_metadata(path) {
            return;
        }
        if extractor_for(path).is_none() {
            self.not_read.add(path);
            if named {
                skip(format!("{NOT_READ}{}", what_is_read(path)));
            } else if asked_for || is_document(path) {
                skip(NOT_READ.to_owned());
            }
            return;
        }
        if path.to_str().is_none() {
            return skip("has a name that is not valid Unicode".to_owned());
        }
        self.files.push(Found {
            path: path.to_owned(),
            root: root.to_owned(),
            size: metadata.len(),
            modified: metadata.modified().ok(),
        });
    }
}

/// Why a file is skipped that has no extractor.
const NOT_READ: &str = "is in a format that is not read";

/// Returns what to do about a file that was named and has no extractor: which formats are read, and
/// under which name this file would be.
fn what_is_read(path: &Path) -> String {
    /// As much of a file as tells its format, in bytes.
    const HEAD: u64 = 4096;
    let mut head = Vec::new();
    // Of a file that cannot be read nothing more is known than its name.
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    let extension = read.ok().and_then(|_| extract::sniff(&head)?.extensions().first());
    let like = extension.map(|it| format!("; by its content it could be read as .{it}"));
    format!(" (pincite reads {}){}", extract::extensions(), like.unwrap_or_default())
}

/// Whether a file is by its name a document of the kind that people mean to have searched: passing over it in silence
/// would look like not finding anything in it.
fn is_document(path: &Path) -> bool {
    const DOCUMENTS: [&str; 10] =
        ["doc", "docx", "epub", "htm", "html", "mht", "odt", "pdf", "rtf", "xhtml"];
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| DOCUMENTS.contains(&&*extension))
}

/// What could not be looked at and why. Where the error does not say what, it was the whole scope.
fn place_and_reason(error: &ignore::Error, scope: &Scope) -> (PathBuf, String) {
    match error {
        ignore::Error::WithPath { path, err } => (path.clone(), reason(err)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
            place_and_reason(err, scope)
        }
        ignore::Error::Loop { child, .. } => {
            (child.clone(), "is a link to a folder that it lies in".to_owned())
        }
        _ => (scope.path.clone(), reason(error)),
    }
}

fn reason(error: &ignore::Error) -> String {
    format!(
        "cannot be read: {}",
        error.io_error().map_or_else(|| error.to_string(), io::Error::to_string)
    )
}

/// `path` below `root`, with `/` between its parts; unrepresentable characters are replaced.
pub fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
