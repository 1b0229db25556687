//! [`Plain`]: the readable form of a slice of source text, with a map back to the slice.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::Span;

/// The readable form of a slice, without markup and with white space folded.
///
/// This form is displayed and analysed; *quotations* are always taken from the slice itself. It
/// exists only if it differs from the slice: see [`PlainBuilder::finish`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plain {
    text: String,
    /// The runs of bytes that were copied from the slice, in order. Text between two of them was
    /// replaced or dropped.
    runs: Vec<Run>,
}

/// A run of bytes that is the same in both forms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    /// Its byte offset in the readable text.
    plain: u32,
    /// Its byte offset in the slice.
    slice: u32,
    /// Its length in bytes.
    len: u32,
}

impl Run {
    fn slice_end(&self) -> usize {
        self.slice as usize + self.len as usize
    }

    fn plain_end(&self) -> usize {
        self.plain as usize + self.len as usize
    }
}

impl Plain {
    /// Returns the readable text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Maps a span in bytes of [`Plain::text`] to the span of the slice it was made from, in bytes.
    ///
    /// A boundary inside replaced text (a folded space, an entity) widens to all that was replaced.
    pub fn to_slice(&self, span: Span) -> Span {
        let start = self.byte_in_slice(span.start).start;
        if span.is_empty() {
            return Span::new(start, start);
        }
        Span::new(start, self.byte_in_slice(span.end - 1).end.max(start))
    }

    /// Maps a span of the slice, in bytes, to the span of [`Plain::text`] that was made from it,
    /// but for white space at its ends. What [`Plain::to_slice`] gives leads back to where it came
    /// from.
    pub fn of_slice(&self, span: Span) -> Span {
        let first = self.runs.partition_point(|run| {
            run.slice_end() < span.start || (run.slice_end() == span.start && run.len > 0)
        });
        let start = self.runs.get(first).map_or(self.text.len(), |run| {
            run.plain as usize + span.start.saturating_sub(run.slice as usize)
        });
        let next = self.runs.partition_point(|run| run.slice as usize <= span.end);
        let end = next.checked_sub(1).map_or(0, |last| {
            let run = &self.runs[last];
            run.plain_end().min(run.plain as usize + (span.end - run.slice as usize))
        });
        let text = self.text.get(start..end).unwrap_or_default();
        let start = start + text.len() - text.trim_start().len();
        Span::new(start, start + text.trim().len())
    }

    /// Returns the span of the slice that the byte at `offset` of the readable text was made from.
    fn byte_in_slice(&self, offset: usize) -> Range<usize> {
        let next = self.runs.partition_point(|run| run.plain as usize <= offset);
        let run = next.checked_sub(1).map(|i| self.runs[i]);
        if let Some(run) = run
            && offset < run.plain_end()
        {
            let at = run.slice as usize + (offset - run.plain as usize);
            return at..at + 1;
        }
        let start = run.map_or(0, |run| run.slice_end());
        let end = self.runs.get(next).map_or(start, |run| run.slice as usize);
        start..end
    }
}

/// Builds a [`Plain`] from left to right over one slice.
///
/// ```
/// use pincite_text::{PlainBuilder, Span};
/// let slice = "In **1997**,\nPakistan";
/// let mut plain = PlainBuilder::new(slice);
/// plain.copy(Span::new(0, 3));
/// plain.copy(Span::new(5, 9));
/// plain.copy(Span::new(11, 12));
/// plain.write(" ");
/// plain.copy(Span::new(13, 21));
/// let plain = plain.finish().expect("it differs from the slice");
/// assert_eq!(plain.text(), "In 1997, Pakistan");
/// assert_eq!(plain.to_slice(Span::new(3, 7)), Span::new(5, 9));
/// assert_eq!(plain.to_slice(Span::new(8, 17)), Span::new(12, 21));
/// ```
#[derive(Debug)]
pub struct PlainBuilder<'a> {
    slice: &'a str,
    text: String,
    runs: Vec<Run>,
}

impl<'a> PlainBuilder<'a> {
    /// Starts the readable form of `slice`.
    pub fn new(slice: &'a str) -> Self {
        Self { slice, text: String::with_capacity(slice.len()), runs: Vec::new() }
    }

    /// Returns the readable text written so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Copies a span of the slice, in bytes, unchanged. Spans must be in order and disjoint.
    pub fn copy(&mut self, span: Span) {
        if span.is_empty() {
            return;
        }
        let plain = self.text.len();
        self.text.push_str(span.of(self.slice));
        match self.runs.last_mut() {
            Some(run) if run.plain_end() == plain && run.slice_end() == span.start => {
                run.len += offset(span.len())
            }
            _ => self.runs.push(Run {
                plain: offset(plain),
                slice: offset(span.start),
                len: offset(span.len()),
            }),
        }
    }

    /// Writes text that replaces everything between the last copied span and the next one.
    pub fn write(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Writes text that replaces `span` of the slice, in bytes, and nothing beside it: a character
    /// reference, say. Spans must be in order and disjoint.
    pub fn replace(&mut self, span: Span, text: &str) {
        self.mark(span.start);
        self.text.push_str(text);
        self.mark(span.end);
    }

    /// Adds a run without length, so that what is replaced before and after is told apart.
    fn mark(&mut self, at: usize) {
        let plain = self.text.len();
        let mark = Run { plain: offset(plain), slice: offset(at), len: 0 };
        if self.runs.last() != Some(&mark) {
            self.runs.push(mark);
        }
    }

    /// Returns the readable form, or `None` if it equals the slice.
    pub fn finish(mut self) -> Option<Plain> {
        if self.text == self.slice {
            return None;
        }
        self.text.shrink_to_fit();
        self.runs.shrink_to_fit();
        Some(Plain { text: self.text, runs: self.runs })
    }
}

/// Returns an offset as runs keep it. No file is read that is longer.
fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_text::any_text;

    #[test]
    fn what_is_replaced_is_told_apart_both_ways() {
        let slice = "a. &lt;b&gt;&amp;\n <i>&quot;c";
        let mut plain = PlainBuilder::new(slice);
        plain.copy(Span::new(0, 3));
        plain.replace(Span::new(3, 7), "<");
        plain.copy(Span::new(7, 8));
        plain.replace(Span::new(8, 12), ">");
        plain.replace(Span::new(12, 17), "&");
        plain.write(" ");
        plain.replace(Span::new(22, 28), "\"");
        plain.copy(Span::new(28, 29));
        let plain = plain.finish().expect("it differs");
        assert_eq!(plain.text(), "a. <b>& \"c");
        let pairs = [([3, 7], [3, 17]), ([0, 2], [0, 2]), ([8, 10], [22, 29]), ([5, 6], [8, 12])];
        for (read, written) in pairs {
            let (read, written) =
                (Span::from(read[0]..read[1]), Span::from(written[0]..written[1]));
            assert_eq!(plain.to_slice(read), written);
            assert_eq!(plain.of_slice(written), read);
        }
    }

    /// Folds white space and drops asterisks, so that text is copied, replaced and dropped.
    fn readable(slice: &str) -> Option<Plain> {
        let mut plain = PlainBuilder::new(slice);
        for (at, c) in slice.char_indices() {
            match c {
                '*' => (),
                c if !c.is_whitespace() => plain.copy(Span::new(at, at + c.len_utf8())),
                _ if plain.text().ends_with(' ') => (),
                _ => plain.write(" "),
            }
        }
        plain.finish()
    }

    #[test]
    fn readable_text_has_no_plain_form() {
        assert_eq!(readable("In 1997, Pakistan"), None);
        assert!(readable("In  1997").is_some());
    }

    #[test]
    fn boundaries_in_replaced_text_widen() {
        let plain = readable("a \n b*c").unwrap();
        assert_eq!(plain.text(), "a bc");
        assert_eq!(plain.to_slice(Span::new(0, 2)), Span::new(0, 4));
        assert_eq!(plain.to_slice(Span::new(1, 3)), Span::new(1, 5));
        assert_eq!(plain.to_slice(Span::new(2, 4)), Span::new(4, 7));
        assert_eq!(plain.to_slice(Span::new(2, 3)), Span::new(4, 5));
    }

    proptest! {
        #[test]
        fn spans_map_back_to_the_slice(text in any_text(), starred in any_text()) {
            let slice = format!("{text}*{starred}");
            let plain = readable(&slice).expect("an asterisk is dropped");
            let bounds: Vec<usize> =
                plain.text().char_indices().map(|(at, _)| at).chain([plain.text().len()]).collect();
            let mut last = 0;
            for pair in bounds.windows(2) {
                let c = &plain.text()[pair[0]..pair[1]];
                let back = plain.to_slice(Span::new(pair[0], pair[1]));
                let original = slice.get(back.start..back.end);
                prop_assert!(original.is_some(), "{back:?} is not on character boundaries");
                prop_assert!(original == Some(c) || c == " ");
                prop_assert!(back.start >= last, "{back:?} goes back");
                last = back.end;
            }
            for (i, &start) in bounds.iter().enumerate() {
                let ends = &bounds[i..];
                for (near, far) in ends.iter().zip(ends.iter().skip(1)) {
                    let near = plain.to_slice(Span::new(start, *near));
                    let far = plain.to_slice(Span::new(start, *far));
                    prop_assert!(near.start <= near.end && near.end <= far.end);
                    prop_assert!(far.end <= slice.len());
                }
                if i > 30 {
                    break;
                }
            }
        }
    }
}
