//! Classifies abbreviations, and the words after them that show whether the sentence goes on.

use super::language::{Language, opens_sentence, use_of};
use crate::english::abbreviations::{Use, begins_time_zone, is_labelled};
use crate::english::calendar::is_month_or_weekday;

/// The condition under which the full stop of an abbreviation does not end the sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Always: a title or enumerator.
    Never,
    /// If a number follows: `No. 4`, `pp. 12–14`.
    BeforeNumber,
    /// If a day or a time zone follows: `9 a.m. Monday`.
    BeforeTime,
    /// If it is an ordinal: `16. Oktober`, and in German `der 2. Weltkrieg`.
    Ordinal,
    /// Unless a number is before it: `г. Москва`.
    LastAfterNumber,
    /// Unless the next word is one that is rarely capitalised except at the start of a sentence.
    UnlessOpener,
}

/// Classifies `word`, given without its last full stop. `opens_sentence` says that it is the first
/// word.
pub(super) fn classify(
    word: &str,
    opens_sentence: bool,
    language: Option<&Language>,
) -> Option<Abbreviation> {
    if word.is_empty() {
        return None;
    }
    if opens_sentence && is_enumerator(word) {
        return Some(Abbreviation::Never);
    }
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        return Some(Abbreviation::Ordinal);
    }
    match use_of(word, language) {
        Some(Use::NeverLast) => Some(Abbreviation::Never),
        Some(Use::BeforeNumber) => Some(Abbreviation::BeforeNumber),
        Some(Use::BeforeTime) => Some(Abbreviation::BeforeTime),
        Some(Use::MayBeLast) => Some(Abbreviation::UnlessOpener),
        Some(Use::LastAfterNumber) => Some(Abbreviation::LastAfterNumber),
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

/// Returns whether a single letter is a label after its noun: `plan B`, `Vitamin C`.
pub(super) fn is_label(before: &str, word: &str) -> bool {
    let noun = before.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_capital = word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase());
    is_capital && before.ends_with(char::is_whitespace) && is_labelled(noun)
}

/// Returns whether `text` begins with another initial or a name after initials: `B. Sample`.
pub(super) fn is_initial_next(text: &str) -> bool {
    is_initial(first_word(text)) && text[first_word(text).len()..].starts_with('.')
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

/// Returns whether `text` begins with a word before which a number is an ordinal in German: a
/// month, or a century.
pub(super) fn is_dated_in_german(text: &str) -> bool {
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
            | "Jahrhundert"
            | "Jahrhunderts"
    )
}

/// Returns whether `text` begins with a word that is capitalised only at the start of a sentence.
pub(super) fn is_opening_word(text: &str, language: Option<&Language>) -> bool {
    let word = first_word(text);
    // In `A. B. Sample`, “A” is an initial.
    let is_abbreviated = text[word.len()..].starts_with('.');
    !is_abbreviated && opens_sentence(word, language)
}

/// Returns whether a number after this text is an ordinal.
pub(super) fn is_ordinal_after(text: &str, language: Option<&Language>) -> bool {
    let word = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
    language.is_some_and(|language| language.precedes_ordinal(word))
}

/// Returns whether the full stop between a word and `rest` is within an abbreviation with spaces:
/// `z. B.`, `e. g.`, `и т. д.`.
pub(super) fn is_spaced(word: &str, rest: &str) -> bool {
    let next = first_word(rest);
    let is_letter = |word: &str| word.chars().count() == 1 && word.starts_with(char::is_alphabetic);
    is_letter(word) && word.starts_with(char::is_lowercase) && {
        is_short(next) && rest[next.len()..].starts_with('.')
    }
}

/// Returns the abbreviation with spaces that ends with `word` at the end of `text`, without spaces:
/// `z.B` for `z. B`.
pub(super) fn spaced(text: &str, word: &str) -> Option<String> {
    const MAX_PARTS: usize = 4;
    if !is_short(word) {
        return None;
    }
    let mut joined = word.to_owned();
    let mut before = &text[..text.len() - word.len()];
    for _ in 1..MAX_PARTS {
        let Some(rest) = before.trim_end().strip_suffix('.').filter(|_| before.ends_with(' '))
        else {
            break;
        };
        let part = rest.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        let is_whole = !rest[..rest.len() - part.len()].ends_with(char::is_alphanumeric);
        if !is_short(part) || !is_whole {
            break;
        }
        joined = format!("{part}.{joined}");
        before = &rest[..rest.len() - part.len()];
    }
    (joined.len() > word.len()).then_some(joined)
}

/// Returns whether a word is one or two letters.
fn is_short(word: &str) -> bool {
    matches!(word.chars().take(3).count(), 1 | 2) && word.chars().all(char::is_alphabetic)
}
