//! `pincite/check/1`.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{document, lines, rounded};
use pincite_core::check::{self, Check, Evidence, Request, Skipped};
use pincite_core::cite::Citation;
use pincite_core::engine::Checks;
use pincite_core::text::Span;

/// `pincite/check/1`: what the sources say about claims.
pub fn checks(checks: &Checks) -> String {
    let skipped =
        checks.input.skipped.iter().map(|Skipped { line, why }| SkippedRecord { line: *line, why: why.name() });
    document(
        "pincite/check/1",
        &ChecksRecord {
            file: checks.file.as_deref(),
            checks: checks.iter().map(|(request, check)| CheckRecord::new(request, check, checks.explain)).collect(),
            skipped: skipped.collect(),
        },
    )
}

/// `pincite/check/1`: the same, a line a claim; each line is a document of one check, so that what reads the one reads
/// the other.
pub fn checks_as_lines(checks: &Checks) -> String {
    let records = checks.iter().map(|(request, check)| ChecksRecord {
        file: checks.file.as_deref(),
        checks: vec![CheckRecord::new(request, check, checks.explain)],
        skipped: Vec::new(),
    });
    lines("pincite/check/1", records)
}

#[derive(Serialize)]
struct ChecksRecord<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<&'a str>,
    checks: Vec<CheckRecord<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    skipped: Vec<SkippedRecord>,
}

#[derive(Serialize)]
struct SkippedRecord {
    line: usize,
    why: &'static str,
}

#[derive(Serialize)]
struct CheckRecord<'a> {
    claim: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<Span>,
    verdict: check::Verdict,
    confidence: f64,
    /// Only where there is more than one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    assertions: Vec<AssertionRecord<'a>>,
    evidence: Vec<EvidenceRecord<'a>>,
    related: Vec<&'a Citation>,
}

#[derive(Serialize)]
struct AssertionRecord<'a> {
    text: &'a str,
    verdict: check::Verdict,
    confidence: f64,
}

#[derive(Serialize)]
struct EvidenceRecord<'a> {
    stance: check::Stance,
    #[serde(skip_serializing_if = "Option::is_none")]
    assertion: Option<usize>,
    confidence: f64,
    citation: &'a Citation,
    reasons: &'a [check::Reason],
    origin: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    features: Option<BTreeMap<&'static str, f64>>,
}

impl<'a> CheckRecord<'a> {
    fn new(request: &Request, check: &'a Check, explain: bool) -> Self {
        let features =
            |evidence: &Evidence| evidence.features.iter().map(|(name, value)| (*name, rounded(*value))).collect();
        let evidence = check.evidence.iter().map(|evidence| EvidenceRecord {
            stance: evidence.stance,
            assertion: (!check.assertions.is_empty()).then_some(evidence.assertion),
            confidence: rounded(evidence.confidence),
            citation: &evidence.quoted.citation,
            reasons: &evidence.reasons,
            origin: evidence.origin,
            features: explain.then(|| features(evidence)),
        });
        let assertions = check.assertions.iter().map(|it| AssertionRecord {
            text: &it.text,
            verdict: it.verdict,
            confidence: rounded(it.confidence),
        });
        let extent = request.place.and_then(|place| place.extent);
        Self {
            claim: &check.claim,
            line: request.place.map(|place| place.line),
            column: extent.map(|extent| extent.start.column),
            bytes: extent.map(|extent| extent.bytes),
            verdict: check.verdict,
            confidence: rounded(check.confidence),
            assertions: assertions.collect(),
            evidence: evidence.collect(),
            related: check.related.iter().map(|quoted| &quoted.citation).collect(),
        }
    }
}
