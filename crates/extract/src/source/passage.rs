//! [`Passage`]: a body paragraph of a source, with all data needed to cite any sentence of it.

use serde::{Deserialize, Serialize};

use super::{Part, PassageId, SourceId};
use crate::text::{Plain, Position, Span};

/// A body paragraph.
///
/// All positions in a citation are derived from `start` and `text`, so citing needs neither the
/// file nor the rest of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The id of the source.
    pub source: SourceId,
    /// The number of the paragraph, from 1, among the body paragraphs of the source.
    pub paragraph: u32,
    /// The headings above it, outermost first.
    pub section: Vec<String>,
    /// The page or chapter it begins in, if the format has such parts.
    pub part: Option<Part>,
    /// The position of its first byte in the canonical text.
    pub start: Position,
    /// The exact slice of the canonical text.
    pub text: String,
    /// The readable form, if it differs from `text`.
    pub plain: Option<Plain>,
    /// Its sentences in order, as spans of `text` in bytes: disjoint, and together covering
    /// everything but white space, and in [markup](super::TextKind::Markup) tags.
    pub sentences: Vec<Span>,
    /// Up to [`Passage::CONTEXT`] code points of the canonical text directly before it; in
    /// [markup](super::TextKind::Markup), of what is read there.
    pub before: String,
    /// Up to [`Passage::CONTEXT`] code points of the canonical text directly after it; in
    /// [markup](super::TextKind::Markup), of what is read there.
    pub after: String,
    /// Its language as an ISO 639-1 code, if it is known.
    pub language: Option<String>,
    /// Which piece it is, and of how many, from 1, if a paragraph of the source was longer than
    /// [`Passage::MAX_LEN`] and had to be cut. Each piece counts as a paragraph.
    pub piece: Option<[u32; 2]>,
}

/// A range of sentences of one paragraph, counted from 1, both ends inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentences {
    /// The first sentence.
    pub first: u32,
    /// The last sentence.
    pub last: u32,
}

impl Passage {
    /// The number of code points of context on each side, also of a text-quote selector.
    pub const CONTEXT: usize = 40;

    /// The maximum length of its text in bytes. Longer paragraphs are cut.
    pub const MAX_LEN: usize = 16 << 10;

    /// Returns its id, `SOURCE#pN`.
    pub fn id(&self) -> PassageId {
        PassageId { source: self.source.clone(), paragraph: self.paragraph, sentences: None }
    }

    /// Returns its readable form.
    pub fn plain(&self) -> &str {
        self.plain.as_ref().map_or(&self.text, Plain::text)
    }

    /// Maps a span of [`Passage::plain`] to the span of [`Passage::text`] it was made from, both in
    /// bytes.
    pub fn exact_span(&self, span: Span) -> Span {
        match &self.plain {
            Some(plain) => plain.to_slice(span),
            None => span,
        }
    }

    /// Maps a span of [`Passage::text`] to that of [`Passage::plain`] which is read in it, both in
    /// bytes.
    pub fn plain_span(&self, span: Span) -> Span {
        match &self.plain {
            Some(plain) => plain.of_slice(span),
            None => span,
        }
    }

    /// Returns what is read in `span` of [`Passage::text`], in bytes.
    pub fn readable(&self, span: Span) -> &str {
        self.plain_span(span).of(self.plain())
    }

    /// Returns the span of `text`, in bytes, that a range of sentences covers, or `None` if there
    /// are no such sentences.
    pub fn span_of(&self, sentences: Sentences) -> Option<Span> {
        let at = |n: u32| self.sentences.get((n as usize).checked_sub(1)?);
        Some(Span::new(at(sentences.first)?.start, at(sentences.last)?.end))
    }

    /// Returns the sentences as spans of [`Passage::plain`], in bytes, in order and disjoint; one
    /// that has nothing in the readable form is empty.
    pub fn plain_sentences(&self) -> Vec<Span> {
        let mut found = Vec::with_capacity(self.sentences.len());
        let mut chars = self.plain().char_indices().peekable();
        let mut at = 0;
        for sentence in &self.sentences {
            let mut span: Option<Span> = None;
            while let Some(&(start, c)) = chars.peek() {
                let end = start + c.len_utf8();
                let exact = self.exact_span(Span::new(start, end)).start;
                if exact >= sentence.end {
                    break;
                }
                if exact >= sentence.start {
                    span = Some(Span::new(span.map_or(start, |span| span.start), end));
                }
                at = end;
                chars.next();
            }
            found.push(span.unwrap_or(Span::new(at, at)));
        }
        found
    }

    /// Returns its span in the canonical text, in bytes.
    pub fn span(&self) -> Span {
        Span::new(self.start.byte, self.start.byte + self.text.len())
    }
}
