//! Limits on the size of a query.
//!
//! Far more than anyone types, and few enough that the most expensive query within the limits takes
//! a bounded time and memory: each prefix reads the postings of all words that begin so, and each
//! fuzzy word needs an automaton that grows with its length.

use super::clause::Node;
use super::lexer::{Token, TokenKind, error};
use crate::text::{Span, words};
use crate::{Error, Result};

/// See [`Query::MAX_BYTES`](super::Query::MAX_BYTES).
pub(super) const MAX_BYTES: usize = 16 << 10;
/// See [`Query::MAX_WORDS`](super::Query::MAX_WORDS).
pub(super) const MAX_WORDS: usize = 1_000;
/// See [`Query::MAX_CLAUSES`](super::Query::MAX_CLAUSES).
pub(super) const MAX_CLAUSES: usize = 100;
/// See [`Query::MAX_EXPANSIONS`](super::Query::MAX_EXPANSIONS).
pub(super) const MAX_EXPANSIONS: usize = 20;
/// See [`Query::MAX_TERM`](super::Query::MAX_TERM).
pub(super) const MAX_TERM: usize = 100;

/// Refuses a text that is too long to be read as a query.
pub(super) fn check_text(query: &str) -> Result<()> {
    if query.len() > MAX_BYTES {
        let mut start = MAX_BYTES;
        while !query.is_char_boundary(start) {
            start -= 1;
        }
        let limit = format!("{} KiB", MAX_BYTES >> 10);
        return Err(too_large(query, Span::new(start, query.len()), "is longer than", &limit));
    }
    let Some(next) = words(query).nth(MAX_WORDS) else { return Ok(()) };
    let limit = format!("{} words", MAX_WORDS);
    Err(too_large(query, next.span, "has more than", &limit))
}

/// Refuses a query of too many clauses, or with a term that is too long.
pub(super) fn check_tokens(query: &str, tokens: &[Token]) -> Result<()> {
    let (mut clauses, mut expansions) = (0, 0);
    for token in tokens {
        let TokenKind::Leaf(node) = &token.kind else { continue };
        clauses += 1;
        let term = match node {
            Node::Prefix(term) | Node::Fuzzy { word: term, .. } => {
                expansions += 1;
                term
            }
            Node::Field { value, .. } => value,
            _ => "",
        };
        if term.chars().nth(MAX_TERM).is_some() {
            let message = format!("this is longer than {} letters", MAX_TERM);
            return Err(error(query, token.span, message, "shorten it"));
        }
        if clauses > MAX_CLAUSES {
            let limit = format!("{} quotations, fields and words with signs", MAX_CLAUSES);
            return Err(too_large(query, token.span, "has more than", &limit));
        }
        if expansions > MAX_EXPANSIONS {
            let limit = format!("{} words with “*” or “~”", MAX_EXPANSIONS);
            return Err(too_large(query, token.span, "has more than", &limit));
        }
    }
    Ok(())
}

fn too_large(query: &str, span: Span, has: &str, limit: &str) -> Error {
    error(query, span, format!("this query {has} {limit}"), "leave out what tells least")
}
