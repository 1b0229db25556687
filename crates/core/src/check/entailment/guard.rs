//! Guards: what, between and around the words that answer a claim, makes a sentence say something
//! else than these words say.

use super::align::{Alignment, Tie};
use super::unit::{Kind, Unit};
use crate::check::lexicon::{is_ordinal, lexicon};
use crate::check::reason::{Reason, Slot};
use crate::check::statement::{Statement, Token};
use crate::text::english::manner::manner;
use crate::text::english::negation;
use crate::text::english::restriction::restriction;

/// Why a sentence that has a claim's words is not read as saying it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum Block {
    /// It says that it may, will or should be so.
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

/// Whether one of the two denies what the other says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Denial {
    None,
    /// The whole predicate is denied by one of them.
    Of(Reason),
    /// A part of what is said is.
    Mixed,
}

/// Compares what is denied on both sides.
pub(super) fn denial(alignment: &Alignment<'_>) -> Denial {
    let (claim, own) = (alignment.claim.statement, alignment.source.statement);
    let mut pairs: Vec<(usize, usize, bool)> = Vec::new();
    for (unit, answer) in alignment.claim.all.iter().zip(&alignment.answers) {
        let Some(other) = answer.at else { continue };
        let source = &alignment.source.all[other];
        if unit.kind != Kind::Word || source.kind != Kind::Word {
            continue;
        }
        let is_flipped = claim.tokens[unit.first].is_negated ^ own.tokens[source.first].is_negated;
        pairs.push((unit.first, source.first, is_flipped));
    }
    let first = pairs.iter().position(|(.., is_flipped)| *is_flipped);
    let negators = negators(alignment);
    let Some(first) = first else {
        return if negators == 0 { Denial::None } else { Denial::Mixed };
    };
    let (at, other, _) = pairs[first];
    // One negation more denies what is in its reach, and what is in its reach is one run of words.
    let run = pairs[first..].iter().take_while(|(.., is_flipped)| *is_flipped).count();
    let flipped = pairs.iter().filter(|(.., is_flipped)| *is_flipped).count();
    let is_verb =
        |at: usize| alignment.claim.all.iter().any(|unit| unit.is_verb && unit.first == at);
    let is_said = pairs[first..first + run].iter().any(|&(at, ..)| is_verb(at));
    let is_whole = flipped == run && (negators == 1 || negators == 0 && is_said);
    // “Denied” in the place of “confirmed” is a difference of its own.
    let is_answered = alignment.answers.iter().any(|answer| {
        let other = answer.at.filter(|_| answer.tie == Tie::Differs(Slot::Predicate));
        other.is_some_and(|other| is_negator(&own.tokens[alignment.source.all[other].first]))
    });
    if is_answered {
        return Denial::None;
    }
    let is_denial = own.tokens.iter().any(denies_speech);
    if !is_whole || is_denial {
        return Denial::Mixed;
    }
    let with_negator = |statement: &Statement, at: usize| {
        let negator = (0..at).rev().find(|&before| is_negator(&statement.tokens[before]));
        match negator.filter(|_| statement.tokens[at].is_negated) {
            Some(negator) if negator + 1 < at => {
                format!("{} … {}", statement.words(negator, negator), statement.words(at, at))
            }
            Some(negator) => statement.words(negator, at),
            None => statement.words(at, at),
        }
    };
    Denial::Of(Reason {
        slot: Slot::Polarity,
        agrees: false,
        claim: with_negator(claim, at),
        source: with_negator(own, other),
    })
}

/// The number of plain negators that one of the two has more than the other, up to the last answer
/// and beside clauses that end before the first.
fn negators(alignment: &Alignment<'_>) -> usize {
    let Some(sentence) = Sentence::new(alignment) else { return 0 };
    let is_plain = |token: &Token| negation::is_negation(&token.word);
    let claims = sentence.claim.tokens.iter().filter(|token| is_plain(token)).count();
    let reaches = |at: usize| at >= sentence.first || !sentence.is_closed(at, sentence.first);
    let tokens = sentence.own.tokens[..=sentence.last].iter().enumerate();
    let sources = tokens.filter(|&(at, token)| is_plain(token) && reaches(at)).count();
    claims.abs_diff(sources)
}

fn is_negator(token: &Token) -> bool {
    token.word.ends_with("n't")
        || lexicon().is_negator(&token.word)
        || lexicon().is_negator(&token.lemma)
}

/// Returns whether a word denies what somebody says, rather than what happens.
pub(super) fn denies_speech(token: &Token) -> bool {
    matches!(&*token.lemma, "deni" | "disput" | "reject" | "doubt")
}

/// Finds what bars a sentence from saying what its words say.
pub(super) fn block(alignment: &Alignment<'_>) -> Option<Block> {
    let sentence = Sentence::new(alignment)?;
    if sentence.has_condition() {
        return Some(Block::Condition);
    }
    if sentence.is_irrealis() || sentence.is_aim() {
        return Some(Block::Modality);
    }
    if sentence.is_said_by(|token| lexicon().is_nonfactive(&token.lemma)) {
        return Some(Block::Nonfactive);
    }
    if sentence.is_related_otherwise() {
        return Some(Block::Relation);
    }
    if sentence.has_other_subject() || sentence.has_other_head() {
        return Some(Block::OtherSubject);
    }
    if sentence.has_other_quantifier() {
        return Some(Block::Quantifier);
    }
    if alignment.differences() > 0 && sentence.is_further() {
        return Some(Block::Further);
    }
    sentence.is_said_by(|token| lexicon().is_reporting(&token.lemma)).then_some(Block::Reported)
}

/// Finds the clause that restricts what a sentence says of a claim, where the claim has none.
pub(super) fn restricting_clause(alignment: &Alignment<'_>) -> Option<Reason> {
    let sentence = Sentence::new(alignment)?;
    let own = sentence.own;
    let source = own.words(sentence.restriction()?, own.tokens.len() - 1);
    Some(Reason { slot: Slot::Condition, agrees: false, claim: String::new(), source })
}

/// The sentence of an alignment.
struct Sentence<'a> {
    alignment: &'a Alignment<'a>,
    own: &'a Statement,
    claim: &'a Statement,
    /// Whether each of its tokens answers a unit of the claim.
    is_answer: Vec<bool>,
    /// The first and the last token that does.
    first: usize,
    last: usize,
}

impl<'a> Sentence<'a> {
    fn new(alignment: &'a Alignment<'a>) -> Option<Sentence<'a>> {
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
        Some(Sentence { alignment, own, claim: alignment.claim.statement, is_answer, first, last })
    }

    /// The place of the clause, right behind the last answer, that restricts what is answered.
    fn restriction(&self) -> Option<usize> {
        let (before, after) = self.own.text.split_at(self.own.tokens[self.last].span.end);
        let found = restriction(before, after).filter(|it| !it.is_contrast)?;
        let start = before.len() + found.at;
        let at = self.own.tokens.partition_point(|token| token.span.start < start);
        let is_time = self.is_time_bound(at);
        (at < self.own.tokens.len() && !is_time).then_some(at)
    }

    /// Returns whether a token is the *until* before a time.
    fn is_time_bound(&self, at: usize) -> bool {
        let word = self.own.tokens.get(at).map_or("", |token| &*token.word);
        matches!(word, "until" | "till") && self.own.is_fact(at + 1)
    }

    /// Returns whether *if* or the like is in the sentence and not in the claim, but for a clause
    /// behind what is answered.
    fn has_condition(&self) -> bool {
        let is_in_claim = |word: &str| self.claim.tokens.iter().any(|token| &*token.word == word);
        let end = self.restriction().unwrap_or(self.own.tokens.len());
        self.own.tokens[..end].iter().enumerate().any(|(at, token)| {
            manner().conditional.contains(&token.word)
                && !self.is_time_bound(at)
                && !is_in_claim(&token.word)
        })
    }

    /// Returns whether one of the two says *may*, *will* or the like of what is answered, and the
    /// other does not.
    fn is_irrealis(&self) -> bool {
        let is_open = |statement: &Statement, at: usize| {
            let token = &statement.tokens[at];
            let is_hedge = statement.is_hedge(at);
            manner().irrealis.contains(&token.word)
                && !token.is_name
                && !is_hedge
                && token.span.of(&statement.text).starts_with(char::is_lowercase)
        };
        let claims: Vec<&str> = (0..self.claim.tokens.len())
            .filter(|&at| is_open(self.claim, at))
            .map(|at| &*self.claim.tokens[at].word)
            .collect();
        let start = self.clause_start(self.first);
        let sources: Vec<&str> = (start..=self.last)
            .filter(|&at| is_open(self.own, at))
            .map(|at| &*self.own.tokens[at].word)
            .collect();
        sources.iter().any(|word| !claims.contains(word))
            || claims.iter().any(|word| !sources.contains(word))
    }

    /// Returns whether an answering verb is one that is aimed at: *to sign*, where the claim says
    /// *signed*.
    fn is_aim(&self) -> bool {
        self.pairs().any(|(unit, source)| {
            unit.is_verb
                && is_infinitive(self.own, source.first)
                && !is_infinitive(self.claim, unit.first)
                && !self.own.tokens[source.first].is_negated
        })
    }

    /// Returns whether a verb of speech or thought governs what is answered, and the claim has no
    /// such verb.
    fn is_said_by(&self, is_verb: impl Fn(&Token) -> bool) -> bool {
        let tokens = &self.own.tokens;
        let is_open = |at: usize| {
            !self.is_answer[at]
                && is_verb(&tokens[at])
                && !is_noun(self.own, at)
                && !self.denies(at)
        };
        let said = self
            .pairs()
            .find(|(unit, _)| unit.is_verb)
            .map_or(self.last, |(_, source)| source.first);
        let governs = (0..said).any(|at| is_open(at) && !self.is_closed(at, said));
        // “…, the mayor said.”
        const TAIL: usize = 6;
        let tail = self.last + 1..tokens.len();
        let is_tail =
            tail.len() <= TAIL && tail.clone().next().is_some_and(|at| self.own.is_parted(at));
        governs || is_tail && tail.clone().any(is_open)
    }

    /// Returns whether a word denies the answer behind it: *refused to sign*.
    fn denies(&self, at: usize) -> bool {
        let mut behind = self.own.tokens.iter().zip(&self.is_answer).skip(at + 1);
        is_negator(&self.own.tokens[at])
            && behind.find(|(_, is_answer)| **is_answer).is_some_and(|(token, _)| token.is_negated)
    }

    /// Returns whether a clause that a word is in ends before another.
    fn is_closed(&self, from: usize, to: usize) -> bool {
        (from + 1..=to).any(|at| {
            let between = self.own.between(at);
            let word = &*self.own.tokens[at].word;
            between.contains([';', ')'])
                || lexicon().is_turn(&self.own.tokens[at].lemma)
                || matches!(word, "but" | "while")
                || word == "and" && between.contains(',')
        })
    }

    /// Returns whether answers are governed by other prepositions than what they answer.
    fn is_related_otherwise(&self) -> bool {
        let answers = self.alignment.answers.iter().zip(&self.alignment.claim.all);
        answers.into_iter().any(|(answer, unit)| {
            let Some(other) = answer.at.filter(|_| !answer.is_moved) else { return false };
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
            let is_other = family(unit.preposition) != family(source.preposition);
            is_compared
                && (is_other && !is_plain_amount
                    || is_owner(self.own, source) && !is_owner(self.claim, unit))
        })
    }

    /// Returns whether what is put between two answers is more than an aside: words of which the
    /// second answer is said, rather than the first.
    fn has_other_subject(&self) -> bool {
        let places = self.ordered();
        places.windows(2).any(|pair| pair[0] < pair[1] && self.is_broken(pair[0], pair[1]))
    }

    /// The units that answer, in the claim's order, but for those in another place.
    fn ordered(&self) -> Vec<usize> {
        let answers = self.alignment.answers.iter().filter(|answer| !answer.is_moved);
        answers.filter_map(|answer| answer.at).collect()
    }

    /// Returns whether the words between two answering units break what they say together.
    fn is_broken(&self, source: usize, next: usize) -> bool {
        let units = &self.alignment.source.all;
        let is_open = |&at: &usize| !self.is_answer[units[at].first] && !self.is_speech(&units[at]);
        let skipped: Vec<usize> = (source + 1..next).filter(is_open).collect();
        if skipped.is_empty() {
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
        if is_relative && skipped.iter().any(|&at| units[at].last < boundary.unwrap_or(0)) {
            return true;
        }
        let is_name = |at: usize| self.own.tokens[units[at].first].is_name;
        // “Norway, Denmark and Sweden signed” says that Norway did.
        if is_name(source) && skipped.iter().all(|&at| is_name(at)) && boundary.is_some() {
            return false;
        }
        let target = &units[next];
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
            let is_phrase = unit.preposition.is_some() && !unit.is_verb
                || at == source + 1 && self.is_of_that_name(source, unit);
            let is_modifier = !target.is_verb
                && !unit.is_verb
                && !token.is_name
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

    /// Returns whether a unit is *report* in *denied a report that*.
    fn is_speech(&self, unit: &Unit) -> bool {
        let next = self.own.tokens.get(unit.last + 1);
        manner().speech.contains(&self.own.tokens[unit.first].word)
            && next.is_some_and(|next| &*next.word == "that")
    }

    /// Returns whether an answer is only a part of another name or noun in the sentence: *the cup*
    /// of *the cup final*.
    fn has_other_head(&self) -> bool {
        let before = self.first.checked_sub(1).map(|at| &*self.own.tokens[at].word);
        if before.is_some_and(|word| manner().privative.contains(word)) {
            return true;
        }
        if self.restriction().is_some() {
            return false;
        }
        let units = &self.alignment.source.all;
        let Some(last) = units.iter().position(|unit| unit.last == self.last) else { return false };
        let Some(next) = units.get(last + 1) else { return false };
        let token = &self.own.tokens[next.first];
        self.alignment.source.is_joined(last)
            && next.kind == Kind::Word
            && !next.is_verb
            && !units[last].is_verb
            && !self.is_of_that_name(last, next)
            && !token.word.ends_with("ly")
            && !token.says_little()
    }

    /// Returns whether a noun only says what the name before it is one of: *the Example regime*.
    fn is_of_that_name(&self, name: usize, noun: &Unit) -> bool {
        self.alignment.source.is_name(name)
            && lexicon().is_generic(&self.own.tokens[noun.first].word)
    }

    /// Returns whether one of the two is said of some or of all, and the other not.
    fn has_other_quantifier(&self) -> bool {
        let takes_part = |statement: &Statement, at: usize| {
            manner().partial.contains(&statement.tokens[at].word) && !statement.is_hedge(at)
        };
        let claims: Vec<&str> = (0..self.claim.tokens.len())
            .filter(|&at| takes_part(self.claim, at))
            .map(|at| &*self.claim.tokens[at].word)
            .collect();
        let from = self.first.saturating_sub(3);
        let sources: Vec<&str> = (from..=self.last)
            .filter(|&at| takes_part(self.own, at))
            .map(|at| &*self.own.tokens[at].word)
            .collect();
        let count = |words: &[&str], word: &str| words.iter().filter(|it| **it == word).count();
        claims.iter().chain(&sources).any(|word| count(&claims, word) != count(&sources, word))
    }

    /// Returns whether the sentence speaks of a further event of the kind.
    fn is_further(&self) -> bool {
        let tokens = self.own.tokens.iter().enumerate().zip(&self.is_answer);
        // “Won the cup again”: up to the word behind the last answer.
        tokens.take(self.last + 2).any(|((at, token), &is_answer)| {
            let is_near = at >= self.first || !self.is_closed(at, self.first);
            !is_answer && is_near && manner().further.contains(&token.word)
        })
    }

    /// The claim's units with the source's that answer them.
    fn pairs(&self) -> impl Iterator<Item = (&Unit, &Unit)> {
        let answers = self.alignment.answers.iter().zip(&self.alignment.claim.all);
        answers.filter_map(|(answer, unit)| {
            let is_answered = matches!(answer.tie, Tie::Same | Tie::Synonym | Tie::Differs(_));
            let at = answer.at.filter(|_| is_answered)?;
            Some((unit, &self.alignment.source.all[at]))
        })
    }

    /// Where the clause begins that a token is in.
    fn clause_start(&self, at: usize) -> usize {
        let clause = self.own.tokens[at].clause;
        (0..at)
            .rev()
            .find(|&before| self.own.tokens[before].clause != clause)
            .map_or(0, |before| before + 1)
    }
}

/// Words by which a clause or a further member is joined.
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

/// Prepositions that say the same of place and direction count as one.
fn family(preposition: Option<&str>) -> Option<&str> {
    match preposition {
        Some("on" | "at" | "in" | "during" | "within" | "inside") => Some("in"),
        Some("into" | "onto" | "toward" | "towards") => Some("to"),
        Some("among" | "amongst") => Some("among"),
        other => other,
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

/// Returns whether *to* is before a verb, and not for what *began to* or was *able to* happen.
fn is_infinitive(statement: &Statement, verb: usize) -> bool {
    let before = |n: usize| verb.checked_sub(n).map(|at| &statement.tokens[at]);
    before(1).is_some_and(|token| &*token.word == "to")
        && before(2).is_none_or(|token| !lexicon().is_happening(&token.lemma))
}
