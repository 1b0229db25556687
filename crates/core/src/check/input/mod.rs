//! [`Input`]: claims as they are handed in, each with its place, and what was passed over on the
//! way.
//!
//! Nothing is lost without a word: what gives no claim is an error, or is listed as [`Skipped`]
//! with its line and why.

mod assertion;
mod draft;
mod request;
mod table;

use std::path::Path;

pub use request::{Draft, Extent, Input, Place, Point, Request, Skipped, Why};
pub use table::TableFormat;

use crate::Result;
use request::without_mark;

impl Input {
    /// Claims that came out of no file.
    pub fn given(claims: impl IntoIterator<Item = String>) -> Self {
        let requests =
            claims.into_iter().map(|claim| Request { claim, id: None, place: None }).collect();
        Self { requests, ..Self::default() }
    }

    /// A claim a line; blank lines are none.
    ///
    /// ```
    /// # use pincite_core::check::Input;
    /// let input = Input::lines("\u{feff}The gate was shut.\r\n\r\nIt rained.\n");
    /// assert_eq!(input.requests[1].claim, "It rained.");
    /// assert_eq!(input.requests[1].place.map(|place| place.line), Some(3));
    /// ```
    pub fn lines(text: &str) -> Self {
        let lines = without_mark(text)
            .lines()
            .map(str::trim)
            .zip(1..)
            .filter(|(claim, _)| !claim.is_empty());
        let mut input = Self::default();
        for (claim, line) in lines {
            input.add(claim, None, line);
        }
        input
    }

    /// Returns the claims in one column of a table: that of this name, or the one that is called
    /// `claim`, or the only one. `path` is where the table is from, for errors. The column `id`, if
    /// there is one, says what each claim is called.
    ///
    /// # Errors
    ///
    /// [`FileError::Usage`](crate::FileError::Usage) where there is no such column;
    /// [`FileError::Malformed`](crate::FileError::Malformed), with the line, for a row that cannot
    /// be read or has more or fewer cells than the first.
    pub fn table(
        text: &str,
        format: TableFormat,
        column: Option<&str>,
        path: &Path,
    ) -> Result<Self> {
        table::read(without_mark(text), format, column, path)
    }

    /// Returns the sentences of a draft that assert something which sources could say or deny; the
    /// others are skipped. Files that end in `.txt` or `.text` are read as plain text, all others
    /// as Markdown.
    ///
    /// A claim says what the sentence reads as, without markup. What is no prose (headings, code,
    /// tables, quotations that stand alone) and questions asserts nothing, nor does what has fewer
    /// than four words, or but function words. In English a sentence is skipped, too, where it has
    /// no verb, tells the reader to do something, is in the first person, or has a pronoun for its
    /// subject: by itself it would be another claim.
    ///
    /// # Errors
    ///
    /// [`FileError::Malformed`](crate::FileError::Malformed) for a file that is no text.
    pub fn draft(bytes: Vec<u8>, path: &Path) -> Result<Self> {
        draft::read(bytes, path)
    }
}

#[cfg(test)]
mod tests;
