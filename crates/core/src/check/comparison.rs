//! [`Comparison`]: a claim beside the sentences of some evidence, without a search.

use super::feature::{Feature, Features, measure};
use super::judge::{Claim, Ruling, judge};
use super::reason::Stance;
use super::statement::Statement;
use super::unit::Units;
use super::view::View;

/// A claim beside some evidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// The figures beside the sentence that has most of the claim.
    pub features: Features,
    /// The stance that `check` shows for the evidence, if it shows one.
    pub shown: Option<Shown>,
}

/// A stance that is shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The side.
    pub stance: Stance,
    /// The probability that readers take the same side, from 0 to 1.
    pub confidence: f64,
}

impl Comparison {
    /// Compares a claim with sentences, and what `context` says (a title, headings). Returns `None`
    /// where they have nothing of the claim.
    pub fn new(
        claim: &Statement,
        sentences: &[Statement],
        context: &[Statement],
    ) -> Option<Comparison> {
        let claim = Claim::new(claim);
        let (mut features, mut judged) = (Vec::new(), Vec::new());
        for at in 0..sentences.len() {
            let view = View::new(sentences, context, at);
            let source = Units::new(view.own);
            let judgement = judge(&claim, &source, &view);
            features.push(measure(&claim.units, &source, &view, judgement.ruling));
            judged.push(judgement);
        }
        let most = |best: Features, it: Features| {
            if it[Feature::Own] > best[Feature::Own] { it } else { best }
        };
        let features = features.into_iter().reduce(most).filter(|it| *it != Features::default())?;
        let judged = judged.into_iter().max_by(|a, b| a.rank().total_cmp(&b.rank()));
        let shown = judged.and_then(|it| match it.ruling {
            Ruling::Decided(stance) => Some(Shown { stance, confidence: it.confidence() }),
            _ => None,
        });
        Some(Comparison { features, shown })
    }
}
