//! Finds the passage that a quotation is from which was garbled: words left out, others put in their
//! place, letters misread.
//!
//! An altered quotation is only anchored where three words of four are the same, as what is said of
//! it then is that it is false. Here the question is which source it is from, and the passages that
//! share most of its rare words are all that is looked at: of these, one may be told from the others
//! by much less. It still has to be far more like it than text that has nothing to do with it.

use std::sync::Arc;

use super::anchor::{Fit, Haystack, MARGIN, Occurrence};
use super::detail::describe;
use super::judge::{Finding, read};
use super::opened::{Disk, Opened};
use super::outcome::Status;
use crate::source::Passage;
use crate::text;

/// The least share of words, in order, that a garbled quotation has in common with its passage.
const THRESHOLD: f64 = 0.4;
/// The fewest words in common: so many, and this share of the quotation's. A short sentence has that
/// many in common with others by chance.
const MIN_SHARED: (f64, f64) = (2.0, 0.35);
/// The fewest of these that carry meaning.
const MIN_CONTENT: usize = 2;

/// A passage that a quotation may be from.
struct Candidate<'a> {
    opened: &'a Opened,
    passage: &'a Passage,
    readable: Haystack,
    place: Occurrence,
    similarity: f64,
}

/// The finding on a garbled quotation by the passage most like it; `None` where none is like it
/// enough, or another is as much so.
pub(super) fn closest(quote: &str, passages: &[(Arc<Disk>, u32)]) -> Option<Finding> {
    let mut found: Vec<Candidate<'_>> = Vec::new();
    for (disk, paragraph) in passages {
        let Some(opened) = read(disk) else { continue };
        found.extend(opened.paragraph(*paragraph).and_then(|p| candidate(quote, opened, p)));
    }
    found.sort_by(|a, b| b.similarity.total_cmp(&a.similarity));
    let best = found.first()?;
    let words = |candidate: &Candidate<'_>| {
        text::lowercase_words(candidate.place.span.of(candidate.readable.text()))
    };
    // A place that has the same words is no other answer.
    let same = words(best);
    let (also, others): (Vec<_>, Vec<_>) =
        found[1..].iter().partition(|other| words(other) == same);
    if others.first().is_some_and(|other| best.similarity - other.similarity < MARGIN / 2.0) {
        return None;
    }
    let span = best.place.span;
    let citation = best.opened.cite_readable(best.passage, span)?;
    let told = describe(&best.place.fit, quote, best.readable.text(), span);
    let mut detail = format!(
        "most like {}, line {}, with {:.0} words of 100 in common: {told}",
        citation.id,
        citation.locator.lines[0],
        100.0 * best.similarity
    );
    if !also.is_empty() {
        detail += &format!(
            "; {} more of the paragraphs {} the same words",
            also.len(),
            if also.len() == 1 { "has" } else { "have" }
        );
    }
    Some(Finding::open(Status::Altered, Some(citation), detail))
}

fn candidate<'a>(quote: &str, opened: &'a Opened, passage: &'a Passage) -> Option<Candidate<'a>> {
    let readable = Haystack::new(passage.plain());
    let (place, shared) = readable.closest(quote)?;
    let Fit::Altered { similarity, .. } = place.fit else { return None };
    let source: Vec<String> =
        text::words(place.span.of(readable.text())).map(|word| word.text.to_lowercase()).collect();
    let least = MIN_SHARED.0 + MIN_SHARED.1 * text::words(quote).count() as f64;
    let content = text::words(quote)
        .map(|word| word.text.to_lowercase())
        .filter(|word| !text::is_function_word(word) && source.contains(word))
        .count();
    (similarity >= THRESHOLD && shared as f64 >= least && content >= MIN_CONTENT)
        .then_some(Candidate { opened, passage, readable, place, similarity })
}
