//! `pincite/check/1`: what the sources say about claims.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::rounding::rounded;
use crate::check::{self, Request, Slot, Stance, Verdict, Why};
use crate::engine;
use crate::text::Span;

/// The verdicts of the sources on claims. They speak of what these say, never of what is true.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Checks {
    /// The name and version of this shape, `pincite/check/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Checks::SCHEMA)))]
    pub schema: String,
    /// The name of the file that the claims were read from. Absent where they were given outright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// The claims with what the sources say about each, in the order of the claims.
    pub checks: Vec<Check>,
    /// The parts of the file that were not taken for claims, in order. Absent where there are none,
    /// and in a document of one line.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<Skipped>,
}

/// A part of a file that was not taken for a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Skipped {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// The reason.
    pub why: Why,
}

/// The verdict of the sources on one claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// The claim as it was given; of a draft, the sentence in its readable form.
    pub claim: String,
    /// The line of the file on which the claim begins, counted from 1. Absent where it was given
    /// outright.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column in which a sentence of a draft begins, in Unicode code points counted from 1.
    /// Absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The sentence of a draft, markup included, in bytes of the draft's canonical text, half-open,
    /// from 0. Absent otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Span>,
    /// The verdict.
    pub verdict: Verdict,
    /// The probability that a reader of the same evidence would give the same verdict, from 0 to 1.
    /// Absent where the verdict is `partial` or `not_found`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// The assertions of a claim that makes more than one, each judged by itself. Absent otherwise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub assertions: Vec<Assertion>,
    /// The sentences that the verdict rests on, assertion by assertion, the strongest first.
    pub evidence: Vec<Evidence>,
    /// The nearest passages that take no side, the nearest first.
    pub related: Vec<Citation>,
    /// Why each of `related` takes none, in the same order. Absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Undecided>,
}

/// One of the assertions that a claim makes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Assertion {
    /// The assertion in the words of the claim, the subject carried over.
    pub text: String,
    /// The verdict on it.
    pub verdict: Verdict,
    /// The confidence of this verdict, as for the whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A sentence for or against a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Evidence {
    /// The side that it takes.
    pub stance: Stance,
    /// The assertion that it speaks of, counted from 1. Absent where the claim makes only one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub assertion: Option<usize>,
    /// The probability that it takes this side, from 0 to 1. Absent where it says only a part of the
    /// claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// The citation of the sentence.
    pub citation: Citation,
    /// Points in which it agrees with the claim, or differs from it.
    pub reasons: Vec<Reason>,
    /// The number of its origin, counted from 1: near-duplicates, and sentences of one source, have
    /// the same, and count once.
    pub origin: usize,
    /// The figures of the reading by name: the share of the claim that is answered, and how often
    /// each liberty is taken. Absent unless an explanation was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub features: Option<BTreeMap<String, f64>>,
}

/// Why a related passage takes no side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Undecided {
    /// The share of the claim that it has, from 0 to 1.
    pub answered: f64,
    /// Points in which it agrees with the claim, differs from it, or leaves it open.
    pub reasons: Vec<Reason>,
}

/// A respect in which a claim and a source agree or differ, in the words of both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// The respect.
    pub slot: Slot,
    /// The words of the claim; empty where it says nothing of it.
    pub claim: String,
    /// The words of the source; empty where it says nothing of it.
    pub source: String,
}

impl Checks {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/check/1";

    /// One document of all claims; with `explain`, evidence has the features that were measured.
    pub fn new(checks: &engine::Checks, explain: bool) -> Self {
        let all =
            checks.iter().map(|(request, check)| Check::new(request, check, explain)).collect();
        let skipped = checks.input.skipped.iter().map(Skipped::from).collect();
        Self { skipped, ..Self::of(checks, all) }
    }

    /// A document a claim, so that whoever reads one document of all claims reads these too.
    pub fn one_by_one(checks: &engine::Checks, explain: bool) -> impl Iterator<Item = Self> {
        checks.iter().map(move |(request, check)| {
            Self::of(checks, vec![Check::new(request, check, explain)])
        })
    }

    fn of(checks: &engine::Checks, some: Vec<Check>) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            file: checks.file.clone(),
            checks: some,
            skipped: Vec::new(),
        }
    }
}

impl Check {
    /// Tells what the sources say about one claim; with `explain`, evidence has the features that
    /// were measured.
    pub fn new(request: &Request, check: &check::Check, explain: bool) -> Self {
        let extent = request.place.and_then(|place| place.extent);
        let several = !check.assertions.is_empty();
        Self {
            claim: check.claim.clone(),
            line: request.place.map(|place| place.line),
            column: extent.map(|extent| extent.start.column),
            bytes: extent.map(|extent| extent.bytes),
            verdict: check.verdict,
            confidence: check.confidence.map(rounded),
            assertions: check.assertions.iter().map(Assertion::from).collect(),
            evidence: check
                .evidence
                .iter()
                .map(|evidence| Evidence::new(evidence, several, explain))
                .collect(),
            related: check.related.iter().map(|it| it.quoted.citation.clone()).collect(),
            undecided: check.related.iter().map(Undecided::from).collect(),
        }
    }
}

impl Evidence {
    /// A piece of evidence, which names its assertion where the claim makes `several`.
    fn new(evidence: &check::Evidence, several: bool, explain: bool) -> Self {
        let features = || {
            evidence
                .features
                .iter()
                .map(|(name, value)| ((*name).to_owned(), rounded(*value)))
                .collect()
        };
        Self {
            stance: evidence.stance,
            assertion: several.then_some(evidence.assertion),
            confidence: evidence.confidence.map(rounded),
            citation: evidence.quoted.citation.clone(),
            reasons: evidence.reasons.iter().map(Reason::from).collect(),
            origin: evidence.origin,
            features: explain.then(features),
        }
    }
}

impl From<&check::Skipped> for Skipped {
    fn from(skipped: &check::Skipped) -> Self {
        Self { line: skipped.line, why: skipped.why }
    }
}

impl From<&check::Assertion> for Assertion {
    fn from(assertion: &check::Assertion) -> Self {
        Self {
            text: assertion.text.clone(),
            verdict: assertion.verdict,
            confidence: assertion.confidence.map(rounded),
        }
    }
}

impl From<&check::Related> for Undecided {
    fn from(related: &check::Related) -> Self {
        Self {
            answered: rounded(related.answered),
            reasons: related.reasons.iter().map(Reason::from).collect(),
        }
    }
}

impl From<&check::Reason> for Reason {
    fn from(reason: &check::Reason) -> Self {
        Self { slot: reason.slot, claim: reason.claim.clone(), source: reason.source.clone() }
    }
}
