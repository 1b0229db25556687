//! Verbs: irregular forms, auxiliaries, and those that instruct a reader.

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

/// Returns the forms of irregular verbs, parted by spaces, the verb itself first.
pub fn irregular() -> impl Iterator<Item = &'static str> {
    TABLE.irregular.iter().chain(&TABLE.other_irregular).copied()
}

/// Returns whether a folded word is a past without an ending: `wrote`, `cut`.
pub fn is_irregular_past(word: &str) -> bool {
    PASTS.contains(word)
}

/// Returns whether a folded word is a form of a verb that another verb follows: `has`, `may`.
pub fn is_auxiliary(word: &str) -> bool {
    TABLE.auxiliaries.contains(word)
}

/// Returns whether an instruction to the reader begins with a folded word: `compare`.
pub fn is_instructing(word: &str) -> bool {
    TABLE.instructing.contains(word)
}
