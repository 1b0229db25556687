//! Finding a stretch of text, but not within a word or a number.

use unicode_segmentation::UnicodeSegmentation;

use crate::text::Span;

/// The occurrences of `needle` in `text` that neither begin nor end within a word or a number.
pub(super) fn occurrences<'a>(text: &'a str, needle: &'a str) -> impl Iterator<Item = Span> + 'a {
    let found = (!needle.is_empty()).then(|| text.match_indices(needle)).into_iter().flatten();
    found.map(|(at, part)| Span::new(at, at + part.len())).filter(|&span| whole_words(text, span))
}

/// Returns whether a stretch neither begins nor ends within a word or a number.
pub(super) fn whole_words(text: &str, span: Span) -> bool {
    !splits_word(text, span.start) && !splits_word(text, span.end)
}

/// Returns whether a place is inside a word or a number: “the war|ning”, “5|,000”, “can|’t”.
fn splits_word(text: &str, at: usize) -> bool {
    let mut before = text[..at].chars().rev();
    let mut after = text[at..].chars();
    let digit = |c: Option<char>| c.is_some_and(char::is_numeric);
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match (before.next(), after.next()) {
        (Some(b), Some(a)) if b.is_alphanumeric() && a.is_alphanumeric() => {
            // Not every script puts spaces between words: two letters in a row may be two words.
            const REACH: usize = 8;
            let start = text[..at].char_indices().rev().take(REACH).last().map_or(at, |(i, _)| i);
            let end = text[at..].char_indices().nth(REACH).map_or(text.len(), |(i, _)| at + i);
            !text[start..end].split_word_bound_indices().any(|(i, _)| start + i == at)
        }
        (Some(b), Some('.' | ',')) if b.is_numeric() => digit(after.next()),
        (Some('.' | ','), Some(a)) if a.is_numeric() => digit(before.next()),
        (Some(b), Some('\'' | '’')) if b.is_alphabetic() => letter(after.next()),
        _ => false,
    }
}
