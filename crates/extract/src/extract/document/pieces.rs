//! Bounds what a file's shape can cost: the length of a paragraph, and the number of lines that are
//! looked at one by one.

use super::{Block, BlockKind};
use crate::source::Passage;
use crate::text::{self, Span};

/// The number of lines from which a text may be [dense](Lines::are_dense). No article has as many.
const MANY_LINES: usize = 1 << 16;

/// The average length in bytes below which many lines are no prose.
const SHORT_LINE: usize = 32;

/// The length in bytes of the paragraphs of a dense text.
const DENSE: usize = 1024;

/// Returns the spans of the pieces of a paragraph: one if it has at most [`Passage::MAX_LEN`]
/// bytes, otherwise several that end with a sentence, or else with a word. Each is trimmed.
pub(in crate::extract) fn pieces(slice: &str) -> Vec<Span> {
    pieces_of(slice, Passage::MAX_LEN)
}

/// Returns the same for pieces of at most `max` bytes, at least 4.
pub(in crate::extract) fn pieces_of(slice: &str, max: usize) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut start = 0;
    while slice.len() - start > max {
        let mut end = start + max;
        while !slice.is_char_boundary(end) {
            end -= 1;
        }
        let window = &slice[start..end];
        end = start + last_border(window);
        let len = slice[start..end].trim_end().len();
        if len > 0 {
            pieces.push(Span::new(start, start + len));
        }
        start = slice.len() - slice[end..].trim_start().len();
    }
    if start < slice.len() || pieces.is_empty() {
        pieces.push(Span::new(start, slice.len()));
    }
    pieces
}

/// Returns where to cut a text that goes on after `window`: at the last sentence that begins in its
/// second half, or else the last word, or else the end.
fn last_border(window: &str) -> usize {
    let last = text::sentences(window).last().map_or(0, |sentence| sentence.start);
    if last > window.len() / 2 {
        return last;
    }
    match window.rfind(char::is_whitespace) {
        Some(space) if space > 0 => space,
        _ => window.len(),
    }
}

/// The lines of a text that are not blank.
pub(in crate::extract) struct Lines {
    /// Their number.
    count: usize,
    /// The length of the text in bytes.
    bytes: usize,
}

impl Lines {
    pub(in crate::extract) fn of(text: &str) -> Self {
        let count = text.split(['\n', '\r']).filter(|line| !line.trim_start().is_empty()).count();
        Self { count, bytes: text.len() }
    }

    /// Returns whether there are so many and so short lines that the text is a list of words or
    /// figures: a structure of lines would take far more memory than the text.
    pub(in crate::extract) fn are_dense(&self) -> bool {
        self.count > MANY_LINES && self.bytes / self.count < SHORT_LINE
    }

    /// Returns the message for users about a dense text.
    pub(in crate::extract) fn warning(&self) -> String {
        format!(
            "has {} lines of {} bytes on average: it is read as paragraphs of about {DENSE} bytes, \
             each of several lines",
            self.count,
            self.bytes / self.count.max(1)
        )
    }
}

/// Returns the blocks of a dense text from byte `from`: paragraphs of whole lines.
pub(in crate::extract) fn dense_blocks(text: &str, from: usize) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = from;
    let mut at = from;
    for line in text[from..].split_inclusive('\n') {
        at += line.len();
        if at - start >= DENSE {
            push(&mut blocks, text, Span::new(start, at));
            start = at;
        }
    }
    push(&mut blocks, text, Span::new(start, text.len()));
    blocks
}

fn push(blocks: &mut Vec<Block>, text: &str, span: Span) {
    let slice = span.of(text).trim_end();
    let start = span.start + slice.len() - slice.trim_start().len();
    let slice = slice.trim_start();
    if slice.is_empty() {
        return;
    }
    let pieces = pieces(slice);
    for (i, piece) in pieces.iter().enumerate() {
        blocks.push(Block {
            kind: BlockKind::Paragraph,
            span: piece.shifted(start),
            plain: None,
            part: None,
            piece: Block::piece(i, pieces.len()),
        });
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_paragraph_is_cut_at_a_sentence_a_word_or_a_character() {
        let cut = |unit: &str| {
            let text = unit.repeat(3 * Passage::MAX_LEN / unit.len());
            let text = text.trim();
            let pieces = pieces(text);
            assert!(pieces.len() >= 3, "{unit}");
            pieces[0].of(text).to_owned()
        };
        assert!(cut("The gate was shut in May. ").ends_with(" May."));
        assert!(cut("word after word ").ends_with(" word") || cut("word after ").ends_with('r'));
        assert!(cut("😀").chars().all(|c| c == '😀'));
        assert_eq!(pieces("short"), [Span::new(0, 5)]);
    }

    proptest! {
        #[test]
        fn pieces_leave_out_nothing_but_white_space(
            units in prop::collection::vec(("\\PC{1,9}", 1usize..9_000), 1..8),
        ) {
            let text: String = units.iter().map(|(unit, times)| unit.repeat(*times)).collect();
            let text = text.trim();
            let mut end = 0;
            for piece in pieces(text) {
                prop_assert!(piece.len() <= Passage::MAX_LEN);
                prop_assert!(text[end..piece.start].trim().is_empty());
                prop_assert_eq!(piece.of(text).trim(), piece.of(text));
                end = piece.end;
            }
            prop_assert_eq!(end, text.len());
        }
    }
}
