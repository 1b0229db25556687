//! The extractor for PDF files.
//!
//! A PDF file says where letters stand, and nothing of words, lines or paragraphs. `read` gets the
//! letters with their places from `pdf_oxide`, in a process of its own (`child`), and `words` makes
//! words of them; `rows` makes lines and columns, `flow` paragraphs and headings; `heads` tells
//! running heads by what they have in common from page to page, and `writer` writes the document,
//! each paragraph with its page.

mod child;
mod flow;
mod heads;
mod letters;
mod read;
mod rows;
mod wire;
mod words;
mod writer;

use std::collections::HashMap;

pub use child::{serve, set_reader};

use self::heads::{Heads, Sheet};
use self::letters::without_ligatures;
use self::wire::{Message, Page};
use self::writer::Writer;
use super::composed::Composer;
use super::properties::Properties;
use crate::extract::{Document, Extractor, Unreadable};
use crate::source::Metadata;

/// The extractor for PDF files.
pub(super) struct Pdf;

impl Extractor for Pdf {
    fn name(&self) -> &'static str {
        "pdf"
    }

    fn version(&self) -> u32 {
        3
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["pdf"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        head.starts_with(b"%PDF-")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        const MARK: &[u8] = b"%PDF-";
        const END: &[u8] = b"%%EOF";
        /// The number of bytes that may stand before the file itself, or after it.
        const BEFORE: usize = 1024;
        if bytes.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        let head = &bytes[..bytes.len().min(BEFORE)];
        if !head.windows(MARK.len()).any(|window| window == MARK) {
            return Err(Unreadable("is not a PDF file: it does not begin like one".to_owned()));
        }
        let tail = &bytes[bytes.len().saturating_sub(BEFORE)..];
        let is_cut = !tail.windows(END.len()).any(|window| window == END);
        let (mut about, mut pages) = (Properties::default(), Vec::new());
        for message in child::messages(bytes)? {
            match message {
                Message::Page(page) => pages.push(page),
                Message::About(said) => about = said,
                Message::Refused(why) => return Err(Unreadable(why)),
                Message::End => {}
            }
        }
        let composed = compose(pages, about);
        if !is_cut {
            return composed;
        }
        let mut document = composed.map_err(|why| {
            Unreadable(format!("is cut off: its end is missing; what is left {why}"))
        })?;
        document.warnings.push("is cut off: its end is missing".to_owned());
        Ok(document)
    }
}

/// The state of the text of a page.
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

fn compose(mut pages: Vec<Page>, about: Properties) -> Result<Document, Unreadable> {
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
            run.text = without_ligatures(&run.text);
        }
    }
    let body = body_size(&pages);
    let sheets: Vec<Sheet> = pages.iter().map(|page| Sheet::of(page, body)).collect();
    let heads = Heads::of(&sheets);
    let mut writer = Writer::new(out, body, heading_sizes(&pages, body), &sheets);
    for (page, sheet) in pages.iter().zip(&sheets) {
        writer.page(page, sheet, &heads);
    }
    writer.finish().finish(metadata(about))
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

fn metadata(mut about: Properties) -> Metadata {
    for date in [&mut about.created, &mut about.modified] {
        *date = date.take().map(|date| day(&date));
    }
    about.metadata()
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
    let shown = ranges.iter().take(NAMED).map(|[first, last]| {
        if first == last { first.to_string() } else { format!("{first}–{last}") }
    });
    let more = if ranges.len() > NAMED { ", …" } else { "" };
    shown.collect::<Vec<_>>().join(", ") + more
}
