//! Measures a ranking against judgements, as trec_eval does.

use std::collections::{BTreeMap, HashMap};
use std::ops::Index;

use super::trec::{Qrels, Run};

/// A measure, from 0 to 1.
///
/// Definitions, and the names in brackets, are those of trec_eval
/// (<https://github.com/usnistgov/trec_eval>, version 9): documents of grade 1 and above are
/// relevant, unjudged ones are not, gains are the grades themselves, and the gain at rank `r` (from
/// 1) is divided by `log2(r + 1)`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Metric {
    /// nDCG at 10 (`ndcg_cut_10`; Järvelin and Kekäläinen 2002).
    Ndcg10,
    /// Average precision over the whole ranking (`map`).
    Map,
    /// The reciprocal rank of the first relevant document, 0 past rank 10 (`recip_rank` of a
    /// ranking cut at 10).
    Mrr10,
    /// The share of the relevant documents that the first 5 have (`recall_5`).
    Recall5,
    /// The share of the relevant documents that the first 10 have (`recall_10`).
    Recall10,
    /// The share of the relevant documents that the first 100 have (`recall_100`).
    Recall100,
    /// 1 if the first document is relevant (`success_1`).
    Success1,
    /// 1 if any of the first five is relevant (`success_5`).
    Success5,
}

impl Metric {
    /// All measures, in the order of reports.
    pub const ALL: [Metric; 8] = [
        Metric::Ndcg10,
        Metric::Map,
        Metric::Mrr10,
        Metric::Recall5,
        Metric::Recall10,
        Metric::Recall100,
        Metric::Success1,
        Metric::Success5,
    ];

    /// The name in reports.
    pub fn name(self) -> &'static str {
        match self {
            Metric::Ndcg10 => "ndcg@10",
            Metric::Map => "map",
            Metric::Mrr10 => "mrr@10",
            Metric::Recall5 => "recall@5",
            Metric::Recall10 => "recall@10",
            Metric::Recall100 => "recall@100",
            Metric::Success1 => "success@1",
            Metric::Success5 => "success@5",
        }
    }
}

/// A figure for each [`Metric`]: of one topic, or the mean over several.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Metrics([f64; Metric::ALL.len()]);

impl Index<Metric> for Metrics {
    type Output = f64;

    fn index(&self, metric: Metric) -> &f64 {
        &self.0[metric as usize]
    }
}

impl Metrics {
    /// Measures a ranking, given as the grades of its documents, against the grades of all judged
    /// documents.
    pub(super) fn of(ranking: &[i32], judged: impl Iterator<Item = i32>) -> Self {
        let mut ideal: Vec<i32> = judged.filter(|&grade| grade > 0).collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        if ideal.is_empty() {
            return Self::default();
        }
        let relevant = ideal.len() as f64;
        let found =
            |depth: usize| ranking.iter().take(depth).filter(|&&grade| grade > 0).count() as f64;
        let figure = |metric| match metric {
            Metric::Ndcg10 => dcg(ranking, 10) / dcg(&ideal, 10),
            Metric::Map => sum_of_precisions(ranking) / relevant,
            Metric::Mrr10 => {
                let first = ranking.iter().take(10).position(|&grade| grade > 0);
                first.map_or(0.0, |i| 1.0 / (i + 1) as f64)
            }
            Metric::Recall5 => found(5) / relevant,
            Metric::Recall10 => found(10) / relevant,
            Metric::Recall100 => found(100) / relevant,
            Metric::Success1 => found(1).min(1.0),
            Metric::Success5 => found(5).min(1.0),
        };
        Self(Metric::ALL.map(figure))
    }
}

/// Returns the sum of the precisions at the ranks of relevant documents.
fn sum_of_precisions(ranking: &[i32]) -> f64 {
    let mut sum = 0.0;
    let mut relevant = 0.0;
    for (rank, &grade) in (1..).zip(ranking) {
        if grade > 0 {
            relevant += 1.0;
            sum += relevant / f64::from(rank);
        }
    }
    sum
}

/// Returns the discounted cumulative gain at `depth`.
fn dcg(grades: &[i32], depth: usize) -> f64 {
    let mut sum = 0.0;
    for (rank, &grade) in (1..).zip(grades.iter().take(depth)) {
        sum += f64::from(grade.max(0)) / f64::from(rank + 1).log2();
    }
    sum
}

/// Returns the figures of `run` for each topic that has a relevant document.
///
/// A topic that the run does not rank counts as 0 (trec_eval's `-c`), so that a run cannot gain by
/// leaving topics out.
pub fn evaluate(run: &Run, qrels: &Qrels) -> BTreeMap<String, Metrics> {
    qrels
        .topics()
        .filter(|(_, judged)| judged.values().any(|&grade| grade > 0))
        .map(|(topic, judged)| {
            (topic.to_owned(), Metrics::of(&grades(run, topic, judged), judged.values().copied()))
        })
        .collect()
}

fn grades(run: &Run, topic: &str, judged: &HashMap<String, i32>) -> Vec<i32> {
    run.ranking(topic)
        .iter()
        .map(|entry| judged.get(&entry.document).copied().unwrap_or(0))
        .collect()
}

/// Returns the arithmetic mean of each figure; 0 if there are no topics.
pub fn mean<'a>(topics: impl IntoIterator<Item = &'a Metrics>) -> Metrics {
    let mut mean = Metrics::default();
    let mut count = 0.0_f64;
    for Metrics(figures) in topics {
        for (sum, figure) in mean.0.iter_mut().zip(figures) {
            *sum += figure;
        }
        count += 1.0;
    }
    for sum in &mut mean.0 {
        *sum /= count.max(1.0);
    }
    mean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-4, "{a} is not {b}");
    }

    /// Three relevant documents, at ranks 1, 3 and 6: (1/1 + 2/3 + 3/6) / 3. See Manning, Raghavan
    /// and Schütze, "Introduction to Information Retrieval" (2008), section 8.4.
    #[test]
    fn average_precision_by_hand() {
        let m = Metrics::of(&[1, 0, 1, 0, 0, 1], [1, 1, 1, 0, 0].into_iter());
        close(m[Metric::Map], (1.0 + 2.0 / 3.0 + 0.5) / 3.0);
        close(m[Metric::Mrr10], 1.0);
        close(m[Metric::Recall10], 1.0);
    }

    /// The gains 3, 2, 3, 0, 1, 2 with the ideal 3, 3, 2, 2, 1, 0 (the example of Wikipedia's
    /// "Discounted cumulative gain", without its two unseen documents): DCG 6.861, ideal DCG 7.141.
    #[test]
    fn graded_gains_by_hand() {
        let m = Metrics::of(&[3, 2, 3, 0, 1, 2], [3, 2, 3, 0, 1, 2].into_iter());
        close(dcg(&[3, 2, 3, 0, 1, 2], 10), 6.8611);
        close(m[Metric::Ndcg10], 6.8611 / 7.1410);
    }

    #[test]
    fn all_lists_the_measures_in_the_order_of_the_enum() {
        assert!(Metric::ALL.iter().enumerate().all(|(i, metric)| *metric as usize == i));
    }

    #[test]
    fn negative_grades_gain_nothing_and_unjudged_are_not_relevant() {
        let m = Metrics::of(&[-1, 0, 2], [2, -1].into_iter());
        close(m[Metric::Ndcg10], (2.0 / 4.0_f64.log2()) / 2.0);
        close(m[Metric::Success1], 0.0);
        close(m[Metric::Success5], 1.0);
        close(m[Metric::Mrr10], 1.0 / 3.0);
    }

    #[test]
    fn a_topic_that_the_run_leaves_out_counts_as_zero() {
        let qrels = Qrels::parse("1 0 a 1\n2 0 b 1\n3 0 c 0\n", "q".as_ref()).unwrap();
        let run = Run::parse("1 Q0 a 1 2.0 x\n", "r".as_ref()).unwrap();
        let topics = evaluate(&run, &qrels);
        assert_eq!(topics.len(), 2, "a topic without relevant documents does not count");
        close(mean(topics.values())[Metric::Map], 0.5);
    }

    #[test]
    fn rankings_past_ten_and_a_hundred_are_cut() {
        let mut ranking = vec![0; 150];
        ranking[10] = 1;
        ranking[120] = 1;
        let m = Metrics::of(&ranking, [1, 1].into_iter());
        close(m[Metric::Mrr10], 0.0);
        close(m[Metric::Ndcg10], 0.0);
        close(m[Metric::Recall100], 0.5);
        close(m[Metric::Map], (1.0 / 11.0 + 2.0 / 121.0) / 2.0);
    }
}
