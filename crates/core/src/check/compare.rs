//! [`Comparison`]: a claim beside a sentence of a source in its context, slot by slot.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::align::{Alignment, Answers, View};
use super::entailment::{self, Ruling};
use super::reason::{Reason, Stance};
use super::slots;
use super::statement::Statement;
use crate::text::analyzer::tokens;

/// What is measured of a claim beside a source. All figures lie between 0 and 1, and all are 0 where the source has
/// nothing of the claim: none says anything of a claim alone.
pub const FEATURES: [&str; 44] = [
    "cover",
    "focus",
    "full",
    "pairs",
    "runs",
    "gap",
    "gaps",
    "gap_first",
    "gap_last",
    "gap_name",
    "name_other",
    "kind",
    "akin",
    "date_same",
    "date_other",
    "date_gap",
    "amount_same",
    "amount_other",
    "amount_gap",
    "polarity",
    "contrary",
    "exclusive",
    "order",
    "modal",
    "attributed",
    "close_polarity",
    "cover_squared",
    "denied_other",
    "agent_same",
    "agent_other",
    "name_maybe",
    "misplaced",
    "denied_gap",
    "differs",
    "unsaid",
    "predicate_gap",
    "other_object",
    "defined_other",
    "hedged",
    "other_speaker",
    "fact_other",
    "rest",
    "rest_gaps",
    "subject_gap",
];

/// How rare words are: of two words that a source does not have, the rarer one is missed more.
#[derive(Debug, Clone, Default)]
pub struct Rarity {
    weights: FxHashMap<Arc<str>, f64>,
}

impl Rarity {
    /// The least that a word counts: in a corpus on one subject its name is in every passage, and says who is spoken of.
    const LEAST: f64 = 0.25;

    /// From words with their rarity, between 0 and 1. Other words count as rare.
    pub fn new<'w>(words: impl IntoIterator<Item = (&'w str, f64)>) -> Rarity {
        let stem =
            |word: &str| tokens(word, Some("en")).first().map(|token| Arc::clone(&token.word));
        let weights =
            words.into_iter().filter_map(|(word, rarity)| Some((stem(word)?, rarity))).collect();
        Rarity { weights }
    }

    /// The weight of a folded word by its rarity, between a floor and 1.
    pub fn of(&self, word: &str) -> f64 {
        Self::LEAST + (1.0 - Self::LEAST) * self.weights.get(word).copied().unwrap_or(1.0)
    }
}

/// The stance of the most decided of some sentences.
fn shown(claim: &Statement, sentences: &[Statement], context: &[Statement]) -> Option<Shown> {
    let read = |at| entailment::read(claim, &View::new(sentences, context, at));
    let reading = (0..sentences.len()).map(read).max_by(|a, b| a.rank().total_cmp(&b.rank()))?;
    let Ruling::Decided(stance) = reading.ruling else { return None };
    Some(Shown { stance, confidence: reading.confidence() })
}

/// A claim compared with one sentence of a source in its context.
#[derive(Debug, Clone)]
pub struct Comparison {
    /// The figures, as [`FEATURES`] names them.
    pub features: [f64; FEATURES.len()],
    /// Where the two agree and differ.
    pub reasons: Vec<Reason>,
    /// Which of the sentences it was compared with, counted from 0.
    pub sentence: usize,
    /// The stance that a check shows for these sentences, if it shows one.
    pub shown: Option<Shown>,
}

/// A stance that is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The side.
    pub stance: Stance,
    /// How probable it is that readers take the same side, from 0 to 1.
    pub confidence: f64,
}

impl Comparison {
    /// Compares a claim with the sentence of `sentences` that has most of it. The others, and what `context` says (a title,
    /// headings), supply what that sentence only refers to. `None` where none of them has anything of the claim.
    pub fn best(
        claim: &Statement,
        sentences: &[Statement],
        context: &[Statement],
        rarity: &Rarity,
    ) -> Option<Comparison> {
        let all = Comparison::all(claim, sentences, context, rarity);
        let best =
            all.max_by(|a, b| a.rank().total_cmp(&b.rank()).then(b.sentence.cmp(&a.sentence)))?;
        let shown = shown(claim, sentences, context);
        (best.features[0] > 0.0).then_some(Comparison { shown, ..best })
    }

    /// Compares a claim with each of the sentences that have anything of it.
    pub(super) fn all<'a>(
        claim: &'a Statement,
        sentences: &'a [Statement],
        context: &'a [Statement],
        rarity: &'a Rarity,
    ) -> impl Iterator<Item = Comparison> + 'a {
        let answers = Answers::new(claim, sentences, context);
        let any = (0..sentences.len()).filter(|&at| answers.any(at)).collect::<Vec<_>>();
        any.into_iter().map(move |at| {
            let view = View::new(sentences, context, at);
            let (features, reasons) =
                slots::measure(&Alignment::new(claim, &view, &answers, rarity));
            Comparison { features, reasons, sentence: at, shown: None }
        })
    }

    /// By what the best sentence is chosen: most of the claim's words, its own dates and amounts before others.
    fn rank(&self) -> f64 {
        let of = |name: &str| self.feature(name);
        of("focus")
            + 0.2 * (of("date_same") + of("amount_same"))
            + 0.1 * (of("date_other") + of("amount_other") + of("pairs"))
    }

    /// A figure by its name; 0 for one that there is not.
    pub fn feature(&self, name: &str) -> f64 {
        FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| self.features[i])
    }

    /// Where the two differ, not counting words that the source does not have.
    pub fn conflicts(&self) -> impl Iterator<Item = &Reason> {
        self.reasons.iter().filter(|reason| reason.is_conflict())
    }
}
