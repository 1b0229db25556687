//! Dates and periods, and whether two may be the same time.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use super::fit::Fit;
use crate::text::{DateMention, PartialDate, Span, dates};

/// A time that a statement names.
#[derive(Debug, Clone)]
pub(super) struct Period {
    /// The place, in bytes of the statement.
    pub(super) span: Span,
    from: Date,
    to: Date,
    extent: Extent,
}

/// The reach of a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// It is a day, month, year or decade.
    Point,
    /// Both ends are named.
    Range { from: PartialDate, to: PartialDate },
    /// From its day on; the day itself not counted where `after`.
    Since { after: bool, start: PartialDate },
    /// Up to its day; the day itself not counted where `before`.
    Until { before: bool, end: PartialDate },
}

/// Returns the times that `text` names, in order.
pub(super) fn periods(text: &str) -> Vec<Period> {
    dates(text).iter().flat_map(|mention| read(text, mention)).collect()
}

fn read(text: &str, mention: &DateMention) -> Vec<Period> {
    let (from, to) = (mention.from.first_day(), mention.to.last_day());
    let day = |from, to| Period { span: mention.span, from, to, extent: Extent::Point };
    let before = text[..mention.span.start].trim_end();
    let is_life = mention.from.day().is_some() && to.year() > from.year() + 10;
    if is_life {
        return vec![day(from, mention.from.last_day()), day(mention.to.first_day(), to)];
    }
    let follows = text.get(mention.span.end..).unwrap_or_default();
    // “The 1960’s” are ten years, “the 1700’s” a hundred.
    let has_s = follows.starts_with("'s") || follows.starts_with("’s");
    let years = match from.year() {
        // “The late 1960’s” are read for a part of a year.
        _ if !has_s || from.year() != to.year() => 0,
        year if year % 100 == 0 => 99,
        year if year % 10 == 0 => 9,
        _ => 0,
    };
    let span = if years > 0 {
        Span::new(
            mention.span.start,
            mention.span.end + follows.chars().take(2).map(char::len_utf8).sum::<usize>(),
        )
    } else {
        mention.span
    };
    let (from, to) = if years > 0 {
        (date(from.year(), 1, 1), date(to.year() + years, 12, 31))
    } else {
        (from, to)
    };
    let before = before.strip_suffix("the").unwrap_or(before).trim_end().to_lowercase();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let (start, end) = (mention.from, mention.to);
    // “From 1998 onwards”.
    let onwards = [" onwards", " onward", " on,", " on."];
    if let Some(found) = onwards.iter().find(|it| word == "from" && follows.starts_with(**it)) {
        let end = mention.span.end + found.trim_end_matches([',', '.']).len();
        let span = Span::new(mention.span.start, end);
        let extent = Extent::Since { after: false, start };
        return vec![Period { span, from, to: Date::MAX, extent }];
    }
    let is_range = start != end && has_two_ends(mention.span.of(text));
    let period = |from, to, extent| Period { span, from, to, extent };
    vec![match word {
        "before" => {
            let extent = Extent::Until { before: true, end: start };
            period(Date::MIN, from.checked_sub(1.day()).unwrap_or(from), extent)
        }
        "after" => {
            let extent = Extent::Since { after: true, start: end };
            period(to.checked_add(1.day()).unwrap_or(to), Date::MAX, extent)
        }
        "by" => period(Date::MIN, to, Extent::Until { before: true, end: start }),
        "since" => period(from, Date::MAX, Extent::Since { after: false, start }),
        "until" | "till" => period(Date::MIN, to, Extent::Until { before: false, end }),
        _ if is_range => period(from, to, Extent::Range { from: start, to: end }),
        _ => period(from, to, Extent::Point),
    }]
}

/// Returns whether a time is written with both of its ends: *1914–1918*, *from 1914 to 1918*.
fn has_two_ends(text: &str) -> bool {
    let runs = text.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() >= 2).count();
    let is_joined = text.contains(['-', '–', '—'])
        || [" to ", " until ", " and ", " through "].iter().any(|joint| text.contains(joint));
    runs >= 2 && is_joined
}

/// Returns how the ends of two times fit, as far as each is known.
fn fit_ends(claim: PartialDate, source: PartialDate) -> Fit {
    let (from, to) = (claim.first_day(), claim.last_day());
    if from <= source.first_day() && source.last_day() <= to {
        Fit::Entails
    } else if to < source.first_day() || source.last_day() < from {
        Fit::Excludes
    } else {
        Fit::Open
    }
}

impl Period {
    /// Returns the day, where it is one.
    pub(super) fn day(&self) -> Option<Date> {
        (self.is_point() && self.from == self.to).then_some(self.from)
    }

    /// Returns whether it is a day, month, year or decade rather than what is between two.
    pub(super) fn is_point(&self) -> bool {
        self.extent == Extent::Point
    }

    /// Returns how this time, a claim's, compares with a source's: both are compared by their ends.
    /// A point within a source's range or behind its *since* lies in it.
    pub(super) fn fit(&self, source: &Period) -> Fit {
        match (self.extent, source.extent) {
            (Extent::Point, Extent::Point) if self.to < source.from || source.to < self.from => {
                Fit::Excludes
            }
            (Extent::Point, Extent::Point) if self.from <= source.from && source.to <= self.to => {
                Fit::Entails
            }
            (Extent::Range { from, to }, Extent::Range { from: start, to: end }) => {
                match (fit_ends(from, start), fit_ends(to, end)) {
                    (Fit::Excludes, _) | (_, Fit::Excludes) => Fit::Excludes,
                    (Fit::Entails, Fit::Entails) => Fit::Entails,
                    _ => Fit::Open,
                }
            }
            (Extent::Since { after, start }, Extent::Since { after: other, start: since })
                if after == other =>
            {
                fit_ends(start, since)
            }
            (Extent::Until { before, end }, Extent::Until { before: other, end: until })
                if before == other =>
            {
                fit_ends(end, until)
            }
            (Extent::Until { end, .. }, Extent::Since { start, .. })
            | (Extent::Since { start: end, .. }, Extent::Until { end: start, .. })
                if fit_ends(end, start) != Fit::Open =>
            {
                Fit::Excludes
            }
            // Leave open when it was: what came after a year may have come at any time since.
            (
                Extent::Point,
                Extent::Since { after: true, .. } | Extent::Until { before: true, .. },
            ) if source.from <= self.to && self.from <= source.to => Fit::Open,
            (Extent::Point, _)
                if source.from <= self.from
                    && self.to <= source.to
                    && source.extent != Extent::Point =>
            {
                Fit::Entails
            }
            _ => Fit::Open,
        }
    }
}
