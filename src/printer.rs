//! [`Printer`]: the only code that writes to the standard streams.

use std::fmt::Write as _;
use std::io::{self, Write};

use anstream::adapter::strip_str;
use anstream::{AutoStream, ColorChoice};
use unicode_width::UnicodeWidthStr;

use pincite_core::text::Span;
use pincite_core::wire::problem::Problem;
use pincite_core::{Error, Result};
use pincite_render::{
    BAD, GOOD, STRONG, WARN, WIDEST, json, paint, visible, visible_lines, with_links,
};

use crate::hints::hint;
use crate::pager;

/// The minimum width of wrapped text, in columns.
const NARROWEST: usize = 40;

/// Prints to standard output and standard error.
pub(super) struct Printer {
    color: ColorChoice,
    quiet: bool,
    pages: bool,
}

impl Printer {
    /// A printer that shows long text in a pager if `pages`.
    pub(super) fn new(color: ColorChoice, quiet: bool, pages: bool) -> Self {
        Self { color, quiet, pages }
    }

    /// Returns whether only errors go to standard error.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Returns the width to wrap text at, in columns: `COLUMNS`, or else the width of the terminal,
    /// within limits, or else a constant.
    pub(super) fn width(&self) -> usize {
        let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
        let width = if let Some(columns) = columns {
            columns
        } else if let Some((width, _)) = terminal_size::terminal_size_of(io::stdout()) {
            width.0.into()
        } else {
            WIDEST
        };
        width.clamp(NARROWEST, WIDEST)
    }

    /// Prints styled text to standard output, in a pager if it is longer than the terminal is high;
    /// styles are dropped if colours are off, and links if the terminal does not take them.
    pub(super) fn styled(&self, text: &str) -> Result<()> {
        let choice = match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stdout()),
            choice => choice,
        };
        if self.pages && pager::is_needed(text) {
            let mut text = with_links(text, None);
            if choice == ColorChoice::Never {
                text = strip_str(&text).to_string();
            }
            if pager::show(&text) {
                return Ok(());
            }
        }
        let takes_links = supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout);
        let here = std::env::current_dir().ok().filter(|_| takes_links);
        let text = with_links(text, here.as_deref());
        written(AutoStream::new(io::stdout().lock(), choice).write_all(text.as_bytes()))
    }

    /// Prints a document for other programs to standard output.
    pub(super) fn document(&self, text: &str) -> Result<()> {
        let mut stdout = io::stdout().lock();
        written(stdout.write_all(visible_lines(text).as_bytes()).and_then(|()| stdout.flush()))
    }

    /// Prints a note to standard error.
    pub(super) fn note(&self, text: &str) {
        if !self.quiet {
            self.say(&visible_lines(text));
        }
    }

    /// Prints a warning to standard error.
    pub(super) fn warning(&self, text: &str) {
        if !self.quiet {
            self.say(&format!("{} {}", paint(WARN, "warning:"), visible_lines(text)));
        }
    }

    /// Prints that something went wrong although the work went on, even with `--quiet`.
    pub(super) fn failure(&self, text: &str) {
        self.say(&format!("{} {}", paint(BAD, "error:"), visible_lines(text)));
    }

    /// Prints an error to standard error, with a hint.
    pub(super) fn error(&self, error: &Error) {
        let mut text = format!("{} {}", paint(BAD, "error:"), visible_lines(&error.to_string()));
        if let Error::Query { query, span, .. } = error {
            let _ = write!(text, "\n{}", caret(query, *span));
        }
        if let Some(hint) = hint(error) {
            let _ = write!(text, "\n{} {}", paint(GOOD, "hint:"), visible_lines(&hint));
        }
        self.say(&text);
    }

    /// Prints a problem to standard error as a line of JSON.
    pub(super) fn problem(&self, problem: &Problem) {
        // Without standard error there is nowhere to report this.
        let _ = write!(io::stderr(), "{}", json::problem(problem));
    }

    fn say(&self, text: &str) {
        let choice = match self.color {
            ColorChoice::Auto => AutoStream::choice(&io::stderr()),
            choice => choice,
        };
        // Without standard error there is nowhere to report this.
        let _ = writeln!(AutoStream::new(io::stderr().lock(), choice), "{text}");
    }
}

/// Ignores the error of a closed pipe (`| head`).
fn written(result: io::Result<()>) -> Result<()> {
    match result {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Error::io("write", "standard output")(error))
        }
        _ => Ok(()),
    }
}

/// The maximum number of characters of a query to show before, in and after the span of an error.
const SHOWN: usize = 60;

/// Writes the query, or the part of it around the error, with carets under the error.
fn caret(query: &str, span: Span) -> String {
    let before = query.get(..span.start).unwrap_or_default();
    let before = match before.char_indices().nth_back(SHOWN) {
        Some((start, c)) => format!("…{}", visible(&before[start + c.len_utf8()..])),
        None => visible(before).into_owned(),
    };
    let offending = shortened(query.get(span.start..span.end).unwrap_or_default());
    let mut after = String::new();
    if !offending.ends_with('…') {
        after = shortened(query.get(span.end..).unwrap_or_default());
    }
    let carets = "^".repeat(offending.width().max(1));
    format!(
        "  {before}{offending}{after}\n  {}{}",
        " ".repeat(before.width()),
        paint(STRONG, &carets)
    )
}

/// Returns the first characters of `text`, with control characters escaped.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", visible(&text[..end])),
        None => visible(text).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(query: &str, start: usize, end: usize) -> String {
        anstream::adapter::strip_str(&caret(query, Span::new(start, end))).to_string()
    }

    #[test]
    fn carets_are_under_the_offending_columns() {
        assert_eq!(shown("ab \"cd", 3, 6), "  ab \"cd\n     ^^^");
        assert_eq!(shown("承认 (x", 7, 8), "  承认 (x\n       ^");
        assert_eq!(shown("a\u{1b}(", 2, 3), "  a\\u{1b}(\n         ^");
    }

    #[test]
    fn a_place_outside_the_query_is_no_panic() {
        assert_eq!(shown("ab", 2, 2), "  ab\n    ^");
        assert_eq!(shown("é", 1, 9), "  \n  ^");
    }

    #[test]
    fn of_a_long_query_only_the_part_around_the_place_is_shown() {
        let (word, many) = ("ab ", "ab ".repeat(1000));
        let place = Span::new(many.len(), many.len() + 1);
        let lines = shown(&format!("{many}( {many}"), place.start, place.end);
        let part = word.repeat(SHOWN / word.len());
        assert_eq!(
            lines,
            format!("  …{part}( {}…\n  {}^", &part[..SHOWN - 1], " ".repeat(SHOWN + 1))
        );
        let all = shown(&many, 0, many.len());
        assert_eq!(all, format!("  {part}…\n  {}", "^".repeat(SHOWN + 1)));
    }
}
