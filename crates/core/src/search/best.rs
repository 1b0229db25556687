//! [`Best`]: the documents of the first stage with the highest scores, the same ones however the index is cut.
//!
//! Tantivy's own collector settles equals by where they happen to lie. Here all of them are kept, and those of the source
//! whose id comes first go before. What cannot come among the best is passed over unread (block-max WAND: Ding and Suel,
//! “Faster top-k document retrieval using block-max indexes”, SIGIR 2011).

use std::sync::atomic::{AtomicU32, Ordering};

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, Score, Searcher, SegmentOrdinal, SegmentReader, TantivyError};

/// Segments of fewer documents are read whole.
///
/// A block's greatest score is kept as it was with the mean length of the segment's own texts, and so is a bound only as far
/// as these are like the others of the index.
const PRUNED_FROM: u32 = 10_000;

/// How far below the worst of the best a block's greatest score has to lie for the block to be passed over: for bounds
/// that are not quite ones, and so that equals are met.
const MARGIN: Score = 0.02;

/// Scores count in steps of one part in so many: the order in which the parts of a score were added must not tell.
const STEPS: Score = 4096.0;

/// The `limit` best of `found`, which has all that equal the worst of them; in no particular order.
pub(super) fn settled(mut found: Vec<Scored>, limit: usize, searcher: &Searcher) -> tantivy::Result<Vec<Scored>> {
    let Some(least) = cut(&mut found, limit) else { return Ok(found) };
    let (mut best, equal): (Vec<Scored>, Vec<Scored>) = found.into_iter().partition(|(score, _)| *score > least);
    let mut equal: Vec<DocAddress> = equal.into_iter().map(|(_, address)| address).collect();
    let wanted = limit - best.len();
    if equal.len() > wanted {
        equal.sort_unstable();
        let mut placed = Vec::new();
        for equal in equal.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            placed.extend(first_in_place(equal, wanted, searcher.segment_reader(equal[0].segment_ord))?);
        }
        placed.sort_unstable();
        equal = placed.into_iter().map(|(_, address)| address).collect();
    }
    best.extend(equal.into_iter().take(wanted).map(|address| (least, address)));
    Ok(best)
}

/// Where a document belongs: its source and its number there.
type Place = (String, u64);

/// Of documents of one segment, those so many that come first by their places.
fn first_in_place(
    documents: &[DocAddress],
    wanted: usize,
    segment: &SegmentReader,
) -> tantivy::Result<Vec<(Place, DocAddress)>> {
    let missing = |column: &str| TantivyError::InternalError(format!("a document without {column}"));
    let sources = segment.fast_fields().str("source")?.ok_or_else(|| missing("source"))?;
    let orders = segment.fast_fields().u64("order")?;
    let place = |&address: &DocAddress| {
        // The ordinals of ids are in the order of the ids, and names cost more to look up.
        let source = sources.term_ords(address.doc_id).next().ok_or_else(|| missing("source"))?;
        Ok((source, orders.first(address.doc_id).ok_or_else(|| missing("order"))?, address))
    };
    let mut places = documents.iter().map(place).collect::<tantivy::Result<Vec<_>>>()?;
    places.sort_unstable();
    places.truncate(wanted);
    let named = places.into_iter().map(|(source, order, address)| {
        let mut id = String::new();
        sources.ord_to_str(source, &mut id)?;
        Ok(((id, order), address))
    });
    named.collect()
}

/// Drops those of `found` that are outdone by `limit` others, and says what the worst of the best has, where there are so
/// many.
fn cut<T>(found: &mut Vec<(Score, T)>, limit: usize) -> Option<Score> {
    if found.len() < limit || limit == 0 {
        return None;
    }
    let (_, &mut (least, _), _) = found.select_nth_unstable_by(limit - 1, |a, b| b.0.total_cmp(&a.0));
    found.retain(|(score, _)| *score >= least);
    Some(least)
}

/// A document and its score.
pub(super) type Scored = (Score, DocAddress);

/// Collects the best `limit` documents, and all that equal the worst of them.
pub(super) struct Best {
    /// How many; not none.
    limit: usize,
    /// What so many of the segments before have at least, as bits: less is of no interest in the next.
    least: AtomicU32,
}

impl Best {
    pub(super) fn new(limit: usize) -> Self {
        Self { limit, least: AtomicU32::new(Score::MIN.to_bits()) }
    }
}

impl Collector for Best {
    type Fruit = Vec<Scored>;
    type Child = SegmentBest;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentBest> {
        let least = Score::from_bits(self.least.load(Ordering::Relaxed));
        Ok(SegmentBest { limit: self.limit, segment, found: Vec::new(), least, full: self.limit.saturating_mul(2) })
    }

    fn requires_scoring(&self) -> bool {
        true
    }

    fn merge_fruits(&self, found: Vec<Vec<Scored>>) -> tantivy::Result<Vec<Scored>> {
        let mut found = found.concat();
        cut(&mut found, self.limit);
        Ok(found)
    }

    fn collect_segment(&self, weight: &dyn Weight, nth: u32, segment: &SegmentReader) -> tantivy::Result<Vec<Scored>> {
        let mut best = self.for_segment(nth, segment)?;
        let alive = segment.alive_bitset();
        let is_alive = |doc| alive.is_none_or(|alive| alive.is_alive(doc));
        if segment.max_doc() < PRUNED_FROM {
            weight.for_each(segment, &mut |doc, score| {
                if is_alive(doc) {
                    best.collect(doc, score);
                }
            })?;
        } else {
            weight.for_each_pruning(best.threshold(), segment, &mut |doc, score| {
                if is_alive(doc) {
                    best.collect(doc, score);
                }
                best.threshold()
            })?;
        }
        if let Some(least) = cut(&mut best.found, self.limit) {
            self.least.store(least.max(best.least).to_bits(), Ordering::Relaxed);
        }
        Ok(best.harvest())
    }
}

/// The best of one segment.
pub(super) struct SegmentBest {
    limit: usize,
    segment: SegmentOrdinal,
    /// The best so far, all that equal the worst of these, and some that are outdone.
    found: Vec<(Score, DocId)>,
    /// What the worst of the best has, when it was last looked at.
    least: Score,
    /// At how many they are to be looked at.
    full: usize,
}

impl SegmentBest {
    /// What a document has to have more of to be looked at.
    fn threshold(&self) -> Score {
        self.least - MARGIN * self.least.abs()
    }
}

impl SegmentCollector for SegmentBest {
    type Fruit = Vec<Scored>;

    fn collect(&mut self, doc: DocId, score: Score) {
        let score = (score * STEPS).round() / STEPS;
        if score >= self.least {
            self.found.push((score, doc));
            if self.found.len() >= self.full {
                self.least = cut(&mut self.found, self.limit).unwrap_or(self.least);
                self.full = self.found.len().saturating_mul(2);
            }
        }
    }

    fn harvest(self) -> Vec<Scored> {
        self.found.into_iter().map(|(score, doc)| (score, DocAddress::new(self.segment, doc))).collect()
    }
}

#[cfg(test)]
mod tests {
    use tantivy::collector::Count;
    use tantivy::query::{AllQuery, BooleanQuery, Query, TermQuery};
    use tantivy::schema::{FAST, IndexRecordOption, STRING, Schema, TEXT};
    use tantivy::{Index, IndexWriter, Term};

    use super::*;

    /// As many documents as it takes to be pruned, and half as many in a segment of its own; each of some of the words `w0`
    /// to `w19`, rarer and rarer, and in a place that has nothing to do with its address.
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
        for number in 0..PRUNED_FROM * 3 / 2 {
            let count = 1 + random(30);
            let words: Vec<String> = (0..count).map(|_| format!("w{}", random(20) * random(20) / 20)).collect();
            let place = u64::from(number * 7919 % (PRUNED_FROM * 2));
            let document =
                tantivy::doc!(body => words.join(" "), source => format!("s{:04}", place % 500), order => place / 500);
            writer.add_document(document).unwrap();
            if number == PRUNED_FROM {
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
        assert!(searcher.segment_readers().iter().any(|segment| segment.max_doc() >= PRUNED_FROM));
        let body = index.schema().get_field("body").unwrap();
        let any = |words: &[u32]| -> Box<dyn Query> {
            let term = |word| Term::from_field_text(body, &format!("w{word}"));
            let query = |word| Box::new(TermQuery::new(term(word), IndexRecordOption::WithFreqs)) as Box<dyn Query>;
            Box::new(BooleanQuery::union(words.iter().map(|&word| query(word)).collect()))
        };
        for query in [any(&[0, 3, 9, 15, 19]), any(&[18, 19]), any(&[7]), any(&[99]), Box::new(AllQuery)] {
            let all = searcher.search(&*query, &Count).unwrap();
            let everything = searcher.search(&*query, &Best::new(all.max(1))).unwrap();
            assert_eq!(everything.len(), all);
            let mut placed: Vec<(Score, Place, DocAddress)> = Vec::new();
            for &(score, address) in &everything {
                let segment = searcher.segment_reader(address.segment_ord);
                let (place, _) = first_in_place(&[address], 1, segment).unwrap().remove(0);
                placed.push((score, place, address));
            }
            placed.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
            for limit in [1, 10, 200, 3000] {
                let found = searcher.search(&*query, &Best::new(limit)).unwrap();
                let mut found = settled(found, limit, &searcher).unwrap();
                let mut expected: Vec<Scored> = placed.iter().take(limit).map(|(score, _, at)| (*score, *at)).collect();
                let by_address = |a: &Scored, b: &Scored| a.1.cmp(&b.1);
                found.sort_by(by_address);
                expected.sort_by(by_address);
                assert_eq!(found, expected, "{query:?}, {limit}");
            }
        }
    }
}
