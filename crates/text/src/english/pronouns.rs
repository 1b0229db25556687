//! Pronouns and articles.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Table {
    pub(super) articles: Words,
    pub(super) subject: Words,
    pub(super) object: Words,
    pub(super) possessive: Words,
    pub(super) near: Words,
    pub(super) far: Words,
    pub(super) relative: Words,
    pub(super) first_person: Words,
}

pub(super) static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("pronouns.toml", include_str!("pronouns.toml")));

/// Returns whether a folded word is an article.
pub fn is_article(word: &str) -> bool {
    TABLE.articles.contains(word)
}

/// Returns whether a folded word is a third-person pronoun as a subject: `she`.
pub fn is_subject(word: &str) -> bool {
    TABLE.subject.contains(word)
}

/// Returns whether a folded word is a third-person pronoun as an object: `her`.
pub fn is_object(word: &str) -> bool {
    TABLE.object.contains(word)
}

/// Returns whether a folded word is a third-person possessive: `her`.
pub fn is_possessive(word: &str) -> bool {
    TABLE.possessive.contains(word)
}

/// Returns whether a folded word is a near demonstrative: `this`, `these`.
pub fn is_near(word: &str) -> bool {
    TABLE.near.contains(word)
}

/// Returns whether a folded word is a demonstrative: `this`, `those`.
pub fn is_demonstrative(word: &str) -> bool {
    is_near(word) || TABLE.far.contains(word)
}

/// Returns whether a folded word is a relative pronoun.
pub fn is_relative(word: &str) -> bool {
    TABLE.relative.contains(word)
}

/// Returns whether a word in lower case is a first-person pronoun other than *I* and *us*.
pub fn is_first_person(word: &str) -> bool {
    TABLE.first_person.contains(word)
}
