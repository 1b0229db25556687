//! Answers and citations for people at a terminal.

use std::fmt::Write as _;

use unicode_segmentation::UnicodeSegmentation;

use super::screen::{DIM, MATCH, STRONG, list, paint, paint_words, visible, wrap, wrap_at_spaces};
use pincite_core::cite::{Piece, Quotation};
use pincite_core::engine::{Answer, Context, Found};
use pincite_core::search::Expansion;
use pincite_core::source::{Metadata, Passage, PassageId, Provenance, Source};

/// So many characters of a quotation are shown in a list of results: a very long one would hide the rest.
const SHOWN: usize = 1200;

/// The metadata that a reference for people names, in its order.
const NAMED: [&str; 4] = ["author", "title", "publisher", "issued"];

/// The answer to a query: each quotation in the exact words of its source, and under it who says so, and where.
/// `explain` adds the query expansion and the parts of each score.
pub fn results(answer: &Answer, width: usize, explain: bool) -> String {
    let mut out = preamble(answer, width, explain);
    for (i, found) in answer.found.iter().enumerate() {
        if i > 0 || !out.is_empty() {
            out.push('\n');
        }
        let rank = format!("{:>2}", found.rank);
        let rest = " ".repeat(rank.len() + 2);
        let first = format!("{}  ", paint(STRONG, &rank));
        match &found.context {
            None => wrap(&mut out, &shortened(&found.quotation), width, &first, &rest),
            Some(context) => {
                in_context(&mut out, &found.quotation, context, width, [&first, &rest])
            }
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

/// What was looked for, where that is not just what was typed.
fn preamble(answer: &Answer, width: usize, explain: bool) -> String {
    let mut out = String::new();
    if let Some(id) = &answer.like {
        let like = format!("like {id}: {}", answer.query);
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

/// Citations for people: each quotation, the in-text citation and reference in the chosen style, and the place.
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
        wrap_at_spaces(&mut out, &paint_words(DIM, &place(quotation)), width, "  ", "    ");
    }
    out
}

/// What is quoted, with the words that matched marked.
pub(crate) fn quoted(quotation: &Quotation) -> String {
    marked(quotation.quoted()).trim().to_owned()
}

fn marked<'a>(pieces: impl Iterator<Item = Piece<'a>>) -> String {
    pieces.map(|piece| shown(piece.text, piece.matched.then_some(MATCH))).collect()
}

/// As [`quoted`]; of a very long quotation only the stretch around the first match, with a mark where it was cut.
fn shortened(quotation: &Quotation) -> String {
    let pieces: Vec<Piece<'_>> = quotation.quoted().collect();
    let len =
        |pieces: &[Piece<'_>]| pieces.iter().map(|piece| piece.text.chars().count()).sum::<usize>();
    let all = len(&pieces);
    if all <= SHOWN {
        return quoted(quotation);
    }
    let matched = pieces.iter().position(|piece| piece.matched).map_or(0, |at| len(&pieces[..at]));
    let from = matched.saturating_sub(SHOWN / 4).min(all - SHOWN);
    let cut = if from > 0 { "[…] " } else { "" };
    let end = if from + SHOWN < all { " […]" } else { "" };
    let mut at = 0;
    let words = pieces
        .iter()
        .flat_map(|piece| piece.text.split_word_bounds().map(|text| Piece { text, ..*piece }));
    let stretch = words.filter(|word| {
        let begins = at;
        at += word.text.chars().count();
        (from..from + SHOWN).contains(&begins)
    });
    let stretch = stretch.skip_while(|word| from > 0 && !word.text.contains(char::is_alphanumeric));
    format!("{cut}{}{end}", marked(stretch).trim())
}

/// The whole paragraph between its neighbours, all but the quotation dimmed.
fn in_context(
    out: &mut String,
    quotation: &Quotation,
    context: &Context,
    width: usize,
    [first, rest]: [&str; 2],
) {
    let neighbour = |out: &mut String, passage: &Passage| {
        wrap(out, &shown(passage.plain(), Some(DIM)), width, rest, rest);
    };
    for passage in &context.before {
        neighbour(out, passage);
        out.push('\n');
    }
    let style = |piece: &Piece<'_>| {
        if piece.matched { Some(MATCH) } else { (!piece.quoted).then_some(DIM) }
    };
    let paragraph: String =
        quotation.pieces().iter().map(|piece| shown(piece.text, style(piece))).collect();
    wrap(out, paragraph.trim(), width, first, rest);
    for passage in &context.after {
        out.push('\n');
        neighbour(out, passage);
    }
    if !context.after.is_empty() {
        out.push('\n');
    }
}

/// Who says so, and where: a line or two under a quotation.
pub(crate) fn attribution(out: &mut String, quotation: &Quotation, width: usize, indent: &str) {
    let below = format!("{indent}  ");
    let reference = reference(&quotation.source);
    let place = paint_words(DIM, &place(quotation));
    if reference.is_empty() {
        wrap_at_spaces(out, &format!("— {place}"), width, indent, &below);
    } else {
        wrap_at_spaces(out, &format!("— {reference}"), width, indent, &below);
        wrap_at_spaces(out, &place, width, &below, &below);
    }
}

fn shown(text: &str, style: Option<anstyle::Style>) -> String {
    let text = visible(text);
    style.map_or_else(|| text.clone().into_owned(), |style| paint_words(style, &text))
}

fn explanation(out: &mut String, found: &Found, width: usize, indent: &str) {
    let _ = writeln!(out, "{indent}score {:.3}", found.score);
    // What adds nothing tells nothing.
    let parts: Vec<_> =
        found.details.parts.iter().filter(|part| part.value.abs() >= 0.0005).collect();
    let widest = parts.iter().map(|part| part.name.len()).max().unwrap_or(0);
    for part in parts {
        let head = format!("{indent}  {:<widest$} {:>8.3}  ", part.name, part.value);
        let below = " ".repeat(head.len());
        wrap(out, &paint_words(DIM, &visible(&part.note)), width, &head, &below);
    }
}

/// Who published what, and when, as far as it is known: `Khushbu Ahlawat, “Strategic Depth”, GSDN, 2025-10-16 (author
/// inferred)`. Empty where nothing is known. One line, safe to print.
pub fn reference(source: &Source) -> String {
    let metadata = &source.metadata;
    let parts: Vec<String> =
        NAMED.iter().filter_map(|variable| named(metadata, variable)).collect();
    // A publication stands in for a publisher that is not known.
    let stands_in = metadata.text("publisher").is_none();
    let is_inferred = |name: &str| {
        let name = if name == "publisher" && stands_in { "container-title" } else { name };
        metadata
            .iter()
            .any(|(variable, _, provenance)| variable == name && provenance == Provenance::Inferred)
    };
    let in_words = |variable| if variable == "issued" { "date" } else { variable };
    let inferred: Vec<String> = NAMED
        .into_iter()
        .filter(|name| is_inferred(name))
        .map(|name| in_words(name).to_owned())
        .collect();
    let mut out = parts.join(", ");
    if !inferred.is_empty() && !parts.is_empty() {
        let _ = write!(out, " ({} inferred)", list(&inferred));
    }
    visible(&out).into_owned()
}

fn named(metadata: &Metadata, variable: &str) -> Option<String> {
    match variable {
        "author" => {
            let names: Vec<String> =
                metadata.names("author").iter().map(|name| name.display()).collect();
            match names.len() {
                0 => None,
                1..=3 => Some(list(&names)),
                more => Some(format!("{} and {} others", names[0], more - 1)),
            }
        }
        "title" => metadata.title().map(|title| format!("“{title}”")),
        "publisher" => metadata.publisher().map(str::to_owned),
        _ => metadata.issued().map(|date| date.to_string()),
    }
}

/// Where a quotation stands: `§ Why that month, ¶ 3, sentence 1 · recognition-1997.txt:13 · recognition-1997#p3.1`.
pub(crate) fn place(quotation: &Quotation) -> String {
    let Quotation { citation, passage, .. } = quotation;
    let locator = &citation.locator;
    let mut place = String::new();
    if !locator.section.is_empty() {
        let _ = write!(place, "§ {}, ", locator.section.join(" › "));
    }
    if let Some(page) = locator.page {
        let _ = write!(place, "p. {page}, ");
    }
    let _ = write!(place, "¶ {}", locator.paragraph);
    match locator.sentences {
        [first, last] if first == last => {
            if passage.sentences.len() > 1 {
                let _ = write!(place, ", sentence {first}");
            }
        }
        [first, last] => {
            let _ = write!(place, ", sentences {first}–{last}");
        }
    }
    let _ = write!(place, " · {}:{} · {}", citation.file, locator.lines[0], citation.id);
    visible(&place).into_owned()
}

fn ids(ids: &[PassageId]) -> String {
    list(&ids.iter().map(PassageId::to_string).collect::<Vec<_>>())
}

/// Where a quotation can be opened on the web: only what a browser should follow from a page of someone else's words.
pub(crate) fn link(quotation: &Quotation) -> Option<&str> {
    let url =
        quotation.citation.deep_link.as_deref().or_else(|| quotation.source.metadata.url())?;
    let web = url.starts_with("https://") || url.starts_with("http://");
    (web && !url.contains(|c: char| c.is_whitespace() || c.is_control())).then_some(url)
}
