//! Checks as a table for spreadsheets.

use super::{Checks, all_reasons, origins, side};
use crate::terminal::human::reference;
use pincite_core::check::{Check, Evidence, Request, Stance};

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

/// CSV (RFC 4180): a row a claim, with the strongest quotation on either side.
///
/// A cell that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets know as the mark
/// of text: one that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line break, or with apostrophes
/// and one of these. To take one apostrophe off such a cell again is to have it as it was.
pub fn checks_as_csv(checks: &Checks) -> String {
    let rows = checks.iter().map(|(request, check)| row(request, check));
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    for row in std::iter::once(COLUMNS.map(str::to_owned)).chain(rows) {
        // Writing to memory does not fail, and all rows are as long as the first.
        let _ = writer.write_record(row);
    }
    String::from_utf8(writer.into_inner().unwrap_or_default()).unwrap_or_default()
}

fn row(request: &Request, check: &Check) -> [String; COLUMNS.len()] {
    let [origins_for, origins_against] = origins(check).map(|n| n.to_string());
    let [quote_for, citation_for, source_for] = strongest(check, Stance::Supports);
    let [quote_against, citation_against, source_against] = strongest(check, Stance::Contradicts);
    [
        request.place.map_or_else(String::new, |place| place.line.to_string()),
        text(&check.claim),
        check.verdict.name().to_owned(),
        format!("{:.3}", check.confidence),
        origins_for,
        origins_against,
        text(&all_reasons(check).join("; ")),
        quote_for,
        citation_for,
        source_for,
        quote_against,
        citation_against,
        source_against,
    ]
}

/// The stronger of two, the first of equals.
fn stronger<'e>(a: &'e Evidence, b: &'e Evidence) -> &'e Evidence {
    if b.confidence > a.confidence { b } else { a }
}

/// The strongest quotation of a side, exact, with its id and who says so, and where; empty cells where there is none.
fn strongest(check: &Check, stance: Stance) -> [String; 3] {
    let Some(evidence) = side(check, stance).reduce(stronger) else { return Default::default() };
    let citation = &evidence.quoted.citation;
    let place = format!("{}:{}", citation.file, citation.locator.lines[0]);
    let reference =
        Some(reference(&evidence.quoted.source)).filter(|reference| !reference.is_empty());
    let source: Vec<String> = reference.into_iter().chain([place]).collect();
    [text(&citation.quote), text(&citation.id.to_string()), text(&source.join(", "))]
}

/// How what a spreadsheet takes for a formula begins.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell that no spreadsheet takes for a formula.
fn text(cell: &str) -> String {
    let is_formula = cell.trim_start_matches('\'').starts_with(FORMULA);
    if is_formula { format!("'{cell}") } else { cell.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula_and_each_can_be_had_back() {
        let bare = |cell: String| {
            let rest = cell.strip_prefix('\'').filter(|rest| text(rest) == cell);
            rest.map_or_else(|| cell.clone(), str::to_owned)
        };
        for cell in [
            "=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1", "'=1", "''-1", "'twas", "a=1", "", "'",
        ] {
            let safe = text(cell);
            assert!(!safe.starts_with(['=', '+', '-', '@', '\t', '\r', '＝']), "{safe}");
            assert_eq!(bare(safe), cell);
        }
        assert_eq!(text("'twas so"), "'twas so");
    }
}
