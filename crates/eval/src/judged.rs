//! [`StanceReport`]: what a model makes of judged pairs, and the figures that come of it.

use std::collections::BTreeMap;

use super::CheckReport;
use pincite_core::check::{Class, Comparison, FEATURES, Model, Probabilities, Stance};

/// A pair as a model judges it.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// What people judged.
    pub class: Class,
    /// What the model makes of it.
    pub probabilities: Probabilities,
    /// On which side the program would show it, if on any, and how sure it is.
    pub shown: Option<(Stance, f64)>,
}

impl Judged {
    /// Judges a comparison; without one, the model sees no evidence.
    pub(super) fn new(comparison: Option<&Comparison>, class: Class, model: &Model) -> Judged {
        let probabilities =
            model.judge(&comparison.map_or([0.0; FEATURES.len()], |it| it.features));
        let shown = comparison.and_then(|it| it.shown).map(|it| (it.stance, it.confidence));
        Judged { class, probabilities, shown }
    }

    /// The most probable of these classes.
    fn forced(&self, classes: &[Class]) -> Class {
        let of = |class: &Class| self.probabilities.of(*class);
        classes.iter().copied().max_by(|a, b| of(a).total_cmp(&of(b))).unwrap_or(Class::Neither)
    }
}

/// Pairs that do not belong together, and what the program says of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatched {
    /// Which evidence each claim was given.
    pub kind: &'static str,
    /// The share of them called supported.
    pub supported: f64,
    /// The share of them called contradicted.
    pub contradicted: f64,
}

impl Mismatched {
    pub(super) fn new(kind: &'static str, judged: &[Judged]) -> Mismatched {
        let share = |side| {
            judged.iter().filter(|it| it.shown.is_some_and(|(stance, _)| stance == side)).count()
                as f64
                / judged.len().max(1) as f64
        };
        Mismatched {
            kind,
            supported: share(Stance::Supports),
            contradicted: share(Stance::Contradicts),
        }
    }
}

/// What a model makes of a file.
#[derive(Debug, Clone)]
pub struct StanceReport {
    /// The file.
    pub file: String,
    /// Its pairs.
    pub pairs: Vec<Judged>,
    /// Pairs that do not belong together.
    pub mismatched: Vec<Mismatched>,
    /// Its pairs as the model judges them that is shown no evidence: what claims alone would give away.
    pub control: Vec<Judged>,
    /// What is said of its claims through an index, where that was asked for.
    pub checked: Option<CheckReport>,
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// Of those called so, how many are.
    pub precision: f64,
    /// Of those that are, how many are called so.
    pub recall: f64,
    /// The harmonic mean of both.
    pub f1: f64,
}

/// How a forced choice among the labels of a file goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The share of right choices.
    pub accuracy: f64,
    /// The mean F1 of the labels.
    pub macro_f1: f64,
    /// Each label's figures.
    pub labels: BTreeMap<&'static str, Scores>,
    /// How often each label was called what: first what people judged, then what the model chose.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
}

/// What the program shows at a threshold of confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownAt {
    /// The side.
    pub stance: Stance,
    /// The least confidence.
    pub confidence: f64,
    /// The share of all pairs that it is shown for.
    pub coverage: f64,
    /// The share of these that people judged so; 1 where there are none.
    pub precision: f64,
    /// The share of what people judged so that is shown.
    pub recall: f64,
}

/// How often the program is right where it is so sure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The side.
    pub stance: Stance,
    /// The least confidence; the most is a tenth above it.
    pub from: f64,
    /// How many pairs it is shown for.
    pub pairs: usize,
    /// How sure it is on the average.
    pub confidence: f64,
    /// The share of these pairs that people judged so.
    pub right: f64,
}

/// The name of a class, as label files write it.
pub fn label(class: Class) -> &'static str {
    match class {
        Class::Supports => "SUPPORTS",
        Class::Contradicts => "REFUTES",
        Class::Neither => "NOT_ENOUGH_INFO",
    }
}

impl StanceReport {
    /// The forced choice among the labels that the file has.
    pub fn choice(&self) -> Choice {
        choice(&self.pairs)
    }

    /// The same for the model that is shown no evidence.
    pub fn control_choice(&self) -> Choice {
        choice(&self.control)
    }

    /// How sure the program is beside how often it is right, a row for each side and tenth of confidence that occurs.
    pub fn reliability(&self) -> Vec<Reliability> {
        let row = |stance: Stance, tenth: usize| {
            let sure = self
                .pairs
                .iter()
                .filter_map(|it| Some((it.shown?, it.class == Class::from(stance))));
            let sure: Vec<(f64, bool)> = sure
                .filter(|((side, sure), _)| {
                    *side == stance && ((sure * 10.0) as usize).min(9) == tenth
                })
                .map(|((_, sure), is_right)| (sure, is_right))
                .collect();
            let mean = |sum: f64| sum / sure.len() as f64;
            (!sure.is_empty()).then(|| Reliability {
                stance,
                from: tenth as f64 / 10.0,
                pairs: sure.len(),
                confidence: mean(sure.iter().map(|(sure, _)| sure).sum()),
                right: mean(sure.iter().filter(|(_, is_right)| *is_right).count() as f64),
            })
        };
        let sides = [Stance::Supports, Stance::Contradicts];
        sides
            .into_iter()
            .flat_map(|stance| (0..10).filter_map(move |tenth| row(stance, tenth)))
            .collect()
    }

    /// By how much confidence and the share of what is right differ, a tenth of confidence at a time, weighted by how
    /// often it occurs (expected calibration error).
    pub fn calibration_error(&self) -> f64 {
        let rows = self.reliability();
        let all: usize = rows.iter().map(|row| row.pairs).sum();
        let error = |row: &Reliability| row.pairs as f64 * (row.confidence - row.right).abs();
        rows.iter().map(error).sum::<f64>() / all.max(1) as f64
    }

    /// What the program shows, for both sides and rising thresholds.
    pub fn shown(&self) -> Vec<ShownAt> {
        let sides =
            [(Stance::Supports, Class::Supports), (Stance::Contradicts, Class::Contradicts)];
        let at = |(side, class): (Stance, Class), confidence: f64| {
            let is_shown = |it: &&Judged| {
                it.shown.is_some_and(|(stance, sure)| stance == side && sure >= confidence)
            };
            let shown: Vec<&Judged> = self.pairs.iter().filter(is_shown).collect();
            let right = shown.iter().filter(|it| it.class == class).count() as f64;
            let all = self.pairs.iter().filter(|it| it.class == class).count();
            ShownAt {
                stance: side,
                confidence,
                coverage: shown.len() as f64 / self.pairs.len().max(1) as f64,
                precision: if shown.is_empty() { 1.0 } else { right / shown.len() as f64 },
                recall: right / all.max(1) as f64,
            }
        };
        sides
            .into_iter()
            .flat_map(|side| [0.0, 0.8, 0.9, 0.95].map(|confidence| at(side, confidence)))
            .collect()
    }
}

fn choice(pairs: &[Judged]) -> Choice {
    let classes: Vec<Class> =
        Class::ALL.into_iter().filter(|class| pairs.iter().any(|it| it.class == *class)).collect();
    let mut confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>> = BTreeMap::new();
    for pair in pairs {
        *confusion
            .entry(label(pair.class))
            .or_default()
            .entry(label(pair.forced(&classes)))
            .or_default() += 1;
    }
    let count = |is: &str, called: &str| {
        confusion.get(is).and_then(|row| row.get(called)).copied().unwrap_or(0) as f64
    };
    let names: Vec<&'static str> = classes.iter().map(|class| label(*class)).collect();
    let scores = |name: &'static str| {
        let right = count(name, name);
        let called: f64 = names.iter().map(|is| count(is, name)).sum();
        let all: f64 = names.iter().map(|called| count(name, called)).sum();
        let share = |of: f64| if of > 0.0 { right / of } else { 0.0 };
        Scores {
            precision: share(called),
            recall: share(all),
            f1: if called + all > 0.0 { 2.0 * right / (called + all) } else { 0.0 },
        }
    };
    let labels: BTreeMap<_, _> = names.iter().map(|name| (*name, scores(name))).collect();
    let right: f64 = names.iter().map(|name| count(name, name)).sum();
    Choice {
        accuracy: right / pairs.len().max(1) as f64,
        macro_f1: labels.values().map(|it| it.f1).sum::<f64>() / labels.len().max(1) as f64,
        labels,
        confusion,
    }
}
