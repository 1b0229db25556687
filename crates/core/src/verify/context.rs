//! Finds the words around a quotation, or left out of it, that bear on its sense.
//!
//! A quotation can be exact and still mislead: the sentence goes on with *but only when …*, or began
//! with *it is not true that*. Only what is directly at its ends counts, in the same sentence, and
//! only words that restrict or deny: more would warn of what every quotation leaves out.

use super::anchor::{Fit, Occurrence};
use super::opened::Opened;
use super::outcome::{Context, ContextKind};
use crate::source::Passage;
use crate::text::english::negation::{is_absence, is_negation};
use crate::text::english::quoting;
use crate::text::english::restriction::{first_words, restriction};
use crate::text::{self, Span};

/// The fewest words of a quotation that says anything which could be restricted.
const MIN_WORDS: usize = 3;
/// The most characters of the source that are shown.
const SHOWN: usize = 200;

/// Returns what bears on the sense of `quote`, which is at `place`.
pub(super) fn around(quote: &str, place: &Occurrence, opened: &Opened) -> Vec<Context> {
    let mut found = Vec::new();
    match &place.fit {
        Fit::Exact | Fit::Normalized => {
            if text::words(quote).nth(MIN_WORDS - 1).is_some() {
                ends(place.span, opened, &mut found);
            }
        }
        Fit::Stitched(pieces) => {
            let in_order = pieces.windows(2).all(|two| two[0].source.end <= two[1].source.start);
            let is_elided = |two: &[super::anchor::StitchedPart]| {
                let gap = quote.get(two[0].quote.end..two[1].quote.start).unwrap_or_default();
                gap.contains('…') || gap.contains("..") || gap.contains(". .")
            };
            if in_order && pieces.windows(2).all(is_elided) {
                for two in pieces.windows(2) {
                    let gap = Span::new(two[0].source.end, two[1].source.start);
                    let Some(left_out) = elided(gap, opened) else { return Vec::new() };
                    found.push(left_out);
                }
                ends(place.span, opened, &mut found);
            }
        }
        Fit::Altered { .. } => {}
    }
    found
}

/// Finds what stands right before and right after `span`, in its sentences.
fn ends(span: Span, opened: &Opened, found: &mut Vec<Context>) {
    let text = opened.text();
    if let Some(sentence) = sentence_at(opened, span.start) {
        let before = &text[sentence.start.min(span.start)..span.start];
        if denies(before, &text[span.start..span.end]) {
            found.push(context(ContextKind::CutIn, before));
        }
    }
    if let Some(sentence) = sentence_at(opened, span.end.saturating_sub(1)) {
        let after = &text[span.end..sentence.end.max(span.end)];
        let before = &text[sentence.start.min(span.end)..span.end];
        if let Some(restriction) = restriction(before, after) {
            found.push(context(ContextKind::CutOff, &after[restriction.at..]));
        }
    }
}

/// The sentence that has the byte `at`.
fn sentence_at(opened: &Opened, at: usize) -> Option<Span> {
    let passage = opened.passage_at(at)?;
    sentences(passage).find(|sentence| sentence.start <= at && at < sentence.end)
}

fn sentences(passage: &Passage) -> impl Iterator<Item = Span> + '_ {
    passage.sentences.iter().map(|sentence| sentence.shifted(passage.start.byte))
}

/// Returns what an ellipsis leaves out of a paragraph; `None` where it is over more than one.
fn elided(gap: Span, opened: &Opened) -> Option<Context> {
    let passage = opened.passage_at(gap.start.saturating_sub(1))?;
    if gap.end > passage.span().end {
        return None;
    }
    let text = opened.text();
    let cuts: Vec<usize> = sentences(passage)
        .map(|sentence| sentence.end)
        .filter(|end| gap.start <= *end && *end <= gap.end)
        .collect();
    // Whole sentences that are left out do not bear on those that are quoted.
    let inverts = match (cuts.first(), cuts.last()) {
        (Some(&first), Some(&last)) => {
            inverts(&text[gap.start..first]) || inverts(&text[last..gap.end])
        }
        _ => inverts(gap.of(text)),
    };
    let kind = if inverts { ContextKind::ElidedInverting } else { ContextKind::Elided };
    Some(context(kind, gap.of(text)))
}

/// Returns whether words that are left out of a sentence may turn its sense around.
fn inverts(left_out: &str) -> bool {
    let words = text::lowercase_words(left_out);
    (words.iter().enumerate()).any(|(i, word)| {
        let word_at = |i: Option<usize>| i.and_then(|i| words.get(i)).map_or("", String::as_str);
        // “not only” does neither.
        let (before, after) = (word_at(i.checked_sub(1)), word_at(Some(i + 1)));
        let is_merely = word == "not" && quoting::is_merely(after)
            || before == "not" && quoting::is_merely(word);
        !is_merely && (is_negation(word) || is_absence(word) || quoting::inverts(word))
    })
}

/// Returns whether the words right before a quotation deny it, or say that it is another's.
fn denies(before: &str, quote: &str) -> bool {
    let words = text::lowercase_words(before);
    let Some(last) = words.last() else { return false };
    let next = text::lowercase_words(first_words(quote)).into_iter().next().unwrap_or_default();
    let signs = &before[before.rfind(char::is_alphanumeric).unwrap_or(0)..];
    let apart = signs.contains([',', ';', ':', '.', ')']);
    let idle = quoting::is_merely(&next)
        || !is_negation(last) && quoting::is_referring(&next) && last != "that";
    if !apart && !idle {
        let longest = words.len().min(quoting::LONGEST);
        let denied = (1..=longest).any(|n| quoting::is_denial(&words[words.len() - n..].join(" ")));
        if denied || is_negation(last) {
            return true;
        }
    }
    let reports = |n: &usize| words.len() > *n && quoting::is_report(&words[..*n].join(" "));
    // The words that follow one comma or none are those reported.
    before.matches([',', ';', ':']).count() <= 1 && (1..=quoting::LONGEST).any(|n| reports(&n))
}

fn context(kind: ContextKind, words: &str) -> Context {
    let words = words.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(SHOWN) {
        words.truncate(end);
        words.push('…');
    }
    Context { kind, words }
}
