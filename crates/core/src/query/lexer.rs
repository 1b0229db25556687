//! From what was typed to tokens. Decides what is an operator and what is prose.

use super::clause::{Field, Node};
use crate::text::{PartialDate, Span, words};
use crate::{Error, Result};

/// A token of a query, and its place in bytes of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) span: Span,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    /// A stretch without white space that has a word in it.
    Word,
    /// Something that is a clause by itself.
    Leaf(Node),
    Open,
    Close,
    Plus,
    Minus,
    And,
    Or,
    Not,
}

/// The name before the colon that limits the date of publication.
const DATE: &str = "date";

/// The tokens of `query`. Stretches without a word in them (`—`, `?`) are left out.
pub(super) fn tokens(query: &str) -> Result<Vec<Token>> {
    let mut lexer = Lexer { query, at: 0, depth: 0, tokens: Vec::new() };
    while lexer.skip_space() {
        lexer.token()?;
    }
    Ok(lexer.tokens)
}

/// The error that `message` is about `span` of `query`.
pub(super) fn error(
    query: &str,
    span: Span,
    message: impl Into<String>,
    suggestion: impl Into<String>,
) -> Error {
    Error::Query {
        query: query.to_owned(),
        span,
        message: message.into(),
        suggestion: Some(suggestion.into()),
    }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟')
}

struct Lexer<'q> {
    query: &'q str,
    /// The first byte of the next token.
    at: usize,
    /// The number of groups that are open.
    depth: usize,
    tokens: Vec<Token>,
}

impl<'q> Lexer<'q> {
    fn rest(&self) -> &'q str {
        &self.query[self.at..]
    }

    /// Skips white space. Returns whether anything follows.
    fn skip_space(&mut self) -> bool {
        self.at = self.query.len() - self.rest().trim_start().len();
        self.at < self.query.len()
    }

    fn push(&mut self, kind: TokenKind, end: usize) {
        self.tokens.push(Token { kind, span: Span::new(self.at, end) });
        self.at = end;
    }

    fn error<T>(
        &self,
        span: Span,
        message: impl Into<String>,
        suggestion: impl Into<String>,
    ) -> Result<T> {
        Err(error(self.query, span, message, suggestion))
    }

    fn token(&mut self) -> Result<()> {
        let mut chars = self.rest().chars();
        let first = chars.next().unwrap_or_default();
        let signed = chars.next().is_some_and(|c| c.is_alphanumeric() || is_quote(c) || c == '(');
        match first {
            '(' => return self.open(),
            ')' if self.depth > 0 => {
                self.depth -= 1;
                self.push(TokenKind::Close, self.at + 1);
            }
            '+' if signed => self.push(TokenKind::Plus, self.at + 1),
            '-' if signed => self.push(TokenKind::Minus, self.at + 1),
            c if is_quote(c) => return self.phrase(),
            _ => return self.chunk(),
        }
        Ok(())
    }

    fn open(&mut self) -> Result<()> {
        let inside = self.rest()[1..].trim_start();
        if inside.starts_with(')') {
            let span = Span::new(self.at, self.query.len() - inside.len() + 1);
            return self.error(
                span,
                "there is nothing between these brackets",
                "put words between them, or remove them",
            );
        }
        self.depth += 1;
        self.push(TokenKind::Open, self.at + 1);
        Ok(())
    }

    /// The text between the quotation mark at `start` and the next one, and the end of the latter.
    fn quoted(&self, start: usize) -> Result<(&'q str, usize)> {
        let mark = self.query[start..].chars().next().map_or(0, char::len_utf8);
        let inside = &self.query[start + mark..];
        let Some((length, close)) = inside.char_indices().find(|&(_, c)| is_quote(c)) else {
            let span = Span::new(start, start + mark);
            return self.error(
                span,
                "this quotation mark is never closed",
                "close it, or remove it",
            );
        };
        let end = start + mark + length + close.len_utf8();
        let text = &inside[..length];
        if words(text).next().is_none() {
            return self.error(
                Span::new(start, end),
                "there is no word in this quotation",
                "put words between the marks, or remove them",
            );
        }
        Ok((text, end))
    }

    fn phrase(&mut self) -> Result<()> {
        let (text, close) = self.quoted(self.at)?;
        let (slop, end) = match self.query[close..].strip_prefix('~') {
            None => (0, close),
            Some(rest) => {
                let digits =
                    rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
                let end = close + 1 + digits;
                match rest[..digits].parse() {
                    Ok(slop) if slop <= Node::MAX_SLOP => (slop, end),
                    _ => {
                        return self.error(
                            Span::new(close, end),
                            format!(
                                "“~” after a quotation needs a number up to {}",
                                Node::MAX_SLOP
                            ),
                            "write how many places words may be moved, as in “\"near phrase\"~3”",
                        );
                    }
                }
            }
        };
        self.push(TokenKind::Leaf(Node::Phrase { text: text.to_owned(), slop }), end);
        Ok(())
    }

    /// The end of the stretch that starts at `from`: white space, or a bracket that closes a group.
    /// Brackets within it (`group(s)`) are prose.
    fn chunk_end(&self, from: usize) -> usize {
        let mut inner = 0usize;
        for (i, c) in self.query[from..].char_indices() {
            match c {
                '(' => inner += 1,
                ')' if inner > 0 => inner -= 1,
                ')' if self.depth > 0 => return from + i,
                c if c.is_whitespace() => return from + i,
                _ => {}
            }
        }
        self.query.len()
    }

    fn chunk(&mut self) -> Result<()> {
        let end = self.chunk_end(self.at);
        let chunk = &self.query[self.at..end];
        if let Some((name, value)) =
            chunk.split_once(':').filter(|(name, value)| could_be_field(name, value))
        {
            return self.field(name, value, end);
        }
        let kind = match chunk {
            "AND" => TokenKind::And,
            "OR" => TokenKind::Or,
            "NOT" => TokenKind::Not,
            "*" => {
                return self.error(
                    Span::new(self.at, end),
                    "“*” needs the beginning of a word",
                    "write it directly behind the letters, as in “recogni*”",
                );
            }
            _ => return self.word(chunk, end),
        };
        self.push(kind, end);
        Ok(())
    }

    /// A word, which may end in `*`, `~` or `~1`. The sign belongs to the last word of
    /// `Mazar-i-Shar*` alone.
    fn word(&mut self, chunk: &'q str, end: usize) -> Result<()> {
        if words(chunk).next().is_none() {
            self.at = end;
            return Ok(());
        }
        let signed = chunk.rfind(['*', '~']).map(|at| chunk.split_at(at));
        let Some((last, sign)) =
            signed.and_then(|(before, sign)| Some((ending_word(before)?, sign)))
        else {
            self.push(TokenKind::Word, end);
            return Ok(());
        };
        let word = last.of(chunk).to_owned();
        let node = match sign.strip_prefix('~') {
            None if sign == "*" => Node::Prefix(word),
            Some(digits)
                if digits.bytes().all(|b| b.is_ascii_digit())
                    && word.contains(char::is_alphabetic) =>
            {
                let distance = self.distance(digits, &word, Span::new(end - sign.len(), end))?;
                Node::Fuzzy { word, distance }
            }
            _ => {
                self.push(TokenKind::Word, end);
                return Ok(());
            }
        };
        if words(&chunk[..last.start]).next().is_some() {
            self.push(TokenKind::Word, self.at + last.start);
        }
        self.push(TokenKind::Leaf(node), end);
        Ok(())
    }

    /// The distance of `word~digits`. Without digits, longer words may be further away: in a short
    /// one, two letters make another word.
    fn distance(&self, digits: &str, word: &str, span: Span) -> Result<u8> {
        match digits.parse() {
            _ if digits.is_empty() => {
                Ok(if word.chars().count() < 6 { 1 } else { Node::MAX_DISTANCE })
            }
            Ok(distance) if distance <= Node::MAX_DISTANCE => Ok(distance),
            _ => {
                let message = format!("a word can be at most {} letters away", Node::MAX_DISTANCE);
                self.error(span, message, "write “~1” or “~2”")
            }
        }
    }

    /// `name:value`, up to `end` unless the value is in quotation marks.
    fn field(&mut self, name: &str, value: &str, end: usize) -> Result<()> {
        let field = Field::ALL.into_iter().find(|field| field.name().eq_ignore_ascii_case(name));
        if field.is_none() && !name.eq_ignore_ascii_case(DATE) {
            return self.no_such_field(name, value);
        }
        let start = self.at + name.len() + 1;
        let (value, end) =
            if value.starts_with(is_quote) { self.quoted(start)? } else { (value, end) };
        let node = match field {
            Some(field) => Node::Field { field, value: value.to_owned() },
            None => self.date(value, Span::new(start, end))?,
        };
        self.push(TokenKind::Leaf(node), end);
        Ok(())
    }

    fn no_such_field(&self, name: &str, value: &str) -> Result<()> {
        let nearest = Field::ALL
            .iter()
            .map(|field| field.name())
            .chain([DATE])
            .map(|known| (strsim::damerau_levenshtein(&name.to_ascii_lowercase(), known), known))
            .min()
            .filter(|&(distance, _)| distance <= 2);
        let suggestion = match nearest {
            Some((_, known)) => format!("did you mean “{known}:{value}”?"),
            None => "to search for the words, write a space after the colon".to_owned(),
        };
        let known: Vec<_> = Field::ALL.iter().map(|field| field.name()).collect();
        let message =
            format!("there is no field “{name}”: there are {} and {DATE}", known.join(", "));
        self.error(Span::new(self.at, self.at + name.len() + 1), message, suggestion)
    }

    fn date(&self, value: &str, span: Span) -> Result<Node> {
        let (from, to) = value.split_once("..").unwrap_or((value, value));
        let part = |text: &str| {
            Some(text).filter(|t| !t.is_empty()).map(str::parse::<PartialDate>).transpose()
        };
        match (part(from), part(to)) {
            (Err(message), _) | (_, Err(message)) => self.error(
                span,
                message,
                "a range reads “date:2025-10..2025-12”, “date:2025-10..” or “date:..2025-12”",
            ),
            (Ok(None), Ok(None)) => {
                self.error(span, "this range has no date", "write it as “date:2025-10..2025-12”")
            }
            (Ok(Some(from)), Ok(Some(to))) if from.first_day() > to.last_day() => self.error(
                span,
                "this range ends before it begins",
                format!("did you mean “date:{to}..{from}”?"),
            ),
            (Ok(from), Ok(to)) => Ok(Node::Date { from, to }),
        }
    }
}

/// Returns whether `name:value` looks like a field and not like prose: `Reuters: …` has a space,
/// `https://…` and `10:30` have no value or no name, and an unknown name is only taken for a field
/// in lower case.
fn could_be_field(name: &str, value: &str) -> bool {
    let known = || {
        Field::ALL
            .iter()
            .map(|f| f.name())
            .chain([DATE])
            .any(|known| known.eq_ignore_ascii_case(name))
    };
    let starts = value.starts_with(|c: char| {
        c.is_alphanumeric() || is_quote(c) || matches!(c, '*' | '.' | '-' | '_')
    });
    starts && !name.is_empty() && (known() || name.bytes().all(|b| b.is_ascii_lowercase()))
}

/// The word that `text` ends in, if it ends in one.
fn ending_word(text: &str) -> Option<Span> {
    words(text).last().map(|word| word.span).filter(|span| span.end == text.len())
}
