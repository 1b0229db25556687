//! [`Similarity`]: compares candidates, because texts on one matter tend to answer the same
//! questions.
//!
//! That is the cluster hypothesis (van Rijsbergen, *Information Retrieval*, 1979); each candidate
//! is judged by its nearest neighbours (Diaz, “Regularizing ad hoc retrieval scores”, CIKM 2005).

use rustc_hash::FxHashMap;

use super::rerank::sum;

/// The number of neighbours of a candidate, at most: few, so that they are on its own matter.
const NEAREST: usize = 10;

/// The share of the candidates that may have a stem for it to make them neighbours. A more common
/// stem is of the query's subject, as all candidates are, and hardly distinguishes them.
const COMMON: f64 = 0.5;

/// From this similarity on a candidate is a near-duplicate, whose support would be the candidate's
/// own.
const NEAR_DUPLICATE: f64 = 0.95;

/// A passage's stems: a hash of each and its frequency.
pub(super) type Stems = [(u64, u32)];

/// Candidates as vectors of length 1: their stems weighted by log frequency and by idf among the
/// candidates.
pub(super) struct Similarity {
    /// The stems of each candidate by their numbers, with their weights.
    vectors: Vec<Vec<(usize, f64)>>,
    /// The number of candidates that count as neighbours: the first ones.
    pool: usize,
    /// The candidates of the pool that have each stem, with its weight; none for stems that tell
    /// nothing of similarity.
    holders: Vec<Vec<(usize, f64)>>,
}

impl Similarity {
    /// Only the first `pool` of `candidates` speak for others, so that time grows with the number
    /// of candidates, not with its square.
    pub(super) fn new(candidates: &[&Stems], pool: usize) -> Self {
        let pool = pool.min(candidates.len());
        let mut numbers: FxHashMap<u64, usize> = FxHashMap::default();
        let mut having: Vec<u32> = Vec::new();
        for (stem, _) in candidates[..pool].iter().copied().flatten() {
            let number = *numbers.entry(*stem).or_insert(having.len());
            if number == having.len() {
                having.push(0);
            }
            having[number] += 1;
        }
        let all = pool as f64;
        let rarity = |having: &u32| {
            (1.0 + (all - f64::from(*having) + 0.5) / (f64::from(*having) + 0.5)).ln()
        };
        let rarity: Vec<f64> = having.iter().map(rarity).collect();
        let vectors: Vec<_> =
            candidates.iter().map(|stems| vector(stems, &numbers, &rarity)).collect();
        let mut holders: Vec<Vec<(usize, f64)>> = vec![Vec::new(); having.len()];
        for (i, vector) in vectors[..pool].iter().enumerate() {
            for &(number, weight) in vector {
                // A stem that one alone has makes it similar to no other of the pool.
                if (having[number] > 1 || candidates.len() > pool)
                    && f64::from(having[number]) <= COMMON * all
                {
                    holders[number].push((i, weight));
                }
            }
        }
        Self { vectors, pool, holders }
    }

    /// Returns for each candidate the mean of its neighbours' `scores`, weighted by similarity; 0
    /// where it has none.
    pub(super) fn of_neighbours(&self, scores: &[f64]) -> Vec<f64> {
        let mean = |nearest: Nearest| {
            let similarity = sum(nearest.0.iter().map(|&(_, similarity)| similarity));
            sum(nearest.0.iter().map(|&(i, similarity)| scores[i] * similarity))
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
                nearest[own].add(other, cosine);
                nearest[other].add(own, cosine);
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
    fn within_pool(&self) -> Vec<f64> {
        let mut similarity = vec![0.0; self.pool * self.pool];
        for holders in &self.holders {
            for (i, &(own, weight)) in holders.iter().enumerate() {
                let row = &mut similarity[own * self.pool..][..self.pool];
                holders[..i].iter().for_each(|&(other, its)| row[other] += weight * its);
            }
        }
        similarity
    }

    /// Returns the similarity of a candidate beyond the pool to each in it.
    fn to_pool(&self, own: usize) -> Vec<f64> {
        let mut similarity = vec![0.0; self.pool];
        for &(number, weight) in &self.vectors[own] {
            for &(holder, other) in &self.holders[number] {
                similarity[holder] += weight * other;
            }
        }
        similarity
    }
}

/// The nearest of the candidates added so far, at most [`NEAREST`], with their similarity, from 0 to
/// 1: the nearest first, ties broken by their order.
#[derive(Clone, Default)]
struct Nearest(Vec<(usize, f64)>);

impl Nearest {
    /// Adds a candidate that comes after those added before.
    fn add(&mut self, i: usize, cosine: f64) {
        let Self(nearest) = self;
        let least = if nearest.len() < NEAREST { 0.0 } else { nearest[NEAREST - 1].1 };
        if cosine > least && cosine < NEAR_DUPLICATE {
            let at = nearest.partition_point(|&(_, other)| other >= cosine);
            nearest.insert(at, (i, cosine));
            nearest.truncate(NEAREST);
        }
    }
}

/// Returns the stems that the pool has, as a vector of length 1.
fn vector(stems: &Stems, numbers: &FxHashMap<u64, usize>, rarity: &[f64]) -> Vec<(usize, f64)> {
    let weigh = |&(stem, count): &(u64, u32)| {
        let number = *numbers.get(&stem)?;
        let frequency = if count == 1 { 1.0 } else { 1.0 + f64::from(count).ln() };
        Some((number, frequency * rarity[number]))
    };
    let mut vector: Vec<(usize, f64)> = stems.iter().filter_map(weigh).collect();
    let length = sum(vector.iter().map(|(_, weight)| weight * weight)).sqrt();
    vector.iter_mut().for_each(|(_, weight)| *weight /= length);
    vector
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(stems: &[u64]) -> Vec<(u64, u32)> {
        stems.iter().map(|&stem| (stem, 1)).collect()
    }

    fn similarity(texts: &[Vec<(u64, u32)>], pool: usize) -> Similarity {
        Similarity::new(&texts.iter().map(Vec::as_slice).collect::<Vec<_>>(), pool)
    }

    /// Returns the indexes of the neighbours of each.
    fn nearest(texts: &[Vec<(u64, u32)>], pool: usize) -> Vec<Vec<usize>> {
        let numbers = |nearest: Nearest| nearest.0.into_iter().map(|(i, _)| i).collect();
        similarity(texts, pool).nearest().into_iter().map(numbers).collect()
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
        let similarity = similarity(&texts, texts.len());
        let mut scores = vec![0.0; texts.len()];
        scores[0] = 1.0;
        let neighbours = similarity.of_neighbours(&scores);
        assert!(
            neighbours[1] > 0.4 && neighbours[0] == 0.0 && neighbours[2] == 0.0,
            "{neighbours:?}"
        );
    }
}
