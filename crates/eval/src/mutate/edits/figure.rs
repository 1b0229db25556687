//! Changes figures in their notation: `1,250`, `3.5`, `four`.

use pincite_core::text::Span;

use crate::mutate::sentence::{Sentence, capitalized};
use crate::random::SplitMix64;

/// Numbers in words that can replace each other without a change to other words.
const SMALL: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const TENS: [&str; 8] =
    ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// Returns the span of the figure in a quantity, without sign of currency, scale and unit.
pub(super) fn figure(sentence: &Sentence, quantity: Span) -> Option<Span> {
    let text = quantity.of(&sentence.text);
    if let Some(start) = text.find(|c: char| c.is_ascii_digit()) {
        let rest = &text[start..];
        let end = rest.find(|c: char| !matches!(c, '0'..='9' | '.' | ',')).unwrap_or(rest.len());
        let len = rest[..end].trim_end_matches(['.', ',']).len();
        // A second figure: a range, a fraction, a sum.
        if rest[len..].contains(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let start = quantity.start + start;
        return Some(Span::new(start, start + len));
    }
    let first = sentence.within(quantity).start;
    let is_word = |words: &[&str]| words.contains(&sentence.folded(first));
    // “Thirty-one” is not one word.
    let is_single = !sentence.gap(first).starts_with('-');
    (is_single && (is_word(&SMALL) || is_word(&TENS))).then(|| sentence.tokens[first].span)
}

/// Returns other figures in the form of `figure`, in an order drawn at random, that differ from it
/// by at least a fifth and by two: neither one nor zero, and none above `most`.
pub(super) fn others(figure: &str, most: f64, random: &mut SplitMix64) -> Vec<String> {
    let folded = figure.to_lowercase();
    for words in [&SMALL[..], &TENS[..]] {
        if let Some(at) = words.iter().position(|word| *word == folded) {
            let far = (0..words.len()).filter(|other| other.abs_diff(at) >= 2);
            let word = |at: usize| {
                let is_capital = figure.starts_with(char::is_uppercase);
                if is_capital { capitalized(words[at]) } else { words[at].to_owned() }
            };
            return random.shuffled(far.map(word).collect());
        }
    }
    let plain = figure.replace(',', "");
    let decimals = plain.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    let Ok(value) = plain.parse::<f64>() else { return Vec::new() };
    let zeros = if decimals > 0 { 0 } else { plain.len() - plain.trim_end_matches('0').len() };
    let step =
        10_f64.powi(i32::try_from(zeros).unwrap_or(0) - i32::try_from(decimals).unwrap_or(0));
    let least = if decimals == 0 { 2.0 } else { 1.0 };
    let mut others = Vec::new();
    for factor in random.shuffled(vec![0.4, 0.5, 0.6, 0.7, 1.4, 1.6, 1.8, 2.3]) {
        let other = (value * factor / step).round() * step;
        let is_far = (other - value).abs() >= (0.2 * value).max(least * step.min(1.0));
        if is_far && other >= least * step.min(1.0) && other <= most {
            others.push(written(other, decimals, figure.contains(',')));
        }
    }
    others
}

fn written(value: f64, decimals: usize, is_grouped: bool) -> String {
    let text = format!("{value:.decimals$}");
    if !is_grouped {
        return text;
    }
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + rest
}
