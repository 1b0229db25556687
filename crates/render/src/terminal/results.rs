//! Renders search results and citations for a terminal.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use super::screen::{DIM, MATCH, STRONG, linked, paint, paint_words, wrap, wrap_at_spaces};
use crate::attribution::{place_at, reference};
use crate::escape::visible;
use crate::wording::list;
use pincite_core::cite::{Quotation, Stretch};
use pincite_core::engine::{Answer, Context, Found};
use pincite_core::search::Expansion;
use pincite_core::source::PassageId;

/// The maximum number of characters of a quotation in a list of results.
const MAX_SHOWN: usize = 1200;

/// The share of the query's words from which a result has what was asked for.
const ENOUGH: f64 = 0.5;

/// The line before results that have less than that.
const LESS: &str = "With less than half of the words that tell:";

/// Renders the answer to a query: each quotation with its reference and place, in lines of at most
/// `width` columns. A line goes before the last ones that have less than half of the query's words,
/// where others have more. `explain` adds the query expansion and the parts of each score.
pub fn results(answer: &Answer, width: usize, explain: bool) -> String {
    let mut out = preamble(answer, width, explain);
    let with_enough = answer.found.iter().rposition(|found| found.coverage >= ENOUGH);
    for (i, found) in answer.found.iter().enumerate() {
        if i > 0 || !out.is_empty() {
            out.push('\n');
        }
        if with_enough.is_some_and(|last| i == last + 1) {
            wrap(&mut out, &paint_words(DIM, LESS), width, "", "");
            out.push('\n');
        }
        let rank = format!("{:>2}", found.rank);
        let rest = " ".repeat(rank.len() + 2);
        let first = format!("{}  ", paint(STRONG, &rank));
        match &found.context {
            None => wrap(&mut out, &shortened(&found.quotation), width, &first, &rest),
            Some(context) => in_context(&mut out, &found.quotation, context, width, &first, &rest),
        }
        attribution(&mut out, &found.quotation, width, &rest);
        let indent = format!("{rest}  ");
        if !found.copies.is_empty() {
            let copies = format!("nearly the same in {}", ids(&found.copies));
            wrap_at_spaces(&mut out, &paint_words(DIM, &copies), width, &indent, &indent);
        }
        if explain {
            explanation(&mut out, found, width, &indent);
        }
    }
    out
}

/// Renders the query, if it is not exactly as typed.
fn preamble(answer: &Answer, width: usize, explain: bool) -> String {
    let mut out = String::new();
    if let Some(id) = &answer.like {
        let like = format!("similar to {id}: {}", answer.query);
        wrap_at_spaces(&mut out, &paint_words(DIM, &visible(&like)), width, "", "  ");
    }
    if explain {
        for Expansion { typed, written, kind, credit } in &answer.variants {
            let variant = format!("{typed}: also {written} ({}, {credit:.2})", kind.name());
            wrap_at_spaces(&mut out, &paint_words(DIM, &visible(&variant)), width, "", "  ");
        }
    }
    out
}

/// Renders each quotation with its formatted citation and place, in lines of at most `width`
/// columns.
pub fn citations(quotations: &[Quotation], width: usize) -> String {
    let mut out = String::new();
    for (i, quotation) in quotations.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        wrap(&mut out, &quoted(quotation), width, "", "");
        for line in quotation.citation.formatted.as_deref().unwrap_or_default().lines() {
            wrap(&mut out, &visible(line), width, "  ", "      ");
        }
        wrap_at_spaces(&mut out, &paint_words(DIM, &linked_place(quotation)), width, "  ", "    ");
    }
    out
}

/// Renders the quotation with the matched words marked.
pub(crate) fn quoted(quotation: &Quotation) -> String {
    marked(quotation.quoted()).trim().to_owned()
}

fn marked<'a>(stretches: impl Iterator<Item = Stretch<'a>>) -> String {
    stretches.map(|stretch| shown(stretch.text, stretch.matched.then_some(MATCH))).collect()
}

/// Renders the quotation like [`quoted`], but a very long one only around the first match.
fn shortened(quotation: &Quotation) -> String {
    let stretches: Vec<Stretch<'_>> = quotation.quoted().collect();
    let len: usize = stretches.iter().map(|stretch| stretch.text.chars().count()).sum();
    if len <= MAX_SHOWN {
        return quoted(quotation);
    }
    let before = stretches.iter().take_while(|stretch| !stretch.matched);
    let before_match: usize = before.map(|stretch| stretch.text.chars().count()).sum();
    // Without a match, show the beginning.
    let first_match = if before_match < len { before_match } else { 0 };
    let from = first_match.saturating_sub(MAX_SHOWN / 4).min(len - MAX_SHOWN);
    let to = from + MAX_SHOWN;
    let mut at = 0;
    let words = stretches
        .iter()
        .flat_map(|stretch| {
            stretch.text.split_word_bounds().map(|text| Stretch { text, ..*stretch })
        })
        .filter(|word| {
            let start = at;
            at += word.text.chars().count();
            (from..to).contains(&start)
        })
        .skip_while(|word| from > 0 && !word.text.contains(char::is_alphanumeric));
    let start = if from > 0 { "[…] " } else { "" };
    let end = if to < len { " […]" } else { "" };
    format!("{start}{}{end}", marked(words).trim())
}

/// Renders the whole paragraph and its neighbours, with everything but the quotation dimmed.
fn in_context(
    out: &mut String,
    quotation: &Quotation,
    context: &Context,
    width: usize,
    first: &str,
    rest: &str,
) {
    for passage in &context.before {
        wrap(out, &shown(passage.plain(), Some(DIM)), width, rest, rest);
        out.push('\n');
    }
    let mut paragraph = String::new();
    for stretch in quotation.stretches() {
        let style = match (stretch.matched, stretch.quoted) {
            (true, _) => Some(MATCH),
            (false, true) => None,
            (false, false) => Some(DIM),
        };
        paragraph.push_str(&shown(stretch.text, style));
    }
    wrap(out, paragraph.trim(), width, first, rest);
    for passage in &context.after {
        out.push('\n');
        wrap(out, &shown(passage.plain(), Some(DIM)), width, rest, rest);
    }
    if !context.after.is_empty() {
        out.push('\n');
    }
}

/// Renders the reference and the place below a quotation.
pub(crate) fn attribution(out: &mut String, quotation: &Quotation, width: usize, indent: &str) {
    let below = format!("{indent}  ");
    let reference = reference(&quotation.source);
    let place = paint_words(DIM, &linked_place(quotation));
    if reference.is_empty() {
        wrap_at_spaces(out, &format!("— {place}"), width, indent, &below);
    } else {
        wrap_at_spaces(out, &format!("— {reference}"), width, indent, &below);
        wrap_at_spaces(out, &place, width, &below, &below);
    }
}

/// Returns the place of a quotation, in which the line of the file is a link to the file.
fn linked_place(quotation: &Quotation) -> String {
    place_at(quotation, |line| linked(&line, &quotation.citation.file))
}

fn shown(text: &str, style: Option<anstyle::Style>) -> String {
    let text = visible(text);
    match style {
        Some(style) => paint_words(style, &text),
        None => text.into_owned(),
    }
}

fn explanation(out: &mut String, found: &Found, width: usize, indent: &str) {
    let _ = writeln!(out, "{indent}score {:.3}", found.score);
    // Leave out parts that round to zero.
    let parts: Vec<_> =
        found.details.parts.iter().filter(|part| part.value.abs() >= 0.0005).collect();
    let widest = parts.iter().map(|part| part.name.len()).max().unwrap_or(0);
    for part in parts {
        let head = format!("{indent}  {:<widest$} {:>8.3}  ", part.name, part.value);
        let below = " ".repeat(head.len());
        wrap(out, &paint_words(DIM, &visible(&part.note)), width, &head, &below);
    }
}

fn ids(ids: &[PassageId]) -> String {
    list(&ids.iter().map(PassageId::to_string).collect::<Vec<_>>())
}
