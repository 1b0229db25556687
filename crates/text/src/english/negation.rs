//! Negators.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) plain: Words,
    pub(super) absence: Words,
    pub(super) weak: Words,
    pub(super) meaning: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("negation.toml", include_str!("negation.toml")));

/// Returns whether a word in lower case, with a straight apostrophe, negates a statement: `not`,
/// `hasn't`.
pub fn is_negation(word: &str) -> bool {
    TABLE.plain.contains(word) || word.ends_with("n't")
}

/// Returns whether a folded word says that something is absent: `without`.
pub fn is_absence(word: &str) -> bool {
    TABLE.absence.contains(word)
}

/// Returns all negators, including words that negate by their meaning: `refuse`.
pub fn negators() -> impl Iterator<Item = &'static str> {
    [&TABLE.plain, &TABLE.absence, &TABLE.weak, &TABLE.meaning].into_iter().flat_map(Words::iter)
}
