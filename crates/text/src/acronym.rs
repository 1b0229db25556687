//! Acronyms, and the names that a text itself gives them: “Tehreek-e-Taliban Pakistan (TTP)”.
//!
//! A name is taken for an acronym's where the initials of its words spell it, small words such as *e* or *of* being passed
//! over where they do not. Either stands in front of the other in brackets, or the name is capitalised, has three words at
//! least and stands near by. That is narrower than Schwartz and Hearst (“A simple algorithm for identifying abbreviation
//! definitions in biomedical text”, 2003), who let any letter of a word do: what is learned here is believed in every
//! other article.

use super::{Span, Word, fold, words};

/// An acronym with the name that it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acronym {
    /// Its letters, folded: `ttp`.
    pub letters: String,
    /// The name, where it stands; in bytes of the text.
    pub name: Span,
}

/// How many letters an acronym has.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=10;

/// How many letters it has at least where no brackets say that the name beside it is its own.
const UNBRACKETED: usize = 3;

/// How many words away a name may stand from its acronym without brackets: about a sentence.
const NEAR: usize = 24;

/// The acronyms that `text` explains, in the order in which they stand; linear in its length.
///
/// ```
/// use pincite_text::acronyms;
///
/// let text = "The Tehreek-e-Taliban Pakistan (TTP) was founded in 2007.";
/// let explained: Vec<_> = acronyms(text).into_iter().map(|it| (it.letters, it.name.of(text))).collect();
/// assert_eq!(explained, [("ttp".to_owned(), "Tehreek-e-Taliban Pakistan")]);
/// ```
pub fn acronyms(text: &str) -> Vec<Acronym> {
    // Many paragraphs have none, and two capitals near one another are found fast.
    let has_capitals =
        |three: &[u8]| three.iter().filter(|byte| byte.is_ascii_uppercase()).count() > 1;
    if text.is_ascii() && !text.as_bytes().windows(3).any(has_capitals) {
        return Vec::new();
    }
    let words: Vec<Word<'_>> = words(text).collect();
    let mut found = Vec::new();
    for (first, last, letters) in shorts(text, &words) {
        let bracketed = is_bracketed(text, words[first].span.start, words[last].span.end);
        let before = first.checked_sub(1).filter(|_| bracketed);
        let name = before.and_then(|end| spelt(text, &words, end, &letters, false)).or_else(|| {
            let mut near = (last + 1..(last + NEAR).min(words.len()))
                .chain((first.saturating_sub(NEAR)..first).rev());
            let proper = letters.chars().count() >= UNBRACKETED;
            proper.then(|| near.find_map(|end| spelt(text, &words, end, &letters, true))).flatten()
        });
        if let Some(name) = name.filter(|name| !name.contains(words[first].span)) {
            found.push(Acronym { letters, name });
        }
    }
    found
}

/// What has the shape of an acronym in `text`, such as `TTP`, `U.N.` or `IS-K`: where it stands, and its letters folded.
pub fn short_forms(text: &str) -> Vec<(Span, String)> {
    let words: Vec<Word<'_>> = words(text).collect();
    let forms = shorts(text, &words);
    forms
        .map(|(first, last, letters)| {
            (Span::new(words[first].span.start, words[last].span.end), letters)
        })
        .collect()
}

/// The capitalised names of several words in `text`, and parts of such: where each stands, and its initials folded.
pub fn proper_names(text: &str) -> Vec<(Span, String)> {
    let words: Vec<Word<'_>> = words(text).collect();
    let mut names = Vec::new();
    for (first, begin) in words.iter().enumerate().filter(|(_, word)| is_capitalised(word)) {
        let mut initials = String::new();
        for (i, word) in words.iter().enumerate().skip(first).take(2 * LETTERS.end()) {
            if i > first && !is_joined(text, &words[i - 1], word) {
                break;
            }
            match (is_capitalised(word), is_small(word)) {
                (true, _) => initials.extend(initial(word)),
                (false, true) => continue,
                (false, false) => break,
            }
            if LETTERS.contains(&initials.chars().count()) {
                names.push((Span::new(begin.span.start, word.span.end), initials.clone()));
            }
        }
    }
    names
}

/// Where in `words` there are acronyms: the first and last word of each (parts of a compound are words), and its letters.
fn shorts<'a>(
    text: &'a str,
    words: &'a [Word<'a>],
) -> impl Iterator<Item = (usize, usize, String)> + 'a {
    let mut next = 0;
    std::iter::from_fn(move || {
        while let Some(word) = words.get(next) {
            let first = next;
            next += 1;
            if !has_shape(word.text) {
                continue;
            }
            let follows = |a: &Word<'_>, b: &Word<'_>| {
                &text[a.span.end..b.span.start] == "-" && is_upper(b.text)
            };
            while next < words.len() && follows(&words[next - 1], &words[next]) {
                next += 1;
            }
            let letters: String =
                words[first..next].iter().flat_map(|word| letters(word.text)).collect();
            if LETTERS.contains(&letters.chars().count()) {
                return Some((first, next - 1, letters));
            }
        }
        None
    })
}

/// Whether a word has two capitals at least, and letters enough for an acronym.
fn has_shape(word: &str) -> bool {
    word.len() <= 2 * LETTERS.end() && word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

fn is_upper(word: &str) -> bool {
    word.chars().all(|c| c.is_uppercase() || c.is_numeric())
}

fn letters(word: &str) -> Vec<char> {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether what stands in `text` from `start` to `end` is the first or the only thing in brackets.
fn is_bracketed(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(['(', '['])
        && text[end..].trim_start_matches('.').starts_with([')', ']', ',', ';'])
}

/// The words up to the one with index `end` whose initials are `letters`; where they are to be `proper`, capitalised.
fn spelt(text: &str, words: &[Word<'_>], end: usize, letters: &str, proper: bool) -> Option<Span> {
    let mut missing: Vec<char> = letters.chars().collect();
    let furthest = end.saturating_sub(2 * missing.len());
    for at in (furthest..=end).rev() {
        let word = &words[at];
        if at < end && !is_joined(text, word, &words[at + 1]) {
            return None;
        }
        if initial(word) == missing.last().copied() && (!proper || is_capitalised(word)) {
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
    fold(word.text).chars().next()
}

fn is_capitalised(word: &Word<'_>) -> bool {
    word.text.starts_with(char::is_uppercase)
}

fn is_small(word: &Word<'_>) -> bool {
    word.text.len() <= 3 && word.text.chars().all(char::is_lowercase)
}

/// Whether nothing but space, a hyphen, a dash, or an opening bracket before the acronym parts two words of one name.
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
    fn a_text_explains_its_acronyms() {
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
    fn what_only_looks_like_one_explains_nothing() {
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
    fn short_forms_and_names_have_their_letters() {
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
        fn names_lie_in_the_text(text in any_text()) {
            for Acronym { letters, name } in acronyms(&text) {
                prop_assert!(LETTERS.contains(&letters.chars().count()));
                prop_assert!(text.get(name.start..name.end).is_some_and(|name| words(name).count() > 1));
            }
            for (span, _) in short_forms(&text).into_iter().chain(proper_names(&text)) {
                prop_assert!(text.get(span.start..span.end).is_some_and(|form| !form.is_empty()));
            }
        }
    }
}
