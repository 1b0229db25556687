//! [`Second`]: the second stage, which reads the candidates of the first.
//!
//! Reading takes most of a query's time, and the stems of a passage, which the index has in a
//! column, tell nearly as much as its text does. So candidates are put in order by their stems, and
//! the first ones are read; the others where these are not enough for the results asked for.

use super::candidate::Candidate;
use super::features::{Feature, Weights};
use super::passages::{Passages, Read, Unread};
use super::pool::{self, CANDIDATES};
use super::rerank::Reranker;
use super::terms::Terms;
use crate::Result;
use crate::index::{PassageKey, Stems};

/// The number of candidates that are read first: enough for a page of results, with
/// near-duplicates.
const READ: usize = 32;

/// The second stage of one query.
pub(super) struct Second<'s> {
    passages: &'s Passages,
    terms: &'s Terms,
    reranker: Reranker<'s>,
    /// The candidates to be read, the most promising first.
    unread: Vec<Unread>,
    /// Those that have been read, in their order. Whatever is read later comes after them.
    pub(super) candidates: Vec<Candidate>,
}

impl<'s> Second<'s> {
    /// Puts candidates in the order in which they are to be read. `stems` are those of `keys`, the
    /// first [`CANDIDATES`] of which are the pool.
    pub(super) fn new(
        passages: &'s Passages,
        terms: &'s Terms,
        reranker: Reranker<'s>,
        keys: &[PassageKey],
        stems: &[Stems],
    ) -> Self {
        let features = pool::features(stems, CANDIDATES, &reranker);
        let weights = Weights::shipped();
        let unread = keys.iter().zip(features).map(|(&key, features)| Unread {
            key,
            score: weights.score(&features),
            neighbours: features[Feature::Neighbours],
        });
        let mut unread: Vec<Unread> = unread.collect();
        unread.sort_by(|a, b| b.score.total_cmp(&a.score));
        Self { passages, terms, reranker, unread, candidates: Vec::new() }
    }

    /// Returns whether all candidates have been read.
    pub(super) fn is_done(&self) -> bool {
        self.unread.is_empty()
    }

    /// Reads the most promising of the candidates, with all that promise as much as the last of
    /// them; all of them where their stems do not tell what they are worth.
    pub(super) fn read_first(&mut self) -> Result<()> {
        let mut end = self.unread.len();
        if end > READ && self.reranker.is_told_by_stems() {
            let least = self.unread[READ - 1].score;
            end = self.unread.partition_point(|unread| unread.score >= least);
        }
        self.read(end)
    }

    /// Reads all other candidates.
    pub(super) fn read_rest(&mut self) -> Result<()> {
        self.read(self.unread.len())
    }

    /// Reads the next `count` candidates.
    fn read(&mut self, count: usize) -> Result<()> {
        let next: Vec<Unread> = self.unread.drain(..count).collect();
        let mut read = self.passages.read(next, self.terms)?;
        // An index without capitals takes any polish for Poland's.
        read.retain(|read| self.terms.variants.is_empty() || !read.reading.occurrences.is_empty());
        let begin = self.candidates.len();
        for Read { passage, reading, title, neighbours } in read {
            let mut scored = self.reranker.score(&passage, &reading, &title);
            scored.features[Feature::Neighbours] = neighbours;
            self.candidates.push(Candidate { passage, reading, scored, score: 0.0 });
        }
        pool::complete(&mut self.candidates, begin, &self.reranker);
        Ok(())
    }
}
