//! [`Changes`]: the work of an update, as far as it can be told without reading articles.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::record::Record;
use crate::Result;
use crate::corpus::{
    CorpusFile, Declarations, Declared, Library, NotRead, Remark, Scope, Walk, relative,
};
use crate::extract::{Extractor, Fields, extractor_for};

/// The work of an update.
#[derive(Default)]
pub(super) struct Changes {
    /// Files to read, in the order of their paths.
    pub(super) tasks: Vec<Task>,
    /// Files that stay as they are, with the records of their sources.
    pub(super) unchanged: Vec<(PathBuf, Vec<Record>)>,
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
    /// The libraries that declare metadata of files.
    pub(super) shelf: Shelf,
}

/// The libraries of an update.
#[derive(Default)]
pub(super) struct Shelf {
    /// Their files.
    pub(super) paths: Vec<PathBuf>,
    /// Their content, if there are any.
    pub(super) library: Option<Library>,
    /// The reason why they could not be read, if they could not: what is declared is unknown.
    pub(super) fault: Option<Remark>,
}

impl Shelf {
    /// Reads libraries that were named.
    pub(super) fn read(paths: &[PathBuf]) -> Result<Self> {
        let whole = |path: &PathBuf| path.canonicalize().unwrap_or_else(|_| path.clone());
        let library = (!paths.is_empty()).then(|| Library::read(paths)).transpose()?;
        Ok(Self { paths: paths.iter().map(whole).collect(), library, fault: None })
    }

    /// Reads the libraries that were named for these sources before.
    pub(super) fn remembered(known: &[Record]) -> Self {
        let paths = known.iter().map(|record| &record.libraries).find(|paths| !paths.is_empty());
        let Some(paths) = paths else { return Self::default() };
        Self::read(paths).unwrap_or_else(|error| {
            let message = format!("{error}; what it declared stays as it was");
            let file = paths[0].display().to_string();
            Self { paths: paths.clone(), library: None, fault: Some(Remark { file, message }) }
        })
    }
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
    /// The fields of its records that were named.
    pub(super) fields: Fields,
    /// The records of its sources in the index, in the order of the file.
    pub(super) known: Vec<Record>,
    /// True if it is to be read anew even if its content is as before.
    pub(super) anew: bool,
}

/// Returns an extractor with its version, as sources record it.
pub(super) fn reader_of(extractor: &dyn Extractor) -> String {
    format!("{}/{}", extractor.name(), extractor.version())
}

impl Changes {
    /// Compares what a walk over `scopes` found with what the index in the folder `dir` has. `fields`
    /// are those named for this update: of none, those of before no longer count. With `rebuild`, every file that was found is read anew.
    pub(super) fn new(
        dir: &Path,
        scopes: &[Scope],
        walk: Walk,
        known: Vec<Record>,
        fields: Option<&Fields>,
        shelf: Shelf,
        rebuild: bool,
    ) -> Self {
        let roots: BTreeSet<PathBuf> = known.iter().map(|record| record.root(dir)).collect();
        let mut known = by_file(dir, known);
        let mut declarations = Declarations::new(walk.follow_links);
        let files = scopes.iter().filter(|scope| !scope.is_folder);
        let named: HashSet<&Path> = files.map(|scope| scope.path.as_path()).collect();
        let mut changes = Changes { not_read: walk.not_read, ..Changes::default() };
        for found in walk.files {
            // A library is no source.
            if shelf.paths.contains(&found.path) {
                continue;
            }
            let records = known.remove(&found.path).unwrap_or_default();
            let root = records.first().map_or_else(|| root_of(&found, &roots), |it| it.root(dir));
            let mut declared = declarations.of(&found.path, &root);
            if let Some(library) = &shelf.library {
                declared.add_library(library, &found.path);
            }
            declared.is_unknown |= shelf.fault.is_some();
            changes.warnings.extend(declared.remark.clone());
            let named = named.contains(found.path.as_path());
            changes.sort(found, named, root, declared, records, fields, rebuild);
        }
        changes.warnings.extend(declarations.into_remarks());
        changes.warnings.extend(shelf.fault.clone());
        let scoped: HashSet<&Path> = scopes.iter().map(|scope| scope.path.as_path()).collect();
        let unreadable: HashSet<&Path> =
            walk.unreadable.iter().map(|(path, _)| path.as_path()).collect();
        for (path, records) in known {
            let lies_in =
                |places: &HashSet<&Path>| path.ancestors().any(|place| places.contains(place));
            if lies_in(&scoped) && !lies_in(&unreadable) {
                changes.removed.extend(records);
            } else {
                changes.keep(path, records);
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
        changes.shelf = shelf;
        changes
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one task")]
    fn sort(
        &mut self,
        found: CorpusFile,
        named: bool,
        root: PathBuf,
        declared: Declared,
        known: Vec<Record>,
        fields: Option<&Fields>,
        rebuild: bool,
    ) {
        // The walk gives only files that something reads.
        let Some(extractor) = extractor_for(&found.path) else { return };
        let first = known.first();
        let declares = Some(&declared.fields).filter(|fields| !fields.is_empty());
        let remembered = first.filter(|_| fields.is_none()).map(|known| &known.fields);
        let fields = fields.filter(|fields| !fields.is_empty()).or(declares).or(remembered);
        let fields = fields.filter(|_| extractor.has_fields()).cloned().unwrap_or_default();
        let anew = rebuild
            || first.is_some_and(|known| {
                known.is_linked != found.is_linked
                    || known.declared != declared.hash()
                    || known.extractor != reader_of(extractor)
                    || known.fields != fields
            });
        match first {
            // A file that cannot be read just now stays as it was, metadata as well as text.
            Some(_) if declared.is_unknown && !rebuild => self.keep(found.path, known),
            Some(first) if !anew && first.stamp.vouches_for(found.size, found.modified) => {
                self.keep(found.path, known);
            }
            _ => self.tasks.push(Task {
                file: relative(&found.path, &root),
                path: found.path,
                named,
                size: found.size,
                is_linked: found.is_linked,
                root,
                extractor,
                declared,
                fields,
                known,
                anew,
            }),
        }
    }

    fn keep(&mut self, path: PathBuf, records: Vec<Record>) {
        self.unchanged.push((path, records));
    }
}

/// Returns the records of each file, in the order of the file.
fn by_file(dir: &Path, known: Vec<Record>) -> HashMap<PathBuf, Vec<Record>> {
    let mut files: HashMap<PathBuf, Vec<Record>> = HashMap::new();
    for record in known {
        // Most files have one, and a list grows by more than that at once.
        files.entry(record.path(dir)).or_insert_with(|| Vec::with_capacity(1)).push(record);
    }
    for records in files.values_mut() {
        records.sort_by_key(|record| record.source.record.map_or(0, |record| record.number));
    }
    files
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
