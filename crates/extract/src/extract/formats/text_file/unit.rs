//! From lines to units: what stands together as one paragraph, heading or other line of a bare text.
//!
//! There are two habits, often in one file. Where lines are long, each line is a paragraph. Where text is wrapped by hand
//! at some width, a paragraph is a run of lines, and a blank line, an indent or a line that stops short ends it. A line
//! was wrapped if the next one goes on in lower case, or if its first word had no room left before the margin; where that
//! margin is, is read off the lines that surely were wrapped.

use super::super::readable::{is_line_break, is_unspaced};
use crate::text::Span;

/// Lines with more code points than this were not wrapped by hand.
const WIDEST: usize = 120;

/// Lines with fewer code points than this are not taken for wrapped ones: they are lists, addresses, verse.
const NARROWEST: usize = 30;

/// A paragraph, heading or other line, trimmed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    /// Where it stands, in bytes.
    pub(super) span: Span,
    /// How many lines it has.
    pub(super) lines: usize,
    /// How many code points it has.
    pub(super) chars: usize,
    /// Whether a blank line, or nothing, stands above it.
    pub(super) above: bool,
    /// Whether a blank line, or nothing, stands below it.
    pub(super) below: bool,
}

/// A line that is not blank, trimmed.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    start: usize,
    chars: usize,
    indent: usize,
    /// Whether a blank line, or nothing, stands above it.
    above: bool,
}

/// The units of `text` from the byte `from` on, in order.
pub(super) fn units(text: &str, from: usize) -> Vec<Unit> {
    let lines = lines(text, from);
    let margin = margin(&lines);
    let mut units: Vec<Unit> = Vec::new();
    let mut in_list = false;
    for (i, line) in lines.iter().enumerate() {
        let below = lines.get(i + 1).is_none_or(|next| next.above);
        let before = i.checked_sub(1).map(|i| &lines[i]);
        match units.last_mut() {
            Some(unit) if before.is_some_and(|before| continues(before, line, margin, in_list)) => {
                unit.span.end = line.start + line.text.len();
                unit.lines += 1;
                unit.chars += line.chars + 1;
                unit.below = below;
            }
            _ => {
                in_list = is_list_item(line.text);
                let span = Span::new(line.start, line.start + line.text.len());
                units.push(Unit { span, lines: 1, chars: line.chars, above: line.above, below });
            }
        }
    }
    units
}

fn lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut above = true;
    let mut at = from;
    while at < text.len() {
        let rest = &text[at..];
        let end = rest.find(is_line_break).unwrap_or(rest.len());
        let raw = &rest[..end];
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            above = true;
        } else {
            let lead = raw.len() - raw.trim_start().len();
            let indent = raw[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
            lines.push(Line {
                text: trimmed,
                start: at + lead,
                chars: trimmed.chars().count(),
                indent,
                above,
            });
            above = false;
        }
        let line_break = &rest[end..];
        let width = if line_break.starts_with("\r\n") {
            2
        } else {
            line_break.chars().next().map_or(0, char::len_utf8)
        };
        at += end + width;
    }
    lines
}

/// The width at which the text was wrapped by hand, if it was: that of nearly all lines that surely were.
fn margin(lines: &[Line<'_>]) -> Option<usize> {
    let pairs = || lines.windows(2).filter(|pair| may_wrap(&pair[0], &pair[1]));
    let mut widths: Vec<usize> =
        pairs().filter(|pair| runs_on(&pair[0], &pair[1])).map(|pair| pair[0].chars).collect();
    if widths.is_empty() {
        // Scripts without case do not show that a line goes on; there, most lines have to look like it.
        let uncased = |pair: &&[Line<'_>]| {
            let next = pair[1]
                .text
                .chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase());
            next && pair[0].chars >= NARROWEST && !ends_sentence(pair[0].text)
        };
        widths.extend(pairs().filter(uncased).map(|pair| pair[0].chars));
        if widths.len() < 3 || widths.len() * 2 < pairs().count() {
            return None;
        }
    }
    widths.sort_unstable();
    widths.get((widths.len() - 1) * 95 / 100).copied()
}

/// Whether `next` belongs to the same paragraph as the line before it.
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
        || (line.chars <= margin && line.chars >= NARROWEST && line.chars + first_word > margin)
}

fn may_wrap(line: &Line<'_>, next: &Line<'_>) -> bool {
    !next.above && line.chars <= WIDEST && next.chars <= WIDEST
}

fn runs_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    let lower =
        next.text.trim_start_matches(['“', '"', '(', '‘', '\'']).starts_with(char::is_lowercase);
    lower && line.chars >= NARROWEST && !ends_sentence(line.text)
}

/// Whether a text ends as a sentence does, quotation marks and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    let closers = ['"', '”', '’', '\'', ')', ']', '»', '›', '*', '_', '」', '』', '）'];
    text.trim_end_matches(closers)
        .ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '۔', '।', '։', '።'])
}

/// Whether a line begins like an item of a list.
pub(super) fn is_list_item(line: &str) -> bool {
    is_bullet(line) || is_numbered(line)
}

fn is_bullet(line: &str) -> bool {
    let mut chars = line.chars();
    let mark = chars.next().is_some_and(|c| {
        matches!(c, '-' | '*' | '+' | '•' | '·' | '◦' | '‣' | '▪' | '–' | '—' | '●')
    });
    mark && chars.next().is_some_and(char::is_whitespace)
}

/// `1.`, `12)`, `(3)`, `a)`.
fn is_numbered(line: &str) -> bool {
    let Some((mark, _)) = line.split_once(char::is_whitespace) else { return false };
    let mark = mark.strip_prefix('(').unwrap_or(mark);
    let Some(number) = mark.strip_suffix(['.', ')']) else { return false };
    let digits = matches!(number.len(), 1..=2) && number.bytes().all(|b| b.is_ascii_digit());
    digits
        || (mark.ends_with(')')
            && number.len() == 1
            && number.bytes().all(|b| b.is_ascii_alphabetic()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        units(text, 0).iter().map(|unit| unit.span.of(text)).collect()
    }

    #[test]
    fn long_lines_are_paragraphs_of_their_own() {
        let long = "The lorries stood for nine weeks. ".repeat(8);
        let text = format!("A heading\n{long}\n{long}\n\nAnother\n{long}");
        assert_eq!(cut(&text), ["A heading", long.trim(), long.trim(), "Another", long.trim()]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let text = "On 12 November 1893 two men put their names\nto a single page of English. Sir Mortimer\nDurand acted for British India.\n\nA heading\nThe line runs for 2,640 km, and nobody who\nlives there was asked.\n";
        let cut = cut(text);
        assert_eq!(cut.len(), 3, "{cut:?}");
        assert_eq!(cut[1], "A heading");
        assert!(cut[0].ends_with("British India."));
    }

    #[test]
    fn lists_and_indents_part_paragraphs() {
        let text = "Three things were asked of the ministers in\nthe letter that came with it:\n- the first of them was that the gate be opened\n  within a week\n- the second was money\n1. and this is a number\n";
        assert_eq!(cut(text).len(), 4, "{:?}", cut(text));
        let text = "  The first paragraph of this book goes on for\nsome lines and ends here.\n  The second one begins with an indent and goes\non as well.\n";
        assert_eq!(cut(text).len(), 2, "{:?}", cut(text));
    }

    #[test]
    fn every_line_break_counts() {
        assert_eq!(
            cut("One.\r\n\r\nTwo.\rThree.\u{85}Four.\u{2028}Five."),
            ["One.", "Two.", "Three.", "Four.", "Five."]
        );
        let units = units("a\r\nb\r\n\r\nc", 0);
        assert_eq!(
            units.iter().map(|u| (u.above, u.below)).collect::<Vec<_>>(),
            [(true, false), (false, true), (true, true)]
        );
    }
}
