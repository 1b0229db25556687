//! [`Fit`]: how a value that a claim names compares with a source's.

/// The relation of a claim's value to a source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fit {
    /// The source's value entails the claim's.
    Entails,
    /// The two may both be so, but the source does not say the claim's: *about 60*, and *62*.
    Open,
    /// The two cannot both be so.
    Excludes,
}
