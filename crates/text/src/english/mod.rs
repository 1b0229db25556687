//! Linguistic data for English: words, names and phrases.
//!
//! Each kind of data is a TOML file and a module that reads it. The files are compiled in, and each
//! is parsed on first use. They are all parsed by `table`, which panics on a broken file, an
//! unknown key and, through [`Words`], a duplicate word. `tests` parses all of them, so that no
//! broken file passes `cargo test`.
//!
//! A *folded* word is the result of [`fold`](crate::fold).

pub mod abbreviations;
pub mod boilerplate;
pub mod calendar;
pub mod countries;
pub mod function_words;
pub mod headings;
pub mod hyphens;
pub mod lexicon;
pub mod manner;
pub mod names;
pub mod negation;
pub mod numbers;
pub mod press;
pub mod pronouns;
pub mod quoting;
pub mod restriction;
pub mod spelling;
#[cfg(test)]
mod tests;
pub mod units;
pub mod verbs;

use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

pub use function_words::is_function_word;

/// Parses `toml`, the text of the file `name`.
///
/// # Panics
///
/// If it is not a valid `T`. The program must not go on with less data than its results were
/// measured with.
pub(crate) fn table<T: Deserialize<'static>>(name: &str, toml: &'static str) -> T {
    match toml::from_str(toml) {
        Ok(table) => table,
        Err(error) => panic!("the table {name} is broken: {error}"),
    }
}

/// An ordered set of words or phrases.
///
/// In TOML it is a string of words separated by white space, or an array of phrases. Duplicates are
/// an error.
#[derive(Debug, Default)]
pub struct Words {
    listed: Vec<&'static str>,
    set: FxHashSet<&'static str>,
}

impl Words {
    /// Returns whether the set has `word`, in the same case.
    pub fn contains(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// Returns the words in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.listed.iter().copied()
    }

    /// Returns the word of the table that `word` is.
    pub fn get(&self, word: &str) -> Option<&'static str> {
        self.set.get(word).copied()
    }

    /// Returns the index of `word` in the table, from 0.
    pub fn position(&self, word: &str) -> Option<usize> {
        self.listed.iter().position(|listed| *listed == word)
    }

    /// Adds `word`. Returns false if it is a duplicate.
    fn add(&mut self, word: &'static str) -> bool {
        self.listed.push(word);
        self.set.insert(word)
    }
}

impl<'de: 'static> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(WordsVisitor)
    }
}

struct WordsVisitor;

impl<'de: 'static> Visitor<'de> for WordsVisitor {
    type Value = Words;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("words in one string, or an array of phrases")
    }

    fn visit_borrowed_str<E: Error>(self, list: &'de str) -> Result<Words, E> {
        collect(list.split_whitespace())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Words, A::Error> {
        let mut phrases = Vec::new();
        while let Some(phrase) = list.next_element::<&'static str>()? {
            phrases.push(phrase);
        }
        collect(phrases)
    }
}

fn collect<E: Error>(list: impl IntoIterator<Item = &'static str>) -> Result<Words, E> {
    let mut words = Words::default();
    for word in list {
        if !words.add(word) {
            return Err(E::custom(format!("“{word}” is listed twice")));
        }
    }
    Ok(words)
}
