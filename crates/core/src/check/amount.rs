//! Amounts with their hedges, and whether two may be the same.

use super::fit::Fit;
use crate::text::english::units;
use crate::text::{Quantity, Span, quantities};

/// An amount that a statement names.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// The place, in bytes of the statement.
    pub(super) span: Span,
    /// The beginning of the hedge before it, if there is one: *more than*.
    pub(super) hedge: Option<usize>,
    /// The number as written, with its scale.
    number: f64,
    /// True if it is written as round numbers are: with zeros at the end, or in words.
    is_rounded: bool,
    /// The least that it may be, in the base unit of its dimension.
    low: f64,
    high: f64,
    /// The number as written, in the base unit.
    value: f64,
    unit: Option<&'static str>,
    dimension: Option<&'static str>,
    is_window: bool,
    /// True if it is written with both of its ends: *200 to 300*.
    is_range: bool,
}

/// The distance at which two numbers count as the same, as a share of the larger: rounding in
/// a conversion.
const ROUNDING: f64 = 0.02;
/// The same, where one is said to be about so much.
const ABOUT: f64 = 0.12;

/// The factor beyond which a hedge of a source does not reach from its number.
const FAR: f64 = 3.0;

/// Returns the bounds that a hedge before a number sets, and where in `before` the hedge begins.
fn hedged(value: f64, before: &str) -> Option<(f64, f64, usize)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut start = None;
    for (at, c) in before.char_indices().chain([(before.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from, before[from..at].to_lowercase()));
                start = None;
            }
            _ => {}
        }
    }
    let nth = |n: usize| words.len().checked_sub(n).map(|i| &words[i]);
    let last = |n: usize| nth(n).map_or("", |(_, word)| word.as_str());
    let from = |n: usize| nth(n).map_or(before.len(), |(at, _)| *at);
    let margin = value.abs() * ABOUT;
    let (least, most) = ((value, f64::INFINITY), (f64::NEG_INFINITY, value));
    let (over, under) = ((value.next_up(), f64::INFINITY), (f64::NEG_INFINITY, value.next_down()));
    let (bounds, length) = match (last(3), last(2), last(1)) {
        ("no" | "not", "more" | "greater" | "higher" | "longer", "than") => (most, 3),
        ("no" | "not", "less" | "fewer" | "lower", "than") => (least, 3),
        (_, "at", "least") | (_, "a", "minimum") => (least, 2),
        (_, "at", "most") | (_, "up", "to") => (most, 2),
        (_, "more" | "greater" | "higher" | "longer", "than") => (over, 2),
        (_, "less" | "fewer" | "lower", "than") => (under, 2),
        (_, "just", "over") => ((value.next_up(), value + margin), 2),
        (_, "just", "under") => ((value - margin, value.next_down()), 2),
        (_, _, "over" | "above" | "exceeding") => (over, 1),
        (_, _, "minimum") => (least, 1),
        (_, _, "under" | "below") => (under, 1),
        (_, _, "maximum") => (most, 1),
        (_, _, "nearly" | "almost") => ((value - margin, value.next_down()), 1),
        (
            _,
            _,
            "about" | "around" | "approximately" | "roughly" | "circa" | "some" | "estimated",
        ) => ((value - margin, value + margin), 1),
        (_, _, "exactly") => ((value, value), 1),
        _ => return None,
    };
    Some((bounds.0, bounds.1, from(length)))
}

/// Returns the amounts that `text` names.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let mut amounts: Vec<Amount> = Vec::new();
    for quantity in quantities(text) {
        // “From 3 to 5” are where a change began and where it ended.
        let ends_range = quantity.ends_range
            && amounts.last().is_some_and(|first| {
                first.hedge.is_none() && last_word(near_before(text, first.span.start)) != "from"
            });
        let Some(amount) = Amount::of(text, &quantity) else { continue };
        match amounts.last_mut().filter(|_| ends_range) {
            Some(first) if first.dimension == amount.dimension => first.reach_to(&amount, text),
            _ => amounts.push(amount),
        }
    }
    amounts
}

fn last_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or_default()
}

/// Returns whether what stands before a length of time makes it one that is looked at, as in *over
/// the past thirty years*: what holds of thirty years may hold of fifty.
fn is_window(before: &str) -> bool {
    matches!(
        last_word(before),
        "past" | "last" | "next" | "previous" | "recent" | "coming" | "within"
    )
}

/// Returns up to so many bytes before a place: as much as a hedge takes.
fn near_before(text: &str, at: usize) -> &str {
    const NEAR: usize = 24;
    let start =
        (at.saturating_sub(NEAR)..=at).find(|&start| text.is_char_boundary(start)).unwrap_or(at);
    &text[start..at]
}

impl Amount {
    /// Returns the amount of a quantity that `text` names, with the hedge before it.
    fn of(text: &str, quantity: &Quantity) -> Option<Self> {
        let number: f64 = quantity.value.parse().ok()?;
        let unit = quantity.unit.and_then(units::unit);
        let dimension = unit.and_then(|unit| unit.dimension).or(quantity.unit);
        let factor = unit.and_then(|unit| unit.factor).unwrap_or(1.0);
        let value = number * factor;
        let before = near_before(text, quantity.span.start);
        let hedge = hedged(value, before);
        let (low, high) = hedge.map_or((value, value), |(low, high, _)| (low, high));
        let hedge = hedge.map(|(.., at)| quantity.span.start - before.len() + at);
        let digits = text[quantity.span.start..quantity.span.end].chars();
        let is_rounded = number.abs() >= 10.0 && number % 10.0 == 0.0
            || digits.into_iter().any(char::is_alphabetic);
        let is_window = dimension == Some("s") && is_window(before);
        Some(Amount {
            span: quantity.span,
            hedge,
            low,
            high,
            value,
            number,
            is_rounded,
            unit: quantity.unit,
            dimension,
            is_window,
            is_range: false,
        })
    }

    /// Makes it a range from itself to `end`.
    fn reach_to(&mut self, end: &Amount, text: &str) {
        let before = text[..self.span.start].trim_end();
        if last_word(near_before(text, self.span.start)).eq_ignore_ascii_case("between") {
            self.hedge = Some(before.len() - "between".len());
        }
        self.span.end = end.span.end;
        self.high = end.high;
        self.is_rounded |= end.is_rounded;
        self.is_range = true;
    }

    /// Returns whether it is a length of time.
    pub(super) fn is_duration(&self) -> bool {
        self.dimension == Some("s")
    }

    /// Returns whether it is a percentage.
    pub(super) fn is_share(&self) -> bool {
        self.unit == Some("%")
    }

    /// Returns whether the two measure the same thing, as far as units tell.
    pub(super) fn is_comparable(&self, other: &Amount) -> bool {
        self.dimension == other.dimension
    }

    /// Returns how a claim's amount compares with a source's; `None` where the two do not measure
    /// the same.
    ///
    /// The same number in another unit excludes the claim's. A number that is the source's
    /// rounded is left open.
    pub(super) fn fit(&self, source: &Amount) -> Option<Fit> {
        if self.dimension != source.dimension {
            let is_same_number = (self.number - source.number).abs() <= 1e-9 * self.number.abs();
            return match (self.unit, source.unit) {
                (Some(_), Some(_)) if is_same_number => Some(Fit::Excludes),
                (None, Some(_)) | (Some(_), None) if is_same_number => Some(Fit::Open),
                _ => None,
            };
        }
        let rounding = if self.unit == source.unit { 0.0 } else { ROUNDING };
        let slack = rounding * self.value.abs().max(source.value.abs());
        if self.is_range && source.is_range {
            let is_same = |a: f64, b: f64| (a - b).abs() <= slack.max(1e-9 * a.abs());
            let is_disjoint = self.high < source.low || source.high < self.low;
            return Some(match (is_same(self.low, source.low), is_same(self.high, source.high)) {
                (true, true) => Fit::Entails,
                (false, false) if !is_disjoint => Fit::Open,
                _ => Fit::Excludes,
            });
        }
        let is_within = self.low - slack <= source.low && source.high <= self.high + slack;
        if is_within {
            return Some(Fit::Entails);
        }
        // “Over 3 billion” does not mean thirty, nor “under 100” three.
        let is_apart = self.high + slack < source.low.max(source.value / FAR)
            || source.high.min(source.value * FAR) + slack < self.low;
        // “At least seven” and “no more than seven” are not said of one thing.
        let is_opposite = |least: &Amount, most: &Amount| {
            least.high == f64::INFINITY
                && most.low == f64::NEG_INFINITY
                && (least.low - most.high).abs() <= slack.max(1e-9 * most.value.abs())
        };
        if is_opposite(self, source) || is_opposite(source, self) {
            return Some(Fit::Excludes);
        }
        let is_near = (self.value - source.value).abs() <= 0.05 * source.value.abs();
        if !is_apart
            || self.is_window
            || source.is_window
            || is_near
                && (self.is_rounded || source.is_rounded)
                && self.is_rounded != source.is_rounded
        {
            return Some(Fit::Open);
        }
        Some(Fit::Excludes)
    }
}
