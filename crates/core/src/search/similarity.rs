//! [`Similarity`]: compares candidates, because texts on one matter tend to answer the same
//! questions.
//!
//! That is the cluster hypothesis (van Rijsbergen, *Information Retrieval*, 1979); each candidate
//! is judged by its nearest neighbours (Diaz, “Regularizing ad hoc retrieval scores”, CIKM 2005).

use rustc_hash::FxHashMap;

use super::rerank::sum;
use crate::index::Stems;

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
    /// The stems of each candidate by their numbers, with their weights.
    vectors: Vec<Vec<(u32, f32)>>,
    /// The number of candidates that count as neighbours: the first ones.
    pool: usize,
    /// The candidates of the pool that have each stem, with its weight there; none for stems that
    /// tell nothing of similarity. Those of a number are at its place in `places`.
    holders: Vec<(u32, f32)>,
    places: Vec<u32>,
}

impl Similarity {
    /// Only the first `pool` of `candidates` speak for others, so that time grows with the number
    /// of candidates, not with its square.
    pub(super) fn new(candidates: &[Stems], pool: usize) -> Self {
        let pool = pool.min(candidates.len());
        let mut numbers: FxHashMap<u32, u32> = FxHashMap::default();
        // For each stem, how many of the pool have it.
        let mut having: Vec<u32> = Vec::new();
        let mut counts: Vec<Vec<(u32, u32)>> = Vec::with_capacity(candidates.len());
        for (i, stems) in candidates.iter().enumerate() {
            let mut own = Vec::with_capacity(stems.text.len() + stems.title.len());
            for (code, count) in counted(stems) {
                let number = if i < pool {
                    Some(*numbers.entry(code).or_insert(having.len() as u32))
                } else {
                    numbers.get(&code).copied()
                };
                let Some(number) = number else { continue };
                having.resize(numbers.len(), 0);
                having[number as usize] += u32::from(i < pool);
                own.push((number, count));
            }
            counts.push(own);
        }
        let rarity: Vec<f64> =
            (0..=pool).map(|having| rarity(having as f64, pool as f64)).collect();
        let vectors: Vec<_> = counts.iter().map(|own| vector(own, &having, &rarity)).collect();
        // A stem that one alone has makes it similar to no other of the pool.
        let least = if candidates.len() > pool { 1 } else { 2 };
        let tells = |having: u32| having >= least && f64::from(having) <= COMMON * pool as f64;
        let mut places = Vec::with_capacity(having.len() + 1);
        let mut next = 0;
        for &having in &having {
            places.push(next);
            next += if tells(having) { having } else { 0 };
        }
        places.push(next);
        let mut holders = vec![(0, 0.0); next as usize];
        let mut ends = places.clone();
        for (i, vector) in (0..).zip(&vectors[..pool]) {
            for &(number, weight) in vector {
                let number = number as usize;
                if tells(having[number]) {
                    holders[ends[number] as usize] = (i, weight);
                    ends[number] += 1;
                }
            }
        }
        Self { vectors, pool, holders, places }
    }

    /// Returns for each candidate the mean of its neighbours' `scores`, weighted by similarity; 0
    /// where it has none.
    pub(super) fn of_neighbours(&self, scores: &[f64]) -> Vec<f64> {
        let mean = |nearest: Nearest| {
            let similarity = sum(nearest.0.iter().map(|&(_, similarity)| f64::from(similarity)));
            sum(nearest.0.iter().map(|&(i, similarity)| scores[i] * f64::from(similarity)))
                / similarity.max(f64::MIN_POSITIVE)
        };
        self.nearest().into_iter().map(mean).collect()
    }

    /// Returns the neighbours of each candidate.
    fn nearest(&self) -> Vec<Nearest> {
        let mut nearest = vec![Nearest::default(); self.vectors.len()];
        let within = self.within_pool();
        for own in 0..self.pool {
            // Of each candidate the others are added in their order.
            for (other, &cosine) in within[own * self.pool..][..own].iter().enumerate() {
                if cosine > 0.0 {
                    nearest[own].add(other, cosine);
                    nearest[other].add(own, cosine);
                }
            }
        }
        for (own, nearest) in nearest.iter_mut().enumerate().skip(self.pool) {
            let to_pool = self.to_pool(own).into_iter().enumerate();
            to_pool.for_each(|(other, cosine)| nearest.add(other, cosine));
        }
        nearest
    }

    /// Returns the similarity of any two candidates of the pool: that of each with those before it,
    /// in rows as long as the pool.
    fn within_pool(&self) -> Vec<f32> {
        let mut similarity = vec![0.0; self.pool * self.pool];
        for place in self.places.windows(2).filter(|place| place[0] < place[1]) {
            let holders = &self.holders[place[0] as usize..place[1] as usize];
            for (i, &(own, weight)) in holders.iter().enumerate() {
                let row = &mut similarity[own as usize * self.pool..][..self.pool];
                holders[..i].iter().for_each(|&(other, its)| row[other as usize] += weight * its);
            }
        }
        similarity
    }

    /// Returns the similarity of a candidate beyond the pool to each in it.
    fn to_pool(&self, own: usize) -> Vec<f32> {
        let mut similarity = vec![0.0; self.pool];
        for &(number, weight) in &self.vectors[own] {
            let place = [0, 1].map(|next| self.places[number as usize + next] as usize);
            for &(holder, other) in &self.holders[place[0]..place[1]] {
                similarity[holder as usize] += weight * other;
            }
        }
        similarity
    }
}

/// The nearest of the candidates added so far, at most [`NEAREST`], with their similarity, from 0 to
/// 1: the nearest first, ties broken by their order.
#[derive(Clone, Default)]
struct Nearest(Vec<(usize, f32)>);

impl Nearest {
    /// Adds a candidate that comes after those added before.
    fn add(&mut self, i: usize, cosine: f32) {
        let Self(nearest) = self;
        let least = if nearest.len() < NEAREST { 0.0 } else { nearest[NEAREST - 1].1 };
        if cosine > least && cosine < NEAR_DUPLICATE {
            let at = nearest.partition_point(|&(_, other)| other >= cosine);
            nearest.insert(at, (i, cosine));
            nearest.truncate(NEAREST);
        }
    }
}

/// Returns each stem of a passage and its title, ascending, with its frequency.
fn counted(stems: &Stems) -> Vec<(u32, u32)> {
    let mut all = [stems.text.as_slice(), &stems.title].concat();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).map(|same| (same[0], same.len() as u32)).collect()
}

/// Returns the idf of a stem that this many of the pool have.
fn rarity(having: f64, pool: f64) -> f64 {
    (1.0 + (pool - having + 0.5) / (having + 0.5)).ln()
}

/// Returns stems as a vector of length 1. `rarity` is by how many of the pool have one.
fn vector(stems: &[(u32, u32)], having: &[u32], rarity: &[f64]) -> Vec<(u32, f32)> {
    let weigh = |&(number, count): &(u32, u32)| {
        let frequency = if count == 1 { 1.0 } else { 1.0 + f64::from(count).ln() };
        frequency * rarity[having[number as usize] as usize]
    };
    let length = sum(stems.iter().map(weigh).map(|weight| weight * weight)).sqrt();
    stems.iter().map(|stem| (stem.0, (weigh(stem) / length) as f32)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(stems: &[u32]) -> Stems {
        Stems { text: stems.to_vec(), title: Vec::new() }
    }

    /// Returns the indexes of the neighbours of each.
    fn nearest(texts: &[Stems], pool: usize) -> Vec<Vec<usize>> {
        let numbers = |nearest: Nearest| nearest.0.into_iter().map(|(i, _)| i).collect();
        Similarity::new(texts, pool).nearest().into_iter().map(numbers).collect()
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
