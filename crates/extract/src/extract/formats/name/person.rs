//! Splits the name of a person into given names, family name and suffix.

use serde_json::{Map, Value, json};

use super::{begins_with_given, is_body, is_one_of};
use crate::text::english::names::names as words;

/// The maximum number of words of a person's name, without particles.
const MAX_WORDS: usize = 5;

/// Returns the pieces of a name between its commas without suffix and degrees, and the suffix.
pub(super) fn without_endings(name: &str) -> (Vec<String>, Option<String>) {
    let mut suffix = None;
    let mut pieces: Vec<String> = Vec::new();
    for piece in name.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
        if is_suffix(piece) && !pieces.is_empty() {
            suffix = Some(piece.to_owned());
        } else if !is_degree(piece) || pieces.is_empty() {
            pieces.push(piece.to_owned());
        }
    }
    let pieces = pieces
        .iter()
        .map(|piece| {
            let mut rest = piece.as_str();
            while let Some((before, last)) = rest.rsplit_once(' ') {
                let is_whole = before.contains(' ') || pieces.len() > 1;
                if is_whole && is_suffix(last) {
                    suffix = Some(last.to_owned());
                } else if !(is_whole && is_degree(last)) {
                    break;
                }
                rest = before;
            }
            rest.to_owned()
        })
        .collect();
    (pieces, suffix)
}

/// Returns whether a word is a suffix of a name: `Jr.`, `III`.
pub(in super::super) fn is_suffix(word: &str) -> bool {
    let is_numeral = word.chars().all(|c| matches!(c, 'I' | 'V'));
    is_one_of(word, &words().suffixes) && (is_numeral || !word.starts_with(['i', 'v', 'I', 'V']))
}

/// Returns whether a word is a degree after a name. Short ones in small letters are words.
fn is_degree(word: &str) -> bool {
    is_one_of(word, &words().degrees) && word.chars().filter(|c| c.is_uppercase()).count() >= 2
}

/// Makes a person of a family name and given names.
pub(super) fn inverted(family: &str, given: &str, suffix: Option<String>) -> Value {
    let (given, _) = without_address(given);
    let mut parts = Map::new();
    parts.insert("family".into(), family.into());
    parts.insert("given".into(), given.into());
    if let Some(suffix) = suffix {
        parts.insert("suffix".into(), suffix.into());
    }
    Value::Object(parts)
}

/// Splits `name`, which has given names first and no suffix. `literal` is the name as written, for
/// one that cannot be split.
pub(super) fn split(name: &str, suffix: Option<String>, literal: &str) -> Value {
    let (whole, has_address) = without_address(name);
    let words: Vec<&str> = whole.split(' ').collect();
    let is_particle = |word: &&str| starts_lower(word) && is_one_of(word, particles());
    if words.len() < 2
        || words.iter().filter(|word| !is_particle(word)).count() > MAX_WORDS
        || (!has_address && is_body(whole))
        || is_one_of(words[0], &super::words().rulers)
        || is_in_unknown_order(&words)
        || words.last().is_some_and(|last| is_suffix(last))
        || (!whole.chars().any(char::is_lowercase) && !begins_with_given(whole))
        || (starts_lower(words[0]) && !is_one_of(words[0], particles()))
    {
        return json!({ "literal": literal });
    }
    let family = family_start(&words);
    inverted(&words[family..].join(" "), &words[..family].join(" "), suffix)
}

/// Returns the index of the first word of the family name.
fn family_start(words: &[&str]) -> usize {
    let last = words.len() - 1;
    let particle = (1..last).find(|&i| {
        (starts_lower(words[i]) && is_one_of(words[i], particles()))
            || is_one_of(words[i], &super::words().capital_particles)
    });
    match particle {
        // “y” and “e” are between two family names.
        Some(i) if matches!(words[i], "y" | "e" | "i") => (i - 1).max(1),
        Some(i) => i,
        None if last >= 2 && is_paired(words[last - 1]) && is_iberian(words) => last - 1,
        None => last,
    }
}

/// Returns whether a name with a family name of two words is certainly Spanish, not one with a
/// family name in the middle.
fn is_iberian(words: &[&str]) -> bool {
    words.last().is_some_and(|last| is_paired(last))
        || words
            .iter()
            .any(|word| word.contains(['á', 'é', 'í', 'ó', 'ú', 'ñ', 'Á', 'É', 'Í', 'Ó']))
}

fn is_paired(word: &str) -> bool {
    is_one_of(word, &super::words().paired)
}

/// Returns whether the family name may be the first word, as in Chinese and Korean names.
fn is_in_unknown_order(words: &[&str]) -> bool {
    let may_be_family = |word: &str| is_one_of(word, &super::words().before_given);
    let (first, last) = (words[0], words[words.len() - 1]);
    let is_given = is_one_of(first, &super::words().given);
    let is_hyphenated = last.contains('-');
    may_be_family(first) && (!is_given || words.len() > 2 && !last.ends_with('.') || is_hyphenated)
}

fn particles() -> &'static crate::text::english::Words {
    &words().particles
}

/// Returns a name without the forms of address before it, and whether it has any.
fn without_address(name: &str) -> (&str, bool) {
    let mut rest = name;
    while let Some((first, behind)) = rest.split_once(' ')
        && is_one_of(first, &words().addresses)
        && !starts_lower(first)
    {
        rest = behind;
    }
    (rest, rest.len() < name.len())
}

/// Returns whether every word of this may be part of a name: capitalised, or a particle.
pub(in super::super) fn is_capitalised(name: &str) -> bool {
    !name.trim().is_empty()
        && !name.chars().any(|c| c.is_ascii_digit())
        && name.split_whitespace().all(|word| {
            let word = word.trim_start_matches(['“', '"', '(', '‘']);
            let first = word.split(['-', '’', '\'']).next().unwrap_or_default();
            word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
                || is_one_of(word, particles())
                || (first.len() < word.len() && is_one_of(first, particles()))
        })
}

fn starts_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}
