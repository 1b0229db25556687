//! The quality of extraction as JSON.

use pincite_core::wire::rounded;
use pincite_render::json;
use serde_json::{Value, json};

use crate::extraction::ExtractionReport;

/// Returns the report as `pincite/eval-extract/1`.
pub fn extraction(report: &ExtractionReport) -> String {
    let figures = |[precision, recall, f1]: [f64; 3]| json!({ "precision": rounded(precision), "recall": rounded(recall), "f1": rounded(f1) });
    let known = |i: usize| {
        let (known, read) = report.metadata[i];
        json!({ "known": known, "read": read })
    };
    let pages: serde_json::Map<String, Value> =
        report.pages.iter().map(|(name, page)| (name.clone(), figures(*page))).collect();
    let document = json!({
        "schema": "pincite/eval-extract/1",
        "metrics": figures(report.means()),
        "metadata": { "title": known(0), "author": known(1), "date": known(2) },
        "paragraphs": report.passages,
        "bytes": report.bytes,
        "seconds": report.time.as_secs_f64(),
        "pages": pages,
    });
    json::document(&document)
}
