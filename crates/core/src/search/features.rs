//! [`Feature`]s of candidates, and the [`Weights`] by which they add up to the score.
//!
//! The score is BM25 and a few corrections. All are shares of the same sum, the idf of the query's
//! words, so that a correction means the same in a query of three words and in one of three
//! hundred. No feature is negative, and no weight exceeds [`Weights::MOST`], so that weights fitted
//! to some collections cannot move far from BM25 on others.

use std::collections::BTreeMap;
use std::ops::{Index, IndexMut};
use std::sync::LazyLock;

/// A measure of a candidate: a share of the query, from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Feature {
    /// BM25 of the passage, as a share of its limit for the query.
    Bm25,
    /// The gain in BM25 when the words of the title count as words of the passage.
    Title,
    /// The query words in the best sentence.
    Sentence,
    /// The gain of BM25 over character 4-grams on BM25 over words.
    Parts,
    /// The dates and figures of the query in the best sentence, or others in their place.
    Figures,
    /// The query words that neither the passage nor its title has, but a paragraph next to it.
    Context,
    /// BM25 of the most similar candidates.
    Neighbours,
}

impl Feature {
    /// All features, in the order of `--explain`.
    pub const ALL: [Feature; 7] = [
        Feature::Bm25,
        Feature::Title,
        Feature::Sentence,
        Feature::Parts,
        Feature::Figures,
        Feature::Context,
        Feature::Neighbours,
    ];

    /// The features whose weights are fitted. BM25 of the passage and of its title have weight 1.
    pub const FITTED: [Feature; 5] = [
        Feature::Sentence,
        Feature::Parts,
        Feature::Figures,
        Feature::Context,
        Feature::Neighbours,
    ];

    /// Returns the name in `--explain` and in `weights.toml`.
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

    /// Returns the description in `--explain`.
    pub fn description(self) -> &'static str {
        match self {
            Feature::Bm25 => "BM25 over words, relative to its limit",
            Feature::Title => "gain of BM25 with the words of the title",
            Feature::Sentence => "query words in the best sentence",
            Feature::Parts => "gain of BM25 over character 4-grams",
            Feature::Figures => "dates and figures in the best sentence, or others in their place",
            Feature::Context => "query words only in the paragraph before or after",
            Feature::Neighbours => "BM25 of the most similar passages",
        }
    }
}

/// The value of each [`Feature`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Features([f64; Feature::ALL.len()]);

impl Features {
    /// Returns the values in the order of [`Feature::ALL`].
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

/// The weight of each feature.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weights(Features);

/// The built-in weights, written by `pincite-eval fit`.
const SHIPPED: &str = include_str!("weights.toml");

impl Weights {
    /// The maximum weight of each of [`Feature::FITTED`]. A word that a passage has only in part,
    /// or only near by, must count less than its first occurrence in a passage of average length
    /// (0.45).
    pub const MOST: [f64; Feature::FITTED.len()] = [0.3, 0.3, 0.3, 0.3, 1.0];

    /// Returns the weights of BM25 alone, over text and title.
    pub fn bm25() -> Weights {
        let mut weights = Features::default();
        weights[Feature::Bm25] = 1.0;
        weights[Feature::Title] = 1.0;
        Weights(weights)
    }

    /// Returns the built-in weights.
    pub fn shipped() -> &'static Weights {
        static WEIGHTS: LazyLock<Weights> =
            LazyLock::new(|| Weights::parse(SHIPPED).expect("a test parses the built-in weights"));
        &WEIGHTS
    }

    /// Parses TOML with a weight for each fitted feature; a feature that is absent has weight 0.
    /// Returns `None` if it is malformed or has another name.
    fn parse(toml: &str) -> Option<Weights> {
        let named: BTreeMap<String, f64> = toml::from_str(toml).ok()?;
        let mut weights = Weights::bm25();
        for (name, weight) in named {
            let feature = Feature::FITTED.into_iter().find(|feature| feature.name() == name)?;
            weights.0[feature] = weight;
        }
        Some(weights)
    }

    /// Changes one weight.
    #[must_use]
    pub fn with(mut self, feature: Feature, weight: f64) -> Weights {
        self.0[feature] = weight;
        self
    }

    /// Returns the weight of a feature.
    pub fn of(&self, feature: Feature) -> f64 {
        self.0[feature]
    }

    /// Returns the fitted weights by name, without zeros.
    pub fn named(&self) -> BTreeMap<&'static str, f64> {
        let counting = Feature::FITTED.into_iter().filter(|&feature| self.counts(feature));
        counting.map(|feature| (feature.name(), self.0[feature])).collect()
    }

    /// Returns whether the weight of a feature is above 0.
    pub fn counts(&self, feature: Feature) -> bool {
        self.0[feature] > 0.0
    }

    /// Returns the part of the score of `features` that is due to a feature.
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
    fn the_built_in_weights_are_within_their_bounds() {
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
        assert_eq!(Weights::parse("BM25 = 2.0"), None, "its weight is not fitted");
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
