//! Whether digits are a date at all, by what stands around them.

use crate::english::calendar::{precedes_number, precedes_year};
use crate::number::is_measured;
use crate::scan::{
    Small, char_at, char_before, letters, letters_back, skip_digits, skip_space, skip_space_back,
};

/// Whether digits at `at` begin a token of their own, not a part of an amount, a code, a decimal or an address.
///
/// Those at `floor` do: what stands before them has been read as part of a period.
pub(super) fn stands_apart(text: &str, at: usize, floor: usize) -> bool {
    match char_before(text, at) {
        None => true,
        _ if at == floor => true,
        Some('-') => {
            let word = letters_back(text, at - 1);
            !text[..at - 1].ends_with(|c: char| c.is_ascii_digit())
                && (word.is_empty()
                    || matches!(
                        Small::new(word).as_str(),
                        "post" | "pre" | "early" | "mid" | "late"
                    ))
        }
        Some('.' | ',' | ':') => !text[..at - 1].ends_with(|c: char| c.is_ascii_alphanumeric()),
        Some(
            '$' | '€' | '£' | '¥' | '₹' | '₨' | '₽' | '#' | '@' | '_' | '/' | '\\' | '=' | '&'
            | '+' | '−',
        ) => false,
        Some(c) => !c.is_ascii_alphanumeric(),
    }
}

/// Whether digits that end at `at` go on as something else than a word of prose.
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

/// Whether the year that ends at `at` is part of a longer token that is no period: `2000m`, `1997.5`, `2000-strong`.
pub(super) fn is_glued(text: &str, at: usize) -> bool {
    let Some(mark) = char_at(text, at).filter(|c| matches!(c, '-' | '–' | '/')) else {
        return continues(text, at);
    };
    let next = at + mark.len_utf8();
    match skip_digits(text, next) - next {
        2 | 4 => false,
        0 => {
            let word = Small::new(letters(text, next));
            let joins = matches!(
                word.as_str(),
                "" | "present"
                    | "today"
                    | "now"
                    | "era"
                    | "style"
                    | "born"
                    | "based"
                    | "built"
                    | "early"
                    | "mid"
                    | "late"
            );
            mark == '-' && !joins
        }
        _ => true,
    }
}

/// Whether the bare number at `at` is a year, by the words around it.
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

/// Whether the year that ends at `at` is joined to another one: `1645 to 1715`, `1861–1890`.
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

/// Whether what follows `at` is a noun in the plural, which a number before it counts.
fn counts_next(text: &str, at: usize) -> bool {
    let start = skip_space(text, at);
    let word = letters(text, start);
    let is_plural =
        word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && word.is_ascii() && {
            !matches!(
                word,
                "this"
                    | "thus"
                    | "does"
                    | "always"
                    | "perhaps"
                    | "towards"
                    | "besides"
                    | "sometimes"
                    | "marks"
                    | "was"
            )
        };
    let is_small = word.starts_with(|c: char| c.is_ascii_lowercase());
    start > at
        && is_small
        && (is_plural || matches!(word, "people" | "men" | "women" | "children" | "personnel"))
}
