//! Who did what to whom: agents, subjects and objects, as far as the order of words tells.

use std::cmp::Ordering;

use super::Slot;
use super::align::{Alignment, Link};
use super::lexicon::{Relation, lexicon};
use super::manner::is_enumerated;
use super::slots::Sheet;
use super::statement::{Statement, Token};
use crate::text::english::pronouns::{is_near, is_object, is_relative, is_subject};

/// Whether a word is part of a name of several words, in which it means no more than the name: *West Virginia*.
pub(super) fn is_in_long_name(statement: &Statement, at: usize) -> bool {
    let is_name = |at: usize| statement.tokens.get(at).is_some_and(|token| token.is_name);
    let is_country = |at: usize| lexicon().is_country(&statement.tokens[at].lemma);
    // “The Eighth Italian War” says nothing of Italy.
    let is_next = is_name(at + 1) && !is_country(at + 1);
    is_name(at)
        && (is_next
            || !is_country(at) && (is_name(at + 1) || at.checked_sub(1).is_some_and(is_name)))
}

/// Whether a name belongs to the one before it: *France* to *Henry of France*.
pub(super) fn belongs_to_name(statement: &Statement, at: usize) -> bool {
    at >= 2 && &*statement.tokens[at - 1].word == "of" && statement.tokens[at - 2].is_name
}

/// Who does it: *directed by A and B*, *A directed*. Another agent than the claim's is another statement, even where the
/// source names the claim's in another part.
pub(super) fn agents(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let names = claim.names();
    for (verb, _, link) in &alignment.words {
        let Some(at) = link.and_then(|link| link.own) else { continue };
        let after = behind_by(own, at);
        if claim.tokens[*verb].is_name || after.is_empty() {
            continue;
        }
        let behind = behind_by(claim, *verb);
        let agent: Vec<usize> = if behind.is_empty() {
            let subject = names.iter().rev().find(|(_, last)| *last < *verb && *verb - last <= 2);
            subject
                .filter(|_| !is_passive(claim, *verb))
                .map_or(Vec::new(), |(first, last)| (*first..=*last).collect())
        } else {
            behind
        };
        if agent.is_empty() {
            continue;
        }
        let is_same = agent.iter().any(|&i| {
            after.iter().any(|&at| {
                claim.tokens[i].lemma == own.tokens[at].lemma
                    || alignment.link(i).is_some_and(|link| link.own == Some(at))
            })
        });
        if is_same {
            sheet.set("agent_same", scale);
        } else if !claim.tokens[*verb].is_negated && !own.tokens[at].is_negated {
            sheet.set("agent_other", scale);
            let (first, last) = (agent[0], agent[agent.len() - 1]);
            sheet.differ(
                Slot::Name,
                claim,
                (first, last),
                own.words(after[0], after[after.len() - 1]),
            );
        }
        return;
    }
}

/// The names that follow a word and *by*: all of an enumeration.
fn behind_by(statement: &Statement, verb: usize) -> Vec<usize> {
    let tokens = &statement.tokens;
    // *By* in “a film directed by” belongs to *directed*: nothing but an adverb stands between.
    let is_between = |at: &usize| !tokens[*at].is_content || tokens[*at].word.ends_with("ly");
    let behind = (verb + 1..(verb + 4).min(tokens.len()))
        .find(|at| &*tokens[*at].word == "by" || !is_between(at));
    let Some(by) = behind.filter(|&at| &*tokens[at].word == "by") else {
        return Vec::new();
    };
    let mut names = Vec::new();
    for (at, token) in tokens.iter().enumerate().skip(by + 1) {
        match () {
            () if token.is_name => names.push(at),
            () if matches!(&*token.word, "and" | "the" | "a" | "an" | "of")
                || (names.is_empty() && at <= by + 4) => {}
            () => break,
        }
    }
    names
}

/// A name of the claim that the source does not have, in whose place, behind the same word, it has another.
pub(super) fn names(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    const REACH: usize = 5;
    let (claim, own) = (alignment.claim, alignment.view.own);
    let source_names = own.names();
    let mut other: f64 = 0.0;
    for (first, last) in claim.names() {
        let is_missing = (first..=last).all(|i| alignment.link(i).is_none());
        // The word that governs it: the content word before it, or else behind it.
        let before = alignment.words.iter().rev().find(|(i, ..)| *i < first && first - i <= 4);
        let after = alignment.words.iter().find(|(i, ..)| *i > last && i - last <= 3);
        let own_place = |word: Option<&(usize, f64, Option<Link>)>| {
            word.and_then(|(.., link)| link.as_ref()?.own)
        };
        if !is_missing {
            continue;
        }
        let is_other = |name: &&(usize, usize)| {
            (name.0..=name.1).all(|at| {
                let answers = |link: &Option<Link>| link.is_some_and(|link| link.own == Some(at));
                !alignment.words.iter().any(|(.., link)| answers(link))
                    && !claim.tokens.iter().any(|token| token.lemma == own.tokens[at].lemma)
            })
        };
        let rival = match own_place(before) {
            Some(at) => source_names
                .iter()
                .filter(is_other)
                .find(|name| name.0 > at && name.0 - at <= REACH),
            None => own_place(after).and_then(|at| {
                source_names
                    .iter()
                    .filter(is_other)
                    .rev()
                    .find(|name| name.1 < at && at - name.1 <= REACH)
            }),
        };
        if let Some(&(from, to)) = rival {
            if claim.tokens[last].is_negated != own.tokens[to].is_negated {
                sheet.set("denied_other", scale);
                continue;
            }
            if alignment.view.refers_back() || is_enumerated(claim, last) && is_enumerated(own, to)
            {
                // Of an enumeration others may be left out, and the source may speak of it as *it* or *the film*.
                sheet.set("name_maybe", scale);
                continue;
            }
            let place = |statement: &Statement, at: usize| {
                lexicon().is_country(&statement.tokens[at].lemma)
            };
            if place(claim, last) != place(own, to) {
                // A person does not stand in the place of a country.
                other = other.max(0.6);
                continue;
            }
            other = 1.0;
            sheet.differ(Slot::Name, claim, (first, last), own.words(from, to));
        }
    }
    sheet.set("name_other", scale * other);
}

/// Whether the two have done it to each other: subject and object exchanged around the verb.
pub(super) fn order(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let placed = |is_name: bool| {
        alignment.words.iter().filter_map(move |(i, _, link)| {
            let at = link.filter(|link| link.credit >= 0.7).and_then(|link| link.own)?;
            (alignment.claim.tokens[*i].is_name == is_name).then_some((*i, at))
        })
    };
    for (verb, verb_at) in placed(false) {
        let subject = placed(true).rfind(|(i, _)| *i < verb);
        let object = placed(true).find(|(i, _)| *i > verb);
        let (Some((s, s_at)), Some((o, o_at))) = (subject, object) else { continue };
        let is_swapped = o_at < verb_at && verb_at < s_at && s_at - o_at <= 14;
        if is_swapped && is_passive(claim, verb) == is_passive(own, verb_at) {
            sheet.set("order", scale);
            sheet.say(Slot::Order, false, claim.words(s, o), own.words(o_at, s_at));
            return;
        }
    }
}

/// The share of the claim's names that stand on another side of what is said of them than in the claim, where no pronoun
/// stands for them: of *Pakistan recognized the Taliban*, both in *the Taliban refuse to recognize it*.
pub(super) fn misplaced(alignment: &Alignment<'_>) -> f64 {
    let (claim, own) = (alignment.claim, alignment.view.own);
    if (1..claim.tokens.len()).any(|noun| is_of_another_country(alignment, noun)) {
        return 1.0;
    }
    let strong =
        |link: &Option<Link>| link.filter(|link| link.credit >= 0.7).and_then(|link| link.own);
    let names: Vec<(usize, usize)> =
        whole_names(claim).into_iter().filter(|name| !only_says_which(claim, *name)).collect();
    let Some(&first) = names.first() else { return 0.0 };
    let says = |token: &Token| !token.is_name && !token.word.ends_with("ly");
    let verb = alignment
        .words
        .iter()
        .filter(|(place, ..)| says(&claim.tokens[*place]) && *place > first.1);
    let Some((verb, verb_at)) =
        verb.filter_map(|(place, _, link)| Some((*place, strong(link)?))).next()
    else {
        return 0.0;
    };
    let turned = behind_by(claim, verb).is_empty() != behind_by(own, verb_at).is_empty();
    let (mut wrong, mut all, mut least) = (0.0, 0.0, 0.0);
    for name in names {
        // The word of the name that the source has, if it has any.
        let words =
            || alignment.words.iter().filter(|(place, ..)| (name.0..=name.1).contains(place));
        let best = words().filter_map(|(_, weight, link)| link.map(|link| (*weight, link)));
        let best = best.max_by(|(_, a), (_, b)| {
            (a.own.is_some(), a.credit)
                .partial_cmp(&(b.own.is_some(), b.credit))
                .unwrap_or(Ordering::Equal)
        });
        // Another name in the place of one that the source does not have is a difference, but for the subject's: then
        // the two do not speak of the same.
        if best.is_none() && name != first {
            continue;
        }
        let weight = best.map_or_else(
            || words().map(|(_, weight, _)| *weight).fold(0.0, f64::max),
            |(weight, _)| weight,
        );
        all += weight;
        let link = best.map(|(_, link)| link);
        let is_before = (name.0 < verb) ^ turned;
        let stands = words()
            .filter_map(|(.., link)| link.and_then(|link| link.own))
            .any(|at| (at < verb_at) == is_before && !is_turned(own, verb_at, at));
        let at = link.and_then(|link| link.own);
        let is_elsewhere = at.is_some() || name != first || is_taken(own, verb_at, is_before);
        let is_subject = !is_before && at.is_some() && at == subject_of(own, verb_at);
        // A pronoun stands for what was named just before.
        let is_near = link.is_some_and(|link| link.is_meant());
        let may_be_meant =
            || is_near && has_pronoun(own, verb_at, is_before) && is_topic(alignment, name);
        if !stands && is_elsewhere && (is_subject || !may_be_meant()) {
            wrong += weight;
            // Another subject makes another statement, however common its name.
            least = if name == first { 0.5 } else { least };
        }
    }
    if all > 0.0 { f64::max(wrong / all, least) } else { 0.0 }
}

/// Whether a noun is of one country in the claim and of another in the source: *Norwegian ships*, *Swedish vessels*.
fn is_of_another_country(alignment: &Alignment<'_>, noun: usize) -> bool {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let country = |statement: &Statement, noun: usize| {
        let before = statement.tokens.get(noun.checked_sub(1)?)?;
        let is_noun = !statement.tokens[noun].is_name && statement.tokens[noun].is_content;
        (is_noun && lexicon().is_demonym(&before.lemma)).then(|| before.lemma.clone())
    };
    let found = alignment.link(noun).and_then(|link| link.own);
    let countries = country(claim, noun).zip(found.and_then(|at| country(own, at)));
    // Where the source has the claim's country nowhere, it is a difference, not another place.
    let is_elsewhere = noun.checked_sub(1).is_some_and(|before| alignment.link(before).is_some());
    is_elsewhere
        && countries.is_some_and(|(a, b)| lexicon().relation(&a, &b) == Some(Relation::Exclusive))
}

/// The names of a statement, what is joined by *of* in one: *the Kingdom of Norway*.
fn whole_names(statement: &Statement) -> Vec<(usize, usize)> {
    let mut names: Vec<(usize, usize)> = Vec::new();
    for (first, last) in statement.names() {
        match names.last_mut() {
            Some(before) if before.1 + 2 == first && &*statement.tokens[first - 1].word == "of" => {
                before.1 = last
            }
            _ => names.push((first, last)),
        }
    }
    names
}

/// Whether a name only says which or whose: “Afghan projects”, “Pakistan's army”.
pub(super) fn only_says_which(statement: &Statement, (_, last): (usize, usize)) -> bool {
    let (name, next) = (&statement.tokens[last], statement.tokens.get(last + 1));
    let is_noun = |next: &Token| {
        next.is_content
            && !next.is_name
            && statement.text.get(name.span.end..next.span.start) == Some(" ")
            && !next.word.ends_with("ed")
    };
    is_owner(statement, name) || lexicon().is_demonym(&name.lemma) && next.is_some_and(is_noun)
}

/// Whether a name is what this sentence or one of the two before it speaks of: its first name. In “The line between
/// Norway and Sweden is old. They refuse to recognise it” *it* is the line.
fn is_topic(alignment: &Alignment<'_>, (first, last): (usize, usize)) -> bool {
    let words = || alignment.claim.tokens[first..=last].iter();
    alignment.view.topics().any(|topic| {
        words().any(|word| {
            topic.iter().any(|other| {
                word.lemma == other.lemma
                    || matches!(
                        lexicon().relation(&word.lemma, &other.lemma),
                        Some(Relation::Same | Relation::Country)
                    )
            })
        })
    })
}

/// Whether *while*, *but* or the like stands between two words.
pub(super) fn is_turned(statement: &Statement, a: usize, b: usize) -> bool {
    statement.tokens[a.min(b)..a.max(b)].iter().any(|token| lexicon().is_turn(&token.lemma))
}

/// The name that is most likely the subject of a verb: the nearest before it that is no possessive.
fn subject_of(statement: &Statement, verb: usize) -> Option<usize> {
    (verb.saturating_sub(10)..verb).rev().find(|&at| {
        let token = &statement.tokens[at];
        token.is_name && token.is_content && !is_owner(statement, token)
    })
}

/// Whether a name is a possessive: *Pakistan's*.
fn is_owner(statement: &Statement, token: &Token) -> bool {
    let written = token.span.of(&statement.text);
    written.ends_with(['s', 'S']) && written.contains(['\'', '’'])
}

/// Whether a name stands near a verb, before or behind it.
fn is_taken(statement: &Statement, verb: usize, is_before: bool) -> bool {
    let tokens = &statement.tokens;
    let range = if is_before {
        verb.saturating_sub(10)..verb
    } else {
        verb + 1..(verb + 6).min(tokens.len())
    };
    range.into_iter().any(|at| tokens[at].is_name)
}

/// Whether a pronoun, or *the group* and the like, stands near a verb, before or behind it, as its subject or object.
fn has_pronoun(statement: &Statement, verb: usize, is_before: bool) -> bool {
    let range = if is_before {
        verb.saturating_sub(10)..verb
    } else {
        verb + 1..(verb + 6).min(statement.tokens.len())
    };
    range.into_iter().any(|at| {
        may_stand_for_name(&statement.tokens[at].word, is_before) || statement.is_generic(at)
    })
}

/// Whether a word is a pronoun of a subject, which stands before its verb, or of an object, behind it.
fn may_stand_for_name(word: &str, is_before: bool) -> bool {
    let is_in_place =
        if is_before { is_subject(word) || is_relative(word) } else { is_object(word) };
    is_in_place || is_near(word)
}

/// Whether *by* follows a verb, or a form of *be* stands before it.
fn is_passive(statement: &Statement, verb: usize) -> bool {
    let tokens = &statement.tokens;
    tokens[verb + 1..].iter().take(3).any(|token| &*token.word == "by")
        || tokens[verb.saturating_sub(3)..verb]
            .iter()
            .any(|token| matches!(&*token.word, "was" | "were" | "is" | "are" | "been" | "being"))
}
