//! Verdicts on edited sentences and labelled claims as JSON documents.

use std::collections::BTreeMap;

use pincite_core::check::Verdict;
use pincite_core::wire::rounded;
use serde::Serialize;

use super::document;
use crate::labelled::{Half, LabelledReport, LabelledRow};
use crate::mutate::{EditRow, MutationReport, Rate};

/// Returns `pincite/eval-mutate/1`: the verdicts by edit.
pub fn mutations(report: &MutationReport) -> String {
    let falsely = [Verdict::Supported, Verdict::Contradicted];
    document(
        "pincite/eval-mutate/1",
        &MutationsRecord {
            sentences: report.sentences,
            claims: report.cases.len(),
            edits: report.rows().iter().map(|row| (row.edit.name(), row.into())).collect(),
            falsely: falsely.map(|it| (it.name(), report.falsely(it).into())).into(),
            sure: report.sure(),
        },
    )
}

/// Returns `pincite/eval-labelled/1`: right and false verdicts on labelled claims.
pub fn labelled(report: &LabelledReport) -> String {
    let kinds = report.by_kind().into_iter();
    document(
        "pincite/eval-labelled/1",
        &LabelledRecord {
            all: report.all().into(),
            even: report.half(Half::Even).into(),
            odd: report.half(Half::Odd).into(),
            kinds: kinds.map(|(kind, row)| (kind, row.into())).collect(),
            curve: report
                .curve()
                .into_iter()
                .map(|(step, right)| StepRecord { step, right: right.into() })
                .collect(),
        },
    )
}

#[derive(Serialize)]
struct MutationsRecord {
    sentences: usize,
    claims: usize,
    edits: BTreeMap<&'static str, EditRecord>,
    #[serde(rename = "false")]
    falsely: BTreeMap<&'static str, RateRecord>,
    /// The number of harmful verdicts with a confidence of at least 0.9.
    sure: usize,
}

#[derive(Serialize)]
struct EditRecord {
    verdicts: BTreeMap<&'static str, usize>,
    right: RateRecord,
    harmful: RateRecord,
    sure: usize,
}

impl From<&EditRow> for EditRecord {
    fn from(row: &EditRow) -> Self {
        EditRecord {
            verdicts: Verdict::ALL.map(Verdict::name).into_iter().zip(row.verdicts).collect(),
            right: row.right.into(),
            harmful: row.harmful.into(),
            sure: row.sure,
        }
    }
}

#[derive(Serialize)]
struct RateRecord {
    hits: usize,
    of: usize,
    share: f64,
    /// The upper end of the one-sided exact interval at 95 % confidence.
    upper_bound: f64,
}

impl From<Rate> for RateRecord {
    fn from(rate: Rate) -> Self {
        RateRecord {
            hits: rate.hits,
            of: rate.trials,
            share: rounded(rate.share()),
            upper_bound: rounded(rate.upper_bound()),
        }
    }
}

#[derive(Serialize)]
struct LabelledRecord<'a> {
    all: RowRecord,
    even: RowRecord,
    odd: RowRecord,
    kinds: BTreeMap<&'a str, RowRecord>,
    curve: Vec<StepRecord>,
}

#[derive(Serialize)]
struct StepRecord {
    step: &'static str,
    right: RateRecord,
}

#[derive(Serialize)]
struct RowRecord {
    right: RateRecord,
    #[serde(rename = "false")]
    falsely: RateRecord,
    sure: usize,
}

impl From<LabelledRow> for RowRecord {
    fn from(row: LabelledRow) -> Self {
        let LabelledRow { right, falsely, sure } = row;
        RowRecord { right: right.into(), falsely: falsely.into(), sure }
    }
}
