//! Words of the names of people and bodies.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The words, in lower case and without a full stop at the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Names {
    /// Words that make a name one of a body.
    pub bodies: Words,
    /// Forms of address before a name.
    pub addresses: Words,
    /// What follows a family name and a comma without being a given name: `jr`.
    pub suffixes: Words,
    /// Small words inside a person's name: `van`.
    pub particles: Words,
}

/// Returns the table.
pub fn names() -> &'static Names {
    static TABLE: LazyLock<Names> =
        LazyLock::new(|| table("names.toml", include_str!("names.toml")));
    &TABLE
}
