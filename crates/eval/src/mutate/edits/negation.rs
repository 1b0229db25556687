//! Inserts and removes *not*.

use pincite_core::text::english::negation::{is_absence, is_negation};

use super::amounts::listed;
use super::verbs::{is_be, is_participle};
use crate::mutate::sentence::Sentence;

/// Words after an auxiliary before which *not* would be ungrammatical, or would deny less than the
/// statement.
const NOT_BEFORE: &str = "a all also already always and any as at because both but by each either \
    even every everyone everything expected first for from hardly if in just largely least mainly \
    many merely more most mostly nearly neither never no nobody none not nothing now of often on \
    once one only or other rather scarcely several simply so some sometimes still than that then \
    therefore thus to too usually when where which while who why with yet";

/// Words before an auxiliary after which it is a noun, or a part of a phrase.
const NOT_BEHIND: &str = "a as than the what whatever which his her its their my our your how";

/// Words anywhere in a sentence that make it say the same with *not*, or something else than its
/// contrary.
const UNDECIDED: &str = "whether unless until nor neither hardly scarcely barely few little any \
    anything anyone ever either nobody none nothing nowhere without if or";

/// Returns the sentence with *not* after one of its auxiliaries. It has no other negation, no
/// *whether*, *if* or *or*, does not speak of some things among others, and what follows is a verb,
/// an article or an adjective to be denied.
pub(super) fn put_in(sentence: &Sentence) -> Vec<String> {
    if is_undecided(sentence) || sentence.tokens.iter().any(|it| denies(&it.folded)) {
        return Vec::new();
    }
    let is_place = |at: usize| {
        let (word, next) = (sentence.folded(at), sentence.folded(at + 1));
        let before = sentence.folded_before(at, 1);
        // Behind an adverb the verb follows: “has recently opened”.
        let verb = if next.ends_with("ly") { sentence.folded(at + 2) } else { next };
        let denied = match word {
            "is" | "are" | "was" | "were" => is_article(next) || !listed(NOT_BEFORE, next),
            "has" | "have" | "had" => is_participle(verb) && !listed(NOT_BEFORE, next),
            "will" | "can" | "could" | "would" | "should" => {
                !listed(NOT_BEFORE, next) && !sentence.is_capital(at + 1)
            }
            _ => false,
        };
        denied
            && at > 0
            && sentence.is_followed(at)
            && !sentence.is_capital(at)
            && !listed(NOT_BEHIND, before)
            && !counts_some(sentence, at)
            && next.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    let claim = |at: usize| {
        let end = sentence.tokens[at].span.end;
        format!("{} not{}", &sentence.text[..end], &sentence.text[end..])
    };
    sentence.places(is_place).into_iter().map(claim).collect()
}

/// Returns whether the subject before the word at `at` is some things among others:
/// *some were found* and *some were not found*.
fn counts_some(sentence: &Sentence, at: usize) -> bool {
    const SOME: &str = "some many most several few others often sometimes part parts half";
    let is_some = (0..at).any(|at| listed(SOME, sentence.folded(at)));
    let near = at.saturating_sub(4)..at;
    is_some || sentence.quantities.iter().any(|it| near.contains(&sentence.within(it.span).start))
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "the")
}

fn denies(word: &str) -> bool {
    is_negation(word) || is_absence(word) || word == "no" || word == "cannot"
}

fn is_undecided(sentence: &Sentence) -> bool {
    sentence.tokens.iter().any(|it| listed(UNDECIDED, &it.folded))
}

/// Words after *not* that form a phrase with it or weaken it.
const NO_DENIAL: &str = "a all always any as because but completely enough entirely even every \
    everyone exactly far fully just least less many merely more much necessarily now possibly once one only \
    simply so solely surprisingly that to until very without yet";

/// Returns the sentence without its one negation: *is not* becomes *is*, *cannot* becomes *can*,
/// *wasn’t* becomes *was*. Not where *not only*, *not yet* and the like follow, *but* corrects it,
/// or a word such as *any* depends on it; *did not* is left alone, for its verb would have to
/// change.
pub(super) fn taken_out(sentence: &Sentence) -> Vec<String> {
    let negations = sentence.tokens.iter().filter(|it| denies(&it.folded)).count();
    if negations != 1 || is_undecided(sentence) || sentence.has(&["but", "rather", "instead"]) {
        return Vec::new();
    }
    let mut claims = Vec::new();
    for at in sentence.places(|at| denies(sentence.folded(at))) {
        let next = sentence.folded(at + 1);
        if listed(NO_DENIAL, next) || !sentence.is_followed(at) || sentence.is_capital(at) {
            continue;
        }
        let word = sentence.folded(at);
        if word == "not" {
            let before = sentence.folded_before(at, 1);
            let is_denied = is_be(before)
                || listed("will can could would should must", before)
                || listed("has have had", before) && is_participle(next);
            if is_denied && at > 0 && sentence.is_followed(at - 1) {
                let end = sentence.tokens[at - 1].span.end;
                let rest = &sentence.text[sentence.tokens[at].span.end..];
                claims.push(format!("{}{rest}", &sentence.text[..end]));
            }
        } else if let Some(plain) = uncontracted(word) {
            claims.push(sentence.with_word(at, plain));
        }
    }
    claims
}

fn uncontracted(word: &str) -> Option<&str> {
    match word {
        "can't" | "cannot" => Some("can"),
        "won't" => Some("will"),
        "isn't" | "aren't" | "wasn't" | "weren't" | "couldn't" | "wouldn't" | "shouldn't" => {
            word.strip_suffix("n't")
        }
        _ => None,
    }
}
