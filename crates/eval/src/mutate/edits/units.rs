//! Changes units and currencies.

use pincite_core::text::{Span, quantities};

use super::amounts::{is_hedged, is_plain};
use crate::mutate::corpus::SentenceCorpus;
use crate::mutate::sentence::Sentence;

/// Units and their replacements, which are never of similar size.
const UNITS: [(&str, &str); 38] = [
    ("litre", "gallon"),
    ("litres", "gallons"),
    ("liter", "gallon"),
    ("liters", "gallons"),
    ("gallon", "litre"),
    ("gallons", "litres"),
    ("km", "miles"),
    ("kilometre", "mile"),
    ("kilometres", "miles"),
    ("kilometer", "mile"),
    ("kilometers", "miles"),
    ("mile", "kilometre"),
    ("miles", "kilometres"),
    ("metre", "foot"),
    ("metres", "feet"),
    ("meter", "foot"),
    ("meters", "feet"),
    ("feet", "metres"),
    ("kg", "pounds"),
    ("kilogram", "pound"),
    ("kilograms", "pounds"),
    ("tonnes", "kilograms"),
    ("tons", "kilograms"),
    ("hectare", "acre"),
    ("hectares", "acres"),
    ("acre", "hectare"),
    ("acres", "hectares"),
    ("second", "minute"),
    ("seconds", "minutes"),
    ("minutes", "hours"),
    ("hours", "days"),
    ("days", "weeks"),
    ("weeks", "months"),
    ("months", "years"),
    ("years", "months"),
    ("decades", "years"),
    ("megawatt", "kilowatt"),
    ("megawatts", "kilowatts"),
];

/// Words and signs of currencies, and their replacements.
const CURRENCIES: [(&str, &str); 6] = [
    ("dollars", "euros"),
    ("euros", "dollars"),
    ("rupees", "dollars"),
    ("£", "€"),
    ("€", "$"),
    ("$", "£"),
];

/// Returns the sentence with the unit of a plain amount changed: never with a hedge, since what is
/// more than five metres is more than five feet. The article has no such amount.
pub(super) fn unit_changed(sentence: &Sentence, corpus: &SentenceCorpus) -> Vec<String> {
    let mut claims = Vec::new();
    for (i, quantity) in sentence.quantities.iter().enumerate() {
        if !is_plain(sentence, i) || is_hedged(sentence, quantity.span) {
            continue;
        }
        let Some(last) = sentence.within(quantity.span).last() else { continue };
        let word = sentence.word(last);
        // A unit joined to its number makes an adjective, or an age: “34-year-old”.
        let is_apart = last > 0 && sentence.gap(last - 1) == " ";
        let change = UNITS.iter().find(|(unit, _)| *unit == word).filter(|_| is_apart);
        let claim = change.map(|(_, new)| sentence.with_word(last, new));
        claims.extend(claim.filter(|claim| is_new(claim, i, sentence, corpus)));
    }
    claims
}

/// Returns the sentence with the currency of a plain amount changed, where it is a single sign or
/// word: not in `US$` or *Canadian dollars*. The article has no such amount.
pub(super) fn currency_changed(sentence: &Sentence, corpus: &SentenceCorpus) -> Vec<String> {
    let mut claims = Vec::new();
    for (i, quantity) in sentence.quantities.iter().enumerate() {
        let money = quantity.unit.is_some_and(|unit| unit.len() == 3 && unit != "lb");
        if !money || !is_plain(sentence, i) {
            continue;
        }
        let text = quantity.span.of(&sentence.text);
        for (old, new) in CURRENCIES {
            let span = if old.len() > 3 {
                text.strip_suffix(old)
                    .filter(|number| number.ends_with(' ') && !number.trim_end().ends_with("US"))
                    .map(|number| Span::new(quantity.span.start + number.len(), quantity.span.end))
            } else {
                let start = quantity.span.start;
                text.starts_with(old).then(|| Span::new(start, start + old.len()))
            };
            let claim = span.map(|span| sentence.with(span, new));
            claims.extend(claim.filter(|claim| is_new(claim, i, sentence, corpus)));
        }
    }
    claims
}

fn is_new(claim: &str, at: usize, sentence: &Sentence, corpus: &SentenceCorpus) -> bool {
    quantities(claim).get(at).is_some_and(|new| {
        let value = new.value.parse().unwrap_or(0.0);
        new.unit != sentence.quantities[at].unit && !corpus.has_amount(sentence, value, new.unit)
    })
}
