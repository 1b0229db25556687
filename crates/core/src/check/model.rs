//! [`Model`]: from what was measured to probabilities.

use std::fmt::Write as _;
use std::sync::LazyLock;

use serde::Deserialize;

use super::feature::{Feature, Features};
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

/// Probabilities that a source stands on each side, in the order of [`Class::ALL`]; together
/// 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Probabilities(pub [f64; 3]);

impl Probabilities {
    /// Returns how probable one side is.
    pub fn of(self, class: Class) -> f64 {
        self.0[class as usize]
    }
}

/// Multinomial logistic regression over [`Features`] and the products of some: a weight each for
/// the log-odds of support and of contradiction against neither.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// For support, then for contradiction: a weight for every term, in the order of [`terms`].
    pub(super) weights: [Vec<f64>; 2],
}

/// Pairs of features that say more together: a difference counts where the rest agrees.
const PRODUCTS: [(Feature, Feature); 3] = [
    (Feature::Own, Feature::Own),
    (Feature::Own, Feature::Kind),
    (Feature::Whole, Feature::Flipped),
];

/// Returns the names of the terms of the model: a constant, the features, and products of two.
fn term_names() -> Vec<String> {
    let products = PRODUCTS.iter().map(|(a, b)| format!("{}*{}", a.name(), b.name()));
    std::iter::once("constant".to_owned())
        .chain(Feature::ALL.iter().map(|feature| feature.name().to_owned()))
        .chain(products)
        .collect()
}

/// Returns the terms of the model for these features.
pub(super) fn terms(features: &Features) -> Vec<f64> {
    let products = PRODUCTS.iter().map(|(a, b)| features[*a] * features[*b]);
    std::iter::once(1.0)
        .chain(Feature::ALL.iter().map(|feature| features[*feature]))
        .chain(products)
        .collect()
}

#[derive(Deserialize)]
struct Row {
    term: String,
    supports: f64,
    contradicts: f64,
}

#[derive(Deserialize)]
struct File {
    weight: Vec<Row>,
}

impl Model {
    /// Returns the model that the program carries, as `pincite-eval claims --train` wrote it.
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            Model::parse(include_str!("model.toml")).expect("a test reads the model that ships")
        });
        &MODEL
    }

    /// Reads a model; `None` where it is none, or one of other terms.
    pub fn parse(text: &str) -> Option<Model> {
        let File { weight } = toml::from_str(text).ok()?;
        let fits = weight.iter().map(|row| &row.term).eq(term_names().iter());
        fits.then(|| Model {
            weights: [
                weight.iter().map(|row| row.supports).collect(),
                weight.iter().map(|row| row.contradicts).collect(),
            ],
        })
    }

    /// Writes the model as a file that people can read.
    pub fn to_toml(&self, head: &str) -> String {
        let mut out: String = head.lines().map(|line| format!("# {line}\n")).collect();
        for ((name, supports), contradicts) in
            term_names().iter().zip(&self.weights[0]).zip(&self.weights[1])
        {
            let _ = write!(
                out,
                "\n[[weight]]\nterm = \"{name}\"\nsupports = {supports:.4}\ncontradicts = {contradicts:.4}\n"
            );
        }
        out
    }

    /// Returns how probable each side is, given what was measured.
    pub fn judge(&self, features: &Features) -> Probabilities {
        let terms = terms(features);
        let score = |weights: &[f64]| weights.iter().zip(&terms).map(|(w, x)| w * x).sum::<f64>();
        softmax(score(&self.weights[0]), score(&self.weights[1]))
    }
}

/// Returns the probabilities that two scores against a third of 0 stand for.
pub(super) fn softmax(supports: f64, contradicts: f64) -> Probabilities {
    let most = supports.max(contradicts).max(0.0);
    let powers = [supports, contradicts, 0.0].map(|score| (score - most).exp());
    let sum: f64 = powers.iter().sum();
    Probabilities(powers.map(|power| power / sum))
}

impl From<Stance> for Class {
    fn from(stance: Stance) -> Self {
        match stance {
            Stance::Supports => Class::Supports,
            Stance::Contradicts => Class::Contradicts,
        }
    }
}
