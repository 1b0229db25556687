//! [`Changes`]: the work of an update, as far as it can be told without reading articles.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::record::Record;
use crate::corpus::{CorpusFile, Declarations, Declared, NotRead, Remark, Scope, Walk, relative};
use crate::extract::{Extractor, extractor_for};

/// The work of an update.
#[derive(Default)]
pub(super) struct Changes {
    /// Files to read, in the order of their paths.
    pub(super) tasks: Vec<Task>,
    /// Sources that stay as they are, each with its file.
    pub(super) unchanged: Vec<(PathBuf, Record)>,
    /// Sources whose files are gone.
    pub(super) removed: Vec<Record>,
    /// Files and folders that could not be looked at.
    pub(super) skipped: Vec<Remark>,
    /// The number of these that the system refused to open.
    pub(super) unread: u64,
    /// The number of these files that were named themselves.
    pub(super) refused: u64,
    /// The files in formats that are not read.
    pub(super) not_read: NotRead,
    /// Oddities of declared metadata.
    pub(super) warnings: Vec<Remark>,
}

/// A file to read.
pub(super) struct Task {
    /// Its absolute path.
    pub(super) path: PathBuf,
    /// The folder that its name is relative to.
    pub(super) root: PathBuf,
    /// Its name.
    pub(super) file: String,
    /// True if it was named itself, not only a folder above it.
    pub(super) named: bool,
    /// Its size in bytes, as far as is known.
    pub(super) size: u64,
    /// The extractor that reads it.
    pub(super) extractor: &'static dyn Extractor,
    /// True if it was reached through a symbolic link below its folder.
    pub(super) is_linked: bool,
    /// The metadata that is declared of it elsewhere.
    pub(super) declared: Declared,
    /// Its record in the index.
    pub(super) known: Option<Record>,
    /// True if it is to be read anew even if its content is as before.
    pub(super) anew: bool,
}

/// Returns an extractor with its version, as sources record it.
pub(super) fn reader_of(extractor: &dyn Extractor) -> String {
    format!("{}/{}", extractor.name(), extractor.version())
}

impl Changes {
    /// Compares what a walk over `scopes` found with what the index in the folder `dir` has. With
    /// `rebuild`, every file that was found is read anew.
    pub(super) fn new(
        dir: &Path,
        scopes: &[Scope],
        walk: Walk,
        known: Vec<Record>,
        rebuild: bool,
    ) -> Self {
        let roots: BTreeSet<PathBuf> = known.iter().map(|record| record.root(dir)).collect();
        let mut known: HashMap<_, _> =
            known.into_iter().map(|record| (record.path(dir), record)).collect();
        let mut declarations = Declarations::new(walk.follow_links);
        let files = scopes.iter().filter(|scope| !scope.is_folder);
        let named: HashSet<&Path> = files.map(|scope| scope.path.as_path()).collect();
        let mut changes = Changes { not_read: walk.not_read, ..Changes::default() };
        for found in walk.files {
            let record = known.remove(&found.path);
            let root =
                record.as_ref().map_or_else(|| root_of(&found, &roots), |record| record.root(dir));
            let declared = declarations.of(&found.path, &root);
            changes.warnings.extend(declared.remark.clone());
            let named = named.contains(found.path.as_path());
            changes.sort(found, named, root, declared, record, rebuild);
        }
        changes.warnings.extend(declarations.into_remarks());
        let scoped: HashSet<&Path> = scopes.iter().map(|scope| scope.path.as_path()).collect();
        let unreadable: HashSet<&Path> =
            walk.unreadable.iter().map(|(path, _)| path.as_path()).collect();
        for (path, record) in known {
            let lies_in =
                |places: &HashSet<&Path>| path.ancestors().any(|place| places.contains(place));
            if lies_in(&scoped) && !lies_in(&unreadable) {
                changes.removed.push(record);
            } else {
                changes.unchanged.push((path, record));
            }
        }
        changes.unread = walk.refused.len() as u64;
        changes.warnings.extend(
            walk.warnings.iter().map(|(path, message)| remark(path, scopes, message.clone())),
        );
        changes.refused = unreadable.intersection(&named).count() as u64;
        changes.skipped = walk
            .unreadable
            .iter()
            .map(|(path, reason)| remark(path, scopes, reason.clone()))
            .collect();
        changes
    }

    fn sort(
        &mut self,
        found: CorpusFile,
        named: bool,
        root: PathBuf,
        declared: Declared,
        known: Option<Record>,
        rebuild: bool,
    ) {
        // The walk gives only files that something reads.
        let Some(extractor) = extractor_for(&found.path) else { return };
        let anew = rebuild
            || known.as_ref().is_some_and(|known| {
                known.is_linked != found.is_linked
                    || known.declared != declared.hash()
                    || known.extractor != reader_of(extractor)
            });
        match known {
            // What cannot be read just now stays as it was, metadata as well as text.
            Some(known) if declared.is_unknown && !rebuild => {
                self.unchanged.push((found.path, known));
            }
            Some(known) if !anew && known.stamp.vouches_for(found.size, found.modified) => {
                self.unchanged.push((found.path, known));
            }
            known => self.tasks.push(Task {
                file: relative(&found.path, &root),
                path: found.path,
                named,
                size: found.size,
                is_linked: found.is_linked,
                root,
                extractor,
                declared,
                known,
                anew,
            }),
        }
    }
}

/// Returns the folder that a new file's name is relative to: the innermost known one above it, so
/// that sources indexed one by one and all at once have the same names; or else the one it was
/// found under.
fn root_of(found: &CorpusFile, roots: &BTreeSet<PathBuf>) -> PathBuf {
    let known = found.path.ancestors().skip(1).find(|folder| roots.contains(*folder));
    known.map_or_else(|| found.root.clone(), Path::to_owned)
}

fn remark(path: &Path, scopes: &[Scope], message: String) -> Remark {
    let scope = scopes.iter().find(|scope| path.starts_with(&scope.path));
    let file = scope.map(|scope| relative(path, &scope.root)).filter(|file| !file.is_empty());
    Remark { file: file.unwrap_or_else(|| path.display().to_string()), message }
}
