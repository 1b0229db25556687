//! [`Similarity`]: compares candidates, because texts on one matter tend to answer the same
//! questions.
//!
//! That is the cluster hypothesis (van Rijsbergen, *Information Retrieval*, 1979); each candidate
//! is judged by its nearest neighbours (Diaz, “Regularizing ad hoc retrieval scores”, CIKM 2005).

use super::rerank::sum;
use crate::index::Stems;
use crate::text::analyzer::CODE_BITS;

/// The number of neighbours of a candidate, at most: few, so that they are on its own matter.
const NEAREST: usize = 10;

/// The share of the candidates that may have a stem for it to make them neighbours. A more common
/// stem is of the query's subject, as all candidates are, and hardly distinguishes them.
const COMMON: f64 = 0.5;

/// From this similarity on a candidate is a near-duplicate, whose support would be the candidate's
/// own.
const NEAR_DUPLICATE: f32 = 0.95;

/// Candidates as vectors of length 1: their stems weighted by log frequency and by idf among the
/// candidates.
pub(super) struct Similarity {
    /// The number of candidates.
    candidates: usize,
    /// The number of candidates that count as neighbours: the first ones.
    pool: usize,
    /// The candidates of the pool that have a stem, with its weight there, in their order; stem by
    /// stem, without those that tell nothing of similarity.
    holders: Vec<(u32, f32)>,
    /// Where those of each stem end.
    ends: Vec<usize>,
    /// For each candidate beyond the pool the numbers of its stems, with their weights.
    others: Vec<Vec<(usize, f32)>>,
}

impl Similarity {
    /// Only the first `pool` of `candidates` speak for others, so that time grows with the number
    /// of candidates, not with its square.
    pub(super) fn new(candidates: &[Stems], pool: usize) -> Self {
        let pool = pool.min(candidates.len());
        let rarity: Vec<f64> =
            (0..=pool).map(|having| rarity(having as f64, pool as f64)).collect();
        // A stem that one alone has makes it similar to no other of the pool.
        let least = if candidates.len() > pool { 1 } else { 2 };
        let mut lengths = vec![0.0; candidates.len()];
        let mut holders: Vec<(u32, f64)> = Vec::new();
        let mut ends = Vec::new();
        let mut others: Vec<Vec<(usize, f64)>> = vec![Vec::new(); candidates.len() - pool];
        let keys = keys(candidates);
        for same in keys.chunk_by(|a, b| a >> 32 == b >> 32) {
            let begin = holders.len();
            for same in same.chunk_by(|a, b| a == b) {
                let weight = if same.len() == 1 { 1.0 } else { 1.0 + (same.len() as f64).ln() };
                holders.push((same[0] as u32, weight));
            }
            let having = holders[begin..].partition_point(|&(own, _)| (own as usize) < pool);
            // What none of the pool has does not count for others.
            let rarity = if having > 0 { rarity[having] } else { 0.0 };
            for (own, weight) in &mut holders[begin..] {
                *weight *= rarity;
                lengths[*own as usize] += *weight * *weight;
            }
            let tells = having >= least && having as f64 <= COMMON * pool as f64;
            if tells {
                for &(other, weight) in &holders[begin + having..] {
                    others[other as usize - pool].push((ends.len(), weight));
                }
                ends.push(begin + having);
            }
            holders.truncate(begin + if tells { having } else { 0 });
        }
        lengths.iter_mut().for_each(|length: &mut f64| *length = length.sqrt());
        let of = |own: usize, weight: f64| (weight / lengths[own]) as f32;
        let scaled = |(other, stems): (usize, Vec<(usize, f64)>)| {
            stems.into_iter().map(|(stem, weight)| (stem, of(pool + other, weight))).collect()
        };
        Self {
            candidates: candidates.len(),
            pool,
            holders: holders.iter().map(|&(own, weight)| (own, of(own as usize, weight))).collect(),
            ends,
            others: others.into_iter().enumerate().map(scaled).collect(),
        }
    }

    /// Returns for each candidate the mean of its neighbours' `scores`, weighted by similarity; 0
    /// where it has none.
    pub(super) fn of_neighbours(&self, scores: &[f64]) -> Vec<f64> {
        let mean = |nearest: Nearest| {
            let similarity = sum(nearest.all().map(|(_, similarity)| f64::from(similarity)));
            sum(nearest.all().map(|(i, similarity)| scores[i] * f64::from(similarity)))
                / similarity.max(f64::MIN_POSITIVE)
        };
        self.nearest().into_iter().map(mean).collect()
    }

    /// Returns the neighbours of each candidate.
    fn nearest(&self) -> Vec<Nearest> {
        let mut nearest = vec![Nearest::default(); self.candidates];
        // The similarity that the next neighbour of each has to exceed.
        let mut least = vec![0.0; self.pool];
        let within = self.within_pool();
        let mut rest = within.as_slice();
        for own in 0..self.pool {
            // Of each candidate the others are added in their order.
            let row;
            (row, rest) = rest.split_at(own);
            let mut own_least = 0.0;
            for (other, (&cosine, least)) in row.iter().zip(&mut least).enumerate() {
                if cosine > own_least {
                    own_least = nearest[own].add(other, cosine);
                }
                if cosine > *least {
                    *least = nearest[other].add(own, cosine);
                }
            }
            least[own] = own_least;
        }
        for (own, nearest) in nearest.iter_mut().skip(self.pool).enumerate() {
            let mut least = 0.0;
            for (other, cosine) in self.to_pool(own).into_iter().enumerate() {
                if cosine > least {
                    least = nearest.add(other, cosine);
                }
            }
        }
        nearest
    }

    /// Returns the similarity of any two candidates of the pool: for one after the other that with
    /// each of those before it.
    fn within_pool(&self) -> Vec<f32> {
        let row = |own: usize| own * own.saturating_sub(1) / 2;
        let mut similarity = vec![0.0; row(self.pool)];
        for stem in 0..self.ends.len() {
            let holders = self.holders_of(stem);
            for (i, &(own, weight)) in holders.iter().enumerate() {
                let own = own as usize;
                let row = &mut similarity[row(own)..][..own];
                holders[..i].iter().for_each(|&(other, its)| row[other as usize] += weight * its);
            }
        }
        similarity
    }

    /// Returns the similarity of a candidate beyond the pool to each in it.
    fn to_pool(&self, own: usize) -> Vec<f32> {
        let mut similarity = vec![0.0; self.pool];
        for &(stem, weight) in &self.others[own] {
            for &(holder, other) in self.holders_of(stem) {
                similarity[holder as usize] += weight * other;
            }
        }
        similarity
    }

    fn holders_of(&self, stem: usize) -> &[(u32, f32)] {
        let start = stem.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.holders[start..self.ends[stem]]
    }
}

/// The nearest of the candidates added so far, the nearest first, ties broken by their order. Each
/// is the bits of its similarity, which is from 0 to 1, above the complement of its number, so that
/// it is the greater the nearer it is; 0 where there are fewer.
#[derive(Clone, Copy, Default)]
struct Nearest([u64; NEAREST]);

impl Nearest {
    /// Adds a candidate that has something in common. Returns the similarity that the next has to
    /// exceed.
    fn add(&mut self, i: usize, cosine: f32) -> f32 {
        if cosine < NEAR_DUPLICATE {
            let mut next = u64::from(cosine.to_bits()) << 32 | u64::from(!(i as u32));
            for kept in &mut self.0 {
                (*kept, next) = (next.max(*kept), next.min(*kept));
            }
        }
        similarity(self.0[NEAREST - 1])
    }

    /// Returns the candidates with their similarity.
    fn all(&self) -> impl Iterator<Item = (usize, f32)> {
        self.0.iter().filter(|&&it| it > 0).map(|&it| (!(it as u32) as usize, similarity(it)))
    }
}

fn similarity(nearest: u64) -> f32 {
    f32::from_bits((nearest >> 32) as u32)
}

/// Returns the stems of candidates and of their titles in the order of their codes, each above the
/// number of its candidate, then of the candidates.
fn keys(candidates: &[Stems]) -> Vec<u64> {
    let stems = candidates.iter().map(|stems| stems.text.len() + stems.title.len()).sum();
    let mut keys: Vec<u64> = Vec::with_capacity(stems);
    for (i, stems) in (0..).zip(candidates) {
        for part in [&stems.text, &stems.title] {
            keys.extend(part.iter().map(|&code| u64::from(code) << 32 | i));
        }
    }
    by_code(keys)
}

/// Returns keys, which ascend by candidate, sorted by their codes and then by candidate.
fn by_code(mut keys: Vec<u64>) -> Vec<u64> {
    /// The bits that are sorted by at a time, half of a code's.
    const BITS: u32 = CODE_BITS.div_ceil(2);
    let mut sorted = vec![0; keys.len()];
    for shift in [32, 32 + BITS] {
        let digit = |key: u64| (key >> shift) as usize & ((1 << BITS) - 1);
        let mut places = [0u32; 1 << BITS];
        keys.iter().for_each(|&key| places[digit(key)] += 1);
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for &key in &keys {
            let place = &mut places[digit(key)];
            sorted[*place as usize] = key;
            *place += 1;
        }
        std::mem::swap(&mut keys, &mut sorted);
    }
    keys
}

/// Returns the idf of a stem that this many of the pool have.
fn rarity(having: f64, pool: f64) -> f64 {
    (1.0 + (pool - having + 0.5) / (having + 0.5)).ln()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn stems(stems: &[u32]) -> Stems {
        Stems { text: stems.to_vec(), title: Vec::new() }
    }

    /// Returns the indexes of the neighbours of each.
    fn nearest(texts: &[Stems], pool: usize) -> Vec<Vec<usize>> {
        let numbers = |nearest: Nearest| nearest.all().map(|(i, _)| i).collect();
        Similarity::new(texts, pool).nearest().into_iter().map(numbers).collect()
    }

    proptest! {
        #[test]
        fn stems_are_in_the_order_of_their_codes(
            mut codes in proptest::collection::vec(0..1u64 << CODE_BITS, 0..200),
            equal in 0..1u64 << CODE_BITS,
        ) {
            codes.extend([equal; 3]);
            let keys: Vec<u64> = (0..).zip(codes).map(|(i, code)| (code << 32) | (i / 3)).collect();
            let mut sorted = keys.clone();
            sorted.sort_unstable();
            prop_assert_eq!(by_code(keys), sorted);
        }
    }

    #[test]
    fn neighbours_share_rare_stems() {
        let mut texts = vec![stems(&[1, 2, 3, 4]), stems(&[1, 3, 5, 6]), stems(&[1, 7, 8, 9])];
        texts.extend((0..9).map(|n| stems(&[1, 100 + n])));
        let found = nearest(&texts, texts.len());
        assert_eq!(found[..2], [[1], [0]]);
        assert!(found[2..].iter().all(Vec::is_empty), "what all have does not count: {found:?}");
    }

    #[test]
    fn near_duplicates_are_no_neighbours() {
        let mut texts = vec![stems(&[1, 2, 3]), stems(&[1, 2, 3]), stems(&[1, 2, 4])];
        texts.extend((0..9).map(|n| stems(&[100 + n])));
        assert_eq!(nearest(&texts, texts.len())[0], [2]);
    }

    #[test]
    fn candidates_beyond_the_pool_have_neighbours_and_are_none() {
        let mut texts: Vec<_> = (0..8).map(|n| stems(&[n, 100 + n])).collect();
        let within = nearest(&texts, 8);
        texts.extend([stems(&[3, 50]), stems(&[3, 50])]);
        let beyond = nearest(&texts, 8);
        assert_eq!(beyond[..8], within);
        assert_eq!(beyond[8..], [[3], [3]]);
    }

    #[test]
    fn candidates_are_told_by_their_neighbours() {
        let mut texts = vec![stems(&[1, 2]), stems(&[2, 3]), stems(&[3, 4])];
        texts.extend((0..9).map(|n| stems(&[100 + n])));
        let similarity = Similarity::new(&texts, texts.len());
        let mut scores = vec![0.0; texts.len()];
        scores[0] = 1.0;
        let neighbours = similarity.of_neighbours(&scores);
        assert!(
            neighbours[1] > 0.4 && neighbours[0] == 0.0 && neighbours[2] == 0.0,
            "{neighbours:?}"
        );
    }
}
