//! Classifies the units of a plain text: title, heading, paragraph, byline or boilerplate.
//!
//! A saved page has three parts: the *head* up to the first sentence, the *tail* after the last
//! long paragraph, and the body between them. In the body a line is boilerplate only if it is known
//! as a whole; in the tail, everything from the first comment form, share line or copyright notice
//! is boilerplate. A paragraph is never boilerplate just because it is short.

use super::super::boilerplate::{Control, control, is_run_together};
use super::super::imprint::{self, Imprint, Strength};
use super::unit::{Unit, ends_sentence, is_list_item};
use crate::extract::BlockKind;
use crate::text::english::function_words::opens_question;
use crate::text::english::headings;
use crate::text::english::numbers::{is_small_cardinal, is_small_ordinal};

/// The minimum number of code points of a sentence that is certainly prose.
const MIN_PROSE: u32 = 80;

/// The minimum number of code points of a line that is prose even without a full stop.
const MIN_LONG: u32 = 200;

/// The maximum number of code points of a heading.
const MAX_HEADING_CHARS: u32 = 120;

/// The maximum number of words of a heading.
const MAX_HEADING_WORDS: u32 = 20;

/// The number of paragraphs that may precede the byline: a summary, a lead.
const MAX_LEAD: u8 = 2;

/// The maximum depth of nested headings. More short lines in a row are a list.
const MAX_DEPTH: u8 = 3;

/// A unit with the features that classify it.
struct Features<'a> {
    text: &'a str,
    unit: Unit,
    /// The number of words, counted up to one more than [`MAX_HEADING_WORDS`].
    words: u32,
    control: Option<Control>,
    /// The imprint that it is read as, if it is one.
    imprint: Option<Imprint>,
    /// Set if it is an imprint: a byline, a timestamp.
    is_imprint: bool,
    /// Set if it ends like a sentence and has enough words for one.
    is_sentence: bool,
    /// Set if it is long enough to be a main paragraph.
    is_prose: bool,
}

impl<'a> Features<'a> {
    fn of(text: &'a str, unit: Unit) -> Self {
        let text = unit.span.of(text);
        let control = control(text).or_else(|| is_run_together(text).then_some(Control::Weak));
        let imprint = if unit.lines == 1 { imprint::read(text) } else { None };
        let is_imprint =
            imprint.as_ref().is_some_and(|imprint| imprint.strength == Strength::Certain);
        const MOST: usize = MAX_HEADING_WORDS as usize + 1;
        let words = match text.is_ascii() {
            true => text.split_ascii_whitespace().take(MOST).count(),
            // In Chinese and Japanese there are no spaces between words.
            false => text.split_whitespace().take(MOST).count().max(unspaced_words(text)),
        };
        let words = u32::try_from(words).unwrap_or(u32::MAX);
        let is_known = control.is_some() || is_imprint;
        let is_sentence = !is_known && words >= 4 && ends_sentence(text);
        let is_long = unit.chars >= MIN_LONG || (unit.chars >= MIN_PROSE && ends_sentence(text));
        Self {
            text,
            unit,
            words,
            control,
            imprint,
            is_imprint,
            is_sentence,
            is_prose: !is_known && is_long,
        }
    }

    fn has_strength(&self, strength: Strength) -> bool {
        self.imprint.as_ref().is_some_and(|imprint| imprint.strength == strength)
    }

    fn is_body(&self) -> bool {
        self.is_sentence || self.is_prose || (self.control.is_none() && is_list_item(self.text))
    }

    /// Returns whether this looks like a title.
    fn may_be_title(&self) -> bool {
        let text = self.text;
        let has_end = text.ends_with(['.', ':', ',', ';', '…']) || is_quotation(text);
        let has_link = text.contains("://") || text.contains("www.");
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        self.control.is_none()
            && !self.is_imprint
            && self.unit.chars <= MIN_LONG
            && self.words <= MAX_HEADING_WORDS
            // A line of mostly digits is a time or part of a table.
            && digits * 3 <= letters
            && text.starts_with(|c: char| c.is_alphanumeric() || is_opening_quote(c))
            && !has_end
            && !has_link
            && !is_list_item(text)
    }

    /// Returns whether this looks like a heading.
    fn may_be_heading(&self) -> bool {
        let first =
            self.text.trim_start_matches(|c| c == '(' || is_opening_quote(c)).chars().next();
        let has_end = (self.text.ends_with(':') && self.words > 3)
            || self.text.ends_with([',', ';', '-'])
            || (ends_sentence(self.text) && !is_question(self.text));
        let captions = ["photo:", "photo by", "getty images", "image credit", "file photo"];
        matches!(self.control, None | Some(Control::Weak))
            && self.unit.lines == 1
            && self.unit.chars <= MAX_HEADING_CHARS
            && self.words <= MAX_HEADING_WORDS
            && first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase())
            && !has_end
            && !is_quotation(self.text)
            && !captions.iter().any(|words| self.text.to_lowercase().contains(words))
    }
}

/// Returns the kind of each unit of `text`.
pub(super) fn kinds(text: &str, units: &[Unit]) -> Vec<BlockKind> {
    let mut features: Vec<Features> = units.iter().map(|&unit| Features::of(text, unit)).collect();
    accept_imprints(&mut features);
    let Some(page) = Page::of(&features) else {
        return features.iter().map(kind_without_sentences).collect();
    };
    let depths = heading_depths(&features, &page);
    let mut kinds: Vec<BlockKind> =
        (0..features.len()).map(|i| page.kind(&features, &depths, i)).collect();
    set_levels(&features, &mut kinds);
    kinds
}

/// Accepts the lines above the first sentence that may be imprints: those with a date, unless such
/// lines are headings in this text, and names below the title next to another imprint.
fn accept_imprints(units: &mut [Features]) {
    let is_prose = |unit: &Features| unit.is_sentence || unit.is_prose;
    let Some(first) = units.iter().position(is_prose) else { return };
    if !units[first..].iter().any(|unit| unit.has_strength(Strength::Dated)) {
        for unit in &mut units[..first] {
            unit.is_imprint |= unit.has_strength(Strength::Dated);
        }
    }
    let Some(title) = (0..first).find(|&i| units[i].may_be_title() && units[i].words >= 3) else {
        return;
    };
    let accept = |units: &mut [Features], i: usize, neighbour: usize| {
        let is_next_to_imprint = units.get(neighbour).is_some_and(|unit| unit.is_imprint);
        units[i].is_imprint |= is_next_to_imprint && units[i].has_strength(Strength::Bare);
    };
    (title + 1..first).for_each(|i| accept(units, i, i - 1));
    (title + 1..first).rev().for_each(|i| accept(units, i, i + 1));
}

/// Returns the kind of a unit in a text without sentences: a note, a list, a poem.
fn kind_without_sentences(unit: &Features) -> BlockKind {
    match unit.control {
        Some(Control::Strong | Control::Footer) => BlockKind::Boilerplate,
        _ if unit.is_imprint => BlockKind::Byline,
        _ => BlockKind::Paragraph,
    }
}

/// The boundaries of the head, body and tail of a page, as indexes of units.
struct Page {
    title: Option<usize>,
    /// The first sentence.
    first: usize,
    /// The last unit that may be a byline above the article.
    opening: usize,
    /// The last long paragraph.
    last: usize,
    /// The start of the footer, which is all boilerplate.
    footer: usize,
}

impl Page {
    /// Returns `None` if no unit is a sentence.
    fn of(units: &[Features]) -> Option<Page> {
        let first = (0..units.len()).find(|&i| {
            let unit = &units[i];
            let is_title = is_question(unit.text) && may_be_first_line(units, i);
            unit.is_prose || (unit.is_sentence && !is_title)
        })?;
        let last = units
            .iter()
            .rposition(|unit| unit.is_prose)
            .or_else(|| units.iter().rposition(|unit| unit.is_sentence))?
            .max(first);
        let opening = (first..units.len())
            .filter(|&i| units[i].is_body())
            .nth(usize::from(MAX_LEAD))
            .unwrap_or(units.len());
        let footer = (last + 1..units.len())
            .find(|&i| units[i].control == Some(Control::Footer))
            .unwrap_or(units.len());
        Some(Page { title: title(&units[..=first]), first, opening, last, footer })
    }

    fn kind(&self, units: &[Features], depths: &[u8], i: usize) -> BlockKind {
        let unit = &units[i];
        if self.title == Some(i) {
            return BlockKind::Title;
        }
        if unit.is_imprint && self.may_be_imprint(units, i) {
            return BlockKind::Byline;
        }
        if i >= self.footer {
            return BlockKind::Boilerplate;
        }
        if let Some(control) = unit.control {
            let in_body = (self.first..=self.last).contains(&i);
            if control != Control::Weak || !in_body || is_next_to_control(units, i) {
                return BlockKind::Boilerplate;
            }
        }
        if self.title.is_some_and(|title| i < title) {
            return BlockKind::Boilerplate;
        }
        if self.title.is_some() && i < self.first && unit.words >= 8 && unit.unit.blank_below {
            // Between title and body, but not directly above a section: a summary.
            return BlockKind::Paragraph;
        }
        if depths[i] > 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph }
    }

    /// Returns whether unit `i` is where bylines are, at the top or at the bottom. In the body,
    /// such a line is a heading.
    fn may_be_imprint(&self, units: &[Features], i: usize) -> bool {
        let is_at_bottom = i > self.last
            || units
                .get(i + 1)
                .is_none_or(|next| !next.is_body() || introduces_author(units[i].text, next.text));
        i < self.footer && (i <= self.opening || is_at_bottom)
    }
}

fn is_next_to_control(units: &[Features], i: usize) -> bool {
    let is_control = |i: usize| units.get(i).is_some_and(|unit| unit.control.is_some());
    is_control(i + 1) || i.checked_sub(1).is_some_and(is_control)
}

/// Returns whether the paragraph below a byline introduces its author.
fn introduces_author(byline: &str, paragraph: &str) -> bool {
    let name = byline
        .split_once(' ')
        .map_or("", |(_, name)| name.split(',').next().unwrap_or(name))
        .trim();
    !name.is_empty() && paragraph.starts_with(name)
}

/// Returns the index of the title among the units up to the first sentence: the first line of
/// several words that is separated from the text below.
///
/// Below a menu there are too many lines to find the title, so there is none.
fn title(head: &[Features]) -> Option<usize> {
    const MIN_WORDS: u32 = 4;
    const MIN_WORDS_ALONE: u32 = 3;
    const MAX_UNKNOWN: usize = 4;
    let is_known = |unit: &Features| unit.control.is_some() || unit.is_imprint;
    let above = head.len().saturating_sub(1);
    if head[..above].iter().filter(|unit| !is_known(unit)).count() > MAX_UNKNOWN {
        return None;
    }
    let is_separate = |i: usize| head[i].unit.blank_below || head.get(i + 1).is_some_and(is_known);
    let candidates: Vec<usize> =
        (0..above).filter(|&i| head[i].may_be_title() && is_separate(i)).collect();
    if let Some(&first) = candidates.iter().find(|&&i| head[i].words >= MIN_WORDS) {
        return Some(first);
    }
    // A shorter line is the title only if it is the only candidate.
    match candidates[..] {
        [only]
            if head[only].words >= MIN_WORDS_ALONE
                && head[only].unit.blank_above
                && imprint::masthead(head[only].text).is_none() =>
        {
            Some(only)
        }
        _ => None,
    }
}

/// Returns whether unit `i` may be the first line of the page other than boilerplate, separate from
/// the text below.
fn may_be_first_line(units: &[Features], i: usize) -> bool {
    let unit = &units[i].unit;
    unit.blank_below
        && unit.chars <= MAX_HEADING_CHARS
        && units[..i].iter().all(|unit| unit.control.is_some() || unit.is_imprint || unit.words < 4)
}

/// Returns the depth of each unit as a heading, counted from the body up; 0 for units that are not
/// headings.
fn heading_depths(units: &[Features], page: &Page) -> Vec<u8> {
    let mut depths = vec![0; units.len()];
    // The depth of the unit below, or `None` if it cannot be under a heading.
    let mut below: Option<u8> = None;
    for (i, unit) in units.iter().enumerate().rev() {
        if i >= page.footer || page.title == Some(i) {
            below = None;
        } else if unit.is_body()
            && !(is_question(unit.text) && is_question_heading(unit))
            && !is_numbered_heading(units, i)
        {
            below = Some(0);
        } else if unit.control.is_some_and(|control| control != Control::Weak)
            || (unit.is_imprint && page.may_be_imprint(units, i))
        {
            // Boilerplate and bylines do not separate a heading from its text.
        } else if let Some(depth) = below
            && unit.may_be_heading()
        {
            let list_follows = unit.text.ends_with(':')
                && units.get(i + 1).is_some_and(|next| is_list_item(next.text));
            below = (depth < MAX_DEPTH && !list_follows).then_some(depth + 1);
            depths[i] = below.unwrap_or(0);
        } else {
            below = None;
        }
    }
    depths
}

/// Returns whether a question is a heading, not a short paragraph: it begins with a word that opens
/// questions, or has a blank line above but not below.
fn is_question_heading(unit: &Features) -> bool {
    let asks = unit.text.split_whitespace().next().is_some_and(opens_question);
    let is_attached = unit.unit.blank_above && !unit.unit.blank_below;
    unit.may_be_heading() && (is_attached || (asks && (3..=12).contains(&unit.words)))
}

/// Returns whether a line with a number is alone above prose, and not an item of a list.
fn is_numbered_heading(units: &[Features], i: usize) -> bool {
    let is_item = |i: usize| units.get(i).is_some_and(|unit| is_list_item(unit.text));
    let is_alone = !is_item(i + 1) && !i.checked_sub(1).is_some_and(is_item);
    let is_above_prose =
        units.get(i + 1).is_some_and(|next| next.is_prose || numbering(next.text).is_some());
    numbering(units[i].text).is_some()
        && !ends_sentence(units[i].text)
        && is_alone
        && is_above_prose
}

/// Sets the levels of headings: 2 below the heading of a part, otherwise 1, or the depth of their
/// numbers.
fn set_levels(units: &[Features], kinds: &mut [BlockKind]) {
    let headings: Vec<usize> =
        (0..kinds.len()).filter(|&i| matches!(kinds[i], BlockKind::Heading(_))).collect();
    let has_parts = headings.iter().filter(|&&i| is_part(units[i].text)).count() >= 2;
    let mut in_part = false;
    for i in headings {
        let text = units[i].text;
        let is_part = has_parts && is_part(text);
        let level = match numbering(text) {
            Some(depth) => depth,
            None if is_part => 1,
            None if headings::is_closing(text.to_lowercase().trim_end_matches(':')) => 1,
            None => 1 + u8::from(in_part),
        };
        in_part = is_part || (in_part && level > 1);
        kinds[i] = BlockKind::Heading(level);
    }
}

/// Returns whether this is the heading of a part: `First part: …`, `Part II`, `Chapter 3`.
fn is_part(heading: &str) -> bool {
    let mut words = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let is_number = is_small_cardinal(&second)
        || second.parse::<u8>().is_ok()
        || second.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    (is_small_ordinal(&first) && headings::is_part(&second))
        || (headings::is_part(&first) && is_number)
}

/// Returns the depth of the decimal number at the start of a heading: 2 for `2.1`, 1 for `3.`.
fn numbering(heading: &str) -> Option<u8> {
    let (number, _) = heading.split_once(char::is_whitespace)?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let are_numbers = parts
        .iter()
        .all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()));
    (number.contains('.') && are_numbers).then(|| u8::try_from(parts.len()).unwrap_or(6).min(6))
}

fn is_question(text: &str) -> bool {
    text.ends_with(['?', '？', '؟'])
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'' | '«' | '„' | '「' | '『' | '《' | '¿')
}

/// Returns whether a whole line is in quotation marks.
fn is_quotation(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„']) && text.ends_with(['”', '"', '»', '“'])
}

fn unspaced_words(text: &str) -> usize {
    text.chars().filter(|&c| super::super::readable::is_unspaced(c)).count() / 2
}
