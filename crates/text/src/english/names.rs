//! Words in the names of persons and organisations, of whatever language the names are.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The table, in lower case and without full stops at the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Names {
    /// Words in the name of an organisation.
    pub bodies: Words,
    /// Words of those that are family names too: `post`.
    pub family_names: Words,
    /// Endings of one word for an organisation, in German and Dutch: `ministerium`.
    pub body_endings: Words,
    /// Adjectives of places, which organisations have in their names: `european`.
    pub adjectives: Words,
    /// Forms of address before a name: `dr`.
    pub addresses: Words,
    /// Titles after which a name stays whole: `pope`.
    pub rulers: Words,
    /// Suffixes that belong to a name: `jr`.
    pub suffixes: Words,
    /// Degrees and honours after a name, which are no part of it: `phd`.
    pub degrees: Words,
    /// Particles of family names: `van`.
    pub particles: Words,
    /// Those that are capitalised in some names: `de`.
    pub capital_particles: Words,
    /// Family names that are commonly written before the given name: `zhang`.
    pub before_given: Words,
    /// Family names of which a person has two: `garcía`.
    pub paired: Words,
    /// Given names: `maria`.
    pub given: Words,
}

/// Returns the table.
pub fn names() -> &'static Names {
    static TABLE: LazyLock<Names> =
        LazyLock::new(|| table("names.toml", include_str!("names.toml")));
    &TABLE
}
