//! Parses names into the parts that CSL has.
//!
//! A name is split only if its parts are obvious. Names of organisations, single words and doubtful
//! names become a CSL `literal`: a wrong family name in a reference is worse than one that is not
//! inverted.

use serde_json::{Value, json};

use crate::text::english::{Words, names as words};

/// Parses a list of one or more names: `A B`, `B, A`, `A B and C D`, `A B, C D & E F`, `A; B`.
pub(super) fn names(list: &str) -> Vec<Value> {
    let list = list.trim();
    if is_body(list) && !list.contains([',', ';', '&']) && !joins_people(list) {
        return vec![json!({ "literal": list })];
    }
    let parts = list
        .split(';')
        .flat_map(|part| split_at_word(part, "and"))
        .flat_map(|part| split_at_word(part, "&"));
    parts.flat_map(|part| split_at_commas(part.trim().trim_matches(',').trim())).map(name).collect()
}

/// Parses a name: `Given Family`, `Family, Given`, or an organisation.
pub(super) fn name(name: &str) -> Value {
    let whole = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((family, given)) = whole.split_once(", ") {
        if is_one_of(given, &words::names().suffixes) {
            let mut person = self::name(family);
            if let Some(parts) = person.as_object_mut().filter(|parts| parts.contains_key("family"))
            {
                parts.insert("suffix".into(), given.into());
                return person;
            }
        } else if !is_body(&whole) && !given.contains(',') {
            return json!({ "family": family, "given": given });
        }
        return json!({ "literal": whole });
    }
    let mut words: Vec<&str> = whole.split(' ').collect();
    if words.len() > 1 && is_one_of(words[0], &words::names().addresses) {
        words.remove(0);
    }
    if words.len() < 2
        || words.iter().filter(|word| !is_one_of(word, &words::names().particles)).count() > 4
        || is_body(&whole)
        || !whole.chars().any(char::is_lowercase)
    {
        return json!({ "literal": whole });
    }
    let last = words.len() - 1;
    let family = (1..last)
        .find(|&i| is_one_of(words[i], &words::names().particles) && starts_lower(words[i]))
        .unwrap_or(last);
    json!({ "family": words[family..].join(" "), "given": words[..family].join(" ") })
}

/// Returns whether this looks like the name of an organisation: an agency, a desk, a university.
pub(super) fn is_body(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| is_one_of(word, &words::names().bodies))
}

/// Returns whether every word of this may be part of a name: capitalised, or a particle.
pub(super) fn is_capitalised(name: &str) -> bool {
    !name.trim().is_empty()
        && !name.chars().any(|c| c.is_ascii_digit())
        && name.split_whitespace().all(|word| {
            let word = word.trim_start_matches(['“', '"', '(', '‘']);
            word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
                || is_one_of(word, &words::names().particles)
        })
}

/// Returns whether “and” in this joins a person: a name of two to four words that is not an
/// organisation.
fn joins_people(list: &str) -> bool {
    let parts: Vec<&str> = split_at_word(list, "and").collect();
    parts.len() > 1
        && parts.iter().any(|part| {
            !is_body(part)
                && matches!(part.split_whitespace().count(), 2..=4)
                && !part.contains(" of ")
        })
}

fn split_at_word<'a>(text: &'a str, word: &str) -> impl Iterator<Item = &'a str> {
    let mut rest = Some(text);
    let separator = format!(" {word} ");
    std::iter::from_fn(move || {
        let text = rest?;
        match text.split_once(separator.as_str()) {
            Some((before, behind)) => {
                rest = Some(behind);
                Some(before)
            }
            None => rest.take(),
        }
    })
}

/// Splits a list at its commas, but not `Family, Given`.
fn split_at_commas(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let are_full_names = parts.iter().all(|part| part.contains(' ') || is_body(part));
    if parts.len() > 1 && are_full_names { parts } else { vec![text] }
}

fn is_one_of(word: &str, list: &Words) -> bool {
    list.contains(&word.trim_end_matches('.').to_ascii_lowercase())
}

fn starts_lower(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Writes the names of persons as `Family/Given`, and others as they are.
    fn read(list: &str) -> Vec<String> {
        names(list)
            .iter()
            .map(|name| {
                let part = |key| name[key].as_str().unwrap_or_default();
                match name["literal"].as_str() {
                    Some(literal) => literal.to_owned(),
                    None => format!("{}/{}", part("family"), part("given")),
                }
            })
            .collect()
    }

    #[test]
    fn persons() {
        assert_eq!(read("Rowan Example"), ["Example/Rowan"]);
        assert_eq!(read("Example, Rowan"), ["Example/Rowan"]);
        assert_eq!(read("Dr. Rowan van der Example"), ["van der Example/Rowan"]);
        assert_eq!(read("Muster Beispiel, Ana"), ["Muster Beispiel/Ana"]);
        assert_eq!(
            name("Rowan Example, Jr."),
            json!({"family": "Example", "given": "Rowan", "suffix": "Jr."})
        );
    }

    #[test]
    fn lists() {
        assert_eq!(read("Rowan Example and Dana Sample"), ["Example/Rowan", "Sample/Dana"]);
        assert_eq!(
            read("Rowan Example, Dana Sample & Alex Model"),
            ["Example/Rowan", "Sample/Dana", "Model/Alex"]
        );
        assert_eq!(read("Example, Rowan; Sample, Dana"), ["Example/Rowan", "Sample/Dana"]);
        assert_eq!(read("Rowan Example and Sample Staff"), ["Example/Rowan", "Sample Staff"]);
    }

    #[test]
    fn organisations_and_doubtful_names_are_not_split() {
        for whole in [
            "Samplers",
            "Sample Press Agency",
            "pincite contributors",
            "Ministry of Peace and Union",
            "XYZ SAMPLE",
            "喀布尔",
        ] {
            assert_eq!(read(whole), [whole]);
        }
    }
}
