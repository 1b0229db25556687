//! Finds the words by which a sentence gives something as no fact: as conditional, possible, aimed
//! at, over, or somebody's word.

use super::answered::Answered;
use super::statement::Statement;
use super::token::Token;
use super::vocabulary::vocabulary;
use crate::text::english::manner::manner;
use crate::text::english::negation::is_negation;
use crate::text::english::verbs::{is_auxiliary, is_irregular_past};

impl Answered<'_> {
    /// Finds the *if* or the like that is in the sentence and not in the claim, but for a clause
    /// behind what is answered.
    pub(super) fn condition(&self) -> Option<usize> {
        let end = self.restriction().unwrap_or(self.own.tokens.len());
        (0..end).find(|&at| {
            let word = &*self.own.tokens[at].word;
            manner().conditional.contains(word)
                && !self.is_time_bound(at)
                && !self.claim.tokens.iter().any(|token| &*token.word == word)
        })
    }

    /// Finds the *may*, *will* or the like that one of the two says of what is answered, and the
    /// other does not: in the claim, in the sentence.
    pub(super) fn irrealis(&self) -> Option<(String, String)> {
        let is_open = |statement: &Statement, at: usize| {
            let token = &statement.tokens[at];
            let is_hedge = statement.is_hedge(at);
            manner().irrealis.contains(&token.word)
                && !token.is_name
                && !is_hedge
                && token.span.of(&statement.text).starts_with(char::is_lowercase)
        };
        let start = self.clause_start(self.first);
        let claims = (0..self.claim.tokens.len()).filter(|&at| is_open(self.claim, at)).collect();
        let sources = (start..=self.last).filter(|&at| is_open(self.own, at)).collect();
        self.odd(claims, sources, |said, says| (said == 0) != (says == 0))
    }

    /// Finds an answering verb that is aimed at: *to sign*, where the claim says *signed*.
    pub(super) fn aim(&self) -> Option<(String, String)> {
        let (unit, source) = self.pairs().find(|(unit, source)| {
            unit.is_verb
                && is_infinitive(self.own, source.first)
                && !is_infinitive(self.claim, unit.first)
                && !self.own.tokens[source.first].is_negated
        })?;
        let aim = self.own.words(source.first.saturating_sub(1), source.last);
        Some((self.claim.words(unit.first, unit.last), aim))
    }

    /// Finds the verbs where the sentence says what was, and the claim that it still is: who was
    /// mayor need not be mayor, nor need who led a party lead it.
    pub(super) fn past(&self) -> Option<(String, String)> {
        let state = self.pairs().find(|(unit, source)| {
            is_present_state(self.claim, unit.first) && is_past_state(self.own, source.first)
        });
        if let Some((unit, source)) = state {
            let was = self.own.words(source.first, source.last);
            return Some((self.claim.words(unit.first, unit.last), was));
        }
        let claim = &self.claim.tokens;
        let now = (0..claim.len()).find(|at| {
            let next = claim[at + 1..].iter().find(|token| token.is_content);
            matches!(&*claim[*at].word, "is" | "are" | "has" | "have")
                && next.is_some_and(|next| !next.is_past())
        })?;
        let (pasts, presents): (&[&str], &[&str]) = match &*claim[now].word {
            "is" | "are" => (&["was", "were", "served"], &["is", "are"]),
            _ => (&["had"], &["has", "have"]),
        };
        let word = |at: usize| &*self.own.tokens[at].word;
        let mut places = self.first..=self.last;
        let was = places.clone().find(|&at| pasts.contains(&word(at)))?;
        let is_also = places.any(|at| presents.contains(&word(at)));
        (!is_also).then(|| (self.claim.words(now, now), self.own.words(was, was)))
    }

    /// Finds the verb of speech or thought that governs what is answered, where the claim has no
    /// such verb.
    pub(super) fn said_by(&self, is_verb: impl Fn(&Token) -> bool) -> Option<usize> {
        let tokens = &self.own.tokens;
        let is_open = |&at: &usize| {
            !self.is_answer[at]
                && is_verb(&tokens[at])
                && !is_noun(self.own, at)
                && !self.denies(at)
        };
        let said = self
            .pairs()
            .find(|(unit, _)| unit.is_verb)
            .map_or(self.last, |(_, source)| source.first);
        let governor = (0..said).find(|at| is_open(at) && !self.is_closed(*at, said));
        // “…, the mayor said.”
        const TAIL: usize = 6;
        let tail = self.last + 1..tokens.len();
        let is_tail =
            tail.len() <= TAIL && tail.clone().next().is_some_and(|at| self.own.is_parted(at));
        governor.or_else(|| tail.clone().find(|at| is_tail && is_open(at)))
    }

    /// Returns whether somebody who takes a side says something by a verb: *the prosecution said*,
    /// *said a lawyer for the firm*.
    pub(super) fn is_partisan(&self, verb: usize) -> bool {
        /// The words on either side of the verb among which the speaker is.
        const NEAR: usize = 6;
        let end = self.own.tokens.len().min(verb + NEAR + 1);
        (verb.saturating_sub(NEAR)..end)
            .any(|at| !self.is_answer[at] && manner().partisan.contains(&self.own.tokens[at].word))
    }
}

/// Returns whether an article or the like before a word makes a noun of it.
fn is_noun(statement: &Statement, at: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &*statement.tokens[before].word);
    before.is_some_and(|word| {
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
                | "his"
                | "her"
                | "no"
                | "of"
                | "in"
        )
    })
}

/// Returns whether a verb is of what lasts and ends, and says that it lasts: *leads*, *is owned*.
fn is_present_state(statement: &Statement, verb: usize) -> bool {
    let word = &*statement.tokens[verb].word;
    manner().states.contains(word)
        && match auxiliary_of(statement, verb) {
            Some(auxiliary) => matches!(auxiliary, "is" | "are"),
            None => !is_past_form(word),
        }
}

/// Returns whether a verb is of what lasts and ends, and says that it was: *led*, *was owned*, but
/// not *the party led by Ada*.
fn is_past_state(statement: &Statement, verb: usize) -> bool {
    let word = &*statement.tokens[verb].word;
    let next = statement.tokens.get(verb + 1).map_or("", |next| &*next.word);
    manner().states.contains(word)
        && is_past_form(word)
        && match auxiliary_of(statement, verb) {
            Some(auxiliary) => matches!(auxiliary, "was" | "were" | "had"),
            None => next != "by",
        }
}

/// Returns the auxiliary before a verb, with nothing but adverbs and negators between the two.
fn auxiliary_of(statement: &Statement, verb: usize) -> Option<&str> {
    let before = statement.tokens[..verb].iter().rev().map(|token| &*token.word);
    let mut before = before.skip_while(|word| word.ends_with("ly") || is_negation(word));
    before.next().filter(|word| is_auxiliary(word))
}

fn is_past_form(word: &str) -> bool {
    word.ends_with("ed") || is_irregular_past(word)
}

/// Returns whether *to* or *to be* is before a verb, and not for what *began to* or was *able to*
/// happen.
fn is_infinitive(statement: &Statement, verb: usize) -> bool {
    let is_be = verb.checked_sub(1).is_some_and(|at| &*statement.tokens[at].word == "be");
    let verb = verb - usize::from(is_be);
    let before = |n: usize| verb.checked_sub(n).map(|at| &statement.tokens[at]);
    before(1).is_some_and(|token| &*token.word == "to")
        && before(2).is_none_or(|token| !vocabulary().is_happening(&token.lemma))
}
