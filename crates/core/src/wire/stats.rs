//! `pincite/stats/1`: counts and sizes of an index.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::index;

/// Counts and sizes of an index.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Stats {
    /// The name and version of this shape, `pincite/stats/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Stats::SCHEMA)))]
    pub schema: String,
    /// The version of the index format.
    pub format: u32,
    /// The number of sources.
    pub sources: u64,
    /// The number of passages.
    pub passages: u64,
    /// The number of segments that the index is stored in.
    pub segments: u64,
    /// The size of the index on disk, in bytes.
    pub bytes: u64,
    /// The number of passages in each language, by ISO 639-1 code; `und` where the language could
    /// not be told.
    pub languages: BTreeMap<String, u64>,
}

impl Stats {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/stats/1";
}

impl From<&index::Stats> for Stats {
    fn from(stats: &index::Stats) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            format: stats.format,
            sources: stats.sources,
            passages: stats.passages,
            segments: stats.segments,
            bytes: stats.bytes,
            languages: stats.languages.iter().cloned().collect(),
        }
    }
}
