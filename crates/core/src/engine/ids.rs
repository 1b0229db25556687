//! From an id to what it names, or an error that offers ids similar to it.

use crate::index::{Entry, Reader};
use crate::source::{Passage, PassageId, Sentences, SourceId};
use crate::{Error, Result};

/// The least similarity (Jaro-Winkler, 0 to 1) of an id that is offered in place of another.
const SIMILAR: f64 = 0.8;

/// The most ids that are offered.
const OFFERED: usize = 3;

/// Finds the source of this id, as typed.
pub(super) fn source(reader: &Reader, typed: &str) -> Result<Entry> {
    let id = SourceId::typed(typed);
    // A name with an exclamation mark may be that of a file.
    let found = match reader.source(&id)? {
        None => reader.source(&SourceId::slug(typed))?,
        found => found,
    };
    match found {
        Some(entry) if !typed.trim().is_empty() => Ok(entry),
        _ => {
            let similar = similar(reader, &id)?;
            Err(Error::UnknownId { what: "source", id: typed.to_owned(), similar })
        }
    }
}

/// Finds the source and the passage of this id, which has the sentences that the id names.
pub(super) fn passage(reader: &Reader, id: &PassageId) -> Result<(Entry, Passage)> {
    let Some(entry) = reader.source(&id.source)? else {
        let mut offered = Vec::new();
        for source in similar(reader, &id.source)? {
            offered.push(PassageId { source: SourceId::typed(&source), ..id.clone() });
        }
        return Err(unknown("passage", id, &offered));
    };
    let Some(passage) = reader.passage(&id.source, id.paragraph)? else {
        let source = id.source.clone();
        let last = PassageId { source, paragraph: entry.paragraphs, sentences: None };
        let offered = if entry.paragraphs > 0 { vec![last] } else { Vec::new() };
        return Err(unknown("passage", id, &offered));
    };
    if let Some(sentences) = id.sentences
        && passage.span_of(sentences).is_none()
    {
        let last = passage.sentences.len() as u32;
        let sentences = Some(Sentences { first: last, last });
        return Err(unknown("sentence", id, &[PassageId { sentences, ..id.clone() }]));
    }
    Ok((entry, passage))
}

/// The error that there is no `what` of this id, with others that may have been meant.
pub(super) fn unknown(what: &'static str, id: &PassageId, offered: &[PassageId]) -> Error {
    let similar = offered.iter().map(PassageId::to_string).collect();
    Error::UnknownId { what, id: id.to_string(), similar }
}

/// The ids of sources that are similar to `id`, the most similar first.
fn similar(reader: &Reader, id: &SourceId) -> Result<Vec<String>> {
    let mut similar: Vec<(f64, String)> = Vec::new();
    for entry in reader.sources()? {
        let other = entry.source.id.as_str();
        let similarity = strsim::jaro_winkler(id.as_str(), other);
        if similarity >= SIMILAR {
            similar.push((similarity, other.to_owned()));
        }
    }
    similar.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    Ok(similar.into_iter().take(OFFERED).map(|(_, id)| id).collect())
}
