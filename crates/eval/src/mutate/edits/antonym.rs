//! Antonyms, from the lexicon of the engine.

use std::collections::HashMap;
use std::sync::LazyLock;

use pincite_core::text::english::lexicon::lexicon;
use pincite_core::text::english::pronouns::{is_article, is_possessive};
use pincite_core::text::is_function_word;

use super::amounts::listed;
use super::verbs::{VerbForm, form, is_be};
use crate::mutate::sentence::Sentence;

/// The verbs of the lexicon that can replace each other: both take an object, or neither.
const VERBS: &str = "increase decrease accept reject refuse support oppose win lose open close \
    begin end allow prohibit forbid buy sell arrive depart strengthen weaken expand shrink improve \
    worsen deteriorate approve disapprove confirm deny include exclude convict acquit hire dismiss \
    fire join quit create destroy build demolish construct praise criticize condemn welcome borrow \
    lend accelerate slow melt freeze appoint attack defend gain";

/// The adjectives of the lexicon that can replace each other.
const ADJECTIVES: &str = "innocent guilty legal illegal true false early late high low large small \
    long short old young oldest youngest largest smallest tallest shortest longest highest lowest \
    best worst hot cold strong weak positive negative rich poor safe dangerous public \
    private popular unpopular able unable capable incapable possible impossible likely unlikely \
    dependent independent friendly hostile peaceful violent active inactive domestic foreign urban \
    rural aware unaware complete incomplete correct incorrect formal informal official unofficial \
    direct indirect major minor upper lower commercial noncommercial relevant irrelevant significant \
    insignificant sufficient insufficient stable unstable employed unemployed beneficial harmful \
    good bad";

/// Words before an adjective that make a set phrase with it.
const SET_PHRASES: &str = "as at before for how in less more no of on so that too very";

/// Returns the sentence with a word replaced by an antonym of the same part of speech, its ending
/// kept: a verb in a form that only verbs have (*-ed*, *-ing* after a form of *be*, an irregular
/// past, the base after *to* or a modal) and not before a preposition or *to*, which the antonym
/// may not take; an adjective before a noun or after a form of *be*. Not in a name, and not where
/// the sentence has the antonym, too.
pub(super) fn replaced(sentence: &Sentence) -> Vec<String> {
    let mut claims = Vec::new();
    for at in sentence.places(|at| !sentence.is_capital(at)) {
        let news = verbs(sentence, at).into_iter().chain(adjectives(sentence, at));
        for new in news {
            if !sentence.has(&[&*new]) {
                claims.push(with_article(sentence, at, &new));
            }
        }
    }
    claims
}

/// Returns the antonyms of a base form that `list` has, too.
fn contraries(base: &str, list: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for line in &lexicon().antonyms {
        let mut words = line.split(' ');
        let Some(first) = words.next() else { continue };
        if first == base {
            found.extend(words);
        } else if words.any(|word| word == base) {
            found.push(first);
        }
    }
    found.retain(|word| listed(list, word));
    found
}

fn verbs(sentence: &Sentence, at: usize) -> Vec<String> {
    let word = sentence.folded(at);
    let (before, after) = (sentence.folded_before(at, 1), sentence.folded(at + 1));
    // An adverb may come between an auxiliary and its verb.
    let helper = if before.ends_with("ly") { sentence.folded_before(at, 2) } else { before };
    let is_perfect = listed("has have had", helper);
    // “An accepted fact”: a participle as an adjective has no such antonym.
    let is_attribute = is_article(before) || is_possessive(before);
    let takes = listed("to on in up down out off into against as of from with", after)
        && sentence.is_followed(at);
    if is_attribute || takes {
        return Vec::new();
    }
    let fits = |it: VerbForm| match it {
        VerbForm::Past => !is_perfect && !is_be(helper),
        VerbForm::Participle => is_perfect || is_be(helper),
        VerbForm::Gerund => is_be(helper) || listed("by for of after before without", helper),
        VerbForm::Base => listed("to will would could should must did not can may might", helper),
    };
    let mut news = Vec::new();
    for (base, it) in FORMS.get(word).into_iter().flatten().filter(|(_, it)| fits(*it)) {
        news.extend(contraries(base, VERBS).into_iter().map(|other| form(other, *it)));
    }
    news
}

/// The forms of the verbs, each with its verb.
static FORMS: LazyLock<HashMap<String, Vec<(&'static str, VerbForm)>>> = LazyLock::new(|| {
    let mut forms: HashMap<String, Vec<(&'static str, VerbForm)>> = HashMap::new();
    for base in VERBS.split_whitespace() {
        for it in [VerbForm::Base, VerbForm::Past, VerbForm::Participle, VerbForm::Gerund] {
            forms.entry(form(base, it)).or_default().push((base, it));
        }
    }
    forms
});

fn adjectives(sentence: &Sentence, at: usize) -> Vec<String> {
    let word = sentence.folded(at);
    let before = sentence.folded_before(at, 1);
    let after = sentence.folded(at + 1);
    let is_attribute = sentence.is_followed(at)
        && !is_function_word(after)
        && !sentence.is_capital(at + 1)
        && after.chars().all(char::is_alphabetic);
    let is_predicate = is_be(before) && !sentence.is_followed(at);
    if !listed(ADJECTIVES, word) || listed(SET_PHRASES, before) || !(is_attribute || is_predicate) {
        return Vec::new();
    }
    contraries(word, ADJECTIVES).into_iter().map(str::to_owned).collect()
}

/// Returns the sentence with `new` at `at`, and *a* before it made *an*, or the other way round.
fn with_article(sentence: &Sentence, at: usize, new: &str) -> String {
    let claim = sentence.with_word(at, new);
    let Some(before) = at.checked_sub(1).filter(|before| is_article(sentence.folded(*before)))
    else {
        return claim;
    };
    let article = sentence.tokens[before].span;
    let right = if new.starts_with(['a', 'e', 'i', 'o', 'u']) && !new.starts_with("uni") {
        "an"
    } else {
        "a"
    };
    if sentence.folded(before) == "the" {
        return claim;
    }
    let right = if sentence.is_capital(before) {
        crate::mutate::sentence::capitalized(right)
    } else {
        right.to_owned()
    };
    format!("{}{right}{}", &claim[..article.start], &claim[article.end..])
}
