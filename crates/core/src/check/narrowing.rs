//! Tells where a sentence speaks of fewer than the claim. Who *sells red boats* sells boats, but
//! where *all red boats sank*, or somebody *bans red boats*, it need not be so of boats.

use super::answered::Answered;
use super::tie::Tie;
use super::token::Token;
use super::unit::{Kind, Unit};
use super::vocabulary::{is_ordinal, vocabulary};
use crate::text::english::manner::manner;
use crate::text::english::verbs::is_auxiliary;

impl Answered<'_> {
    /// Finds the noun in the sentence, with the words that narrow it, of which the claim says
    /// something that need not hold of all if it holds of some. Returns its first and last token.
    pub(super) fn narrowing(&self) -> Option<(usize, usize)> {
        if let Some(at) = self.exception() {
            return Some((at, at));
        }
        let answers = self.alignment.answers.iter().enumerate();
        answers.filter(|(_, answer)| !answer.is_moved).find_map(|(at, answer)| {
            let place = answer.at?;
            let is_of_all = self.is_of_all(at);
            let is_fewer_before = is_of_all || self.is_of_any(at) || self.is_beside_foremost(at);
            let before = self.narrowed_before(place).filter(|_| is_fewer_before);
            let behind = self.narrowed_behind(place).filter(|_| is_of_all);
            before
                .or(behind)
                .or_else(|| self.limited(place))
                .or_else(|| self.measured_otherwise(place))
                .or_else(|| self.shared(place))
        })
    }

    /// Finds the *except* or the like between the answers, where the claim has none.
    fn exception(&self) -> Option<usize> {
        (self.first..=self.last).find(|&at| {
            let token = &self.own.tokens[at];
            matches!(&*token.word, "except" | "excepting" | "excluding") && !self.claim.has(token)
        })
    }

    /// Returns whether the claim says something of all of what a noun names, of a share of them, or
    /// that there are to be none: *all boats*, *half of the boats*, *bans boats*.
    fn is_of_all(&self, at: usize) -> bool {
        let claim = self.alignment.claim;
        let (unit, tokens) = (&claim.all[at], &self.claim.tokens);
        let word = |unit: &Unit| &*tokens[unit.first].word;
        let is_share = |unit: &Unit| {
            matches!(unit.kind, Kind::Amount(_))
                || is_ordinal(&tokens[unit.first].lemma)
                || manner().universal.contains(word(unit))
                || manner().partial.contains(word(unit))
        };
        if unit.kind != Kind::Word || unit.is_verb || is_share(unit) {
            return false;
        }
        let start = (0..at).rev().take_while(|&before| claim.is_joined(before)).last();
        let start = start.unwrap_or(at);
        let is_all = claim.all[start..at].iter().any(|it| manner().universal.contains(word(it)));
        let first = claim.all[start].first;
        let is_no = first.checked_sub(1).is_some_and(|before| &*tokens[before].word == "no");
        let before = start.checked_sub(1).map(|before| &claim.all[before]);
        let is_part = claim.all[start].preposition == Some("of") && before.is_some_and(is_share);
        // “Bans cars”, but not “bans the cars”: the verb is joined to its object.
        let is_prevented =
            claim.all[start..at].iter().any(|it| manner().preventing.contains(word(it)));
        // “Schools closed”: no article is before the first noun.
        let is_bare = start == 0 && first == 0 && !tokens[first].is_name;
        is_all || is_no || is_part || is_prevented || is_bare
    }

    /// Returns whether a noun of the claim is one of the things that it begins with, without an
    /// article, or tells them from others: *people with gout*.
    fn is_of_any(&self, at: usize) -> bool {
        let claim = self.alignment.claim;
        let tokens = &self.claim.tokens;
        let is_named = tokens[0].traits.is_given
            || tokens[0].traits.is_country
            || tokens.get(1).is_some_and(|it| it.is_name);
        let is_verb = |first: usize| claim.all.iter().any(|it| it.first == first && it.is_verb);
        let predicate = (0..tokens.len()).find(|&at| is_auxiliary(&tokens[at].word) || is_verb(at));
        matches!(self.alignment.answers[at].tie, Tie::Same | Tie::Synonym)
            && claim.all[0].first == 0
            && tokens[0].is_plural()
            && !is_named
            && predicate.is_some_and(|predicate| claim.all[at].last < predicate)
    }

    /// Returns whether a unit of the claim is a noun or a name beside a word for the first, the
    /// only or the most: the highest mountain of a country is more than that of a part of it.
    fn is_beside_foremost(&self, at: usize) -> bool {
        let claim = self.alignment.claim;
        let unit = &claim.all[at];
        let is_most = |unit: &Unit| is_foremost(&self.claim.tokens[unit.first]);
        unit.kind == Kind::Word && !unit.is_verb && !is_most(unit) && claim.all.iter().any(is_most)
    }

    /// Finds a word before a noun of the sentence that the claim does not have.
    fn narrowed_before(&self, place: usize) -> Option<(usize, usize)> {
        let source = self.alignment.source;
        let before = place.checked_sub(1).filter(|&before| source.is_joined(before));
        let before = before.map(|at| &source.all[at]).filter(|it| self.is_free(it));
        before.map(|before| (before.first, source.all[place].last))
    }

    fn is_free(&self, unit: &Unit) -> bool {
        !self.is_answer[unit.first] && !unit.is_verb
    }

    /// Finds the phrase or clause right behind a noun of the sentence that the claim does not have.
    fn narrowed_behind(&self, place: usize) -> Option<(usize, usize)> {
        let source = self.alignment.source;
        let noun = &source.all[place];
        let next = noun.last + 1;
        if self.own.is_parted(next) {
            return None;
        }
        let word = self.own.tokens.get(next).map_or("", |token| &*token.word);
        if matches!(word, "who" | "which" | "that" | "but" | "except" | "excluding") {
            return Some((noun.first, next));
        }
        let phrase = source.all.get(place + 1).filter(|it| {
            it.preposition.is_some_and(|preposition| preposition == word)
                && self.is_free(it)
                && !matches!(it.kind, Kind::Time(_))
        });
        phrase.map(|phrase| (noun.first, phrase.last))
    }

    /// Finds a bound right behind a noun, or the group right behind a share, that the claim does
    /// not have: *children over 12*, *60 % among women*.
    fn limited(&self, place: usize) -> Option<(usize, usize)> {
        let source = self.alignment.source;
        let (noun, next) = (&source.all[place], source.all.get(place + 1)?);
        let word = &*self.own.tokens[noun.last + 1].word;
        let is_bound = match (noun.kind, next.kind) {
            (Kind::Word, _) if word == "aged" => true,
            (Kind::Word, Kind::Amount(at)) => {
                !noun.is_verb
                    && !self.own.amounts[at].is_duration()
                    && matches!(word, "over" | "under" | "above" | "below")
                    && next.first == noun.last + 2
            }
            (Kind::Amount(at), Kind::Word) => {
                self.own.amounts[at].is_share() && matches!(word, "among" | "amongst" | "of")
            }
            _ => false,
        };
        (is_bound && !self.is_answer[next.first]).then_some((noun.first, next.last))
    }

    /// Finds the word behind an amount that makes it one of something else, where the claim has no
    /// such word: *40 metres wide*, *5 million fewer*, *200 rooms fewer*.
    fn measured_otherwise(&self, place: usize) -> Option<(usize, usize)> {
        let amount = &self.alignment.source.all[place];
        let words = &self.own.tokens[amount.last + 1..];
        let has_dimension =
            self.claim.tokens.iter().any(|token| manner().dimensions.contains(&token.word));
        let found = words.iter().zip(amount.last + 1..).take(2).find(|(token, at)| {
            let is_dimension = *at == amount.last + 1
                && (manner().dimensions.contains(&token.word)
                    || has_dimension && matches!(&*token.word, "from" | "away" | "off"));
            (is_dimension || manner().comparative.contains(&token.word))
                && !self.is_answer[*at]
                && !self.own.is_parted(*at)
                && !self.claim.has(token)
        });
        let (_, last) = found.filter(|_| matches!(amount.kind, Kind::Amount(_)))?;
        Some((amount.first, last))
    }

    /// Finds the noun that shares an amount with the one behind it, where the claim does not have
    /// it: *500 pupils and teachers*.
    fn shared(&self, place: usize) -> Option<(usize, usize)> {
        let source = self.alignment.source;
        let (amount, noun) = (&source.all[place], source.all.get(place + 1)?);
        let further = source.all.get(place + 2)?;
        let is_and = matches!(&*self.own.tokens[noun.last + 1].word, "and" | "or");
        let is_shared = matches!(amount.kind, Kind::Amount(_))
            && source.is_joined(place)
            && self.is_answer[noun.first]
            && is_and
            && !manner().dimensions.contains(&self.own.tokens[noun.first].word)
            && further.first == noun.last + 2
            && further.kind == Kind::Word
            && !further.is_verb
            && !self.own.tokens[further.first].is_name
            && !self.is_answer[further.first];
        is_shared.then_some((amount.first, further.last))
    }
}

/// Returns whether a word says that something is the first, the only one or the most of all.
fn is_foremost(token: &Token) -> bool {
    /// The letters of the shortest superlative: *best*, but not *est*.
    const SHORTEST: usize = 4;
    let is_superlative = token.word.len() >= SHORTEST
        && token.word.ends_with("est")
        && !token.is_name
        && !manner().no_superlatives.contains(&token.word);
    is_superlative || is_ordinal(&token.lemma) || vocabulary().is_only(&token.word)
}
