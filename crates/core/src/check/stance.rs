//! Whether evidence is shown for or against a claim, and how sure that is.

use super::compare::{Comparison, FEATURES};
use super::model::{Class, Model, Probabilities};
use super::reason::Stance;

/// A stance that can be shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shown {
    /// The side.
    pub stance: Stance,
    /// How probable it is that readers take the same side.
    pub confidence: f64,
}

/// Which side a comparison puts a source on, if that can be shown.
///
/// Whatever the model says: a source contradicts only where a slot differs, and supports only where none does, where it has
/// every date and amount of the claim, says so without a *may* or *would*, and where the claim's names stand on the same sides of what is said of them.
pub fn shown(comparison: &Comparison, model: &Model) -> Option<Shown> {
    let judged = model.judge(&comparison.features);
    let stance = stance(&comparison.features, judged)?;
    Some(Shown { stance, confidence: model.calibrated(stance, judged, &comparison.features) })
}

/// The same by what was measured and made of it.
pub(super) fn stance(features: &[f64; FEATURES.len()], judged: Probabilities) -> Option<Stance> {
    /// So probable a stance has to be. Support is the surer for having no words to show that differ.
    const SUPPORTS: f64 = 0.7;
    const CONTRADICTS: f64 = 0.5;
    /// So much of the claim has to be spoken of at all, and so much of it in the sentence itself.
    const SHARED: f64 = 0.5;
    const OWN: f64 = 0.2;
    /// The same for a contradiction: a long claim may be of several things, of which the sentence has another one.
    const OWN_AGAINST: f64 = 0.5;
    /// So much of the claim beside what the two differ in has to be in the sentence for them to speak of the same.
    const REST: f64 = 0.6;
    /// One word of weight may be missing of it: as `rest_gaps` counts.
    const REST_GAPS: f64 = 0.34;
    /// Differences that say by themselves what the two speak of.
    const OTHER_THAN_FACTS: [&str; 5] = ["agent_other", "kind", "contrary", "defined_other", "order"];
    let of = |name: &str| FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| features[i]);
    let has_none = |names: &[&str]| names.iter().all(|name| of(name) == 0.0);
    let is_said = of("predicate_gap") == 0.0 || of("amount_same") > 0.0;
    if of("cover") < SHARED || of("focus") < OWN || !is_of_it(features) || !has_none(&["modal", "other_speaker"]) {
        None
    } else if of("differs") > 0.0 {
        // Another date is one of the same event only where the sentence has what happened, and to the same thing.
        let is_same_event = is_said && of("other_object") == 0.0 || !has_none(&OTHER_THAN_FACTS);
        let has_rest = of("rest") >= REST && of("rest_gaps") <= REST_GAPS;
        let is_same = is_same_event && has_rest && of("subject_gap") == 0.0;
        (of("focus") >= OWN_AGAINST && is_same && judged.of(Class::Contradicts) >= CONTRADICTS)
            .then_some(Stance::Contradicts)
    } else {
        let has_facts = has_none(&["date_gap", "amount_gap", "polarity", "hedged", "exclusive", "other_object"]);
        (is_said && has_facts && judged.of(Class::Supports) >= SUPPORTS).then_some(Stance::Supports)
    }
}

/// Whether a sentence says something of what the claim speaks of, rather than has its words in other places.
pub(super) fn speaks_of_it(comparison: &Comparison) -> bool {
    is_of_it(&comparison.features)
}

fn is_of_it(features: &[f64; FEATURES.len()]) -> bool {
    /// So many of the claim's names, by weight, may stand elsewhere.
    const MISPLACED: f64 = 0.34;
    let of = |name: &str| FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| features[i]);
    of("unsaid") == 0.0 && (of("misplaced") <= MISPLACED || of("order") > 0.0)
}

impl From<Stance> for Class {
    fn from(stance: Stance) -> Self {
        match stance {
            Stance::Supports => Class::Supports,
            Stance::Contradicts => Class::Contradicts,
        }
    }
}
