//! Aligns a claim with a sentence: in order first, and then with what is said elsewhere in the
//! sentence or around it.

use super::alignment::{Alignment, Answer};
use super::fit::Fit;
use super::order::in_order;
use super::reason::Slot;
use super::statement::Statement;
use super::tie::{Tie, by_fit};
use super::token::Token;
use super::unit::{Kind, Unit, Units};
use super::view::View;
use super::vocabulary::vocabulary;
use crate::text::english::calendar::weekday;
use crate::text::english::manner::manner;

/// Aligns a claim with the sentence of a view, whose units are `source`.
pub(super) fn align<'a>(
    claim: &'a Units<'a>,
    source: &'a Units<'a>,
    view: &View<'_>,
) -> Alignment<'a> {
    let answers = in_order(claim, source, view);
    let mut alignment = Alignment { claim, source, answers };
    alignment.answer_moved();
    alignment.answer_times();
    alignment.answer_modifiers();
    alignment.answer_weekdays();
    alignment.complete_names(view);
    alignment.supply(view);
    alignment.answer_attribution(view);
    alignment.allow_light();
    alignment.doubt_names(view);
    alignment.doubt_amounts();
    alignment.doubt_totals();
    alignment.doubt_moved();
    alignment
}

impl Alignment<'_> {
    /// Returns whether a unit of the sentence answers none of the claim.
    fn is_free(&self, other: usize) -> bool {
        !self.answers.iter().any(|answer| answer.at == Some(other))
    }

    /// Answers units that are elsewhere in the sentence, behind the same preposition.
    fn answer_moved(&mut self) {
        for at in 0..self.answers.len() {
            let is_open = matches!(self.answers[at].tie, Tie::Gap | Tie::Open | Tie::Differs(_));
            let unit = &self.claim.all[at];
            if !is_open || unit.is_verb {
                continue;
            }
            let found = (0..self.source.all.len()).find(|&other| {
                let preposition = self.source.all[other].preposition;
                let is_governed_alike = matches!(unit.kind, Kind::Time(_))
                    || unit.preposition.is_some() && unit.preposition == preposition;
                self.is_free(other) && is_governed_alike && self.tie(at, other) == Some(Tie::Same)
            });
            if found.is_some() {
                self.answers[at] = Answer { tie: Tie::Same, at: found, is_moved: true };
            }
        }
    }

    /// Answers times by the only other time of the sentence: a time is said anywhere in it, so that
    /// another one in its place is a difference.
    fn answer_times(&mut self) {
        for at in 0..self.answers.len() {
            let kind = self.claim.all[at].kind;
            if self.answers[at].tie != Tie::Gap || !matches!(kind, Kind::Time(_)) {
                continue;
            }
            let is_time = |other: usize| matches!(self.source.all[other].kind, Kind::Time(_));
            let mut free =
                (0..self.source.all.len()).filter(|&other| is_time(other) && self.is_free(other));
            if let (Some(other), None) = (free.next(), free.next())
                && let Some(tie) = self.tie(at, other)
            {
                let is_elsewhere = matches!(tie, Tie::Differs(_)) && self.is_of_another_verb(other);
                let tie = if is_elsewhere { Tie::Open } else { tie };
                self.answers[at] = Answer { tie, at: Some(other), is_moved: true };
            }
        }
    }

    /// Returns whether a time of the sentence is that of a verb which answers nothing: *which
    /// opened in 1973 and was destroyed* does not say that it was destroyed in 1973.
    fn is_of_another_verb(&self, time: usize) -> bool {
        let all = &self.source.all;
        let clause = |at: usize| self.source.statement.tokens[all[at].first].clause;
        let verb = (0..time)
            .rev()
            .take_while(|&at| clause(at) == clause(time))
            .find(|&at| all[at].is_verb);
        verb.is_some_and(|verb| self.is_free(verb))
            && self.claim.all.iter().any(|unit| unit.is_verb)
    }

    /// Answers a word before a noun by one that a preposition joins to this noun: *the Saltmarsh
    /// gauge* by *the gauge at Saltmarsh*.
    fn answer_modifiers(&mut self) {
        /// The units behind the noun that are looked at.
        const NEAR: usize = 3;
        for at in 0..self.answers.len() {
            let is_modifier = self.answers[at].tie == Tie::Gap
                && self.claim.is_joined(at)
                && !self.claim.all[at + 1].is_verb;
            let next = self.answers.get(at + 1).filter(|_| is_modifier);
            let Some(noun) = next.and_then(|answer| answer.at) else { continue };
            let found = (noun + 1..self.source.all.len()).take(NEAR).find(|&other| {
                self.is_free(other)
                    && self.source.all[other].preposition.is_some()
                    && self.tie(at, other) == Some(Tie::Same)
            });
            if found.is_some() {
                self.answers[at] = Answer { tie: Tie::Same, at: found, is_moved: true };
            }
        }
    }

    /// Answers the name of a weekday by the one day that the sentence names.
    fn answer_weekdays(&mut self) {
        let day = |unit: &Unit| match unit.kind {
            Kind::Time(at) => self.source.statement.periods[at].day(),
            _ => None,
        };
        let mut days = (0..self.source.all.len())
            .filter_map(|other| Some((other, day(&self.source.all[other])?)));
        let (Some((other, day)), None) = (days.next(), days.next()) else { return };
        for at in 0..self.answers.len() {
            if self.answers[at].tie == Tie::Gap
                && let Some(weekday) = weekday(&self.token(at).word)
            {
                let is_same = weekday == day.weekday().to_monday_one_offset();
                let fit = if is_same { Fit::Entails } else { Fit::Excludes };
                let tie = by_fit(fit, Slot::Date);
                self.answers[at] = Answer { tie, at: Some(other), is_moved: true };
            }
        }
    }

    /// Answers the words of a name of which the sentence has another part: *Ada Example* by
    /// *Example*, where nothing near it says that another Example is meant.
    fn complete_names(&mut self, view: &View<'_>) {
        for (first, last) in self.names() {
            let find = |is: &dyn Fn(Answer) -> bool| {
                (first..=last).find(|&at| is(self.answers[at]) && self.answers[at].at.is_some())
            };
            let answered = find(&|answer| matches!(answer.tie, Tie::Same | Tie::Synonym));
            let by_pronoun = find(&|answer| answer.tie == Tie::Context);
            let differs =
                (first..=last).find(|&at| self.answers[at].tie == Tie::Differs(Slot::Name));
            if let (None, Some(differs)) = (answered, differs) {
                // Another name is in the place of the whole of it.
                let answer = self.answers[differs];
                for at in first..=last {
                    if self.answers[at].tie == Tie::Gap {
                        self.answers[at] = answer;
                    }
                }
            }
            let Some(answered) = answered.or(by_pronoun) else { continue };
            for at in first..=last {
                if self.answers[at].tie == Tie::Gap {
                    self.answers[at] = self.completed(at, answered, at == last, view);
                }
            }
        }
    }

    /// Returns the answer to a word of a name of which another word is answered.
    fn completed(&self, at: usize, answered: usize, is_last: bool, view: &View<'_>) -> Answer {
        let token = self.token(at);
        let answer = self.answers[answered].at;
        let is_pronoun = answer.is_some_and(|at| self.source.all[at].kind == Kind::Pronoun);
        if is_pronoun && view.names_another(self.token(answered), token) {
            return Answer { tie: Tie::Open, at: answer, is_moved: false };
        }
        if view.is_named(token) {
            return Answer { tie: Tie::Context, ..self.answers[at] };
        }
        let is_rival = |left: usize, other: usize| {
            self.source.is_name(other) && self.source.is_joined(left) && self.is_free(other)
        };
        let before =
            answer.and_then(|at| at.checked_sub(1)).filter(|&other| is_rival(other, other));
        let after = answer
            .map(|at| at + 1)
            .filter(|&other| other < self.source.all.len() && is_rival(other - 1, other));
        // “Craig David” is no David Packouz.
        let rival = if at < answered { before } else { after.or(before) };
        // “David” alone need not be.
        let is_vague = is_last || vocabulary().is_country(&self.token(answered).lemma);
        match rival {
            Some(_) => Answer { tie: Tie::Open, at: rival, is_moved: false },
            None if is_vague => Answer::NONE,
            None => Answer { tie: Tie::Light, ..Answer::NONE },
        }
    }

    /// Answers phrases from around the sentence that a preposition governs, and words before a
    /// noun: where the heading says *Saltmarsh*, the sentence need not say *in Saltmarsh*.
    fn supply(&mut self, view: &View<'_>) {
        let mut at = 0;
        while at < self.answers.len() {
            let end = (at + 1..self.answers.len())
                .find(|&next| !self.claim.is_joined(next - 1))
                .unwrap_or(self.answers.len());
            let is_gap = |at: &usize| self.answers[*at].tie == Tie::Gap;
            let gap = (at..end).find(is_gap).zip((at..end).rfind(is_gap));
            if let Some((first, last)) = gap.filter(|gap| self.is_supplied(*gap, end, view)) {
                self.answers[first..=last].fill(Answer { tie: Tie::Context, ..Answer::NONE });
            }
            at = end;
        }
    }

    /// Returns whether what is around the sentence supplies the units from `first` to `last`, of a
    /// phrase up to `end`.
    fn is_supplied(&self, (first, last): (usize, usize), end: usize, view: &View<'_>) -> bool {
        let units = &self.claim.all;
        let is_whole = (first..=last)
            .all(|at| self.answers[at].tie == Tie::Gap && units[at].kind == Kind::Word);
        let is_place = matches!(units[first].preposition, Some("in" | "at" | "on" | "near"));
        let is_name = (first..=last).any(|at| self.claim.is_name(at));
        let is_governed = last + 1 == end
            && units[first].preposition.is_some()
            && (is_place || !is_name)
            && !self.has_rival(first);
        let noun = self.answers[..end].get(last + 1).and_then(|answer| answer.at);
        let noun = noun.filter(|_| !units[last + 1].is_verb);
        let is_reduced = noun.is_some_and(|noun| {
            let tokens = &self.claim.statement.tokens;
            let phrase = &tokens[units[first].first..=units[last + 1].last];
            is_definite(self.source, noun)
                && (view.is_last_named(phrase, self.source.all[noun].first)
                    || view.is_last_named_with(
                        &tokens[units[first].first..=units[last].last],
                        self.source.all[noun].first,
                    ))
        });
        let is_said = |at: usize| {
            let token = self.token(at);
            if is_governed { view.is_around(token) } else { view.is_in_heading(token) }
        };
        is_whole
            && (is_governed || noun.is_some())
            && (first..=last).all(|at| !units[at].is_verb && (is_said(at) || is_reduced))
    }

    /// Returns whether the sentence has something else in the place of a phrase that a preposition
    /// governs: *a form of dance* is no form of music, whatever is around it.
    fn has_rival(&self, first: usize) -> bool {
        let before = first.checked_sub(1).and_then(|before| self.answers[before].at);
        let next = before.and_then(|before| Some((before + 1, self.source.all.get(before + 1)?)));
        next.is_some_and(|(at, next)| {
            next.preposition == self.claim.all[first].preposition && self.is_free(at)
        })
    }

    /// Answers *according to Ada*, at the end of a claim, in a sentence in which somebody says
    /// something and Ada is named in it or around it.
    fn answer_attribution(&mut self, view: &View<'_>) {
        let Some(first) = (0..self.answers.len()).find(|&at| {
            let next = self.claim.statement.tokens.get(self.claim.all[at].last + 1);
            &*self.token(at).word == "according" && next.is_some_and(|it| &*it.word == "to")
        }) else {
            return;
        };
        let own = self.source.statement;
        let is_reported = own.tokens.iter().any(|token| vocabulary().is_reporting(&token.lemma));
        let is_known = (first + 1..self.answers.len()).all(|at| {
            let token = self.token(at);
            self.claim.is_name(at) && (view.is_around(token) || own.has(token))
        });
        if is_reported && is_known {
            self.answers[first..].fill(Answer { tie: Tie::Context, ..Answer::NONE });
        }
    }

    /// Lets go of words that say little where they are.
    fn allow_light(&mut self) {
        for at in 0..self.answers.len() {
            // A pronoun refers to what the claim has named before it.
            let is_pronoun = self.claim.all[at].kind == Kind::Pronoun
                && self.claim.all[..at].iter().any(|it| it.kind == Kind::Word && !it.is_verb);
            if self.answers[at].tie == Tie::Gap && (self.is_light(at) || is_pronoun) {
                self.answers[at].tie = Tie::Light;
            }
        }
    }

    /// Returns whether a word says little before the next one.
    fn is_light(&self, at: usize) -> bool {
        let (unit, token) = (&self.claim.all[at], self.token(at));
        // “40 km long” is “40 km”.
        let is_measured = at.checked_sub(1).is_some_and(|before| {
            matches!(self.claim.all[before].kind, Kind::Amount(_)) && self.claim.is_joined(before)
        });
        unit.kind == Kind::Word
            && !unit.is_verb
            && !token.is_name
            && token.says_little()
            && !manner().universal.contains(&token.word)
            && !manner().scope.contains(&token.word)
            && (is_measured
                || self.claim.is_joined(at)
                || self.claim.statement.is_before_of(unit.last))
    }

    /// Returns whether the sentence has another name of the claim than the one from `first` to
    /// `last`: without one, the two speak of different things.
    fn names_another(&self, first: usize, last: usize) -> bool {
        self.answers.iter().enumerate().any(|(at, answer)| {
            let is_said = matches!(answer.tie, Tie::Same | Tie::Synonym);
            let is_named = answer.at.is_some_and(|other| self.source.is_name(other));
            !(first..=last).contains(&at) && self.claim.is_name(at) && is_said && is_named
        })
    }

    /// Returns whether a name only tells a thing from others of its kind, so that there may be
    /// several: *a Moss inquiry*, *the University of Moss*.
    fn is_of_kind(&self, first: usize) -> bool {
        let tokens = &self.claim.statement.tokens;
        let phrase =
            (0..=first).rev().find(|&at| at == 0 || !self.claim.is_joined(at - 1)).unwrap_or(first);
        let before = |at: usize, n: usize| self.claim.all[at].first.checked_sub(n);
        let is_indefinite =
            before(phrase, 1).is_some_and(|article| matches!(&*tokens[article].word, "a" | "an"));
        let is_of_name = before(first, 2)
            .is_some_and(|at| tokens[at].is_name && self.claim.statement.is_before_of(at));
        is_indefinite || is_of_name
    }

    /// Leaves another amount open where it is of another noun that says nearly the same: who has
    /// two sons may have three children.
    fn doubt_amounts(&mut self) {
        for at in 1..self.answers.len() {
            let amount = self.answers[at - 1].tie;
            if amount == Tie::Differs(Slot::Amount)
                && self.claim.is_joined(at - 1)
                && self.answers[at].tie == Tie::Synonym
            {
                self.answers[at - 1].tie = Tie::Open;
            }
        }
    }

    /// Leaves a time within a longer one open where amounts are said of the longer one: who lost
    /// five million between 2000 and 2020 need not have lost them in 2020.
    fn doubt_totals(&mut self) {
        let mut units = self.claim.all.iter().zip(&self.answers);
        let has_amount =
            units.any(|(unit, answer)| matches!(unit.kind, Kind::Amount(_)) && answer.at.is_some());
        if !has_amount {
            return;
        }
        for (unit, answer) in self.claim.all.iter().zip(&mut self.answers) {
            let other = answer.at.map(|other| self.source.all[other].kind);
            if let (Kind::Time(said), Some(Kind::Time(says))) = (unit.kind, other)
                && self.claim.statement.periods[said].is_point()
                && !self.source.statement.periods[says].is_point()
            {
                answer.tie = Tie::Open;
            }
        }
    }

    /// Leaves what is answered in another place open where a semicolon parts it from all that is
    /// answered in order: it is said of something else.
    fn doubt_moved(&mut self) {
        let part =
            |answer: &Answer| Some(self.source.statement.part(self.source.all[answer.at?].first));
        let in_order: Vec<usize> =
            self.answers.iter().filter(|it| !it.is_moved).filter_map(part).collect();
        let parts: Vec<Option<usize>> = self.answers.iter().map(part).collect();
        for (answer, part) in self.answers.iter_mut().zip(parts) {
            if answer.is_moved && part.is_some_and(|part| !in_order.contains(&part)) {
                answer.tie = Tie::Open;
            }
        }
    }

    /// Leaves another name open that may be no other: only behind the same preposition, and where
    /// nothing near has the claim's, is it in the place of the claim's.
    fn doubt_names(&mut self, view: &View<'_>) {
        for (first, last) in self.names() {
            let differs = |at: &usize| self.answers[*at].tie == Tie::Differs(Slot::Name);
            if !(first..=last).any(|at| differs(&at)) {
                continue;
            }
            let governor = self.claim.all[first].preposition;
            let is_governed = governor.is_some()
                && (first..=last)
                    .filter_map(|at| self.answers[at].at)
                    .all(|other| self.source.all[other].preposition == governor);
            let is_near = |token: &Token| view.is_around(token) || self.source.statement.has(token);
            let is_exclusive = self.names_another(first, last) && !self.is_of_kind(first);
            if !is_governed || !is_exclusive || (first..=last).any(|at| is_near(self.token(at))) {
                let doubted: Vec<usize> = (first..=last).filter(differs).collect();
                for at in doubted {
                    self.answers[at].tie = Tie::Open;
                }
            }
        }
    }
}

/// Returns whether *the* or *this* is before a unit: it has been spoken of.
fn is_definite(source: &Units<'_>, at: usize) -> bool {
    let Statement { tokens, .. } = source.statement;
    let before = source.all[at].first.checked_sub(1).map(|before| &*tokens[before].word);
    matches!(before, Some("the" | "this" | "that" | "these" | "its"))
}
