//! Fits the weights of the ranking ([`Fitting`]) to the features of collections' candidates
//! ([`Examples`]).
//!
//! The objective is the mean gain over BM25, in which all collections count alike, however many
//! topics they have. Losses count twice, so that one collection does not pay for another, and every
//! weight has a small cost, so that a feature that does not help gets none. Fitting is by
//! coordinate ascent over a few values of each weight (Metzler and Croft, "Linear feature-based
//! models for information retrieval", Information Retrieval 10, 2007) and deterministic.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Serialize;

use super::metrics::{Metric, Metrics};
use super::{Qrels, randomization_test};
use pincite_core::search::{Feature, Features, Weights};

/// The features of the candidates for a collection's topics.
pub struct Examples {
    name: String,
    /// The measure of this collection.
    metric: Metric,
    qrels: Qrels,
    topics: Vec<TopicExample>,
}

/// The candidates for a topic.
struct TopicExample {
    topic: String,
    candidates: Vec<CandidateExample>,
    /// The figure of plain BM25.
    bm25: f64,
}

/// A document with the features of its best passage.
struct CandidateExample {
    document: String,
    grade: i32,
    features: Features,
}

/// The values of a weight to try, as shares of its maximum.
const STEPS: [f64; 10] = [0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0];

/// The cost of a weight at its maximum, in mean gain.
const COST: f64 = 0.001;

/// The minimum improvement for a change of a weight.
const SMALL: f64 = 1e-6;

/// The number of random swaps of the significance test.
const ROUNDS: u32 = 10_000;

impl Examples {
    /// The maximum number of topics to take from a collection, evenly spaced.
    pub const TOPICS: usize = 1000;

    /// Makes an empty set for a collection.
    pub(super) fn new(name: &str, metric: Metric, qrels: &Qrels) -> Self {
        Self { name: name.to_owned(), metric, qrels: qrels.clone(), topics: Vec::new() }
    }

    /// Adds a topic with its candidates, and the figures of plain BM25.
    pub(super) fn add(
        &mut self,
        topic: &str,
        candidates: Vec<(String, Features)>,
        bm25: Option<&Metrics>,
    ) {
        let candidates = candidates.into_iter().map(|(document, features)| CandidateExample {
            grade: self.qrels.grade(topic, &document),
            document,
            features,
        });
        let candidates = candidates.collect();
        let bm25 = bm25.map_or(0.0, |figures| figures[self.metric]);
        self.topics.push(TopicExample { topic: topic.to_owned(), candidates, bm25 });
    }

    /// Returns the collection's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the examples in the format of LETOR and SVM-light: a line for each candidate, with
    /// its grade, topic and features.
    pub fn to_letor(&self) -> String {
        let mut lines = String::new();
        for TopicExample { topic, candidates, .. } in &self.topics {
            for CandidateExample { document, grade, features } in candidates {
                let _ = write!(lines, "{grade} qid:{topic}");
                for (n, value) in (1..).zip(features.values()) {
                    let _ = write!(lines, " {n}:{value:.5}");
                }
                let _ = writeln!(lines, " # {document}");
            }
        }
        lines
    }

    /// Returns the figure of each topic with these weights.
    fn figures(&self, weights: &Weights) -> Vec<f64> {
        let judged: HashMap<&str, &HashMap<String, i32>> = self.qrels.topics().collect();
        let mut figures = Vec::with_capacity(self.topics.len());
        for example in &self.topics {
            let grades = example.ranked(weights);
            let judged = judged.get(example.topic.as_str()).into_iter().flat_map(|it| it.values());
            figures.push(Metrics::of(&grades, judged.copied())[self.metric]);
        }
        figures
    }

    /// Returns the figure of BM25 for each topic.
    fn bm25(&self) -> Vec<f64> {
        self.topics.iter().map(|example| example.bm25).collect()
    }
}

impl TopicExample {
    /// Returns the grades of the candidates, ranked by these weights. Ties are broken as in
    /// [`Run`](super::Run).
    fn ranked(&self, weights: &Weights) -> Vec<i32> {
        let mut scored: Vec<(f64, &CandidateExample)> = self
            .candidates
            .iter()
            .map(|candidate| (weights.score(&candidate.features), candidate))
            .collect();
        scored.sort_by(|(a, one), (b, other)| {
            b.total_cmp(a).then_with(|| other.document.cmp(&one.document))
        });
        scored.iter().map(|(_, candidate)| candidate.grade).collect()
    }
}

/// Fitted weights and their figures.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitting {
    /// The weights fitted to all collections, by feature; weights of 0 are left out.
    pub weights: BTreeMap<&'static str, f64>,
    /// The figures on each collection.
    pub collections: Vec<Validation>,
    /// The figures without each of the features that have a weight.
    pub ablations: Vec<Ablation>,
}

/// The figures of weights on one collection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Validation {
    /// The collection.
    pub collection: String,
    /// The name of the measure.
    pub metric: &'static str,
    /// The number of topics.
    pub topics: usize,
    /// The figure of plain BM25.
    pub bm25: f64,
    /// The figure with weights fitted to all collections.
    pub fitted: f64,
    /// The figure with weights fitted to all other collections, if requested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// The figure on a collection that the weights were not fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    /// The figure.
    pub figure: f64,
    /// The p-value of the difference from BM25.
    pub p: f64,
    /// The weights, as in [`Fitting::weights`].
    pub weights: BTreeMap<&'static str, f64>,
}

/// The gains of weights fitted without a feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// The feature.
    pub without: &'static str,
    /// The gain over BM25 on each collection, in the order of [`Fitting::collections`]; with
    /// leave-one-out, of weights fitted to the others.
    pub gains: Vec<f64>,
}

impl Fitting {
    /// Fits weights to all of `examples`. With `leave_one_out`, also fits them to all but each
    /// collection, and measures them on that one. With `ablate`, also fits them without each of the
    /// features that have a weight.
    pub fn new(examples: &[Examples], leave_one_out: bool, ablate: bool) -> Fitting {
        let fitter = Fitter { examples, gains: RefCell::default() };
        let weights = fitter.fit(None, None);
        let mut collections = Vec::new();
        for (i, examples) in examples.iter().enumerate() {
            collections.push(Validation {
                collection: examples.name.clone(),
                metric: examples.metric.name(),
                topics: examples.topics.len(),
                bm25: mean(&examples.bm25()),
                fitted: mean(&examples.figures(&weights)),
                left_out: leave_one_out.then(|| fitter.left_out(i)),
            });
        }
        let mut ablations = Vec::new();
        for feature in Feature::FITTED {
            if ablate && weights.counts(feature) {
                let gains = fitter.gains_without(feature, leave_one_out);
                ablations.push(Ablation { without: feature.name(), gains });
            }
        }
        Fitting { weights: rounded(&weights), collections, ablations }
    }

    /// Returns the weights as the lines of a TOML file.
    pub fn to_toml(&self) -> String {
        self.weights.iter().map(|(name, weight)| format!("{name} = {weight}\n")).collect()
    }
}

/// Returns weights by name, rounded to three decimal places.
fn rounded(weights: &Weights) -> BTreeMap<&'static str, f64> {
    weights
        .named()
        .into_iter()
        .map(|(name, weight)| (name, (1000.0 * weight).round() / 1000.0))
        .collect()
}

/// Fits weights to examples.
struct Fitter<'e> {
    examples: &'e [Examples],
    /// A cache of gains, by the bits of the weights.
    gains: RefCell<HashMap<Vec<u64>, Vec<f64>>>,
}

impl Fitter<'_> {
    /// Fits weights to a collection's others and measures them on it.
    fn left_out(&self, i: usize) -> LeftOut {
        let weights = self.fit(Some(i), None);
        let figures = self.examples[i].figures(&weights);
        let pairs: Vec<(f64, f64)> = figures.iter().copied().zip(self.examples[i].bm25()).collect();
        LeftOut {
            figure: mean(&figures),
            p: randomization_test(&pairs, ROUNDS),
            weights: rounded(&weights),
        }
    }

    /// Returns the gain on each collection of weights fitted without a feature.
    fn gains_without(&self, feature: Feature, leave_one_out: bool) -> Vec<f64> {
        let mut gains = Vec::new();
        for i in 0..self.examples.len() {
            let weights = self.fit(leave_one_out.then_some(i), Some(feature));
            gains.push(self.gains(&weights)[i]);
        }
        gains
    }

    /// Fits weights to all collections but `left_out`, without the feature `without`.
    fn fit(&self, left_out: Option<usize>, without: Option<Feature>) -> Weights {
        let mut weights = Weights::bm25();
        let mut best = self.objective(&weights, left_out);
        loop {
            let before = best;
            for (feature, most) in Feature::FITTED.into_iter().zip(Weights::MOST) {
                if without == Some(feature) {
                    continue;
                }
                for step in STEPS {
                    let other = weights.with(feature, step * most);
                    let value = self.objective(&other, left_out);
                    if value > best + SMALL {
                        (weights, best) = (other, value);
                    }
                }
            }
            if best <= before {
                return weights;
            }
        }
    }

    /// Returns the objective: the mean gain over all collections but `left_out`, with losses
    /// counted twice, minus the cost of the weights.
    fn objective(&self, weights: &Weights, left_out: Option<usize>) -> f64 {
        let mut counted = Vec::new();
        for (i, gain) in self.gains(weights).into_iter().enumerate() {
            if left_out != Some(i) {
                counted.push(gain + gain.min(0.0));
            }
        }
        let costs = Feature::FITTED
            .into_iter()
            .zip(Weights::MOST)
            .map(|(feature, most)| COST * weights.of(feature) / most);
        mean(&counted) - costs.sum::<f64>()
    }

    /// Returns the gain over BM25 of each collection.
    fn gains(&self, weights: &Weights) -> Vec<f64> {
        let key = Feature::FITTED.map(|feature| weights.of(feature).to_bits()).to_vec();
        if let Some(gains) = self.gains.borrow().get(&key) {
            return gains.clone();
        }
        let gain = |it: &Examples| mean(&it.figures(weights)) - mean(&it.bm25());
        let gains: Vec<f64> = self.examples.iter().map(gain).collect();
        self.gains.borrow_mut().insert(key, gains.clone());
        gains
    }
}

/// Returns the arithmetic mean; 0 of an empty slice.
fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / figures.len().max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Topics whose relevant candidate has more of `good` than all others, which have more of
    /// `bad`.
    fn examples(name: &str, good: Feature, bad: Feature) -> Examples {
        let mut qrels = Qrels::default();
        (0..10).for_each(|topic| qrels.judge(&topic.to_string(), "right", 1));
        let mut examples = Examples::new(name, Metric::Ndcg10, &qrels);
        for topic in 0..10 {
            let mut right = Features::default();
            right[good] = 0.6;
            right[bad] = 0.1 * f64::from(topic % 3);
            let mut wrong = Features::default();
            wrong[good] = 0.05 * f64::from(topic);
            wrong[bad] = 0.5;
            let candidates = vec![("wrong".to_owned(), wrong), ("right".to_owned(), right)];
            examples.add(&topic.to_string(), candidates, None);
        }
        examples
    }

    #[test]
    fn only_a_feature_that_helps_gets_a_weight() {
        let all = [examples("made up", Feature::Parts, Feature::Context)];
        let fitting = Fitting::new(&all, false, true);
        assert_eq!(fitting.weights.keys().collect::<Vec<_>>(), [&"parts"]);
        assert_eq!(fitting, Fitting::new(&all, false, true), "the same again");
        assert_eq!((fitting.collections[0].fitted, &fitting.collections[0].left_out), (1.0, &None));
        let [without_parts] = &fitting.ablations[..] else {
            panic!("one feature counts: {fitting:?}")
        };
        assert_eq!(without_parts.without, "parts");
        assert!(without_parts.gains[0] < 1.0);
    }

    #[test]
    fn weights_are_not_fitted_to_the_collection_left_out() {
        let one = examples("one", Feature::Parts, Feature::Context);
        let other = examples("other", Feature::Context, Feature::Parts);
        let fitting = Fitting::new(&[one, other], true, false);
        let fitted_to: Vec<Vec<&str>> = fitting
            .collections
            .iter()
            .map(|it| it.left_out.as_ref().unwrap().weights.keys().copied().collect())
            .collect();
        assert_eq!(fitted_to, [["context"], ["parts"]]);
        assert!(fitting.collections[0].left_out.as_ref().unwrap().figure < 1.0);
    }
}
