//! Finds the dates and periods that a text mentions.
//!
//! Every date has a year in digits, so the scan stops only at digits and looks in both directions
//! from there: text without digits costs next to nothing.
//!
//! In all functions `at` and `floor` are byte offsets, and a date must not begin before `floor`.

use super::PartialDate;
use super::context::{begins_token, continues, is_part_of_token, is_year};
use crate::Span;
use crate::english::calendar;
use crate::english::numbers::is_ordinal_ending;
use crate::scan::{
    Small, char_at, char_before, letters, letters_back, skip_digits, skip_space, skip_space_back,
};

/// A date or period that a text mentions: `1997`, `in October 2001`, `16-Oct-2025`, `1996–2001`,
/// `the mid-1990s`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateMention {
    /// Its span, in bytes of the text.
    pub span: Span,
    /// The first date it may mean.
    pub from: PartialDate,
    /// The last date it may mean, inclusive; equal to `from` for a single date.
    pub to: PartialDate,
}

/// The length in years up to which every year of a period is an index term.
const MAX_LISTED_YEARS: i16 = 30;

impl DateMention {
    /// Returns the index terms of this mention, sorted: both ends and their coarser dates, each
    /// year of a period of up to thirty years, and each month of one within a year.
    ///
    /// ```
    /// let terms = |text| pincite_text::dates(text)[0].terms();
    /// assert_eq!(terms("16 October 1997"), ["1997", "1997-10", "1997-10-16"]);
    /// assert_eq!(terms("1996–1998"), ["1996", "1997", "1998"]);
    /// ```
    pub fn terms(&self) -> Vec<String> {
        let (from, to) = (self.from, self.to);
        let mut dates: Vec<PartialDate> = [from, to].into_iter().flat_map(with_coarser).collect();
        if to.year() - from.year() < MAX_LISTED_YEARS {
            let years = from.year()..=to.year();
            dates.extend(years.filter_map(|year| PartialDate::new(year, None, None)));
        }
        if from.year() == to.year()
            && let (Some(first), Some(last)) = (from.month(), to.month())
        {
            let months = first..=last;
            dates.extend(months.filter_map(|it| PartialDate::new(from.year(), Some(it), None)));
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

/// Returns the dates and periods that `text` mentions, in order and disjoint.
///
/// Years are from 1000 to 2100, and a bare number in this range is a year unless the words around
/// it say that it counts or numbers something (`2000 soldiers`, `Resolution 1267`). Other years
/// have an era (`480 BC`, `AD 650`) or are of three digits at the end of a clause (`in 650.`).
/// Years before Christ are counted as in ISO 8601: 1 BC is year 0, 480 BC year -479. A month
/// without a year is not a date. *Early*, *mid* and *late* are the years 0–3, 4–6 and 7–9 of a
/// decade, or four months each of a year. `2001-02` is a pair of years, but a month if the second
/// number cannot be the next year.
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

/// Parses the date, decade or range of days whose first digits are at `at`.
fn date_at(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let end = skip_digits(text, at);
    match end - at {
        1 | 2 => numeric_day(text, at, floor)
            .or_else(|| day_before_month(text, at, floor))
            .or_else(|| day_after_month(text, at, floor))
            .or_else(|| month_and_year(text, at, floor))
            .or_else(|| year_of_era(text, at, floor)),
        3 => month_and_year(text, at, floor).or_else(|| year_of_era(text, at, floor)),
        4 => iso_date(text, at, floor)
            .or_else(|| month_and_year(text, at, floor))
            .or_else(|| year_of_era(text, at, floor))
            .or_else(|| year_or_decade(text, at, floor)),
        _ => None,
    }
    .filter(|mention| mention.span.start >= floor)
}

/// `2025-10-16`, `2025/10/16`, `2025-10`.
fn iso_date(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let year = modern_year_at(text, at)?;
    if !begins_token(text, at, floor) {
        return None;
    }
    let separator = char_at(text, at + 4).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (month, end) = number_at(text, at + 5)?;
    if char_at(text, end) == Some(separator)
        && let Some((day, end)) = number_at(text, end + 1)
    {
        return Some(DateMention::single(at, end, PartialDate::new(year, Some(month), Some(day))?));
    }
    let is_next_year = i16::from(month) == (year + 1) % 100;
    if separator != '-' || end != at + 7 || is_next_year || continues(text, end) {
        return None;
    }
    Some(DateMention::single(at, end, PartialDate::new(year, Some(month), None)?))
}

/// `16/10/2025`, `16.10.2025`, `16-10-2025`; only the year of the ambiguous `05/06/2025`.
fn numeric_day(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let (first, end) = number_at(text, at)?;
    let separator = char_at(text, end).filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, end) = number_at(text, end + 1)?;
    if char_at(text, end) != Some(separator) || !begins_token(text, at, floor) {
        return None;
    }
    let year_start = end + 1;
    let year = modern_year_at(text, year_start)?;
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
    if !begins_token(text, at, floor) {
        return None;
    }
    let (first, end) = day_at(text, at)?;
    let (last, end) = later_day(text, end).unwrap_or((first, end));
    let (month, end) = month_at(text, skip_separator(text, end)?)?;
    let (year, end) = year_at(text, skip_separator(text, end)?)?;
    days(at, end, year, month, [first, last])
}

/// `October 16, 2025`, `Oct 16th 2025`, `October 16–18, 2025`.
fn day_after_month(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let (month, start) = month_before(text, at, floor)?;
    let (first, end) = day_at(text, at)?;
    let (last, end) = later_day(text, end).unwrap_or((first, end));
    let (year, end) = year_at(text, skip_separator(text, end)?)?;
    days(start, end, year, month, [first, last])
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
    let (year, end) = year_at(text, at)?;
    let (month, start) = month_before(text, at, floor)?;
    let date = PartialDate::new(year, Some(month), None)?;
    let earlier = connector_before(text, start, floor)
        .and_then(|connector| month_before(text, connector, floor))
        .filter(|(earlier, _)| *earlier < month);
    if let Some((month, start)) = earlier {
        let from = PartialDate::new(year, Some(month), None)?;
        return Some(DateMention { span: Span::new(start, end), from, to: date });
    }
    Some(DateMention::single(start, end, date))
}

/// `480 BC`, `AD 650`, `480–450 BC`, and `in 650` at the end of a clause.
fn year_of_era(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    if !begins_token(text, at, floor) {
        return None;
    }
    let end = skip_digits(text, at);
    let number: i16 = text[at..end].parse().ok()?;
    let (era, start, end) = if let Some((era, end)) = era_at(text, end) {
        (era, at, end)
    } else if let Some(start) = christian_era_before(text, at, floor) {
        (Era::Christian, start, end)
    } else if let Some(era) = era_of_range(text, end) {
        (era, at, end)
    } else if end - at == 3 && ends_clause_after_in(text, at, end) {
        (Era::Christian, at, end)
    } else {
        return None;
    };
    Some(DateMention::single(start, end, PartialDate::new(era.year(number)?, None, None)?))
}

/// Returns the era after the second year of a range, whose first year ends at `end`: `480–450 BC`.
fn era_of_range(text: &str, end: usize) -> Option<Era> {
    let first = DateMention::single(end, end, PartialDate::new(1, None, None)?);
    let next = connector_after(text, &first)?;
    let last = skip_digits(text, next);
    if last == next || last - next > 4 {
        return None;
    }
    era_at(text, last).map(|(era, _)| era)
}

/// Returns whether nothing that the number could count follows it, and *in* or *year* precedes it.
fn ends_clause_after_in(text: &str, at: usize, end: usize) -> bool {
    let before = skip_space_back(text, at);
    let word = Small::new(letters_back(text, before));
    let mut after = text[end..].chars();
    matches!(word.as_str(), "in" | "year")
        && before < at
        && match after.next() {
            None | Some(';' | ')' | '!' | '?') => true,
            Some('.' | ',') => !after.next().is_some_and(|c| c.is_ascii_digit()),
            _ => false,
        }
}

/// An era that years are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Era {
    BeforeChrist,
    Christian,
}

impl Era {
    /// Returns year `number` of this era as a year of ISO 8601; `None` if there is no such year.
    fn year(self, number: i16) -> Option<i16> {
        match self {
            _ if number == 0 => None,
            Era::Christian => Some(number),
            Era::BeforeChrist => Some(1 - number),
        }
    }
}

/// Parses the era after `at` and white space: `BC`, `B.C.E.`, `AD`; also returns its end.
fn era_at(text: &str, at: usize) -> Option<(Era, usize)> {
    let start = skip_space(text, at);
    let (era, len) = [
        (Era::BeforeChrist, "B.C.E."),
        (Era::BeforeChrist, "BCE"),
        (Era::BeforeChrist, "B.C."),
        (Era::BeforeChrist, "BC"),
        (Era::Christian, "A.D."),
        (Era::Christian, "AD"),
        (Era::Christian, "C.E."),
        (Era::Christian, "CE"),
    ]
    .into_iter()
    .find_map(|(era, name)| text[start..].starts_with(name).then_some((era, name.len())))?;
    let end = start + len;
    (!char_at(text, end).is_some_and(char::is_alphanumeric)).then_some((era, end))
}

/// Returns the start of `AD` or `A.D.` before `at` and white space, if any.
fn christian_era_before(text: &str, at: usize, floor: usize) -> Option<usize> {
    let end = skip_space_back(text, at);
    let name = ["AD", "A.D."].into_iter().find(|name| text[..end].ends_with(name))?;
    let start = end - name.len();
    let is_word = !char_before(text, start).is_some_and(char::is_alphanumeric);
    (is_word && end < at && start >= floor).then_some(start)
}

/// `1997`, `early 2022`, `post-2001`, `the 1990s`, `mid-1990s`.
fn year_or_decade(text: &str, at: usize, floor: usize) -> Option<DateMention> {
    let year = modern_year_at(text, at)?;
    let end = at + 4;
    let (part, start) = match part_before(text, at, floor) {
        Some((part, start)) => (Some(part), start),
        None => (None, at),
    };
    if part.is_none() && !begins_token(text, at, floor) {
        return None;
    }
    if year % 10 == 0 && letters(text, end) == "s" {
        let (first, last) = decade(year, part);
        let from = PartialDate::new(first, None, None)?;
        let to = PartialDate::new(last, None, None)?;
        return Some(DateMention { span: Span::new(start, end + 1), from, to });
    }
    if part.is_none() && !is_year(text, at, year) || is_part_of_token(text, end) {
        return None;
    }
    let date = PartialDate::new(year, None, None)?;
    let (from, to) = part.and_then(|part| part.months(year)).unwrap_or((date, date));
    Some(DateMention { span: Span::new(start, end), from, to })
}

/// Returns the first and last year of a decade or a third of it, or of a century in the case of
/// `1800s`.
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

/// Parses the `early`, `mid` or `late` before the year at `at`; also returns its start.
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

/// Extends `mention` to the end of the period that it begins: `1996–2001`, `1996–97`, `from 1996 to
/// 2001`, `between … and …`.
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

/// Returns the offset after the `to`, `and` or dash that follows `mention`, if any.
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

/// Returns the length in bytes of the dash at `at`: `-`, `–`, or the typewriter's `--`.
fn dash_at(text: &str, at: usize) -> Option<usize> {
    ["--", "–", "-"].into_iter().find(|dash| text[at..].starts_with(dash)).map(str::len)
}

/// Returns the start of the `to` or dash before `at`, if any.
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

/// Parses the year at `at`, with its era if it has one; also returns its end. Without an era it is
/// a [`modern_year_at`].
fn year_at(text: &str, at: usize) -> Option<(i16, usize)> {
    let end = skip_digits(text, at);
    if (1..=4).contains(&(end - at))
        && let Some((era, era_end)) = era_at(text, end)
    {
        return Some((era.year(text[at..end].parse().ok()?)?, era_end));
    }
    modern_year_at(text, at).map(|year| (year, at + 4))
}

/// Parses the year at `at`: four digits, from 1000 to 2100, with no digit after them.
fn modern_year_at(text: &str, at: usize) -> Option<i16> {
    let digits = text.get(at..at + 4).filter(|_| skip_digits(text, at) == at + 4)?;
    digits.parse().ok().filter(|year| (1000..=2100).contains(year))
}

/// Parses the number of one or two digits at `at`; also returns its end.
fn number_at(text: &str, at: usize) -> Option<(i8, usize)> {
    if !text.is_char_boundary(at) {
        return None;
    }
    let end = skip_digits(text, at);
    if end - at > 2 {
        return None;
    }
    Some((text[at..end].parse().ok()?, end))
}

/// Parses the day of the month at `at`, `16` or `16th`; also returns its end.
fn day_at(text: &str, at: usize) -> Option<(i8, usize)> {
    let (day, end) = number_at(text, at)?;
    let ending = letters(text, end);
    let len = if is_ordinal_ending(ending) { ending.len() } else { 0 };
    (1..=31).contains(&day).then_some((day, end + len))
}

/// Parses the `–18` of `16–18 October`.
fn later_day(text: &str, at: usize) -> Option<(i8, usize)> {
    let dash = char_at(text, at).filter(|c| matches!(c, '-' | '–'))?;
    day_at(text, at + dash.len_utf8())
}

/// Returns the offset after a separator of day, month and year: white space, a comma, a hyphen or
/// `of`. `None` if there is no separator.
fn skip_separator(text: &str, at: usize) -> Option<usize> {
    let mark = char_at(text, at).filter(|c| matches!(c, ',' | '-'));
    let after = skip_space(text, at + mark.map_or(0, char::len_utf8));
    let after = match letters(text, after) {
        word @ ("of" | "Of") => skip_space(text, after + word.len()),
        _ => after,
    };
    (after > at).then_some(after)
}

/// Parses the name of a month at `at`, in full or abbreviated; also returns its end.
fn month_at(text: &str, at: usize) -> Option<(i8, usize)> {
    let word = letters(text, at);
    let end = at + word.len();
    month(word).map(|month| (month, end + usize::from(text[end..].starts_with('.'))))
}

/// Parses the name of a month before `at` and white space, a comma or `of`; also returns its start.
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

/// Returns the number of the month, from 1, that a word names in full or abbreviated.
pub(crate) fn month(word: &str) -> Option<i8> {
    calendar::month(Small::new(word).as_str())
}

#[cfg(test)]
mod tests;
