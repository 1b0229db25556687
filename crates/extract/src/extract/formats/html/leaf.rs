//! [`Leaf`]: a stretch of a page without block elements within it, and what is read in it.

use super::super::run::{self, Run};
use crate::text::{Plain, Span, is_zero_width};

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
    /// Set if it goes on where the leaf before was cut, as it is too long for a paragraph.
    pub(in crate::extract::formats) continues: bool,
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
        run::read(&self.runs, page)
    }

    /// Returns its characters that are not white space.
    pub(in crate::extract::formats) fn letters(&self, page: &str) -> String {
        let mut letters = String::new();
        run::each(&self.runs, page, |_, text| {
            letters.extend(text.chars().filter(|c| !c.is_whitespace() && !is_zero_width(*c)));
        });
        letters
    }
}
