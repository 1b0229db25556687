//! Makes the readable form of a block: white space is folded, a word that was broken at the end of
//! a line is joined, and characters without width are dropped.

use crate::text::{Plain, PlainBuilder, Span, is_broken_word, is_zero_width};

/// Folds `slice`. Returns `None` if nothing changes.
pub(super) fn fold(slice: &str) -> Option<Plain> {
    let mut last = ' ';
    let is_folded = slice.chars().all(|c| {
        let keeps = (!c.is_whitespace() && !is_dropped(c)) || (c == ' ' && last != ' ');
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
    /// The place of a hyphen that was read and is yet to be written: it may break a word.
    hyphen: Option<Span>,
    /// Set where a soft hyphen was read last.
    is_soft: bool,
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
        Self {
            slice,
            plain: PlainBuilder::new(slice),
            gap: Gap::None,
            hyphen: None,
            is_soft: false,
        }
    }

    /// Copies a span of the slice, in bytes, and folds it. Spans must be in order and disjoint.
    pub(super) fn copy(&mut self, span: Span) {
        let mut words = None;
        let mut chars = span.of(self.slice).char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let at = span.start + at;
            if is_dropped(c) && !self.keeps(at, c) {
                if let Some(start) = words.take() {
                    self.words(Span::new(start, at));
                }
                self.is_soft = c == '\u{ad}';
                continue;
            }
            if !c.is_whitespace() {
                if words.is_none() {
                    self.close_gap(&self.slice[at..span.end]);
                    words = Some(at);
                }
                continue;
            }
            // Words separated by single spaces are copied at once.
            if c == ' '
                && words.is_some()
                && chars.peek().is_some_and(|(_, next)| !next.is_whitespace() && !is_dropped(*next))
            {
                continue;
            }
            if let Some(start) = words.take() {
                self.words(Span::new(start, at));
            }
            self.space(at, c);
        }
        if let Some(start) = words {
            self.words(Span::new(start, span.end));
        }
    }

    /// Copies words, but for a hyphen at their end that may break one.
    fn words(&mut self, span: Span) {
        let words = span.of(self.slice);
        let hyphen = words.len() - words.trim_end_matches(['-', '‐']).len();
        let one = words[words.len() - hyphen..].chars().count() == 1;
        let kept = span.end - hyphen;
        self.is_soft = false;
        if one && words[..words.len() - hyphen].ends_with(char::is_alphabetic) {
            self.plain.copy(Span::new(span.start, kept));
            self.hyphen = Some(Span::new(kept, span.end));
        } else {
            self.plain.copy(span);
        }
    }

    /// Returns whether a joiner is part of how its word is written, as in Persian or an emoji.
    fn keeps(&self, at: usize, c: char) -> bool {
        let is_latin = |c: char| matches!(c, 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{24f}');
        let before = self.slice[..at].chars().next_back();
        let after = self.slice[at + c.len_utf8()..].chars().next();
        matches!(c, '\u{200c}' | '\u{200d}')
            && !(before.is_some_and(is_latin) && after.is_some_and(is_latin))
    }

    /// Writes text that replaces markup, such as an entity.
    pub(super) fn write(&mut self, text: &str) {
        for (i, word) in text.split(char::is_whitespace).enumerate() {
            if i > 0 {
                self.gap = Gap::Wide;
            }
            if !word.is_empty() {
                self.close_gap(word);
                self.plain.write(word);
            }
        }
    }

    /// Adds a line break.
    pub(super) fn line_break(&mut self) {
        self.gap = Gap::Break;
    }

    /// Returns the readable form, or `None` if it equals the slice.
    pub(super) fn finish(mut self) -> Option<Plain> {
        if let Some(hyphen) = self.hyphen {
            self.plain.copy(hyphen);
        }
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

    /// Writes the pending hyphen and space before `next`.
    fn close_gap(&mut self, next: &str) {
        let gap = std::mem::replace(&mut self.gap, Gap::None);
        let is_soft = std::mem::take(&mut self.is_soft);
        let Some(first) = next.chars().next() else { return };
        let is_break = matches!(gap, Gap::Break);
        if let Some(hyphen) = self.hyphen.take() {
            if is_break && breaks_word(self.plain.text(), next, near(self.slice, hyphen.start)) {
                return;
            }
            self.plain.copy(hyphen);
        }
        if self.plain.text().is_empty() || (is_break && is_soft) {
            return;
        }
        match gap {
            Gap::None => {}
            Gap::Space(at) => self.plain.copy(Span::new(at, at + 1)),
            Gap::Wide => self.plain.write(" "),
            Gap::Break if joins(self.plain.text(), first) => {}
            Gap::Break => self.plain.write(" "),
        }
    }
}

/// The part of `text` around byte `at` that is looked at for how a word is written elsewhere.
fn near(text: &str, at: usize) -> &str {
    /// In bytes, on either side.
    const REACH: usize = 1 << 12;
    let start = (at.saturating_sub(REACH)..=at).find(|&i| text.is_char_boundary(i));
    let end = (at..=text.len().min(at + REACH)).rev().find(|&i| text.is_char_boundary(i));
    text.get(start.unwrap_or(at)..end.unwrap_or(at)).unwrap_or_default()
}

/// Returns whether a hyphen at the end of the line that `before` ends, with `next` on the next
/// line, only breaks a word.
fn breaks_word(before: &str, next: &str, text: &str) -> bool {
    let letters = |c: char| !c.is_alphanumeric();
    let first = &before[before
        .rfind(letters)
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8))..];
    let second = &next[..next.find(letters).unwrap_or(next.len())];
    let compound = before[..before.len() - first.len()].ends_with(['-', '‐']);
    !compound && !second.is_empty() && is_broken_word(first, second, text)
}

/// Returns whether a character may have to be dropped: one without width.
fn is_dropped(c: char) -> bool {
    is_zero_width(c) || matches!(c, '\u{200c}' | '\u{200d}')
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
    fn words_broken_at_a_line_end_are_joined() {
        for (slice, plain) in [
            ("the back-\nground was", "the background was"),
            ("the back‐\r\n   ground", "the background"),
            ("a well-\nknown road", "a well-known road"),
            ("the US-\nled force", "the US-led force"),
            ("his mother-in-\nlaw", "his mother-in-law"),
            ("in 2019-\n20 and Anglo-\nSaxon", "in 2019- 20 and Anglo- Saxon"),
            ("a steam-ship or steam-\nship", "a steam-ship or steam-ship"),
            ("wellknown: the well-\nknown", "wellknown: the wellknown"),
            ("pre- and post-war", "pre- and post-war"),
            ("it ended -\nand", "it ended - and"),
            ("it ended-", "it ended-"),
            ("co\u{ad}oper\u{ad}\nate", "cooperate"),
            ("re\u{200b}built\u{feff} by\u{2060} us", "rebuilt by us"),
            ("Ka\u{200c}bul می\u{200c}خواهم", "Kabul می\u{200c}خواهم"),
        ] {
            assert_eq!(folded(slice), plain, "{slice:?}");
        }
        let slice = "the back-\nground was";
        let plain = fold(slice).expect("it differs");
        let at = plain.text().find("background").expect("it is there");
        assert_eq!(plain.to_slice(Span::new(at, at + 10)).of(slice), "back-\nground");
    }

    #[test]
    fn spans_map_back_to_the_slice() {
        let slice = "In May\n   1997 the\tnote";
        let plain = fold(slice).expect("it differs");
        let at = plain.text().find("1997").expect("it is there");
        assert_eq!(plain.to_slice(Span::new(at, at + 4)).of(slice), "1997");
    }
}
