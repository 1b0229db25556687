//! Words that make up compounds with a hyphen.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) first: Words,
    pub(super) last: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("hyphens.toml", include_str!("hyphens.toml")));

/// Returns whether two words, in lower case, are likely to have a hyphen of their own between them:
/// `well` and `known`.
pub fn is_compound(first: &str, last: &str) -> bool {
    TABLE.first.contains(first) || TABLE.last.contains(last)
}
