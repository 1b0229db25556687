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
    /// Further words in the names of outlets, which are words of other names too.
    pub outlet_words: Words,
    /// Single names that sign articles in place of a person.
    pub desks: Words,
    /// The last parts of web addresses that are written as names of outlets.
    pub domains: Words,
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
    /// Beginnings of a byline that also begin sentences, as written.
    pub bys: Words,
    /// Words between the name of an author and a place or outlet.
    pub before_places: Words,
    /// Words before a day, among them days of the week in other languages.
    pub before_days: Words,
    /// Words in a time.
    pub time_words: Words,
    /// The months in other languages, in calendar order.
    pub foreign_months: [Words; 12],
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
