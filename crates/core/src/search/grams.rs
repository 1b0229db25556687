//! [`Grams`]: character n-grams, by which a passage matches a part of a word.
//!
//! Stemming keeps apart what belongs together (“transfer”, “transferase”), and names are spelt in
//! many ways. Runs of four characters are a robust index by themselves in European languages
//! (McNamee and Mayfield, “Character n-gram tokenization for European language text retrieval”,
//! Information Retrieval 7, 2004); here they complement words.

use std::collections::BTreeSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::terms::{QueryWord, Terms};
use crate::text::analyzer::hash;

/// The number of characters of a part.
const SIZE: usize = 4;

/// The parts of a query's words, to be looked for in others.
pub(super) struct Grams {
    /// The numbers of each part: one for each word that has it.
    numbers: FxHashMap<Part, Vec<u32>>,
    /// The number of them all.
    len: usize,
    /// A bit for each of [`bit`]s that a part has: most parts of most words have none.
    bits: [u64; BITS / 64],
}

/// The number of bits by which parts are told that no word of the query has.
const BITS: usize = 4096;

/// A part of a word: its characters, or a hash of a whole figure.
type Part = u128;

impl Grams {
    pub(super) fn new(terms: &Terms) -> Self {
        let mut grams = Self { numbers: FxHashMap::default(), len: 0, bits: [0; BITS / 64] };
        for part in terms.words.iter().flat_map(parts_of) {
            grams.numbers.entry(part).or_default().push(grams.len as u32);
            grams.bits[bit(part) / 64] |= 1 << (bit(part) % 64);
            grams.len += 1;
        }
        grams
    }

    /// Returns the number of parts of all words.
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Adds the numbers of the parts that a folded word has to `found`.
    pub(super) fn add_parts(&self, word: &str, found: &mut Vec<u32>) {
        for part in parts(word) {
            if self.bits[bit(part) / 64] >> (bit(part) % 64) & 1 == 1 {
                found.extend(self.numbers.get(&part).into_iter().flatten());
            }
        }
    }
}

/// Returns the numbers of the parts of each of [`Terms::words`].
pub(super) fn places(terms: &Terms) -> Vec<Range<usize>> {
    let mut next = 0;
    let place = |word: &QueryWord| {
        let begin = next;
        next += parts_of(word).len();
        begin..next
    };
    terms.words.iter().map(place).collect()
}

fn parts_of(word: &QueryWord) -> BTreeSet<Part> {
    word.folded().into_iter().flat_map(|folded| parts(folded)).collect()
}

/// Returns a number below [`BITS`] for a part.
fn bit(part: Part) -> usize {
    let mixed = (part as u64 ^ (part >> 59) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 52) as usize
}

/// Returns the parts of a folded word, whose beginning and end count as characters. A figure has
/// one part, itself: similar figures are not alike.
fn parts(word: &str) -> impl Iterator<Item = Part> {
    let is_figure = word.bytes().any(|byte| byte.is_ascii_digit());
    let marked = || std::iter::once('^').chain(word.chars()).chain(['$']);
    let part = |part: Part, c: char| part << 32 | Part::from(u32::from(c));
    // The complement of a hash is above all values that characters give.
    let first = if is_figure { !Part::from(hash(word)) } else { marked().take(SIZE).fold(0, part) };
    let others =
        marked().skip(if is_figure { usize::MAX } else { SIZE }).scan(first, move |last, c| {
            *last = part(*last, c);
            Some(*last)
        });
    std::iter::once(first).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::Query;
    use crate::text::analyzer::tokens;

    #[test]
    fn words_have_parts_in_common_and_figures_have_none() {
        let written = |word: &str| {
            let char_of = |part: Part, at: u32| {
                char::from_u32((part >> (32 * at)) as u32).filter(|c| *c != '\0')
            };
            let written =
                |part: &Part| (0..4).rev().filter_map(|at| char_of(*part, at)).collect::<String>();
            parts(word).map(|part| written(&part)).collect::<Vec<_>>()
        };
        assert_eq!(written("ferry"), ["^fer", "ferr", "erry", "rry$"]);
        assert_eq!(written("é"), ["^é$"]);
        assert_eq!(parts("1997").count(), 1);
        let terms = Terms::new(Query::prose("ferries 1997").clauses(), &[]);
        let grams = Grams::new(&terms);
        let count = |text: &str| {
            let mut found = Vec::new();
            tokens(text, None).iter().for_each(|token| grams.add_parts(&token.word, &mut found));
            let of = |place: &Range<usize>| {
                found.iter().filter(|part| place.contains(&(**part as usize))).count()
            };
            places(&terms).iter().map(of).collect::<Vec<_>>()
        };
        assert_eq!(count("ferry ferry"), [4, 0]);
        assert_eq!(count("1996 and 1997"), [0, 1]);
    }
}
