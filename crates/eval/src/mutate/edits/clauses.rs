//! Adds clauses before and after a sentence.

use pincite_core::text::is_function_word;

use super::amounts::listed;
use crate::mutate::corpus::SentenceCorpus;
use crate::mutate::sentence::Sentence;

/// Introductions that add nothing to a sentence.
const FRAMES: [&str; 6] =
    ["However, ", "In addition, ", "Moreover, ", "Meanwhile, ", "In fact, ", "At the same time, "];

/// Words that already tie a sentence to the one before.
const TIES: &str = "additionally also and but consequently finally furthermore hence however instead \
    meanwhile moreover nevertheless nonetheless or similarly so still then therefore though thus yet \
    as in at";

/// Returns the sentence after each frame, its first word with a small letter unless it is a name.
/// Not where the first word may or may not be a name, or ties the sentence to the one before.
pub(super) fn framed(sentence: &Sentence, corpus: &SentenceCorpus) -> Vec<String> {
    if listed(TIES, sentence.folded(0)) || sentence.gap(0) != " " {
        return Vec::new();
    }
    let Some(text) = continued(sentence, corpus) else { return Vec::new() };
    FRAMES.map(|frame| format!("{frame}{text}")).to_vec()
}

/// Returns the sentence without its initial capital, for use within another; `None` if it cannot be
/// told whether the first word is a name.
pub(super) fn continued(sentence: &Sentence, corpus: &SentenceCorpus) -> Option<String> {
    let first = sentence.tokens.first()?;
    if first.span.start > 0 {
        return None;
    }
    let word = sentence.word(0);
    let is_shouted = word.len() > 1 && word.chars().skip(1).any(char::is_uppercase);
    let is_kept = is_shouted
        || word == "I"
        || word.starts_with("I'")
        || word.starts_with("I’")
        || !sentence.is_capital(0);
    if is_kept {
        return Some(sentence.text.clone());
    }
    let is_name = !is_function_word(&first.folded) && corpus.is_name(&first.folded)?;
    if is_name {
        return Some(sentence.text.clone());
    }
    Some(sentence.with(first.span, &word.to_lowercase()))
}

/// Clauses about things that no source has.
const FALSE_CLAUSES: [&str; 8] = [
    "and the mayor resigned two days later over a stolen accordion",
    "while the lighthouse keeper was awarded a medal for bravery",
    "although three of the violins were never returned",
    "and a brass band played beside the harbour until midnight",
    "after which the zoo sold eleven of its penguins",
    "and the village baker was fined for it the following week",
    "which delayed the opening of the chocolate museum",
    "while the choirmaster lost his driving licence",
];

/// Returns the sentence with each false clause before its full stop. Not where it ends with a
/// quotation, a parenthesis or an abbreviation.
pub(super) fn with_false_clause(sentence: &Sentence) -> Vec<String> {
    let Some(body) = sentence.text.strip_suffix('.') else { return Vec::new() };
    let last = sentence.tokens.len().saturating_sub(1);
    let ends_with_word = body.ends_with(char::is_alphanumeric)
        && sentence.is_free_at(last)
        && !sentence.word(last).contains('.');
    if !ends_with_word {
        return Vec::new();
    }
    FALSE_CLAUSES.map(|clause| format!("{body}, {clause}.")).to_vec()
}
