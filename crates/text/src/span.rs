//! [`Span`]: a range of bytes in a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets, `start..end`, into a text that the context names.
///
/// `Range<usize>` is neither `Copy` nor ordered, and spans are copied, sorted and stored
/// everywhere. Serialised as the pair `[start, end]`.
///
/// ```
/// use pincite_text::Span;
/// let span = Span::new(3, 10);
/// assert_eq!(span.of("In 1997, Pakistan"), "1997, P");
/// assert_eq!(span.len(), 7);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[cfg_attr(
    feature = "schema",
    schemars(description = "A half-open range, `[start, end]`, in the unit that its field names.")
)]
#[serde(from = "[usize; 2]", into = "[usize; 2]")]
pub struct Span {
    /// The offset of the first byte.
    pub start: usize,
    /// The offset after the last byte; at least `start`.
    pub end: usize,
}

impl Span {
    /// Returns the span `start..end`. `end` must not be less than `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span cannot end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// Returns the length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Returns whether the length is zero.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Returns whether `other` is wholly within this span.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Returns whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Returns the span of the same bytes in a text that begins `by` bytes earlier.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// Returns the slice of `text` that it covers.
    ///
    /// # Panics
    ///
    /// If the span is not within `text`, or not on character boundaries.
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl From<[usize; 2]> for Span {
    fn from([start, end]: [usize; 2]) -> Self {
        Self { start, end: end.max(start) }
    }
}

impl From<Span> for [usize; 2] {
    fn from(span: Span) -> Self {
        [span.start, span.end]
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range.start, range.end)
    }
}
