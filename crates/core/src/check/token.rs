//! [`Token`]: a word of a statement.

use std::sync::Arc;

use super::vocabulary::vocabulary;
use crate::text::Span;

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
        vocabulary().says_little(&self.word, &self.lemma)
    }

    /// Returns whether it denies something.
    pub(super) fn is_negator(&self) -> bool {
        self.word.ends_with("n't")
            || vocabulary().is_negator(&self.word)
            || vocabulary().is_negator(&self.lemma)
    }

    /// Returns whether it denies what somebody says, rather than what happens.
    pub(super) fn denies_speech(&self) -> bool {
        matches!(&*self.lemma, "deni" | "disput" | "reject" | "doubt")
    }
}
