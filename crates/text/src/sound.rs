//! Compares transliterations of one name by what they have in common: their consonants.

use std::iter::Peekable;
use std::str::Chars;

/// Returns the consonants of a folded word, doubled ones once, behind its first letter. Letters
/// that transliterations use for one another come out the same, and so do all vowels at its
/// beginning.
pub fn consonants(word: &str) -> impl Iterator<Item = char> {
    Consonants { chars: word.chars().peekable(), first: true }
}

struct Consonants<'w> {
    chars: Peekable<Chars<'w>>,
    first: bool,
}

impl Iterator for Consonants<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        loop {
            let letter = sound(self.chars.next()?);
            if std::mem::take(&mut self.first) {
                return Some(if is_vowel(letter) { 'a' } else { letter });
            }
            let doubled = self.chars.peek().is_some_and(|&next| sound(next) == letter);
            if !is_vowel(letter) && !doubled {
                return Some(letter);
            }
        }
    }
}

/// Returns the letter that stands for all that transliterations use for `letter`.
pub fn sound(letter: char) -> char {
    match letter {
        'q' => 'k',
        'w' => 'v',
        letter => letter,
    }
}

/// Returns whether a letter is a vowel.
pub fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// Returns whether two folded words have the same consonants.
pub fn same_consonants(a: &str, b: &str) -> bool {
    consonants(a).eq(consonants(b))
}
