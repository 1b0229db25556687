//! Styles and line wrapping.

use std::fmt::Write as _;
use std::path::Path;

use anstyle::{AnsiColor, Style};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
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

/// The beginning of a link to a file, whose path follows, percent-encoded and from the current
/// folder (OSC 8).
const LINK: &str = "\u{1b}]8;;file:";

/// The end of the target of a link.
const TARGET_END: &str = "\u{1b}\\";

/// The end of the text of a link.
const LINK_END: &str = "\u{1b}]8;;\u{1b}\\";

/// The characters of a path that stand for themselves in a URL.
const IN_PATH: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Returns `text` as a link to the file at `path`, relative to the current folder. Whoever prints it
/// calls [`with_links`].
pub(crate) fn linked(text: &str, path: &str) -> String {
    let path = utf8_percent_encode(path, IN_PATH);
    format!("{LINK}{path}{TARGET_END}{text}{LINK_END}")
}

/// Makes the links of styled text absolute, from the folder `here`; removes them without one.
pub fn with_links(text: &str, here: Option<&Path>) -> String {
    let mut pieces = text.split(LINK);
    let mut out = pieces.next().unwrap_or_default().to_owned();
    let base = here.map(|here| {
        let here = here.to_string_lossy().replace('\\', "/");
        utf8_percent_encode(here.trim_start_matches('/'), IN_PATH).to_string()
    });
    for piece in pieces {
        let (path, rest) = piece.split_once(TARGET_END).unwrap_or((piece, ""));
        match &base {
            Some(_) if path.starts_with('/') => {
                let _ = write!(out, "{LINK}//{path}{TARGET_END}{rest}");
            }
            Some(base) => {
                let _ = write!(out, "{LINK}///{base}/{path}{TARGET_END}{rest}");
            }
            None => out.push_str(&rest.replacen(LINK_END, "", 1)),
        }
    }
    out
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
    fn links_have_no_width_and_are_made_absolute_or_removed() {
        let text = paint_words(DIM, &format!("¶ 1 · {} · x", linked("a b.txt:7", "a b.txt")));
        let mut out = String::new();
        wrap_at_spaces(&mut out, &text, 20, "", "");
        let with = with_links(&out, Some(Path::new("/home/é")));
        assert!(with.contains("\u{1b}]8;;file:///home/%C3%A9/a%20b.txt\u{1b}\\"), "{with:?}");
        let without = with_links(&out, None);
        assert!(!without.contains("]8;;"), "{without:?}");
        let plain = anstream::adapter::strip_str(&without).to_string();
        assert_eq!(plain, "¶ 1 · a b.txt:7 · x\n");
        assert_eq!(anstream::adapter::strip_str(&with).to_string(), plain);
        let absolute = with_links(&linked("x", "/tmp/x"), Some(Path::new("/home")));
        assert!(absolute.starts_with("\u{1b}]8;;file:///tmp/x\u{1b}"), "{absolute:?}");
    }

    #[test]
    fn wide_characters_count_twice() {
        let mut out = String::new();
        wrap(&mut out, "巴基斯坦承认塔利班政权", 10, "", "");
        assert_eq!(out, "巴基斯坦承\n认塔利班政\n权\n");
    }
}
