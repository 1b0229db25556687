//! [`Passages`]: reads passages against the terms of a query, on several threads.

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::thread::available_parallelism;

use rustc_hash::FxHashMap;

use super::reading::{PassageReading, TermReader};
use super::terms::Terms;
use crate::Result;
use crate::index::{self, PassageKey, Reader};
use crate::source::{Passage, SourceId};
use crate::text::analyzer::Analyzers;
use crate::threads;

/// The minimum number of candidates for a thread: fewer take less time than starting it.
const CANDIDATES_PER_THREAD: usize = 32;

/// A candidate of the first stage, to be read.
#[derive(Clone, Copy)]
pub(super) struct Unread {
    pub(super) key: PassageKey,
    /// Its score by its stems.
    pub(super) score: f64,
    pub(super) neighbours: f64,
}

/// A candidate of the first stage, read.
pub(super) struct Read {
    pub(super) passage: Passage,
    pub(super) reading: PassageReading,
    /// The [`Terms::words`] that its title has.
    pub(super) title: BTreeSet<usize>,
    pub(super) neighbours: f64,
}

/// The passages of one snapshot.
pub(super) struct Passages {
    reader: Reader,
    /// Per-thread analyzers, pooled across queries to keep their stem caches warm.
    analyzers: Mutex<Vec<Analyzers>>,
    threads: usize,
}

impl Passages {
    pub(super) fn new(reader: Reader) -> Self {
        let threads = available_parallelism().map_or(1, Into::into);
        Self { reader, analyzers: Mutex::default(), threads }
    }

    /// Reads candidates, on several threads where there are enough of them.
    pub(super) fn read(&self, mut found: Vec<Unread>, terms: &Terms) -> Result<Vec<Read>> {
        // Sorted by key, so that each block of the store is unpacked once.
        found.sort_unstable_by_key(|unread| unread.key);
        let threads = (found.len() / CANDIDATES_PER_THREAD).clamp(1, self.threads);
        let parts = found.chunks(found.len().div_ceil(threads).max(1));
        let read = threads::each(parts, |part| self.read_part(part, terms))?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Reads candidates on this thread.
    fn read_part(&self, found: &[Unread], terms: &Terms) -> Result<Vec<Read>> {
        let keys: Vec<PassageKey> = found.iter().map(|unread| unread.key).collect();
        let passages = self.reader.read(&keys)?;
        let mut analyzers = self.take_analyzers();
        let mut reader = TermReader::new(terms, &mut analyzers);
        let mut titles: FxHashMap<SourceId, BTreeSet<usize>> = FxHashMap::default();
        let mut all = Vec::with_capacity(found.len());
        for (unread, index::Headed { passage, head }) in found.iter().zip(passages) {
            let reading = reader.read(&passage);
            if !titles.contains_key(&passage.source) {
                let title = reader.read_title(&head.title, head.language.as_deref());
                titles.insert(passage.source.clone(), title);
            }
            let title = titles[&passage.source].clone();
            all.push(Read { passage, reading, title, neighbours: unread.neighbours });
        }
        drop(reader);
        self.analyzers.lock().unwrap_or_else(PoisonError::into_inner).push(analyzers);
        Ok(all)
    }

    fn take_analyzers(&self) -> Analyzers {
        self.analyzers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }
}
