//! Styles and line wrapping.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};
use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// The style of matched words.
pub const MATCH: Style = AnsiColor::Red.on_default().bold();
/// The style of emphasis: an id, a rank, the requested quotation.
pub const STRONG: Style = Style::new().bold();
/// The style of secondary text.
pub const DIM: Style = Style::new().dimmed();
/// The style of good results.
pub const GOOD: Style = AnsiColor::Green.on_default().bold();
/// The style of bad results.
pub const BAD: Style = AnsiColor::Red.on_default().bold();
/// The style of warnings and mixed results.
pub const WARN: Style = AnsiColor::Yellow.on_default().bold();

/// The maximum width of text in columns, whatever the width of the terminal: longer lines are hard
/// to read.
pub const WIDEST: usize = 100;

/// Returns `text` in a style. The escapes are always there; the caller strips them if they are not
/// wanted.
pub fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// Wraps `text` to lines of at most `width` columns, with the indent `first` and then `rest`, and a
/// final line break. Styles must not span white space, where lines are broken.
pub(crate) fn wrap(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    write_lines(out, text, Options::new(width).initial_indent(first).subsequent_indent(rest));
}

/// Wraps like [`wrap`], but only at spaces, so that ids and file names are not broken.
pub(crate) fn wrap_at_spaces(out: &mut String, text: &str, width: usize, first: &str, rest: &str) {
    let options = Options::new(width)
        .initial_indent(first)
        .subsequent_indent(rest)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation);
    write_lines(out, text, options);
}

fn write_lines(out: &mut String, text: &str, options: Options<'_>) {
    // Each word has its own escapes for wrapping, which are redundant within a line.
    let seams = [MATCH, STRONG, DIM].map(|style| format!("{style:#} {style}"));
    for line in textwrap::wrap(text, options.wrap_algorithm(WrapAlgorithm::FirstFit)) {
        let joined = seams.iter().fold(line, |line, seam| {
            if line.contains(seam) { line.replace(seam, " ").into() } else { line }
        });
        out.push_str(joined.trim_end());
        out.push('\n');
    }
}

/// Returns `text` with each of its words in `style`, for [`wrap`].
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapping_counts_columns_not_escapes() {
        let text = paint_words(MATCH, "Pakistan recognised the Taliban on 25 May 1997");
        let mut out = String::new();
        wrap(&mut out, &text, 30, " 1  ", "    ");
        let plain = anstream::adapter::strip_str(&out).to_string();
        assert_eq!(plain, " 1  Pakistan recognised the\n    Taliban on 25 May 1997\n");
    }

    #[test]
    fn words_on_a_line_share_a_style() {
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
}
