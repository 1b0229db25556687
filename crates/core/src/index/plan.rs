//! [`Plan`]: what a search asks an inverted index to retrieve, without a word of how.
//!
//! A plan is data. `search` makes it from a query without looking at an index, and a
//! [`Backend`](super::Backend) lowers it to the queries of its engine. Terms in it are already
//! analysed: folded, stemmed or normalised as [`crate::text::analyzer`] does it, so that a backend
//! compares them as they are.

use std::collections::BTreeMap;

use crate::source::SourceId;
use crate::text::PartialDate;

/// A description of what to retrieve, with the frequencies by which to score it.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The condition that passages have to match.
    pub lookup: Lookup,
    /// Document frequencies to score stems by, where they are not the index's own: a word must not
    /// pass for rare because one of several ways to write it is.
    pub stem_frequencies: BTreeMap<String, u64>,
}

/// A condition on passages. Each kind says how it scores; scores are added up.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// Matches nothing.
    Nothing,
    /// Matches every passage. Conditions on sources need it beside them where nothing else limits
    /// what is found to passages: a backend may keep sources as documents of their own. Its score
    /// is unspecified: it is meant to be [unscored](Lookup::Unscored).
    Passages,
    /// Matches passages with a term, scored by BM25.
    Term {
        /// The field that has to have it.
        field: TermField,
        /// The term.
        term: String,
    },
    /// Matches passages with these terms in this order, scored by BM25 as one term that is as rare
    /// as its terms together: the sum of their idf.
    Phrase {
        /// The field that has to have them: one with positions.
        field: TermField,
        /// The terms, at least two.
        terms: Vec<String>,
        /// The number of places that terms may be moved, all together.
        slop: u32,
    },
    /// Matches passages with a [word](TermField::Words) that begins so, each scored 1.
    Prefix(String),
    /// Matches passages with a [word](TermField::Words) near another, each scored 1.
    Fuzzy {
        /// The other word.
        word: String,
        /// The greatest distance: insertions, deletions, replacements and swaps of neighbouring
        /// letters. At most 2.
        distance: u8,
    },
    /// Matches passages of the sources with this id, in which `*` stands for any characters. Its
    /// score is unspecified.
    SourcePattern(String),
    /// Matches passages of these sources. Its score is unspecified.
    Sources(Vec<SourceId>),
    /// Matches passages of sources that may have been published in this time, both ends included;
    /// not of those without a date. Its score is unspecified.
    Published {
        /// The earliest date.
        from: Option<PartialDate>,
        /// The latest date.
        to: Option<PartialDate>,
    },
    /// Matches what any of these match.
    Any(Vec<Lookup>),
    /// Matches what all of these match.
    All(Vec<Lookup>),
    /// Matches what all of its parts allow. Where nothing must match, at least one of `should` has
    /// to.
    Clauses {
        /// All of these have to match.
        must: Vec<Lookup>,
        /// These add to the score.
        should: Vec<Lookup>,
        /// None of these may match.
        must_not: Vec<Lookup>,
        /// The number of `should` that have to match.
        minimum_should: usize,
    },
    /// Matches the same, its score multiplied.
    Boosted {
        /// The condition.
        lookup: Box<Lookup>,
        /// The factor.
        boost: f32,
    },
    /// Matches the same, each scored 0.
    Unscored(Box<Lookup>),
}

/// A field of terms that passages are found by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TermField {
    /// Folded words of the passage's readable form, with positions. Length does not count.
    Words,
    /// Stems of the words that carry meaning. The only field in which BM25 counts length.
    Stems,
    /// Numbers and dates in normal form, and acronyms with their names: see
    /// [`crate::text::analyzer::facts`] and [`crate::text::analyzer::definitions`]. Length does not
    /// count.
    Facts,
    /// Stems of the source's title. Neither length nor repetition counts.
    Title,
    /// Stems of the headings above the passage. Neither length nor repetition counts.
    Section,
    /// Folded words of the authors' names, with positions. Length does not count.
    Author,
    /// Folded words of the publisher's and the publication's names, with positions. Length does not
    /// count.
    Publisher,
    /// The passage's language as an ISO 639-1 code.
    Language,
}

impl Lookup {
    /// Returns a lookup of one term.
    pub fn term(field: TermField, term: impl Into<String>) -> Lookup {
        Lookup::Term { field, term: term.into() }
    }

    /// Returns a lookup of terms in a row: of none nothing, of one that term.
    pub fn phrase(field: TermField, mut terms: Vec<String>, slop: u32) -> Lookup {
        match terms.len() {
            0 => Lookup::Nothing,
            1 => Lookup::Term { field, term: terms.remove(0) },
            _ => Lookup::Phrase { field, terms, slop },
        }
    }

    /// Returns a lookup of what any of `lookups` match: of none nothing, of one the same.
    pub fn any(lookups: Vec<Lookup>) -> Lookup {
        one_or(lookups, Lookup::Any)
    }

    /// Returns a lookup of what all of `lookups` match: of none nothing, of one the same.
    pub fn all(lookups: Vec<Lookup>) -> Lookup {
        one_or(lookups, Lookup::All)
    }

    /// Returns the same, its score multiplied by `boost`.
    #[must_use]
    pub fn boosted(self, boost: f32) -> Lookup {
        Lookup::Boosted { lookup: Box::new(self), boost }
    }

    /// Returns the same, without a score.
    #[must_use]
    pub fn unscored(self) -> Lookup {
        Lookup::Unscored(Box::new(self))
    }
}

fn one_or(mut lookups: Vec<Lookup>, several: fn(Vec<Lookup>) -> Lookup) -> Lookup {
    match lookups.len() {
        0 => Lookup::Nothing,
        1 => lookups.remove(0),
        _ => several(lookups),
    }
}
