//! Renders citations in all formats: JSON records, Markdown, HTML, and the formats of reference
//! managers, Wikipedia and annotation clients.
//!
//! Some formats need white space folded or characters escaped. Unknown fields are left out.

mod annotation;
mod anthropic;
mod bibtex;
mod csl_json;
mod ris;
mod wikipedia;

pub use annotation::annotations;
pub use anthropic::search_results;
pub use bibtex::bibtex;
pub use csl_json::csl_json;
pub use ris::ris;
pub use wikipedia::wikipedia;

use crate::fields::{Fields, Record};
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
    /// A table for spreadsheets, with a row for each citation.
    Csv,
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
    /// Anthropic's `search_result` blocks, for a language model that cites.
    Anthropic,
}

impl Format {
    /// All formats.
    pub const ALL: [Format; 11] = [
        Self::Json,
        Self::JsonLines,
        Self::Csv,
        Self::Markdown,
        Self::Html,
        Self::CslJson,
        Self::Bibtex,
        Self::Ris,
        Self::Annotation,
        Self::Wikipedia,
        Self::Anthropic,
    ];

    /// Returns its name, as options and parameters have it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::JsonLines => "jsonl",
            Self::Csv => "csv",
            Self::Markdown => "markdown",
            Self::Html => "html",
            Self::CslJson => "csl-json",
            Self::Bibtex => "bibtex",
            Self::Ris => "ris",
            Self::Annotation => "annotation",
            Self::Wikipedia => "wikipedia",
            Self::Anthropic => "anthropic",
        }
    }

    /// Returns the format of this name.
    ///
    /// ```
    /// use pincite_render::citation::Format;
    /// assert_eq!(Format::named("ris"), Some(Format::Ris));
    /// ```
    pub fn named(name: &str) -> Option<Format> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    /// Returns the media type of its documents.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json | Self::Anthropic => "application/json",
            Self::JsonLines => "application/x-ndjson",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::CslJson => "application/vnd.citationstyles.csl+json",
            Self::Bibtex => "application/x-bibtex; charset=utf-8",
            Self::Ris => "application/x-research-info-systems; charset=utf-8",
            Self::Annotation => "application/ld+json",
            Self::Wikipedia => "text/plain; charset=utf-8",
        }
    }
}

/// Renders quotations as a document. `asked`, the query or the ids, is the title of a page and the
/// body of annotations.
pub fn document(format: Format, asked: &str, quotations: &[Quotation]) -> String {
    match format {
        Format::Json => json::citations(&records(quotations)),
        Format::JsonLines => json::citations_as_lines(&records(quotations)),
        Format::Csv => {
            let records: Vec<Record> =
                quotations.iter().map(|quotation| Record::of(&quotation.citation)).collect();
            let fields = Fields::table(false, false);
            fields.header() + &fields.rows(&records)
        }
        Format::Markdown => markdown(quotations),
        Format::Html => html(asked, quotations),
        Format::CslJson => json::document(&csl_json(&as_read(quotations))),
        Format::Bibtex => bibtex(&as_read(quotations)),
        Format::Ris => ris(&as_read(quotations)),
        Format::Annotation => json::document(&annotations(quotations, Some(asked))),
        Format::Wikipedia => wikipedia(&as_read(quotations)),
        Format::Anthropic => json::document(&search_results(quotations)),
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
