//! The query language: what a user types, as a tree.
//!
//! Most queries are a claim or a question, typed or pasted as it is, so prose has to go through
//! untouched: whatever punctuation it has, it is one [`Node::Text`]. Operators come on top, and
//! only where nobody would type them in prose; what can only be a slip in an operator is an
//! [`Error::Query`](crate::Error::Query) that points at it.
//!
//! | typed | read as |
//! |---|---|
//! | `Pakistan recognized the Taliban` | passages with any of these words, those that answer best first |
//! | `"durand line"` | passages with these words in this order |
//! | `"durand line"~3` | the same with up to 3 other words among them, or words moved by as many places |
//! | `+kabul`, `-kabul` | passages that do, or do not, have it; before a word, a quotation or a group |
//! | `title:peace`, `author:"Ahlawat"` | passages of sources with it; also `publisher:`, `section:`, `source:`, `lang:` |
//! | `date:2025-10..2025-12` | passages of sources of that time; either end may be left out, or be a year or a day |
//! | `a AND b`, `a OR b`, `NOT a`, `( )` | in upper case; they bind tighter than words side by side |
//! | `recogni*`, `islamabad~`, `islamabad~1` | words that begin so; words up to two letters, or one letter, away |
//!
//! Plain words, with or without `*` and `~`, attract: a passage need not have all. Everything else
//! restricts. Plain words also find other ways to write the same (`TTP`, `recognise`), unless the
//! query is [exact](Query::exact); what is quoted, asked of a field or signed with `+` or `-` means
//! what it says.

mod clause;
mod filters;
mod lexer;
mod limits;
mod matched;
mod parser;
#[cfg(test)]
mod tests;

pub use clause::{Clause, Field, Node, Occur};
pub use filters::Filters;
pub use matched::{Match, Via};

use crate::Result;
use crate::source::PassageId;
use crate::text::{Span, words};

/// A query: what was typed, how it is read, and the filters that came beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    text: String,
    clauses: Vec<Clause>,
    filters: Filters,
    exact: bool,
    left_out: Option<PassageId>,
}

impl Query {
    /// The maximum length of a query, in bytes. That of a claim, too.
    pub const MAX_BYTES: usize = limits::MAX_BYTES;

    /// The maximum number of words of a query or a claim.
    pub const MAX_WORDS: usize = limits::MAX_WORDS;

    /// The maximum number of quotations, fields, dates, prefixes and fuzzy words of a query.
    pub const MAX_CLAUSES: usize = limits::MAX_CLAUSES;

    /// The maximum number of prefixes and fuzzy words of a query, each of which stands for many
    /// words.
    pub const MAX_EXPANSIONS: usize = limits::MAX_EXPANSIONS;

    /// The maximum length of a prefix, a fuzzy word or a value of a field, in code points.
    pub const MAX_TERM: usize = limits::MAX_TERM;

    /// Returns whether a text has at most [`Query::MAX_BYTES`] and [`Query::MAX_WORDS`].
    pub fn has_room_for(text: &str) -> bool {
        text.len() <= Self::MAX_BYTES && words(text).nth(Self::MAX_WORDS).is_none()
    }

    /// Reads a query as typed. Fails with [`Error::Query`](crate::Error::Query), also beyond
    /// [`Query::MAX_BYTES`] and the limits that follow it.
    ///
    /// ```
    /// use pincite_core::query::{Node, Query};
    ///
    /// let query = Query::parse("What did Pakistan's ISI do (in 1996)?")?;
    /// assert!(matches!(&query.clauses()[0].node, Node::Text(text) if text == "What did Pakistan's ISI do (in 1996)?"));
    ///
    /// let slip = Query::parse("titel:peace").unwrap_err();
    /// assert_eq!(slip.suggestion().as_deref(), Some("did you mean “title:peace”?"));
    /// # Ok::<(), pincite_core::Error>(())
    /// ```
    pub fn parse(text: &str) -> Result<Query> {
        let clauses = parser::parse(text)?;
        Ok(Query::new(text, clauses))
    }

    /// A query for prose that nobody typed as a query: no operator is read into it.
    pub fn prose(text: &str) -> Query {
        let node = Node::Text(text.to_owned());
        let clauses = vec![Clause { occur: Occur::Should, node, span: Span::new(0, text.len()) }];
        Query::new(text, clauses)
    }

    fn new(text: &str, clauses: Vec<Clause>) -> Query {
        Query {
            text: text.to_owned(),
            clauses,
            filters: Filters::default(),
            exact: false,
            left_out: None,
        }
    }

    /// The same query under these filters.
    #[must_use]
    pub fn filtered(self, filters: Filters) -> Query {
        Query { filters, ..self }
    }

    /// The same query for its words as they are typed and their inflections alone: no other
    /// spelling or name of the same.
    #[must_use]
    pub fn exact(self) -> Query {
        Query { exact: true, ..self }
    }

    /// Returns whether its words mean only themselves and their inflections.
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// The same query, which never finds this passage.
    #[must_use]
    pub fn without(self, passage: PassageId) -> Query {
        Query { left_out: Some(passage), ..self }
    }

    /// The passage that is not to be found.
    pub fn left_out(&self) -> Option<&PassageId> {
        self.left_out.as_ref()
    }

    /// The query as typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Its parts.
    pub fn clauses(&self) -> &[Clause] {
        &self.clauses
    }

    /// The filters beside it.
    pub fn filters(&self) -> &Filters {
        &self.filters
    }
}
