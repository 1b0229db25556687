//! What every form for people shares: width, styles, wrapping, and text that cannot harm a terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The words that matched.
pub const MATCH: Style = AnsiColor::Red.on_default().bold();
/// What is spoken of: an id, a rank, the quotation asked for.
pub const STRONG: Style = Style::new().bold();
/// What stands around it.
pub const DIM: Style = Style::new().dimmed();
/// Good news.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// Bad news.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// News in between, and warnings.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// The widest that text is set, however wide the terminal is: longer lines are hard to read.
pub const WIDEST: usize = 100;

/// `text` in a style. Escapes are always written; whoever prints strips them where they are not wanted.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// `text` on one line as it may be shown to people: control characters and those that reorder text are written out
/// (`\u{1b}`), so that a source can neither steer a terminal nor hide what it says; line breaks and tabs become spaces.
///
/// ```
/// use pincite_render::visible;
/// assert_eq!(visible("red\u{1b}[31m\tand\u{202e}back"), r"red\u{1b}[31m and\u{202e}back");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |_, c| match c {
        '\n' | '\r' | '\t' => Some(Seen::Space),
        c if is_unsafe(c) => Some(Seen::Escaped),
        _ => None,
    })
}

/// As [`visible`], for whole documents: line breaks (`\n`, `\r\n`) and tabs stay.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    let stays =
        |at: usize, c| matches!(c, '\n' | '\t') || (c == '\r' && text[at..].starts_with("\r\n"));
    replace(text, |at, c| (is_unsafe(c) && !stays(at, c)).then_some(Seen::Escaped))
}

/// Whether a terminal would obey `c`, or it would change the order in which the text around it is seen.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

enum Seen {
    Space,
    Escaped,
}

/// `text` with each character as `seen` says of it and of where it stands.
fn replace(text: &str, seen: impl Fn(usize, char) -> Option<Seen>) -> Cow<'_, str> {
    if !text.char_indices().any(|(at, c)| seen(at, c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match seen(at, c) {
            None => out.push(c),
            Some(Seen::Space) => out.push(' '),
            Some(Seen::Escaped) => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// Sets `text` in lines of at most `width` columns, the first behind `first`, the others behind `rest`; ends with a
/// line break. Styles must not reach across white space, since that is where lines are broken.
pub(crate) fn wrap(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    set(out, text, Options::new(width).initial_indent(first).subsequent_indent(rest));
}

/// As [`wrap`], but breaks at spaces only, so that ids and file names stay whole.
pub(crate) fn wrap_at_spaces(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    let options = Options::new(width).initial_indent(first).subsequent_indent(rest);
    set(
        out,
        text,
        options
            .word_separator(WordSeparator::AsciiSpace)
            .word_splitter(WordSplitter::NoHyphenation),
    );
}

fn set(out: &mut String, text: &str, options: Options<'_>) {
    // Words had to be styled one by one; within a line they need not stay so.
    let seams = [MATCH, STRONG, DIM].map(|style| format!("{style:#} {style}"));
    for line in textwrap::wrap(text, options.wrap_algorithm(WrapAlgorithm::FirstFit)) {
        let joined = seams.iter().fold(line, |line, seam| {
            if line.contains(seam) { line.replace(seam, " ").into() } else { line }
        });
        out.push_str(joined.trim_end());
        out.push('\n');
    }
}

/// `text` with each of its words in `style`, ready for [`wrap`].
pub(crate) fn paint_words(style: Style, text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split_inclusive(char::is_whitespace) {
        let bare = word.trim_end();
        if !bare.is_empty() {
            let _ = write!(out, "{style}{bare}{style:#}");
        }
        out.push_str(&word[bare.len()..]);
    }
    out
}

/// `n` and the noun in its number: `1 file`, `2 files`, `2 queries`.
pub fn count(n: u64, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if n == 1 => format!("{n} {noun}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {noun}s"),
    }
}

/// A list for people: `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_gets_through() {
        let hostile: String = ('\0'..='\u{9f}').chain('\u{2000}'..='\u{206f}').collect();
        assert!(!visible(&hostile).chars().any(is_unsafe));
        assert!(!visible_lines(&hostile).chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t'));
        assert!(matches!(visible("plain — text"), Cow::Borrowed(_)));
        assert_eq!(visible_lines("a\r\nb\rc\td"), "a\r\nb\\u{d}c\td");
    }

    #[test]
    fn wrapping_counts_columns_not_escapes() {
        let text = paint_words(MATCH, "Pakistan recognised the Taliban on 25 May 1997");
        let mut out = String::new();
        wrap(&mut out, &text, 30, " 1  ", "    ");
        let plain = anstream::adapter::strip_str(&out).to_string();
        assert_eq!(plain, " 1  Pakistan recognised the\n    Taliban on 25 May 1997\n");
    }

    #[test]
    fn a_style_is_not_begun_anew_at_each_word() {
        let mut out = String::new();
        wrap(&mut out, &paint_words(DIM, "one two three"), 8, "", "");
        assert_eq!(out, format!("{DIM}one two{DIM:#}\n{DIM}three{DIM:#}\n"));
    }

    #[test]
    fn wide_characters_count_twice() {
        let mut out = String::new();
        wrap(&mut out, "巴基斯坦承认塔利班政权", 10, "", "");
        assert_eq!(out, "巴基斯坦承\n认塔利班政\n权\n");
    }

    #[test]
    fn lists_read_as_people_write_them() {
        let names = |n: &[&str]| list(&n.iter().map(|s| (*s).to_owned()).collect::<Vec<_>>());
        assert_eq!(names(&[]), "");
        assert_eq!(names(&["a", "b"]), "a and b");
        assert_eq!(names(&["a", "b", "c"]), "a, b and c");
    }
}
