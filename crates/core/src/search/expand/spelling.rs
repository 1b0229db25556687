//! Spellings that are nearly the same: other transliterations of a name, and slips of the pen.

use crate::text::sound::same_consonants;

/// The difference between a spelling and the one typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum SpellingDifference {
    /// Vowels and doubled letters alone, as in transliterations of one name.
    Vowels,
    /// Any letters, as in slips.
    Letters,
}

/// A word that is looked for, with what decides how different its spellings may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Typed<'w> {
    /// The word folded.
    pub(super) word: &'w str,
    /// True if its capital says that it is a name.
    pub(super) is_name: bool,
    /// True if no passage has it.
    pub(super) is_absent: bool,
}

/// The fewest letters of a word that has similar ones: shorter words are near too many.
pub(super) const SHORTEST: usize = 5;

impl Typed<'_> {
    /// Returns whether anything may be taken for another spelling of the word. Figures, formulas
    /// and short words have none, and a common word that the index has is not looked for in others.
    pub(super) fn may_vary(&self) -> bool {
        let letters = self.word.chars().count();
        letters >= SHORTEST
            && self.word.chars().all(char::is_alphabetic)
            && (self.is_name || self.is_absent)
    }

    /// Returns the distance up to which other words may be meant that differ in more than vowels
    /// and doubled letters; 0 where none are.
    pub(super) fn reach(&self) -> u8 {
        match (self.is_name && self.is_absent, self.word.chars().count()) {
            (false, _) => 0,
            (true, ..=7) => 1,
            (true, _) => 2,
        }
    }

    /// Returns the difference where `other`, at this `distance` in single letters, is taken for the
    /// word in another spelling.
    ///
    /// Two names are taken for one where their consonants agree. Other letters may differ only
    /// where no passage has the name as typed, and words that are no names (“truce”, “truck”) only
    /// by one vowel or doubled letter.
    pub(super) fn is_meant_by(&self, other: &str, distance: usize) -> Option<SpellingDifference> {
        let letters = self.word.chars().count();
        let are_alike = same_consonants(self.word, other);
        let meant = match (self.is_name, are_alike) {
            (true, true) => distance <= if letters > SHORTEST { 2 } else { 1 },
            (true, false) => distance <= self.reach().into(),
            (false, true) => letters > SHORTEST && distance <= 1,
            (false, false) => false,
        };
        let difference = if are_alike && self.is_name {
            SpellingDifference::Vowels
        } else {
            SpellingDifference::Letters
        };
        meant.then_some(difference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(
        word: &str,
        is_name: bool,
        is_absent: bool,
        other: &str,
    ) -> Option<SpellingDifference> {
        let typed = Typed { word, is_name, is_absent };
        typed
            .may_vary()
            .then(|| typed.is_meant_by(other, strsim::osa_distance(word, other)))
            .flatten()
    }

    #[test]
    fn transliterations_of_a_name_are_taken_for_it() {
        for (a, b) in [
            ("hibatullah", "haibatullah"),
            ("boldak", "buldak"),
            ("tehrik", "tehreek"),
            ("tehreek", "tahreek"),
            ("baluchistan", "balochistan"),
            ("khushboo", "khushbu"),
            ("bengaluru", "bangalore"),
            ("muhammad", "mohammed"),
            ("muttaqi", "mutaqi"),
            ("qandahar", "kandahar"),
            ("usama", "osama"),
        ] {
            for (word, other) in [(a, b), (b, a)] {
                assert!(same_consonants(word, other), "{word} {other}");
                if strsim::osa_distance(word, other) <= 2 {
                    assert_eq!(
                        meant(word, true, false, other),
                        Some(SpellingDifference::Vowels),
                        "{word} {other}"
                    );
                }
            }
        }
    }

    #[test]
    fn slips_are_taken_for_the_name_only_where_it_is_nowhere() {
        for (word, other) in
            [("afganistan", "afghanistan"), ("akhunzada", "akhundzada"), ("karzi", "karzai")]
        {
            assert!(meant(word, true, true, other).is_some(), "{word} {other}");
        }
        assert_eq!(meant("akhunzada", true, true, "akhundzada"), Some(SpellingDifference::Letters));
        assert_eq!(meant("akhunzada", true, false, "akhundzada"), None);
        assert_eq!(meant("sharif", true, true, "sherpa"), None);
    }

    #[test]
    fn common_words_vary_little() {
        assert_eq!(meant("seperate", false, true, "separate"), Some(SpellingDifference::Letters));
        for (word, other) in [
            ("truce", "truck"),
            ("calls", "cells"),
            ("fleeing", "flying"),
            ("injection", "infection"),
        ] {
            assert_eq!(meant(word, false, true, other), None, "{word} {other}");
        }
        assert_eq!(meant("seperate", false, false, "separate"), None);
        assert_eq!(meant("il6", true, true, "il8"), None);
        assert_eq!(meant("omar", true, true, "umar"), None);
        assert_eq!(meant("snail", true, true, "snel"), None);
    }
}
