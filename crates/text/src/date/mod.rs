//! Dates: [`PartialDate`], as far as a date is known, and [`dates`], those that a text mentions.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

mod context;
mod mention;

pub(super) use self::mention::month;
pub use self::mention::{DateMention, dates};

/// A date as far as it is known: a year, a month of a year, or a day (proleptic Gregorian calendar).
///
/// Ordered as the year, month and day are, the less exact first. Written, and serialised, as in ISO 8601 and EDTF level
/// 0: `2025`, `2025-10`, `2025-10-16`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartialDate {
    year: i16,
    month: Option<i8>,
    day: Option<i8>,
}

impl PartialDate {
    /// The date of these parts, or `None` where the calendar has none such, or a day comes without its month.
    pub fn new(year: i16, month: Option<i8>, day: Option<i8>) -> Option<Self> {
        if day.is_some() && month.is_none() {
            return None;
        }
        jiff::civil::Date::new(year, month.unwrap_or(1), day.unwrap_or(1)).ok()?;
        Some(Self { year, month, day })
    }

    /// The year.
    pub fn year(self) -> i16 {
        self.year
    }

    /// The month, from 1, where it is known.
    pub fn month(self) -> Option<i8> {
        self.month
    }

    /// The day of the month, from 1, where it is known.
    pub fn day(self) -> Option<i8> {
        self.day
    }

    /// The first day that it may mean.
    pub fn first_day(self) -> jiff::civil::Date {
        jiff::civil::date(self.year, self.month.unwrap_or(1), self.day.unwrap_or(1))
    }

    /// The last day that it may mean.
    pub fn last_day(self) -> jiff::civil::Date {
        let month = jiff::civil::date(self.year, self.month.unwrap_or(12), 1);
        match self.day {
            Some(_) => self.first_day(),
            None => month.last_of_month(),
        }
    }
}

impl PartialDate {
    /// Whether it may fall within `from..=to`, where `None` leaves an end open.
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

    /// Reads a date as people and programs write it in metadata: as [`PartialDate::from_str`] does, or the first one
    /// that `text` mentions.
    ///
    /// Day and month are taken only where their order is certain: `05/06/2025` is known to be in 2025, no more.
    ///
    /// ```
    /// use pincite_text::PartialDate;
    /// let date = PartialDate::parse_lenient("Updated On: 16-Oct-2025 @ 4:10 pm");
    /// assert_eq!(date.unwrap().to_string(), "2025-10-16");
    /// ```
    pub fn parse_lenient(text: &str) -> Option<PartialDate> {
        let text = text.trim();
        text.parse().ok().or_else(|| compact(text)).or_else(|| {
            let single = |mention: &DateMention| mention.from == mention.to;
            dates(text).into_iter().find(single).map(|mention| mention.from)
        })
    }
}

/// Reads `YYYYMMDD`.
fn compact(text: &str) -> Option<PartialDate> {
    if text.len() != 8 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    PartialDate::new(text[..4].parse().ok()?, text[4..6].parse().ok(), text[6..].parse().ok())
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}", self.year)?;
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

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; a time behind the day (`T…`) is let be.
    fn from_str(text: &str) -> Result<Self, String> {
        let parse = || {
            let date = text.split(['T', ' ']).next()?;
            if !date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
                return None;
            }
            let mut parts = date.splitn(3, '-');
            let year = parts.next().filter(|y| y.len() == 4)?.parse().ok()?;
            let month = parts.next().map(str::parse).transpose().ok()?;
            let day = parts.next().map(str::parse).transpose().ok()?;
            Self::new(year, month, day)
        };
        parse().ok_or_else(|| format!("“{text}” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"))
    }
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
        for text in ["", "97", "1997-", "1997-13", "+997", "1997-02-30", "-997-01"] {
            assert!(text.parse::<PartialDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn written_and_read_back() {
        for text in ["0997", "1997", "1997-10", "1997-10-16"] {
            assert_eq!(date(text).to_string(), text);
        }
        assert_eq!(date("2025-10-16T09:00:00Z"), date("2025-10-16"));
    }

    #[test]
    fn extent() {
        assert_eq!(date("2024-02").last_day(), jiff::civil::date(2024, 2, 29));
        assert_eq!(date("2024").last_day(), jiff::civil::date(2024, 12, 31));
        assert!(date("2025").overlaps(Some(date("2025-10")), Some(date("2025-12"))));
        assert!(date("2025-10-16").overlaps(Some(date("2025-10")), None));
        assert!(!date("2025-09").overlaps(Some(date("2025-10")), None));
        assert!(!date("2026").overlaps(None, Some(date("2025"))));
        assert!(date("2026").overlaps(None, None));
    }

    #[test]
    fn lenient() {
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
