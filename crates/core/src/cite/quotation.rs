//! [`Quotation`]: a citation together with its passage and the matches in it.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::Citation;
use crate::query::Match;
use crate::source::{Passage, Source};
use crate::text::Span;

/// A citation with the passage that it quotes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Quotation {
    /// The citation.
    pub citation: Citation,
    /// The passage, which has the cited text.
    pub passage: Passage,
    /// The passage's source.
    pub source: Arc<Source>,
    /// The places where the passage matches a query, in order and disjoint; in bytes of the
    /// canonical text.
    pub matches: Vec<Match>,
}

/// A stretch of a passage in its readable form, all of which is to be shown alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The readable text.
    pub text: &'a str,
    /// Set if it belongs to the quotation.
    pub quoted: bool,
    /// Set if it matches the query.
    pub matched: bool,
}

impl Quotation {
    /// The whole passage in its readable form, cut at both ends of the quotation and of each match.
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
                Some(last) if last.quoted == quoted && last.matched == matched => {
                    last.text = &plain[begun..span.end]
                }
                _ => {
                    begun = at;
                    pieces.push(Piece { text, quoted, matched });
                }
            }
        }
        pieces
    }

    /// The quotation in its readable form, cut wherever a match begins or ends.
    pub fn quoted(&self) -> impl Iterator<Item = Piece<'_>> {
        self.pieces().into_iter().filter(|piece| piece.quoted)
    }

    /// Returns whether any match overlaps `place`, in bytes of the canonical text.
    fn is_matched(&self, place: Span) -> bool {
        let next = self.matches.partition_point(|found| found.span.end <= place.start);
        self.matches.get(next).is_some_and(|found| found.span.overlaps(place))
    }
}
