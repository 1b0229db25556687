//! Tells years from other numbers by the text around them.

use crate::english::calendar::{precedes_number, precedes_year};
use crate::number::is_measured;
use crate::scan::{
    Small, char_at, char_before, letters, letters_back, skip_digits, skip_space, skip_space_back,
};

/// Words that may follow a year and a hyphen: `1990-born`.
const FOLLOW_YEAR: [&str; 11] =
    ["present", "today", "now", "era", "style", "born", "based", "built", "early", "mid", "late"];

/// Words with the ending of a plural that a number does not count.
const SINGULARS_IN_S: [&str; 9] =
    ["this", "thus", "does", "always", "perhaps", "towards", "besides", "sometimes", "marks"];

const PLURALS_WITHOUT_S: [&str; 5] = ["people", "men", "women", "children", "personnel"];

/// Returns whether the digits at `at` begin a token, and are not part of an amount, a code, a
/// decimal or a URL.
///
/// Digits at `floor` always do: the text before them was parsed as the start of a period.
pub(super) fn begins_token(text: &str, at: usize, floor: usize) -> bool {
    match char_before(text, at) {
        None => true,
        _ if at == floor => true,
        Some('-') => {
            let prefix = Small::new(letters_back(text, at - 1));
            !text[..at - 1].ends_with(|c: char| c.is_ascii_digit())
                && matches!(prefix.as_str(), "" | "post" | "pre" | "early" | "mid" | "late")
        }
        Some('.' | ',' | ':') => !text[..at - 1].ends_with(|c: char| c.is_ascii_alphanumeric()),
        Some(
            '$' | '€' | '£' | '¥' | '₹' | '₨' | '₽' | '#' | '@' | '_' | '/' | '\\' | '=' | '&'
            | '+' | '−',
        ) => false,
        Some(c) => !c.is_ascii_alphanumeric(),
    }
}

/// Returns whether the token of the digits that end at `at` goes on.
pub(super) fn continues(text: &str, at: usize) -> bool {
    let mut chars = text[at..].chars();
    match chars.next() {
        Some('.' | ',' | ':' | '/' | '-' | '–') => {
            chars.next().is_some_and(|c| c.is_ascii_digit())
        }
        Some(c) => c.is_ascii_alphanumeric() || matches!(c, '_' | '%' | '°'),
        None => false,
    }
}

/// Returns whether the year that ends at `at` is part of a longer token that is not a period:
/// `2000m`, `1997.5`, `2000-strong`.
pub(super) fn is_part_of_token(text: &str, at: usize) -> bool {
    let Some(mark) = char_at(text, at).filter(|c| matches!(c, '-' | '–' | '/')) else {
        return continues(text, at);
    };
    let next = at + mark.len_utf8();
    match skip_digits(text, next) - next {
        2 | 4 => false,
        0 => {
            let word = Small::new(letters(text, next));
            mark == '-' && !word.as_str().is_empty() && !FOLLOW_YEAR.contains(&word.as_str())
        }
        _ => true,
    }
}

/// Returns whether the four digits at `at` are a year, by the words around them.
pub(super) fn is_year(text: &str, at: usize, year: i16) -> bool {
    let end = at + 4;
    let before = skip_space_back(text, at);
    let before = before - usize::from(text[..before].ends_with('.'));
    let previous = Small::new(letters_back(text, before));
    if precedes_number(previous.as_str()) || is_measured(text, end) {
        return false;
    }
    let counts = counts_next(text, end);
    let dated = precedes_year(previous.as_str());
    if year >= 1900 {
        let vague = matches!(previous.as_str(), "about" | "around" | "of" | "killed" | "killing");
        !(counts && !dated && (vague || year % 100 == 0))
    } else {
        !counts
            && (dated
                || matches!(previous.as_str(), "" | "the" | "of" | "or" | "around" | "period")
                || begins_period(text, end))
    }
}

/// Returns whether the year that ends at `at` is joined to another one: `1645 to 1715`,
/// `1861–1890`.
fn begins_period(text: &str, at: usize) -> bool {
    let start = skip_space(text, at);
    let next = match char_at(text, start) {
        Some(dash @ ('-' | '–')) => start + dash.len_utf8(),
        _ => start + letters(text, start).len(),
    };
    let is_joint = matches!(&text[start..next], "-" | "–" | "to" | "until" | "till" | "through");
    let digits = skip_space(text, next);
    is_joint && skip_digits(text, digits) == digits + 4
}

/// Returns whether a plural noun follows `at`, which a number before it counts.
fn counts_next(text: &str, at: usize) -> bool {
    let start = skip_space(text, at);
    let word = letters(text, start);
    let has_ending = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss");
    start > at
        && word.starts_with(|c: char| c.is_ascii_lowercase())
        && (has_ending && !SINGULARS_IN_S.contains(&word) || PLURALS_WITHOUT_S.contains(&word))
}
