//! Tells what is said of a subject by way of a noun that a form of *be* gives it: *the mill is a
//! stone building that Ada built*.

use std::ops::Range;

use super::answered::Answered;
use super::unit::Kind;
use super::vocabulary::{Relation, is_ordinal, vocabulary};
use crate::text::english::manner::manner;
use crate::text::english::negation::is_negation;
use crate::text::english::pronouns::is_article;
use crate::text::english::verbs::is_auxiliary;

impl Answered<'_> {
    /// Returns whether an answer is said of the one before it by way of a predicate noun: as this
    /// noun or a word before it, or by a participle, a clause or a phrase right behind it.
    pub(super) fn is_said_by_predicate(&self, subject: usize, answer: usize) -> bool {
        let Some(copula) = self.copula_behind(subject) else { return false };
        let phrase = self.noun_phrase(copula + 1);
        let target = &self.alignment.source.all[answer];
        let Some(last) = phrase.clone().last() else { return false };
        if phrase.contains(&target.first) {
            return if target.is_verb && target.last == last {
                self.is_said_of(subject, answer, true)
            } else {
                !target.is_verb && self.is_member(subject, answer, phrase)
            };
        }
        let last = self.last_of_list(last);
        let between = last + 1..target.first;
        let Some(joint) = self.own.tokens.get(last + 1).filter(|_| last + 1 < target.first) else {
            return false;
        };
        let is_bare = |mut words: Range<usize>, is: fn(&str) -> bool| {
            words.all(|at| is(&self.own.tokens[at].word) && !self.own.is_parted(at))
        };
        match &*joint.word {
            "who" | "that" | "which" => {
                let is_passive = between.clone().any(|at| is_be(&self.own.tokens[at].word));
                self.is_said_of(subject, answer, is_passive)
                    && is_bare(between.start + 1..between.end, is_auxiliary)
            }
            "in" | "at" | "near" => {
                let head = &self.own.tokens[last];
                let is_place =
                    manner().places.contains(&head.word) || is_kind("place", &head.lemma);
                is_place
                    && target.preposition.is_some()
                    && self.has_copula(subject, answer)
                    && is_bare(between.start + 1..between.end, is_article)
            }
            _ => false,
        }
    }

    /// Returns the place of the form of *be* behind a unit, where nothing but an aside in brackets
    /// or between commas is between the two.
    fn copula_behind(&self, unit: usize) -> Option<usize> {
        let start = self.alignment.source.all[unit].last + 1;
        let copula = (start..self.own.tokens.len()).find(|&at| self.is_copula(at))?;
        let text = &self.own.text;
        let aside = &text[self.own.tokens[start - 1].span.end..self.own.tokens[copula].span.start];
        let mut depth = 0_usize;
        let mut open = String::new();
        for c in aside.chars() {
            match c {
                '(' | '[' => depth += 1,
                ')' | ']' => depth = depth.saturating_sub(1),
                _ if depth == 0 => open.push(c),
                _ => {}
            }
        }
        let open = open.trim_matches([' ', '.', '"', '”', '“']);
        let is_aside = open.len() > 2 && open.starts_with(',') && open.ends_with(',');
        let is_serving = !is_be(&self.own.tokens[copula].word);
        (open.is_empty() || is_aside).then_some(copula + usize::from(is_serving))
    }

    /// Returns whether a form of *be* is here, or *served* before *as*.
    fn is_copula(&self, at: usize) -> bool {
        is_be(&self.own.tokens[at].word) || self.is_serving(at + 1)
    }

    /// Returns whether a word is the *as* of *served as*: who serves as something is it.
    pub(super) fn is_serving(&self, at: usize) -> bool {
        let word = |at: usize| self.own.tokens.get(at).map_or("", |token| &*token.word);
        word(at) == "as" && at > 0 && matches!(word(at - 1), "served" | "serves")
    }

    /// Returns whether a unit of the sentence says of which country is who or what the word behind
    /// it names, and the claim says so: *is an Irish actress* of *is Irish*, *is from Ireland*.
    pub(super) fn is_nationality(&self, at: usize) -> bool {
        let source = self.alignment.source;
        let Some(answer) = self.claimed(at) else { return false };
        let lemma = |at: usize| &self.own.tokens[source.all[at].first].lemma;
        let is_named = |kind: &str| is_kind(kind, lemma(at + 1));
        let claimed = &self.alignment.claim.all[answer];
        let before = self.claim.tokens[..claimed.first].iter().rfind(|token| {
            let is_joint = is_article(&token.word)
                || is_negation(&token.word)
                || matches!(&*token.word, "from" | "in");
            // “South Korean”.
            let is_of_name = token.is_name && self.own.has(token);
            !is_joint && !is_of_name
        });
        vocabulary().is_demonym(lemma(at))
            && source.is_joined(at)
            && (is_named("place") || is_named("person") && claimed.preposition != Some("in"))
            && before.is_some_and(|token| is_be(&token.word))
    }

    /// Returns the places of the words that follow each other from one on, behind an article: a
    /// noun and what is before it. Empty where one of them makes something else of the noun.
    fn noun_phrase(&self, from: usize) -> Range<usize> {
        let tokens = &self.own.tokens;
        let is_behind_article = tokens.get(from).is_some_and(|token| is_article(&token.word));
        let start = from + usize::from(is_behind_article);
        let end = (start..tokens.len()).find(|&at| {
            let is_word = self.alignment.source.all.iter().any(|unit| {
                (unit.first..=unit.last).contains(&at)
                    && matches!(unit.kind, Kind::Word | Kind::Time(_))
            });
            !is_word || at > start && self.own.is_parted(at)
        });
        let end = end.unwrap_or(tokens.len());
        let is_other = (start..end).any(|at| manner().privative.contains(&tokens[at].word));
        if is_other { start..start } else { start..end }
    }

    /// Returns the last word of the nouns that *and* or commas join to the one that ends here: *a
    /// painter, sculptor and writer*.
    fn last_of_list(&self, mut last: usize) -> usize {
        loop {
            let next = self.own.tokens.get(last + 1);
            let is_and = next.is_some_and(|next| matches!(&*next.word, "and" | "or"));
            let is_comma = next.is_some() && self.own.between(last + 1).trim() == ",";
            let further = self.noun_phrase(last + 1 + usize::from(is_and)).last();
            match further.filter(|_| is_and || is_comma) {
                Some(further) => last = further,
                None => return last,
            }
        }
    }

    /// Returns whether the claim says of the one that it is the other, and the sentence the same of
    /// a noun with more words before it. *The second tower* is *a tower*, and may not be *the
    /// tower*.
    fn is_member(&self, subject: usize, answer: usize, phrase: Range<usize>) -> bool {
        let target = &self.alignment.source.all[answer];
        let is_one_of_several =
            (phrase.start..target.first).any(|at| is_ordinal(&self.own.tokens[at].lemma));
        let is_indefinite = self
            .claimed(answer)
            .is_some_and(|at| self.claim.is_indefinite(self.alignment.claim.all[at].first));
        self.has_copula(subject, answer) && (is_indefinite || !is_one_of_several)
    }

    /// Returns whether the claim has nothing but a form of *be*, a preposition and an article
    /// between the words that two units of the sentence answer.
    fn has_copula(&self, subject: usize, answer: usize) -> bool {
        let units = &self.alignment.claim.all;
        // A name of several words may be answered by one.
        let subject = self.alignment.answers.iter().rposition(|it| it.at == Some(subject));
        let Some((subject, answer)) = subject.zip(self.claimed(answer)) else { return false };
        let between = self.claim.tokens.get(units[subject].last + 1..units[answer].first);
        let between = between.unwrap_or_default();
        between.first().is_some_and(|token| is_be(&token.word))
            && between[1..].iter().all(|token| {
                is_article(&token.word)
                    || is_negation(&token.word)
                    || manner().prepositions.contains(&token.word)
            })
    }

    /// Returns whether the claim has a verb right behind its subject, and in the passive or not as
    /// asked: a participle behind a noun is a passive.
    fn is_said_of(&self, subject: usize, verb: usize, is_passive: bool) -> bool {
        let units = &self.alignment.claim.all;
        let Some((subject, verb)) = self.claimed(subject).zip(self.claimed(verb)) else {
            return false;
        };
        // A claim that was turned has its verb before what is now its subject.
        let was_turned = units[verb].first < units[subject].first;
        subject + 1 == verb
            && (was_turned || self.claim.is_passive(units[verb].first)) == is_passive
    }

    /// Returns the first unit of the claim that a unit of the sentence answers.
    fn claimed(&self, other: usize) -> Option<usize> {
        self.alignment.answers.iter().position(|answer| answer.at == Some(other))
    }
}

/// Returns whether a word names one of a kind.
fn is_kind(kind: &str, lemma: &str) -> bool {
    vocabulary().relation(kind, lemma) == Some(Relation::Included)
}

/// Returns whether a folded word is a form of *be* that gives a subject a predicate.
pub(super) fn is_be(word: &str) -> bool {
    matches!(word, "is" | "was" | "are" | "were")
}
