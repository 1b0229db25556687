//! [`Citation`]: the record by which a stranger with the source in hand can check a quotation.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::source::{
    FileRecord, Metadata, Part, Passage, PassageId, Provenance, Sentences, Source, Stale, TextKind,
    content_hash,
};
use crate::text::{Position, Span};

/// A citation record, `pincite/citation/1`.
///
/// ```
/// use pincite_core::cite::Citation;
/// use pincite_core::source::{Metadata, Passage, Sentences, Source, SourceId, TextKind, content_hash};
/// use pincite_core::text::{Position, sentences};
///
/// let file = "It rained. The bridge opened in 1932.\n";
/// let text = file.trim_end();
/// let source = Source {
///     id: SourceId::slug("bridge.txt"),
///     file: "bridge.txt".into(),
///     member: None,
///     text: TextKind::File,
///     record: None,
///     content_hash: content_hash(file.as_bytes()),
///     language: None,
///     metadata: Metadata::default(),
/// };
/// let passage = Passage {
///     source: source.id.clone(),
///     paragraph: 1,
///     section: vec![],
///     part: None,
///     start: Position::START,
///     text: text.into(),
///     plain: None,
///     sentences: sentences(text),
///     before: String::new(),
///     after: "\n".into(),
///     language: None,
///     piece: None,
/// };
/// let second = Sentences { first: 2, last: 2 };
/// let citation = Citation::new(&source, &passage, Some(second)).expect("it has two sentences");
/// assert_eq!(citation.id.to_string(), "bridge.txt#p1.2");
/// assert_eq!(citation.quote, "The bridge opened in 1932.");
/// assert_eq!(citation.locator.bytes.of(file), citation.quote);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Citation {
    /// The name and version of this shape, `pincite/citation/1`.
    #[cfg_attr(feature = "schema", schemars(extend("const" = Citation::SCHEMA)))]
    pub schema: String,
    /// The id of the body paragraph or of the sentences quoted.
    pub id: PassageId,
    /// The quotation: an exact slice of the canonical text, markup and line breaks included; where
    /// `text` is `markup`, what is read in that slice.
    pub quote: String,
    /// The exact slice of the file that the quotation is read from. Absent but where `text` is
    /// `markup`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub markup: Option<String>,
    /// The source's file, relative to the folder that was indexed, with `/` between the parts.
    pub file: String,
    /// The kind of text that its offsets point into.
    pub text: TextKind,
    /// The place of the quotation, in every coordinate space.
    pub locator: Locator,
    /// The same place as W3C Web Annotation selectors.
    pub selectors: Vec<Selector>,
    /// The source as CSL-JSON; `custom.provenance` says which variables are declared and which
    /// inferred.
    pub source: Map<String, Value>,
    /// BLAKE3 of the file's bytes or, where the source is a record of it, of the record's: `blake3:`
    /// and 64 hexadecimal digits.
    pub content_hash: String,
    /// BLAKE3 of the quotation's bytes: `blake3:` and 64 hexadecimal digits.
    pub quote_hash: String,
    /// A URL that scrolls to the quotation or, in a file with pages, to its page. Absent where the source has no web address, or its text
    /// has the words of the quotation more than once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deep_link: Option<String>,
    /// The in-text citation and the reference in the chosen style, a line each. Absent where no
    /// style was applied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formatted: Option<String>,
    /// The fate of the source's file since it was indexed: the quotation is from before. Absent
    /// where the file is as it was, by its size and time or its content.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale: Option<Stale>,
}

/// The place of a quotation, in every coordinate space.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Locator {
    /// The headings above it, outermost first. Absent where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<String>,
    /// Its paragraph, counted from 1 over the body paragraphs of the source.
    pub paragraph: u32,
    /// The piece of a paragraph of the file that it is from, and of how many, from 1. Absent
    /// but where a paragraph is longer than 16 KiB: it is cut, and each piece counts as a paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub piece: Option<[u32; 2]>,
    /// Its first and last sentence in the paragraph, counted from 1, both included.
    pub sentences: [u32; 2],
    /// The page its paragraph begins on, counted from 1. Absent where the format has no pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The number of that page as it is printed, such as `iv`. Absent where it is the number in
    /// `page`, or there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page_label: Option<String>,
    /// The chapter of a book that its paragraph is in, counted from 1. Absent where the format has no
    /// chapters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chapter: Option<u32>,
    /// The slide that its paragraph is on, counted from 1. Absent where the format has no slides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub slide: Option<u32>,
    /// The member of an archive, or what a compressed file unpacks to: “the file” in whatever is said
    /// of text, lines and offsets. A path, or an address; `!` parts those of a member and of a member
    /// within that. Absent where the file is neither.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<String>,
    /// Its record in the file. Absent but where a file has several sources: rows, objects, messages,
    /// members of an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub record: Option<RecordPlace>,
    /// The field of the record that its paragraph is from. Absent where records have no fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The cell of a workbook that its paragraph is from, as formulas have it: `Posts!B7`. Absent where
    /// the format has no cells with such places.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cell: Option<String>,
    /// When it is shown or said. Absent where the format has no times.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub time: Option<Time>,
    /// Its first and last line, counted from 1, both included.
    pub lines: [usize; 2],
    /// Bytes of the canonical text, half-open, from 0.
    pub bytes: Span,
    /// Unicode code points of the canonical text, half-open, from 0.
    pub chars: Span,
    /// UTF-16 code units of the canonical text, half-open, from 0.
    pub utf16: Span,
}

/// The place of a record in a file that has several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RecordPlace {
    /// Its number, counted from 1; the heading of a table does not count.
    pub number: u32,
    /// Its bytes in the file, half-open, from 0, of which `content_hash` is the hash. Absent where
    /// the file is not in UTF-8, or the record is a whole member of an archive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bytes: Option<Span>,
}

/// When a quotation is shown or said, as hours, minutes, seconds and milliseconds: `00:01:02.500`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Time {
    /// When its first cue appears.
    pub start: String,
    /// When its last cue goes.
    pub end: String,
}

impl Time {
    fn new([start, end]: [u32; 2]) -> Self {
        let told = |time: u32| {
            let (seconds, rest) = (time / 1_000, time % 1_000);
            let (minutes, seconds) = (seconds / 60, seconds % 60);
            format!("{:02}:{:02}:{seconds:02}.{rest:03}", minutes / 60, minutes % 60)
        };
        Self { start: told(start), end: told(end) }
    }

    /// Returns the second at which it begins, as people note it: `00:01:02`.
    pub fn second(&self) -> &str {
        self.start.split('.').next().unwrap_or_default()
    }
}

impl From<FileRecord> for RecordPlace {
    fn from(FileRecord { number, bytes, start: _ }: FileRecord) -> Self {
        Self { number, bytes }
    }
}

/// A W3C Web Annotation selector (<https://www.w3.org/TR/annotation-model/#selectors>).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "type", deny_unknown_fields)]
pub enum Selector {
    /// The quotation between the text before and after it.
    #[serde(rename = "TextQuoteSelector")]
    TextQuote {
        /// Up to 40 code points before it.
        prefix: String,
        /// The quotation.
        exact: String,
        /// Up to 40 code points after it.
        suffix: String,
    },
    /// Unicode code points of the canonical text, half-open, from 0.
    #[serde(rename = "TextPositionSelector")]
    TextPosition {
        /// The offset of the first.
        start: usize,
        /// The offset past the last.
        end: usize,
    },
    /// Bytes of the canonical text, half-open, from 0.
    #[serde(rename = "DataPositionSelector")]
    DataPosition {
        /// The offset of the first.
        start: usize,
        /// The offset past the last.
        end: usize,
    },
}

impl Locator {
    /// Returns the number of the page for people: as it is printed, or else as it is counted.
    pub fn printed_page(&self) -> Option<String> {
        self.page_label.clone().or(self.page.map(|page| page.to_string()))
    }
}

impl Citation {
    /// The schema of the record, and its version.
    pub const SCHEMA: &'static str = "pincite/citation/1";

    /// Cites a run of sentences of `passage`, or the whole of it. `None` where it has no such
    /// sentences.
    ///
    /// Everything is derived from the passage's own position and text, so that no two fields can
    /// disagree. `deep_link` and `formatted` are left empty: see [`Citation::with_deep_link`] and
    /// [`Style::format`](super::Style::format).
    pub fn new(
        source: &Source,
        passage: &Passage,
        sentences: Option<Sentences>,
    ) -> Option<Citation> {
        let span = match sentences {
            Some(run) if run.first > run.last => return None,
            Some(run) => passage.span_of(run)?,
            None => Span::new(0, passage.text.len()),
        };
        let slice = passage.text.get(span.start..span.end)?;
        let start = passage.start.after(&passage.text[..span.start]);
        let end = start.after(slice);
        let is_markup = source.text == TextKind::Markup;
        let quote = if is_markup { passage.readable(span) } else { slice };
        let part = passage.part.as_ref();
        let all = u32::try_from(passage.sentences.len()).unwrap_or(u32::MAX).max(1);

        Some(Citation {
            schema: Self::SCHEMA.to_owned(),
            id: PassageId { sentences, ..passage.id() },
            quote: quote.to_owned(),
            markup: is_markup.then(|| slice.to_owned()),
            file: source.file.clone(),
            text: source.text,
            locator: Locator {
                section: passage.section.clone(),
                paragraph: passage.paragraph,
                piece: passage.piece,
                sentences: sentences.map_or([1, all], |run| [run.first, run.last]),
                page: part.and_then(Part::page),
                page_label: part.and_then(Part::page_label).map(str::to_owned),
                chapter: part.and_then(Part::chapter),
                slide: part.and_then(Part::slide),
                member: source.member.clone(),
                record: source.record.map(RecordPlace::from),
                field: part.and_then(Part::field).map(str::to_owned),
                cell: part.and_then(Part::cell).map(str::to_owned),
                time: part.and_then(|part| part.time(read_span(passage, span))).map(Time::new),
                lines: [start.line, end.line],
                bytes: Span::new(start.byte, end.byte),
                chars: Span::new(start.char, end.char),
                utf16: Span::new(start.utf16, end.utf16),
            },
            selectors: selectors(
                source.text,
                quote,
                prefix(passage, span, is_markup),
                suffix(passage, span, is_markup),
                [start, end],
            ),
            source: csl(source),
            content_hash: source.content_hash.clone(),
            quote_hash: content_hash(quote.as_bytes()),
            deep_link: None,
            formatted: None,
            stale: None,
        })
    }
}

impl Citation {
    /// Returns `FILE:LINE`, as editors open it; the file alone where the text was taken out of it or of
    /// a member, whose lines no editor shows.
    pub fn file_and_line(&self) -> String {
        match self.text {
            TextKind::Extracted => self.file.clone(),
            _ if self.locator.member.is_some() => self.file.clone(),
            _ => format!("{}:{}", self.file, self.locator.lines[0]),
        }
    }

    /// Moves it by the position at which the text that it was made of starts in the file.
    #[must_use]
    pub(crate) fn shifted(mut self, start: Position) -> Self {
        let locator = &mut self.locator;
        locator.lines = locator.lines.map(|line| line + start.line - 1);
        locator.bytes = locator.bytes.shifted(start.byte);
        locator.chars = locator.chars.shifted(start.char);
        locator.utf16 = locator.utf16.shifted(start.utf16);
        for selector in &mut self.selectors {
            match selector {
                Selector::TextQuote { .. } => {}
                Selector::TextPosition { start: first, end } => {
                    *first += start.char;
                    *end += start.char;
                }
                Selector::DataPosition { start: first, end } => {
                    *first += start.byte;
                    *end += start.byte;
                }
            }
        }
        self
    }
}

/// The selectors of a quotation between two positions of the canonical text. Code points of markup
/// are no text positions of the page that it is parsed to.
pub(crate) fn selectors(
    text: TextKind,
    quote: &str,
    prefix: String,
    suffix: String,
    [start, end]: [Position; 2],
) -> Vec<Selector> {
    let mut selectors = vec![Selector::TextQuote { prefix, exact: quote.to_owned(), suffix }];
    if text != TextKind::Markup {
        selectors.push(Selector::TextPosition { start: start.char, end: end.char });
    }
    selectors.push(Selector::DataPosition { start: start.byte, end: end.byte });
    selectors
}

/// The code points of the canonical text just before `span` of the passage, or of what is read.
fn prefix(passage: &Passage, span: Span, as_read: bool) -> String {
    let within = &passage.text[..span.start];
    let read = passage.plain();
    let within = if as_read { &read[..read_span(passage, span).start] } else { within };
    let backwards = within.chars().rev().chain(passage.before.chars().rev());
    let mut prefix: Vec<char> = backwards.take(Passage::CONTEXT).collect();
    prefix.reverse();
    prefix.into_iter().collect()
}

/// The code points of the canonical text just after `span` of the passage, or of what is read.
fn suffix(passage: &Passage, span: Span, as_read: bool) -> String {
    let within = &passage.text[span.end..];
    let read = passage.plain();
    let within = if as_read { &read[read_span(passage, span).end..] } else { within };
    within.chars().chain(passage.after.chars()).take(Passage::CONTEXT).collect()
}

/// The part of the readable form of a passage that was made from `span` of its text.
fn read_span(passage: &Passage, span: Span) -> Span {
    passage.plain.as_ref().map_or(span, |plain| plain.of_slice(span))
}

/// The CSL type of a source that declares none: a book has an ISBN, an article an outlet, and a page
/// an address. What has none of them is a document.
fn undeclared_type(metadata: &Metadata) -> &'static str {
    let has = |variable: &str| metadata.get(variable).is_some();
    if has("ISBN") {
        "book"
    } else if metadata.publisher().is_some() {
        "article-newspaper"
    } else if has("URL") {
        "webpage"
    } else {
        "document"
    }
}

/// The source as a CSL-JSON item. Its id is the one it has in the index. A type it must have, or no
/// style can format it.
///
/// The publication that an article is in is its container, which all formats name. Where only a
/// publisher is known, it is the publication: the name of a newspaper or a site is both.
fn csl(source: &Source) -> Map<String, Value> {
    let metadata = &source.metadata;
    let kind = metadata.text("type").unwrap_or_else(|| undeclared_type(metadata));
    let is_outlet = kind.starts_with("article-") && metadata.get("container-title").is_none();
    let mut item = Map::new();
    item.insert("id".to_owned(), json!(source.id));
    item.insert("type".to_owned(), json!(kind));
    let mut provenance = Map::new();
    for (variable, value, whence) in
        metadata.iter().filter(|(variable, ..)| !["id", "custom"].contains(variable))
    {
        let variable =
            if is_outlet && variable == "publisher" { "container-title" } else { variable };
        if variable != "type" {
            item.insert(variable.to_owned(), value.clone());
        }
        let whence = match whence {
            Provenance::Declared => "declared",
            Provenance::Inferred => "inferred",
        };
        provenance.insert(variable.to_owned(), json!(whence));
    }
    let mut custom = metadata.get("custom").and_then(Value::as_object).cloned().unwrap_or_default();
    if !provenance.is_empty() {
        custom.insert("provenance".to_owned(), Value::Object(provenance));
    }
    if !custom.is_empty() {
        item.insert("custom".to_owned(), Value::Object(custom));
    }
    item
}

#[cfg(test)]
mod tests;
