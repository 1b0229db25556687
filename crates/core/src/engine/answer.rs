//! [`Answer`]: the answer to a query, with all that any form of it needs.

use crate::cite::{Citation, Quotation};
use crate::search::{Expansion, Hit, ScoreDetails};
use crate::source::{Passage, PassageId};

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The query as typed; or the words that were taken from a passage.
    pub query: String,
    /// The passage that the others are to be like, where they are.
    pub like: Option<PassageId>,
    /// How many passages match.
    pub total: u64,
    /// The best of them, best first.
    pub found: Vec<Found>,
    /// What was looked for beside what was typed.
    pub variants: Vec<Expansion>,
}

/// A quotation that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its place among the results, counted from 1.
    pub rank: usize,
    /// The score of its passage.
    pub score: f64,
    /// What the score is made of.
    pub details: ScoreDetails,
    /// Passages nearly the same as its own.
    pub copies: Vec<PassageId>,
    /// The quotation.
    pub quotation: Quotation,
    /// What stands around its passage, where that is wanted.
    pub context: Option<Context>,
}

/// The paragraphs around a passage, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// Before it.
    pub before: Vec<Passage>,
    /// After it.
    pub after: Vec<Passage>,
}

impl Found {
    /// A hit of a search, quoted by `citation`.
    pub fn new(hit: Hit, citation: Citation, context: Option<Context>) -> Self {
        let Hit { rank, score, passage, source, matches, details, near_duplicates: copies, best: _ } = hit;
        Self { rank, score, details, copies, quotation: Quotation { citation, passage, source, matches }, context }
    }
}
