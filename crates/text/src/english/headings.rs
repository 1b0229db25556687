//! Words of headings.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) parts: Words,
    pub(super) closing: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("headings.toml", include_str!("headings.toml")));

/// Returns whether a word in lower case names a main part of a text: `chapter`.
pub fn is_part(word: &str) -> bool {
    TABLE.parts.contains(word)
}

/// Returns whether a heading in lower case is that of end matter: `references`.
pub fn is_closing(heading: &str) -> bool {
    TABLE.closing.contains(heading)
}
