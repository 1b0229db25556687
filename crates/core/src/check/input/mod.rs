//! [`Input`]: claims as they are handed in, each with its place, and what was passed over on the way.
//!
//! Nothing is lost without a word: what gives no claim is an error, or is listed as [`Skipped`] with its line and why.

mod assertion;
mod draft;
mod table;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use table::TableFormat;

use crate::Result;
use crate::query::Query;
use crate::source::TextKind;
use crate::text::Span;

/// Claims to check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// The claims, in order.
    pub requests: Vec<Request>,
    /// What was passed over, in order.
    pub skipped: Vec<Skipped>,
    /// The draft of which the claims are sentences, if they are.
    pub draft: Option<Draft>,
    /// What was odd about it, in words for people.
    pub warnings: Vec<String>,
}

/// The text that the extents of claims point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its canonical text.
    pub text: String,
    /// Whether that is the file itself.
    pub kind: TextKind,
}

/// A claim as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What is claimed.
    pub claim: String,
    /// What its table calls it: its cell in the column `id`, if there is one.
    pub id: Option<String>,
    /// Where it stands, if it came out of a file.
    pub place: Option<Place>,
}

/// Where a claim stands in the file that it came out of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Its exact extent, where it is a sentence of a draft.
    pub extent: Option<Extent>,
}

/// The exact extent of a sentence in a draft, markup included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    /// Bytes of the draft's canonical text.
    pub bytes: Span,
    /// Its first character.
    pub start: Point,
    /// Just past its last character.
    pub end: Point,
}

/// A place in a text as editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Point {
    /// The line, counted from 1.
    pub line: usize,
    /// The column in code points, counted from 1.
    pub column: usize,
    /// The column in UTF-16 code units, counted from 1.
    pub utf16_column: usize,
}

/// Something that was passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Skipped {
    /// The line it begins on, counted from 1.
    pub line: usize,
    /// Why.
    pub why: Why,
}

/// Why something is no claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A cell of a table has nothing in it.
    Empty,
    /// A heading.
    Heading,
    /// Code, raw markup, a picture.
    Code,
    /// A row of a table.
    TableRow,
    /// A by-line or page furniture.
    Furniture,
    /// Someone else's words, and little beside them: `verify` is for those.
    Quotation,
    /// A question.
    Question,
    /// Too short, or without a verb.
    Fragment,
    /// It tells the reader to do something.
    Instruction,
    /// It speaks of whoever writes.
    FirstPerson,
    /// Its subject is a pronoun whose noun stands in another sentence.
    RefersBack,
    /// It is longer than 16 KiB, or has more than 1,000 words.
    TooLong,
}

impl Why {
    /// Its name, as JSON has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Heading => "heading",
            Self::Code => "code",
            Self::TableRow => "table_row",
            Self::Furniture => "furniture",
            Self::Quotation => "quotation",
            Self::Question => "question",
            Self::Fragment => "fragment",
            Self::Instruction => "instruction",
            Self::FirstPerson => "first_person",
            Self::RefersBack => "refers_back",
            Self::TooLong => "too_long",
        }
    }
}

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

    /// The claims in one column of a table: that of this name, or the one that is called `claim`, or the only one.
    /// `path` is where the table is from, for errors. The column `id`, if there is one, says what each claim is called.
    ///
    /// # Errors
    ///
    /// [`FileError::Usage`](crate::FileError::Usage) where there is no such column;
    /// [`FileError::Malformed`](crate::FileError::Malformed), with the line, for a row that cannot be read or has more or fewer
    /// cells than the first.
    pub fn table(
        text: &str,
        format: TableFormat,
        column: Option<&str>,
        path: &Path,
    ) -> Result<Self> {
        table::read(without_mark(text), format, column, path)
    }

    /// The sentences of a draft that assert something which sources could say or deny; the others are skipped. Files
    /// that end in `.txt` or `.text` are read as plain text, all others as Markdown.
    ///
    /// A claim says what the sentence reads as, without markup. What is no prose (headings, code, tables, quotations
    /// that stand alone) and questions asserts nothing, nor does what has fewer than four words, or but function words.
    /// In English a sentence is skipped, too, where it has no verb, tells the reader to do something, is in the first
    /// person, or has a pronoun for its subject: by itself it would be another claim.
    ///
    /// # Errors
    ///
    /// [`FileError::Malformed`](crate::FileError::Malformed) for a file that is no text.
    pub fn draft(bytes: Vec<u8>, path: &Path) -> Result<Self> {
        draft::read(bytes, path)
    }
}

impl Input {
    /// Adds the claim on a line, unless it is too long.
    fn add(&mut self, claim: &str, id: Option<String>, line: usize) {
        if Query::has_room_for(claim) {
            let place = Some(Place { line, extent: None });
            self.requests.push(Request { claim: claim.to_owned(), id, place });
        } else {
            self.skipped.push(Skipped { line, why: Why::TooLong });
        }
    }
}

/// `text` without the mark of UTF-8 that some editors put first.
fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

#[cfg(test)]
mod tests;
