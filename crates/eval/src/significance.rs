//! Tests whether one run is better than another by more than chance.

use super::random::SplitMix64;

/// Returns the two-sided p-value of a paired randomization test of the difference in means
/// (Smucker, Allan and Carterette, "A comparison of statistical significance tests for information
/// retrieval evaluation", CIKM 2007); 1.0 if there are no pairs.
///
/// Under the null hypothesis the two systems are interchangeable, so each topic's pair is swapped
/// with probability one half. The p-value is the share of `rounds` such swaps whose difference in
/// means is at least the observed one, which is counted too. The seed is constant, so the same
/// pairs give the same p-value.
pub fn randomization_test(pairs: &[(f64, f64)], rounds: u32) -> f64 {
    let differences: Vec<f64> = pairs.iter().map(|(a, b)| a - b).collect();
    let observed = differences.iter().sum::<f64>().abs();
    let mut random = SplitMix64(0x9E37_79B9_7F4A_7C15);
    let mut as_large = 1_u32;
    for _ in 0..rounds {
        let mut bits = 0;
        let mut sum = 0.0;
        for (i, difference) in differences.iter().enumerate() {
            if i % 64 == 0 {
                bits = random.next();
            }
            sum += if bits >> (i % 64) & 1 == 0 { *difference } else { -difference };
        }
        // Allows for rounding: the sums add the same numbers in the same order.
        as_large += u32::from(sum.abs() >= observed - 1e-12);
    }
    f64::from(as_large) / f64::from(rounds + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_figures_have_a_p_value_of_one() {
        assert_eq!(randomization_test(&[(0.5, 0.5); 20], 1000), 1.0);
        assert_eq!(randomization_test(&[], 1000), 1.0);
    }

    /// With `n` equal differences, only swapping all or none is as large: p is about `2 / 2^n`.
    #[test]
    fn agrees_with_the_exact_probability() {
        let p = randomization_test(&[(0.6, 0.5); 6], 100_000);
        assert!((p - 2.0 / 64.0).abs() < 0.002, "{p}");
    }

    #[test]
    fn a_steady_gain_over_many_topics_is_significant() {
        let pairs: Vec<_> = (0..100).map(|i| (0.5 + f64::from(i % 7) * 0.01, 0.48)).collect();
        assert!(randomization_test(&pairs, 10_000) < 0.001);
    }
}
