//! [`Checks`]: what the sources say about claims, and what its forms share: the sides, the reasons in words, the tally.

mod claim_review;
mod csv;
mod human;
mod markdown;
mod page;
mod sarif;

use std::collections::BTreeMap;

pub use claim_review::claim_review;
pub use csv::checks_as_csv;
pub use human::checks;
pub use markdown::checks_as_markdown;
pub use page::checks_as_html;
pub use sarif::sarif;

use crate::terminal::screen::{count, list};
use pincite_core::check::{Check, Evidence, Reason, Slot, Stance, Verdict, Why};
use pincite_core::engine::Checks;

/// How many claims have which verdict, and what was passed over and why: `3 claims: 2 supported, 1 not found;
/// skipped 1 question`.
pub fn tally(checks: &Checks) -> String {
    let verdicts =
        checks.verdicts().into_iter().map(|(verdict, n)| format!("{n} {}", in_words(verdict)));
    let verdicts: Vec<String> = verdicts.collect();
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

/// A verdict as people write it.
fn in_words(verdict: Verdict) -> String {
    verdict.name().replace('_', " ")
}

/// What was passed over, for people.
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
    }
}

/// How many origins speak for a claim, and how many against it.
fn origins(check: &Check) -> [usize; 2] {
    [Stance::Supports, Stance::Contradicts].map(|stance| {
        let mut origins: Vec<usize> = side(check, stance).map(|it| it.origin).collect();
        origins.sort_unstable();
        origins.dedup();
        origins.len()
    })
}

/// The evidence on one side, the strongest first.
fn side(check: &Check, stance: Stance) -> impl Iterator<Item = &Evidence> {
    check.evidence.iter().filter(move |it| it.stance == stance)
}

/// How sure, and how many sources on either side: `87 % · 1 source for, 2 against`. Empty where there are none.
fn summary(check: &Check) -> String {
    let percent = format!("{:.0} %", 100.0 * check.confidence);
    let sources = |n: usize| count(n as u64, "source");
    match origins(check) {
        [0, 0] => String::new(),
        [n, 0] if check.verdict == Verdict::Partial => format!("a part of it in {}", sources(n)),
        [n, 0] => format!("{percent} · {} for", sources(n)),
        [0, n] => format!("{percent} · {} against", sources(n)),
        [a, b] => format!("{percent} · {} for, {b} against", sources(a)),
    }
}

/// Why evidence stands where it stands, in words: `date: claim 1997, source 1996`. Not yet safe to show.
fn reasons(evidence: &Evidence, verdict: Verdict) -> impl Iterator<Item = String> {
    let shown = move |reason: &&Reason| {
        reason.slot != Slot::Words || (!reason.agrees && verdict == Verdict::Partial)
    };
    evidence.reasons.iter().filter(shown).map(|Reason { slot, agrees, claim, source }| match slot {
        Slot::Words => format!("not said: {claim}"),
        Slot::Speaker if claim.is_empty() => format!("as said by {source}"),
        slot if *agrees => format!("{}: claim {claim} = source {source}", slot.name()),
        slot => format!("{}: claim {claim}, source {source}", slot.name()),
    })
}

/// The reasons of all evidence, each once.
fn all_reasons(check: &Check) -> Vec<String> {
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
