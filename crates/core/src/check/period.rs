//! Dates and periods, and whether two may be the same time.

use jiff::ToSpan;
use jiff::civil::{Date, date};

use crate::text::{DateMention, Span, dates};

/// A time that a statement names.
#[derive(Debug, Clone)]
pub(super) struct Period {
    /// Where it stands, in bytes of the statement.
    pub(super) span: Span,
    from: Date,
    to: Date,
    /// Which end of a life it is, where two days stand behind a name: `(5 May 1748 – 28 January 1798)`.
    pub(super) life: Option<Life>,
}

/// An end of a life.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Life {
    Birth,
    Death,
}

/// How a claim's time stands to a source's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Times {
    /// They have no day in common.
    Apart,
    /// They share some days, and neither lies in the other: each may be so.
    Crossing,
    /// The claim's time lies in the source's, as 1997 does in 1996–2001.
    Overlap,
    /// The source's time lies in the claim's.
    Within,
}

/// The times that `text` names, in order.
pub(super) fn periods(text: &str) -> Vec<Period> {
    let mut periods: Vec<Period> = dates(text).iter().flat_map(|mention| read(text, mention)).collect();
    // Two days with a dash between them and a life apart, where they are not read as one period.
    for i in 1..periods.len() {
        let (birth, death) = (&periods[i - 1], &periods[i]);
        let between = text.get(birth.span.end..death.span.start).unwrap_or_default().trim();
        let are_days = [birth, death].iter().all(|it| it.from == it.to);
        if matches!(between, "-" | "--" | "–" | "—") && are_days && death.to.year() > birth.to.year() + 10 {
            periods[i - 1].life = Some(Life::Birth);
            periods[i].life = Some(Life::Death);
        }
    }
    periods
}

fn read(text: &str, mention: &DateMention) -> Vec<Period> {
    let (from, to) = (mention.from.first_day(), mention.to.last_day());
    let period = |from, to, life| Period { span: mention.span, from, to, life };
    let before = text[..mention.span.start].trim_end();
    let is_life = mention.from.day().is_some() && to.year() > from.year() + 10;
    if is_life {
        return vec![
            period(from, mention.from.last_day(), Some(Life::Birth)),
            period(mention.to.first_day(), to, Some(Life::Death)),
        ];
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
        Span::new(mention.span.start, mention.span.end + follows.chars().take(2).map(char::len_utf8).sum::<usize>())
    } else {
        mention.span
    };
    let (from, to) = if years > 0 { (date(from.year(), 1, 1), date(to.year() + years, 12, 31)) } else { (from, to) };
    let period = |from, to, life| Period { span, from, to, life };
    let before = before.strip_suffix("the").unwrap_or(before).trim_end().to_lowercase();
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    vec![match word {
        "before" => period(Date::MIN, from.checked_sub(1.day()).unwrap_or(from), None),
        "after" => period(to.checked_add(1.day()).unwrap_or(to), Date::MAX, None),
        "since" => period(from, Date::MAX, None),
        "until" | "till" => period(Date::MIN, to, None),
        _ => period(from, to, (word == "born").then_some(Life::Birth)),
    }]
}

impl Period {
    /// How this time, a claim's, stands to a source's.
    pub(super) fn compare(&self, source: &Period) -> Times {
        if self.from <= source.from && source.to <= self.to {
            Times::Within
        } else if source.from <= self.from && self.to <= source.to {
            Times::Overlap
        } else if self.to < source.from || source.to < self.from {
            Times::Apart
        } else {
            Times::Crossing
        }
    }
}
