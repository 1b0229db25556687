//! Hyphens at the ends of lines: whether one breaks a word or belongs to a compound.

use super::english::hyphens::is_compound;

/// Returns whether a hyphen between `first`, at the end of a line, and `second`, at the beginning
/// of the next, only breaks a word of `text`: *back-⏎ground*, but not *well-⏎known*, *US-⏎led*,
/// *mother-in-⏎law* or *2019-⏎20*.
///
/// The spelling that the text has elsewhere decides first, joined or with a hyphen; then a table of
/// the words that make up compounds. Both halves must be letters and the second lower-case.
///
/// ```
/// use pincite_text::is_broken_word;
/// assert!(is_broken_word("back", "ground", "The back-\nground was dark."));
/// assert!(!is_broken_word("well", "known", "A well-\nknown road."));
/// assert!(!is_broken_word("steam", "ship", "A steam-ship; the other steam-\nship."));
/// ```
pub fn is_broken_word(first: &str, second: &str, text: &str) -> bool {
    let letters = |part: &str| part.chars().all(char::is_alphabetic);
    // One letter makes a compound: e-mail, X-ray. So do capitals: US-led.
    let can_break = letters(first)
        && letters(second)
        && second.chars().all(char::is_lowercase)
        && first.chars().nth(1).is_some()
        && first.chars().skip(1).all(char::is_lowercase);
    if !can_break || text.contains(&format!("{first}-{second}")) {
        return false;
    }
    let joined = format!("{first}{second}");
    text.contains(&joined) || !is_compound(&first.to_lowercase(), second)
}

/// Returns whether a character leaves no trace on the page and in no script separates letters: soft
/// hyphen, word joiner, zero-width space, byte order mark.
pub fn is_zero_width(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}
