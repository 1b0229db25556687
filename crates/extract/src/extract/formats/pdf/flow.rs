//! Puts lines together to paragraphs, and tells them from headings and running heads.

use super::rows::{Line, is_mark};

/// Lines that belong together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A heading.
    Heading(Heading),
    /// A line below the title: an author, a place, a date.
    Byline(String),
    /// A row of a table.
    Row(Vec<String>),
}

/// A line that stands out.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Heading {
    pub(super) text: String,
    /// The size of its font.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    pub(super) is_centred: bool,
}

/// A paragraph, or a part of one.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Paragraph {
    /// Its lines as they stand.
    pub(super) text: String,
    /// The size of its font.
    pub(super) size: f32,
    /// The number of letters for which its last line has room.
    pub(super) room: f32,
    pub(super) is_centred: bool,
}

impl Paragraph {
    /// Returns whether `next`, which is read after it, is the rest of it.
    pub(super) fn goes_on_in(&self, next: &Paragraph) -> bool {
        let is_alike = (self.size - next.size).abs() <= 0.08 * self.size;
        is_alike
            && !ends_sentence(&self.text)
            && (goes_on(&next.text) || self.room < wanted(&next.text))
    }
}

/// Returns whether a text ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '\'') || c.is_numeric()
    });
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Returns whether a text goes on in the middle of a sentence.
pub(super) fn goes_on(text: &str) -> bool {
    text.trim_start().chars().next().is_some_and(|c| !c.is_uppercase())
}

/// Returns the pieces of the lines of one flow. `body` is the size of the text of the whole,
/// `width` where the text of the page begins and ends.
pub(super) fn pieces(lines: &[Line], body: f32, width: [f32; 2]) -> Vec<Piece> {
    let shape = Shape { width, ..Shape::of(lines) };
    let mut pieces = Vec::new();
    let mut open: Vec<&Line> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 && (is_row(lines, i) || is_row(lines, i - 1) || shape.breaks(&lines[i - 1], line))
        {
            close(&mut open, &shape, body, &mut pieces);
        }
        if is_row(lines, i) {
            pieces.push(Piece::Row(line.cells.clone()));
        } else {
            open.push(line);
        }
    }
    close(&mut open, &shape, body, &mut pieces);
    pieces
}

/// Returns whether a line is a row of a table: beside another, or with gaps wider than lines of
/// prose have when they are filled out.
fn is_row(lines: &[Line], at: usize) -> bool {
    /// The least gap between cells of a row that stands alone, in sizes of the font.
    const WIDE: f32 = 3.0;
    let has_cells = |at: Option<usize>| {
        at.and_then(|at| lines.get(at)).is_some_and(|line| line.cells.len() > 1)
    };
    has_cells(Some(at))
        && (lines[at].gap > WIDE || has_cells(at.checked_sub(1)) || has_cells(Some(at + 1)))
}

fn close(open: &mut Vec<&Line>, shape: &Shape, body: f32, pieces: &mut Vec<Piece>) {
    /// The most bytes of a heading.
    const MAX_HEADING: usize = 240;
    /// The most bytes of one in the size of the text, or that ends like a sentence.
    const MAX_BOLD: usize = 120;
    let lines = std::mem::take(open);
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    let size = first.size;
    let text = lines.iter().map(|line| line.text()).collect::<Vec<_>>().join("\n");
    let is_short = text.len() <= MAX_HEADING && !(ends_sentence(&text) && text.len() > MAX_BOLD);
    let is_large = is_short && size > 1.12 * body;
    let is_bold = lines.iter().all(|line| line.bold)
        && size > 0.95 * body
        && text.len() <= MAX_BOLD
        && !ends_sentence(&text);
    let is_centred = lines.iter().all(|line| shape.centres(line));
    pieces.push(match is_large || is_bold {
        true => {
            let is_bold = lines.iter().all(|line| line.bold);
            Piece::Heading(Heading { text, size, is_bold, is_centred })
        }
        false => {
            let room = (shape.right - last.right) / letter(last);
            Piece::Paragraph(Paragraph { text, size, room, is_centred })
        }
    });
}

/// Returns the width of a letter of a line, on average.
fn letter(line: &Line) -> f32 {
    (line.right - line.left).max(1.0) / line.text().chars().count().max(1) as f32
}

/// Returns the number of letters for which a line has to have room if a text is to begin on it.
fn wanted(text: &str) -> f32 {
    let word = text.split_whitespace().next().unwrap_or_default();
    (word.chars().count() + 2) as f32
}

/// The measures of a flow.
struct Shape {
    left: f32,
    right: f32,
    /// The distance between lines of a paragraph, in sizes of the font.
    leading: f32,
    /// Where the text of the page begins and ends.
    width: [f32; 2],
}

impl Shape {
    fn of(lines: &[Line]) -> Self {
        let mut lefts: Vec<f32> = lines.iter().map(|line| line.left).collect();
        lefts.sort_by(f32::total_cmp);
        let mut rights: Vec<f32> = lines.iter().map(|line| line.right).collect();
        rights.sort_by(f32::total_cmp);
        let steps = lines.windows(2).filter(|pair| pair[0].size > 0.0);
        let mut steps: Vec<f32> = steps
            .map(|pair| (pair[0].y - pair[1].y) / pair[0].size)
            .filter(|step| (0.5..3.0).contains(step))
            .collect();
        steps.sort_by(f32::total_cmp);
        Self {
            left: lefts.get(lefts.len() / 5).copied().unwrap_or_default(),
            // Some lines stand out beyond the others.
            right: rights.get(9 * rights.len() / 10).copied().unwrap_or_default(),
            // Most steps are within paragraphs.
            leading: steps.get(steps.len() / 3).copied().unwrap_or(1.2),
            width: [0.0; 2],
        }
    }

    /// Returns whether there is as much room before a line as behind it.
    fn centres(&self, line: &Line) -> bool {
        let [left, right] = self.width;
        let [before, behind] = [line.left - left, right - line.right];
        before > 2.0 * line.size && (before - behind).abs() < 1.5 * line.size
    }

    /// Returns whether a paragraph begins with `line`, below `above`.
    fn breaks(&self, above: &Line, line: &Line) -> bool {
        let size = above.size.max(1.0);
        let step = (above.y - line.y) / size;
        let is_other = (above.size - line.size).abs() > 0.12 * size || above.bold != line.bold;
        let is_indented = |line: &Line| line.left > self.left + 0.7 * size;
        let text = line.text();
        let mark = text.split_whitespace().next().unwrap_or_default();
        // The first word of a line stood on the one above if it had room there.
        let is_short = above.right + letter(line) * wanted(&text) < self.right;
        let is_item = is_mark(mark) && mark.len() < text.len() && ends_sentence(&above.text());
        let is_bullet = mark.chars().count() == 1 && !mark.chars().all(char::is_alphanumeric);
        is_other
            || step > 1.3 * self.leading
            || step < 0.0
            || (is_indented(line) && !is_indented(above) && !goes_on(&text))
            || (is_short && ends_sentence(&above.text()))
            || is_item
            || (is_bullet && is_mark(mark))
    }
}
