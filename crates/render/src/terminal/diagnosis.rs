//! Renders the diagnosis of an index for a terminal.

use anstyle::Style;

use super::screen::{BAD, DIM, GOOD, STRONG, WARN, paint, paint_words, wrap, wrap_at_spaces};
use crate::escape::visible;
use crate::wording::count;
use pincite_core::engine::{Ailment, Diagnosis};

/// The width of the first column.
const WIDTH: usize = 9;

/// Renders what was examined, and what is wrong, in lines of at most `width` columns.
pub fn diagnosis(diagnosis: &Diagnosis, width: usize) -> String {
    let mut out = String::new();
    let mut row = |style, name: &str, subject: &str, detail: &str| {
        let first = format!("{}  ", paint(style, &format!("{name:<WIDTH$}")));
        let rest = " ".repeat(WIDTH + 2);
        wrap_at_spaces(&mut out, &paint_words(STRONG, &visible(subject)), width, &first, &rest);
        if !detail.is_empty() {
            wrap(&mut out, &paint_words(DIM, &visible(detail)), width, &rest, &rest);
        }
    };
    if let Some(why) = &diagnosis.unreadable {
        row(BAD, "damaged", "the index", why);
        return out;
    }
    for file in &diagnosis.damaged_files {
        let detail = "this file of the index does not hold what was written";
        row(BAD, "damaged", &file.display().to_string(), detail);
    }
    for finding in &diagnosis.findings {
        let (style, name) = named(finding.ailment);
        let subject = match &finding.path {
            Some(path) => format!("{} · {}", finding.source, path.display()),
            None => finding.source.to_string(),
        };
        row(style, name, &subject, &finding.detail);
    }
    let examined = [
        count(diagnosis.files, "file"),
        count(diagnosis.sources, "source"),
        count(diagnosis.passages, "passage"),
    ];
    let (style, name) = if diagnosis.is_healthy() { (GOOD, "whole") } else { (DIM, "examined") };
    row(style, name, &examined.join(", "), "");
    out
}

fn named(ailment: Ailment) -> (Style, &'static str) {
    match ailment {
        Ailment::Damaged => (BAD, "damaged"),
        Ailment::Different => (BAD, "different"),
        Ailment::Changed => (WARN, "changed"),
        Ailment::Missing => (WARN, "missing"),
    }
}
