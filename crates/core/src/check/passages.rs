//! [`Passages`]: the sentences of passages, read once for all claims of a draft.

use std::collections::HashMap;
use std::rc::Rc;

use super::statement::{Statement, StatementReader};
use crate::search::Hit;
use crate::source::{Passage, PassageId};
use crate::text::{Span, words};

/// Passages that have been read.
#[derive(Default)]
pub(super) struct Passages {
    known: HashMap<PassageId, Rc<Sentences>>,
    /// The number of their words.
    words: usize,
}

/// The sentences of a passage, and its headings and title.
pub(super) struct Sentences {
    pub(super) own: Vec<Statement>,
    pub(super) context: Vec<Statement>,
}

impl Passages {
    /// The number of words that are remembered, at about a hundred bytes each.
    const REMEMBERED: usize = 100_000;

    /// Reads the sentences of a passage.
    pub(super) fn sentences(&mut self, hit: &Hit, reader: &mut StatementReader) -> Rc<Sentences> {
        let id = hit.passage.id();
        if let Some(known) = self.known.get(&id) {
            return Rc::clone(known);
        }
        if self.words >= Self::REMEMBERED {
            *self = Self::default();
        }
        let own = plain_sentences(&hit.passage);
        let own: Vec<Statement> = own.iter().map(|text| reader.read(text)).collect();
        let title = hit.source.metadata.title();
        let headings = hit.passage.section.iter().rev().map(String::as_str);
        let context = headings.chain(title).map(|text| reader.read(text)).collect();
        self.words += own.iter().map(|statement| statement.tokens.len()).sum::<usize>();
        let read = Rc::new(Sentences { own, context });
        self.known.insert(id, Rc::clone(&read));
        read
    }
}

/// Returns the sentences of a passage as they read, in order, one for each of its sentences.
fn plain_sentences(passage: &Passage) -> Vec<&str> {
    let plain = passage.plain();
    if passage.plain.is_none() {
        return passage.sentences.iter().map(|span| span.of(plain)).collect();
    }
    let mut spans: Vec<Option<Span>> = vec![None; passage.sentences.len()];
    for word in words(plain) {
        let exact = passage.exact_span(word.span);
        let at = passage.sentences.partition_point(|sentence| sentence.end <= exact.start);
        if let Some(span) = spans.get_mut(at) {
            let start = span.map_or(word.span.start, |span| span.start);
            *span = Some(Span::new(start, word.span.end));
        }
    }
    spans.into_iter().map(|span| span.map_or("", |span| span.of(plain))).collect()
}
