//! [`Feature`]: what a candidate's score is made of, and [`Weights`]: how much each counts.
//!
//! The score is BM25 and a few corrections. All are shares of one and the same sum, the idf of the
//! query's words, each as often as it is asked for; so a correction means the same in a query of
//! three words and in one of three hundred. None is below zero: every feature is a reason *for* a
//! passage. None counts more than [`Weights::MOST`], so that weights fitted to some collections
//! cannot lead far from BM25 on others.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::sync::LazyLock;

/// A measure of a candidate: a share of the query, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Feature {
    /// BM25 of its words, as a share of the most that any text could have.
    Bm25,
    /// What BM25 gains where the words of its title are counted among its own.
    Title,
    /// The words that its best sentence has.
    Sentence,
    /// What BM25 over parts of words (character 4-grams) has more than BM25 over words.
    Parts,
    /// The dates and figures that its best sentence has, or has others in place of.
    Figures,
    /// The words that neither it nor its title has, but the paragraph before or after it.
    Context,
    /// BM25 of the candidates that are most similar to it.
    Neighbours,
}

impl Feature {
    /// Every feature, in the order in which scores are explained.
    pub const ALL: [Feature; 7] = [
        Feature::Bm25,
        Feature::Title,
        Feature::Sentence,
        Feature::Parts,
        Feature::Figures,
        Feature::Context,
        Feature::Neighbours,
    ];

    /// The features whose weights are fitted. BM25 has weight 1, of the title as of the text.
    pub const FITTED: [Feature; 5] = [
        Feature::Sentence,
        Feature::Parts,
        Feature::Figures,
        Feature::Context,
        Feature::Neighbours,
    ];

    /// Returns its name in `--explain` and in the file of weights.
    pub fn name(self) -> &'static str {
        match self {
            Feature::Bm25 => "BM25",
            Feature::Title => "title",
            Feature::Sentence => "sentence",
            Feature::Parts => "parts",
            Feature::Figures => "figures",
            Feature::Context => "context",
            Feature::Neighbours => "neighbours",
        }
    }

    /// Returns what it is a share of the query by, for those who read `--explain`.
    pub fn description(self) -> &'static str {
        match self {
            Feature::Bm25 => "words, by how often it has them and how long it is",
            Feature::Title => "more by the words of its title",
            Feature::Sentence => "words in the best sentence",
            Feature::Parts => "more by parts of words",
            Feature::Figures => "dates and figures in the best sentence, or others in their place",
            Feature::Context => "words that only the paragraph before or after it has",
            Feature::Neighbours => "words that the passages most like it have, by BM25",
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
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights(Features);

/// The weights that ship, written by `pincite-eval fit`.
const SHIPPED: &str = include_str!("weights.toml");

impl Weights {
    /// The most that each of [`Feature::FITTED`] may count, in their order: of a word that is only
    /// there in part or near by, less than the first occurrence of a word at the usual length (.45).
    pub const MOST: [f64; Feature::FITTED.len()] = [0.3, 0.3, 0.3, 0.3, 1.0];

    /// Returns the weights of BM25 alone, over text and title.
    pub fn bm25() -> Weights {
        let mut weights = Features::default();
        weights[Feature::Bm25] = 1.0;
        weights[Feature::Title] = 1.0;
        Weights(weights)
    }

    /// Returns the weights that ship.
    pub fn shipped() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::parse(SHIPPED).expect("a test reads the weights that ship"));
        &WEIGHTS
    }

    /// Parses `name = weight` lines of fitted features; those that are not named do not count.
    /// `None` where a line is not of this form.
    fn parse(toml: &str) -> Option<Weights> {
        let named: BTreeMap<String, f64> = toml::from_str(toml).ok()?;
        let mut weights = Weights::bm25();
        for (name, weight) in named {
            let feature = Feature::FITTED.into_iter().find(|feature| feature.name() == name)?;
            weights.0[feature] = weight;
        }
        Some(weights)
    }

    /// Returns the same weights but for one.
    #[must_use]
    pub fn with(mut self, feature: Feature, weight: f64) -> Weights {
        self.0[feature] = weight;
        self
    }

    /// Returns the weight of a feature.
    pub fn of(&self, feature: Feature) -> f64 {
        self.0[feature]
    }

    /// Returns the fitted weights by the names of their features; without those of nothing.
    pub fn named(&self) -> BTreeMap<&'static str, f64> {
        let counting = Feature::FITTED.into_iter().filter(|&feature| self.counts(feature));
        counting.map(|feature| (feature.name(), self.0[feature])).collect()
    }

    /// Returns whether a feature counts at all.
    pub fn counts(&self, feature: Feature) -> bool {
        self.0[feature] > 0.0
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
    fn the_weights_that_ship_are_within_their_bounds() {
        let weights = Weights::parse(SHIPPED).unwrap();
        for (feature, most) in Feature::FITTED.into_iter().zip(Weights::MOST) {
            assert!((0.0..=most).contains(&weights.of(feature)), "{}", feature.name());
        }
        assert_eq!(weights, *Weights::shipped());
    }

    #[test]
    fn unknown_names_are_not_weights() {
        assert_eq!(Weights::parse("parts = 0.1\npart = 0.2"), None);
        assert_eq!(Weights::parse("parts = \"much\""), None);
        assert_eq!(Weights::parse("BM25 = 2.0"), None, "the spine is not fitted");
        assert_eq!(Weights::parse("parts = 0.1").unwrap().of(Feature::Parts), 0.1);
    }

    #[test]
    fn a_score_is_the_sum_of_its_shares() {
        let weights = Weights::bm25().with(Feature::Parts, 0.25);
        let mut features = Features::default();
        features[Feature::Bm25] = 0.5;
        features[Feature::Title] = 0.25;
        features[Feature::Parts] = 0.5;
        features[Feature::Context] = 1.0;
        assert_eq!(weights.score(&features), 0.875);
        assert_eq!(weights.share(&features, Feature::Parts), 0.125);
    }
}
