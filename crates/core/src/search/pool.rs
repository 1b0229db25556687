//! Completes the features of candidates from one another, and scores them.
//!
//! Only the first candidates of stage one, the pool, speak for others and set the scale, so that
//! asking for more results does not change the order of the first ones.

use std::collections::BTreeMap;

use super::candidate::Candidate;
use super::features::{Feature, Weights};
use super::rerank::{Reranker, sum};
use super::similarity::{Similarity, Stems};
use super::terms::Terms;
use crate::source::SourceId;
use crate::text::analyzer::hash;

/// Features in units of their own: they count by their share of the best in the pool.
const RELATIVE: [Feature; 4] = [Feature::Body, Feature::Grams, Feature::Window, Feature::Cosine];

/// Completes the features of `candidates`, in the order of stage one, the first `pool` of which are
/// the pool.
pub(super) fn complete(
    candidates: &mut [Candidate],
    pool: usize,
    terms: &Terms,
    reranker: &Reranker<'_>,
) {
    let pool = pool.min(candidates.len());
    let stems: Vec<&Stems> = candidates.iter().map(|candidate| &*candidate.reading.stems).collect();
    let similarity = Similarity::new(&stems, pool);
    let query: Vec<u64> = terms
        .words
        .iter()
        .filter(|word| word.fact.is_none())
        .flat_map(|word| word.stems())
        .map(hash)
        .collect();
    set(candidates, Feature::Cosine, &similarity.to_query(&query));
    for feature in RELATIVE {
        let best = candidates[..pool]
            .iter()
            .map(|candidate| candidate.scored.features[feature])
            .fold(0.0, f64::max);
        for candidate in candidates.iter_mut().filter(|_| best > 0.0) {
            let figure = &mut candidate.scored.features[feature];
            // Beyond the pool there may be more of it.
            *figure = (*figure / best).min(1.0);
        }
    }
    let body: Vec<f64> =
        candidates.iter().map(|candidate| candidate.scored.features[Feature::Body]).collect();
    let trust = trust(&candidates[..pool], reranker.statistics.passages);
    let neighbours: Vec<f64> =
        similarity.of_neighbours(&body).into_iter().map(|score| score * trust).collect();
    set(candidates, Feature::Neighbours, &neighbours);
    add_context(candidates, pool);
    let weights = Weights::shipped();
    candidates
        .iter_mut()
        .for_each(|candidate| candidate.score = weights.score(&candidate.scored.features));
}

/// The mean number of words that carry meaning from which similarity says what candidates are
/// about.
const TELLING: f64 = 60.0;

/// Returns how much to trust what candidates say for one another, from 0 to 1: little where one of
/// them has all that was asked for, which then was meant; little where they are as short as
/// sentences, which are similar by chance; and little where they are most of the `passages` of the
/// index, because then nothing has chosen them.
fn trust(pool: &[Candidate], passages: u64) -> f64 {
    let covered = pool.iter().map(|candidate| candidate.scored.coverage).fold(0.0, f64::max);
    let words = sum(pool.iter().map(|candidate| candidate.reading.length.into()))
        / pool.len().max(1) as f64;
    let chosen = 1.0 - pool.len() as f64 / passages.max(pool.len() as u64).max(1) as f64;
    (1.0 - covered) * (words / TELLING).min(1.0) * chosen
}

fn set(candidates: &mut [Candidate], feature: Feature, figures: &[f64]) {
    candidates
        .iter_mut()
        .zip(figures)
        .for_each(|(candidate, &figure)| candidate.scored.features[feature] = figure);
}

/// Sets the feature of the paragraphs before and after each candidate.
fn add_context(candidates: &mut [Candidate], pool: usize) {
    let place =
        |candidate: &Candidate| (candidate.passage.source.clone(), candidate.passage.paragraph);
    let body: BTreeMap<(SourceId, u32), f64> = candidates[..pool]
        .iter()
        .map(|candidate| (place(candidate), candidate.scored.features[Feature::Body]))
        .collect();
    for candidate in candidates {
        let (source, paragraph) = place(candidate);
        let around = [paragraph.checked_sub(1), paragraph.checked_add(1)].into_iter().flatten();
        let around = around.filter_map(|paragraph| body.get(&(source.clone(), paragraph)));
        candidate.scored.features[Feature::Context] = around.sum::<f64>() / 2.0;
    }
}
