//! From tokens to clauses.
//!
//! ```text
//! list        = { disjunction }
//! disjunction = conjunction { "OR" conjunction }
//! conjunction = clause { "AND" clause }
//! clause      = [ "+" | "-" | "NOT" ] ( word | leaf | "(" list ")" )
//! ```

use super::clause::{Clause, Node, Occur};
use super::lexer::{Token, TokenKind, error, tokens};
use super::limits;
use crate::text::Span;
use crate::{Error, Result};

/// The deepest nesting of groups: far more than anyone types, far less than overflows the stack.
const MAX_DEPTH: usize = 64;

/// Parses `query` into clauses: at least one, and not only negative ones.
pub(super) fn parse(query: &str) -> Result<Vec<Clause>> {
    limits::check_text(query)?;
    let tokens = tokens(query)?;
    limits::check_tokens(query, &tokens)?;
    if !tokens.iter().any(|token| matches!(token.kind, TokenKind::Word | TokenKind::Leaf(_))) {
        let span = Span::new(0, query.len());
        return Err(error(
            query,
            span,
            "there is no word to search for",
            "type a claim, a question or a few words",
        ));
    }
    if tokens
        .iter()
        .all(|token| matches!(token.kind, TokenKind::Word | TokenKind::Open | TokenKind::Close))
    {
        let start = query.len() - query.trim_start().len();
        return Ok(vec![text(query, Occur::Should, Span::new(start, query.trim_end().len()))]);
    }
    let mut parser = Parser { query, tokens: &tokens, next: 0, depth: 0 };
    parser.list(Span::new(0, query.len()))
}

fn text(query: &str, occur: Occur, span: Span) -> Clause {
    Clause { occur, node: Node::Text(span.of(query).to_owned()), span }
}

struct Parser<'q> {
    query: &'q str,
    tokens: &'q [Token],
    next: usize,
    depth: usize,
}

impl<'q> Parser<'q> {
    fn peek(&self) -> Option<&'q Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self, kind: &TokenKind) -> Option<Span> {
        let token = self.peek().filter(|token| token.kind == *kind)?;
        self.next += 1;
        Some(token.span)
    }

    fn error(&self, span: Span, message: &str, suggestion: &str) -> Error {
        error(self.query, span, message, suggestion)
    }

    /// Parses clauses up to the end or a closing bracket. `span` is their place.
    fn list(&mut self, span: Span) -> Result<Vec<Clause>> {
        let mut clauses: Vec<Clause> = Vec::new();
        while self.peek().is_some_and(|token| token.kind != TokenKind::Close) {
            let clause = self.disjunction()?;
            match clauses.last_mut() {
                Some(last) if is_plain(last) && is_plain(&clause) => {
                    *last = text(
                        self.query,
                        Occur::Should,
                        Span::new(last.span.start, clause.span.end),
                    );
                }
                _ => clauses.push(clause),
            }
        }
        self.not_only_negative(&clauses, span)?;
        Ok(clauses)
    }

    fn not_only_negative(&self, clauses: &[Clause], span: Span) -> Result<()> {
        if clauses.iter().any(|clause| clause.occur != Occur::Not) {
            return Ok(());
        }
        let span = clauses
            .first()
            .zip(clauses.last())
            .map_or(span, |(a, b)| Span::new(a.span.start, b.span.end));
        Err(self.error(
            span,
            "this only says what not to find",
            "add what to find, without “-” or “NOT”",
        ))
    }

    fn disjunction(&mut self) -> Result<Clause> {
        let first = self.conjunction()?;
        if self.peek().is_none_or(|token| token.kind != TokenKind::Or) {
            return Ok(first);
        }
        let mut alternatives = vec![first];
        while let Some(or) = self.take(&TokenKind::Or) {
            self.operand_follows(or, "OR")?;
            alternatives.push(self.conjunction()?);
        }
        for alternative in &mut alternatives {
            self.not_only_negative(std::slice::from_ref(alternative), alternative.span)?;
            alternative.occur = Occur::Should;
        }
        Ok(group(alternatives))
    }

    fn conjunction(&mut self) -> Result<Clause> {
        let first = self.clause()?;
        if self.peek().is_none_or(|token| token.kind != TokenKind::And) {
            return Ok(first);
        }
        let mut all = vec![first];
        while let Some(and) = self.take(&TokenKind::And) {
            self.operand_follows(and, "AND")?;
            all.push(self.clause()?);
        }
        for clause in &mut all {
            if clause.occur == Occur::Should {
                clause.occur = Occur::Must;
            }
        }
        self.not_only_negative(&all, Span::new(0, 0))?;
        Ok(group(all))
    }

    fn operand_follows(&self, operator: Span, name: &str) -> Result<()> {
        match self.peek() {
            Some(token)
                if !matches!(token.kind, TokenKind::Close | TokenKind::And | TokenKind::Or) =>
            {
                Ok(())
            }
            _ => Err(self.error(
                operator,
                &format!("nothing follows this “{name}”"),
                &format!(
                    "add what it is to join, or write “{}” to search for the word",
                    name.to_lowercase()
                ),
            )),
        }
    }

    fn clause(&mut self) -> Result<Clause> {
        let Some(token) = self.peek() else {
            let end = Span::new(self.query.len(), self.query.len());
            return Err(self.error(
                end,
                "something is missing here",
                "add a word, a quotation or a group",
            ));
        };
        let occur = match token.kind {
            TokenKind::Plus => Some(Occur::Must),
            TokenKind::Minus | TokenKind::Not => Some(Occur::Not),
            _ => None,
        };
        if occur.is_some() {
            self.next += 1;
        }
        let (node, span) = self.operand(token)?;
        let default = if node.restricts() { Occur::Must } else { Occur::Should };
        Ok(Clause {
            occur: occur.unwrap_or(default),
            node,
            span: Span::new(token.span.start, span.end),
        })
    }

    /// A word, a leaf or a group. `before` is the operator it belongs to, or itself.
    fn operand(&mut self, before: &Token) -> Result<(Node, Span)> {
        let dangling = || {
            self.error(
                before.span,
                &format!("“{}” has nothing to apply to", before.span.of(self.query)),
                "put a word, a quotation or a group next to it; in lower case it is searched for as a word",
            )
        };
        let token = self.peek().ok_or_else(dangling)?;
        let node = match &token.kind {
            TokenKind::Word => Node::Text(token.span.of(self.query).to_owned()),
            TokenKind::Leaf(node) => node.clone(),
            TokenKind::Open => return self.group(token.span),
            _ => return Err(dangling()),
        };
        self.next += 1;
        Ok((node, token.span))
    }

    fn group(&mut self, open: Span) -> Result<(Node, Span)> {
        if self.depth == MAX_DEPTH {
            return Err(self.error(
                open,
                "these brackets are nested too deep",
                "use fewer of them",
            ));
        }
        self.next += 1;
        self.depth += 1;
        let clauses = self.list(open)?;
        self.depth -= 1;
        match self.take(&TokenKind::Close) {
            Some(close) => Ok((Node::Group(clauses), Span::new(open.start, close.end))),
            None => Err(self.error(open, "this bracket is never closed", "close it, or remove it")),
        }
    }
}

/// Returns whether a clause is words that join with the words beside them.
fn is_plain(clause: &Clause) -> bool {
    clause.occur == Occur::Should && matches!(clause.node, Node::Text(_))
}

/// A group made by an operator, which always restricts.
fn group(clauses: Vec<Clause>) -> Clause {
    let span = Span::new(clauses[0].span.start, clauses[clauses.len() - 1].span.end);
    Clause { occur: Occur::Must, node: Node::Group(clauses), span }
}
