//! Parses numbers in English words.

use super::{
    Decimal, Number, Scale, Small, char_at, letters, letters_back, skip_space, skip_space_back,
};
use crate::english::numbers::{NumberWord as Part, is_fraction, is_plural_fraction, number_word};
use crate::scan::char_before;

/// Returns whether `word` may begin a number. Its first two letters rule out most words without a
/// look-up.
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

/// The state of parsing a number: the sum of its groups up to the last scale word, and the
/// hundreds, tens and digits after it.
#[derive(Default)]
struct Parser {
    sum: u128,
    group: u128,
    /// The power of ten of the last scale word.
    scale: Option<u32>,
    last: Option<Part>,
    /// The number of scale words.
    scales: usize,
}

impl Parser {
    /// Adds the next word. Returns false if it cannot follow the words before it.
    fn push(&mut self, part: Part) -> bool {
        match (self.last, part) {
            (Some(Part::Dozen | Part::Half), _) | (_, Part::Half) => return false,
            (Some(Part::Digit(_) | Part::Teen(_)), Part::Digit(_)) => return false,
            (Some(Part::Digit(_) | Part::Teen(_) | Part::Ten(_)), Part::Teen(_) | Part::Ten(_)) => {
                return false;
            }
            (_, Part::Digit(n) | Part::Teen(n) | Part::Ten(n)) => self.group += n,
            (_, Part::Hundred) if (1..100).contains(&self.group) => self.group *= 100,
            (_, Part::Dozen) if self.group > 0 => self.group *= 12,
            (_, Part::Scale(power))
                if self.group > 0 && self.scale.is_none_or(|scale| power < scale) =>
            {
                self.sum += self.group * 10u128.pow(power);
                self.group = 0;
                self.scale = Some(power);
                self.scales += 1;
            }
            (_, Part::Hundred | Part::Dozen | Part::Scale(_)) => return false,
        }
        self.last = Some(part);
        true
    }

    /// Returns the number and its scale. They are kept apart only if the one scale word comes last.
    fn finish(&self) -> (u128, Scale) {
        match self.scale {
            Some(power) if self.group == 0 && self.scales == 1 => {
                (self.sum / 10u128.pow(power), Scale::power(power))
            }
            _ => (self.sum + self.group, Scale::ONE),
        }
    }
}

/// Parses the number whose first word is at `at`. The error is the offset at which to resume the
/// scan.
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
            let parser = Parser { group: 1, ..Parser::default() };
            Ok(read_words(text, start, at, parser))
        }
        _ => Ok(read_words(text, at, at, Parser::default())),
    }
}

/// Parses the words of a number from `at`. The number starts at `start`.
fn read_words(text: &str, start: usize, mut at: usize, mut parser: Parser) -> Number {
    let mut end = at;
    while let Some(part) = part(letters(text, at))
        && parser.push(part)
    {
        end = at + letters(text, at).len();
        at = next_word(text, end, parser.last);
    }
    let (number, scale) = parser.finish();
    let is_bare_one = number == 1 && scale == Scale::ONE;
    Number { start, end, value: Decimal::whole(number), scale, is_bare_one }
}

/// Returns the offset of the next word of a number after `end`: past white space or a hyphen, and
/// past *and* after hundreds.
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

/// Parses `half a million` or `half billion`.
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
    Some(Number { start: at, end: next + word.len(), value, scale, is_bare_one: false })
}

/// Returns whether a number that ends at `at` goes on as a fraction or ordinal: `two-thirds`,
/// `three quarters`, `twenty-first`.
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
    fn the_first_letters_rule_out_no_number_word() {
        for word in numbers::words() {
            assert!(may_begin(word), "{word}");
        }
    }
}
