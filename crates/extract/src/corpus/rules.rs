//! [`Rules`]: which files and folders a walk passes over.
//!
//! The crate `ignore` would read ignore files itself, through symbolic links and from pipes. So its
//! own reading is switched off; the files are read by [`files`], and only the matching is left to
//! it. The precedence is that of `ignore` and ripgrep: globs of the command line, then `.ignore`,
//! `.gitignore` and `.git/info/exclude`, of each the innermost file, then hidden names.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use ignore::overrides::Override;
use ignore::{DirEntry, Match};

use crate::files::{self, MAX_METADATA};

/// The names of ignore files, by precedence.
const NAMES: [&str; 3] = [".ignore", ".gitignore", ".git/info/exclude"];

/// The rules of a walk under one folder.
pub(super) struct Rules {
    /// The folder of the walk.
    folder: PathBuf,
    globs: Override,
    /// Set if hidden files are passed over.
    skips_hidden: bool,
    follow_links: bool,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    folders: HashMap<PathBuf, Arc<FolderRules>>,
    unread: Vec<(PathBuf, String)>,
}

/// The rules in one folder.
struct FolderRules {
    /// One for each of [`NAMES`].
    files: [Option<Gitignore>; 3],
    /// Set if a repository begins here, so that the rules of git above it do not count.
    is_repository: bool,
}

impl Rules {
    pub(super) fn new(folder: &Path, globs: Override, hidden: bool, follow_links: bool) -> Self {
        let state = Mutex::default();
        Self { folder: folder.to_owned(), globs, skips_hidden: !hidden, follow_links, state }
    }

    /// Returns whether a file or folder below that of the walk is passed over.
    pub(super) fn pass_over(&self, entry: &DirEntry) -> bool {
        let is_folder = entry.file_type().is_some_and(|kind| kind.is_dir());
        let found = match self.globs.matched(entry.path(), is_folder) {
            Match::None => self.in_files(entry.path(), is_folder),
            Match::Ignore(_) => Match::Ignore(()),
            Match::Whitelist(_) => Match::Whitelist(()),
        };
        match found {
            Match::None => self.skips_hidden && is_hidden(entry),
            found => found.is_ignore(),
        }
    }

    /// Returns the ignore files that could not be read, each with the reason.
    pub(super) fn unread(&self) -> Vec<(PathBuf, String)> {
        std::mem::take(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner).unread)
    }

    fn in_files(&self, path: &Path, is_folder: bool) -> Match<()> {
        let mut found = [Match::None, Match::None, Match::None];
        let mut in_repository = false;
        for folder in path.ancestors().skip(1) {
            let rules = self.of(folder);
            for (i, file) in rules.files.iter().enumerate() {
                let counts = NAMES[i] == ".ignore" || !in_repository;
                if let (Some(file), Match::None, true) = (file, &found[i], counts) {
                    found[i] = file.matched(path, is_folder).map(|_| ());
                }
            }
            in_repository |= rules.is_repository;
        }
        let [first, second, third] = found;
        first.or(second).or(third)
    }

    fn of(&self, folder: &Path) -> Arc<FolderRules> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = state.folders.get(folder) {
            return Arc::clone(known);
        }
        let files = NAMES.map(|name| self.read(folder, name, &mut state.unread));
        let is_repository = folder.join(".git").symlink_metadata().is_ok();
        let rules = Arc::new(FolderRules { files, is_repository });
        state.folders.insert(folder.to_owned(), Arc::clone(&rules));
        rules
    }

    fn read(
        &self,
        folder: &Path,
        name: &str,
        unread: &mut Vec<(PathBuf, String)>,
    ) -> Option<Gitignore> {
        let path = folder.join(name);
        // Above the folder of the walk, which is without links, too, no link is followed.
        let beneath = if folder.starts_with(&self.folder) { &self.folder } else { folder };
        let beneath = (!self.follow_links).then_some(beneath);
        let rules = files::read(&path, beneath, MAX_METADATA).and_then(|(bytes, _)| {
            let text = String::from_utf8_lossy(&bytes);
            let mut rules = GitignoreBuilder::new(folder);
            for line in text.trim_start_matches('\u{feff}').lines() {
                // As in git, a line that means nothing is no rule.
                let _ = rules.add_line(None, line);
            }
            rules.build().map_err(|error| io::Error::other(format!("it has {error}")))
        });
        match rules {
            Ok(rules) => Some(rules).filter(|rules| !rules.is_empty()),
            Err(error) if is_absent(&error) => None,
            Err(error) => {
                unread.push((path, format!("is not heeded, since it cannot be read: {error}")));
                None
            }
        }
    }
}

fn is_absent(error: &io::Error) -> bool {
    // `.git` may be a file.
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

#[cfg(windows)]
fn is_hidden(entry: &DirEntry) -> bool {
    use std::os::windows::fs::MetadataExt;
    const HIDDEN: u32 = 0x2;
    entry.metadata().is_ok_and(|metadata| metadata.file_attributes() & HIDDEN != 0)
        || has_hidden_name(entry)
}

#[cfg(not(windows))]
fn is_hidden(entry: &DirEntry) -> bool {
    has_hidden_name(entry)
}

fn has_hidden_name(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}
