//! `pincite/hit/1`: a passage that answers a query, as a document of its own or within
//! `pincite/results/1`.

use serde::{Deserialize, Serialize};

use super::citation::Citation;
use super::rounding::rounded;
use crate::cite::Quotation;
use crate::engine::Found;
use crate::query::{self, Via};
use crate::search::ScorePart;
use crate::source::PassageId;
use crate::text::Span;

/// A passage that answers a query.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Hit {
    /// The name and version of this shape, `pincite/hit/1`. Absent within `pincite/results/1`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(extend("const" = Hit::SCHEMA)))]
    pub schema: Option<String>,
    /// Its place among the hits, counted from 1.
    pub rank: usize,
    /// Its score, to be compared with the other scores of the same answer only.
    pub score: f64,
    /// The whole passage, and the places where it matches.
    pub passage: Passage,
    /// The citation of the sentences of it that answer best.
    pub citation: Citation,
    /// The near-duplicates of the passage, which are left out of the answer.
    pub copies: Vec<PassageId>,
    /// The parts that add up to the score. Absent unless an explanation was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub details: Option<Vec<Part>>,
}

/// A body paragraph of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Passage {
    /// Its id, `SOURCE#pN`.
    pub id: PassageId,
    /// The exact slice of the canonical text, markup and line breaks included.
    pub text: String,
    /// The readable form: markup dropped, white space folded.
    pub plain: String,
    /// The places where it matches the query, in order and disjoint.
    pub matches: Vec<Match>,
}

/// A place where a passage matches a query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Match {
    /// Bytes of the source's canonical text (not of `passage.text`), half-open, from 0.
    pub bytes: Span,
    /// The part of the query that it matches, as typed.
    pub term: String,
    /// The way in which it matches.
    pub via: Via,
}

/// A part of a score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// The name of the feature that was measured.
    pub name: String,
    /// The amount that it adds to the score.
    pub value: f64,
    /// The explanation, in words for people.
    pub note: String,
}

impl Hit {
    /// The name and version of this shape.
    pub const SCHEMA: &'static str = "pincite/hit/1";

    /// A hit within other documents; with `explain`, it has the parts of its score.
    pub fn new(found: &Found, explain: bool) -> Self {
        let Quotation { citation, passage, matches, .. } = &found.quotation;
        Self {
            schema: None,
            rank: found.rank,
            score: rounded(found.score),
            passage: Passage {
                id: passage.id(),
                text: passage.text.clone(),
                plain: passage.plain().to_owned(),
                matches: matches.iter().map(Match::from).collect(),
            },
            citation: citation.clone(),
            copies: found.copies.clone(),
            details: explain.then(|| found.details.parts.iter().map(Part::from).collect()),
        }
    }

    /// A hit that is a document of its own: as [`Hit::new`], with its schema.
    pub fn document(found: &Found, explain: bool) -> Self {
        Self { schema: Some(Self::SCHEMA.to_owned()), ..Self::new(found, explain) }
    }
}

impl From<&query::Match> for Match {
    fn from(found: &query::Match) -> Self {
        Self { bytes: found.span, term: found.term.clone(), via: found.via }
    }
}

impl From<&ScorePart> for Part {
    fn from(part: &ScorePart) -> Self {
        Self { name: part.name.to_owned(), value: rounded(part.value), note: part.note.clone() }
    }
}
