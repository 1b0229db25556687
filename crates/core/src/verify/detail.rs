//! Puts what differs between a quotation and its source into words for people.

use std::cmp::Reverse;

use super::anchor::{Difference, Fit, StitchedPart};
use super::normal::{is_dash, is_quote};
use crate::text::english::negation::{is_absence, is_negation};
use crate::text::{self, Span};

/// The most differences that are listed one by one.
const TOLD: usize = 5;
/// The most characters of a differing stretch that are shown.
const SHOWN: usize = 80;

/// Compares `quote` with the stretch of `source` that it was anchored to.
pub(super) fn describe(fit: &Fit, quote: &str, source: &str, place: Span) -> String {
    match fit {
        Fit::Exact => "it is the same byte for byte".to_owned(),
        Fit::Normalized => typography(quote, place.of(source)),
        Fit::Stitched(pieces) => stitched(pieces, quote),
        Fit::Altered { differences, .. } if differences.is_empty() => {
            format!(
                "the words are the same but not the signs between them: the source has {}",
                shown(place.of(source))
            )
        }
        Fit::Altered { differences, .. } => altered(differences, quote, source),
    }
}

/// Names what differs of all that does not count as words.
fn typography(quote: &str, source: &str) -> String {
    let differ = |kind: fn(char) -> bool| {
        !quote.chars().filter(|&c| kind(c)).eq(source.chars().filter(|&c| kind(c)))
    };
    let mut kinds = Vec::new();
    if differ(char::is_whitespace) {
        kinds.push("white space");
    }
    if differ(is_quote) {
        kinds.push("quotation marks");
    }
    if differ(is_dash) {
        kinds.push("dashes");
    }
    if !quote.chars().filter(|c| c.is_uppercase()).eq(source.chars().filter(|c| c.is_uppercase())) {
        kinds.push("case");
    }
    match kinds[..] {
        [] => "the words are the same; only marks, markup or the encoding of characters differ"
            .to_owned(),
        _ => format!("the words are the same; what differs: {}", kinds.join(", ")),
    }
}

fn stitched(pieces: &[StitchedPart], quote: &str) -> String {
    let list: Vec<String> = pieces.iter().map(|piece| shown(piece.quote.of(quote))).collect();
    let order =
        if pieces.is_sorted_by_key(|piece| piece.source.start) { "" } else { ", in another order" };
    format!("it is made of {} places of the source{order}: {}", pieces.len(), list.join(" + "))
}

fn altered(differences: &[Difference], quote: &str, source: &str) -> String {
    let mut told: Vec<(Gravity, String)> =
        differences.iter().map(|difference| phrase(*difference, quote, source)).collect();
    // The sort is stable: ties stay in the order of the quotation.
    told.sort_by_key(|(gravity, _)| Reverse(*gravity));
    let left = told.len().saturating_sub(TOLD);
    let mut clauses: Vec<String> = told.into_iter().take(TOLD).map(|(_, clause)| clause).collect();
    if left > 0 {
        clauses.push(format!("and {left} more differences"));
    }
    clauses.join("; ")
}

/// The weight of a difference for what is said, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gravity {
    Wording,
    Name,
    Negation,
    Number,
}

fn phrase(difference: Difference, quote: &str, source: &str) -> (Gravity, String) {
    let (said, original) = (difference.quote.of(quote), difference.source.of(source));
    let gravity = gravity(said).max(gravity(original));
    let kind = match gravity {
        Gravity::Wording => "",
        Gravity::Name => "a name differs: ",
        Gravity::Negation => "a negation differs: ",
        Gravity::Number => "a number differs: ",
    };
    let clause = if said.is_empty() {
        format!("the quotation leaves out {}", shown(original))
    } else if original.is_empty() {
        format!("the quotation adds {}", shown(said))
    } else {
        format!("the source has {} where the quotation has {}", shown(original), shown(said))
    };
    (gravity, format!("{kind}{clause}"))
}

fn gravity(stretch: &str) -> Gravity {
    if stretch.contains(char::is_numeric) || !text::quantities(stretch).is_empty() {
        Gravity::Number
    } else if text::words(stretch).any(|word| negates(word.text)) {
        Gravity::Negation
    } else if text::words(stretch).any(|word| word.text.starts_with(char::is_uppercase)) {
        Gravity::Name
    } else {
        Gravity::Wording
    }
}

/// Returns whether a word negates, however its apostrophe is written.
fn negates(word: &str) -> bool {
    let lower = word.to_lowercase().replace('’', "'");
    is_negation(&lower) || is_absence(&lower)
}

/// Writes a stretch of text between quotation marks: on one line, cut short, without control
/// characters.
pub(super) fn shown(text: &str) -> String {
    let mut shown: String =
        text.chars().take(SHOWN).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    format!("“{}”", shown.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::{Anchor, Haystack, Hints};
    use super::*;

    fn told(source: &str, quote: &str) -> String {
        let haystack = Haystack::new(source);
        match haystack.anchor(quote, &Hints::default()) {
            Anchor::At(place) => describe(&place.fit, quote, source, place.span),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn differences_are_told_gravest_first() {
        assert_eq!(
            told(
                "The council did not approve the bridge in May 1996, said Omar Reza of the works office.",
                "The council did approve the bridge in May 1997, said Omar Rasa of the big works office.",
            ),
            "a number differs: the source has “1996” where the quotation has “1997”; \
             a negation differs: the quotation leaves out “not”; \
             a name differs: the source has “Reza” where the quotation has “Rasa”; \
             the quotation adds “big”"
        );
    }

    #[test]
    fn typography_is_named() {
        let source = "He said “no one – not even us –\nwas told”.";
        assert_eq!(
            told(source, "he said \"no one - not even us - was told\""),
            "the words are the same; what differs: white space, quotation marks, dashes, case"
        );
    }

    #[test]
    fn pieces_are_listed() {
        assert_eq!(
            told(
                "One ship left the harbour at dawn. The crew never saw land again.",
                "The crew never saw land … One ship left the harbour"
            ),
            "it is made of 2 places of the source, in another order: “The crew never saw land” + “One ship left the harbour”"
        );
    }

    #[test]
    fn nothing_shown_can_drive_a_terminal() {
        assert_eq!(shown("a\u{1b}[2J\r\nb"), "“a [2J b”");
        assert!(shown(&"x".repeat(1_000)).chars().count() < 90);
    }
}
