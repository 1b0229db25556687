//! [`Quotation`]: a citation together with its passage and the matches in it.

use std::sync::Arc;

use unicode_segmentation::UnicodeSegmentation;

use super::record::Citation;
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

/// A stretch of the readable form of a passage that is shown alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch<'a> {
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
    pub fn stretches(&self) -> Vec<Stretch<'_>> {
        let plain = self.passage.plain();
        let quote = self.citation.locator.bytes;
        let mut stretches: Vec<Stretch<'_>> = Vec::new();
        let mut begun = 0;
        for (at, text) in plain.split_word_bound_indices() {
            let span = Span::new(at, at + text.len());
            let place = self.passage.exact_span(span).shifted(self.passage.start.byte);
            let quoted = quote.start <= place.start && place.start < quote.end;
            let matched = self.is_matched(place);
            match stretches.last_mut() {
                Some(last) if last.quoted == quoted && last.matched == matched => {
                    last.text = &plain[begun..span.end]
                }
                _ => {
                    begun = at;
                    stretches.push(Stretch { text, quoted, matched });
                }
            }
        }
        stretches
    }

    /// The quotation in its readable form, cut wherever a match begins or ends.
    pub fn quoted(&self) -> impl Iterator<Item = Stretch<'_>> {
        self.stretches().into_iter().filter(|stretch| stretch.quoted)
    }

    /// Returns whether any match overlaps `place`, in bytes of the canonical text.
    fn is_matched(&self, place: Span) -> bool {
        let next = self.matches.partition_point(|found| found.span.end <= place.start);
        self.matches.get(next).is_some_and(|found| found.span.overlaps(place))
    }
}
