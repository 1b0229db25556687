//! What commands share: how a citation is made, and the forms that are the same for `query` and `cite`.

use crate::args::CitationFormat;
use pincite_core::Result;
use pincite_core::cite::Quotation;
use pincite_core::cite::{self, Citation, Style};
use pincite_core::index::Reader;
use pincite_core::source::{Passage, Sentences, Source};
use pincite_render::{self as output, json};

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

/// A citation that quotes the readable form: no record any more.
fn as_read(quotation: &Quotation) -> Citation {
    let quote = quotation.quoted().map(|piece| piece.text).collect();
    Citation { quote, ..quotation.citation.clone() }
}

/// Quotations as a document, which for people is Markdown. `asked` is the query or the ids that they answer.
pub(super) fn document(format: CitationFormat, asked: &str, quotations: &[Quotation]) -> String {
    let citations: Vec<Citation> = match format {
        // Reference managers and encyclopaedias show what is quoted to people, who would take markup for a part of it.
        CitationFormat::CslJson | CitationFormat::Bibtex | CitationFormat::Ris | CitationFormat::Wikipedia => {
            quotations.iter().map(as_read).collect()
        }
        _ => quotations.iter().map(|quotation| quotation.citation.clone()).collect(),
    };
    match format {
        CitationFormat::Human | CitationFormat::Markdown => output::markdown(quotations),
        CitationFormat::Html => output::html(asked, quotations),
        CitationFormat::Json => json::citations(&citations),
        CitationFormat::Jsonl => json::citations_as_lines(&citations),
        CitationFormat::CslJson => json::value(&cite::csl_json(&citations)),
        CitationFormat::Annotation => json::value(&cite::annotations(&citations, Some(asked))),
        CitationFormat::Bibtex => cite::bibtex(&citations),
        CitationFormat::Ris => cite::ris(&citations),
        CitationFormat::Wikipedia => cite::wikipedia(&citations),
    }
}
