//! Changes and swaps amounts, reverses their bounds, and moves the ends of ranges.

use pincite_core::text::english::calendar::precedes_number;
use pincite_core::text::english::pronouns::is_article;
use pincite_core::text::{Quantity, Span, is_function_word, quantities};

use super::figure::{figure, others};
use super::time;
use crate::mutate::corpus::SentenceCorpus;
use crate::mutate::sentence::Sentence;
use crate::random::SplitMix64;

/// Words before an amount with which another amount may be true too.
const HEDGES: &str = "about above almost approximately around average below between beyond circa \
    close every exceed exceeded exceeding exceeds estimated estimate fewer least less maximum \
    minimum more most nearly over perhaps roughly some to towards under up virtually within";

/// The same after an amount.
const HEDGES_BEHIND: &str = "or plus-minus odd";

/// Words before a bare number that make it the name of something.
const NUMBERED: &str = "article category channel chapter class episode figure flight grade group \
    highway item level line number no page part phase platform room route season section stage \
    table tier type unit version volume";

/// Words before a number that make it count all things, or things named before.
const DEFINITE: &str = "both her his its other our the their these those";

/// Returns the sentence with one amount changed, for each that is plain: not in a quotation,
/// parenthesis, name or range, without a hedge, and not the number of something. The new amount has
/// the form of the old one, differs from it by at least a fifth, and is no amount of the article.
pub(super) fn changed(
    sentence: &Sentence,
    corpus: &SentenceCorpus,
    random: &mut SplitMix64,
) -> Vec<String> {
    let mut claims = Vec::new();
    for (i, quantity) in sentence.quantities.iter().enumerate() {
        if !is_plain(sentence, i) || is_hedged(sentence, quantity.span) {
            continue;
        }
        claims.extend(with_other(sentence, corpus, i, None, random));
    }
    claims
}

/// Returns the sentence with another figure in its quantity at `at`: above `above` where there is
/// such a bound, and none that the article has.
fn with_other(
    sentence: &Sentence,
    corpus: &SentenceCorpus,
    at: usize,
    above: Option<f64>,
    random: &mut SplitMix64,
) -> Option<String> {
    let quantity = &sentence.quantities[at];
    let figure = figure(sentence, quantity.span)?;
    let most = if quantity.unit == Some("%") { 99.0 } else { f64::INFINITY };
    others(figure.of(&sentence.text), most, random).into_iter().find_map(|other| {
        let claim = sentence.with(figure, &other);
        let read = quantities(&claim);
        let new = read.get(at)?;
        let value = value(new);
        let is_read = read.len() == sentence.quantities.len() && new.unit == quantity.unit;
        let is_new = !corpus.has_amount(sentence, value, new.unit);
        (is_read && is_new && above.is_none_or(|above| value > above)).then_some(claim)
    })
}

fn value(quantity: &Quantity) -> f64 {
    quantity.value.parse().unwrap_or(0.0)
}

/// Returns whether the quantity at `at` is an amount by itself: see [`changed`].
pub(super) fn is_plain(sentence: &Sentence, at: usize) -> bool {
    let span = sentence.quantities[at].span;
    let words = sentence.within(span);
    let before = sentence.folded_before(words.start, 1);
    let is_bare = sentence.quantities[at].unit.is_none();
    let in_name = is_bare
        && (words.start > 1 && sentence.is_capital(words.start - 1)
            || sentence.is_capital(words.end) && sentence.is_followed(words.end.saturating_sub(1)));
    let is_numbered = listed(NUMBERED, before) || precedes_number(before) && before != "of";
    let is_bare_word = !span.of(&sentence.text).contains(|c: char| c.is_ascii_digit());
    let is_definite = is_bare_word && (listed(DEFINITE, before) || is_article(before));
    sentence.is_free(span)
        && !words.is_empty()
        && !in_name
        && !is_numbered
        && !is_definite
        && range(sentence, at).is_none()
        && at.checked_sub(1).is_none_or(|before| range(sentence, before).is_none())
}

/// Returns whether another amount near this one may be true too.
pub(super) fn is_hedged(sentence: &Sentence, span: Span) -> bool {
    let words = sentence.within(span);
    let before = (1..=2).any(|back| {
        // “Up to”, “more than”, “an average of”; but “more of the three” is none.
        let word = sentence.folded_before(words.start, back);
        listed(HEDGES, word)
            && (back == 1 || is_function_word(sentence.folded_before(words.start, 1)))
    });
    before
        || listed("as many few much little", sentence.folded_before(words.start, 2))
        || listed(HEDGES_BEHIND, sentence.folded(words.end))
}

/// Returns the two ends of a range that the quantity at `at` begins: `from 10 to 15`.
fn range(sentence: &Sentence, at: usize) -> Option<(Span, Span)> {
    let (first, second) = (sentence.quantities.get(at)?, sentence.quantities.get(at + 1)?);
    let between = sentence.text.get(first.span.end..second.span.start)?.trim();
    let before = sentence.folded_before(sentence.within(first.span).start, 1);
    let joins =
        matches!(between, "to" | "-" | "–" | "—" | "or") || between == "and" && before == "between";
    joins.then_some((first.span, second.span))
}

/// Returns the sentence with two amounts swapped, for each two neighbours of one unit, or without
/// one, that differ and are written alike. Between them is a word that says what the first one is
/// of: otherwise they are an enumeration or a range, and say the same in any order.
pub(super) fn swapped(sentence: &Sentence) -> Vec<String> {
    let pairs = sentence.quantities.windows(2).enumerate().filter_map(|(i, pair)| {
        let [first, second] = pair else { return None };
        let is_like = first.unit == second.unit && first.value != second.value;
        if !is_like || !is_plain(sentence, i) || !is_plain(sentence, i + 1) {
            return None;
        }
        let spans = [figure(sentence, first.span)?, figure(sentence, second.span)?];
        let texts = spans.map(|span| span.of(&sentence.text));
        let digits = texts.map(|text| text.starts_with(|c: char| c.is_ascii_digit()));
        let between = sentence.within(first.span).end..sentence.within(second.span).start;
        let after = sentence.folded(sentence.within(second.span).end);
        let content: Vec<&str> = between
            .map(|at| sentence.folded(at))
            .filter(|word| !is_function_word(word) && *word != after && *word != "x")
            .collect();
        if digits[0] != digits[1] || content.is_empty() {
            return None;
        }
        let [first, second] = spans;
        let text = &sentence.text;
        Some(format!(
            "{}{}{}{}{}",
            &text[..first.start],
            texts[1].to_lowercase(),
            &text[first.end..second.start],
            texts[0].to_lowercase(),
            &text[second.end..]
        ))
        .filter(|_| first.start > 0)
    });
    pairs.collect()
}

/// Bounds right before an amount, and their opposites; `#` is the number.
const BOUNDS: [(&str, &str); 9] = [
    ("more than", "# than"),
    ("less than", "more than"),
    ("fewer than", "more than"),
    ("at least", "# than"),
    ("at most", "more than"),
    ("up to", "more than"),
    ("nearly", "more than"),
    ("almost", "more than"),
    ("over", "under"),
];

/// Returns the sentence with the bound of an amount reversed: *more than* becomes *fewer than*
/// (*less than* before units), *nearly* becomes *more than*. Not where a word such as *no* or *far*
/// acts on the bound, nor *over* before a time, which may be *during*.
pub(super) fn bound_turned(sentence: &Sentence) -> Vec<String> {
    let mut claims = Vec::new();
    for quantity in &sentence.quantities {
        let at = sentence.within(quantity.span).start;
        let is_time = matches!(
            quantity.unit,
            Some("s" | "min" | "h" | "day" | "week" | "month" | "year" | "decade" | "century")
        );
        for (bound, turned) in BOUNDS {
            let length = bound.split(' ').count();
            let Some(first) = at.checked_sub(length).filter(|_| at < sentence.tokens.len()) else {
                continue;
            };
            let is_bound =
                bound.split(' ').zip(first..).all(|(word, at)| sentence.folded(at) == word);
            let span = Span::new(sentence.tokens[first].span.start, quantity.span.end);
            let before = sentence.folded_before(first, 1);
            if !is_bound
                || !sentence.is_free(span)
                || bound == "over" && is_time
                || listed("no not any little much far slightly well just and or", before)
                || sentence.gap(at - 1).contains([',', ';'])
            {
                continue;
            }
            let count = if quantity.unit.is_some() { "less" } else { "fewer" };
            let turned = turned.replace('#', count);
            let turned = if sentence.is_capital(first) {
                crate::mutate::sentence::capitalized(&turned)
            } else {
                turned
            };
            claims.push(sentence.with(sentence.span(first, at - 1), &turned));
        }
    }
    claims
}

/// Returns the sentence with the end of a range moved on: of years (*from 1996 to 2001*) by two or
/// three, of amounts to one that is no amount of the article.
pub(super) fn range_end_changed(
    sentence: &Sentence,
    corpus: &SentenceCorpus,
    random: &mut SplitMix64,
) -> Vec<String> {
    let mut claims = time::range_end_moved(sentence);
    for at in 0..sentence.quantities.len() {
        let Some((first, second)) = range(sentence, at) else { continue };
        let before = sentence.folded_before(sentence.within(first).start, 1);
        if !sentence.is_free(second) || !sentence.is_open(first) || !listed("from between", before)
        {
            continue;
        }
        let [start, end] = [at, at + 1].map(|at| value(&sentence.quantities[at]));
        if start >= end {
            continue;
        }
        claims.extend(with_other(sentence, corpus, at + 1, Some(end), random));
    }
    claims
}

/// Returns whether `word` is one of the words of `list`.
pub(super) fn listed(list: &str, word: &str) -> bool {
    !word.is_empty() && list.split_whitespace().any(|listed| listed == word)
}
