//! From a query to ranked passages: retrieval, reranking, matches, grouping of copies.
//!
//! Two stages: Tantivy finds candidates by counting words (`retrieve`), and these are read again and scored by
//! what their text has for the query (`rerank`) and what they say for one another (`pool`). Everything hangs on the query's `terms` alone, and all ties are
//! broken by place, so that a query on an index has one answer.

mod best;
mod copies;
mod dictionary;
mod features;
mod grams;
mod like;
mod likeness;
mod matches;
mod pool;
mod reading;
mod rerank;
mod retrieve;
mod terms;
mod variants;

use std::cmp::Ordering;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, available_parallelism};

use self::best::Scored as Found;
pub use self::copies::same_origin;
use self::dictionary::Dictionary;
pub use self::features::{Feature, Features, Weights};
use self::reading::{Reading, TermReader, Title, together};
use self::rerank::{Reranker, Scored};
use self::retrieve::Retriever;
use self::terms::Terms;
pub use self::variants::Kind as VariantKind;
use self::variants::Variant;
use crate::Result;
use crate::index::schema::UNDETERMINED;
use crate::index::{Index, Reader};
use crate::query::{Match, Query};
use crate::source::{Passage, PassageId, Sentences, Source, SourceId};
use crate::text::analyzer::Analyzers;

/// Answers queries over one snapshot of an index.
pub struct Searcher {
    reader: Reader,
    /// The languages of its passages; none for those of which it could not be told.
    languages: Vec<Option<String>>,
    /// How many words that carry meaning they have in all.
    length: u64,
    /// What analyses candidates, kept from one query to the next for the words it knows: one a thread.
    analyzers: Mutex<Vec<Analyzers>>,
    threads: usize,
}

/// How many candidates are read again, at least. What answers a claim has most of its rare words, and so is far up among
/// them; reading a few hundred passages takes milliseconds.
const CANDIDATES: usize = 200;

/// How many candidates there are to a result, where more are asked for: the second stage has to have a choice.
const CANDIDATES_PER_RESULT: usize = 10;

/// How many candidates a thread reads, at least: fewer are read sooner than a thread is begun.
const CANDIDATES_PER_THREAD: usize = 32;

/// A candidate that has been read.
struct Candidate {
    passage: Passage,
    /// What the first stage gave it.
    found: f32,
    reading: Reading,
    /// What was measured of it, completed by what other candidates say.
    scored: Scored,
    score: f64,
}

impl Searcher {
    /// A searcher over the last commit of `index`.
    pub fn new(index: &Index) -> Result<Searcher> {
        let reader = index.reader()?;
        let languages = reader.languages()?.into_iter().map(|(code, _)| Some(code).filter(|c| c != UNDETERMINED));
        let mut languages: Vec<_> = languages.collect();
        languages.sort_unstable();
        let length = dictionary::length(&reader)?;
        let threads = available_parallelism().map_or(1, Into::into);
        Ok(Searcher { reader, languages, length, analyzers: Mutex::default(), threads })
    }

    /// The snapshot it searches.
    pub fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The best `limit` passages for `query`, best first. Equals stand in the order of their sources' ids, then of the
    /// text.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Results> {
        let terms = self.terms(query)?;
        let retriever = self.retriever()?;
        let retrieval = retriever.retrieval(query, &terms)?;
        let wanted = limit.saturating_mul(CANDIDATES_PER_RESULT).max(CANDIDATES);
        let found = retriever.best(&retrieval, wanted)?;
        let all = found.len() < wanted;
        let mut candidates = self.ranked(&found, &terms, &retriever)?;
        candidates.retain(|candidate| query.left_out() != Some(&candidate.passage.id()));
        let total = all.then_some(candidates.len() as u64);
        let hits = self.hits(candidates, &terms, limit)?;
        Ok(Results { total, hits, variants: terms.variants.into_iter().map(Expansion::from).collect() })
    }

    /// How many passages match `query`; a few more where only reading them tells that they do not.
    pub fn count(&self, query: &Query) -> Result<u64> {
        let terms = self.terms(query)?;
        let retriever = self.retriever()?;
        retriever.count(&retriever.retrieval(query, &terms)?)
    }

    /// The query for passages like `passage`: the words, dates and figures in it that tell most. It leaves out the passage
    /// itself.
    pub fn query_like(&self, passage: &Passage) -> Result<Query> {
        like::query(passage, &self.languages, &Dictionary::new(&self.reader)?)
    }

    /// The passages that [`search`](Searcher::search) would choose from, in its order, copies in places of their own: as
    /// many as it reads for a page of results, or `limit` where that is more. For measuring how good that order is.
    pub fn ranking(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, f64)>> {
        let candidates = self.read(query, limit)?;
        Ok(candidates.into_iter().map(|candidate| (candidate.passage.id(), candidate.score)).collect())
    }

    /// What is measured of the passages that [`ranking`](Searcher::ranking) ranks: for fitting the weights.
    pub fn measured(&self, query: &Query, limit: usize) -> Result<Vec<(PassageId, Features)>> {
        let candidates = self.read(query, limit)?;
        Ok(candidates.into_iter().map(|candidate| (candidate.passage.id(), candidate.scored.features)).collect())
    }

    fn read(&self, query: &Query, limit: usize) -> Result<Vec<Candidate>> {
        let terms = self.terms(query)?;
        let retriever = self.retriever()?;
        let retrieval = retriever.retrieval(query, &terms)?;
        self.ranked(&retriever.best(&retrieval, limit.max(CANDIDATES))?, &terms, &retriever)
    }

    /// The `limit` passages that share most words with `text`, rare words counting most, whatever signs it has: where
    /// to look for something that may be quoted from there. In the same order whenever asked.
    pub fn candidates(&self, text: &str, limit: usize) -> Result<Vec<Passage>> {
        let query = Query::prose(text);
        let retriever = self.retriever()?;
        let found = retriever.best(&retriever.retrieval(&query, &Terms::default())?, limit)?;
        let read = |(score, address)| Ok((score, self.reader.passage_at(address)?));
        let mut candidates = found.into_iter().map(read).collect::<Result<Vec<_>>>()?;
        candidates.sort_by(|(a, passage), (b, other)| b.total_cmp(a).then_with(|| by_place(passage, other)));
        Ok(candidates.into_iter().map(|(_, passage)| passage).collect())
    }

    fn retriever(&self) -> Result<Retriever<'_>> {
        Retriever::new(&self.reader, &self.languages, self.length)
    }

    /// What a query looks for: as typed, and in other ways of writing the same.
    fn terms(&self, query: &Query) -> Result<Terms> {
        let mut terms = Terms::new(query.clauses(), &self.languages);
        if !query.is_exact() {
            let dictionary = Dictionary::new(&self.reader)?;
            terms.variants = variants::variants(query.clauses(), &terms, &self.languages, &dictionary)?;
        }
        Ok(terms)
    }

    /// The words of `text` that carry its meaning, each with how rare it is over the whole index, from 0 (in every passage)
    /// to 1 (in none).
    pub fn rarity(&self, text: &str) -> Result<Vec<(String, f64)>> {
        let query = Query::prose(text);
        let terms = Terms::new(query.clauses(), &self.languages);
        let statistics = self.retriever()?.statistics(&terms)?;
        let most = (2.0 * statistics.passages as f64 + 2.0).ln();
        let words = terms.words.into_iter().map(|word| word.typed);
        Ok(words.zip(statistics.idf).map(|(word, idf)| (word, (idf / most).clamp(0.0, 1.0))).collect())
    }

    /// What the first stage has found, in the order of the second.
    fn ranked(&self, found: &[Found], terms: &Terms, retriever: &Retriever<'_>) -> Result<Vec<Candidate>> {
        let reranker = Reranker::new(terms, retriever.statistics(terms)?);
        let mut candidates = self.candidates_at(found, terms, &reranker)?;
        // An index without capitals takes any polish for Poland's.
        candidates.retain(|candidate| terms.variants.is_empty() || !candidate.reading.occurrences.is_empty());
        candidates.sort_by(|a, b| b.found.total_cmp(&a.found).then_with(|| by_place(&a.passage, &b.passage)));
        pool::complete(&mut candidates, CANDIDATES, terms, &reranker);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| by_place(&a.passage, &b.passage)));
        Ok(candidates)
    }

    /// The documents read, by several threads.
    fn candidates_at(&self, found: &[Found], terms: &Terms, reranker: &Reranker<'_>) -> Result<Vec<Candidate>> {
        let mut found = found.to_vec();
        // In the order of the store, so that what lies together is unpacked once.
        found.sort_unstable_by_key(|&(_, address)| address);
        let threads = (found.len() / CANDIDATES_PER_THREAD).clamp(1, self.threads);
        let mut parts = found.chunks(found.len().div_ceil(threads).max(1));
        let own = parts.next().unwrap_or_default();
        thread::scope(|scope| {
            let others: Vec<_> = parts.map(|part| scope.spawn(|| self.read_by_one(part, terms, reranker))).collect();
            let mut candidates = self.read_by_one(own, terms, reranker)?;
            for other in others {
                candidates.extend(other.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            }
            Ok(candidates)
        })
    }

    /// The documents read, by this thread.
    fn read_by_one(&self, found: &[Found], terms: &Terms, reranker: &Reranker<'_>) -> Result<Vec<Candidate>> {
        let lock = || self.analyzers.lock().unwrap_or_else(PoisonError::into_inner);
        let mut analyzers = lock().pop().unwrap_or_default();
        let mut reader = TermReader::new(terms, &mut analyzers);
        let mut titles: HashMap<SourceId, Title> = HashMap::new();
        let mut candidates = Vec::with_capacity(found.len());
        for &(found, address) in found {
            let (passage, head) = self.reader.headed_at(address)?;
            let mut reading = reader.read(&passage);
            let read_title = || reader.read_title(&head.title, head.language.as_deref());
            let title = titles.entry(passage.source.clone()).or_insert_with(read_title);
            let scored = reranker.score(&passage, &reading, &title.words);
            // Its title tells, too, what a passage is about.
            reading.stems = together(&reading.stems, &title.stems);
            candidates.push(Candidate { passage, found, reading, scored, score: 0.0 });
        }
        drop(reader);
        lock().push(analyzers);
        Ok(candidates)
    }

    /// The first `limit` of `candidates` that are no copies of one before them, with their copies.
    fn hits(&self, candidates: Vec<Candidate>, terms: &Terms, limit: usize) -> Result<Vec<Hit>> {
        let texts = candidates.iter().map(|candidate| (candidate.passage.plain(), &*candidate.reading.shingles));
        let originals = copies::originals(&texts.collect::<Vec<_>>(), limit);
        let mut hits: Vec<Hit> = Vec::new();
        let mut rank_of: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
        for (candidate, original) in candidates.into_iter().zip(originals) {
            rank_of.push((original.is_none() && hits.len() < limit).then_some(hits.len()));
            if let Some(original) = original {
                if let Some(i) = rank_of[original] {
                    hits[i].copies.push(candidate.passage.id());
                }
            } else if hits.len() < limit {
                let rank = hits.len() + 1;
                hits.push(self.hit(candidate, terms, rank)?);
            }
        }
        Ok(hits)
    }

    fn hit(&self, candidate: Candidate, terms: &Terms, rank: usize) -> Result<Hit> {
        let details = details(&candidate, terms);
        let Candidate { passage, reading, scored, score, .. } = candidate;
        let source = Arc::new(self.reader.source_of(&passage)?);
        let matches = matches::matches(&passage, terms, &reading);
        Ok(Hit { rank, score, matches, best: scored.best, details, copies: Vec::new(), passage, source })
    }
}

/// The order of sources' ids, and within a source that of the text.
fn by_place(a: &Passage, b: &Passage) -> Ordering {
    (&a.source, a.paragraph).cmp(&(&b.source, b.paragraph))
}

/// What a candidate's score is made of.
fn details(candidate: &Candidate, terms: &Terms) -> ScoreDetails {
    let weights = Weights::shipped();
    let features = &candidate.scored.features;
    let part = |feature: Feature| {
        let note = match feature {
            Feature::Body => words(&candidate.scored.counts, terms),
            _ => format!("{:.0} % of {}", 100.0 * features[feature], feature.description()),
        };
        ScorePart { name: feature.name(), value: weights.share(features, feature), note }
    };
    ScoreDetails { parts: Feature::ALL.into_iter().map(part).collect() }
}

/// Which words a passage or its title has, and how often; variants count in part.
fn words(counts: &[f64], terms: &Terms) -> String {
    let found = counts.iter().zip(&terms.words).filter(|(count, _)| **count > 0.0);
    let words = found.map(|(count, word)| format!("{} ×{}", word.typed, (10.0 * count).round() / 10.0));
    words.collect::<Vec<_>>().join(", ")
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Results {
    /// How many passages match, where that came out: where so many match that not all were read, [`Searcher::count`] tells.
    pub total: Option<u64>,
    /// The best of them.
    pub hits: Vec<Hit>,
    /// What was looked for beside what was typed.
    pub variants: Vec<Expansion>,
}

/// Something that was looked for in place of what was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Expansion {
    /// What was typed.
    pub typed: String,
    /// What it was looked for as well.
    pub written: String,
    /// Why.
    pub kind: VariantKind,
    /// What it counts for in a score, beside 1 for what was typed.
    pub credit: f64,
}

impl From<Variant> for Expansion {
    fn from(Variant { typed, written, kind, credit, .. }: Variant) -> Self {
        Self { typed, written, kind, credit }
    }
}

/// A passage that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Its place among the results, counted from 1.
    pub rank: usize,
    /// Its score: comparable within one result list only.
    pub score: f64,
    /// The passage.
    pub passage: Passage,
    /// Its source.
    pub source: Arc<Source>,
    /// Where it matches, in order and disjoint.
    pub matches: Vec<Match>,
    /// The sentence, or run of sentences, that answers best: what to quote.
    pub best: Sentences,
    /// What the score is made of.
    pub details: ScoreDetails,
    /// Passages nearly the same as this one, left out of the list.
    pub copies: Vec<PassageId>,
}

/// What a score is made of: named parts that add up to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScoreDetails {
    /// Each part: its name, its share of the score, and a word on where it comes from.
    pub parts: Vec<ScorePart>,
}

/// One part of a score.
#[derive(Debug, Clone, PartialEq)]
pub struct ScorePart {
    /// `body`, `title`, `proximity`, …
    pub name: &'static str,
    /// Its share of the score.
    pub value: f64,
    /// Where it comes from, in words.
    pub note: String,
}
