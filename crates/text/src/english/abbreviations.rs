//! Abbreviations with a full stop.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Words, calendar, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) never_last: Words,
    pub(super) before_number: Words,
    pub(super) before_time: Words,
    pub(super) may_be_last: Words,
    time_zones: Words,
    labelled: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("abbreviations.toml", include_str!("abbreviations.toml")));

/// The use of an abbreviation, which tells whether its full stop may end a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// It is never the last word of a sentence: a title or the like.
    NeverLast,
    /// The sentence goes on if a number follows: `No. 4`.
    BeforeNumber,
    /// The sentence goes on if a day or a time zone follows: `9 a.m. Monday`.
    BeforeTime,
    /// It may be the last word of a sentence.
    MayBeLast,
    /// It is the last word of a sentence only after a number. No English one is used so.
    LastAfterNumber,
}

static USES: LazyLock<FxHashMap<&'static str, Use>> = LazyLock::new(|| {
    let tagged = |words: &'static Words, tag| words.iter().map(move |word| (word, tag));
    tagged(&TABLE.never_last, Use::NeverLast)
        .chain(tagged(&TABLE.before_number, Use::BeforeNumber))
        .chain(tagged(&TABLE.before_time, Use::BeforeTime))
        .chain(tagged(&TABLE.may_be_last, Use::MayBeLast))
        .chain(calendar::short_forms().map(|word| (word, Use::MayBeLast)))
        .collect()
});

/// Returns how a word, as written and without its last full stop, is used as an abbreviation.
pub fn abbreviation(word: &str) -> Option<Use> {
    USES.get(word).copied()
}

/// Returns whether the name of a time zone begins with a word, as written: `Eastern`.
pub fn begins_time_zone(word: &str) -> bool {
    TABLE.time_zones.contains(word)
}

/// Returns whether single letters are labels after a noun, as written: `Plan B`.
pub fn is_labelled(noun: &str) -> bool {
    TABLE.labelled.contains(noun)
}
