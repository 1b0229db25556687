//! Cuts an imprint into pieces and says what each is.

use super::super::boilerplate::control;
use super::super::name::{begins_with_given, is_body, is_capitalised, is_suffix};
use super::Stamp;
use super::day::{days, is_time, may_precede_day};
use crate::text::english::press::press;
use crate::text::english::{Words, is_function_word};
use crate::text::{PartialDate, Span};

/// A piece of an imprint.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Piece {
    /// The names after “By”.
    Lead(Lead),
    /// A name that is certainly a person's.
    Person(String),
    /// A name that is certainly an outlet's.
    Outlet(String),
    /// A name of a place.
    Place,
    /// The role of the author.
    Role,
    /// The date.
    Date(Stamp),
    /// A time, a button, a count.
    Other,
    /// A name of something.
    Unknown(String),
}

/// The names that follow “By”.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Lead {
    /// The names, as written.
    pub(super) names: String,
    /// The outlet: `By A B for Sample Post`.
    pub(super) outlet: Option<String>,
}

impl Piece {
    pub(super) fn as_unknown(&self) -> Option<&str> {
        match self {
            Piece::Unknown(name) => Some(name),
            _ => None,
        }
    }

    /// Returns whether this may be a name in a list of names.
    pub(super) fn is_name(&self) -> bool {
        matches!(self, Piece::Unknown(_) | Piece::Person(_))
    }
}

/// The maximum number of words of an outlet, a role, a label or the end of a name.
const MAX_SHORT_WORDS: usize = 6;

/// Returns the pieces of a line, or `None` if one of them is not of an imprint.
pub(super) fn pieces(line: &str) -> Option<Vec<Piece>> {
    const MAX_PIECES: usize = 8;
    let days = days(line);
    let day_in =
        |span: Span| days.iter().find(|(_, day)| span.start <= day.start && day.end <= span.end);
    let spans = cut(line, &days);
    // Most lines are sentences, and their longer pieces tell so soonest.
    let has_prose = spans.iter().any(|&span| {
        let text = span.of(line);
        !is_short(text) && day_in(span).is_none() && named(text).is_none()
    });
    if has_prose {
        return None;
    }
    let mut pieces = Vec::new();
    for span in spans {
        let text = span.of(line);
        let piece = match day_in(span) {
            Some((date, day)) => {
                let before = &line[span.start..day.start];
                let is_alone = span.len() == line.len();
                dated(before, *date, &line[day.end..span.end], is_alone)?
            }
            None => named(text)?,
        };
        // “Example, Jr.” is one name.
        match (pieces.last_mut(), &piece) {
            (
                Some(
                    Piece::Unknown(name)
                    | Piece::Person(name)
                    | Piece::Lead(Lead { names: name, .. }),
                ),
                Piece::Other,
            ) if is_suffix(text) => *name = format!("{name}, {text}"),
            _ => pieces.push(piece),
        }
    }
    (!pieces.is_empty() && pieces.len() <= MAX_PIECES).then_some(pieces)
}

/// Returns the trimmed spans between the commas, bars, brackets and spaced dashes of a line, none
/// of which is within a date or between a day of the week and its date.
fn cut(line: &str, days: &[(PartialDate, Span)]) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = 0;
    let mut push = |start: usize, end: usize| {
        let text = line[start..end].trim();
        if !text.is_empty() {
            let at = start + line[start..end].len() - line[start..end].trim_start().len();
            spans.push(Span::new(at, at + text.len()));
        }
    };
    for (at, c) in line.char_indices() {
        let is_mark = match c {
            ',' | '|' | '•' | '·' | '(' | ')' | ';' | '\n' | '¦' => true,
            '-' | '–' | '—' | '/' => {
                line[..at].ends_with(' ') && line[at + c.len_utf8()..].starts_with(' ')
            }
            _ => false,
        };
        if !is_mark {
            continue;
        }
        let is_in_date = days.iter().any(|(_, day)| {
            (day.start..day.end).contains(&at)
                || (at < day.start
                    && start < day.start
                    && is_weekday(&line[start..at])
                    && may_precede_day(&line[at..day.start]))
        });
        if !is_in_date && at >= start {
            push(start, at);
            start = at + c.len_utf8();
        }
    }
    push(start, line.len());
    spans
}

fn is_weekday(text: &str) -> bool {
    !text.trim().is_empty() && may_precede_day(text)
}

/// Classifies a piece with a date. `is_alone` says that it is the whole line.
fn dated(before: &str, date: PartialDate, after: &str, is_alone: bool) -> Option<Piece> {
    let after = after.trim_start_matches(['T', '@']);
    if !is_time(after) {
        return None;
    }
    if may_precede_day(before) {
        return Some(Piece::Date(Stamp {
            date,
            updated: false,
            bare: is_alone && after.is_empty(),
        }));
    }
    let lower = before.to_lowercase();
    let label = |labels: &Words| {
        labels.iter().find(|label| lower.starts_with(label)).map(|label| label.len())
    };
    let updated = label(&press().updated);
    let rest = &lower[updated.or_else(|| label(&press().published))?..];
    let rest = rest.trim_start_matches([':', ' ']);
    may_precede_day(rest).then_some(Piece::Date(Stamp {
        date,
        updated: updated.is_some(),
        bare: false,
    }))
}

/// Classifies a piece without a date.
fn named(text: &str) -> Option<Piece> {
    if let Some(lead) = lead(text) {
        return Some(Piece::Lead(lead?));
    }
    let is_short = is_short(text);
    if is_short && is_outlet(text) {
        return Some(Piece::Outlet(text.to_owned()));
    }
    let has_digit = text.contains(|c: char| c.is_ascii_digit());
    let is_clock = has_digit && is_time(text);
    let is_known = is_short && (is_suffix(text) || is_label(text));
    if is_known || is_clock || control(text).is_some() {
        return Some(Piece::Other);
    }
    if is_short && is_role(text) {
        return Some(Piece::Role);
    }
    if !begins_with_name(text) {
        return None;
    }
    let (name, tail) = without_tail(text);
    if !are_names(name) {
        return None;
    }
    if is_place(name) {
        return Some(Piece::Place);
    }
    if may_be_person(name) && (begins_with_given(name) || tail.is_some()) {
        return Some(Piece::Person(name.to_owned()));
    }
    let is_short = name.split_whitespace().count() <= 4 || joins_names(name);
    (tail.is_none() && is_short).then(|| Piece::Unknown(name.to_owned()))
}

/// Returns whether a piece has no more words than an outlet, a role or a label.
fn is_short(text: &str) -> bool {
    text.split_whitespace().nth(MAX_SHORT_WORDS).is_none()
}

/// Returns whether the first words of a text may be a name. They are not in most sentences, which
/// this tells in a fraction of the time that the whole text takes.
fn begins_with_name(text: &str) -> bool {
    let first = text.split_whitespace().take_while(|word| !press().before_places.contains(word));
    first.filter(|word| !joins(word)).all(is_capitalised)
}

/// Parses what follows “By”. `Some(None)` if the line begins so but names nobody.
fn lead(text: &str) -> Option<Option<Lead>> {
    let certain = press().byline_leads.iter().find_map(|lead| {
        let rest = strip_prefix_ignoring_case(text, lead)?;
        rest.starts_with([':', ' ']).then_some(rest).or(lead.ends_with(':').then_some(rest))
    });
    let rest = match certain {
        Some(rest) => rest,
        None => press().bys.iter().find_map(|by| {
            strip_prefix_ignoring_case(text, by).and_then(|rest| rest.strip_prefix(' '))
        })?,
    };
    let rest = rest.trim_start_matches([':', ' ']).trim();
    let mut outlet = None;
    let mut names = Vec::new();
    for part in rest.split(" and ") {
        let (name, tail) = without_tail(part);
        names.push(name);
        outlet = tail.filter(|tail| is_outlet(tail)).map(str::to_owned).or(outlet);
    }
    let names = names.join(" and ");
    // “By Land and Sea” is a heading. Without a colon, accept only persons and organisations.
    let is_doubtful = |part: &str| {
        let words = part.split_whitespace().count();
        let is_known = if words == 1 {
            press().agencies.contains(part) || press().desks.contains(&part.to_lowercase())
        } else {
            is_body(part) || may_be_person(part)
        };
        !is_known
    };
    let is_list = certain.is_some()
        || !names.split(" and ").flat_map(|part| part.split(" & ")).any(is_doubtful);
    let has_words_run_together = names.split_whitespace().any(is_run_together);
    let is_lead = is_list && are_names(&names) && !has_words_run_together;
    Some(is_lead.then_some(Lead { names, outlet }))
}

/// Splits a name from the place or outlet after it: `A B in Kabul`, `A B for Sample Post`.
fn without_tail(text: &str) -> (&str, Option<&str>) {
    let spaces = text.match_indices(' ').map(|(at, _)| at);
    let at = spaces.clone().zip(spaces.skip(1)).find_map(|(at, end)| {
        press().before_places.contains(&text[at + 1..end]).then_some((at, end + 1))
    });
    match at {
        Some((at, tail)) if is_capitalised(&text[tail..]) || is_outlet(&text[tail..]) => {
            (&text[..at], Some(&text[tail..]))
        }
        _ => (text, None),
    }
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let (head, rest) = text.split_at_checked(prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then_some(rest)
}

/// Returns whether a word joins names.
fn joins(word: &str) -> bool {
    matches!(word, "and" | "&" | "und" | "et")
}

/// Returns whether this may be a list of names, by its capitals and length.
fn are_names(list: &str) -> bool {
    const MAX_WORDS: usize = 12;
    let words: Vec<&str> = list.split_whitespace().filter(|word| !joins(word)).collect();
    let is_sentence = list.ends_with(['?', '!', ':'])
        || (list.ends_with('.')
            && !list.rsplit(' ').next().is_some_and(is_suffix)
            && words.last().is_some_and(|last| last.chars().count() > 2));
    !is_sentence && (1..=MAX_WORDS).contains(&words.len()) && words.into_iter().all(is_capitalised)
}

/// Returns whether a name may be a person's: two to four words that are no place or organisation.
pub(super) fn may_be_person(name: &str) -> bool {
    let is_function_word =
        |word: &str| word.chars().count() > 1 && is_function_word(&word.to_lowercase());
    (2..=6).contains(&name.split_whitespace().count())
        && !is_body(name)
        && !name.split_whitespace().next().is_some_and(is_function_word)
        && !name.split_whitespace().next_back().is_some_and(is_function_word)
        && !is_place(name)
        && (name.chars().any(char::is_lowercase) || begins_with_given(name))
}

/// Returns whether a name has a word of a known place, and does not begin like a person's.
fn is_place(name: &str) -> bool {
    let begins_like_person = begins_with_given(name) && name.contains(' ');
    !begins_like_person && words_of(name).any(|word| press().places.contains(&word))
}

/// Returns whether two names are joined: `A B and C D`.
pub(super) fn joins_names(text: &str) -> bool {
    [" and ", " & ", " und ", " et "].iter().any(|joint| text.contains(joint))
}

/// Returns whether a word is two words without the space between them, from a badly saved page:
/// “ExampleStaff”, but not “McExample”.
fn is_run_together(word: &str) -> bool {
    const PREFIX: usize = 3;
    let chars: Vec<char> = word.chars().collect();
    chars.windows(2).skip(PREFIX).any(|pair| pair[0].is_lowercase() && pair[1].is_uppercase())
}

fn is_role(text: &str) -> bool {
    text.split_whitespace().count() <= MAX_SHORT_WORDS
        && words_of(text).any(|word| press().roles.contains(&word))
}

/// Returns whether this is a label whose value is elsewhere: `Published`, `Logo:`.
fn is_label(text: &str) -> bool {
    const MAX_WORDS: usize = 2;
    let label = text.trim_end_matches([':', ' ']);
    let lower = label.to_lowercase();
    let ends_open = text.ends_with(':') && label.split(' ').count() <= MAX_WORDS;
    ends_open || press().published.contains(&lower) || press().updated.contains(&lower)
}

/// Returns whether this is certainly the name of an outlet.
pub(super) fn is_outlet(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().take(MAX_SHORT_WORDS + 1).collect();
    if words.len() > MAX_SHORT_WORDS || text.ends_with(['.', '?', '!', ':']) || is_role(text) {
        return false;
    }
    let is_small = |word: &&str| matches!(*word, "of" | "for" | "the" | "and" | "&" | "de" | "der");
    let capitals: Vec<&str> = words.iter().filter(|word| !is_small(word)).copied().collect();
    if press().agencies.contains(text) || is_domain(text) {
        return true;
    }
    let has_article =
        words.len() > 1 && matches!(words[0], "The" | "Der" | "Die" | "Le" | "La" | "El");
    let may_be_person = begins_with_given(text) && !is_body(text);
    let has_word = |list: &Words| words_of(text).any(|word| list.contains(&word));
    words.len() > 1
        && is_capitalised(&capitals.join(" "))
        && (is_press(text) || (!may_be_person && (has_article || has_word(&press().outlet_words))))
}

/// Returns whether this is the name of a site: `sample.example`.
fn is_domain(text: &str) -> bool {
    let mut parts = text.rsplit('.');
    let top = parts.next().unwrap_or_default();
    press().domains.contains(top)
        && parts.all(|part| {
            part.len() > 1 && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        })
        && text.contains('.')
}

/// Returns whether a name has a word that only publishers have.
pub(super) fn is_press(name: &str) -> bool {
    words_of(name).any(|word| press().publishers.contains(&word))
}

/// Returns the words of a text in lower case.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}
