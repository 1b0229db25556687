//! How large a query may be.
//!
//! Far more than anyone types, and few enough that the most expensive query within the limits takes
//! a bounded time and memory: each prefix reads the postings of all words that begin so, and each
//! fuzzy word needs an automaton that grows with its length.

use super::Query;
use super::clause::Node;
use super::lexer::{Token, TokenKind, error};
use crate::text::{Span, words};
use crate::{Error, Result};

impl Query {
    /// The maximum length of a query, in bytes. That of a claim, too.
    pub const MAX_BYTES: usize = 16 << 10;

    /// The maximum number of words of a query or a claim.
    pub const MAX_WORDS: usize = 1_000;

    /// The maximum number of quotations, fields, dates, prefixes and fuzzy words of a query.
    pub const MAX_CLAUSES: usize = 100;

    /// The maximum number of prefixes and fuzzy words of a query, each of which stands for many
    /// words.
    pub const MAX_EXPANSIONS: usize = 20;

    /// The maximum length of a prefix, a fuzzy word or a value of a field, in code points.
    pub const MAX_TERM: usize = 100;

    /// Returns whether a text has at most [`Query::MAX_BYTES`] and [`Query::MAX_WORDS`].
    pub fn has_room_for(text: &str) -> bool {
        text.len() <= Self::MAX_BYTES && words(text).nth(Self::MAX_WORDS).is_none()
    }
}

/// Refuses a text that is too long to be read as a query.
pub(super) fn check_text(query: &str) -> Result<()> {
    if query.len() > Query::MAX_BYTES {
        let mut start = Query::MAX_BYTES;
        while !query.is_char_boundary(start) {
            start -= 1;
        }
        let limit = format!("{} KiB", Query::MAX_BYTES >> 10);
        return Err(too_large(query, Span::new(start, query.len()), "is longer than", &limit));
    }
    let Some(next) = words(query).nth(Query::MAX_WORDS) else { return Ok(()) };
    let limit = format!("{} words", Query::MAX_WORDS);
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
        if term.chars().nth(Query::MAX_TERM).is_some() {
            let message = format!("this is longer than {} letters", Query::MAX_TERM);
            return Err(error(query, token.span, message, "shorten it"));
        }
        if clauses > Query::MAX_CLAUSES {
            let limit = format!("{} quotations, fields and words with signs", Query::MAX_CLAUSES);
            return Err(too_large(query, token.span, "has more than", &limit));
        }
        if expansions > Query::MAX_EXPANSIONS {
            let limit = format!("{} words with “*” or “~”", Query::MAX_EXPANSIONS);
            return Err(too_large(query, token.span, "has more than", &limit));
        }
    }
    Ok(())
}

fn too_large(query: &str, span: Span, has: &str, limit: &str) -> Error {
    error(query, span, format!("this query {has} {limit}"), "leave out what tells least")
}
