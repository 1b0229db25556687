//! Pairs the quotation marks of a paragraph.
//!
//! The same signs are apostrophes, primes and arrows, and people mix marks of different kinds. Each
//! sign is read by itself and by its neighbours: whether it can open or close a quotation. Then they
//! are paired like brackets. What finds no partner, and is none of those other signs, is a stray.

use crate::text::Span;
use crate::text::english::quoting::is_elision;

/// Marks and those that close what they open.
const PAIRS: [(char, &[char]); 17] = [
    ('“', &['”', '‟']),
    ('”', &['”']),
    ('„', &['“', '”', '‟']),
    ('‟', &['”']),
    ('«', &['»']),
    ('»', &['«', '»']),
    ('"', &['"']),
    ('＂', &['＂']),
    ('‘', &['’']),
    ('’', &['’']),
    ('‚', &['‘', '’']),
    ('‹', &['›']),
    ('›', &['‹', '›']),
    ('\'', &['\'']),
    ('「', &['」']),
    ('『', &['』']),
    ('〝', &['〞', '〟']),
];
/// Marks and those that are mistaken for the ones that close what they open.
const MISTAKEN: [(char, &[char]); 9] = [
    ('“', &['"', '“', '″']),
    ('"', &['”', '“']),
    ('„', &['"']),
    ('”', &['"']),
    ('‟', &['"']),
    ('‘', &['\'', '‘']),
    ('\'', &['’']),
    ('‚', &['\'']),
    ('’', &['\'']),
];
/// Characters that stand for `<q>` and `</q>` among the marks.
const Q: (char, char) = ('\u{1}', '\u{2}');
/// Characters that stand for TeX's marks among the marks. Markdown writes code with the first.
const TEX: (char, char) = ('\u{3}', '\u{4}');

/// Names of marks in HTML.
const ENTITIES: [(&str, char); 16] = [
    ("quot", '"'),
    ("apos", '\''),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("bdquo", '„'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("sbquo", '‚'),
    ("laquo", '«'),
    ("raquo", '»'),
    ("lsaquo", '‹'),
    ("rsaquo", '›'),
    ("amp", '&'),
    ("nbsp", '\u{a0}'),
    ("ndash", '–'),
    ("mdash", '—'),
];

/// The most signs that are looked at for the partner of one.
const AHEAD: usize = 24;

/// Two marks with a quotation between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) open: Sign,
    pub(super) close: Sign,
}

/// A sign that may be a quotation mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sign {
    /// Its place, in bytes of the paragraph.
    pub(super) span: Span,
    pub(super) mark: char,
    before: Option<char>,
    after: Option<char>,
    /// True if it may be an apostrophe before a word that lost its beginning.
    is_weak: bool,
}

/// The marks of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// Pairs in no other pair, in order.
    pub(super) pairs: Vec<Pair>,
    /// Pairs of double marks that are directly in a pair of single ones, in order.
    pub(super) inner: Vec<Pair>,
    /// Marks that open what is not closed, in order; in no pair.
    pub(super) unclosed: Vec<Sign>,
    /// Marks that close what was not opened, in order; in no pair.
    pub(super) unopened: Vec<Sign>,
}

impl Marks {
    /// Pairs the marks of `text`.
    pub(super) fn of(text: &str) -> Self {
        let signs = signs(text);
        let mut stack: Vec<Sign> = Vec::new();
        let mut found = Vec::new();
        let mut unclosed = Vec::new();
        let mut unopened = Vec::new();
        for (i, sign) in signs.iter().enumerate() {
            let rest = &signs[i + 1..];
            match sign.role(&stack, rest) {
                Role::Closes(at) => {
                    found.push(Pair { open: stack[at], close: *sign });
                    unclosed.extend(stack.drain(at..).skip(1));
                }
                Role::Opens => stack.push(*sign),
                Role::Stray => unopened.push(*sign),
                Role::Other => {}
            }
        }
        unclosed.extend(stack);
        unclosed.retain(|sign| sign.mark != TEX.0 && !sign.is_weak);
        unclosed.sort_unstable_by_key(|sign| sign.span.start);
        found.sort_unstable_by_key(|pair: &Pair| pair.open.span.start);
        let mut marks = Self::default();
        for pair in found {
            match marks.pairs.last() {
                Some(outer) if pair.open.span.start < outer.close.span.start => {
                    if outer.open.is_single() && !pair.open.is_single() {
                        marks.inner.push(pair);
                    }
                }
                _ => marks.pairs.push(pair),
            }
        }
        let outside = |sign: &Sign| {
            let next = marks.pairs.partition_point(|pair| pair.open.span.start <= sign.span.start);
            next.checked_sub(1)
                .is_none_or(|last| marks.pairs[last].close.span.end <= sign.span.start)
        };
        unclosed.retain(outside);
        unopened.retain(outside);
        Self { unclosed, unopened, ..marks }
    }
}

/// The function of a sign.
enum Role {
    /// It closes what this sign of the stack opened.
    Closes(usize),
    Opens,
    /// It is a mark, and can do neither.
    Stray,
    /// It is an apostrophe, a prime, an arrow or a comma.
    Other,
}

impl Sign {
    /// Returns true if it is a single mark, which may be an apostrophe.
    pub(super) fn is_single(&self) -> bool {
        matches!(self.mark, '\'' | '’' | '‘' | '‚' | '‹' | '›')
    }

    /// Returns true if HTML stands around the quotation that it opens.
    pub(super) fn is_html(&self) -> bool {
        self.mark != TEX.0 && self.span.len() != self.mark.len_utf8()
    }

    fn role(&self, stack: &[Sign], rest: &[Sign]) -> Role {
        if let Some(at) = self.closes(stack, rest) {
            return Role::Closes(at);
        }
        let measures = self.before.is_some_and(char::is_numeric)
            && matches!(self.mark, '"' | '”' | '″' | '\'' | '’' | '′');
        let spaced = self.before.is_none_or(char::is_whitespace)
            && self.after.is_none_or(char::is_whitespace);
        match self.mark {
            '″' | '′' => Role::Other,
            _ if measures => Role::Other,
            '«' | '‹' | '「' | '『' | '〝' => Role::Opens,
            _ if [Q.0, TEX.0].contains(&self.mark) => Role::Opens,
            _ if self.mark == TEX.1 => Role::Other,
            // Arrows: “Home » News”.
            '»' | '›' if spaced => Role::Other,
            _ if self.can_open() => Role::Opens,
            // Text without spaces has quotations within what looks like a word.
            '"' | '“'
                if self.before.is_some_and(char::is_alphabetic)
                    && !spaced
                    && self.after.is_some_and(char::is_alphanumeric) =>
            {
                Role::Opens
            }
            '\'' | '’' | '‚' | '‘' => Role::Other,
            _ => Role::Stray,
        }
    }

    /// The sign of the stack that this one closes.
    fn closes(&self, stack: &[Sign], rest: &[Sign]) -> Option<usize> {
        let inward = matches!(self.mark, '”' | '»' | '›' | '」' | '』' | '〞' | '〟')
            || [Q.1, TEX.1].contains(&self.mark);
        if !inward && !self.can_close() {
            return None;
        }
        let partner = |pairs: &[(char, &[char])], sign: &Sign| {
            pairs.iter().any(|(open, close)| *open == sign.mark && close.contains(&self.mark))
        };
        let reach = stack.len().saturating_sub(AHEAD);
        let find = |pairs: &[(char, &[char])]| {
            let at = stack[reach..].iter().rposition(|sign| partner(pairs, sign))?;
            Some(reach + at)
        };
        if let Some((open, _)) = [Q, TEX].into_iter().find(|(_, close)| *close == self.mark) {
            let at = stack[reach..].iter().rposition(|sign| sign.mark == open)?;
            return Some(reach + at);
        }
        if let Some(at) = find(&PAIRS) {
            // Who wrote ‘ meant to open; ’ and ' before 90 may stand for what was left out.
            let owns = stack[at].is_weak && stack[at].mark != '‘' && self.owns();
            return (!owns && !self.is_left_to(rest)).then_some(at);
        }
        // A mark of another kind only closes where the right one does not come.
        find(&MISTAKEN).filter(|&at| {
            let right = |sign: &&Sign| {
                PAIRS.iter().any(|(open, close)| {
                    *open == stack[at].mark && close.contains(&sign.mark) && sign.can_close()
                })
            };
            let until = rest.iter().take(AHEAD).take_while(|sign| sign.mark != stack[at].mark);
            let comes = stack[at].mark != self.mark && until.into_iter().any(|sign| right(&sign));
            let straight_comes = matches!(stack[at].mark, '"' | '\'')
                && rest
                    .iter()
                    .take(AHEAD)
                    .find(|sign| sign.mark == stack[at].mark)
                    .is_some_and(|sign| sign.can_close() && !sign.can_open());
            !comes && !straight_comes && !self.is_left_to(rest)
        })
    }

    /// Returns true if a sign that could close a quotation is a prime or a possessive of a plural,
    /// as another that can come after it.
    fn is_left_to(&self, rest: &[Sign]) -> bool {
        let measures = matches!(self.mark, '"' | '\'') && self.before.is_some_and(char::is_numeric);
        let owns = self.owns();
        if !measures && !owns {
            return false;
        }
        let alike =
            |sign: &&Sign| sign.mark == self.mark || owns && matches!(sign.mark, '\'' | '’' | '‘');
        rest.iter().take(AHEAD).find(alike).is_some_and(|sign| sign.can_close() && !sign.can_open())
    }

    /// Returns true if it may be the possessive of a plural: `the dogs’ home`.
    fn owns(&self) -> bool {
        matches!(self.mark, '\'' | '’')
            && self.before.is_some_and(|c| matches!(c, 's' | 'S' | 'z' | 'x'))
            && self.after == Some(' ')
    }

    fn can_open(&self) -> bool {
        let after =
            self.after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | ')' | ']'));
        after
            && self.before.is_none_or(|c| {
                c.is_whitespace()
                    || matches!(
                        c,
                        '(' | '['
                            | '{'
                            | '—'
                            | '–'
                            | '-'
                            | '/'
                            | '*'
                            | '_'
                            | '>'
                            | '='
                            | ':'
                            | '¿'
                            | '¡'
                            | '（'
                            | '，'
                            | '：'
                            | '。'
                            | '、'
                    )
                    || opens(c)
            })
    }

    fn can_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace() && !matches!(c, '(' | '[' | '{'))
            && !self.after.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c))
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}')
}

/// The signs of `text` that may be quotation marks.
fn signs(text: &str) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find(is_sign) {
        let start = at + found;
        let Some((mark, len)) = sign_at(&text[start..]) else {
            let rest = text[start..].trim_start_matches('`');
            at = text.len() - rest.len();
            if at == start {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
            continue;
        };
        at = start + len;
        let mut sign = Sign {
            span: Span::new(start, at),
            mark,
            before: text[..start].chars().next_back(),
            after: text[at..].chars().next(),
            is_weak: false,
        };
        if !is_no_mark(text, &sign) {
            sign.is_weak = is_weak(text, &sign);
            signs.push(sign);
        }
    }
    signs
}

fn is_sign(c: char) -> bool {
    matches!(c, '&' | '<' | '`' | '″' | '′' | '‟') || opens(c) || is_closing(c)
}

fn is_closing(c: char) -> bool {
    PAIRS.iter().any(|(_, close)| close.contains(&c))
}

/// The mark at the beginning of `text`, and how many bytes it takes.
fn sign_at(text: &str) -> Option<(char, usize)> {
    let first = text.chars().next()?;
    match first {
        '&' => entity(text),
        '<' if text.starts_with("<q>") || text.starts_with("<q ") => {
            Some((Q.0, text.find('>')? + 1))
        }
        '<' if text.starts_with("</q>") => Some((Q.1, 4)),
        '<' => None,
        // TeX's marks.
        '`' => text.starts_with("``").then_some((TEX.0, 2)).filter(|_| !text.starts_with("```")),
        '\'' if text.starts_with("''") => Some((TEX.1, 2)),
        _ => Some((first, first.len_utf8())),
    }
}

/// The character that `text` begins with the name of, and how many bytes the name takes.
fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(10).position(|byte| byte == b';')?;
    let name = &text[1..end];
    let numbered = name.strip_prefix('#').and_then(|number| {
        let hexadecimal = number.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16),
            None => number.parse(),
        };
        char::from_u32(code.ok()?)
    });
    let named = || ENTITIES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
    Some((numbered.or_else(named)?, end + 1))
}

/// Text of HTML with the characters that it names.
pub(super) fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        let (c, len) = entity(&rest[at..]).unwrap_or(('&', 1));
        plain.push(c);
        rest = &rest[at + len..];
    }
    plain + rest
}

/// Returns whether a sign is no mark: an apostrophe within a word, or those of *rock 'n' roll*.
fn is_no_mark(text: &str, sign: &Sign) -> bool {
    if !matches!(sign.mark, '\'' | '’' | '‘') {
        // Other characters of HTML have names too.
        return !(opens(sign.mark)
            || is_closing(sign.mark)
            || matches!(sign.mark, '″' | '′' | '\u{1}'..='\u{4}'));
    }
    let apostrophe = ['\'', '’', '‘'];
    let within = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c));
    if within(sign.before) && within(sign.after) {
        return true;
    }
    let (before, after) = (&text[..sign.span.start], &text[sign.span.end..]);
    let first = |rest: Option<&str>| rest.is_some_and(|rest| rest.starts_with(apostrophe));
    let second = |rest: Option<&str>| rest.is_some_and(|rest| rest.ends_with(apostrophe));
    first(after.strip_prefix(['n', 'N'])) || second(before.strip_suffix(['n', 'N']))
}

/// Returns whether a word follows that may have lost its beginning: `’90s`, `’tis`.
fn is_weak(text: &str, sign: &Sign) -> bool {
    let after = &text[sign.span.end..];
    let word = &after[..after.find(|c: char| !c.is_alphanumeric()).unwrap_or(after.len())];
    let years = word.strip_suffix('s').unwrap_or(word);
    matches!(sign.mark, '\'' | '’' | '‘')
        && (years.len() == 2 && years.bytes().all(|byte| byte.is_ascii_digit())
            || is_elision(&word.to_lowercase()))
}

/// Returns whether a character is a mark that opens quotations.
pub(super) fn opens(c: char) -> bool {
    PAIRS.iter().any(|(open, _)| *open == c)
}

/// A quotation without the marks around all of it.
pub(in super::super) fn unquoted(quote: &str) -> &str {
    let quote = quote.trim();
    let inner = PAIRS.iter().chain(&MISTAKEN).find_map(|(open, close)| {
        let inner = quote.strip_prefix(*open)?.strip_suffix(*close)?;
        (!inner.contains(|c| c == *open || close.contains(&c))).then_some(inner)
    });
    inner.unwrap_or(quote).trim()
}
