//! [`Variant`]s of the words of a query: other spellings and names.

use std::sync::Arc;

use crate::text::analyzer::Forms;

/// A variant of one or more words of a query.
#[derive(Debug, Clone)]
pub(super) struct Variant {
    /// The words it may replace, as indexes into [`Terms::words`](super::terms::Terms::words).
    pub(super) words: Vec<usize>,
    /// The words as typed.
    pub(super) typed: String,
    /// The variant as written.
    pub(super) written: String,
    /// Its own words, folded: at least one.
    pub(super) form: Vec<Arc<str>>,
    /// The stems of each of its words; only of those that carry meaning where there are several.
    pub(super) parts: Vec<Vec<Arc<str>>>,
    /// Its kind.
    pub(super) kind: VariantKind,
    /// Its weight in the score; that of the words as typed is 1.
    pub(super) credit: f64,
    /// An upper bound of the number of passages that have it.
    pub(super) frequency: u64,
}

/// The relation of a variant to the words as typed.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize,
)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
#[non_exhaustive]
pub enum VariantKind {
    /// British for American spelling, or American for British.
    Spelling,
    /// Another name of the same country.
    Name,
    /// An acronym for its name, or a name for its acronym, as the indexed texts explain it.
    Acronym,
    /// A name of the same consonants: “Hibatullah” for “Haibatullah”.
    Transliteration,
    /// A name a few letters away from one that no passage has.
    Misspelling,
    /// A people for its country, or a country for its people.
    People,
    /// A capital for its country, or a country for its capital, as newspapers name governments.
    Capital,
}

impl VariantKind {
    /// Returns the weight of variants of this kind; that of the words as typed is 1. Set by hand,
    /// by how likely both mean the same.
    pub(super) fn credit(self) -> f64 {
        match self {
            VariantKind::Spelling => 1.0,
            VariantKind::Name | VariantKind::Acronym => 0.9,
            VariantKind::Transliteration | VariantKind::People => 0.8,
            VariantKind::Misspelling => 0.6,
            VariantKind::Capital => 0.4,
        }
    }

    /// Returns whether variants of this kind are synonyms. Then all spellings share one document
    /// frequency.
    pub(super) fn means_the_same(self) -> bool {
        !matches!(self, VariantKind::People | VariantKind::Capital)
    }

    /// Returns its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            VariantKind::Spelling => "spelling",
            VariantKind::Name => "name",
            VariantKind::Acronym => "acronym",
            VariantKind::Transliteration => "transliteration",
            VariantKind::Misspelling => "misspelling",
            VariantKind::People => "people",
            VariantKind::Capital => "capital",
        }
    }
}

impl Variant {
    /// Returns its stems, if it is a single word.
    pub(super) fn stems(&self) -> &[Arc<str>] {
        match &self.form[..] {
            [_] => &self.parts[0],
            _ => &[],
        }
    }

    /// Returns the number of words of the variant if `tokens`, at least one, begin with it; the first
    /// of them is `written` so. Names that are recognized by their capitals must have them: neither
    /// *us* nor *polish* is a country.
    pub(super) fn length_at<'a>(
        &self,
        mut tokens: impl Iterator<Item = &'a Forms>,
        written: &str,
    ) -> Option<usize> {
        let begins = match &self.form[..] {
            [_] => {
                let first = tokens.next()?;
                self.stems().contains(&first.stem) || self.stems().contains(&first.word)
            }
            form => form.iter().all(|word| tokens.next().is_some_and(|token| *word == token.word)),
        };
        let capitals = |text: &str| text.chars().filter(|c| c.is_uppercase()).count();
        let wanted = match capitals(&self.written) {
            0 => 0,
            all if all == self.written.chars().filter(|c| c.is_alphabetic()).count() => 2,
            _ => 1,
        };
        (begins && capitals(written) >= wanted).then_some(self.form.len())
    }
}
