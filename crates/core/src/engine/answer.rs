//! [`Answer`]: the answer to a query, with all that any form of it needs.

use crate::cite::{Citation, Quotation};
use crate::search::{Expansion, Hit, ScoreDetails};
use crate::source::{Passage, PassageId};

/// The answer to a query.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// The query as typed; or the words that were taken from a passage.
    pub query: String,
    /// The passage that the others are to be like, if the query named one.
    pub like: Option<PassageId>,
    /// The number of passages that match.
    pub total: u64,
    /// The best of them, best first.
    pub found: Vec<Found>,
    /// The query expansion: spellings and names that were looked for beside those typed.
    pub variants: Vec<Expansion>,
}

/// A quotation that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// Its place among the results, counted from 1.
    pub rank: usize,
    /// The score of its passage.
    pub score: f64,
    /// The share of the query's words that its passage or its source's title has, rare words
    /// counting most: from 0 to 1.
    pub coverage: f64,
    /// The parts of the score.
    pub details: ScoreDetails,
    /// The near-duplicates of its passage.
    pub copies: Vec<PassageId>,
    /// The quotation.
    pub quotation: Quotation,
    /// The paragraphs around its passage, if they were asked for.
    pub context: Option<Context>,
}

/// The paragraphs around a passage, in their order.
#[derive(Debug, Clone, PartialEq)]
pub struct Context {
    /// Those before it.
    pub before: Vec<Passage>,
    /// Those after it.
    pub after: Vec<Passage>,
}

impl Found {
    /// A hit of a search, quoted by `citation`.
    pub fn new(hit: Hit, citation: Citation, context: Option<Context>) -> Self {
        let Hit {
            rank,
            score,
            coverage,
            passage,
            source,
            matches,
            details,
            near_duplicates: copies,
            best: _,
        } = hit;
        Self {
            rank,
            score,
            coverage,
            details,
            copies,
            quotation: Quotation { citation, passage, source, matches },
            context,
        }
    }
}
