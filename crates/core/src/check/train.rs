//! Fits a [`Model`] to judged pairs: Newton's method on the penalised likelihood, the same bytes at
//! every run.

use super::feature::Features;
use super::model::{Class, Model, softmax, terms};

/// A claim compared with a source, and what people judged.
#[derive(Debug, Clone)]
pub struct Example {
    /// The measurements.
    pub features: Features,
    /// The judgement.
    pub class: Class,
    /// The weight with which it counts.
    pub weight: f64,
}

/// The strength with which weights are drawn to 0: the inverse variance of a normal prior.
const PRIOR: f64 = 2.0;
/// Newton's method converges in a handful of steps from 0; more say that it does not.
const STEPS: usize = 25;

/// Returns the most probable model for these examples under a normal prior on its weights.
pub fn train(examples: &[Example]) -> Model {
    let rows: Vec<Vec<f64>> = examples.iter().map(|example| terms(&example.features)).collect();
    let n = rows.first().map_or(0, Vec::len);
    let mut weights = vec![0.0; 2 * n];
    for _ in 0..STEPS {
        let (gradient, hessian) = derivatives(&rows, examples, &weights, n);
        let step = solve(hessian, gradient);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < 1e-9) {
            break;
        }
    }
    let contradicts = weights.split_off(n);
    Model { weights: [weights, contradicts] }
}

/// Returns the gradient of the penalised log-likelihood and the negative of its Hessian.
fn derivatives(
    rows: &[Vec<f64>],
    examples: &[Example],
    weights: &[f64],
    n: usize,
) -> (Vec<f64>, Vec<Vec<f64>>) {
    let mut gradient: Vec<f64> = weights.iter().map(|weight| -PRIOR * weight).collect();
    let mut hessian = vec![vec![0.0; 2 * n]; 2 * n];
    for (i, row) in hessian.iter_mut().enumerate() {
        row[i] = PRIOR;
    }
    for (row, example) in rows.iter().zip(examples) {
        let score = |weights: &[f64]| weights.iter().zip(row).map(|(w, x)| w * x).sum::<f64>();
        let p = softmax(score(&weights[..n]), score(&weights[n..])).0;
        for (class, at) in [(Class::Supports, 0), (Class::Contradicts, n)] {
            let error =
                example.weight * (f64::from(u8::from(example.class == class)) - p[class as usize]);
            gradient[at..at + n].iter_mut().zip(row).for_each(|(g, x)| *g += error * x);
        }
        let used: Vec<usize> = (0..n).filter(|&i| row[i] != 0.0).collect();
        for a in 0..2 {
            for b in 0..=a {
                let curve = example.weight * p[a] * (f64::from(u8::from(a == b)) - p[b]);
                for &i in &used {
                    let line = &mut hessian[a * n + i];
                    used.iter().for_each(|&j| line[b * n + j] += curve * row[i] * row[j]);
                }
            }
        }
    }
    (gradient, hessian)
}

/// Solves a symmetric positive definite system, of which the lower half is given, by Cholesky's
/// decomposition.
pub fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let n = right.len();
    for i in 0..n {
        for j in 0..=i {
            let dot: f64 = (0..j).map(|k| matrix[i][k] * matrix[j][k]).sum();
            let rest = matrix[i][j] - dot;
            matrix[i][j] = if i == j { rest.max(1e-12).sqrt() } else { rest / matrix[j][j] };
        }
    }
    for i in 0..n {
        let dot: f64 = (0..i).map(|k| matrix[i][k] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i][i];
    }
    for i in (0..n).rev() {
        let dot: f64 = (i + 1..n).map(|k| matrix[k][i] * right[k]).sum();
        right[i] = (right[i] - dot) / matrix[i][i];
    }
    right
}
