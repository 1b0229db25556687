//! Confidence bounds of rates.

/// Returns the upper end of the one-sided exact confidence interval (Clopper and Pearson, 1934) at
/// 95% for a rate of `hits` in `trials`; 1 without trials.
pub fn upper_bound(hits: usize, trials: usize) -> f64 {
    const ALPHA: f64 = 0.05;
    if hits >= trials {
        return 1.0;
    }
    // Bisects for the rate at which the probability of so few hits is ALPHA; it falls as the rate
    // rises.
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..60 {
        let middle = f64::midpoint(low, high);
        if at_most(hits, trials, middle) > ALPHA {
            low = middle;
        } else {
            high = middle;
        }
    }
    high
}

/// Returns the probability of at most `hits` in `trials` at this rate.
fn at_most(hits: usize, trials: usize, rate: f64) -> f64 {
    // Adds in logarithms: the first terms may underflow.
    let mut term = trials as f64 * (1.0 - rate).ln();
    let mut sum = term.exp();
    for k in 1..=hits {
        term += ((trials - k + 1) as f64 / k as f64).ln() + (rate / (1.0 - rate)).ln();
        sum += term.exp();
    }
    sum.min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_those_of_the_tables() {
        let near = |bound: f64, expected: f64| assert!((bound - expected).abs() < 5e-5, "{bound}");
        // Without hits the bound is 1 - 0.05^(1/n); the others are quantiles of the beta
        // distribution.
        near(upper_bound(0, 20), 0.1391);
        near(upper_bound(0, 300), 0.0099);
        near(upper_bound(1, 20), 0.2161);
        near(upper_bound(5, 100), 0.1023);
        near(upper_bound(3, 3), 1.0);
        near(upper_bound(0, 0), 1.0);
        assert!(upper_bound(50, 20_000) > 0.0025);
    }
}
