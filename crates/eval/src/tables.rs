//! Reports as tables for people.

mod checked;
mod extraction;

use std::fmt::Write as _;

use crate::{
    Ablation, Choice, CollectionReport, Fitting, Measurement, Metric, MetricComparison,
    StanceReport, Validation, VerdictCounts, mean,
};
use pincite_core::check::Stance;
use pincite_render::{STRONG, count, paint, visible};

pub use checked::{labelled, mutations};
pub use extraction::extraction;

/// The name of the ranking of pincite in reports.
pub(super) const OURS: &str = "pincite";

/// The name of the ranking of plain BM25 in reports.
pub(super) const BASELINE: &str = "bm25";

/// A table with a title. The first column names the rows.
pub struct Table {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// Returns the figures of a collection, then, with `per_query`, those of every query.
pub fn evaluation(report: &CollectionReport, per_query: bool) -> Vec<Table> {
    let ours = &report.ours;
    let title = format!("{}: {}", report.collection, count(ours.topics.len() as u64, "query"));
    let mut tables = vec![match (&report.baseline, report.comparison()) {
        (Some(baseline), Some(comparison)) => {
            let mut table = comparison_table(title, [OURS, BASELINE], &comparison);
            table.rows.push(row("queries/s", [ours, baseline].map(speed)));
            table
        }
        _ => {
            let mean = mean(ours.topics.values());
            let mut rows: Vec<_> =
                Metric::ALL.map(|metric| row(metric.name(), [figure(mean[metric])])).to_vec();
            rows.push(row("queries/s", [speed(ours)]));
            Table { title, head: row("", [OURS.to_owned()]), rows }
        }
    }];
    if per_query {
        let rows = ours
            .topics
            .iter()
            .map(|(topic, m)| row(topic, Metric::ALL.map(|metric| figure(m[metric]))));
        let head = row("query", Metric::ALL.map(|metric| metric.name().to_owned()));
        tables.push(Table {
            title: format!("{} by query", report.collection),
            head,
            rows: rows.collect(),
        });
    }
    tables
}

/// Returns the comparison of two runs, by name.
pub fn comparison(names: [&str; 2], comparison: &[MetricComparison]) -> Table {
    let queries = comparison.first().map_or(0, |c| c.wins + c.losses + c.ties);
    comparison_table(count(queries as u64, "query"), names, comparison)
}

/// Returns the figures of fitted weights, and the ablations if there are any.
pub fn fitting(fitting: &Fitting) -> Vec<Table> {
    let mut head = vec!["", "topics", "measure", BASELINE, "fitted to all"];
    if fitting.collections.iter().any(|it| it.left_out.is_some()) {
        head.extend(["left out", "gain", "p", "weights fitted to the others"]);
    }
    let mut tables = vec![Table {
        title: "Weights, and plain BM25".to_owned(),
        head: head.into_iter().map(str::to_owned).collect(),
        rows: fitting.collections.iter().map(validation_row).collect(),
    }];
    if !fitting.ablations.is_empty() {
        let mut head = vec!["without".to_owned()];
        head.extend(fitting.collections.iter().map(|it| it.collection.clone()));
        head.push("mean".to_owned());
        let rows = fitting.ablations.iter().map(ablation_row).collect();
        let title = "Gain over plain BM25 without a feature".to_owned();
        tables.push(Table { title, head, rows });
    }
    tables
}

fn validation_row(it: &Validation) -> Vec<String> {
    let mut cells = vec![it.collection.clone(), it.topics.to_string(), it.metric.to_owned()];
    cells.extend([figure(it.bm25), figure(it.fitted)]);
    if let Some(left_out) = &it.left_out {
        let weights = left_out.weights.iter().map(|(name, weight)| format!("{name} {weight}"));
        cells.extend([figure(left_out.figure), gain(left_out.figure - it.bm25)]);
        cells.extend([figure(left_out.p), weights.collect::<Vec<_>>().join(", ")]);
    }
    cells
}

fn ablation_row(it: &Ablation) -> Vec<String> {
    let mean = it.gains.iter().sum::<f64>() / it.gains.len().max(1) as f64;
    let mut cells = vec![it.without.to_owned()];
    cells.extend(it.gains.iter().map(|difference| gain(*difference)));
    cells.push(gain(mean));
    cells
}

fn gain(difference: f64) -> String {
    format!("{difference:+.4}")
}

/// Returns how a model judges labelled pairs: the forced choice, what is shown at rising
/// confidence, and the verdicts on mismatched pairs.
pub fn stances(report: &StanceReport) -> Vec<Table> {
    let choice = report.choice();
    let mut tables = vec![
        forced_choice(report, &choice),
        confusion(report, &choice),
        shown(report),
        reliability(report),
        mismatched(report),
    ];
    if let Some(report) = &report.checked {
        let articles = count(report.articles as u64, "article");
        tables.push(verdicts(format!("through an index of {articles}"), &report.verdicts));
        tables.push(verdicts("the same, confidence at least 0.90".to_owned(), &report.sure));
    }
    tables
}

fn forced_choice(report: &StanceReport, choice: &Choice) -> Table {
    let mut rows = Vec::new();
    for (name, it) in &choice.labels {
        rows.push(row(name, [it.precision, it.recall, it.f1].map(figure)));
    }
    let control = report.control_choice().accuracy;
    for (name, value) in [
        ("macro F1", choice.macro_f1),
        ("accuracy", choice.accuracy),
        ("accuracy without evidence", control),
    ] {
        rows.push(row(name, [String::new(), String::new(), figure(value)]));
    }
    let pairs = count(report.pairs.len() as u64, "pair");
    Table {
        title: format!("{}: {pairs}, forced choice", report.file),
        head: row("", ["precision", "recall", "F1"].map(str::to_owned)),
        rows,
    }
}

fn confusion(report: &StanceReport, choice: &Choice) -> Table {
    let mut head = vec!["judged, and called".to_owned()];
    head.extend(choice.labels.keys().map(|name| (*name).to_owned()));
    let mut rows = Vec::new();
    for judged in choice.labels.keys() {
        let mut cells = vec![(*judged).to_owned()];
        for called in choice.labels.keys() {
            let count = choice.confusion.get(judged).and_then(|row| row.get(called));
            cells.push(count.copied().unwrap_or(0).to_string());
        }
        rows.push(cells);
    }
    Table { title: format!("{}: confusion", report.file), head, rows }
}

fn shown(report: &StanceReport) -> Table {
    let rows = report.shown().into_iter().map(|it| {
        let name = format!("{} at {:.2}", side(it.stance), it.confidence);
        row(&name, [it.coverage, it.precision, it.recall].map(figure))
    });
    let head = row("", ["coverage", "precision", "recall"].map(str::to_owned));
    Table { title: format!("{}: verdicts", report.file), head, rows: rows.collect() }
}

fn mismatched(report: &StanceReport) -> Table {
    let rows = report
        .mismatched
        .iter()
        .map(|it| row(it.kind, [it.supported, it.contradicted].map(figure)));
    let head = row("", ["supported", "contradicted"].map(str::to_owned));
    Table { title: format!("{}: mismatched pairs", report.file), head, rows: rows.collect() }
}

fn reliability(report: &StanceReport) -> Table {
    let rows = report.reliability().into_iter().map(|it| {
        let name = format!("{} at {:.1}–{:.1}", side(it.stance), it.from, it.from + 0.1);
        row(&name, [it.pairs.to_string(), figure(it.confidence), figure(it.right)])
    });
    let error = row(
        "calibration error",
        [String::new(), String::new(), figure(report.calibration_error())],
    );
    let head = row("", ["pairs", "confidence", "right"].map(str::to_owned));
    Table {
        title: format!("{}: reliability", report.file),
        head,
        rows: rows.chain([error]).collect(),
    }
}

fn verdicts(title: String, counts: &VerdictCounts) -> Table {
    let mut head = vec!["judged, and called".to_owned()];
    if let Some(row) = counts.values().next() {
        head.extend(row.keys().map(|name| (*name).to_owned()));
    }
    let mut rows = Vec::new();
    for (label, counts) in counts {
        let mut cells = vec![label.clone()];
        cells.extend(counts.values().map(usize::to_string));
        rows.push(cells);
    }
    Table { title, head, rows }
}

/// Returns the verdict on a claim that has only evidence of this stance.
pub(super) fn side(stance: Stance) -> &'static str {
    match stance {
        Stance::Supports => "supported",
        Stance::Contradicts => "contradicted",
    }
}

fn comparison_table(title: String, [a, b]: [&str; 2], comparison: &[MetricComparison]) -> Table {
    let head = row("", [a, b, "better", "worse", "equal", "p"].map(str::to_owned));
    let rows = comparison.iter().map(|c| {
        let [a, b] = c.means.map(figure);
        let [wins, losses, ties] = [c.wins, c.losses, c.ties].map(|n| n.to_string());
        row(c.metric.name(), [a, b, wins, losses, ties, figure(c.p)])
    });
    Table { title, head, rows: rows.collect() }
}

fn row<const N: usize>(name: &str, cells: [String; N]) -> Vec<String> {
    std::iter::once(name.to_owned()).chain(cells).collect()
}

fn figure(figure: f64) -> String {
    format!("{figure:.4}")
}

fn speed(measurement: &Measurement) -> String {
    format!("{:.1}", measurement.queries_per_second())
}

impl Table {
    /// Returns the table in aligned columns.
    pub fn human(&self) -> String {
        let columns = self.head.len();
        let lines = || std::iter::once(&self.head).chain(&self.rows);
        let width = |column: usize| {
            let cells = lines().filter_map(|line| line.get(column));
            cells.map(|cell| visible(cell).chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let mut out = format!("{}\n", paint(STRONG, &visible(&self.title)));
        for line in lines() {
            let mut text = String::new();
            for (i, (cell, width)) in line.iter().zip(&widths).enumerate() {
                let cell = visible(cell);
                let _ = if i == 0 {
                    write!(text, "{cell:<width$}")
                } else {
                    write!(text, "  {cell:>width$}")
                };
            }
            let _ = writeln!(out, "{}", text.trim_end());
        }
        out
    }

    /// Returns the table in Markdown, under its title in bold type.
    pub fn markdown(&self) -> String {
        let cell = |cell: &String| visible(cell).replace('\\', "\\\\").replace('|', "\\|");
        let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
        let rule =
            (0..self.head.len()).map(|i| if i == 0 { "---" } else { "---:" }.to_owned()).collect();
        let mut out = format!("**{}**\n\n", cell(&self.title));
        out += &line(self.head.iter().map(cell).collect());
        out += &line(rule);
        for row in &self.rows {
            let mut row: Vec<String> = row.iter().map(cell).collect();
            row.resize(self.head.len(), String::new());
            out += &line(row);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn comparisons() -> Vec<MetricComparison> {
        vec![MetricComparison {
            metric: Metric::Map,
            means: [0.5, 0.25],
            wins: 12,
            losses: 3,
            ties: 0,
            p: 0.0312,
        }]
    }

    #[test]
    fn columns_are_aligned() {
        let table = comparison(["new.run", "b\u{1b}"], &comparisons()).human();
        let table = anstream::adapter::strip_str(&table).to_string();
        assert_eq!(
            table,
            "15 queries\n     new.run  b\\u{1b}  better  worse  equal       p\n\
             map   0.5000   0.2500      12      3      0  0.0312\n"
        );
    }

    #[test]
    fn markdown_rows_have_the_same_number_of_cells() {
        let table = comparison(["a|b", "c"], &comparisons()).markdown();
        assert_eq!(
            table,
            "**15 queries**\n\n|  | a\\|b | c | better | worse | equal | p |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n| map | 0.5000 | 0.2500 | 12 | 3 | 0 | 0.0312 |\n"
        );
    }
}
