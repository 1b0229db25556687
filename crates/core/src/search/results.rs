//! [`Results`] of a search.

use std::sync::Arc;

use super::candidate::Candidate;
use super::features::{Feature, Weights};
use super::terms::Terms;
use super::variant::{Variant, VariantKind};
use crate::query::Match;
use crate::source::{Passage, PassageId, Sentences, Source};

/// The results of a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// The number of passages that match; a few more where only reading them would tell that they
    /// do not.
    pub total: u64,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// The variants that the query was expanded with.
    pub variants: Vec<Expansion>,
}

/// A variant of words of the query.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// The words as typed.
    pub typed: String,
    /// The variant.
    pub written: String,
    /// The kind of variant.
    pub kind: VariantKind,
    /// Its weight in the score; that of the words as typed is 1.
    pub credit: f64,
}

impl From<Variant> for Expansion {
    fn from(Variant { typed, written, kind, credit, .. }: Variant) -> Self {
        Self { typed, written, kind, credit }
    }
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its rank in the results, from 1.
    pub rank: usize,
    /// Its score: comparable within one result list only.
    pub score: f64,
    /// The share of the query's words that the passage or its title has, weighted by idf, from 0 to
    /// 1.
    pub coverage: f64,
    /// The passage.
    pub passage: Passage,
    /// Its source.
    pub source: Arc<Source>,
    /// Its matches, in order and disjoint: in bytes of the source's canonical text.
    pub matches: Vec<Match>,
    /// The sentences to quote: the best one, or a run of several.
    pub best: Sentences,
    /// The parts of the score.
    pub details: ScoreDetails,
    /// Near-duplicates of the passage, which are not listed as hits.
    pub near_duplicates: Vec<PassageId>,
}

/// The named parts of a score, which add up to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScoreDetails {
    /// The parts, in the order of [`Feature::ALL`].
    pub parts: Vec<ScorePart>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorePart {
    /// `BM25`, `title`, `sentence`, …
    pub name: &'static str,
    /// Its share of the score.
    pub value: f64,
    /// An explanation of it.
    pub note: String,
}

impl ScoreDetails {
    pub(super) fn new(candidate: &Candidate, terms: &Terms) -> ScoreDetails {
        let weights = Weights::shipped();
        let features = &candidate.scored.features;
        let mut parts = Vec::with_capacity(Feature::ALL.len());
        for feature in Feature::ALL {
            let note = match feature {
                Feature::Bm25 => words(&candidate.scored.counts, terms),
                _ => format!("{:.0} %: {}", 100.0 * features[feature], feature.description()),
            };
            parts.push(ScorePart {
                name: feature.name(),
                value: weights.share(features, feature),
                note,
            });
        }
        ScoreDetails { parts }
    }
}

/// Lists the query words that a passage or its title has with their frequencies; variants count in
/// part.
fn words(counts: &[f64], terms: &Terms) -> String {
    let mut words = Vec::new();
    for (count, word) in counts.iter().zip(&terms.words) {
        if *count > 0.0 {
            words.push(format!("{} ×{}", word.typed, (10.0 * count).round() / 10.0));
        }
    }
    words.join(", ")
}
