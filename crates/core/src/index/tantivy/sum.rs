//! [`Sum`]: retrieves by a union of terms, which is what nearly all queries are.
//!
//! Tantivy walks through the postings of all terms side by side, from document to document. Where
//! whatever has one of the terms is scored, it takes a third of the work to go through them one
//! after the other and add up scores in an array. They are added in the order of the terms, so that
//! a document has the same score in any segment.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::query::{Bm25StatisticsProvider, Bm25Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, Score, SegmentReader, Term};

use super::schema::Fields;
use crate::index::plan::{Lookup, TermField};

/// The number of documents whose scores are added up at a time: few enough for the processor's
/// cache.
const WINDOW: DocId = 1 << 14;

/// The scores of the documents of a window.
struct Window {
    /// The first document.
    start: DocId,
    scores: Vec<Score>,
    /// A bit for each document that has a score.
    scored: Vec<u64>,
}

impl Window {
    fn add(&mut self, document: DocId, score: Score) {
        let at = (document - self.start) as usize;
        self.scores[at] += score;
        self.scored[at / 64] |= 1 << (at % 64);
    }

    /// Calls `each` for the documents that have a score, and takes it from them.
    fn take(&mut self, mut each: impl FnMut(DocId, Score)) {
        for (first, bits) in (0..).step_by(64).zip(&mut self.scored) {
            while *bits != 0 {
                let at = first + bits.trailing_zeros();
                *bits &= *bits - 1;
                each(self.start + at, std::mem::take(&mut self.scores[at as usize]));
            }
        }
    }
}

/// A union of terms.
pub(super) struct Sum(Vec<Part>);

/// A term of a union.
struct Part {
    term: Term,
    weight: Bm25Weight,
    boost: Score,
}

/// The postings of a term in a segment.
struct Postings<'s> {
    postings: BlockSegmentPostings,
    /// The index of the next document in the block.
    next: usize,
    lengths: FieldNormReader,
    part: &'s Part,
}

impl Sum {
    /// Returns the union that `lookup` is; `None` where it is anything else.
    pub(super) fn of(
        lookup: &Lookup,
        fields: &Fields,
        statistics: &dyn Bm25StatisticsProvider,
    ) -> tantivy::Result<Option<Sum>> {
        let lookups = match lookup {
            Lookup::Any(lookups) => lookups.as_slice(),
            one => std::slice::from_ref(one),
        };
        let mut parts = Vec::with_capacity(lookups.len());
        for lookup in lookups {
            let (lookup, boost) = match lookup {
                Lookup::Boosted { lookup, boost } => (&**lookup, *boost),
                lookup => (lookup, 1.0),
            };
            let Lookup::Term { field, term } = lookup else { return Ok(None) };
            // The others have no frequencies.
            if !matches!(field, TermField::Words | TermField::Stems | TermField::Facts) {
                return Ok(None);
            }
            let term = Term::from_field_text(fields.of(*field), term);
            let weight = Bm25Weight::for_terms(statistics, std::slice::from_ref(&term))?;
            parts.push(Part { term, weight, boost });
        }
        Ok(Some(Sum(parts)))
    }

    /// Calls `each` for the documents of a segment that have any of the terms, deleted ones
    /// included, in their order, with their scores.
    pub(super) fn for_each(
        &self,
        segment: &SegmentReader,
        mut each: impl FnMut(DocId, Score),
    ) -> tantivy::Result<()> {
        let mut all = Vec::with_capacity(self.0.len());
        for part in &self.0 {
            all.extend(Postings::open(part, segment)?);
        }
        let scores = vec![0.0; segment.max_doc().min(WINDOW) as usize];
        let scored = vec![0; scores.len().div_ceil(64)];
        let mut window = Window { start: 0, scores, scored };
        for start in (0..segment.max_doc()).step_by(WINDOW as usize) {
            window.start = start;
            all.iter_mut().for_each(|postings| postings.add_to(&mut window));
            window.take(&mut each);
        }
        Ok(())
    }
}

impl<'s> Postings<'s> {
    fn open(part: &'s Part, segment: &SegmentReader) -> tantivy::Result<Option<Self>> {
        let field = part.term.field();
        let index = segment.inverted_index(field)?;
        let postings = index.read_block_postings(&part.term, IndexRecordOption::WithFreqs)?;
        let Some(postings) = postings else { return Ok(None) };
        let lengths = segment.fieldnorms_readers().get_field(field)?;
        let lengths = lengths.unwrap_or_else(|| FieldNormReader::constant(segment.max_doc(), 1));
        Ok(Some(Self { postings, next: 0, lengths, part }))
    }

    /// Adds the scores of the documents of a window.
    fn add_to(&mut self, window: &mut Window) {
        let Part { weight, boost, .. } = self.part;
        let end = window.start.saturating_add(WINDOW);
        loop {
            let documents = self.postings.docs();
            let Some(&last) = documents.last() else { return };
            let here = match last < end {
                true => documents.len(),
                false => self.next + documents[self.next..].partition_point(|&it| it < end),
            };
            let frequencies = &self.postings.freqs()[self.next..here];
            for (&document, &frequency) in documents[self.next..here].iter().zip(frequencies) {
                let length = self.lengths.fieldnorm_id(document);
                window.add(document, weight.score(length, frequency) * boost);
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
