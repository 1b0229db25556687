//! [`Feature`]: what a candidate's score is made of, and [`Weights`]: how much each counts.
//!
//! The score is a weighted sum without negative weights: every feature is a reason *for* a passage
//! and is between 0 and 1. So a model that was fitted to some collections cannot go far astray on
//! others, and can be read.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::sync::LazyLock;

/// A measure of a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// BM25 of its words and its title's, as a share of the best candidate's.
    Body,
    /// BM25 of character 4-grams, as a share of the best candidate's.
    Grams,
    /// The share of the query's words that it or its title has, dates and figures aside.
    Coverage,
    /// BM25 of its best two sentences in a row, as a share of the best candidate's.
    Window,
    /// The share of the query's dates and figures that its best sentence has, or has others in
    /// place of.
    Facts,
    /// The share of the query's words that the title has.
    Title,
    /// BM25 of the paragraphs before and after it, as a share of the best candidate's.
    Context,
    /// The cosine similarity of the query's words to all of its words, as a share of the best
    /// candidate's.
    Cosine,
    /// The scores of the candidates that are most similar to it.
    Neighbours,
}

impl Feature {
    /// Every feature, in the order in which scores are explained.
    pub const ALL: [Feature; 9] = [
        Feature::Body,
        Feature::Grams,
        Feature::Coverage,
        Feature::Window,
        Feature::Facts,
        Feature::Title,
        Feature::Context,
        Feature::Cosine,
        Feature::Neighbours,
    ];

    /// Returns its name in `--explain` and in the file of weights.
    pub fn name(self) -> &'static str {
        match self {
            Feature::Body => "body",
            Feature::Grams => "grams",
            Feature::Coverage => "coverage",
            Feature::Window => "window",
            Feature::Facts => "facts",
            Feature::Title => "title",
            Feature::Context => "context",
            Feature::Cosine => "cosine",
            Feature::Neighbours => "neighbours",
        }
    }

    /// Returns what it measures, for those who read `--explain`.
    pub fn description(self) -> &'static str {
        match self {
            Feature::Body => "words, counted by BM25, of the best candidate's",
            Feature::Grams => "parts of words, counted by BM25, of the best candidate's",
            Feature::Coverage => "the query's words, dates and figures aside",
            Feature::Window => "words of the best two sentences, of the best candidate's",
            Feature::Facts => "dates and figures in the best sentence, or others in their place",
            Feature::Title => "words of the query in the title",
            Feature::Context => "words of the paragraphs before and after",
            Feature::Cosine => "likeness of all its words to the query's, of the best candidate's",
            Feature::Neighbours => "what the candidates most like it have",
        }
    }
}

/// A figure for each [`Feature`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features([f64; Feature::ALL.len()]);

impl Features {
    /// Returns the figures in the order of [`Feature::ALL`].
    pub fn values(&self) -> &[f64] {
        &self.0
    }
}

impl Index<Feature> for Features {
    type Output = f64;

    fn index(&self, feature: Feature) -> &f64 {
        &self.0[feature as usize]
    }
}

impl IndexMut<Feature> for Features {
    fn index_mut(&mut self, feature: Feature) -> &mut f64 {
        &mut self.0[feature as usize]
    }
}

/// How much each feature counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Weights(Features);

/// The weights that ship, written by `pincite-eval fit`.
const SHIPPED: &str = include_str!("weights.toml");

impl Weights {
    /// Returns the weights that ship.
    pub fn shipped() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::parse(SHIPPED).expect("a test reads the weights that ship"));
        &WEIGHTS
    }

    /// Parses `name = weight` lines; features that are not named do not count. `None` where a line
    /// is not of this form.
    fn parse(toml: &str) -> Option<Weights> {
        let named: BTreeMap<String, f64> = toml::from_str(toml).ok()?;
        let mut weights = Weights::default();
        for (name, weight) in named {
            let feature = Feature::ALL.into_iter().find(|feature| feature.name() == name)?;
            weights.0[feature] = weight;
        }
        Some(weights)
    }

    /// Returns these weights, in the order of [`Feature::ALL`].
    pub fn of(values: &[f64]) -> Weights {
        let mut weights = Weights::default();
        Feature::ALL
            .into_iter()
            .zip(values)
            .for_each(|(feature, &value)| weights.0[feature] = value);
        weights
    }

    /// Returns the weights by the names of their features, to three digits; without those of
    /// nothing.
    pub fn named(&self) -> BTreeMap<&'static str, f64> {
        let counting = Feature::ALL.into_iter().filter(|&feature| self.counts(feature));
        counting
            .map(|feature| (feature.name(), (1000.0 * self.0[feature]).round() / 1000.0))
            .collect()
    }

    /// Returns whether a feature counts at all.
    pub fn counts(&self, feature: Feature) -> bool {
        self.0[feature] >= 0.0005
    }

    /// Returns a feature's share in the score of `features`.
    pub fn share(&self, features: &Features, feature: Feature) -> f64 {
        self.0[feature] * features[feature]
    }

    /// Returns the score of `features`.
    pub fn score(&self, features: &Features) -> f64 {
        Feature::ALL.into_iter().fold(0.0, |sum, feature| sum + self.share(features, feature))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_weights_that_ship_are_reasons_for_a_passage() {
        let weights = Weights::parse(SHIPPED).unwrap();
        assert!(weights.0.values().iter().all(|weight| (0.0..100.0).contains(weight)));
        assert!(weights.0[Feature::Body] > 0.0);
        assert_eq!(weights, *Weights::shipped());
    }

    #[test]
    fn unknown_names_are_not_weights() {
        assert_eq!(Weights::parse("body = 1.0\nbodies = 2.0"), None);
        assert_eq!(Weights::parse("body = \"much\""), None);
        assert_eq!(Weights::parse("body = 1.5").unwrap().0[Feature::Body], 1.5);
    }

    #[test]
    fn a_score_is_the_sum_of_its_shares() {
        let weights = Weights::parse("body = 2.0\ntitle = 0.5").unwrap();
        let mut features = Features::default();
        features[Feature::Body] = 0.5;
        features[Feature::Title] = 1.0;
        features[Feature::Window] = 1.0;
        assert_eq!(weights.score(&features), 1.5);
        assert_eq!(weights.share(&features, Feature::Title), 0.5);
    }
}
