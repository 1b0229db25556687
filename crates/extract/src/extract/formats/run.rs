//! Reads stretches of a text with others between them, or with signs that stand for others: the
//! text between the tags of a page, the escapes in a string, the cues of subtitles.

use crate::text::{Plain, PlainBuilder, Span, is_zero_width};

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Run {
    /// Bytes that are read as they stand.
    Plain(Span),
    /// Bytes that are read as other text: a character reference, an escape.
    Decoded(Span, Box<str>),
    /// The border of a cell or a line, which is read as white space.
    #[cfg_attr(
        not(any(feature = "html", feature = "subtitles")),
        expect(dead_code, reason = "tables and JSON have no borders within a value")
    )]
    Break,
}

/// Returns the place of `runs` in `page`, from their first letter to their last, and what is read
/// there if that is not the same. `None` if there is nothing to read.
pub(super) fn read(runs: &[Run], page: &str) -> Option<(Span, Option<Plain>)> {
    let mut place: Option<Span> = None;
    each(runs, page, |span, text| {
        if text.chars().any(|c| !c.is_whitespace() && !is_zero_width(c)) {
            let start = place.map_or(span.start, |place| place.start);
            place = Some(Span::new(start, span.end));
        }
    });
    let place = place?;
    let mut reader = Reader { plain: PlainBuilder::new(place.of(page)), gap: None };
    for run in runs {
        match run {
            Run::Break => reader.gap = Some(None),
            Run::Plain(span) => reader.copy(page, place.start, *span),
            Run::Decoded(span, text) => {
                if place.contains(*span) {
                    let at = Span::new(span.start - place.start, span.end - place.start);
                    reader.replace(at, text);
                }
            }
        }
    }
    Some((place, reader.plain.finish()))
}

/// Returns the place that all of `runs` take together.
#[cfg(all(feature = "html", any(feature = "csv", feature = "json", feature = "office")))]
pub(super) fn place(runs: &[Run]) -> Option<Span> {
    let mut places = runs.iter().filter_map(|run| match run {
        Run::Plain(span) | Run::Decoded(span, _) => Some(*span),
        Run::Break => None,
    });
    let first = places.next()?;
    Some(Span::new(first.start, places.next_back().unwrap_or(first).end))
}

/// Calls `visit` with each character or character reference: its place in the page, and what is
/// read.
pub(super) fn each(runs: &[Run], page: &str, mut visit: impl FnMut(Span, &str)) {
    for run in runs {
        match run {
            Run::Break => {}
            Run::Decoded(span, text) => visit(*span, text),
            Run::Plain(span) => {
                for (at, c) in span.of(page).char_indices() {
                    let start = span.start + at;
                    let place = Span::new(start, start + c.len_utf8());
                    visit(place, place.of(page));
                }
            }
        }
    }
}

/// Writes what is read: white space is folded, and characters without width are left out.
struct Reader<'a> {
    plain: PlainBuilder<'a>,
    /// White space that is written when the next word comes: its place, if it is a single space.
    gap: Option<Option<usize>>,
}

impl Reader<'_> {
    /// Copies a stretch of the page; the slice begins at byte `start` of it.
    fn copy(&mut self, page: &str, start: usize, span: Span) {
        let mut word: Option<usize> = None;
        for (at, c) in span.of(page).char_indices() {
            let Some(at) = (span.start + at).checked_sub(start) else { continue };
            if !c.is_whitespace() && !is_zero_width(c) {
                if word.is_none() {
                    self.close_gap();
                }
                word.get_or_insert(at);
                continue;
            }
            if let Some(from) = word.take() {
                self.plain.copy(Span::new(from, at));
            }
            if c.is_whitespace() {
                let single = self.gap.is_none() && c == ' ';
                self.gap = Some(single.then_some(at));
            }
        }
        if let Some(from) = word {
            self.plain.copy(Span::new(from, span.end - start));
        }
    }

    fn replace(&mut self, span: Span, text: &str) {
        let words: String = text.chars().filter(|c| !is_zero_width(*c)).collect();
        let read = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if read.is_empty() {
            if !words.is_empty() {
                self.gap = Some(None);
            }
            return;
        }
        if words.starts_with(char::is_whitespace) {
            self.gap = Some(None);
        }
        self.close_gap();
        self.plain.replace(span, &read);
        if words.ends_with(char::is_whitespace) {
            self.gap = Some(None);
        }
    }

    fn close_gap(&mut self) {
        match self.gap.take() {
            _ if self.plain.text().is_empty() => {}
            None => {}
            Some(Some(at)) => self.plain.copy(Span::new(at, at + 1)),
            Some(None) => self.plain.write(" "),
        }
    }
}
