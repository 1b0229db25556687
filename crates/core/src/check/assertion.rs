//! Takes apart what a claim asserts: *Norway signed in 1997 and Denmark left in 2004*
//! asserts two.

use super::statement::{Statement, StatementReader};
use super::token::Token;
use super::vocabulary::vocabulary;
use crate::text::english::pronouns::{is_article, is_possessive, is_subject};

/// Returns the assertions of a claim, each as a claim of its own, in order; the claim itself where
/// it makes one.
///
/// Only what is joined by *and* or *but* is taken apart, where a verb stands on either side with
/// something that it is said of: a second verb takes over the first one's subject. What hangs on a
/// *which*, *if* or *said* stays together, since what follows may belong there.
pub(super) fn assertions(claim: &Statement, reader: &mut StatementReader) -> Vec<String> {
    let mut assertions = Vec::new();
    let mut rest = claim.clone();
    while let Some((first, second)) = split(&rest) {
        assertions.push(first);
        rest = reader.read(&second);
    }
    assertions.push(rest.text);
    assertions
}

/// Returns the beginnings of a claim that assert something by themselves, the longest first: all up
/// to a comma, or up to a word by which more is joined to it.
pub(super) fn heads(claim: &Statement, reader: &mut StatementReader) -> Vec<Statement> {
    /// The beginnings that are read.
    const MOST: usize = 3;
    /// The words that tell something in each at least.
    const LEAST: usize = 3;
    let tells = |at: &usize| claim.tokens[*at].is_content || claim.is_fact(*at);
    let ends = (1..claim.tokens.len()).rev().filter(|&at| {
        let word = &*claim.tokens[at].word;
        let is_end = claim.between(at).contains([',', ';', '–', '—'])
            || matches!(
                word,
                "and"
                    | "but"
                    | "with"
                    | "although"
                    | "who"
                    | "which"
                    | "when"
                    | "while"
                    | "where"
                    | "because"
                    | "after"
                    | "before"
            );
        is_end
            && (0..at).filter(tells).count() >= LEAST
            && (1..at).any(|before| is_verb(claim, before))
            && (at..claim.tokens.len()).any(|behind| tells(&behind))
    });
    ends.take(MOST).map(|at| reader.read(&claim.words(0, at - 1))).collect()
}

/// Returns the first assertion, and what else is asserted.
fn split(claim: &Statement) -> Option<(String, String)> {
    let tokens = &claim.tokens;
    let verb = (1..tokens.len()).find(|&at| is_verb(claim, at))?;
    let ties = |at: &usize| {
        let token = &tokens[*at];
        vocabulary().is_attribution(&token.lemma) || is_tie(&token.word)
    };
    let end = (0..tokens.len()).find(ties).unwrap_or(tokens.len());
    let is_joint = |&at: &usize| {
        matches!(&*tokens[at].word, "and" | "but" | "although" | "though" | "whereas" | "while")
    };
    for at in (verb + 2..end).filter(is_joint) {
        // “Signed and ratified the treaty” is said of one treaty; “between Norway and Denmark” are
        // not two.
        let said = verb + 1..at;
        let is_whole = said.clone().any(|i| tokens[i].is_content || claim.is_fact(i));
        let is_pair =
            said.clone().any(|i| matches!(&*tokens[i].word, "between" | "both" | "either"));
        if !is_whole || is_pair {
            continue;
        }
        let is_even = &*tokens[at - 1].word == "even";
        let first = claim.words(0, at - 1 - usize::from(is_even));
        let next = (at + 1..tokens.len())
            .find(|&i| !tokens[i].word.ends_with("ly") && !is_then(&tokens[i].word))?;
        let behind = claim.words(next, tokens.len() - 1);
        if begins_predicate(claim, next) {
            let subject = claim.words(subject(claim, verb), verb - 1);
            return Some((first, format!("{subject} {behind}")));
        }
        if begins_clause(claim, next) {
            return Some((first, named(claim, (subject(claim, verb), verb), next)?));
        }
    }
    None
}

/// Returns the clause that begins at a word, with the subject of the first clause in the place of
/// the pronoun that it begins with: *its sales fell* as *Example's sales fell*. Returns `None`
/// where the subject is more than a name.
fn named(claim: &Statement, (from, verb): (usize, usize), at: usize) -> Option<String> {
    let tokens = &claim.tokens;
    let behind = |at: usize| claim.words(at, tokens.len() - 1);
    let word = &*tokens[at].word;
    if !is_possessive(word) && !is_subject(word) {
        return Some(behind(at));
    }
    let names = claim.names();
    let &(first, last) = names.iter().find(|&&(first, last)| from <= first && last < verb)?;
    let is_only = names.iter().filter(|&&(first, _)| (from..verb).contains(&first)).count() == 1;
    let name = claim.words(first, last);
    let name = ["'s", "’s", "'", "’"].iter().find_map(|it| name.strip_suffix(it)).unwrap_or(&name);
    let name = if is_possessive(word) { format!("{name}'s") } else { name.to_owned() };
    is_only.then(|| format!("{name} {}", behind(at + 1)))
}

/// Returns where the subject begins: behind what opens the sentence, as in *In 1997, Norway
/// signed*.
fn subject(claim: &Statement, verb: usize) -> usize {
    let comma = (1..verb).rev().find(|&at| {
        let between = claim.text.get(claim.tokens[at - 1].span.end..claim.tokens[at].span.start);
        between.is_some_and(|between| between.contains(','))
    });
    comma.unwrap_or(0)
}

/// Returns whether a verb stands here with something that it is said of: *closed its embassy*, not
/// *allied interests*.
fn begins_predicate(claim: &Statement, at: usize) -> bool {
    let next = claim.tokens.get(at + 1);
    let is_attribute = claim.tokens[at].word.ends_with("ed")
        && next.is_some_and(|next| next.is_content && !next.is_name);
    is_verb(claim, at) && next.is_some() && !is_attribute
}

/// Returns whether a subject of a few words and its verb begin here.
fn begins_clause(claim: &Statement, at: usize) -> bool {
    const LONGEST: usize = 5;
    let tokens = &claim.tokens;
    let verb = (at + 1..tokens.len().min(at + 1 + LONGEST)).find(|&i| is_verb(claim, i));
    let is_of_subject = |token: &Token| {
        let word = &*token.word;
        token.is_content || is_article(word) || is_possessive(word) || is_subject(word)
    };
    verb.is_some_and(|verb| {
        tokens[at..verb].iter().all(is_of_subject) && begins_predicate(claim, verb)
    })
}

/// Returns whether a word is a verb in the past or a form of *be*, *have* or *do*, as far as its
/// letters tell.
fn is_verb(claim: &Statement, at: usize) -> bool {
    let token = &claim.tokens[at];
    let is_past = token.word.len() > 3 && token.word.ends_with("ed") && token.is_content;
    !token.is_name
        && (is_past
            || vocabulary().is_verb_form(&token.word)
            || matches!(&*token.word, "is" | "has" | "will"))
}

fn is_then(word: &str) -> bool {
    matches!(word, "then" | "later" | "also" | "so" | "again")
}

/// Returns words on which the rest of a sentence may hang.
fn is_tie(word: &str) -> bool {
    matches!(
        word,
        "which"
            | "who"
            | "whose"
            | "that"
            | "whom"
            | "if"
            | "when"
            | "because"
            | "whether"
            | "or"
            | "where"
            | "until"
            | "after"
            | "before"
    )
}
