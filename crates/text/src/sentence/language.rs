//! Abbreviations and opening words by language.
//!
//! English is in [`crate::english`]; the other languages are TOML files. A text in one of them has
//! the titles of English too, but not its other abbreviations, which may be words there.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::english::abbreviations::{Use, abbreviation};
use crate::english::{Words, function_words, table};

/// The table of a language.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Table {
    never_last: Words,
    before_number: Words,
    may_be_last: Words,
    #[serde(default)]
    last_after_number: Words,
    openers: Words,
    #[serde(default)]
    before_ordinals: Words,
    #[serde(default)]
    endings_before_number: Words,
}

/// The words that tell the ends of sentences in a language other than English.
pub(super) struct Language {
    table: Table,
    uses: FxHashMap<&'static str, Use>,
}

impl Language {
    fn new(name: &str, toml: &'static str) -> Self {
        let table: Table = table(name, toml);
        let listed = [
            (&table.never_last, Use::NeverLast),
            (&table.before_number, Use::BeforeNumber),
            (&table.may_be_last, Use::MayBeLast),
            (&table.last_after_number, Use::LastAfterNumber),
        ];
        let uses = listed
            .into_iter()
            .flat_map(|(words, tag)| words.iter().map(move |word| (word, tag)))
            .collect();
        Self { table, uses }
    }

    /// Returns the language with this ISO 639-1 code, or `None` if it is English or has no table.
    pub(super) fn of(code: &str) -> Option<&'static Language> {
        static GERMAN: LazyLock<Language> =
            LazyLock::new(|| Language::new("de.toml", include_str!("languages/de.toml")));
        static SPANISH: LazyLock<Language> =
            LazyLock::new(|| Language::new("es.toml", include_str!("languages/es.toml")));
        static FRENCH: LazyLock<Language> =
            LazyLock::new(|| Language::new("fr.toml", include_str!("languages/fr.toml")));
        static ITALIAN: LazyLock<Language> =
            LazyLock::new(|| Language::new("it.toml", include_str!("languages/it.toml")));
        static RUSSIAN: LazyLock<Language> =
            LazyLock::new(|| Language::new("ru.toml", include_str!("languages/ru.toml")));
        Some(match code {
            "de" => &GERMAN,
            "es" => &SPANISH,
            "fr" => &FRENCH,
            "it" => &ITALIAN,
            "ru" => &RUSSIAN,
            _ => return None,
        })
    }

    /// Returns whether a number with a full stop after this word is an ordinal.
    pub(super) fn precedes_ordinal(&self, word: &str) -> bool {
        self.table.before_ordinals.contains(word)
    }
}

/// Returns how a word is used as an abbreviation in a language; `None` is English.
pub(super) fn use_of(word: &str, language: Option<&Language>) -> Option<Use> {
    let Some(language) = language else { return abbreviation(word) };
    let ends_so = |ending: &str| word.len() > ending.len() && word.ends_with(ending);
    let listed = language.uses.get(word).copied();
    let title = || abbreviation(word).filter(|listed| *listed == Use::NeverLast);
    let ending = || language.table.endings_before_number.iter().any(ends_so);
    listed.or_else(title).or_else(|| ending().then_some(Use::BeforeNumber))
}

/// Returns whether a word, as written, is capitalised only at the start of a sentence.
pub(super) fn opens_sentence(word: &str, language: Option<&Language>) -> bool {
    match language {
        Some(language) => language.table.openers.contains(word),
        None => function_words::opens_sentence(word),
    }
}
