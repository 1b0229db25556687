//! Months and days of the week, and words before years.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Words, table};

/// The table. Each month and day is its name, then its short forms, as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    months: [Words; 12],
    weekdays: [Words; 7],
    pub(super) before_numbers: Words,
    pub(super) before_years: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("calendar.toml", include_str!("calendar.toml")));

/// The number of each month by all its forms in lower case.
static MONTHS: LazyLock<FxHashMap<String, i8>> = LazyLock::new(|| {
    (1..)
        .zip(&TABLE.months)
        .flat_map(|(month, forms)| forms.iter().map(move |form| (form.to_lowercase(), month)))
        .collect()
});

static MONTH_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| lower_names(&TABLE.months));
static WEEKDAY_NAMES: LazyLock<Vec<String>> = LazyLock::new(|| lower_names(&TABLE.weekdays));

fn lower_names(all: &[Words]) -> Vec<String> {
    names(all).map(str::to_lowercase).collect()
}

fn names(all: &[Words]) -> impl Iterator<Item = &'static str> {
    all.iter().filter_map(|forms| forms.iter().next())
}

/// Returns the number, from 1, of the month that a folded word names in full or abbreviated.
pub fn month(word: &str) -> Option<i8> {
    MONTHS.get(word).copied()
}

/// Returns the name of a month, by its number from 1: `October`.
pub fn month_name(month: i8) -> Option<&'static str> {
    let index = usize::try_from(month).ok()?.checked_sub(1)?;
    names(&TABLE.months).nth(index)
}

/// Returns the names of the months in lower case, in order.
pub fn month_names() -> &'static [String] {
    &MONTH_NAMES
}

/// Returns the weekday that a word in lower case names, from 1 for Monday to 7.
pub fn weekday(word: &str) -> Option<i8> {
    (1..).zip(&*WEEKDAY_NAMES).find(|(_, name)| *name == word).map(|(day, _)| day)
}

/// Returns the names of the days of the week in lower case, from Monday.
pub fn weekday_names() -> &'static [String] {
    &WEEKDAY_NAMES
}

/// Returns whether a word, as written, is the full name of a month or of a day of the week.
pub fn is_month_or_weekday(word: &str) -> bool {
    names(&TABLE.months).chain(names(&TABLE.weekdays)).any(|name| name == word)
}

/// Returns whether a text in lower case begins with a day of the week or its first three letters.
pub fn begins_with_weekday(text: &str) -> bool {
    WEEKDAY_NAMES.iter().any(|name| text.starts_with(&name[..3]))
}

/// Returns the abbreviations of months and days of the week, without their full stop.
pub fn short_forms() -> impl Iterator<Item = &'static str> {
    let all = TABLE.months.iter().chain(&TABLE.weekdays);
    all.flat_map(|forms| forms.iter().skip(1))
}

/// Returns whether four digits after a folded word are an amount or a number, not a year.
pub fn precedes_number(word: &str) -> bool {
    TABLE.before_numbers.contains(word)
}

/// Returns whether four digits after a folded word are usually a year.
pub fn precedes_year(word: &str) -> bool {
    TABLE.before_years.contains(word)
}
