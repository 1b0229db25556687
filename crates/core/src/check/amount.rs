//! Amounts with their hedges, and whether two may be the same.

use crate::text::english::units;
use crate::text::{Span, quantities};

/// An amount that a statement names.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    /// Where it stands, in bytes of the statement.
    pub(super) span: Span,
    /// What it may be, in the base unit of its dimension.
    low: f64,
    high: f64,
    /// The number as written, in the base unit.
    value: f64,
    unit: Option<&'static str>,
    dimension: Option<&'static str>,
    is_window: bool,
}

/// How far two numbers may lie apart, as a share of the larger, and count as the same: rounding in a conversion.
const ROUNDING: f64 = 0.02;
/// The same, where one is said to be about so much.
const ABOUT: f64 = 0.12;

/// How far beyond the number that it names a hedge of a source reaches, as a share of it.
const HEDGE_REACH: f64 = 0.3;

/// What stands before a number and says how exact it is.
fn hedged(value: f64, before: &str) -> (f64, f64) {
    let words: Vec<String> =
        before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect();
    let last = |n: usize| words.len().checked_sub(n).and_then(|i| words.get(i)).map_or("", String::as_str);
    let margin = value.abs() * ABOUT;
    match (last(2), last(1)) {
        ("at", "least")
        | ("more" | "greater" | "higher" | "longer", "than")
        | ("no" | "not", "less" | "fewer")
        | (_, "over" | "above" | "exceeding" | "minimum") => (value, f64::INFINITY),
        ("at", "most") | ("up", "to") | ("less" | "fewer" | "lower", "than") | (_, "under" | "below" | "maximum") => {
            (f64::NEG_INFINITY, value)
        }
        (_, "nearly" | "almost") => (value - margin, value),
        (_, "about" | "around" | "approximately" | "roughly" | "circa" | "some" | "estimated") => {
            (value - margin, value + margin)
        }
        _ => (value, value),
    }
}

/// The amounts that `text` names.
pub(super) fn amounts(text: &str) -> Vec<Amount> {
    let amount = |quantity: crate::text::Quantity| {
        let number: f64 = quantity.value.parse().ok()?;
        let unit = quantity.unit.and_then(units::unit);
        let dimension = unit.and_then(|unit| unit.dimension).or(quantity.unit);
        let factor = unit.and_then(|unit| unit.factor).unwrap_or(1.0);
        let value = number * factor;
        let before = near_before(text, quantity.span.start);
        let (low, high) = hedged(value, before);
        let is_window = dimension == Some("s") && is_window(before);
        Some(Amount { span: quantity.span, low, high, value, unit: quantity.unit, dimension, is_window })
    };
    quantities(text).into_iter().filter_map(amount).collect()
}

/// Whether what stands before a length of time makes it one that is looked at, as in *over the past thirty years*: what
/// holds of thirty years may hold of fifty.
fn is_window(before: &str) -> bool {
    let last = before.split(|c: char| !c.is_alphanumeric()).rfind(|word| !word.is_empty()).unwrap_or_default();
    matches!(last, "past" | "last" | "next" | "previous" | "recent" | "coming" | "within")
}

/// Up to so many bytes before a place: as much as a hedge takes.
fn near_before(text: &str, at: usize) -> &str {
    const NEAR: usize = 24;
    let start = (at.saturating_sub(NEAR)..=at).find(|&start| text.is_char_boundary(start)).unwrap_or(at);
    &text[start..at]
}

impl Amount {
    /// Whether the two measure the same thing, as far as units tell.
    pub(super) fn is_comparable(&self, other: &Amount) -> bool {
        self.dimension == other.dimension
    }

    /// Whether it is the length of a time that is looked at, which excludes no other.
    pub(super) fn is_window(&self) -> bool {
        self.is_window
    }

    /// Whether the two measure the same thing and may be the same.
    pub(super) fn agrees_in_kind(&self, source: &Amount) -> bool {
        self.is_comparable(source) && self.agrees(source)
    }

    pub(super) fn has_unit(&self) -> bool {
        self.dimension.is_some()
    }

    /// Whether the two may be the same amount: exactly so where both are exact, within rounding where units differ, and
    /// within what a hedge leaves open. A source that says “over 3 billion” does not mean thirty.
    pub(super) fn agrees(&self, source: &Amount) -> bool {
        let rounding = if self.unit == source.unit { 1e-9 } else { ROUNDING };
        let slack = rounding * self.value.abs().max(source.value.abs());
        let reach = HEDGE_REACH * source.value.abs();
        let low = source.low.max(source.value - reach);
        let high = source.high.min(source.value + reach);
        self.low <= high + slack && low <= self.high + slack || (self.value - source.value).abs() <= slack
    }
}
