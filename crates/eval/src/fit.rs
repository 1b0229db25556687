//! [`Examples`]: what is measured of a collection's candidates, and the weights fitted to it.
//!
//! The model is a weighted sum with no weight below zero, fitted by ListNet's loss (Cao et al., “Learning to rank: from
//! pairwise approach to listwise approach”, ICML 2007): the cross entropy between the grades of a topic's candidates and the
//! softmax of their scores. It is convex, so that the same examples always give the same weights. Collections count
//! alike, however many topics they have.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::Serialize;

use super::{Metric, Qrels, Run, RunEntry, evaluate, mean};
use pincite_core::check::solve;
use pincite_core::search::{Feature, Features, Weights};

/// What is measured of the candidates of each of a collection's topics.
pub struct Examples {
    name: String,
    qrels: Qrels,
    topics: Vec<Example>,
}

/// A topic's candidates: documents with what is measured of their best passages.
struct Example {
    topic: String,
    candidates: Vec<(String, Features)>,
    /// The grades of the candidates as shares of one; all zero where none is relevant.
    target: Vec<f64>,
}

/// How strongly weights are kept small: this times their squares is added to the loss, which lies around 1. Chosen so that
/// weights fitted to one collection alone serve the others, too; less of it serves all a little better when fitted to all.
const RIDGE: f64 = 0.005;

/// The same for what neighbours say, which is trusted in part and so comes in small figures.
const RIDGE_OF_OTHERS: f64 = RIDGE / 36.0;

/// In so many parts topics are divided to measure what weights are worth on topics that they were not fitted to.
const FOLDS: usize = 5;

impl Examples {
    /// No examples yet of the collection of this name.
    pub(super) fn new(name: &str, qrels: &Qrels) -> Self {
        Self { name: name.to_owned(), qrels: qrels.clone(), topics: Vec::new() }
    }

    /// Adds a topic with its candidates.
    pub(super) fn add(&mut self, topic: &str, candidates: Vec<(String, Features)>) {
        let grade = |document: &str| f64::from(self.qrels.grade(topic, document).max(0));
        let grades: Vec<f64> = candidates.iter().map(|(document, _)| grade(document)).collect();
        let total: f64 = grades.iter().sum();
        let target =
            grades.into_iter().map(|grade| if total > 0.0 { grade / total } else { 0.0 }).collect();
        self.topics.push(Example { topic: topic.to_owned(), candidates, target });
    }

    /// The collection's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The examples in the format of LETOR and SVM-light: a candidate a line, its grade, its topic and its features.
    pub fn to_letor(&self) -> String {
        let mut lines = String::new();
        for example in &self.topics {
            for (document, features) in &example.candidates {
                let _ = write!(
                    lines,
                    "{} qid:{}",
                    self.qrels.grade(&example.topic, document),
                    example.topic
                );
                for (n, value) in (1..).zip(features.values()) {
                    let _ = write!(lines, " {n}:{value:.5}");
                }
                let _ = writeln!(lines, " # {document}");
            }
        }
        lines
    }

    /// The topics of which this is so, by their place modulo [`FOLDS`].
    fn folds(&self, held_out: usize, wanted: bool) -> impl Iterator<Item = &Example> {
        self.topics
            .iter()
            .enumerate()
            .filter(move |(i, _)| (i % FOLDS == held_out) == wanted)
            .map(|(_, example)| example)
    }
}

/// What weights come to on one collection, on topics that they were not fitted to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Validation {
    /// The collection.
    pub collection: String,
    /// The mean nDCG at 10.
    pub ndcg: f64,
    /// The mean average precision.
    pub map: f64,
    /// The share of topics whose first document is relevant.
    pub success: f64,
}

/// Weights fitted to some collections, and what they are worth.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Fitting {
    /// The weights fitted to all collections, by feature; those that are worth nothing are left out.
    pub weights: BTreeMap<&'static str, f64>,
    /// What weights come to, by what they were fitted to and without which feature.
    pub variants: Vec<Variant>,
}

/// One way of fitting weights, measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Variant {
    /// What is particular about it, in words.
    pub name: String,
    /// What its weights come to, collection by collection.
    pub validations: Vec<Validation>,
}

impl Fitting {
    /// Fits weights to all of `examples`; to each collection alone, where there are several; and, to `ablate`, to all
    /// without each of the features that count.
    pub fn new(examples: &[Examples], ablate: bool) -> Fitting {
        let every: Vec<&str> = examples.iter().map(Examples::name).collect();
        let weights = fit(examples);
        let variant = |name: String, on: &[&str], without| Variant {
            name,
            validations: validate(examples, on, without),
        };
        let mut variants = vec![variant("fitted to all".to_owned(), &every, None)];
        if every.len() > 1 {
            variants.extend(
                every.iter().map(|name| variant(format!("fitted to {name} alone"), &[name], None)),
            );
        }
        if ablate {
            let counting = Feature::ALL.into_iter().filter(|&feature| weights.counts(feature));
            variants.extend(counting.map(|feature| {
                variant(format!("without {}", feature.name()), &every, Some(feature))
            }));
        }
        Fitting { weights: weights.named(), variants }
    }

    /// The weights as the lines of a TOML file.
    pub fn to_toml(&self) -> String {
        self.weights.iter().map(|(name, weight)| format!("{name} = {weight}\n")).collect()
    }
}

/// The weights fitted to all of `examples`.
fn fit(examples: &[Examples]) -> Weights {
    let share = |examples: &Examples| 1.0 / examples.topics.len() as f64;
    let topics =
        examples.iter().flat_map(|all| all.topics.iter().map(move |example| (share(all), example)));
    fitted(&topics.collect::<Vec<_>>(), None)
}

/// What weights come to on each of `all`, when fitted to those named `on`: by cross-validation, so that no topic is ranked by
/// weights that it had a part in.
fn validate(all: &[Examples], on: &[&str], without: Option<Feature>) -> Vec<Validation> {
    let mut runs: Vec<Run> = all.iter().map(|_| Run::default()).collect();
    for fold in 0..FOLDS {
        let training = all.iter().filter(|examples| on.contains(&&*examples.name));
        let topics: Vec<(f64, &Example)> = training
            .flat_map(|examples| {
                examples.folds(fold, false).map(|it| (1.0 / examples.topics.len() as f64, it))
            })
            .collect();
        let weights = fitted(&topics, without);
        for (examples, run) in all.iter().zip(&mut runs) {
            for example in examples.folds(fold, true) {
                let entry = |(document, features): &(String, Features)| RunEntry {
                    document: document.clone(),
                    score: weights.score(features),
                };
                let entries: Vec<RunEntry> = example.candidates.iter().map(entry).collect();
                let depth = entries.len();
                run.set(&example.topic, RunEntry::best(entries, depth));
            }
        }
    }
    let validation = |(examples, run): (&Examples, &Run)| {
        let mut figures = evaluate(run, &examples.qrels);
        figures.retain(|topic, _| run.has(topic));
        let mean = mean(figures.values());
        Validation {
            collection: examples.name.clone(),
            ndcg: mean[Metric::Ndcg10],
            map: mean[Metric::Map],
            success: mean[Metric::Success1],
        }
    };
    all.iter().zip(&runs).map(validation).collect()
}

/// The weights, none below zero, that make the loss least: Newton's method, held to the bounds (Bertsekas, “Projected
/// Newton methods for optimization problems with simple constraints”, 1982).
fn fitted(topics: &[(f64, &Example)], without: Option<Feature>) -> Weights {
    const STEPS: usize = 60;
    const SMALL: f64 = 1e-9;
    let free: Vec<bool> = Feature::ALL.iter().map(|&feature| without != Some(feature)).collect();
    let mut weights: Vec<f64> = free.iter().map(|&free| if free { 1.0 } else { 0.0 }).collect();
    let mut loss = Loss::at(&weights, topics);
    for _ in 0..STEPS {
        let moving = |i: usize| free[i] && (weights[i] > 0.0 || loss.gradient[i] < 0.0);
        let moving: Vec<usize> = (0..weights.len()).filter(|&i| moving(i)).collect();
        let direction = newton(&loss, &moving);
        let mut step = 1.0;
        let next = loop {
            let mut next = weights.clone();
            moving
                .iter()
                .zip(&direction)
                .for_each(|(&i, by)| next[i] = (next[i] - step * by).max(0.0));
            let at = Loss::at(&next, topics);
            if at.value < loss.value - SMALL {
                break Some((next, at));
            }
            step /= 2.0;
            if step < SMALL {
                break None;
            }
        };
        let Some((next, at)) = next else { break };
        (weights, loss) = (next, at);
    }
    Weights::of(&weights)
}

/// The loss at some weights, with its first and second derivatives.
struct Loss {
    value: f64,
    gradient: Vec<f64>,
    hessian: Vec<Vec<f64>>,
}

impl Loss {
    fn at(weights: &[f64], topics: &[(f64, &Example)]) -> Loss {
        let n = weights.len();
        let ridge = Feature::ALL.map(|feature| match feature {
            Feature::Neighbours => RIDGE_OF_OTHERS,
            _ => RIDGE,
        });
        let mut loss = Loss {
            value: ridge.iter().zip(weights).map(|(ridge, weight)| ridge * weight * weight).sum(),
            gradient: ridge
                .iter()
                .zip(weights)
                .map(|(ridge, weight)| 2.0 * ridge * weight)
                .collect(),
            hessian: (0..n)
                .map(|i| (0..n).map(|j| if i == j { 2.0 * ridge[i] } else { 0.0 }).collect())
                .collect(),
        };
        topics.iter().for_each(|(share, example)| loss.add(*share, example, weights));
        loss
    }

    fn add(&mut self, share: f64, example: &Example, weights: &[f64]) {
        if example.target.iter().all(|&target| target == 0.0) {
            return;
        }
        let dot = |(_, features): &(String, Features)| -> f64 {
            features.values().iter().zip(weights).map(|(value, weight)| value * weight).sum()
        };
        let scores: Vec<f64> = example.candidates.iter().map(dot).collect();
        let highest = scores.iter().copied().fold(f64::MIN, f64::max);
        let total: f64 = scores.iter().map(|score| (score - highest).exp()).sum();
        let n = weights.len();
        let mut expected = vec![0.0; n];
        for (((_, features), score), target) in
            example.candidates.iter().zip(&scores).zip(&example.target)
        {
            let log = score - highest - total.ln();
            let probability = log.exp();
            self.value -= share * target * log;
            let values = features.values();
            for i in 0..n {
                self.gradient[i] += share * (probability - target) * values[i];
                expected[i] += probability * values[i];
                for j in 0..=i {
                    self.hessian[i][j] += share * probability * values[i] * values[j];
                }
            }
        }
        for i in 0..n {
            for j in 0..=i {
                self.hessian[i][j] -= share * expected[i] * expected[j];
            }
        }
    }
}

/// Newton's step for the weights that move: the gradient divided by the second derivatives. The ridge keeps these positive
/// definite.
fn newton(loss: &Loss, moving: &[usize]) -> Vec<f64> {
    let matrix =
        moving.iter().map(|&i| moving.iter().map(|&j| loss.hessian[i][j]).collect()).collect();
    solve(matrix, moving.iter().map(|&i| loss.gradient[i]).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Topics whose relevant candidate has more of `good` than all others, which have more of `bad`.
    fn examples(good: Feature, bad: Feature) -> Examples {
        let mut qrels = Qrels::default();
        (0..10).for_each(|topic| qrels.judge(&topic.to_string(), "right", 1));
        let mut examples = Examples::new("made up", &qrels);
        for topic in 0..10 {
            let mut right = Features::default();
            right[good] = 0.6;
            right[bad] = 0.1 * f64::from(topic % 3);
            let mut wrong = Features::default();
            wrong[good] = 0.05 * f64::from(topic);
            wrong[bad] = 0.5;
            examples.add(
                &topic.to_string(),
                vec![("wrong".to_owned(), wrong), ("right".to_owned(), right)],
            );
        }
        examples
    }

    #[test]
    fn what_tells_the_relevant_gets_weight_and_what_does_not_gets_none() {
        let all = [examples(Feature::Title, Feature::Body)];
        let fitting = Fitting::new(&all, true);
        assert_eq!(fitting.weights.keys().collect::<Vec<_>>(), [&"title"]);
        assert_eq!(fitting, Fitting::new(&all, true), "the same again");
        let [whole, without_title] = &fitting.variants[..] else {
            panic!("one feature counts: {fitting:?}")
        };
        assert_eq!((whole.validations[0].ndcg, &*without_title.name), (1.0, "without title"));
        assert!(without_title.validations[0].ndcg < 1.0);
    }

    /// Nothing but one of this feature.
    fn one(feature: Feature) -> Features {
        let mut features = Features::default();
        features[feature] = 1.0;
        features
    }

    #[test]
    fn the_loss_is_least_where_its_gradient_is_nothing() {
        let examples = examples(Feature::Title, Feature::Body);
        let topics: Vec<(f64, &Example)> =
            examples.topics.iter().map(|example| (0.1, example)).collect();
        let weights = fitted(&topics, None);
        let values: Vec<f64> =
            Feature::ALL.iter().map(|&feature| weights.share(&one(feature), feature)).collect();
        let gradient = Loss::at(&values, &topics).gradient;
        for (weight, slope) in values.iter().zip(&gradient) {
            assert!(
                if *weight > 0.0 { slope.abs() < 1e-4 } else { *slope > -1e-4 },
                "{values:?} {gradient:?}"
            );
        }
    }
}
