//! The readable form of a block: white space folded as a reader's eye folds it.

use crate::text::{Plain, PlainBuilder, Span};

/// The readable form of `slice` with nothing but its white space folded, or `None` where it reads as it stands.
pub(super) fn fold(slice: &str) -> Option<Plain> {
    let mut last = ' ';
    let folded = slice.chars().all(|c| {
        let fine = !c.is_whitespace() || (c == ' ' && last != ' ');
        last = c;
        fine
    });
    if folded && last != ' ' {
        return None;
    }
    let mut folder = Folder::new(slice);
    folder.copy(Span::new(0, slice.len()));
    folder.finish()
}

/// Writes a readable form from left to right over one slice: runs of white space become one space, those at the ends
/// none.
pub(super) struct Folder<'a> {
    slice: &'a str,
    plain: PlainBuilder<'a>,
    gap: Gap,
}

/// White space that is waiting for the word behind it.
#[derive(Clone, Copy)]
enum Gap {
    None,
    /// One space, as it stands in the slice.
    Space(usize),
    /// Anything else that reads as a space.
    Wide,
    /// White space with a line break in it.
    Break,
}

impl<'a> Folder<'a> {
    /// Begins the readable form of `slice`.
    pub(super) fn new(slice: &'a str) -> Self {
        Self { slice, plain: PlainBuilder::new(slice), gap: Gap::None }
    }

    /// Copies a stretch of the slice, folding its white space. Stretches must come in order and be disjoint.
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
            // Words with one space between them are copied at a stroke.
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

    /// Writes words that stand for markup, such as an entity.
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

    /// What stands here reads as a line break.
    pub(super) fn line_break(&mut self) {
        self.gap = Gap::Break;
    }

    /// The readable form, or `None` where the slice reads as it stands.
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

    /// Writes the space that is waiting, now that `next` comes behind it.
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

/// Whether a line that ends like `before` and one that begins with `next` belong together without a space: a compound
/// broken at its hyphen, and Chinese or Japanese, which know no spaces.
fn joins(before: &str, next: char) -> bool {
    let mut back = before.chars().rev();
    let Some(last) = back.next() else { return true };
    let compound =
        last == '-' && next.is_lowercase() && back.next().is_some_and(char::is_alphabetic);
    compound || (is_unspaced(last) && is_unspaced(next))
}

/// Whether a character belongs to a script that is written without spaces between its words.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3001}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}' | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character ends a line: what [`crate::text::Position`] counts, and the separators that Unicode adds.
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
    fn text_that_reads_as_it_stands_has_no_other_form() {
        assert_eq!(fold("The town of Spin Boldak."), None);
        assert_eq!(fold(""), None);
    }

    #[test]
    fn white_space_becomes_one_space() {
        assert_eq!(folded("a\n  b\r\nc\u{a0}d\te"), "a b c d e");
        assert_eq!(folded(" a  b "), "a b");
    }

    #[test]
    fn compounds_and_chinese_close_up_at_a_line_break() {
        assert_eq!(folded("cross-\nborder trade -\nand more"), "cross-border trade - and more");
        assert_eq!(folded("阿富\n汗 and 塔\n利班"), "阿富汗 and 塔利班");
    }

    #[test]
    fn the_way_back_leads_to_the_words() {
        let slice = "In May\n   1997 the\tnote";
        let plain = fold(slice).expect("it differs");
        let at = plain.text().find("1997").expect("it is there");
        assert_eq!(plain.to_slice(Span::new(at, at + 4)).of(slice), "1997");
    }
}
