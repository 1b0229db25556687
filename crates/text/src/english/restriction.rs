//! Clauses right after a statement that restrict it, or set something against it.

use super::negation::is_negation;
use super::quoting;
use crate::{is_function_word, lowercase_words, words};

/// A clause, right after a statement, that bears on its sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restriction {
    /// The place of its first word, in bytes of the text behind the statement.
    pub at: usize,
    /// Set if it only sets something against the statement: *but nobody was hurt*. Otherwise it
    /// says when, where or for whom the statement does not hold: *except on Sundays*.
    pub is_contrast: bool,
}

/// Finds the words with which a sentence goes on, right after a statement that ends `before`, and
/// which restrict this statement. `after` is the rest of the sentence.
pub fn restriction(before: &str, after: &str) -> Option<Restriction> {
    let at = after.find(char::is_alphanumeric)?;
    let signs = &after[..at];
    // A number in brackets is a reference mark.
    if let Some(mark) = signs.rfind('[')
        && let Some(end) = after[mark..].find(']')
        && is_reference_mark(&after[mark + 1..mark + end])
    {
        let rest = mark + end + 1;
        let found = restriction(before, &after[rest..])?;
        return Some(Restriction { at: rest + found.at, ..found });
    }
    if signs.contains(['.', '!', '?', '(', '[']) {
        return None;
    }
    let set_off = signs.contains([',', ';', '—', '–', ':']) || signs.contains(" - ");
    let next = lowercase_words(first_words(&after[at..]));
    let phrase = |n: usize| next[..n].join(" ");
    let longest = (1..=next.len().min(quoting::LONGEST))
        .rev()
        .find(|&n| quoting::is_restriction(&phrase(n)) || quoting::is_contrast(&phrase(n)));
    let word = |i: usize| next.get(i).map_or("", String::as_str);
    let is_condition = word(0) == "provided" && set_off && is_function_word(word(1));
    let Some(n) = longest else {
        return is_condition.then_some(Restriction { at, is_contrast: false });
    };
    let said = lowercase_words(before);
    let last = said.last().map_or("", String::as_str);
    let merely = said.windows(2).any(|two| two[0] == "not" && quoting::is_merely(&two[1]));
    let idle = match word(0) {
        "but" => {
            quoting::is_addition(word(1))
                || merely
                || word(1) == "to" && !set_off
                || last == "anything"
        }
        "yet" | "however" | "though" | "nevertheless" | "nonetheless" if n == 1 => !set_off,
        "if" if n == 1 => quoting::is_asking(last) || last == "as" || word(1) == "any",
        // It bounds what is not yet so; of what is, it says how long.
        "until" => !said.iter().any(|word| is_negation(word)),
        _ => false,
    };
    (!idle).then(|| Restriction { at, is_contrast: quoting::is_contrast(&phrase(n)) })
}

/// Takes as much of a text as has the words of the longest phrase of [`quoting`].
pub fn first_words(text: &str) -> &str {
    let end = words(text).take(quoting::LONGEST).last().map_or(0, |word| word.span.end);
    &text[..end]
}

/// Returns whether what stands in brackets refers to a note or a source, or is a remark of editors:
/// `12`, `2, 6–8`, `a`, `note 3`, `citation needed`.
pub fn is_reference_mark(inner: &str) -> bool {
    let inner = inner.trim();
    let is_number = |part: &str| {
        let part = part.trim();
        (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let numbers = || inner.split([',', ';', '-', '–']).all(is_number);
    let named = || {
        let lower = inner.to_lowercase();
        let (word, number) = lower.split_once(' ').unwrap_or((&lower, ""));
        matches!(word, "note" | "n" | "nb" | "ref") && is_number(number)
            || lower.ends_with(" needed")
            || matches!(lower.as_str(), "who?" | "when?" | "where?" | "which?" | "by whom?")
    };
    let letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_lowercase());
    letter || numbers() || named()
}
