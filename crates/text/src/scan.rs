//! Looking forward and back from an offset, for the parsers of dates and numbers.
//!
//! Every look has bounded length, except over digits, so that no input makes parsing quadratic.
//! Offsets are in bytes, on character boundaries.

/// The maximum length of a word: all words in dates and numbers are shorter.
const MAX_WORD_LEN: usize = 20;

/// The maximum number of characters of white space between two words: a line break and an indent.
const MAX_SPACE: usize = 8;

/// Returns the offset after the white space at `at`.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    if !text[at..].starts_with(char::is_whitespace) {
        return at;
    }
    at + text[at..]
        .chars()
        .take(MAX_SPACE)
        .take_while(|c| c.is_whitespace())
        .map(char::len_utf8)
        .sum::<usize>()
}

/// Returns the offset before the white space that ends at `at`.
pub(super) fn skip_space_back(text: &str, at: usize) -> usize {
    let space = text[..at].chars().rev().take(MAX_SPACE).take_while(|c| c.is_whitespace());
    at - space.map(char::len_utf8).sum::<usize>()
}

/// Returns the offset after the ASCII digits at `at`.
pub(super) fn skip_digits(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// Returns the ASCII letters at `at`, or `""` if there are more than [`MAX_WORD_LEN`].
pub(super) fn letters(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes()[at..].iter();
    let len = bytes.take(MAX_WORD_LEN + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if len > MAX_WORD_LEN { "" } else { &text[at..at + len] }
}

/// Returns the ASCII letters that end at `at`, or `""` if there are more than [`MAX_WORD_LEN`].
pub(super) fn letters_back(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes()[..at].iter().rev();
    let len = bytes.take(MAX_WORD_LEN + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if len > MAX_WORD_LEN { "" } else { &text[at - len..at] }
}

/// Returns the character that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// Returns the character that begins at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// A word in lower case, without allocation; empty if it is longer than [`MAX_WORD_LEN`].
pub(super) struct Small {
    bytes: [u8; MAX_WORD_LEN],
    len: usize,
}

impl Small {
    pub(super) fn new(word: &str) -> Self {
        let mut bytes = [0; MAX_WORD_LEN];
        let word = if word.len() <= MAX_WORD_LEN && word.is_ascii() { word } else { "" };
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Self { bytes, len: word.len() }
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}
