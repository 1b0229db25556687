//! Makes text from sources safe to print.

use std::borrow::Cow;

/// Makes text safe to print on one line.
///
/// Control characters and those that reorder text are escaped (`\u{1b}`), so that a source cannot
/// control the terminal or hide text. Line breaks and tabs become spaces.
///
/// ```
/// use pincite_render::visible;
/// assert_eq!(visible("red\u{1b}[31m\tand\u{202e}back"), r"red\u{1b}[31m and\u{202e}back");
/// ```
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |_, c| match c {
        '\n' | '\r' | '\t' => Some(Replacement::Space),
        c if is_unsafe(c) => Some(Replacement::Escape),
        _ => None,
    })
}

/// Makes a document safe to print, like [`visible`], but keeps line breaks (`\n`, `\r\n`) and tabs.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replace(text, |at, c| match c {
        '\n' | '\t' => None,
        '\r' if text[at..].starts_with("\r\n") => None,
        c if is_unsafe(c) => Some(Replacement::Escape),
        _ => None,
    })
}

/// Returns whether `c` controls a terminal or reorders text.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

enum Replacement {
    Space,
    Escape,
}

/// Replaces characters, given with their byte offsets.
fn replace(text: &str, replacement: impl Fn(usize, char) -> Option<Replacement>) -> Cow<'_, str> {
    if !text.char_indices().any(|(at, c)| replacement(at, c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for (at, c) in text.char_indices() {
        match replacement(at, c) {
            None => out.push(c),
            Some(Replacement::Space) => out.push(' '),
            Some(Replacement::Escape) => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_are_escaped() {
        let hostile: String = ('\0'..='\u{9f}').chain('\u{2000}'..='\u{206f}').collect();
        assert!(!visible(&hostile).chars().any(is_unsafe));
        assert!(!visible_lines(&hostile).chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t'));
        assert!(matches!(visible("plain — text"), Cow::Borrowed(_)));
        assert_eq!(visible_lines("a\r\nb\rc\td"), "a\r\nb\\u{d}c\td");
    }
}
