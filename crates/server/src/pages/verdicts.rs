//! What the sources say of a claim: the verdict, and both sides beside each other.

use maud::{Markup, html};

use super::address;
use super::cards::{below, differing, named, quote};
use pincite_core::check::{Check, Evidence, Stance, Verdict};
use pincite_render::{reasons, side, summary, verdict_in_words, visible};

/// A verdict with its sign: colour is never the only difference.
pub(super) fn badge(verdict: Verdict) -> Markup {
    let sign = match verdict {
        Verdict::Supported => "✓",
        Verdict::Contradicted => "✗",
        Verdict::Disputed => "≠",
        Verdict::Partial => "½",
        Verdict::NotFound => "–",
    };
    html! {
        strong.verdict.(verdict.name()) {
            span aria-hidden="true" { (sign) } " " (verdict_in_words(verdict))
        }
    }
}

/// A claim with its verdict and the evidence on both sides.
pub(super) fn claim(check: &Check, style: &str) -> Markup {
    let differ: Vec<&str> = conflicts(&check.evidence).map(|(claim, _)| claim).collect();
    html! {
        p.claim dir="auto" { (differing(&check.claim, &differ)) }
        p.sum { (badge(check.verdict)) " " (summary(check)) }
        @for (assertion, number) in check.assertions.iter().zip(1..) {
            p.assertion dir="auto" {
                (number) ". " (visible(&assertion.text)) " " (badge(assertion.verdict))
            }
        }
        div.sides {
            @for (stance, heading) in [
                (Stance::Supports, if check.verdict == Verdict::Partial { "Said in part" } else { "For" }),
                (Stance::Contradicts, "Against"),
            ] {
                @if side(check, stance).next().is_some() {
                    section.(if stance == Stance::Supports { "for" } else { "against" }) {
                        h3 { (heading) }
                        @for evidence in side(check, stance) { (item(check, evidence, style)) }
                    }
                }
            }
        }
    }
}

fn item(check: &Check, evidence: &Evidence, style: &str) -> Markup {
    let quotation = &evidence.quoted;
    let differ: Vec<&str> =
        conflicts(std::slice::from_ref(evidence)).map(|(_, source)| source).collect();
    html! {
        article.evidence tabindex="-1" {
            h4 dir="auto" {
                a.open href=(address(&quotation.citation.id)) { (visible(&named(quotation))) }
            }
            (quote(quotation, &differ))
            ul.reasons {
                @for reason in reasons(evidence, check.verdict_on(evidence)) {
                    li dir="auto" { (visible(&reason)) }
                }
            }
            (below(quotation, style))
        }
    }
}

/// The words in which claim and sources differ, of the claim and of the source.
fn conflicts(evidence: &[Evidence]) -> impl Iterator<Item = (&str, &str)> {
    let reasons = evidence.iter().flat_map(|evidence| &evidence.reasons);
    let differing = reasons.filter(|reason| reason.is_conflict());
    differing.map(|reason| (reason.claim.as_str(), reason.source.as_str()))
}
