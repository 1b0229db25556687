//! Verdicts on edited sentences and labelled claims as tables.

use pincite_core::check::Verdict;
use pincite_render::count;

use super::Table;
use crate::labelled::{Half, LabelledReport, LabelledRow};
use crate::mutate::{MutationReport, Rate};

/// Returns the verdicts by edit, and the rates of false verdicts.
pub fn mutations(report: &MutationReport) -> Vec<Table> {
    let mut rows = Vec::new();
    for row in report.rows() {
        let mut cells = vec![row.edit.name().to_owned()];
        cells.extend(row.verdicts.map(|n| n.to_string()));
        cells.extend([row.right.trials.to_string(), percent(row.right.share())]);
        cells.extend(rate(row.harmful));
        cells.push(row.sure.to_string());
        rows.push(cells);
    }
    let mut head = vec!["edit"];
    head.extend(Verdict::ALL.map(Verdict::name));
    head.extend(["n", "right", "harmful", "%", "at most %", "sure"]);
    let title = format!(
        "{} of {}",
        count(report.cases.len() as u64, "claim"),
        count(report.sentences as u64, "sentence")
    );
    let edits = Table { title, head: head.into_iter().map(str::to_owned).collect(), rows };

    let falsely = [Verdict::Supported, Verdict::Contradicted].map(|verdict| {
        let all = report.falsely(verdict);
        let mut cells = vec![format!("false {}", verdict.name()), all.trials.to_string()];
        cells.extend(rate(all));
        cells
    });
    let head = ["", "n", "false", "%", "at most %"].map(str::to_owned).to_vec();
    let sure = format!("Harmful verdicts, {} of them at a confidence of .9 or more", report.sure());
    vec![edits, Table { title: sure, head, rows: falsely.to_vec() }]
}

fn rate(rate: Rate) -> [String; 3] {
    [rate.hits.to_string(), percent(rate.share()), percent(rate.upper_bound())]
}

fn percent(share: f64) -> String {
    format!("{:.1}", 100.0 * share)
}

/// Returns right and false verdicts on labelled claims: in all, by half, by kind, and by the
/// liberties that readings take.
pub fn labelled(report: &LabelledReport) -> Vec<Table> {
    let head = ["", "right", "of", "given", "false", "% false", "sure"].map(str::to_owned).to_vec();
    let row = |name: &str, row: LabelledRow| {
        let LabelledRow { right, falsely, sure } = row;
        vec![
            name.to_owned(),
            right.hits.to_string(),
            right.trials.to_string(),
            falsely.trials.to_string(),
            falsely.hits.to_string(),
            percent(falsely.share()),
            sure.to_string(),
        ]
    };
    let halves =
        [("all", report.all()), ("even", report.half(Half::Even)), ("odd", report.half(Half::Odd))];
    let halves =
        halves.into_iter().filter(|(_, it)| it.right.trials > 0).map(|(name, it)| row(name, it));
    let title = count(report.cases.len() as u64, "claim");
    let all = Table { title, head: head.clone(), rows: halves.collect() };
    let kinds = report.by_kind().into_iter().map(|(kind, it)| row(kind, it)).collect();
    let steps = report.curve().into_iter().map(|(step, it)| {
        let name = if step == "none" { step.to_owned() } else { format!("+ {step}") };
        vec![name, it.trials.to_string(), it.hits.to_string(), percent(it.share())]
    });
    let curve = Table {
        title: "By liberties".to_owned(),
        head: ["", "given", "right", "% right"].map(str::to_owned).to_vec(),
        rows: steps.collect(),
    };
    vec![all, Table { title: "By kind".to_owned(), head, rows: kinds }, curve]
}
