//! What sources say about claims, for people.

use std::fmt::Write as _;

use anstyle::Style;

use super::screen::{BAD, DIM, GOOD, STRONG, WARN, count, paint, paint_words, visible, wrap, wrap_at_spaces};
use super::{Quotation, human};
use crate::claim::{Check, Evidence, Quoted, Reason, Slot, Stance, Verdict};

/// Each claim with its verdict, and the evidence on both sides. With `explain`, what was measured, too.
pub fn checks(checks: &[Check], explain: bool, width: usize) -> String {
    let mut out = String::new();
    for (i, check) in checks.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        wrap(&mut out, &paint_words(STRONG, &visible(&check.claim)), width, "", "");
        let name = check.verdict.name().replace('_', " ");
        let verdict = format!("{}  {}", paint(style(check.verdict), &name), summary(check));
        let _ = writeln!(out, "{}", verdict.trim_end());
        for (i, assertion) in check.assertions.iter().enumerate() {
            let name = assertion.verdict.name().replace('_', " ");
            let text = format!("{}  {}", paint(style(assertion.verdict), &name), visible(&assertion.text));
            wrap(&mut out, &text, width, &format!("  {}. ", i + 1), "     ");
            for evidence in check.evidence.iter().filter(|it| it.assertion == i + 1) {
                side(&mut out, evidence, assertion.verdict, explain, width);
            }
        }
        for evidence in check.evidence.iter().filter(|_| check.assertions.is_empty()) {
            side(&mut out, evidence, check.verdict, explain, width);
        }
        for quoted in &check.related {
            quotation(&mut out, quoted, width, &format!("  {}  ", paint(DIM, "related")));
        }
    }
    out
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Supported => GOOD,
        Verdict::Contradicted => BAD,
        Verdict::Disputed | Verdict::Partial | Verdict::NotFound => WARN,
    }
}

/// How sure, and how many sources on either side.
fn summary(check: &Check) -> String {
    let origins = |stance: Stance| {
        let mut origins: Vec<usize> =
            check.evidence.iter().filter(|it| it.stance == stance).map(|it| it.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len() as u64
    };
    let percent = format!("{:.0} %", 100.0 * check.confidence);
    match (origins(Stance::Supports), origins(Stance::Contradicts)) {
        (0, 0) => String::new(),
        (n, 0) if check.verdict == Verdict::Partial => format!("a part of it in {}", count(n, "source")),
        (n, 0) => format!("{percent} · {} for", count(n, "source")),
        (0, n) => format!("{percent} · {} against", count(n, "source")),
        (a, b) => format!("{percent} · {} for, {b} against", count(a, "source")),
    }
}

fn side(out: &mut String, evidence: &Evidence, verdict: Verdict, explain: bool, width: usize) {
    let mark = match evidence.stance {
        _ if verdict == Verdict::Partial => paint(WARN, "in part"),
        Stance::Supports => paint(GOOD, "for    "),
        Stance::Contradicts => paint(BAD, "against"),
    };
    quotation(out, &evidence.quoted, width, &format!("  {mark}  "));
    const INDENT: &str = "           ";
    let shown = evidence
        .reasons
        .iter()
        .filter(|reason| reason.slot != Slot::Words || (!reason.agrees && verdict == Verdict::Partial));
    for reason in shown {
        wrap(out, &visible(&in_words(reason)), width, INDENT, INDENT);
    }
    if explain {
        let measured = evidence.features.iter().filter(|(_, value)| *value > 0.0);
        let measured: Vec<String> = measured.map(|(name, value)| format!("{name}={value:.2}")).collect();
        wrap_at_spaces(out, &paint_words(DIM, &measured.join(" ")), width, INDENT, INDENT);
    }
}

/// `date: claim 1997, source 1996`.
fn in_words(reason: &Reason) -> String {
    let Reason { slot, agrees, claim, source } = reason;
    match slot {
        Slot::Words => format!("not said: {claim}"),
        Slot::Speaker if claim.is_empty() => format!("as said by {source}"),
        slot if *agrees => format!("{}: claim {claim} = source {source}", slot.name()),
        slot => format!("{}: claim {claim}, source {source}", slot.name()),
    }
}

fn quotation(out: &mut String, quoted: &Quoted, width: usize, first: &str) {
    const REST: &str = "           ";
    let quotation = Quotation::from(quoted);
    wrap(out, &human::quoted(&quotation), width, first, REST);
    human::attribution(out, &quotation, width, REST);
}
