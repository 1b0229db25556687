//! Documents in JSON: each is a type of [`pincite_core::wire`], written with every character escaped that a
//! terminal would obey.

use serde::Serialize;

use crate::terminal::screen::is_unsafe;
use pincite_core::cite::Citation;
use pincite_core::engine::{self, Answer, Reading};
use pincite_core::index::{self, Entry};
use pincite_core::verify::Verdict;
use pincite_core::wire::check::Checks;
use pincite_core::wire::hit::Hit;
use pincite_core::wire::index::Report;
use pincite_core::wire::results::Results;
use pincite_core::wire::show::Show;
use pincite_core::wire::sources::Sources;
use pincite_core::wire::stats::Stats;
use pincite_core::wire::verify::Verification;

/// `pincite/results/1`: the answer to a query. `explain` adds the query expansion and the parts of each score.
pub fn results(answer: &Answer, explain: bool) -> String {
    document(&Results::new(answer, explain))
}

/// `pincite/hit/1`: the answer to a query, a line a hit. `explain` adds the parts of each score.
pub fn results_as_lines(answer: &Answer, explain: bool) -> String {
    answer.found.iter().map(|found| line(&Hit::document(found, explain))).collect()
}

/// `pincite/citation/1`: an array of citation records.
pub fn citations(citations: &[Citation]) -> String {
    document(citations)
}

/// `pincite/citation/1`: citation records, one a line.
pub fn citations_as_lines(citations: &[Citation]) -> String {
    citations.iter().map(line).collect()
}

/// `pincite/index/1`: what an update of an index did.
pub fn report(report: &index::Report) -> String {
    document(&Report::from(report))
}

/// `pincite/sources/1`: every source, with what is known of it and from where.
pub fn sources(entries: &[Entry]) -> String {
    document(&Sources::from(entries))
}

/// `pincite/stats/1`: counts and sizes.
pub fn stats(stats: &index::Stats) -> String {
    document(&Stats::from(stats))
}

/// `pincite/verify/1`: what became of quotations, in the order in which they were asked about.
pub fn verdicts(verdicts: &[Verdict]) -> String {
    document(&Verification::from(verdicts))
}

/// `pincite/show/1`: a stretch of a source, block by block.
pub fn reading(reading: &Reading) -> String {
    document(&Show::from(reading))
}

/// `pincite/check/1`: what the sources say about claims. `explain` adds the features that were measured.
pub fn checks(checks: &engine::Checks, explain: bool) -> String {
    document(&Checks::new(checks, explain))
}

/// `pincite/check/1`: the same, a line a claim; each line is a document of one check, so that what reads the one reads
/// the other.
pub fn checks_as_lines(checks: &engine::Checks, explain: bool) -> String {
    Checks::one_by_one(checks, explain).map(|check| line(&check)).collect()
}

/// A value as JSON over several lines, ended by a line break, with every character escaped that a terminal would obey.
pub fn document<T: Serialize + ?Sized>(value: &T) -> String {
    // Writing to a string fails only for maps whose keys are no strings, and there are none in these shapes.
    escaped(serde_json::to_string_pretty(value).unwrap_or_default())
}

/// The same on one line.
fn line<T: Serialize>(value: &T) -> String {
    escaped(serde_json::to_string(value).unwrap_or_default())
}

fn escaped(mut json: String) -> String {
    // Outside strings JSON has no such characters but line breaks.
    let harmful = |c: char| is_unsafe(c) && c != '\n';
    if json.chars().any(harmful) {
        let escape =
            |c: char| if harmful(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        json = json.chars().map(escape).collect();
    }
    json.push('\n');
    json
}
