//! [`Answer`] and [`Quotation`]: what was found or asked for, with all that any form of it needs.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use pincite_core::cite::Citation;
use pincite_core::claim::Quoted;
use pincite_core::search::{Expansion, Hit, Match, ScoreDetails};
use pincite_core::source::{Passage, PassageId, Source};
use pincite_core::text::Span;

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
    /// Whether to show that, and what the scores are made of.
    pub explain: bool,
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

/// A citation with the passage that it quotes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The citation.
    pub citation: Citation,
    /// The passage; what is cited lies within it.
    pub passage: Passage,
    /// The passage's source.
    pub source: Arc<Source>,
    /// Where the passage matches a query, in order and disjoint; in bytes of the canonical text.
    pub matches: Vec<Match>,
}

/// A stretch of a passage in its readable form, all of which is to be shown alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The readable text.
    pub text: &'a str,
    /// Whether it belongs to the quotation.
    pub quoted: bool,
    /// Whether it matches the query.
    pub matched: bool,
}

impl Found {
    /// A hit of a search, quoted by `citation`.
    pub fn new(hit: Hit, citation: Citation, context: Option<Context>) -> Self {
        let Hit { rank, score, passage, source, matches, details, copies, best: _ } = hit;
        Self { rank, score, details, copies, quotation: Quotation { citation, passage, source, matches }, context }
    }
}

impl From<&Quoted> for Quotation {
    fn from(quoted: &Quoted) -> Self {
        let Quoted { citation, passage, source, matches } = quoted.clone();
        Self { citation, passage, source, matches }
    }
}

impl Quotation {
    /// The whole passage in its readable form, cut wherever what is quoted or matched begins or ends.
    ///
    /// A word of which any part matches counts as matched, so that highlights fall on whole words.
    pub fn pieces(&self) -> Vec<Piece<'_>> {
        let plain = self.passage.plain();
        let quote = self.citation.locator.bytes;
        let mut pieces: Vec<Piece<'_>> = Vec::new();
        let mut begun = 0;
        for (at, text) in plain.split_word_bound_indices() {
            let span = Span::new(at, at + text.len());
            let place = self.passage.exact_span(span).shifted(self.passage.start.byte);
            let quoted = quote.start <= place.start && place.start < quote.end;
            let matched = self.is_matched(place);
            match pieces.last_mut() {
                Some(last) if last.quoted == quoted && last.matched == matched => last.text = &plain[begun..span.end],
                _ => {
                    begun = at;
                    pieces.push(Piece { text, quoted, matched });
                }
            }
        }
        pieces
    }

    /// What is quoted of the passage, cut wherever a match begins or ends.
    pub fn quoted(&self) -> impl Iterator<Item = Piece<'_>> {
        self.pieces().into_iter().filter(|piece| piece.quoted)
    }

    /// Whether any match overlaps `place`, in bytes of the canonical text.
    fn is_matched(&self, place: Span) -> bool {
        let next = self.matches.partition_point(|found| found.span.end <= place.start);
        self.matches.get(next).is_some_and(|found| found.span.overlaps(place))
    }
}
