//! What measurements of rankings came to, as tables for people.

mod checked;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::{
    Ablation, CollectionReport, Fitting, Measurement, Metric, MetricComparison, StanceReport,
    Validation, mean,
};
use pincite_core::check::Stance;
use pincite_render::{STRONG, count, paint, visible};

pub use checked::{labelled, mutations};

/// The name of this program's ranking in reports.
pub(super) const OURS: &str = "pincite";

/// The name of plain BM25's.
pub(super) const BASELINE: &str = "bm25";

/// Rows of cells under a head. The first column names the rows.
pub struct Table {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

/// The figures of a report; behind them, where they are asked for, those of every query.
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

/// Two runs, by name, measure by measure.
pub fn comparison(names: [&str; 2], comparison: &[MetricComparison]) -> Table {
    let queries = comparison.first().map_or(0, |c| c.wins + c.losses + c.ties);
    comparison_table(count(queries as u64, "query"), names, comparison)
}

/// What fitted weights come to, and what they would come to without each feature.
pub fn fitting(fitting: &Fitting) -> Vec<Table> {
    let left_out = fitting.collections.iter().any(|it| it.left_out.is_some());
    let line = |it: &Validation| {
        let mut cells = vec![it.topics.to_string(), it.metric.to_owned(), figure(it.bm25)];
        cells.push(figure(it.fitted));
        if let Some(left_out) = &it.left_out {
            let weights = left_out.weights.iter().map(|(name, weight)| format!("{name} {weight}"));
            cells.extend([figure(left_out.figure), gain(left_out.figure - it.bm25)]);
            cells.extend([format!("{:.4}", left_out.p), weights.collect::<Vec<_>>().join(", ")]);
        }
        std::iter::once(it.collection.clone()).chain(cells).collect()
    };
    let mut head = vec!["", "topics", "measure", BASELINE, "fitted to all"];
    if left_out {
        head.extend(["left out", "gain", "p", "weights fitted to the others"]);
    }
    let mut tables = vec![Table {
        title: "Weights, and plain BM25".to_owned(),
        head: head.into_iter().map(str::to_owned).collect(),
        rows: fitting.collections.iter().map(line).collect(),
    }];
    if !fitting.ablations.is_empty() {
        let names = fitting.collections.iter().map(|it| it.collection.clone());
        let line = |it: &Ablation| {
            let mean = it.gains.iter().sum::<f64>() / it.gains.len().max(1) as f64;
            let cells = it.gains.iter().copied().chain([mean]).map(gain);
            std::iter::once(it.without.to_owned()).chain(cells).collect()
        };
        tables.push(Table {
            title: "Gain over plain BM25 without a feature".to_owned(),
            head: std::iter::once("without".to_owned())
                .chain(names)
                .chain(["mean".to_owned()])
                .collect(),
            rows: fitting.ablations.iter().map(line).collect(),
        });
    }
    tables
}

fn gain(difference: f64) -> String {
    format!("{difference:+.4}")
}

/// What a model makes of judged pairs: the forced choice, what is shown at rising confidence, and what is said of pairs that
/// do not belong together.
pub fn stances(report: &StanceReport) -> Vec<Table> {
    let choice = report.choice();
    let mut rows: Vec<_> = choice
        .labels
        .iter()
        .map(|(name, it)| row(name, [it.precision, it.recall, it.f1].map(figure)))
        .collect();
    rows.push(row("macro F1", [String::new(), String::new(), figure(choice.macro_f1)]));
    rows.push(row("accuracy", [String::new(), String::new(), figure(choice.accuracy)]));
    rows.push(row(
        "accuracy without evidence",
        [String::new(), String::new(), figure(report.control_choice().accuracy)],
    ));
    let title =
        format!("{}: {}, forced choice", report.file, count(report.pairs.len() as u64, "pair"));
    let forced =
        Table { title, head: row("", ["precision", "recall", "F1"].map(str::to_owned)), rows };

    let names: Vec<&str> = choice.labels.keys().copied().collect();
    let cell = |is: &str, called: &str| {
        choice.confusion.get(is).and_then(|row| row.get(called)).copied().unwrap_or(0)
    };
    let line = |is: &str| {
        let cells = names.iter().map(|called| cell(is, called).to_string());
        std::iter::once(is.to_owned()).chain(cells).collect()
    };
    let rows = names.iter().map(|is| line(is)).collect();
    let head = std::iter::once("judged, and called")
        .chain(names.iter().copied())
        .map(str::to_owned)
        .collect();
    let confusion = Table { title: format!("{}: confusion", report.file), head, rows };

    let rows = report.shown().into_iter().map(|it| {
        let name = format!("{} at {:.2}", side(it.stance), it.confidence);
        row(&name, [it.coverage, it.precision, it.recall].map(figure))
    });
    let head = row("", ["coverage", "precision", "recall"].map(str::to_owned));
    let shown = Table { title: format!("{}: verdicts", report.file), head, rows: rows.collect() };

    let rows = report
        .mismatched
        .iter()
        .map(|it| row(it.kind, [it.supported, it.contradicted].map(figure)))
        .collect();
    let head = row("", ["supported", "contradicted"].map(str::to_owned));
    let mismatched = Table { title: format!("{}: mismatched pairs", report.file), head, rows };
    let mut tables = vec![forced, confusion, shown, reliability(report), mismatched];
    if let Some(report) = &report.checked {
        let articles = count(report.articles as u64, "article");
        tables.push(verdicts(format!("through an index of {articles}"), &report.verdicts));
        tables.push(verdicts("the same, confidence at least 0.90".to_owned(), &report.sure));
    }
    tables
}

/// How sure the program is, and how often it is right.
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

/// How often claims of each label got each verdict.
fn verdicts(title: String, counts: &BTreeMap<String, BTreeMap<&'static str, usize>>) -> Table {
    let names = counts.values().next().into_iter().flat_map(BTreeMap::keys);
    let head = std::iter::once("judged, and called".to_owned())
        .chain(names.map(|name| (*name).to_owned()));
    let line = |(label, counts): (&String, &BTreeMap<&str, usize>)| {
        std::iter::once(label.clone()).chain(counts.values().map(usize::to_string)).collect()
    };
    Table { title, head: head.collect(), rows: counts.iter().map(line).collect() }
}

/// What a claim is called by evidence on this side.
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
    /// The table in columns.
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

    /// The table in Markdown, under its title in bold type.
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
    fn columns_stand_under_their_heads() {
        let table = comparison(["new.run", "b\u{1b}"], &comparisons()).human();
        let table = anstream::adapter::strip_str(&table).to_string();
        assert_eq!(
            table,
            "15 queries\n     new.run  b\\u{1b}  better  worse  equal       p\n\
             map   0.5000   0.2500      12      3      0  0.0312\n"
        );
    }

    #[test]
    fn markdown_tables_have_as_many_cells_in_every_row() {
        let table = comparison(["a|b", "c"], &comparisons()).markdown();
        assert_eq!(
            table,
            "**15 queries**\n\n|  | a\\|b | c | better | worse | equal | p |\n\
             | --- | ---: | ---: | ---: | ---: | ---: | ---: |\n| map | 0.5000 | 0.2500 | 12 | 3 | 0 | 0.0312 |\n"
        );
    }
}
