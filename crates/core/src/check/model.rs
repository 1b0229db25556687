//! [`Model`]: from what was measured to probabilities.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;

use super::compare::FEATURES;
use super::reason::Stance;

/// On which side of a claim a source stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// It says so.
    Supports,
    /// It says otherwise.
    Contradicts,
    /// It says nothing that would decide.
    Neither,
}

impl Class {
    /// All of them.
    pub const ALL: [Class; 3] = [Class::Supports, Class::Contradicts, Class::Neither];
}

/// How probable it is that a source stands on each side, in the order of [`Class::ALL`]; together 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probabilities(pub [f64; 3]);

impl Probabilities {
    /// How probable one side is.
    pub fn of(self, class: Class) -> f64 {
        self.0[class as usize]
    }
}

/// Multinomial logistic regression over [`FEATURES`] and the products of some: a weight each for the log-odds of support and
/// of contradiction against neither.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// For support, then for contradiction: a weight for every term, in the order of [`terms`].
    pub(super) weights: [Vec<f64>; 2],
    /// For support, then for contradiction: how its log-odds become those of a stance that is shown, as by
    /// `calibration_terms`.
    pub(super) calibration: [[f64; CALIBRATION]; 2],
}

/// Pairs of features that say more together: a difference counts where the rest agrees.
const PRODUCTS: &[(&str, &str)] = &[
    ("kind", "focus"),
    ("name_other", "focus"),
    ("fact_other", "focus"),
    ("full", "differs"),
    ("polarity", "focus"),
    ("gap", "focus"),
    ("full", "focus"),
    ("full", "polarity"),
    ("differs", "focus"),
    ("differs", "pairs"),
];

/// The names of the terms of the model: a constant, the features, and products of two.
pub(super) fn term_names() -> Vec<String> {
    let products = PRODUCTS.iter().map(|(a, b)| format!("{a}*{b}"));
    std::iter::once("constant".to_owned())
        .chain(FEATURES.iter().map(|name| (*name).to_owned()))
        .chain(products)
        .collect()
}

/// The terms of the model for these features.
pub(super) fn terms(features: &[f64; FEATURES.len()]) -> Vec<f64> {
    let of = |name: &str| FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| features[i]);
    let products = PRODUCTS.iter().map(|(a, b)| of(a) * of(b));
    std::iter::once(1.0).chain(features.iter().copied()).chain(products).collect()
}

#[derive(Deserialize)]
struct Row {
    term: String,
    supports: f64,
    contradicts: f64,
}

#[derive(Deserialize)]
struct File {
    calibration: Calibration,
    weight: Vec<Row>,
}

#[derive(Deserialize)]
struct Calibration {
    supports: [f64; CALIBRATION],
    contradicts: [f64; CALIBRATION],
}

impl Model {
    /// The model that the program carries, as `pincite-eval claims --train` wrote it.
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> =
            LazyLock::new(|| Model::parse(include_str!("model.toml")).expect("a test reads the model that ships"));
        &MODEL
    }

    /// Reads a model; `None` where it is none, or one of other terms.
    pub fn parse(text: &str) -> Option<Model> {
        let File { calibration, weight } = toml::from_str(text).ok()?;
        let fits = weight.iter().map(|row| &row.term).eq(term_names().iter());
        fits.then(|| Model {
            weights: [
                weight.iter().map(|row| row.supports).collect(),
                weight.iter().map(|row| row.contradicts).collect(),
            ],
            calibration: [calibration.supports, calibration.contradicts],
        })
    }

    /// The model as a file that people can read.
    pub fn to_toml(&self, head: &str) -> String {
        let mut out: String = head.lines().map(|line| format!("# {line}\n")).collect();
        let [supports, contradicts] = self.calibration;
        let _ = write!(out, "\n[calibration]\nsupports = {supports:.4?}\ncontradicts = {contradicts:.4?}\n");
        for ((name, supports), contradicts) in term_names().iter().zip(&self.weights[0]).zip(&self.weights[1]) {
            let _ = write!(
                out,
                "\n[[weight]]\nterm = \"{name}\"\nsupports = {supports:.4}\ncontradicts = {contradicts:.4}\n"
            );
        }
        out
    }

    /// How probable it is that a stance is right that passed for being shown, by what the model makes of these features.
    pub(super) fn calibrated(&self, stance: Stance, judged: Probabilities, features: &[f64; FEATURES.len()]) -> f64 {
        let terms = calibration_terms(stance, judged, features);
        let score: f64 = self.calibration[stance as usize].iter().zip(terms).map(|(w, x)| w * x).sum();
        1.0 / (1.0 + (-score).exp())
    }

    /// How probable each side is, given what was measured.
    pub fn judge(&self, features: &[f64; FEATURES.len()]) -> Probabilities {
        let terms = terms(features);
        let score = |weights: &[f64]| weights.iter().zip(&terms).map(|(w, x)| w * x).sum::<f64>();
        softmax(score(&self.weights[0]), score(&self.weights[1]))
    }
}

/// The calibration that changes nothing.
pub(super) const UNCALIBRATED: [[f64; CALIBRATION]; 2] = [[0.0, 1.0, 0.0, 0.0]; 2];

/// How many terms the confidence of a stance rests on.
pub(super) const CALIBRATION: usize = 4;

/// What the confidence of a stance rests on: a constant, the log-odds that the model gives it, how much of the claim the
/// sentence speaks of, beside what the two differ in, and whether they only say in other words what something is.
pub(super) fn calibration_terms(
    stance: Stance,
    judged: Probabilities,
    features: &[f64; FEATURES.len()],
) -> [f64; CALIBRATION] {
    let spoken = match stance {
        Stance::Supports => "focus",
        Stance::Contradicts => "rest",
    };
    let of = |name: &str| FEATURES.iter().position(|feature| *feature == name).map_or(0.0, |i| features[i]);
    [1.0, log_odds(judged.of(stance.into())), of(spoken), of("defined_other")]
}

/// The logarithm of the odds of a probability.
fn log_odds(probability: f64) -> f64 {
    let p = probability.clamp(1e-6, 1.0 - 1e-6);
    (p / (1.0 - p)).ln()
}

/// The probabilities that two scores against a third of 0 stand for.
pub(super) fn softmax(supports: f64, contradicts: f64) -> Probabilities {
    let most = supports.max(contradicts).max(0.0);
    let powers = [supports, contradicts, 0.0].map(|score| (score - most).exp());
    let sum: f64 = powers.iter().sum();
    Probabilities(powers.map(|power| power / sum))
}
