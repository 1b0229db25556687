//! How words are related in meaning.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The words, in lower case and by their base forms. A line is several words, parted by spaces.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lexicon {
    /// Lines of words that say the same.
    #[serde(borrow)]
    pub synonyms: Vec<&'static str>,
    /// Lines whose first word takes in the others.
    #[serde(borrow)]
    pub includes: Vec<&'static str>,
    /// Lines of words of which a thing is at most one.
    #[serde(borrow)]
    pub exclusive: Vec<&'static str>,
    /// Lines of words of which a thing is often at most one.
    #[serde(borrow)]
    pub akin: Vec<&'static str>,
    /// Lines of a word and its contraries.
    #[serde(borrow)]
    pub antonyms: Vec<&'static str>,
    /// Lines of a noun and its irregular plural.
    #[serde(borrow)]
    pub plurals: Vec<&'static str>,
    /// Words that say little.
    pub light: Words,
    /// Words that a clause does not go on over: `but`.
    pub turns: Words,
    /// Words that leave no room for others: `only`.
    pub only: Words,
    /// Words that say that something may be so, will be so, or is wanted: `may`.
    pub modal: Words,
    /// Words by which somebody says something: `claim`.
    pub attribution: Words,
    /// Words behind which *to* and a verb say that it happens: `begin`.
    pub happening: Words,
    /// Words that with *the* mean something named before: `group`.
    pub generic: Words,
}

/// Returns the table.
pub fn lexicon() -> &'static Lexicon {
    static TABLE: LazyLock<Lexicon> =
        LazyLock::new(|| table("lexicon.toml", include_str!("lexicon.toml")));
    &TABLE
}
