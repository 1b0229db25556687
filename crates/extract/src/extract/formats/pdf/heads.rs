//! Tells running heads and page numbers from the text, by what pages have in common.

use std::collections::{HashMap, HashSet};

use super::rows::{self, Line};
use super::wire::{Page, Run};

/// The number of rows at the top and at the bottom of a page that may be running heads.
const EDGE: usize = 2;

/// The largest size of a running head, in sizes of the text.
const HEAD_SIZE: f32 = 1.1;

/// A page as rows.
pub(super) struct Sheet {
    /// The runs that are part of the text.
    pub(super) runs: Vec<Run>,
    /// The places of the runs of each row, from left to right.
    pub(super) rows: Vec<Vec<usize>>,
    /// Each row as one line.
    pub(super) lines: Vec<Line>,
    /// The heights of the first and of the last row, in points, if they stand apart from the text,
    /// and are not larger.
    apart: [Option<i64>; 2],
}

impl Sheet {
    /// Puts a page together to rows. `body` is the size of the text of the whole.
    pub(super) fn of(page: &Page, body: f32) -> Self {
        let is_text = |run: &&Run| !run.aside && !run.text.trim().is_empty();
        let runs: Vec<Run> = page.runs.iter().filter(is_text).cloned().collect();
        let rows = rows::rows(&runs);
        let lines: Vec<Line> = rows.iter().map(|row| rows::line(&runs, row)).collect();
        let apart = Self::apart(&lines, body);
        Self { runs, rows, lines, apart }
    }

    fn apart(lines: &[Line], body: f32) -> [Option<i64>; 2] {
        /// The least distance of a running head from the text, in distances of lines, and, because
        /// lines of columns may stand between each other's, in sizes of the font.
        const APART: [f32; 2] = [1.5, 1.8];
        let steps = lines.windows(2).map(|pair| pair[0].y - pair[1].y);
        let steps: Vec<f32> = steps.collect();
        let mut sorted = steps.clone();
        sorted.sort_by(f32::total_cmp);
        let Some(&usual) = sorted.get(sorted.len() / 2) else { return [None; 2] };
        let height = |line: Option<&Line>, step: Option<&f32>| {
            let least = (APART[0] * usual).max(APART[1] * body);
            let is_apart = step.is_some_and(|step| *step > least);
            let line = line.filter(|line| is_apart && line.size <= HEAD_SIZE * body)?;
            Some(line.y.round() as i64)
        };
        [height(lines.first(), steps.first()), height(lines.last(), steps.last())]
    }

    /// Returns where the text begins and ends.
    pub(super) fn width(&self) -> [f32; 2] {
        let left = self.lines.iter().map(|line| line.left).fold(f32::MAX, f32::min);
        let right = self.lines.iter().map(|line| line.right).fold(f32::MIN, f32::max);
        [left, right]
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

/// The marks that running heads have in common from page to page.
pub(super) struct Heads {
    /// The shapes of rows that pages have in common at their edges.
    shapes: HashSet<String>,
    /// The heights at which the first or last row of pages stands apart from the text, in points.
    heights: HashSet<i64>,
}

impl Heads {
    /// Looks for what `sheets` have in common.
    pub(super) fn of(sheets: &[Sheet]) -> Self {
        let mut shapes: HashMap<String, usize> = HashMap::new();
        let mut heights: HashMap<i64, usize> = HashMap::new();
        for sheet in sheets {
            let edges = (0..sheet.rows.len()).filter(|&row| sheet.is_at_edge(row));
            let found: HashSet<String> = edges.map(|row| shape(&sheet.lines[row].text())).collect();
            for shape in found {
                *shapes.entry(shape).or_default() += 1;
            }
            for height in sheet.apart.into_iter().flatten() {
                *heights.entry(height).or_default() += 1;
            }
        }
        // The first page often has none.
        let few = if sheets.len() <= 4 { 2 } else { 3 };
        shapes.retain(|_, count| *count >= few);
        heights.retain(|_, count| *count >= few.max(sheets.len() / 2));
        Self { shapes: shapes.into_keys().collect(), heights: heights.into_keys().collect() }
    }

    /// Returns whether a row of a page is a running head.
    pub(super) fn have(&self, sheet: &Sheet, row: usize, body: f32) -> bool {
        let last = sheet.rows.len() - 1;
        let line = &sheet.lines[row];
        let text = line.text();
        // Where heads repeat the title, the title itself is larger.
        let is_small = line.size <= HEAD_SIZE * body;
        let is_apart = |edge: usize, height: Option<i64>| {
            row == edge && height.is_some_and(|height| self.heights.contains(&height))
        };
        let [top, bottom] = sheet.apart;
        sheet.rows[row].iter().all(|&run| sheet.runs[run].head)
            || (is_small && sheet.is_at_edge(row) && self.shapes.contains(&shape(&text)))
            || ((row == 0 || row == last) && is_page_number(&text))
            || is_apart(0, top)
            || is_apart(last, bottom)
    }
}
