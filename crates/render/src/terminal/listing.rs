//! Renders the contents of an index and the report of an update for a terminal.

use std::fmt::Write as _;

use serde_json::Value;

use super::screen::{DIM, STRONG, paint, wrap, wrap_at_spaces};
use crate::escape::visible;
use crate::wording::count;
use pincite_core::index::{Entry, Report, Stats};
use pincite_core::source::{Metadata, Provenance, TextKind};

/// The maximum number of skipped files that a report names.
const NAMED_FILES: usize = 3;

/// The variables that are listed first, in this order.
const FIRST: [&str; 9] =
    ["id", "title", "author", "issued", "publisher", "container-title", "URL", "type", "language"];

/// Renders the report of an update on one line: `5 added, 1 updated, 0 removed, 212 unchanged; 1
/// file skipped: broken.txt; not read: 3 .png`.
pub fn report(report: &Report) -> String {
    let Report { added, updated, removed, unchanged, skipped, .. } = report;
    let mut out =
        format!("{added} added, {updated} updated, {removed} removed, {unchanged} unchanged");
    if !skipped.is_empty() {
        let names: Vec<_> =
            skipped.iter().take(NAMED_FILES).map(|remark| visible(&remark.file)).collect();
        let more = if skipped.len() > NAMED_FILES { ", …" } else { "" };
        let _ = write!(
            out,
            "; {} skipped: {}{more}",
            count(skipped.len() as u64, "file"),
            names.join(", ")
        );
    }
    let not_read = report.not_read.beside(skipped);
    if !not_read.is_empty() {
        let _ = write!(out, "; not read: {}", visible(&not_read.to_string()));
    }
    out.push('\n');
    out
}

/// Says that so many files and folders were not read, and what became of their sources.
pub fn unread(files: u64) -> String {
    let what = match files {
        1 => "a file or folder that should have been read was not".to_owned(),
        _ => format!("{files} files or folders that should have been read were not"),
    };
    format!("{what}; the index keeps what it had from there")
}

/// Renders all sources with their files, extractors and metadata, in lines of at most `width`
/// columns.
pub fn sources(entries: &[Entry], width: usize) -> String {
    let mut out = String::new();
    for (i, entry) in entries.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        let source = &entry.source;
        let read = match source.text {
            TextKind::File => "the file itself",
            TextKind::Decoded => "decoded text",
            TextKind::Extracted => "extracted text",
            TextKind::Markup => "what is read in the file itself",
        };
        let paragraphs = count(entry.paragraphs.into(), "paragraph");
        let language = source.language.as_deref().unwrap_or("language unknown");
        let line = format!(
            "{} · {} · {paragraphs} · {language} · {}, {read}",
            paint(STRONG, &visible(source.id.as_str())),
            visible(&source.file),
            entry.extractor
        );
        wrap_at_spaces(&mut out, &line, width, "", "  ");
        metadata(&mut out, &source.metadata, width);
    }
    out
}

fn metadata(out: &mut String, metadata: &Metadata, width: usize) {
    if metadata.is_empty() {
        let _ = writeln!(out, "  {}", paint(DIM, "nothing is known of it"));
    }
    let widest = metadata.iter().map(|(variable, ..)| variable.chars().count()).max().unwrap_or(0);
    let mut variables: Vec<_> = metadata.iter().collect();
    variables.sort_by_key(|(variable, ..)| {
        FIRST.iter().position(|first| first == variable).unwrap_or(FIRST.len())
    });
    for (variable, value, provenance) in variables {
        let provenance = match provenance {
            Provenance::Declared => "declared",
            Provenance::Inferred => "inferred",
        };
        let head = format!("  {:<widest$}  ", visible(variable));
        let text = format!(
            "{} {}",
            visible(&value_in_words(variable, value, metadata)),
            paint(DIM, &format!("({provenance})"))
        );
        wrap(out, &text, width, &head, &" ".repeat(widest + 4));
    }
}

/// Returns the value of a variable in words, or as JSON if its type is unknown.
fn value_in_words(variable: &str, value: &Value, metadata: &Metadata) -> String {
    if let Some(text) = value.as_str() {
        return text.to_owned();
    }
    let names = metadata.names(variable);
    if !names.is_empty() {
        return names.iter().map(|name| name.display()).collect::<Vec<_>>().join("; ");
    }
    if variable == "issued"
        && let Some(date) = metadata.issued()
    {
        return date.to_string();
    }
    value.to_string()
}

/// Renders the counts and sizes of an index, each on a line.
pub fn stats(stats: &Stats) -> String {
    let languages: Vec<String> = stats
        .languages
        .iter()
        .map(|(language, passages)| format!("{} {passages}", visible(language)))
        .collect();
    let rows = [
        ("sources", stats.sources.to_string()),
        ("passages", stats.passages.to_string()),
        ("languages", languages.join(", ")),
        ("segments", stats.segments.to_string()),
        ("size", size(stats.bytes)),
        ("format", stats.format.to_string()),
    ];
    rows.iter().fold(String::new(), |out, (name, value)| out + &format!("{name:<10} {value}\n"))
}

/// Returns a number of bytes with a unit.
fn size(bytes: u64) -> String {
    let units = ["KiB", "MiB", "GiB", "TiB"];
    let mut value = bytes as f64;
    let mut unit = "bytes";
    for larger in units {
        if value < 1024.0 {
            break;
        }
        value /= 1024.0;
        unit = larger;
    }
    if unit == "bytes" { format!("{bytes} {unit}") } else { format!("{value:.1} {unit}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use pincite_core::index::Remark;

    #[test]
    fn a_report_names_a_few_files() {
        let remark = |file: &str| Remark { file: file.to_owned(), message: String::new() };
        let done = Report {
            added: 5,
            unchanged: 212,
            skipped: vec![remark("a"), remark("b\u{1b}")],
            ..Report::default()
        };
        assert_eq!(
            report(&done),
            "5 added, 0 updated, 0 removed, 212 unchanged; 2 files skipped: a, b\\u{1b}\n"
        );
        let done =
            Report { skipped: ["a", "b", "c", "d"].map(remark).to_vec(), ..Report::default() };
        assert!(report(&done).ends_with("; 4 files skipped: a, b, c, …\n"));
    }

    #[test]
    fn sizes_are_rounded() {
        assert_eq!(size(1023), "1023 bytes");
        assert_eq!(size(1536), "1.5 KiB");
        assert_eq!(size(3 << 40), "3.0 TiB");
    }
}
