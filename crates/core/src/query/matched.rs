//! [`Match`]: a place in a source that answers a part of a query, and why it does.

use crate::text::Span;

/// A stretch of a source that matches a part of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// The place, in bytes of the canonical text.
    pub span: Span,
    /// The term of the query that it matches, as typed.
    pub term: String,
    /// The reason why it matches.
    pub via: Via,
}

/// The reason why a stretch matches a term.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum Via {
    /// The same letters.
    Exact,
    /// The same but for case, accents or typographic variants.
    Folded,
    /// The same stem.
    Stem,
    /// Another spelling or name of the same.
    Variant,
    /// Begins with the prefix that was asked for.
    Prefix,
    /// Within the edit distance that was asked for.
    Fuzzy,
    /// The same number or quantity.
    Number,
    /// The same date or period, or one that overlaps it.
    Date,
}
