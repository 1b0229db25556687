//! Classifies abbreviations, and the words after them that show whether the sentence goes on.

use crate::english::abbreviations::{Use, abbreviation, begins_time_zone};
use crate::english::calendar::is_month_or_weekday;
use crate::english::function_words::opens_sentence;

/// The condition under which the full stop of an abbreviation does not end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Always: a title or enumerator.
    Never,
    /// If a number follows: `No. 4`, `pp. 12–14`.
    BeforeNumber,
    /// If a day or a time zone follows: `9 a.m. Monday`.
    BeforeTime,
    /// If a German month follows: `16. Oktober`.
    BeforeMonth,
    /// Unless the next word is one that is rarely capitalised except at the start of a sentence.
    UnlessOpener,
}

/// Classifies `word`, given without its last full stop. `opens_sentence` says that it is the first
/// word.
pub(super) fn classify(word: &str, opens_sentence: bool) -> Option<Abbreviation> {
    if word.is_empty() {
        return None;
    }
    if opens_sentence && is_enumerator(word) {
        return Some(Abbreviation::Never);
    }
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Abbreviation::BeforeMonth);
    }
    match abbreviation(word) {
        Some(Use::NeverLast) => Some(Abbreviation::Never),
        Some(Use::BeforeNumber) => Some(Abbreviation::BeforeNumber),
        Some(Use::BeforeTime) => Some(Abbreviation::BeforeTime),
        Some(Use::MayBeLast) => Some(Abbreviation::UnlessOpener),
        None if is_initial(word) || is_dotted(word) => Some(Abbreviation::UnlessOpener),
        None => None,
    }
}

/// Returns whether a word is an enumerator: `1`, `12`, `1.2`, `a`, `IV`.
fn is_enumerator(word: &str) -> bool {
    let is_letter = word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
    is_letter
        || is_roman(word)
        || word
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

fn is_roman(word: &str) -> bool {
    (1..=5).contains(&word.len())
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'i' | b'v' | b'x'))
}

/// Returns whether a word is a single letter: `J`, `v`, `г`. Other lower-case Latin letters are
/// more likely units (`2 h`).
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = |c: char| c.is_alphabetic() && (!c.is_ascii_lowercase() || c == 'v');
    chars.next().is_some_and(letter) && chars.next().is_none()
}

/// Returns whether a word has one or two letters between full stops: `U.S`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let letters = part.chars().take(3).filter(|c| c.is_alphabetic()).count();
            (1..=2).contains(&letters) && part.chars().nth(letters).is_none()
        })
}

fn first_word(text: &str) -> &str {
    // Longer words are never looked up, and a text may be one long word.
    let end = text
        .char_indices()
        .take(20)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Returns whether `text` begins with a number in digits or Roman numerals.
pub(super) fn is_numeral(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric()) || is_roman(first_word(text))
}

/// Returns whether `text` begins with a weekday, a month or a time zone.
pub(super) fn is_time(text: &str) -> bool {
    let word = first_word(text);
    let is_zone = (2..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    is_zone || is_month_or_weekday(word) || begins_time_zone(word)
}

pub(super) fn is_german_month(text: &str) -> bool {
    matches!(
        first_word(text),
        "Januar"
            | "Jänner"
            | "Februar"
            | "März"
            | "April"
            | "Mai"
            | "Juni"
            | "Juli"
            | "August"
            | "September"
            | "Oktober"
            | "November"
            | "Dezember"
    )
}

/// Returns whether `text` begins with a function word that is capitalised only at the start of a
/// sentence.
pub(super) fn is_opening_word(text: &str) -> bool {
    let word = first_word(text);
    // In `A. B. Sample`, “A” is an initial.
    let is_abbreviated = text[word.len()..].starts_with('.');
    !is_abbreviated && opens_sentence(word)
}
