//! The stored form of a passage.
//!
//! Documents are compressed together, a few passages in a block. So what passages under one heading
//! share is one run of bytes, and what surrounds a passage stands where it does in the article, so
//! that it is a part of the passages beside it.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::index::backend::{Head, Headed};
use crate::source::{Part, Passage, Source, SourceId};
use crate::text::{Plain, Position, Span};

/// The part of a passage that no other has.
#[derive(Serialize, Deserialize)]
struct Own<'a> {
    paragraph: u32,
    /// Its start in bytes; how many more these are than code points; how many more UTF-16 code
    /// units there are than those; and its line.
    start: [usize; 4],
    piece: Option<[u32; 2]>,
    part: Option<Part>,
    /// For each sentence the bytes between the one before it and it, and its own.
    sentences: Vec<(i64, usize)>,
    /// The lengths of what is before it and after it, in bytes.
    around: [usize; 2],
    /// The passage with what is before and after it.
    text: &'a str,
    plain: Cow<'a, Option<Plain>>,
}

/// The part of a passage that it shares with others under the same headings.
#[derive(Serialize, Deserialize)]
struct Shared<'a> {
    source: Cow<'a, SourceId>,
    section: Cow<'a, [String]>,
    language: Cow<'a, Option<String>>,
    head: Head,
}

/// Returns the stored form of what only this passage has.
pub(super) fn own(passage: &Passage) -> Vec<u8> {
    let Passage { paragraph, start, text, before, after, piece, part, plain, .. } = passage;
    let mut end = 0;
    let sentence = |span: &Span| {
        let between = span.start as i64 - end as i64;
        end = span.end;
        (between, span.len())
    };
    let own = Own {
        paragraph: *paragraph,
        start: [
            start.byte,
            start.byte.wrapping_sub(start.char),
            start.utf16.wrapping_sub(start.char),
            start.line,
        ],
        piece: *piece,
        part: part.clone(),
        sentences: passage.sentences.iter().map(sentence).collect(),
        around: [before.len(), after.len()],
        text: &[&**before, text, after].concat(),
        plain: Cow::Borrowed(plain),
    };
    // About what there is beside the text.
    let room = Vec::with_capacity(own.text.len() + 32);
    // It cannot fail: a passage is strings and numbers.
    postcard::to_extend(&own, room).unwrap_or_default()
}

/// Returns the stored form of what a passage of this source shares with others under the same
/// headings.
pub(super) fn shared(source: &Source, passage: &Passage) -> Vec<u8> {
    let shared = Shared {
        source: Cow::Borrowed(&source.id),
        section: Cow::Borrowed(&passage.section),
        language: Cow::Borrowed(&passage.language),
        head: Head {
            title: source.metadata.title().unwrap_or_default().to_owned(),
            language: source.language.clone(),
        },
    };
    // It cannot fail: it is strings.
    postcard::to_stdvec(&shared).unwrap_or_default()
}

/// Returns the passage with these stored forms; `None` where they are not of one.
pub(super) fn passage(own: &[u8], shared: &[u8]) -> Option<Headed> {
    let Own { paragraph, start, piece, part, sentences, around, text, plain } =
        postcard::from_bytes(own).ok()?;
    let Shared { source, section, language, head } = postcard::from_bytes(shared).ok()?;
    let (before, text) = text.split_at_checked(around[0])?;
    let (text, after) = text.split_at_checked(text.len().checked_sub(around[1])?)?;
    let [byte, more_bytes, more_units, line] = start;
    let char = byte.wrapping_sub(more_bytes);
    let mut end = 0i64;
    let sentence = |(between, length): (i64, usize)| {
        let start = end.checked_add(between)?;
        end = start.checked_add(i64::try_from(length).ok()?)?;
        Some(Span::new(usize::try_from(start).ok()?, usize::try_from(end).ok()?))
    };
    let passage = Passage {
        source: source.into_owned(),
        paragraph,
        section: section.into_owned(),
        part,
        start: Position { byte, char, utf16: char.wrapping_add(more_units), line },
        text: text.to_owned(),
        plain: plain.into_owned(),
        sentences: sentences.into_iter().map(sentence).collect::<Option<_>>()?,
        before: before.to_owned(),
        after: after.to_owned(),
        language: language.into_owned(),
        piece,
    };
    Some(Headed { passage, head })
}
