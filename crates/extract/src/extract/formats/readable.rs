//! Makes the readable form of a block, with white space folded.

use crate::text::{Plain, PlainBuilder, Span};

/// Folds the white space of `slice`. Returns `None` if nothing changes.
pub(super) fn fold(slice: &str) -> Option<Plain> {
    let mut last = ' ';
    let is_folded = slice.chars().all(|c| {
        let keeps = !c.is_whitespace() || (c == ' ' && last != ' ');
        last = c;
        keeps
    });
    if is_folded && last != ' ' {
        return None;
    }
    let mut folder = Folder::new(slice);
    folder.copy(Span::new(0, slice.len()));
    folder.finish()
}

/// Builds a readable form from left to right over one slice. Runs of white space become one space,
/// and are dropped at the ends.
pub(super) struct Folder<'a> {
    slice: &'a str,
    plain: PlainBuilder<'a>,
    gap: Gap,
}

/// White space that is written when the next word comes.
#[derive(Clone, Copy)]
enum Gap {
    None,
    /// A single space, at this byte offset of the slice.
    Space(usize),
    /// Other white space without a line break.
    Wide,
    /// White space with a line break.
    Break,
}

impl<'a> Folder<'a> {
    /// Starts the readable form of `slice`.
    pub(super) fn new(slice: &'a str) -> Self {
        Self { slice, plain: PlainBuilder::new(slice), gap: Gap::None }
    }

    /// Copies a span of the slice, in bytes, and folds its white space. Spans must be in order and
    /// disjoint.
    pub(super) fn copy(&mut self, span: Span) {
        let mut words = None;
        let mut chars = span.of(self.slice).char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let at = span.start + at;
            if !c.is_whitespace() {
                if words.is_none() {
                    self.close_gap(c);
                    words = Some(at);
                }
                continue;
            }
            // Words separated by single spaces are copied at once.
            if c == ' '
                && words.is_some()
                && chars.peek().is_some_and(|(_, next)| !next.is_whitespace())
            {
                continue;
            }
            if let Some(start) = words.take() {
                self.plain.copy(Span::new(start, at));
            }
            self.space(at, c);
        }
        if let Some(start) = words {
            self.plain.copy(Span::new(start, span.end));
        }
    }

    /// Writes text that replaces markup, such as an entity.
    pub(super) fn write(&mut self, text: &str) {
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            if i > 0 {
                self.gap = Gap::Wide;
            }
            if let Some(first) = word.chars().next() {
                self.close_gap(first);
                self.plain.write(word);
            }
        }
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.gap = Gap::Break;
    }

    /// Returns the readable form, or `None` if it equals the slice.
    pub(super) fn finish(self) -> Option<Plain> {
        self.plain.finish()
    }

    fn space(&mut self, at: usize, c: char) {
        self.gap = match self.gap {
            Gap::Break => Gap::Break,
            _ if is_line_break(c) => Gap::Break,
            Gap::None if c == ' ' => Gap::Space(at),
            _ => Gap::Wide,
        };
    }

    /// Writes the pending space before `next`.
    fn close_gap(&mut self, next: char) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        if self.plain.text().is_empty() {
            return;
        }
        match gap {
            Gap::None => {}
            Gap::Space(at) => self.plain.copy(Span::new(at, at + 1)),
            Gap::Wide => self.plain.write(" "),
            Gap::Break if joins(self.plain.text(), next) => {}
            Gap::Break => self.plain.write(" "),
        }
    }
}

/// Returns whether lines are joined without a space: at the hyphen of a compound, and in Chinese or
/// Japanese. `before` ends the first line, `next` begins the second.
fn joins(before: &str, next: char) -> bool {
    let mut back = before.chars().rev();
    let Some(last) = back.next() else { return true };
    let compound =
        last == '-' && next.is_lowercase() && back.next().is_some_and(char::is_alphabetic);
    compound || (is_unspaced(last) && is_unspaced(next))
}

/// Returns whether a character belongs to a script without spaces between words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Returns whether a character ends a line: one that [`crate::text::Position`] counts, or another
/// separator of Unicode.
pub(super) fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(slice: &str) -> String {
        fold(slice).map_or_else(|| slice.to_owned(), |plain| plain.text().to_owned())
    }

    #[test]
    fn folded_text_has_no_other_form() {
        assert_eq!(fold("The town of Spin Boldak."), None);
        assert_eq!(fold(""), None);
    }

    #[test]
    fn white_space_becomes_one_space() {
        assert_eq!(folded("a\n  b\r\nc\u{a0}d\te"), "a b c d e");
        assert_eq!(folded(" a  b "), "a b");
    }

    #[test]
    fn compounds_and_chinese_are_joined_at_a_line_break() {
        assert_eq!(folded("cross-\nborder trade -\nand more"), "cross-border trade - and more");
        assert_eq!(folded("阿富\n汗 and 塔\n利班"), "阿富汗 and 塔利班");
    }

    #[test]
    fn spans_map_back_to_the_slice() {
        let slice = "In May\n   1997 the\tnote";
        let plain = fold(slice).expect("it differs");
        let at = plain.text().find("1997").expect("it is there");
        assert_eq!(plain.to_slice(Span::new(at, at + 4)).of(slice), "1997");
    }
}
