//! The extractor for PDF files.
//!
//! A PDF file says where letters stand, and nothing of words, lines or paragraphs. `read` gets the
//! letters with their places from `pdf_oxide`, in a process of its own (`child`); `rows` makes
//! lines and columns of them, `flow` paragraphs and headings, and this module the document: running
//! heads are told by what they have in common from page to page, and each paragraph has its page.

mod child;
mod flow;
mod read;
mod rows;
mod wire;

use std::collections::HashMap;

pub use child::{serve, set_reader};

use self::flow::Piece;
use self::wire::{About, Message, Page, Run};
use super::composed::Composer;
use super::properties::Properties;
use crate::extract::{BlockKind, Document, Extractor, Unreadable};
use crate::source::{Metadata, Part};
use crate::text;

/// The number of rows at the top and at the bottom of a page that may be running heads.
const EDGE: usize = 2;

/// The extractor for PDF files.
pub(super) struct Pdf;

impl Extractor for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        head.starts_with(b"%PDF-")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        const MARK: &[u8] = b"%PDF-";
        /// The number of bytes that may stand before the file itself.
        const BEFORE: usize = 1024;
        if bytes.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let head = &bytes[..bytes.len().min(BEFORE)];
        if !head.windows(MARK.len()).any(|window| window == MARK) {
            return Err(Unreadable("is not a PDF file: it does not begin like one".to_owned()));
        }
        let (mut about, mut pages) = (About::default(), Vec::new());
        for message in child::messages(bytes)? {
            match message {
                Message::Page(page) => pages.push(page),
                Message::About(said) => about = said,
                Message::Refused(why) => return Err(Unreadable(why)),
                Message::End => {}
            }
        }
        compose(pages, about)
    }
}

/// Whether the text of a page can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Read,
    /// There is none: a picture of a page, or a blank one.
    Without,
    /// Its fonts do not say which letters they show.
    Unreadable,
    /// It is written from right to left, and its letters may be in either order.
    RightToLeft,
    Damaged,
}

impl State {
    fn of(page: &Page) -> Self {
        if page.is_damaged {
            return State::Damaged;
        }
        let (mut all, mut bad, mut backwards) = (0usize, 0usize, 0usize);
        for c in page.runs.iter().flat_map(|run| run.text.chars()) {
            all += usize::from(!c.is_whitespace());
            bad += usize::from(
                matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}') || (c.is_control() && c != '\n'),
            );
            backwards += usize::from(matches!(c,
                '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}'));
        }
        match all {
            0 => State::Without,
            _ if 5 * bad > all => State::Unreadable,
            _ if 4 * backwards > all => State::RightToLeft,
            _ => State::Read,
        }
    }

    /// Returns what is said of pages in this state, and of a file that has no others.
    fn told(self) -> [&'static str; 2] {
        match self {
            State::Read => ["are read", "is read"],
            State::Without => [
                "have no text layer: they are blank, or pictures of pages",
                "has no text layer: its pages are pictures (scanned); run OCR on it first",
            ],
            State::Unreadable => [
                "have an unreadable text layer: fonts do not say which letters they show",
                "has an unreadable text layer: its fonts do not say which letters they show; run \
                 OCR on it first",
            ],
            State::RightToLeft => [
                "are written from right to left, which is not read from PDF files",
                "is written from right to left, which is not read from PDF files",
            ],
            State::Damaged => ["are damaged", "is damaged: none of its pages can be read"],
        }
    }
}

fn compose(mut pages: Vec<Page>, about: About) -> Result<Document, Unreadable> {
    let states: Vec<State> = pages.iter().map(State::of).collect();
    let mut out = Composer::default();
    for state in [State::Unreadable, State::RightToLeft, State::Damaged, State::Without] {
        let numbers = (1u32..).zip(&states).filter(|(_, it)| **it == state).map(|(n, _)| n);
        let numbers: Vec<u32> = numbers.collect();
        let [of_pages, of_all] = state.told();
        if numbers.len() == pages.len() {
            return Err(Unreadable(of_all.to_owned()));
        }
        if !numbers.is_empty() {
            out.warnings.push(format!("page(s) {}: {of_pages}", ranges(&numbers)));
        }
    }
    let doubtful = pages.iter().filter(|page| page.doubtful).map(|page| page.number);
    let doubtful: Vec<u32> = doubtful.collect();
    if !doubtful.is_empty() {
        let list = ranges(&doubtful);
        out.warnings.push(format!(
            "page(s) {list}: a font does not say which letters it shows: some may be missing"
        ));
    }
    if !states.contains(&State::Read) {
        return Err(Unreadable(State::Without.told()[1].to_owned()));
    }
    for (page, state) in pages.iter_mut().zip(&states) {
        if *state != State::Read {
            page.runs.clear();
        }
        for run in &mut page.runs {
            run.text = letters(&run.text);
        }
    }
    let sheets: Vec<Sheet> = pages.iter().map(Sheet::of).collect();
    let heads = heads(&sheets);
    let body = body_size(&pages);
    let mut writer = Writer { out, body, sizes: Vec::new(), carried: None };
    writer.sizes = heading_sizes(&pages, body);
    for (page, sheet) in pages.iter().zip(&sheets) {
        writer.page(page, sheet, &heads);
    }
    writer.carry("");
    writer.out.finish(metadata(about))
}

/// Returns text without ligatures and characters that mean nothing.
fn letters(text: &str) -> String {
    let mut read = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            'ﬀ' => read.push_str("ff"),
            'ﬁ' => read.push_str("fi"),
            'ﬂ' => read.push_str("fl"),
            'ﬃ' => read.push_str("ffi"),
            'ﬄ' => read.push_str("ffl"),
            'ﬅ' | 'ﬆ' => read.push_str("st"),
            c if c.is_control() => read.push(' '),
            c => read.push(c),
        }
    }
    read
}

/// A page as rows.
struct Sheet {
    /// The runs that are part of the text.
    runs: Vec<Run>,
    rows: Vec<Vec<usize>>,
    /// The text of each row.
    texts: Vec<String>,
}

impl Sheet {
    fn of(page: &Page) -> Self {
        let is_text = |run: &&Run| !run.aside && !run.text.trim().is_empty();
        let runs: Vec<Run> = page.runs.iter().filter(is_text).cloned().collect();
        let rows = rows::rows(&runs);
        let texts = rows.iter().map(|row| rows::line(&runs, row).text()).collect();
        Self { runs, rows, texts }
    }

    /// Returns whether a row is at the top or the bottom.
    fn is_at_edge(&self, row: usize) -> bool {
        row < EDGE || row + EDGE >= self.rows.len()
    }
}

/// Returns a text with every number replaced: running heads differ in that of the page.
fn shape(text: &str) -> String {
    let mut shape = String::new();
    for word in text.split_whitespace() {
        let number = word.chars().any(|c| c.is_ascii_digit()) || is_roman(word);
        shape.push_str(if number { "#" } else { word });
        shape.push(' ');
    }
    shape
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| "ivxlc".contains(c))
}

/// Returns whether a text is nothing but a page number: `12`, `– iv –`, `Page 3 of 9`.
fn is_page_number(text: &str) -> bool {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_number = |word: &str| {
        (word.len() <= 4 && word.bytes().all(|it| it.is_ascii_digit())) || is_roman(word)
    };
    let is_label =
        |word: &str| matches!(word.to_lowercase().as_str(), "page" | "of" | "p" | "seite" | "von");
    let numbers = words.iter().filter(|word| is_number(word)).count();
    (1..=2).contains(&numbers) && words.iter().all(|word| is_number(word) || is_label(word))
}

/// Returns the shapes of rows that pages have in common at their edges.
fn heads(sheets: &[Sheet]) -> HashMap<String, usize> {
    let mut counts: HashMap<String, usize> = HashMap::new();
    for sheet in sheets {
        let edges = (0..sheet.rows.len()).filter(|&row| sheet.is_at_edge(row));
        let mut shapes: Vec<String> = edges.map(|row| shape(&sheet.texts[row])).collect();
        shapes.sort_unstable();
        shapes.dedup();
        for shape in shapes {
            *counts.entry(shape).or_default() += 1;
        }
    }
    let few = 3.min(sheets.len()).max(2);
    counts.retain(|_, count| *count >= few);
    counts
}

/// Returns the size of the font of most letters.
fn body_size(pages: &[Page]) -> f32 {
    let mut counts: HashMap<i64, usize> = HashMap::new();
    for run in pages.iter().flat_map(|page| &page.runs) {
        *counts.entry(step(run.size)).or_default() += run.text.len();
    }
    let most = counts.into_iter().max_by_key(|&(size, count)| (count, size));
    most.map_or(10.0, |(size, _)| size as f32 / 4.0)
}

/// Returns a size in quarters of a point.
fn step(size: f32) -> i64 {
    (f64::from(size) * 4.0).round() as i64
}

/// Returns the sizes of headings, the largest first.
fn heading_sizes(pages: &[Page], body: f32) -> Vec<i64> {
    let runs = pages.iter().flat_map(|page| &page.runs).filter(|run| !run.aside);
    let mut sizes: Vec<i64> =
        runs.filter(|run| run.size > 1.12 * body).map(|run| step(run.size)).collect();
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    sizes.dedup();
    sizes
}

/// A paragraph at the end of a page that goes on on the next.
struct Carried {
    text: String,
    part: Part,
}

/// Writes pages one after the other.
struct Writer {
    out: Composer,
    body: f32,
    sizes: Vec<i64>,
    carried: Option<Carried>,
}

impl Writer {
    fn page(&mut self, page: &Page, sheet: &Sheet, heads: &HashMap<String, usize>) {
        let label = page.label.as_deref().map(Into::into);
        let part = Part::Page { number: page.number, label };
        self.out.part = Some(part.clone());
        let last = sheet.rows.len().saturating_sub(1);
        let is_head = |&row: &usize| {
            let text = &sheet.texts[row];
            (sheet.is_at_edge(row) && heads.contains_key(&shape(text)))
                || ((row == 0 || row == last) && is_page_number(text))
        };
        let (heads, rest): (Vec<usize>, Vec<usize>) = (0..sheet.rows.len()).partition(is_head);
        let top = heads.iter().filter(|&&row| 2 * row < sheet.rows.len());
        for &row in top {
            self.out.block(BlockKind::Boilerplate, &sheet.texts[row]);
        }
        let rows: Vec<Vec<usize>> = rest.iter().map(|&row| sheet.rows[row].clone()).collect();
        let flows = rows::flows(&sheet.runs, &rows);
        let mut pieces: Vec<Piece> = Vec::new();
        for flow in flows {
            let next = flow::pieces(&flow, self.body);
            join(&mut pieces, next);
        }
        self.pieces(pieces, &part);
        for run in page.runs.iter().filter(|run| run.aside) {
            self.out.block(BlockKind::Boilerplate, &run.text);
        }
        let bottom = heads.iter().filter(|&&row| 2 * row >= sheet.rows.len());
        for &row in bottom {
            self.out.block(BlockKind::Boilerplate, &sheet.texts[row]);
        }
    }

    fn pieces(&mut self, mut pieces: Vec<Piece>, part: &Part) {
        let is_body = |piece: &Piece, body: f32| matches!(piece, Piece::Paragraph(_, size) if (size - body).abs() <= 0.08 * body);
        let body = self.body;
        // What goes on from the page before is the first of its paragraphs, unless that begins anew.
        if self.carried.is_some() {
            let first = pieces.iter().position(|piece| is_body(piece, body));
            let next = match first.map(|first| &pieces[first]) {
                Some(Piece::Paragraph(text, _)) if flow::goes_on(text) => text.clone(),
                _ => String::new(),
            };
            let rest = self.carry(&next);
            if let Some(first) = first.filter(|_| !next.is_empty()) {
                match rest {
                    Some(rest) => pieces[first] = Piece::Paragraph(rest, body),
                    None => {
                        pieces.remove(first);
                    }
                }
            }
        }
        let last = pieces.iter().rposition(|piece| is_body(piece, body));
        let is_last = last.is_some_and(|last| {
            pieces[last + 1..]
                .iter()
                .all(|it| matches!(it, Piece::Paragraph(_, size) if *size < body))
        });
        let carried = last.filter(|&last| {
            is_last
                && matches!(&pieces[last], Piece::Paragraph(text, _) if !flow::ends_sentence(text))
        });
        let carried = carried.map(|last| pieces.remove(last));
        self.out.part = Some(part.clone());
        for piece in pieces {
            match piece {
                Piece::Paragraph(text, _) => self.out.block(BlockKind::Paragraph, &text),
                Piece::Heading(text, size) => {
                    let level = self.sizes.iter().position(|it| *it <= step(size));
                    let level = level.unwrap_or(self.sizes.len()).min(5) + 1;
                    let kind = BlockKind::Heading(u8::try_from(level).unwrap_or(6));
                    self.out.block(kind, &text.replace('\n', " "));
                }
                Piece::Row(cells) => {
                    self.out.row(&cells.into_iter().map(|cell| vec![cell]).collect::<Vec<_>>());
                }
            }
        }
        if let Some(Piece::Paragraph(text, _)) = carried {
            self.carried = Some(Carried { text, part: part.clone() });
        }
    }

    /// Writes the paragraph that the page before ends with, up to the end of its last sentence, which
    /// is in `next`. Returns what is left of that, so that every sentence has the page that it begins
    /// on.
    fn carry(&mut self, next: &str) -> Option<String> {
        let Some(carried) = self.carried.take() else { return Some(next.to_owned()) };
        let part = self.out.part.replace(carried.part);
        let begin = carried.text.len();
        let mut whole = carried.text;
        let mut end = begin;
        if !next.is_empty() {
            whole.push('\n');
            whole.push_str(next);
            let sentences = text::sentences(&whole);
            let over = sentences.iter().find(|it| it.start < begin && it.end > begin);
            end = over.map_or(begin, |sentence| sentence.end);
        }
        self.out.block(BlockKind::Paragraph, &whole[..end]);
        self.out.part = part;
        let rest = whole.get(end..).unwrap_or_default().trim();
        (!rest.is_empty()).then(|| rest.to_owned())
    }
}

/// Adds the pieces of the next flow: a paragraph may go on at the top of the next column.
fn join(pieces: &mut Vec<Piece>, next: Vec<Piece>) {
    let mut next = next.into_iter();
    if let Some(Piece::Paragraph(text, size)) = pieces.last_mut()
        && !flow::ends_sentence(text)
        && let Some(Piece::Paragraph(more, other)) = next.as_slice().first()
        && flow::goes_on(more)
        && (*size - other).abs() <= 0.08 * *size
    {
        text.push('\n');
        text.push_str(more);
        next.next();
    }
    pieces.extend(next);
}

fn metadata(about: About) -> Metadata {
    let About { title, author, language, about, subject, keywords, created, modified } = about;
    let creators = [author, None];
    let [created, modified] = [created, modified].map(|date| date.map(|date| day(&date)));
    let properties =
        Properties { title, creators, language, about, subject, keywords, created, modified };
    properties.metadata()
}

/// Returns the day of a date as PDF files have it, `D:20190304080000Z`; any other as it is.
fn day(date: &str) -> String {
    match date.strip_prefix("D:") {
        Some(digits)
            if digits.len() >= 8 && digits.as_bytes()[..8].iter().all(u8::is_ascii_digit) =>
        {
            format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..8])
        }
        _ => date.to_owned(),
    }
}

/// Returns numbers in order as a list: `2, 4–6`.
fn ranges(numbers: &[u32]) -> String {
    /// The most ranges that are named.
    const NAMED: usize = 8;
    let mut ranges: Vec<[u32; 2]> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => ranges.push([number, number]),
        }
    }
    let shown = ranges.iter().take(NAMED).map(|[first, last]| match first == last {
        true => first.to_string(),
        false => format!("{first}–{last}"),
    });
    let more = if ranges.len() > NAMED { ", …" } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}
