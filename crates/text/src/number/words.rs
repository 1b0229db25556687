//! Numbers in English words.

use super::{
    Decimal, Number, Scale, Small, char_at, letters, letters_back, skip_space, skip_space_back,
};
use crate::english::numbers::{NumberWord as Part, is_fraction, is_plural_fraction, number_word};
use crate::scan::char_before;

/// Whether `word` may begin a number: cheap, and right about nearly every word that does not.
pub(super) fn may_begin(word: &str) -> bool {
    let &[first, second, _, ..] = word.as_bytes() else { return false };
    let begins = match (first | 0x20, second | 0x20) {
        (b't', b'h') => word.len() > 4,
        (b't', b'w' | b'e' | b'r')
        | (b'f' | b's' | b'n' | b'm' | b'b', b'i')
        | (b'e', b'i' | b'l') => true,
        (b'o', b'n')
        | (b'f' | b'd', b'o')
        | (b's', b'e')
        | (b'h', b'u' | b'a')
        | (b'l', b'a')
        | (b'c', b'r') => true,
        _ => false,
    };
    begins && part(word).is_some()
}

fn part(word: &str) -> Option<Part> {
    number_word(Small::new(word).as_str())
}

/// A number being read: thousands and more that are done, and the hundreds, tens and digits at hand.
#[derive(Default)]
struct Reading {
    done: u128,
    group: u128,
    /// The power of ten of the scale word read last.
    scale: Option<u32>,
    last: Option<Part>,
    /// How many scale words were read.
    scales: usize,
}

impl Reading {
    /// Takes in the next word of the number, or says that it is none.
    fn take(&mut self, part: Part) -> Option<()> {
        match (self.last, part) {
            (Some(Part::Dozen | Part::Half), _) | (_, Part::Half) => return None,
            (Some(Part::Digit(_) | Part::Teen(_)), Part::Digit(_)) => return None,
            (Some(Part::Digit(_) | Part::Teen(_) | Part::Ten(_)), Part::Teen(_) | Part::Ten(_)) => {
                return None;
            }
            (_, Part::Digit(n) | Part::Teen(n) | Part::Ten(n)) => self.group += n,
            (_, Part::Hundred) => {
                self.group = Some(self.group).filter(|n| (1..100).contains(n))? * 100
            }
            (_, Part::Dozen) => self.group = Some(self.group).filter(|n| *n > 0)? * 12,
            (_, Part::Scale(power)) => {
                if self.group == 0 || self.scale.is_some_and(|scale| power >= scale) {
                    return None;
                }
                self.done += self.group * 10u128.pow(power);
                self.group = 0;
                self.scale = Some(power);
                self.scales += 1;
            }
        }
        self.last = Some(part);
        Some(())
    }

    /// The number without its scale word, where it has just one, at its end.
    fn finish(&self) -> (u128, Scale) {
        match self.scale {
            Some(power) if self.group == 0 && self.scales == 1 => {
                (self.done / 10u128.pow(power), Scale::power(power))
            }
            _ => (self.done + self.group, Scale::ONE),
        }
    }
}

/// The number whose first word stands at `at`, or else where to go on.
pub(super) fn read(text: &str, at: usize, floor: usize) -> Result<Number, usize> {
    let word = letters(text, at);
    let first = part(word).ok_or(at + word.len())?;
    let past = at + word.len();
    let is_word = !char_before(text, at)
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '\'' | '’' | '@' | '#'))
        && !char_at(text, past).is_some_and(|c| c.is_alphanumeric() || c == '_');
    if !is_word {
        return Err(past);
    }
    match first {
        Part::Half => read_half(text, at).ok_or(past),
        Part::Hundred | Part::Scale(_) | Part::Dozen => {
            // “a hundred”, but neither “a few hundred” nor “a quarter of a million”.
            let end = skip_space_back(text, at);
            let article = letters_back(text, end);
            let start = end - article.len();
            let before = letters_back(text, skip_space_back(text, start));
            let is_one = matches!(article, "a" | "A") && end < at && start >= floor;
            if !is_one || matches!(before, "of" | "many") {
                return Err(past);
            }
            let reading = Reading { group: 1, ..Reading::default() };
            Ok(read_on(text, start, at, reading))
        }
        _ => Ok(read_on(text, at, at, Reading::default())),
    }
}

/// Reads the words of a number from `at` on.
fn read_on(text: &str, start: usize, mut at: usize, mut reading: Reading) -> Number {
    let mut end = at;
    while let Some(()) = part(letters(text, at)).and_then(|part| reading.take(part)) {
        end = at + letters(text, at).len();
        at = next_word(text, end, reading.last);
    }
    let (number, scale) = reading.finish();
    let is_telling = number != 1 || scale != Scale::ONE;
    Number { start, end, value: Decimal::whole(number), scale, is_telling }
}

/// Where the next word of a number may stand behind `end`: past white space or a hyphen, and past *and* after hundreds.
fn next_word(text: &str, end: usize, last: Option<Part>) -> usize {
    if text[end..].starts_with('-') {
        return end + 1;
    }
    let next = skip_space(text, end);
    if matches!(last, Some(Part::Hundred | Part::Scale(_)))
        && letters(text, next).eq_ignore_ascii_case("and")
    {
        // “a hundred and one” is a number, “two million and three million” are two.
        let after = skip_space(text, next + 3);
        let word = letters(text, after);
        let following = letters(text, skip_space(text, after + word.len()));
        let is_end = !matches!(part(following), Some(Part::Hundred | Part::Scale(_) | Part::Dozen));
        return if after > next + 3 && is_end { after } else { next };
    }
    next
}

/// `half a million`, `half billion`.
fn read_half(text: &str, at: usize) -> Option<Number> {
    let next = skip_space(text, at + "half".len());
    let article = letters(text, next);
    let next = if article == "a" { skip_space(text, next + 1) } else { next };
    let word = letters(text, next);
    let scale = match part(word)? {
        Part::Scale(power) => Scale::power(power),
        Part::Dozen => Scale::DOZEN,
        _ => return None,
    };
    let value = Decimal::from_digits(b"05".iter().copied(), 1, false)?;
    Some(Number { start: at, end: next + word.len(), value, scale, is_telling: true })
}

/// Whether a number that ends at `at` goes on as a fraction or ordinal: `two-thirds`, `three quarters`, `twenty-first`.
pub(super) fn makes_fraction(text: &str, at: usize) -> bool {
    let is_joined = text[at..].starts_with('-');
    let next = if is_joined { at + 1 } else { skip_space(text, at) };
    let word = Small::new(letters(text, next));
    let word = word.as_str();
    is_plural_fraction(word) || is_joined && is_fraction(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::english::numbers;

    #[test]
    fn every_word_that_begins_a_number_may_begin_one() {
        for word in numbers::words() {
            assert!(may_begin(word), "{word}");
        }
    }
}
