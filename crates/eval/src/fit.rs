//! [`Examples`]: what is measured of a collection's candidates, and [`Fitting`]: the weights fitted
//! to several of them.
//!
//! Weights are chosen by what they are for: the mean gain over BM25, collections counting alike
//! however many topics they have. A loss counts twice, so that no collection pays for another, and
//! every weight costs a little, so that what does not help is left at BM25. There are few weights
//! and few values of each; one is changed at a time (coordinate ascent: Metzler and Croft, “Linear
//! feature-based models for information retrieval”, Information Retrieval 10, 2007). The same
//! examples always give the same weights.

use std::cell::RefCell;
use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;

use serde::Serialize;

use super::metrics::{Metric, Metrics};
use super::{Qrels, randomization_test};
use pincite_core::search::{Feature, Features, Weights};

/// What is measured of the candidates of each of a collection's topics.
pub struct Examples {
    name: String,
    /// The measure by which the collection is judged.
    metric: Metric,
    qrels: Qrels,
    topics: Vec<Example>,
}

/// A topic's candidates.
struct Example {
    topic: String,
    candidates: Vec<Candidate>,
    /// The figure of plain BM25.
    bm25: f64,
}

/// A document, with what is measured of its best passage.
struct Candidate {
    document: String,
    grade: i32,
    features: Features,
}

/// The values that a weight can have, as shares of the most.
const STEPS: [f64; 10] = [0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0];

/// What a weight costs at its most, in mean gain.
const COST: f64 = 0.001;

/// The gain by which other weights have to be better.
const SMALL: f64 = 1e-6;

/// The number of swappings by which differences are tested.
const ROUNDS: u32 = 10_000;

impl Examples {
    /// The number of a collection's topics that are asked, at most: evenly spaced.
    pub const TOPICS: usize = 1000;

    /// Returns no examples yet of the collection of this name.
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
        let candidate = |(document, features): (String, Features)| Candidate {
            grade: self.qrels.grade(topic, &document),
            document,
            features,
        };
        let candidates = candidates.into_iter().map(candidate).collect();
        let bm25 = bm25.map_or(0.0, |figures| figures[self.metric]);
        self.topics.push(Example { topic: topic.to_owned(), candidates, bm25 });
    }

    /// Returns the collection's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Returns the examples in the format of LETOR and SVM-light: a candidate a line, its grade,
    /// its topic and its features.
    pub fn to_letor(&self) -> String {
        let mut lines = String::new();
        for Example { topic, candidates, .. } in &self.topics {
            for Candidate { document, grade, features } in candidates {
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
        let figure = |Example { topic, candidates, .. }: &Example| {
            let mut scored: Vec<(f64, &Candidate)> = candidates
                .iter()
                .map(|candidate| (weights.score(&candidate.features), candidate))
                .collect();
            scored.sort_by(|(a, one), (b, other)| {
                b.total_cmp(a).then_with(|| other.document.cmp(&one.document))
            });
            let grades: Vec<i32> = scored.iter().map(|(_, candidate)| candidate.grade).collect();
            let judged = judged.get(topic.as_str()).into_iter().flat_map(|it| it.values());
            Metrics::of(&grades, judged.copied())[self.metric]
        };
        self.topics.iter().map(figure).collect()
    }

    /// Returns the figure of BM25 for each topic.
    fn bm25(&self) -> impl Iterator<Item = f64> {
        self.topics.iter().map(|example| example.bm25)
    }
}

/// Weights fitted to some collections, and what they come to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitting {
    /// The weights fitted to all collections, by feature; those of nothing are left out.
    pub weights: BTreeMap<&'static str, f64>,
    /// What weights come to, collection by collection.
    pub collections: Vec<Validation>,
    /// What they come to without one of the features that count.
    pub ablations: Vec<Ablation>,
}

/// What weights come to on one collection.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Validation {
    /// The collection.
    pub collection: String,
    /// The name of the measure.
    pub metric: &'static str,
    /// The number of topics.
    pub topics: usize,
    /// Plain BM25.
    pub bm25: f64,
    /// Weights fitted to all collections.
    pub fitted: f64,
    /// Weights fitted to all others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<LeftOut>,
}

/// What weights come to on a collection that they were not fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    /// The figure.
    pub figure: f64,
    /// The probability of so large a difference from BM25 if the two were no different.
    pub p: f64,
    /// The weights, as in [`Fitting::weights`].
    pub weights: BTreeMap<&'static str, f64>,
}

/// What weights come to without a feature.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// The feature.
    pub without: &'static str,
    /// The gain over BM25 of each collection, in the order of [`Fitting::collections`]: left out,
    /// where all were left out in turn.
    pub gains: Vec<f64>,
}

impl Fitting {
    /// Fits weights to all of `examples`; and, to `leave_one_out`, for each to all others. To
    /// `ablate`, says what they come to without each of the features that count.
    pub fn new(examples: &[Examples], leave_one_out: bool, ablate: bool) -> Fitting {
        let fitter = Fitter { examples, gains: RefCell::default() };
        let weights = fitter.fit(None, None);
        let left_out = |i: usize, without| {
            if leave_one_out { fitter.fit(Some(i), without) } else { fitter.fit(None, without) }
        };
        let validation = |(i, examples): (usize, &Examples)| {
            let bm25: Vec<f64> = examples.bm25().collect();
            let without_it = leave_one_out.then(|| {
                let weights = left_out(i, None);
                let figures = examples.figures(&weights);
                let pairs: Vec<(f64, f64)> = figures.iter().copied().zip(examples.bm25()).collect();
                LeftOut {
                    figure: mean(&figures),
                    p: randomization_test(&pairs, ROUNDS),
                    weights: rounded(&weights),
                }
            });
            Validation {
                collection: examples.name.clone(),
                metric: examples.metric.name(),
                topics: examples.topics.len(),
                bm25: mean(&bm25),
                fitted: mean(&examples.figures(&weights)),
                left_out: without_it,
            }
        };
        let ablation = |feature: Feature| Ablation {
            without: feature.name(),
            gains: (0..examples.len())
                .map(|i| fitter.gains(&left_out(i, Some(feature)))[i])
                .collect(),
        };
        let counting = Feature::FITTED.into_iter().filter(|&feature| weights.counts(feature));
        Fitting {
            weights: rounded(&weights),
            collections: examples.iter().enumerate().map(validation).collect(),
            ablations: if ablate { counting.map(ablation).collect() } else { Vec::new() },
        }
    }

    /// Returns the weights as the lines of a TOML file.
    pub fn to_toml(&self) -> String {
        self.weights.iter().map(|(name, weight)| format!("{name} = {weight}\n")).collect()
    }
}

/// Returns weights by name, without the digits that steps add to them.
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
    /// The gains that were computed, by the steps of the weights.
    gains: RefCell<HashMap<Vec<u64>, Vec<f64>>>,
}

impl Fitter<'_> {
    /// Returns the weights fitted to all collections but one, without a feature.
    fn fit(&self, left_out: Option<usize>, without: Option<Feature>) -> Weights {
        let mut weights = Weights::bm25();
        let mut best = self.worth(&weights, left_out);
        loop {
            let before = best;
            for (feature, most) in Feature::FITTED.into_iter().zip(Weights::MOST) {
                if without == Some(feature) {
                    continue;
                }
                for step in STEPS {
                    let other = weights.with(feature, step * most);
                    let worth = self.worth(&other, left_out);
                    if worth > best + SMALL {
                        (weights, best) = (other, worth);
                    }
                }
            }
            if best <= before {
                return weights;
            }
        }
    }

    /// Returns the mean gain over all collections but one, losses counted twice, less what the
    /// weights cost.
    fn worth(&self, weights: &Weights, left_out: Option<usize>) -> f64 {
        let gains = self.gains(weights);
        let counted = gains.iter().enumerate().filter(|(i, _)| Some(*i) != left_out);
        let counted: Vec<f64> = counted.map(|(_, gain)| gain + gain.min(0.0)).collect();
        let cost = |(feature, most): (Feature, f64)| COST * weights.of(feature) / most;
        mean(&counted) - Feature::FITTED.into_iter().zip(Weights::MOST).map(cost).sum::<f64>()
    }

    /// Returns the gain over BM25 of each collection.
    fn gains(&self, weights: &Weights) -> Vec<f64> {
        let key = Feature::FITTED.map(|feature| weights.of(feature).to_bits()).to_vec();
        if let Some(gains) = self.gains.borrow().get(&key) {
            return gains.clone();
        }
        let gain = |examples: &Examples| {
            let bm25: Vec<f64> = examples.bm25().collect();
            mean(&examples.figures(weights)) - mean(&bm25)
        };
        let gains: Vec<f64> = self.examples.iter().map(gain).collect();
        self.gains.borrow_mut().insert(key, gains.clone());
        gains
    }
}

/// Returns the arithmetic mean; 0 of nothing.
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
    fn what_tells_the_relevant_gets_weight_and_what_does_not_gets_none() {
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
    fn a_collection_that_is_left_out_has_no_say() {
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
