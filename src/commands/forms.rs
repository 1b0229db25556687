//! How commands make a citation.

use pincite_core::Result;
use pincite_core::cite::{Citation, Style};
use pincite_core::index::Reader;
use pincite_core::source::{Passage, Sentences, Source};

/// The full citation of sentences of a passage, or of the whole of it. `None` where it has no such sentences.
pub(super) fn cited(
    reader: &Reader,
    source: &Source,
    passage: &Passage,
    sentences: Option<Sentences>,
    style: &Style,
) -> Result<Option<Citation>> {
    let citation = Citation::new(source, passage, sentences);
    citation.map(|citation| completed(citation, reader, source, style)).transpose()
}

/// The citation with what depends on the reader of it: the link and the reference.
pub(super) fn completed(citation: Citation, reader: &Reader, source: &Source, style: &Style) -> Result<Citation> {
    // A deep link has to be unambiguous in the whole of the page.
    let mut citation = match source.metadata.url() {
        Some(_) => citation.with_deep_link(&reader.passages(&source.id)?),
        None => citation,
    };
    citation.formatted = Some(style.format(&citation));
    Ok(citation)
}
