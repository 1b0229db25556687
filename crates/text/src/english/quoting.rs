//! Words about quotations: apostrophes that are no marks, and what around a quotation bears on it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) elisions: Words,
    pub(super) restrictions: Words,
    pub(super) contrasts: Words,
    pub(super) additions: Words,
    pub(super) denials: Words,
    pub(super) asking: Words,
    pub(super) inverting: Words,
    pub(super) merely: Words,
    pub(super) referring: Words,
    pub(super) reports: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("quoting.toml", include_str!("quoting.toml")));

/// The most words of a phrase in these tables.
pub const LONGEST: usize = 5;

/// Returns whether a word in lower case may have an apostrophe in place of its beginning: `tis`.
pub fn is_elision(word: &str) -> bool {
    TABLE.elisions.contains(word)
}

/// Returns whether a folded phrase, right after a statement, restricts it: `unless`, `only if`.
pub fn is_restriction(phrase: &str) -> bool {
    TABLE.restrictions.contains(phrase)
}

/// Returns whether a folded phrase, right after a statement, sets something against it: `although`.
pub fn is_contrast(phrase: &str) -> bool {
    TABLE.contrasts.contains(phrase)
}

/// Returns whether a folded word behind “but” makes it an addition: `also`.
pub fn is_addition(word: &str) -> bool {
    TABLE.additions.contains(word)
}

/// Returns whether a folded phrase, right before a statement, denies it or leaves it open: `denied
/// that`.
pub fn is_denial(phrase: &str) -> bool {
    TABLE.denials.contains(phrase)
}

/// Returns whether a folded phrase, at the beginning of a sentence, says whose the rest of it is.
pub fn is_report(phrase: &str) -> bool {
    TABLE.reports.contains(phrase)
}

/// Returns whether a word in lower case, before “if”, makes it ask.
pub fn is_asking(word: &str) -> bool {
    TABLE.asking.contains(word)
}

/// Returns whether a word in lower case turns the sense of a sentence around, or bounds it.
pub fn inverts(word: &str) -> bool {
    TABLE.inverting.contains(word)
}

/// Returns whether a word in lower case makes a “not” before it no negation: `only`.
pub fn is_merely(word: &str) -> bool {
    TABLE.merely.contains(word)
}

/// Returns whether a word in lower case refers to something named before: `these`.
pub fn is_referring(word: &str) -> bool {
    TABLE.referring.contains(word)
}
