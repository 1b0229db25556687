//! Words of by-lines, datelines, mastheads and stamps of time.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The words, in lower case where not said otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Press {
    /// Words for what somebody does at an outlet.
    pub roles: Words,
    /// Words in the names of those who publish news.
    pub publishers: Words,
    /// News agencies, as written.
    pub agencies: Words,
    /// Words that open a paragraph before a colon or dash without naming anyone.
    pub openers: Words,
    /// Rubrics, which stand alone above an article as the name of an outlet may.
    pub rubrics: Words,
    /// Words in the names of places that datelines name.
    pub places: Words,
    /// How a by-line begins that can be nothing else, as written.
    pub byline_leads: Words,
    /// How a stamp of the time of publication begins.
    pub published: Words,
    /// How a stamp of the time of the last change begins.
    pub updated: Words,
}

/// Returns the table.
pub fn press() -> &'static Press {
    static TABLE: LazyLock<Press> =
        LazyLock::new(|| table("press.toml", include_str!("press.toml")));
    &TABLE
}
