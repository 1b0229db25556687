//! Boilerplate: what saved web pages say beside the article.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// Lines and parts of lines, in lower case, with straight apostrophes and single spaces, without a
/// full stop at the end.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Boilerplate {
    /// Lines that may as well stand in an article.
    pub weak: Words,
    /// Lines that only a page around an article has.
    pub strong: Words,
    /// Lines that begin what follows an article.
    pub footer: Words,
    /// What is counted, behind a number: `min read`.
    pub counted: Words,
    /// Parts of a line that advertises the page's own app.
    pub app: Words,
    /// How a notice about cookies begins.
    pub cookies: Words,
    /// How lines begin that go on with what only the page knows.
    pub openings: Openings,
}

/// How lines begin, by what such a line is. No opening of one kind begins with one of another.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Openings {
    /// It may as well stand in an article.
    pub weak: Words,
    /// Only a page around an article has it.
    pub strong: Words,
    /// It begins what follows an article.
    pub footer: Words,
}

/// Returns the table.
pub fn boilerplate() -> &'static Boilerplate {
    static TABLE: LazyLock<Boilerplate> =
        LazyLock::new(|| table("boilerplate.toml", include_str!("boilerplate.toml")));
    &TABLE
}
