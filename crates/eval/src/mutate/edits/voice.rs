//! Turns plain active sentences into passive ones, and back.

use pincite_core::text::english::pronouns::is_subject;
use pincite_core::text::is_function_word;

use super::amounts::listed;
use super::clauses::continued;
use super::quantifier::is_plural;
use super::verbs::is_regular_past;
use crate::mutate::corpus::SentenceCorpus;
use crate::mutate::sentence::{Sentence, capitalized};

/// Past forms that look like verbs with an object but have no passive.
const INTRANSITIVE: &str = "arrived belonged consisted died emerged existed happened lasted lived \
    looked occurred remained seemed stayed turned weighed wanted needed joined married resembled";

/// Returns the sentence in the other voice, where it is a noun phrase, a regular verb in the past
/// and another noun phrase, and nothing else: *The council rejected the plan.* A noun phrase is an
/// article, if any, and up to four words, none of which is a function word.
pub(super) fn turned(sentence: &Sentence, corpus: &SentenceCorpus) -> Vec<String> {
    let last = sentence.tokens.len() - 1;
    let is_one_clause =
        sentence.text.ends_with('.') && (0..last).all(|at| sentence.is_followed(at));
    let Some(text) = continued(sentence, corpus).filter(|_| is_one_clause) else {
        return Vec::new();
    };
    let body = text.trim_end_matches('.');
    let part = |first: usize, end: usize| {
        &body[sentence.tokens[first].span.start..sentence.tokens[end - 1].span.end]
    };
    let mut claims = Vec::new();
    for verb in
        sentence.places(|at| is_regular_past(sentence.folded(at)) && !sentence.is_capital(at))
    {
        if listed(INTRANSITIVE, sentence.folded(verb)) {
            continue;
        }
        let word = sentence.word(verb);
        let is_passive = verb > 1
            && listed("was were", sentence.folded(verb - 1))
            && sentence.folded(verb + 1) == "by";
        if is_passive {
            if is_phrase(sentence, 0, verb - 1) && is_phrase(sentence, verb + 2, last + 1) {
                let (object, agent) = (part(0, verb - 1), part(verb + 2, last + 1));
                claims.push(format!("{} {word} {object}.", capitalized(agent)));
            }
        } else if is_phrase(sentence, 0, verb) && is_phrase(sentence, verb + 1, last + 1) {
            let were = if is_plural_phrase(sentence, verb + 1, last) { "were" } else { "was" };
            let (agent, object) = (part(0, verb), part(verb + 1, last + 1));
            claims.push(format!("{} {were} {word} by {agent}.", capitalized(object)));
        }
    }
    claims
}

/// Returns whether the words from `first` to before `end` are a simple noun phrase.
fn is_phrase(sentence: &Sentence, first: usize, end: usize) -> bool {
    let has_article = listed("a an the", sentence.folded(first));
    let nouns = if has_article { first + 1 } else { first };
    let is_noun = |at: usize| {
        let word = sentence.folded(at);
        !is_function_word(word)
            && !is_subject(word)
            && !word.ends_with("ly")
            && sentence.is_open(sentence.tokens[at].span)
    };
    let is_named = has_article
        || end > first && (sentence.is_capital(end - 1) || is_plural(sentence.folded(end - 1)));
    nouns < end && end <= nouns + 4 && is_named && (nouns..end).all(is_noun)
}

fn is_plural_phrase(sentence: &Sentence, first: usize, last: usize) -> bool {
    let is_name = sentence.is_capital(last) && sentence.folded(first) != "the";
    is_plural(sentence.folded(last)) && !is_name
}
