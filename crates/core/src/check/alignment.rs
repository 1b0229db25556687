//! [`Alignment`]: the units of a claim with their answers in a sentence, and what can be counted of
//! them.

use super::reason::{Reason, Slot};
use super::tie::{Tie, tie};
use super::token::Token;
use super::unit::{Kind, Units};
use super::vocabulary::vocabulary;
use crate::text::english::calendar::month;

/// Liberties that an alignment takes beyond equal words in equal order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Liberties {
    /// The sentence is the claim, word for word: none is taken.
    pub(super) is_identical: bool,
    /// Words are answered by synonyms.
    pub(super) synonyms: usize,
    /// Words are answered from around the sentence: by a pronoun, a heading.
    pub(super) context: usize,
    /// Phrases are answered in another place of the sentence.
    pub(super) moved: usize,
    /// Active and passive are exchanged.
    pub(super) voice: usize,
    /// The sentence reports what somebody says.
    pub(super) reported: usize,
    /// Words of little weight are not answered.
    pub(super) light: usize,
}

impl Liberties {
    /// Returns the number of liberties.
    pub(super) fn count(&self) -> usize {
        self.synonyms + self.context + self.moved + self.voice + self.reported + self.light
    }
}

/// The answer to a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) tie: Tie,
    /// The source's unit, where one answers.
    pub(super) at: Option<usize>,
    /// True if it is in another place of the sentence than the claim's order asks for.
    pub(super) is_moved: bool,
}

impl Answer {
    pub(super) const NONE: Answer = Answer { tie: Tie::Gap, at: None, is_moved: false };
}

/// The units of a claim with their answers in a sentence.
pub(super) struct Alignment<'a> {
    pub(super) claim: &'a Units<'a>,
    pub(super) source: &'a Units<'a>,
    pub(super) answers: Vec<Answer>,
}

impl Alignment<'_> {
    /// Returns whether enough of the claim is answered by the sentence itself for the two to be of
    /// the same.
    pub(super) fn is_of_same(&self) -> bool {
        /// The units that agree at least.
        const AGREED: usize = 2;
        self.agreed() >= AGREED && self.is_own()
    }

    /// Returns the number of units that are answered by what may be the same and does not say so.
    pub(super) fn open(&self) -> usize {
        self.ties().filter(|(_, tie)| *tie == Tie::Open).count()
    }

    /// Returns the runs of units that are the words of one name, by first and last place.
    pub(super) fn names(&self) -> Vec<(usize, usize)> {
        self.claim.runs().into_iter().filter(|&(first, _)| self.claim.is_name(first)).collect()
    }

    pub(super) fn token(&self, at: usize) -> &Token {
        &self.claim.statement.tokens[self.claim.all[at].first]
    }

    /// Returns how a unit of the sentence answers one of the claim, the two by themselves.
    pub(super) fn tie(&self, at: usize, other: usize) -> Option<Tie> {
        tie(self.claim, &self.claim.all[at], self.source, &self.source.all[other])
    }

    /// Returns each unit of the claim by its place, with its tie.
    pub(super) fn ties(&self) -> impl Iterator<Item = (usize, Tie)> {
        self.answers.iter().enumerate().map(|(at, answer)| (at, answer.tie))
    }

    /// Returns the units that nothing answers, by place.
    pub(super) fn gaps(&self) -> impl Iterator<Item = usize> {
        self.ties().filter(|(_, tie)| *tie == Tie::Gap).map(|(at, _)| at)
    }

    /// Returns whether the sentence has in the passive what the claim, turned, has: with a form of
    /// *be* before the verb, or with *by* before who does it.
    pub(super) fn is_turned(&self) -> bool {
        let is_by = |units: &Units<'_>, at: usize| units.all[at].preposition == Some("by");
        let mut agent = (0..self.answers.len()).filter(|&at| is_by(self.claim, at)).peekable();
        agent.peek().is_none()
            || self.has_passive()
            || agent.any(|at| self.answers[at].at.is_some_and(|other| is_by(self.source, other)))
    }

    /// Returns whether a verb of the claim is answered by one in the passive.
    fn has_passive(&self) -> bool {
        self.claim.all.iter().zip(&self.answers).any(|(unit, answer)| {
            let verb = answer.at.filter(|_| unit.is_verb);
            verb.is_some_and(|at| self.source.statement.is_passive(self.source.all[at].first))
        })
    }

    /// Returns the place of the unit of the sentence that says what a unit of the claim says, in
    /// whatever order.
    pub(super) fn place(&self, at: usize) -> Option<usize> {
        let says = |tie: Option<Tie>| matches!(tie, Some(Tie::Same | Tie::Synonym));
        let Answer { tie: answer, at: place, .. } = self.answers[at];
        place
            .filter(|_| says(Some(answer)))
            .or_else(|| (0..self.source.all.len()).find(|&other| says(self.tie(at, other))))
    }

    /// Returns the share of the claim's units that the sentence has, in whatever order, or that are
    /// answered from around it.
    pub(super) fn answered(&self) -> f64 {
        let is_said = |(at, tie): &(usize, Tie)| {
            matches!(tie, Tie::Same | Tie::Synonym | Tie::Context | Tie::Light)
                || self.place(*at).is_some()
        };
        self.ties().filter(is_said).count() as f64 / self.answers.len().max(1) as f64
    }

    /// Returns whether the sentence has all units from one on, in whatever order.
    pub(super) fn has_from(&self, first: usize) -> bool {
        (first..self.answers.len()).all(|at| self.place(at).is_some())
    }

    /// Returns whether the sentence has the first units of the claim before a clause that the next
    /// ones make: *the mill that Ada built*.
    pub(super) fn is_fronted(&self, front: usize) -> bool {
        let place = |at: usize| self.answers.get(at).and_then(|answer| answer.at);
        let verb = (front..self.answers.len()).find(|&at| self.claim.all[at].is_verb);
        let ends = place(front - 1).zip(verb.and_then(place));
        let is_answer = |other: usize| self.answers.iter().any(|answer| answer.at == Some(other));
        ends.is_some_and(|(noun, verb)| {
            noun < verb
                && (noun + 1..verb).all(is_answer)
                && (noun + 1..verb)
                    .any(|other| (front..self.answers.len()).any(|at| place(at) == Some(other)))
        })
    }

    /// Returns the share of the claim's units that have a counterpart in the sentence, alike or
    /// not.
    pub(super) fn paired(&self) -> f64 {
        let paired = self.answers.iter().filter(|answer| answer.at.is_some()).count();
        paired as f64 / self.answers.len().max(1) as f64
    }

    /// Returns the number of units, beside words of little weight, that the sentence itself answers
    /// alike.
    pub(super) fn agreed(&self) -> usize {
        let said = |(at, tie): &(usize, Tie)| {
            matches!(tie, Tie::Same | Tie::Synonym | Tie::Context) && !self.token(*at).says_little()
        };
        self.ties().filter(said).count()
    }

    /// Returns whether the sentence itself, rather than what is around it, has most of the claim.
    fn is_own(&self) -> bool {
        /// The share of the claim's units that it has at least.
        const OWN: f64 = 0.6;
        let (mut all, mut own) = (0_usize, 0_usize);
        for (at, answer) in self.answers.iter().enumerate() {
            // A name counts once, however many words it has.
            let is_of_name = at.checked_sub(1).is_some_and(|before| {
                self.claim.is_name(before) && self.claim.is_name(at) && self.claim.is_joined(before)
            });
            if !is_of_name {
                all += 1;
                let is_own = |other: usize| self.source.all[other].kind != Kind::Pronoun;
                own += usize::from(answer.at.is_some_and(is_own));
            }
        }
        own as f64 >= OWN * all as f64
    }

    /// Returns whether what the claim says of its subject is said: its verb, where it has one.
    pub(super) fn has_predicate(&self) -> bool {
        let mut verbs =
            self.claim.all.iter().enumerate().filter(|(_, unit)| unit.is_verb).peekable();
        verbs.peek().is_none()
            || verbs.any(|(at, _)| {
                let tie = self.answers[at].tie;
                matches!(tie, Tie::Same | Tie::Synonym | Tie::Differs(Slot::Predicate))
            })
    }

    /// Returns the number of places in which the two differ; the words of one name are one place.
    pub(super) fn differences(&self) -> usize {
        let mut count = 0;
        let mut before = None;
        for (at, tie) in self.ties() {
            let Tie::Differs(slot) = tie else { continue };
            let is_same_name =
                slot == Slot::Name && before.is_some_and(|before: usize| before + 1 == at);
            if !is_same_name {
                count += 1;
            }
            before = Some(at);
        }
        count
    }

    /// Returns whether the sentence says a whole part of the claim: all up to a phrase at its end.
    pub(super) fn is_part(&self) -> bool {
        /// The units that a part has at least.
        const PART: usize = 3;
        if self.agreed() < PART || !self.has_predicate() {
            return false;
        }
        let is_fact = |at: usize| self.claim.all[at].kind.is_fact();
        if self.ties().any(|(at, tie)| tie == Tie::Open && !is_fact(at)) {
            return false;
        }
        let Some(first) = self.gaps().next() else { return true };
        // The day of a month that the source has without one.
        let is_day = matches!(self.claim.all[first].kind, Kind::Amount(_))
            && [first.checked_sub(1), Some(first + 1)].into_iter().flatten().any(|at| {
                self.answers.get(at).is_some_and(|answer| answer.tie == Tie::Same)
                    && month(&self.token(at).word).is_some()
            });
        if is_day && self.gaps().count() == 1 {
            return true;
        }
        let is_tail = self.gaps().count() == self.answers.len() - first;
        is_tail && self.claim.begins_phrase(first)
    }

    /// Returns the adverbs of the claim that the sentence leaves out, by place: *unanimously*.
    pub(super) fn unsaid_manner(&self) -> impl Iterator<Item = usize> {
        self.ties().filter(|(_, tie)| *tie == Tie::Light).map(|(at, _)| at).filter(|&at| {
            let token = self.token(at);
            token.word.ends_with("ly") && !vocabulary().is_light(&token.lemma)
        })
    }

    /// Returns the liberties that the answers take.
    pub(super) fn liberties(&self) -> Liberties {
        let count = |wanted: Tie| self.ties().filter(|(_, tie)| *tie == wanted).count();
        Liberties {
            synonyms: count(Tie::Synonym),
            context: count(Tie::Context),
            light: count(Tie::Light),
            moved: self.answers.iter().filter(|answer| answer.is_moved).count(),
            ..Liberties::default()
        }
    }

    /// Returns where the two agree and differ, in the words of both.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut said: Vec<(usize, Option<usize>)> = Vec::new();
        let mut elsewhere: Vec<(usize, usize)> = Vec::new();
        let mut missed: Vec<usize> = Vec::new();
        for (at, answer) in self.answers.iter().enumerate() {
            let unit = &self.claim.all[at];
            let slot = match unit.kind {
                Kind::Amount(_) => Slot::Amount,
                Kind::Time(_) => Slot::Date,
                _ => Slot::Words,
            };
            let source = answer.at.map(|other| self.source.words(other, other)).unwrap_or_default();
            match answer.tie {
                Tie::Same if slot != Slot::Words => reasons.push(Reason {
                    slot,
                    agrees: true,
                    claim: self.claim.words(at, at),
                    source,
                }),
                Tie::Same | Tie::Synonym | Tie::Context => said.push((at, answer.at)),
                Tie::Differs(slot) => {
                    reasons.push(Reason::differing(slot, self.claim.words(at, at), source));
                }
                Tie::Open | Tie::Gap => match self.place(at) {
                    Some(place) if answer.tie == Tie::Gap => elsewhere.push((at, place)),
                    _ => missed.push(at),
                },
                Tie::Light => {}
            }
        }
        missed.extend(self.unsaid_manner());
        let list = |units: &Units<'_>, places: &mut dyn Iterator<Item = usize>| {
            places.map(|at| units.words(at, at)).collect::<Vec<_>>().join(", ")
        };
        if !said.is_empty() {
            reasons.push(Reason {
                slot: Slot::Words,
                agrees: true,
                claim: list(self.claim, &mut said.iter().map(|(at, _)| *at)),
                source: list(self.source, &mut said.iter().filter_map(|(_, other)| *other)),
            });
        }
        if !elsewhere.is_empty() {
            let claim = list(self.claim, &mut elsewhere.iter().map(|(at, _)| *at));
            let source = list(self.source, &mut elsewhere.iter().map(|(_, place)| *place));
            reasons.push(Reason::differing(Slot::Relation, claim, source));
        }
        if !missed.is_empty() {
            let claim = list(self.claim, &mut missed.into_iter());
            reasons.push(Reason::differing(Slot::Words, claim, String::new()));
        }
        reasons
    }
}
