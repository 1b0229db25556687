//! The precision of the numbers in documents.

/// Rounds a score or a probability to six decimal places: the digits beyond differ between
/// machines.
pub fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}
