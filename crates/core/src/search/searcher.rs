//! [`Searcher`]: answers queries over one snapshot of an index.

use std::cmp::Ordering;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::candidate::Candidate;
use super::dictionary::{Dictionary, idf};
use super::features::Features;
use super::passages::Passages;
use super::pool::CANDIDATES;
use super::rerank::{self, Reranker, Statistics};
use super::results::{Expansion, Hit, Results, ScoreDetails};
use super::second::Second;
use super::terms::Terms;
use super::{expand, like, matches, near_duplicates, plan};
use crate::Result;
use crate::index::{self, Collection, Index, PassageKey, Reader, Retrieved, Stems};
use crate::query::Query;
use crate::source::{Passage, PassageId};
use crate::text;

/// The number of candidates for each result, so that the second stage has a choice.
const CANDIDATES_PER_RESULT: usize = 10;

/// A query is looked for in the languages of at least one in this many passages, and in its own: it
/// is stemmed in each, and in any large archive a few passages are taken for twenty languages.
const IN_LANGUAGE: u64 = 100;

/// Answers queries over one snapshot of an index.
pub struct Searcher {
    reader: Reader,
    collection: Collection,
    /// The languages of the index that every query is looked for in.
    languages: Vec<Option<String>>,
    passages: Passages,
}

/// A query with what was looked up for it.
struct Prepared<'q> {
    query: &'q Query,
    /// The languages it is looked for in.
    languages: Vec<Option<String>>,
    terms: Terms,
    /// Counts of passages that have each of [`Terms::words`] in any form.
    frequencies: Vec<u64>,
    statistics: Statistics,
}

impl Searcher {
    /// Returns a searcher over the last commit of `index`.
    ///
    /// # Errors
    /// [`Error::IndexDamaged`](crate::Error::IndexDamaged) where it cannot be read.
    pub fn new(index: &Index) -> Result<Searcher> {
        Searcher::over(index.reader()?)
    }

    /// Returns a searcher over any snapshot.
    ///
    /// # Errors
    /// Those of reading it.
    pub fn over(reader: Reader) -> Result<Searcher> {
        let collection = reader.collection()?;
        let common = collection.passages / IN_LANGUAGE;
        let languages = collection.languages.iter().filter(|(_, passages)| **passages >= common);
        let languages = languages.map(|(language, _)| language.clone()).collect();
        let passages = Passages::new(Arc::clone(&reader));
        Ok(Searcher { reader, collection, languages, passages })
    }

    /// The snapshot it searches.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// Returns the best `limit` passages for `query`, best first. Ties are broken by source id,
    /// then paragraph.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Results> {
        let prepared = self.prepare(query)?;
        let wanted = limit.saturating_mul(CANDIDATES_PER_RESULT).max(CANDIDATES);
        let (found, matching) = self.retrieve(&prepared, wanted)?;
        let are_all = found.len() < wanted;
        let mut second = self.second(found, &prepared)?;
        second.read_first()?;
        let originals = loop {
            if let Some(id) = query.left_out() {
                second.candidates.retain(|candidate| candidate.passage.id() != *id);
            }
            let originals = originals(&second.candidates, limit);
            let is_enough = originals.iter().filter(|it| it.is_none()).count() >= limit;
            if is_enough || second.is_done() {
                break originals;
            }
            second.read_rest()?;
        };
        let is_counted = are_all && second.is_done();
        let total = if is_counted { second.candidates.len() as u64 } else { matching };
        let candidates = second.candidates;
        let terms = prepared.terms;
        let hits = self.hits(candidates, originals, &terms, limit)?;
        Ok(Results {
            total,
            hits,
            variants: terms.variants.into_iter().map(Expansion::from).collect(),
        })
    }

    /// Returns a query for passages like `passage`: the words, dates and figures in it that tell
    /// most. It leaves out the passage itself.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn query_like(&self, passage: &Passage) -> Result<Query> {
        like::query(passage, &self.languages, self.dictionary())
    }

    /// Returns the passages that [`search`](Searcher::search) would choose from, in its order,
    /// near-duplicates among them: at least `limit`, where so many match. For measuring how good
    /// that order is.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn ranking(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, f64)>> {
        let mut least = f64::INFINITY;
        // Keep what is read later behind what was read before.
        let placed = |candidate: Candidate| {
            least = least.min(candidate.score);
            (candidate.passage.id(), least)
        };
        Ok(self.read_again(query, limit, limit)?.into_iter().map(placed).collect())
    }

    /// Returns the features of the candidates of a page of results, or of `limit` where that is
    /// more: for fitting the weights.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn measured(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, Features)>> {
        let candidates = self.read_again(query, limit, usize::MAX)?;
        Ok(candidates
            .into_iter()
            .map(|candidate| (candidate.passage.id(), candidate.scored.features))
            .collect())
    }

    /// Returns the `limit` passages that share the most words with `text`, weighted by idf, to look
    /// for a quotation in. Punctuation is ignored; the order is deterministic.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn candidates(&self, text: &str, limit: usize) -> Result<Vec<Passage>> {
        let query = Query::prose(text);
        let plan = plan::plan(&query, &Terms::default(), &self.languages_of(&query), &[]);
        let mut found = self.reader.retrieve(&plan, limit)?.candidates;
        found.sort_unstable_by_key(|found| found.key);
        let keys: Vec<PassageKey> = found.iter().map(|found| found.key).collect();
        let scores = found.into_iter().map(|found| found.score);
        let read = self.reader.read(&keys)?.into_iter().map(|headed| headed.passage);
        let mut passages: Vec<(f32, Passage)> = scores.zip(read).collect();
        passages.sort_by(|(a, passage), (b, other)| in_order((*a, passage), (*b, other)));
        Ok(passages.into_iter().map(|(_, passage)| passage).collect())
    }

    /// Returns the words of `text` that carry its meaning, each with how rare it is over the whole
    /// index, from 0 (in every passage) to 1 (in none).
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn rarity(&self, text: &str) -> Result<Vec<(String, f64)>> {
        let query = Query::prose(text);
        let terms = Terms::new(query.clauses(), &self.languages_of(&query));
        let dictionary = self.dictionary();
        let statistics = dictionary.statistics(&dictionary.with_each(&terms)?);
        let most = (2.0 * dictionary.passages() as f64 + 2.0).ln();
        let words = terms.words.into_iter().map(|word| word.typed);
        Ok(words
            .zip(statistics.idf)
            .map(|(word, idf)| (word, (idf / most).clamp(0.0, 1.0)))
            .collect())
    }

    /// Returns the languages of the index in which `query` is looked for.
    fn languages_of(&self, query: &Query) -> Vec<Option<String>> {
        let mut languages = self.languages.clone();
        if languages.len() < self.collection.languages.len() {
            let detected = || text::language(query.text()).map(str::to_owned);
            let own = query.filters().lang.clone().or_else(detected);
            let is_new = !languages.contains(&own) && self.collection.languages.contains_key(&own);
            languages.extend(is_new.then_some(own));
        }
        languages
    }

    fn dictionary(&self) -> Dictionary<'_> {
        Dictionary::new(&*self.reader, &self.collection)
    }

    /// Returns the terms of a query: as typed, and in other ways of writing the same.
    fn terms(&self, query: &Query, languages: &[Option<String>]) -> Result<Terms> {
        let mut terms = Terms::new(query.clauses(), languages);
        if !query.is_exact() {
            terms.variants =
                expand::variants(query.clauses(), &terms, languages, self.dictionary())?;
        }
        Ok(terms)
    }

    fn prepare<'q>(&self, query: &'q Query) -> Result<Prepared<'q>> {
        let languages = self.languages_of(query);
        let terms = self.terms(query, &languages)?;
        let dictionary = self.dictionary();
        let frequencies = dictionary.with_each(&terms)?;
        let statistics = dictionary.statistics(&frequencies);
        Ok(Prepared { query, languages, terms, frequencies, statistics })
    }

    /// The first stage: the best candidates, first the pool, and how many passages match.
    fn retrieve(
        &self,
        prepared: &Prepared<'_>,
        limit: usize,
    ) -> Result<(Vec<index::Candidate>, u64)> {
        let Prepared { query, languages, terms, frequencies, .. } = prepared;
        let plan = plan::plan(query, terms, languages, frequencies);
        let Retrieved { mut candidates, matching } = self.reader.retrieve(&plan, CANDIDATES)?;
        if limit > CANDIDATES && candidates.len() == CANDIDATES {
            let pool: FxHashSet<PassageKey> = candidates.iter().map(|it| it.key).collect();
            let more = self.reader.retrieve(&plan, limit)?.candidates.into_iter();
            candidates.extend(more.filter(|candidate| !pool.contains(&candidate.key)));
        }
        Ok((candidates, matching))
    }

    /// Both stages, for measuring: the best of `limit` candidates, at least `count`.
    fn read_again(&self, query: &Query, limit: usize, count: usize) -> Result<Vec<Candidate>> {
        let prepared = self.prepare(query)?;
        let (found, _) = self.retrieve(&prepared, limit.max(CANDIDATES))?;
        let mut second = self.second(found, &prepared)?;
        second.read_first()?;
        if second.candidates.len() < count {
            second.read_rest()?;
        }
        Ok(second.candidates)
    }

    /// The second stage, before anything is read.
    fn second<'s>(
        &'s self,
        found: Vec<index::Candidate>,
        prepared: &'s Prepared<'_>,
    ) -> Result<Second<'s>> {
        let Prepared { query, terms, statistics, .. } = prepared;
        let keys: Vec<PassageKey> = found.iter().map(|found| found.key).collect();
        let stems = self.reader.stems(&keys)?;
        let mut found: Vec<(index::Candidate, Stems)> = found.into_iter().zip(stems).collect();
        // Whatever the segments, those of one score are in one order.
        let pool = found.len().min(CANDIDATES);
        let (first, others) = found.split_at_mut(pool);
        for part in [first, others] {
            part.sort_by(|(a, stems), (b, others)| {
                b.score.total_cmp(&a.score).then_with(|| stems.cmp(others))
            });
        }
        let (keys, stems): (Vec<PassageKey>, Vec<Stems>) =
            found.into_iter().map(|(found, stems)| (found.key, stems)).unzip();
        let of_some = match plan::restriction(query) {
            Some(sources) if keys.len() < CANDIDATES => {
                Some(statistics_among(&stems, prepared, self.reader.count(&sources)?))
            }
            _ => None,
        };
        let reranker = Reranker::new(terms, of_some.as_ref().unwrap_or(statistics));
        Ok(Second::new(&self.passages, terms, reranker, &keys, &stems))
    }

    /// Returns the first `limit` of `candidates` that are no near-duplicates of one before them,
    /// with their near-duplicates.
    fn hits(
        &self,
        candidates: Vec<Candidate>,
        originals: Vec<Option<usize>>,
        terms: &Terms,
        limit: usize,
    ) -> Result<Vec<Hit>> {
        let mut hits: Vec<Hit> = Vec::new();
        let mut hit_of: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
        for (candidate, original) in candidates.into_iter().zip(originals) {
            hit_of.push((original.is_none() && hits.len() < limit).then_some(hits.len()));
            if let Some(original) = original {
                if let Some(i) = hit_of[original] {
                    hits[i].near_duplicates.push(candidate.passage.id());
                }
            } else if hits.len() < limit {
                let rank = hits.len() + 1;
                hits.push(self.hit(candidate, terms, rank)?);
            }
        }
        Ok(hits)
    }

    fn hit(&self, candidate: Candidate, terms: &Terms, rank: usize) -> Result<Hit> {
        let details = ScoreDetails::new(&candidate, terms);
        let Candidate { passage, reading, scored, score, .. } = candidate;
        let source = Arc::new(self.reader.source_of(&passage)?);
        let matches = matches::matches(&passage, terms, &reading);
        let best = scored.best;
        Ok(Hit {
            rank,
            score,
            coverage: scored.coverage,
            matches,
            best,
            details,
            near_duplicates: Vec::new(),
            passage,
            source,
        })
    }
}

/// The order of the first stage: by score, ties broken by source id, then paragraph.
fn in_order((score, passage): (f32, &Passage), (other_score, other): (f32, &Passage)) -> Ordering {
    let place = (&passage.source, passage.paragraph);
    other_score.total_cmp(&score).then_with(|| place.cmp(&(&other.source, other.paragraph)))
}

/// Returns for each candidate the one that it is a near-duplicate of: see
/// [`near_duplicates::originals`].
fn originals(candidates: &[Candidate], limit: usize) -> Vec<Option<usize>> {
    let texts = candidates.iter().map(|it| (it.passage.plain(), &*it.reading.shingles));
    near_duplicates::originals(&texts.collect::<Vec<_>>(), limit)
}

/// Returns the statistics of BM25 for a query that is restricted to some `passages`, of which
/// `found` are all that have any of its words. A word of every paragraph of an article does not
/// tell where to look in it, however rare it is elsewhere.
fn statistics_among(found: &[Stems], prepared: &Prepared<'_>, passages: u64) -> Statistics {
    let codes = rerank::codes(&prepared.terms);
    let of_word = |(codes, &elsewhere): (&Vec<(u32, f64)>, &f64)| {
        // Of what has no stems there is only what is known of all passages.
        if codes.is_empty() {
            return elsewhere;
        }
        let having = found.iter().filter(|stems| rerank::count(codes, &stems.text) > 0.0);
        idf(having.count() as u64, passages)
    };
    let length: usize = found.iter().map(|stems| stems.text.len()).sum();
    Statistics {
        idf: codes.iter().zip(&prepared.statistics.idf).map(of_word).collect(),
        average_length: length as f64 / found.len().max(1) as f64,
    }
}
