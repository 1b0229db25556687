//! [`Documents`]: makes Tantivy documents of a source and its passages.

use std::iter::{Chain, Map};
use std::slice;
use std::sync::Arc;

use tantivy::schema::document::Document;
use tantivy::schema::{Field, OwnedValue};

use super::schema::{Fields, PASSAGE, SOURCE, UNDETERMINED, first_day, last_day};
use super::stored::check_of;
use crate::index::backend::Head;
use crate::index::budget::Share;
use crate::index::entry::Aside;
use crate::index::record::Record;
use crate::source::{Passage, Source};
use crate::text::analyzer::{Analyzers, definitions, facts};

/// About the number of bytes that a passage takes beside its text.
const BESIDE_TEXT: usize = 256;

/// A document on its way into the index. It holds its file's share of the memory.
pub(in crate::index) struct Doc {
    values: Values,
    /// The values that it shares with other documents of its source.
    common: Arc<Values>,
    _share: Arc<Share>,
}

type Values = Vec<(Field, OwnedValue)>;

impl Document for Doc {
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

    /// Returns the documents of a source: its own, and one for each passage.
    pub(in crate::index) fn of(
        &mut self,
        record: &Record,
        asides: &[Aside],
        passages: &[Passage],
        share: &Arc<Share>,
    ) -> Vec<Doc> {
        let check = self.fields.check;
        let doc = |kind, mut values: Values, common: &Arc<Values>| {
            let stored = bytes_in(&values).chain(bytes_in(common));
            values.push((check, OwnedValue::U64(check_of(kind, stored))));
            Doc { values, common: Arc::clone(common), _share: Arc::clone(share) }
        };
        let mut docs = Vec::with_capacity(passages.len() + 1);
        docs.push(doc(SOURCE, self.source(record, asides), &Arc::default()));
        let of_source = self.said_of(&record.source);
        for passages in passages.chunk_by(|a, b| a.section == b.section && a.language == b.language)
        {
            let common = Arc::new([of_source.clone(), self.said_of_section(&passages[0])].concat());
            docs.extend(
                passages.iter().map(|passage| doc(PASSAGE, self.passage(passage), &common)),
            );
        }
        docs
    }

    fn source(&self, record: &Record, asides: &[Aside]) -> Values {
        let mut values = Vec::new();
        add(&mut values, self.fields.kind, SOURCE.to_owned());
        add(&mut values, self.fields.source, record.source.id.to_string());
        values.push((self.fields.order, OwnedValue::U64(0)));
        // Neither can fail: both hold nothing but strings, numbers and maps keyed by strings.
        let json = serde_json::to_vec(record).unwrap_or_default();
        let layout = postcard::to_stdvec(asides).unwrap_or_default();
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

        let mut values = Vec::new();
        add(&mut values, self.fields.kind, PASSAGE.to_owned());
        add(&mut values, self.fields.source, source.id.to_string());
        add(
            &mut values,
            self.fields.title,
            self.stems(metadata.title().unwrap_or_default(), language),
        );
        add(&mut values, self.fields.author, self.words_and_stems(&names.join(" "), language).0);
        add(
            &mut values,
            self.fields.publisher,
            self.words_and_stems(&publication.join(" "), language).0,
        );
        let head = Head {
            title: metadata.title().unwrap_or_default().to_owned(),
            language: source.language.clone(),
        };
        // It cannot fail: it is strings.
        values.push((
            self.fields.record,
            OwnedValue::Bytes(postcard::to_stdvec(&head).unwrap_or_default()),
        ));
        if let Some(date) = metadata.issued() {
            values.push((self.fields.from, OwnedValue::U64(first_day(date))));
            values.push((self.fields.to, OwnedValue::U64(last_day(date))));
        }
        values
    }

    /// Returns the values that passages under the same headings, in the same language, share.
    fn said_of_section(&mut self, passage: &Passage) -> Values {
        let language = passage.language.as_deref();
        let mut values = Vec::new();
        add(&mut values, self.fields.section, self.stems(&passage.section.join(" "), language));
        add(&mut values, self.fields.lang, language.unwrap_or(UNDETERMINED).to_owned());
        values
    }

    fn passage(&mut self, passage: &Passage) -> Values {
        let plain = passage.plain();
        let (words, stems) = self.words_and_stems(plain, passage.language.as_deref());

        let mut values = Vec::with_capacity(6);
        add(&mut values, self.fields.words, words);
        add(&mut values, self.fields.stems, stems);
        add(
            &mut values,
            self.fields.facts,
            facts(plain).chain(definitions(plain)).collect::<Vec<_>>().join("\n"),
        );
        values.push((self.fields.order, OwnedValue::U64(passage.paragraph.into())));
        // It cannot fail: a passage is strings and numbers.
        let record = Vec::with_capacity(passage.text.len() + BESIDE_TEXT);
        let record = postcard::to_extend(passage, record).unwrap_or_default();
        values.push((self.fields.record, OwnedValue::Bytes(record)));
        values
    }

    /// Returns the stems of `text`, one a line.
    fn stems(&mut self, text: &str, language: Option<&str>) -> String {
        let mut stems = String::with_capacity(text.len());
        self.analyzers
            .of(language)
            .for_each(text, |word, stem, _| push_line(&mut stems, stem.unwrap_or(word)));
        stems
    }

    /// Returns the words of `text`, one a line, and the stems of those that carry meaning.
    fn words_and_stems(&mut self, text: &str, language: Option<&str>) -> (String, String) {
        let (mut words, mut stems) =
            (String::with_capacity(text.len()), String::with_capacity(text.len()));
        self.analyzers.of(language).for_each(text, |word, stem, is_content| {
            push_line(&mut words, word);
            if is_content {
                push_line(&mut stems, stem.unwrap_or(word));
            }
        });
        (words, stems)
    }
}

/// Returns the byte strings in `values`: what is stored of a document.
fn bytes_in(values: &Values) -> impl Iterator<Item = &[u8]> {
    values.iter().filter_map(|(_, value)| match value {
        OwnedValue::Bytes(bytes) => Some(bytes.as_slice()),
        _ => None,
    })
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
