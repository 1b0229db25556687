//! The quality of extraction as tables.

use pincite_render::count;

use super::Table;
use crate::extraction::ExtractionReport;

/// Returns the figures of all pages and, with `per_page`, those of each.
pub fn extraction(report: &ExtractionReport, per_page: bool) -> Vec<Table> {
    let cells = |name: &str, figures: [f64; 3]| {
        let mut row = vec![name.to_owned()];
        row.extend(figures.map(|figure| format!("{figure:.4}")));
        row
    };
    let head = ["", "precision", "recall", "F1"].map(str::to_owned).to_vec();
    let mut rows = Vec::new();
    if per_page {
        rows.extend(report.pages.iter().map(|(name, figures)| cells(name, *figures)));
    }
    rows.push(cells("all", report.means()));
    let title = format!(
        "{}, {}, {:.1} MB/s",
        count(report.pages.len() as u64, "page"),
        count(report.passages, "paragraph"),
        report.bytes as f64 / 1e6 / report.time.as_secs_f64().max(f64::EPSILON)
    );
    let text = Table { title, head, rows };
    let rows =
        ["title", "author", "date"].iter().zip(report.metadata).map(|(name, (all, right))| {
            let share =
                if all == 0 { String::new() } else { format!("{:.4}", right as f64 / all as f64) };
            vec![(*name).to_owned(), all.to_string(), right.to_string(), share]
        });
    let head = ["", "known", "read", "share"].map(str::to_owned).to_vec();
    vec![text, Table { title: "Metadata that is known".to_owned(), head, rows: rows.collect() }]
}
