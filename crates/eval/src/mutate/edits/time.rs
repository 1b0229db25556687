//! Changes years, months and days.

use pincite_core::text::english::calendar::{month, month_name, weekday_names};

use super::amounts::listed;
use crate::mutate::corpus::SentenceCorpus;
use crate::mutate::sentence::{Sentence, capitalized};

/// The numbers of years by which a year is moved.
pub(super) const NEAR: [i32; 4] = [-3, -2, 2, 3];
pub(super) const DECADES: [i32; 6] = [-30, -20, -10, 10, 20, 30];
const SINCE: [i32; 6] = [-12, -6, -3, 3, 6, 12];
const ON: [i32; 2] = [2, 3];

/// The latest year to move another one to: a claim about the far future would give itself away.
const LATEST: i32 = 2026;

/// Words before *in* or a month that leave room for another time near it.
const VAGUE: &str = "about approximately around before after by circa early late mid since until \
    till through between from to";

/// Returns the year at `at`: four digits from 1000 to 2100 within a date.
fn year(sentence: &Sentence, at: usize) -> Option<i32> {
    let word = sentence.word(at);
    let span = sentence.tokens.get(at)?.span;
    let is_date =
        sentence.dates.iter().any(|it| it.span.start <= span.start && span.end <= it.span.end);
    let year: i32 = word.parse().ok().filter(|_| word.len() == 4 && is_date)?;
    (1000..=2100).contains(&year).then_some(year)
}

/// Returns whether the word after a date makes both the name of something: *1999 World Cup*.
fn names_something(sentence: &Sentence, last: usize) -> bool {
    sentence.is_followed(last)
        && (sentence.is_capital(last + 1)
            || listed("attack attacks war agreement election elections", sentence.folded(last + 1)))
}

/// Returns the place of the first word of the date that ends with the year at `at`, where it is one
/// that happens at a time: `in 1997`, `in May 1997`, `on 14 May 1997`, `on May 14, 1997`.
fn begins_at(sentence: &Sentence, at: usize) -> Option<usize> {
    let mut first = at;
    for _ in 0..2 {
        let before = first.checked_sub(1)?;
        let word = sentence.folded(before);
        let is_day = word.len() <= 2 && word.parse::<u8>().is_ok();
        let is_month = month(word).is_some() && sentence.is_capital(before);
        if !(is_day || is_month) {
            break;
        }
        first = before;
    }
    let before = first.checked_sub(1)?;
    let is_placed = listed("in on", sentence.folded(before))
        || first < at && !sentence.is_capital(before) && !listed(VAGUE, sentence.folded(before));
    let is_vague =
        listed(VAGUE, sentence.folded_before(before, 1)) || sentence.folded(before) == "the";
    (is_placed && !is_vague && !names_something(sentence, at)).then_some(first)
}

/// Returns the sentence with a year moved, for each that something happens in. The year is free,
/// not in a name, and not vague (*around*, *before*, *by*); the new one is not in the sentence.
pub(super) fn year_moved(sentence: &Sentence, by: &[i32]) -> Vec<String> {
    let places =
        sentence.places(|at| year(sentence, at).is_some() && begins_at(sentence, at).is_some());
    places.into_iter().flat_map(|at| moved(sentence, at, by)).collect()
}

/// Returns the sentence with the year at `at` moved in each of these ways.
fn moved(sentence: &Sentence, at: usize, by: &[i32]) -> Vec<String> {
    let Some(old) = year(sentence, at) else { return Vec::new() };
    let years = by.iter().map(|by| old + by).filter(|new| *new <= LATEST.max(old));
    let years = years.filter(|new| !sentence.text.contains(&new.to_string()));
    years.map(|new| sentence.with_word(at, &new.to_string())).collect()
}

/// Returns the sentence with the year after *since*, or *since* and a month, moved.
pub(super) fn since_moved(sentence: &Sentence) -> Vec<String> {
    let is_since = |at: usize| {
        let month_before = month(sentence.folded_before(at, 1)).is_some();
        let back = if month_before { 2 } else { 1 };
        sentence.folded_before(at, back) == "since"
            && year(sentence, at).is_some()
            && !names_something(sentence, at)
    };
    let places = sentence.places(is_since);
    places.into_iter().flat_map(|at| moved(sentence, at, &SINCE)).collect()
}

/// Returns the sentence with the last year of a range moved on: `from 1996 to 2001`, `between 1996
/// and 2001`.
pub(super) fn range_end_moved(sentence: &Sentence) -> Vec<String> {
    let is_end = |at: usize| {
        let Some(first) = at.checked_sub(2) else { return false };
        let before = sentence.folded_before(first, 1);
        let joined = sentence.folded(at - 1);
        let is_range =
            matches!((before, joined), ("from", "to" | "until" | "through") | ("between", "and"));
        is_range
            && year(sentence, first).zip(year(sentence, at)).is_some_and(|(from, to)| from < to)
            && !names_something(sentence, at)
    };
    let places = sentence.places(is_end);
    places.into_iter().flat_map(|at| moved(sentence, at, &ON)).collect()
}

/// Returns the sentence with a month changed to one at least two months away that the sentence does
/// not have. The month has a day or a year beside it, or *in* before it.
pub(super) fn month_changed(sentence: &Sentence) -> Vec<String> {
    let mut claims = Vec::new();
    for at in sentence.places(|at| is_month(sentence, at)) {
        let Some(old) = month(sentence.folded(at)) else { continue };
        let day = day_beside(sentence, at).unwrap_or(1);
        for new in 1..=12 {
            let distance = (new - old).rem_euclid(12).min((old - new).rem_euclid(12));
            let has_day =
                day <= 28 || day <= 30 && new != 2 || matches!(new, 1 | 3 | 5 | 7 | 8 | 10 | 12);
            let Some(name) = month_name(new).filter(|_| distance >= 2 && has_day) else { continue };
            if !sentence.has(&[&*name.to_lowercase()]) {
                claims.push(sentence.with_word(at, name));
            }
        }
    }
    claims
}

/// Returns whether the word at `at` is a month in which something happens, by its full name.
fn is_month(sentence: &Sentence, at: usize) -> bool {
    let folded = sentence.folded(at);
    let is_full =
        month(folded).and_then(month_name).is_some_and(|name| name.to_lowercase() == folded);
    if !is_full || !sentence.is_capital(at) {
        return false;
    }
    let has_day = day_beside(sentence, at).is_some();
    let day_before = has_day && sentence.folded_before(at, 1).parse::<u8>().is_ok();
    let first = if day_before { at - 1 } else { at };
    let mut last = if has_day && !day_before { at + 1 } else { at };
    if year(sentence, last + 1).is_some() {
        last += 1;
    }
    let before = sentence.folded_before(first, 1);
    let is_placed = if has_day { before == "on" || first == 0 } else { before == "in" };
    is_placed
        && !listed(VAGUE, sentence.folded_before(first, 2))
        && !names_something(sentence, last)
}

/// Returns the day of the month beside the month at `at`.
fn day_beside(sentence: &Sentence, at: usize) -> Option<i8> {
    let day = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
        digits.parse().ok().filter(|day| (1..=31).contains(day))
    };
    day(sentence.folded_before(at, 1)).or_else(|| day(sentence.folded(at + 1)))
}

/// Returns the sentence with a day of the week changed to one at least two days away that the
/// sentence does not have. The day is not in a name, and not vague.
pub(super) fn weekday_changed(sentence: &Sentence) -> Vec<String> {
    let weekdays = weekday_names();
    let mut claims = Vec::new();
    for at in sentence.places(|at| sentence.is_capital(at)) {
        let Some(old) = weekdays.iter().position(|name| name == sentence.folded(at)) else {
            continue;
        };
        let before = sentence.folded_before(at, 1);
        let is_placed = listed("on last next early late", before);
        let in_name = sentence.is_capital(at + 1) && sentence.gap(at) == " ";
        if !is_placed || in_name || sentence.word(at).len() != weekdays[old].len() {
            continue;
        }
        for (new, name) in weekdays.iter().enumerate() {
            let distance = (new + 7 - old) % 7;
            if (2..=5).contains(&distance) && !sentence.has(&[name]) {
                claims.push(sentence.with_word(at, &capitalized(name)));
            }
        }
    }
    claims
}

/// Returns the sentence with a day made up for a month: `in March 1997` becomes `on 14 March 1997`.
/// Not where another sentence about the same things gives a day of that month: then the claim is
/// said, or denied, there.
pub(super) fn day_made_up(sentence: &Sentence, corpus: &SentenceCorpus) -> Vec<String> {
    let is_known = |at: usize| {
        corpus.others_about(sentence, sentence.folded(at)).any(|other| {
            let month = (0..other.tokens.len()).find(|it| other.folded(*it) == sentence.folded(at));
            month.is_some_and(|month| day_beside(other, month).is_some())
        })
    };
    let is_place = |at: usize| {
        is_month(sentence, at)
            && day_beside(sentence, at).is_none()
            && sentence.folded_before(at, 1) == "in"
            && !is_known(at)
    };
    let with_days = |at: usize| {
        let on = if sentence.is_capital(at - 1) { "On" } else { "on" };
        let span = sentence.span(at - 1, at);
        let claim =
            move |day: i32| sentence.with(span, &format!("{on} {day} {}", sentence.word(at)));
        [6, 9, 14, 17, 23, 27].map(claim)
    };
    sentence.places(is_place).into_iter().flat_map(with_days).collect()
}
