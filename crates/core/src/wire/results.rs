//! `pincite/results/1`: the answer to a query.

use serde::{Deserialize, Serialize};

use super::hit::Hit;
use super::rounding::rounded;
use crate::engine::Answer;
use crate::search::{Expansion, VariantKind};
use crate::source::PassageId;

/// The answer to a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Results {
    /// The name and version of this shape, `pincite/results/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Results::SCHEMA)))]
    pub schema: String,
    /// The query as typed, or the words that were taken from the passage in `like`.
    pub query: String,
    /// The passage to find similar ones to. Absent unless the query named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<PassageId>,
    /// The query expansion: other spellings and names that were searched for. Absent unless an
    /// explanation was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<Variant>>,
    /// The number of passages that match, of which `hits` are the best.
    pub total: u64,
    /// The best passages, best first.
    pub hits: Vec<Hit>,
}

/// Another spelling or name that was searched for besides words of the query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Variant {
    /// The part of the query, as typed.
    pub term: String,
    /// The other spelling or name.
    pub variant: String,
    /// The relation between the two.
    pub kind: VariantKind,
    /// The weight of the variant, from 0 to 1; that of the part as typed is 1.
    pub credit: f64,
}

impl Results {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/results/1";

    /// The document of an answer; with `explain`, it names the query expansion and the parts of
    /// each score.
    pub fn new(answer: &Answer, explain: bool) -> Self {
        Self {
            schema: Self::SCHEMA.to_owned(),
            query: answer.query.clone(),
            like: answer.like.clone(),
            variants: explain.then(|| answer.variants.iter().map(Variant::from).collect()),
            total: answer.total,
            hits: answer.found.iter().map(|found| Hit::new(found, explain)).collect(),
        }
    }
}

impl From<&Expansion> for Variant {
    fn from(expansion: &Expansion) -> Self {
        Self {
            term: expansion.typed.clone(),
            variant: expansion.written.clone(),
            kind: expansion.kind,
            credit: rounded(expansion.credit),
        }
    }
}
