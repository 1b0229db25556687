//! [`Alike`]: an automaton that accepts the words with the consonants of another.
//!
//! A few letters tell it where to leave a dictionary, so that it looks at tens of words where the
//! automaton of a distance of 2 looks at thousands.

use tantivy_fst::Automaton;

use crate::text::sound::{consonants, is_vowel, sound};

/// Accepts the words with the same consonants as another, and a few more.
pub(super) struct Alike {
    /// The number of its consonants, counting its first letter as one.
    count: u32,
    /// Set if the word begins with a vowel.
    begins_with_vowel: bool,
    /// For each byte the places among the consonants that it may take: the lowest bit is the first.
    places: [u64; 256],
    /// The length of the longest word, in bytes.
    longest: usize,
}

/// The distance of words that begin like the one read so far.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    /// The possible numbers of consonants read so far: bit *n* is set if *n* is possible.
    counts: u64,
    /// The number of bytes that have been read.
    bytes: usize,
}

impl Alike {
    /// Returns an automaton for `word` and words of up to `more` letters more; `None` for a word of
    /// other than ASCII letters, or of too many.
    pub(super) fn new(word: &str, more: u8) -> Option<Alike> {
        let mut places = [0; 256];
        let mut count = 0;
        for letter in consonants(word) {
            let letter = u8::try_from(letter).ok().filter(u8::is_ascii)?;
            places[usize::from(letter)] |= 1_u64.checked_shl(count).filter(|_| count < 63)?;
            count += 1;
        }
        let begins_with_vowel = word.starts_with(is_vowel);
        let longest = word.len() + usize::from(more);
        word.is_ascii().then_some(Alike { count, begins_with_vowel, places, longest })
    }
}

impl Automaton for Alike {
    type State = Read;

    fn start(&self) -> Read {
        Read { counts: 1, bytes: 0 }
    }

    fn is_match(&self, read: &Read) -> bool {
        read.counts >> self.count & 1 == 1
    }

    fn can_match(&self, read: &Read) -> bool {
        read.counts != 0 && read.bytes <= self.longest
    }

    fn accept(&self, read: &Read, byte: u8) -> Read {
        let letter = sound(char::from(byte));
        let places = self.places[usize::from(u8::try_from(letter).unwrap_or(byte))];
        let counts = match (read.bytes, is_vowel(letter)) {
            (0, true) => u64::from(self.begins_with_vowel) << 1,
            (0, false) => (places & 1) << 1,
            (_, true) => read.counts,
            // The next consonant, or the last one doubled.
            (_, false) => (read.counts & places) << 1 | read.counts & places << 1,
        };
        Read { counts, bytes: read.bytes + 1 }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::sound::same_consonants;

    fn accepts(automaton: &Alike, word: &str) -> bool {
        let mut read = automaton.start();
        for byte in word.bytes() {
            read = automaton.accept(&read, byte);
            if !automaton.can_match(&read) {
                return false;
            }
        }
        automaton.is_match(&read)
    }

    #[test]
    fn words_of_other_consonants_are_left_early() {
        let automaton = Alike::new("hibatullah", 2).unwrap();
        for word in ["hibatullah", "haibatullah", "hebatulah"] {
            assert!(accepts(&automaton, word), "{word}");
        }
        for word in ["habit", "ibatullah", "hibatullahs", "hiiiiiiibatullah"] {
            assert!(!accepts(&automaton, word), "{word}");
        }
        assert!(Alike::new("кандагар", 2).is_none());
        assert!(Alike::new(&"kb".repeat(40), 2).is_none());
    }

    proptest! {
        #[test]
        fn words_with_the_same_consonants_are_accepted(
            word in "[abelqwkv]{1,7}",
            other in "[abelqwkv]{1,7}",
        ) {
            let automaton = Alike::new(&word, 6).unwrap();
            prop_assert!(!same_consonants(&word, &other) || accepts(&automaton, &other));
        }
    }
}
