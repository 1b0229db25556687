//! Joins the lines of a plain text to units: paragraphs, headings and other lines.
//!
//! There are two conventions, often in the same file. A long line is a paragraph. In text that was
//! wrapped by hand, a paragraph is a run of lines that ends at a blank line, an indent or a short
//! line. A line was wrapped if the next one continues in lower case, or if the first word of the
//! next line does not fit before the margin. The margin is estimated from the lines that were
//! certainly wrapped.

use std::iter;

use super::super::readable::{is_line_break, is_unspaced};
use crate::text::Span;

/// The maximum number of code points of a line that was wrapped by hand.
const MAX_WIDTH: usize = 120;

/// The minimum number of code points of a line that was wrapped by hand. Shorter lines are lists,
/// addresses, verse.
const MIN_WIDTH: usize = 30;

/// A paragraph, heading or other line, trimmed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Its span, in bytes of the text.
    pub(super) span: Span,
    /// The number of lines.
    pub(super) lines: u32,
    /// The number of code points.
    pub(super) chars: u32,
    /// Set if a blank line or the start of the text is above it.
    pub(super) blank_above: bool,
    /// Set if a blank line or the end of the text is below it.
    pub(super) blank_below: bool,
}

/// A line that is not blank, trimmed.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// Its byte offset.
    start: usize,
    /// The number of code points.
    chars: usize,
    /// The width of the white space before it, in columns.
    indent: usize,
    /// Set if a blank line or the start of the text is above it.
    blank_above: bool,
}

/// Returns the units of `text` from byte `from`, in order.
pub(super) fn units(text: &str, from: usize) -> Vec<Unit> {
    let margin = margin(&Lines::of(text, from));
    let mut units: Vec<Unit> = Vec::new();
    let mut in_list = false;
    let mut last: Option<Line<'_>> = None;
    let mut lines = Lines::of(text, from).peekable();
    while let Some(line) = lines.next() {
        let blank_below = lines.peek().is_none_or(|next| next.blank_above);
        let above = last.replace(line);
        if let (Some(unit), Some(above)) = (units.last_mut(), above)
            && continues(&above, &line, margin, in_list)
        {
            unit.span.end = line.start + line.text.len();
            unit.lines += 1;
            unit.chars += count(line.chars) + 1;
            unit.blank_below = blank_below;
        } else {
            in_list = is_list_item(line.text);
            units.push(Unit {
                span: Span::new(line.start, line.start + line.text.len()),
                lines: 1,
                chars: count(line.chars),
                blank_above: line.blank_above,
                blank_below,
            });
        }
    }
    units
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// The lines of a text that are not blank, in order. They are found anew each time: kept, they
/// would take more memory than the text.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
    blank_above: bool,
}

impl<'a> Lines<'a> {
    fn of(text: &'a str, from: usize) -> Self {
        Self { text, at: from, blank_above: true }
    }

    /// Returns each line with the one below it.
    fn pairs(&self) -> impl Iterator<Item = (Line<'a>, Line<'a>)> {
        let mut lines = self.clone();
        let mut last = lines.next();
        iter::from_fn(move || {
            let next = lines.next()?;
            last.replace(next).map(|line| (line, next))
        })
    }
}

impl<'a> Iterator for Lines<'a> {
    type Item = Line<'a>;

    fn next(&mut self) -> Option<Line<'a>> {
        while self.at < self.text.len() {
            let start = self.at;
            let rest = &self.text[start..];
            let end = line_end(rest);
            let raw = &rest[..end];
            let line_break = &rest[end..];
            let width = if line_break.starts_with("\r\n") {
                2
            } else {
                line_break.chars().next().map_or(0, char::len_utf8)
            };
            self.at += end + width;
            let trimmed = raw.trim();
            if trimmed.is_empty() {
                self.blank_above = true;
                continue;
            }
            let lead = raw.len() - raw.trim_start().len();
            return Some(Line {
                text: trimmed,
                start: start + lead,
                chars: trimmed.chars().count(),
                indent: raw[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum(),
                blank_above: std::mem::replace(&mut self.blank_above, false),
            });
        }
        None
    }
}

/// Returns the offset of the first line break, or the length of the text. Looks at bytes first: of
/// ASCII, only control characters break lines.
fn line_end(text: &str) -> usize {
    let mut at = 0;
    while let Some(ahead) =
        text.as_bytes()[at..].iter().position(|&byte| byte < b' ' || !byte.is_ascii())
    {
        at += ahead;
        match text[at..].chars().next() {
            Some(c) if !is_line_break(c) => at += c.len_utf8(),
            _ => return at,
        }
    }
    text.len()
}

/// Returns the width at which the text was wrapped by hand, if it was: the 95th percentile of the
/// lines that certainly were wrapped.
fn margin(lines: &Lines<'_>) -> Option<usize> {
    let pairs = || lines.pairs().filter(|(line, next)| may_wrap(line, next));
    // No line that may be wrapped is wider than this.
    let mut widths = [0usize; MAX_WIDTH + 1];
    for (line, _) in pairs().filter(|(line, next)| runs_on(line, next)) {
        widths[line.chars] += 1;
    }
    if widths.iter().all(|&lines| lines == 0) {
        // In scripts without case, a majority of the lines has to look wrapped.
        let mut all = 0;
        for (line, next) in pairs() {
            all += 1;
            let is_uncased = next
                .text
                .starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
            if is_uncased && line.chars >= MIN_WIDTH && !ends_sentence(line.text) {
                widths[line.chars] += 1;
            }
        }
        let wrapped: usize = widths.iter().sum();
        if wrapped < 3 || wrapped * 2 < all {
            return None;
        }
    }
    let nth = (widths.iter().sum::<usize>() - 1) * 95 / 100;
    let mut before = 0;
    widths.iter().position(|&lines| {
        before += lines;
        before > nth
    })
}

/// Returns whether `next` belongs to the same paragraph as the line before it.
fn continues(line: &Line<'_>, next: &Line<'_>, margin: Option<usize>, in_list: bool) -> bool {
    let Some(margin) = margin else { return false };
    if !may_wrap(line, next) || (!in_list && next.indent >= line.indent + 2) {
        return false;
    }
    if is_bullet(next.text)
        || (is_numbered(next.text)
            && (in_list || ends_sentence(line.text) || line.text.ends_with(':')))
    {
        return false;
    }
    let first_word = match next.text.chars().next() {
        Some(c) if is_unspaced(c) => 1,
        _ => next.text.split_whitespace().next().map_or(0, |word| word.chars().count() + 1),
    };
    runs_on(line, next)
        || ((MIN_WIDTH..=margin).contains(&line.chars) && line.chars + first_word > margin)
}

fn may_wrap(line: &Line<'_>, next: &Line<'_>) -> bool {
    !next.blank_above && line.chars <= MAX_WIDTH && next.chars <= MAX_WIDTH
}

fn runs_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    let is_lower =
        next.text.trim_start_matches(['“', '"', '(', '‘', '\'']).starts_with(char::is_lowercase);
    is_lower && line.chars >= MIN_WIDTH && !ends_sentence(line.text)
}

/// Returns whether a text ends like a sentence, ignoring closing quotes and brackets.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closers = ['"', '”', '’', '\'', ')', ']', '»', '›', '*', '_', '」', '』', '）'];
    text.trim_end_matches(closers)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።'])
}

/// Returns whether a line begins like an item of a list.
pub(super) fn is_list_item(line: &str) -> bool {
    is_bullet(line) || is_numbered(line)
}

fn is_bullet(line: &str) -> bool {
    let bullets = ['-', '*', '+', '•', '·', '◦', '‣', '▪', '–', '—', '●'];
    line.strip_prefix(bullets).is_some_and(|rest| rest.starts_with(char::is_whitespace))
}

/// Returns whether a line begins with `1.`, `12)`, `(3)` or `a)`.
fn is_numbered(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(char::is_whitespace) else { return false };
    let mark = mark.strip_prefix('(').unwrap_or(mark);
    let Some(number) = mark.strip_suffix(['.', ')']) else { return false };
    let is_number = matches!(number.len(), 1..=2) && number.bytes().all(|b| b.is_ascii_digit());
    let is_letter = number.len() == 1 && number.as_bytes()[0].is_ascii_alphabetic();
    is_number || (is_letter && mark.ends_with(')'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slices(text: &str) -> Vec<&str> {
        units(text, 0).iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn long_lines_are_paragraphs() {
        let long = "The lorries stood for nine weeks. ".repeat(8);
        let text = format!("A heading\n{long}\n{long}\n\nAnother\n{long}");
        assert_eq!(slices(&text), ["A heading", long.trim(), long.trim(), "Another", long.trim()]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "On 12 November 1893 two men put their names\n\
                    to a single page of English. Sir Specimen\n\
                    Sample acted for British India.\n\n\
                    A heading\n\
                    The line runs for 2,640 km, and nobody who\n\
                    lives there was asked.\n";
        let slices = slices(text);
        assert_eq!(slices.len(), 3, "{slices:?}");
        assert_eq!(slices[1], "A heading");
        assert!(slices[0].ends_with("British India."));
    }

    #[test]
    fn list_items_and_indents_start_paragraphs() {
        let text = "Three things were asked of the ministers in\n\
                    the letter that came with it:\n\
                    - the first of them was that the gate be opened\n\
                    \x20 within a week\n\
                    - the second was money\n\
                    1. and this is a number\n";
        assert_eq!(slices(text).len(), 4, "{:?}", slices(text));
        let text = "\x20 The first paragraph of this book goes on for\n\
                    some lines and ends here.\n\
                    \x20 The second one begins with an indent and goes\n\
                    on as well.\n";
        assert_eq!(slices(text).len(), 2, "{:?}", slices(text));
    }

    #[test]
    fn every_line_break_counts() {
        assert_eq!(
            slices("One.\r\n\r\nTwo.\rThree.\u{85}Four.\u{2028}Five."),
            ["One.", "Two.", "Three.", "Four.", "Five."]
        );
        let units = units("a\r\nb\r\n\r\nc", 0);
        assert_eq!(
            units.iter().map(|unit| (unit.blank_above, unit.blank_below)).collect::<Vec<_>>(),
            [(true, false), (false, true), (true, true)]
        );
    }
}
