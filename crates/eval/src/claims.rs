//! [`Stances`]: labelled pairs of claim and evidence, to train a [`Model`] on and to test it with.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::beir::jsonl;
use super::judged::{Judged, Mismatched, StanceReport};
use pincite_core::Result;
use pincite_core::check::{Class, Comparison, Example, Model, Statement, train};
use pincite_core::text::sentences;

/// Labelled pairs of claim and evidence.
pub struct Stances {
    pairs: Vec<Pair>,
}

/// A claim with evidence.
struct Pair {
    claim: String,
    /// The evidence, sentence by sentence.
    sentences: Vec<Statement>,
    /// The title of the article that has the evidence; empty if it is not known.
    title: Vec<Statement>,
    /// The sentences of the same article that annotators did not mark as evidence.
    rest: Vec<Statement>,
    /// The label.
    class: Class,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    #[serde(default)]
    title: Option<String>,
    label: Label,
    /// If `evidence` is a whole article: sets of indices into it; each set supports the claim.
    supporting_sentences: Option<Vec<Vec<usize>>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Label {
    #[serde(alias = "supported")]
    Supports,
    Refutes,
    #[serde(alias = "partially_supported", alias = "not_supported")]
    NotEnoughInfo,
}

impl From<Label> for Class {
    fn from(label: Label) -> Self {
        match label {
            Label::Supports => Class::Supports,
            Label::Refutes => Class::Contradicts,
            Label::NotEnoughInfo => Class::Neither,
        }
    }
}

impl Stances {
    /// Reads pairs from a JSON Lines file: `claim`, `evidence` (a list of texts), `label`
    /// (`SUPPORTS`, `REFUTES` or `NOT_ENOUGH_INFO`), and optionally `title`. In files like WiCE,
    /// `evidence` is an article, and the evidence is its sentences in `supporting_sentences`.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a pair
    /// cannot be parsed.
    pub fn read(path: &Path) -> Result<Stances> {
        Ok(Stances { pairs: jsonl::<Line>(path)?.into_iter().map(Pair::new).collect() })
    }

    /// Keeps every `n`th pair, for a quicker measurement.
    #[must_use]
    pub fn every(mut self, n: usize) -> Stances {
        self.pairs = self.pairs.into_iter().step_by(n.max(1)).collect();
        self
    }

    /// Compares every claim with its evidence, and with texts that are not evidence for it.
    pub fn compared(&self) -> Compared {
        let n = self.pairs.len();
        let compare = |i: usize, other: usize| {
            let Pair { sentences, title, .. } = &self.pairs[other];
            self.pairs[i].compare(sentences, title)
        };
        let mut wrong = Vec::new();
        for (i, pair) in self.pairs.iter().enumerate() {
            if !pair.rest.is_empty() {
                wrong.push((i, pair.compare(&pair.rest, &pair.title)));
            } else if pair.class == Class::Neither {
                wrong.push((i, compare(i, i)));
            }
        }
        let nearest = self.nearest().into_iter().enumerate();
        Compared {
            classes: self.pairs.iter().map(|pair| pair.class).collect(),
            given: (0..n).map(|i| compare(i, i)).collect(),
            exchanged: (0..n).map(|i| compare(i, (i + n / 2) % n)).collect(),
            confused: nearest.map(|(i, other)| compare(i, other?)).collect(),
            wrong,
        }
    }

    /// Returns, for each claim, the other pair whose evidence shares the most words with it,
    /// weighted by rarity. Pairs whose evidence names the claim's subject are left out: they may
    /// well be evidence for it.
    fn nearest(&self) -> Vec<Option<usize>> {
        let mut postings: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, pair) in self.pairs.iter().enumerate() {
            for word in pair.words() {
                postings.entry(word).or_default().push(i);
            }
        }
        self.pairs.iter().map(|pair| self.nearest_to(&pair.claim, &postings)).collect()
    }

    fn nearest_to(&self, claim: &str, postings: &BTreeMap<&str, Vec<usize>>) -> Option<usize> {
        let claim = Statement::new(claim);
        let subject = claim.subject();
        let words: BTreeSet<&str> = claim.folded().collect();
        let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
        for word in words {
            let Some(pairs) = postings.get(word) else { continue };
            // Common words say little, and would make this quadratic.
            if subject.contains(&word) || pairs.len() >= self.pairs.len() / 10 {
                continue;
            }
            let rarity = (self.pairs.len() as f64 / pairs.len() as f64).ln();
            for &pair in pairs {
                *shared.entry(pair).or_default() += rarity;
            }
        }
        for word in subject {
            for pair in postings.get(word).into_iter().flatten() {
                shared.remove(pair);
            }
        }
        let nearest = shared.into_iter().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        nearest.map(|(pair, _)| pair)
    }
}

impl Pair {
    fn new(Line { claim, evidence, title, label, supporting_sentences }: Line) -> Pair {
        let supporting = supporting_sentences.map(|sets| sets.concat());
        let (mut given, mut rest) = (Vec::new(), Vec::new());
        for (i, text) in evidence.iter().enumerate() {
            let is_evidence = supporting.as_ref().is_none_or(|indices| indices.contains(&i));
            let statements = if is_evidence { &mut given } else { &mut rest };
            statements.extend(sentences(text).into_iter().map(|it| Statement::new(it.of(text))));
        }
        Pair {
            sentences: given,
            rest,
            title: title.iter().map(|title| Statement::new(title)).collect(),
            claim,
            class: label.into(),
        }
    }

    /// Returns the words of the evidence.
    fn words(&self) -> BTreeSet<&str> {
        self.sentences.iter().flat_map(Statement::folded).collect()
    }

    /// Compares the claim with sentences.
    fn compare(&self, sentences: &[Statement], title: &[Statement]) -> Option<Comparison> {
        Comparison::new(&Statement::new(&self.claim), sentences, title)
    }
}

/// The comparisons of the pairs of a file. A comparison is `None` if the two have no word in
/// common.
pub struct Compared {
    classes: Vec<Class>,
    /// Each claim with its evidence.
    given: Vec<Option<Comparison>>,
    /// Each claim with the evidence of the pair half the file away.
    exchanged: Vec<Option<Comparison>>,
    /// Each claim with the most similar evidence of another pair.
    confused: Vec<Option<Comparison>>,
    /// Claims, by index, with the best sentence of the same article that is not evidence.
    wrong: Vec<(usize, Option<Comparison>)>,
}

/// The weight of a mismatched pair in training; that of a labelled pair is 1.
const MISMATCHED: f64 = 0.5;

impl Compared {
    /// Returns the pairs as training examples, without those whose index `leave_out` accepts. In
    /// files without the label `NOT_ENOUGH_INFO`, mismatched pairs take its place.
    fn examples(&self, leave_out: impl Fn(usize) -> bool) -> Vec<Example> {
        let has_neither = self.classes.contains(&Class::Neither);
        let mut examples = Vec::new();
        for (i, class) in self.classes.iter().enumerate().filter(|(i, _)| !leave_out(*i)) {
            examples.push(example(self.given[i].as_ref(), *class, 1.0));
            if !has_neither {
                for wrong in [&self.exchanged[i], &self.confused[i]] {
                    examples.push(example(wrong.as_ref(), Class::Neither, MISMATCHED));
                }
            }
        }
        examples
    }

    /// Measures a model.
    pub fn measure(&self, name: &str, model: &Model) -> StanceReport {
        self.measure_by(name, |_| model)
    }

    /// Measures by cross-validation: each pair is judged by a model trained on the other folds and
    /// on `more`. Pair `i` is in fold `i % folds`.
    pub fn cross_validated(&self, name: &str, folds: usize, more: &[&Compared]) -> StanceReport {
        let folds = folds.max(2);
        let mut models = Vec::new();
        for fold in 0..folds {
            let mut examples = self.examples(|i| i % folds == fold);
            for compared in more {
                examples.extend(compared.examples(|_| false));
            }
            models.push(train(&examples));
        }
        self.measure_by(name, |i| &models[i % folds])
    }

    fn measure_by<'m>(&self, name: &str, model: impl Fn(usize) -> &'m Model) -> StanceReport {
        let judge =
            |i: usize, it: &Option<Comparison>| Judged::new(it.as_ref(), self.classes[i], model(i));
        let judged = |compared: &[Option<Comparison>]| -> Vec<Judged> {
            compared.iter().enumerate().map(|(i, it)| judge(i, it)).collect()
        };
        let wrong: Vec<Judged> = self.wrong.iter().map(|(i, it)| judge(*i, it)).collect();
        let mut mismatched = vec![
            Mismatched::new("exchanged", &judged(&self.exchanged)),
            Mismatched::new("confused", &judged(&self.confused)),
        ];
        if !wrong.is_empty() {
            mismatched.push(Mismatched::new("same_article", &wrong));
        }
        StanceReport {
            file: name.to_owned(),
            pairs: judged(&self.given),
            mismatched,
            control: (0..self.classes.len())
                .map(|i| Judged::new(None, self.classes[i], model(i)))
                .collect(),
            checked: None,
        }
    }
}

fn example(comparison: Option<&Comparison>, class: Class, weight: f64) -> Example {
    let features = comparison.map(|it| it.features).unwrap_or_default();
    Example { features, class, weight }
}

/// Trains a model on all pairs of these files.
pub fn train_on(compared: &[&Compared]) -> Model {
    let examples: Vec<Example> = compared.iter().flat_map(|it| it.examples(|_| false)).collect();
    train(&examples)
}
