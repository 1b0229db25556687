//! [`Page`]: one pass over the tokens of a page, which gives its leaves and what its head declares.
//!
//! Nothing is parsed to a tree: a tokenizer says where each token stands, and the names of the tags
//! alone say where a paragraph ends. So the pass takes time and memory in proportion to the page,
//! whatever its shape, and reads the same in a slice of the page as in the whole.

use html5gum::{DefaultEmitter, EndTag, StartTag, Token, Tokenizer};

use super::super::run::Run;
use super::head::Head;
use super::leaf::{Leaf, Role};
use crate::extract::document::pieces::pieces;
use crate::source::Passage;
use crate::text::Span;

/// The elements that end a paragraph.
const BLOCKS: [&str; 50] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
];

/// The elements whose text is not read.
const UNREAD: [&str; 13] = [
    "script", "style", "title", "template", "noscript", "iframe", "svg", "math", "textarea",
    "noembed", "noframes", "select", "datalist",
];

/// The elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// The elements whose text is furniture, whatever it says.
const FURNITURE: [&str; 5] = ["nav", "footer", "form", "menu", "dialog"];

/// The length in bytes from which a tag ends a paragraph: it holds data.
const LONG_TAG: usize = 4096;

/// The length in bytes, tags included, up to which the cells of a row are read as one paragraph.
const ROW: usize = 1024;

/// The divisions of a page.
const DIVISIONS: [&str; 7] = ["article", "aside", "body", "div", "header", "main", "section"];

/// The most open elements that are remembered.
const MAX_OPEN: usize = 4096;

/// Returns whether the element of this name ends a paragraph.
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
pub(super) fn is_block(name: &str) -> bool {
    BLOCKS.contains(&name)
}

/// A page, read in one pass.
#[derive(Debug, Default)]
pub(in crate::extract::formats) struct Page {
    /// Its leaves, in order.
    pub(in crate::extract::formats) leaves: Vec<Leaf>,
    /// The metadata that its head, and the elements for dates and authors, declare.
    pub(super) head: Head,
    /// The depth of nesting of its elements, by their tags.
    pub(in crate::extract::formats) depth: usize,
    /// The number of its tags.
    pub(in crate::extract::formats) tags: usize,
}

/// The elements that are open at a place in a page.
#[derive(Default)]
struct Walk<'a> {
    text: &'a str,
    page: Page,
    open: Vec<Open>,
    leaf: Option<Leaf>,
    /// The element whose text is not read, and how often it is open within itself.
    unread: Option<(String, usize)>,
    /// Set if the last thing read was a line break.
    broken: bool,
}

struct Open {
    name: String,
    /// Its number, or that of the division around it.
    container: usize,
    is_byline: bool,
    is_notice: bool,
}

impl Page {
    /// Reads a page, or a slice of one.
    pub(in crate::extract::formats) fn read(text: &str) -> Page {
        let mut walk = Walk { text, ..Walk::default() };
        let mut emitter = DefaultEmitter::<usize>::new_with_span();
        emitter.naively_switch_states(true);
        for token in Tokenizer::new_with_emitter(text, emitter) {
            match token {
                Ok(Token::StartTag(tag)) => walk.start(&tag),
                Ok(Token::EndTag(tag)) => walk.end(&tag),
                Ok(Token::String(read)) => {
                    let span = Span::new(read.span.start, end_of(text, read.span.end));
                    walk.text(span, &String::from_utf8_lossy(&read.value));
                }
                _ => {}
            }
        }
        walk.close();
        walk.page.head.close();
        walk.page
    }
}

impl Walk<'_> {
    fn start(&mut self, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        self.page.tags += 1;
        if let Some((unread, depth)) = &mut self.unread {
            *depth += usize::from(unread == name);
            // A parser leaves these elements where a paragraph begins.
            let is_left = matches!(unread.as_str(), "svg" | "math" | "select" | "datalist")
                && matches!(name, "p" | "div" | "ul" | "table" | "h1" | "h2" | "h3" | "h4");
            if !is_left {
                self.page.head.start(name, tag);
                return;
            }
            self.unread = None;
        }
        self.page.head.start(name, tag);
        match name {
            "br" => self.line_break(),
            "td" | "th" => self.cell(tag.span.start),
            _ if BLOCKS.contains(&name) => self.close(),
            _ if tag.span.end - tag.span.start > LONG_TAG => self.close(),
            _ => {}
        }
        let is_foreign = tag.self_closing && matches!(name, "svg" | "math");
        if UNREAD.contains(&name) && !is_foreign {
            self.unread = Some((name.to_owned(), 1));
        } else if !VOID.contains(&name) && !is_foreign && self.open.len() < MAX_OPEN {
            self.open(name, tag);
        }
    }

    fn open(&mut self, name: &str, tag: &StartTag<usize>) {
        // These end the one before them, without an end tag.
        if matches!(name, "p" | "li" | "td" | "th" | "tr" | "dt" | "dd" | "option")
            && self.open.last().is_some_and(|open| open.name == name)
        {
            self.open.pop();
        }
        let outer = self.open.last().map_or(0, |open| open.container);
        let container = if DIVISIONS.contains(&name) { self.page.tags } else { outer };
        self.open.push(Open {
            name: name.to_owned(),
            container,
            is_byline: super::head::is_byline(tag),
            is_notice: super::head::is_notice(tag),
        });
        self.page.depth = self.page.depth.max(self.open.len());
    }

    fn end(&mut self, tag: &EndTag<usize>) {
        /// The maximum number of open elements that an end tag is compared with.
        const REACH: usize = 64;
        let name = String::from_utf8_lossy(&tag.name);
        let name = name.as_ref();
        self.page.tags += 1;
        self.page.head.end(name);
        if let Some((unread, depth)) = &mut self.unread {
            if unread == name {
                *depth -= 1;
                if *depth == 0 {
                    self.unread = None;
                }
            }
            return;
        }
        match name {
            "br" => self.line_break(),
            "td" | "th" => self.cell(tag.span.start),
            _ if BLOCKS.contains(&name) => self.close(),
            _ => {}
        }
        let from = self.open.len().saturating_sub(REACH);
        if let Some(at) = self.open[from..].iter().rposition(|open| open.name == name) {
            self.open.truncate(from + at);
        }
    }

    /// Ends the line: the second of two ends the paragraph.
    fn line_break(&mut self) {
        if self.broken {
            self.close();
        } else if let Some(leaf) = &mut self.leaf {
            leaf.runs.push(Run::Break);
            self.broken = true;
        }
    }

    /// Begins or ends a cell, at this byte: those of a row are one paragraph, unless they are long.
    fn cell(&mut self, at: usize) {
        let Some(leaf) = &mut self.leaf else { return };
        if leaf.is_longer(at, ROW) {
            self.close();
        } else if leaf.runs.last() != Some(&Run::Break) {
            leaf.runs.push(Run::Break);
        }
    }

    fn text(&mut self, span: Span, read: &str) {
        self.page.head.text(read);
        if self.unread.is_some() {
            return;
        }
        let is_blank = read.trim().is_empty();
        if self.leaf.is_none() {
            if is_blank {
                return;
            }
            let container = self.open.last().map_or(0, |open| open.container);
            let is_paragraph = self.open.iter().rev().take(8).any(|open| open.name == "p");
            self.leaf = Some(Leaf { is_paragraph, ..Leaf::new(self.role(), container) });
        }
        self.broken &= is_blank;
        if self.open.iter().any(|open| open.name == "a")
            && let Some(leaf) = &mut self.leaf
        {
            leaf.linked += read.trim().len();
        }
        for run in runs(self.text, span, read) {
            self.push(run);
        }
    }

    /// Adds a run, and cuts a paragraph that is too long.
    fn push(&mut self, run: Run) {
        let Run::Plain(span) = run else { return self.add(run) };
        let mut start = span.start;
        for piece in pieces(span.of(self.text)).into_iter().skip(1) {
            let next = span.start + piece.start;
            self.add(Run::Plain(Span::new(start, next)));
            start = next;
        }
        self.add(Run::Plain(Span::new(start, span.end)));
    }

    fn add(&mut self, run: Run) {
        let Some(leaf) = &mut self.leaf else { return };
        let end = match &run {
            Run::Plain(span) | Run::Decoded(span, _) => span.end,
            Run::Break => 0,
        };
        if leaf.is_longer(end, Passage::MAX_LEN) {
            let next = Leaf { runs: Vec::new(), linked: 0, continues: true, ..*leaf };
            self.page.leaves.push(std::mem::replace(leaf, next));
        }
        if let Some(leaf) = &mut self.leaf {
            leaf.runs.push(run);
        }
    }

    fn close(&mut self) {
        self.broken = false;
        self.page.leaves.extend(self.leaf.take());
    }

    fn role(&self) -> Role {
        let mut role = Role::Text;
        for open in &self.open {
            let name = open.name.as_str();
            match name {
                _ if open.is_notice || FURNITURE.contains(&name) => return Role::Furniture,
                "pre" => role = Role::Code,
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    role = Role::Heading(name.as_bytes()[1] - b'0');
                }
                _ if open.is_byline && role == Role::Text => role = Role::Byline,
                _ => {}
            }
        }
        role
    }
}

/// Returns where a text of a page ends that ends at `end` by the tokenizer: this gives one byte too
/// few where the page ends within a character reference.
fn end_of(page: &str, end: usize) -> usize {
    let is_cut = end + 1 == page.len()
        && page.rsplit_once('&').is_some_and(|(_, reference)| {
            reference.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        });
    if is_cut { page.len() } else { end.min(page.len()) }
}

/// Splits text into what is read as it stands and character references.
fn runs(page: &str, span: Span, read: &str) -> Vec<Run> {
    let slice = span.of(page);
    if slice == read {
        return vec![Run::Plain(span)];
    }
    let mut runs = Vec::new();
    let mut text = String::new();
    let mut start = 0;
    while start < slice.len() {
        let mut marks = slice[start..].match_indices('&').map(|(at, _)| start + at);
        let next = marks.find(|&at| at > start).unwrap_or(slice.len());
        let part = &slice[start..next];
        let at = span.start + start;
        if part.starts_with('&') {
            // White space behind it stands for itself, whatever line breaks it has.
            let word = part.trim_end();
            let decoded = decoded(word);
            let kept = common_end(word, &decoded);
            let end = at + word.len() - kept;
            let replaced = &decoded[..decoded.len() - kept];
            if !replaced.is_empty() {
                runs.push(Run::Decoded(Span::new(at, end), replaced.into()));
            }
            if end < at + part.len() {
                runs.push(Run::Plain(Span::new(end, at + part.len())));
            }
            text.push_str(&decoded);
            text.push_str(&part[word.len()..]);
        } else {
            runs.push(Run::Plain(Span::new(at, at + part.len())));
            text.push_str(part);
        }
        start = next;
    }
    // White space is folded, whatever line breaks it has; anything else is taken as a whole.
    let same = text.split_whitespace().eq(read.split_whitespace());
    if same { runs } else { vec![Run::Decoded(span, read.into())] }
}

/// Returns what is read in a text of which only the first character is `&`.
fn decoded(part: &str) -> String {
    let mut text = String::new();
    for token in Tokenizer::new(part) {
        if let Ok(Token::String(read)) = token {
            text.push_str(&String::from_utf8_lossy(&read.value));
        }
    }
    text
}

/// Returns the length in bytes of the text at the end of both, but for the first character of
/// either.
fn common_end(part: &str, decoded: &str) -> usize {
    let tail = |text: &str| text.chars().next().map_or(0, char::len_utf8);
    let (a, b) = (&part[tail(part)..], &decoded[tail(decoded)..]);
    let same = a.chars().rev().zip(b.chars().rev()).take_while(|(a, b)| a == b);
    same.map(|(c, _)| c.len_utf8()).sum()
}
