//! Renders checks for a terminal.

use std::fmt::Write as _;

use anstyle::Style;

use super::words::{begins, claim_pieces, in_words, reasons, summary, undecided};
use crate::escape::visible;
use crate::terminal::results;
use crate::terminal::screen::{
    BAD, DIM, GOOD, MATCH, STRONG, WARN, paint, paint_words, wrap, wrap_at_spaces,
};
use pincite_core::check::{Evidence, Stance, Verdict};
use pincite_core::cite::Quotation;
use pincite_core::engine::Checks;

/// Renders each claim with its verdict and the evidence, in lines of at most `width` columns.
/// `explain` adds the features of the evidence.
pub fn checks(checks: &Checks, width: usize, explain: bool) -> String {
    let mut out = String::new();
    for (i, (request, check)) in checks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let claim: String = claim_pieces(check)
            .map(|(text, differs)| {
                paint_words(if differs { MATCH } else { STRONG }, &visible(text))
            })
            .collect();
        wrap(&mut out, &claim, width, "", "");
        let name = paint(style(check.verdict), &in_words(check.verdict));
        let mut parts = vec![summary(check)];
        parts.retain(|part| !part.is_empty());
        if let Some(place) = request.place {
            parts.push(paint_words(DIM, &begins(place)));
        }
        let _ = writeln!(out, "{}", format!("{name}  {}", parts.join(" · ")).trim_end());
        for (assertion, number) in check.assertions.iter().zip(1..) {
            let name = paint(style(assertion.verdict), &in_words(assertion.verdict));
            wrap(
                &mut out,
                &format!("{name}  {}", visible(&assertion.text)),
                width,
                &format!("  {number}. "),
                "     ",
            );
            for evidence in check.evidence.iter().filter(|it| it.assertion == number) {
                side(&mut out, evidence, assertion.verdict, explain, width);
            }
        }
        if check.assertions.is_empty() {
            for evidence in &check.evidence {
                side(&mut out, evidence, check.verdict, explain, width);
            }
        }
        for related in &check.related {
            let mark = paint(DIM, "related");
            quotation(&mut out, &related.quoted, width, &format!("  {mark}  "));
            for reason in undecided(related, check.verdict) {
                wrap(&mut out, &visible(&reason), width, INDENT, INDENT);
            }
        }
    }
    out
}

/// The indent of everything below a quotation: the width of `  against  `.
const INDENT: &str = "           ";

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Supported => GOOD,
        Verdict::Contradicted => BAD,
        Verdict::Disputed | Verdict::Partial | Verdict::NotFound => WARN,
    }
}

fn side(out: &mut String, evidence: &Evidence, verdict: Verdict, explain: bool, width: usize) {
    let mark = match evidence.stance {
        _ if verdict == Verdict::Partial => paint(WARN, "in part"),
        Stance::Supports => paint(GOOD, "for    "),
        Stance::Contradicts => paint(BAD, "against"),
    };
    quotation(out, &evidence.quoted, width, &format!("  {mark}  "));
    for reason in reasons(evidence, verdict) {
        wrap(out, &visible(&reason), width, INDENT, INDENT);
    }
    if explain {
        let features: Vec<String> = evidence
            .features
            .iter()
            .filter(|(_, value)| *value > 0.0)
            .map(|(name, value)| format!("{name}={value:.2}"))
            .collect();
        wrap_at_spaces(out, &paint_words(DIM, &features.join(" ")), width, INDENT, INDENT);
    }
}

fn quotation(out: &mut String, quoted: &Quotation, width: usize, first: &str) {
    wrap(out, &results::quoted(quoted), width, first, INDENT);
    results::attribution(out, quoted, width, INDENT);
}
