//! [`Reason`]: where a claim and a source agree or differ, in the words of both.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// A point in which a claim and a source agree or differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// In which respect.
    pub slot: Slot,
    /// True if they agree in it.
    pub agrees: bool,
    /// The words of the claim.
    pub claim: String,
    /// The words of the source; empty where it says nothing of it.
    pub source: String,
}

impl Reason {
    /// Makes one of words in which the two do not agree, of either of them or of both.
    pub(super) fn differing(slot: Slot, claim: String, source: String) -> Reason {
        Reason { slot, agrees: false, claim, source }
    }

    /// Returns whether it makes the two differ in what they say, rather than leave it open: words
    /// that the source merely does not have are no conflict, nor is a condition.
    pub fn is_conflict(&self) -> bool {
        let is_open = matches!(
            self.slot,
            Slot::Words
                | Slot::Condition
                | Slot::Modality
                | Slot::Subject
                | Slot::Relation
                | Slot::Quantifier
        );
        !self.agrees && !is_open
    }
}

/// Returns the places of `words` in a text that begin and end with whole words, in bytes.
pub(super) fn places<'t>(words: &'t str, text: &'t str) -> impl Iterator<Item = Span> + 't {
    let found = text.match_indices(words).filter(|(_, found)| !found.is_empty());
    found.map(|(at, found)| Span::new(at, at + found.len())).filter(|span| {
        let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !is_word(text[..span.start].chars().next_back())
            && !is_word(text[span.end..].chars().next())
    })
}

/// In which respect a claim and a source are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Slot {
    /// A time.
    Date,
    /// An amount.
    Amount,
    /// That it is or is not so.
    Polarity,
    /// That which is said, by words of contrary meaning.
    Predicate,
    /// A name: who, what or where.
    Name,
    /// The kind of thing, or which of a series.
    Kind,
    /// Who did it to whom.
    Order,
    /// Under which condition, or with which exception; the claim's words are empty.
    Condition,
    /// That it is so: one of the two says that it may, will or should be so, was so, or is what
    /// somebody claims or wants.
    Modality,
    /// The subject: the claim’s is not the one that the sentence speaks of.
    Subject,
    /// The relation between things, as prepositions and possessives say it.
    Relation,
    /// The number of those that it is said of: all, some, a part of them.
    Quantifier,
    /// Words of the claim that the source has, or does not have.
    Words,
}

impl Slot {
    /// Returns its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Amount => "amount",
            Self::Polarity => "polarity",
            Self::Predicate => "predicate",
            Self::Name => "name",
            Self::Kind => "kind",
            Self::Order => "order",
            Self::Condition => "condition",
            Self::Modality => "modality",
            Self::Subject => "subject",
            Self::Relation => "relation",
            Self::Quantifier => "quantifier",
            Self::Words => "words",
        }
    }
}

/// The side of a claim on which evidence stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It says so, or says a part of it.
    Supports,
    /// It says otherwise.
    Contradicts,
}
