//! Names as people write them, taken apart as CSL has them.
//!
//! A name is only split where the parts are plain to see. A body's name, a single word and anything doubtful stay whole,
//! as CSL's `literal`: a wrong family name in a reference is worse than one that is not inverted.

use serde_json::{Value, json};

use crate::text::english::{Words, names as words};

/// The names in a string that lists one or more: `A B`, `B, A`, `A B and C D`, `A B, C D & E F`, `A; B`.
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

/// One name: `Given Family` or `Family, Given`, or a body.
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

/// Whether this reads as the name of a body: an agency, a desk, a university.
pub(super) fn is_body(name: &str) -> bool {
    name.split(|c: char| !c.is_alphanumeric()).any(|word| is_one_of(word, &words::names().bodies))
}

/// Whether every word of this could be one of a name: capitalised, or a particle.
pub(super) fn is_capitalised(name: &str) -> bool {
    let fits = |word: &str| {
        let word = word.trim_start_matches(['“', '"', '(', '‘']);
        word.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
            || is_one_of(word, &words::names().particles)
    };
    !name.trim().is_empty()
        && name.split_whitespace().all(fits)
        && !name.chars().any(|c| c.is_ascii_digit())
}

/// Whether “and” in this stands beside a person: a name of two to four words that is not one of a body.
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

/// The names between commas, where the commas part names; `Family, Given` stays together.
fn split_at_commas(text: &str) -> Vec<&str> {
    let parts: Vec<&str> = text.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let whole_names = parts.iter().all(|part| part.contains(' ') || is_body(part));
    if parts.len() > 1 && whole_names { parts } else { vec![text] }
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

    /// Names as `Family/Given`, bodies as they are.
    fn read(list: &str) -> Vec<String> {
        let part =
            |name: &Value, key: &str| name.get(key).and_then(Value::as_str).map(str::to_owned);
        names(list)
            .iter()
            .map(|name| match part(name, "literal") {
                Some(literal) => literal,
                None => {
                    format!(
                        "{}/{}",
                        part(name, "family").unwrap_or_default(),
                        part(name, "given").unwrap_or_default()
                    )
                }
            })
            .collect()
    }

    #[test]
    fn people() {
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
    fn bodies_and_doubtful_names_stay_whole() {
        for whole in [
            "Reuters",
            "Sample Press Agency",
            "pincite contributors",
            "Ministry of Peace and Union",
            "BBC ARABIC",
            "喀布尔",
        ] {
            assert_eq!(read(whole), [whole]);
        }
    }
}
