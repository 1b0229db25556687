//! [`Searcher`]: answers queries over one snapshot of an index.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::available_parallelism;

use rustc_hash::FxHashMap;

use super::candidate::{Candidate, by_score};
use super::dictionary::{Dictionary, idf};
use super::features::Features;
use super::reading::{PassageReading, Term, TermReader, Title, add_stems};
use super::rerank::{Reranker, Statistics};
use super::results::{Expansion, Hit, Results, ScoreDetails};
use super::terms::Terms;
use super::{expand, like, matches, near_duplicates, plan, pool};
use crate::Result;
use crate::index::{self, Collection, Index, PassageKey, Reader, Retrieved};
use crate::query::Query;
use crate::source::{Passage, PassageId, SourceId};
use crate::text;
use crate::text::analyzer::Analyzers;
use crate::threads;

/// The minimum number of candidates of the second stage. A passage that answers a claim has most of
/// its rare words, so it ranks high in the first stage; reading a few hundred takes milliseconds.
const CANDIDATES: usize = 200;

/// The number of candidates for each result, so that the second stage has a choice.
const CANDIDATES_PER_RESULT: usize = 10;

/// A query is looked for in the languages of at least one in this many passages, and in its own: it
/// is stemmed in each, and in any large archive a few passages are taken for twenty languages.
const IN_LANGUAGE: u64 = 100;

/// The minimum number of candidates for a thread: fewer take less time than starting it.
const CANDIDATES_PER_THREAD: usize = 32;

/// Answers queries over one snapshot of an index.
pub struct Searcher {
    reader: Reader,
    collection: Collection,
    /// The languages of the index that every query is looked for in.
    languages: Vec<Option<String>>,
    /// Per-thread analyzers, pooled across queries to keep their stem caches warm.
    analyzers: Mutex<Vec<Analyzers>>,
    threads: usize,
}

/// A query with what was looked up for it.
struct Prepared<'q> {
    query: &'q Query,
    /// The languages it is looked for in.
    languages: Vec<Option<String>>,
    terms: Terms,
    /// How many passages have each of [`Terms::words`] in any form.
    frequencies: Vec<u64>,
    statistics: Statistics,
}

/// A candidate of the first stage, to be read.
#[derive(Clone, Copy)]
struct Unread {
    key: PassageKey,
    /// Its score in the first stage.
    score: f32,
}

/// A candidate of the first stage, read.
struct Read {
    passage: Passage,
    /// Its score in the first stage.
    score: f32,
    reading: PassageReading,
    /// The [`Terms::words`] that its title has.
    title: BTreeSet<usize>,
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
        let threads = available_parallelism().map_or(1, Into::into);
        let common = collection.passages / IN_LANGUAGE;
        let languages = collection.languages.iter().filter(|(_, passages)| **passages >= common);
        let languages = languages.map(|(language, _)| language.clone()).collect();
        Ok(Searcher { reader, collection, languages, analyzers: Mutex::default(), threads })
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
        let mut candidates = self.ranked(&found, &prepared)?;
        let terms = prepared.terms;
        candidates.retain(|candidate| query.left_out() != Some(&candidate.passage.id()));
        let total = if are_all { candidates.len() as u64 } else { matching };
        let hits = self.hits(candidates, &terms, limit)?;
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
    /// near-duplicates among them: as many as it reads for a page of results, or `limit` where that
    /// is more. For measuring how good that order is.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn ranking(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, f64)>> {
        let candidates = self.read_again(query, limit)?;
        Ok(candidates
            .into_iter()
            .map(|candidate| (candidate.passage.id(), candidate.score))
            .collect())
    }

    /// Returns the features of the passages that [`ranking`](Searcher::ranking) ranks: for fitting
    /// the weights.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn measured(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, Features)>> {
        let candidates = self.read_again(query, limit)?;
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

    /// The first stage: the best candidates, and how many passages match.
    fn retrieve(&self, prepared: &Prepared<'_>, limit: usize) -> Result<(Vec<Unread>, u64)> {
        let Prepared { query, languages, terms, frequencies, .. } = prepared;
        let plan = plan::plan(query, terms, languages, frequencies);
        let Retrieved { candidates, matching } = self.reader.retrieve(&plan, limit)?;
        let unread = |index::Candidate { score, key }| Unread { key, score };
        Ok((candidates.into_iter().map(unread).collect(), matching))
    }

    /// Both stages, for measuring.
    fn read_again(&self, query: &Query, limit: usize) -> Result<Vec<Candidate>> {
        let prepared = self.prepare(query)?;
        let (found, _) = self.retrieve(&prepared, limit.max(CANDIDATES))?;
        self.ranked(&found, &prepared)
    }

    /// The second stage: reads candidates and puts them in order.
    fn ranked(&self, found: &[Unread], prepared: &Prepared<'_>) -> Result<Vec<Candidate>> {
        let Prepared { query, terms, statistics, .. } = prepared;
        let mut readings = self.read(found, terms)?;
        // An index without capitals takes any polish for Poland's.
        readings.retain(|read| terms.variants.is_empty() || !read.reading.occurrences.is_empty());
        readings.sort_by(|a, b| in_order((a.score, &a.passage), (b.score, &b.passage)));
        let of_some = match plan::restriction(query) {
            Some(sources) if found.len() < CANDIDATES => {
                Some(statistics_among(&readings, terms, self.reader.count(&sources)?))
            }
            _ => None,
        };
        let reranker = Reranker::new(terms, of_some.as_ref().unwrap_or(statistics));
        let scored = |read: Read| {
            let Read { passage, reading, title, .. } = read;
            let scored = reranker.score(&passage, &reading, &title);
            Candidate { passage, reading, scored, score: 0.0 }
        };
        let mut candidates: Vec<Candidate> = readings.into_iter().map(scored).collect();
        pool::complete(&mut candidates, CANDIDATES, &reranker);
        candidates.sort_by(by_score);
        Ok(candidates)
    }

    /// Reads candidates, on several threads where there are enough of them.
    fn read(&self, found: &[Unread], terms: &Terms) -> Result<Vec<Read>> {
        let mut found = found.to_vec();
        // Sorted by key, so that each block of the store is unpacked once.
        found.sort_unstable_by_key(|unread| unread.key);
        let threads = (found.len() / CANDIDATES_PER_THREAD).clamp(1, self.threads);
        let parts = found.chunks(found.len().div_ceil(threads).max(1));
        let read = threads::each(parts, |part| self.read_part(part, terms))?;
        Ok(read.into_iter().flatten().collect())
    }

    /// Reads candidates on this thread.
    fn read_part(&self, found: &[Unread], terms: &Terms) -> Result<Vec<Read>> {
        let keys: Vec<PassageKey> = found.iter().map(|unread| unread.key).collect();
        let passages = self.reader.read(&keys)?;
        let mut analyzers = self.take_analyzers();
        let mut reader = TermReader::new(terms, &mut analyzers);
        let mut titles: FxHashMap<SourceId, Title> = FxHashMap::default();
        let mut all = Vec::with_capacity(found.len());
        for (unread, index::Headed { passage, head }) in found.iter().zip(passages) {
            let mut reading = reader.read(&passage);
            if !titles.contains_key(&passage.source) {
                let title = reader.read_title(&head.title, head.language.as_deref());
                titles.insert(passage.source.clone(), title);
            }
            let title = &titles[&passage.source];
            // The title also says what a passage is about.
            add_stems(&mut reading.stems, &title.stems);
            all.push(Read { passage, score: unread.score, reading, title: title.words.clone() });
        }
        drop(reader);
        self.analyzers.lock().unwrap_or_else(PoisonError::into_inner).push(analyzers);
        Ok(all)
    }

    fn take_analyzers(&self) -> Analyzers {
        self.analyzers.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Returns the first `limit` of `candidates` that are no near-duplicates of one before them,
    /// with their near-duplicates.
    fn hits(&self, candidates: Vec<Candidate>, terms: &Terms, limit: usize) -> Result<Vec<Hit>> {
        let texts = candidates
            .iter()
            .map(|candidate| (candidate.passage.plain(), &*candidate.reading.shingles));
        let originals = near_duplicates::originals(&texts.collect::<Vec<_>>(), limit);
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

/// Returns the statistics of BM25 for a query that is restricted to some `passages`, of which
/// `found` are all that have any of its words. A word of every paragraph of an article does not
/// tell where to look in it, however rare it is elsewhere.
fn statistics_among(found: &[Read], terms: &Terms, passages: u64) -> Statistics {
    let mut frequencies = vec![0; terms.words.len()];
    for read in found {
        let words =
            read.reading.occurrences.iter().filter_map(|occurrence| match occurrence.term {
                Term::Word(word) => Some(word),
                Term::Phrase(_) | Term::Fact(_) => None,
            });
        words.collect::<BTreeSet<_>>().into_iter().for_each(|word| frequencies[word] += 1);
    }
    let length: u64 = found.iter().map(|read| u64::from(read.reading.length)).sum();
    Statistics {
        idf: frequencies.into_iter().map(|frequency| idf(frequency, passages)).collect(),
        average_length: length as f64 / found.len().max(1) as f64,
    }
}
