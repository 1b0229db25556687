//! [`Stances`]: claims with evidence and what people judged, to train a [`Model`] on and to measure it by.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::Deserialize;

use super::beir::jsonl;
use super::judged::{Judged, Mismatched, StanceReport};
use pincite_core::Result;
use pincite_core::check::{Class, Comparison, Example, Model, Rarity, Statement, train};
use pincite_core::text::sentences;

/// Claims, each with evidence and what people judged.
pub struct Stances {
    pairs: Vec<Pair>,
}

/// A claim with evidence.
struct Pair {
    claim: String,
    /// The evidence, sentence by sentence.
    sentences: Vec<Statement>,
    /// The title of the article that the evidence is of, where it is known.
    title: Vec<Statement>,
    /// Other sentences of the same article, of which people found that they say nothing of it.
    rest: Vec<Statement>,
    /// What people judged.
    class: Class,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    #[serde(default)]
    title: Option<String>,
    label: Label,
    /// Where `evidence` is a whole article: sets of its sentences, each of which supports the claim.
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
    /// Reads pairs, one JSON object a line: `claim`, `evidence` (texts), `label` (`SUPPORTS`, `REFUTES` or
    /// `NOT_ENOUGH_INFO`), and maybe `title`. Or as WiCE has them: `evidence` is an article, of which the sentences in
    /// `supporting_sentences` are the evidence.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file, [`FileError::Malformed`](pincite_core::FileError::Malformed) with the
    /// line where one cannot be read.
    pub fn read(path: &Path) -> Result<Stances> {
        let pair = |Line { claim, evidence, title, label, supporting_sentences }| {
            let read = |texts: Vec<&String>| {
                let texts = texts
                    .into_iter()
                    .flat_map(|text| sentences(text).into_iter().map(|span| span.of(text)));
                texts.map(Statement::new).collect()
            };
            let sets = supporting_sentences.map(|sets| sets.concat());
            let is_evidence = |place: &usize| sets.as_ref().is_none_or(|sets| sets.contains(place));
            let (given, rest): (Vec<_>, Vec<_>) =
                evidence.iter().enumerate().partition(|(i, _)| is_evidence(i));
            let texts = |all: Vec<(usize, _)>| all.into_iter().map(|(_, text)| text).collect();
            Pair {
                sentences: read(texts(given)),
                rest: read(texts(rest)),
                title: title.iter().map(|title| Statement::new(title)).collect(),
                claim,
                class: label.into(),
            }
        };
        Ok(Stances { pairs: jsonl::<Line>(path)?.into_iter().map(pair).collect() })
    }

    /// How rare words are over all the evidence, as an index of it would have it.
    fn rarity(&self) -> Rarity {
        let mut frequencies: BTreeMap<String, f64> = BTreeMap::new();
        for pair in &self.pairs {
            let words: BTreeSet<&str> = pair.sentences.iter().flat_map(Statement::folded).collect();
            words
                .into_iter()
                .for_each(|word| *frequencies.entry(word.to_owned()).or_default() += 1.0);
        }
        let all = self.pairs.len() as f64;
        let most = (2.0 * all + 2.0).ln();
        let rarity = |frequency: f64| {
            ((1.0 + (all - frequency + 0.5) / (frequency + 0.5)).ln() / most).clamp(0.0, 1.0)
        };
        Rarity::new(frequencies.iter().map(|(word, frequency)| (word.as_str(), rarity(*frequency))))
    }

    /// Every so manieth pair: for a measurement that has to be quick.
    #[must_use]
    pub fn every(mut self, n: usize) -> Stances {
        self.pairs = self.pairs.into_iter().step_by(n.max(1)).collect();
        self
    }

    /// Compares every claim with its evidence, and with what is none.
    pub fn compared(&self) -> Compared {
        let rarity = self.rarity();
        let n = self.pairs.len();
        let beside = |i: usize, other: usize| {
            let Pair { sentences, title, .. } = &self.pairs[other];
            self.pairs[i].beside(sentences, title, &rarity)
        };
        let wrong = |pair: &Pair| match pair.class {
            _ if !pair.rest.is_empty() => Some(pair.beside(&pair.rest, &pair.title, &rarity)),
            Class::Neither => Some(pair.beside(&pair.sentences, &pair.title, &rarity)),
            _ => None,
        };
        Compared {
            classes: self.pairs.iter().map(|pair| pair.class).collect(),
            given: (0..n).map(|i| beside(i, i)).collect(),
            exchanged: (0..n).map(|i| beside(i, (i + n / 2) % n)).collect(),
            confused: self
                .nearest(&rarity)
                .into_iter()
                .enumerate()
                .map(|(i, other)| beside(i, other?))
                .collect(),
            wrong: self
                .pairs
                .iter()
                .enumerate()
                .filter_map(|(i, pair)| Some((i, wrong(pair)?)))
                .collect(),
        }
    }

    /// For each claim the other one whose evidence shares most with it, rare words counting most, but not its first name:
    /// that may well be evidence for it, too.
    fn nearest(&self, rarity: &Rarity) -> Vec<Option<usize>> {
        let claims: Vec<Statement> =
            self.pairs.iter().map(|pair| Statement::new(&pair.claim)).collect();
        let mut holders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (i, pair) in self.pairs.iter().enumerate() {
            let words: BTreeSet<&str> = pair.sentences.iter().flat_map(Statement::folded).collect();
            words.into_iter().for_each(|word| holders.entry(word).or_default().push(i));
        }
        let nearest = |i: usize| {
            let mut shared: BTreeMap<usize, f64> = BTreeMap::new();
            let subject = claims[i].subject();
            let words: BTreeSet<&str> = claims[i].folded().collect();
            for word in words {
                let same = holders
                    .get(word)
                    .filter(|same| same.len() < self.pairs.len() / 10 && !subject.contains(&word));
                same.into_iter()
                    .flatten()
                    .for_each(|&j| *shared.entry(j).or_default() += rarity.of(word));
            }
            for word in subject {
                holders.get(word).into_iter().flatten().for_each(|j| {
                    shared.remove(j);
                });
            }
            shared
                .into_iter()
                .max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)))
                .map(|(j, _)| j)
        };
        (0..claims.len()).map(nearest).collect()
    }
}

impl Pair {
    fn beside(
        &self,
        sentences: &[Statement],
        title: &[Statement],
        rarity: &Rarity,
    ) -> Option<Comparison> {
        Comparison::best(&Statement::new(&self.claim), sentences, title, rarity)
    }
}

/// What was measured of the pairs of a file.
pub struct Compared {
    classes: Vec<Class>,
    /// Each claim beside its evidence; `None` where they have nothing in common.
    given: Vec<Option<Comparison>>,
    /// Each claim beside evidence for one half the file away.
    exchanged: Vec<Option<Comparison>>,
    /// Each claim beside the evidence for another one that shares most with it.
    confused: Vec<Option<Comparison>>,
    /// The best sentence of the same article that is no evidence, and whose claim's it is.
    wrong: Vec<(usize, Option<Comparison>)>,
}

/// What a pair of a claim with evidence for another one counts in training, beside a pair that people judged.
const MISMATCHED: f64 = 0.5;

impl Compared {
    /// The pairs as examples, without those whose place `leave_out` names. In files in which nothing was judged to be
    /// neither, what is neither are the mismatched pairs.
    fn examples(&self, leave_out: impl Fn(usize) -> bool) -> Vec<Example> {
        let example = |comparison: &Option<Comparison>, class, weight| {
            let features = comparison
                .as_ref()
                .map_or_else(|| [0.0; pincite_core::check::FEATURES.len()], |it| it.features);
            Example { features, class, weight }
        };
        let has_neither = self.classes.contains(&Class::Neither);
        let mut examples = Vec::new();
        for (i, class) in self.classes.iter().enumerate().filter(|(i, _)| !leave_out(*i)) {
            examples.push(example(&self.given[i], *class, 1.0));
            if !has_neither {
                examples.push(example(&self.exchanged[i], Class::Neither, MISMATCHED));
                examples.push(example(&self.confused[i], Class::Neither, MISMATCHED));
            }
        }
        examples
    }

    /// Measures a model.
    pub fn measure(&self, name: &str, model: &Model) -> StanceReport {
        self.measure_by(name, |_| model)
    }

    /// Measures by cross-validation in so many folds: each pair by a model of all the others and of `more`. Pairs go into
    /// folds by turns.
    pub fn cross_validated(&self, name: &str, folds: usize, more: &[&Compared]) -> StanceReport {
        let folds = folds.max(2);
        let models: Vec<Model> = (0..folds)
            .map(|fold| {
                let mut examples = self.examples(|i| i % folds == fold);
                more.iter().for_each(|it| examples.extend(it.examples(|_| false)));
                train(&examples)
            })
            .collect();
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

/// The model that fits all of these best.
pub fn train_on(compared: &[&Compared]) -> Model {
    let examples: Vec<Example> = compared.iter().flat_map(|it| it.examples(|_| false)).collect();
    train(&examples)
}
