//! Alignment of words: finds the stretches of a text most similar to a quotation, and the words in
//! which the two differ.
//!
//! Words are numbers here, so that comparing two of them costs nothing. Every inserted, dropped or
//! replaced word counts as one edit.

use std::ops::Range;

/// A stretch of a text that is similar to a quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Similar {
    /// The words of the text, half-open.
    pub(super) words: Range<usize>,
    /// The number of edits that lead from one to the other.
    pub(super) edits: usize,
}

/// The most disjoint stretches of one window that are told apart.
const PLACES: usize = 4;

/// Finds the disjoint stretches of `text` from which at most `limit` edits lead to `quote`, most
/// similar first.
///
/// This is Sellers' edit distance: the stretch may begin and end anywhere at no cost.
pub(super) fn locate(quote: &[u32], text: &[u32], limit: usize) -> Vec<Similar> {
    // For each end in the text, the edits of the best stretch that ends there, and its start.
    let mut row: Vec<Best> = (0..=text.len()).map(|start| Best { edits: 0, start }).collect();
    for (i, word) in quote.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = Best { edits: i + 1, start: 0 };
        for j in 1..row.len() {
            // Ties go to the first: a word replaced rather than one added and one left out.
            let mut best = diagonal.after(usize::from(text[j - 1] != *word));
            for other in [row[j].after(1), row[j - 1].after(1)] {
                if other.edits < best.edits {
                    best = other;
                }
            }
            diagonal = row[j];
            row[j] = best;
        }
    }
    let mut ends: Vec<Similar> = Vec::new();
    for (end, &Best { edits, start }) in row.iter().enumerate() {
        if edits <= limit && start < end {
            ends.push(Similar { words: start..end, edits });
        }
    }
    ends.sort_by_key(|place| {
        (place.edits, place.words.len().abs_diff(quote.len()), place.words.start)
    });
    let mut places: Vec<Similar> = Vec::new();
    for end in ends {
        if places.len() < PLACES && places.iter().all(|place| disjoint(&place.words, &end.words)) {
            places.push(end);
        }
    }
    places
}

/// The best stretch that ends at one place of a text.
#[derive(Clone, Copy)]
struct Best {
    edits: usize,
    start: usize,
}

impl Best {
    /// The same stretch after `edits` edits more.
    fn after(self, edits: usize) -> Self {
        Self { edits: self.edits + edits, ..self }
    }
}

/// Returns whether two ranges share nothing.
pub(super) fn disjoint(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.end <= b.start || b.end <= a.start
}

/// A stretch in which quotation and text differ, in words of each; one of the two may be empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct WordEdit {
    pub(super) quote: Range<usize>,
    pub(super) text: Range<usize>,
}

/// Returns the fewest differences between `quote` and `text`, in order.
pub(super) fn edits(quote: &[u32], text: &[u32]) -> Vec<WordEdit> {
    let width = text.len() + 1;
    let mut cost: Vec<u32> = (0..).take(width).collect();
    cost.reserve(quote.len() * width);
    for (i, word) in quote.iter().enumerate() {
        let above = i * width;
        cost.push(cost[above] + 1);
        for j in 1..width {
            let replaced = cost[above + j - 1] + u32::from(text[j - 1] != *word);
            let best = replaced.min(cost[above + j] + 1).min(cost[above + width + j - 1] + 1);
            cost.push(best);
        }
    }
    let (mut i, mut j) = (quote.len(), text.len());
    let mut edits: Vec<WordEdit> = Vec::new();
    while i > 0 || j > 0 {
        let here = cost[i * width + j];
        let (from_i, from_j) = if i > 0
            && j > 0
            && here == cost[(i - 1) * width + j - 1] + u32::from(quote[i - 1] != text[j - 1])
        {
            (i - 1, j - 1)
        } else if i > 0 && here == cost[(i - 1) * width + j] + 1 {
            (i - 1, j)
        } else {
            (i, j - 1)
        };
        if here != cost[from_i * width + from_j] {
            match edits.last_mut() {
                Some(edit) if edit.quote.start == i && edit.text.start == j => {
                    (edit.quote.start, edit.text.start) = (from_i, from_j);
                }
                _ => edits.push(WordEdit { quote: from_i..i, text: from_j..j }),
            }
        }
        (i, j) = (from_i, from_j);
    }
    edits.reverse();
    edits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_most_similar_stretches_come_first_and_are_disjoint() {
        let text = [9, 1, 2, 3, 4, 5, 9, 9, 1, 2, 7, 4, 5, 9];
        let places = locate(&[1, 2, 3, 4, 5], &text, 2);
        assert_eq!(places[0], Similar { words: 1..6, edits: 0 });
        assert_eq!(places[1], Similar { words: 8..13, edits: 1 });
        assert_eq!(locate(&[], &text, 2), []);
        assert_eq!(locate(&[1], &[], 2), []);
    }

    #[test]
    fn edits_say_what_was_replaced_added_and_left_out() {
        let edit = |quote, text| WordEdit { quote, text };
        assert_eq!(edits(&[1, 2, 3], &[1, 8, 3]), [edit(1..2, 1..2)]);
        assert_eq!(edits(&[1, 2, 3], &[1, 3]), [edit(1..2, 1..1)]);
        assert_eq!(edits(&[1, 3], &[1, 2, 2, 3]), [edit(1..1, 1..3)]);
        assert_eq!(edits(&[1, 2], &[1, 2]), []);
        assert_eq!(edits(&[], &[1]), [edit(0..0, 0..1)]);
    }

    proptest! {
        #[test]
        fn edits_lead_from_one_side_to_the_other(
            quote in prop::collection::vec(0u32..4, 0..12),
            text in prop::collection::vec(0u32..4, 0..12),
        ) {
            let (mut made, mut at) = (Vec::<u32>::new(), 0);
            for edit in edits(&quote, &text) {
                made.extend(&quote[at..edit.quote.start]);
                made.extend(&text[edit.text.clone()]);
                at = edit.quote.end;
            }
            made.extend(&quote[at..]);
            prop_assert_eq!(made, text);
        }

        #[test]
        fn no_stretch_is_more_similar_than_the_first(
            quote in prop::collection::vec(0u32..4, 1..6),
            text in prop::collection::vec(0u32..4, 1..10),
        ) {
            let size = |edits: &[WordEdit]| edits.iter().map(|e| e.quote.len().max(e.text.len())).sum::<usize>();
            let naive = (0..text.len())
                .flat_map(|a| (a + 1..=text.len()).map(move |b| (a, b)))
                .map(|(a, b)| size(&edits(&quote, &text[a..b])))
                .min();
            let found = locate(&quote, &text, usize::MAX).first().map(|place| place.edits);
            prop_assert_eq!(found, naive);
        }
    }
}
