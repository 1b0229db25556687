//! Words in the names of persons and organisations.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The table, in lower case and without full stops at the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Names {
    /// Words in the name of an organisation.
    pub bodies: Words,
    /// Forms of address before a name.
    pub addresses: Words,
    /// Suffixes after a family name and a comma: `jr`.
    pub suffixes: Words,
    /// Particles in a person's name: `van`.
    pub particles: Words,
}

/// Returns the table.
pub fn names() -> &'static Names {
    static TABLE: LazyLock<Names> =
        LazyLock::new(|| table("names.toml", include_str!("names.toml")));
    &TABLE
}
