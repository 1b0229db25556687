//! Near-duplicates: the same paragraph in two articles is one answer and one origin.
//!
//! Similarity is the share of common shingles, runs of [`SHINGLE`](super::reading::SHINGLE) words
//! (Broder, *On the resemblance and containment of documents*, 1997). Texts that differ in a
//! figure, a date or a negation disagree, and are no near-duplicates however similar the rest is:
//! neither must vanish behind what contradicts it.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::reading::shingles;
use crate::text;
use crate::text::analyzer::tokens;
use crate::text::english::calendar::month_names;
use crate::text::english::negation::is_negation;

/// The share of their shingles that near-duplicates have in common, at least. One word in seven may
/// have been changed; two writers' accounts of one thing stay far below.
/// `tests/near_duplicates.rs` measures both.
const SIMILAR: f64 = 0.4;

/// Returns whether two texts are near-duplicates, and so count as one source of evidence.
///
/// ```
/// use pincite_core::search::same_origin;
///
/// let wire = "The crossing was shut at noon on Monday after a gunfight in which 15 people died.";
/// let edited = "The crossing was shut at noon Monday after a gunfight in which 15 people died, officials said.";
/// assert!(same_origin(wire, edited));
/// assert!(!same_origin(wire, &edited.replace("15", "12")));
/// ```
pub fn same_origin(a: &str, b: &str) -> bool {
    let hashes = |text| tokens(text, None).into_iter().map(|token| token.word_hash);
    let [own, other] = [a, b].map(|text| shingles(hashes(text)));
    let own_shingles: BTreeSet<u64> = own.iter().copied().collect();
    let common = other.iter().filter(|shingle| own_shingles.contains(shingle)).count();
    is_similar(common, own.len(), other.len()) && agree(a, b)
}

fn is_similar(common: usize, own: usize, other: usize) -> bool {
    common > 0 && common as f64 >= SIMILAR * (own + other - common) as f64
}

/// Returns whether two similar texts say the same: neither has figures or dates where the other has
/// others, and both have as many negations.
fn agree(a: &str, b: &str) -> bool {
    let [own, other] = [a, b].map(figures);
    (own.is_subset(&other) || other.is_subset(&own)) && negations(a) == negations(b)
}

/// Returns the numbers, years and months of a text. Not whole dates and quantities: a word moved
/// away from its number makes another quantity of it, but no other statement.
fn figures(text: &str) -> BTreeSet<String> {
    let numbers = text::quantities(text).into_iter().map(|quantity| quantity.value);
    let years = text::dates(text)
        .into_iter()
        .flat_map(|date| date.terms())
        .filter(|term| !term.contains('-'));
    let words = text::words(text).map(|word| text::fold(word.text).into_owned());
    numbers.chain(years).chain(words.filter(|word| month_names().contains(word))).collect()
}

fn negations(text: &str) -> usize {
    text::words(text).filter(|word| is_negation(&text::fold(word.text))).count()
}

/// Returns for each of `passages` (best first; their texts and their shingles, each sorted) the
/// first one before it that it is a near-duplicate of and that is none itself, of the first `limit`
/// that are none.
pub(super) fn originals(passages: &[(&str, &[u64])], limit: usize) -> Vec<Option<usize>> {
    let mut holders: FxHashMap<u64, Vec<usize>> = FxHashMap::default();
    let mut originals = Vec::with_capacity(passages.len());
    let mut found = 0;
    for (i, (text, own)) in passages.iter().enumerate() {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for holder in own.iter().filter_map(|shingle| holders.get(shingle)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let is_near_duplicate = |&(other, common): &(usize, usize)| {
            is_similar(common, own.len(), passages[other].1.len()) && agree(text, passages[other].0)
        };
        let original = shared.into_iter().find(is_near_duplicate).map(|(other, _)| other);
        if original.is_none() && found < limit {
            found += 1;
            own.iter().for_each(|&shingle| holders.entry(shingle).or_default().push(i));
        }
        originals.push(original);
    }
    originals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_near_duplicate_goes_with_the_best_that_it_is_similar_to() {
        let shingles: [Vec<u64>; 5] =
            [(0..10).collect(), (0..9).collect(), (0..3).collect(), (20..30).collect(), Vec::new()];
        let [a, nearly_a, part_of_a, other, none] =
            shingles.each_ref().map(|shingles| ("It rained.", &shingles[..]));
        let found = originals(&[a, other, nearly_a, part_of_a, a, none, none], 9);
        assert_eq!(found, [None, None, Some(0), None, Some(0), None, None]);
        assert_eq!(originals(&[a, other, other, a], 1), [None, None, None, Some(0)]);
    }

    #[test]
    fn what_disagrees_is_no_near_duplicate() {
        let text = "In May 1997 the ministry said in a short note that it had recognised the new government in Kabul.";
        assert!(same_origin(text, text));
        for (from, to) in [
            ("1997", "1996"),
            ("had recognised", "had not recognised"),
            ("a short note", "2 short notes"),
        ] {
            let other = text.replace(from, to);
            assert_eq!(same_origin(text, &other), from == "a short note", "{other}");
            assert_eq!(same_origin(&other, text), from == "a short note", "{other}");
        }
        assert!(!same_origin("", "") && !same_origin(text, ""));
    }
}
