//! [`StanceReport`]: how a model judges labelled pairs of claim and evidence.

use std::collections::BTreeMap;

use super::CheckReport;
use pincite_core::check::{Class, Comparison, Model, Probabilities, Stance};

/// A labelled pair with a model's judgement.
#[derive(Debug, Clone, Copy)]
pub struct Judged {
    /// The label.
    pub class: Class,
    /// The model's probability of each class.
    pub probabilities: Probabilities,
    /// The stance that the program would show, and its confidence; `None` if it shows nothing.
    pub shown: Option<(Stance, f64)>,
}

impl Judged {
    /// Judges a comparison; without one, all features are 0.
    pub(super) fn new(comparison: Option<&Comparison>, class: Class, model: &Model) -> Judged {
        let features = comparison.map(|it| it.features).unwrap_or_default();
        let probabilities = model.judge(&features);
        let shown = comparison.and_then(|it| it.shown).map(|it| (it.stance, it.confidence));
        Judged { class, probabilities, shown }
    }

    /// Returns the most probable of these classes.
    fn forced(&self, classes: &[Class]) -> Class {
        let of = |class: &Class| self.probabilities.of(*class);
        classes.iter().copied().max_by(|a, b| of(a).total_cmp(&of(b))).unwrap_or(Class::Neither)
    }
}

/// Verdicts on claims with evidence for something else.
#[derive(Debug, Clone, PartialEq)]
pub struct Mismatched {
    /// The way in which the evidence was chosen.
    pub kind: &'static str,
    /// The share called supported.
    pub supported: f64,
    /// The share called contradicted.
    pub contradicted: f64,
}

impl Mismatched {
    pub(super) fn new(kind: &'static str, judged: &[Judged]) -> Mismatched {
        let share = |side| {
            let shown = judged.iter().filter(|it| it.shown.is_some_and(|(it, _)| it == side));
            shown.count() as f64 / judged.len().max(1) as f64
        };
        Mismatched {
            kind,
            supported: share(Stance::Supports),
            contradicted: share(Stance::Contradicts),
        }
    }
}

/// A model's judgements of the pairs of a file.
#[derive(Debug, Clone)]
pub struct StanceReport {
    /// The file.
    pub file: String,
    /// The pairs.
    pub pairs: Vec<Judged>,
    /// Mismatched pairs, by kind.
    pub mismatched: Vec<Mismatched>,
    /// The pairs judged without evidence: a control for what the claims alone give away.
    pub control: Vec<Judged>,
    /// The verdicts on the claims through an index, if they were checked end to end.
    pub checked: Option<CheckReport>,
}

/// Precision, recall and their harmonic mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scores {
    /// The precision, from 0 to 1.
    pub precision: f64,
    /// The recall, from 0 to 1.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// The result of a forced choice among the labels of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// The share of right choices.
    pub accuracy: f64,
    /// The mean F1 of the labels.
    pub macro_f1: f64,
    /// The scores of each label.
    pub labels: BTreeMap<&'static str, Scores>,
    /// The confusion matrix: for each label, how often each label was chosen.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
}

/// A stance that the program shows, from a threshold of confidence up.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ShownAt {
    /// The stance.
    pub stance: Stance,
    /// The minimum confidence.
    pub confidence: f64,
    /// The share of all pairs that it is shown for.
    pub coverage: f64,
    /// The share of these whose label agrees; 1 if there are none.
    pub precision: f64,
    /// The share of pairs with that label that it is shown for.
    pub recall: f64,
}

/// The share of right verdicts within a tenth of confidence.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The stance.
    pub stance: Stance,
    /// The minimum confidence; the maximum is 0.1 above.
    pub from: f64,
    /// The number of pairs that it is shown for.
    pub pairs: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of these pairs whose label agrees.
    pub right: f64,
}

/// Returns the name of a class in label files.
pub fn label(class: Class) -> &'static str {
    match class {
        Class::Supports => "SUPPORTS",
        Class::Contradicts => "REFUTES",
        Class::Neither => "NOT_ENOUGH_INFO",
    }
}

impl StanceReport {
    /// Returns the forced choice among the labels of the file.
    pub fn choice(&self) -> Choice {
        choice(&self.pairs)
    }

    /// Returns the same without evidence.
    pub fn control_choice(&self) -> Choice {
        choice(&self.control)
    }

    /// Returns a row for each stance and tenth of confidence that occurs.
    pub fn reliability(&self) -> Vec<Reliability> {
        let mut rows = Vec::new();
        for stance in SHOWN {
            for tenth in 0..10 {
                rows.extend(self.reliability_in(stance, tenth));
            }
        }
        rows
    }

    /// Returns the reliability of a stance within a tenth of confidence; `None` if it is never
    /// shown.
    fn reliability_in(&self, stance: Stance, tenth: usize) -> Option<Reliability> {
        let (mut pairs, mut confidences, mut right) = (0, 0.0, 0.0);
        for pair in &self.pairs {
            let Some((shown, confidence)) = pair.shown else { continue };
            if shown == stance && ((confidence * 10.0) as usize).min(9) == tenth {
                pairs += 1;
                confidences += confidence;
                right += f64::from(u8::from(pair.class == Class::from(stance)));
            }
        }
        if pairs == 0 {
            return None;
        }
        Some(Reliability {
            stance,
            from: tenth as f64 / 10.0,
            pairs,
            confidence: confidences / pairs as f64,
            right: right / pairs as f64,
        })
    }

    /// Returns the expected calibration error: the mean difference between confidence and the share
    /// of right verdicts, over tenths of confidence, weighted by their frequency.
    pub fn calibration_error(&self) -> f64 {
        let rows = self.reliability();
        let all: usize = rows.iter().map(|row| row.pairs).sum();
        let error = |row: &Reliability| row.pairs as f64 * (row.confidence - row.right).abs();
        rows.iter().map(error).sum::<f64>() / all.max(1) as f64
    }

    /// Returns what the program shows for each stance, at rising thresholds of confidence.
    pub fn shown(&self) -> Vec<ShownAt> {
        let mut rows = Vec::new();
        for stance in SHOWN {
            for confidence in [0.0, 0.8, 0.9, 0.95] {
                rows.push(self.shown_at(stance, confidence));
            }
        }
        rows
    }

    fn shown_at(&self, stance: Stance, confidence: f64) -> ShownAt {
        let class = Class::from(stance);
        let is_shown =
            |it: &Judged| it.shown.is_some_and(|(it, sure)| it == stance && sure >= confidence);
        let shown: Vec<&Judged> = self.pairs.iter().filter(|it| is_shown(it)).collect();
        let right = shown.iter().filter(|it| it.class == class).count() as f64;
        let all = self.pairs.iter().filter(|it| it.class == class).count();
        ShownAt {
            stance,
            confidence,
            coverage: shown.len() as f64 / self.pairs.len().max(1) as f64,
            precision: if shown.is_empty() { 1.0 } else { right / shown.len() as f64 },
            recall: right / all.max(1) as f64,
        }
    }
}

/// The stances that verdicts rest on.
const SHOWN: [Stance; 2] = [Stance::Supports, Stance::Contradicts];

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
