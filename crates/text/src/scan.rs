//! Looking a little way forward and back from a place in a text: what dates and numbers are read with.
//!
//! Every look is of bounded length, so that no input makes reading quadratic. Offsets are bytes, on character boundaries.

/// No word that dates or numbers know is longer.
const LONGEST_WORD: usize = 20;

/// How many characters of white space may part two words that are read together: a line break and an indent.
const WIDEST_SPACE: usize = 8;

/// The offset behind the white space that stands at `at`.
pub(super) fn skip_space(text: &str, at: usize) -> usize {
    if !text[at..].starts_with(char::is_whitespace) {
        return at;
    }
    at + text[at..]
        .chars()
        .take(WIDEST_SPACE)
        .take_while(|c| c.is_whitespace())
        .map(char::len_utf8)
        .sum::<usize>()
}

/// The offset before the white space that ends at `at`.
pub(super) fn skip_space_back(text: &str, at: usize) -> usize {
    let space = text[..at].chars().rev().take(WIDEST_SPACE).take_while(|c| c.is_whitespace());
    at - space.map(char::len_utf8).sum::<usize>()
}

/// The offset behind the ASCII digits that stand at `at`.
pub(super) fn skip_digits(text: &str, at: usize) -> usize {
    at + text.as_bytes()[at..].iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The ASCII letters that stand at `at`, or nothing where they are too many for a word of interest.
pub(super) fn letters(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes()[at..].iter();
    let len = bytes.take(LONGEST_WORD + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if len > LONGEST_WORD { "" } else { &text[at..at + len] }
}

/// The ASCII letters that end at `at`, or nothing where they are too many for a word of interest.
pub(super) fn letters_back(text: &str, at: usize) -> &str {
    let bytes = text.as_bytes()[..at].iter().rev();
    let len = bytes.take(LONGEST_WORD + 1).take_while(|byte| byte.is_ascii_alphabetic()).count();
    if len > LONGEST_WORD { "" } else { &text[at - len..at] }
}

/// The character that ends at `at`.
pub(super) fn char_before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The character that begins at `at`.
pub(super) fn char_at(text: &str, at: usize) -> Option<char> {
    text[at..].chars().next()
}

/// `word` in small letters, or nothing where it is too long for a word of interest. Does not allocate.
pub(super) struct Small {
    bytes: [u8; LONGEST_WORD],
    len: usize,
}

impl Small {
    pub(super) fn new(word: &str) -> Self {
        let mut bytes = [0; LONGEST_WORD];
        let word = if word.len() <= LONGEST_WORD && word.is_ascii() { word } else { "" };
        bytes[..word.len()].copy_from_slice(word.as_bytes());
        bytes.make_ascii_lowercase();
        Self { bytes, len: word.len() }
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}
