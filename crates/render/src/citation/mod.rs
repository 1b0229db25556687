//! Renders citations in all formats: JSON records, Markdown, HTML, and the formats of reference
//! managers, Wikipedia and annotation clients.
//!
//! Some formats need white space folded or characters escaped. Unknown fields are left out.

mod annotation;
mod bibtex;
mod csl_json;
mod ris;
mod wikipedia;

pub use annotation::annotations;
pub use bibtex::bibtex;
pub use csl_json::csl_json;
pub use ris::ris;
pub use wikipedia::wikipedia;

use crate::html::html;
use crate::json;
use crate::markdown::markdown;
use pincite_core::cite::{Citation, Quotation};

/// The formats of citations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `pincite/citation/1`: a JSON array of records.
    Json,
    /// `pincite/citation/1`: a record on each line.
    JsonLines,
    /// Markdown: block quotes with their citations.
    Markdown,
    /// A self-contained HTML page.
    Html,
    /// CSL-JSON, for citation processors.
    CslJson,
    /// BibTeX, for LaTeX.
    Bibtex,
    /// RIS, for reference managers.
    Ris,
    /// W3C Web Annotations, for annotation clients.
    Annotation,
    /// Citation templates, for Wikipedia.
    Wikipedia,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 9] = [
        Self::Json,
        Self::JsonLines,
        Self::Markdown,
        Self::Html,
        Self::CslJson,
        Self::Bibtex,
        Self::Ris,
        Self::Annotation,
        Self::Wikipedia,
    ];
}

/// Renders quotations as a document. `asked`, the query or the ids, is the title of a page and the
/// body of annotations.
pub fn document(format: Format, asked: &str, quotations: &[Quotation]) -> String {
    match format {
        Format::Json => json::citations(&records(quotations)),
        Format::JsonLines => json::citations_as_lines(&records(quotations)),
        Format::Markdown => markdown(quotations),
        Format::Html => html(asked, quotations),
        Format::CslJson => json::document(&csl_json(&as_read(quotations))),
        Format::Bibtex => bibtex(&as_read(quotations)),
        Format::Ris => ris(&as_read(quotations)),
        Format::Annotation => json::document(&annotations(quotations, Some(asked))),
        Format::Wikipedia => wikipedia(&as_read(quotations)),
    }
}

fn records(quotations: &[Quotation]) -> Vec<Citation> {
    quotations.iter().map(|quotation| quotation.citation.clone()).collect()
}

/// Returns citations with the readable form of the quotations, for reference managers and
/// Wikipedia, whose readers would take markup for a part of the quotation. They are no longer exact
/// records.
fn as_read(quotations: &[Quotation]) -> Vec<Citation> {
    quotations
        .iter()
        .map(|quotation| Citation {
            quote: quotation.quoted().map(|piece| piece.text).collect(),
            ..quotation.citation.clone()
        })
        .collect()
}

#[cfg(test)]
mod tests;
