//! Function words: words with a grammatical role and no meaning of their own.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct FunctionWords {
    pub(super) function_words: Words,
    openers: Words,
    interrogatives: Words,
}

pub(super) static TABLE: LazyLock<FunctionWords> =
    LazyLock::new(|| table("function_words.toml", include_str!("function_words.toml")));

/// Returns whether a folded word is a function word.
pub fn is_function_word(word: &str) -> bool {
    TABLE.function_words.contains(word)
}

/// Returns whether a word, as written, is capitalised only at the start of a sentence.
pub fn opens_sentence(word: &str) -> bool {
    TABLE.openers.contains(word)
}

/// Returns whether a word, as written, opens a question: `What`, `Is`.
pub fn opens_question(word: &str) -> bool {
    TABLE.interrogatives.contains(word)
}
