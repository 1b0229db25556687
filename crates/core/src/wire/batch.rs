//! `pincite/batch/1`: the answers to several claims.

use serde::{Deserialize, Serialize};

use super::hit::Hit;
use crate::check::Request;
use crate::engine;

/// The answers to several claims, or to one of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Batch {
    /// The name and version of this shape, `pincite/batch/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Batch::SCHEMA)))]
    pub schema: String,
    /// The answers, in the order of the claims.
    pub answers: Vec<Answer>,
}

/// The answer to a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// The cell of the claim's row in the column `id`. Absent where the table has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The line of the file on which the claim begins.
    pub line: usize,
    /// The claim.
    pub claim: String,
    /// The number of passages that match, of which `hits` are the best.
    pub total: u64,
    /// The best passages, best first.
    pub hits: Vec<Hit>,
}

impl Batch {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/batch/1";

    /// The document of the answers to claims.
    pub fn new(answers: &[(Request, engine::Answer)]) -> Self {
        let answers = answers.iter().map(|(request, answer)| Answer::new(request, answer));
        Self { schema: Self::SCHEMA.to_owned(), answers: answers.collect() }
    }

    /// The document of the answer to one claim.
    pub fn of(request: &Request, answer: &engine::Answer) -> Self {
        Self { schema: Self::SCHEMA.to_owned(), answers: vec![Answer::new(request, answer)] }
    }
}

impl Answer {
    fn new(request: &Request, answer: &engine::Answer) -> Self {
        Self {
            id: request.id.clone(),
            line: request.place.map_or(1, |place| place.line),
            claim: request.claim.clone(),
            total: answer.total,
            hits: answer.found.iter().map(|found| Hit::new(found, false)).collect(),
        }
    }
}
