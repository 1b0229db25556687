//! Renders checks as a table for spreadsheets.

use super::words::{all_reasons, origins, side};
use crate::attribution::reference;
use crate::table::{self, cell};
use pincite_core::check::{Check, Evidence, Request, Stance};
use pincite_core::engine::Checks;

const COLUMNS: [&str; 13] = [
    "line",
    "claim",
    "verdict",
    "confidence",
    "origins_for",
    "origins_against",
    "reasons",
    "quote_for",
    "citation_for",
    "source_for",
    "quote_against",
    "citation_against",
    "source_against",
];

/// Renders CSV (RFC 4180) with a row for each claim, with the strongest quotation for and against
/// it.
///
/// Cells that a spreadsheet would evaluate as a formula get a leading apostrophe, which marks text:
/// those that begin with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line break, also
/// after apostrophes. Removing one apostrophe restores such a cell.
pub fn checks_as_csv(checks: &Checks) -> String {
    let rows = checks.iter().map(|(request, check)| row(request, check));
    table::rows(std::iter::once(COLUMNS.map(str::to_owned)).chain(rows))
}

fn row(request: &Request, check: &Check) -> [String; COLUMNS.len()] {
    let [origins_for, origins_against] = origins(check).map(|n| n.to_string());
    let [quote_for, citation_for, source_for] = strongest(check, Stance::Supports);
    let [quote_against, citation_against, source_against] = strongest(check, Stance::Contradicts);
    [
        request.place.map_or_else(String::new, |place| place.line.to_string()),
        cell(&check.claim),
        check.verdict.name().to_owned(),
        check.confidence.map_or_else(String::new, |confidence| format!("{confidence:.3}")),
        origins_for,
        origins_against,
        cell(&all_reasons(check).join("; ")),
        quote_for,
        citation_for,
        source_for,
        quote_against,
        citation_against,
        source_against,
    ]
}

/// Returns the stronger of two, or the first if they are equal.
fn stronger<'e>(a: &'e Evidence, b: &'e Evidence) -> &'e Evidence {
    if b.confidence > a.confidence { b } else { a }
}

/// Returns the strongest quotation with this stance, its id, and its source and place; empty cells
/// if there is none.
fn strongest(check: &Check, stance: Stance) -> [String; 3] {
    let Some(evidence) = side(check, stance).reduce(stronger) else { return Default::default() };
    let citation = &evidence.quoted.citation;
    let mut source = reference(&evidence.quoted.source);
    if !source.is_empty() {
        source.push_str(", ");
    }
    source.push_str(&citation.file_and_line());
    [cell(&citation.quote), cell(&citation.id.to_string()), cell(&source)]
}
