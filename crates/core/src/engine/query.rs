//! Answering a query: search, count, cite.

use std::sync::Arc;

use super::answer::{Answer, Context, Found};
use super::citer::Citer;
use super::corpus::{Corpus, restrict};
use super::ids;
use super::snapshot::Snapshot;
use crate::Result;
use crate::cite::Style;
use crate::index::Reader;
use crate::query::{Filters, Query};
use crate::search::Hit;
use crate::source::{Passage, PassageId};

/// A query with everything that its answer depends on.
#[derive(Debug, Clone)]
pub struct QueryRequest {
    /// The text or place to look for.
    pub question: Question,
    /// Limits beside it.
    pub filters: Filters,
    /// The folders to look in; all that the index has where there are none. Replaces
    /// [`Filters::among`].
    pub corpus: Option<Corpus>,
    /// True to look for the words as typed and their inflections alone.
    pub exact: bool,
    /// Count of the best passages to leave out: those of the pages before.
    pub offset: usize,
    /// The most passages to quote.
    pub limit: usize,
    /// Count of paragraphs to give on either side of each passage, up to
    /// [`MAX_CONTEXT`](Self::MAX_CONTEXT). None are looked up without it.
    pub context: Option<u32>,
    /// The style of the references. Without one, citations have none: making them takes as long as
    /// the search.
    pub style: Option<Arc<Style>>,
}

/// The object of a query.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Question {
    /// Text as typed.
    Text(Query),
    /// Passages like this one.
    Like(PassageId),
}

impl QueryRequest {
    /// The most passages that are quoted where no other limit is given.
    pub const LIMIT: usize = 10;

    /// The most paragraphs that are given on either side of a passage.
    pub const MAX_CONTEXT: u32 = 100;

    /// Asks for the best [`LIMIT`](Self::LIMIT) passages of the whole index, without context.
    pub fn new(question: Question, style: impl Into<Option<Arc<Style>>>) -> Self {
        Self {
            question,
            filters: Filters::default(),
            corpus: None,
            exact: false,
            offset: 0,
            limit: Self::LIMIT,
            context: None,
            style: style.into(),
        }
    }
}

/// Answers `request` from `snapshot`.
pub(super) fn answer(snapshot: &Snapshot, request: &QueryRequest) -> Result<Answer> {
    let searcher = snapshot.searcher();
    let filters = restrict(&request.filters, request.corpus.as_ref(), snapshot)?;
    let mut query = match &request.question {
        Question::Text(query) => query.clone(),
        Question::Like(id) => searcher.query_like(&ids::passage(snapshot.reader(), id)?.1)?,
    };
    if request.exact {
        query = query.exact();
    }
    let query = query.filtered(filters);
    let results = searcher.search(&query, request.offset.saturating_add(request.limit))?;
    let citer = Citer::new(snapshot, request.style.as_deref());
    let mut found = Vec::with_capacity(results.hits.len().saturating_sub(request.offset));
    for hit in results.hits.into_iter().skip(request.offset) {
        found.extend(quote(&citer, snapshot.reader(), hit, request)?);
    }
    citer.number(found.iter_mut().map(|found| &mut found.quotation.citation));
    Ok(Answer {
        query: query.text().to_owned(),
        like: query.left_out().cloned(),
        total: results.total,
        found,
        variants: results.variants,
    })
}

/// Quotes the best sentences of a hit; the whole passage, should it not have them.
fn quote(
    citer: &Citer<'_>,
    reader: &Reader,
    hit: Hit,
    request: &QueryRequest,
) -> Result<Option<Found>> {
    let mut citation = citer.cite(&hit.source, &hit.passage, Some(hit.best))?;
    if citation.is_none() {
        citation = citer.cite(&hit.source, &hit.passage, None)?;
    }
    let Some(citation) = citation else { return Ok(None) };
    let context = match request.context {
        Some(paragraphs) => Some(context(reader, &hit.passage, paragraphs)?),
        None => None,
    };
    Ok(Some(Found::new(hit, citation, context)))
}

/// Reads up to `paragraphs` paragraphs on either side of a passage.
fn context(reader: &Reader, passage: &Passage, paragraphs: u32) -> Result<Context> {
    let paragraphs = paragraphs.min(QueryRequest::MAX_CONTEXT);
    let here = passage.paragraph;
    let mut before = Vec::new();
    for paragraph in here.saturating_sub(paragraphs).max(1)..here {
        before.extend(reader.passage(&passage.source, paragraph)?);
    }
    let mut after = Vec::new();
    for paragraph in here.saturating_add(1)..=here.saturating_add(paragraphs) {
        match reader.passage(&passage.source, paragraph)? {
            Some(passage) => after.push(passage),
            None => break,
        }
    }
    Ok(Context { before, after })
}
