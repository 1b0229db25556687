//! Sentences: what a citation points at, so that a reader finds the words at once.
//!
//! This is a scan of our own, not `unicode-segmentation`'s sentence bounds with repairs on top. UAX #29 ends a sentence
//! at every line break, which hard-wrapped text has in the middle of sentences, and after every “Gen.” and “U.S.” before a
//! capital; a repair pass would have to look at each of those places again with all the rules below, after an iterator
//! that moves at some 40 MB/s has found them. Looking for the few characters that can end a sentence and judging each
//! where it stands is less code, and over ten times as fast.
//!
//! A sentence ends at a terminator with the quotes and brackets that close behind it, when white space follows (the full
//! stops of Chinese, Japanese and Indic scripts need none) and what comes next can begin a sentence; and at a blank
//! line. A full stop that may belong to an abbreviation is judged by [`abbreviation`] and the word that follows.

mod abbreviation;

use self::abbreviation::{Abbreviation, classify};
use super::Span;

/// The sentences of `text`: spans in order, disjoint, trimmed of white space, together covering all that is not white space.
///
/// A line break does not end a sentence, a blank line does.
///
/// ```
/// let text = "Gen. Aziz left the U.S.\nin 1997. He said “Enough!” and\nreturned.";
/// let sentences = pincite_text::sentences(text);
/// assert_eq!(sentences[0].of(text), "Gen. Aziz left the U.S.\nin 1997.");
/// assert_eq!(sentences[1].of(text), "He said “Enough!” and\nreturned.");
/// assert_eq!(sentences.len(), 2);
/// ```
pub fn sentences(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let mut at = start;
    while let Some((stop, terminator)) = next_stop(text, at) {
        let (resume, ends) = match terminator {
            Some(terminator) => judge(text, start, stop, terminator),
            None => {
                let gap = Gap::measure(text, stop);
                (gap.end, gap.breaks_paragraph)
            }
        };
        if ends {
            found.extend(trimmed_end(text, start, resume));
            start = resume;
        }
        at = resume;
    }
    found.extend(trimmed_end(text, start, text.len()));
    found
}

/// What a character that can end a sentence needs behind it to do so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Terminator {
    /// `.` and ellipses: white space, and something other than a lower-case word; may be part of an abbreviation.
    Stop,
    /// `!`: white space, and something other than a lower-case word.
    Exclamation,
    /// `?` and its like in scripts that space their words: white space.
    Question,
    /// Full stops of scripts that write without spaces: nothing.
    Full,
}

fn terminator(c: char) -> Option<Terminator> {
    match c {
        '.' | '…' => Some(Terminator::Stop),
        '!' | '‼' | '⁉' => Some(Terminator::Exclamation),
        '?' | '؟' | '۔' | '⁇' | '⁈' | '։' | '።' => Some(Terminator::Question),
        '。' | '！' | '？' | '｡' | '।' | '॥' | '။' | '។' => Some(Terminator::Full),
        _ => None,
    }
}

/// Bytes that begin a terminator or a line break.
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

/// The next terminator or, as `None`, line break from `at` on.
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

/// Judges the terminator at `stop` of the sentence that begins at `sentence`: where to go on, and whether it ends there.
fn judge(text: &str, sentence: usize, stop: usize, first: Terminator) -> (usize, bool) {
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
        Terminator::Full => true,
        Terminator::Question if end == run_end => true,
        _ if c.is_lowercase() && !opens_small(next) => false,
        Terminator::Stop if run_end == stop + 1 => {
            !is_abbreviated(text, sentence, stop, rest, next)
        }
        _ => true,
    };
    (gap.end, ends)
}

/// Whether the full stop at `stop` belongs to an abbreviation, initial or enumerator after which the sentence goes on with
/// `rest`, which is `next` behind its opening marks.
fn is_abbreviated(text: &str, sentence: usize, stop: usize, rest: &str, next: &str) -> bool {
    let word = word_before(&text[sentence..stop]);
    let before = &text[sentence..stop - word.len()];
    // The end of “hasn’t” or “mmol/L” is no initial.
    if before.trim_end_matches(['\'', '’', '/']).ends_with(char::is_alphanumeric) {
        return false;
    }
    let opens_sentence = before.chars().all(is_opener);
    match classify(word, opens_sentence) {
        None => false,
        Some(Abbreviation::Never) => true,
        Some(Abbreviation::BeforeNumber) => abbreviation::is_numeral(next),
        Some(Abbreviation::BeforeTime) => abbreviation::is_time(next),
        Some(Abbreviation::BeforeMonth) => abbreviation::is_german_month(next),
        // A dash behind it, as in a dateline (“ISLAMABAD, Pak. – The …”), does not end it either.
        Some(Abbreviation::UnlessOpener) => {
            rest.starts_with(['-', '–', '—']) || !abbreviation::is_opening_word(next)
        }
    }
}

/// The run of letters, digits and full stops at the end of `text`, or nothing where it is too long for an abbreviation.
fn word_before(text: &str) -> &str {
    const LONGEST: usize = 12;
    let mut start = text.len();
    for (taken, (at, c)) in text.char_indices().rev().enumerate() {
        if !(c.is_alphanumeric() || c == '.') {
            break;
        }
        if taken == LONGEST {
            return "";
        }
        start = at;
    }
    &text[start..]
}

/// The end of the run of terminators from `at` (`?!`, `...`, `. . .`) and what its last but full stops is.
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

/// The end of the closing quotes, brackets, emphasis marks and note references (`[12]`) that stand from `at`.
fn closers(text: &str, mut at: usize) -> usize {
    loop {
        let rest = &text[at..];
        if let Some(c) = rest.chars().next().filter(|&c| is_closer(c)) {
            at += c.len_utf8();
        } else if let Some(len) = note_reference(rest) {
            at += len;
        } else {
            return at;
        }
    }
}

/// The length of a note reference such as `[12]` or `[a]` that `text` begins with.
fn note_reference(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('[')?;
    let len = inner.bytes().take(4).take_while(u8::is_ascii_alphanumeric).count();
    (len > 0 && inner[len..].starts_with(']')).then_some(len + 2)
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '\'' | ')' | ']' | '}' | '*' | '_' | '`' | '~')
        || matches!(c, '’' | '”' | '“' | '‘' | '»' | '«' | '›' | '‹')
        || matches!(c, '」' | '』' | '】' | '）' | '］' | '｝' | '》' | '〉' | '〕' | '＂')
}

/// What may stand before the first word of a sentence; dashes too, since they open dialogue and lists.
fn is_opener(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '('
            | '['
            | '{'
            | '*'
            | '_'
            | '`'
            | '-'
            | '–'
            | '—'
            | '•'
            | '#'
            | '>'
            | '¿'
            | '¡'
    ) || matches!(c, '“' | '‘' | '„' | '‚' | '«' | '»' | '‹' | '›' | '「' | '『' | '（' | '《')
        || c.is_whitespace()
}

/// Whether `text` begins with a word that opens a sentence though its first letter is small: one with a capital
/// within (iPhone, al-Qaeda), or an enumerator (`a)`).
fn opens_small(text: &str) -> bool {
    text.chars().nth(1) == Some(')')
        || text
            .chars()
            .take(5)
            .take_while(|&c| c.is_alphabetic() || c == '-')
            .any(char::is_uppercase)
}

/// Whether `text` begins in a script written without spaces between words.
fn is_ideographic(text: &str) -> bool {
    text.starts_with(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'))
}

fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// A stretch of white space.
struct Gap {
    end: usize,
    /// Whether it holds an empty line, or U+2029.
    breaks_paragraph: bool,
}

impl Gap {
    /// The white space from `at` on, which may be none.
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

/// What lies between `start` and `end` without the white space at its end.
fn trimmed_end(text: &str, start: usize, end: usize) -> Option<Span> {
    let len = text[start..end].trim_end().len();
    (len > 0).then(|| Span::new(start, start + len))
}

#[cfg(test)]
mod tests;
