//! The wording that all formats of checks share: summary, reasons and tally.

use std::collections::BTreeMap;

use crate::wording::{count, list};
use pincite_core::check::{Check, Evidence, Place, Reason, Related, Slot, Stance, Verdict, Why};
use pincite_core::engine::Checks;

/// Returns the numbers of claims by verdict and of skipped sentences by reason: `3 claims: 2
/// supported, 1 not found; skipped 1 question`.
pub fn tally(checks: &Checks) -> String {
    let verdicts: Vec<String> = checks
        .verdicts()
        .into_iter()
        .map(|(verdict, n)| format!("{n} {}", in_words(verdict)))
        .collect();
    let mut skipped: BTreeMap<Why, u64> = BTreeMap::new();
    for it in &checks.input.skipped {
        *skipped.entry(it.why).or_default() += 1;
    }
    let skipped: Vec<String> = skipped.into_iter().map(|(why, n)| count(n, noun(why))).collect();
    let mut tally = count(checks.checks.len() as u64, "claim");
    if !verdicts.is_empty() {
        tally += &format!(": {}", verdicts.join(", "));
    }
    if !skipped.is_empty() {
        tally += &format!("; skipped {}", list(&skipped));
    }
    tally
}

/// Returns the name of a verdict in words.
pub fn in_words(verdict: Verdict) -> String {
    verdict.name().replace('_', " ")
}

/// Returns where a claim begins in its file: `line 3`, or `line 3, column 41` in a draft.
pub(super) fn begins(place: Place) -> String {
    match place.extent {
        Some(extent) => format!("line {}, column {}", place.line, extent.start.column),
        None => format!("line {}", place.line),
    }
}

/// Returns the noun for a skipped sentence.
fn noun(why: Why) -> &'static str {
    match why {
        Why::Empty => "empty cell",
        Why::Heading => "heading",
        Why::Code => "code block",
        Why::TableRow => "table row",
        Why::Furniture => "by-line",
        Why::Quotation => "quotation",
        Why::Question => "question",
        Why::Fragment => "fragment",
        Why::Instruction => "instruction",
        Why::FirstPerson => "first-person remark",
        Why::RefersBack => "unnamed subject",
        Why::TooLong => "too long",
    }
}

/// Returns the numbers of independent origins for and against a claim.
pub(super) fn origins(check: &Check) -> [usize; 2] {
    [Stance::Supports, Stance::Contradicts].map(|stance| {
        let mut origins: Vec<usize> = side(check, stance).map(|it| it.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    })
}

/// Returns the evidence with one stance, the strongest first.
pub fn side(check: &Check, stance: Stance) -> impl Iterator<Item = &Evidence> {
    check.evidence.iter().filter(move |it| it.stance == stance)
}

/// Cuts a claim where words begin or end in which evidence differs from it; with each piece, whether
/// it is such words.
pub fn claim_pieces(check: &Check) -> impl Iterator<Item = (&str, bool)> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for span in check.differences() {
        pieces.push((&check.claim[start..span.start], false));
        pieces.push((span.of(&check.claim), true));
        start = span.end;
    }
    pieces.push((&check.claim[start..], false));
    pieces.into_iter().filter(|(text, _)| !text.is_empty())
}

/// Returns the confidence and the numbers of sources for and against: `87 % · 1 source for, 2
/// against`. Where there are none, says whether a passage has half of the claim, or is empty.
pub fn summary(check: &Check) -> String {
    let percent = check.confidence.map(|confidence| format!("{:.0} % · ", 100.0 * confidence));
    let percent = percent.unwrap_or_default();
    let sources = |n: usize| count(n as u64, "source");
    match origins(check) {
        [0, 0] if check.related.first().is_some_and(speaks) => {
            "a passage speaks of this: read it".to_owned()
        }
        [0, 0] => String::new(),
        [n, 0] if check.verdict == Verdict::Partial => format!("a part of it in {}", sources(n)),
        [n, 0] => format!("{percent}{} for", sources(n)),
        [0, n] => format!("{percent}{} against", sources(n)),
        [a, b] => format!("{percent}{} for, {b} against", sources(a)),
    }
}

/// Returns the reasons of evidence in words: `date: claim 1997, source 1996`. They are not escaped.
pub fn reasons(evidence: &Evidence, verdict: Verdict) -> impl Iterator<Item = String> {
    let is_shown = move |reason: &&Reason| {
        reason.slot != Slot::Words || (!reason.agrees && verdict == Verdict::Partial)
    };
    evidence.reasons.iter().filter(is_shown).map(|reason| {
        let Reason { slot, agrees, claim, source } = reason;
        match slot {
            Slot::Words => format!("not said: {claim}"),
            Slot::Condition => format!("the source adds: {source}"),
            slot if *agrees => format!("{}: claim {claim} = source {source}", slot.name()),
            slot => format!("{}: claim {claim}, source {source}", slot.name()),
        }
    })
}

/// Returns whether a related passage has half of the claim, so that it is worth reading.
fn speaks(related: &Related) -> bool {
    /// The share of the claim that it has at least.
    const HALF: f64 = 0.5;
    related.answered >= HALF
}

/// Returns in words why a related passage that has half of a claim does not decide it: `not said:
/// signed`. Of a claim that others decide it tells nothing. They are not escaped.
pub(super) fn undecided(related: &Related, verdict: Verdict) -> Vec<String> {
    if !matches!(verdict, Verdict::Partial | Verdict::NotFound) || !speaks(related) {
        return Vec::new();
    }
    let mut open: Vec<&Reason> = related.reasons.iter().filter(|it| !it.agrees).collect();
    // Words that are missed tell more than how those are put together that are not.
    if open.iter().any(|it| it.slot == Slot::Words) {
        open.retain(|it| !matches!(it.slot, Slot::Subject | Slot::Relation));
    }
    open.iter().map(|reason| open_point(reason)).collect()
}

/// Returns a reason that decides nothing in words.
fn open_point(Reason { slot, claim, source, .. }: &Reason) -> String {
    let words = match (&**claim, &**source) {
        (claim, "") => format!("claim {claim}"),
        ("", source) => source.to_owned(),
        (claim, source) => format!("claim {claim}, source {source}"),
    };
    match slot {
        Slot::Words => format!("not said: {claim}"),
        Slot::Condition => format!("under a condition: {words}"),
        Slot::Modality => format!("not said as a fact: {words}"),
        Slot::Subject => format!("said of something else, or more: {words}"),
        Slot::Relation => format!("in another relation: {words}"),
        Slot::Quantifier => format!("of how many: {words}"),
        Slot::Polarity => format!("denied in part: {words}"),
        Slot::Kind if claim.is_empty() => format!("of another one, it may be: {words}"),
        slot => format!("{}: {words}", slot.name()),
    }
}

/// Returns the reasons of all evidence without duplicates.
pub(super) fn all_reasons(check: &Check) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for reason in
        check.evidence.iter().flat_map(|evidence| reasons(evidence, check.verdict_on(evidence)))
    {
        if !all.contains(&reason) {
            all.push(reason);
        }
    }
    all
}
