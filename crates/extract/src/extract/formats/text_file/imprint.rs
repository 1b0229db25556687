//! What a bare text says of itself: by-lines, stamps of time, datelines, copyright lines, mastheads.
//!
//! A wrong author is worse than none, so each is read only where its form leaves no doubt; what is read is marked as
//! inferred by the caller.

use serde_json::Value;

use super::super::boilerplate::control;
use super::super::name;
use crate::text::english::Words;
use crate::text::english::calendar::begins_with_weekday;
use crate::text::english::press::{Press, press};
use crate::text::{PartialDate, Span, dates};

/// Who wrote an article, as its by-line has it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Byline {
    /// The authors, as CSL names.
    pub(super) authors: Vec<Value>,
    /// For whom, where the by-line says so.
    pub(super) outlet: Option<String>,
}

/// When an article appeared, as a line beside it has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The day.
    pub(super) date: PartialDate,
    /// Whether it is that of the last change, not of publication.
    pub(super) updated: bool,
    /// Whether the line says no more than the date: it may then as well be the day on which the page was saved.
    pub(super) bare: bool,
}

/// Reads a line that is nothing but a by-line: `By A B`, `By: A B, role, outlet`, `Written by A B and C D`.
pub(super) fn byline(line: &str) -> Option<Byline> {
    const LONGEST: usize = 160;
    let lead = line.get(..line.len().min(LONGEST)).filter(|_| line.len() <= LONGEST)?;
    let (rest, sure) = strip_lead(lead)?;
    let mut parts = rest.split(',').map(str::trim).peekable();
    let mut people = parts.next()?.to_owned();
    // Further names in the list: “By A B, C D and E F”.
    while let Some(next) = parts.next_if(|part| part.contains(" and ") && is_people(part)) {
        people = format!("{people}, {next}");
    }
    let further: Vec<&str> = parts.collect();
    let authors = name::names(&people);
    // “By Land and Sea” heads a section; only a name in two parts, or of a body, is surely one.
    let doubtful =
        |author: &Value| author["literal"].as_str().is_some_and(|literal| !name::is_body(literal));
    if people.split_whitespace().any(is_run_together)
        || !is_people(&people)
        || (!sure && authors.iter().any(doubtful))
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

/// What stands behind “By”, and whether that can only be a by-line.
fn strip_lead(line: &str) -> Option<(&str, bool)> {
    let starts = |lead: &str| {
        line.get(..lead.len())
            .filter(|head| head.eq_ignore_ascii_case(lead))
            .map(|_| &line[lead.len()..])
    };
    if let Some(rest) = press().byline_leads.iter().find_map(starts) {
        return Some((rest.trim_start_matches([':', ' ']).trim(), true));
    }
    starts("By ").map(|rest| (rest.trim(), false))
}

fn is_people(list: &str) -> bool {
    const LONGEST: usize = 12;
    let words = list.split_whitespace().filter(|word| !matches!(*word, "and" | "&"));
    let names: Vec<&str> = words.collect();
    let sentence =
        list.ends_with(['?', '!', ':']) || (list.ends_with('.') && !list.ends_with("Jr."));
    !sentence && names.len() <= LONGEST && name::is_capitalised(&names.join(" "))
}

/// Whether a word is two that lost the space between them when the page was saved: “ExampleStaff”, unlike “McExample”.
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

/// Reads a line that says when: `Updated On: 16-Oct-2025 @ 4:10 pm`, `Published 3 May 2024`, or a date alone.
pub(super) fn stamp(line: &str) -> Option<Stamp> {
    const LONGEST: usize = 120;
    if line.len() > LONGEST {
        return None;
    }
    if let Some((date, span)) = leading_date(line) {
        // A year or a month alone may be a heading.
        return date.day().filter(|_| span.end == line.len()).map(|_| Stamp {
            date,
            updated: false,
            bare: true,
        });
    }
    line.split('|').find_map(|part| {
        let part = part.trim();
        let lower = part.to_ascii_lowercase();
        let lead = |leads: &Words| leads.iter().find(|lead| lower.starts_with(lead)).map(str::len);
        let updated = lead(&press().updated);
        let lead = updated.or_else(|| lead(&press().published))?;
        let rest = part[lead..].trim_start_matches([':', ' ']);
        let rest = rest.strip_prefix("on").or_else(|| rest.strip_prefix("On")).unwrap_or(rest);
        let (date, _) = leading_date(rest.trim_start_matches([':', ' ']))?;
        date.day().map(|_| Stamp { date, updated: updated.is_some(), bare: false })
    })
}

/// The date that a text begins with, and where it stands. The day of the week may stand before it.
fn leading_date(text: &str) -> Option<(PartialDate, Span)> {
    let date = dates(text).into_iter().next().filter(|date| date.from == date.to)?;
    let before = text[..date.span.start].trim_end_matches([',', ' ', '.']).to_lowercase();
    let weekday = begins_with_weekday(&before);
    (before.is_empty() || (weekday && !before.contains(' '))).then_some((date.from, date.span))
}

/// The outlet that the first paragraph of a body is introduced by: `DID Press: …`, `Alwaght- …`.
///
/// A dateline more often names a place, so what is known for one is refused, and so is a name that the body comes back
/// to: articles speak of the places they are about, hardly ever of those who print them.
pub(super) fn dateline<'a>(paragraph: &'a str, body: &str) -> Option<&'a str> {
    const LONGEST: usize = 40;
    let end =
        paragraph.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ':' | '-' | '–' | '—'))?.0;
    let mark = paragraph[end..].chars().next()?;
    let (name, rest) = (&paragraph[..end], &paragraph[end + mark.len_utf8()..]);
    let spaced = rest.starts_with(' ')
        && rest.trim_start().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '“' | '"'));
    let name = if mark == ':' || name.ends_with(' ') { name.trim_end() } else { name };
    let words = name.split_whitespace().count();
    let plain = name.chars().all(|c| c.is_alphanumeric() || c == ' ');
    if !plain || !spaced || !(1..=3).contains(&words) || !name::is_capitalised(name) {
        return None;
    }
    if words_of(name).any(|word| press().openers.contains(&word)) {
        return None;
    }
    let sure = is_press(name) || press().agencies.contains(name);
    let place = words_of(name).any(|word| press().places.contains(&word))
        || !name.chars().any(char::is_lowercase);
    let doubtful = mark == ':' || place || mentions(body, name) > 1;
    (sure || !doubtful).then_some(name)
}

/// How often `name` stands in `text` as a whole word; no further than it matters.
fn mentions(text: &str, name: &str) -> usize {
    let whole = |at: usize| {
        let before = text[..at].chars().next_back();
        let behind = text[at + name.len()..].chars().next();
        !before.is_some_and(char::is_alphanumeric) && !behind.is_some_and(char::is_alphanumeric)
    };
    text.match_indices(name).filter(|&(at, _)| whole(at)).take(2).count()
}

/// Whose copyright a footer claims: `© Sample Desk, 2024 | …`. The year is that of the page, not of the article, but
/// tells a footer from the credit of a photograph.
pub(super) fn copyright_holder(line: &str) -> Option<&str> {
    let behind = line.split_once('©').or_else(|| line.split_once("(c)"))?.1;
    let year = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '-' | '–' | ',');
    let dated = line.split(|c: char| !c.is_ascii_digit()).any(|number| number.len() == 4);
    let behind = ["Copyright", "All Rights Reserved"].iter().fold(behind, |rest, words| {
        rest.trim_start_matches(year).strip_prefix(words).unwrap_or(rest)
    });
    let name = behind.trim_start_matches(year).split(['|', ',', '.', '•', '·']).next()?;
    let name = name.split(" All ").next()?.trim_end_matches(year);
    let words = name.split_whitespace().count();
    (dated && (1..=5).contains(&words) && name::is_capitalised(name)).then_some(name)
}

/// The outlet whose name stands alone above an article. Only a name that says so: rubrics stand there too.
pub(super) fn masthead(line: &str) -> Option<&str> {
    let words: Vec<String> = words_of(line).collect();
    if control(line).is_some() {
        return None;
    }
    let Press { publishers, rubrics, .. } = press();
    let is_press = |word: &String| {
        publishers
            .iter()
            .any(|press| word == press || (press.len() >= 4 && word.starts_with(press)))
    };
    let own = words.iter().any(|word| !rubrics.contains(word) && !publishers.contains(word));
    let fits = (1..=3).contains(&words.len()) && name::is_capitalised(line);
    let rubric = words.iter().any(|word| rubrics.contains(word));
    (fits && own && !rubric && words.iter().any(is_press)).then_some(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn author(line: &str) -> Option<(String, Option<String>)> {
        let byline = byline(line)?;
        let family = byline
            .authors
            .first()?
            .get("family")
            .or(byline.authors[0].get("literal"))?
            .as_str()?
            .to_owned();
        Some((family, byline.outlet))
    }

    #[test]
    fn bylines() {
        let read = |line| {
            author(line).map(|(family, outlet)| format!("{family} {}", outlet.unwrap_or_default()))
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
        assert_eq!(read("By: Reuters").as_deref(), Some("Reuters "));
        assert_eq!(
            byline("By Rowan Example, Dana Sample and Alex Model").map(|b| b.authors.len()),
            Some(3)
        );
    }

    #[test]
    fn what_only_begins_like_a_byline() {
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
