//! Tells whether a sentence asserts something that sources could say or deny.
//!
//! Nothing is parsed here: a sentence is let through unless something plain speaks against it. A
//! claim too many comes out as *not found*, a claim too few is listed as skipped, with why.

use super::request::Why;
use crate::text::english::calendar::month_names;
use crate::text::english::{pronouns, verbs};
use crate::text::is_function_word;
use crate::text::{Span, Word, fold, words};

/// The fewest words that a claim has.
const FEWEST: usize = 4;

/// Quotation marks, and what closes each.
const MARKS: [(char, char); 4] = [('“', '”'), ('«', '»'), ('„', '“'), ('"', '"')];

/// Returns what stands between quotation marks in a paragraph, marks included: spans in order, in
/// bytes. Where a mark that has a side is not closed, the quotation goes on to the end.
pub(super) fn quoted(text: &str) -> Vec<Span> {
    let mut quoted = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match open {
            Some((start, close)) if c == close => {
                quoted.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            Some(_) => {}
            None => open = MARKS.iter().find(|(mark, _)| *mark == c).map(|&(_, close)| (at, close)),
        }
    }
    quoted.extend(
        open.filter(|&(_, close)| close != '"').map(|(start, _)| Span::new(start, text.len())),
    );
    quoted
}

/// Returns what speaks against taking a sentence of the paragraph `text` for a claim.
pub(super) fn fault(
    text: &str,
    sentence: Span,
    quotations: &[Span],
    is_english: bool,
) -> Option<Why> {
    let is_quoted = |span: Span| {
        let next = quotations.partition_point(|quotation| quotation.end <= span.start);
        quotations.get(next).is_some_and(|quotation| quotation.overlaps(span))
    };
    let all = words(sentence.of(text))
        .map(|word| Word { span: word.span.shifted(sentence.start), ..word });
    let (inside, own): (Vec<Word<'_>>, Vec<Word<'_>>) = all.partition(|word| is_quoted(word.span));
    let bare = sentence.of(text).trim_end_matches(|c: char| !c.is_alphanumeric() && !is_sign(c));
    let content = own.iter().filter(|word| !is_function_word(&fold(word.text))).count();
    let is_tied = own.iter().skip(1).any(is_name)
        || own.iter().any(|word| word.text.contains(char::is_numeric));
    let says_little = own.len() < FEWEST || content < if is_tied { 2 } else { 3 };
    if says_little && !inside.is_empty() {
        Some(Why::Quotation)
    } else if bare.ends_with(is_question_mark) {
        Some(Why::Question)
    } else if says_little || bare.ends_with([':', '：']) {
        Some(Why::Fragment)
    } else if is_english {
        english(&own)
    } else {
        None
    }
}

/// Returns the same, as far as it takes English to tell. `words` are those outside quotation marks.
fn english(words: &[Word<'_>]) -> Option<Why> {
    let folded: Vec<_> = words.iter().map(|word| fold(word.text)).collect();
    // A pronoun with nothing before it that it could stand for.
    let subject = folded.iter().find(|word| refers(word) || names_something(word));
    if folded.first().is_some_and(|word| verbs::is_instructing(word)) {
        Some(Why::Instruction)
    } else if (0..words.len()).any(|at| is_first_person(words, at)) {
        Some(Why::FirstPerson)
    } else if subject.is_some_and(|word| refers(word)) {
        Some(Why::RefersBack)
    } else if !folded.iter().skip(1).any(|word| could_be_verb(word)) {
        Some(Why::Fragment)
    } else {
        None
    }
}

/// Returns whether a folded word stands for something named before.
fn refers(word: &str) -> bool {
    pronouns::is_subject(word) || pronouns::is_possessive(word) || pronouns::is_demonstrative(word)
}

/// Returns whether a folded word is more than a hinge, a number or a month.
fn names_something(word: &str) -> bool {
    !is_function_word(word)
        && !word.contains(char::is_numeric)
        && !month_names().iter().any(|month| month == word)
}

fn is_name(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

/// Returns whether a word is one for whoever writes. `US` is none, nor the `I` of *World War I*.
fn is_first_person(words: &[Word<'_>], at: usize) -> bool {
    let text = words[at].text;
    let is_numeral = || {
        let before = at.checked_sub(1).map(|before| &words[before]);
        before.is_some_and(|before| is_name(before) && !is_function_word(&fold(before.text)))
    };
    match text {
        "I" => !is_numeral(),
        "us" => true,
        _ if text.starts_with("I'") || text.starts_with("I’") => true,
        _ => pronouns::is_first_person(&text.to_lowercase()),
    }
}

/// Returns whether an English word may be a finite verb, by its ending or because it is a known
/// one.
fn could_be_verb(word: &str) -> bool {
    let ends = |ending: &str| word.len() > ending.len() + 1 && word.ends_with(ending);
    let is_inflected = ends("ed") || (ends("s") && !ends("ss") && !ends("us"));
    is_inflected
        || word.ends_with("n't")
        || verbs::is_auxiliary(word)
        || verbs::is_irregular_past(word)
}

fn is_question_mark(c: char) -> bool {
    matches!(c, '?' | '？' | '؟' | '⁇' | '⁈')
}

/// Returns whether the end of a sentence is to be looked at for this sign.
fn is_sign(c: char) -> bool {
    is_question_mark(c) || matches!(c, ':' | '：')
}
