//! Checks as Markdown, to be pasted into a note or an issue.

use std::fmt::Write as _;

use super::{Checks, in_words, reasons, summary};
use crate::markdown::{escaped, quotation};
use pincite_core::check::{Stance, Verdict};
use pincite_core::cite::Quotation;

/// Each claim as a heading, and under it the verdict and both sides: block quotes that `pincite verify` reads back,
/// each with its reasons as a list.
pub fn checks_as_markdown(checks: &Checks) -> String {
    let mut out = String::new();
    for (i, (request, check)) in checks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let _ = writeln!(out, "## {}\n", heading(&check.claim));
        let place = request.place.map(|place| match &checks.file {
            Some(file) => format!("{}:{}", escaped(file), place.line),
            None => format!("line {}", place.line),
        });
        let summary = Some(summary(check)).filter(|summary| !summary.is_empty());
        let _ = write!(out, "**{}**", in_words(check.verdict));
        for part in summary.into_iter().chain(place) {
            let _ = write!(out, " · {part}");
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
            let number = if check.assertions.is_empty() {
                String::new()
            } else {
                format!(" ({})", evidence.assertion)
            };
            quoted(
                &mut out,
                &format!("{}{number}", mark(evidence.stance, verdict)),
                &evidence.quoted,
            );
            let reasons: Vec<String> = reasons(evidence, verdict).collect();
            if !reasons.is_empty() {
                out.push('\n');
            }
            for reason in reasons {
                let _ = writeln!(out, "- {}", escaped(&reason));
            }
        }
        for related in &check.related {
            quoted(&mut out, "Related", related);
        }
    }
    out
}

/// Text of a heading, at whose end number signs would be dropped.
fn heading(text: &str) -> String {
    let text = escaped(text.trim());
    text.strip_suffix('#').map_or_else(|| text.clone(), |start| format!("{start}\\#"))
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
