//! Parses the scale words, currencies and units of measure around a number.

use crate::english::numbers::scale_behind_digits;
use crate::english::units::{self, Unit};
use crate::scan::{
    Small, char_at, char_before, letters, letters_back, skip_space, skip_space_back,
};

/// The factor of a scale word: `factor` times ten to the `power`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Scale {
    pub(super) factor: u32,
    pub(super) power: u32,
}

impl Scale {
    pub(super) const ONE: Scale = Scale { factor: 1, power: 0 };
    pub(super) const DOZEN: Scale = Scale { factor: 12, power: 0 };

    pub(super) fn power(power: u32) -> Scale {
        Scale { factor: 1, power }
    }

    pub(super) fn times(self, other: Scale) -> Option<Scale> {
        let power = self.power + other.power;
        (power <= 24).then_some(Scale { factor: self.factor.checked_mul(other.factor)?, power })
    }
}

/// Returns whether a scale or unit follows a number that ends at `at`.
pub(crate) fn is_measured(text: &str, at: usize) -> bool {
    scale_at(text, at, false).is_some() || unit_at(text, at).is_some()
}

/// Parses the scale after a number that ends at `at`; also returns its end.
///
/// `is_amount` says that a currency precedes the number: `$5m` is millions, but `5m` is metres.
pub(super) fn scale_at(text: &str, at: usize, is_amount: bool) -> Option<(Scale, usize)> {
    let start = skip_separator(text, at);
    let word = letters(text, start);
    let end = start + word.len();
    if is_joined(text, end) {
        return None;
    }
    let power = match Small::new(word).as_str() {
        "dozen" => return Some((Scale::DOZEN, end)),
        "k" if start == at => 3,
        "m" if start == at && (is_amount || word == "M" || counts_money_or_people(text, end)) => 6,
        "b" if start == at && is_amount => 9,
        "cr" if is_amount => 7,
        word => scale_behind_digits(word)?,
    };
    Some((Scale::power(power), end))
}

fn counts_money_or_people(text: &str, at: usize) -> bool {
    let start = skip_space(text, at);
    letters(text, start) == "people" || currency_name(text, start).is_some()
}

/// Parses the currency before a number at `at`; also returns its start.
pub(super) fn currency_before(
    text: &str,
    at: usize,
    floor: usize,
) -> Option<(&'static str, usize)> {
    let (unit, start) = sign_before(text, at).or_else(|| {
        let end = skip_space_back(text, at);
        sign_before(text, end).or_else(|| code_before(text, end))
    })?;
    (start >= floor).then_some((unit, start))
}

/// Parses `$`, `US$`, `€`, `£` or `₹` before `end`.
fn sign_before(text: &str, end: usize) -> Option<(&'static str, usize)> {
    let sign = char_before(text, end)?;
    let start = end - sign.len_utf8();
    if sign == '$' {
        let country = letters_back(text, start);
        return Some(match units::dollars_of(country) {
            Some(unit) => (unit, start - country.len()),
            None => ("USD", start),
        });
    }
    units::currency_by_sign(sign).map(|unit| (unit, start))
}

/// Parses `Rs`, `Rs.`, `USD` or `PKR` before `end`.
fn code_before(text: &str, end: usize) -> Option<(&'static str, usize)> {
    let end = end - usize::from(text[..end].ends_with('.'));
    let code = letters_back(text, end);
    let unit = units::currency_by_mark(code).or_else(|| units::currency_by_code(code))?;
    Some((unit, end - code.len()))
}

/// Parses the unit after a number that ends at `at`; also returns its end.
pub(super) fn unit_at(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let start = skip_separator(text, at);
    if let Some(found) = unit_sign(text, start) {
        return Some(found);
    }
    if text[at..].starts_with('-') && matches!(letters(text, start), "pound" | "pounds") {
        return Some(("lb", start + letters(text, start).len()));
    }
    if !units::may_begin_unit(Small::new(letters(text, start)).as_str()) {
        return None;
    }
    let (unit, end) = currency_name(text, start).or_else(|| unit_name(text, start, start == at))?;
    if is_joined(text, end) { None } else { Some((unit, end)) }
}

/// Parses `%`, `°C` or `€` after its number.
fn unit_sign(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let sign = char_at(text, at)?;
    let end = at + sign.len_utf8();
    match sign {
        '%' | '٪' | '％' => Some(("%", end)),
        '℃' => Some(("°C", end)),
        '℉' => Some(("°F", end)),
        '°' => {
            let next = skip_space(text, end);
            match letters(text, next) {
                "C" => Some(("°C", next + 1)),
                "F" => Some(("°F", next + 1)),
                _ => Some(("°", end)),
            }
        }
        // A sign before another number belongs to that one: `in 2014 $5`.
        _ if precedes_number(text, end) => None,
        sign => Some((units::currency_by_sign(sign)?, end)),
    }
}

fn currency_name(text: &str, at: usize) -> Option<(&'static str, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    if let Some(code) = units::currency_by_code(word) {
        return (!precedes_number(text, end)).then_some((code, end));
    }
    if let Some((next, next_end)) = word_after(text, end) {
        let (first, second) = (Small::new(word), Small::new(next));
        if let Some(unit) = units::currency_by_phrase(first.as_str(), second.as_str()) {
            return Some((unit, next_end));
        }
        // “Three pounds of butter”.
        if matches!(first.as_str(), "pound" | "pounds") && second.as_str() == "of" {
            return None;
        }
    }
    units::currency_by_word(Small::new(word).as_str()).map(|unit| (unit, end))
}

/// Parses the unit of measure at `at`. `is_attached` says that it directly follows its number,
/// where single letters are units too.
fn unit_name(text: &str, at: usize, is_attached: bool) -> Option<(&'static str, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    if let Some((next, next_end)) = word_after(text, end) {
        let (first, second) = (Small::new(word), Small::new(next));
        if let Some(unit) = two_words(first.as_str(), second.as_str()) {
            return Some((unit, next_end));
        }
    }
    let unit = one_word(word, is_attached)?;
    Some(derived(text, unit, end).unwrap_or((unit.name, end)))
}

fn two_words(first: &str, second: &str) -> Option<&'static str> {
    if units::is_square(first) {
        return one_word(second, false)?.squared;
    }
    if units::is_cubic(first) {
        return one_word(second, false)?.cubed;
    }
    units::unit_by_phrase(first, second).map(|unit| unit.name)
}

fn one_word(word: &str, is_attached: bool) -> Option<&'static Unit> {
    units::unit_by_symbol(word, is_attached)
        .or_else(|| units::unit_by_word(Small::new(word).as_str()))
}

/// Parses what follows a symbol that ends at `end` and turns it into another unit: `km²`, `km2`,
/// `m³`, `km/h`.
fn derived(text: &str, unit: &Unit, end: usize) -> Option<(&'static str, usize)> {
    let rest = &text[end..];
    match unit.name {
        _ if rest.starts_with('²') => Some((unit.squared?, end + '²'.len_utf8())),
        _ if rest.starts_with('2') => Some((unit.squared?, end + 1)),
        "m" if rest.starts_with('³') => Some(("m³", end + '³'.len_utf8())),
        "m" if rest.starts_with('3') => Some(("m³", end + 1)),
        "km" if rest.starts_with("/h") => Some(("km/h", end + 2)),
        "km" if rest.starts_with(" per hour") => Some(("km/h", end + " per hour".len())),
        "mi" if rest.starts_with(" per hour") => Some(("mph", end + " per hour".len())),
        "m" if rest.starts_with("/s") => Some(("m/s", end + 2)),
        _ => None,
    }
}

/// Returns the next word after one that ends at `end`, separated by white space, a full stop or a
/// hyphen; also returns its end.
fn word_after(text: &str, end: usize) -> Option<(&str, usize)> {
    let point = end + usize::from(text[end..].starts_with(['.', '-']));
    let start = skip_space(text, point);
    let word = letters(text, start);
    (start > end && !word.is_empty()).then_some((word, start + word.len()))
}

/// Returns the offset after the white space or hyphen between a number and its unit, if any.
fn skip_separator(text: &str, at: usize) -> usize {
    if text[at..].starts_with('-') { at + 1 } else { skip_space(text, at) }
}

fn precedes_number(text: &str, at: usize) -> bool {
    text.as_bytes().get(skip_space(text, at)).is_some_and(u8::is_ascii_digit)
}

/// Returns whether the word that ends at `at` goes on.
fn is_joined(text: &str, at: usize) -> bool {
    char_at(text, at).is_some_and(|c| c.is_alphanumeric() || c == '_')
}
