//! [`Guarded`]: a snapshot whose damage is an error, whatever it does to Tantivy.
//!
//! Tantivy believes what its files say. On a file in which a bit has changed it may panic; then, as
//! after an error, the checksums of all files tell which of them is damaged, so that the error can
//! name it.

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use super::snapshot::Snapshot;
use super::{checksums, failure};
use crate::index::backend::{
    Backend, Collection, Headed, Library, PassageKey, Retrieved, Stems, TermCount,
};
use crate::index::entry::{Entry, Stats};
use crate::index::plan::{Lookup, Plan, TermField};
use crate::index::record::Record;
use crate::panics::without_panic;
use crate::source::{Passage, Source, SourceId};
use crate::{Error, Result};

/// A snapshot whose damage is an error that names the damaged file.
pub(in crate::index) struct Guarded {
    snapshot: Snapshot,
    index: tantivy::Index,
    /// The damaged files, once something turned out to be.
    damaged: OnceLock<Vec<PathBuf>>,
    /// Those of them that tell what there is, once that was asked.
    incomplete: OnceLock<Vec<PathBuf>>,
}

impl Guarded {
    pub(super) fn new(snapshot: Snapshot, index: tantivy::Index) -> Self {
        Self { snapshot, index, damaged: OnceLock::new(), incomplete: OnceLock::new() }
    }

    /// Returns the records of all sources, in no particular order.
    pub(in crate::index) fn records(&self) -> Result<Vec<Record>> {
        self.complete()?;
        self.guard(Snapshot::records)
    }

    /// The snapshot itself.
    #[cfg(test)]
    pub(super) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Fails where a file is damaged that tells what there is: a list or a count would be short of
    /// something, and nothing would show it.
    fn complete(&self) -> Result<()> {
        let damaged = self
            .incomplete
            .get_or_init(|| checksums::damaged_terms(self.snapshot.dir(), &self.index));
        if damaged.is_empty() {
            return Ok(());
        }
        Err(failure::damaged(self.snapshot.dir(), checksums::say(damaged)))
    }

    fn guard<T>(&self, read: impl FnOnce(&Snapshot) -> Result<T>) -> Result<T> {
        let dir = self.snapshot.dir();
        naming_damage(
            dir,
            || self.damaged.get_or_init(|| checksums::damaged(dir, &self.index)).clone(),
            || read(&self.snapshot),
        )
    }
}

impl Library for Guarded {
    fn sources(&self) -> Result<Vec<Entry>> {
        self.complete()?;
        self.guard(Library::sources)
    }

    fn each_source(&self, each: &mut dyn FnMut(Entry)) -> Result<()> {
        self.complete()?;
        self.guard(|snapshot| snapshot.each_source(each))
    }

    fn ids(&self) -> Result<Vec<SourceId>> {
        self.guard(Library::ids)
    }

    fn source(&self, id: &SourceId) -> Result<Option<Entry>> {
        let source = self.guard(|snapshot| snapshot.source(id))?;
        if source.is_none() {
            self.complete()?;
        }
        Ok(source)
    }

    fn source_of(&self, passage: &Passage) -> Result<Source> {
        self.guard(|snapshot| snapshot.source_of(passage))
    }

    fn passage(&self, source: &SourceId, paragraph: u32) -> Result<Option<Passage>> {
        self.guard(|snapshot| snapshot.passage(source, paragraph))
    }

    fn passages(&self, source: &SourceId) -> Result<Vec<Passage>> {
        self.guard(|snapshot| snapshot.passages(source))
    }

    fn stats(&self) -> Result<Stats> {
        self.complete()?;
        self.guard(Library::stats)
    }
}

impl Backend for Guarded {
    fn collection(&self) -> Result<Collection> {
        self.guard(Backend::collection)
    }

    fn document_frequencies(&self, field: TermField, terms: &[&str]) -> Result<Vec<u64>> {
        self.guard(|snapshot| snapshot.document_frequencies(field, terms))
    }

    fn words_near(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        self.guard(|snapshot| snapshot.words_near(word, distance))
    }

    fn words_alike(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        self.guard(|snapshot| snapshot.words_alike(word, distance))
    }

    fn names_of_acronym(&self, letters: &str) -> Result<Vec<TermCount>> {
        self.guard(|snapshot| snapshot.names_of_acronym(letters))
    }

    fn retrieve(&self, plan: &Plan, limit: usize) -> Result<Retrieved> {
        self.guard(|snapshot| snapshot.retrieve(plan, limit))
    }

    fn count(&self, lookup: &Lookup) -> Result<u64> {
        self.guard(|snapshot| snapshot.count(lookup))
    }

    fn stems(&self, keys: &[PassageKey]) -> Result<Vec<Stems>> {
        self.guard(|snapshot| snapshot.stems(keys))
    }

    fn read(&self, keys: &[PassageKey]) -> Result<Vec<Headed>> {
        self.guard(|snapshot| snapshot.read(keys))
    }
}

/// Calls `read`, which reads the index in `dir`. Returns a panic as an error, and has an error of
/// damage name the files that are `damaged`.
pub(super) fn naming_damage<T>(
    dir: &Path,
    damaged: impl FnOnce() -> Vec<PathBuf>,
    read: impl FnOnce() -> Result<T>,
) -> Result<T> {
    let result = match without_panic(read) {
        Ok(result) => result,
        Err(message) => Err(failure::panicked(dir, &message)),
    };
    let Err(Error::IndexDamaged { path, detail }) = result else { return result };
    let damaged = without_panic(damaged).unwrap_or_default();
    let detail = if damaged.is_empty() { detail } else { checksums::say(&damaged) };
    Err(Error::IndexDamaged { path, detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_damage() {
        let error = naming_damage::<()>(Path::new("index"), Vec::new, || panic!("at the disco"));
        assert_eq!(
            error.unwrap_err().to_string(),
            "the index in index is damaged: reading it failed: at the disco"
        );
    }
}
