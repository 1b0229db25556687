//! Measures rankings and verdicts on test collections, so that figures can be compared with
//! published ones.
//!
//! A [`TestCollection`] is indexed and searched like a user's articles ([`IndexedCollection`]);
//! plain BM25 over the same documents is the baseline ([`Bm25`]). Judgements ([`Qrels`]) and
//! rankings ([`Run`]) have TREC's formats, measures follow trec_eval ([`Metric`]), and two runs are
//! compared by a paired randomization test ([`compare`]).

mod beir;
mod bm25;
mod checked;
mod checks;
mod claims;
mod compare;
mod extraction;
mod fit;
mod folder;
mod indexed;
pub mod json;
mod judged;
mod labelled;
mod metrics;
mod mutate;
mod passages;
mod random;
mod sentences;
mod significance;
pub mod tables;
mod trec;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use pincite_core::Result;

pub use beir::{CorpusDocument, TestCollection, Topic};
pub use bm25::Bm25;
pub use checked::{CheckReport, Checked, VerdictCounts};
pub use claims::{Compared, Stances, train_on};
pub use compare::{MetricComparison, compare};
pub use extraction::{Extraction, ExtractionReport};
pub use fit::{Ablation, Examples, Fitting, LeftOut, Validation};
pub use folder::IndexFolder;
pub use indexed::IndexedCollection;
pub use judged::{Choice, Judged, Mismatched, Reliability, Scores, ShownAt, StanceReport, label};
pub use labelled::{
    Half, LIBERTIES, Labelled, LabelledCase, LabelledEvidence, LabelledReport, LabelledRow,
};
pub use metrics::{Metric, Metrics, evaluate, mean};
pub use mutate::{Case, Edit, EditRow, MutationReport, Mutations, Rate, upper_bound};
pub use passages::Passages;
pub use sentences::CitedClaims;
pub use significance::randomization_test;
pub use trec::{Qrels, Run, RunEntry};

/// A run and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Measurement {
    /// The rankings.
    pub run: Run,
    /// The figures of each topic that was ranked and has a relevant document.
    pub topics: BTreeMap<String, Metrics>,
    /// The time it took to rank for all topics.
    pub time: Duration,
}

impl Measurement {
    /// Ranks for every topic, one after the other, and measures the run.
    ///
    /// # Errors
    /// Those of `rank`.
    pub fn of(
        topics: &[Topic],
        qrels: &Qrels,
        mut rank: impl FnMut(&Topic) -> Result<Vec<RunEntry>>,
    ) -> Result<Measurement> {
        let mut run = Run::default();
        let start = Instant::now();
        for topic in topics {
            run.set(&topic.id, rank(topic)?);
        }
        let time = start.elapsed();
        let mut figures = evaluate(&run, qrels);
        figures.retain(|topic, _| run.has(topic));
        Ok(Measurement { topics: figures, run, time })
    }

    /// Returns the number of topics ranked per second.
    pub fn queries_per_second(&self) -> f64 {
        self.run.len() as f64 / self.time.as_secs_f64().max(f64::EPSILON)
    }
}

/// The figures of one collection.
#[derive(Debug, Clone, PartialEq)]
pub struct CollectionReport {
    /// The collection's name.
    pub collection: String,
    /// The ranking of pincite.
    pub ours: Measurement,
    /// The ranking of plain BM25, if it was requested.
    pub baseline: Option<Measurement>,
}

impl CollectionReport {
    /// Compares ours with the baseline; `None` without a baseline.
    pub fn comparison(&self) -> Option<Vec<MetricComparison>> {
        Some(compare(&self.ours.topics, &self.baseline.as_ref()?.topics))
    }
}
