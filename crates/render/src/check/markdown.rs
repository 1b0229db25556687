//! Renders checks as Markdown, for a note or an issue.

use std::fmt::Write as _;

use super::words::{begins, claim_pieces, in_words, reasons, summary, undecided};
use crate::markdown::{escaped, quotation};
use pincite_core::check::{Check, Stance, Verdict};
use pincite_core::cite::Quotation;
use pincite_core::engine::Checks;

/// Renders each claim as a heading with the verdict and the evidence: block quotes, each with a
/// list of reasons. `pincite verify` can parse the result.
pub fn checks_as_markdown(checks: &Checks) -> String {
    let mut out = String::new();
    for (i, (request, check)) in checks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "## {}\n", heading(check));
        let _ = write!(out, "**{}**", in_words(check.verdict));
        let summary = summary(check);
        if !summary.is_empty() {
            let _ = write!(out, " · {summary}");
        }
        if let Some(place) = request.place {
            let _ = match (&checks.file, place.extent) {
                (Some(file), Some(extent)) => {
                    write!(out, " · {}:{}:{}", escaped(file), place.line, extent.start.column)
                }
                (Some(file), None) => write!(out, " · {}:{}", escaped(file), place.line),
                (None, _) => write!(out, " · {}", begins(place)),
            };
        }
        out.push('\n');
        for (assertion, number) in check.assertions.iter().zip(1..) {
            let gap = if number == 1 { "\n" } else { "" };
            let _ = writeln!(
                out,
                "{gap}{number}. **{}** {}",
                in_words(assertion.verdict),
                escaped(&assertion.text)
            );
        }
        for evidence in &check.evidence {
            let verdict = check.verdict_on(evidence);
            let mut mark = mark(evidence.stance, verdict).to_owned();
            if !check.assertions.is_empty() {
                let _ = write!(mark, " ({})", evidence.assertion);
            }
            quoted(&mut out, &mark, &evidence.quoted);
            listed(&mut out, reasons(evidence, verdict));
        }
        for related in &check.related {
            quoted(&mut out, "Related", &related.quoted);
            listed(&mut out, undecided(related, check.verdict).into_iter());
        }
    }
    out
}

/// Renders reasons as a list behind an empty line.
fn listed(out: &mut String, reasons: impl Iterator<Item = String>) {
    for (i, reason) in reasons.enumerate() {
        let gap = if i == 0 { "\n" } else { "" };
        let _ = writeln!(out, "{gap}- {}", escaped(&reason));
    }
}

/// Renders a claim as the text of a heading, with the words in italics in which sources differ: a
/// quotation below it has no marks of ours, so that it stays exact. Markdown drops number signs at
/// the end of a heading.
fn heading(check: &Check) -> String {
    let mut text = String::new();
    for (piece, differs) in claim_pieces(check) {
        match escaped(piece) {
            piece if differs => text.extend(["*", &piece, "*"]),
            piece => text += &piece,
        }
    }
    let text = text.trim();
    match text.strip_suffix('#') {
        Some(start) => format!("{start}\\#"),
        None => text.to_owned(),
    }
}

fn mark(stance: Stance, verdict: Verdict) -> &'static str {
    match stance {
        _ if verdict == Verdict::Partial => "In part",
        Stance::Supports => "For",
        Stance::Contradicts => "Against",
    }
}

fn quoted(out: &mut String, mark: &str, quoted: &Quotation) {
    let _ = writeln!(out, "\n{mark}:\n");
    quotation(out, quoted);
}
