//! Settles what passages say of a claim together: the verdict, and the evidence that it rests on.

use std::collections::BTreeMap;

use super::finding::Finding;
use super::fit::Fit;
use super::judge::{Judgement, Ruling};
use super::period::{Period, periods};
use super::reason::{Slot, Stance};
use super::statement::Statement;
use super::verdict::{Assertion, Check, Evidence, Related, Verdict};
use crate::cite::Quotation;
use crate::source::SourceId;

/// Count of passages shown as related.
const RELATED: usize = 3;

/// The origins of evidence, counted from 1 as they come.
#[derive(Default)]
struct Origins(BTreeMap<SourceId, usize>);

impl Origins {
    fn number(&mut self, quoted: &Quotation) -> usize {
        let next = self.0.len() + 1;
        *self.0.entry(quoted.passage.source.clone()).or_insert(next)
    }
}

/// Returns the verdict on what passages say of a claim.
pub(super) fn settle(claim: &str, statement: &Statement, findings: Vec<Finding>) -> Check {
    let stands: Vec<bool> =
        findings.iter().map(|finding| stands(finding, statement, &findings)).collect();
    let mut origins = Origins::default();
    let mut evidence: Vec<Evidence> = Vec::new();
    let mut parts: Vec<(f64, Evidence)> = Vec::new();
    let mut related: Vec<Related> = Vec::new();
    for (finding, stands) in findings.into_iter().zip(stands) {
        let Some((quoted, judgement)) = finding.cited() else { continue };
        let confidence = judgement.confidence();
        match judgement.ruling {
            Ruling::Decided(stance) if stands => {
                let origin = origins.number(&quoted);
                let piece = Evidence::new(stance, quoted, judgement, origin);
                evidence.push(Evidence { confidence: Some(confidence), ..piece });
            }
            Ruling::Part => {
                let origin = origins.number(&quoted);
                let piece = Evidence::new(Stance::Supports, quoted, judgement, origin);
                parts.push((confidence, piece));
            }
            _ => {
                let Judgement { answered, reasons, .. } = judgement;
                related.push(Related { quoted, reasons, answered });
            }
        }
    }
    evidence.sort_by(|a, b| falling(a.confidence.unwrap_or(0.0), b.confidence.unwrap_or(0.0)));
    parts.sort_by(|(a, _), (b, _)| falling(*a, *b));
    let (verdict, confidence) = verdict(&evidence, !parts.is_empty());
    if verdict == Verdict::Partial {
        evidence = parts.into_iter().map(|(_, part)| part).take(RELATED).collect();
    } else {
        let parts = parts.into_iter().map(|(_, Evidence { quoted, reasons, .. })| Related {
            quoted,
            reasons,
            answered: 1.0,
        });
        related.splice(0..0, parts);
    }
    related.sort_by(|a, b| falling(a.answered, b.answered));
    related.retain(|it| it.answered > 0.0);
    related.truncate(RELATED);
    Check {
        claim: claim.to_owned(),
        verdict,
        confidence,
        assertions: Vec::new(),
        evidence,
        related,
    }
}

/// Returns whether a finding that decides the claim counts. A contradiction gives way to what may
/// be the claim's own event.
fn stands(finding: &Finding, claim: &Statement, findings: &[Finding]) -> bool {
    if !finding.takes(Stance::Contradicts) {
        return true;
    }
    let contradiction = &finding.judgement;
    let is_doubtful = contradiction.differs_in_time() && happens_again(claim, findings)
        || findings.iter().any(|other| other.has_value(claim, contradiction));
    let is_supported = findings.iter().any(|it| it.takes(Stance::Supports));
    !is_doubtful || is_supported && contradiction.is_disputed(claim)
}

impl Evidence {
    /// Makes evidence of a judgement, on an assertion that is the whole claim, without a
    /// confidence.
    fn new(stance: Stance, quoted: Quotation, judgement: Judgement, origin: usize) -> Evidence {
        let features = judgement.figures();
        let reasons = judgement.reasons;
        Evidence { stance, assertion: 1, quoted, reasons, origin, confidence: None, features }
    }
}

fn falling(a: f64, b: f64) -> std::cmp::Ordering {
    b.total_cmp(&a)
}

/// Returns the verdict on evidence that takes sides, with its confidence: that of the strongest
/// evidence, or of the weaker side where there are two.
fn verdict(evidence: &[Evidence], has_parts: bool) -> (Verdict, Option<f64>) {
    let most = |stance: Stance| {
        let side = evidence.iter().filter(|it| it.stance == stance);
        side.filter_map(|it| it.confidence).reduce(f64::max)
    };
    match (most(Stance::Supports), most(Stance::Contradicts)) {
        (Some(supports), Some(contradicts)) => (Verdict::Disputed, Some(supports.min(contradicts))),
        (Some(supports), None) => (Verdict::Supported, Some(supports)),
        (None, Some(contradicts)) => (Verdict::Contradicted, Some(contradicts)),
        (None, None) if has_parts => (Verdict::Partial, None),
        (None, None) => (Verdict::NotFound, None),
    }
}

/// Returns whether sentences that name other times than the claim name times that exclude each
/// other: who was released in 1995 and in 2000 may have been released in 2010. Not for what happens
/// once, where sources that name two years disagree.
fn happens_again(claim: &Statement, findings: &[Finding]) -> bool {
    if claim.is_once() {
        return false;
    }
    let times: Vec<Vec<Period>> = findings
        .iter()
        .filter(|it| it.takes(Stance::Contradicts))
        .map(|it| {
            let named = it.judgement.reasons.iter().filter(|it| it.slot == Slot::Date);
            named.flat_map(|reason| periods(&reason.source)).collect()
        })
        .collect();
    times.iter().enumerate().any(|(i, a)| times[..i].iter().any(|b| exclude(a, b)))
}

/// Returns whether times exclude each other, one by one.
fn exclude(a: &[Period], b: &[Period]) -> bool {
    let mut pairs = a.iter().flat_map(|a| b.iter().map(move |b| a.fit(b))).peekable();
    pairs.peek().is_some() && pairs.all(|fit| fit == Fit::Excludes)
}

impl Check {
    /// Returns the verdict on a claim of which each assertion has been checked. It is as good as
    /// its worst part.
    pub(super) fn of_several(claim: &str, parts: Vec<Check>) -> Check {
        let assertion = |part: &Check| Assertion {
            text: part.claim.clone(),
            verdict: part.verdict,
            confidence: part.confidence,
        };
        let assertions: Vec<Assertion> = parts.iter().map(assertion).collect();
        let is = |verdict: Verdict| assertions.iter().filter(move |it| it.verdict == verdict);
        let all = |verdict: Verdict| is(verdict).count() == assertions.len();
        let verdict = match () {
            () if is(Verdict::Contradicted).next().is_some() => Verdict::Contradicted,
            () if is(Verdict::Disputed).next().is_some() => Verdict::Disputed,
            () if all(Verdict::Supported) => Verdict::Supported,
            () if all(Verdict::NotFound) => Verdict::NotFound,
            () => Verdict::Partial,
        };
        // All of them have to be supported, one contradicted is enough.
        let of_parts = is(verdict).filter_map(|it| it.confidence);
        let confidence = match verdict {
            Verdict::Supported => of_parts.reduce(f64::min),
            Verdict::Contradicted | Verdict::Disputed => of_parts.reduce(f64::max),
            Verdict::Partial | Verdict::NotFound => None,
        };
        let (mut evidence, mut related) = (Vec::new(), Vec::new());
        let mut origins = Origins::default();
        for (i, part) in parts.into_iter().enumerate() {
            related.extend(part.related);
            evidence.extend(part.evidence.into_iter().map(|it| {
                let origin = origins.number(&it.quoted);
                Evidence { assertion: i + 1, origin, ..it }
            }));
        }
        related.truncate(RELATED);
        Check { claim: claim.to_owned(), verdict, confidence, assertions, evidence, related }
    }
}
