//! The pool: what the candidates of stage one say for one another, told by their stems before any
//! of them is read.
//!
//! Only the pool, the first candidates of stage one, contributes to the features of others, so that
//! asking for more results does not change the order of the first ones.

use std::collections::BTreeMap;

use super::candidate::{Candidate, by_score};
use super::features::{Feature, Features, Weights};
use super::rerank::{Known, Reranker};
use super::similarity::Similarity;
use crate::index::Stems;
use crate::source::SourceId;

/// The minimum number of candidates of the second stage. A passage that answers a claim has most of
/// its rare words, so it ranks high in the first stage.
pub(super) const CANDIDATES: usize = 200;

/// Returns the features of candidates that can be told by their stems, in their order. The first
/// `pool` of them are the pool.
pub(super) fn features(
    candidates: &[Stems],
    pool: usize,
    reranker: &Reranker<'_>,
) -> Vec<Features> {
    let known = Known::new(reranker);
    let mut all: Vec<Features> = candidates.iter().map(|stems| known.features(stems)).collect();
    // Neighbours count where stage one had a choice: in full where it filled the pool, not at all
    // up to half of that, because then candidates are whatever has one of the query's words.
    let chosen = (2.0 * candidates.len() as f64 / pool as f64 - 1.0).clamp(0.0, 1.0);
    if chosen > 0.0 {
        let bm25: Vec<f64> = all.iter().map(|features| features[Feature::Bm25]).collect();
        let neighbours = Similarity::new(candidates, pool).of_neighbours(&bm25);
        for (features, neighbours) in all.iter_mut().zip(neighbours) {
            features[Feature::Neighbours] = chosen * neighbours;
        }
    }
    all
}

/// Completes the features of the candidates from `begin` on, which have been read, by those before
/// them and one another, and puts them in order.
pub(super) fn complete(candidates: &mut [Candidate], begin: usize, reranker: &Reranker<'_>) {
    let contexts = contexts(candidates, begin, reranker);
    let weights = Weights::shipped();
    for (candidate, context) in candidates[begin..].iter_mut().zip(contexts) {
        candidate.scored.features[Feature::Context] = context;
        candidate.score = weights.score(&candidate.scored.features);
    }
    candidates[begin..].sort_by(by_score);
}

/// Returns for each candidate from `begin` on the words that only the paragraphs before and after
/// it have.
fn contexts(candidates: &[Candidate], begin: usize, reranker: &Reranker<'_>) -> Vec<f64> {
    let places: BTreeMap<(&SourceId, u32), &Candidate> =
        candidates.iter().map(|candidate| (place(candidate), candidate)).collect();
    let context = |candidate: &Candidate| {
        let (source, paragraph) = place(candidate);
        let around = [paragraph.checked_sub(1), paragraph.checked_add(1)].into_iter().flatten();
        let around: Vec<&Candidate> =
            around.filter_map(|paragraph| places.get(&(source, paragraph)).copied()).collect();
        let has = |candidate: &Candidate, word: usize| candidate.scored.counts[word] > 0.0;
        let is_near = |word| !has(candidate, word) && around.iter().any(|other| has(other, word));
        reranker.share(|word| if is_near(word) { 1.0 } else { 0.0 })
    };
    candidates[begin..].iter().map(context).collect()
}

fn place(candidate: &Candidate) -> (&SourceId, u32) {
    (&candidate.passage.source, candidate.passage.paragraph)
}
