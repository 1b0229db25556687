//! Parses names into the parts that CSL has.
//!
//! A name is split only if its parts are obvious. Names of organisations, single words and doubtful
//! names become a CSL `literal`: a wrong family name in a reference is worse than one that is not
//! inverted.

mod list;
mod person;

use serde_json::{Value, json};

pub(super) use self::list::{names, people};
pub(super) use self::person::{is_capitalised, is_suffix};
use crate::text::english::{Words, names::names as words};

/// Parses a name: `Given Family`, `Family, Given`, either with a suffix, or an organisation.
pub(super) fn name(name: &str) -> Value {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let (mut pieces, suffix) = person::without_endings(&name);
    match pieces.as_mut_slice() {
        [] => json!({ "literal": name }),
        [whole] => person::split(whole, suffix, &name),
        [family, given] if !is_body(family) && !is_body(given) => {
            person::inverted(family, given, suffix)
        }
        _ => json!({ "literal": name }),
    }
}

/// Returns whether this looks like the name of an organisation: an agency, a desk, a university.
pub(super) fn is_body(name: &str) -> bool {
    let parts = || name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let is_word = |word: &str| {
        let word = word.to_lowercase();
        let words = words();
        words.bodies.contains(&word)
            || words.adjectives.contains(&word)
            || words.body_endings.iter().any(|ending| {
                // The whole of “Schutz” or “Bund” may be a family name.
                word.strip_suffix(ending).is_some_and(|stem| stem.chars().count() >= 3)
            })
    };
    let mut bodies = parts().filter(|word| is_word(word));
    let Some(first) = bodies.next() else { return parts().count() > 1 && has_acronym(name) };
    let is_family_name = bodies.next().is_none()
        && is_one_of(first, &words().family_names)
        && name.ends_with(first)
        && begins_with_given(name);
    !is_family_name
}

/// Returns whether a word of this is an acronym: three or more capitals that are no numeral, beside
/// words that are not in capitals.
fn has_acronym(name: &str) -> bool {
    let is_capital = |word: &str| {
        word.chars().filter(|c| c.is_uppercase()).count() >= 3
            && word.chars().all(char::is_uppercase)
    };
    name.chars().any(char::is_lowercase)
        && !begins_with_given(name)
        && name
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| is_capital(word) && !is_one_of(word, &words().suffixes))
}

/// Returns whether the first word is a common given name.
pub(super) fn begins_with_given(name: &str) -> bool {
    name.split([' ', '-']).next().is_some_and(|first| is_one_of(first, &words().given))
}

fn is_one_of(word: &str, list: &Words) -> bool {
    list.contains(&word.trim_end_matches('.').to_lowercase())
}

#[cfg(test)]
mod tests;
