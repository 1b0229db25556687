//! Compares two runs, topic by topic.

use std::collections::BTreeMap;

use super::metrics::{Metric, Metrics, mean};
use super::significance::randomization_test;

/// The number of random swaps of the test. The standard error of a p-value of 0.05 is then 0.002.
const ROUNDS: u32 = 10_000;

/// The largest difference of a tie, to allow for rounding.
const TIE: f64 = 1e-9;

/// One measure of two runs over the same topics.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MetricComparison {
    /// The measure.
    pub metric: Metric,
    /// The means of both.
    pub means: [f64; 2],
    /// The number of topics on which the first is better.
    pub wins: usize,
    /// The number of topics on which the second is better.
    pub losses: usize,
    /// The number of topics on which they are equal.
    pub ties: usize,
    /// The p-value of the difference in means: see
    /// [`randomization_test`](super::randomization_test).
    pub p: f64,
}

/// Compares the figures of two runs, measure by measure, over the topics that both have.
pub fn compare(
    a: &BTreeMap<String, Metrics>,
    b: &BTreeMap<String, Metrics>,
) -> Vec<MetricComparison> {
    let pairs: Vec<(&Metrics, &Metrics)> =
        a.iter().filter_map(|(topic, a)| Some((a, b.get(topic)?))).collect();
    let means = [mean(pairs.iter().map(|(a, _)| *a)), mean(pairs.iter().map(|(_, b)| *b))];
    let comparison = |metric: Metric| {
        let pairs: Vec<(f64, f64)> = pairs.iter().map(|(a, b)| (a[metric], b[metric])).collect();
        let wins = pairs.iter().filter(|(a, b)| a - b > TIE).count();
        let losses = pairs.iter().filter(|(a, b)| b - a > TIE).count();
        MetricComparison {
            metric,
            means: means.map(|means| means[metric]),
            wins,
            losses,
            ties: pairs.len() - wins - losses,
            p: randomization_test(&pairs, ROUNDS),
        }
    };
    Metric::ALL.map(comparison).to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Qrels, Run, evaluate};

    #[test]
    fn topics_are_paired() {
        let qrels = Qrels::parse("1 0 a 1\n2 0 a 1\n3 0 a 1\n", "q".as_ref()).unwrap();
        let run = |text: &str| evaluate(&Run::parse(text, "r".as_ref()).unwrap(), &qrels);
        let a = run("1 Q0 a 1 2 x\n1 Q0 b 2 1 x\n2 Q0 a 1 1 x\n");
        let b = run("1 Q0 b 1 2 x\n1 Q0 a 2 1 x\n2 Q0 a 1 1 x\n3 Q0 a 1 1 x\n");
        let map = compare(&a, &b)[Metric::Map as usize];
        assert_eq!((map.wins, map.losses, map.ties), (1, 1, 1));
        assert_eq!(map.means, [2.0 / 3.0, 2.5 / 3.0]);
        assert_eq!(compare(&a, &a)[0].p, 1.0);
    }
}
