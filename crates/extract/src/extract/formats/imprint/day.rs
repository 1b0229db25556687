//! Finds the days in an imprint, in English and a few other languages.

use crate::text::english::calendar::begins_with_weekday;
use crate::text::english::press::press;
use crate::text::{PartialDate, Span, dates};

/// Returns the single dates of a line that have a month, in order, each with its span.
pub(super) fn days(line: &str) -> Vec<(PartialDate, Span)> {
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let mut found: Vec<(PartialDate, Span)> = dates(line)
        .into_iter()
        .filter(|date| date.from == date.to && date.from.month().is_some())
        .map(|date| (date.from, date.span))
        .collect();
    if found.is_empty() {
        found.extend(foreign(line));
    }
    found
}

/// Parses the first day with the name of a month in another language: `4. März 2021`, `4 mai 2021`,
/// `4 de mayo de 2021`.
fn foreign(line: &str) -> Option<(PartialDate, Span)> {
    let offset = |word: &str| word.as_ptr() as usize - line.as_ptr() as usize;
    let words: Vec<&str> = line
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter(|word| !matches!(*word, "" | "de" | "del" | "d’" | "of"))
        .collect();
    words.windows(3).find_map(|words| {
        let [day, month, year] = words else { return None };
        if !day.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let number = day.trim_end_matches(['.', 'º', '°']).trim_end_matches("er").parse().ok()?;
        let month = month.trim_end_matches('.').to_lowercase();
        let month = press().foreign_months.iter().position(|names| names.contains(&month))?;
        let digits = year.trim_end_matches(|c: char| !c.is_ascii_digit());
        let is_year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let month = i8::try_from(month + 1).ok();
        let date = PartialDate::new(digits.parse().ok().filter(|_| is_year)?, month, Some(number))?;
        Some((date, Span::new(offset(day), offset(year) + digits.len())))
    })
}

/// Returns whether a text is nothing, a day of the week or a word before a day.
pub(super) fn may_precede_day(text: &str) -> bool {
    let text = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let mut words = text.split_whitespace();
    words.all(|word| {
        (begins_with_weekday(word) && word.len() <= 9) || press().before_days.contains(word)
    })
}

/// Returns whether a text is nothing or a time: `at 4:10 pm`, `10.30 IST`, `07:15 Uhr`.
pub(super) fn is_time(text: &str) -> bool {
    let is_part = |word: &str| {
        let is_clock = word.starts_with(|c: char| c.is_ascii_digit())
            && word.trim_end_matches("am").trim_end_matches("pm").len() <= 8
            && word
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, ':' | '.' | 'h' | 'a' | 'p' | 'm'));
        let is_zone = (2..=5).contains(&word.len())
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '+');
        is_clock
            || is_zone
            || press().time_words.contains(&word.trim_end_matches('.').to_lowercase())
    };
    let mut words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '@' | '(' | ')' | ','))
        .filter(|word| !word.is_empty());
    words.all(is_part)
}
