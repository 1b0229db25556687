//! What each unit of a bare text is: title, heading, paragraph, by-line or boilerplate.
//!
//! A saved page has three parts. The *head* goes up to the first sentence, the *tail* begins behind the last paragraph of
//! some length, and between them is the body. Where a line stands decides what it may be: between paragraphs, only a line
//! that is boilerplate by all of its words is taken for it; in the tail, everything from the first comment form,
//! share line or copyright notice on is. A paragraph is never boilerplate for being short.

use super::super::boilerplate::{Control, control, is_run_together};
use super::imprint;
use super::unit::{Unit, ends_sentence, is_list_item};
use crate::extract::BlockKind;
use crate::text::english::function_words::opens_question;
use crate::text::english::headings;
use crate::text::english::numbers::{is_small_cardinal, is_small_ordinal};

/// Code points from which on a sentence is prose that no boilerplate has.
const PROSE: usize = 80;

/// Code points from which on a line is prose even without a full stop.
const LONG: usize = 200;

/// The most code points and words of a heading.
const HEADING: (usize, usize) = (120, 20);

/// So many paragraphs may stand above a by-line: a summary, a lead.
const OPENING: usize = 2;

/// So many short lines on end are a list, not headings of one another.
const NESTED: u8 = 3;

/// What a unit is and looks like.
struct Traits<'a> {
    text: &'a str,
    unit: Unit,
    /// How many words it has, where that is no more than a heading has.
    words: usize,
    control: Option<Control>,
    /// A by-line or a stamp of time.
    imprint: bool,
    /// Ends as a sentence, and has the words for one.
    sentence: bool,
    /// Long enough for a paragraph that the article consists of.
    prose: bool,
}

impl<'a> Traits<'a> {
    fn of(text: &'a str, unit: Unit) -> Self {
        let text = unit.span.of(text);
        let control = control(text).or_else(|| is_run_together(text).then_some(Control::Weak));
        let one_line = unit.lines == 1;
        let imprint =
            one_line && (imprint::byline(text).is_some() || imprint::stamp(text).is_some());
        // Counted no further than it matters: to tell a heading.
        let spaced = text.split_whitespace().take(HEADING.1 + 1).count();
        // Chinese and Japanese have no spaces to count words by.
        let words = if text.is_ascii() { spaced } else { spaced.max(unspaced_words(text)) };
        let known = control.is_some() || imprint;
        let sentence = !known && words >= 4 && ends_sentence(text);
        let prose = !known && ((unit.chars >= PROSE && ends_sentence(text)) || unit.chars >= LONG);
        Self { text, unit, words, control, imprint, sentence, prose }
    }

    fn is_body(&self) -> bool {
        self.sentence || self.prose || (self.control.is_none() && is_list_item(self.text))
    }

    /// Whether a title may look like this, if it stands where titles do.
    fn may_be_title(&self) -> bool {
        let ends = self.text.ends_with(['.', ':', ',', ';', '…']) || is_quotation(self.text);
        let link = self.text.contains("://") || self.text.contains("www.");
        let begins = self.text.starts_with(|c: char| c.is_alphanumeric() || is_opening_quote(c));
        let digits = self.text.chars().filter(char::is_ascii_digit).count();
        let letters = self.text.chars().filter(|c| c.is_alphabetic()).count();
        // A line that is mostly figures is a time or a table.
        let fits = self.unit.chars <= LONG && self.words <= HEADING.1 && digits * 3 <= letters;
        self.control.is_none()
            && !self.imprint
            && fits
            && begins
            && !ends
            && !link
            && !is_list_item(self.text)
    }

    /// Whether a heading may look like this, if body follows.
    fn may_be_heading(&self) -> bool {
        let first =
            self.text.trim_start_matches(|c| c == '(' || is_opening_quote(c)).chars().next();
        let begins = first.is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
        let introduces = self.text.ends_with(':') && self.words > 3;
        let ends = introduces
            || self.text.ends_with([',', ';', '-'])
            || (ends_sentence(self.text) && !is_question(self.text));
        let caption = ["photo:", "photo by", "getty images", "image credit", "file photo"];
        matches!(self.control, None | Some(Control::Weak))
            && self.unit.lines == 1
            && self.unit.chars <= HEADING.0
            && self.words <= HEADING.1
            && begins
            && !ends
            && !is_quotation(self.text)
            && !caption.iter().any(|words| self.text.to_lowercase().contains(words))
    }
}

/// What the units of `text` are, one kind each.
pub(super) fn kinds(text: &str, units: &[Unit]) -> Vec<BlockKind> {
    let traits: Vec<Traits> = units.iter().map(|&unit| Traits::of(text, unit)).collect();
    let Some(parts) = Parts::of(&traits) else {
        // Nothing here is a sentence: a note, a list, a poem. All of it is the text.
        let kind = |traits: &Traits| match traits.control {
            Some(Control::Strong | Control::Footer) => BlockKind::Boilerplate,
            _ if traits.imprint => BlockKind::Byline,
            _ => BlockKind::Paragraph,
        };
        return traits.iter().map(kind).collect();
    };
    let leads = leads(&traits, &parts);
    let mut kinds: Vec<BlockKind> =
        (0..traits.len()).map(|i| parts.kind(&traits, &leads, i)).collect();
    set_levels(&traits, &mut kinds);
    kinds
}

/// Where head, body and tail of a page part, as indexes of units.
struct Parts {
    title: Option<usize>,
    /// The first sentence.
    first: usize,
    /// Where the article is under way: by-lines stand above this.
    opening: usize,
    /// The last paragraph of some length.
    last: usize,
    /// Where nothing but boilerplate follows.
    footer: usize,
}

impl Parts {
    fn of(traits: &[Traits]) -> Option<Parts> {
        let starts = |(i, t): &(usize, &Traits)| {
            t.prose || (t.sentence && !(is_question(t.text) && heads_page(traits, *i)))
        };
        let first = traits.iter().enumerate().find(starts).map(|(i, _)| i)?;
        let last = traits
            .iter()
            .rposition(|t| t.prose)
            .or_else(|| traits.iter().rposition(|t| t.sentence))?
            .max(first);
        let opening = (first..traits.len())
            .filter(|&i| traits[i].is_body())
            .nth(OPENING)
            .unwrap_or(traits.len());
        let footer = (last + 1..traits.len()).find(|&i| traits[i].control == Some(Control::Footer));
        Some(Parts {
            title: title(&traits[..=first]),
            first,
            opening,
            last,
            footer: footer.unwrap_or(traits.len()),
        })
    }

    fn kind(&self, traits: &[Traits], leads: &[u8], i: usize) -> BlockKind {
        let t = &traits[i];
        let beside = || {
            i.checked_sub(1)
                .into_iter()
                .chain([i + 1])
                .filter_map(|i| traits.get(i))
                .any(|t| t.control.is_some())
        };
        let in_body = (self.first..=self.last).contains(&i);
        if self.title == Some(i) {
            return BlockKind::Title;
        }
        if t.imprint && self.may_be_imprint(traits, i) {
            return BlockKind::Byline;
        }
        match t.control {
            _ if i >= self.footer => return BlockKind::Boilerplate,
            Some(Control::Weak) if in_body && !beside() => {}
            Some(_) => return BlockKind::Boilerplate,
            None => {}
        }
        if self.title.is_some_and(|title| i < title) {
            return BlockKind::Boilerplate;
        }
        if self.title.is_some() && i < self.first && t.words >= 8 && t.unit.below {
            // What stands between title and text and is no section's heading: a summary.
            return BlockKind::Paragraph;
        }
        if leads[i] > 0 { BlockKind::Heading(1) } else { BlockKind::Paragraph }
    }

    /// By-lines stand at the top, or at the bottom; in the middle, such a line heads a section.
    fn may_be_imprint(&self, traits: &[Traits], i: usize) -> bool {
        let next = traits.get(i + 1);
        let bottom = i > self.last
            || next
                .is_none_or(|next| !next.is_body() || speaks_of_author(traits[i].text, next.text));
        i < self.footer && (i <= self.opening || bottom)
    }
}

/// Whether the paragraph under a by-line introduces its author.
fn speaks_of_author(byline: &str, paragraph: &str) -> bool {
    let name = byline
        .split_once(' ')
        .map_or("", |(_, name)| name.split(',').next().unwrap_or(name))
        .trim();
    !name.is_empty() && paragraph.starts_with(name)
}

/// The title among the units up to the first sentence: the first line of some words, set off from what follows.
///
/// Where menus stand above an article, no rule finds its title among so many lines, so none is tried.
fn title(head: &[Traits]) -> Option<usize> {
    const WORDS: usize = 4;
    const SHORTEST: usize = 3;
    const UNKNOWN: usize = 4;
    let above = head.len().saturating_sub(1);
    let unknown = head[..above].iter().filter(|t| t.control.is_none() && !t.imprint).count();
    if unknown > UNKNOWN {
        return None;
    }
    let set_off = |i: usize| {
        let next = head.get(i + 1);
        head[i].unit.below || next.is_some_and(|next| next.control.is_some() || next.imprint)
    };
    let mut candidates = (0..above).filter(|&i| head[i].may_be_title() && set_off(i));
    let first = candidates.clone().find(|&i| head[i].words >= WORDS);
    // A shorter line is the title only if no other line could be.
    let only =
        candidates.next().filter(|&i| candidates.next().is_none() && head[i].words >= SHORTEST);
    first.or(only.filter(|&i| head[i].unit.above && imprint::masthead(head[i].text).is_none()))
}

/// Whether a question may be the title: the first line of the page that is no boilerplate, set off from the text.
fn heads_page(traits: &[Traits], i: usize) -> bool {
    let unit = &traits[i].unit;
    unit.below
        && unit.chars <= HEADING.0
        && traits[..i].iter().all(|t| t.control.is_some() || t.imprint || t.words < 4)
}

/// For each unit how deep a heading it is over what follows, counted from the body up; 0 where it is none.
fn leads(traits: &[Traits], parts: &Parts) -> Vec<u8> {
    let mut leads = vec![0; traits.len()];
    let mut below = None;
    for i in (0..traits.len()).rev() {
        let t = &traits[i];
        if i >= parts.footer || parts.title == Some(i) {
            below = None;
        } else if t.is_body()
            && !(is_question(t.text) && heads_section(t))
            && !is_numbered_heading(traits, i)
        {
            below = Some(0);
        } else if t.control.is_some_and(|control| control != Control::Weak)
            || (t.imprint && parts.may_be_imprint(traits, i))
        {
            // What stands between a heading and its text does not part them.
        } else if let Some(depth) = below.filter(|_| t.may_be_heading()) {
            let list_follows = t.text.ends_with(':')
                && traits.get(i + 1).is_some_and(|next| is_list_item(next.text));
            let depth: u8 = depth;
            below = (depth < NESTED && !list_follows).then_some(depth + 1);
            leads[i] = below.unwrap_or(0);
        } else {
            below = None;
        }
    }
    leads
}

/// Whether a question heads a section rather than being a short paragraph: it asks in a heading's words, or has no blank
/// line below it though there is one above.
fn heads_section(t: &Traits) -> bool {
    let asks = t.text.split_whitespace().next().is_some_and(opens_question);
    let attached = t.unit.above && !t.unit.below;
    t.may_be_heading() && (attached || (asks && (3..=12).contains(&t.words)))
}

/// Whether a line with a number stands alone above prose, rather than being an item of a list.
fn is_numbered_heading(traits: &[Traits], i: usize) -> bool {
    let item = |i: usize| traits.get(i).is_some_and(|t| is_list_item(t.text));
    let alone = !item(i + 1) && !i.checked_sub(1).is_some_and(item);
    let over_prose =
        traits.get(i + 1).is_some_and(|next| next.prose || numbering(next.text).is_some());
    numbering(traits[i].text).is_some() && !ends_sentence(traits[i].text) && alone && over_prose
}

/// Gives headings their levels: 2 under a heading that says it is a part, 1 otherwise.
fn set_levels(traits: &[Traits], kinds: &mut [BlockKind]) {
    let heading = |i: &usize| matches!(kinds[*i], BlockKind::Heading(_));
    let headings: Vec<usize> = (0..kinds.len()).filter(heading).collect();
    let is_part = |i: &usize| is_part(traits[*i].text);
    let nested = headings.iter().filter(|i| is_part(i)).count() >= 2;
    let mut in_part = false;
    for i in headings {
        let text = traits[i].text;
        let level = match numbering(text) {
            Some(depth) => depth,
            None if nested && is_part(&i) => 1,
            None if headings::is_closing(text.to_lowercase().trim_end_matches(':')) => 1,
            None => 1 + u8::from(in_part),
        };
        in_part = nested && (is_part(&i) || (in_part && level > 1));
        kinds[i] = BlockKind::Heading(level);
    }
}

/// `First part: …`, `Part II`, `Chapter 3`: a heading that says that it is one of the outermost.
fn is_part(heading: &str) -> bool {
    let mut words = heading
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase);
    let (Some(first), Some(second)) = (words.next(), words.next()) else { return false };
    let roman = |word: &str| word.chars().all(|c| matches!(c, 'i' | 'v' | 'x'));
    let counted = |word: &str| is_small_cardinal(word) || word.parse::<u8>().is_ok() || roman(word);
    (is_small_ordinal(&first) && headings::is_part(&second))
        || (headings::is_part(&first) && counted(&second))
}

/// How deep a decimal number such as `2.1` or `3.` at the start of a heading puts it.
fn numbering(heading: &str) -> Option<u8> {
    let (number, _) = heading.split_once(char::is_whitespace)?;
    let parts: Vec<&str> = number.trim_end_matches('.').split('.').collect();
    let counted = parts
        .iter()
        .all(|part| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit()));
    (number.contains('.') && counted).then(|| u8::try_from(parts.len()).unwrap_or(6).min(6))
}

fn is_question(text: &str) -> bool {
    text.ends_with(['?', '？', '؟'])
}

fn is_opening_quote(c: char) -> bool {
    matches!(c, '“' | '"' | '‘' | '\'' | '«' | '„' | '「' | '『' | '《' | '¿')
}

/// Whether all of a line is one quotation.
fn is_quotation(text: &str) -> bool {
    text.starts_with(['“', '"', '«', '„']) && text.ends_with(['”', '"', '»', '“'])
}

fn unspaced_words(text: &str) -> usize {
    text.chars().filter(|&c| super::super::readable::is_unspaced(c)).count() / 2
}
