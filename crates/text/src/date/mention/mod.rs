//! The dates and periods that a text mentions.
//!
//! Every date has a year in digits, so the scan stops at digits only and looks around itself there: a text without
//! digits costs next to nothing.

use super::PartialDate;
use super::context::{continues, is_glued, is_year, stands_apart};
use crate::Span;
use crate::english::calendar;
use crate::english::numbers::is_ordinal_ending;
use crate::scan::{
    Small, char_at, char_before, letters, letters_back, skip_digits, skip_space, skip_space_back,
};

/// A date or period that a text mentions: `1997`, `in October 2001`, `16-Oct-2025`, `1996–2001`, `the mid-1990s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Where it stands, in bytes of the text.
    pub span: Span,
    /// The first date it may mean.
    pub from: PartialDate,
    /// The last date it may mean; the same as `from` for a single date.
    pub to: PartialDate,
}

/// The longest period, in years, of which every year is an index term.
const LONGEST_LISTED: i16 = 30;

impl DateMention {
    /// The terms under which mentions of the same time meet in an index: the dates as written and every coarser one, and
    /// each year of a period of up to thirty years, each month of one of up to a year.
    ///
    /// ```
    /// let terms = |text| pincite_text::dates(text)[0].terms();
    /// assert_eq!(terms("16 October 1997"), ["1997", "1997-10", "1997-10-16"]);
    /// assert_eq!(terms("1996–1998"), ["1996", "1997", "1998"]);
    /// ```
    pub fn terms(&self) -> Vec<String> {
        let (from, to) = (self.from, self.to);
        let mut dates: Vec<PartialDate> = [from, to].into_iter().flat_map(with_coarser).collect();
        if to.year() - from.year() < LONGEST_LISTED {
            dates.extend(
                (from.year()..=to.year()).filter_map(|year| PartialDate::new(year, None, None)),
            );
        }
        if let (Some(first), Some(last), true) =
            (from.month(), to.month(), from.year() == to.year())
        {
            dates.extend(
                (first..=last).filter_map(|month| PartialDate::new(from.year(), Some(month), None)),
            );
        }
        dates.sort_unstable();
        dates.dedup();
        dates.iter().map(PartialDate::to_string).collect()
    }

    fn single(start: usize, end: usize, date: PartialDate) -> Self {
        Self { span: Span::new(start, end), from: date, to: date }
    }
}

fn with_coarser(date: PartialDate) -> impl Iterator<Item = PartialDate> {
    let month = PartialDate::new(date.year(), date.month(), None);
    [Some(date), month, PartialDate::new(date.year(), None, None)].into_iter().flatten()
}

/// The dates and periods that `text` mentions, in order and disjoint.
///
/// Years run from 1000 to 2100, and a bare number among them is taken for a year only where nothing near it says that it
/// counts or numbers something (`2000 soldiers`, `Resolution 1267`). A month without a year is not a date. *Mid-* is the
/// middle of three parts, *early* and *late* are the outer ones: years 0–3, 4–6 and 7–9 of a decade, or four months
/// each of a year. `2001-02` is a pair of years; where the second number cannot be the next year, a month.
pub fn dates(text: &str) -> Vec<DateMention> {
    let mut found: Vec<DateMention> = Vec::new();
    let mut at = 0;
    while let Some(digit) =
        text.as_bytes()[at..].iter().position(u8::is_ascii_digit).map(|ahead| at + ahead)
    {
        let floor = found.last().map_or(0, |mention| mention.span.end);
        let mention = date_at(text, digit, floor).map(|date| extended(text, date));
        at = mention.as_ref().map_or_else(|| skip_digits(text, digit), |mention| mention.span.end);
        found.extend(mention);
    }
    found
}

/// The date, decade or compact range whose first digits stand at `at`; what belongs to it before them begins no earlier
/// than `floor`.
fn date_at(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let end = skip_digits(text, at);
    match end - at {
        1 | 2 => numeric_day(text, at, floor)
            .or_else(|| day_before_month(text, at, floor))
            .or_else(|| day_after_month(text, at, floor)),
        4 => iso_date(text, at, floor)
            .or_else(|| month_and_year(text, at, floor))
            .or_else(|| year_or_decade(text, at, floor)),
        _ => None,
    }
    .filter(|mention| mention.span.start >= floor)
}

/// `2025-10-16`, `2025/10/16`, `2025-10`.
fn iso_date(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let year = year_at(text, at)?;
    stands_apart(text, at, floor).then_some(())?;
    let separator = char_at(text, at + 4).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, end) = number_at(text, at + 5, 2)?;
    if let (Some(true), Some((day, end))) =
        (text[end..].chars().next().map(|c| c == separator), number_at(text, end + 1, 2))
    {
        return Some(DateMention::single(at, end, PartialDate::new(year, Some(month), Some(day))?));
    }
    let is_next_year = i16::from(month) == (year + 1) % 100;
    let is_month = separator == '-' && end == at + 7 && !is_next_year && !continues(text, end);
    is_month
        .then(|| PartialDate::new(year, Some(month), None))
        .flatten()
        .map(|date| DateMention::single(at, end, date))
}

/// `16/10/2025`, `16.10.2025`, `16-10-2025`; only the year of `05/06/2025`, whose order nobody knows.
fn numeric_day(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let (first, end) = number_at(text, at, 2)?;
    let separator = char_at(text, end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, end) = number_at(text, end + 1, 2)?;
    let year_start = end + 1;
    (stands_apart(text, at, floor) && char_at(text, end) == Some(separator)).then_some(())?;
    let year = year_at(text, year_start)?;
    let day_first = PartialDate::new(year, Some(second), Some(first));
    let month_first = PartialDate::new(year, Some(first), Some(second));
    let date = match (day_first, month_first) {
        (Some(day_first), Some(month_first)) if separator != '.' && day_first != month_first => {
            PartialDate::new(year, None, None)
        }
        (day_first, month_first) => day_first.or(month_first.filter(|_| separator != '.')),
    }?;
    Some(DateMention::single(at, year_start + 4, date))
}

/// `16 October 2025`, `16th of Oct., 2025`, `16-Oct-2025`, `16–18 October 2025`.
fn day_before_month(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    stands_apart(text, at, floor).then_some(())?;
    let (first, end) = day_at(text, at)?;
    let (last, end) = later_day(text, end).unwrap_or((first, end));
    let (month, end) = month_at(text, skip_joint(text, end)?)?;
    let year_start = skip_joint(text, end)?;
    let year = year_at(text, year_start)?;
    days(at, year_start + 4, year, month, [first, last])
}

/// `October 16, 2025`, `Oct 16th 2025`, `October 16–18, 2025`.
fn day_after_month(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let (month, start) = month_before(text, at, floor)?;
    let (first, end) = day_at(text, at)?;
    let (last, end) = later_day(text, end).unwrap_or((first, end));
    let year_start = skip_joint(text, end)?;
    let year = year_at(text, year_start)?;
    days(start, year_start + 4, year, month, [first, last])
}

fn days(
    start: usize,
    end: usize,
    year: i16,
    month: i8,
    [first, last]: [i8; 2],
) -> Option<DateMention> {
    let from = PartialDate::new(year, Some(month), Some(first))?;
    let to = PartialDate::new(year, Some(month), Some(last))?;
    Some(DateMention { span: Span::new(start, end), from, to })
}

/// `October 2001`, `Oct. of 2001`, `March–May 2001`, `from March to May 2001`.
fn month_and_year(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let year = year_at(text, at)?;
    let (month, start) = month_before(text, at, floor)?;
    let date = PartialDate::new(year, Some(month), None)?;
    let earlier = connector_before(text, start, floor)
        .and_then(|connector| month_before(text, connector, floor))
        .filter(|(earlier, _)| *earlier < month);
    let (from, start) = match earlier {
        Some((month, start)) => (PartialDate::new(year, Some(month), None)?, start),
        None => (date, start),
    };
    Some(DateMention { span: Span::new(start, at + 4), from, to: date })
}

/// `1997`, `early 2022`, `post-2001`, `the 1990s`, `mid-1990s`.
fn year_or_decade(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let year = year_at(text, at)?;
    let end = at + 4;
    let (part, start) =
        part_before(text, at, floor).map_or((None, at), |(part, start)| (Some(part), start));
    if part.is_none() && !stands_apart(text, at, floor) {
        return None;
    }
    if year % 10 == 0 && letters(text, end) == "s" {
        let (from, to) = decade(year, part);
        let years = (PartialDate::new(from, None, None)?, PartialDate::new(to, None, None)?);
        return Some(DateMention { span: Span::new(start, end + 1), from: years.0, to: years.1 });
    }
    if part.is_none() && !is_year(text, at, year) || is_glued(text, end) {
        return None;
    }
    let date = PartialDate::new(year, None, None)?;
    let (from, to) = part.and_then(|part| part.months(year)).unwrap_or((date, date));
    Some(DateMention { span: Span::new(start, end), from, to })
}

/// The first and last year of a decade, or of the century that `1800s` means, or of a third of a decade.
fn decade(year: i16, part: Option<Part>) -> (i16, i16) {
    let is_century = year % 100 == 0 && year < 2000;
    match part {
        None if is_century => (year, year + 99),
        None => (year, year + 9),
        Some(Part::Early) => (year, year + 3),
        Some(Part::Mid) => (year + 4, year + 6),
        Some(Part::Late) => (year + 7, year + 9),
    }
}

/// A third of a year or decade.
#[derive(Debug, Clone, Copy)]
enum Part {
    Early,
    Mid,
    Late,
}

impl Part {
    fn months(self, year: i16) -> Option<(PartialDate, PartialDate)> {
        let (first, last) = match self {
            Part::Early => (1, 4),
            Part::Mid => (5, 8),
            Part::Late => (9, 12),
        };
        Some((
            PartialDate::new(year, Some(first), None)?,
            PartialDate::new(year, Some(last), None)?,
        ))
    }
}

/// The `early`, `mid` or `late` before the year at `at`, and where it begins.
fn part_before(text: &str, at: usize, floor: usize) -> Option<(Part, usize)> {
    let end = match char_before(text, at)? {
        '-' => at - 1,
        _ => skip_space_back(text, at),
    };
    let word = letters_back(text, end);
    let part = match Small::new(word).as_str() {
        "early" => Part::Early,
        "mid" => Part::Mid,
        "late" => Part::Late,
        _ => return None,
    };
    let start = end - word.len();
    (end < at && start >= floor).then_some((part, start))
}

/// `mention`, with the end of the period that it begins: `1996–2001`, `1996–97`, `from 1996 to 2001`, `between … and …`.
fn extended(text: &str, mention: DateMention) -> DateMention {
    if let Some(mention) = short_range(text, &mention) {
        return mention;
    }
    let longer = connector_after(text, &mention).and_then(|next| {
        let ahead = text.as_bytes()[next..].iter().take(24).position(u8::is_ascii_digit)?;
        let end = date_at(text, next + ahead, next)?;
        let lead = text[next..end.span.start].trim();
        (lead.is_empty() || lead.eq_ignore_ascii_case("the")).then_some(end)
    });
    match longer {
        Some(end) if mention.from <= end.to => DateMention {
            span: Span::new(mention.span.start, end.span.end),
            from: mention.from,
            to: end.to,
        },
        _ => mention,
    }
}

/// `1996–97`, `2014-15`, `1999/00`: a year with the last digits of a later one.
fn short_range(text: &str, mention: &DateMention) -> Option<DateMention> {
    let year = mention.from.year();
    let is_year = mention.from == mention.to && mention.from.month().is_none();
    let mark =
        char_at(text, mention.span.end).filter(|c| is_year && matches!(c, '-' | '–' | '/'))?;
    let start = mention.span.end + mark.len_utf8();
    let end = skip_digits(text, start);
    let short: i16 = text[start..end].parse().ok().filter(|_| end - start == 2)?;
    let last = year - year % 100 + short;
    let last = if last <= year { last + 100 } else { last };
    // 2001/45 is not a period, and 1999–00 is.
    let to =
        PartialDate::new(last, None, None).filter(|_| last - year < 70 && !continues(text, end))?;
    Some(DateMention { span: Span::new(mention.span.start, end), from: mention.from, to })
}

/// Where the end of a period would begin that `mention` begins.
fn connector_after(text: &str, mention: &DateMention) -> Option<usize> {
    let at = skip_space(text, mention.span.end);
    if let Some(dash) = dash_at(text, at) {
        return Some(skip_space(text, at + dash));
    }
    let word = letters(text, at);
    let joins = match word {
        "to" | "until" | "till" | "through" => true,
        "and" => {
            let before = skip_space_back(text, mention.span.start);
            letters_back(text, before).eq_ignore_ascii_case("between")
        }
        _ => false,
    };
    let next = skip_space(text, at + word.len());
    (joins && at > mention.span.end && next > at + word.len()).then_some(next)
}

/// The length of the dash at `at` that may join the ends of a period: `-`, `–`, or `--` as typewriters have it.
fn dash_at(text: &str, at: usize) -> Option<usize> {
    ["--", "–", "-"].into_iter().find(|dash| text[at..].starts_with(dash)).map(str::len)
}

/// Where what precedes a `to`, `and` or dash before `at` ends.
fn connector_before(text: &str, at: usize, floor: usize) -> Option<usize> {
    let end = skip_space_back(text, at);
    let start = match char_before(text, end)? {
        dash @ ('-' | '–') => end - dash.len_utf8(),
        _ => {
            let word = letters_back(text, end);
            matches!(word, "to" | "until" | "till" | "through").then_some(end - word.len())?
        }
    };
    (start > floor).then_some(start)
}

/// Four digits from 1000 to 2100 at `at`, and no digit behind them.
fn year_at(text: &str, at: usize) -> Option<i16> {
    let digits = text.get(at..at + 4).filter(|_| skip_digits(text, at) == at + 4)?;
    digits.parse().ok().filter(|year| (1000..=2100).contains(year))
}

/// The number of one or two digits at `at` (or just `exactly` that many, for two), and where it ends.
fn number_at(text: &str, at: usize, most: usize) -> Option<(i8, usize)> {
    let end = skip_digits(text, text.is_char_boundary(at).then_some(at)?);
    (end - at <= most).then(|| text[at..end].parse().ok()).flatten().map(|number| (number, end))
}

/// A day of the month at `at`, with its ordinal ending: `16`, `16th`.
fn day_at(text: &str, at: usize) -> Option<(i8, usize)> {
    let (day, end) = number_at(text, at, 2)?;
    let ending = letters(text, end);
    let len = if is_ordinal_ending(ending) { ending.len() } else { 0 };
    (1..=31).contains(&day).then_some((day, end + len))
}

/// The `–18` of `16–18 October`.
fn later_day(text: &str, at: usize) -> Option<(i8, usize)> {
    let dash = char_at(text, at).filter(|c| matches!(c, '-' | '–'))?;
    day_at(text, at + dash.len_utf8())
}

/// Behind what may part day, month and year: white space, a comma, a hyphen, `of`. `None` where nothing does.
fn skip_joint(text: &str, at: usize) -> Option<usize> {
    let mark = char_at(text, at).filter(|c| matches!(c, ',' | '-'));
    let after = skip_space(text, at + mark.map_or(0, char::len_utf8));
    let after = match letters(text, after) {
        word @ ("of" | "Of") => skip_space(text, after + word.len()),
        _ => after,
    };
    (after > at).then_some(after)
}

/// The month whose name, or short name with or without a full stop, stands at `at`, and where it ends.
fn month_at(text: &str, at: usize) -> Option<(i8, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    month(word).map(|month| (month, end + usize::from(text[end..].starts_with('.'))))
}

/// The month whose name stands before `at`, parted from it by white space, a comma or `of`, and where it begins.
fn month_before(text: &str, at: usize, floor: usize) -> Option<(i8, usize)> {
    let mut end = skip_space_back(text, at);
    if letters_back(text, end) == "of" {
        end = skip_space_back(text, end - 2);
    }
    end -= usize::from(text[..end].ends_with(','));
    end -= usize::from(text[..end].ends_with('.'));
    let word = letters_back(text, end);
    let start = end - word.len();
    let is_word = start >= floor && !char_before(text, start).is_some_and(char::is_alphanumeric);
    month(word).filter(|_| is_word).map(|month| (month, start))
}

/// The number of the month that a word names, in full or in short.
pub(crate) fn month(word: &str) -> Option<i8> {
    calendar::month(Small::new(word).as_str())
}

#[cfg(test)]
mod tests;
