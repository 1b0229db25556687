//! [`Leaf`]: a stretch of a page without block elements within it, and what is read in it.

use crate::text::{Plain, PlainBuilder, Span, is_zero_width};

/// The role that the elements around a leaf give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::formats) enum Role {
    /// Prose, an item of a list, a row of a table.
    Text,
    /// A heading of this level.
    Heading(u8),
    /// Preformatted text.
    Code,
    /// Part of a menu, a footer, a form.
    Furniture,
    /// A line with the author or the date.
    Byline,
}

/// A stretch of a page without block elements within it.
#[derive(Debug, Clone)]
pub(in crate::extract::formats) struct Leaf {
    pub(in crate::extract::formats) role: Role,
    /// Its text, in order.
    pub(in crate::extract::formats) runs: Vec<Run>,
    /// The number of the division that it stands in.
    pub(in crate::extract::formats) container: usize,
    /// The bytes of its text within links.
    pub(in crate::extract::formats) linked: usize,
    /// Set if it is in a paragraph, not in an item of a list or a cell.
    pub(in crate::extract::formats) is_paragraph: bool,
    /// Whether it goes on where the leaf before was cut, as it is too long for a paragraph.
    pub(in crate::extract::formats) continues: bool,
}

/// A stretch of text in a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract::formats) enum Run {
    /// Bytes of the page that are read as they stand.
    Plain(Span),
    /// Bytes of the page that are read as other text: a character reference.
    Decoded(Span, Box<str>),
    /// The border of a cell or a line, which is read as white space.
    Break,
}

impl Leaf {
    pub(in crate::extract::formats) fn new(role: Role, container: usize) -> Self {
        Self { role, runs: Vec::new(), container, linked: 0, is_paragraph: false, continues: false }
    }

    /// Returns whether it has more than `len` bytes up to byte `end` of the page.
    pub(in crate::extract::formats) fn is_longer(&self, end: usize, len: usize) -> bool {
        self.start().is_some_and(|start| end.saturating_sub(start) > len)
    }

    fn start(&self) -> Option<usize> {
        self.runs.iter().find_map(|run| match run {
            Run::Plain(span) | Run::Decoded(span, _) => Some(span.start),
            Run::Break => None,
        })
    }

    /// Returns its place in the page, from its first letter to its last, and what is read there if
    /// that is not the same. `None` if there is nothing to read.
    pub(in crate::extract::formats) fn read(&self, page: &str) -> Option<(Span, Option<Plain>)> {
        let mut place: Option<Span> = None;
        self.each(page, |span, text| {
            if text.chars().any(|c| !c.is_whitespace() && !is_zero_width(c)) {
                let start = place.map_or(span.start, |place| place.start);
                place = Some(Span::new(start, span.end));
            }
        });
        let place = place?;
        let mut reader = Reader { plain: PlainBuilder::new(place.of(page)), gap: None };
        for run in &self.runs {
            match run {
                Run::Break => reader.gap = Some(None),
                Run::Plain(span) => reader.copy(page, place.start, *span),
                Run::Decoded(span, text) => {
                    if place.contains(*span) {
                        let at = Span::new(span.start - place.start, span.end - place.start);
                        reader.replace(at, text);
                    }
                }
            }
        }
        Some((place, reader.plain.finish()))
    }

    /// Calls `visit` with each character or character reference: its place in the page, and what is
    /// read.
    fn each(&self, page: &str, mut visit: impl FnMut(Span, &str)) {
        for run in &self.runs {
            match run {
                Run::Break => {}
                Run::Decoded(span, text) => visit(*span, text),
                Run::Plain(span) => {
                    for (at, c) in span.of(page).char_indices() {
                        let start = span.start + at;
                        let place = Span::new(start, start + c.len_utf8());
                        visit(place, place.of(page));
                    }
                }
            }
        }
    }

    /// Returns its characters that are not white space.
    pub(in crate::extract::formats) fn letters(&self, page: &str) -> String {
        let mut letters = String::new();
        self.each(page, |_, text| {
            letters.extend(text.chars().filter(|c| !c.is_whitespace() && !is_zero_width(*c)));
        });
        letters
    }
}

/// Writes what is read: white space is folded, and characters without width are left out.
struct Reader<'a> {
    plain: PlainBuilder<'a>,
    /// White space that is written when the next word comes: its place, if it is a single space.
    gap: Option<Option<usize>>,
}

impl Reader<'_> {
    /// Copies a stretch of the page; the slice begins at byte `start` of it.
    fn copy(&mut self, page: &str, start: usize, span: Span) {
        let mut word: Option<usize> = None;
        for (at, c) in span.of(page).char_indices() {
            let Some(at) = (span.start + at).checked_sub(start) else { continue };
            if !c.is_whitespace() && !is_zero_width(c) {
                if word.is_none() {
                    self.close_gap();
                }
                word.get_or_insert(at);
                continue;
            }
            if let Some(from) = word.take() {
                self.plain.copy(Span::new(from, at));
            }
            if c.is_whitespace() {
                let single = self.gap.is_none() && c == ' ';
                self.gap = Some(single.then_some(at));
            }
        }
        if let Some(from) = word {
            self.plain.copy(Span::new(from, span.end - start));
        }
    }

    fn replace(&mut self, span: Span, text: &str) {
        let words: String = text.chars().filter(|c| !is_zero_width(*c)).collect();
        let read = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if read.is_empty() {
            if !words.is_empty() {
                self.gap = Some(None);
            }
            return;
        }
        if words.starts_with(char::is_whitespace) {
            self.gap = Some(None);
        }
        self.close_gap();
        self.plain.replace(span, &read);
        if words.ends_with(char::is_whitespace) {
            self.gap = Some(None);
        }
    }

    fn close_gap(&mut self) {
        match self.gap.take() {
            _ if self.plain.text().is_empty() => {}
            None => {}
            Some(Some(at)) => self.plain.copy(Span::new(at, at + 1)),
            Some(None) => self.plain.write(" "),
        }
    }
}
