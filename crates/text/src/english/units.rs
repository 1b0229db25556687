//! Units of measure and currencies, with all ways to write them.

use std::fmt::Debug;
use std::hash::Hash;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) units: Vec<Unit>,
    pub(super) currencies: Vec<Currency>,
}

/// A unit of measure.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The normal form: `km`, `%`.
    pub name: &'static str,
    /// The normal form of its square, if that is a unit.
    pub squared: Option<&'static str>,
    /// The normal form of its cube, if that is a unit.
    pub cubed: Option<&'static str>,
    /// The base unit of its dimension.
    pub dimension: Option<&'static str>,
    /// Its size in the base unit.
    pub factor: Option<f64>,
    #[serde(default)]
    symbols: Words,
    #[serde(default)]
    attached: Words,
    #[serde(default)]
    pub(super) words: Words,
    #[serde(default)]
    pub(super) phrases: Words,
}

/// A currency.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Currency {
    pub(super) name: &'static str,
    #[serde(default)]
    codes: Words,
    #[serde(default)]
    signs: &'static str,
    #[serde(default)]
    marks: Words,
    #[serde(default)]
    dollar: Words,
    #[serde(default)]
    pub(super) words: Words,
    #[serde(default)]
    pub(super) phrases: Words,
}

/// Words that turn a unit of length into one of area.
const SQUARE: [&str; 2] = ["square", "sq"];

/// Words that turn a unit of length into one of volume.
const CUBIC: [&str; 2] = ["cubic", "cu"];

type ByWord<T> = FxHashMap<&'static str, T>;
type ByPhrase<T> = FxHashMap<(&'static str, &'static str), T>;

/// The table, indexed by everything that is looked up.
pub(super) struct Index {
    /// The first words of all units and currencies, in lower case.
    first_words: FxHashSet<String>,
    names: ByWord<&'static Unit>,
    symbols: ByWord<&'static Unit>,
    attached: ByWord<&'static Unit>,
    words: ByWord<&'static Unit>,
    phrases: ByPhrase<&'static Unit>,
    currency_codes: ByWord<&'static str>,
    currency_signs: FxHashMap<char, &'static str>,
    currency_marks: ByWord<&'static str>,
    currency_words: ByWord<&'static str>,
    currency_phrases: ByPhrase<&'static str>,
    dollars: ByWord<&'static str>,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("units.toml", include_str!("units.toml")));

pub(super) static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let Table { units, currencies } = &*TABLE;
    Index {
        first_words: first_words(units, currencies),
        names: unique(units.iter().map(|unit| (unit.name, unit))),
        symbols: by_word(units, |unit| &unit.symbols, |unit| unit),
        attached: by_word(units, |unit| &unit.attached, |unit| unit),
        words: by_word(units, |unit| &unit.words, |unit| unit),
        phrases: by_phrase(units, |unit| &unit.phrases, |unit| unit),
        currency_codes: by_word(currencies, |currency| &currency.codes, |currency| currency.name),
        currency_signs: unique(
            currencies
                .iter()
                .flat_map(|currency| currency.signs.chars().map(|sign| (sign, currency.name))),
        ),
        currency_marks: by_word(currencies, |currency| &currency.marks, |currency| currency.name),
        currency_words: by_word(currencies, |currency| &currency.words, |currency| currency.name),
        currency_phrases: by_phrase(
            currencies,
            |currency| &currency.phrases,
            |currency| currency.name,
        ),
        dollars: by_word(currencies, |currency| &currency.dollar, |currency| currency.name),
    }
});

fn first_words(units: &[Unit], currencies: &[Currency]) -> FxHashSet<String> {
    let of_units =
        units.iter().flat_map(|unit| [&unit.symbols, &unit.attached, &unit.words, &unit.phrases]);
    let of_currencies = currencies
        .iter()
        .flat_map(|currency| [&currency.codes, &currency.words, &currency.phrases]);
    let powers = SQUARE.into_iter().chain(CUBIC);
    let all = of_units.chain(of_currencies).flat_map(Words::iter).chain(powers);
    all.filter_map(|phrase| phrase.split(' ').next()).map(str::to_lowercase).collect()
}

fn by_word<R, T>(
    rows: &'static [R],
    words: fn(&'static R) -> &'static Words,
    value: fn(&'static R) -> T,
) -> ByWord<T> {
    unique(rows.iter().flat_map(|row| words(row).iter().map(move |word| (word, value(row)))))
}

fn by_phrase<R, T>(
    rows: &'static [R],
    phrases: fn(&'static R) -> &'static Words,
    value: fn(&'static R) -> T,
) -> ByPhrase<T> {
    unique(rows.iter().flat_map(|row| {
        phrases(row).iter().map(move |phrase| {
            let words = phrase
                .split_once(' ')
                .unwrap_or_else(|| panic!("“{phrase}” in units.toml is not two words"));
            (words, value(row))
        })
    }))
}

/// Collects a map.
///
/// # Panics
///
/// If two rows have the same key.
fn unique<K: Copy + Debug + Eq + Hash, V>(
    entries: impl Iterator<Item = (K, V)>,
) -> FxHashMap<K, V> {
    let mut map = FxHashMap::default();
    for (key, value) in entries {
        if map.insert(key, value).is_some() {
            panic!("two rows of units.toml have {key:?}");
        }
    }
    map
}

/// Returns whether a folded word is the first of a unit or currency. Rules out most words with a
/// single look-up.
pub fn may_begin_unit(word: &str) -> bool {
    INDEX.first_words.contains(word)
}

/// Returns whether a folded word makes a unit of area of the unit of length behind it.
pub fn is_square(word: &str) -> bool {
    SQUARE.contains(&word)
}

/// Returns whether a folded word turns the unit of length after it into one of volume: `cubic`.
pub fn is_cubic(word: &str) -> bool {
    CUBIC.contains(&word)
}

/// Returns the unit with this normal form.
pub fn unit(name: &str) -> Option<&'static Unit> {
    INDEX.names.get(name).copied()
}

/// Returns the unit with this symbol, as written. Some symbols are recognised only if they are
/// attached to a number: `5g`.
pub fn unit_by_symbol(symbol: &str, is_attached: bool) -> Option<&'static Unit> {
    match INDEX.symbols.get(symbol) {
        None if is_attached => INDEX.attached.get(symbol).copied(),
        unit => unit.copied(),
    }
}

/// Returns the unit that a folded word names.
pub fn unit_by_word(word: &str) -> Option<&'static Unit> {
    INDEX.words.get(word).copied()
}

/// Returns the unit that two folded words name.
pub fn unit_by_phrase(first: &str, second: &str) -> Option<&'static Unit> {
    by_two(&INDEX.phrases, first, second)
}

/// Returns the currency with this code, as written.
pub fn currency_by_code(code: &str) -> Option<&'static str> {
    INDEX.currency_codes.get(code).copied()
}

/// Returns the currency with this sign.
pub fn currency_by_sign(sign: char) -> Option<&'static str> {
    INDEX.currency_signs.get(&sign).copied()
}

/// Returns the currency with this mark before an amount, as written: `Rs`.
pub fn currency_by_mark(mark: &str) -> Option<&'static str> {
    INDEX.currency_marks.get(mark).copied()
}

/// Returns the currency that a folded word names.
pub fn currency_by_word(word: &str) -> Option<&'static str> {
    INDEX.currency_words.get(word).copied()
}

/// Returns the currency that two folded words name.
pub fn currency_by_phrase(first: &str, second: &str) -> Option<&'static str> {
    by_two(&INDEX.currency_phrases, first, second)
}

/// Returns the currency of the dollar sign with these letters before it, as written: `US`.
pub fn dollars_of(country: &str) -> Option<&'static str> {
    INDEX.dollars.get(country).copied()
}

/// Looks up two words, whose lifetime may be shorter than that of the table.
fn by_two<'a, T: Copy>(
    map: &FxHashMap<(&'a str, &'a str), T>,
    first: &'a str,
    second: &'a str,
) -> Option<T> {
    map.get(&(first, second)).copied()
}
