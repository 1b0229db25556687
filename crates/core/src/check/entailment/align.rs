//! [`Alignment`]: which unit of a sentence answers which unit of a claim.

use super::Fit;
use super::Steps;
use super::guard::denies_speech;
use super::unit::{Kind, Unit, Units};
use crate::check::align::{View, credit};
use crate::check::lexicon::{Relation, lexicon};
use crate::check::reason::{Reason, Slot};
use crate::check::statement::{Statement, Token};
use crate::text::english::calendar::{month, weekday};
use crate::text::english::manner::manner;

/// How a unit of the claim is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tie {
    /// By the same word or value.
    Same,
    /// By a word that says the same.
    Synonym,
    /// From around the sentence, by a pronoun or a heading.
    Context,
    /// By a value that may be the same and does not say so.
    Open,
    /// By another value of its kind.
    Differs(Slot),
    /// Not at all, and it says little.
    Light,
    /// Not at all.
    Gap,
}

/// The answer to a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Answer {
    pub(super) tie: Tie,
    /// The source's unit, where one answers.
    pub(super) at: Option<usize>,
    /// Whether it is in another place of the sentence than the claim's order asks for.
    pub(super) is_moved: bool,
}

impl Answer {
    const NONE: Answer = Answer { tie: Tie::Gap, at: None, is_moved: false };
}

/// The units of a claim with their answers in a sentence.
pub(super) struct Alignment<'a> {
    pub(super) claim: Units<'a>,
    pub(super) source: &'a Units<'a>,
    pub(super) answers: Vec<Answer>,
}

impl<'a> Alignment<'a> {
    pub(super) fn new(claim: Units<'a>, source: &'a Units<'a>, view: &View<'_>) -> Alignment<'a> {
        let answers = in_order(&claim, source, view);
        let mut alignment = Alignment { claim, source, answers };
        alignment.answer_moved();
        alignment.answer_modifiers();
        alignment.answer_weekdays();
        alignment.complete_names(view);
        alignment.supply(view);
        alignment.answer_source(view);
        alignment.allow_light();
        alignment.doubt_names(view);
        alignment
    }

    /// Leaves another name open that may be no other: only behind the same preposition, and where
    /// nothing near has the claim's, is it in the place of the claim's.
    fn doubt_names(&mut self, view: &View<'_>) {
        for (first, last) in self.names() {
            let differs = (first..=last).any(|at| self.answers[at].tie == Tie::Differs(Slot::Name));
            if !differs {
                continue;
            }
            let governor = self.claim.all[first].preposition;
            let is_governed = governor.is_some()
                && (first..=last)
                    .filter_map(|at| self.answers[at].at)
                    .all(|other| self.source.all[other].preposition == governor);
            let is_near = (first..=last).any(|at| {
                is_around(view, self.token(at)) || has(self.source.statement, self.token(at))
            });
            if !is_governed || is_near {
                for answer in &mut self.answers[first..=last] {
                    if answer.tie == Tie::Differs(Slot::Name) {
                        answer.tie = Tie::Open;
                    }
                }
            }
        }
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
                let source = &self.source.all[other];
                let is_free = !self.answers.iter().any(|answer| answer.at == Some(other));
                let is_governed_alike = matches!(unit.kind, Kind::Time(_))
                    || unit.preposition.is_some() && unit.preposition == source.preposition;
                is_free
                    && is_governed_alike
                    && tie(&self.claim, unit, self.source, source) == Some(Tie::Same)
            });
            if found.is_some() {
                self.answers[at] = Answer { tie: Tie::Same, at: found, is_moved: true };
            }
        }
        // “The line is 40 km long” is “the 40-kilometre line”.
        for at in 0..self.answers.len() {
            let unit = &self.claim.all[at];
            if self.answers[at].tie != Tie::Gap || !matches!(unit.kind, Kind::Amount(_)) {
                continue;
            }
            let found = (0..self.source.all.len()).find_map(|other| {
                let is_answer = |place: usize| self.answers.iter().any(|it| it.at == Some(place));
                let is_modifier =
                    self.source.is_joined(other) && is_answer(other + 1) && !is_answer(other);
                let tie = tie(&self.claim, unit, self.source, &self.source.all[other]);
                tie.filter(|_| is_modifier).map(|tie| (other, tie))
            });
            if let Some((other, tie)) = found {
                self.answers[at] = Answer { tie, at: Some(other), is_moved: true };
            }
        }
        // A time is said anywhere in a sentence: another one in its place is a difference.
        for at in 0..self.answers.len() {
            let unit = &self.claim.all[at];
            if self.answers[at].tie != Tie::Gap || !matches!(unit.kind, Kind::Time(_)) {
                continue;
            }
            let mut free = (0..self.source.all.len()).filter(|&other| {
                matches!(self.source.all[other].kind, Kind::Time(_))
                    && !self.answers.iter().any(|answer| answer.at == Some(other))
            });
            if let (Some(other), None) = (free.next(), free.next())
                && let Some(tie) = tie(&self.claim, unit, self.source, &self.source.all[other])
            {
                self.answers[at] = Answer { tie, at: Some(other), is_moved: true };
            }
        }
    }

    /// Answers the words of a name of which the sentence has another part: *Ada Example* by
    /// *Example*, where nothing near it says that another Example is meant.
    fn complete_names(&mut self, view: &View<'_>) {
        for (first, last) in self.names() {
            let answered = (first..=last).find(|&at| {
                matches!(self.answers[at].tie, Tie::Same | Tie::Synonym)
                    && self.answers[at].at.is_some()
            });
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
            let by_pronoun = (first..=last)
                .find(|&at| self.answers[at].tie == Tie::Context && self.answers[at].at.is_some());
            let Some(answered) = answered.or(by_pronoun) else { continue };
            for at in first..=last {
                if self.answers[at].tie != Tie::Gap {
                    continue;
                }
                let token = self.token(at);
                if is_around(view, token) || has(self.source.statement, token) {
                    self.answers[at].tie = Tie::Context;
                    continue;
                }
                let other = self.answers[answered]
                    .at
                    .map(|other| if at < answered { other.wrapping_sub(1) } else { other + 1 });
                let rival =
                    other.and_then(|other| self.source.all.get(other).map(|unit| (other, unit)));
                let is_rival = rival.is_some_and(|(other, unit)| {
                    self.source.statement.tokens[unit.first].is_name
                        && self
                            .source
                            .is_joined(other.min(self.answers[answered].at.unwrap_or(other)))
                        && !self.answers.iter().any(|answer| answer.at == Some(other))
                });
                self.answers[at] = if is_rival {
                    Answer { tie: Tie::Open, at: other, is_moved: false }
                } else {
                    Answer { tie: Tie::Light, ..Answer::NONE }
                };
            }
        }
    }

    /// Answers a word before a noun by one that a preposition joins to this noun: *the Saltmarsh
    /// gauge* by *the gauge at Saltmarsh*.
    fn answer_modifiers(&mut self) {
        /// The units behind the noun that are looked at.
        const NEAR: usize = 3;
        for at in 0..self.answers.len() {
            let is_modifier = self.answers[at].tie == Tie::Gap && self.claim.is_joined(at);
            let Some(noun) =
                self.answers.get(at + 1).filter(|_| is_modifier).and_then(|answer| answer.at)
            else {
                continue;
            };
            let found = (noun + 1..self.source.all.len()).take(NEAR).find(|&other| {
                let source = &self.source.all[other];
                let is_free = !self.answers.iter().any(|answer| answer.at == Some(other));
                is_free
                    && source.preposition.is_some()
                    && tie(&self.claim, &self.claim.all[at], self.source, source) == Some(Tie::Same)
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
                let tie = by_fit(
                    if weekday == day.weekday().to_monday_one_offset() {
                        Fit::Entails
                    } else {
                        Fit::Excludes
                    },
                    Slot::Date,
                );
                self.answers[at] = Answer { tie, at: Some(other), is_moved: true };
            }
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
            let first = (at..end).find(|&it| self.answers[it].tie == Tie::Gap);
            let last = (at..end).rfind(|&it| self.answers[it].tie == Tie::Gap);
            if let (Some(first), Some(last)) = (first, last) {
                let gap = first..last + 1;
                let units = &self.claim.all;
                let is_whole = gap
                    .clone()
                    .all(|it| self.answers[it].tie == Tie::Gap && units[it].kind == Kind::Word);
                let is_place =
                    matches!(units[first].preposition, Some("in" | "at" | "on" | "near"));
                let is_name = gap.clone().any(|it| self.claim.is_name(it));
                let is_governed =
                    last + 1 == end && units[first].preposition.is_some() && (is_place || !is_name);
                let is_modifier = last + 1 < end
                    && self.answers[last + 1].at.is_some()
                    && !units[last + 1].is_verb;
                let is_reduced = is_modifier
                    && self.answers[last + 1].at.is_some_and(|noun| {
                        let tokens = &self.claim.statement.tokens;
                        let phrase = &tokens[units[first].first..=units[last + 1].last];
                        is_definite(self.source, noun)
                            && view.is_last_named(phrase, self.source.all[noun].first)
                    });
                let is_supplied = is_whole
                    && (is_governed || is_modifier)
                    && gap.clone().all(|it| {
                        let has_it = if is_governed {
                            is_around(view, self.token(it))
                        } else {
                            is_in_heading(view, self.token(it))
                        };
                        !units[it].is_verb && (has_it || is_reduced)
                    });
                if is_supplied {
                    self.answers[gap].fill(Answer { tie: Tie::Context, ..Answer::NONE });
                }
            }
            at = end;
        }
    }

    /// Answers *according to Ada*, at the end of a claim, in a sentence in which somebody says
    /// something and Ada is named in it or around it.
    fn answer_source(&mut self, view: &View<'_>) {
        let Some(first) = (0..self.answers.len()).find(|&at| {
            let next = self.claim.statement.tokens.get(self.claim.all[at].last + 1);
            &*self.token(at).word == "according" && next.is_some_and(|it| &*it.word == "to")
        }) else {
            return;
        };
        let own = self.source.statement;
        let is_reported = own.tokens.iter().any(|token| lexicon().is_reporting(&token.lemma));
        let is_known = (first + 1..self.answers.len()).all(|at| {
            self.claim.is_name(at) && (is_around(view, self.token(at)) || has(own, self.token(at)))
        });
        if is_reported && is_known {
            for answer in &mut self.answers[first..] {
                *answer = Answer { tie: Tie::Context, ..Answer::NONE };
            }
        }
    }

    fn allow_light(&mut self) {
        for at in 0..self.answers.len() {
            let unit = &self.claim.all[at];
            let token = &self.claim.statement.tokens[unit.first];
            // “40 km long” is “40 km”.
            let is_measured = at.checked_sub(1).is_some_and(|before| {
                matches!(self.claim.all[before].kind, Kind::Amount(_))
                    && self.claim.is_joined(before)
            });
            let is_light = unit.kind == Kind::Word
                && !unit.is_verb
                && !token.is_name
                && token.says_little()
                && !manner().universal.contains(&token.word)
                && !manner().scope.contains(&token.word)
                && (is_measured
                    || self.claim.is_joined(at)
                    || self.claim.statement.is_before_of(unit.last));
            // A pronoun refers to what the claim has named before it.
            let is_pronoun = unit.kind == Kind::Pronoun
                && self.claim.all[..at].iter().any(|it| it.kind == Kind::Word && !it.is_verb);
            if self.answers[at].tie == Tie::Gap && (is_light || is_pronoun) {
                self.answers[at].tie = Tie::Light;
            }
        }
    }

    /// The runs of units that are the words of one name, by first and last place.
    fn names(&self) -> Vec<(usize, usize)> {
        self.claim.runs().into_iter().filter(|&(first, _)| self.claim.is_name(first)).collect()
    }

    fn token(&self, at: usize) -> &Token {
        &self.claim.statement.tokens[self.claim.all[at].first]
    }

    /// Each unit of the claim by its place, with its tie.
    pub(super) fn ties(&self) -> impl Iterator<Item = (usize, Tie)> {
        self.answers.iter().enumerate().map(|(at, answer)| (at, answer.tie))
    }

    /// The units that nothing answers, by place.
    pub(super) fn gaps(&self) -> impl Iterator<Item = usize> {
        self.ties().filter(|(_, tie)| *tie == Tie::Gap).map(|(at, _)| at)
    }

    /// The number of units that nothing answers at the end of the claim, where they say by whom.
    pub(super) fn gaps_of_agent(&self) -> usize {
        if self.claim.statement.tokens.iter().any(|token| token.is_negated) {
            return 0;
        }
        let gaps = self.answers.iter().rev().take_while(|answer| answer.tie == Tie::Gap).count();
        let agent = &self.claim.all[self.answers.len() - gaps..];
        if agent.iter().all(|unit| unit.preposition == Some("by")) { gaps } else { 0 }
    }

    /// The share of the claim's units that the sentence has, in whatever order, or that are
    /// answered from around it.
    pub(super) fn answered(&self) -> f64 {
        let has = |at: usize| {
            let unit = &self.claim.all[at];
            let mut ties =
                self.source.all.iter().map(|other| tie(&self.claim, unit, self.source, other));
            ties.any(|tie| matches!(tie, Some(Tie::Same | Tie::Synonym)))
        };
        let is_said = |(at, tie): &(usize, Tie)| {
            matches!(tie, Tie::Same | Tie::Synonym | Tie::Context | Tie::Light) || has(*at)
        };
        self.ties().filter(is_said).count() as f64 / self.answers.len().max(1) as f64
    }

    /// The share of the claim's units that have a counterpart in the sentence, alike or not.
    pub(super) fn paired(&self) -> f64 {
        let paired = self.answers.iter().filter(|answer| answer.at.is_some()).count();
        paired as f64 / self.answers.len().max(1) as f64
    }

    /// The number of units, beside words of little weight, that the sentence itself answers alike.
    pub(super) fn agreed(&self) -> usize {
        let said = |(at, tie): &(usize, Tie)| {
            matches!(tie, Tie::Same | Tie::Synonym | Tie::Context) && !self.token(*at).says_little()
        };
        self.ties().filter(said).count()
    }

    /// Returns whether the sentence itself, rather than what is around it, has most of the claim.
    pub(super) fn is_own(&self) -> bool {
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

    /// The number of places in which the two differ; the words of one name are one place.
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

    /// The liberties that the answers take.
    pub(super) fn steps(&self) -> Steps {
        let count = |wanted: Tie| self.ties().filter(|(_, tie)| *tie == wanted).count();
        Steps {
            synonyms: count(Tie::Synonym),
            context: count(Tie::Context),
            light: count(Tie::Light),
            moved: self.answers.iter().filter(|answer| answer.is_moved).count(),
            ..Steps::default()
        }
    }

    /// Where the two agree and differ, in the words of both.
    pub(super) fn reasons(&self) -> Vec<Reason> {
        let mut reasons = Vec::new();
        let mut said: Vec<(usize, Option<usize>)> = Vec::new();
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
                    reasons.push(Reason {
                        slot,
                        agrees: false,
                        claim: self.claim.words(at, at),
                        source,
                    });
                }
                Tie::Open | Tie::Gap => missed.push(at),
                Tie::Light => {}
            }
        }
        let list = |units: &Units<'_>, places: &mut dyn Iterator<Item = usize>| {
            places.map(|at| units.words(at, at)).collect::<Vec<_>>().join(", ")
        };
        if !said.is_empty() {
            reasons.push(Reason {
                slot: Slot::Words,
                agrees: true,
                claim: list(&self.claim, &mut said.iter().map(|(at, _)| *at)),
                source: list(self.source, &mut said.iter().filter_map(|(_, other)| *other)),
            });
        }
        if !missed.is_empty() {
            let claim = list(&self.claim, &mut missed.into_iter());
            reasons.push(Reason { slot: Slot::Words, agrees: false, claim, source: String::new() });
        }
        reasons
    }
}

/// The best answers in order, by global alignment (Needleman and Wunsch 1970): units of the
/// sentence are passed over at almost no cost, those of the claim at a high one.
fn in_order(claim: &Units<'_>, source: &Units<'_>, view: &View<'_>) -> Vec<Answer> {
    const SKIPPED: f32 = -0.05;
    // Words that the claim has side by side are looked for side by side.
    const PARTED: f32 = -0.2;
    const MISSED: f32 = -2.0;
    let (rows, columns) = (claim.all.len(), source.all.len());
    let width = columns + 1;
    let mut ties: Vec<Option<Tie>> = vec![None; rows * columns];
    let mut best = vec![0.0_f32; (rows + 1) * width];
    for i in 1..=rows {
        best[i * width] = best[(i - 1) * width] + MISSED;
        for j in 1..=columns {
            let (unit, other) = (&claim.all[i - 1], &source.all[j - 1]);
            let tie =
                tie(claim, unit, source, other).or_else(|| antecedent(claim, unit, other, view));
            ties[(i - 1) * columns + j - 1] = tie;
            let skip = match i {
                _ if i == rows => 0.0,
                _ if claim.is_joined(i - 1) => PARTED,
                _ => SKIPPED,
            };
            let passed =
                f32::max(best[(i - 1) * width + j] + MISSED, best[i * width + j - 1] + skip);
            let matched =
                tie.map_or(f32::NEG_INFINITY, |tie| best[(i - 1) * width + j - 1] + worth(tie));
            best[i * width + j] = passed.max(matched);
        }
    }
    let mut answers = vec![Answer::NONE; rows];
    let (mut i, mut j) = (rows, columns);
    while i > 0 && j > 0 {
        let here = best[i * width + j];
        let tie = ties[(i - 1) * columns + j - 1];
        if tie.is_some_and(|tie| here == best[(i - 1) * width + j - 1] + worth(tie)) {
            answers[i - 1] =
                Answer { tie: tie.unwrap_or(Tie::Gap), at: Some(j - 1), is_moved: false };
            (i, j) = (i - 1, j - 1);
        } else if here == best[(i - 1) * width + j] + MISSED {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    answers
}

/// What an answer counts in the alignment.
fn worth(tie: Tie) -> f32 {
    match tie {
        Tie::Same => 4.0,
        Tie::Synonym => 2.5,
        Tie::Context => 1.5,
        Tie::Open => 0.0,
        Tie::Differs(_) => -1.0,
        Tie::Light | Tie::Gap => f32::NEG_INFINITY,
    }
}

/// How a unit of the source answers one of the claim, by themselves.
fn tie(claim: &Units<'_>, unit: &Unit, source: &Units<'_>, other: &Unit) -> Option<Tie> {
    let (said, says) = (claim.statement, source.statement);
    match (unit.kind, other.kind) {
        // A day of a month is compared with days alone.
        (Kind::Amount(_), Kind::Amount(_)) if claim.is_day(unit) != source.is_day(other) => None,
        (Kind::Amount(a), Kind::Amount(b)) => {
            let fit = said.amounts[a].fit(&says.amounts[b])?;
            Some(by_fit(fit, Slot::Amount))
        }
        (Kind::Time(a), Kind::Time(b)) => {
            Some(by_fit(said.periods[a].fit(&says.periods[b]), Slot::Date))
        }
        (Kind::Word, Kind::Word) => words(said, unit.first, says, other.first),
        (Kind::Word | Kind::Pronoun, Kind::Word | Kind::Pronoun) => {
            (said.tokens[unit.first].word == says.tokens[other.first].word).then_some(Tie::Same)
        }
        _ => None,
    }
}

fn by_fit(fit: Fit, slot: Slot) -> Tie {
    match fit {
        Fit::Entails => Tie::Same,
        Fit::Open => Tie::Open,
        Fit::Excludes => Tie::Differs(slot),
    }
}

/// How a word answers another.
fn words(claim: &Statement, at: usize, source: &Statement, other: usize) -> Option<Tie> {
    let (token, found) = (&claim.tokens[at], &source.tokens[other]);
    let is_contrary = lexicon().relation(&token.lemma, &found.lemma) == Some(Relation::Contrary);
    if is_contrary && !token.is_name && !found.is_name {
        return Some(Tie::Differs(Slot::Predicate));
    }
    // “Denied that it was so” in the place of “said that it was so”.
    if lexicon().is_reporting(&token.lemma) && denies_speech(found) {
        return Some(Tie::Differs(Slot::Predicate));
    }
    match credit(claim, at, source, other) {
        Some((_, true)) => return Some(Tie::Differs(Slot::Predicate)),
        Some((1.0, false)) => return Some(Tie::Same),
        Some((credit, false)) if credit > 0.8 => return Some(Tie::Synonym),
        _ => {}
    }
    if let (Some(claimed), Some(found)) = (weekday(&token.word), weekday(&found.word)) {
        return (claimed != found).then_some(Tie::Differs(Slot::Date));
    }
    let is_figure = |token: &Token| token.word.contains(|c: char| c.is_ascii_digit());
    if is_figure(token) && is_figure(found) {
        return Some(Tie::Differs(Slot::Amount));
    }
    // A country in the place of another is another name, what belongs to one is another kind.
    let is_named =
        |token: &Token| lexicon().is_country(&token.lemma) && !lexicon().is_demonym(&token.lemma);
    if is_named(token) && is_named(found) {
        return Some(Tie::Differs(Slot::Name));
    }
    if lexicon().relation(&token.lemma, &found.lemma) == Some(Relation::Exclusive) {
        return Some(Tie::Differs(Slot::Kind));
    }
    (token.is_name && found.is_name).then_some(Tie::Differs(Slot::Name))
}

/// The tie of a unit of the claim with a pronoun, where what the sentences before speak of is that
/// unit.
fn antecedent(claim: &Units<'_>, unit: &Unit, other: &Unit, view: &View<'_>) -> Option<Tie> {
    if other.kind != Kind::Pronoun || unit.is_verb {
        return None;
    }
    let token = &claim.statement.tokens[unit.first];
    if unit.kind != Kind::Word || unit.preposition.is_some() != other.preposition.is_some() {
        return None;
    }
    view.may_mean(other.first, token).then_some(Tie::Context)
}

/// Returns whether *the* or *this* is before a unit: it has been spoken of.
fn is_definite(source: &Units<'_>, at: usize) -> bool {
    let before = source.all[at].first.checked_sub(1);
    before.is_some_and(|before| {
        matches!(&*source.statement.tokens[before].word, "the" | "this" | "that" | "these" | "its")
    })
}

/// Returns whether what is around the sentence has a word.
fn is_around(view: &View<'_>, token: &Token) -> bool {
    view.around().any(|statement| has(statement, token))
}

/// Returns whether the title or a heading has a word.
fn is_in_heading(view: &View<'_>, token: &Token) -> bool {
    view.context().any(|statement| has(statement, token))
}

fn has(statement: &Statement, token: &Token) -> bool {
    statement.tokens.iter().any(|other| other.lemma == token.lemma)
}
