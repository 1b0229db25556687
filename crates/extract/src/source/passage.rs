//! [`Passage`]: one body paragraph of a source, exact, with what is needed to cite any sentence of it.

use serde::{Deserialize, Serialize};

use super::{Part, PassageId, SourceId};
use crate::text::{Plain, Position, Span};

/// One body paragraph.
///
/// Everything a citation says about a place is derived from `start` and `text`, so it needs neither the file nor the
/// rest of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passage {
    /// The source it is of.
    pub source: SourceId,
    /// Which paragraph, counted from 1 over the body paragraphs of the source.
    pub paragraph: u32,
    /// The headings it stands under, outermost first.
    pub section: Vec<String>,
    /// The page or chapter it begins in, where the format has such parts.
    pub part: Option<Part>,
    /// Where its first byte stands in the canonical text.
    pub start: Position,
    /// The exact slice of the canonical text.
    pub text: String,
    /// The readable form, where it differs from `text`.
    pub plain: Option<Plain>,
    /// Its sentences in order, as byte ranges of `text`: disjoint, and together covering all but white space.
    pub sentences: Vec<Span>,
    /// Up to [`Passage::CONTEXT`] code points of the canonical text just before it.
    pub before: String,
    /// Up to [`Passage::CONTEXT`] code points of the canonical text just after it.
    pub after: String,
    /// The language it is in, as an ISO 639-1 code, where it could be told.
    pub language: Option<String>,
}

/// A run of sentences of one paragraph, counted from 1, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sentences {
    /// The first sentence.
    pub first: u32,
    /// The last sentence.
    pub last: u32,
}

impl Passage {
    /// How many code points of context a passage keeps on either side, and a text-quote selector gives.
    pub const CONTEXT: usize = 40;

    /// Its id, `SOURCE#pN`.
    pub fn id(&self) -> PassageId {
        PassageId { source: self.source.clone(), paragraph: self.paragraph, sentences: None }
    }

    /// Its readable form.
    pub fn plain(&self) -> &str {
        self.plain.as_ref().map_or(&self.text, Plain::text)
    }

    /// The part of [`Passage::text`] behind a stretch of [`Passage::plain`]; both in bytes.
    pub fn exact_span(&self, span: Span) -> Span {
        self.plain.as_ref().map_or(span, |plain| plain.to_slice(span))
    }

    /// The byte range of `text` that a run of sentences covers, or `None` where it has no such sentences.
    pub fn span_of(&self, sentences: Sentences) -> Option<Span> {
        let at = |n: u32| self.sentences.get((n as usize).checked_sub(1)?);
        Some(Span::new(at(sentences.first)?.start, at(sentences.last)?.end))
    }

    /// Its whole extent in the canonical text, in bytes.
    pub fn span(&self) -> Span {
        Span::new(self.start.byte, self.start.byte + self.text.len())
    }
}
