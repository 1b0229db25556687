//! Guards: what, between and around the words that answer a claim, makes a sentence say something
//! else than these words say.

use super::alignment::Alignment;
use super::answered::Answered;
use super::reason::{Reason, Slot};
use super::statement::Statement;
use super::unit::{Kind, Unit, Units};
use super::vocabulary::{is_ordinal, vocabulary};
use crate::text::english::manner::manner;
use crate::text::english::pronouns::is_article;

/// The reason why a sentence that has a claim's words is not read as saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Bar {
    /// It says that it may, will or should be so, or was so.
    Modality,
    /// It says so under a condition.
    Condition,
    /// Somebody claims, wants or expects it.
    Nonfactive,
    /// It is a report of what somebody says: a liberty rather than a bar.
    Reported,
    /// It says so of something else.
    OtherSubject,
    /// The words are related otherwise.
    Relation,
    /// It says so of some of them, or of all.
    Quantifier,
    /// A part of it is denied.
    Negation,
    /// It may speak of another event of the kind.
    Further,
}

/// Finds what bars a sentence from saying what its words say, and the words of both that show it.
pub(super) fn bar(alignment: &Alignment<'_>) -> Option<(Bar, Reason)> {
    let sentence = Answered::new(alignment)?;
    let (own, claim) = (sentence.own, sentence.claim);
    let word = |at: usize| own.words(at, at);
    let of_source = |slot: Slot, source: String| Reason::differing(slot, String::new(), source);
    if let Some(at) = sentence.condition() {
        let end = (at..own.tokens.len()).take_while(|&next| next == at || !own.is_parted(next));
        let clause = own.words(at, end.last().unwrap_or(at));
        return Some((Bar::Condition, of_source(Slot::Condition, clause)));
    }
    if let Some((said, says)) =
        sentence.irrealis().or_else(|| sentence.aim()).or_else(|| sentence.past())
    {
        return Some((Bar::Modality, Reason::differing(Slot::Modality, said, says)));
    }
    if let Some(at) = sentence.said_by(|token| vocabulary().is_nonfactive(&token.lemma)) {
        return Some((Bar::Nonfactive, of_source(Slot::Modality, word(at))));
    }
    if let Some((unit, source)) = sentence.related_otherwise() {
        let governed = |statement: &Statement, unit: &Unit| {
            let mut before = (0..unit.first).rev();
            let preposition = unit.preposition.and_then(|preposition| {
                before.find(|&at| *statement.tokens[at].word == *preposition)
            });
            statement.words(preposition.unwrap_or(unit.first), unit.last)
        };
        let reason =
            Reason::differing(Slot::Relation, governed(claim, unit), governed(own, source));
        return Some((Bar::Relation, reason));
    }
    if let Some((unit, source)) = sentence.other_particle() {
        let with_next = |statement: &Statement, unit: &Unit| {
            statement.words(unit.first, (unit.last + 1).min(statement.tokens.len() - 1))
        };
        let reason =
            Reason::differing(Slot::Relation, with_next(claim, unit), with_next(own, source));
        return Some((Bar::Relation, reason));
    }
    if let Some(at) = sentence.of_fewer() {
        return Some((Bar::Relation, of_source(Slot::Relation, word(at))));
    }
    if let Some((first, last)) = sentence.other_subject().or_else(|| sentence.other_head()) {
        return Some((Bar::OtherSubject, of_source(Slot::Subject, own.words(first, last))));
    }
    if let Some((said, says)) = sentence.other_quantifier() {
        return Some((Bar::Quantifier, Reason::differing(Slot::Quantifier, said, says)));
    }
    if let Some((first, last)) = sentence.narrowing() {
        return Some((Bar::Quantifier, of_source(Slot::Quantifier, own.words(first, last))));
    }
    if let Some(at) = sentence.further().filter(|_| alignment.differences() > 0) {
        return Some((Bar::Further, of_source(Slot::Kind, word(at))));
    }
    let at = sentence.said_by(|token| vocabulary().is_reporting(&token.lemma))?;
    let bar = if sentence.is_partisan(at) { Bar::Nonfactive } else { Bar::Reported };
    Some((bar, of_source(Slot::Modality, word(at))))
}

/// Finds the clause that restricts what a sentence says of a claim, where the claim has none.
pub(super) fn restricting_clause(alignment: &Alignment<'_>) -> Option<Reason> {
    let sentence = Answered::new(alignment)?;
    let own = sentence.own;
    let source = own.words(sentence.restriction()?, own.tokens.len() - 1);
    Some(Reason::differing(Slot::Condition, String::new(), source))
}

impl Answered<'_> {
    /// Finds an answer that is governed by another preposition than what it answers.
    fn related_otherwise(&self) -> Option<(&Unit, &Unit)> {
        let answers = self.alignment.answers.iter().zip(&self.alignment.claim.all).enumerate();
        answers.into_iter().find_map(|(at, (answer, unit))| {
            let other = answer.at.filter(|_| !answer.is_moved)?;
            let source = &self.alignment.source.all[other];
            let is_loose = (unit.is_loose || source.is_loose)
                && (unit.preposition.is_none() || source.preposition.is_none());
            let is_compared = !is_loose
                && !matches!(unit.kind, Kind::Time(_))
                && !unit.is_verb
                && !source.is_verb
                && source.kind != Kind::Pronoun;
            let is_owner = |statement: &Statement, unit: &Unit| statement.is_possessive(unit.last);
            // “Runs for 40 km” and “is 40 km long” differ in no more than their words.
            let is_plain_amount = matches!(unit.kind, Kind::Amount(_))
                && (unit.preposition.is_none() || source.preposition.is_none());
            // “In a van, which was found”: the van was found.
            let is_antecedent = unit.preposition.is_none()
                && self.own.tokens.get(source.last + 1).is_some_and(|next| is_relative(&next.word));
            let is_other = !unit.is_governed_like(source)
                && !is_antecedent
                && !self.is_alias(unit, source)
                && !self.is_nationality(other)
                && !self.begins_clause(at, other)
                && !self.is_object_of_noun(at, other);
            let is_owned = is_owner(self.own, source) && !is_owner(self.claim, unit);
            let is_barred = is_compared && is_other && !is_plain_amount || is_owned;
            is_barred.then_some((unit, source))
        })
    }

    /// Finds a verb that has a particle in one of the two, and none or another in the other:
    /// *called off*, *called*.
    fn other_particle(&self) -> Option<(&Unit, &Unit)> {
        /// The words behind a verb among which the particle may be: *called the strike off*.
        const NEAR: usize = 4;
        let particle = |statement: &Statement, verb: &Unit| {
            let next = statement.tokens.get(verb.last + 1)?;
            let governs = statement.tokens.get(verb.last + 2).is_some_and(|it| &*it.word == "to");
            manner().particles.get(&next.word).filter(|_| !governs)
        };
        let has = |statement: &Statement, verb: &Unit, word: &str| {
            let mut behind = statement.tokens.iter().skip(verb.last + 1).take(NEAR);
            behind.any(|token| &*token.word == word)
        };
        self.pairs().find(|(unit, source)| {
            let is_same =
                self.claim.tokens[unit.first].lemma == self.own.tokens[source.first].lemma;
            let is_other = particle(self.claim, unit).is_some_and(|it| !has(self.own, source, it))
                || particle(self.own, source).is_some_and(|it| !has(self.claim, unit, it));
            let is_one_word = unit.first == unit.last && source.first == source.last;
            unit.is_verb && source.is_verb && is_one_word && is_same && is_other
        })
    }

    /// Returns whether *as* governs what a thing is or is called: *known as*, *served as*.
    fn is_alias(&self, unit: &Unit, source: &Unit) -> bool {
        /// The words before the name that are looked at.
        const NEAR: usize = 3;
        let mut near = source.first.saturating_sub(NEAR)..source.first;
        unit.preposition.is_none()
            && source.preposition == Some("as")
            && near.any(|at| &*self.own.tokens[at].word == "known" || self.is_serving(at))
    }

    /// Finds the word by which the sentence says that something is the first or the only one to do
    /// what it goes on to say, where the claim says that it is so of all.
    fn of_fewer(&self) -> Option<usize> {
        let mut answers = self.pairs().map(|(_, source)| source.first);
        let foremost = answers.find(|&at| {
            let token = &self.own.tokens[at];
            is_ordinal(&token.lemma) || vocabulary().is_only(&token.word)
        });
        let behind = |n: usize| self.own.tokens.get(self.last + n);
        foremost.filter(|_| {
            behind(1).is_some_and(|token| &*token.word == "to")
                && behind(2).is_some_and(|token| !token.is_name && !is_article(&token.word))
                && !self.own.is_fact(self.last + 2)
        })
    }

    /// Returns whether what seems a preposition before an answer joins a clause, whose verb answers
    /// too: *as revenue rose* says that revenue rose.
    fn begins_clause(&self, at: usize, other: usize) -> bool {
        let (claim, source) = (&self.alignment.claim, self.alignment.source);
        let is_joint = matches!(
            source.all[other].preposition,
            Some("as" | "after" | "before" | "since" | "until")
        );
        // “A man posing as Ada”.
        let before = other.checked_sub(1).map(|before| &source.all[before]);
        let is_governed = before.is_some_and(|before| {
            before.last + 2 == source.all[other].first
                && self.own.tokens[before.first].word.ends_with("ing")
        });
        let verb = (at + 1..claim.all.len()).find(|&next| claim.all[next].is_verb);
        let verb = verb.and_then(|verb| self.alignment.answers[verb].at);
        is_joint
            && !is_governed
            && claim.all[at].preposition.is_none()
            && verb.is_some_and(|verb| {
                let mut between = source.all[other].last + 1..=source.all[verb].first;
                other < verb && !between.any(|token| self.own.is_parted(token))
            })
    }

    /// Returns whether *of* governs what a verb governs on the other side: *the murder of Ada* is
    /// what *murdering Ada* is.
    fn is_object_of_noun(&self, at: usize, other: usize) -> bool {
        let (claim, source) = (&self.alignment.claim, self.alignment.source);
        let governor = |units: &Units<'_>, at: usize| {
            let is_of_it = |before: &usize| units.is_name(*before) && units.is_joined(*before);
            let mut before = (0..at).rev().skip_while(is_of_it);
            before.next()
        };
        let (Some(by), Some(of)) = (governor(claim, at), governor(source, other)) else {
            return false;
        };
        let is_verb = |units: &Units<'_>, at: usize| {
            let unit = &units.all[at];
            unit.is_verb || units.statement.tokens[unit.first].word.ends_with("ing")
        };
        let is_object = match (claim.all[at].preposition, source.all[other].preposition) {
            (Some("of"), None) => is_verb(source, of) && !is_verb(claim, by),
            (None, Some("of")) => is_verb(claim, by) && !is_verb(source, of),
            _ => false,
        };
        is_object && self.alignment.answers[by].at == Some(of)
    }

    /// Finds the word by which one of the two is said of some or of all, and the other not: in the
    /// claim, in the sentence.
    fn other_quantifier(&self) -> Option<(String, String)> {
        let takes_part = |statement: &Statement, at: usize| {
            let is_prefix = at + 1 < statement.tokens.len() && statement.between(at + 1) == "-";
            manner().partial.contains(&statement.tokens[at].word)
                && !statement.is_hedge(at)
                && !is_prefix
        };
        let claims: Vec<usize> =
            (0..self.claim.tokens.len()).filter(|&at| takes_part(self.claim, at)).collect();
        let from = self.first.saturating_sub(3);
        let verb = self.pairs().find(|(unit, _)| unit.is_verb).map(|(_, source)| source.first);
        // “Has many awards” says “has awards”, but not “has the awards”, and “many have awards” does
        // not.
        let is_object = |at: usize| {
            let behind = self.pairs().find(|(_, source)| source.first > at);
            verb.is_some_and(|verb| verb < at)
                && behind.is_some_and(|(unit, _)| !self.claim.is_definite(unit.first))
                && !self.own.tokens[at].is_negated
                && matches!(&*self.own.tokens[at].word, "many" | "several" | "some" | "most")
        };
        let sources = (from..=self.last)
            .filter(|&at| takes_part(self.own, at) && !self.is_in_aside(at))
            .filter(|&at| !claims.is_empty() || !is_object(at))
            .collect();
        self.odd(claims, sources, |said, says| said != says)
    }

    /// Finds the word by which the sentence speaks of a further event of the kind.
    fn further(&self) -> Option<usize> {
        // “Won the cup again”: up to the word behind the last answer.
        (0..self.own.tokens.len()).take(self.last + 2).find(|&at| {
            let is_near = at >= self.first || !self.is_closed(at, self.first);
            !self.is_answer[at] && is_near && manner().further.contains(&self.own.tokens[at].word)
        })
    }
}

/// Returns whether a word begins a clause about the noun before it.
fn is_relative(word: &str) -> bool {
    matches!(word, "which" | "who" | "that")
}
