//! [`Plan`]: what an update has to do, as far as that can be told without reading articles.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::record::Record;
use crate::corpus::{Declarations, Declared, CorpusFile, NotRead, Remark, Scope, Walk, relative};
use crate::extract::{Extractor, extractor_for};

/// What an update has to do.
#[derive(Default)]
pub(super) struct Plan {
    /// Files to read, in the order of their paths.
    pub(super) tasks: Vec<Task>,
    /// Sources that stay as they are, each with its file.
    pub(super) unchanged: Vec<(PathBuf, Record)>,
    /// Sources whose files are gone.
    pub(super) removed: Vec<Record>,
    /// What could not be looked at.
    pub(super) skipped: Vec<Remark>,
    /// How many files are among them that were named themselves.
    pub(super) refused: u64,
    /// The files in formats that are not read.
    pub(super) not_read: NotRead,
    /// What was odd about declared metadata.
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
    /// Whether it was named itself, not only a folder it lies in.
    pub(super) named: bool,
    /// Its size in bytes, as far as is known.
    pub(super) size: u64,
    /// What reads it.
    pub(super) extractor: &'static dyn Extractor,
    /// What is declared of it elsewhere.
    pub(super) declared: Declared,
    /// What the index has of it.
    pub(super) known: Option<Record>,
    /// Whether to take it anew even if its content is as before.
    pub(super) anew: bool,
}

/// Says how an extractor read a source.
pub(super) fn reader_of(extractor: &dyn Extractor) -> String {
    format!("{}/{}", extractor.name(), extractor.version())
}

impl Plan {
    /// Compares what a walk over `scopes` found with what the index in the folder `dir` has; with `rebuild`, every file
    /// that was found is taken anew.
    pub(super) fn new(dir: &Path, scopes: &[Scope], walk: Walk, known: Vec<Record>, rebuild: bool) -> Self {
        let roots: BTreeSet<PathBuf> = known.iter().map(|record| record.root(dir)).collect();
        let mut known: HashMap<_, _> = known.into_iter().map(|record| (record.path(dir), record)).collect();
        let mut declarations = Declarations::default();
        let files = scopes.iter().filter(|scope| !scope.is_folder);
        let named: HashSet<&Path> = files.map(|scope| scope.path.as_path()).collect();
        let mut plan = Plan { not_read: walk.not_read, ..Plan::default() };
        for found in walk.files {
            let record = known.remove(&found.path);
            let root = record.as_ref().map_or_else(|| root_of(&found, &roots), |record| record.root(dir));
            let declared = declarations.of(&found.path, &root);
            plan.warnings.extend(declared.remark.clone());
            let named = named.contains(found.path.as_path());
            plan.sort(found, named, root, declared, record, rebuild);
        }
        plan.warnings.extend(declarations.into_remarks());
        let scoped: HashSet<&Path> = scopes.iter().map(|scope| scope.path.as_path()).collect();
        let unreadable: HashSet<&Path> = walk.unreadable.iter().map(|(path, _)| path.as_path()).collect();
        for (path, record) in known {
            let lies_in = |places: &HashSet<&Path>| path.ancestors().any(|place| places.contains(place));
            if lies_in(&scoped) && !lies_in(&unreadable) {
                plan.removed.push(record);
            } else {
                plan.unchanged.push((path, record));
            }
        }
        plan.refused = unreadable.intersection(&named).count() as u64;
        plan.skipped = walk.unreadable.iter().map(|(path, reason)| remark(path, scopes, reason.clone())).collect();
        plan
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
            || known
                .as_ref()
                .is_some_and(|known| known.declared != declared.hash() || known.extractor != reader_of(extractor));
        match known {
            Some(known) if !anew && known.stamp.vouches_for(found.size, found.modified) => {
                self.unchanged.push((found.path, known));
            }
            known => self.tasks.push(Task {
                file: relative(&found.path, &root),
                path: found.path,
                named,
                size: found.size,
                root,
                extractor,
                declared,
                known,
                anew,
            }),
        }
    }
}

/// The folder a new file's name is relative to: the innermost one known that it lies in, so that sources indexed one by
/// one and all at once have the same names; or else the one it was found under.
fn root_of(found: &CorpusFile, roots: &BTreeSet<PathBuf>) -> PathBuf {
    let known = found.path.ancestors().skip(1).find(|folder| roots.contains(*folder));
    known.map_or_else(|| found.root.clone(), Path::to_owned)
}

fn remark(path: &Path, scopes: &[Scope], message: String) -> Remark {
    let scope = scopes.iter().find(|scope| path.starts_with(&scope.path));
    let file = scope.map(|scope| relative(path, &scope.root)).filter(|file| !file.is_empty());
    Remark { file: file.unwrap_or_else(|| path.display().to_string()), message }
}
