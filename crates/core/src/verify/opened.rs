//! [`Opened`]: a source as its file is now, read as it was read for the index.

use super::anchor::{Anchor, Fit, Haystack, Hints, Occurrence};
use crate::cite::{Citation, selectors};
use crate::corpus::{Article, FileCache, Skip};
use crate::extract::{BETWEEN, Block, Document};
use crate::index::Entry;
use crate::source::{Passage, Sentences, Source, TextKind, content_hash};
use crate::text::{Plain, Position, Span};

/// A source's file as it is now.
pub(super) enum Disk {
    /// It was read.
    Read(Box<Opened>),
    /// There is no file, or none that can be opened: the reason, in words for people.
    Missing(String),
    /// There is a file, but no longer one that has a text: the reason, in words for people.
    Unreadable(String),
}

/// A source read from disk.
pub(super) struct Opened {
    /// The source; its hash is that of the file as it is now.
    pub(super) source: Source,
    /// The hash of the file as it was indexed.
    pub(super) indexed: String,
    /// The position in the file at which its text starts. All else in here counts from there, but
    /// citations, and what records say of places.
    start: Position,
    passages: Vec<Passage>,
    canonical: Haystack,
    readable: Option<Readable>,
}

impl Opened {
    /// Returns what is read, where that is what quotations are taken from.
    fn markup(&self) -> Option<&Readable> {
        self.readable.as_ref().filter(|_| self.source.text == TextKind::Markup)
    }
}

/// The text of a source without its markup.
struct Readable {
    haystack: Haystack,
    parts: Vec<ReadableBlock>,
    /// True if quotations are taken from it, not from the canonical text.
    is_markup: bool,
}

/// A block in the readable text.
struct ReadableBlock {
    /// Its first byte there.
    start: usize,
    /// Its place in the canonical text.
    span: Span,
    plain: Option<Box<Plain>>,
}

/// Opens the file of a source.
pub(super) fn open(entry: &Entry, files: &mut FileCache) -> Disk {
    let path = entry.path.display();
    match files.article(entry.place(), &entry.source) {
        Ok(Article { document, content_hash, record, member, .. }) => {
            let source = Source { content_hash, record, member, ..entry.source.clone() };
            Disk::Read(Box::new(Opened::new(source, document, entry.source.content_hash.clone())))
        }
        Err(Skip::NoText(why) | Skip::Data(why)) => {
            Disk::Unreadable(format!("{path} is no longer what it was: {why}"))
        }
        Err(Skip::Unread(_) | Skip::Same) if !entry.path.exists() => {
            Disk::Missing(format!("its file {path} is gone"))
        }
        Err(Skip::Unread(why)) => Disk::Missing(format!("its file {path} cannot be read: {why}")),
        // Never returned where no content is known beforehand.
        Err(Skip::Same) => Disk::Missing(format!("its file {path} cannot be read")),
    }
}

impl Opened {
    /// A source with this document in its file; `indexed` is the hash of the file as it was
    /// indexed.
    pub(super) fn new(mut source: Source, document: Document, indexed: String) -> Self {
        source.text = document.kind;
        let start = source.record.map_or(Position::START, |record| record.start);
        let passages = document.passages(&source.id);
        let Document { text, blocks, .. } = document;
        let readable = Readable::new(&text, blocks, source.text);
        Self { source, indexed, start, passages, canonical: Haystack::new(text), readable }
    }

    /// The canonical text.
    pub(super) fn text(&self) -> &str {
        self.canonical.text()
    }

    /// Returns whether the file is no longer what was indexed.
    pub(super) fn is_newer_than_index(&self) -> bool {
        self.source.content_hash != self.indexed
    }

    /// Finds `quote` in the canonical text, as it is or but for typography and markup.
    pub(super) fn verbatim(&self, quote: &str, hints: &Hints) -> Anchor {
        if let Some(markup) = self.markup() {
            return markup.back(markup.haystack.verbatim(quote, &markup.hints(hints)));
        }
        match (self.canonical.verbatim(quote, hints), &self.readable) {
            (Anchor::Missing, Some(readable)) => {
                readable.back(readable.haystack.verbatim(quote, &hints.without_position()))
            }
            (found, _) => found,
        }
    }

    /// Finds what `quote`, which is nowhere as it is, was made from.
    pub(super) fn changed(&self, quote: &str, hints: &Hints) -> Anchor {
        if let Some(markup) = self.markup() {
            return markup.back(markup.haystack.changed(quote, &markup.hints(hints)));
        }
        match &self.readable {
            Some(readable) => {
                readable.back(readable.haystack.changed(quote, &hints.without_position()))
            }
            None => self.canonical.changed(quote, hints),
        }
    }

    /// The body paragraph of this number.
    pub(super) fn paragraph(&self, number: u32) -> Option<&Passage> {
        self.passages.get((number as usize).checked_sub(1)?)
    }

    /// The body paragraph that has the byte `at`.
    pub(super) fn passage_at(&self, at: usize) -> Option<&Passage> {
        let next = self.passages.partition_point(|passage| passage.span().end <= at);
        self.passages.get(next).filter(|passage| passage.span().start <= at)
    }

    /// Cites the sentences that a stretch of the canonical text touches; `None` where it is in no
    /// body paragraph. Of a stretch that runs over several paragraphs, the first is cited.
    pub(super) fn cite(&self, span: Span) -> Option<Citation> {
        let next = self.passages.partition_point(|passage| passage.span().end <= span.start);
        let passage = self.passages.get(next).filter(|passage| passage.span().overlaps(span))?;
        let start = passage.start.byte;
        let touched = |sentence: &Span| sentence.shifted(start).overlaps(span);
        let counted = |index: usize| u32::try_from(index + 1).ok();
        let first = counted(passage.sentences.iter().position(touched)?)?;
        let last = counted(passage.sentences.iter().rposition(touched)?)?;
        let citation = Citation::new(&self.source, passage, Some(Sentences { first, last }))?;
        Some(citation.shifted(self.start))
    }

    /// Returns the place in the file of a stretch of the canonical text, in bytes.
    pub(super) fn in_file(&self, span: Span) -> Span {
        span.shifted(self.start.byte)
    }

    /// Returns the place in the canonical text of a byte of the file; `None` where it is before it.
    pub(super) fn within(&self, at: usize) -> Option<usize> {
        at.checked_sub(self.start.byte)
    }

    /// Cites the sentences of a paragraph that a stretch of its readable form touches.
    pub(super) fn cite_readable(&self, passage: &Passage, span: Span) -> Option<Citation> {
        self.cite(passage.exact_span(span).shifted(passage.start.byte))
    }

    /// The record of a stretch of the canonical text as it is now, without deep link or reference:
    /// that of the whole paragraph where `as_whole` and it is one. `None` where it is in no body
    /// paragraph.
    pub(super) fn record(&self, span: Span, as_whole: bool) -> Option<Citation> {
        let whole = self.passages.iter().find(|passage| as_whole && passage.span() == span);
        let citation = match whole {
            Some(passage) => Citation::new(&self.source, passage, None)?.shifted(self.start),
            None => self.cite(span)?,
        };
        Some(if citation.locator.bytes == self.in_file(span) {
            citation
        } else {
            self.narrowed(citation, span)
        })
    }

    /// The record with the place of `span`, which is less, or more, than whole sentences.
    fn narrowed(&self, mut citation: Citation, span: Span) -> Citation {
        let text = self.text();
        let slice = span.of(text);
        let start = self.start.after(&text[..span.start]);
        let end = start.after(slice);
        let (read, place) = match self.markup() {
            Some(markup) => (markup.haystack.text(), markup.read(span)),
            None => (text, span),
        };
        let quote = place.of(read);
        let mut prefix: Vec<char> =
            read[..place.start].chars().rev().take(Passage::CONTEXT).collect();
        prefix.reverse();
        let suffix = read[place.end..].chars().take(Passage::CONTEXT).collect();
        citation.locator.lines = [start.line, end.line];
        citation.locator.bytes = self.in_file(span);
        citation.locator.chars = Span::new(start.char, end.char);
        citation.locator.utf16 = Span::new(start.utf16, end.utf16);
        citation.selectors =
            selectors(self.source.text, quote, prefix.into_iter().collect(), suffix, [start, end]);
        citation.markup = self.markup().map(|_| slice.to_owned());
        quote.clone_into(&mut citation.quote);
        citation.quote_hash = content_hash(quote.as_bytes());
        citation
    }

    /// The citation with the link that leads to its quotation in the text as it is now.
    pub(super) fn with_deep_link(&self, citation: Citation) -> Citation {
        let in_file = |passage: &Passage| Passage {
            start: passage.start.shifted(self.start),
            ..passage.clone()
        };
        citation.with_deep_link(&self.passages.iter().map(in_file).collect::<Vec<_>>())
    }

    /// Names the place of a stretch of the canonical text, in words for people.
    pub(super) fn whereabouts(&self, span: Span) -> String {
        match self.cite(span) {
            Some(citation) if citation.locator.bytes.end < self.in_file(span).end => {
                format!("{} and beyond, line {}", citation.id, citation.locator.lines[0])
            }
            Some(citation) => format!("{}, line {}", citation.id, citation.locator.lines[0]),
            None => {
                let line = self.start.after(&self.text()[..span.start]).line;
                format!("{}, line {line}, outside of its body paragraphs", self.source.id)
            }
        }
    }
}

impl Hints<'_> {
    /// The same hints for a text that has other offsets.
    fn without_position(&self) -> Self {
        Self { position: None, ..*self }
    }
}

impl Readable {
    /// The readable text of a document; `None` where it is the canonical one.
    fn new(text: &str, blocks: Vec<Block>, kind: TextKind) -> Option<Self> {
        let is_markup = kind == TextKind::Markup;
        if !is_markup && blocks.iter().all(|block| block.plain.is_none()) {
            return None;
        }
        let mut readable = String::with_capacity(text.len());
        let mut parts = Vec::with_capacity(blocks.len());
        for block in blocks {
            parts.push(ReadableBlock {
                start: readable.len(),
                span: block.span,
                plain: block.plain,
            });
            let part = &parts[parts.len() - 1];
            readable.push_str(part.plain.as_deref().map_or(part.span.of(text), Plain::text));
            readable.push_str(BETWEEN);
        }
        if is_markup {
            readable.truncate(readable.trim_end().len());
        }
        Some(Self { haystack: Haystack::new(readable), parts, is_markup })
    }

    /// The same hints for this text.
    fn hints<'a>(&self, hints: &Hints<'a>) -> Hints<'a> {
        let position =
            hints.position.map(|at| self.read(Span::new(at, at.saturating_add(1))).start);
        Hints { position, ..*hints }
    }

    /// The part of the readable text that was made from `span` of the canonical one.
    fn read(&self, span: Span) -> Span {
        let first = self.parts.partition_point(|part| part.span.end <= span.start);
        let next = self.parts.partition_point(|part| part.span.start < span.end);
        let start = self.parts.get(first).map_or(self.haystack.text().len(), |part| {
            let from = span.start.max(part.span.start);
            part.read(Span::new(from, part.span.end)).start
        });
        let end = next.checked_sub(1).map_or(0, |last| {
            let part = &self.parts[last];
            part.read(Span::new(part.span.start, span.end.min(part.span.end))).end
        });
        Span::new(start, end.max(start))
    }

    /// Translates an anchor to the canonical text.
    fn back(&self, anchor: Anchor) -> Anchor {
        match anchor {
            Anchor::At(place) => Anchor::At(self.place(place)),
            Anchor::Ambiguous(places) => {
                Anchor::Ambiguous(places.into_iter().map(|place| self.place(place)).collect())
            }
            Anchor::Missing => Anchor::Missing,
        }
    }

    fn place(&self, mut place: Occurrence) -> Occurrence {
        place.span = self.span(place.span);
        match &mut place.fit {
            // Between the readable form and the file there is at least markup.
            Fit::Exact if !self.is_markup => place.fit = Fit::Normalized,
            Fit::Exact => {}
            Fit::Normalized => {}
            Fit::Stitched(pieces) => {
                pieces.iter_mut().for_each(|piece| piece.source = self.span(piece.source))
            }
            Fit::Altered { differences, .. } => {
                differences.iter_mut().for_each(|d| d.source = self.span(d.source))
            }
        }
        place
    }

    fn span(&self, span: Span) -> Span {
        let start = self
            .part(span.start)
            .map_or(0, |part| part.back(Span::new(span.start, span.end)).start);
        let mut end = start;
        if !span.is_empty()
            && let Some(part) = self.part(span.end - 1)
        {
            end = part.back(span).end;
        }
        Span::new(start, end.max(start))
    }

    fn part(&self, at: usize) -> Option<&ReadableBlock> {
        self.parts[..self.parts.partition_point(|part| part.start <= at)].last()
    }
}

impl ReadableBlock {
    /// Translates `span`, of the canonical text within this block, to the readable text.
    fn read(&self, span: Span) -> Span {
        let local = Span::new(span.start - self.span.start, span.end - self.span.start);
        let read = self.plain.as_ref().map_or(local, |plain| plain.of_slice(local));
        read.shifted(self.start)
    }

    /// Translates the part of `span`, of the readable text, that is in this block.
    fn back(&self, span: Span) -> Span {
        let len = self.plain.as_ref().map_or(self.span.len(), |plain| plain.text().len());
        let local = |at: usize| at.saturating_sub(self.start).min(len);
        let local = Span::new(local(span.start), local(span.end));
        let slice = self.plain.as_ref().map_or(local, |plain| plain.to_slice(local));
        slice.shifted(self.span.start)
    }
}
