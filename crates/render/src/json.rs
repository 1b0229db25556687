//! Renders JSON documents: types of [`pincite_core::wire`], with all characters escaped that could
//! control a terminal.

use serde::Serialize;

use crate::escape::is_unsafe;
use pincite_core::check::Request;
use pincite_core::cite::Citation;
use pincite_core::engine::{self, Answer, Reading};
use pincite_core::index::{self, Entry};
use pincite_core::verify::Outcome;
use pincite_core::wire::batch::Batch;
use pincite_core::wire::check::Checks;
use pincite_core::wire::doctor::Diagnosis;
use pincite_core::wire::hit::Hit;
use pincite_core::wire::index::Report;
use pincite_core::wire::problem::Problem;
use pincite_core::wire::results::Results;
use pincite_core::wire::show::Show;
use pincite_core::wire::sources::Sources;
use pincite_core::wire::stats::Stats;
use pincite_core::wire::verify::Verification;

/// Renders `pincite/results/1`, the answer to a query. `explain` adds the query expansion and the
/// parts of each score.
pub fn results(answer: &Answer, explain: bool) -> String {
    document(&Results::new(answer, explain))
}

/// Renders the answer to a query with a `pincite/hit/1` on each line. `explain` adds the parts of
/// each score.
pub fn results_as_lines(answer: &Answer, explain: bool) -> String {
    answer.found.iter().map(|found| line(&Hit::document(found, explain))).collect()
}

/// Renders `pincite/batch/1`, the answers to several claims.
pub fn answers(answers: &[(Request, Answer)]) -> String {
    document(&Batch::new(answers))
}

/// Renders a `pincite/batch/1` with a single answer on one line.
pub fn answer_as_line(request: &Request, answer: &Answer) -> String {
    line(&Batch::of(request, answer))
}

/// Renders an error on one line.
pub fn problem(problem: &Problem) -> String {
    line(problem)
}

/// Renders an array of `pincite/citation/1` records.
pub fn citations(citations: &[Citation]) -> String {
    document(citations)
}

/// Renders a `pincite/citation/1` record on each line.
pub fn citations_as_lines(citations: &[Citation]) -> String {
    citations.iter().map(line).collect()
}

/// Renders `pincite/index/1`, the report of an update.
pub fn report(report: &index::Report) -> String {
    document(&Report::from(report))
}

/// Renders `pincite/sources/1`, all sources with their metadata.
pub fn sources(entries: &[Entry]) -> String {
    document(&Sources::of(entries))
}

/// Renders `pincite/stats/1`, the counts and sizes of an index.
pub fn stats(stats: &index::Stats) -> String {
    document(&Stats::from(stats))
}

/// Renders `pincite/doctor/1`, what an examination of an index found after this many sources were
/// repaired, if that was asked for.
pub fn diagnosis(diagnosis: &engine::Diagnosis, repaired: Option<u64>) -> String {
    document(&Diagnosis::new(diagnosis, repaired))
}

/// Renders `pincite/verify/1`, the results of verification in the order of the quotations.
pub fn outcomes(outcomes: &[Outcome]) -> String {
    document(&Verification::from(outcomes))
}

/// Renders `pincite/show/1`, blocks of a source.
pub fn reading(reading: &Reading) -> String {
    document(&Show::from(reading))
}

/// Renders `pincite/check/1`, the checks of claims. `explain` adds the features of the evidence.
pub fn checks(checks: &engine::Checks, explain: bool) -> String {
    document(&Checks::new(checks, explain))
}

/// Renders a `pincite/check/1` with a single check on each line.
pub fn checks_as_lines(checks: &engine::Checks, explain: bool) -> String {
    Checks::one_by_one(checks, explain).map(|check| line(&check)).collect()
}

/// Renders a value as indented JSON with a final line break.
pub fn document<T: Serialize + ?Sized>(value: &T) -> String {
    // Fails only for maps with keys other than strings, which do not occur here.
    escaped(serde_json::to_string_pretty(value).unwrap_or_default())
}

/// Renders a value as JSON on one line, with a final line break.
pub(crate) fn line<T: Serialize + ?Sized>(value: &T) -> String {
    escaped(serde_json::to_string(value).unwrap_or_default())
}

fn escaped(mut json: String) -> String {
    // Outside strings, line breaks are the only control characters in JSON.
    let is_harmful = |c: char| is_unsafe(c) && c != '\n';
    if json.chars().any(is_harmful) {
        let mut out = String::with_capacity(json.len() + 16);
        for c in json.chars() {
            if is_harmful(c) {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            } else {
                out.push(c);
            }
        }
        json = out;
    }
    json.push('\n');
    json
}
