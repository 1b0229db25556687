//! The page of verdicts: what the sources say of a claim, and both sides beside each other.

use maud::{Markup, html};

use super::address;
use super::cards::{Mark, below, named, piece, quote};
use pincite_core::check::{Check, Evidence, Reason, Stance, Verdict};
use pincite_render::{claim_pieces, reasons, side, summary, verdict_in_words, visible};

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
    html! {
        p.claim dir="auto" {
            @for (text, differs) in claim_pieces(check) { (piece(text, differs.then_some(Mark::Differs))) }
        }
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
    let differs = evidence.reasons.iter().any(Reason::is_conflict);
    html! {
        article.evidence tabindex="-1" {
            h4 dir="auto" {
                a.open href=(address(&quotation.citation.id)) { (visible(&named(quotation))) }
            }
            (quote(quotation, if differs { Mark::Differs } else { Mark::Matches }))
            ul.reasons {
                @for reason in reasons(evidence, check.verdict_on(evidence)) {
                    li dir="auto" { (visible(&reason)) }
                }
            }
            (below(quotation, style))
        }
    }
}
