//! [`Units`]: a statement cut into what has to be said for it to be said.

use super::statement::Statement;
use super::token::Place;
use super::vocabulary::vocabulary;
use crate::text::english::calendar::month;
use crate::text::english::manner::manner;
use crate::text::english::pronouns::is_article;
use crate::text::english::pronouns::{is_object, is_possessive, is_subject};
use crate::text::english::verbs::is_auxiliary;

/// A statement's units in order.
#[derive(Debug, Clone)]
pub(super) struct Units<'s> {
    pub(super) statement: &'s Statement,
    pub(super) all: Vec<Unit>,
}

/// A word of content, or the words of an amount or a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// The first of its tokens, and the last.
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) kind: Kind,
    /// The preposition that governs it, a folded word, where one is right before it or before its
    /// articles and adjectives.
    pub(super) preposition: Option<&'static str>,
    /// The preposition of the list that it is a further member of: *in Moss and Bergen*.
    pub(super) shared: Option<&'static str>,
    /// True if the preposition may belong to what is before it: *in May Ada* is not *in Ada*.
    pub(super) is_loose: bool,
    /// True if it is a verb, as far as its form and place tell.
    pub(super) is_verb: bool,
}

/// The kinds of units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// An amount, by its place among those of the statement.
    Amount(usize),
    /// A time, by its place among those of the statement.
    Time(usize),
    /// A pronoun, which may refer to what was named before. Only sources have units of this kind.
    Pronoun,
}

impl<'s> Units<'s> {
    pub(super) fn new(statement: &'s Statement) -> Units<'s> {
        let mut all: Vec<Unit> = Vec::new();
        let mut preposition = None;
        let mut is_loose = false;
        for (at, token) in statement.tokens.iter().enumerate().skip(statement.framing()) {
            let kind = kind(statement, at);
            let word = &*token.word;
            // “Carried out a test”.
            if token.place == Place::Inner {
                if let Some(last) = all.last_mut() {
                    last.last = at;
                }
                continue;
            }
            if statement.is_parted(at) {
                (preposition, is_loose) = (None, false);
            }
            if statement.is_hedge(at) {
                continue;
            }
            let Some(kind) = kind else {
                is_loose = false;
                // “In May the mill”: an article behind a noun begins another phrase.
                let is_behind_noun = all.last().is_some_and(|last| last.last + 1 == at);
                preposition = match manner().prepositions.get(word) {
                    Some(found) => Some(found),
                    None if is_article(word) && is_behind_noun => None,
                    None if is_article(word) || is_possessive(word) => preposition,
                    None => None,
                };
                continue;
            };
            if let Some(last) = all.last_mut().filter(|last| last.kind == kind && kind.is_fact()) {
                last.last = at;
                continue;
            }
            // “At Moss gets”, “in the Moss inquiry”: a word behind a name may belong to it or not.
            let is_behind_name = preposition.is_some()
                && kind == Kind::Word
                && !token.is_name
                && all
                    .last()
                    .is_some_and(|last| last.last + 1 == at && statement.is_own_name(last.last));
            if is_behind_name {
                (preposition, is_loose) = (None, true);
            }
            let is_verb = kind == Kind::Word && is_verb(statement, at);
            if is_verb {
                (preposition, is_loose) = (None, false);
            }
            let is_first_of_name = token.is_name
                && at.checked_sub(1).is_some_and(|before| {
                    !statement.tokens[before].is_name
                        && all.last().is_some_and(|last| last.last == before)
                });
            is_loose |= is_first_of_name && preposition.is_some();
            // “Near the village of Moss” is “near Moss”, “in a region of the Alps” “in the Alps”.
            if token.is_name && preposition == Some("of") {
                let place = all.pop_if(|last| {
                    let between = last.last + 1..at;
                    last.preposition.is_some()
                        && (between.len() == 1
                            || between.len() == 2 && is_article(&statement.tokens[at - 1].word))
                        && !statement.tokens[last.last].is_name
                        && manner().places.contains(&statement.tokens[last.last].word)
                });
                if let Some(place) = place {
                    (preposition, is_loose) = (place.preposition, place.is_loose);
                }
            }
            let shared = all
                .last()
                .filter(|_| preposition.is_none() && !is_verb && kind == Kind::Word)
                .filter(|last| {
                    let is_of_name = last.last + 1 == at
                        && token.is_name
                        && statement.tokens[last.last].is_name
                        && !statement.is_parted(at);
                    is_of_name || is_listed(statement, last, at)
                })
                .and_then(|last| last.preposition.or(last.shared));
            all.push(Unit { first: at, last: at, kind, preposition, shared, is_loose, is_verb });
            // “In May the mill” is not “in the mill”, “in 2010 films” may be “in films”.
            if matches!(kind, Kind::Time(_)) {
                is_loose |= preposition.is_some();
                preposition = None;
            }
        }
        Units { statement, all }
    }

    /// Returns the words of some units, as they stand.
    pub(super) fn words(&self, first: usize, last: usize) -> String {
        self.statement.words(self.all[first].first, self.all[last].last)
    }
}

impl Unit {
    /// Returns whether another unit is governed by a preposition that says the same.
    pub(super) fn is_governed_like(&self, other: &Unit) -> bool {
        let is = |a: Option<&str>, b: Option<&str>| family(a) == family(b);
        is(self.preposition, other.preposition)
            || self.shared.is_some() && is(self.shared, other.preposition)
            || other.shared.is_some() && is(self.preposition, other.shared)
    }
}

/// Prepositions that say the same of place and direction count as one.
fn family(preposition: Option<&str>) -> Option<&str> {
    match preposition {
        Some("on" | "at" | "in" | "during" | "within" | "inside") => Some("in"),
        Some("into" | "onto" | "toward" | "towards") => Some("to"),
        Some("among" | "amongst") => Some("among"),
        other => other,
    }
}

impl Kind {
    pub(super) fn is_fact(self) -> bool {
        matches!(self, Self::Amount(_) | Self::Time(_))
    }
}

/// Returns the kind of the unit that a token belongs to; `None` for a word that holds the sentence
/// together.
fn kind(statement: &Statement, at: usize) -> Option<Kind> {
    let token = &statement.tokens[at];
    if let Some(period) = statement.periods.iter().position(|it| it.span.overlaps(token.span)) {
        return Some(Kind::Time(period));
    }
    if let Some(amount) = statement.amounts.iter().position(|it| it.span.overlaps(token.span)) {
        return Some(Kind::Amount(amount));
    }
    let word = &*token.word;
    let is_quantifier = manner().universal.contains(word) || vocabulary().is_only(word);
    // “It did, however, open.”
    if manner().framing.contains(word) && statement.is_parted(at) && statement.is_parted(at + 1) {
        return None;
    }
    if is_subject(word) || is_object(word) || statement.is_generic(at) {
        return Some(Kind::Pronoun);
    }
    let is_preposition = manner().prepositions.contains(word) && !token.is_name;
    (token.is_content && !is_preposition || is_quantifier).then_some(Kind::Word)
}

/// Returns whether a word is a further member of the list that a unit is in: *Moss, Bergen*, *boats
/// and trains*.
fn is_listed(statement: &Statement, last: &Unit, at: usize) -> bool {
    let is_name = |at: usize| statement.tokens[at].is_name;
    let mut words = statement.tokens[last.last + 1..at].iter().map(|token| &*token.word);
    let is_joint = |word: &str| matches!(word, "and" | "or");
    last.kind == Kind::Word
        && is_name(last.last) == is_name(at)
        && words.clone().all(|word| is_joint(word) || is_article(word))
        && (words.any(is_joint)
            || statement.between(at).trim() == "," && (is_name(at) || is_in_list(statement, at)))
}

/// Returns whether further words behind a word, each behind a comma, lead to an *and* or *or*:
/// *boats, trains and mills*.
fn is_in_list(statement: &Statement, at: usize) -> bool {
    let mut rest = (at + 1..statement.tokens.len()).skip_while(|&next| {
        statement.between(next).trim() == "," && statement.tokens[next].is_content
    });
    rest.next().is_some_and(|next| matches!(&*statement.tokens[next].word, "and" | "or"))
}

/// Returns whether a word is a verb, as far as its form and the word before it tell.
fn is_verb(statement: &Statement, at: usize) -> bool {
    let token = &statement.tokens[at];
    if token.is_name || token.word.ends_with("ly") {
        return false;
    }
    if token.place == Place::Verb {
        return true;
    }
    let before = at.checked_sub(1).map_or("", |before| &*statement.tokens[before].word);
    // “Computer-animated”, “direct-to-consumer”, but “co-founded”.
    if statement.between(at) == "-" && (before.len() > 2 || before == "to") {
        return false;
    }
    if is_article(before) || is_possessive(before) {
        return false;
    }
    // “Via closed-circuit television”.
    let is_behind_preposition = at.checked_sub(1).is_some_and(|at| {
        manner().prepositions.contains(before) && !statement.tokens[at].is_name && before != "to"
    });
    if is_behind_preposition && token.word.ends_with("ed") {
        return false;
    }
    let is_past = token.word.len() > 3 && token.word.ends_with("ed");
    is_past || vocabulary().is_verb_form(&token.word) || is_auxiliary(before) || before == "to"
}

impl Units<'_> {
    /// Returns whether nothing but a space or a hyphen is between a unit and the next one.
    pub(super) fn is_joined(&self, at: usize) -> bool {
        let Some(next) = self.all.get(at + 1) else { return false };
        self.all[at].last + 1 == next.first && !self.statement.is_parted(next.first)
    }

    /// Returns whether a unit has the name of a month at its side: *14 May*.
    pub(super) fn is_day(&self, unit: &Unit) -> bool {
        let is_month = |at: usize| {
            self.statement.tokens.get(at).is_some_and(|token| month(&token.word).is_some())
        };
        is_month(unit.last + 1) || unit.first.checked_sub(1).is_some_and(is_month)
    }

    /// Returns whether a unit is a word of a name.
    pub(super) fn is_name(&self, at: usize) -> bool {
        let unit = &self.all[at];
        unit.kind == Kind::Word && self.statement.tokens[unit.first].is_name
    }

    /// Returns the runs of units that are the words of one name, and each amount, by first and last
    /// place.
    pub(super) fn runs(&self) -> Vec<(usize, usize)> {
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for (at, unit) in self.all.iter().enumerate() {
            let is_name = self.is_name(at);
            match runs.last_mut() {
                Some((_, last))
                    if is_name
                        && *last + 1 == at
                        && self.is_name(*last)
                        && self.is_joined(*last) =>
                {
                    *last = at
                }
                _ if is_name || matches!(unit.kind, Kind::Amount(_)) => runs.push((at, at)),
                _ => {}
            }
        }
        runs
    }

    /// Returns whether a phrase begins with a unit: punctuation or a word that holds the sentence
    /// together is before it.
    pub(super) fn begins_phrase(&self, at: usize) -> bool {
        let first = self.all[at].first;
        let is_behind_content =
            at.checked_sub(1).is_some_and(|before| self.all[before].last + 1 == first);
        !is_behind_content || self.statement.is_parted(first)
    }
}
