//! Near-duplicates: the same paragraph in two articles is one answer, told once.

use std::collections::HashMap;

/// How alike two passages are that count as copies: the Jaccard similarity of their shingles (runs of words). Broder,
/// *On the resemblance and containment of documents* (1997), takes documents for near-duplicates from about a half up;
/// paragraphs are short, so that a changed figure weighs more, and one that disagrees must not vanish behind another.
const ALIKE: f64 = 0.8;

/// For each of `shingles` (of passages, best first, each sorted), the first one before it that it is a copy of and that is
/// no copy itself.
pub(super) fn originals(shingles: &[&[u64]]) -> Vec<Option<usize>> {
    let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
    let mut originals = Vec::with_capacity(shingles.len());
    for (i, own) in shingles.iter().enumerate() {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for holder in own.iter().filter_map(|shingle| holders.get(shingle)).flatten() {
            *shared.entry(*holder).or_default() += 1;
        }
        let alike = |&(other, common): &(usize, usize)| {
            let union = own.len() + shingles[other].len() - common;
            common as f64 >= ALIKE * union as f64
        };
        let original = shared.into_iter().filter(alike).map(|(other, _)| other).min();
        if original.is_none() {
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
    fn a_copy_goes_with_the_best_that_it_is_alike() {
        let a: Vec<u64> = (0..10).collect();
        let nearly_a: Vec<u64> = (0..9).collect();
        let half_a: Vec<u64> = (0..6).collect();
        let other: Vec<u64> = (20..30).collect();
        let found = originals(&[&a, &other, &nearly_a, &half_a, &a, &[], &[]]);
        assert_eq!(found, [None, None, Some(0), None, Some(0), None, None]);
    }
}
