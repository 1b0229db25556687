//! Splits text into sentences, the smallest unit of a citation.
//!
//! This does not use `unicode-segmentation`'s sentence boundaries. UAX #29 ends a sentence at every
//! line break, even in hard-wrapped text, and after every “Gen.” and “U.S.” before a capital. A
//! repair pass would need all the rules below anyway. Scanning for the few characters that can end
//! a sentence is less code and over ten times faster.
//!
//! A sentence ends at a blank line, and at a terminator with the closing quotes and brackets after
//! it, if white space follows (not needed after the full stops of Chinese, Japanese and Indic
//! scripts) and the next word can begin a sentence. If a full stop may belong to an abbreviation,
//! [`abbreviation`] and the next word decide.

mod abbreviation;
mod language;
mod list;

use self::abbreviation::{Abbreviation, classify};
use self::language::Language;
use super::Span;

/// Returns the spans of the sentences of `text`, in bytes.
///
/// They are in order, disjoint, trimmed, and together cover everything but white space. A line
/// break does not end a sentence, but a blank line does.
///
/// ```
/// let text = "Gen. Aziz left the U.S.\nin 1997. He said “Enough!” and\nreturned.";
/// let sentences = pincite_text::sentences(text);
/// assert_eq!(sentences[0].of(text), "Gen. Aziz left the U.S.\nin 1997.");
/// assert_eq!(sentences[1].of(text), "He said “Enough!” and\nreturned.");
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    sentences_in(text, None)
}

/// Returns the spans of the sentences of `text`, as [`sentences`] does, by the abbreviations of a
/// language: an ISO 639-1 code. A language without a table is read as English.
///
/// ```
/// let text = "Das gilt z. B. am 3. Tag. Danach nicht.";
/// let sentences = pincite_text::sentences_in(text, Some("de"));
/// assert_eq!(sentences[0].of(text), "Das gilt z. B. am 3. Tag.");
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn sentences_in(text: &str, language: Option<&str>) -> Vec<Span> {
    let language = language.and_then(Language::of);
    let mut found = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let mut item = next_item(text, start);
    let mut at = start;
    while let Some((stop, terminator)) = next_stop(text, at) {
        if let Some(cut) = item.filter(|&cut| cut <= stop) {
            found.extend(trimmed_end(text, start, cut));
            start = cut;
            item = next_item(text, start);
            at = at.max(start);
            continue;
        }
        let (resume, ends) = match terminator {
            Some(terminator) => judge(text, start, stop, terminator, language),
            None => {
                let gap = Gap::measure(text, stop);
                (gap.end, gap.breaks_paragraph)
            }
        };
        if ends {
            found.extend(trimmed_end(text, start, resume));
            start = resume;
            item = next_item(text, start);
        }
        at = resume;
    }
    while let Some(cut) = item {
        found.extend(trimmed_end(text, start, cut));
        start = cut;
        item = next_item(text, start);
    }
    found.extend(trimmed_end(text, start, text.len()));
    found
}

/// Returns the offset of the next item of a list on one line, if one begins at `start`.
fn next_item(text: &str, start: usize) -> Option<usize> {
    const MAX_CHARS: usize = 300;
    let rest = &text[start..];
    let end = rest.char_indices().nth(MAX_CHARS).map_or(rest.len(), |(at, _)| at);
    list::next_item(&rest[..end]).map(|item| start + item)
}

/// The kinds of characters that can end a sentence, by what has to follow them to do so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terminator {
    /// `.` and ellipses: white space and no lower-case word. May be part of an abbreviation.
    Stop,
    /// `!`: white space and no lower-case word.
    Exclamation,
    /// `?` and the like in scripts with spaces: white space.
    Question,
    /// Full stops of scripts without spaces: nothing.
    Full,
}

fn terminator(c: char) -> Option<Terminator> {
    match c {
        '.' | '…' => Some(Terminator::Stop),
        '!' | '‼' | '⁉' | '．' => Some(Terminator::Exclamation),
        '?' | '؟' | '۔' | '⁇' | '⁈' | '։' | '።' => Some(Terminator::Question),
        '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '។' => Some(Terminator::Full),
        _ => None,
    }
}

/// The first bytes of terminators and line breaks.
const STOP_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b".!?\n\r\xC2\xD6\xD8\xDB\xE0\xE1\xE2\xE3\xEF";
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

/// Returns the next terminator from `at`, or line break (as `None`), with its offset.
fn next_stop(text: &str, mut at: usize) -> Option<(usize, Option<Terminator>)> {
    loop {
        at += text.as_bytes()[at..].iter().position(|&byte| STOP_BYTES[usize::from(byte)])?;
        let c = text[at..].chars().next()?;
        let terminator = terminator(c);
        if terminator.is_some() || is_line_break(c) {
            return Some((at, terminator));
        }
        at += c.len_utf8();
    }
}

/// Returns the offset at which to resume after the terminator at `stop`, and whether it ends the
/// sentence that starts at `sentence`.
fn judge(
    text: &str,
    sentence: usize,
    stop: usize,
    first: Terminator,
    language: Option<&Language>,
) -> (usize, bool) {
    let (run_end, last) = terminator_run(text, stop, first);
    let end = closers(text, run_end);
    let gap = Gap::measure(text, end);
    if gap.breaks_paragraph || gap.end == text.len() {
        return (gap.end, true);
    }
    let rest = &text[gap.end..];
    if gap.end == end {
        let ideographic = last != Terminator::Stop && is_ideographic(rest);
        let reported = end > run_end && rest.starts_with(['と', 'っ', '、', '，']);
        return (end, (last == Terminator::Full || ideographic) && !reported);
    }
    let next = rest.trim_start_matches(is_opener);
    let Some(c) = next.chars().next() else { return (gap.end, true) };
    let ends = match last {
        _ if matches!(c, ',' | ';' | ':' | '&' | '/' | '=' | '+' | '%') => false,
        _ if text[run_end..end].contains(is_quotation_mark) && is_reference(rest) => false,
        Terminator::Full => true,
        Terminator::Question if end == run_end => true,
        _ if c.is_lowercase() && !opens_small(next) => false,
        Terminator::Stop if run_end == stop + 1 => {
            !is_abbreviation(&text[sentence..stop], rest, next, language)
        }
        // An ellipsis apart from the word before it is within a sentence.
        Terminator::Stop if &text[stop..run_end] == ". . ." => !text[..stop].ends_with(' '),
        _ => true,
    };
    (gap.end, ends)
}

/// Returns whether the full stop after `sentence`, the sentence so far, belongs to an abbreviation
/// after which the sentence goes on.
///
/// `rest` is the text that follows, and `next` the same without its opening quotes and brackets.
fn is_abbreviation(sentence: &str, rest: &str, next: &str, language: Option<&Language>) -> bool {
    let word = word_before(sentence);
    let before = &sentence[..sentence.len() - word.len()];
    // The last letter of “hasn’t” or “mmol/L” is not an initial.
    let is_ending = word.len() <= 2
        && before.trim_end_matches(['\'', '’', '/']).ends_with(char::is_alphanumeric);
    if is_ending || (abbreviation::is_label(before, word) && !abbreviation::is_initial_next(next)) {
        return false;
    }
    if abbreviation::is_spaced(word, rest) {
        return true;
    }
    let opens_sentence = before.chars().all(is_opener);
    let goes_on = || {
        // A dash goes on too, as in a dateline: “ISLAMABAD, Pak. – The …”.
        rest.starts_with(['-', '–', '—']) || !abbreviation::is_opening_word(next, language)
    };
    let spaced = abbreviation::spaced(sentence, word);
    match classify(spaced.as_deref().unwrap_or(word), opens_sentence, language) {
        None => false,
        Some(Abbreviation::Never) => true,
        Some(Abbreviation::BeforeNumber) => abbreviation::is_numeral(next),
        Some(Abbreviation::BeforeTime) => abbreviation::is_time(next),
        Some(Abbreviation::Ordinal) => {
            abbreviation::is_dated_in_german(next)
                || (abbreviation::is_ordinal_after(before, language) && goes_on())
        }
        Some(Abbreviation::LastAfterNumber) => !ends_in_digit(before),
        Some(Abbreviation::UnlessOpener) => goes_on(),
    }
}

fn ends_in_digit(text: &str) -> bool {
    text.trim_end().ends_with(|c: char| c.is_ascii_digit())
}

/// Returns the run of letters, digits, degree signs and full stops at the end of `text`, or `""` if
/// it is too long for an abbreviation.
fn word_before(text: &str) -> &str {
    const LONGEST: usize = 20;
    let mut start = text.len();
    for (taken, (at, c)) in text.char_indices().rev().enumerate() {
        if !(c.is_alphanumeric() || matches!(c, '.' | '°' | '№')) {
            break;
        }
        if taken == LONGEST {
            return "";
        }
        start = at;
    }
    &text[start..]
}

/// Returns the end of the run of terminators at `at` (`?!`, `...`, `. . .`), and the kind of its
/// last one that is not a full stop.
fn terminator_run(text: &str, at: usize, first: Terminator) -> (usize, Terminator) {
    let mut end = at;
    let mut kind = first;
    loop {
        let mut chars = text[end..].chars();
        let c = chars.next();
        if let (Some(c), Some(next)) = (c, c.and_then(terminator)) {
            if next != Terminator::Stop {
                kind = next;
            }
            end += c.len_utf8();
        } else if c == Some(' ')
            && chars.next() == Some('.')
            && !chars.next().is_some_and(char::is_alphanumeric)
        {
            end += 2;
        } else {
            return (end, kind);
        }
    }
}

/// Returns the end of the closing quotes, brackets, emphasis marks and note references (`[12]`,
/// `¹²`) at `at`.
fn closers(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        if let Some(c) = rest.chars().next().filter(|&c| is_closer(c)) {
            at += c.len_utf8();
        } else if let Some(len) = spaced_guillemet(rest) {
            at += len;
        } else if let Some(len) = note_reference(rest) {
            at += len;
        } else {
            return at;
        }
    }
}

/// Returns the length in bytes of a space and a closing guillemet, as in French, at the start of
/// `text`. An opening one has a word after it.
fn spaced_guillemet(text: &str) -> Option<usize> {
    let space = text.chars().next().filter(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}'))?;
    let rest = text[space.len_utf8()..].strip_prefix('»')?;
    let is_closing = rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == '.');
    is_closing.then_some(space.len_utf8() + '»'.len_utf8())
}

/// Returns the length in bytes of the note reference, such as `[12]` or `[a]`, at the start of
/// `text`.
fn note_reference(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let len = inner.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    (len > 0 && inner[len..].starts_with(']')).then_some(len + 2)
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '*' | '_' | '`' | '~')
        || matches!(c, '’' | '”' | '“' | '‘' | '»' | '«' | '›' | '‹')
        || matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
        || matches!(c, '」' | '』' | '】' | '）' | '］' | '｝' | '》' | '〉' | '〕' | '＂')
}

fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '’' | '”' | '“' | '‘' | '»' | '«')
}

/// Returns whether `text` begins with the source of a quotation in brackets, after which the
/// sentence ends: `(Sample 55).`
fn is_reference(text: &str) -> bool {
    const LONGEST: usize = 80;
    let Some(inner) = text.strip_prefix('(') else { return false };
    let end = inner.char_indices().take(LONGEST).find(|(_, c)| matches!(c, ')' | '!' | '?' | '\n'));
    end.is_some_and(|(at, c)| c == ')' && inner[at + 1..].starts_with(['.', ',', ';']))
}

/// Returns whether a character may precede the first word of a sentence. Dashes open dialogue and
/// lists.
fn is_opener(c: char) -> bool {
    matches!(c, '"' | '\'' | '(' | '[' | '{' | '*' | '_' | '`' | '#' | '>' | '¿' | '¡')
        || matches!(c, '-' | '–' | '—' | '•' | '⁃')
        || matches!(c, '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '›' | '「' | '『' | '（' | '《')
        || c.is_whitespace()
}

/// Returns whether `text` opens a sentence though its first letter is lower case: a word with a
/// capital inside (iPhone, al-Qaeda), or an enumerator (`a)`).
fn opens_small(text: &str) -> bool {
    text.chars().nth(1) == Some(')')
        || text
            .chars()
            .take(5)
            .take_while(|&c| c.is_alphabetic() || c == '-')
            .any(char::is_uppercase)
}

/// Returns whether `text` begins with kana or a CJK ideograph.
fn is_ideographic(text: &str) -> bool {
    text.starts_with(|c| {
        matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
    })
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A run of white space, possibly empty.
struct Gap {
    end: usize,
    /// Set if it contains an empty line or U+2029.
    breaks_paragraph: bool,
}

impl Gap {
    /// Measures the white space at `at`.
    fn measure(text: &str, at: usize) -> Gap {
        let mut end = at;
        let mut lines = 0;
        let mut previous = ' ';
        for c in text[at..].chars().take_while(|c| c.is_whitespace()) {
            end += c.len_utf8();
            lines += match c {
                '\n' if previous == '\r' => 0,
                '\u{2029}' => 2,
                c => usize::from(is_line_break(c)),
            };
            previous = c;
        }
        Gap { end, breaks_paragraph: lines > 1 }
    }
}

/// Returns the span `start..end` without the white space at its end, or `None` if nothing is left.
fn trimmed_end(text: &str, start: usize, end: usize) -> Option<Span> {
    let len = text[start..end].trim_end().len();
    (len > 0).then(|| Span::new(start, start + len))
}

#[cfg(test)]
mod tests;
