//! Dates that may lack a day or month ([`PartialDate`]), and those that a text mentions
//! ([`dates`]).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

mod context;
mod mention;

pub(super) use self::mention::month;
pub use self::mention::{DateMention, dates};

/// A year, a month of a year, or a day, in the proleptic Gregorian calendar.
///
/// Ordered by year, month and day, the less exact date first. Displayed and serialised as in ISO
/// 8601 and EDTF level 0: `2025`, `2025-10`, `2025-10-16`. The year before year 1 is year 0, the
/// one before that `-0001`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// Returns the date of these parts, or `None` if the calendar has no such date or a day comes
    /// without a month.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if day.is_some() && month.is_none() {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// Returns the year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// Returns the month, from 1, if it is known.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// Returns the day of the month, from 1, if it is known.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// Returns the first day that this date covers.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// Returns the last day that this date covers.
    pub fn last_day(self) -> jiff::civil::Date {
        match self.day {
            Some(_) => self.first_day(),
            None => jiff::civil::date(self.year, self.month.unwrap_or(12), 1).last_of_month(),
        }
    }

    /// Returns whether any day of this date is within `from..=to`, where `None` leaves an end open.
    ///
    /// ```
    /// use pincite_text::PartialDate;
    /// let october = PartialDate::new(2025, Some(10), None);
    /// assert!(PartialDate::new(2025, None, None).unwrap().overlaps(october, None));
    /// assert!(!PartialDate::new(2024, None, None).unwrap().overlaps(october, None));
    /// ```
    pub fn overlaps(self, from: Option<PartialDate>, to: Option<PartialDate>) -> bool {
        from.is_none_or(|from| from.first_day() <= self.last_day())
            && to.is_none_or(|to| self.first_day() <= to.last_day())
    }

    /// Parses a date as people and programs write it in metadata: what [`PartialDate::from_str`]
    /// accepts, `YYYYMMDD`, or else the first single date that `text` mentions.
    ///
    /// Day and month are kept only if their order is certain: `05/06/2025` is parsed as 2025.
    ///
    /// ```
    /// use pincite_text::PartialDate;
    /// let date = PartialDate::parse_lenient("Updated On: 16-Oct-2025 @ 4:10 pm");
    /// assert_eq!(date.unwrap().to_string(), "2025-10-16");
    /// ```
    pub fn parse_lenient(text: &str) -> Option<PartialDate> {
        let text = text.trim();
        if let Some(date) = text.parse().ok().or_else(|| compact(text)) {
            return Some(date);
        }
        let mention = dates(text).into_iter().find(|mention| mention.from == mention.to)?;
        Some(mention.from)
    }
}

/// Parses `YYYYMMDD`.
fn compact(text: &str) -> Option<PartialDate> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    PartialDate::new(text[..4].parse().ok()?, text[4..6].parse().ok(), text[6..].parse().ok())
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}", self.year.unsigned_abs())?;
        if let Some(month) = self.month {
            write!(f, "-{month:02}")?;
        }
        if let Some(day) = self.day {
            write!(f, "-{day:02}")?;
        }
        Ok(())
    }
}

impl FromStr for PartialDate {
    type Err = String;

    /// Parses `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time after the day (`T…`) is ignored.
    fn from_str(text: &str) -> Result<Self, String> {
        iso(text)
            .ok_or_else(|| format!("“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"))
    }
}

fn iso(text: &str) -> Option<PartialDate> {
    let date = text.split(['T', ' ']).next()?;
    let (sign, date) = match date.strip_prefix('-') {
        Some(date) => (-1, date),
        None => (1, date),
    };
    if !date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
        return None;
    }
    let mut parts = date.splitn(3, '-');
    let year: i16 = parts.next().filter(|year| year.len() == 4)?.parse().ok()?;
    let month = parts.next().map(str::parse).transpose().ok()?;
    let day = parts.next().map(str::parse).transpose().ok()?;
    PartialDate::new(sign * year, month, day)
}

impl TryFrom<String> for PartialDate {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        text.parse()
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        text.parse().unwrap()
    }

    #[test]
    fn impossible_dates_are_refused() {
        assert!(PartialDate::new(2025, None, Some(1)).is_none());
        assert!(PartialDate::new(2025, Some(2), Some(29)).is_none());
        assert!(PartialDate::new(2025, Some(13), None).is_none());
        assert!(PartialDate::new(2024, Some(2), Some(29)).is_some());
        for text in ["", "97", "1997-", "1997-13", "+997", "1997-02-30", "-997-01", "--997"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn display_and_parse_round_trip() {
        for text in ["-0479", "-0043-03-15", "0000", "0997", "1997", "1997-10", "1997-10-16"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2025-10-16T09:00:00Z"), date("2025-10-16"));
    }

    #[test]
    fn first_and_last_days() {
        assert_eq!(date("2024-02").last_day(), jiff::civil::date(2024, 2, 29));
        assert_eq!(date("2024").last_day(), jiff::civil::date(2024, 12, 31));
        assert!(date("2025").overlaps(Some(date("2025-10")), Some(date("2025-12"))));
        assert!(date("2025-10-16").overlaps(Some(date("2025-10")), None));
        assert!(!date("2025-09").overlaps(Some(date("2025-10")), None));
        assert!(!date("2026").overlaps(None, Some(date("2025"))));
        assert!(date("2026").overlaps(None, None));
    }

    #[test]
    fn lenient_parsing() {
        for (text, expected) in [
            ("16-Oct-2025 @ 4:10 pm", "2025-10-16"),
            ("October 16, 2025", "2025-10-16"),
            ("Thu, 16 Oct 2025 09:00:00 GMT", "2025-10-16"),
            ("2025-10-16T09:00:00Z", "2025-10-16"),
            (" 2025-10-16 09:00", "2025-10-16"),
            ("20251016", "2025-10-16"),
            ("2001-02", "2001-02"),
            ("2025", "2025"),
            ("Oct. 2025", "2025-10"),
            ("16/10/2025", "2025-10-16"),
            ("05/06/2025", "2025"),
            ("Published: 3rd of March, 2024 | Updated: 5 March 2024", "2024-03-03"),
        ] {
            assert_eq!(PartialDate::parse_lenient(text), Some(date(expected)), "{text}");
        }
        for text in ["", "soon", "1996–2001", "4:10 pm", "99999999"] {
            assert_eq!(PartialDate::parse_lenient(text), None, "{text}");
        }
    }
}
