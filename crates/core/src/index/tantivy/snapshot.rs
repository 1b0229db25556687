//! [`Snapshot`]: the index as of one commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use tantivy::collector::Count;
use tantivy::columnar::Column;
use tantivy::query::{Bm25StatisticsProvider, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocAddress, DocSet, Searcher, SegmentReader, TERMINATED, TantivyError, Term};

use super::best::{Best, Scored, in_order};
use super::folder::FORMAT;
use super::schema::{Fields, PASSAGE, SOURCE, UNDETERMINED};
use super::statistics::Statistics;
use super::stored::{Stored, Values};
use super::sum::Sum;
use super::{codes, dictionary, failure, lower, packed};
use crate::index::backend::{
    Backend, Candidate, Collection, Headed, Library, PassageKey, Retrieved, Stems, TermCount,
};
use crate::index::entry::{Aside, Entry, Stats};
use crate::index::plan::{Lookup, Plan, TermField};
use crate::index::record::Record;
use crate::source::{Passage, Source, SourceId};
use crate::text::analyzer;
use crate::{Error, Result};

/// The index as of one commit.
pub(in crate::index) struct Snapshot {
    searcher: Searcher,
    stored: Stored,
    fields: Fields,
    /// The column [`Fields::codes`] of each segment.
    codes: Vec<Column<u64>>,
    /// The column [`Fields::order`] of each segment.
    orders: Vec<Column<u64>>,
    dir: Arc<Path>,
    /// The number of stems of all passages, once it is asked for.
    stems: OnceLock<u64>,
}

impl Library for Snapshot {
    fn sources(&self) -> Result<Vec<Entry>> {
        let mut entries = Vec::with_capacity(self.count_of(self.fields.kind, SOURCE)? as usize);
        self.each_source(&mut |entry| entries.push(entry))?;
        entries.sort_unstable_by(|a, b| a.source.id.cmp(&b.source.id));
        Ok(entries)
    }

    fn each_source(&self, each: &mut dyn FnMut(Entry)) -> Result<()> {
        for at in self.matching(self.fields.kind, SOURCE)? {
            each(self.record(at)?.into_entry(&self.dir, Vec::new()));
        }
        Ok(())
    }

    fn ids(&self) -> Result<Vec<SourceId>> {
        let ids = dictionary::continuations(&self.searcher, self.fields.source, "");
        let ids = ids.map_err(|error| self.failure(&error))?.into_iter();
        let mut alive = Vec::new();
        for id in ids.map(|found| SourceId::typed(&found.term)) {
            // The ids of deleted sources stay until segments are merged.
            if !self.matching(self.fields.source, id.as_str())?.is_empty() {
                alive.push(id);
            }
        }
        Ok(alive)
    }

    fn source(&self, id: &SourceId) -> Result<Option<Entry>> {
        let Some(address) = self.numbered(id, 0)? else { return Ok(None) };
        let entry = self.entry(address)?;
        if entry.source.id != *id {
            return Err(self.misplaced());
        }
        Ok(Some(entry))
    }

    fn source_of(&self, passage: &Passage) -> Result<Source> {
        let record = self.record_of(&passage.source)?;
        Ok(record.ok_or_else(|| self.damaged("a passage in it has no source"))?.source)
    }

    fn passage(&self, source: &SourceId, paragraph: u32) -> Result<Option<Passage>> {
        if paragraph == 0 {
            return Ok(None);
        }
        let Some(address) = self.numbered(source, paragraph)? else {
            return match self.record_of(source)? {
                Some(record) if paragraph <= record.paragraphs => Err(self.misplaced()),
                _ => Ok(None),
            };
        };
        let passage = self.passage_at(address)?;
        if passage.source != *source || passage.paragraph != paragraph {
            return Err(self.misplaced());
        }
        Ok(Some(passage))
    }

    fn passages(&self, source: &SourceId) -> Result<Vec<Passage>> {
        let Some(record) = self.record_of(source)? else { return Ok(Vec::new()) };
        let mut passages = Vec::new();
        for document in self.documents_of(source)? {
            if document.number > 0 {
                passages.push(self.passage_at(document.address)?);
            }
        }
        passages.sort_by_key(|passage| passage.paragraph);
        let as_written = passages.len() == record.paragraphs as usize
            && passages.iter().zip(1..).all(|(passage, paragraph)| {
                passage.source == *source && passage.paragraph == paragraph
            });
        if as_written { Ok(passages) } else { Err(self.misplaced()) }
    }

    fn stats(&self) -> Result<Stats> {
        let languages = self.languages()?;
        Ok(Stats {
            sources: self.count_of(self.fields.kind, SOURCE)?,
            passages: self.count_of(self.fields.kind, PASSAGE)?,
            segments: self.searcher.segment_readers().len() as u64,
            bytes: size(&self.dir)?,
            format: FORMAT,
            languages,
        })
    }
}

impl Backend for Snapshot {
    fn collection(&self) -> Result<Collection> {
        let mut languages = BTreeMap::new();
        for code in self.language_codes()? {
            let passages = self.searcher.doc_freq(&Term::from_field_text(self.fields.lang, &code));
            let passages = passages.map_err(|error| self.failure(&error))?;
            languages.insert(Some(code).filter(|it| it != UNDETERMINED), passages);
        }
        let passages = Term::from_field_text(self.fields.kind, PASSAGE);
        Ok(Collection {
            passages: self.searcher.doc_freq(&passages).map_err(|error| self.failure(&error))?,
            documents: self.searcher.total_num_docs().map_err(|error| self.failure(&error))?,
            stems: self.stems()?,
            languages,
        })
    }

    fn document_frequencies(&self, field: TermField, terms: &[&str]) -> Result<Vec<u64>> {
        let field = self.fields.of(field);
        let frequencies =
            terms.iter().map(|term| self.searcher.doc_freq(&Term::from_field_text(field, term)));
        frequencies.collect::<tantivy::Result<_>>().map_err(|error| self.failure(&error))
    }

    fn words_near(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        let near = dictionary::near(&self.searcher, self.fields.words, word, distance);
        near.map_err(|error| self.failure(&error))
    }

    fn words_alike(&self, word: &str, distance: u8) -> Result<Vec<TermCount>> {
        let alike = dictionary::alike(&self.searcher, self.fields.words, word, distance);
        alike.map_err(|error| self.failure(&error))
    }

    fn names_of_acronym(&self, letters: &str) -> Result<Vec<TermCount>> {
        let prefix = analyzer::acronym(letters);
        let names = dictionary::continuations(&self.searcher, self.fields.facts, &prefix);
        names.map_err(|error| self.failure(&error))
    }

    fn retrieve(&self, plan: &Plan, limit: usize) -> Result<Retrieved> {
        let limit = limit.min(self.searcher.num_docs() as usize);
        if limit == 0 {
            let (candidates, matching) = (Vec::new(), self.count(&plan.lookup)?);
            return Ok(Retrieved { candidates, matching });
        }
        let statistics = Statistics {
            searcher: &self.searcher,
            field: self.fields.stems,
            length: self.stems()?,
            frequencies: &plan.stem_frequencies,
        };
        let found = self.best(&plan.lookup, limit, &statistics);
        let (found, matching) = found.map_err(|error| self.failure(&error))?;
        let best = in_order(found, limit, &self.searcher).map_err(|error| self.failure(&error))?;
        let candidate =
            |found: Scored| Candidate { score: found.score, key: key_of(found.address) };
        Ok(Retrieved { candidates: best.into_iter().map(candidate).collect(), matching })
    }

    fn count(&self, lookup: &Lookup) -> Result<u64> {
        let count = self.searcher.search(&*lower::query(lookup, &self.fields), &Count);
        Ok(count.map_err(|error| self.failure(&error))? as u64)
    }

    fn stems(&self, keys: &[PassageKey]) -> Result<Vec<Stems>> {
        keys.iter().map(|key| self.stems_at(address_of(*key))).collect()
    }

    fn read(&self, keys: &[PassageKey]) -> Result<Vec<Headed>> {
        keys.iter().map(|key| self.headed_at(address_of(*key))).collect()
    }
}

/// Keys ascend as documents lie in the store.
fn key_of(address: DocAddress) -> PassageKey {
    PassageKey(u64::from(address.segment_ord) << 32 | u64::from(address.doc_id))
}

fn address_of(PassageKey(key): PassageKey) -> DocAddress {
    DocAddress { segment_ord: (key >> 32) as u32, doc_id: key as u32 }
}

/// A document of a source.
struct Numbered {
    address: DocAddress,
    /// See [`Fields::order`].
    number: u64,
}

impl Snapshot {
    pub(super) fn new(searcher: Searcher, fields: Fields, dir: &Path) -> tantivy::Result<Self> {
        let stored = Stored::open(&searcher, &fields)?;
        let column = |segment: &SegmentReader| {
            // There is none where no passage has a word that carries meaning.
            let column = segment.fast_fields().column_opt("codes")?;
            Ok(column.unwrap_or_else(|| Column::build_empty_column(segment.max_doc())))
        };
        let segments = || searcher.segment_readers().iter();
        let codes = segments().map(column).collect::<tantivy::Result<_>>()?;
        let orders = segments().map(|segment| segment.fast_fields().u64("order"));
        let orders = orders.collect::<tantivy::Result<_>>()?;
        let dir = Arc::from(dir);
        Ok(Self { searcher, stored, fields, codes, orders, dir, stems: OnceLock::new() })
    }

    /// The folder of the index.
    pub(super) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Tantivy's searcher over the snapshot.
    #[cfg(test)]
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the records of all sources, in no particular order.
    pub(super) fn records(&self) -> Result<Vec<Record>> {
        let addresses = self.matching(self.fields.kind, SOURCE)?;
        addresses.into_iter().map(|at| self.record(at)).collect()
    }

    /// Returns the languages of passages (ISO 639-1, or [`UNDETERMINED`]) and how many passages are
    /// in each, most first.
    fn languages(&self) -> Result<Vec<(String, u64)>> {
        let mut languages = Vec::new();
        for code in self.language_codes()? {
            let count = self.count_of(self.fields.lang, &code)?;
            languages.extend((count > 0).then_some((code, count)));
        }
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(languages)
    }

    /// Returns the languages that any passage is in, or was in before it was deleted, sorted.
    fn language_codes(&self) -> Result<Vec<String>> {
        let codes = dictionary::continuations(&self.searcher, self.fields.lang, "");
        let codes = codes.map_err(|error| self.failure(&error))?;
        Ok(codes.into_iter().map(|code| code.term).collect())
    }

    /// Returns the number of stems of all passages.
    fn stems(&self) -> Result<u64> {
        if let Some(&stems) = self.stems.get() {
            return Ok(stems);
        }
        let stems = dictionary::total_length(&self.searcher, self.fields.stems);
        let stems = stems.map_err(|error| self.failure(&error))?;
        Ok(*self.stems.get_or_init(|| stems))
    }

    /// Returns the best `limit` of the documents that match, and how many do.
    fn best(
        &self,
        lookup: &Lookup,
        limit: usize,
        statistics: &Statistics<'_>,
    ) -> tantivy::Result<(Vec<Scored>, u64)> {
        let best = Best::new(limit);
        match Sum::of(lookup, &self.fields, statistics)? {
            Some(union) => best.of_union(&union, &self.searcher),
            None => {
                let query = lower::query(lookup, &self.fields);
                self.searcher.search_with_statistics_provider(&*query, &best, statistics)
            }
        }
    }

    fn passage_at(&self, address: DocAddress) -> Result<Passage> {
        Ok(self.headed_at(address)?.passage)
    }

    fn headed_at(&self, address: DocAddress) -> Result<Headed> {
        let values = self.values(address, PASSAGE)?;
        packed::passage(values.first(), values.second())
            .ok_or_else(|| self.damaged("a passage in it cannot be read"))
    }

    fn stems_at(&self, address: DocAddress) -> Result<Stems> {
        let segment = self.codes.get(address.segment_ord as usize);
        let codes = segment.ok_or_else(|| self.misplaced())?;
        Ok(codes::unpack(codes.values_for_doc(address.doc_id)))
    }

    fn entry(&self, address: DocAddress) -> Result<Entry> {
        let values = self.values(address, SOURCE)?;
        let asides = postcard::from_bytes::<Vec<Aside>>(values.second())
            .map_err(|_| self.damaged("the layout of a source in it cannot be read"))?;
        Ok(self.record_in(&values)?.into_entry(&self.dir, asides))
    }

    fn record(&self, address: DocAddress) -> Result<Record> {
        self.record_in(&self.values(address, SOURCE)?)
    }

    fn record_in(&self, values: &Values) -> Result<Record> {
        serde_json::from_slice(values.first())
            .map_err(|_| self.damaged("the record of a source in it cannot be read"))
    }

    /// Returns the record of a source.
    fn record_of(&self, id: &SourceId) -> Result<Option<Record>> {
        let Some(address) = self.numbered(id, 0)? else { return Ok(None) };
        let record = self.record(address)?;
        if record.source.id == *id { Ok(Some(record)) } else { Err(self.misplaced()) }
    }

    /// Returns what is stored of a document of this kind: see [`Fields::kind`]. All that is read
    /// back passes through here.
    fn values(&self, address: DocAddress, kind: &str) -> Result<Values> {
        let values = self.stored.read(address, kind).map_err(|error| self.failure(&error))?;
        values.ok_or_else(|| self.damaged("it no longer has a text as it was written"))
    }

    /// Returns the document of `source` with this number: see [`Fields::order`].
    fn numbered(&self, source: &SourceId, number: u32) -> Result<Option<DocAddress>> {
        let documents = self.documents_of(source)?;
        let found = documents.into_iter().find(|document| document.number == u64::from(number));
        Ok(found.map(|document| document.address))
    }

    fn documents_of(&self, source: &SourceId) -> Result<Vec<Numbered>> {
        let mut documents = Vec::new();
        for address in self.matching(self.fields.source, source.as_str())? {
            let number = self.orders[address.segment_ord as usize].first(address.doc_id);
            let number = number.ok_or_else(|| self.damaged("a document in it has no number"))?;
            documents.push(Numbered { address, number });
        }
        Ok(documents)
    }

    /// Returns the addresses of the documents with a term.
    fn matching(&self, field: Field, term: &str) -> Result<Vec<DocAddress>> {
        let term = Term::from_field_text(field, term);
        let mut addresses = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let index = segment.inverted_index(field).map_err(|error| self.failure(&error))?;
            let postings = index.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| self.failure(&error.into()))? else {
                continue;
            };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    addresses.push(DocAddress { segment_ord, doc_id: postings.doc() });
                }
                postings.advance();
            }
        }
        Ok(addresses)
    }

    fn count_of(&self, field: Field, term: &str) -> Result<u64> {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
        let count = self.searcher.search(&query, &Count).map_err(|error| self.failure(&error))?;
        Ok(count as u64)
    }

    fn failure(&self, error: &TantivyError) -> Error {
        failure::reading(&self.dir, error)
    }

    /// The error that another document is found than the one that was asked for.
    fn misplaced(&self) -> Error {
        self.damaged("a passage in it is not where it was written")
    }

    fn damaged(&self, detail: &str) -> Error {
        failure::damaged(&self.dir, detail)
    }
}

/// Returns how many bytes the files in `dir` have.
fn size(dir: &Path) -> Result<u64> {
    let entries = fs::read_dir(dir).map_err(Error::io("read", dir))?;
    // A file that a writer has removed meanwhile takes no space.
    Ok(entries
        .flatten()
        .filter_map(|entry| entry.metadata().ok())
        .map(|metadata| metadata.len())
        .sum())
}
