//! [`walk()`]: finds the files under the given paths.

use std::collections::{BTreeSet, HashSet};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

use ignore::overrides::{Override, OverrideBuilder};
use ignore::{DirEntry, WalkBuilder};

use super::rules::Rules;
use super::{NotRead, declared};
use crate::extract::{self, extractor_for, is_compressed};
use crate::files;
use crate::{Error, Result};

/// The options that select files under a folder.
#[derive(Debug, Clone, Copy)]
pub struct Selection<'a> {
    /// The globs of which a file has to match one, if there are any.
    pub include: &'a [String],
    /// The globs of files and folders to skip.
    pub exclude: &'a [String],
    /// Set if hidden files are included.
    pub hidden: bool,
    /// Set if symbolic links are followed.
    pub follow_links: bool,
}

/// One of the given paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// The file or folder, absolute and without symbolic links.
    pub path: PathBuf,
    /// The folder that file names are relative to: the given folder, or the one that contains the
    /// given file. If this is inside other given folders, the outermost of these.
    pub root: PathBuf,
    /// Set if it is a folder.
    pub is_folder: bool,
}

/// A file that may be an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFile {
    /// Its absolute path.
    pub path: PathBuf,
    /// The root of the scope it was found under.
    pub root: PathBuf,
    /// Set if it was reached through a symbolic link below the root.
    pub is_linked: bool,
    /// Its size in bytes.
    pub size: u64,
    /// Its modification time, if the system has it.
    pub modified: Option<SystemTime>,
}

/// The result of a walk.
#[derive(Debug, Default)]
pub struct Walk {
    /// The files, sorted by path.
    pub files: Vec<CorpusFile>,
    /// The files and folders that could not be read, each with the reason. Whether there are still
    /// files under such a folder is unknown.
    pub unreadable: Vec<(PathBuf, String)>,
    /// Those of them that the system refused to open.
    pub refused: BTreeSet<PathBuf>,
    /// The ignore files that could not be read, and the files that are passed over though they are
    /// named like articles, each with the reason.
    pub warnings: Vec<(PathBuf, String)>,
    /// Set if symbolic links were followed.
    pub follow_links: bool,
    /// The files in unsupported formats. Some of them are in `unreadable` too.
    pub not_read: NotRead,
}

/// Returns the scopes of the given paths, outer folders first.
///
/// # Errors
///
/// [`Error::Io`] if a path does not exist, and [`Error::Usage`] if it is not valid Unicode.
pub fn scopes(paths: &[PathBuf]) -> Result<Vec<Scope>> {
    let mut scopes = Vec::new();
    for path in paths {
        let real = path.canonicalize().map_err(Error::io("read", path))?;
        let is_folder = real.is_dir();
        let root = match real.parent() {
            Some(parent) if !is_folder => parent.to_owned(),
            _ => real.clone(),
        };
        if root.to_str().is_none() {
            let message =
                format!("{} cannot be indexed: its name is not valid Unicode", root.display());
            return Err(Error::Usage { message, hint: None });
        }
        scopes.push(Scope { path: real, root, is_folder });
    }
    let folders: HashSet<PathBuf> = scopes.iter().map(|scope| scope.path.clone()).collect();
    for scope in &mut scopes {
        let outermost = scope.root.ancestors().filter(|folder| folders.contains(*folder)).last();
        scope.root = outermost.unwrap_or(&scope.root).to_owned();
    }
    scopes.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(scopes)
}

/// Finds the articles under `scopes`, except in the folder `index`.
///
/// # Errors
///
/// [`Error::Usage`] if a glob is malformed. Files that cannot be read are in [`Walk::unreadable`].
pub fn walk(scopes: &[Scope], selection: Selection<'_>, index: &Path) -> Result<Walk> {
    let mut walk = Walk { follow_links: selection.follow_links, ..Walk::default() };
    let asked_for = !selection.include.is_empty();
    for (i, scope) in scopes.iter().enumerate() {
        let not_read = walk.not_read.clone();
        let Selection { hidden, follow_links, .. } = selection;
        let rules = Rules::new(&scope.path, globs(scope, selection)?, hidden, follow_links);
        let rules = Arc::new(rules);
        for entry in walker(scope, follow_links, &rules, index) {
            match entry {
                Ok(entry) => {
                    let named =
                        scopes.binary_search_by(|scope| scope.path.as_path().cmp(entry.path()));
                    walk.add(&entry, &scope.root, named.is_ok(), asked_for);
                }
                Err(error) => {
                    let (place, reason) = place_and_reason(&error, scope);
                    if error.io_error().is_some() {
                        walk.refused.insert(place.clone());
                    }
                    walk.unreadable.push((place, reason));
                }
            }
        }
        walk.warnings.extend(rules.unread());
        // Files within an earlier scope are counted already.
        if scopes[..i].iter().any(|outer| scope.path.starts_with(&outer.path)) {
            walk.not_read = not_read;
        }
    }
    // Outer folders come first, and the sort is stable: a file in two scopes belongs to the outer
    // one.
    walk.files.sort_by(|a, b| a.path.cmp(&b.path));
    walk.files.dedup_by(|a, b| a.path == b.path);
    walk.unreadable.sort();
    walk.unreadable.dedup();
    walk.warnings.sort();
    walk.warnings.dedup();
    Ok(walk)
}

fn walker(scope: &Scope, follow_links: bool, rules: &Arc<Rules>, index: &Path) -> ignore::Walk {
    let index = index.to_owned();
    let rules = Arc::clone(rules);
    WalkBuilder::new(&scope.path)
        .standard_filters(false)
        .follow_links(follow_links)
        .filter_entry(move |entry| entry.path() != index && !rules.pass_over(entry))
        .build()
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
    /// Adds a file under `root`. `named` says that its own path was given, and `asked_for` that it
    /// matches a glob.
    fn add(&mut self, entry: &DirEntry, root: &Path, named: bool, asked_for: bool) {
        if entry.file_type().is_some_and(|kind| kind.is_dir()) {
            return;
        }
        let path = entry.path();
        let follow_links = self.follow_links;
        let mut skip = |reason: String| self.unreadable.push((path.to_owned(), reason));
        let metadata = match entry.metadata() {
            Ok(metadata) => metadata,
            Err(error) => {
                self.refused.insert(path.to_owned());
                return skip(reason(&error));
            }
        };
        if !metadata.is_file() {
            if named {
                skip("is not a regular file".to_owned());
            } else if extractor_for(path).is_some() {
                let kind =
                    if metadata.is_symlink() { "a symbolic link" } else { "no regular file" };
                self.warnings.push((path.to_owned(), format!("is passed over: it is {kind}")));
            }
            return;
        }
        if declared::is_metadata(path) {
            return;
        }
        if extractor_for(path).is_none() {
            let reason = if is_compressed(path) { UNKNOWN_INSIDE } else { NOT_READ };
            self.not_read.add(relative(path, root), reason.to_owned());
            if named {
                let beneath = (!follow_links).then_some(root);
                skip(format!("{reason}{}", formats_hint(path, beneath)));
            } else if asked_for || is_document(path) {
                skip(reason.to_owned());
            }
            return;
        }
        if path.to_str().is_none() {
            return skip("has a name that is not valid Unicode".to_owned());
        }
        self.files.push(CorpusFile {
            path: path.to_owned(),
            root: root.to_owned(),
            is_linked: follow_links && path.canonicalize().is_ok_and(|real| real != path),
            size: metadata.len(),
            modified: metadata.modified().ok(),
        });
    }
}

/// The reason for skipping a file without an extractor.
const NOT_READ: &str = "is in a format that is not read";

/// The reason for skipping a compressed file that unpacks to something without an extractor.
const UNKNOWN_INSIDE: &str = "is compressed, and its name does not say that it unpacks to a format \
                              that is read, as in .txt.gz";

/// Returns advice on a named file without an extractor: the supported formats, and the extension
/// that fits its content.
fn formats_hint(path: &Path, beneath: Option<&Path>) -> String {
    /// The number of bytes that are enough to recognise a format.
    const HEAD: u64 = 4096;
    let mut hint = format!(" (pincite reads {})", extract::extensions());
    let mut head = Vec::new();
    let read =
        files::open(path, beneath).and_then(|(file, _)| file.take(HEAD).read_to_end(&mut head));
    if read.is_ok()
        && let Some(extractor) = extract::sniff(&head)
        && let Some(extension) = extractor.extensions().first()
    {
        hint.push_str(&format!("; by its content it could be read as .{extension}"));
    }
    hint
}

/// Returns whether a file has the extension of a document. Skipping one of these silently would
/// look as if nothing was found in it.
fn is_document(path: &Path) -> bool {
    const DOCUMENTS: [&str; 13] = [
        "djvu", "doc", "docx", "epub", "htm", "html", "mht", "odt", "pdf", "ppt", "pptx", "rtf",
        "xhtml",
    ];
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
    extension.is_some_and(|extension| DOCUMENTS.contains(&&*extension))
}

/// Returns the path that could not be read, or that of the scope if the error has none, and the
/// reason.
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

/// Returns `path` relative to `root`, with `/` between its parts. Invalid Unicode is replaced.
pub fn relative(path: &Path, root: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    parts.join("/")
}
