//! [`Check`]: what the sources say about a claim.

use serde::{Deserialize, Serialize};

use super::reason::{Reason, Stance, places};
use crate::cite::Quotation;
use crate::text::Span;

/// The verdict of the sources on one claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Check {
    /// The claim as it was given.
    pub claim: String,
    /// The verdict of the sources on it.
    pub verdict: Verdict,
    /// Probability that a reader of the evidence would give the same verdict, from 0 to 1;
    /// `None` where the sources do not decide the matter, and nothing was measured.
    pub confidence: Option<f64>,
    /// The parts of the claim, where it asserts more than one thing; each is judged by itself.
    pub assertions: Vec<Assertion>,
    /// The sentences that the verdict rests on, assertion by assertion, the strongest first.
    pub evidence: Vec<Evidence>,
    /// Passages that speak of the same things without deciding the matter, the nearest first.
    pub related: Vec<Related>,
}

/// One of the things that a claim asserts.
#[derive(Debug, Clone, PartialEq)]
pub struct Assertion {
    /// In the words of the claim, the subject carried over.
    pub text: String,
    /// The verdict of the sources on it.
    pub verdict: Verdict,
    /// Probability of the verdict, as in [`Check::confidence`].
    pub confidence: Option<f64>,
}

impl Check {
    /// All that it quotes: the evidence, then what is related.
    pub fn quoted(&self) -> impl Iterator<Item = &Quotation> {
        let related = self.related.iter().map(|related| &related.quoted);
        self.evidence.iter().map(|evidence| &evidence.quoted).chain(related)
    }

    /// Returns the same, to be completed or changed.
    pub fn quoted_mut(&mut self) -> impl Iterator<Item = &mut Quotation> {
        let evidence = self.evidence.iter_mut().map(|evidence| &mut evidence.quoted);
        evidence.chain(self.related.iter_mut().map(|related| &mut related.quoted))
    }

    /// Returns the places in the claim of the words in which evidence differs from it, in bytes, in
    /// order and disjoint.
    pub fn differences(&self) -> Vec<Span> {
        let reasons = self.evidence.iter().flat_map(|evidence| &evidence.reasons);
        let conflicts = reasons.filter(|reason| reason.is_conflict());
        let mut spans: Vec<Span> =
            conflicts.filter_map(|reason| places(&reason.claim, &self.claim).next()).collect();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        spans.dedup_by(|next, last| {
            let overlaps = next.start < last.end;
            if overlaps {
                last.end = last.end.max(next.end);
            }
            overlaps
        });
        spans
    }

    /// Returns the verdict that a piece of its evidence bears on: that of its assertion, or of the
    /// claim where this asserts one thing.
    pub fn verdict_on(&self, evidence: &Evidence) -> Verdict {
        let assertion = evidence.assertion.checked_sub(1).and_then(|at| self.assertions.get(at));
        assertion.map_or(self.verdict, |assertion| assertion.verdict)
    }
}

/// The verdict of sources on a claim. It speaks of what they say, never of what is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Sources say so.
    Supported,
    /// Sources say otherwise, and where they differ from it can be shown.
    Contradicted,
    /// Some sources say so, others otherwise.
    Disputed,
    /// Sources say a part of it, and nothing of the rest.
    Partial,
    /// No source says anything of it.
    NotFound,
}

impl Verdict {
    /// All of them.
    pub const ALL: [Verdict; 5] =
        [Self::Supported, Self::Contradicted, Self::Disputed, Self::Partial, Self::NotFound];

    /// Returns its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Supported => "supported",
            Self::Contradicted => "contradicted",
            Self::Disputed => "disputed",
            Self::Partial => "partial",
            Self::NotFound => "not_found",
        }
    }
}

/// A sentence that speaks for or against a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// On which side it stands.
    pub stance: Stance,
    /// The assertion of the claim that it speaks of, counted from 1.
    pub assertion: usize,
    /// The sentence, exact, and where it stands. Its matches are the words in which it differs from
    /// the claim, or those of the claim where it does not.
    pub quoted: Quotation,
    /// The reasons, slot by slot: what the claim says and what the source says.
    pub reasons: Vec<Reason>,
    /// The origin that it comes from, counted from 1: passages that are copies of each other, and
    /// passages of one source, have one origin, and count once.
    pub origin: usize,
    /// Probability that it stands on that side, from 0 to 1; `None` where it says only a
    /// part of the claim.
    pub confidence: Option<f64>,
    /// The figures of the reading by name: the share of the claim that is answered, and how often
    /// each liberty is taken.
    pub features: Vec<(&'static str, f64)>,
}

/// A sentence that speaks of the same things as a claim without deciding the matter.
#[derive(Debug, Clone, PartialEq)]
pub struct Related {
    /// The exact sentence, with its citation.
    pub quoted: Quotation,
    /// The points in which the two agree, and then those that leave the claim undecided.
    pub reasons: Vec<Reason>,
    /// The share of the claim that it has, from 0 to 1.
    pub answered: f64,
}
