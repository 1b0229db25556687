//! Puts lines together to paragraphs, and tells them from headings and running heads.

use super::rows::{Line, is_mark};

/// What lines are together.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// A paragraph, its lines as they stand, and the size of its font.
    Paragraph(String, f32),
    /// A heading, and the size of its font.
    Heading(String, f32),
    /// A row of a table.
    Row(Vec<String>),
}

/// Returns whether a text ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(|c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '”' | '’' | '»' | ')' | ']' | '\'')
            || c.is_ascii_digit()
    });
    text.ends_with(['.', '!', '?', '…', ':', '。', '！', '？'])
}

/// Returns whether a text goes on in the middle of a sentence.
pub(super) fn goes_on(text: &str) -> bool {
    text.trim_start().chars().next().is_some_and(|c| !c.is_uppercase())
}

/// Returns the pieces of the lines of one flow. `body` is the size of the text of the whole.
pub(super) fn pieces(lines: &[Line], body: f32) -> Vec<Piece> {
    let shape = Shape::of(lines);
    let mut pieces = Vec::new();
    let mut open: Vec<&Line> = Vec::new();
    for (i, line) in lines.iter().enumerate() {
        if i > 0 && shape.breaks(&lines[i - 1], line) {
            close(&mut open, body, &mut pieces);
        }
        if line.cells.len() > 1 {
            pieces.push(Piece::Row(line.cells.clone()));
        } else {
            open.push(line);
        }
    }
    close(&mut open, body, &mut pieces);
    pieces
}

fn close(open: &mut Vec<&Line>, body: f32, pieces: &mut Vec<Piece>) {
    /// The most bytes of a heading.
    const MAX_HEADING: usize = 240;
    /// The most bytes of one in the size of the text, or that ends like a sentence.
    const MAX_BOLD: usize = 120;
    let lines = std::mem::take(open);
    let Some(first) = lines.first() else { return };
    let size = first.size;
    let text = lines.iter().map(|line| line.text()).collect::<Vec<_>>().join("\n");
    let is_short = text.len() <= MAX_HEADING && !(ends_sentence(&text) && text.len() > MAX_BOLD);
    let is_large = is_short && size > 1.12 * body;
    let is_bold = lines.iter().all(|line| line.bold)
        && size > 0.95 * body
        && text.len() <= MAX_BOLD
        && !ends_sentence(&text);
    pieces.push(match is_large || is_bold {
        true => Piece::Heading(text, size),
        false => Piece::Paragraph(text, size),
    });
}

/// The measures of a flow.
struct Shape {
    left: f32,
    right: f32,
    /// The distance between lines of a paragraph, in sizes of the font.
    leading: f32,
}

impl Shape {
    fn of(lines: &[Line]) -> Self {
        let mut lefts: Vec<f32> = lines.iter().map(|line| line.left).collect();
        lefts.sort_by(f32::total_cmp);
        let right = lines.iter().fold(0.0, |right: f32, line| right.max(line.right));
        let steps = lines.windows(2).filter(|pair| pair[0].size > 0.0);
        let mut steps: Vec<f32> = steps
            .map(|pair| (pair[0].y - pair[1].y) / pair[0].size)
            .filter(|step| (0.5..3.0).contains(step))
            .collect();
        steps.sort_by(f32::total_cmp);
        Self {
            left: lefts.get(lefts.len() / 5).copied().unwrap_or_default(),
            right,
            // Most steps are within paragraphs.
            leading: steps.get(steps.len() / 3).copied().unwrap_or(1.2),
        }
    }

    /// Returns whether a paragraph begins with `line`, below `above`.
    fn breaks(&self, above: &Line, line: &Line) -> bool {
        let size = above.size.max(1.0);
        let step = (above.y - line.y) / size;
        let is_other = (above.size - line.size).abs() > 0.12 * size || above.bold != line.bold;
        let is_indented = |line: &Line| line.left > self.left + 0.7 * size;
        let width = self.right - self.left;
        let is_short = above.right < self.right - 0.15 * width.max(size);
        let text = line.cells.first().map_or("", String::as_str);
        let mark = text.split_whitespace().next().unwrap_or_default();
        let is_item = is_mark(mark) && mark.len() < text.len() && ends_sentence(&above.text());
        let is_bullet = mark.chars().count() == 1 && !mark.chars().all(char::is_alphanumeric);
        above.cells.len() > 1
            || line.cells.len() > 1
            || is_other
            || step > 1.3 * self.leading
            || step < 0.0
            || (is_indented(line) && !is_indented(above) && !goes_on(text))
            || (is_short && ends_sentence(&above.text()))
            || is_item
            || (is_bullet && is_mark(mark))
    }
}
