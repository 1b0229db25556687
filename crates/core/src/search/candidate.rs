//! [`Candidate`]: a passage of the first stage, read for the second.

use std::cmp::Ordering;

use super::reading::PassageReading;
use super::rerank::Scored;
use crate::source::Passage;

/// A passage of the first stage, read and measured.
pub(super) struct Candidate {
    pub(super) passage: Passage,
    pub(super) reading: PassageReading,
    /// Its measures, completed from the other candidates in [`super::pool`].
    pub(super) scored: Scored,
    pub(super) score: f64,
}

/// The order of results: by score, ties broken by source id, then paragraph.
pub(super) fn by_score(a: &Candidate, b: &Candidate) -> Ordering {
    let by_place =
        || (&a.passage.source, a.passage.paragraph).cmp(&(&b.passage.source, b.passage.paragraph));
    b.score.total_cmp(&a.score).then_with(by_place)
}
