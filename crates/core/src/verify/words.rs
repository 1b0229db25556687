//! [`WordIndex`]: the places of each word of a text, so that the stretches it shares with a
//! quotation are found without reading it again.

use rustc_hash::FxHashMap;

use crate::text::{self, Span};

/// The most occurrences of a word that are followed up: every “the” of a large text costs more than
/// it tells. Of two words in a row only one has to be rarer than this.
const COMMON: usize = 10_000;

/// The words of a text by number, and the places of each.
#[derive(Debug)]
pub(super) struct WordIndex {
    numbers: FxHashMap<Box<str>, u32>,
    /// The text as word numbers.
    pub(super) words: Vec<u32>,
    /// The place of each word, in bytes of the text.
    pub(super) spans: Vec<Span>,
    /// `places[starts[w]..starts[w + 1]]` are the places of word `w` among the words, in order.
    starts: Vec<u32>,
    places: Vec<u32>,
}

/// Words in a row in both the quotation and the text, as many as there are; at least two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WordRun {
    /// The first of them, among the words of the quotation.
    pub(super) quote: usize,
    /// The first of them, among the words of the text.
    pub(super) text: usize,
    /// The number of words.
    pub(super) len: usize,
}

/// The number of a word that the text does not have.
const UNKNOWN: u32 = u32::MAX;

impl WordIndex {
    pub(super) fn new(text: &str) -> Self {
        let mut numbers: FxHashMap<Box<str>, u32> = FxHashMap::default();
        let (mut words, mut spans) = (Vec::new(), Vec::new());
        // Of a text of more words the rest is not searched.
        for word in text::words(text).take(UNKNOWN as usize) {
            let next = numbers.len() as u32;
            let number = match numbers.get(word.text) {
                Some(&number) => number,
                None => *numbers.entry(word.text.into()).or_insert(next),
            };
            words.push(number);
            spans.push(word.span);
        }
        let mut starts = vec![0; numbers.len() + 1];
        for &word in &words {
            starts[word as usize + 1] += 1;
        }
        for word in 0..numbers.len() {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut places = vec![0; words.len()];
        for (place, &word) in (0..).zip(&words) {
            let next = &mut next[word as usize];
            places[*next as usize] = place;
            *next += 1;
        }
        Self { numbers, words, spans, starts, places }
    }

    /// The words of `quote` by their numbers in this text, and their places in `quote`.
    pub(super) fn read(&self, quote: &str) -> (Vec<u32>, Vec<Span>) {
        text::words(quote)
            .map(|w| (self.numbers.get(w.text).copied().unwrap_or(UNKNOWN), w.span))
            .unzip()
    }

    fn places(&self, word: u32) -> &[u32] {
        if word == UNKNOWN {
            return &[];
        }
        let word = word as usize;
        &self.places[self.starts[word] as usize..self.starts[word + 1] as usize]
    }

    /// Finds every run of at least two words that `quote`, by numbers, shares with the text, each
    /// as long as possible.
    pub(super) fn runs(&self, quote: &[u32]) -> Vec<WordRun> {
        let mut runs = Vec::new();
        // For each offset between quotation and text, the end in the quotation of its last run.
        let mut done: FxHashMap<isize, usize> = FxHashMap::default();
        for (at, pair) in quote.windows(2).enumerate() {
            let (first, second) = (self.places(pair[0]), self.places(pair[1]));
            let rarer = if first.len() <= second.len() { first } else { second };
            if rarer.len() > COMMON {
                continue;
            }
            let shift = usize::from(first.len() > second.len());
            for place in rarer.iter().filter_map(|&place| (place as usize).checked_sub(shift)) {
                if self.words.get(place..place + 2) != Some(pair) {
                    continue;
                }
                let end = done.entry(place as isize - at as isize).or_default();
                if at + 1 < *end {
                    continue;
                }
                let run = self.extend(quote, WordRun { quote: at, text: place, len: 2 });
                *end = run.quote + run.len;
                runs.push(run);
            }
        }
        runs
    }

    fn extend(&self, quote: &[u32], seed: WordRun) -> WordRun {
        let same = |(a, b): &(&u32, &u32)| a == b;
        let before = quote[..seed.quote]
            .iter()
            .rev()
            .zip(self.words[..seed.text].iter().rev())
            .take_while(same)
            .count();
        let len = quote[seed.quote..].iter().zip(&self.words[seed.text..]).take_while(same).count();
        WordRun { quote: seed.quote - before, text: seed.text - before, len: before + len }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str, quote: &str) -> Vec<(usize, usize, usize)> {
        let index = WordIndex::new(text);
        index.runs(&index.read(quote).0).iter().map(|run| (run.quote, run.text, run.len)).collect()
    }

    #[test]
    fn runs_are_as_long_as_they_can_be() {
        assert_eq!(runs("a b c d e f", "x b c d y e f"), [(1, 1, 3), (5, 4, 2)]);
        assert_eq!(runs("a b a b", "a b"), [(0, 0, 2), (0, 2, 2)]);
        assert_eq!(runs("a b c", "c b a"), []);
        assert_eq!(runs("", "a b"), []);
    }

    #[test]
    fn a_run_that_goes_on_after_a_change_is_found_again() {
        assert_eq!(runs("a b c d e", "a b x d e"), [(0, 0, 2), (3, 3, 2)]);
    }
}
