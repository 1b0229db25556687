//! The reference, place and URL of a quotation, in every format for people.

use std::fmt::Write as _;

use crate::escape::visible;
use crate::wording::{list, stale};
use pincite_core::cite::Quotation;
use pincite_core::source::{Metadata, Provenance, Source};

/// The metadata in a reference, in order.
const NAMED: [&str; 4] = ["author", "title", "publisher", "issued"];

/// Returns the known author, title, publisher and date of a source on one line, safe to print:
/// `Rowan Example, “The Line”, Sample Press, 2025-10-16 (author inferred)`. Empty if nothing is
/// known.
pub fn reference(source: &Source) -> String {
    let metadata = &source.metadata;
    let parts: Vec<String> =
        NAMED.iter().filter_map(|variable| named(metadata, variable)).collect();
    let mut inferred = Vec::new();
    for name in NAMED {
        let variable = match name {
            // The fallback of `Metadata::publisher`.
            "publisher" if metadata.text("publisher").is_none() => "container-title",
            name => name,
        };
        if is_inferred(metadata, variable) {
            inferred.push(if name == "issued" { "date" } else { name }.to_owned());
        }
    }
    let mut out = parts.join(", ");
    if !inferred.is_empty() && !parts.is_empty() {
        let _ = write!(out, " ({} inferred)", list(&inferred));
    }
    visible(&out).into_owned()
}

fn is_inferred(metadata: &Metadata, variable: &str) -> bool {
    metadata
        .iter()
        .any(|(name, _, provenance)| name == variable && provenance == Provenance::Inferred)
}

fn named(metadata: &Metadata, variable: &str) -> Option<String> {
    match variable {
        "author" => {
            let names: Vec<String> =
                metadata.names("author").iter().map(|name| name.display()).collect();
            match names.len() {
                0 => None,
                1..=3 => Some(list(&names)),
                more => Some(format!("{} and {} others", names[0], more - 1)),
            }
        }
        "title" => metadata.title().map(|title| format!("“{title}”")),
        "publisher" => metadata.publisher().map(str::to_owned),
        _ => metadata.issued().map(|date| date.to_string()),
    }
}

/// Returns the place of a quotation: `§ Why that month, ¶ 3, sentence 1 · recognition-1997.txt:13 ·
/// recognition-1997#p3.1`; and whether the file is no longer what was indexed.
pub fn place(quotation: &Quotation) -> String {
    place_at(quotation, |line| line)
}

/// Returns the place of a quotation like [`place`], with file and line as `at_line` shows them.
pub(crate) fn place_at(quotation: &Quotation, at_line: impl FnOnce(String) -> String) -> String {
    let Quotation { citation, passage, .. } = quotation;
    let locator = &citation.locator;
    let mut place = String::new();
    if !locator.section.is_empty() {
        let _ = write!(place, "§ {}, ", visible(&locator.section.join(" › ")));
    }
    if let Some(page) = locator.printed_page() {
        let _ = write!(place, "p. {page}, ");
    }
    if let Some(slide) = locator.slide {
        let _ = write!(place, "slide {slide}, ");
    }
    if let Some(time) = &locator.time {
        let _ = write!(place, "{}, ", visible(time.second()));
    }
    let _ = write!(place, "¶ {}", locator.paragraph);
    match locator.sentences {
        [first, last] if first == last => {
            if passage.sentences.len() > 1 {
                let _ = write!(place, ", sentence {first}");
            }
        }
        [first, last] => {
            let _ = write!(place, ", sentences {first}–{last}");
        }
    }
    let line = at_line(visible(&citation.file_and_line()).into_owned());
    let _ = write!(place, " · {line} · {}", visible(&citation.id.to_string()));
    if let Some(what) = citation.stale {
        let _ = write!(place, " · the file {}", stale(what));
    }
    place
}

/// Returns the URL of a quotation, if it is safe to follow from a page with text by others.
pub fn link(quotation: &Quotation) -> Option<&str> {
    let url =
        quotation.citation.deep_link.as_deref().or_else(|| quotation.source.metadata.url())?;
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    (is_web && !url.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(url)
}
