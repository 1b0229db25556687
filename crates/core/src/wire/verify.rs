//! `pincite/verify/1`: what became of quotations.

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use crate::source::PassageId;
use crate::verify::{self, Context, Status};

/// The findings about quotations.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// The name and version of this shape, `pincite/verify/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Verification::SCHEMA)))]
    pub schema: String,
    /// The outcomes, in the order in which the quotations were asked about.
    pub results: Vec<Outcome>,
}

/// The findings about one quotation.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// The id of the citation record; `null` for a quotation out of a text.
    pub id: Option<PassageId>,
    /// The line of the input on which the quotation begins, counted from 1. Absent where it is not
    /// known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// The column of that line, in characters counted from 1. Absent where it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The quotation, as it was given.
    pub quote: String,
    /// Its status.
    pub status: Status,
    /// The words around the quotation, or those left out of it, that bear on its sense. Absent
    /// where none do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<Context>,
    /// The fields of the record that are not what they are in the source, by the way to them:
    /// `source.author[0].family`. Absent where none differs.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub differs: Vec<String>,
    /// The citation of the sentences that have the quotation now, or that it was made from; `null`
    /// where there are none.
    pub found: Option<Citation>,
    /// A description of what was found and what differs, in words for people: not for programs to
    /// parse.
    pub detail: String,
}

impl Verification {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/verify/1";
}

impl From<&[verify::Outcome]> for Verification {
    fn from(outcomes: &[verify::Outcome]) -> Self {
        let results = outcomes.iter().map(Outcome::from).collect();
        Self { schema: Self::SCHEMA.to_owned(), results }
    }
}

impl From<&verify::Outcome> for Outcome {
    fn from(outcome: &verify::Outcome) -> Self {
        Self {
            id: outcome.id.clone(),
            line: outcome.line,
            column: outcome.column,
            quote: outcome.quote.clone(),
            status: outcome.status,
            context: outcome.context.clone(),
            differs: outcome.differs.clone(),
            found: outcome.found.clone(),
            detail: outcome.detail.clone(),
        }
    }
}
