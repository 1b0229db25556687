//! [`Request`]: a claim as it is handed in, with its place.

use serde::{Deserialize, Serialize};

use crate::query::Query;
use crate::source::TextKind;
use crate::text::Span;

/// Claims to check.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Input {
    /// The claims, in order.
    pub requests: Vec<Request>,
    /// The sentences passed over, in order.
    pub skipped: Vec<Skipped>,
    /// The draft of which the claims are sentences, if they are.
    pub draft: Option<Draft>,
    /// The oddities of it, in words for people.
    pub warnings: Vec<String>,
}

/// The text that the extents of claims point into.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Its canonical text.
    pub text: String,
    /// Says whether that is the file itself.
    pub kind: TextKind,
}

/// A claim as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The text of the claim.
    pub claim: String,
    /// The name its table gives it: its cell in the column `id`, if there is one.
    pub id: Option<String>,
    /// The place, if it came out of a file.
    pub place: Option<Place>,
}

/// The place of a claim in the file that it came out of.
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
    /// The reason.
    pub why: Why,
}

/// The reason why something is no claim.
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
    /// Returns its name, as JSON has it.
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
    /// Adds the claim on a line, unless it is too long.
    pub(super) fn add(&mut self, claim: &str, id: Option<String>, line: usize) {
        if Query::has_room_for(claim) {
            let place = Some(Place { line, extent: None });
            self.requests.push(Request { claim: claim.to_owned(), id, place });
        } else {
            self.skipped.push(Skipped { line, why: Why::TooLong });
        }
    }
}

/// `text` without the mark of UTF-8 that some editors put first.
pub(super) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}
