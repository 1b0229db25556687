//! Finds the quantities that a text mentions, in normal form.
//!
//! A claim says “$3 billion” and a source “US$3,000,000,000”: as words they have nothing in common,
//! but both are normalised to `3000000000 USD`. Values are exact decimals, never floating point.
//! Units are not converted: whether 2,640 km equals 1,640 miles is a matter of rounding, and left
//! to the caller.
//!
//! In all functions `at` and `floor` are byte offsets, and a quantity must not begin before
//! `floor`.

mod decimal;
mod digits;
mod unit;
mod words;

pub(super) use self::unit::is_measured;

use self::decimal::Decimal;
use self::unit::{Scale, currency_before, scale_at, unit_at};
use super::Span;
use super::date::{DateMention, dates, month};
use super::scan::{Small, char_at, letters, letters_back, skip_space, skip_space_back};

/// A number with or without a unit that a text mentions: `2,640-kilometre`, `$3 billion`,
/// `twenty-one`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Its span including the unit, in bytes of the text.
    pub span: Span,
    /// The exact value in plain decimal notation: `3000000000`, `2.64`, `-5`.
    pub value: String,
    /// The unit in normal form (`USD`, `km`, `%`), if there is one.
    pub unit: Option<&'static str>,
    /// Set if it is the second end of a range that the quantity before it begins: the `15` of
    /// `10–15`.
    pub ends_range: bool,
}

impl Quantity {
    /// Returns the index term: the value and the unit, if there is one. Equal quantities have equal
    /// terms.
    ///
    /// ```
    /// let term = |text| pincite_text::quantities(text)[0].term();
    /// assert_eq!(term("$3 billion"), "3000000000 USD");
    /// assert_eq!(term("3bn dollars"), "3000000000 USD");
    /// assert_eq!(term("US$3,000,000,000"), "3000000000 USD");
    /// ```
    pub fn term(&self) -> String {
        match self.unit {
            Some(unit) => format!("{} {unit}", self.value),
            None => self.value.clone(),
        }
    }
}

/// Returns the quantities that `text` mentions, in order and disjoint.
///
/// Dates, times of the day, ordinals, fractions, versions, codes (`F-16`, `COVID-19`) and a bare
/// *one* are not quantities. Each end of a range is one, and both get the unit and scale that only
/// the second names: `10–15 million dollars`. Without a country, rupees have the unit `Rs`, dollars
/// `USD`, and pounds `GBP` (`lb` in `500-pound`).
///
/// ```
/// let found = pincite_text::quantities("the 2,640-kilometre line, fenced since 2017");
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].term(), "2640 km");
/// ```
pub fn quantities(text: &str) -> Vec<Quantity> {
    quantities_beside(&dates(text), text)
}

/// Returns the [`quantities`] that `text` mentions, given its [`dates`].
pub fn quantities_beside(dates: &[DateMention], text: &str) -> Vec<Quantity> {
    let mut scanner = Scanner { text, dates, found: Vec::new() };
    let mut at = 0;
    while let Some(start) = next_candidate(text, at) {
        at = match scanner.read(start) {
            Ok(amount) => {
                let end = amount.span.end;
                scanner.push(amount);
                end
            }
            Err(end) => end,
        };
    }
    scanner.found.into_iter().map(Amount::into_quantity).collect()
}

/// A quantity whose scale and unit may still come from the other end of a range.
#[derive(Debug, Clone)]
struct Amount {
    span: Span,
    /// The number without its scale.
    number: Decimal,
    scale: Scale,
    unit: Option<&'static str>,
    /// The product of `number` and `scale`.
    value: Decimal,
    ends_range: bool,
}

impl Amount {
    fn into_quantity(self) -> Quantity {
        Quantity {
            span: self.span,
            value: self.value.to_string(),
            unit: self.unit,
            ends_range: self.ends_range,
        }
    }
}

/// Returns the offset of the next digit, or of the next word that can begin a number.
fn next_candidate(text: &str, mut at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    loop {
        at += bytes[at..].iter().position(u8::is_ascii_alphanumeric)?;
        if bytes[at].is_ascii_digit() {
            return Some(at);
        }
        let len = bytes[at..]
            .iter()
            .position(|byte| !byte.is_ascii_alphabetic())
            .unwrap_or(bytes.len() - at);
        if words::may_begin(&text[at..at + len]) {
            return Some(at);
        }
        at += len;
    }
}

struct Scanner<'a> {
    text: &'a str,
    /// The dates of the text that do not end before the current offset.
    dates: &'a [DateMention],
    found: Vec<Amount>,
}

impl Scanner<'_> {
    /// Parses the quantity whose number is at `at`. The error is the offset at which to resume the
    /// scan.
    fn read(&mut self, at: usize) -> Result<Amount, usize> {
        let text = self.text;
        let floor = self.found.last().map_or(0, |amount| amount.span.end);
        if !text.as_bytes()[at].is_ascii_digit() {
            let words = words::read(text, at, floor)?;
            return self.with_unit(words, None);
        }
        if let Some(end) = self.date_over(at) {
            return Err(end);
        }
        let currency = currency_before(text, at, floor);
        let number = digits::read(text, at, floor, currency.is_some())?;
        self.with_unit(number, currency)
    }

    /// Returns the end of the date that covers `at`. Offsets must not decrease between calls.
    fn date_over(&mut self, at: usize) -> Option<usize> {
        while let [date, later @ ..] = self.dates
            && date.span.end <= at
        {
            self.dates = later;
        }
        self.dates.first().filter(|date| date.span.start <= at).map(|date| date.span.end)
    }

    /// Adds the scale and unit that follow `number`, or the `currency` before it. The error is the
    /// offset at which to resume the scan.
    fn with_unit(
        &self,
        number: Number,
        currency: Option<(&'static str, usize)>,
    ) -> Result<Amount, usize> {
        let text = self.text;
        let mut end = number.end;
        let mut scale = number.scale;
        while let Some((next, scale_end)) = scale_at(text, end, currency.is_some()) {
            scale = scale.times(next).ok_or(number.end)?;
            end = scale_end;
        }
        let mut start = number.start;
        let mut unit = None;
        if let Some((currency, currency_start)) = currency {
            unit = Some(currency);
            start = currency_start;
        } else if let Some((name, unit_end)) = unit_at(text, end) {
            unit = Some(name);
            end = unit_end;
        }
        let is_bare = unit.is_none() && end == number.end;
        if is_bare && (number.is_bare_one || self.is_part_of_other(&number))
            || continues(text, end, is_bare)
        {
            return Err(end.max(number.end));
        }
        let value = number.value.scaled(scale).ok_or(end)?;
        Ok(Amount {
            span: Span::new(start, end),
            number: number.value,
            scale,
            unit,
            value,
            ends_range: false,
        })
    }

    /// Returns whether a bare number is part of a date, a time of the day, an ordinal or a
    /// fraction.
    fn is_part_of_other(&self, number: &Number) -> bool {
        let text = self.text;
        let next = skip_space(text, number.end);
        let before = skip_space_back(text, number.start);
        let before = before - usize::from(text[..before].ends_with('.'));
        is_month(letters(text, next))
            || is_month(letters_back(text, before))
            || matches!(letters(text, next), "am" | "pm" | "AM" | "PM" | "GMT" | "UTC")
            || TIME_MARKS.iter().any(|mark| text[next..].starts_with(mark))
            || words::makes_fraction(text, number.end)
    }

    /// Adds `amount`. If it ends a range, the amount before it gets its scale and unit.
    fn push(&mut self, mut amount: Amount) {
        if let Some(previous) = self.found.last_mut()
            && makes_range(self.text, previous.span, amount.span)
        {
            let same_unit = previous.unit.is_none() || previous.unit == amount.unit;
            let shares_scale =
                same_unit && previous.scale == Scale::ONE && previous.number < amount.number;
            if shares_scale && let Some(value) = previous.number.scaled(amount.scale) {
                previous.value = value;
                previous.scale = amount.scale;
            }
            previous.unit = previous.unit.or(amount.unit);
            amount.ends_range = previous.value < amount.value;
        }
        self.found.push(amount);
    }
}

/// Marks of a time of the day that are not plain words.
const TIME_MARKS: [&str; 6] = ["a.m", "p.m", "A.M", "P.M", "o'clock", "o’clock"];

fn is_month(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_uppercase()) && month(word).is_some()
}

/// A parsed number without the unit, and without a scale after digits.
#[derive(Debug)]
struct Number {
    start: usize,
    end: usize,
    value: Decimal,
    scale: Scale,
    /// Set if it is the word *one* alone, which is a quantity only with a unit.
    is_bare_one: bool,
}

/// Returns whether the token that ends at `at` goes on: a letter follows, or the rest of a clock
/// time or fraction.
fn continues(text: &str, at: usize, is_bare: bool) -> bool {
    let mut chars = text[at..].chars();
    match chars.next() {
        Some(':' | '/') => is_bare && chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_alphanumeric() || c == '_',
        None => false,
    }
}

/// Returns whether two numbers are the ends of a range: `10–15`, `10 to 15`, `between 10 and 15`,
/// `two or three`.
fn makes_range(text: &str, first: Span, second: Span) -> bool {
    let Some(between) = text.get(first.end..second.start).filter(|between| between.len() <= 8)
    else {
        return false;
    };
    match between.trim() {
        "-" | "--" | "–" | "to" | "or" => true,
        "and" => {
            letters_back(text, skip_space_back(text, first.start)).eq_ignore_ascii_case("between")
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests;
