//! Words for numbers.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) cardinals: Words,
    pub(super) tens: Words,
    pub(super) ordinals: Words,
    ordinal_endings: Words,
    pub(super) fractions: Words,
    pub(super) plural_fractions: Words,
    pub(super) scales: BTreeMap<&'static str, u32>,
    pub(super) scales_behind_digits: BTreeMap<&'static str, u32>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("numbers.toml", include_str!("numbers.toml")));

/// The kind of a word in a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberWord {
    /// One to nine.
    Digit(u128),
    /// Ten to nineteen.
    Teen(u128),
    /// A multiple of ten from twenty to ninety.
    Ten(u128),
    /// *Hundred*.
    Hundred,
    /// A power of ten above a hundred, by its exponent.
    Scale(u32),
    /// *Dozen*.
    Dozen,
    /// *Half*.
    Half,
}

static NUMBER_WORDS: LazyLock<FxHashMap<&'static str, NumberWord>> = LazyLock::new(|| {
    let units = (1..).zip(TABLE.cardinals.iter()).map(|(n, word)| {
        let part = if n < 10 { NumberWord::Digit(n) } else { NumberWord::Teen(n) };
        (word, part)
    });
    let tens = (2..).zip(TABLE.tens.iter()).map(|(n, word)| (word, NumberWord::Ten(10 * n)));
    let scales = TABLE.scales.iter().map(|(word, power)| (*word, NumberWord::Scale(*power)));
    let others = [
        ("hundred", NumberWord::Hundred),
        ("dozen", NumberWord::Dozen),
        ("half", NumberWord::Half),
    ];
    units.chain(tens).chain(scales).chain(others).collect()
});

static ORDINALS: LazyLock<FxHashMap<&'static str, u32>> =
    LazyLock::new(|| TABLE.ordinals.iter().zip(1..).collect());

static SCALES_BEHIND_DIGITS: LazyLock<FxHashMap<&'static str, u32>> = LazyLock::new(|| {
    let scales = TABLE.scales.iter().chain(&TABLE.scales_behind_digits);
    scales.map(|(word, power)| (*word, *power)).collect()
});

/// Returns the kind of a folded word in a number.
pub fn number_word(word: &str) -> Option<NumberWord> {
    NUMBER_WORDS.get(word).copied()
}

/// Returns all words that [`number_word`] knows, in arbitrary order.
#[cfg(test)]
pub(crate) fn words() -> impl Iterator<Item = &'static str> {
    NUMBER_WORDS.keys().copied()
}

/// Returns the power of ten that a folded word after digits multiplies them by: 6 for `mn`.
pub fn scale_behind_digits(word: &str) -> Option<u32> {
    SCALES_BEHIND_DIGITS.get(word).copied()
}

/// Returns the number of a folded ordinal, in letters up to *twentieth* or in digits: 3 for `third`
/// and `3rd`.
pub fn ordinal(word: &str) -> Option<u32> {
    if let Some(ordinal) = ORDINALS.get(word) {
        return Some(*ordinal);
    }
    TABLE.ordinal_endings.iter().find_map(|ending| word.strip_suffix(ending))?.parse().ok()
}

/// Returns whether a word is the ending of an ordinal in digits: the `th` of `16th`.
pub fn is_ordinal_ending(word: &str) -> bool {
    TABLE.ordinal_endings.contains(word)
}

/// Returns whether a folded word is a number from *one* to *ten*.
pub fn is_small_cardinal(word: &str) -> bool {
    matches!(number_word(word), Some(NumberWord::Digit(_) | NumberWord::Teen(10)))
}

/// Returns whether a folded word is an ordinal from *first* to *tenth*.
pub fn is_small_ordinal(word: &str) -> bool {
    ORDINALS.get(word).is_some_and(|ordinal| *ordinal <= 10)
}

/// Returns whether a folded word is a fraction, `half` or `third`, or a small ordinal, as after the
/// hyphen of `twenty-first`.
pub fn is_fraction(word: &str) -> bool {
    TABLE.fractions.contains(word) || is_small_ordinal(word)
}

/// Returns whether a folded word is a fraction in the plural: `thirds`.
pub fn is_plural_fraction(word: &str) -> bool {
    TABLE.plural_fractions.contains(word)
}
