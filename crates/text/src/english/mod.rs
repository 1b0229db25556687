//! What is known of English: words, names and phrases, each in one table.
//!
//! A kind of knowledge is a TOML file with the code that reads it. The files are compiled in and
//! each is parsed once, when it is first asked. `table` is the only reader: it refuses a broken
//! file, an unknown key and, through [`Words`], a word that is listed twice, with a panic in every
//! build. `tests` reads all of them, so that no such file gets past `cargo test`.
//!
//! A *folded* word is one as [`fold`](crate::fold) leaves it.

pub mod abbreviations;
pub mod boilerplate;
pub mod calendar;
pub mod countries;
pub mod function_words;
pub mod headings;
pub mod lexicon;
pub mod names;
pub mod negation;
pub mod numbers;
pub mod press;
pub mod pronouns;
pub mod spelling;
#[cfg(test)]
mod tests;
pub mod units;
pub mod verbs;

use std::fmt;

use rustc_hash::FxHashSet;
use serde::de::{Deserialize, Deserializer, Error, SeqAccess, Visitor};

pub use function_words::is_function_word;

/// Reads a table that is compiled in.
///
/// # Panics
///
/// Panics where `toml`, the text of the file `name`, is not what `T` reads: the program would
/// otherwise run with less knowledge than its results were measured with.
fn table<T: Deserialize<'static>>(name: &str, toml: &'static str) -> T {
    match toml::from_str(toml) {
        Ok(table) => table,
        Err(error) => panic!("the table {name} of English is broken: {error}"),
    }
}

/// A set of words or phrases, in the order in which their table lists them.
///
/// In TOML it is one string of words with white space between, or an array of phrases. A word that
/// is listed twice is an error.
#[derive(Debug, Default)]
pub struct Words {
    listed: Vec<&'static str>,
    set: FxHashSet<&'static str>,
}

impl Words {
    /// Returns whether the table lists `word`, in the same case.
    pub fn contains(&self, word: &str) -> bool {
        self.set.contains(word)
    }

    /// Returns the words in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.listed.iter().copied()
    }

    /// Returns the place of `word` in the table, from 0.
    pub fn position(&self, word: &str) -> Option<usize> {
        self.listed.iter().position(|listed| *listed == word)
    }

    /// Adds `word`, and returns whether it is new.
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
