//! Anchoring: where in a text a quotation stands, or what it was made from.
//!
//! A quotation is looked for as it is, then in its [normal form](Normal), then as something that was changed: cut short
//! with an ellipsis, altered in some words, or put together from several places. A changed quotation is only ever anchored
//! with confidence: it has to be like enough to the place found ([`THRESHOLD`]), and clearly more like it than any other
//! ([`MARGIN`]), or else the answer is that it is ambiguous or missing.

use std::ops::Range;
use std::sync::OnceLock;

use unicode_segmentation::UnicodeSegmentation;

use super::align::{self, Likeness, disjoint};
use super::normal::{Normal, is_quote};
use super::stitch;
use super::words::{Run, WordIndex};
use crate::text::Span;

/// The share of words that must be the same for an altered quotation to be anchored.
pub const THRESHOLD: f64 = 0.75;
/// By how much that share must exceed the share at any other place.
pub const MARGIN: f64 = 0.1;

/// Shorter quotations, in words, are not looked for in altered form: too few words would be left to know them by.
const MIN_WORDS: usize = 5;
/// Nor are longer ones: alignment takes time and memory in proportion to the square of their length.
const MAX_WORDS: usize = 2_000;
/// So many places that are equally good are told; there may be more.
const MAX_PLACES: usize = 16;
/// How much alignment one quotation is worth, in pairs of words compared.
const MAX_PAIRS: usize = 8_000_000;

/// What a sentence ends with.
const SENTENCE_ENDS: [char; 7] = ['.', '!', '?', '…', '。', '؟', '۔'];

/// What was said of where a quotation stands; decides between places that are equally good.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The byte it starts at.
    pub position: Option<usize>,
    /// What stands just before it.
    pub prefix: &'a str,
    /// What stands just after it.
    pub suffix: &'a str,
}

/// Where a quotation stands.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// At this place.
    At(Place),
    /// At any of several places, with nothing to decide between them; at least two, the best first.
    Ambiguous(Vec<Place>),
    /// Nowhere.
    Missing,
}

/// A place where a quotation stands, in one form or another.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// The stretch of the text, in bytes; from the first to the last where there are several.
    pub span: Span,
    /// How the quotation compares with it.
    pub fit: Fit,
}

/// How a quotation compares with the place it was anchored to.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// Byte for byte the same.
    Exact,
    /// The same but for typography: white space, quotation marks, dashes, case, and full stops or commas at the ends.
    Normalized,
    /// Made of several stretches, each the same but for typography; in the order of the quotation.
    Stitched(Vec<Piece>),
    /// Some words are others.
    Altered {
        /// The share of words that are the same, up to 1.
        similarity: f64,
        /// Where the words differ, in order; none where only punctuation does.
        differences: Vec<Difference>,
    },
}

/// A part of a quotation and the stretch of text that it repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// In bytes of the quotation.
    pub quote: Span,
    /// In bytes of the text.
    pub source: Span,
}

/// A stretch where a quotation has other words than the text. One of the two is empty where words were only added or only
/// left out, and then says where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In bytes of the quotation.
    pub quote: Span,
    /// In bytes of the text.
    pub source: Span,
}

/// A text to look for quotations in. What is needed to do so beyond plain search is computed once, when first needed.
#[derive(Debug)]
pub struct Haystack {
    text: String,
    normal: OnceLock<Normal>,
    words: OnceLock<WordIndex>,
}

/// A quotation in its normal form.
struct Needle {
    normal: Normal,
    /// Its words by their numbers in the haystack.
    words: Vec<usize>,
    /// Where they stand in the normal form.
    spans: Vec<Span>,
}

impl Haystack {
    /// Makes `text` ready to be looked through.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), normal: OnceLock::new(), words: OnceLock::new() }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Where `quote` stands, or what it was made from.
    ///
    /// ```
    /// use pincite_core::verify::{Anchor, Fit, Haystack, Hints};
    /// let text = Haystack::new("The pass was closed in May 1996 by heavy snow. It opened in June.");
    /// let Anchor::At(place) = text.anchor("the pass was closed in May 1997 by heavy snow", &Hints::default()) else {
    ///     panic!("it is like one place only");
    /// };
    /// let Fit::Altered { differences, .. } = place.fit else { panic!("the year was changed") };
    /// assert_eq!(differences[0].source.of(text.text()), "1996");
    /// ```
    pub fn anchor(&self, quote: &str, hints: &Hints) -> Anchor {
        match self.verbatim(quote, hints) {
            Anchor::Missing => self.changed(quote, hints),
            found => found,
        }
    }

    /// Where `quote` stands as it is or but for typography.
    pub(super) fn verbatim(&self, quote: &str, hints: &Hints) -> Anchor {
        if let Some(start) = hints.position
            && !quote.is_empty()
            && self.text.get(start..).is_some_and(|text| text.starts_with(quote))
        {
            return Anchor::At(Place { span: Span::new(start, start + quote.len()), fit: Fit::Exact });
        }
        if !quote.contains(char::is_alphanumeric) {
            return Anchor::Missing;
        }
        let exact = occurrences(&self.text, quote).map(|span| Place { span, fit: Fit::Exact });
        match self.decide(exact.take(MAX_PLACES).collect(), hints) {
            Anchor::Missing => {
                let closed = closed_up(quote);
                let spellings = std::iter::once(quote).chain(closed.as_deref());
                let anchors = spellings.map(|quote| self.normalized(quote, hints));
                anchors.into_iter().find(|anchor| *anchor != Anchor::Missing).unwrap_or(Anchor::Missing)
            }
            found => found,
        }
    }

    /// Where `quote` stands but for typography.
    fn normalized(&self, quote: &str, hints: &Hints) -> Anchor {
        let needle = Normal::of_quotation(quote);
        // An ellipsis in brackets may stand at the ends, too.
        let needle = needle.text().trim_matches([' ', '.', ',']);
        let needle = needle.strip_prefix("[...]").unwrap_or(needle);
        let needle = needle.strip_suffix("[...]").unwrap_or(needle).trim_matches([' ', '.', ',']);
        let places = self.alike(needle).map(|span| Place { span, fit: Fit::Normalized });
        self.decide(places.take(MAX_PLACES).collect(), hints)
    }

    /// What `quote`, which stands nowhere as it is, was made from.
    pub(super) fn changed(&self, quote: &str, hints: &Hints) -> Anchor {
        let normal = Normal::of_quotation(quote);
        if let Some(place) = self.elided(&normal) {
            return Anchor::At(place);
        }
        let index = self.words();
        let (words, spans) = index.read(normal.text());
        if !(MIN_WORDS..=MAX_WORDS).contains(&words.len()) {
            return Anchor::Missing;
        }
        let needle = Needle { normal, words, spans };
        let runs = index.runs(&needle.words);
        let altered = self.altered(&needle, &runs, hints);
        match (altered, self.stitched(&needle, &runs)) {
            (Anchor::At(place), _) | (_, Some(place)) => Anchor::At(place),
            (unsure, None) => unsure,
        }
    }

    fn normal(&self) -> &Normal {
        self.normal.get_or_init(|| Normal::new(&self.text))
    }

    fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::new(self.normal().text()))
    }

    /// Where the normal form has `needle`, as places of the text.
    fn alike<'a>(&'a self, needle: &'a str) -> impl Iterator<Item = Span> + 'a {
        let normal = self.normal();
        occurrences(normal.text(), needle).map(|span| normal.to_source(span))
    }

    /// The one of several equally good places that the hints speak for.
    fn decide(&self, mut places: Vec<Place>, hints: &Hints) -> Anchor {
        let chosen = match places.len() {
            0 => return Anchor::Missing,
            1 => Some(0),
            _ => {
                let said =
                    |place: &Place| hints.position.is_some_and(|at| (place.span.start..place.span.end).contains(&at));
                let context = |place: &Place| self.context(place.span, hints);
                places.iter().position(said).or_else(|| clear_winner(places.iter().map(context)))
            }
        };
        match chosen {
            Some(i) => Anchor::At(places.swap_remove(i)),
            None => Anchor::Ambiguous(places),
        }
    }

    /// How many characters of the context that was hinted at stand around a place.
    fn context(&self, span: Span, hints: &Hints) -> usize {
        let before = self.text[..span.start].chars().rev().zip(hints.prefix.chars().rev());
        let after = self.text[span.end..].chars().zip(hints.suffix.chars());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    }

    /// A quotation with ellipses, every part of which stands in the text.
    fn elided(&self, needle: &Normal) -> Option<Place> {
        let text = self.normal().text();
        let parts = stitch::elisions(needle.text());
        let found =
            stitch::in_order(text, needle.text(), &parts).or_else(|| stitch::anywhere(text, needle.text(), &parts))?;
        let pieces = parts.into_iter().zip(found);
        self.pieces(
            pieces.map(|(part, at)| Piece { quote: needle.to_source(part), source: self.normal().to_source(at) }),
        )
    }

    /// A quotation put together from several stretches of the text.
    fn stitched(&self, needle: &Needle, runs: &[Run]) -> Option<Place> {
        let pieces = stitch::cover(runs, needle.words.len())?;
        self.pieces(pieces.into_iter().map(|run| Piece {
            quote: needle.source(run.quote..run.quote + run.len),
            source: self.source(run.text..run.text + run.len),
        }))
    }

    fn pieces(&self, pieces: impl Iterator<Item = Piece>) -> Option<Place> {
        let pieces: Vec<Piece> = pieces.collect();
        let start = pieces.iter().map(|piece| piece.source.start).min()?;
        let end = pieces.iter().map(|piece| piece.source.end).max()?;
        Some(Place { span: Span::new(start, end), fit: Fit::Stitched(pieces) })
    }

    /// The stretch of the text that is like the quotation in most of its words.
    fn altered(&self, needle: &Needle, runs: &[Run], hints: &Hints) -> Anchor {
        let mut places = self.likenesses(&needle.words, runs);
        let similarity = |place: &Likeness| 1.0 - place.edits as f64 / place.words.len().max(needle.words.len()) as f64;
        places.sort_by(|a, b| similarity(b).total_cmp(&similarity(a)).then(a.words.start.cmp(&b.words.start)));
        let Some(best) = places.first().map(similarity).filter(|&best| best >= THRESHOLD) else {
            return Anchor::Missing;
        };
        // Shares are ratios of small integers, so a hair's breadth absorbs what floating point does to them.
        places.retain(|place| similarity(place) > best - MARGIN + 1e-9);
        places.truncate(MAX_PLACES);
        let places = places.iter().map(|place| self.compare(needle, place.words.clone(), similarity(place)));
        self.decide(places.collect(), hints)
    }

    /// Every stretch like enough to the quotation to be it, or to put it in doubt; disjoint.
    fn likenesses(&self, words: &[usize], runs: &[Run]) -> Vec<Likeness> {
        let text = &self.words().words;
        let limit = ((1.0 - THRESHOLD + MARGIN) * words.len() as f64 * 1.5) as usize;
        let windows = stitch::windows(runs, words.len(), text.len());
        let cost = windows.first().map_or(1, |window| window.len().max(1) * words.len());
        let mut found: Vec<Likeness> = (windows.into_iter().take((MAX_PAIRS / cost).clamp(4, 64)))
            .flat_map(|window| {
                let places = align::locate(words, &text[window.clone()], limit);
                places.into_iter().map(move |place| Likeness {
                    words: place.words.start + window.start..place.words.end + window.start,
                    edits: place.edits,
                })
            })
            .collect();
        found.sort_by_key(|place| (place.edits, place.words.start));
        let mut places: Vec<Likeness> = Vec::new();
        for place in found {
            if places.iter().all(|other| disjoint(&other.words, &place.words)) {
                places.push(place);
            }
        }
        places
    }

    /// Where the quotation and these words of the text differ.
    fn compare(&self, needle: &Needle, range: Range<usize>, similarity: f64) -> Place {
        let text = &self.words().words[range.clone()];
        let edits = align::edits(&needle.words, text);
        let mut source = self.source(range.clone());
        let mut differences: Vec<Difference> = (edits.into_iter())
            .map(|edit| Difference {
                quote: needle.source(edit.quote),
                source: self.source(edit.text.start + range.start..edit.text.end + range.start),
            })
            .collect();
        // A word that the quotation adds at an end is no replacement for a word of the sentence before or after.
        if let Some(last) =
            differences.last_mut().filter(|d| d.source.end == source.end && d.source.start > source.start)
            && let kept = self.text[..last.source.start].trim_end()
            && kept.trim_end_matches(|c| c == ')' || is_quote(c)).ends_with(SENTENCE_ENDS)
        {
            source.end = kept.len();
            last.source = Span::new(source.end, source.end);
        }
        if let Some(first) =
            differences.first_mut().filter(|d| d.source.start == source.start && d.source.end < source.end)
            && let rest = self.text[first.source.end..source.end].trim_start_matches(|c| c == ')' || is_quote(c))
            && rest.starts_with(SENTENCE_ENDS)
        {
            source.start = source.end - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            first.source = Span::new(source.start, source.start);
        }
        Place { span: source, fit: Fit::Altered { similarity, differences } }
    }

    /// Where words stand in the text; for no words, where they would.
    fn source(&self, words: Range<usize>) -> Span {
        span_of(&self.words().spans, words, self.normal())
    }
}

impl Needle {
    /// Where words stand in the quotation as it was written; for no words, where they would.
    fn source(&self, words: Range<usize>) -> Span {
        span_of(&self.spans, words, &self.normal)
    }
}

fn span_of(spans: &[Span], words: Range<usize>, normal: &Normal) -> Span {
    if !words.is_empty() {
        return normal.to_source(Span::new(spans[words.start].start, spans[words.end - 1].end));
    }
    let at = match words.start.checked_sub(1).and_then(|i| spans.get(i)) {
        Some(&before) => normal.to_source(before).end,
        None => 0,
    };
    Span::new(at, at)
}

/// `quote` with the words put together that were broken at the end of a line (`recog-↵nised`), as copying out of a PDF
/// leaves them; `None` where there are none.
fn closed_up(quote: &str) -> Option<String> {
    let mut closed = String::new();
    let mut rest = quote;
    while let Some((line, next)) = rest.split_once('\n') {
        let next_word = next.trim_start();
        let word = line.trim_end().strip_suffix('-').filter(|word| word.ends_with(char::is_alphabetic));
        match word.filter(|_| next_word.starts_with(char::is_lowercase)) {
            Some(word) => {
                closed.push_str(word);
                rest = next_word;
            }
            None => {
                closed.push_str(line);
                closed.push('\n');
                rest = next;
            }
        }
    }
    closed.push_str(rest);
    (closed.len() < quote.len()).then_some(closed)
}

/// Which of several scores is so far ahead that it decides.
fn clear_winner(scores: impl Iterator<Item = usize>) -> Option<usize> {
    /// Fewer characters of context than this may agree by chance.
    const ENOUGH: usize = 8;
    let mut scores: Vec<(usize, usize)> = scores.enumerate().map(|(i, score)| (score, i)).collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    match scores[..] {
        [(best, i), (second, _), ..] if best >= ENOUGH && best >= 2 * second => Some(i),
        _ => None,
    }
}

/// Where `text` has `needle`, not beginning or ending within a word or a number.
pub(super) fn occurrences<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = Span> + 'a {
    let found = (!needle.is_empty()).then(|| text.match_indices(needle)).into_iter().flatten();
    found.map(|(at, part)| Span::new(at, at + part.len())).filter(|&span| whole_words(text, span))
}

/// Whether a stretch neither begins nor ends within a word or a number.
pub(super) fn whole_words(text: &str, span: Span) -> bool {
    !splits_word(text, span.start) && !splits_word(text, span.end)
}

/// Whether a place is inside a word or a number: “the war|ning”, “5|,000”, “can|’t”.
fn splits_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let mut after = text[at..].chars();
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match (before.next(), after.next()) {
        (Some(b), Some(a)) if b.is_alphanumeric() && a.is_alphanumeric() => {
            // Not every script puts spaces between words, so that two letters in a row may well be two words.
            const REACH: usize = 8;
            let start = text[..at].char_indices().rev().take(REACH).last().map_or(at, |(i, _)| i);
            let end = text[at..].char_indices().nth(REACH).map_or(text.len(), |(i, _)| at + i);
            !text[start..end].split_word_bound_indices().any(|(i, _)| start + i == at)
        }
        (Some(b), Some('.' | ',')) if b.is_numeric() => digit(after.next()),
        (Some('.' | ','), Some(a)) if a.is_numeric() => digit(before.next()),
        (Some(b), Some('\'' | '’')) if b.is_alphabetic() => letter(after.next()),
        _ => false,
    }
}
