//! Parses what names the outlet elsewhere on the page: the dateline of the first paragraph, the
//! copyright line in the footer, the masthead.

use super::super::boilerplate::control;
use super::super::name;
use super::piece::{is_press, words_of};
use super::{Imprint, Strength, read};
use crate::text::english::is_function_word;
use crate::text::english::press::{Press, press};

/// Parses the dateline at the start of the first paragraph, with a date or an outlet in brackets:
/// `KABUL, 12 June 2024 — …`, `KABUL (Sample Wire) - …`.
pub(in super::super) fn dated(paragraph: &str) -> Option<Imprint> {
    const MAX_CHARS: usize = 120;
    let end = paragraph.char_indices().nth(MAX_CHARS).map_or(paragraph.len(), |(at, _)| at);
    let start = &paragraph[..end];
    let dashes = [" -- ", " — ", " – ", " - ", "—", "--"];
    let at = dashes.iter().filter_map(|dash| start.find(dash)).min()?;
    let head = start[..at].trim();
    let first = head.split([',', '(']).next()?.trim();
    let opener = first.split(' ').next().unwrap_or_default().to_lowercase();
    let is_place = name::is_capitalised(first)
        && first.split_whitespace().count() <= 4
        && !is_function_word(&opener);
    let imprint = read(head).filter(|_| is_place)?;
    let has_brackets = head.ends_with(')') && imprint.outlet.is_some();
    (imprint.strength == Strength::Dated || has_brackets)
        .then_some(Imprint { authors: Vec::new(), ..imprint })
}

/// Parses the outlet at the start of the first paragraph: `Sample Press: …`, `Exemplar- …`.
///
/// Most datelines name a place instead, so known places are rejected, and so are names that the
/// body repeats: articles often mention the places they are about, but rarely their publisher.
pub(in super::super) fn dateline<'a>(paragraph: &'a str, body: &str) -> Option<&'a str> {
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
pub(in super::super) fn copyright_holder(line: &str) -> Option<&str> {
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
pub(in super::super) fn masthead(line: &str) -> Option<&str> {
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
    fn datelines_with_a_date_or_brackets() {
        let read = |paragraph| {
            let imprint = dated(paragraph)?;
            let date = imprint.stamp.map(|stamp| stamp.date.to_string()).unwrap_or_default();
            Some(format!("{date} {}", imprint.outlet.unwrap_or_default()))
        };
        for (paragraph, expected) in [
            ("SAMPLETON, Tuesday 4 May 2021 -- The gate opened.", "2021-05-04 "),
            ("SAMPLETON, May 4, 2021 (Sample Wire) - The gate opened.", "2021-05-04 Sample Wire"),
            ("SAMPLETON, Muster, 4 May 2021 — The gate opened.", "2021-05-04 "),
            ("SAMPLETON (AFP) — The gate opened.", " AFP"),
            ("Sampleton, 4 May 2021 – The gate opened.", "2021-05-04 "),
        ] {
            assert_eq!(read(paragraph).as_deref(), Some(expected), "{paragraph}");
        }
        for paragraph in [
            "SAMPLETON — The gate opened on 4 May 2021.",
            "The gate opened on 4 May 2021 — and closed.",
            "On Tuesday, 4 May 2021 — it was raining — the gate opened.",
            "Rowan Example (62) — a miller — opened the gate.",
            "In May 2021 - a year on - it closed.",
        ] {
            assert_eq!(read(paragraph), None, "{paragraph}");
        }
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
