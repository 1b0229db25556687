//! [`Finding`]: what one passage says of a claim, and the citation of the sentence that says it.

use std::rc::Rc;

use super::judge::{Claim, Judgement, Ruling, judge};
use super::passages::Sentences;
use super::reason::{Reason, Slot, Stance, places};
use super::statement::Statement;
use super::token::Token;
use super::unit::Units;
use super::view::View;
use crate::cite::{Citation, Quotation};
use crate::query::{Match, Via};
use crate::search::Hit;
use crate::source::{self, Passage};

/// A passage with its reading of a claim.
pub(super) struct Finding {
    hit: Hit,
    sentences: Rc<Sentences>,
    /// The place of the sentence that `judgement` is of, counted from 0.
    sentence: usize,
    pub(super) judgement: Judgement,
}

impl Finding {
    /// Finds what a passage says of a claim, or else of the beginnings of it that are claims too:
    /// its sentence that is most decided.
    pub(super) fn new(
        hit: Hit,
        sentences: Rc<Sentences>,
        claim: &Claim<'_>,
        heads: &[Claim<'_>],
    ) -> Option<Finding> {
        let Sentences { own, context } = &*sentences;
        let units: Vec<Units<'_>> = own.iter().map(Units::new).collect();
        let best = |claim: &Claim<'_>| {
            let judged = units
                .iter()
                .enumerate()
                .map(|(at, units)| (at, judge(claim, units, &View::new(own, context, at))));
            judged.max_by(|(_, a), (_, b)| a.rank().total_cmp(&b.rank()))
        };
        let mut found = best(claim)?;
        if matches!(found.1.ruling, Ruling::Open(_)) {
            let part = heads.iter().find_map(|head| {
                best(head)
                    .filter(|(_, it)| it.ruling == Ruling::Decided(Stance::Supports))
                    .map(|(at, it)| (at, it.into_part(claim.statement, head.statement)))
            });
            found = part.unwrap_or(found);
        }
        let (sentence, judgement) = found;
        Some(Finding { hit, sentences, sentence, judgement })
    }

    pub(super) fn takes(&self, stance: Stance) -> bool {
        self.judgement.ruling == Ruling::Decided(stance)
    }

    /// Returns whether its passage has the participants of the claim and the value in which another
    /// judgement differs from it: the claim may be of what is spoken of here.
    pub(super) fn has_value(&self, claim: &Statement, other: &Judgement) -> bool {
        // A weekday is no participant, nor is a month.
        let names = claim.names().into_iter().map(|(_, last)| &claim.tokens[last]);
        let names: Vec<&Token> = names
            .filter(|name| name.traits.weekday.is_none() && name.traits.month.is_none())
            .collect();
        let conflicts: Vec<&Reason> = other.reasons.iter().filter(|it| it.is_conflict()).collect();
        if conflicts
            .iter()
            .any(|it| matches!(it.slot, Slot::Polarity | Slot::Predicate | Slot::Order))
        {
            return self.takes(Stance::Supports);
        }
        // “In April” leaves open that it was on 6 April.
        let is_less_exact = conflicts.iter().all(|it| it.slot == Slot::Date)
            && self.judgement.ruling == Ruling::Part
            && self.judgement.answered >= other.answered;
        if is_less_exact {
            return true;
        }
        // The museum of a sentence need not be the Moss Museum of the claim. A word that the claim
        // begins with may be no name.
        let has = |statement: &Statement, token: &Token| {
            let is_name = token.is_name && token.span.start > 0;
            let mut all = statement.tokens.iter();
            all.any(|it| it.lemma == token.lemma && (it.is_name || !is_name))
        };
        let sentences = || self.sentences.own.iter().chain(&self.sentences.context);
        let is_of_them = names.iter().all(|token| sentences().any(|it| has(it, token)));
        is_of_them
            && sentences().any(|sentence| {
                let has_values = conflicts.iter().all(|reason| sentence.has_value(&reason.claim));
                let content = claim.content().count();
                let shared = claim.content().filter(|(_, token)| has(sentence, token)).count();
                has_values
                    && (names.iter().any(|token| has(sentence, token)) || 2 * shared >= content)
            })
    }

    /// Returns the quotation of the sentence, with the judgement on it. The words are marked that
    /// differ from the claim, or those of the claim where none does. `None` where the sentence
    /// cannot be cited.
    pub(super) fn cited(self) -> Option<(Quotation, Judgement)> {
        let Hit { passage, source, matches, .. } = self.hit;
        let at = u32::try_from(self.sentence + 1).unwrap_or(u32::MAX);
        let sentences = source::Sentences { first: at, last: at };
        let citation = Citation::new(&source, &passage, Some(sentences))?;
        let differing = differing(&passage, self.sentence, &self.judgement.reasons);
        let matches = if differing.is_empty() { matches } else { differing };
        Some((Quotation { citation, passage, source, matches }, self.judgement))
    }
}

/// Finds the words of a sentence in which it differs from a claim.
fn differing(passage: &Passage, sentence: usize, reasons: &[Reason]) -> Vec<Match> {
    let conflicts = reasons.iter().filter(|reason| reason.is_conflict());
    let mut matches: Vec<Match> = conflicts
        .filter_map(|reason| {
            let mut spans =
                places(&reason.source, passage.plain()).map(|place| passage.exact_span(place));
            let span = spans
                .find(|span| passage.sentences[sentence].overlaps(*span))?
                .shifted(passage.start.byte);
            Some(Match { span, term: reason.claim.clone(), via: Via::Variant })
        })
        .collect();
    matches.sort_by_key(|found| (found.span.start, found.span.end));
    matches.dedup_by(|next, last| next.span.start < last.span.end);
    matches
}
