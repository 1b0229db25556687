//! [`Token`]: a word of a statement.

use std::sync::Arc;

use super::vocabulary::{is_ordinal, vocabulary};
use crate::text::Span;
use crate::text::english::calendar::{month, weekday};
use crate::text::english::names::names;

/// A word of a statement.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The place, in bytes of the statement.
    pub(super) span: Span,
    /// The word folded.
    pub(super) word: Arc<str>,
    /// The part that all its forms have in common.
    pub(super) lemma: Arc<str>,
    /// True if it says something of its own: no article, preposition or the like, and no part of an
    /// amount or date.
    pub(super) is_content: bool,
    /// True if it is, or is part of, a name.
    pub(super) is_name: bool,
    /// True if it stands in the reach of a negation, or of an odd number of them.
    pub(super) is_negated: bool,
    /// The clause it stands in, counted from 0.
    pub(super) clause: usize,
    /// Its place in a phrase that says what one word says.
    pub(super) place: Place,
    /// The rest that is known of the word.
    pub(super) traits: Traits,
}

/// Facts of a word, wherever it stands. They are looked up once for each spelling: a claim is
/// compared with each word of many sentences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Traits {
    /// True if it may be related to another word.
    pub(super) is_related: bool,
    /// True if it says little where it stands.
    says_little: bool,
    /// True if it denies something.
    is_negator: bool,
    /// True if it denies what somebody says, rather than what happens.
    denies_speech: bool,
    /// True if it says that somebody says something.
    pub(super) is_reporting: bool,
    /// True if it is of a country.
    pub(super) is_country: bool,
    /// True if it says of what country something is.
    pub(super) is_demonym: bool,
    /// True if people are called so.
    pub(super) is_given: bool,
    /// True if it has a digit.
    pub(super) is_figure: bool,
    /// The day of the week that it names, from 1.
    pub(super) weekday: Option<i8>,
    /// The month that it names, from 1.
    pub(super) month: Option<i8>,
}

impl Traits {
    /// Looks up a folded word and its lemma.
    pub(super) fn of(word: &str, lemma: &str) -> Traits {
        let vocabulary = vocabulary();
        Traits {
            is_related: vocabulary.is_related(lemma) || is_ordinal(lemma),
            says_little: vocabulary.says_little(word, lemma),
            is_negator: word.ends_with("n't")
                || vocabulary.is_negator(word)
                || vocabulary.is_negator(lemma),
            denies_speech: matches!(lemma, "deni" | "disput" | "reject" | "doubt"),
            is_reporting: vocabulary.is_reporting(lemma),
            is_country: vocabulary.is_country(lemma),
            is_demonym: vocabulary.is_demonym(lemma),
            is_given: names().given.contains(word),
            is_figure: word.contains(|c: char| c.is_ascii_digit()),
            weekday: weekday(word),
            month: month(word),
        }
    }
}

/// The place of a word in a phrase that says what one word says: *carried out*.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// It is by itself, or the first word of a noun.
    Own,
    /// It is the first word of a verb.
    Verb,
    /// It is a further word.
    Inner,
}

impl Token {
    /// Returns whether a source that does not have it may say the same.
    pub(super) fn says_little(&self) -> bool {
        self.traits.says_little
    }

    /// Returns whether it has the form of a past or a participle: *built*, *opened*.
    pub(super) fn is_past(&self) -> bool {
        !self.is_name && (self.word.ends_with("ed") || vocabulary().is_verb_form(&self.word))
    }

    /// Returns whether it has the form of a plural: *schools*, *people*.
    pub(super) fn is_plural(&self) -> bool {
        self.word.ends_with('s') && !self.word.ends_with("ss") || vocabulary().is_plural(&self.word)
    }

    /// Returns whether it denies something.
    pub(super) fn is_negator(&self) -> bool {
        self.traits.is_negator
    }

    /// Returns whether it denies what somebody says, rather than what happens.
    pub(super) fn denies_speech(&self) -> bool {
        self.traits.denies_speech
    }
}
