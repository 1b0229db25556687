//! Finds the prose in an HTML block of Markdown.
//!
//! Tags are dropped, and those of blocks separate paragraphs. Scripts, styles and comments are not
//! prose.

use super::Piece;
use crate::extract::BlockKind;
use crate::text::Span;

/// A paragraph or heading in an HTML block.
pub(super) struct Prose<'a> {
    /// A paragraph or a heading.
    pub(super) kind: BlockKind,
    /// Its span in the file, in bytes, tags inside it included.
    pub(super) span: Span,
    /// The pieces of its readable form.
    pub(super) pieces: Vec<Piece<'a>>,
}

/// The kind of thing that the next bytes are part of.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Text,
    Tag,
    Comment,
    /// The content of an element that is not prose, up to its end tag.
    Raw(&'static str),
}

/// The elements whose content is not prose.
const RAW: [&str; 6] = ["script", "style", "template", "svg", "pre", "textarea"];

/// The elements within a paragraph. All others separate paragraphs.
const INLINE: [&str; 29] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "em", "font", "i", "img",
    "ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
    "u", "wbr",
];

/// Returns the prose in `lines`, the spans of the lines of an HTML block of `text`.
pub(super) fn prose<'a>(text: &str, lines: &[Span]) -> Vec<Prose<'a>> {
    let mut reader = Reader { text, found: Vec::new(), open: None, heading: None };
    let mut state = State::Text;
    for line in lines {
        let mut at = line.start;
        while at < line.end {
            (at, state) = reader.step(state, Span::new(at, line.end));
        }
    }
    reader.close();
    reader.found
}

struct Reader<'a, 't> {
    text: &'t str,
    found: Vec<Prose<'a>>,
    open: Option<Prose<'a>>,
    /// The level of the heading that is open.
    heading: Option<u8>,
}

impl Reader<'_, '_> {
    /// Reads the start of `rest`. Returns where to go on and in what state.
    fn step(&mut self, state: State, rest: Span) -> (usize, State) {
        let text = rest.of(self.text);
        let until = |mark: &str, state| match text.find(mark) {
            Some(at) => (rest.start + at + mark.len(), State::Text),
            None => (rest.end, state),
        };
        match state {
            State::Comment => until("-->", state),
            State::Tag => until(">", state),
            State::Raw(name) => match find_end_tag(text, name) {
                Some(at) => (rest.start + at, State::Text),
                None => (rest.end, state),
            },
            State::Text if text.starts_with("<!--") => (rest.start + 4, State::Comment),
            State::Text if is_tag(text) => {
                let state = self.tag(text, rest.start);
                match text.find('>') {
                    Some(at) => (rest.start + at + 1, state),
                    None => (rest.end, State::Tag),
                }
            }
            State::Text => {
                let skip = text.chars().next().map_or(1, char::len_utf8);
                let len = text[skip..].find('<').map_or(text.len(), |at| skip + at);
                self.words(Span::new(rest.start, rest.start + len));
                (rest.start + len, State::Text)
            }
        }
    }

    /// Reads a tag at `start`, and returns the state after it.
    fn tag(&mut self, tag: &str, start: usize) -> State {
        let is_end = tag.starts_with("</");
        let name: String = tag
            .trim_start_matches(['<', '/'])
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        if let Some(raw) = RAW.iter().find(|raw| **raw == name) {
            return if is_end { State::Text } else { State::Raw(raw) };
        }
        if name == "br" {
            if let Some(open) = &mut self.open {
                open.pieces.push(Piece::Break(start));
            }
        } else if !INLINE.contains(&name.as_str()) {
            self.close();
            self.heading = heading_level(&name).filter(|_| !is_end);
        } else if let Some(open) = &mut self.open {
            open.span.end = open.span.end.max(start);
        }
        State::Text
    }

    /// Adds text to the open paragraph, with its entities replaced.
    fn words(&mut self, span: Span) {
        if self.open.is_none() && span.of(self.text).trim().is_empty() {
            return;
        }
        let kind = self.heading.map_or(BlockKind::Paragraph, BlockKind::Heading);
        let open = self.open.get_or_insert(Prose {
            kind,
            span: Span::new(span.start, span.start),
            pieces: Vec::new(),
        });
        open.span.end = span.end;
        let mut from = span.start;
        while let Some((entity, c)) = next_entity(self.text, Span::new(from, span.end)) {
            open.pieces.push(Piece::Copy(Span::new(from, entity.start)));
            open.pieces.push(Piece::Write(entity.start, c.to_string().into()));
            from = entity.end;
        }
        open.pieces.push(Piece::Copy(Span::new(from, span.end)));
    }

    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        if open.span.of(self.text).contains(char::is_alphanumeric) {
            self.found.push(open);
        }
    }
}

/// Returns whether a text begins with a tag or a declaration, not a plain `<`.
fn is_tag(text: &str) -> bool {
    let mut chars = text.chars();
    chars.next() == Some('<')
        && chars.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'))
}

fn heading_level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// Returns the offset of the end tag of an element.
fn find_end_tag(text: &str, name: &str) -> Option<usize> {
    text.match_indices("</").map(|(at, _)| at).find(|at| {
        text.get(at + 2..at + 2 + name.len()).is_some_and(|tag| tag.eq_ignore_ascii_case(name))
    })
}

/// Returns the next character reference in a span of `text` and its character.
fn next_entity(text: &str, span: Span) -> Option<(Span, char)> {
    const MAX_LEN: usize = 10;
    let slice = span.of(text);
    slice.match_indices('&').find_map(|(at, _)| {
        let name = slice[at + 1..].split(';').next().filter(|name| name.len() <= MAX_LEN)?;
        let end = at + 1 + name.len();
        let c = entity(name).filter(|_| slice[end..].starts_with(';'))?;
        Some((Span::new(span.start + at, span.start + end + 1), c))
    })
}

fn entity(name: &str) -> Option<char> {
    let number =
        |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    if let Some(digits) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        return number(digits, 16);
    }
    if let Some(digits) = name.strip_prefix('#') {
        return number(digits, 10);
    }
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "lsquo" => '‘',
        "rsquo" => '’',
        "ldquo" => '“',
        "rdquo" => '”',
        "laquo" => '«',
        "raquo" => '»',
        _ => return None,
    })
}
