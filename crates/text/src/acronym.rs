//! Acronyms, and the names that a text itself gives them: “Tehreek-e-Taliban Pakistan (TTP)”.
//!
//! A name explains an acronym if the initials of its words spell it; small words such as *e* or
//! *of* may be skipped. Either one of the two follows the other in brackets, or the name is
//! capitalised, has at least three words and is near by. This is stricter than Schwartz and Hearst
//! (“A simple algorithm for identifying abbreviation definitions in biomedical text”, 2003), who
//! accept any letter of a word, because a definition found here is applied to all other articles.

use std::ops::RangeInclusive;

use super::{Span, Word, fold, words};

/// An acronym with its expansion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    /// Its letters, folded: `ttp`.
    pub letters: String,
    /// The span of the expansion, in bytes of the text.
    pub name: Span,
}

/// The number of letters of an acronym.
const LETTERS: RangeInclusive<usize> = 2..=10;

/// The minimum number of letters of an acronym whose expansion is not marked by brackets.
const MIN_UNBRACKETED: usize = 3;

/// The maximum distance, in words, of an expansion without brackets: about a sentence.
const NEAR: usize = 24;

/// Returns the acronyms that `text` explains, in text order.
///
/// Runs in time linear in the length of `text`.
///
/// ```
/// use pincite_text::acronyms;
///
/// let text = "The Tehreek-e-Taliban Pakistan (TTP) was founded in 2007.";
/// let found = acronyms(text);
/// assert_eq!(found.len(), 1);
/// assert_eq!(found[0].letters, "ttp");
/// assert_eq!(found[0].name.of(text), "Tehreek-e-Taliban Pakistan");
/// ```
pub fn acronyms(text: &str) -> Vec<Acronym> {
    // Most paragraphs explain no acronym, and two capitals close together, and brackets, are cheap
    // to look for.
    if text.is_ascii() && !(has_capitals_together(text) && (has_brackets(text) || has_name(text))) {
        return Vec::new();
    }
    // An English word and its space take about six bytes.
    let mut words = Vec::with_capacity(text.len() / 5);
    words.extend(self::words(text));
    let mut found = Vec::new();
    for form in short_words(text, &words) {
        let mut name = None;
        if form.first > 0 && is_bracketed(text, form.span(&words)) {
            name = expansion(text, &words, form.first - 1, &form.letters, false);
        }
        if name.is_none() && form.letters.chars().count() >= MIN_UNBRACKETED {
            let after = form.last + 1..(form.last + NEAR).min(words.len());
            let before = (form.first.saturating_sub(NEAR)..form.first).rev();
            name = after
                .chain(before)
                .find_map(|end| expansion(text, &words, end, &form.letters, true));
        }
        if let Some(name) = name.filter(|name| !name.contains(words[form.first].span)) {
            found.push(Acronym { letters: form.letters, name });
        }
    }
    found
}

/// Returns whether an ASCII text has two capitals with at most one character between them.
fn has_capitals_together(text: &str) -> bool {
    let capitals = text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_uppercase());
    let mut last = None;
    capitals.map(|(at, _)| at).any(|at| last.replace(at).is_some_and(|last| at - last <= 2))
}

/// Returns whether a text has brackets with an acronym in them, or behind one.
fn has_brackets(text: &str) -> bool {
    text.contains(['(', '['])
}

/// Returns whether a text has a name of as many capitalised words as an acronym without brackets
/// has letters.
fn has_name(text: &str) -> bool {
    let mut capitalised = 0;
    let mut last = None;
    words(text).any(|word| {
        if last.replace(word).is_some_and(|last| !is_joined(text, &last, &word)) {
            capitalised = 0;
        }
        if is_capitalised(&word) {
            capitalised += 1;
        } else if !is_small(&word) {
            capitalised = 0;
        }
        capitalised >= MIN_UNBRACKETED
    })
}

/// Returns the words in `text` that look like acronyms, such as `TTP`, `U.N.` or `IS-K`: their
/// spans in bytes, and their letters folded.
pub fn short_forms(text: &str) -> Vec<(Span, String)> {
    let words: Vec<Word<'_>> = words(text).collect();
    short_words(text, &words).map(|form| (form.span(&words), form.letters)).collect()
}

/// Returns the capitalised names of several words in `text`, and the parts of these: their spans in
/// bytes, and their initials folded.
pub fn proper_names(text: &str) -> Vec<(Span, String)> {
    let words: Vec<Word<'_>> = words(text).collect();
    let mut names = Vec::new();
    for (first, begin) in words.iter().enumerate().filter(|(_, word)| is_capitalised(word)) {
        let mut initials = String::new();
        for (i, word) in words.iter().enumerate().skip(first).take(2 * LETTERS.end()) {
            if i > first && !is_joined(text, &words[i - 1], word) {
                break;
            }
            if is_capitalised(word) {
                initials.extend(initial(word));
            } else if is_small(word) {
                continue;
            } else {
                break;
            }
            if LETTERS.contains(&initials.chars().count()) {
                names.push((Span::new(begin.span.start, word.span.end), initials.clone()));
            }
        }
    }
    names
}

/// A run of words that looks like an acronym: several where it is hyphenated.
struct ShortForm {
    /// The index of its first word.
    first: usize,
    /// The index of its last word.
    last: usize,
    /// Its letters, folded.
    letters: String,
}

impl ShortForm {
    fn span(&self, words: &[Word<'_>]) -> Span {
        Span::new(words[self.first].span.start, words[self.last].span.end)
    }
}

/// Returns the runs of `words` that look like acronyms.
fn short_words<'a>(text: &'a str, words: &'a [Word<'a>]) -> impl Iterator<Item = ShortForm> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(word) = words.get(next) {
            let first = next;
            next += 1;
            if !has_shape(word.text) {
                continue;
            }
            while next < words.len()
                && &text[words[next - 1].span.end..words[next].span.start] == "-"
                && is_upper(words[next].text)
            {
                next += 1;
            }
            let letters: String =
                words[first..next].iter().flat_map(|word| letters(word.text)).collect();
            if LETTERS.contains(&letters.chars().count()) {
                return Some(ShortForm { first, last: next - 1, letters });
            }
        }
        None
    })
}

/// Returns whether a word has at least two capitals and is not too long for an acronym.
fn has_shape(word: &str) -> bool {
    word.len() <= 2 * LETTERS.end() && word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

fn is_upper(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

fn letters(word: &str) -> Vec<char> {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Returns whether `span` is alone in brackets, or comes first in them.
fn is_bracketed(text: &str, span: Span) -> bool {
    text[..span.start].ends_with(['(', '['])
        && text[span.end..].trim_start_matches('.').starts_with([')', ']', ',', ';'])
}

/// Returns the span of the words up to index `end` whose initials spell `letters`. If `proper` is
/// set, these words must be capitalised.
fn expansion(
    text: &str,
    words: &[Word<'_>],
    end: usize,
    letters: &str,
    proper: bool,
) -> Option<Span> {
    // Most words stand at the end of nothing.
    let last = &words[end];
    if (proper && !is_capitalised(last)) || initial(last) != letters.chars().next_back() {
        return None;
    }
    let mut missing: Vec<char> = letters.chars().collect();
    let furthest = end.saturating_sub(2 * missing.len());
    for at in (furthest..=end).rev() {
        let word = &words[at];
        if at < end && !is_joined(text, word, &words[at + 1]) {
            return None;
        }
        if (!proper || is_capitalised(word)) && initial(word) == missing.last().copied() {
            missing.pop();
            if missing.is_empty() {
                return (at < end).then(|| Span::new(word.span.start, words[end].span.end));
            }
        } else if at == end || !is_small(word) {
            return None;
        }
    }
    None
}

fn initial(word: &Word<'_>) -> Option<char> {
    match word.text.as_bytes().first() {
        // Folding leaves these where they are.
        Some(first) if first.is_ascii_alphanumeric() => Some(first.to_ascii_lowercase().into()),
        _ => fold(word.text).chars().next(),
    }
}

fn is_capitalised(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

fn is_small(word: &Word<'_>) -> bool {
    word.text.len() <= 3 && word.text.chars().all(char::is_lowercase)
}

/// Returns whether only white space, hyphens, dashes or slashes separate two words of one name.
fn is_joined(text: &str, word: &Word<'_>, next: &Word<'_>) -> bool {
    text[word.span.end..next.span.start]
        .chars()
        .all(|c| c.is_whitespace() || matches!(c, '-' | '‐' | '‑' | '–' | '/'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::test_text::any_text;

    fn explained(text: &str) -> Vec<(String, &str)> {
        acronyms(text).into_iter().map(|it| (it.letters, it.name.of(text))).collect()
    }

    #[test]
    fn acronyms_with_an_expansion_are_found() {
        for (text, letters, name) in [
            ("The Tehreek-e-Taliban Pakistan (TTP) grew.", "ttp", "Tehreek-e-Taliban Pakistan"),
            ("The TTP (Tehrik-i-Taliban Pakistan) grew.", "ttp", "Tehrik-i-Taliban Pakistan"),
            ("A magnetic resonance imaging (MRI) scan.", "mri", "magnetic resonance imaging"),
            ("the general headquarters (GHQ; in town)", "", ""),
            (
                "Islamic State Khorasan Province appears as ISKP there.",
                "iskp",
                "Islamic State Khorasan Province",
            ),
            ("in Khyber Pakhtunkhwa (KP) now", "kp", "Khyber Pakhtunkhwa"),
            ("Pakistan-occupied Kashmir (PoK)", "pok", "Pakistan-occupied Kashmir"),
            (
                "a Turkmenistan–Afghanistan–Pakistan–India (TAPI) line",
                "tapi",
                "Turkmenistan–Afghanistan–Pakistan–India",
            ),
            ("Islamic State Khorasan (IS-K) grew", "isk", "Islamic State Khorasan"),
            ("The Bureau of River Police, or BRP, left.", "brp", "Bureau of River Police"),
            ("The Bureau of River Police (B.R.P.) left.", "brp", "Bureau of River Police"),
        ] {
            let expected =
                if name.is_empty() { Vec::new() } else { vec![(letters.to_owned(), name)] };
            assert_eq!(explained(text), expected, "{text}");
        }
    }

    #[test]
    fn acronyms_without_an_expansion_are_not_found() {
        for text in [
            "",
            "TTP",
            "They met (TTP) there.",
            "Kabul Province is not KP.",
            "Taliban, Pakistan. Then the TP came.",
            "the talks, the press and the TTP",
            "THE TALIBAN TOOK PESHAWAR",
        ] {
            assert_eq!(explained(text), [], "{text}");
        }
    }

    #[test]
    fn short_forms_and_names_come_with_their_letters() {
        let of = |found: Vec<(Span, String)>, text: &'static str| {
            found.into_iter().map(|(span, letters)| (span.of(text), letters)).collect::<Vec<_>>()
        };
        let text = "The U.N. and ISIS-K met IT";
        let expected = [("U.N", "un"), ("ISIS-K", "isisk"), ("IT", "it")];
        assert_eq!(
            of(short_forms(text), text),
            expected.map(|(form, letters)| (form, letters.to_owned()))
        );
        let text = "when Tehrik-i-Taliban Pakistan said, Kabul";
        let expected = [
            ("Tehrik-i-Taliban", "tt"),
            ("Tehrik-i-Taliban Pakistan", "ttp"),
            ("Taliban Pakistan", "tp"),
        ];
        assert_eq!(
            of(proper_names(text), text),
            expected.map(|(name, letters)| (name, letters.to_owned()))
        );
    }

    proptest! {
        #[test]
        fn what_is_looked_for_first_hides_no_acronym(
            words in proptest::collection::vec(
                "[A-C][a-c]{0,3}|[a-c]{1,3}|[A-C]{2,3}|[(),]",
                0..12,
            ),
            ends in proptest::collection::vec(" |-|", 12),
        ) {
            let pieces: String =
                words.iter().zip(&ends).map(|(word, end)| word.clone() + end).collect();
            // Of other texts than ASCII, all are read.
            let other = pieces.clone() + " — é";
            prop_assert_eq!(acronyms(&pieces), acronyms(&other));
        }

        #[test]
        fn spans_are_in_the_text(text in any_text()) {
            for Acronym { letters, name } in acronyms(&text) {
                prop_assert!(LETTERS.contains(&letters.chars().count()));
                let name = text.get(name.start..name.end);
                prop_assert!(name.is_some_and(|name| words(name).count() > 1));
            }
            for (span, _) in short_forms(&text).into_iter().chain(proper_names(&text)) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|form| !form.is_empty()));
            }
        }
    }
}
