//! [`walk()`]: the files under the paths that were given.

use std::collections::HashSet;
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::declared;
use crate::extract::extractor_for;
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
}

/// The scopes of the paths that were given, outer folders first. A path that does not exist is an error.
pub fn scopes(paths: &[PathBuf]) -> Result<Vec<Scope>> {
    let mut scopes = Vec::new();
    for path in paths {
        let found = path.canonicalize().map_err(Error::io("read", path))?;
        let root = if found.is_dir() { found.clone() } else { found.parent().unwrap_or(&found).to_owned() };
        if root.to_str().is_none() {
            let message = format!("{} cannot be indexed: its name is not valid Unicode", root.display());
            return Err(Error::Usage { message, hint: None });
        }
        scopes.push(Scope { path: found, root });
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
    for scope in scopes {
        for entry in walker(scope, selection, index)? {
            match entry {
                Ok(entry) => walk.add(&entry, scope, !selection.include.is_empty()),
                Err(error) => walk.unreadable.push(place_and_reason(&error, scope)),
            }
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
    fn add(&mut self, entry: &DirEntry, scope: &Scope, asked_for: bool) {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return;
        }
        let path = entry.path();
        let named = path == scope.path;
        let mut skip = |reason: &str| self.unreadable.push((path.to_owned(), reason.to_owned()));
        match entry.metadata() {
            Err(error) => skip(&reason(&error)),
            Ok(metadata) if !metadata.is_file() && named => skip("is not a regular file"),
            Ok(metadata) if !metadata.is_file() => {}
            Ok(_) if declared::is_metadata(path) => {}
            Ok(_) if extractor_for(path).is_none() && (named || asked_for || is_document(path)) => {
                skip("is in a format that is not read");
            }
            Ok(_) if extractor_for(path).is_none() => {}
            Ok(_) if path.to_str().is_none() => skip("has a name that is not valid Unicode"),
            Ok(metadata) => self.files.push(Found {
                path: path.to_owned(),
                root: scope.root.clone(),
                size: metadata.len(),
                modified: metadata.modified().ok(),
            }),
        }
    }
}

/// Whether a file is by its name a document of the kind that people mean to have searched: passing over it in silence
/// would look like not finding anything in it.
fn is_document(path: &Path) -> bool {
    const DOCUMENTS: [&str; 10] = ["doc", "docx", "epub", "htm", "html", "mht", "odt", "pdf", "rtf", "xhtml"];
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
        ignore::Error::Loop { child, .. } => (child.clone(), "is a link to a folder that it lies in".to_owned()),
        _ => (scope.path.clone(), reason(error)),
    }
}

fn reason(error: &ignore::Error) -> String {
    format!("cannot be read: {}", error.io_error().map_or_else(|| error.to_string(), io::Error::to_string))
}

/// `path` below `root`, with `/` between its parts; unrepresentable characters are replaced.
pub fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
