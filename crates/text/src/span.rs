//! [`Span`]: where something stands in a text.

use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of byte offsets, `start..end`, into a text that the context names.
///
/// `Range<usize>` is neither `Copy` nor ordered, and spans are copied, sorted and stored everywhere. Serialised as the
/// pair `[start, end]`.
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
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte; never below `start`.
    pub end: usize,
}

impl Span {
    /// The span `start..end`. `end` must not lie before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        debug_assert!(start <= end, "a span cannot end before it starts: {start}..{end}");
        Self { start, end }
    }

    /// Its length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether it covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly within it.
    pub fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two share at least one byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The same stretch seen from a text that begins `by` bytes earlier.
    pub fn shifted(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The stretch of `text` that it covers. Panics, like slicing, where it does not lie in `text` on character
    /// boundaries.
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
