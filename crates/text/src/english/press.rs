//! Words of bylines, datelines, mastheads and timestamps.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The table, in lower case unless noted otherwise.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Press {
    /// Roles of people at an outlet.
    pub roles: Words,
    /// Words in the names of news publishers.
    pub publishers: Words,
    /// News agencies, as written.
    pub agencies: Words,
    /// Words before a colon or dash at the start of a paragraph that name nobody.
    pub openers: Words,
    /// Rubrics, which may be alone on a line above an article, as the name of an outlet may.
    pub rubrics: Words,
    /// Words in the names of places in datelines.
    pub places: Words,
    /// Unambiguous beginnings of a byline, as written.
    pub byline_leads: Words,
    /// Beginnings of the timestamp of publication.
    pub published: Words,
    /// Beginnings of the timestamp of the last update.
    pub updated: Words,
}

/// Returns the table.
pub fn press() -> &'static Press {
    static TABLE: LazyLock<Press> =
        LazyLock::new(|| table("press.toml", include_str!("press.toml")));
    &TABLE
}
