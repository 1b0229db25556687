//! Invariants of any input, shared by the fuzz targets and `tests/hostile.rs`.

use std::io::Write;
use std::path::Path;

use pincite_core::check::{Input, Point, TableFormat};
use pincite_core::cite::{Citation, Style};
use pincite_core::extract::declared::{self, Notation};
use pincite_core::extract::{BlockKind, Document, Fields, Split, extractor_for, inner_name};
use pincite_core::query::{Clause, Node, Query};
use pincite_core::source::{
    Metadata, Passage, Sentences, Source, SourceId, TextKind, content_hash,
};
use pincite_core::text::{self, Position, Span};
use pincite_core::verify::{Anchor, Fit, Haystack, Hints, Occurrence, VerifyRequest};
use pincite_core::{Error, FileError};
use rawzip::ZipArchiveWriter;

/// Checks that a file is either refused or extracted as [valid documents](document).
pub fn file(name: &str, bytes: &[u8]) {
    let extractor = extractor_for(Path::new(name)).expect("a format that is read");
    match extractor.split(bytes.to_vec(), &Fields::default()) {
        // A compressed file is cited into what it unpacks to.
        Ok(Split::One(read)) if inner_name(name).is_some() => document(&read),
        Ok(Split::One(read)) => one(&read, bytes),
        Ok(Split::Several(records)) => {
            let mut end = 0;
            for (i, slot) in records.slots().iter().enumerate() {
                // The content of an archive is what its member unpacks to.
                let is_own = slot.member.is_none();
                let place = slot.place.bytes.filter(|_| is_own);
                if let Some(place) = place {
                    assert!(end <= place.start, "record {i} overlaps the one before");
                    end = place.end;
                    assert_eq!(&bytes[place.start..place.end], &*records.bytes(i));
                }
                if let Ok(read) = records.document(i) {
                    let own = records.bytes(i);
                    let slice = match place {
                        Some(place) => &bytes[place.start..place.end],
                        None if is_own => bytes,
                        None => &own,
                    };
                    one(&read, slice);
                }
            }
        }
        Ok(Split::Data(_)) | Err(_) => {}
    }
}

/// The formats that are ZIP files, each with the entry that has the text.
pub const PACKAGES: [(&str, &str); 4] = [
    ("a.docx", "word/document.xml"),
    ("a.odt", "content.xml"),
    ("a.pptx", "ppt/presentation.xml"),
    ("a.epub", "META-INF/container.xml"),
];

/// Checks that a ZIP file with this entry is either refused or extracted as a valid document.
pub fn packed(name: &str, entry: &str, bytes: &[u8]) {
    package(name, &[(entry, bytes)]);
}

/// Checks the same of a workbook with this sheet, and of one with these strings.
pub fn workbook(bytes: &[u8]) {
    const SHEET: &[u8] =
        b"<x><row r='1'><c t='s'><v>0</v></c></row><row r='2'><c t='s'><v>1</v></c></row></x>";
    for (sheet, strings) in [(bytes, &b"<x><si><t>text</t></si></x>"[..]), (SHEET, bytes)] {
        package(
            "a.xlsx",
            &[
                ("xl/workbook.xml", b"<w xmlns:r='r'><sheet name='A' r:id='a'/></w>"),
                (
                    "xl/_rels/workbook.xml.rels",
                    b"<r><Relationship Id='a' Type='x/worksheet' Target='a.xml'/>\
                      <Relationship Id='b' Type='x/sharedStrings' Target='b.xml'/></r>",
                ),
                ("xl/a.xml", sheet),
                ("xl/b.xml", strings),
            ],
        );
    }
}

fn package(name: &str, entries: &[(&str, &[u8])]) {
    if extractor_for(Path::new(name)).is_none() {
        return;
    }
    let mut packed = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut packed);
    for (entry, bytes) in entries {
        let (mut file, config) = archive.new_file(entry).start().expect("an entry begins");
        let mut writer = config.wrap(&mut file);
        writer.write_all(bytes).expect("memory can be written");
        let (_, descriptor) = writer.finish().expect("an entry ends");
        file.finish(descriptor).expect("an entry ends");
    }
    archive.finish().expect("an archive ends");
    self::file(name, &packed);
}

/// Returns a text as paragraphs of a document of Word or OpenDocument, one a line.
pub fn paragraphs(text: &str) -> String {
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
    let lines = escaped.lines().map(|line| format!("<p><t>{line}</t></p>"));
    format!("<d>{}</d>", lines.collect::<String>())
}

/// Checks a document that was read from these bytes.
fn one(read: &Document, bytes: &[u8]) {
    if matches!(read.kind, TextKind::File | TextKind::Markup) {
        assert_eq!(read.text.as_bytes(), bytes);
    }
    document(read);
}

/// Checks that blocks are in order, disjoint and trimmed, and that every position agrees with
/// counting from the start.
pub fn document(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "{:?} overlaps what is before it", block.span);
        let slice = block.span.of(text);
        assert!(!slice.is_empty() && slice == slice.trim(), "{slice:?} is not trimmed");
        end = block.span.end;
    }
    let layout = document.layout(&SourceId::slug("test"));
    assert_eq!(layout.passages.len() + layout.asides.len(), document.blocks.len());
    let mut walk = Walk { text, at: 0, chars: 0, utf16: 0, lines: 1 };
    let mut places: Vec<(Position, &str)> =
        layout.passages.iter().map(|p| (p.start, p.text.as_str())).collect();
    places.extend(layout.asides.iter().map(|aside| (aside.start, aside.text.as_str())));
    places.sort_by_key(|(start, _)| start.byte);
    for (start, slice) in places {
        assert_eq!(&text[start.byte..start.byte + slice.len()], slice);
        assert_eq!(start, walk.to(start.byte));
    }
    assert!(layout.asides.iter().all(|aside| aside.kind != BlockKind::Paragraph));
    for (i, passage) in layout.passages.iter().enumerate() {
        assert_eq!(passage.paragraph as usize, i + 1);
        self::passage(passage, document.kind);
        if document.kind == TextKind::Markup {
            continue;
        }
        let (before, after) = (&text[..passage.start.byte], &text[passage.span().end..]);
        assert!(before.ends_with(&passage.before) && after.starts_with(&passage.after));
        let kept = |context: &str, all: &str| {
            context.len() == all.len() || context.chars().count() == Passage::CONTEXT
        };
        assert!(kept(&passage.before, before) && kept(&passage.after, after));
    }
}

/// Computes positions with the standard library, character by character.
struct Walk<'a> {
    text: &'a str,
    at: usize,
    chars: usize,
    utf16: usize,
    lines: usize,
}

impl Walk<'_> {
    fn to(&mut self, byte: usize) -> Position {
        let mut previous = self.text[..self.at].chars().next_back();
        for c in self.text[self.at..byte].chars() {
            self.chars += 1;
            self.utf16 += c.len_utf16();
            self.lines += usize::from(c == '\r' || (c == '\n' && previous != Some('\r')));
            previous = Some(c);
        }
        self.at = byte;
        Position { byte, char: self.chars, utf16: self.utf16, line: self.lines }
    }
}

/// Checks that sentences omit only white space, and that the readable form maps monotonically to
/// the exact slice.
fn passage(passage: &Passage, kind: TextKind) {
    if kind == TextKind::Markup {
        assert!(passage.sentences.windows(2).all(|pair| pair[0].end <= pair[1].start));
    } else {
        spans(&passage.text, &passage.sentences);
    }
    assert_eq!(passage.sentences.first().map(|first| first.start), Some(0));
    assert_eq!(passage.sentences.last().map(|last| last.end), Some(passage.text.len()));
    let mut last = Span::new(0, 0);
    for (at, c) in passage.plain().char_indices() {
        let back = passage.exact_span(Span::new(at, at + c.len_utf8()));
        assert!(
            passage.text.get(back.start..back.end).is_some(),
            "{back:?} is not on character boundaries"
        );
        assert!(
            last.start <= back.start && last.end <= back.end,
            "{back:?} goes back behind {last:?}"
        );
        last = back;
    }
}

/// Checks that the sentences of a text are in order, disjoint and trimmed, and omit only white
/// space.
pub fn sentences(text: &str) {
    spans(text, &text::sentences(text));
}

fn spans(text: &str, spans: &[Span]) {
    let mut end = 0;
    for span in spans {
        assert!(span.start >= end && !span.is_empty());
        assert!(
            text[end..span.start].trim().is_empty(),
            "{:?} is in no sentence",
            &text[end..span.start]
        );
        assert_eq!(span.of(text), span.of(text).trim());
        end = span.end;
    }
    assert!(text[end..].trim().is_empty(), "{:?} is in no sentence", &text[end..]);
}

/// Checks that words, dates and quantities are in order and disjoint, that values are plain
/// decimals, and that dates exist.
pub fn mentions(text: &str) {
    let in_order = |spans: &[Span]| {
        let apart = spans.windows(2).all(|pair| pair[0].end <= pair[1].start);
        assert!(
            apart
                && spans
                    .iter()
                    .all(|span| !span.is_empty() && text.get(span.start..span.end).is_some())
        );
    };
    let dates = text::dates(text);
    in_order(&dates.iter().map(|date| date.span).collect::<Vec<_>>());
    for date in dates {
        assert!(date.from.first_day() <= date.to.last_day());
        assert_eq!(date.from.to_string().parse(), Ok(date.from));
    }
    let quantities = text::quantities(text);
    in_order(&quantities.iter().map(|quantity| quantity.span).collect::<Vec<_>>());
    for quantity in quantities {
        let digits = quantity.value.strip_prefix('-').unwrap_or(&quantity.value);
        assert!(
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        );
    }
    in_order(&text::words(text).map(|word| word.span).collect::<Vec<_>>());
    for word in text::words(text) {
        let folded = text::fold(word.text);
        assert_eq!(text::fold(&folded), folded);
    }
}

/// Checks that a query is either parsed, with every clause taken from its text, or refused with a
/// span in it.
pub fn query(text: &str) {
    fn within(clauses: &[Clause], text: &str) {
        for clause in clauses {
            assert!(text.get(clause.span.start..clause.span.end).is_some(), "{:?}", clause.span);
            if let Node::Group(inner) = &clause.node {
                within(inner, text);
            }
        }
    }
    match Query::parse(text) {
        Ok(query) => within(query.clauses(), text),
        Err(Error::Query { query, span, .. }) => {
            assert!(query.get(span.start..span.end).is_some(), "{span:?}")
        }
        Err(other) => panic!("{other}"),
    }
}

/// Checks that verify requests are either parsed, with lines that the input has, or refused.
pub fn request(text: &str) {
    if let Ok(requests) = VerifyRequest::parse(text, Path::new("input")) {
        for request in requests {
            assert!(request.line.is_none_or(|line| (1..=text.lines().count()).contains(&line)));
        }
    }
}

/// Checks that the positions of claims are right, in a draft to the byte. `column` is the name of a
/// column that tables may have.
pub fn claims(text: &str, column: &str) {
    let lines = Position::START.after(text).line;
    let formats = [TableFormat::Csv, TableFormat::Tsv, TableFormat::JsonLines];
    let tables = formats.map(|format| Input::table(text, format, Some(column), Path::new("input")));
    for input in tables.into_iter().flatten().chain([Input::lines(text)]) {
        let mut last = 0;
        for request in input.requests {
            let line = request.place.expect("it came out of a file").line;
            assert!(last <= line && line <= lines && !request.claim.trim().is_empty());
            last = line;
        }
    }
    for name in ["a.txt", "a.md"] {
        let Ok(input) = Input::draft(text.as_bytes().to_vec(), Path::new(name)) else { continue };
        if input.draft.as_ref().is_none_or(|draft| draft.kind != TextKind::File) {
            continue;
        }
        assert!(input.skipped.iter().all(|skipped| (1..=lines).contains(&skipped.line)));
        let mut line = Walk { text, at: 0, chars: 0, utf16: 0, lines: 1 };
        for request in input.requests {
            let extent =
                request.place.and_then(|place| place.extent).expect("a sentence has an extent");
            let sentence = extent.bytes.of(text);
            assert!(!sentence.is_empty() && sentence == sentence.trim());
            let start = text[..extent.bytes.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
            let number = line.to(start).line;
            let before = &text[start..extent.bytes.start];
            let before = before.strip_prefix('\u{feff}').filter(|_| start == 0).unwrap_or(before);
            let column = before.chars().count() + 1;
            assert_eq!(
                extent.start,
                Point { line: number, column, utf16_column: before.encode_utf16().count() + 1 }
            );
            assert_eq!(
                extent.end.line,
                extent.start.line + Position::START.after(sentence).line - 1
            );
        }
    }
}

/// Checks that whole words of a text are anchored exactly, and that any other place found is valid.
pub fn anchor(text: &str, quote: &str, from: usize, len: usize) {
    let haystack = Haystack::new(text);
    for place in
        places(haystack.anchor(quote, &Hints { position: Some(from), prefix: quote, suffix: text }))
    {
        on_boundaries(&place, text, quote);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let Some(first) = words.get(from % words.len().max(1)) else { return };
    let last = words[(from % words.len() + len).min(words.len() - 1)];
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    let end = last.as_ptr() as usize - text.as_ptr() as usize + last.len();
    let quote = &text[start..end];
    if !quote.contains(char::is_alphanumeric) {
        return;
    }
    let found = places(haystack.anchor(quote, &Hints::default()));
    assert!(!found.is_empty(), "{quote:?} is not found");
    for place in found {
        assert_eq!((place.span.of(text), &place.fit), (quote, &Fit::Exact));
    }
    let hints = Hints { position: Some(start), ..Hints::default() };
    assert_eq!(
        haystack.anchor(quote, &hints),
        Anchor::At(Occurrence { span: Span::new(start, end), fit: Fit::Exact })
    );
}

fn places(anchor: Anchor) -> Vec<Occurrence> {
    match anchor {
        Anchor::At(place) => vec![place],
        Anchor::Ambiguous(places) => places,
        Anchor::Missing => Vec::new(),
    }
}

fn on_boundaries(place: &Occurrence, text: &str, quote: &str) {
    let check =
        |span: Span, whole: &str| assert!(whole.get(span.start..span.end).is_some(), "{span:?}");
    check(place.span, text);
    match &place.fit {
        Fit::Exact => assert_eq!(place.span.of(text), quote),
        Fit::Normalized => {}
        Fit::Stitched(pieces) => {
            for piece in pieces {
                check(piece.quote, quote);
                check(piece.source, text);
            }
        }
        Fit::Altered { similarity, differences } => {
            assert!((0.0..=1.0).contains(similarity));
            for difference in differences {
                check(difference.quote, quote);
                check(difference.source, text);
            }
        }
    }
}

/// Checks that metadata is either parsed, or refused with a position in the text.
pub fn declared(notation: Notation, text: &str) -> Option<Metadata> {
    match declared::parse(notation, text, Path::new("a.meta")) {
        Ok(metadata) => {
            assert!(metadata.iter().all(|(_, value, _)| !value.is_null()));
            Some(metadata)
        }
        Err(FileError::Malformed { line, .. }) => {
            // After the last line break there is a line, even if it is empty.
            let lines = text.split(['\n', '\r', '\u{85}', '\u{2028}', '\u{2029}']).count();
            assert!(line.is_none_or(|line| line <= lines), "line {line:?} of {lines}");
            None
        }
        Err(other) => panic!("{other}"),
    }
}

/// Checks that a source with any metadata can be cited, and the citation formatted and read back;
/// returns the citation.
pub fn citation(metadata: Metadata, style: &Style) -> Citation {
    let source = Source {
        id: SourceId::slug("test"),
        file: "test.txt".into(),
        text: TextKind::File,
        record: None,
        member: None,
        content_hash: content_hash(b""),
        language: None,
        metadata,
    };
    let text = "It rained. The bridge opened in 1932.";
    let passage = Passage {
        source: source.id.clone(),
        paragraph: 1,
        section: Vec::new(),
        part: None,
        start: Position::START,
        text: text.into(),
        plain: None,
        sentences: text::sentences(text),
        before: String::new(),
        after: String::new(),
        language: None,
        piece: None,
    };
    let citation = Citation::new(&source, &passage, Some(Sentences { first: 2, last: 2 }))
        .expect("two sentences");
    let citation = citation.with_deep_link(std::slice::from_ref(&passage));
    style.format(&citation);
    let json = serde_json::to_string(&[&citation]).expect("it is JSON");
    let read =
        VerifyRequest::parse(&json, Path::new("input")).expect("our own records are read back");
    assert_eq!(read.len(), 1);
    citation
}
