//! Splits lists of names.
//!
//! A comma is between two names or within one. In a byline given names come first, so it is always
//! between two. In declared metadata a list is read as it is most likely meant: `Rowan Example,
//! Dana Sample` are two persons, because Rowan is a given name; `Muster Beispiel, Ana María` is
//! one.

use serde_json::Value;

use super::person::{is_suffix, without_endings};
use super::{begins_with_given, is_body, is_one_of, name};
use crate::text::english::names::names as words;

/// Words between two names.
const JOINTS: [&str; 5] = [" and ", " & ", " und ", " et ", " with "];

/// Parses a declared list of names: `A B`, `B, A`, `A B and C D`, `A B, C D & E F`, `A; B`.
pub(in super::super) fn names(list: &str) -> Vec<Value> {
    let list = list.split_whitespace().collect::<Vec<_>>().join(" ");
    let list = list.strip_prefix("By ").or_else(|| list.strip_prefix("by ")).unwrap_or(&list);
    let is_list_of_whole_names = list.contains(';');
    let mut names = Vec::new();
    for part in list.split(';').flat_map(joined) {
        if is_list_of_whole_names || without_endings(part).0.len() < 2 {
            names.push(name(part));
        } else {
            names.extend(at_commas(part).iter().map(|part| name(part)));
        }
    }
    names
}

/// Parses the names of a byline, which has given names first: `A B`, `A B, C D and E F`.
pub(in super::super) fn people(list: &str) -> Vec<Value> {
    let mut names: Vec<String> = Vec::new();
    for part in joined(list).into_iter().flat_map(|part| part.split(',')) {
        let part = part.trim();
        match names.last_mut() {
            Some(last) if is_suffix(part) => *last = format!("{last}, {part}"),
            _ => names.push(part.to_owned()),
        }
    }
    names.iter().filter(|name| !name.is_empty()).map(|part| name(part)).collect()
}

/// Splits a list at “and” and the like, unless that is in the name of an organisation.
fn joined(list: &str) -> Vec<&str> {
    let mut parts = vec![list.trim()];
    for joint in JOINTS {
        parts = parts.into_iter().flat_map(|part| part.split(joint)).collect();
    }
    let is_body_with_and =
        parts.len() > 1 && is_body(list) && !list.contains([',', '&']) && !joins_people(&parts);
    if is_body_with_and {
        return vec![list.trim()];
    }
    let trim = |part: &str| !part.trim_matches([',', ' ']).is_empty();
    parts
        .into_iter()
        .filter(|part| trim(part))
        .map(|part| part.trim().trim_matches(',').trim())
        .collect()
}

/// Returns whether one of `parts` is a person: a name of two to four words that is not an
/// organisation.
fn joins_people(parts: &[&str]) -> bool {
    let may_be_person =
        |part: &&str| !is_body(part) && matches!(part.split_whitespace().count(), 2..=4);
    let are_people = parts.iter().filter(|part| may_be_person(part)).count();
    // “Rowan Example and Sample Staff”, but not “Ministry of Peace and Good Will”.
    are_people == parts.len()
        || parts.iter().any(|part| may_be_person(part) && begins_with_given(part))
        || (parts.first().is_some_and(may_be_person) && may_end_list(parts))
}

fn may_end_list(parts: &[&str]) -> bool {
    parts.iter().skip(1).all(|part| !part.trim_start().starts_with(char::is_lowercase))
}

/// Splits a part of a list at its commas, but not `Family, Given`.
fn at_commas(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for piece in text.split(',').map(str::trim).filter(|piece| !piece.is_empty()) {
        let ends = without_endings(&format!("A B, {piece}")).0.len() == 1;
        match pieces.last_mut() {
            Some(last) if ends => *last = format!("{last}, {piece}"),
            _ => pieces.push(piece.to_owned()),
        }
    }
    if let [first, second] = pieces.as_slice()
        && is_inverted(first, second)
    {
        return vec![text.to_owned()];
    }
    let mut names = Vec::new();
    let mut rest = pieces.into_iter().peekable();
    while let Some(piece) = rest.next() {
        // “Example, Rowan, Sample, Dana”.
        match rest.next_if(|next| is_single(&piece) && !is_body(&piece) && !is_body(next)) {
            Some(given) => names.push(format!("{piece}, {given}")),
            None => names.push(piece),
        }
    }
    names
}

/// Returns whether two pieces on either side of a comma are a family name and given names.
fn is_inverted(first: &str, second: &str) -> bool {
    let is_initials = second.split([' ', '.', '-']).all(|part| part.chars().count() <= 1);
    !is_body(first)
        && !is_body(second)
        && (is_single(first)
            || is_single(second)
            || is_initials
            || begins_with_given(second) && !begins_with_given(first)
            || !begins_with_given(first))
}

/// Returns whether this is a single word, particles aside.
fn is_single(name: &str) -> bool {
    let is_particle = |word: &&str| is_one_of(word, &words().particles);
    name.split(' ').filter(|word| !is_particle(word)).count() <= 1
}
