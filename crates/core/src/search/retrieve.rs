//! The first stage: a query as Tantivy has it, and the candidates it finds.
//!
//! Scores and the number of matches come from one pass, and only the best go on to the second stage, which reads text.

use std::ops::Bound;

use rustc_hash::FxHashMap;
use tantivy::collector::Count;
use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, FuzzyTermQuery, Occur, PhraseQuery,
    Query as Search, RangeQuery, RegexQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field as Column, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::best::{Best, Scored, settled};
use super::dictionary::Dictionary;
use super::rerank::Statistics;
use super::terms::{Form, Terms, Word, content_words, folded_words};
use super::variants::Variant;
use crate::Result;
use crate::index::schema::{Fields, PASSAGE};
use crate::index::{Reader, first_day, last_day};
use crate::query::{self, Clause, Field, Filters, Node, Query};
use crate::text::PartialDate;
use crate::text::analyzer::facts;

type Boxed = Box<dyn Search>;

/// Turns queries into candidates.
pub(super) struct Retriever<'r> {
    reader: &'r Reader,
    /// The languages of the index.
    languages: &'r [Option<String>],
    dictionary: Dictionary<'r>,
    /// How many words that carry meaning the passages have in all.
    length: u64,
}

/// A query ready to be run.
pub(super) struct Retrieval {
    /// What a passage has to match, scored for more than that.
    query: Boxed,
    /// Of terms that are one of several ways to write the same: how many passages have any of these, at most.
    united: FxHashMap<String, u64>,
}

impl<'r> Retriever<'r> {
    pub(super) fn new(reader: &'r Reader, languages: &'r [Option<String>], length: u64) -> Result<Self> {
        Ok(Self { reader, languages, dictionary: Dictionary::new(reader)?, length })
    }

    /// The best `limit` documents of the first stage, in no particular order. Among equals, those of the source whose id
    /// comes first, in their order: however the index is cut into segments, the same.
    pub(super) fn best(&self, retrieval: &Retrieval, limit: usize) -> Result<Vec<Scored>> {
        let searcher = self.reader.searcher();
        let limit = limit.min(searcher.num_docs() as usize);
        if limit == 0 {
            return Ok(Vec::new());
        }
        let frequencies =
            Frequencies { searcher, fields: self.reader.fields(), united: &retrieval.united, length: self.length };
        let found = searcher.search_with_statistics_provider(&*retrieval.query, &Best::new(limit), &frequencies);
        let best = found.and_then(|found| settled(found, limit, searcher));
        best.map_err(|error| self.reader.failure(&error))
    }

    /// How many passages match.
    pub(super) fn count(&self, retrieval: &Retrieval) -> Result<u64> {
        let count = self.reader.searcher().search(&*retrieval.query, &Count);
        Ok(count.map_err(|error| self.reader.failure(&error))? as u64)
    }

    /// A query over the passages' text, and the filters beside it.
    pub(super) fn retrieval(&self, query: &Query, terms: &Terms) -> Result<Retrieval> {
        let mut conditions = self.filters(query.filters());
        if query.clauses().iter().any(has_condition) {
            // Text is in passages alone; what is asked of a source, the source's own document answers too.
            conditions.push(self.term(self.reader.fields().kind, PASSAGE));
        }
        let text = match self.plain(query.clauses(), terms) {
            // A union of nothing but terms, of which Tantivy passes over what cannot come among the best.
            Some(any) => any_of(any),
            None => self.list(query.clauses(), terms),
        };
        let conditions = conditions.into_iter().map(unscored);
        Ok(Retrieval { query: all_of(conditions.chain([text]).collect()), united: self.united(terms)? })
    }

    /// What any of must match, where the query is nothing but plain words.
    fn plain(&self, clauses: &[Clause], terms: &Terms) -> Option<Vec<Boxed>> {
        let words = clauses.iter().map(|clause| match &clause.node {
            Node::Text(text) if clause.occur == query::Occur::Should => Some(self.words(text, terms)),
            _ => None,
        });
        Some(words.collect::<Option<Vec<_>>>()?.into_iter().flatten().collect())
    }

    /// The frequencies of the terms that are one of several ways to write the same.
    fn united(&self, terms: &Terms) -> Result<FxHashMap<String, u64>> {
        let mut united = FxHashMap::default();
        for variant in terms.variants.iter().filter(|variant| variant.kind.means_the_same()) {
            for &word in &variant.words {
                let frequency = self.passages_with(word, terms)?;
                let ways = terms.words[word].stems().chain(&variant.stems);
                united.extend(ways.map(|term| (term.to_string(), frequency)));
            }
        }
        Ok(united)
    }

    /// Clauses side by side: conditions all have to hold; of the rest what must match does, or else anything.
    fn list(&self, clauses: &[Clause], terms: &Terms) -> Boxed {
        let mut all = Vec::new();
        let mut any = Vec::new();
        let mut required = false;
        for clause in clauses {
            let query = self.clause(clause, terms);
            match clause.occur {
                query::Occur::Should => any.push((Occur::Should, query)),
                query::Occur::Not => all.push((Occur::MustNot, excludable(query))),
                query::Occur::Must => {
                    required |= !clause.node.is_condition();
                    all.push((Occur::Must, query));
                }
            }
        }
        let wanted = usize::from(!required && !any.is_empty());
        all.extend(any);
        Box::new(BooleanQuery::with_minimum_required_clauses(all, wanted))
    }

    fn clause(&self, clause: &Clause, terms: &Terms) -> Boxed {
        let fields = self.reader.fields();
        let query = match &clause.node {
            Node::Text(text) if clause.occur == query::Occur::Should => any_of(self.words(text, terms)),
            Node::Text(text) => self.all_words(fields.stems, text),
            Node::Phrase { text, slop } => self.phrase(fields.words, text, *slop),
            Node::Prefix(start) => Box::new(FuzzyTermQuery::new_prefix(self.folded(fields.words, start), 0, true)),
            Node::Fuzzy { word, distance } => {
                Box::new(FuzzyTermQuery::new(self.folded(fields.words, word), *distance, true))
            }
            Node::Field { field, value } => self.field(*field, value),
            Node::Date { from, to } => self.published(*from, *to),
            Node::Group(clauses) => self.list(clauses, terms),
        };
        if clause.node.is_condition() { unscored(query) } else { query }
    }

    /// Plain words, any of which must match.
    fn words(&self, text: &str, terms: &Terms) -> Vec<Boxed> {
        let fields = self.reader.fields();
        let words = content_words(text, self.languages);
        let stems = words.iter().flat_map(|(word, _)| self.stems(fields.stems, word));
        let facts = facts(text).map(|fact| self.term(fields.facts, &fact));
        let is_here = |word: &usize| words.iter().any(|(here, _)| here.form == terms.words[*word].form);
        let variants = terms.variants.iter().filter(|variant| variant.words.iter().all(is_here));
        stems.chain(facts).chain(variants.flat_map(|variant| self.variant(variant))).collect()
    }

    /// What a variant is looked for as.
    fn variant(&self, variant: &Variant) -> Vec<Boxed> {
        let fields = self.reader.fields();
        let boost = (variant.credit * variant.words.len() as f64 / variant.form.len() as f64) as f32;
        let boosted = |query| Box::new(BoostQuery::new(query, boost)) as Boxed;
        match &variant.form[..] {
            [_] => variant.stems.iter().map(|stem| boosted(self.term(fields.stems, stem))).collect(),
            words => {
                let terms = words.iter().map(|word| Term::from_field_text(fields.words, word)).collect();
                vec![boosted(Box::new(PhraseQuery::new(terms)))]
            }
        }
    }

    fn all_words(&self, field: Column, text: &str) -> Boxed {
        let words = content_words(text, self.languages);
        all_of(words.iter().map(|(word, _)| any_of(self.stems(field, word).collect())).collect())
    }

    /// Each of the word's stems; a function word as it stands, where it has none in the index.
    fn stems(&self, field: Column, word: &Word) -> impl Iterator<Item = Boxed> {
        let fields = self.reader.fields();
        let whole = word.folded().filter(|_| field == fields.stems && !word.is_content);
        let stems = word.stems().filter(move |_| whole.is_none()).map(move |stem| self.term(field, stem));
        whole.map(|word| self.term(fields.words, word)).into_iter().chain(stems)
    }

    fn phrase(&self, field: Column, text: &str, slop: u32) -> Boxed {
        let mut terms: Vec<Term> = folded_words(text).iter().map(|word| Term::from_field_text(field, word)).collect();
        match terms.len() {
            0 => Box::new(EmptyQuery),
            1 => Box::new(TermQuery::new(terms.remove(0), IndexRecordOption::WithFreqs)),
            _ => {
                let mut phrase = PhraseQuery::new(terms);
                phrase.set_slop(slop);
                Box::new(phrase)
            }
        }
    }

    fn field(&self, field: Field, value: &str) -> Boxed {
        let fields = self.reader.fields();
        match field {
            Field::Title => self.all_words(fields.title, value),
            Field::Section => self.all_words(fields.section, value),
            Field::Author => self.phrase(fields.author, value, 0),
            Field::Publisher => self.phrase(fields.publisher, value, 0),
            Field::Lang => self.term(fields.lang, &value.to_lowercase()),
            Field::Source => self.source(&value.to_lowercase()),
        }
    }

    /// The sources with this id, in which `*` stands for any characters.
    fn source(&self, id: &str) -> Boxed {
        let field = self.reader.fields().source;
        if !id.contains('*') {
            return self.term(field, id);
        }
        let escaped: String = id
            .chars()
            .map(|c| match c {
                '*' => ".*".to_owned(),
                c if c.is_alphanumeric() => c.to_string(),
                c => format!("\\{c}"),
            })
            .collect();
        match RegexQuery::from_pattern(&escaped, field) {
            Ok(query) => Box::new(query),
            Err(_) => Box::new(EmptyQuery),
        }
    }

    /// Sources that may have been published in this time; not those of which it is unknown.
    fn published(&self, from: Option<PartialDate>, to: Option<PartialDate>) -> Boxed {
        let fields = self.reader.fields();
        let day = |field, number| Bound::Included(Term::from_field_u64(field, number));
        let mut bounds: Vec<Boxed> = Vec::new();
        if let Some(from) = from {
            bounds.push(Box::new(RangeQuery::new(day(fields.to, first_day(from)), Bound::Unbounded)));
        }
        if let Some(to) = to {
            bounds.push(Box::new(RangeQuery::new(Bound::Unbounded, day(fields.from, last_day(to)))));
        }
        all_of(bounds)
    }

    fn filters(&self, filters: &Filters) -> Vec<Boxed> {
        let either = |field, values: &[String]| any_of(values.iter().map(|value| self.field(field, value)).collect());
        let mut all = Vec::new();
        if !filters.source.is_empty() {
            all.push(either(Field::Source, &filters.source));
        }
        if let Some(sources) = &filters.among {
            let source = self.reader.fields().source;
            let terms = sources.iter().map(|id| Term::from_field_text(source, id.as_str()));
            all.push(Box::new(TermSetQuery::new(terms.collect::<Vec<_>>())));
        }
        if !filters.publisher.is_empty() {
            all.push(either(Field::Publisher, &filters.publisher));
        }
        if filters.since.is_some() || filters.until.is_some() {
            all.push(self.published(filters.since, filters.until));
        }
        all.extend(filters.lang.iter().map(|lang| self.field(Field::Lang, lang)));
        all
    }

    /// The index's statistics for these terms.
    pub(super) fn statistics(&self, terms: &Terms) -> Result<Statistics> {
        let passages = self.dictionary.passages();
        let idf = (0..terms.words.len()).map(|word| Ok(self.dictionary.rarity(self.passages_with(word, terms)?)));
        let idf = idf.collect::<Result<_>>()?;
        Ok(Statistics { idf, passages, average_length: self.length as f64 / passages.max(1) as f64 })
    }

    /// How many passages have a word, or another way to write the same; at most.
    fn passages_with(&self, word: usize, terms: &Terms) -> Result<u64> {
        let variants = terms.variants.iter().filter(|it| it.kind.means_the_same() && it.words.contains(&word));
        let others: u64 = variants.map(|variant| variant.frequency).sum();
        Ok(self.passages_with_typed(&terms.words[word])? + others)
    }

    /// How many passages have a word as typed; for one of several stems, at most.
    fn passages_with_typed(&self, word: &Word) -> Result<u64> {
        let fields = self.reader.fields();
        let count = |query: Boxed| {
            let count = self.reader.searcher().search(&*query, &Count);
            Ok(count.map_err(|error| self.reader.failure(&error))? as u64)
        };
        match &word.form {
            Form::Stems { folded, .. } if !word.is_content => self.dictionary.with_word(folded),
            Form::Stems { stems, .. } => stems.iter().map(|stem| self.dictionary.with_stem(stem)).sum(),
            Form::Prefix(start) => {
                count(Box::new(FuzzyTermQuery::new_prefix(self.folded(fields.words, start), 0, true)))
            }
            Form::Fuzzy(word, distance) => {
                count(Box::new(FuzzyTermQuery::new(self.folded(fields.words, word), *distance, true)))
            }
        }
    }

    fn folded(&self, field: Column, word: &str) -> Term {
        Term::from_field_text(field, &crate::text::fold(word))
    }

    fn term(&self, field: Column, term: &str) -> Boxed {
        Box::new(TermQuery::new(Term::from_field_text(field, term), IndexRecordOption::WithFreqs))
    }
}

/// The statistics by which Tantivy scores: a word must not pass for rare where only one way to write it is.
struct Frequencies<'r> {
    searcher: &'r Searcher,
    fields: &'r Fields,
    united: &'r FxHashMap<String, u64>,
    length: u64,
}

impl Bm25StatisticsProvider for Frequencies<'_> {
    fn total_num_tokens(&self, field: Column) -> tantivy::Result<u64> {
        // Without field norms every passage counts as one word long, and is to count as neither long nor short.
        if field == self.fields.stems { Ok(self.length) } else { self.total_num_docs() }
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        self.searcher.total_num_docs()
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        if term.field() == self.fields.stems
            && let Some(&united) = term.value().as_str().and_then(|stem| self.united.get(stem))
        {
            return Ok(united.min(self.total_num_docs()?));
        }
        self.searcher.doc_freq(term)
    }
}

/// Whether it, or anything in it, asks about the source.
fn has_condition(clause: &Clause) -> bool {
    match &clause.node {
        Node::Group(clauses) => clauses.iter().any(has_condition),
        node => node.is_condition(),
    }
}

/// The same query, as Tantivy can exclude by it: asked about a document before the first one of a phrase, version 0.27
/// fails an assertion of its own in debug builds (`PhraseScorer::seek_danger`). A union asks its parts in another way.
fn excludable(query: Boxed) -> Boxed {
    Box::new(BooleanQuery::union(vec![query.box_clone(), query]))
}

fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn any_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn all_of(mut queries: Vec<Boxed>) -> Boxed {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}
