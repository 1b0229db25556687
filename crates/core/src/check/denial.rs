//! [`Denial`]: compares what is denied on both sides.

use super::alignment::Alignment;
use super::answered::Answered;
use super::reason::{Reason, Slot};
use super::statement::Statement;
use super::tie::Tie;
use super::token::Token;
use super::unit::Kind;
use crate::text::english::negation;

/// True if one of the two denies what the other says.
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
    // “Not one march but a series” does not deny the series.
    let is_contrast = pairs.get(first + run).is_some_and(|&(next, source, _)| {
        let (last, answer, _) = pairs[first + run - 1];
        let mut between = if claim.tokens[at].is_negated {
            claim.tokens[last..next.max(last)].iter()
        } else {
            own.tokens[answer..source.max(answer)].iter()
        };
        between.any(|token| &*token.word == "but")
    });
    let is_plain = negators == 1 && !is_contrast || negators == 0 && is_said;
    let is_whole = flipped == run && is_plain;
    // “Denied” in the place of “confirmed” is a difference of its own.
    let is_answered = alignment.claim.all.iter().zip(&alignment.answers).any(|(unit, answer)| {
        let other = answer.at.filter(|_| answer.tie == Tie::Differs(Slot::Predicate));
        other.is_some_and(|other| {
            own.tokens[alignment.source.all[other].first].is_negator()
                || claim.tokens[unit.first].is_negator()
        })
    });
    if is_answered {
        return Denial::None;
    }
    let is_denial = own.tokens.iter().any(Token::denies_speech);
    // Who was not elected until 1990 was elected.
    let denies = if claim.tokens[at].is_negated { claim } else { own };
    let is_until = denies.tokens.iter().any(|it| matches!(&*it.word, "until" | "till"));
    if !is_whole || is_denial || is_until {
        return Denial::Mixed;
    }
    let answered = alignment.claim.all.iter().zip(&alignment.answers);
    let answered = answered.filter_map(|(unit, answer)| Some((unit, answer.at?)));
    let is_governed = if claim.tokens[at].is_negated {
        let answers = answered.flat_map(|(unit, _)| unit.first..=unit.last).collect::<Vec<_>>();
        is_governed(claim, at, &answers)
    } else {
        let units = answered.map(|(_, other)| &alignment.source.all[other]);
        let answers = units.flat_map(|unit| unit.first..=unit.last).collect::<Vec<_>>();
        is_governed(own, other, &answers)
    };
    if !is_governed {
        return Denial::Mixed;
    }
    let with_negator = |statement: &Statement, at: usize| {
        let negator = (0..at).rev().find(|&before| statement.tokens[before].is_negator());
        match negator.filter(|_| statement.tokens[at].is_negated) {
            Some(negator) if negator + 1 < at => {
                format!("{} … {}", statement.words(negator, negator), statement.words(at, at))
            }
            Some(negator) => statement.words(negator, at),
            None => statement.words(at, at),
        }
    };
    let (claim, source) = (with_negator(claim, at), with_negator(own, other));
    Denial::Of(Reason::differing(Slot::Polarity, claim, source))
}

/// Gives the negation of a part, in the words of the one that has it: the sentence's, or else the
/// claim's.
pub(super) fn of_part(alignment: &Alignment<'_>) -> Reason {
    let negator = |statement: &Statement| {
        let plain = statement.tokens.iter().position(|token| negation::is_negation(&token.word));
        let found = plain.or_else(|| statement.tokens.iter().position(Token::is_negator));
        found.map(|at| statement.words(at, at)).unwrap_or_default()
    };
    let source = negator(alignment.source.statement);
    let claim = if source.is_empty() { negator(alignment.claim.statement) } else { String::new() };
    Reason::differing(Slot::Polarity, claim, source)
}

/// Returns whether the negator before a word acts on it, rather than on what is between the two:
/// *opposed the ban and voted* does not deny *voted*. `answers` are the words that have an answer.
fn is_governed(statement: &Statement, at: usize, answers: &[usize]) -> bool {
    let Some(negator) = (0..at).rev().find(|&before| statement.tokens[before].is_negator()) else {
        return false;
    };
    // “No member of the board has signed.”
    let is_of_subject = matches!(&*statement.tokens[negator].word, "no" | "none" | "neither");
    is_of_subject
        || (negator + 1..at).all(|between| {
            let token = &statement.tokens[between];
            let says = token.is_content && !token.says_little() || statement.is_fact(between);
            !says || answers.contains(&between)
        })
}

/// Returns the number of plain negators that one of the two has more than the other, up to the last
/// answer and beside clauses that end before the first.
fn negators(alignment: &Alignment<'_>) -> usize {
    let Some(sentence) = Answered::new(alignment) else { return 0 };
    // “No more than seven” denies nothing.
    let is_plain = |statement: &Statement, at: usize| {
        negation::is_negation(&statement.tokens[at].word) && !statement.is_hedge(at)
    };
    let claim = sentence.claim;
    let claims = (0..claim.tokens.len()).filter(|&at| is_plain(claim, at)).count();
    let reaches = |at: usize| at >= sentence.first || !sentence.is_closed(at, sentence.first);
    let sources =
        (0..=sentence.last).filter(|&at| is_plain(sentence.own, at) && reaches(at)).count();
    claims.abs_diff(sources)
}
