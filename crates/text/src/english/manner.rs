//! Words that say how something is said: as a condition, as possible, as somebody's word, in part.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Words, table};

/// The words by what they do, folded; verbs in their first form.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Manner {
    /// Words behind which something is a condition or a question.
    pub conditional: Words,
    /// Words that leave it open whether something happened.
    pub irrealis: Words,
    /// Verbs that do not say that what follows them is so.
    pub nonfactive: Words,
    /// Verbs by which somebody says something, without a doubt cast on it.
    pub reporting: Words,
    /// Words for those who take a side in a dispute, as they are written.
    pub partisan: Words,
    /// Words that take a part of what follows.
    pub partial: Words,
    /// Words that take all of what follows.
    pub universal: Words,
    /// Words that make something else of the noun behind them.
    pub privative: Words,
    /// Words that make of an event another one of its kind.
    pub further: Words,
    /// Words that govern a noun behind them.
    pub prepositions: Words,
    /// Words that tie a sentence to the one before it, and say nothing of its subject.
    pub framing: Words,
    /// Verbs that cannot hold of both sides, as they are written.
    pub one_way: Words,
    /// Verbs for what lasts and ends, as they are written.
    pub states: Words,
    /// Verbs that keep away what they are said of, as they are written.
    pub preventing: Words,
    /// Words that say in which direction an amount is measured.
    pub dimensions: Words,
    /// Words that make of an amount a difference.
    pub comparative: Words,
    /// Words in -est that are no superlatives.
    pub no_superlatives: Words,
    /// Words behind a verb that make another one of it.
    pub particles: Words,
    /// Adverbs that say how often, how far or since when something is so.
    pub scope: Words,
    /// Words for what happens once to one thing.
    pub once: Words,
    /// Nouns for what somebody says, as in *denied a report that*.
    pub speech: Words,
    /// Nouns for a place, as in *the village of*.
    pub places: Words,
}

/// Returns the table.
pub fn manner() -> &'static Manner {
    static TABLE: LazyLock<Manner> =
        LazyLock::new(|| table("manner.toml", include_str!("manner.toml")));
    &TABLE
}
