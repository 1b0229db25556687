//! Reports as JSON documents.

mod checked;
mod extraction;

use std::collections::BTreeMap;

use pincite_core::wire::rounded;
use pincite_render::json;
use serde::Serialize;

use super::tables::{BASELINE, side};
use super::{
    CollectionReport, Fitting, Measurement, Metric, MetricComparison, Metrics, Scores,
    StanceReport, VerdictCounts, mean,
};

pub use checked::{labelled, mutations};
pub use extraction::extraction;

/// A document that names its schema.
#[derive(Serialize)]
struct Document<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

fn document<T: Serialize>(schema: &'static str, body: &T) -> String {
    json::document(&Document { schema, body })
}

/// Returns `pincite/eval-claims/1`: how a model judges labelled pairs.
pub fn stances(report: &StanceReport) -> String {
    let choice = report.choice();
    let control = report.control_choice();
    let shown = report.shown().into_iter().map(|it| ShownRecord {
        verdict: side(it.stance),
        confidence: it.confidence,
        coverage: rounded(it.coverage),
        precision: rounded(it.precision),
        recall: rounded(it.recall),
    });
    let reliability = report.reliability().into_iter().map(|it| ReliabilityRecord {
        verdict: side(it.stance),
        from: it.from,
        pairs: it.pairs,
        confidence: rounded(it.confidence),
        right: rounded(it.right),
    });
    let mismatched = report.mismatched.iter().map(|it| {
        (
            it.kind,
            BTreeMap::from([
                ("supported", rounded(it.supported)),
                ("contradicted", rounded(it.contradicted)),
            ]),
        )
    });
    let scores = |it: &Scores| {
        BTreeMap::from([
            ("precision", rounded(it.precision)),
            ("recall", rounded(it.recall)),
            ("f1", rounded(it.f1)),
        ])
    };
    let metrics = BTreeMap::from([
        ("accuracy", rounded(choice.accuracy)),
        ("macro_f1", rounded(choice.macro_f1)),
        ("accuracy_without_evidence", rounded(control.accuracy)),
        ("macro_f1_without_evidence", rounded(control.macro_f1)),
    ]);
    document(
        "pincite/eval-claims/1",
        &StancesRecord {
            file: &report.file,
            pairs: report.pairs.len(),
            metrics,
            verdicts: VerdictsRecord {
                shown: shown.collect(),
                reliability: reliability.collect(),
                calibration_error: rounded(report.calibration_error()),
                mismatched: mismatched.collect(),
            },
            checked: report.checked.as_ref().map(|it| CheckedRecord {
                articles: it.articles,
                verdicts: &it.verdicts,
                sure: &it.sure,
            }),
            labels: choice.labels.iter().map(|(name, it)| (*name, scores(it))).collect(),
            confusion: choice.confusion,
        },
    )
}

/// Returns `pincite/eval/1`: the figures of a collection.
pub fn evaluation(report: &CollectionReport, per_query: bool) -> String {
    let record = EvaluationRecord {
        collection: &report.collection,
        queries: report.ours.topics.len(),
        ours: MeasurementRecord::new(&report.ours, per_query),
        baseline: report.baseline.as_ref().map(|baseline| BaselineRecord {
            ranking: BASELINE,
            measured: MeasurementRecord::new(baseline, per_query),
        }),
        comparison: report.comparison().map(|comparison| compared(&comparison)),
    };
    document("pincite/eval/1", &record)
}

/// Returns `pincite/eval-compare/1`: the comparison of two runs, by name.
pub fn comparison(runs: [&str; 2], comparison: &[MetricComparison]) -> String {
    let queries = comparison.first().map_or(0, |c| c.wins + c.losses + c.ties);
    document(
        "pincite/eval-compare/1",
        &ComparisonRecord { runs, queries, metrics: compared(comparison) },
    )
}

/// Returns `pincite/eval-fit/1`: fitted weights and their figures.
pub fn fitting(fitting: &Fitting) -> String {
    document("pincite/eval-fit/1", fitting)
}

#[derive(Serialize)]
struct EvaluationRecord<'a> {
    collection: &'a str,
    queries: usize,
    #[serde(flatten)]
    ours: MeasurementRecord<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    baseline: Option<BaselineRecord<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    comparison: Option<BTreeMap<&'static str, ComparedRecord>>,
}

#[derive(Serialize)]
struct BaselineRecord<'a> {
    ranking: &'static str,
    #[serde(flatten)]
    measured: MeasurementRecord<'a>,
}

#[derive(Serialize)]
struct MeasurementRecord<'a> {
    metrics: BTreeMap<&'static str, f64>,
    seconds: f64,
    queries_per_second: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    per_query: Option<BTreeMap<&'a str, BTreeMap<&'static str, f64>>>,
}

#[derive(Serialize)]
struct ComparisonRecord<'a> {
    runs: [&'a str; 2],
    queries: usize,
    metrics: BTreeMap<&'static str, ComparedRecord>,
}

#[derive(Serialize)]
struct ComparedRecord {
    means: [f64; 2],
    better: usize,
    worse: usize,
    equal: usize,
    p: f64,
}

impl<'a> MeasurementRecord<'a> {
    fn new(measured: &'a Measurement, per_query: bool) -> Self {
        let topics = measured.topics.iter().map(|(topic, m)| (topic.as_str(), figures(m)));
        Self {
            metrics: figures(&mean(measured.topics.values())),
            seconds: rounded(measured.time.as_secs_f64()),
            queries_per_second: rounded(measured.queries_per_second()),
            per_query: per_query.then(|| topics.collect()),
        }
    }
}

fn figures(metrics: &Metrics) -> BTreeMap<&'static str, f64> {
    Metric::ALL.into_iter().map(|metric| (metric.name(), rounded(metrics[metric]))).collect()
}

fn compared(comparison: &[MetricComparison]) -> BTreeMap<&'static str, ComparedRecord> {
    let record = |c: &MetricComparison| ComparedRecord {
        means: c.means.map(rounded),
        better: c.wins,
        worse: c.losses,
        equal: c.ties,
        p: rounded(c.p),
    };
    comparison.iter().map(|c| (c.metric.name(), record(c))).collect()
}

#[derive(Serialize)]
struct StancesRecord<'a> {
    file: &'a str,
    pairs: usize,
    metrics: BTreeMap<&'static str, f64>,
    verdicts: VerdictsRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    checked: Option<CheckedRecord<'a>>,
    labels: BTreeMap<&'static str, BTreeMap<&'static str, f64>>,
    confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
}

/// The verdicts on the claims of a file through an index of its articles.
#[derive(Serialize)]
struct CheckedRecord<'a> {
    articles: usize,
    verdicts: &'a VerdictCounts,
    /// Only verdicts with a confidence of at least 0.9.
    sure: &'a VerdictCounts,
}

/// The verdicts that the program would show.
#[derive(Serialize)]
struct VerdictsRecord {
    shown: Vec<ShownRecord>,
    reliability: Vec<ReliabilityRecord>,
    calibration_error: f64,
    /// The share of each verdict on mismatched pairs, by kind.
    mismatched: BTreeMap<&'static str, BTreeMap<&'static str, f64>>,
}

#[derive(Serialize)]
struct ShownRecord {
    verdict: &'static str,
    confidence: f64,
    coverage: f64,
    precision: f64,
    recall: f64,
}

#[derive(Serialize)]
struct ReliabilityRecord {
    verdict: &'static str,
    from: f64,
    pairs: usize,
    confidence: f64,
    right: f64,
}
