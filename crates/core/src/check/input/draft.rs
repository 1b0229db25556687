//! Claims out of a draft: the reader of the format says what is prose,
//! [`assertion`](super::assertion) what asserts.

use std::path::Path;

use super::assertion::{fault, quoted};
use super::request::{Draft, Extent, Input, Place, Point, Request, Skipped, Why};
use crate::extract::{BlockKind, Document, extractor_for};
use crate::query::Query;
use crate::source::{Passage, SourceId};
use crate::text::{Position, Span, sentences};
use crate::{Error, Result};

pub(super) fn read(bytes: Vec<u8>, path: &Path) -> Result<Input> {
    // Standard input and files of any other name are read as what most drafts are.
    let extractor = extractor_for(path).or_else(|| extractor_for("draft.md".as_ref()));
    let unreadable = |reason: String| {
        let message = format!("this {reason}");
        Error::malformed(path, None, None, message)
    };
    let extractor = extractor.ok_or_else(|| unreadable("is no text".to_owned()))?;
    let document = extractor.extract(bytes).map_err(|error| unreadable(error.to_string()))?;
    let layout = document.layout(&SourceId::slug("draft"));
    let mut input = Input { warnings: document.warnings.clone(), ..Input::default() };
    let mut cursor = Cursor::new(&document.text);
    let mut is_block_quote = false;
    for passage in &layout.passages {
        // Further pieces of a paragraph that was cut do not begin on a line of their own.
        if passage.piece.is_none_or(|[number, _]| number == 1) {
            is_block_quote = begins_block_quote(passage, &document);
        }
        paragraph(&mut input, &mut cursor, passage, is_block_quote);
    }
    let asides = layout.asides.iter().map(|aside| {
        let why = match aside.kind {
            BlockKind::Title | BlockKind::Heading(_) => Why::Heading,
            BlockKind::Code => Why::Code,
            _ => Why::Furniture,
        };
        Skipped { line: aside.start.line, why }
    });
    input.skipped.extend(asides);
    input.skipped.sort_by_key(|skipped| skipped.line);
    input.draft = Some(Draft { kind: document.kind, text: document.text });
    Ok(input)
}

fn begins_block_quote(passage: &Passage, document: &Document) -> bool {
    let above = &document.text[..passage.start.byte];
    above[above.rfind(['\n', '\r']).map_or(0, |at| at + 1)..].contains('>')
}

/// Takes the sentences of a paragraph that are claims.
fn paragraph(input: &mut Input, cursor: &mut Cursor<'_>, passage: &Passage, is_block_quote: bool) {
    let plain = passage.plain();
    // That is how the reader of Markdown parts the cells of a row.
    let is_row = plain.contains(" | ") || passage.text.starts_with('|');
    if is_block_quote || is_row {
        let why = if is_block_quote { Why::Quotation } else { Why::TableRow };
        input.skipped.push(Skipped { line: passage.start.line, why });
        return;
    }
    let is_english = passage.language.as_deref() == Some("en");
    let quotations = quoted(plain);
    for readable in sentences(plain) {
        let extent = cursor.extent(exact(passage, readable).shifted(passage.start.byte));
        let why = match readable.of(plain) {
            claim if !Query::has_room_for(claim) => Some(Why::TooLong),
            _ => fault(plain, readable, &quotations, is_english),
        };
        match why {
            Some(why) => input.skipped.push(Skipped { line: extent.start.line, why }),
            None => input.requests.push(Request {
                claim: readable.of(plain).to_owned(),
                id: None,
                place: Some(Place { line: extent.start.line, extent: Some(extent) }),
            }),
        }
    }
}

/// Returns the sentence of a passage that reads as this stretch of its readable form, in bytes of
/// its text.
fn exact(passage: &Passage, readable: Span) -> Span {
    let start = passage.exact_span(readable).start;
    let at = passage.sentences.partition_point(|sentence| sentence.end <= start);
    passage.sentences.get(at).copied().unwrap_or(readable)
}

/// Goes through a text from front to back, so that lines and columns are counted once, however long
/// a line is.
struct Cursor<'a> {
    text: &'a str,
    at: Position,
    /// The beginning of the line of `at`.
    line: Position,
}

impl<'a> Cursor<'a> {
    fn new(text: &'a str) -> Self {
        let mut cursor = Self { text, at: Position::START, line: Position::START };
        // Editors do not show the mark of UTF-8, nor count it.
        if text.starts_with('\u{feff}') {
            cursor.point('\u{feff}'.len_utf8());
            cursor.line = cursor.at;
        }
        cursor
    }

    /// Returns the extent of `bytes`, which must not begin before what was asked for last.
    fn extent(&mut self, bytes: Span) -> Extent {
        let start = self.point(bytes.start);
        let behind = (self.at, self.line);
        let end = self.point(bytes.end);
        // Two sentences may have one place.
        (self.at, self.line) = behind;
        Extent { bytes, start, end }
    }

    fn point(&mut self, byte: usize) -> Point {
        let between = self.text.get(self.at.byte..byte).unwrap_or_default();
        if let Some(last) = between.rfind(['\n', '\r']) {
            self.at = self.at.after(&between[..=last]);
            self.line = self.at;
            self.at = self.at.after(&between[last + 1..]);
        } else {
            self.at = self.at.after(between);
        }
        Point {
            line: self.at.line,
            column: self.at.char - self.line.char + 1,
            utf16_column: self.at.utf16 - self.line.utf16 + 1,
        }
    }
}
