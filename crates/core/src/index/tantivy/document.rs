//! [`Documents`]: makes Tantivy documents of a source and its passages.

use std::iter::{Chain, Map};
use std::slice;
use std::sync::Arc;

use tantivy::schema::document::Document as TantivyDocument;
use tantivy::schema::{Field, OwnedValue};

use super::schema::{Fields, PASSAGE, SOURCE, UNDETERMINED, first_day, last_day};
use super::stored::check_of;
use super::{codes, packed};
use crate::Result;
use crate::extract::{BlockKind, Document, Laid};
use crate::index::budget::{Budget, Share};
use crate::index::entry::Aside;
use crate::index::record::Record;
use crate::source::{Passage, Source};
use crate::text::analyzer::{Analyzers, definitions, facts};

/// The number of bytes of documents that are handed on at a time.
const BATCH: u64 = 1 << 20;

/// A document on its way into the index. It holds its share of the memory, and its
/// file's.
pub(in crate::index) struct Doc {
    values: Values,
    /// The values that it shares with other documents of its source.
    common: Arc<Values>,
    _shares: [Arc<Share>; 2],
}

/// Documents that are handed on together.
struct Batch<'a> {
    check: Field,
    file: &'a Arc<Share>,
    batches: &'a Arc<Budget>,
    docs: Vec<(Values, Arc<Values>)>,
    /// About what they take.
    bytes: u64,
}

impl Batch<'_> {
    fn push(&mut self, kind: &str, mut values: Values, common: Arc<Values>) {
        let stored = bytes_in(&values).chain(bytes_in(&common));
        let check = check_of(kind, stored);
        values.push((self.check, OwnedValue::U64(check)));
        let of = |(_, value): &(Field, OwnedValue)| match value {
            OwnedValue::Str(text) => text.capacity(),
            OwnedValue::Bytes(bytes) => bytes.capacity(),
            _ => 0,
        };
        let inside: usize = values.iter().map(of).sum();
        self.bytes += (inside + values.len() * size_of::<(Field, OwnedValue)>()) as u64;
        self.docs.push((values, common));
    }

    /// Takes the documents out, once there is room for them.
    fn take(&mut self) -> Vec<Doc> {
        let share = self.batches.take(std::mem::take(&mut self.bytes));
        let shares = [Arc::clone(self.file), share];
        let docs = self.docs.drain(..);
        docs.map(|(values, common)| Doc { values, common, _shares: shares.clone() }).collect()
    }
}

/// Data that passages in a row may have in common.
struct Section {
    headings: Vec<String>,
    language: Option<String>,
}

type Values = Vec<(Field, OwnedValue)>;

impl TantivyDocument for Doc {
    type Value<'a> = &'a OwnedValue;
    type FieldsValuesIter<'a> = Map<
        Chain<slice::Iter<'a, (Field, OwnedValue)>, slice::Iter<'a, (Field, OwnedValue)>>,
        fn(&'a (Field, OwnedValue)) -> (Field, &'a OwnedValue),
    >;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.values.iter().chain(self.common.iter()).map(|(field, value)| (*field, value))
    }
}

/// Makes documents, with the analyzers of the languages met so far.
pub(in crate::index) struct Documents {
    fields: Fields,
    analyzers: Analyzers,
}

impl Documents {
    pub(in crate::index) fn new() -> Self {
        Self { fields: Fields::schema().1, analyzers: Analyzers::default() }
    }

    /// Gives the documents of a source to `add`, batch by batch: one for each passage, and its own.
    /// A batch takes its share of `batches` with it.
    pub(in crate::index) fn of(
        &mut self,
        record: &Record,
        document: &Document,
        share: &Arc<Share>,
        batches: &Arc<Budget>,
        add: &mut dyn FnMut(Vec<Doc>) -> Result<()>,
    ) -> Result<()> {
        let mut layout = asides_begin(document);
        let start = record.start();
        let passages = document.laid_out(&record.source.id).filter_map(|laid| match laid {
            Laid::Side(aside) => {
                let so_far = std::mem::take(&mut layout);
                // It cannot fail: an aside is strings and numbers.
                layout = postcard::to_extend(&Aside::new(aside, start), so_far).unwrap_or_default();
                None
            }
            Laid::Passage(passage) => {
                Some(Passage { start: passage.start.shifted(start), ..*passage })
            }
        });
        let mut batch = self.batch(share, batches);
        self.add_passages(record, passages, &mut batch, add)?;
        batch.push(SOURCE, self.source(record, layout), Arc::default());
        add(batch.take())
    }

    /// Does what [`Self::of()`] does for a source that is read out of another index.
    pub(in crate::index) fn of_stored(
        &mut self,
        record: &Record,
        asides: &[Aside],
        passages: Vec<Passage>,
        share: &Arc<Share>,
        batches: &Arc<Budget>,
        add: &mut dyn FnMut(Vec<Doc>) -> Result<()>,
    ) -> Result<()> {
        // It cannot fail: an aside is strings and numbers.
        let layout = postcard::to_stdvec(asides).unwrap_or_default();
        let mut batch = self.batch(share, batches);
        self.add_passages(record, passages.into_iter(), &mut batch, add)?;
        batch.push(SOURCE, self.source(record, layout), Arc::default());
        add(batch.take())
    }

    fn batch<'a>(&self, file: &'a Arc<Share>, batches: &'a Arc<Budget>) -> Batch<'a> {
        Batch { check: self.fields.check, file, batches, docs: Vec::new(), bytes: 0 }
    }

    fn add_passages(
        &mut self,
        record: &Record,
        passages: impl Iterator<Item = Passage>,
        batch: &mut Batch<'_>,
        add: &mut dyn FnMut(Vec<Doc>) -> Result<()>,
    ) -> Result<()> {
        let of_source = self.said_of(&record.source);
        let title = self.codes(&record.source);
        let mut section: Option<(Section, Arc<Values>)> = None;
        for passage in passages {
            let is_same = |known: &Section| {
                known.headings == passage.section && known.language == passage.language
            };
            let common = match &section {
                Some((known, common)) if is_same(known) => Arc::clone(common),
                _ => {
                    let common =
                        [of_source.clone(), self.said_of_section(&record.source, &passage)]
                            .concat();
                    let common = Arc::new(common);
                    let (headings, language) = (passage.section.clone(), passage.language.clone());
                    section = Some((Section { headings, language }, Arc::clone(&common)));
                    common
                }
            };
            batch.push(PASSAGE, self.passage(&passage, &title), common);
            if batch.bytes >= BATCH {
                add(batch.take())?;
            }
        }
        Ok(())
    }

    fn source(&self, record: &Record, layout: Vec<u8>) -> Values {
        let mut values = Vec::new();
        add(&mut values, self.fields.kind, SOURCE.to_owned());
        add(&mut values, self.fields.source, record.source.id.to_string());
        values.push((self.fields.order, OwnedValue::U64(0)));
        // It cannot fail: it holds nothing but strings, numbers and maps keyed by strings.
        let json = serde_json::to_vec(record).unwrap_or_default();
        values.extend([json, layout].map(|bytes| (self.fields.record, OwnedValue::Bytes(bytes))));
        values
    }

    /// Returns the values that each passage of a source carries of it.
    fn said_of(&mut self, source: &Source) -> Values {
        let language = source.language.as_deref();
        let metadata = &source.metadata;
        let names: Vec<String> =
            metadata.names("author").iter().map(|name| name.display()).collect();
        let publication = ["publisher", "container-title"]
            .map(|variable| metadata.text(variable).unwrap_or_default());

        let title = metadata.title().unwrap_or_default();
        let mut values = Vec::new();
        add(&mut values, self.fields.kind, PASSAGE.to_owned());
        add(&mut values, self.fields.source, source.id.to_string());
        add(&mut values, self.fields.title, self.stems(title, language));
        add(&mut values, self.fields.author, self.words(&names.join(" "), language));
        add(&mut values, self.fields.publisher, self.words(&publication.join(" "), language));
        if let Some(date) = metadata.issued() {
            values.push((self.fields.from, OwnedValue::U64(first_day(date))));
            values.push((self.fields.to, OwnedValue::U64(last_day(date))));
        }
        values
    }

    /// Returns the codes of the stems of a source's title.
    fn codes(&mut self, source: &Source) -> Vec<u32> {
        let mut codes = Vec::new();
        let title = source.metadata.title().unwrap_or_default();
        self.analyzers.of(source.language.as_deref()).index(title, |term| {
            codes.extend(term.is_content.then_some(term.stem_code));
        });
        codes
    }

    /// Returns the values that passages under the same headings, in the same language, share.
    fn said_of_section(&mut self, source: &Source, passage: &Passage) -> Values {
        let language = passage.language.as_deref();
        let mut values = Vec::new();
        add(&mut values, self.fields.section, self.stems(&passage.section.join(" "), language));
        add(&mut values, self.fields.lang, language.unwrap_or(UNDETERMINED).to_owned());
        values.push((self.fields.record, OwnedValue::Bytes(packed::shared(source, passage))));
        values
    }

    fn passage(&mut self, passage: &Passage, title: &[u32]) -> Values {
        let plain = passage.plain();
        let (mut words, mut stems) =
            (String::with_capacity(plain.len()), String::with_capacity(plain.len()));
        // An English word and its space take six bytes, and half of the words carry meaning.
        let mut codes = Vec::with_capacity(plain.len() / 12 + 8);
        let analyzer = self.analyzers.of(passage.language.as_deref());
        analyzer.index(plain, |term| {
            push_line(&mut words, term.word);
            if term.is_content {
                push_line(&mut stems, term.stem);
                codes.push(term.stem_code);
            }
        });
        let codes = codes::pack(&codes, title);
        let mut values = Vec::with_capacity(codes.len() + 6);
        for code in codes {
            values.push((self.fields.codes, OwnedValue::U64(code.into())));
        }
        add(&mut values, self.fields.words, words);
        add(&mut values, self.fields.stems, stems);
        add(
            &mut values,
            self.fields.facts,
            facts(plain).chain(definitions(plain)).collect::<Vec<_>>().join("\n"),
        );
        values.push((self.fields.order, OwnedValue::U64(passage.paragraph.into())));
        values.push((self.fields.record, OwnedValue::Bytes(packed::own(passage))));
        values
    }

    /// Returns the stems of `text`, one a line.
    fn stems(&mut self, text: &str, language: Option<&str>) -> String {
        let mut stems = String::with_capacity(text.len());
        self.analyzers.of(language).index(text, |term| push_line(&mut stems, term.stem));
        stems
    }

    /// Returns the words of `text`, one a line.
    fn words(&mut self, text: &str, language: Option<&str>) -> String {
        let mut words = String::with_capacity(text.len());
        self.analyzers.of(language).index(text, |term| push_line(&mut words, term.word));
        words
    }
}

/// Returns the byte strings in `values`: what is stored of a document.
fn bytes_in(values: &Values) -> impl Iterator<Item = &[u8]> {
    values.iter().filter_map(|(_, value)| match value {
        OwnedValue::Bytes(bytes) => Some(bytes.as_slice()),
        _ => None,
    })
}

/// Begins the list of the asides of a document, which are added to it one by one.
fn asides_begin(document: &Document) -> Vec<u8> {
    let asides = document.blocks.iter().filter(|block| block.kind != BlockKind::Paragraph).count();
    // It cannot fail: it is a number.
    postcard::to_stdvec(&asides).unwrap_or_default()
}

/// Adds a term to those of a text field.
fn push_line(lines: &mut String, term: &str) {
    if !lines.is_empty() {
        lines.push('\n');
    }
    lines.push_str(term);
}

/// Adds text to a field. Empty text is left out: it would be indexed as one empty term.
fn add(values: &mut Values, field: Field, text: String) {
    if !text.is_empty() {
        values.push((field, OwnedValue::Str(text)));
    }
}
