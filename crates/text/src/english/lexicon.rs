//! Relations between the meanings of words.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The table, in lower case and base forms. A line is several words, separated by spaces.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WordRelations {
    /// Lines of synonyms.
    #[serde(borrow)]
    pub synonyms: Vec<&'static str>,
    /// Lines of what a verb says, ` = `, and phrases that say the same, parted by ` / `.
    #[serde(borrow)]
    pub phrasal_verbs: Vec<&'static str>,
    /// The same of nouns.
    #[serde(borrow)]
    pub phrases: Vec<&'static str>,
    /// Lines of a word and words with a narrower meaning.
    #[serde(borrow)]
    pub includes: Vec<&'static str>,
    /// Lines of words that exclude each other.
    #[serde(borrow)]
    pub exclusive: Vec<&'static str>,
    /// Lines of other words that are no names with a capital at the head of a sentence.
    #[serde(borrow)]
    pub nouns: Vec<&'static str>,
    /// Lines of a word and its antonyms.
    #[serde(borrow)]
    pub antonyms: Vec<&'static str>,
    /// Lines of a noun and its irregular plural.
    #[serde(borrow)]
    pub plurals: Vec<&'static str>,
    /// Words with little meaning.
    pub light: Words,
    /// Words that end a clause: `but`.
    pub turns: Words,
    /// Words that exclude everything else: `only`.
    pub only: Words,
    /// Words that attribute a statement to somebody: `claim`.
    pub attribution: Words,
    /// Words after which *to* and a verb say that it happens: `begin`.
    pub happening: Words,
    /// Words that with *the* refer to something named before: `group`.
    pub generic: Words,
}

/// Returns the table.
pub fn lexicon() -> &'static WordRelations {
    static TABLE: LazyLock<WordRelations> =
        LazyLock::new(|| table("lexicon.toml", include_str!("lexicon.toml")));
    &TABLE
}
