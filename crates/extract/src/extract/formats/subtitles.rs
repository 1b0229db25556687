//! The extractors for subtitles: cues are joined to paragraphs, and each quotation knows when it is
//! said.
//!
//! The canonical text is the file itself, of which the cues are read. What is read in a slice
//! depends on the slice alone: between two cues there is a line with `-->`, and after a blank line
//! nothing is read up to that. Captions that roll repeat each line in the next cue; what is read of
//! them once is no slice of the file, and so their text is extracted.

use super::decode::{Decoded, after_mark, decode};
use super::run::{self, Run};
use super::value::pieces;
use crate::extract::document::language;
use crate::extract::{Block, BlockKind, Document, Extractor, Unreadable};
use crate::source::{Cue, Metadata, Part, Passage, Provenance, TextKind};
use crate::text::Span;

/// The extractor for SubRip.
pub(super) struct Srt;

/// The extractor for WebVTT.
pub(super) struct Vtt;

impl Extractor for Srt {
    fn name(&self) -> &'static str {
        "srt"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["srt"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        let head = String::from_utf8_lossy(head);
        let mut lines = head.trim_start_matches('\u{feff}').lines();
        lines.next().is_some_and(|line| is_number(line.trim()))
            && lines.next().is_some_and(|line| times(line).is_some())
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        read(decode(bytes)?, false)
    }
}

impl Extractor for Vtt {
    fn name(&self) -> &'static str {
        "vtt"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["vtt"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).starts_with(b"WEBVTT")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        read(decode(bytes)?, true)
    }
}

/// A line that is read.
struct Line {
    runs: Vec<Run>,
    /// The text that is read in it.
    text: String,
    /// When it is shown, in milliseconds.
    from: u32,
    to: u32,
}

/// The length in milliseconds of a silence that ends a paragraph.
const SILENCE: u32 = 3_000;

/// The length in bytes from which a paragraph ends with a sentence.
const LONG: usize = 400;

/// The length in bytes beyond which a paragraph ends with a line.
const LONGEST: usize = 1_200;

fn read(decoded: Decoded, is_web: bool) -> Result<Document, Unreadable> {
    let Decoded { text, kind, mut warnings } = decoded;
    let mut lines = lines(&text, is_web);
    if lines.is_empty() {
        return Err(Unreadable("has no cues".to_owned()));
    }
    let rolls = repeated(&lines) * 3 > lines.len();
    if rolls {
        let message = "repeats its lines, which are read once: its text is extracted";
        warnings.push(message.to_owned());
        let mut last = String::new();
        lines.retain(|line| std::mem::replace(&mut last, line.text.clone()) != line.text);
    }
    let blocks = blocks(&text, &lines);
    let mut metadata = Metadata::default();
    if is_web {
        describe(&text, &mut metadata);
    }
    let language = language::of_document(&text, &blocks, &metadata);
    let document = Document { text, kind: TextKind::Markup, blocks, metadata, language, warnings };
    Ok(if rolls || kind != TextKind::File { document.extracted() } else { document })
}

/// Returns the lines that are read, in order.
fn lines(text: &str, is_web: bool) -> Vec<Line> {
    let mut lines = Vec::new();
    // The times of the cue, and whether the last line may yet be the number of the next.
    let mut cue: Option<(u32, u32)> = None;
    let mut at = after_mark(text);
    for raw in text[at..].split_inclusive(['\n', '\r']) {
        let start = at;
        at += raw.len();
        let line = raw.trim();
        if line.contains("-->") {
            if cue.is_some() && lines.last().is_some_and(|line: &Line| is_number(&line.text)) {
                lines.pop();
            }
            // Of a line without times, what follows is no cue.
            cue = times(line);
        } else if line.is_empty() {
            // `\r\n` is one line break.
            let is_break = raw == "\n" && text[..start].ends_with('\r');
            cue = cue.filter(|_| is_break);
        } else if let Some((from, to)) = cue {
            let start = start + raw.len() - raw.trim_start().len();
            let runs = runs(text, Span::new(start, start + line.len()), is_web);
            let read = run::read(&runs, text);
            let Some(read) = read.map(|(span, plain)| {
                plain.map_or_else(|| span.of(text).to_owned(), |plain| plain.text().to_owned())
            }) else {
                continue;
            };
            lines.push(Line { runs, text: read, from, to });
        }
    }
    lines
}

fn is_number(line: &str) -> bool {
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the times in a line between cues, in milliseconds.
fn times(line: &str) -> Option<(u32, u32)> {
    let (from, to) = line.split_once("-->")?;
    let to = to.split_whitespace().next()?;
    Some((time(from.trim())?, time(to)?))
}

/// Returns a time in milliseconds: `01:02:03,400`, `02:03.4`.
fn time(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let mut seconds: u32 = 0;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.parse().ok()?)?;
    }
    let digits: String = fraction.chars().chain("000".chars()).take(3).collect();
    seconds.checked_mul(1_000)?.checked_add(digits.parse().ok()?)
}

/// Returns the runs of a line: without tags (`<i>`, `{\an8}`), and with what is escaped in WebVTT.
fn runs(text: &str, line: Span, is_web: bool) -> Vec<Run> {
    const ESCAPES: [(&str, &str); 6] = [
        ("&amp;", "&"),
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&nbsp;", "\u{a0}"),
        ("&lrm;", "\u{200e}"),
        ("&rlm;", "\u{200f}"),
    ];
    let mut runs = Vec::new();
    let (mut from, mut at) = (line.start, line.start);
    while let Some(next) = text[at..line.end].find(['<', '{', '&']) {
        at += next;
        let rest = &text[at..line.end];
        let escape = ESCAPES.iter().find(|(escape, _)| is_web && rest.starts_with(escape));
        let len = escape.map(|(escape, _)| escape.len()).or_else(|| tag(rest));
        let Some(len) = len else {
            at += 1;
            continue;
        };
        if from < at {
            runs.push(Run::Plain(Span::new(from, at)));
        }
        if let Some((_, read)) = escape {
            runs.push(Run::Decoded(Span::new(at, at + len), (*read).into()));
        }
        at += len;
        from = at;
    }
    if from < line.end {
        runs.push(Run::Plain(Span::new(from, line.end)));
    }
    runs
}

/// Returns the length of the tag that a text begins with.
fn tag(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('<').map(|inner| inner.strip_prefix('/').unwrap_or(inner));
    if inner.is_some_and(|inner| inner.starts_with(|c: char| c.is_ascii_alphanumeric())) {
        return Some(text.find('>')? + 1);
    }
    if text.starts_with("{\\") { Some(text.find('}')? + 1) } else { None }
}

/// Returns how many lines are the same as the one before.
fn repeated(lines: &[Line]) -> usize {
    lines.windows(2).filter(|pair| pair[0].text == pair[1].text).count()
}

/// Returns the paragraphs.
fn blocks(text: &str, lines: &[Line]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut from = 0;
    let mut len = 0;
    for (i, line) in lines.iter().enumerate() {
        if i > from && begins_paragraph(&lines[i - 1], line, len) {
            push(&mut blocks, text, &lines[from..i]);
            (from, len) = (i, 0);
        }
        len += line.text.len() + 1;
    }
    push(&mut blocks, text, &lines[from..]);
    blocks
}

/// Returns whether a line begins a paragraph after another of `len` bytes.
fn begins_paragraph(last: &Line, line: &Line, len: usize) -> bool {
    let closing = ['"', '”', '’', '»', ')', ']', '\''];
    let ends = last.text.trim_end_matches(closing).ends_with(['.', '?', '!', '…', '。', '؟', '।']);
    let speaks = ["- ", "– ", "— ", ">> "].iter().any(|sign| line.text.starts_with(sign));
    let is_silent = line.from.saturating_sub(last.to) >= SILENCE;
    speaks || is_silent || (ends && len >= LONG) || len >= LONGEST
}

fn push(blocks: &mut Vec<Block>, text: &str, lines: &[Line]) {
    let mut runs = Vec::new();
    for line in lines {
        runs.extend(line.runs.iter().cloned());
        runs.push(Run::Break);
    }
    let Some((span, plain)) = run::read(&runs, text) else { return };
    // A single line may be of any length.
    if span.len() > Passage::MAX_LEN {
        return push_long(blocks, text, lines);
    }
    let read = plain.as_ref().map_or(span.of(text), |plain| plain.text());
    let cues = cues(read, lines);
    blocks.push(Block {
        kind: BlockKind::Paragraph,
        span,
        plain: plain.map(Box::new),
        part: Some(Box::new(Part::Cues(cues))),
        piece: None,
    });
}

/// Adds lines one by one, and each in pieces.
fn push_long(blocks: &mut Vec<Block>, text: &str, lines: &[Line]) {
    for line in lines {
        let pieces = pieces(&line.runs, text);
        for (i, piece) in pieces.iter().enumerate() {
            let Some((span, plain)) = run::read(piece, text) else { continue };
            let cue = Cue { at: 0, start: line.from, end: line.to };
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span,
                plain: plain.map(Box::new),
                part: Some(Box::new(Part::Cues([cue].into()))),
                piece: Block::piece(i, pieces.len()),
            });
        }
    }
}

/// Returns when each part of a paragraph is said.
fn cues(read: &str, lines: &[Line]) -> Box<[Cue]> {
    let mut cues: Vec<Cue> = Vec::new();
    let mut at = 0;
    for line in lines {
        // It is read as it was alone, but for the space before it.
        at += read[at..].find(line.text.as_str()).unwrap_or(0);
        let is_same = cues.last().is_some_and(|cue| (cue.start, cue.end) == (line.from, line.to));
        if !is_same {
            let at = u32::try_from(at).unwrap_or(u32::MAX);
            cues.push(Cue { at, start: line.from, end: line.to });
        }
        at = (at + line.text.len()).min(read.len());
    }
    cues.into()
}

/// Adds what the head of a WebVTT file says.
fn describe(text: &str, metadata: &mut Metadata) {
    let head =
        text.trim_start_matches('\u{feff}').lines().take_while(|line| !line.trim().is_empty());
    for line in head.take(20) {
        if let Some(title) = line.strip_prefix("WEBVTT") {
            let title = title.trim_start_matches([' ', '\t', '-', '–']).trim();
            if !title.is_empty() {
                metadata.set("title", title.into(), Provenance::Inferred);
            }
        } else if let Some(code) = line.strip_prefix("Language:") {
            metadata.set("language", code.trim().into(), Provenance::Declared);
        }
    }
}
