//! Puts the letters of a page together to words, by where they stand.
//!
//! Spaces in a file are of no use for that: some have no width, and where PostScript was made into
//! PDF, letters are spaced instead.

use pdf_oxide::layout::{TextChar, TextSpan};

use super::letters::without_ligatures;
use super::wire::Run;

/// The least room between words, in sizes of the font.
pub(super) const SPACE: f32 = 0.12;

/// The most that letters of a word differ in height, in sizes of the font.
const HEIGHT: f32 = 0.1;

/// The least gap between letters that have nothing to do with each other, in sizes of the font.
const APART: f32 = 0.85;

/// The most by which marks of notes are raised, in sizes of the font.
const RAISED: f32 = 0.6;

/// A letter where it stands.
#[derive(Debug, Clone, Copy)]
struct Glyph {
    letter: char,
    x: f32,
    y: f32,
    advance: f32,
    size: f32,
    bold: bool,
}

/// Returns the words of a page, line by line. `spans` say which letters there are, and `letters`,
/// one by one, where they stand: read one by one, some are taken for others. Spans whose letters
/// are not found are returned as they are; those that are turned are left out.
pub(super) fn words(spans: &[TextSpan], mut letters: Vec<TextChar>) -> Vec<Run> {
    letters.retain(|letter| {
        let lengths = [letter.origin_x, letter.origin_y, letter.advance_width, letter.font_size];
        !letter.char.is_whitespace()
            && letter.rotation_degrees == 0.0
            && lengths.iter().all(|length| length.is_finite())
    });
    letters
        .sort_by(|a, b| b.origin_y.total_cmp(&a.origin_y).then(a.origin_x.total_cmp(&b.origin_x)));
    let (mut glyphs, mut runs) = (Vec::new(), Vec::new());
    for span in spans.iter().filter(|span| span.rotation_degrees == 0.0) {
        match placed(span, &letters, 0.0).or_else(|| placed(span, &letters, RAISED)) {
            Some(placed) => glyphs.extend(placed),
            None => runs.push(run(span)),
        }
    }
    glyphs.sort_by(|a, b| b.y.total_cmp(&a.y));
    for line in glyphs.chunk_by_mut(|a, b| a.y - b.y <= HEIGHT * b.size) {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
        for stretch in line.chunk_by(|a, b| is_alike(a, b) && gap(a, b) < APART) {
            cut(stretch, &mut runs);
        }
    }
    runs.retain(|run| [run.x, run.y, run.width, run.size].iter().all(|length| length.is_finite()));
    runs
}

/// Returns a span as a run.
pub(super) fn run(span: &TextSpan) -> Run {
    Run {
        x: span.bbox.x,
        y: span.bbox.y,
        width: span.bbox.width,
        size: span.font_size,
        bold: span.font_weight.is_bold(),
        aside: span.rotation_degrees != 0.0,
        head: false,
        text: span.text.clone(),
    }
}

/// Returns the letters of a span with their places among `letters`, which are in the order of their
/// height; `None` if they are not there. They may be `raised` by as many sizes of the font, and
/// smaller then: the reader puts marks of notes on the line.
fn placed(span: &TextSpan, letters: &[TextChar], raised: f32) -> Option<Vec<Glyph>> {
    /// The most by which places and heights may be off, in points.
    const OFF: f32 = 0.5;
    /// The least part of the letters that are the same.
    const ALIKE: f32 = 0.75;
    let text = without_ligatures(&span.text);
    let top = span.bbox.y + OFF + raised * span.font_size;
    let first = letters.partition_point(|it| it.origin_y > top);
    let last = letters.partition_point(|it| it.origin_y >= span.bbox.y - OFF);
    let begin = span.bbox.x - OFF;
    let end = span.bbox.x + span.bbox.width + OFF;
    let mut there: Vec<&TextChar> = letters[first..last]
        .iter()
        .filter(|it| {
            let is_small = raised > 0.0 && it.font_size < span.font_size;
            let is_even = (it.font_size - span.font_size).abs() <= 0.02 * span.font_size;
            let is_sized = is_small || is_even;
            is_sized && begin <= it.origin_x && it.origin_x + 0.5 * it.advance_width <= end
        })
        .collect();
    there.sort_by(|a, b| a.origin_x.total_cmp(&b.origin_x));
    let read: Vec<char> = text.chars().filter(|c| !c.is_whitespace()).collect();
    // Where letters are spaced, a span is said to be longer than it is, and the next one begins in
    // it.
    there.truncate(read.len());
    let alike = read.iter().zip(&there).filter(|(letter, it)| **letter == it.char).count();
    let are_found = there.len() == read.len() && alike as f32 >= ALIKE * read.len() as f32;
    let glyphs = read.iter().zip(&there).map(|(&letter, it)| Glyph {
        letter,
        x: it.origin_x,
        y: if it.origin_y > span.bbox.y + OFF { it.origin_y } else { span.bbox.y },
        advance: it.advance_width,
        size: span.font_size.min(it.font_size),
        bold: span.font_weight.is_bold(),
    });
    are_found.then(|| glyphs.collect())
}

fn is_alike(a: &Glyph, b: &Glyph) -> bool {
    (a.size - b.size).abs() <= 0.02 * a.size && a.bold == b.bold
}

/// Returns the room between two letters, in sizes of the font.
fn gap(a: &Glyph, b: &Glyph) -> f32 {
    (b.x - a.x - a.advance) / a.size.max(1.0)
}

/// Cuts a stretch of a line into words: where there is room, or, where all letters stand apart,
/// more room than that.
fn cut(stretch: &[Glyph], words: &mut Vec<Run>) {
    /// The fewest letters of which it can be said that all stand apart.
    const MANY: usize = 5;
    let mut gaps: Vec<f32> = stretch.windows(2).map(|pair| gap(&pair[0], &pair[1])).collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or_default();
    let room = if gaps.len() >= MANY && usual > SPACE { usual + SPACE } else { SPACE };
    words.extend(stretch.chunk_by(|a, b| gap(a, b) <= room).map(word));
}

fn word(glyphs: &[Glyph]) -> Run {
    let (first, last) = (glyphs[0], glyphs[glyphs.len() - 1]);
    let mut text = String::with_capacity(glyphs.len());
    let mut before: Option<&Glyph> = None;
    for glyph in glyphs {
        // A letter that is drawn twice is bold.
        let is_again = before.is_some_and(|before| {
            before.letter == glyph.letter && glyph.x - before.x < 0.3 * before.advance
        });
        if !is_again {
            text.push(glyph.letter);
        }
        before = Some(glyph);
    }
    Run {
        x: first.x,
        y: first.y,
        width: (last.x + last.advance - first.x).max(0.0),
        size: first.size,
        bold: first.bold,
        aside: false,
        head: false,
        text,
    }
}
