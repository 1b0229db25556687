//! Citations as documents: the record in JSON, Markdown and HTML for people, and the formats of reference managers,
//! Wikipedia and annotation clients.
//!
//! A format may have to fold white space or escape characters; what is not known is left out, never made up.

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

/// The documents that quotations can be written as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// `pincite/citation/1`: one JSON array of records.
    Json,
    /// `pincite/citation/1`: a record a line.
    JsonLines,
    /// Markdown: block quotes with their citations.
    Markdown,
    /// One HTML page that needs nothing else.
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
    /// Every format.
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

/// Writes quotations as one document. `asked` is the query or the ids that they answer: the title of the page, and the
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
        Format::Annotation => json::document(&annotations(&records(quotations), Some(asked))),
        Format::Wikipedia => wikipedia(&as_read(quotations)),
    }
}

fn records(quotations: &[Quotation]) -> Vec<Citation> {
    quotations.iter().map(|quotation| quotation.citation.clone()).collect()
}

/// Citations that quote the readable form, so records no longer: reference managers and encyclopaedias show the
/// quotation to people, who would take markup for a part of it.
fn as_read(quotations: &[Quotation]) -> Vec<Citation> {
    let citation = |quotation: &Quotation| {
        let quote = quotation.quoted().map(|piece| piece.text).collect();
        Citation { quote, ..quotation.citation.clone() }
    };
    quotations.iter().map(citation).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::{Value, json};

    use super::*;
    use crate::fixture::{citation, hostile, passage, source};

    /// Metadata is JSON that anyone may have written; no type of a value may stop a format.
    #[test]
    fn every_format_takes_metadata_of_any_type() {
        let values = json!([0, -1, true, null, "", "a", [], [[]], [[0]], [{}], {}, {"a": null}, [-1], ["x", 2]]);
        let variables = [
            "type",
            "title",
            "author",
            "issued",
            "URL",
            "page",
            "custom",
            "language",
            "publisher",
            "id",
        ];
        let of_one = variables.iter().flat_map(|variable| {
            values.as_array().into_iter().flatten().map(move |value| json!({ *variable: value }))
        });
        let dates = [
            json!([[2025, 13, 99]]),
            json!([[99999]]),
            json!([["2025", "1"]]),
            json!([[2025], [2024]]),
        ];
        let dated =
            dates.into_iter().map(|date| json!({"issued": {"date-parts": date, "season": []}}));
        for variables in of_one.chain(dated).chain([hostile()]) {
            for format in Format::ALL {
                let document = document(format, "a claim", &[quotation(variables.clone())]);
                assert!(document.contains("opened in 1932"), "{format:?}: {variables}");
            }
        }
    }

    fn quotation(variables: Value) -> Quotation {
        Quotation {
            citation: citation(variables.clone()),
            passage: passage(),
            source: Arc::new(source(variables)),
            matches: Vec::new(),
        }
    }
}
