//! Numbers and quantities that a text mentions, in one normal form.
//!
//! A claim says “$3 billion” and a source “US$3,000,000,000”: as words they have nothing in common. Here both become
//! `3000000000 USD`. Values are exact decimals, never floating point. Nothing is converted between units: whether
//! 2,640 km are 1,640 miles is a question of rounding, for whoever compares.

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

/// A number, or a number with a unit, that a text mentions: `2,640-kilometre`, `$3 billion`, `3bn dollars`, `two of three`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantity {
    /// Where it stands, unit included, in bytes of the text.
    pub span: Span,
    /// The exact value in plain decimal notation: `3000000000`, `2.64`, `-5`.
    pub value: String,
    /// The unit in its normal form (`USD`, `km`, `%`), where one is named.
    pub unit: Option<&'static str>,
}

impl Quantity {
    /// The term under which equal quantities meet in an index: the value, with its unit where there is one.
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

/// The quantities that `text` mentions, in order and disjoint.
///
/// Dates, times of the day, ordinals, fractions, versions, codes (`F-16`, `COVID-19`) and a bare *one* are none. Both
/// ends of a range count, and share the unit and scale that only the second one names: `10–15 million dollars`. Rupees of
/// no named country have the unit `Rs`, dollars `USD`, pounds `GBP` (`lb` in `500-pound`).
///
/// ```
/// let terms = |text| pincite_text::quantities(text).iter().map(|quantity| quantity.term()).collect::<Vec<_>>();
/// assert_eq!(terms("the 2,640-kilometre line, fenced since 2017"), ["2640 km"]);
/// assert_eq!(terms("between ten and 15 per cent"), ["10 %", "15 %"]);
/// ```
pub fn quantities(text: &str) -> Vec<Quantity> {
    quantities_beside(&dates(text), text)
}

/// The [`quantities`] that `text` mentions, whose [`dates`] are at hand.
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

/// A quantity while its neighbours may still tell more of it.
#[derive(Debug, Clone)]
struct Amount {
    span: Span,
    /// The number before its scale word.
    number: Decimal,
    scale: Scale,
    unit: Option<&'static str>,
    value: Decimal,
}

impl Amount {
    fn into_quantity(self) -> Quantity {
        Quantity { span: self.span, value: self.value.to_string(), unit: self.unit }
    }
}

/// Where the next digit, or word that can begin a number, stands.
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
    /// The dates of the text that do not end before what is being read.
    dates: &'a [DateMention],
    found: Vec<Amount>,
}

impl Scanner<'_> {
    /// The quantity whose number stands at `at`, or else where to go on.
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

    /// The end of the date that covers `at`. Asked of ever greater offsets.
    fn date_over(&mut self, at: usize) -> Option<usize> {
        while let [date, later @ ..] = self.dates
            && date.span.end <= at
        {
            self.dates = later;
        }
        self.dates.first().filter(|date| date.span.start <= at).map(|date| date.span.end)
    }

    /// `number` with the scale and unit that follow it, or the `currency` that stands before it.
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
        let (unit, start) = match currency {
            Some((unit, start)) => (Some(unit), start),
            None => match unit_at(text, end) {
                Some((unit, unit_end)) => {
                    end = unit_end;
                    (Some(unit), number.start)
                }
                None => (None, number.start),
            },
        };
        let is_bare = unit.is_none() && end == number.end;
        if is_bare && (!number.is_telling || self.is_no_quantity(&number))
            || continues(text, end, is_bare)
        {
            return Err(end.max(number.end));
        }
        let value = number.value.scaled(scale).ok_or(end)?;
        Ok(Amount { span: Span::new(start, end), number: number.value, scale, unit, value })
    }

    /// Whether a bare number is a day, a time of the day, or an ordinal or fraction.
    fn is_no_quantity(&self, number: &Number) -> bool {
        let text = self.text;
        let next = letters(text, skip_space(text, number.end));
        let before = skip_space_back(text, number.start);
        let before = before - usize::from(text[..before].ends_with('.'));
        let previous = letters_back(text, before);
        let is_name = |word: &str| {
            word.starts_with(|c: char| c.is_ascii_uppercase()) && month(word).is_some()
        };
        let rest = &text[skip_space(text, number.end)..];
        is_name(next)
            || is_name(previous)
            || matches!(next, "am" | "pm" | "AM" | "PM" | "GMT" | "UTC")
            || ["a.m", "p.m", "A.M", "P.M", "o'clock", "o’clock"]
                .iter()
                .any(|time| rest.starts_with(time))
            || words::makes_fraction(text, number.end)
    }

    /// Adds `amount`, and gives the amount before it what it shares of its scale and unit in a range.
    fn push(&mut self, amount: Amount) {
        let text = self.text;
        if let Some(previous) =
            self.found.last_mut().filter(|previous| makes_range(text, previous.span, amount.span))
        {
            let same_unit = previous.unit.is_none() || previous.unit == amount.unit;
            let shares_scale =
                same_unit && previous.scale == Scale::ONE && previous.number < amount.number;
            if let Some(value) = previous.number.scaled(amount.scale).filter(|_| shares_scale) {
                previous.value = value;
                previous.scale = amount.scale;
            }
            previous.unit = previous.unit.or(amount.unit);
        }
        self.found.push(amount);
    }
}

/// A number as read, before its scale and unit.
#[derive(Debug)]
struct Number {
    start: usize,
    end: usize,
    value: Decimal,
    scale: Scale,
    /// Whether it says something without a unit: *one* does not.
    is_telling: bool,
}

/// Whether what ends at `at` is only the beginning of something else: a letter joined to it, a clock time, a fraction.
fn continues(text: &str, at: usize, is_bare: bool) -> bool {
    let mut chars = text[at..].chars();
    match chars.next() {
        Some(':' | '/') => is_bare && chars.next().is_some_and(|c| c.is_ascii_digit()),
        Some(c) => c.is_ascii_alphanumeric() || c == '_',
        None => false,
    }
}

/// Whether two numbers are the ends of a range: `10–15`, `10 to 15`, `between 10 and 15`, `two or three`.
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
