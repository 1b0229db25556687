//! Tells whether what answers a claim is said of what the claim says it of.

use super::answered::Answered;
use super::predicate::is_be;
use super::reason::Slot;
use super::tie::Tie;
use super::unit::{Kind, Unit};
use super::vocabulary::{is_ordinal, vocabulary};
use crate::text::english::manner::manner;
use crate::text::english::names::names;
use crate::text::english::negation::is_negation;
use crate::text::english::pronouns::is_article;

impl Answered<'_> {
    /// Finds two answers between which more is put than an aside: words of which the second answer
    /// is said, rather than the first. Returns the first and the last token.
    pub(super) fn other_subject(&self) -> Option<(usize, usize)> {
        let places = self.ordered();
        let mut pairs = places.windows(2).map(|pair| (pair[0], pair[1]));
        let units = &self.alignment.source.all;
        let part = |unit: usize| self.own.part(units[unit].first);
        let (first, last) = pairs.find(|&(a, b)| {
            let is_parted = part(a) < part(b) && !self.claim.text.contains(';');
            a < b && (is_parted || self.is_broken(a, b))
        })?;
        Some((units[first].first, units[last].last))
    }

    /// Returns the units that answer, in the claim's order, but for those in another place.
    fn ordered(&self) -> Vec<usize> {
        let answers = self.alignment.answers.iter().filter(|answer| !answer.is_moved);
        answers.filter_map(|answer| answer.at).collect()
    }

    /// Returns whether the words between two answering units break what they say together.
    fn is_broken(&self, source: usize, next: usize) -> bool {
        let units = &self.alignment.source.all;
        let is_open = |&at: &usize| !self.is_answer[units[at].first] && !self.is_speech(&units[at]);
        let skipped: Vec<usize> = (source + 1..next).filter(is_open).collect();
        if self.is_of_another_clause(source, next) {
            return true;
        }
        if skipped.is_empty() {
            return false;
        }
        if self.is_longer_name(source, next) || self.is_said_by_predicate(source, next) {
            return false;
        }
        let (from, to) = (units[source].last + 1, units[next].first);
        // The last place where something new begins.
        let boundary = (from..=to)
            .rev()
            .find(|&at| self.own.is_parted(at) || is_joint(&self.own.tokens[at].word));
        let tail_start = match boundary {
            Some(at) if is_joint(&self.own.tokens[at].word) && at < to => at + 1,
            Some(at) => at,
            None => from,
        };
        let is_relative = boundary.is_some_and(|at| {
            matches!(&*self.own.tokens[at].word, "who" | "which" | "that" | "where" | "whose")
        });
        let is_said = boundary.is_some_and(|at| self.is_content_clause(at));
        if is_relative
            && !is_said
            && skipped.iter().any(|&at| units[at].last < boundary.unwrap_or(0))
        {
            return true;
        }
        let is_name = |at: usize| self.own.tokens[units[at].first].is_name;
        // “Norway, Denmark and Sweden signed” says that Norway did.
        if is_name(source) && skipped.iter().all(|&at| is_name(at)) && boundary.is_some() {
            return false;
        }
        let target = &units[next];
        // “Chairman of the sales and marketing division in May”: the time is that of the verb.
        let is_within_phrase = matches!(target.kind, Kind::Time(_))
            && boundary.is_some_and(|at| matches!(&*self.own.tokens[at].word, "and" | "or"))
            && skipped.iter().all(|&at| {
                let is_before = units[at].first < tail_start;
                units[at].kind == Kind::Word && !units[at].is_verb && (is_before || !is_name(at))
            });
        if is_within_phrase {
            return false;
        }
        let tail = skipped.iter().filter(|&&at| units[at].first >= tail_start);
        let is_fact = |unit: &Unit, kind: Kind| {
            std::mem::discriminant(&unit.kind) == std::mem::discriminant(&kind) && kind.is_fact()
        };
        for &at in tail {
            let unit = &units[at];
            let token = &self.own.tokens[unit.first];
            let is_adverb = token.word.ends_with("ly")
                || self.denies(unit.first)
                || token.says_little() && !unit.is_verb
                || matches!(unit.kind, Kind::Time(_));
            // “Was fined after losing 5 million”.
            let governs = token.word.ends_with("ing") && self.alignment.source.is_joined(at);
            // “The tax on fuel exports”: the preposition is that of the whole noun.
            let is_head = at == source + 1 && self.alignment.source.is_joined(source);
            let is_phrase = unit.preposition.is_some() && !unit.is_verb && !governs && !is_head
                || at == source + 1 && self.is_of_that_name(source, unit);
            let is_modifier = !target.is_verb
                && !unit.is_verb
                && (!token.is_name || vocabulary().is_demonym(&token.lemma))
                && unit.kind == Kind::Word
                && !is_ordinal(&token.lemma)
                && !manner().privative.contains(&token.word)
                && (unit.last..target.first).all(|at| {
                    units.iter().any(|unit| unit.first == at + 1 && unit.kind == Kind::Word)
                });
            if is_fact(target, unit.kind) || !(is_adverb || is_phrase || is_modifier) {
                return true;
            }
        }
        false
    }

    /// Returns whether a *that*, which the claim has too, begins what an answering verb says: *told
    /// the court in Moss that it had paid*.
    fn is_content_clause(&self, that: usize) -> bool {
        &*self.own.tokens[that].word == "that"
            && self.claim.tokens.iter().any(|token| &*token.word == "that")
            && self.pairs().any(|(_, source)| {
                source.last < that && self.own.tokens[source.first].traits.is_reporting
            })
    }

    /// Returns whether two units are the ends of one name of a person, who has middle names between
    /// them.
    fn is_longer_name(&self, first: usize, last: usize) -> bool {
        let is_joined = (first..last).all(|at| self.alignment.source.is_joined(at));
        let units = &self.alignment.source.all;
        let mut words = self.own.tokens[units[first].first..=units[last].last].iter();
        is_joined
            && words.clone().all(|token| token.is_name && !names().bodies.contains(&token.word))
            && (words.next().is_some_and(|token| names().given.contains(&token.word))
                || self.is_born(units[last].last + 1))
    }

    /// Returns whether brackets open before a word, and say when somebody was born: *(born 1955*.
    fn is_born(&self, at: usize) -> bool {
        let words = self.own.tokens[at.min(self.own.tokens.len())..].iter();
        self.own.between(at).contains(['(', '['])
            && words.take_while(|token| !is_be(&token.word)).any(|token| &*token.word == "born")
    }

    /// Returns whether a clause begins between two answers of which the claim has nothing:
    /// *recognized the line, while Pakistan* is not *recognized Pakistan*.
    fn is_of_another_clause(&self, source: usize, next: usize) -> bool {
        let units = &self.alignment.source.all;
        let (from, to) = (units[source].last + 1, units[next].first);
        let begins = (from..to).any(|at| {
            let word = &*self.own.tokens[at].word;
            matches!(word, "while" | "whereas" | "but" | "because" | "when")
                && !self.claim.tokens.iter().any(|it| &*it.word == word)
        });
        // “Denied it, and notebooks that came to light”, “left and Rowan died”.
        let has_and = (from..to).any(|at| matches!(&*self.own.tokens[at].word, "and" | "or"));
        let behind = units.get(next + 1);
        let is_subject = has_and
            && units[source].is_verb
            && behind.is_some_and(|it| it.is_verb && !self.is_answer[it.first]);
        // “Searched the room but did not find it” has one subject.
        let is_denied = to.checked_sub(1).is_some_and(|at| is_negation(&self.own.tokens[at].word));
        !units[next].is_verb && !is_denied && (begins || is_subject)
    }

    /// Returns whether a unit is *report* in *denied a report that*.
    fn is_speech(&self, unit: &Unit) -> bool {
        let next = self.own.tokens.get(unit.last + 1);
        manner().speech.contains(&self.own.tokens[unit.first].word)
            && next.is_some_and(|next| &*next.word == "that")
    }

    /// Finds the noun or name of which an answer is only a part: *the cup final*, where the claim
    /// has *the cup*. Returns its first and last token.
    pub(super) fn other_head(&self) -> Option<(usize, usize)> {
        let other = self.pairs().map(|(_, source)| source.first).find(|&at| {
            at > 0
                && !self.own.is_parted(at)
                && !self.is_answer[at - 1]
                && self.is_privative(at - 1)
        });
        if let Some(at) = other {
            return Some((at - 1, at));
        }
        if self.restriction().is_some() {
            return None;
        }
        let units = &self.alignment.source.all;
        let last = units.iter().position(|unit| unit.last == self.last)?;
        let next = units.get(last + 1)?;
        let token = &self.own.tokens[next.first];
        let is_head = self.alignment.source.is_joined(last)
            && next.kind == Kind::Word
            && !next.is_verb
            && !self.is_participle(next)
            && !units[last].is_verb
            && !self.own.tokens[self.last].word.ends_with("ed")
            && !self.is_of_that_name(last, next)
            && !self.is_nationality(last)
            && !self.is_in_apposition(last)
            && !self.is_of_other_name(last)
            && !token.word.ends_with("ly")
            && !token.says_little();
        is_head.then_some((self.last, next.last))
    }

    /// Returns whether a word makes something else of the noun behind it, and the claim does not
    /// have it.
    fn is_privative(&self, at: usize) -> bool {
        let token = &self.own.tokens[at];
        manner().privative.contains(&token.word) && !self.claim.has(token)
    }

    /// Returns whether a unit and the next one are words of one name that is in the place of
    /// another: *by Ada Moss*, where the claim has *by Rowan*.
    fn is_of_other_name(&self, at: usize) -> bool {
        let source = self.alignment.source;
        source.is_name(at)
            && source.is_name(at + 1)
            && self
                .alignment
                .answers
                .iter()
                .any(|answer| answer.at == Some(at) && answer.tie == Tie::Differs(Slot::Name))
    }

    /// Returns whether a noun is one of a kind whose name follows, and the claim speaks of any of
    /// the kind: *the singer Ada Moss* of *a singer*.
    fn is_in_apposition(&self, noun: usize) -> bool {
        let source = self.alignment.source;
        let claimed = self.pairs().find(|(_, other)| **other == source.all[noun]);
        let is_indefinite = claimed.is_some_and(|(unit, _)| self.claim.is_indefinite(unit.first));
        is_indefinite && !source.is_name(noun) && source.is_name(noun + 1)
    }

    /// Returns whether a word ends in *-ing* and has an object, or is joined to a participle, so
    /// that it goes on to say more of the noun before it: *particles representing the gas*, *a film
    /// co-written by*, but not *police training*.
    fn is_participle(&self, unit: &Unit) -> bool {
        let next = unit.last + 1;
        let is_joined = next < self.own.tokens.len()
            && self.own.between(next) == "-"
            && self.own.tokens[next].is_past();
        is_joined
            || self.own.tokens[unit.first].word.ends_with("ing")
                && next < self.own.tokens.len()
                && !self.own.is_parted(next)
                && (is_article(&self.own.tokens[next].word)
                    || self.own.tokens[next].is_content
                    || self.own.is_fact(next))
    }

    /// Returns whether a noun only says what the name before it is one of: *the Example regime*.
    fn is_of_that_name(&self, name: usize, noun: &Unit) -> bool {
        let source = self.alignment.source;
        source.is_name(name)
            && source.is_joined(name)
            && vocabulary().is_generic(&self.own.tokens[noun.first].word)
    }
}

/// Returns words by which a clause or a further member is joined.
fn is_joint(word: &str) -> bool {
    matches!(
        word,
        "and"
            | "but"
            | "or"
            | "then"
            | "who"
            | "which"
            | "that"
            | "while"
            | "when"
            | "whose"
            | "where"
            | "as"
            | "because"
            | "after"
            | "before"
    )
}
