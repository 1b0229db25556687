//! [`Position`]: one place in a text, in every coordinate space that a citation gives.

use serde::{Deserialize, Serialize};

/// One place in a canonical text, as a byte offset and what that is in the other coordinate spaces.
///
/// The four move together: a position is only ever made by walking over the text from the start
/// ([`Position::START`]) or from a position already known ([`Position::after`]), so that they cannot disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Position {
    /// Bytes before it (UTF-8), from 0.
    pub byte: usize,
    /// Unicode code points before it, from 0.
    pub char: usize,
    /// UTF-16 code units before it, from 0: what JavaScript and Java count.
    pub utf16: usize,
    /// The line it stands on, counted from 1. A line ends at `\n`, `\r\n` or a lone `\r`.
    pub line: usize,
}

impl Position {
    /// The start of a text.
    pub const START: Position = Position { byte: 0, char: 0, utf16: 0, line: 1 };

    /// The position just past `text`, which starts at `self`.
    ///
    /// Where `text` is a part of something longer, it must not end between the `\r` and the `\n` of one line break.
    ///
    /// ```
    /// use pincite_text::Position;
    /// let end = Position::START.after("né 😀\r\nx");
    /// assert_eq!((end.byte, end.char, end.utf16, end.line), (11, 7, 8, 2));
    /// ```
    #[must_use]
    pub fn after(self, text: &str) -> Position {
        // Count by count, each as fast as vector instructions are: every byte of a corpus passes here twice.
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
    fn every_kind_of_line_end_counts_once() {
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
        fn walking_in_steps_arrives_at_the_same_place(text in any_text(), at in any::<prop::sample::Index>()) {
            let cut = text.char_indices().map(|(at, _)| at).nth(at.index(text.chars().count().max(1))).unwrap_or(0);
            prop_assume!(!(text[..cut].ends_with('\r') && text[cut..].starts_with('\n')));
            let stepwise = Position::START.after(&text[..cut]).after(&text[cut..]);
            prop_assert_eq!(stepwise, Position::START.after(&text));
        }
    }
}
