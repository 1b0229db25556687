//! [`Part`]: the page or chapter that a passage begins in.

use serde::{Deserialize, Serialize};

/// A part of a source that a reader can turn to, in formats that have such parts.
///
/// Indexes keep a variant by its place in this list: a new one goes to the end.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// A page.
    Page {
        /// Its number, counted from 1 over all pages of the file.
        number: u32,
        /// The name that is printed on it where it is not that number, such as `iv`.
        label: Option<Box<str>>,
    },
    /// A chapter of a book, counted from 1 in the order of reading; its title is a heading.
    Chapter(u32),
}

impl Part {
    /// Returns the number of the page, counted from 1 over all pages of the file, or `None` where
    /// the part is no page.
    pub fn page(&self) -> Option<u32> {
        match self {
            Part::Page { number, .. } => Some(*number),
            Part::Chapter(_) => None,
        }
    }
}
