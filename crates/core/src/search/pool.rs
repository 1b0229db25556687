//! Completes the features of candidates from one another, and scores them.
//!
//! Only the pool, the first candidates of stage one, contributes to the features of others, so that
//! asking for more results does not change the order of the first ones.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::features::{Feature, Weights};
use super::rerank::Reranker;
use super::similarity::{Similarity, Stems};
use crate::source::SourceId;

/// Completes the features of `candidates`, in the order of stage one, the first `pool` of which are
/// the pool.
pub(super) fn complete(candidates: &mut [Candidate], pool: usize, reranker: &Reranker<'_>) {
    add_neighbours(candidates, pool);
    add_context(candidates, pool, reranker);
    let weights = Weights::shipped();
    candidates
        .iter_mut()
        .for_each(|candidate| candidate.score = weights.score(&candidate.scored.features));
}

/// Sets what the candidates most like each have. It counts where stage one had a choice: in full
/// where it filled the pool, not at all up to half of that, because then candidates are whatever
/// has one of the query's words.
fn add_neighbours(candidates: &mut [Candidate], pool: usize) {
    let chosen = (2.0 * candidates.len() as f64 / pool as f64 - 1.0).clamp(0.0, 1.0);
    if chosen == 0.0 {
        return;
    }
    let stems: Vec<&Stems> = candidates.iter().map(|candidate| &*candidate.reading.stems).collect();
    let bm25: Vec<f64> =
        candidates.iter().map(|candidate| candidate.scored.features[Feature::Bm25]).collect();
    let neighbours = Similarity::new(&stems, pool).of_neighbours(&bm25);
    for (candidate, neighbours) in candidates.iter_mut().zip(neighbours) {
        candidate.scored.features[Feature::Neighbours] = chosen * neighbours;
    }
}

/// Sets the words that only the paragraphs before and after each candidate have.
fn add_context(candidates: &mut [Candidate], pool: usize, reranker: &Reranker<'_>) {
    let pool = &candidates[..pool.min(candidates.len())];
    let places: BTreeMap<(&SourceId, u32), &Candidate> = pool
        .iter()
        .map(|candidate| ((&candidate.passage.source, candidate.passage.paragraph), candidate))
        .collect();
    let context = |candidate: &Candidate| {
        let source = &candidate.passage.source;
        let paragraph = candidate.passage.paragraph;
        let around = [paragraph.checked_sub(1), paragraph.checked_add(1)].into_iter().flatten();
        let around: Vec<&Candidate> =
            around.filter_map(|paragraph| places.get(&(source, paragraph)).copied()).collect();
        let has = |candidate: &Candidate, word: usize| candidate.scored.counts[word] > 0.0;
        let is_near = |word| !has(candidate, word) && around.iter().any(|other| has(other, word));
        reranker.share(|word| if is_near(word) { 1.0 } else { 0.0 })
    };
    let contexts: Vec<f64> = candidates.iter().map(context).collect();
    for (candidate, context) in candidates.iter_mut().zip(contexts) {
        candidate.scored.features[Feature::Context] = context;
    }
}
