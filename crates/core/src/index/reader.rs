//! [`Reader`]: what stands in the index, as of one commit.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::collector::Count;
use tantivy::query::TermQuery;
use tantivy::schema::{Field, IndexRecordOption, Value};
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, TantivyDocument, TantivyError, Term};

use super::record::{Head, Record};
use super::schema::{Fields, PASSAGE, SOURCE, UNDETERMINED};
use super::{Aside, Entry, Index, Stats, failure};
use crate::source::{Passage, Source, SourceId};
use crate::{Error, Result};

/// A snapshot of an index: reads what stood in it when it was taken, whatever is written meanwhile.
#[derive(Clone)]
pub struct Reader {
    searcher: Searcher,
    fields: Fields,
    dir: Arc<Path>,
}

impl Reader {
    pub(super) fn new(searcher: Searcher, fields: Fields, dir: &Path) -> Self {
        Self { searcher, fields, dir: Arc::from(dir) }
    }

    /// Every source, in the order of their ids.
    pub fn sources(&self) -> Result<Vec<Entry>> {
        let addresses = self.matching(self.fields.kind, SOURCE)?;
        let mut entries = addresses.into_iter().map(|at| self.entry(at)).collect::<Result<Vec<_>>>()?;
        entries.sort_by(|a, b| a.source.id.cmp(&b.source.id));
        Ok(entries)
    }

    /// One source.
    pub fn source(&self, id: &SourceId) -> Result<Option<Entry>> {
        self.numbered(id, 0)?.map(|address| self.entry(address)).transpose()
    }

    /// The source of a passage of the index, without what stands in it beside body paragraphs.
    pub(crate) fn source_of(&self, passage: &Passage) -> Result<Source> {
        let address = self.numbered(&passage.source, 0)?;
        let address = address.ok_or_else(|| self.damaged("a passage in it has no source"))?;
        Ok(self.record(&self.document(address)?)?.source)
    }

    /// One passage.
    pub fn passage(&self, source: &SourceId, paragraph: u32) -> Result<Option<Passage>> {
        if paragraph == 0 {
            return Ok(None);
        }
        self.numbered(source, paragraph)?.map(|address| self.passage_at(address)).transpose()
    }

    /// All passages of a source, in their order.
    pub fn passages(&self, source: &SourceId) -> Result<Vec<Passage>> {
        let mut passages = Vec::new();
        for (address, number) in self.documents_of(source)? {
            if number > 0 {
                passages.push(self.passage_at(address)?);
            }
        }
        passages.sort_by_key(|passage| passage.paragraph);
        Ok(passages)
    }

    /// Counts and sizes.
    pub fn stats(&self) -> Result<Stats> {
        let languages = self.languages()?;
        Ok(Stats {
            sources: self.count(self.fields.kind, SOURCE)?,
            passages: self.count(self.fields.kind, PASSAGE)?,
            segments: self.searcher.segment_readers().len() as u64,
            bytes: size(&self.dir)?,
            format: Index::FORMAT,
            languages,
        })
    }

    /// Tantivy's searcher over the snapshot.
    pub(crate) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// The fields that can be searched.
    pub(crate) fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The languages of the passages (ISO 639-1, or [`UNDETERMINED`]) and how many are in each, most first.
    pub(crate) fn languages(&self) -> Result<Vec<(String, u64)>> {
        let mut counts = BTreeMap::new();
        for segment in self.searcher.segment_readers() {
            let index = segment.inverted_index(self.fields.lang).map_err(|error| self.failure(&error))?;
            let mut terms = index.terms().stream().map_err(|error| self.failure(&error.into()))?;
            while let Some((term, _)) = terms.next() {
                let language = std::str::from_utf8(term).unwrap_or(UNDETERMINED).to_owned();
                counts.entry(language).or_insert(0);
            }
        }
        for (language, count) in &mut counts {
            *count = self.count(self.fields.lang, language)?;
        }
        let mut languages: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
        languages.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        Ok(languages)
    }

    /// The passage in a document that a search has found.
    pub(crate) fn passage_at(&self, address: DocAddress) -> Result<Passage> {
        let document = self.document(address)?;
        let record = self.records(&document).next().and_then(|bytes| postcard::from_bytes(bytes).ok());
        record.ok_or_else(|| self.damaged("a passage in it cannot be read"))
    }

    /// The same with what it is said to be of.
    pub(crate) fn headed_at(&self, address: DocAddress) -> Result<(Passage, Head)> {
        let document = self.document(address)?;
        let mut records = self.records(&document);
        let mut next = || records.next().ok_or_else(|| self.damaged("a passage in it has no title"));
        let passage = postcard::from_bytes(next()?).ok();
        let head = postcard::from_bytes(next()?).ok();
        passage.zip(head).ok_or_else(|| self.damaged("a passage in it cannot be read"))
    }

    /// What Tantivy met while reading, as an error of ours.
    pub(crate) fn failure(&self, error: &TantivyError) -> Error {
        failure::reading(&self.dir, error)
    }

    /// What is recorded of every source, in no particular order.
    pub(super) fn records_of_sources(&self) -> Result<Vec<Record>> {
        let addresses = self.matching(self.fields.kind, SOURCE)?;
        addresses.into_iter().map(|at| self.record(&self.document(at)?)).collect()
    }

    fn entry(&self, address: DocAddress) -> Result<Entry> {
        let document = self.document(address)?;
        let asides = self.records(&document).nth(1).and_then(|bytes| postcard::from_bytes::<Vec<Aside>>(bytes).ok());
        let asides = asides.ok_or_else(|| self.damaged("the layout of a source in it cannot be read"))?;
        Ok(self.record(&document)?.into_entry(&self.dir, asides))
    }

    fn record(&self, document: &TantivyDocument) -> Result<Record> {
        let record = self.records(document).next().and_then(|bytes| serde_json::from_slice(bytes).ok());
        record.ok_or_else(|| self.damaged("the record of a source in it cannot be read"))
    }

    fn document(&self, address: DocAddress) -> Result<TantivyDocument> {
        self.searcher.doc(address).map_err(|error| self.failure(&error))
    }

    fn records<'a>(&self, document: &'a TantivyDocument) -> impl Iterator<Item = &'a [u8]> {
        document.get_all(self.fields.record).filter_map(|value| value.as_bytes())
    }

    /// The document of this source with this number: see [`Fields::order`].
    fn numbered(&self, source: &SourceId, number: u32) -> Result<Option<DocAddress>> {
        let documents = self.documents_of(source)?;
        let found = documents.into_iter().find(|(_, other)| *other == u64::from(number));
        Ok(found.map(|(address, _)| address))
    }

    /// The documents of a source, each with its number: see [`Fields::order`].
    fn documents_of(&self, source: &SourceId) -> Result<Vec<(DocAddress, u64)>> {
        let mut documents = Vec::new();
        for in_segment in self.matching(self.fields.source, source.as_str())?.chunk_by(same_segment) {
            let columns = self.searcher.segment_reader(in_segment[0].segment_ord).fast_fields();
            let column = columns.u64("order").map_err(|error| self.failure(&error))?;
            for &address in in_segment {
                let number = column.first(address.doc_id);
                documents.push((address, number.ok_or_else(|| self.damaged("a document in it has no number"))?));
            }
        }
        Ok(documents)
    }

    /// Where the documents with this term are.
    fn matching(&self, field: Field, term: &str) -> Result<Vec<DocAddress>> {
        let term = Term::from_field_text(field, term);
        let mut addresses = Vec::new();
        for (segment_ord, segment) in (0..).zip(self.searcher.segment_readers()) {
            let index = segment.inverted_index(field).map_err(|error| self.failure(&error))?;
            let postings = index.read_postings(&term, IndexRecordOption::Basic);
            let Some(mut postings) = postings.map_err(|error| self.failure(&error.into()))? else { continue };
            while postings.doc() != TERMINATED {
                if !segment.is_deleted(postings.doc()) {
                    addresses.push(DocAddress { segment_ord, doc_id: postings.doc() });
                }
                postings.advance();
            }
        }
        Ok(addresses)
    }

    fn count(&self, field: Field, term: &str) -> Result<u64> {
        let query = TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::Basic);
        let count = self.searcher.search(&query, &Count).map_err(|error| self.failure(&error))?;
        Ok(count as u64)
    }

    fn damaged(&self, detail: &str) -> Error {
        Error::IndexDamaged { path: PathBuf::from(&*self.dir), detail: detail.to_owned() }
    }
}

fn same_segment(a: &DocAddress, b: &DocAddress) -> bool {
    a.segment_ord == b.segment_ord
}

/// How many bytes the files in `dir` have.
fn size(dir: &Path) -> Result<u64> {
    let entries = fs::read_dir(dir).map_err(Error::io("read", dir))?;
    // A file that a writer has removed meanwhile takes no space.
    Ok(entries.flatten().filter_map(|entry| entry.metadata().ok()).map(|metadata| metadata.len()).sum())
}
