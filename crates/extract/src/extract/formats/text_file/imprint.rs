//! Parses the lines of a plain text with metadata: bylines, timestamps, datelines, copyright lines,
//! mastheads.
//!
//! A wrong author is worse than none, so only unambiguous lines are parsed. The caller marks the
//! results as inferred.

use serde_json::Value;

use super::super::boilerplate::control;
use super::super::name;
use crate::text::english::Words;
use crate::text::english::calendar::begins_with_weekday;
use crate::text::english::press::{Press, press};
use crate::text::{PartialDate, Span, dates};

/// The authors of an article, from its byline.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Byline {
    /// The authors as CSL names.
    pub(super) authors: Vec<Value>,
    /// The outlet, if the byline has one.
    pub(super) outlet: Option<String>,
}

/// The date of an article, from a line near it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day.
    pub(super) date: PartialDate,
    /// Whether it is the date of the last update, not of publication.
    pub(super) updated: bool,
    /// Whether the line is only a date, which may be the day on which the page was saved.
    pub(super) bare: bool,
}

/// Parses a line that is a byline: `By A B`, `By: A B, role, outlet`, `Written by A B and C D`.
pub(super) fn byline(line: &str) -> Option<Byline> {
    const MAX_LEN: usize = 160;
    if line.len() > MAX_LEN {
        return None;
    }
    let (rest, is_certain) = strip_lead(line)?;
    let mut parts = rest.split(',').map(str::trim).peekable();
    let mut persons = parts.next()?.to_owned();
    // More names in the list: “By A B, C D and E F”.
    while let Some(next) = parts.next_if(|part| part.contains(" and ") && are_names(part)) {
        persons = format!("{persons}, {next}");
    }
    let further: Vec<&str> = parts.collect();
    let authors = name::people(&persons);
    // “By Land and Sea” is a heading. Without a colon, accept only persons and organisations.
    if persons.split_whitespace().any(is_run_together)
        || !are_names(&persons)
        || (!is_certain && authors.iter().any(is_doubtful))
        || further.len() > 3
    {
        return None;
    }
    let has_role = further.first().is_some_and(|part| is_role(part));
    if !further.iter().all(|part| name::is_capitalised(part) || is_role(part)) {
        return None;
    }
    let outlet = match further[..] {
        [_, .., last] if has_role && !is_role(last) => Some(last.to_owned()),
        [only] if is_press(only) => Some(only.to_owned()),
        _ => None,
    };
    Some(Byline { authors, outlet })
}

/// Returns whether a CSL name is neither a person nor an organisation.
fn is_doubtful(author: &Value) -> bool {
    author["literal"].as_str().is_some_and(|literal| !name::is_body(literal))
}

/// Returns the text after “By”, and whether the line is certainly a byline.
fn strip_lead(line: &str) -> Option<(&str, bool)> {
    for lead in press().byline_leads.iter() {
        if let Some(rest) = strip_prefix_ignoring_case(line, lead) {
            return Some((rest.trim_start_matches([':', ' ']).trim(), true));
        }
    }
    let rest = strip_prefix_ignoring_case(line, "By ")?;
    Some((rest.trim(), false))
}

fn strip_prefix_ignoring_case<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = line.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Returns whether this may be a list of names, by its capitals and length.
fn are_names(list: &str) -> bool {
    const MAX_WORDS: usize = 12;
    let words: Vec<&str> =
        list.split_whitespace().filter(|word| !matches!(*word, "and" | "&")).collect();
    let is_sentence =
        list.ends_with(['?', '!', ':']) || (list.ends_with('.') && !list.ends_with("Jr."));
    !is_sentence && words.len() <= MAX_WORDS && name::is_capitalised(&words.join(" "))
}

/// Returns whether a word is two words without the space between them, from a badly saved page:
/// “ExampleStaff”, but not “McExample”.
fn is_run_together(word: &str) -> bool {
    const PREFIX: usize = 3;
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).skip(PREFIX).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
}

fn is_role(part: &str) -> bool {
    words_of(part).any(|word| press().roles.contains(&word))
}

fn is_press(name: &str) -> bool {
    words_of(name).any(|word| press().publishers.contains(&word))
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

/// Parses a line with a timestamp: `Updated On: 16-Oct-2025 @ 4:10 pm`, `Published 3 May 2024`, or
/// only a date.
pub(super) fn stamp(line: &str) -> Option<Stamp> {
    const MAX_LEN: usize = 120;
    if line.len() > MAX_LEN {
        return None;
    }
    if let Some((date, span)) = leading_date(line) {
        // A year or a month alone may be a heading.
        let is_day = date.day().is_some() && span.end == line.len();
        return is_day.then_some(Stamp { date, updated: false, bare: true });
    }
    line.split('|').map(str::trim).find_map(labelled_stamp)
}

/// Parses a timestamp that begins with a label such as `Published:`.
fn labelled_stamp(text: &str) -> Option<Stamp> {
    let lower = text.to_ascii_lowercase();
    let label = |labels: &Words| labels.iter().find(|label| lower.starts_with(label));
    let updated = label(&press().updated);
    let label = updated.or_else(|| label(&press().published))?;
    let rest = text[label.len()..].trim_start_matches([':', ' ']);
    let rest = rest.strip_prefix("on").or_else(|| rest.strip_prefix("On")).unwrap_or(rest);
    let (date, _) = leading_date(rest.trim_start_matches([':', ' ']))?;
    date.day().map(|_| Stamp { date, updated: updated.is_some(), bare: false })
}

/// Parses the date at the start of a text, with or without the day of the week; also returns its
/// span.
fn leading_date(text: &str) -> Option<(PartialDate, Span)> {
    let date = dates(text).into_iter().next().filter(|date| date.from == date.to)?;
    let before = text[..date.span.start].trim_end_matches([',', ' ', '.']).to_lowercase();
    let is_weekday = begins_with_weekday(&before) && !before.contains(' ');
    (before.is_empty() || is_weekday).then_some((date.from, date.span))
}

/// Parses the outlet at the start of the first paragraph: `Sample Press: …`, `Exemplar- …`.
///
/// Most datelines name a place instead, so known places are rejected, and so are names that the
/// body repeats: articles often mention the places they are about, but rarely their publisher.
pub(super) fn dateline<'a>(paragraph: &'a str, body: &str) -> Option<&'a str> {
    const MAX_CHARS: usize = 40;
    let (end, mark) = paragraph
        .char_indices()
        .take(MAX_CHARS)
        .find(|(_, c)| matches!(c, ':' | '-' | '–' | '—'))?;
    let (name, rest) = (&paragraph[..end], &paragraph[end + mark.len_utf8()..]);
    let is_spaced = rest.starts_with(' ')
        && rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"'));
    let name = if mark == ':' || name.ends_with(' ') { name.trim_end() } else { name };
    let words = name.split_whitespace().count();
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    if !is_plain || !is_spaced || !(1..=3).contains(&words) || !name::is_capitalised(name) {
        return None;
    }
    if words_of(name).any(|word| press().openers.contains(&word)) {
        return None;
    }
    let is_outlet = is_press(name) || press().agencies.contains(name);
    let may_be_place = words_of(name).any(|word| press().places.contains(&word))
        || !name.chars().any(char::is_lowercase);
    let is_doubtful = mark == ':' || may_be_place || is_repeated(body, name);
    (is_outlet || !is_doubtful).then_some(name)
}

/// Returns whether `text` has `name` as a whole word more than once.
fn is_repeated(text: &str, name: &str) -> bool {
    let is_whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(name).filter(|&(at, _)| is_whole(at)).nth(1).is_some()
}

/// Parses the copyright holder in a footer: `© Sample Desk, 2024 | …`.
///
/// The year is that of the page, not of the article, but distinguishes a footer from a photo
/// credit.
pub(super) fn copyright_holder(line: &str) -> Option<&str> {
    let (_, after) = line.split_once('©').or_else(|| line.split_once("(c)"))?;
    let is_year = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',');
    let has_year = line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let after = ["Copyright", "All Rights Reserved"].iter().fold(after, |rest, words| {
        rest.trim_start_matches(is_year).strip_prefix(words).unwrap_or(rest)
    });
    let name = after.trim_start_matches(is_year).split(['|', ',', '.', '•', '·']).next()?;
    let name = name.split(" All ").next()?.trim_end_matches(is_year);
    let words = name.split_whitespace().count();
    (has_year && (1..=5).contains(&words) && name::is_capitalised(name)).then_some(name)
}

/// Parses the name of an outlet alone on a line above an article. Rubrics, which look the same, are
/// rejected.
pub(super) fn masthead(line: &str) -> Option<&str> {
    if control(line).is_some() {
        return None;
    }
    let words: Vec<String> = words_of(line).collect();
    let Press { publishers, rubrics, .. } = press();
    let is_press = |word: &String| {
        publishers
            .iter()
            .any(|press| word == press || (press.len() >= 4 && word.starts_with(press)))
    };
    let has_rubric = words.iter().any(|word| rubrics.contains(word));
    let has_own_name =
        words.iter().any(|word| !rubrics.contains(word) && !publishers.contains(word));
    let is_short_name = (1..=3).contains(&words.len()) && name::is_capitalised(line);
    (is_short_name && has_own_name && !has_rubric && words.iter().any(is_press)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines() {
        let read = |line| {
            let Byline { authors, outlet } = byline(line)?;
            let author = authors.first()?;
            let name = author.get("family").or(author.get("literal"))?.as_str()?;
            Some(format!("{name} {}", outlet.unwrap_or_default()))
        };
        assert_eq!(read("By Rowan Example").as_deref(), Some("Example "));
        assert_eq!(
            read("By: Rowan Example, Consulting Editor, Sample Corpus").as_deref(),
            Some("Example Sample Corpus")
        );
        assert_eq!(read("By Rowan Example, Staff Writer").as_deref(), Some("Example "));
        assert_eq!(
            read("Written by Rowan Example, Sample Times").as_deref(),
            Some("Example Sample Times")
        );
        assert_eq!(read("By: Samplers").as_deref(), Some("Samplers "));
        assert_eq!(
            byline("By Rowan Example, Dana Sample and Alex Model").map(|b| b.authors.len()),
            Some(3)
        );
    }

    #[test]
    fn lines_that_only_begin_like_a_byline() {
        for line in [
            "By Thursday the town had fallen",
            "By Force",
            "By Land and Sea",
            "By and large",
            "By the Numbers: Trade",
            "Bystanders Told Police",
            "By Rail, by Road",
        ] {
            assert_eq!(byline(line), None, "{line}");
        }
    }

    #[test]
    fn stamps() {
        let read = |line| stamp(line).map(|stamp| (stamp.date.to_string(), stamp.updated));
        assert_eq!(
            read("logo : | Updated On: 16-Oct-2025 @ 4:10 pm"),
            Some(("2025-10-16".into(), true))
        );
        assert_eq!(read("Published: May 3, 2024 10:30 IST"), Some(("2024-05-03".into(), false)));
        assert_eq!(read("3 May 2024"), Some(("2024-05-03".into(), false)));
        assert_eq!(read("1997"), None);
        assert_eq!(read("Updated rules for the gate"), None);
    }

    #[test]
    fn datelines_name_outlets_not_places() {
        let body = "They said that in Zhob nobody had slept. Zhob waits.";
        let read = |paragraph| dateline(paragraph, body);
        assert_eq!(read("Sample Press: The truce held."), Some("Sample Press"));
        assert_eq!(read("Exemplar- The truce held."), Some("Exemplar"));
        assert_eq!(read("AFP: The truce held."), Some("AFP"));
        for line in [
            "Kabul- The truce held.",
            "ISLAMABAD: The truce held.",
            "Conclusion: the truce held.",
            "Zhob – The truce held.",
        ] {
            assert_eq!(read(line), None, "{line}");
        }
        assert_eq!(read("Spin-off effects were felt."), None);
    }

    #[test]
    fn copyright_lines_and_mastheads() {
        assert_eq!(
            copyright_holder("To the top © SampleInk, 2021 | Powered by Model"),
            Some("SampleInk")
        );
        assert_eq!(
            copyright_holder("Copyright © 2025 The Sample Times. All rights reserved."),
            Some("The Sample Times")
        );
        assert_eq!(masthead("Newsample"), Some("Newsample"));
        assert_eq!(copyright_holder("© Sample Images"), None);
        assert_eq!(masthead("World News"), None);
        assert_eq!(masthead("Pakistan"), None);
    }
}
