//! Anchoring: finds the place of a quotation in a text, or what the quotation was made from.
//!
//! A quotation is looked for as it is, then in its [normal form](Normal), then as something that
//! was changed: cut short with an ellipsis, altered in some words, or put together from several
//! places. A changed quotation is only ever anchored with confidence: it has to be similar enough
//! to the place found ([`THRESHOLD`]), and clearly more similar to it than to any other
//! ([`MARGIN`]). Otherwise the answer is that it is ambiguous or missing.

use std::ops::Range;
use std::sync::OnceLock;

use super::align::{self, Similar, disjoint};
use super::normal::{Normal, is_quote};
use super::occurrences::occurrences;
use super::stitch;
use super::words::{WordIndex, WordRun};
use crate::text::{self, Span};

/// The least share of words that must be the same for an altered quotation to be anchored.
pub const THRESHOLD: f64 = 0.75;
/// The least amount by which that share must exceed the share at any other place.
pub const MARGIN: f64 = 0.1;

/// The fewest words that an altered quotation has to share with its source, and so the fewest that
/// it has: of fewer, too few would be left to recognise it by.
const MIN_WORDS: usize = 3;
/// The words of a quotation that is recognised by any words; a shorter one has to share one that
/// carries meaning.
const ENOUGH_WORDS: usize = 5;
/// The most words of such a quotation: alignment takes time and memory quadratic in their number.
const MAX_WORDS: usize = 2_000;
/// The most equally good places that are reported; there may be more.
const MAX_PLACES: usize = 16;
/// The most pairs of words that are compared to align one quotation.
const MAX_PAIRS: usize = 8_000_000;

/// The characters that end a sentence.
const SENTENCE_ENDS: [char; 7] = ['.', '!', '?', '…', '。', '؟', '۔'];

/// The hints at the place of a quotation; they decide between places that are equally good.
#[derive(Debug, Clone, Copy, Default)]
pub struct Hints<'a> {
    /// The byte at which it starts.
    pub position: Option<usize>,
    /// The text just before it.
    pub prefix: &'a str,
    /// The text just after it.
    pub suffix: &'a str,
}

/// The place of a quotation in a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// At this place.
    At(Occurrence),
    /// At any of several places, with nothing to decide between them; at least two, the best first.
    Ambiguous(Vec<Occurrence>),
    /// Nowhere.
    Missing,
}

/// A place that has a quotation, in one form or another.
#[derive(Debug, Clone, PartialEq)]
pub struct Occurrence {
    /// The stretch of the text, in bytes, half-open; from the first to the last where there are
    /// several.
    pub span: Span,
    /// The comparison of the quotation with it.
    pub fit: Fit,
}

/// The comparison of a quotation with the place it was anchored to.
#[derive(Debug, Clone, PartialEq)]
pub enum Fit {
    /// Byte for byte the same.
    Exact,
    /// The same but for typography: white space, quotation marks, dashes, case, and full stops or
    /// commas at the ends.
    Normalized,
    /// Made of several stretches, each the same but for typography; in the order of the
    /// quotation.
    Stitched(Vec<StitchedPart>),
    /// Some words are others.
    Altered {
        /// The share of words that are the same, up to 1.
        similarity: f64,
        /// The words that differ, in order; none where only punctuation does.
        differences: Vec<Difference>,
    },
}

/// A part of a stitched quotation and the stretch of text that it repeats.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StitchedPart {
    /// In bytes of the quotation.
    pub quote: Span,
    /// In bytes of the text.
    pub source: Span,
}

/// A stretch in which a quotation has other words than the text. One of the two is empty where
/// words were only added or only left out, and then gives the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Difference {
    /// In bytes of the quotation.
    pub quote: Span,
    /// In bytes of the text.
    pub source: Span,
}

/// A text to look for quotations in. Its normal form and its index of words are computed once, when
/// first needed.
#[derive(Debug)]
pub struct Haystack {
    text: String,
    normal: OnceLock<Normal>,
    /// Its normal form without reference marks and hyphens at the ends of lines, where it has any.
    loose: OnceLock<Option<Normal>>,
    words: OnceLock<WordIndex>,
}

/// A quotation in its normal form.
struct Needle {
    normal: Normal,
    /// Its words by their numbers in the haystack.
    words: Vec<u32>,
    /// Their places in the normal form.
    spans: Vec<Span>,
}

impl Haystack {
    /// Makes `text` ready to be searched.
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            normal: OnceLock::new(),
            loose: OnceLock::new(),
            words: OnceLock::new(),
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Finds the place of `quote`, or what it was made from.
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

    /// Finds `quote` as it is or but for typography.
    pub(super) fn verbatim(&self, quote: &str, hints: &Hints) -> Anchor {
        if let Some(start) = hints.position
            && !quote.is_empty()
            && self.text.get(start..).is_some_and(|text| text.starts_with(quote))
        {
            return Anchor::At(Occurrence {
                span: Span::new(start, start + quote.len()),
                fit: Fit::Exact,
            });
        }
        if !quote.contains(char::is_alphanumeric) {
            return Anchor::Missing;
        }
        let exact = occurrences(&self.text, quote).map(|span| Occurrence { span, fit: Fit::Exact });
        match self.decide(exact.take(MAX_PLACES).collect(), hints) {
            Anchor::Missing => {
                let strict = Normal::of_quotation(quote);
                let loose = Normal::loose_quotation(quote);
                let differs = loose.text() != strict.text();
                let mut forms = vec![(&strict, self.normal())];
                forms.extend(differs.then_some((&loose, self.normal())));
                if let Some(normal) = self.loose() {
                    forms.push((&loose, normal));
                    forms.extend(differs.then_some((&strict, normal)));
                }
                forms
                    .into_iter()
                    .map(|(quote, normal)| self.normalized(quote, normal, hints))
                    .find(|anchor| *anchor != Anchor::Missing)
                    .unwrap_or(Anchor::Missing)
            }
            found => found,
        }
    }

    /// Finds `quote` but for typography.
    fn normalized(&self, needle: &Normal, text: &Normal, hints: &Hints) -> Anchor {
        // There may be an ellipsis in brackets at either end.
        let needle = needle.text().trim_matches([' ', '.', ',']);
        let needle = needle.strip_prefix("[...]").unwrap_or(needle);
        let needle = needle.strip_suffix("[...]").unwrap_or(needle).trim_matches([' ', '.', ',']);
        let places = occurrences(text.text(), needle)
            .map(|span| Occurrence { span: text.to_source(span), fit: Fit::Normalized });
        self.decide(places.take(MAX_PLACES).collect(), hints)
    }

    /// Finds what `quote`, which is nowhere as it is, was made from.
    pub(super) fn changed(&self, quote: &str, hints: &Hints) -> Anchor {
        let normal = Normal::loose_quotation(quote);
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

    /// Finds the stretch most like `quote`, however little it is, with the number of words that the
    /// two share.
    pub(super) fn closest(&self, quote: &str) -> Option<(Occurrence, usize)> {
        let normal = Normal::loose_quotation(quote);
        let (words, spans) = self.words().read(normal.text());
        let text = &self.words().words;
        if words.is_empty() || words.len().saturating_mul(text.len()) > MAX_PAIRS {
            return None;
        }
        let needle = Needle { normal, words, spans };
        let limit = needle.words.len();
        let place = align::locate(&needle.words, text, limit).into_iter().next()?;
        let longer = place.words.len().max(needle.words.len());
        let similarity = 1.0 - place.edits as f64 / longer as f64;
        let occurrence = self.compare(&needle, place.words, similarity);
        Some((occurrence, longer - place.edits))
    }

    fn normal(&self) -> &Normal {
        self.normal.get_or_init(|| Normal::new(&self.text))
    }

    fn loose(&self) -> Option<&Normal> {
        self.loose.get_or_init(|| Normal::loose(&self.text)).as_ref()
    }

    /// The form in which what was changed is looked for: a reference mark is no word of a text.
    fn reading(&self) -> &Normal {
        self.loose().unwrap_or_else(|| self.normal())
    }

    fn words(&self) -> &WordIndex {
        self.words.get_or_init(|| WordIndex::new(self.reading().text()))
    }

    /// Picks the one of several equally good places that the hints speak for.
    fn decide(&self, mut places: Vec<Occurrence>, hints: &Hints) -> Anchor {
        let mut chosen = None;
        if places.is_empty() {
            return Anchor::Missing;
        }
        if places.len() == 1 {
            chosen = Some(0);
        } else if let Some(at) = hints.position {
            chosen = places.iter().position(|place| place.span.start <= at && at < place.span.end);
        }
        if chosen.is_none() {
            chosen = clear_winner(places.iter().map(|place| self.context(place.span, hints)));
        }
        match chosen {
            Some(i) => Anchor::At(places.swap_remove(i)),
            None => Anchor::Ambiguous(places),
        }
    }

    /// The number of characters around a place that agree with the context hinted at.
    fn context(&self, span: Span, hints: &Hints) -> usize {
        let before = self.text[..span.start].chars().rev().zip(hints.prefix.chars().rev());
        let after = self.text[span.end..].chars().zip(hints.suffix.chars());
        before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
    }

    /// Finds a quotation with ellipses, every part of which is in the text.
    fn elided(&self, needle: &Normal) -> Option<Occurrence> {
        let text = self.reading().text();
        let parts = stitch::elisions(needle.text());
        let found = stitch::in_order(text, needle.text(), &parts)
            .or_else(|| stitch::anywhere(text, needle.text(), &parts))?;
        let pieces = parts.into_iter().zip(found);
        self.pieces(pieces.map(|(part, at)| StitchedPart {
            quote: needle.to_source(part),
            source: self.reading().to_source(at),
        }))
    }

    /// Finds the stretches of the text that a quotation was put together from.
    fn stitched(&self, needle: &Needle, runs: &[WordRun]) -> Option<Occurrence> {
        let pieces = stitch::cover(runs, needle.words.len())?;
        self.pieces(pieces.into_iter().map(|run| StitchedPart {
            quote: needle.source(run.quote..run.quote + run.len),
            source: self.source(run.text..run.text + run.len),
        }))
    }

    fn pieces(&self, pieces: impl Iterator<Item = StitchedPart>) -> Option<Occurrence> {
        let pieces: Vec<StitchedPart> = pieces.collect();
        let start = pieces.iter().map(|piece| piece.source.start).min()?;
        let end = pieces.iter().map(|piece| piece.source.end).max()?;
        Some(Occurrence { span: Span::new(start, end), fit: Fit::Stitched(pieces) })
    }

    /// Finds the stretch of the text that has most of the words of the quotation.
    fn altered(&self, needle: &Needle, runs: &[WordRun], hints: &Hints) -> Anchor {
        let mut places = self.similar(&needle.words, runs);
        let similarity = |place: &Similar| {
            1.0 - place.edits as f64 / place.words.len().max(needle.words.len()) as f64
        };
        places.sort_by(|a, b| {
            similarity(b).total_cmp(&similarity(a)).then(a.words.start.cmp(&b.words.start))
        });
        places.retain(|place| self.is_recognised(needle, place));
        let Some(best) = places.first().map(similarity).filter(|&best| best >= THRESHOLD) else {
            return Anchor::Missing;
        };
        // Shares are ratios of small integers: 1e-9 absorbs what floating point does to them.
        places.retain(|place| similarity(place) > best - MARGIN + 1e-9);
        places.truncate(MAX_PLACES);
        let places =
            places.iter().map(|place| self.compare(needle, place.words.clone(), similarity(place)));
        self.decide(places.collect(), hints)
    }

    /// Returns whether a place shares enough with a quotation to be what it was made from.
    fn is_recognised(&self, needle: &Needle, place: &Similar) -> bool {
        let shared = place.words.len().max(needle.words.len()) - place.edits;
        let text = &self.words().words[place.words.clone()];
        shared >= MIN_WORDS
            && (needle.words.len() >= ENOUGH_WORDS
                || needle.words.iter().zip(&needle.spans).any(|(number, span)| {
                    text.contains(number) && !text::is_function_word(span.of(needle.normal.text()))
                }))
    }

    /// Finds every stretch similar enough to the quotation to be it, or to put it in doubt;
    /// disjoint.
    fn similar(&self, words: &[u32], runs: &[WordRun]) -> Vec<Similar> {
        let text = &self.words().words;
        let limit = ((1.0 - THRESHOLD + MARGIN) * words.len() as f64 * 1.5) as usize;
        let windows = stitch::windows(runs, words.len(), text.len());
        let cost = windows.first().map_or(1, |window| window.len().max(1) * words.len());
        let mut found: Vec<Similar> = (windows.into_iter().take((MAX_PAIRS / cost).clamp(4, 64)))
            .flat_map(|window| {
                let places = align::locate(words, &text[window.clone()], limit);
                places.into_iter().map(move |place| Similar {
                    words: place.words.start + window.start..place.words.end + window.start,
                    edits: place.edits,
                })
            })
            .collect();
        found.sort_by_key(|place| (place.edits, place.words.start));
        let mut places: Vec<Similar> = Vec::new();
        for place in found {
            if places.iter().all(|other| disjoint(&other.words, &place.words)) {
                places.push(place);
            }
        }
        places
    }

    /// Compares the quotation with these words of the text.
    fn compare(&self, needle: &Needle, range: Range<usize>, similarity: f64) -> Occurrence {
        let text = &self.words().words[range.clone()];
        let edits = align::edits(&needle.words, text);
        let mut source = self.source(range.clone());
        let mut differences: Vec<Difference> = (edits.into_iter())
            .map(|edit| Difference {
                quote: needle.source(edit.quote),
                source: self.source(edit.text.start + range.start..edit.text.end + range.start),
            })
            .collect();
        // A word that the quotation adds at an end does not replace a word of the next sentence, or
        // of the one before.
        if let Some(last) = differences
            .last_mut()
            .filter(|d| d.source.end == source.end && d.source.start > source.start)
            && let kept = self.text[..last.source.start].trim_end()
            && kept.trim_end_matches(|c| c == ')' || is_quote(c)).ends_with(SENTENCE_ENDS)
        {
            source.end = kept.len();
            last.source = Span::new(source.end, source.end);
        }
        if let Some(first) = differences
            .first_mut()
            .filter(|d| d.source.start == source.start && d.source.end < source.end)
            && let rest = self.text[first.source.end..source.end]
                .trim_start_matches(|c| c == ')' || is_quote(c))
            && rest.starts_with(SENTENCE_ENDS)
        {
            source.start =
                source.end - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
            first.source = Span::new(source.start, source.start);
        }
        Occurrence { span: source, fit: Fit::Altered { similarity, differences } }
    }

    /// The place of words in the text; for no words, the place at which they would be.
    fn source(&self, words: Range<usize>) -> Span {
        span_of(&self.words().spans, words, self.reading())
    }
}

impl Needle {
    /// The place of words in the quotation as it was written; for no words, the place at which they
    /// would be.
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

/// Returns the index of the score that is far enough ahead of the others to decide, if one is.
fn clear_winner(scores: impl Iterator<Item = usize>) -> Option<usize> {
    /// The fewest characters of context that do not agree by chance.
    const ENOUGH: usize = 8;
    let mut scores: Vec<(usize, usize)> = scores.enumerate().map(|(i, score)| (score, i)).collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    match scores[..] {
        [(best, i), (second, _), ..] if best >= ENOUGH && best >= 2 * second => Some(i),
        _ => None,
    }
}
