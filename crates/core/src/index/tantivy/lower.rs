//! Lowers a [`Lookup`] to a query of Tantivy's.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query, RangeQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::schema::{Fields, PASSAGE, first_day, last_day};
use crate::index::plan::{Lookup, TermField};
use crate::text::PartialDate;

type Boxed = Box<dyn Query>;

impl Fields {
    /// The field that a plan calls so.
    pub(super) fn of(&self, field: TermField) -> Field {
        match field {
            TermField::Words => self.words,
            TermField::Stems => self.stems,
            TermField::Facts => self.facts,
            TermField::Title => self.title,
            TermField::Section => self.section,
            TermField::Author => self.author,
            TermField::Publisher => self.publisher,
            TermField::Language => self.lang,
        }
    }
}

/// Returns the query for what `lookup` matches.
pub(super) fn query(lookup: &Lookup, fields: &Fields) -> Boxed {
    match lookup {
        Lookup::Nothing => Box::new(EmptyQuery),
        Lookup::Passages => with_term(fields.kind, PASSAGE),
        Lookup::Term { field, term } => with_term(fields.of(*field), term),
        Lookup::Phrase { field, terms, slop } => phrase(fields.of(*field), terms, *slop),
        Lookup::Prefix(start) => {
            let start = Term::from_field_text(fields.words, start);
            Box::new(FuzzyTermQuery::new_prefix(start, 0, true))
        }
        Lookup::Fuzzy { word, distance } => {
            let word = Term::from_field_text(fields.words, word);
            Box::new(FuzzyTermQuery::new(word, *distance, true))
        }
        Lookup::SourcePattern(id) => source_pattern(fields.source, id),
        Lookup::Sources(ids) => {
            let terms = ids.iter().map(|id| Term::from_field_text(fields.source, id.as_str()));
            Box::new(TermSetQuery::new(terms.collect::<Vec<_>>()))
        }
        Lookup::Published { from, to } => published(*from, *to, fields),
        Lookup::Any(lookups) => Box::new(BooleanQuery::union(queries(lookups, fields))),
        Lookup::All(lookups) => Box::new(BooleanQuery::intersection(queries(lookups, fields))),
        Lookup::Clauses { must, should, must_not, minimum_should } => {
            let mut clauses = Vec::with_capacity(must.len() + should.len() + must_not.len());
            clauses.extend(queries(must, fields).into_iter().map(|query| (Occur::Must, query)));
            let excluded = queries(must_not, fields).into_iter().map(excludable);
            clauses.extend(excluded.map(|query| (Occur::MustNot, query)));
            clauses.extend(queries(should, fields).into_iter().map(|query| (Occur::Should, query)));
            Box::new(BooleanQuery::with_minimum_required_clauses(clauses, *minimum_should))
        }
        Lookup::Boosted { lookup, boost } => {
            Box::new(BoostQuery::new(query(lookup, fields), *boost))
        }
        Lookup::Unscored(lookup) => Box::new(ConstScoreQuery::new(query(lookup, fields), 0.0)),
    }
}

fn queries(lookups: &[Lookup], fields: &Fields) -> Vec<Boxed> {
    lookups.iter().map(|lookup| query(lookup, fields)).collect()
}

fn with_term(field: Field, term: &str) -> Boxed {
    Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
}

fn phrase(field: Field, terms: &[String], slop: u32) -> Boxed {
    match terms {
        [] => Box::new(EmptyQuery),
        [term] => with_term(field, term),
        terms => {
            let mut phrase = PhraseQuery::new(
                terms.iter().map(|term| Term::from_field_text(field, term)).collect(),
            );
            phrase.set_slop(slop);
            Box::new(phrase)
        }
    }
}

fn source_pattern(field: Field, id: &str) -> Boxed {
    if !id.contains('*') {
        return with_term(field, id);
    }
    let mut pattern = String::new();
    for c in id.chars() {
        match c {
            '*' => pattern.push_str(".*"),
            c if c.is_alphanumeric() => pattern.push(c),
            c => pattern.extend(['\\', c]),
        }
    }
    match RegexQuery::from_pattern(&pattern, field) {
        Ok(query) => Box::new(query),
        Err(_) => Box::new(EmptyQuery),
    }
}

/// A source may have been published in a time where the last day of its own is not before that
/// time, and the first not after it.
fn published(from: Option<PartialDate>, to: Option<PartialDate>, fields: &Fields) -> Boxed {
    let mut bounds: Vec<Boxed> = Vec::new();
    if let Some(from) = from {
        let day = Term::from_field_u64(fields.to, first_day(from));
        bounds.push(Box::new(RangeQuery::new(Bound::Included(day), Bound::Unbounded)));
    }
    if let Some(to) = to {
        let day = Term::from_field_u64(fields.from, last_day(to));
        bounds.push(Box::new(RangeQuery::new(Bound::Unbounded, Bound::Included(day))));
    }
    match bounds.len() {
        1 => bounds.remove(0),
        _ => Box::new(BooleanQuery::intersection(bounds)),
    }
}

/// Returns the same query in a form that Tantivy can exclude by. Asked about a document before the
/// first one of a phrase, version 0.27 fails an assertion of its own in debug builds
/// (`PhraseScorer::seek_danger`); a union asks its parts in another way.
fn excludable(query: Boxed) -> Boxed {
    Box::new(BooleanQuery::union(vec![query.box_clone(), query]))
}
