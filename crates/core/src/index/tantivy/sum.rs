//! [`Sum`]: retrieves by a union of terms, which is what nearly all queries are.
//!
//! Tantivy walks through the postings of all terms side by side, from document to document. Where
//! whatever has one of the terms is scored, it takes a third of the work to go through them one
//! after the other and add up scores in an array. They are added in the order of the terms, so that
//! a document has the same score in any segment.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{BlockSegmentPostings, TermInfo};
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight, EnableScoring, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader, Term};

use super::lower;
use super::schema::Fields;
use super::statistics::Statistics;
use crate::index::plan::{Lookup, TermField};

/// The number of documents whose scores are added up at a time: few enough for the processor's
/// cache.
const WINDOW: usize = 1 << 14;

/// The scores of the documents of a window. Windows follow one another, so that the place of a
/// document in its own is the remainder of its number.
struct Window {
    scores: Box<[Score; WINDOW]>,
    /// A bit for each document that has a score.
    scored: Box<[u64; WINDOW / 64]>,
}

impl Window {
    fn add(&mut self, document: DocId, score: Score) {
        let at = document as usize % WINDOW;
        self.scores[at] += score;
        self.scored[at / 64] |= 1 << (at % 64);
    }

    fn remove(&mut self, document: DocId) {
        let at = document as usize % WINDOW;
        self.scores[at] = 0.0;
        self.scored[at / 64] &= !(1 << (at % 64));
    }

    /// Calls `each` for the documents that have a score, and takes it from them. The first document
    /// of the window is `start`.
    fn take(&mut self, start: DocId, mut each: impl FnMut(DocId, Score)) {
        for (first, bits) in (0..).step_by(64).zip(&mut *self.scored) {
            while *bits != 0 {
                let at = first + bits.trailing_zeros();
                *bits &= *bits - 1;
                each(start + at, std::mem::take(&mut self.scores[at as usize]));
            }
        }
    }
}

/// A union, of terms above all, without what matches any of some other conditions.
pub(super) struct Sum {
    parts: Vec<Part>,
    excluded: Vec<Box<dyn Weight>>,
}

/// A part of a union.
enum Part {
    Term(Box<Ranked>),
    /// Anything else, as Tantivy scores it.
    Other {
        weight: Box<dyn Weight>,
        boost: Score,
    },
}

/// A term, and how it is scored.
struct Ranked {
    field: Field,
    /// The place of its postings in each segment that has it.
    places: Vec<Option<TermInfo>>,
    weight: Bm25Weight,
    boost: Score,
    /// The score of a document that has it once, by the id of its length.
    once: [Score; 256],
}

/// The documents of a segment that match a part.
enum Matching<'s> {
    Term(Box<Postings<'s>>),
    Other(Box<dyn Scorer>),
}

/// The postings of a term in a segment.
struct Postings<'s> {
    postings: BlockSegmentPostings,
    /// The index of the next document in the block.
    next: usize,
    lengths: FieldNormReader,
    term: &'s Ranked,
}

impl Sum {
    /// Returns the union that `lookup` is; `None` where all that it matches has to match something
    /// in particular, for which Tantivy passes over everything else.
    pub(super) fn of(
        lookup: &Lookup,
        fields: &Fields,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<Option<Sum>> {
        let (should, must_not) = match lookup {
            Lookup::Clauses { must, should, must_not, minimum_should: 1 } if must.is_empty() => {
                (should.as_slice(), must_not.as_slice())
            }
            Lookup::Any(_) | Lookup::Term { .. } => (std::slice::from_ref(lookup), &[][..]),
            _ => return Ok(None),
        };
        let mut sum = Sum { parts: Vec::with_capacity(should.len()), excluded: Vec::new() };
        for lookup in should {
            sum.push(lookup, 1.0, fields, statistics)?;
        }
        for lookup in must_not {
            let unscored = EnableScoring::disabled_from_searcher(statistics.searcher);
            sum.excluded.push(lower::query(lookup, fields).weight(unscored)?);
        }
        Ok(Some(sum))
    }

    fn push(
        &mut self,
        lookup: &Lookup,
        boost: Score,
        fields: &Fields,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<()> {
        if let Some(lookups) = members(lookup) {
            for lookup in lookups {
                self.push(lookup, boost, fields, statistics)?;
            }
            return Ok(());
        }
        match lookup {
            Lookup::Boosted { lookup, boost: more } => {
                self.push(lookup, boost * more, fields, statistics)?;
            }
            // The others have no frequencies.
            Lookup::Term {
                field: field @ (TermField::Words | TermField::Stems | TermField::Facts),
                term,
            } => {
                let term = Ranked::new(fields.of(*field), term, boost, statistics)?;
                self.parts.push(Part::Term(Box::new(term)));
            }
            other => {
                let scoring = EnableScoring::enabled_from_statistics_provider(
                    statistics,
                    statistics.searcher,
                );
                let weight = lower::query(other, fields).weight(scoring)?;
                self.parts.push(Part::Other { weight, boost });
            }
        }
        Ok(())
    }

    /// Calls `each` for the documents of the segment of this number that match any of the parts,
    /// deleted ones included, in their order, with their scores.
    pub(super) fn for_each(
        &self,
        nth: SegmentOrdinal,
        segment: &SegmentReader,
        mut each: impl FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut all = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            all.extend(part.matching(nth, segment)?);
        }
        let excluded = self.excluded.iter().map(|weight| weight.scorer(segment, 1.0));
        let mut excluded = excluded.collect::<tantivy::Result<Vec<_>>>()?;
        let mut window =
            Window { scores: Box::new([0.0; WINDOW]), scored: Box::new([0; WINDOW / 64]) };
        for start in (0..segment.max_doc()).step_by(WINDOW) {
            let end = start.saturating_add(WINDOW as DocId);
            all.iter_mut().for_each(|matching| matching.add_to(end, &mut window));
            for scorer in &mut excluded {
                while scorer.doc() < end {
                    window.remove(scorer.doc());
                    scorer.advance();
                }
            }
            window.take(start, &mut each);
        }
        Ok(())
    }
}

/// Returns the lookups that `lookup` is a union of; `None` where it is anything else.
fn members(lookup: &Lookup) -> Option<&[Lookup]> {
    match lookup {
        Lookup::Any(lookups) => Some(lookups),
        Lookup::Clauses { must, should, must_not, minimum_should: 1 }
            if must.is_empty() && must_not.is_empty() =>
        {
            Some(should)
        }
        _ => None,
    }
}

impl Ranked {
    fn new(
        field: Field,
        term: &str,
        boost: Score,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<Ranked> {
        let term = Term::from_field_text(field, term);
        let segments = statistics.searcher.segment_readers();
        let mut places = Vec::with_capacity(segments.len());
        for segment in segments {
            places.push(segment.inverted_index(field)?.get_term_info(&term)?);
        }
        let own = places.iter().flatten().map(|place| u64::from(place.doc_freq)).sum();
        let documents = statistics.total_num_docs()?;
        let frequency = statistics.given(&term).map_or(own, |given| given.min(documents));
        let length = statistics.total_num_tokens(field)? as Score / documents as Score;
        let weight = Bm25Weight::for_one_term_without_explain(frequency, documents, length);
        let once = std::array::from_fn(|length| weight.score(length as u8, 1) * boost);
        Ok(Ranked { field, places, weight, boost, once })
    }

    fn score(&self, length: u8, frequency: u32) -> Score {
        match frequency {
            1 => self.once[usize::from(length)],
            _ => self.weight.score(length, frequency) * self.boost,
        }
    }
}

impl Part {
    fn matching(
        &self,
        nth: SegmentOrdinal,
        segment: &SegmentReader,
    ) -> tantivy::Result<Option<Matching<'_>>> {
        let term = match self {
            Part::Term(term) => term,
            Part::Other { weight, boost } => {
                return Ok(Some(Matching::Other(weight.scorer(segment, *boost)?)));
            }
        };
        let Some(place) = &term.places[nth as usize] else { return Ok(None) };
        let index = segment.inverted_index(term.field)?;
        let postings =
            index.read_block_postings_from_terminfo(place, IndexRecordOption::WithFreqs)?;
        let lengths = segment.fieldnorms_readers().get_field(term.field)?;
        let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        Ok(Some(Matching::Term(Box::new(Postings { postings, next: 0, lengths, term }))))
    }
}

impl Matching<'_> {
    /// Adds the scores of the documents of a window, which ends before `end`.
    fn add_to(&mut self, end: DocId, window: &mut Window) {
        match self {
            Matching::Term(postings) => postings.add_to(end, window),
            Matching::Other(scorer) => {
                while scorer.doc() < end {
                    window.add(scorer.doc(), scorer.score());
                    scorer.advance();
                }
            }
        }
    }
}

impl Postings<'_> {
    fn add_to(&mut self, end: DocId, window: &mut Window) {
        loop {
            let documents = self.postings.docs();
            let Some(&last) = documents.last() else { return };
            let here = if last < end {
                documents.len()
            } else {
                self.next + documents[self.next..].partition_point(|&it| it < end)
            };
            let frequencies = &self.postings.freqs()[self.next..here];
            for (&document, &frequency) in documents[self.next..here].iter().zip(frequencies) {
                let length = self.lengths.fieldnorm_id(document);
                window.add(document, self.term.score(length, frequency));
            }
            self.next = here;
            if here < documents.len() {
                return;
            }
            self.postings.advance();
            self.next = 0;
        }
    }
}
