//! [`Answered`]: the sentence of an alignment, token by token.

use super::alignment::Alignment;
use super::statement::Statement;
use super::tie::Tie;
use super::unit::Unit;
use super::vocabulary::vocabulary;
use crate::text::english::restriction::restriction;

/// The sentence of an alignment.
pub(super) struct Answered<'a> {
    pub(super) alignment: &'a Alignment<'a>,
    pub(super) own: &'a Statement,
    pub(super) claim: &'a Statement,
    /// True if each of its tokens answers a unit of the claim.
    pub(super) is_answer: Vec<bool>,
    /// The first and the last token that does.
    pub(super) first: usize,
    pub(super) last: usize,
}

impl<'a> Answered<'a> {
    pub(super) fn new(alignment: &'a Alignment<'a>) -> Option<Answered<'a>> {
        let own = alignment.source.statement;
        let mut is_answer = vec![false; own.tokens.len()];
        for answer in &alignment.answers {
            if let Some(at) = answer.at {
                let unit = &alignment.source.all[at];
                is_answer[unit.first..=unit.last].fill(true);
            }
        }
        let first = is_answer.iter().position(|&is_answer| is_answer)?;
        let last = is_answer.iter().rposition(|&is_answer| is_answer)?;
        Some(Answered { alignment, own, claim: alignment.claim.statement, is_answer, first, last })
    }

    /// Returns the place of the clause, right behind the last answer, that restricts what is
    /// answered.
    pub(super) fn restriction(&self) -> Option<usize> {
        let (before, after) = self.own.text.split_at(self.own.tokens[self.last].span.end);
        let found = restriction(before, after).filter(|it| !it.is_contrast)?;
        let start = before.len() + found.at;
        let at = self.own.tokens.partition_point(|token| token.span.start < start);
        let is_time = self.is_time_bound(at);
        (at < self.own.tokens.len() && !is_time).then_some(at)
    }

    /// Returns whether a token is the *until* before a time.
    pub(super) fn is_time_bound(&self, at: usize) -> bool {
        let word = self.own.tokens.get(at).map_or("", |token| &*token.word);
        matches!(word, "until" | "till") && self.own.is_fact(at + 1)
    }

    /// Returns whether a word denies the answer behind it: *refused to sign*.
    pub(super) fn denies(&self, at: usize) -> bool {
        let mut behind = self.own.tokens.iter().zip(&self.is_answer).skip(at + 1);
        self.own.tokens[at].is_negator()
            && behind.find(|(_, is_answer)| **is_answer).is_some_and(|(token, _)| token.is_negated)
    }

    /// Returns whether a clause that a word is in ends before another.
    pub(super) fn is_closed(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).any(|at| {
            let between = self.own.between(at);
            let word = &*self.own.tokens[at].word;
            between.contains([';', ')'])
                || vocabulary().is_turn(&self.own.tokens[at].lemma)
                || matches!(word, "but" | "while")
                || word == "and" && (between.contains(',') || self.ends_denial(from, at))
        }) || self.is_relative(from, to)
            || self.is_in_relative(from, to)
    }

    /// Returns whether a word is in a clause behind a comma and *which* or the like that ends, at a
    /// comma with a verb right behind it, before another: *Moss, which is expected to grow, said*.
    fn is_in_relative(&self, at: usize, other: usize) -> bool {
        let is_comma = |at: &usize| self.own.between(*at).contains(',');
        let begins = (1..=at).rev().find(is_comma).is_some_and(|comma| {
            matches!(&*self.own.tokens[comma].word, "which" | "who" | "where" | "whose")
        });
        let is_verb =
            |at: usize| self.alignment.source.all.iter().any(|it| it.first == at && it.is_verb);
        begins && (at + 1..=other).find(is_comma).is_some_and(is_verb)
    }

    /// Returns whether a word is in a clause between commas, behind *which* or the like, that
    /// answers nothing: *Moss, which runs most of the trains, made a profit*.
    pub(super) fn is_in_aside(&self, at: usize) -> bool {
        let is_comma = |at: &usize| self.own.between(*at).contains(',');
        let Some(begin) = (1..=at).rev().find(is_comma) else { return false };
        let end = (at + 1..self.own.tokens.len()).find(is_comma);
        let clause = begin..end.unwrap_or(self.own.tokens.len());
        matches!(&*self.own.tokens[begin].word, "which" | "who" | "where" | "whose")
            && !self.is_answer[clause].contains(&true)
    }

    /// Returns whether a word is in a clause behind a comma and *which* or the like, and another is
    /// before that clause.
    fn is_relative(&self, before: usize, at: usize) -> bool {
        let comma = (before + 1..=at).rev().find(|&at| self.own.between(at).contains(','));
        comma.is_some_and(|comma| {
            matches!(&*self.own.tokens[comma].word, "which" | "who" | "where" | "whose")
        })
    }

    /// Returns whether the clause of a negator ends at a word: *opposed the ban **and** backed*.
    fn ends_denial(&self, negator: usize, at: usize) -> bool {
        let tokens = &self.own.tokens;
        tokens[negator].is_negator() && tokens[at].clause != tokens[at - 1].clause
    }

    /// Returns the claim's units with the source's that answer them.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&Unit, &Unit)> {
        let answers = self.alignment.answers.iter().zip(&self.alignment.claim.all);
        answers.filter_map(|(answer, unit)| {
            let is_answered = matches!(answer.tie, Tie::Same | Tie::Synonym | Tie::Differs(_));
            let at = answer.at.filter(|_| is_answered)?;
            Some((unit, &self.alignment.source.all[at]))
        })
    }

    /// Returns where the clause begins that a token is in.
    pub(super) fn clause_start(&self, at: usize) -> usize {
        let clause = self.own.tokens[at].clause;
        (0..at)
            .rev()
            .find(|&before| self.own.tokens[before].clause != clause)
            .map_or(0, |before| before + 1)
    }

    /// Finds the first word of each side, of those at some places, that the other side has less
    /// often, as `differs` tells from the two numbers.
    pub(super) fn odd(
        &self,
        claims: Vec<usize>,
        sources: Vec<usize>,
        differs: impl Fn(usize, usize) -> bool,
    ) -> Option<(String, String)> {
        let count = |statement: &Statement, places: &[usize], word: &str| {
            places
                .iter()
                .filter(|&&at| undenied(&statement.tokens[at].word) == undenied(word))
                .count()
        };
        let find = |statement: &Statement, places: &[usize]| {
            let found = places.iter().find(|&&at| {
                let word = &*statement.tokens[at].word;
                differs(count(self.claim, &claims, word), count(self.own, &sources, word))
            });
            found.map(|&at| statement.words(at, at))
        };
        let (said, says) = (find(self.claim, &claims), find(self.own, &sources));
        (said.is_some() || says.is_some())
            .then(|| (said.unwrap_or_default(), says.unwrap_or_default()))
    }
}

/// Returns *can* for *cannot*: what is denied is compared by itself.
fn undenied(word: &str) -> &str {
    if matches!(word, "cannot" | "can't" | "can’t") { "can" } else { word }
}
