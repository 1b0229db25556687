//! Verbs: irregular forms, auxiliaries, and verbs of instructions.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(borrow)]
    pub(super) irregular: Vec<&'static str>,
    #[serde(borrow)]
    pub(super) other_irregular: Vec<&'static str>,
    pub(super) pasts: Words,
    pub(super) auxiliaries: Words,
    pub(super) instructing: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("verbs.toml", include_str!("verbs.toml")));

static PASTS: LazyLock<FxHashSet<&'static str>> = LazyLock::new(|| {
    let second_forms = TABLE.irregular.iter().filter_map(|forms| forms.split(' ').nth(1));
    second_forms.chain(TABLE.pasts.iter()).collect()
});

/// Returns the forms of each irregular verb, separated by spaces, the infinitive first.
pub fn irregular() -> impl Iterator<Item = &'static str> {
    TABLE.irregular.iter().chain(&TABLE.other_irregular).copied()
}

/// Returns whether a folded word is an irregular past tense: `wrote`, `cut`.
pub fn is_irregular_past(word: &str) -> bool {
    PASTS.contains(word)
}

/// Returns whether a folded word is a form of an auxiliary verb: `has`, `may`.
pub fn is_auxiliary(word: &str) -> bool {
    TABLE.auxiliaries.contains(word)
}

/// Returns whether a folded word begins an instruction to the reader: `compare`.
pub fn is_instructing(word: &str) -> bool {
    TABLE.instructing.contains(word)
}
