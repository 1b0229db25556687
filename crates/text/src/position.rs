//! [`Position`]: a place in a text in all coordinate spaces of a citation.

use serde::{Deserialize, Serialize};

/// A place in a canonical text, in bytes and in the other coordinate spaces.
///
/// A position is only made by walking over the text from the start ([`Position::START`]) or from a
/// known position ([`Position::after`]), so that its fields always agree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// The number of bytes (UTF-8) before it.
    pub byte: usize,
    /// The number of Unicode code points before it.
    pub char: usize,
    /// The number of UTF-16 code units before it: the offset in JavaScript and Java.
    pub utf16: usize,
    /// The number of its line, from 1. A line ends at `\n`, `\r\n` or a lone `\r`.
    pub line: usize,
}

impl Position {
    /// The start of a text.
    pub const START: Position = Position { byte: 0, char: 0, utf16: 0, line: 1 };

    /// Returns the place in a text at which a part of it starts at `start`, and this is the place
    /// in the part.
    #[must_use]
    pub fn shifted(self, start: Position) -> Position {
        Position {
            byte: start.byte + self.byte,
            char: start.char + self.char,
            utf16: start.utf16 + self.utf16,
            line: start.line + self.line - 1,
        }
    }

    /// Returns the position at the end of `text`, which starts at `self`.
    ///
    /// `text` must not end between the `\r` and the `\n` of a line break.
    ///
    /// ```
    /// use pincite_text::Position;
    /// let end = Position::START.after("né 😀\r\nx");
    /// assert_eq!((end.byte, end.char, end.utf16, end.line), (11, 7, 8, 2));
    /// ```
    #[must_use]
    pub fn after(self, text: &str) -> Position {
        // Several passes, because each of them is vectorised: every byte of a corpus is counted
        // twice here.
        let chars = text.chars().count();
        // Four-byte characters need a surrogate pair.
        let pairs =
            if chars == text.len() { 0 } else { text.bytes().filter(|&byte| byte >= 0xF0).count() };
        let returns = text.matches('\r').count();
        let joined = if returns == 0 { 0 } else { text.matches("\r\n").count() };
        Position {
            byte: self.byte + text.len(),
            char: self.char + chars,
            utf16: self.utf16 + chars + pairs,
            line: self.line + text.matches('\n').count() + returns - joined,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_text::any_text;

    fn lines(text: &str) -> usize {
        Position::START.after(text).line
    }

    #[test]
    fn every_kind_of_line_break_counts_once() {
        assert_eq!(lines("a\nb\r\nc\rd"), 4);
        assert_eq!(lines("\r\n\r\n"), 3);
        assert_eq!(lines("\n\r"), 3);
        assert_eq!(lines("a\u{2028}b\u{85}c\0"), 1);
    }

    proptest! {
        #[test]
        fn agrees_with_the_standard_library(text in any_text()) {
            let end = Position::START.after(&text);
            prop_assert_eq!(end.byte, text.len());
            prop_assert_eq!(end.char, text.chars().count());
            prop_assert_eq!(end.utf16, text.encode_utf16().count());
            let breaks = text.replace("\r\n", "\n").matches(['\n', '\r']).count();
            prop_assert_eq!(end.line, 1 + breaks);
        }

        #[test]
        fn steps_add_up(text in any_text(), at in any::<prop::sample::Index>()) {
            let nth = at.index(text.chars().count().max(1));
            let cut = text.char_indices().map(|(at, _)| at).nth(nth).unwrap_or(0);
            prop_assume!(!(text[..cut].ends_with('\r') && text[cut..].starts_with('\n')));
            let stepwise = Position::START.after(&text[..cut]).after(&text[cut..]);
            prop_assert_eq!(stepwise, Position::START.after(&text));
        }
    }
}
