//! [`Part`]: the page or chapter that a passage begins in.

use serde::{Deserialize, Serialize};

/// A part of a source that a reader can turn to.
///
/// Indexes store the number of a variant, so new variants must be added at the end.
#[non_exhaustive]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// A page.
    Page {
        /// Its number, from 1, among all pages of the file.
        number: u32,
        /// The page number as printed, such as `iv`, if it differs.
        label: Option<Box<str>>,
    },
    /// A chapter of a book, by its number from 1 in reading order. Its title is a heading.
    Chapter(u32),
}

impl Part {
    /// Returns the number of the page, from 1, among all pages of the file, or `None` if this is
    /// not a page.
    pub fn page(&self) -> Option<u32> {
        match self {
            Part::Page { number, .. } => Some(*number),
            Part::Chapter(_) => None,
        }
    }
}
