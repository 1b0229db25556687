//! Whether a claim and a sentence speak of the same event: what is said, of what, and how firmly.

use super::Slot;
use super::align::Alignment;
use super::lexicon::{is_ordinal, lexicon};
use super::roles::{is_in_long_name, is_turned, only_says_which};
use super::slots::{Sheet, has_life, word};
use super::statement::{Statement, Token};
use crate::text::english::pronouns::{is_article, is_demonstrative, is_possessive};

/// What the claim says of its subject: the first word of content behind the first name that says more than *do* or *have*,
/// or else the first that there is. `None` where no name stands before it.
pub(super) fn predicate(claim: &Statement) -> Option<usize> {
    let names = claim.names();
    let &(first, last) = names.first()?;
    let subject_end = if only_says_which(claim, (first, last)) { last + 2 } else { last + 1 };
    if let Some((_, what)) = defined(claim) {
        return what.last().copied();
    }
    let is_said = |token: &Token| {
        !token.is_name
            && !lexicon().is_only(&token.word)
            && !lexicon().is_negator(&token.lemma)
            && !lexicon().is_attribution(&token.lemma)
            && !is_ordinal(&token.lemma)
    };
    let said = || claim.content().filter(|(at, token)| *at >= subject_end && is_said(token));
    said().find(|(_, token)| !token.says_little()).or_else(|| said().next()).map(|(at, _)| at)
}

/// Whether the sentence itself has what the claim says of its subject, and of the same object.
pub(super) fn event(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let Some(verb) = predicate(claim) else { return };
    let Some(at) = alignment.link(verb).and_then(|link| link.own) else {
        if has_life(alignment) {
            return;
        }
        sheet.set("predicate_gap", scale);
        return;
    };
    let (meant, found) = (object(claim, verb), object(own, at));
    let has_name = meant.iter().any(|&i| claim.tokens[i].is_name);
    // *The group* may be whatever was named before.
    if !has_name || found.is_empty() || found.iter().any(|&at| own.is_generic(at)) {
        return;
    }
    let is_same = meant.iter().any(|&i| {
        let answer = alignment.link(i).and_then(|link| link.own);
        answer.is_some_and(|answer| {
            found.contains(&answer) || answer.abs_diff(at) <= NEAR && !is_turned(own, at, answer)
        })
    });
    if !is_same {
        sheet.set("other_object", scale);
    }
}

/// So near a verb stands what it is said of.
const NEAR: usize = 8;

/// The words of content that follow a verb without a preposition, conjunction or sign between: its object, if it has one.
fn object(statement: &Statement, verb: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for at in verb + 1..statement.tokens.len().min(verb + 1 + NEAR) {
        let token = &statement.tokens[at];
        let between = statement
            .text
            .get(statement.tokens[at - 1].span.end..token.span.start)
            .unwrap_or_default();
        if between.contains([',', ';', ':', '.', '(', '—', '–']) {
            break;
        }
        match () {
            () if token.is_content && !token.word.ends_with("ly") => found.push(at),
            () if token.is_content || is_determiner(&token.word) => {}
            () => break,
        }
    }
    found
}

/// Whether a noun follows a word that says no more than which one or how many.
fn is_determiner(word: &str) -> bool {
    is_article(word)
        || is_possessive(word)
        || is_demonstrative(word)
        || matches!(word, "all" | "any" | "no")
}

/// What the claim says its subject is, where the sentence says that it is something else: “is a shop”, “is a city in …”.
pub(super) fn definition(alignment: &Alignment<'_>, scale: f64, sheet: &mut Sheet) {
    let (claim, own) = (alignment.claim, alignment.view.own);
    let (Some((subject, meant)), Some((named, found))) = (defined(claim), defined(own)) else {
        return;
    };
    let is_same_subject = (0..subject)
        .any(|i| alignment.link(i).and_then(|link| link.own).is_some_and(|at| at < named));
    let is_said = meant.iter().any(|&i| !claim.tokens[i].is_name && alignment.link(i).is_some());
    let (Some(&meant), Some(&found)) = (meant.last(), found.last()) else { return };
    let is_denied = claim.tokens[meant].is_negated || own.tokens[found].is_negated;
    if is_same_subject
        && !is_said
        && !is_denied
        && !claim.tokens[meant].says_little()
        && !is_in_long_name(claim, meant)
    {
        sheet.set("defined_other", scale);
        if !sheet.differs() {
            sheet.differ(Slot::Kind, claim, (meant, meant), word(own, found));
        }
    }
}

/// Whether a statement says what its subject is.
pub(super) fn is_defined(statement: &Statement) -> bool {
    let is_copula =
        |at: usize| matches!(&*statement.tokens[at].word, "is" | "was" | "are" | "were");
    let first = statement.names().first().filter(|name| name.0 <= 1).map(|name| name.1 + 1);
    defined(statement).is_some()
        || first.is_some_and(|at| at < statement.tokens.len() && is_copula(at))
}

/// How far the name reaches that a statement begins with, and the words for what it is said to be: *Camden is a city*.
fn defined(statement: &Statement) -> Option<(usize, Vec<usize>)> {
    let tokens = &statement.tokens;
    let is_outside = |at: &usize| !statement.is_aside(&tokens[*at]);
    let copula = (1..tokens.len())
        .find(|at| matches!(&*tokens[*at].word, "is" | "was" | "are" | "were") && is_outside(at))?;
    let mut before = (0..copula).filter(is_outside).filter(|at| tokens[*at].is_content).peekable();
    before.peek()?;
    let is_named = before.all(|at| tokens[at].is_name || at == 0);
    let article = (copula + 1..tokens.len()).find(|at| !lexicon().is_only(&tokens[*at].word))?;
    let is_article = is_article(&tokens[article].word);
    let what =
        object(statement, article).into_iter().take_while(|&at| !tokens[at].word.ends_with("ed"));
    let what: Vec<usize> = what.collect();
    (is_named && is_article && !what.is_empty()).then_some((copula, what))
}
