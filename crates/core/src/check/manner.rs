//! How something is said: of one alone, as possible, on whose word.

use std::ops::Range;

use super::Slot;
use super::align::Alignment;
use super::event::predicate;
use super::lexicon::lexicon;
use super::roles::is_turned;
use super::slots::{Sheet, word};
use super::statement::{Statement, Token};

/// *Only*, where the source has others.
pub(super) fn only(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let find = |statement: &Statement| {
        statement.tokens.iter().position(|token| lexicon().is_only(&token.word))
    };
    let (Some(at), None) = (find(claim), find(own)) else { return };
    sheet.set("exclusive", scale);
    // Only what stands in an enumeration is shown to be not the only one.
    let mut behind = alignment.words.iter().filter(|(place, ..)| *place > at);
    let found =
        behind.find_map(|(.., link)| link.as_ref()?.own.filter(|&found| is_enumerated(own, found)));
    if let Some(found) = found {
        let around = own.words(found.saturating_sub(2), (found + 2).min(own.tokens.len() - 1));
        sheet.differ(Slot::Exclusive, claim, (at, at), around);
    }
}

/// Whether a word is one of several, joined by *and*.
pub(super) fn is_enumerated(statement: &Statement, at: usize) -> bool {
    let is_and = |at: usize| {
        statement.tokens.get(at).is_some_and(|token| matches!(&*token.word, "and" | "also"))
    };
    is_and(at + 1) || at.checked_sub(1).is_some_and(is_and)
}

/// What the source says may be, will be or is wanted, and the claim that it is.
pub(super) fn modal(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    /// So many words behind it a *may* or *plans to* still counts.
    const REACH: usize = 16;
    let (claim, own) = (alignment.claim, alignment.view.own);
    let may = |statement: &Statement, token: &Token| {
        // Not in “May 1997”, nor is *like* what *likely* is, though they have one stem.
        let is_modal = lexicon().is_modal(&token.lemma) && &*token.word != "like";
        is_modal && token.span.of(&statement.text).starts_with(char::is_lowercase)
    };
    let said = alignment.words.iter().filter(|(place, ..)| !claim.tokens[*place].is_name);
    let said: Vec<usize> = said.filter_map(|(.., link)| link.and_then(|link| link.own)).collect();
    let is_open = (0..own.tokens.len()).filter(|&at| may(own, &own.tokens[at])).any(|at| {
        said.iter().any(|&said| at < said && said - at <= REACH && !is_turned(own, at, said))
    });
    let is_meant = claim.tokens.iter().any(|token| may(claim, token));
    // “Space for Norway to grow” does not say that it grew.
    let verb = predicate(claim);
    let is_aim = verb.and_then(|verb| alignment.link(verb)?.own).is_some_and(|at| is_aim(own, at));
    let is_meant = is_meant || verb.is_some_and(|verb| is_aim_form(claim, verb));
    sheet.set("modal", if (is_open || is_aim) && !is_meant { scale } else { 0.0 });
}

/// Whether a verb stands behind *to*.
fn is_aim_form(statement: &Statement, verb: usize) -> bool {
    verb.checked_sub(1).is_some_and(|before| &*statement.tokens[before].word == "to")
}

/// Whether a verb stands behind *to* for what is aimed at, not for what *began to* or was *able to* happen, or
/// is denied: *refuses to*.
fn is_aim(statement: &Statement, verb: usize) -> bool {
    is_aim_form(statement, verb)
        && !statement.tokens[verb].is_negated
        && verb
            .checked_sub(2)
            .is_none_or(|governor| !lexicon().is_happening(&statement.tokens[governor].lemma))
}

/// Whether the sentence holds of several or of one of several what the claim holds of one: *one of the largest*.
pub(super) fn hedged(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    for (place, _, link) in &alignment.words {
        let Some(at) = link.and_then(|link| link.own) else { continue };
        let is_most = |statement: &Statement, at: usize| {
            let word = &*statement.tokens[at].word;
            let is_form = word.len() > 4 && word.ends_with("est");
            is_form
                || at.checked_sub(1).is_some_and(|before| &*statement.tokens[before].word == "most")
        };
        let is_extreme = is_most(claim, *place)
            || matches!(
                &*claim.tokens[*place].lemma,
                "main" | "chief" | "primari" | "first" | "last"
            );
        if is_extreme && one_of(own, at).is_some() && one_of(claim, *place).is_none() {
            sheet.set("hedged", scale);
        }
    }
    // “Not all towers fell” does not say that towers fell.
    let is_partial = |statement: &Statement| {
        let mut pairs = statement.tokens.windows(2);
        pairs.any(|pair| &*pair[0].word == "not" && matches!(&*pair[1].word, "all" | "every"))
    };
    if is_partial(own) && !is_partial(claim) {
        sheet.set("hedged", scale);
    }
    let only = claim.tokens.iter().position(|token| lexicon().is_only(&token.word));
    let Some(only) = only.filter(|&only| one_of(claim, only).is_none()) else { return };
    let behind = alignment.words.iter().filter(|(place, ..)| *place != only);
    let Some(at) = behind.filter_map(|(.., link)| one_of(own, link.as_ref()?.own?)).min() else {
        return;
    };
    sheet.set("exclusive", scale);
    sheet.differ(
        Slot::Exclusive,
        claim,
        (only, only),
        own.words(at, (at + 3).min(own.tokens.len() - 1)),
    );
}

/// Where *one of*, *some of* or *among* stands shortly before a word.
fn one_of(statement: &Statement, at: usize) -> Option<usize> {
    let tokens = &statement.tokens;
    (at.saturating_sub(5)..at).find(|&i| match &*tokens[i].word {
        "one" | "some" | "many" | "several" => {
            tokens.get(i + 1).is_some_and(|next| &*next.word == "of")
        }
        "among" | "amongst" => true,
        _ => false,
    })
}

/// Who says so, where the source or the claim only reports that somebody does.
pub(super) fn attribution(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let names = |statement: &Statement, who: &[usize]| match who {
        [first, .., last] => statement.words(*first, *last),
        _ => who.first().map_or("", |&at| word(statement, at)).to_owned(),
    };
    match (speech(claim), speech(own)) {
        (None, Some(found)) => {
            let said = alignment.words.iter().filter(|(place, ..)| !claim.tokens[*place].is_name);
            if said.filter_map(|(.., link)| link.as_ref()?.own).any(|at| found.said.contains(&at)) {
                sheet.set("attributed", scale);
                sheet.say(Slot::Speaker, true, "", names(own, &found.who));
            }
        }
        (Some(meant), Some(found)) => {
            let own_place = |&i: &usize| alignment.link(i).and_then(|link| link.own);
            let is_same = meant.who.iter().filter_map(own_place).any(|at| found.who.contains(&at));
            sheet.set("other_speaker", if is_same { 0.0 } else { scale });
            sheet.say(Slot::Speaker, is_same, names(claim, &meant.who), names(own, &found.who));
        }
        _ => {}
    }
}

/// Words by which somebody says something.
struct Speech {
    /// The words for who.
    who: Vec<usize>,
    /// Where what is said stands.
    said: Range<usize>,
}

/// The first speech that a statement reports: *X says that …*, *according to X, …*.
fn speech(statement: &Statement) -> Option<Speech> {
    /// So many words a speaker takes.
    const LONGEST: usize = 6;
    let tokens = &statement.tokens;
    let speakers = |range: Range<usize>| -> Vec<usize> {
        range.filter(|&i| tokens[i].is_content && !tokens[i].word.ends_with("ly")).collect()
    };
    tokens.iter().enumerate().filter(|(_, token)| lexicon().is_attribution(&token.lemma)).find_map(
        |(at, token)| {
            let speech = if &*token.word == "according" {
                let end = (at + 1..tokens.len())
                    .find(|&i| tokens[i].clause != token.clause)
                    .unwrap_or(tokens.len());
                // What is said stands behind the speaker where it opens the sentence, before it otherwise.
                let said = if at == 0 { end..tokens.len() } else { 0..at };
                Speech { who: speakers(at + 1..end.min(at + 2 + LONGEST)), said }
            } else {
                let from =
                    (at.saturating_sub(LONGEST)..at).find(|&i| tokens[i].clause == token.clause);
                let who = match from {
                    Some(from) => speakers(from..at),
                    None if token.word.ends_with("ing") => subject_before(statement, at),
                    None => Vec::new(),
                };
                Speech { who, said: at + 1..tokens.len() }
            };
            // “These claims” are said by nobody.
            let is_noun =
                at.checked_sub(1).is_some_and(|before| is_determiner(&tokens[before].word));
            (!is_noun && !speech.who.is_empty() && !speech.said.is_empty()).then_some(speech)
        },
    )
}

/// The words for who does what a participle behind a comma says: the first name of the clause before, or else its first word
/// of content. *Oslo denies it, insisting that …*
fn subject_before(statement: &Statement, at: usize) -> Vec<usize> {
    let tokens = &statement.tokens;
    let Some(clause) = at.checked_sub(1).map(|before| tokens[before].clause) else {
        return Vec::new();
    };
    let is_in_clause = |i: &usize| tokens[*i].clause == clause && *i < at;
    match statement.names().into_iter().find(|(first, _)| is_in_clause(first)) {
        Some((first, last)) => (first..=last).collect(),
        None => (0..at).filter(is_in_clause).find(|&i| tokens[i].is_content).into_iter().collect(),
    }
}

/// Whether a noun follows a word.
fn is_determiner(word: &str) -> bool {
    matches!(
        word,
        "the"
            | "a"
            | "an"
            | "this"
            | "these"
            | "those"
            | "its"
            | "their"
            | "of"
            | "such"
            | "no"
            | "any"
    )
}
