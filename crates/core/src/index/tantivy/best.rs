//! [`Best`]: collects the documents with the highest scores, the same ones whatever the segments.
//!
//! Tantivy's own collector breaks ties by where documents happen to lie. This one keeps all that
//! tie with the last of the best, and [`in_order`] takes those that come first by source id, then
//! paragraph. All that match are scored: function words are not looked for, and skipping what cannot
//! come among the best (block-max WAND) took 2.5 times the instructions of scoring it.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::thread::available_parallelism;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::fastfield::AliveBitSet;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyError};

use super::sum::Sum;
use crate::panics::without_panic;
use crate::threads;

/// The minimum number of documents for a thread: fewer take less time than starting it.
const DOCUMENTS_PER_THREAD: u64 = 100_000;

/// Scores are rounded to this fraction of 1, so that the order in which their parts are added up
/// makes no difference.
const STEPS: Score = 4096.0;

/// A document and its score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Scored {
    pub(super) score: Score,
    pub(super) address: DocAddress,
}

/// Returns the best `limit` of `found`, best first; of those that tie with the last one, which
/// `found` has all of, the first by source id, then paragraph.
pub(super) fn in_order(
    mut found: Vec<Scored>,
    limit: usize,
    searcher: &Searcher,
) -> tantivy::Result<Vec<Scored>> {
    let least = cut(&mut found, limit, |scored| scored.score);
    found.sort_unstable_by(|a, b| b.score.total_cmp(&a.score).then(a.address.cmp(&b.address)));
    if let Some(least) = least
        && found.len() > limit
    {
        let tied = found.split_off(found.partition_point(|scored| scored.score > least));
        let mut places = Places { searcher, columns: HashMap::new() };
        let first = places.first(&tied, limit - found.len())?;
        found.extend(first);
    }
    Ok(found)
}

/// Looks up the places of documents.
struct Places<'s> {
    searcher: &'s Searcher,
    columns: HashMap<SegmentOrdinal, Columns>,
}

/// The columns of a segment that say where a document belongs.
struct Columns {
    sources: StrColumn,
    orders: Column<u64>,
}

/// The place of a document, by which ties are broken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Place<S> {
    /// The source: its id, or within a segment the ordinal of its id, which is in the same order.
    source: S,
    /// See [`Fields::order`](super::schema::Fields::order).
    order: u64,
}

impl Places<'_> {
    /// Returns the first `limit` of `tied`, which are in the order of their addresses.
    fn first(&mut self, tied: &[Scored], limit: usize) -> tantivy::Result<Vec<Scored>> {
        let mut placed = Vec::new();
        for tied in tied.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
            placed.extend(self.first_of_segment(tied, limit)?);
        }
        placed.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        placed.truncate(limit);
        Ok(placed.into_iter().map(|(_, scored)| scored).collect())
    }

    /// Returns the first `limit` of documents of one segment, in order, with their places.
    fn first_of_segment(
        &mut self,
        documents: &[Scored],
        limit: usize,
    ) -> tantivy::Result<Vec<(Place<String>, Scored)>> {
        let columns = self.columns(documents[0].address.segment_ord)?;
        let mut places = Vec::with_capacity(documents.len());
        for &scored in documents {
            places.push((columns.place(scored.address.doc_id)?, scored));
        }
        places.sort_unstable_by(|(a, _), (b, _)| a.cmp(b));
        places.truncate(limit);
        let mut named = Vec::with_capacity(places.len());
        // Looking up an id costs more than all else.
        let mut last: Option<(u64, String)> = None;
        for (Place { source, order }, scored) in places {
            let id = match last {
                Some((ordinal, id)) if ordinal == source => id,
                _ => columns.id(source)?,
            };
            last = Some((source, id.clone()));
            named.push((Place { source: id, order }, scored));
        }
        Ok(named)
    }

    fn columns(&mut self, segment: SegmentOrdinal) -> tantivy::Result<&Columns> {
        match self.columns.entry(segment) {
            Entry::Occupied(columns) => Ok(columns.into_mut()),
            Entry::Vacant(vacant) => {
                Ok(vacant.insert(Columns::open(self.searcher.segment_reader(segment))?))
            }
        }
    }
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let sources = segment.fast_fields().str("source")?.ok_or_else(|| without("source"))?;
        Ok(Columns { sources, orders: segment.fast_fields().u64("order")? })
    }

    fn place(&self, document: DocId) -> tantivy::Result<Place<u64>> {
        let source = self.sources.term_ords(document).next().ok_or_else(|| without("source"))?;
        let order = self.orders.first(document).ok_or_else(|| without("order"))?;
        Ok(Place { source, order })
    }

    /// The id of the source with this ordinal.
    fn id(&self, ordinal: u64) -> tantivy::Result<String> {
        let mut id = String::new();
        self.sources.ord_to_str(ordinal, &mut id)?;
        Ok(id)
    }
}

fn without(column: &str) -> TantivyError {
    TantivyError::InternalError(format!("a document without {column}"))
}

/// Drops those of `found` that have less than `limit` others, and returns the least score of the
/// rest; `None` where there are not that many.
fn cut<T>(found: &mut Vec<T>, limit: usize, score: impl Fn(&T) -> Score) -> Option<Score> {
    if found.len() < limit || limit == 0 {
        return None;
    }
    let (_, last, _) =
        found.select_nth_unstable_by(limit - 1, |a, b| score(b).total_cmp(&score(a)));
    let least = score(last);
    found.retain(|scored| score(scored) >= least);
    Some(least)
}

/// Collects the best `limit` documents, and all that tie with the last of them.
pub(super) struct Best {
    /// At least 1.
    limit: usize,
    /// The bits of a score that `limit` documents of earlier segments have at least: documents with
    /// less need not be collected.
    least: AtomicU32,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, least: AtomicU32::new(Score::MIN.to_bits()) }
    }
}

impl Collector for Best {
    /// The documents, and how many match.
    type Fruit = (Vec<Scored>, u64);
    type Child = SegmentBest;

    fn for_segment(
        &self,
        segment: SegmentOrdinal,
        _: &SegmentReader,
    ) -> tantivy::Result<SegmentBest> {
        let least = Score::from_bits(self.least.load(Ordering::Relaxed));
        Ok(SegmentBest {
            limit: self.limit,
            segment,
            found: Vec::new(),
            matching: 0,
            least,
            full: self.limit.saturating_mul(2),
        })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, found: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let matching = found.iter().map(|(_, matching)| matching).sum();
        let mut best = found.into_iter().flat_map(|(best, _)| best).collect();
        cut(&mut best, self.limit, |scored: &Scored| scored.score);
        Ok((best, matching))
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        nth: u32,
        segment: &SegmentReader,
    ) -> tantivy::Result<Self::Fruit> {
        self.of_segment(nth, segment, |alive| {
            weight.for_each(segment, &mut |doc, score| alive.collect(doc, score))
        })
    }
}

impl Best {
    /// Collects the best of all documents with any of the terms of a union: what searching for it
    /// gives.
    pub(super) fn of_union(
        &self,
        union: &Sum,
        searcher: &Searcher,
    ) -> tantivy::Result<(Vec<Scored>, u64)> {
        let segments = searcher.segment_readers();
        let next = AtomicUsize::new(0);
        let some = || -> tantivy::Result<Vec<_>> {
            let mut found = Vec::new();
            loop {
                let nth = next.fetch_add(1, Ordering::Relaxed);
                let Some(segment) = segments.get(nth) else { return Ok(found) };
                let nth = nth as SegmentOrdinal;
                found.push(self.of_segment(nth, segment, |alive| {
                    union.for_each(nth, segment, |doc, score| alive.collect(doc, score))
                })?);
            }
        };
        let threads = if searcher.num_docs() < DOCUMENTS_PER_THREAD * 2 {
            1
        } else {
            available_parallelism().map_or(1, Into::into).min(segments.len())
        };
        // A panic, which damage may cause, is one of this thread, whose caller tells what it means.
        let found = threads::each(0..threads, |_| Ok(without_panic(some)));
        let found = found.map_err(|error| TantivyError::InternalError(error.to_string()))?;
        let mut all = Vec::with_capacity(segments.len());
        for found in found {
            all.extend(found.unwrap_or_else(|message| resume_unwind(Box::new(message)))?);
        }
        self.merge_fruits(all)
    }

    /// Collects the documents of one segment that `collect_all` gives.
    fn of_segment(
        &self,
        nth: SegmentOrdinal,
        segment: &SegmentReader,
        collect_all: impl FnOnce(&mut Alive<'_>) -> tantivy::Result<()>,
    ) -> tantivy::Result<(Vec<Scored>, u64)> {
        let best = self.for_segment(nth, segment)?;
        let mut alive = Alive { best, alive: segment.alive_bitset() };
        collect_all(&mut alive)?;
        let Alive { mut best, .. } = alive;
        if let Some(least) = cut(&mut best.found, self.limit, |found| found.score) {
            self.least.store(least.max(best.least).to_bits(), Ordering::Relaxed);
        }
        Ok(best.harvest())
    }
}

/// Collects the best documents of one segment that are not deleted.
struct Alive<'s> {
    best: SegmentBest,
    /// None where all are alive.
    alive: Option<&'s AliveBitSet>,
}

impl Alive<'_> {
    fn collect(&mut self, document: DocId, score: Score) {
        if self.alive.is_none_or(|alive| alive.is_alive(document)) {
            self.best.collect(document, score);
        }
    }
}

/// Collects the best documents of one segment.
pub(super) struct SegmentBest {
    limit: usize,
    segment: SegmentOrdinal,
    /// The best documents, all that tie with the last of them, and some that do not belong there.
    found: Vec<Found>,
    /// The number of documents that match.
    matching: u64,
    /// A score that the best documents have at least.
    least: Score,
    /// The length of `found` at which it is cut.
    full: usize,
}

/// A document of a segment and its score.
struct Found {
    score: Score,
    document: DocId,
}

impl SegmentCollector for SegmentBest {
    type Fruit = (Vec<Scored>, u64);

    fn collect(&mut self, document: DocId, score: Score) {
        self.matching += 1;
        // Rounding raises a score by half a step at most, and takes longer than all else.
        if score < self.least - 1.0 / STEPS {
            return;
        }
        let score = (score * STEPS).round() / STEPS;
        if score >= self.least {
            self.found.push(Found { score, document });
            if self.found.len() >= self.full {
                self.least =
                    cut(&mut self.found, self.limit, |found| found.score).unwrap_or(self.least);
                self.full = self.found.len().saturating_mul(2);
            }
        }
    }

    fn harvest(self) -> Self::Fruit {
        let address = |document| DocAddress::new(self.segment, document);
        let found = self.found.into_iter();
        let found =
            found.map(|Found { score, document }| Scored { score, address: address(document) });
        (found.collect(), self.matching)
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;
    use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
    use tantivy::schema::{FAST, IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term};

    use super::*;

    const DOCUMENTS: u32 = 3000;

    /// Returns an index of two segments. Each document has some of the words `w0` to `w19`, rarer
    /// and rarer, and a place that has nothing to do with its address.
    fn index() -> Index {
        let mut schema = Schema::builder();
        let body = schema.add_text_field("body", TEXT);
        let source = schema.add_text_field("source", STRING | FAST);
        let order = schema.add_u64_field("order", FAST);
        let index = Index::create_in_ram(schema.build());
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 50_000_000).unwrap();
        let mut state = 1_u32;
        let mut random = |limit: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 8) % limit
        };
        for number in 0..DOCUMENTS {
            let count = 1 + random(30);
            let words: Vec<String> =
                (0..count).map(|_| format!("w{}", random(20) * random(20) / 20)).collect();
            let place = u64::from(number * 7919 % (DOCUMENTS * 2));
            let document = tantivy::doc!(body => words.join(" "), source => format!("s{:04}", place % 500), order => place / 500);
            writer.add_document(document).unwrap();
            if number == DOCUMENTS / 3 {
                writer.commit().unwrap();
            }
        }
        writer.commit().unwrap();
        index
    }

    #[test]
    fn finds_those_that_a_scan_finds() {
        let index = index();
        let searcher = index.reader().unwrap().searcher();
        let body = index.schema().get_field("body").unwrap();
        let any = |words: &[u32]| -> Box<dyn Query> {
            let term = |word| Term::from_field_text(body, &format!("w{word}"));
            let query = |word| {
                Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)) as Box<dyn Query>
            };
            Box::new(BooleanQuery::union(words.iter().map(|&word| query(word)).collect()))
        };
        for query in
            [any(&[0, 3, 9, 15, 19]), any(&[18, 19]), any(&[7]), any(&[99]), Box::new(AllQuery)]
        {
            let all = searcher.search(&*query, &Count).unwrap();
            let (everything, matching) = searcher.search(&*query, &Best::new(all.max(1))).unwrap();
            assert_eq!((everything.len(), matching), (all, all as u64));
            let mut places = Places { searcher: &searcher, columns: HashMap::new() };
            let mut placed: Vec<(Place<String>, Scored)> = Vec::new();
            for scored in everything {
                placed.extend(places.first_of_segment(&[scored], 1).unwrap());
            }
            placed.sort_by(|(a, x), (b, y)| y.score.total_cmp(&x.score).then_with(|| a.cmp(b)));
            for limit in [1, 10, 200, 1500] {
                let (found, _) = searcher.search(&*query, &Best::new(limit)).unwrap();
                let mut found = in_order(found, limit, &searcher).unwrap();
                assert!(found.is_sorted_by(|a, b| a.score >= b.score));
                let mut expected: Vec<Scored> =
                    placed.iter().take(limit).map(|(_, scored)| *scored).collect();
                found.sort_unstable_by_key(|scored| scored.address);
                expected.sort_unstable_by_key(|scored| scored.address);
                assert_eq!(found, expected, "{query:?}, {limit}");
            }
        }
    }
}
