//! Swaps the subject and the object of a verb.

use pincite_core::text::english::calendar::is_month_or_weekday;
use pincite_core::text::english::function_words::opens_sentence;
use pincite_core::text::english::pronouns::is_subject;

use super::amounts::listed;
use super::verbs::{is_participle, is_past};
use crate::mutate::sentence::{Sentence, capitalized};

/// Verbs that say the same of both, whichever is the subject, and verbs of saying, which are
/// followed by what is said.
const SYMMETRICAL: &str = "met married divorced resembled equalled matched faced played joined \
    fought shared bordered adjoined drew tied traded talked said told claimed added wrote asked \
    argued believed noted explained insisted announced warned thought knew stressed";

/// Verbs whose object is most often a place, which cannot be their subject.
const PLACED: &str = "abandoned crossed entered left occupied reached settled toured visited";

/// Returns the sentence with the names before and after a verb in the past swapped, *the* with
/// them: *Orla beat Veskin* becomes *Veskin beat Orla*. The first name begins the sentence or
/// follows a comma, so that it is the subject; none is part of an enumeration or of a longer
/// phrase, and the verb is not symmetrical.
pub(super) fn swapped(sentence: &Sentence) -> Vec<String> {
    let mut claims = Vec::new();
    for verb in sentence.places(|at| !sentence.is_capital(at)) {
        claims.extend(swapped_about(sentence, verb));
    }
    claims
}

fn swapped_about(sentence: &Sentence, verb: usize) -> Option<String> {
    let word = sentence.folded(verb);
    let before = sentence.folded_before(verb, 1);
    let is_perfect = listed("has had", before) && is_participle(word);
    let is_passive = before == "was" && is_participle(word);
    if !(is_past(word) || is_perfect || is_passive)
        || listed(SYMMETRICAL, word)
        || listed(PLACED, word)
    {
        return None;
    }
    let end = if is_perfect || is_passive { verb.checked_sub(2)? } else { verb.checked_sub(1)? };
    let mut start = verb + 1;
    let next = sentence.folded(start);
    if is_passive && next != "by" || !sentence.is_followed(verb) {
        return None;
    }
    if is_passive {
        start += 1;
    }
    let first = name_ending(sentence, end)?;
    let second = name_beginning(sentence, start)?;
    let names = [(first, end), (start, second)];
    let spans = names.map(|(first, last)| sentence.span(first, last));
    let texts = spans.map(|span| span.of(&sentence.text));
    let words = (end..start).all(|at| sentence.is_followed(at));
    let [a, b] = spans;
    if texts[0].trim_start_matches("The ") == texts[1].trim_start_matches("the ")
        || !words
        || !sentence.is_open(a)
        || !sentence.is_open(b)
    {
        return None;
    }
    let first_name = match texts[0].strip_prefix("The ") {
        Some(rest) => format!("the {rest}"),
        None => texts[0].to_owned(),
    };
    let second_name = if first == 0 { capitalized(texts[1]) } else { texts[1].to_owned() };
    let text = &sentence.text;
    Some(format!(
        "{}{second_name}{}{first_name}{}",
        &text[..a.start],
        &text[a.end..b.start],
        &text[b.end..]
    ))
}

/// Returns whether the word at `at` is one of a name: it has a capital and is no possessive.
fn is_name(sentence: &Sentence, at: usize) -> bool {
    let word = sentence.word(at);
    sentence.is_capital(at)
        && !word.ends_with("'s")
        && !word.ends_with("’s")
        && !is_month_or_weekday(word)
        && !(at == 0 && (opens_sentence(word) || is_subject(sentence.folded(at))))
}

/// Returns the place of the first word, *the* included, of the name that ends at `end`, where it
/// can be a subject.
fn name_ending(sentence: &Sentence, end: usize) -> Option<usize> {
    let mut first = end;
    if !is_name(sentence, end) {
        return None;
    }
    while first > 0 && sentence.is_followed(first - 1) && is_name(sentence, first - 1) {
        first -= 1;
    }
    if first > 0 && sentence.folded(first - 1) == "the" {
        first -= 1;
    }
    let is_subject = match first.checked_sub(1) {
        None => true,
        // Behind a comma a name may end an enumeration or an apposition: only an introduction of a
        // few words is certain.
        Some(before) => {
            sentence.gap(before) == ", "
                && (0..before).all(|at| sentence.gap(at) == " ")
                && listed("in on at after before during by despite since until", sentence.folded(0))
                || listed("that because after when while although", sentence.folded(before))
                    && sentence.gap(before) == " "
        }
    };
    is_subject.then_some(first)
}

/// Returns the place of the last word of the name that begins at `start`, *the* before it or not,
/// where it can be a whole object.
fn name_beginning(sentence: &Sentence, start: usize) -> Option<usize> {
    let first = if sentence.folded(start) == "the" { start + 1 } else { start };
    let mut last = first;
    if !is_name(sentence, first) {
        return None;
    }
    while sentence.is_followed(last) && is_name(sentence, last + 1) {
        last += 1;
    }
    let next = sentence.folded(last + 1);
    let is_end = last + 1 == sentence.tokens.len()
        || sentence.gap(last).starts_with(['.', ';', ','])
            && !listed("and or", next)
            && !sentence.is_capital(last + 1);
    let goes_on = sentence.is_followed(last)
        && listed(
            "in on at for by after before during over as to from when because while until since despite through",
            next,
        );
    (is_end || goes_on).then_some(last)
}
