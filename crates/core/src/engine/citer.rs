//! [`Citer`]: completes the citations of one answer.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::snapshot::Snapshot;
use crate::Result;
use crate::cite::{Citation, Style};
use crate::source::{Passage, Sentences, Source, SourceId, Stale};

/// Completes the citations of one answer. Threads can share it.
pub(super) struct Citer<'a> {
    snapshot: &'a Snapshot,
    style: Option<&'a Style>,
    /// The state of the sources' files. Each is looked at once, so that an answer does not say
    /// one thing here and another there.
    files: Mutex<HashMap<SourceId, Option<Stale>>>,
    /// The sources cited so far. Formatting takes longer than finding what a source says.
    cited: Mutex<HashMap<SourceId, Cited>>,
}

/// A source that has been cited.
#[derive(Default)]
struct Cited {
    reference: Option<String>,
    /// Its citations in full, by the place that they name.
    formatted: HashMap<String, String>,
}

impl<'a> Citer<'a> {
    /// Cites passages of `snapshot` in `style`, or without references.
    pub(super) fn new(snapshot: &'a Snapshot, style: Option<&'a Style>) -> Self {
        Self { snapshot, style, files: Mutex::default(), cited: Mutex::default() }
    }

    /// Cites sentences of a passage, or the whole of it, in full. `None` where it has no such
    /// sentences.
    pub(super) fn cite(
        &self,
        source: &Source,
        passage: &Passage,
        sentences: Option<Sentences>,
    ) -> Result<Option<Citation>> {
        match Citation::new(source, passage, sentences) {
            Some(citation) => Ok(Some(self.complete(citation, source)?)),
            None => Ok(None),
        }
    }

    /// Adds to a citation of `source` the deep link, the reference, and what became of the file.
    pub(super) fn complete(&self, mut citation: Citation, source: &Source) -> Result<Citation> {
        if source.metadata.url().is_some() {
            // A deep link has to be unambiguous in the whole of the page.
            citation = citation.with_deep_link(&self.snapshot.reader().passages(&source.id)?);
        }
        citation.formatted = self.style.map(|style| self.format(&citation, style));
        citation.stale = self.stale(&source.id)?;
        Ok(citation)
    }

    /// Formats a citation in a style.
    fn format(&self, citation: &Citation, style: &Style) -> String {
        let id = &citation.id.source;
        let place = Style::place(citation);
        // Unlocked while it is formatted, so that threads do not wait for each other.
        let mut reference = match self.cited().get(id) {
            Some(cited) => match cited.formatted.get(&place) {
                Some(formatted) => return formatted.clone(),
                None => cited.reference.clone(),
            },
            None => None,
        };
        let formatted = style.format_beside(citation, &mut reference);
        let mut cited = self.cited();
        let cited = cited.entry(id.clone()).or_default();
        cited.reference = reference;
        cited.formatted.insert(place, formatted.clone());
        formatted
    }

    fn cited(&self) -> MutexGuard<'_, HashMap<SourceId, Cited>> {
        self.cited.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Numbers the sources of the whole answer where the style numbers them.
    pub(super) fn number<'c>(&self, citations: impl IntoIterator<Item = &'c mut Citation>) {
        if let Some(style) = self.style {
            style.number(citations);
        }
    }

    /// Returns what became of the file of a source since it was indexed.
    fn stale(&self, id: &SourceId) -> Result<Option<Stale>> {
        // Locked until it is known: another thread would look at the same file.
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(stale) = files.get(id) {
            return Ok(*stale);
        }
        let stale = self.snapshot.reader().source(id)?.and_then(|entry| entry.stale());
        files.insert(id.clone(), stale);
        Ok(stale)
    }
}
