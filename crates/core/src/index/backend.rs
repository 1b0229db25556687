//! [`Backend`] and [`Library`]: what the engine asks of an index, with nothing in it of the library
//! that the index is made with.
//!
//! Candidates come from a backend. Everything after that (reading them again, ranking, matching,
//! citing, judging) is the same whatever the backend is, so that backends with the same passages
//! give the same answers. `tests/conformance` checks what is asked here.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, Stats};
use super::plan::{Lookup, Plan, TermField};
use crate::Result;
use crate::source::{Passage, Source, SourceId};

/// An inverted index of passages, as of one commit.
///
/// Methods fail where the index is damaged or cannot be reached.
pub trait Backend: Send + Sync {
    /// Returns statistics of all passages.
    fn collection(&self) -> Result<Collection>;

    /// Returns how many documents have each of `terms` in `field`, in their order. Where deleted
    /// documents are still counted, these must be few.
    fn document_frequencies(&self, field: TermField, terms: &[&str]) -> Result<Vec<u64>>;

    /// Returns the [words](TermField::Words) at most `distance` (0 to 2) insertions, deletions,
    /// replacements and swaps of neighbouring letters from `word`, and of those that begin with
    /// another letter one less, in the order of their bytes.
    fn words_near(&self, word: &str, distance: u8) -> Result<Vec<TermCount>>;

    /// Returns the [words](TermField::Words) at most `distance` from `word`, as above, that have the
    /// same [consonants](crate::text::sound::consonants), whatever they begin with. That takes a
    /// fraction of the time.
    fn words_alike(&self, word: &str, distance: u8) -> Result<Vec<TermCount>>;

    /// Returns the names that passages give to the acronym with these lower-case letters, each as
    /// its folded words with spaces between them, in the order of their bytes.
    fn names_of_acronym(&self, letters: &str) -> Result<Vec<TermCount>>;

    /// Returns the best `limit` candidates, best first, and how many passages match. Of several
    /// that tie with the last one, those that come first by source id, then paragraph, are among
    /// the best. The order of candidates with equal scores is unspecified.
    ///
    /// Scores are those of BM25 with *k1* = 1.2 and *b* = 0.75, rounded so that the order in which
    /// their parts are added up makes no difference. The idf of a term is
    /// ln(1 + (N - n + 0.5) / (n + 0.5)), where N counts [documents](Collection::documents), n is
    /// in [`Plan::stem_frequencies`] or else the document frequency, and the mean length of
    /// [`TermField::Stems`] is [`Collection::stems`] / N.
    fn retrieve(&self, plan: &Plan, limit: usize) -> Result<Retrieved>;

    /// Returns how many passages match.
    fn count(&self, lookup: &Lookup) -> Result<u64>;

    /// Returns the stems of candidates, in the order of `keys`. That takes a small part of the time
    /// that reading them does.
    fn stems(&self, keys: &[PassageKey]) -> Result<Vec<Stems>>;

    /// Reads candidates, in the order of `keys`. Reading is fastest where keys ascend.
    fn read(&self, keys: &[PassageKey]) -> Result<Vec<Headed>>;
}

/// The sources and passages of an index, as of one commit.
///
/// Methods fail where the index is damaged or cannot be reached.
pub trait Library: Send + Sync {
    /// Returns every source, without its asides, in the order of their ids.
    fn sources(&self) -> Result<Vec<Entry>>;

    /// Calls `each` with every source, without its asides, in no particular order: an index may have
    /// more of them than are to be held at a time.
    fn each_source(&self, each: &mut dyn FnMut(Entry)) -> Result<()> {
        self.sources()?.into_iter().for_each(each);
        Ok(())
    }

    /// Returns the ids of all sources, in their order: all that is needed to read one after another.
    fn ids(&self) -> Result<Vec<SourceId>>;

    /// Returns one source.
    fn source(&self, id: &SourceId) -> Result<Option<Entry>>;

    /// Returns the source of a passage of the index, without its asides.
    fn source_of(&self, passage: &Passage) -> Result<Source>;

    /// Returns one passage. Paragraphs count from 1.
    fn passage(&self, source: &SourceId, paragraph: u32) -> Result<Option<Passage>>;

    /// Returns all passages of a source, in their order; none where there is no such source.
    fn passages(&self, source: &SourceId) -> Result<Vec<Passage>>;

    /// Returns counts and sizes.
    fn stats(&self) -> Result<Stats>;
}

/// All that can be read from an index, as of one commit: whatever is written meanwhile, it does not
/// change.
pub trait Snapshot: Backend + Library {}

impl<T: Backend + Library> Snapshot for T {}

/// A snapshot that is shared.
pub type Reader = Arc<dyn Snapshot>;

/// Statistics of all passages of an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The number of passages.
    pub passages: u64,
    /// The number of passages and sources: the document count of BM25's idf.
    pub documents: u64,
    /// The number of [stems](TermField::Stems) of all passages. The length of a long passage may be
    /// rounded, but always the same way.
    pub stems: u64,
    /// The languages of passages as ISO 639-1 codes, each with the number of passages in it; `None`
    /// where it could not be told. Deleted passages may be counted, as in
    /// [`Backend::document_frequencies`].
    pub languages: BTreeMap<Option<String>, u64>,
}

/// A term of the index and how many passages have it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermCount {
    /// The term.
    pub term: String,
    /// The number of passages that have it. Deleted ones may be counted, as in
    /// [`Backend::document_frequencies`].
    pub passages: u64,
}

/// The result of [`Backend::retrieve`].
#[derive(Debug, Clone, PartialEq)]
pub struct Retrieved {
    /// The best candidates, best first.
    pub candidates: Vec<Candidate>,
    /// The number of passages that match.
    pub matching: u64,
}

/// A candidate of [`Backend::retrieve`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its score: comparable within one list only.
    pub score: f32,
    /// By what it is read.
    pub key: PassageKey,
}

/// The stems of a passage that carry meaning: the [codes](crate::text::analyzer::code) of them,
/// each as often as it occurs, ascending.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stems {
    /// Those of its text.
    pub text: Vec<u32>,
    /// Those of its source's title.
    pub title: Vec<u32>,
}

/// By what a backend knows a passage. It means nothing in another snapshot.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageKey(pub u64);

/// A passage with what ranking has to know of its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Headed {
    /// The passage.
    pub passage: Passage,
    /// The head of its source.
    pub head: Head,
}

/// The part of a source that each passage carries, so that ranking it needs no look at the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The title; empty where there is none.
    pub title: String,
    /// The language of the source, as an ISO 639-1 code.
    pub language: Option<String>,
}
