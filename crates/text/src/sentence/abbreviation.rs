//! Which words a full stop may abbreviate, and what following word tells that the sentence goes on.

use crate::english::abbreviations::{Use, abbreviation, begins_time_zone};
use crate::english::calendar::is_month_or_weekday;
use crate::english::function_words::opens_sentence;

/// When the full stop after a word is part of the word, not the end of the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// It never ends a sentence: a title, an enumerator.
    Never,
    /// It goes on where a number follows: `No. 4`, `pp. 12–14`.
    BeforeNumber,
    /// It goes on where a day or a time zone follows: `9 a.m. Monday`.
    BeforeTime,
    /// It goes on where a German month follows: `16. Oktober`.
    BeforeMonth,
    /// It may end a sentence, and does where the next word is one that seldom stands with a capital elsewhere.
    UnlessOpener,
}

/// What kind of abbreviation `word`, without its last full stop, is. `opens_sentence` says that it is the first word.
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
    listed(word)
        .or_else(|| (is_initial(word) || is_dotted(word)).then_some(Abbreviation::UnlessOpener))
}

fn listed(word: &str) -> Option<Abbreviation> {
    Some(match abbreviation(word)? {
        Use::NeverLast => Abbreviation::Never,
        Use::BeforeNumber => Abbreviation::BeforeNumber,
        Use::BeforeTime => Abbreviation::BeforeTime,
        Use::MayBeLast => Abbreviation::UnlessOpener,
    })
}

/// `1`, `12`, `1.2`, `a`, `IV`.
fn is_enumerator(word: &str) -> bool {
    let parts = || word.split('.');
    let numbers = || {
        parts()
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    let is_letter = || word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic();
    is_letter() || is_roman(word) || numbers()
}

fn is_roman(word: &str) -> bool {
    (1..=5).contains(&word.len())
        && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X' | b'i' | b'v' | b'x'))
}

/// A single letter: `J`, `v`, `г`. Any other small Latin letter is more likely a unit (`2 h`).
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    let letter = |c: char| c.is_alphabetic() && (!c.is_ascii_lowercase() || c == 'v');
    chars.next().is_some_and(letter) && chars.next().is_none()
}

/// One or two letters between full stops: `U.S`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            let letters = part.chars().take(3).filter(|c| c.is_alphabetic()).count();
            (1..=2).contains(&letters) && part.chars().nth(letters).is_none()
        })
}

fn first_word(text: &str) -> &str {
    // Longer words are of no interest here, and a text may be all one word.
    let end = text
        .char_indices()
        .take(20)
        .find(|(_, c)| !c.is_alphanumeric())
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}

/// Whether `text` begins with a number in digits or Roman numerals.
pub(super) fn is_numeral(text: &str) -> bool {
    text.starts_with(|c: char| c.is_numeric()) || is_roman(first_word(text))
}

/// Whether `text` begins with what can follow a time of the day: a weekday, a month, a time zone.
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

/// Whether `text` begins with a function word that has a capital only where it opens a sentence.
pub(super) fn is_opening_word(text: &str) -> bool {
    let word = first_word(text);
    // In `A. B. Smith`, “A” is an initial.
    let is_abbreviated = text[word.len()..].starts_with('.');
    !is_abbreviated && opens_sentence(word)
}
