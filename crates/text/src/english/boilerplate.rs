//! Boilerplate: text of web pages around the article.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// Lines and parts of lines, in lower case, with straight apostrophes and single spaces, without a
/// full stop at the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Boilerplate {
    /// Lines that may also be part of an article.
    pub weak: Words,
    /// Lines that are never part of an article.
    pub strong: Words,
    /// Lines at the start of the footer, after the article.
    pub footer: Words,
    /// Nouns after a number: `min read`.
    pub counted: Words,
    /// Parts of a line that advertises the site's app.
    pub app: Words,
    /// Beginnings of cookie notices.
    pub cookies: Words,
    /// Beginnings of lines that continue with a name, a title or the like.
    pub openings: Openings,
}

/// Beginnings of lines by the kind of line. No opening of one kind begins with one of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Openings {
    /// Of lines that may also be part of an article.
    pub weak: Words,
    /// Of lines that are never part of an article.
    pub strong: Words,
    /// Of lines at the start of the footer.
    pub footer: Words,
}

/// Returns the table.
pub fn boilerplate() -> &'static Boilerplate {
    static TABLE: LazyLock<Boilerplate> =
        LazyLock::new(|| table("boilerplate.toml", include_str!("boilerplate.toml")));
    &TABLE
}
