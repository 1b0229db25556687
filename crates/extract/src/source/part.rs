//! [`Part`]: the page or chapter that a passage begins in, or the field that it is from.

use serde::{Deserialize, Serialize};

use crate::text::Span;

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
    /// A slide, by its number from 1.
    Slide(u32),
    /// A place in a book that has the page numbers of its printed edition.
    Printed {
        /// The number of the chapter, from 1, in reading order.
        chapter: u32,
        /// The page as printed.
        page: Box<str>,
    },
    /// A field of a record, by its name.
    Field(Box<str>),
    /// Cues of subtitles, in order, the first at the start of the passage.
    Cues(Box<[Cue]>),
    /// A cell of a sheet, in a column that is a field of its row.
    Cell {
        /// The name of the column.
        field: Box<str>,
        /// The place as formulas have it: `Posts!B7`.
        at: Box<str>,
    },
}

/// A cue of subtitles: when a stretch of a passage is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cue {
    /// The byte of the passage's readable form at which it starts.
    pub at: u32,
    /// When it appears, in milliseconds.
    pub start: u32,
    /// When it goes, in milliseconds.
    pub end: u32,
}

impl Part {
    /// Returns when `span` of the readable form is shown, in milliseconds, or `None` if this is not
    /// cues.
    pub fn time(&self, span: Span) -> Option<[u32; 2]> {
        let Part::Cues(cues) = self else { return None };
        let of = |at: usize| {
            let next = cues.partition_point(|cue| cue.at as usize <= at);
            cues.get(next.saturating_sub(1))
        };
        Some([of(span.start)?.start, of(span.end.saturating_sub(1).max(span.start))?.end])
    }

    /// Returns the name of the field, or `None` if this is not a field.
    pub fn field(&self) -> Option<&str> {
        match self {
            Part::Field(name) | Part::Cell { field: name, .. } => Some(name),
            _ => None,
        }
    }

    /// Returns the place of the cell as formulas have it, or `None` if this is not a cell.
    pub fn cell(&self) -> Option<&str> {
        match self {
            Part::Cell { at, .. } => Some(at),
            _ => None,
        }
    }

    /// Returns the number of the page, from 1, among all pages of the file, or `None` if this is
    /// not a page.
    pub fn page(&self) -> Option<u32> {
        match self {
            Part::Page { number, .. } => Some(*number),
            _ => None,
        }
    }

    /// Returns the page, slide or cell for display: `p. iv`, `slide 3`, `Posts!B7`. A chapter is
    /// named by its heading.
    pub fn display(&self) -> Option<String> {
        let page = self.page_label().map(str::to_owned).or(self.page().map(|it| it.to_string()));
        let page = page.map(|page| format!("p. {page}"));
        page.or(self.slide().map(|slide| format!("slide {slide}")))
            .or(self.cell().map(str::to_owned))
    }

    /// Returns the page number as printed, if it differs from the number of the page, or there is
    /// no such number.
    pub fn page_label(&self) -> Option<&str> {
        match self {
            Part::Page { label, .. } => label.as_deref(),
            Part::Printed { page, .. } => Some(page),
            _ => None,
        }
    }

    /// Returns the number of the chapter, from 1, or `None` if this is not in one.
    pub fn chapter(&self) -> Option<u32> {
        match self {
            Part::Chapter(number) | Part::Printed { chapter: number, .. } => Some(*number),
            _ => None,
        }
    }

    /// Returns the number of the slide, from 1, or `None` if this is not a slide.
    pub fn slide(&self) -> Option<u32> {
        match self {
            Part::Slide(number) => Some(*number),
            _ => None,
        }
    }
}
