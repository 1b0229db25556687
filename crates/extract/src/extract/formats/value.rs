//! Reads the value of a field: paragraphs, each with its place in the file.
//!
//! A value is a list of runs: what stands as it is, and escapes. Paragraphs are found in what is
//! read, and each is mapped back to the slice of the file that it is read from.

#[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
use super::html::{Leaf, fragment};
use super::run::{self, Run};
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
use super::text_file;
use crate::extract::document::pieces::pieces_of;
use crate::source::Passage;
use crate::text::Span;
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
use crate::{
    extract::document::pieces::{Lines, dense_blocks},
    extract::{Block, BlockKind},
    source::Part,
};

/// The text that is read in runs, with the way back to them.
struct Value<'a> {
    runs: &'a [Run],
    /// The text that is read.
    text: String,
    /// The byte of `text` at which each run starts.
    starts: Vec<usize>,
}

/// Returns the value that is read in `runs` of `text`.
#[cfg(feature = "csv")]
pub(super) fn read(runs: &[Run], text: &str) -> String {
    Value::of(runs, text).text
}

/// Returns the paragraphs of the value that is read in `runs` of `text`; `field` is its name.
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
pub(super) fn paragraphs(runs: &[Run], text: &str, field: &str) -> Vec<Block> {
    let value = Value::of(runs, text);
    let part = Box::new(Part::Field(field.into()));
    #[cfg(feature = "html")]
    if let Some(mut blocks) = value.page(text) {
        blocks.iter_mut().for_each(|block| block.part = Some(part.clone()));
        return blocks;
    }
    let mut blocks = Vec::new();
    for paragraph in value.paragraphs() {
        let pieces = value.pieces(paragraph, text);
        for (i, piece) in pieces.iter().enumerate() {
            let Some((span, plain)) = run::read(piece, text) else { continue };
            blocks.push(Block {
                kind: BlockKind::Paragraph,
                span,
                plain: plain.map(Box::new),
                part: Some(part.clone()),
                piece: Block::piece(i, pieces.len()),
            });
        }
    }
    blocks
}

/// Returns whether the value that is read in `runs` of `text` is a piece of a page.
#[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
pub(super) fn is_page(runs: &[Run], text: &str) -> bool {
    fragment::is_fragment(&Value::of(runs, text).text)
}

/// Returns that it is none: pages are not read.
#[cfg(all(not(feature = "html"), any(feature = "csv", feature = "json", feature = "office")))]
pub(super) fn is_page(_runs: &[Run], _text: &str) -> bool {
    false
}

/// Returns nothing: pages are not read.
#[cfg(all(not(feature = "html"), any(feature = "csv", feature = "json", feature = "office")))]
pub(super) fn line(_runs: &[Run], _text: &str) -> Option<Vec<Run>> {
    None
}

/// Returns the runs of the first line of a value that stands beside pieces of a page, and may have
/// character references as they do.
#[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
pub(super) fn line(runs: &[Run], text: &str) -> Option<Vec<Run>> {
    Value::of(runs, text).leaves().into_iter().next().map(|leaf| leaf.runs)
}

/// Returns the pieces of a line, each of which takes no more of `text` than a passage may.
#[cfg(feature = "subtitles")]
pub(super) fn pieces(runs: &[Run], text: &str) -> Vec<Vec<Run>> {
    let value = Value::of(runs, text);
    value.pieces(Span::new(0, value.text.len()), text)
}

impl<'a> Value<'a> {
    fn of(runs: &'a [Run], text: &str) -> Self {
        let mut value = Self { runs, text: String::new(), starts: Vec::with_capacity(runs.len()) };
        for run in runs {
            value.starts.push(value.text.len());
            match run {
                Run::Plain(span) => value.text.push_str(span.of(text)),
                Run::Decoded(_, read) => value.text.push_str(read),
                Run::Break => value.text.push('\n'),
            }
        }
        value
    }

    /// Returns the blocks of a value that is a piece of a page; `None` for any other, and where a
    /// paragraph takes more of the file than a passage may.
    #[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
    fn page(&self, text: &str) -> Option<Vec<Block>> {
        if !fragment::is_fragment(&self.text) {
            return None;
        }
        let blocks = fragment::blocks(text, &self.leaves());
        blocks.iter().all(|block| block.span.len() <= Passage::MAX_LEN).then_some(blocks)
    }

    /// Returns the leaves of a value that has tags or character references, with their places in
    /// the text of the file.
    #[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
    fn leaves(&self) -> Vec<Leaf> {
        let mut leaves = fragment::leaves(&self.text);
        for leaf in &mut leaves {
            let runs = leaf.runs.iter();
            let runs = runs.flat_map(|run| match run {
                Run::Break => vec![Run::Break],
                Run::Plain(span) => self.cut(*span),
                Run::Decoded(span, read) => {
                    let place = run::place(&self.cut(*span));
                    place.map(|place| Run::Decoded(place, read.clone())).into_iter().collect()
                }
            });
            leaf.runs = runs.collect();
        }
        leaves
    }

    /// Returns the paragraphs, in bytes of what is read.
    #[cfg(any(feature = "csv", feature = "json", feature = "office"))]
    fn paragraphs(&self) -> Vec<Span> {
        if Lines::of(&self.text).are_dense() {
            return dense_blocks(&self.text, 0).into_iter().map(|block| block.span).collect();
        }
        text_file::paragraphs(&self.text)
    }

    /// Returns the runs of the pieces of a paragraph, each of which takes no more of the file than
    /// a passage may.
    fn pieces(&self, paragraph: Span, text: &str) -> Vec<Vec<Run>> {
        let mut max = Passage::MAX_LEN;
        loop {
            let pieces = pieces_of(paragraph.of(&self.text), max);
            let pieces: Vec<Vec<Run>> =
                pieces.iter().map(|piece| self.cut(piece.shifted(paragraph.start))).collect();
            let fits = |piece: &Vec<Run>| {
                run::read(piece, text).is_none_or(|(span, _)| span.len() <= Passage::MAX_LEN)
            };
            // No character takes more than 12 bytes to write.
            if max <= Passage::MAX_LEN / 16 || pieces.iter().all(fits) {
                return pieces;
            }
            max /= 2;
        }
    }

    /// Returns the runs of which a part is in `span`, cut to it.
    fn cut(&self, span: Span) -> Vec<Run> {
        let mut cut = Vec::new();
        let first = self.starts.partition_point(|&start| start <= span.start).saturating_sub(1);
        for (run, &start) in self.runs.iter().zip(&self.starts).skip(first) {
            if start >= span.end {
                break;
            }
            match run {
                Run::Plain(place) => {
                    let from = place.start + span.start.saturating_sub(start).min(place.len());
                    let to = place.start + (span.end - start).min(place.len());
                    if from < to {
                        cut.push(Run::Plain(Span::new(from, to)));
                    }
                }
                run if start >= span.start => cut.push(run.clone()),
                _ => {}
            }
        }
        cut
    }
}
