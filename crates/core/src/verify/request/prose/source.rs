//! Reads the name of its source behind a quotation or below it.

use super::marks::opens;
use crate::text;
use crate::verify::normal::is_raised;

/// The most characters that are read in search of a source's name.
const REACH: usize = 500;

/// Returns whether the last line before a quotation has nothing in it but the sign of a list.
pub(super) fn is_bare(before: &str) -> bool {
    let mut line = before.chars().rev().take_while(|&c| c != '\n').take(REACH);
    line.all(|c| {
        c.is_whitespace() || c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')')
    })
}

/// The source named behind a quotation, past footnote marks and remarks on the quotation, and the
/// number of bytes that all of this takes.
pub(super) fn following(text: &str, begins_line: bool) -> (Option<&str>, usize) {
    // Emphasis around the quotation closes right behind it; further on, an asterisk may be the sign
    // of a list.
    let mut at = text.len() - text.trim_start_matches(['*', '_']).len();
    for _ in 0..=MAX_ASIDES {
        match named_at(&text[at..], begins_line) {
            (Some(name), used) if is_aside(name) => at += used,
            (Some(name), used) => return (Some(name), at + used),
            (None, _) => break,
        }
    }
    (None, at)
}

/// The name that comes next, in brackets or, where the quotation `begins_line`, behind a dash; and
/// the end of it.
fn named_at(text: &str, begins_line: bool) -> (Option<&str>, usize) {
    let rest = text.trim_start_matches(|c| {
        is_note_sign(c) || c.is_whitespace() || matches!(c, '.' | ',' | ';' | ':')
    });
    let skipped = text.len() - rest.len();
    let (open, close) = match rest.chars().next() {
        Some('(') => ('(', ')'),
        Some('[') => ('[', ']'),
        Some('—' | '–' | '―' | '-') if begins_line => {
            let end = rest
                .char_indices()
                .take(REACH)
                .find(|&(_, c)| c == '\n')
                .map_or(rest.len(), |(at, _)| at);
            let name = rest[..end].trim_end();
            return match behind_dash(name).filter(|name| !name.contains(opens)) {
                Some(source) if name.len() <= REACH => (Some(source), skipped + end),
                _ => (None, 0),
            };
        }
        _ => return (None, 0),
    };
    let Some(end) = matching(rest, open, close) else { return (None, 0) };
    let name = rest[1..end].trim();
    // A Markdown link: both its text and its target may be the name.
    if open == '['
        && rest[end + 1..].starts_with('(')
        && let Some(target) = matching(&rest[end + 1..], '(', ')')
    {
        let link = &rest[..end + 1 + target + 1];
        return (Some(if is_aside(name) { name } else { link }), skipped + link.len());
    }
    (Some(name), skipped + end + 1)
}

/// The most footnote marks and remarks between a quotation and its source.
const MAX_ASIDES: usize = 4;

/// Returns whether a character is the mark of a footnote by itself: `¹`, `†`.
fn is_note_sign(c: char) -> bool {
    is_raised(c) || matches!(c, '†' | '‡')
}

/// Returns whether the text in brackets names no source, but a footnote, a page, or a change to the
/// quotation: `12`, `p. 3`, `sic`, `emphasis added`, `our translation`.
fn is_aside(name: &str) -> bool {
    let is_number = |c: char| c.is_ascii_digit() || matches!(c, '-' | '–' | ' ');
    name.starts_with('^')
        || name.split([',', ';']).all(|part| part.chars().all(is_number) || is_remark(part))
}

fn is_remark(part: &str) -> bool {
    let words: Vec<String> =
        text::words(part).take(4).map(|word| text::fold(word.text).into_owned()).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let numbered = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
    match words[..] {
        ["sic" | "emphasis" | "italics" | "translated" | "translation"] => true,
        ["emphasis" | "italics", how, ..] => {
            matches!(how, "added" | "supplied" | "mine" | "ours" | "in" | "removed")
        }
        ["translated" | "translation", how, ..] => matches!(how, "by" | "from" | "mine" | "ours"),
        [whose, "emphasis" | "italics" | "translation"] => {
            matches!(whose, "my" | "our" | "own" | "author" | "authors'")
        }
        ["note" | "n" | "p" | "pp" | "page" | "pages" | "para" | "line" | "lines", number] => {
            numbered(number)
        }
        ["p" | "pp" | "pages" | "lines", from, to] => numbered(from) && numbered(to),
        _ => false,
    }
}

/// The place at which the bracket that `text` begins with is closed.
fn matching(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().take(REACH) {
        if c == open {
            depth += 1;
        } else if c == close {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

/// The text behind a dash that `line` begins with.
fn behind_dash(line: &str) -> Option<&str> {
    let name =
        ["—", "–", "―", "--", "- "].iter().find_map(|dash| line.trim().strip_prefix(dash))?;
    let name = name.trim_start_matches('-').trim();
    let name = name.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')).unwrap_or(name);
    Some(name.trim_end_matches('.').trim()).filter(|name| !name.is_empty())
}

/// A block quote and the source that its last line, or its end, names.
pub(super) fn take_source(text: &str) -> (&str, Option<&str>) {
    let (above, last) = text.rsplit_once('\n').unwrap_or(("", text));
    if !above.trim().is_empty()
        && let Some(source) = source_line(last)
    {
        return (above.trim(), Some(source));
    }
    let Some(open) = text.rfind('(').filter(|_| text.ends_with(')')) else { return (text, None) };
    let inner = text[open + 1..text.len() - 1].trim();
    match text[..open].trim() {
        quote if !quote.is_empty() && !inner.is_empty() => (quote, Some(inner)),
        _ => (text, None),
    }
}

/// A block quote without the footnote marks and remarks at its end.
pub(super) fn without_asides(text: &str) -> &str {
    let mut text = text;
    for _ in 0..MAX_ASIDES {
        text = text.trim_end_matches(is_note_sign);
        let open = if text.ends_with(']') {
            text.rfind('[')
        } else {
            text.rfind('(').filter(|_| text.ends_with(')'))
        };
        match open.filter(|&open| open > 0 && is_aside(&text[open + 1..text.len() - 1])) {
            Some(open) => text = text[..open].trim_end(),
            None => break,
        }
    }
    text
}

/// The source that a line names, if that is all it does: `— source` or `(source)`.
pub(super) fn source_line(line: &str) -> Option<&str> {
    let line = line.trim();
    if line.contains('\n') {
        return None;
    }
    if let Some(name) = behind_dash(line) {
        return Some(name);
    }
    let name = line.strip_prefix('(')?.strip_suffix(')')?.trim();
    if name.is_empty() { None } else { Some(name) }
}
