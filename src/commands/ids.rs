//! From an id as typed to what it names, or an error that names what is like it.

use pincite_core::index::{Entry, Reader};
use pincite_core::source::{Passage, PassageId, Sentences, SourceId};
use pincite_core::{Error, Result};

/// How alike two ids have to be (Jaro-Winkler, 0 to 1) for one to be offered in place of the other.
const SIMILAR: f64 = 0.8;

/// How many ids are offered.
const OFFERED: usize = 3;

/// Reads the id of a passage or of sentences.
pub(super) fn passage_id(text: &str) -> Result<PassageId> {
    text.parse().map_err(|error: pincite_core::source::ParseIdError| {
        Error::usage(
            error.to_string(),
            "“pincite sources” lists the ids of sources, “pincite show SOURCE” its paragraphs",
        )
    })
}

/// The source of this id, as typed.
pub(super) fn source(reader: &Reader, typed: &str) -> Result<Entry> {
    let id = SourceId::slug(typed);
    match reader.source(&id)? {
        Some(entry) if !typed.trim().is_empty() => Ok(entry),
        _ => Err(Error::UnknownId { what: "source", id: typed.to_owned(), similar: similar(reader, &id)? }),
    }
}

/// The passage of this id, which has the sentences that the id names, and its source.
pub(super) fn passage(reader: &Reader, id: &PassageId) -> Result<(Entry, Passage)> {
    let unknown = |what, similar: Vec<PassageId>| {
        let similar = similar.iter().map(PassageId::to_string).collect();
        Error::UnknownId { what, id: id.to_string(), similar }
    };
    let Some(entry) = reader.source(&id.source)? else {
        let sources = similar(reader, &id.source)?.into_iter();
        let moved = sources.map(|source| PassageId { source: SourceId::slug(&source), ..id.clone() });
        return Err(unknown("passage", moved.collect()));
    };
    let Some(passage) = reader.passage(&id.source, id.paragraph)? else {
        let last = PassageId { source: id.source.clone(), paragraph: entry.paragraphs, sentences: None };
        let known = entry.paragraphs > 0;
        return Err(unknown("passage", known.then_some(last).into_iter().collect()));
    };
    if id.sentences.is_some_and(|sentences| passage.span_of(sentences).is_none()) {
        let last = passage.sentences.len() as u32;
        let last = PassageId { sentences: Some(Sentences { first: last, last }), ..id.clone() };
        return Err(unknown("sentence", vec![last]));
    }
    Ok((entry, passage))
}

/// The ids of sources that look like `id`, the likest first.
fn similar(reader: &Reader, id: &SourceId) -> Result<Vec<String>> {
    let mut alike: Vec<(f64, String)> = reader
        .sources()?
        .into_iter()
        .map(|entry| (strsim::jaro_winkler(id.as_str(), entry.source.id.as_str()), entry.source.id.to_string()))
        .filter(|(likeness, _)| *likeness >= SIMILAR)
        .collect();
    alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(alike.into_iter().take(OFFERED).map(|(_, id)| id).collect())
}
