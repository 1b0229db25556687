//! Packs the codes of a passage's stems into a column, which
//! [`Fields::codes`](super::schema::Fields) names.
//!
//! A passage has two dozen of them, each of twenty bits. Their order does not count, so they are
//! sorted, and of each there is only how much it is more than the one before it, in a Rice code:
//! about 17 bits.

use crate::index::backend::Stems;
use crate::text::analyzer::CODE_BITS;

/// The number of bits of the parameter that each list of codes begins with.
const PARAMETER_BITS: u32 = 5;

/// Returns the codes of a text and of its source's title, packed: words of 32 bits each.
pub(super) fn pack(text: &[u32], title: &[u32]) -> Vec<u32> {
    let text = text.iter().map(|code| code << 1);
    let mut all: Vec<u32> = text.chain(title.iter().map(|code| code << 1 | 1)).collect();
    all.sort_unstable();
    let Some(&last) = all.last() else { return Vec::new() };
    // The lower bits of a step, as many as a step has on average, are written as they are.
    let low = (last / all.len() as u32 * 2 / 3 + 1).ilog2();
    let mut bits = Writer { words: Vec::with_capacity(all.len() * 18 / 32 + 2), free: 0 };
    bits.write(low, PARAMETER_BITS);
    let mut before = 0;
    for code in all {
        let step = code - before;
        before = code;
        // The others are counted out: as many ones, and a zero.
        let mut ones = step >> low;
        while ones >= 31 {
            bits.write(u32::MAX >> 1, 31);
            ones -= 31;
        }
        bits.write((1 << (ones + 1)) - 2, ones + 1);
        bits.write(step & ((1 << low) - 1), low);
    }
    bits.words
}

/// Returns the codes that were [packed](pack), as far as they are codes.
pub(super) fn unpack(words: impl Iterator<Item = u64>) -> Stems {
    let bits = words.size_hint().0 * 32;
    let mut reader = Reader { words, buffer: 0, filled: 0 };
    let mut stems = Stems { text: Vec::new(), title: Vec::new() };
    let Some(low) = reader.read(PARAMETER_BITS) else { return stems };
    // Each takes a bit more at least.
    stems.text.reserve(bits / (low as usize + 1));
    let mut before = 0u32;
    while let Some(high) = reader.count_ones() {
        let Some(step) = reader.read(low) else { break };
        before = before.saturating_add(high.checked_shl(low).unwrap_or(u32::MAX) | step);
        let code = before >> 1;
        if code >> CODE_BITS != 0 {
            break;
        }
        if before & 1 == 0 { stems.text.push(code) } else { stems.title.push(code) }
    }
    stems
}

/// Writes bits into words, the highest bit first. What is left of the last word is ones, which
/// count out nothing.
struct Writer {
    words: Vec<u32>,
    /// The number of bits of the last word that are not written yet.
    free: u32,
}

impl Writer {
    /// Writes the lowest `count` bits of a number that has no others, at most 31.
    fn write(&mut self, number: u32, count: u32) {
        if count == 0 {
            return;
        }
        if self.free == 0 {
            self.words.push(u32::MAX);
            self.free = 32;
        }
        let here = count.min(self.free);
        let rest = count - here;
        self.free -= here;
        if let Some(last) = self.words.last_mut() {
            // Clear the bits that are not set.
            *last ^= ((!number >> rest) & (u32::MAX >> (32 - here))) << self.free;
        }
        if rest > 0 {
            self.write(number & ((1 << rest) - 1), rest);
        }
    }
}

struct Reader<W> {
    words: W,
    /// The bits that are next, the first one highest, and zeros behind them.
    buffer: u64,
    /// How many there are.
    filled: u32,
}

impl<W: Iterator<Item = u64>> Reader<W> {
    fn fill(&mut self) {
        if self.filled <= 32
            && let Some(word) = self.words.next()
        {
            self.buffer |= (word & u64::from(u32::MAX)) << (32 - self.filled);
            self.filled += 32;
        }
    }

    /// Reads a number of this many bits, at most 31.
    fn read(&mut self, count: u32) -> Option<u32> {
        self.fill();
        if count > self.filled {
            return None;
        }
        let number = (self.buffer >> 1 >> (63 - count)) as u32;
        self.buffer <<= count;
        self.filled -= count;
        Some(number)
    }

    /// Counts the ones before the next zero.
    fn count_ones(&mut self) -> Option<u32> {
        let mut count = 0;
        loop {
            self.fill();
            let ones = self.buffer.leading_ones().min(self.filled);
            count += ones;
            if ones < self.filled {
                self.buffer <<= ones + 1;
                self.filled -= ones + 1;
                return Some(count);
            }
            if self.filled == 0 {
                return None;
            }
            (self.buffer, self.filled) = (0, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;

    use super::*;

    fn unpacked(words: &[u32]) -> Stems {
        unpack(words.iter().map(|&word| word.into()))
    }

    proptest! {
        #[test]
        fn codes_are_unpacked_as_they_were_packed(
            mut text in vec(0..1u32 << CODE_BITS, 0..60),
            mut title in vec(0..1u32 << CODE_BITS, 0..6),
        ) {
            let packed = pack(&text, &title);
            text.sort_unstable();
            title.sort_unstable();
            prop_assert_eq!(unpacked(&packed), Stems { text, title });
        }

        #[test]
        fn any_words_are_codes(words in vec(any::<u32>(), 0..20)) {
            let Stems { text, title } = unpacked(&words);
            prop_assert!(text.iter().chain(&title).all(|code| code >> CODE_BITS == 0));
        }
    }

    #[test]
    fn equal_codes_and_the_greatest_are_packed_too() {
        let most = (1 << CODE_BITS) - 1;
        for text in [vec![0; 300], vec![most; 300], vec![0, most], vec![most], vec![]] {
            let packed = pack(&text, &[most]);
            assert_eq!(unpacked(&packed), Stems { text, title: vec![most] });
        }
        assert_eq!(pack(&[], &[]), [0; 0]);
    }
}
