//! Quotations as cards: the words, whose they are, where they stand, and how to cite them.

use maud::{Markup, html};

use super::{address, encoded, original_address};
use pincite_core::cite::{Quotation, Stretch};
use pincite_core::source::PassageId;
use pincite_render::{link, place, reference, visible};

/// The ways to cite that every quotation offers: format and name.
const FORMATS: [(&str, &str); 4] =
    [("markdown", "Citation"), ("bibtex", "BibTeX"), ("ris", "RIS"), ("wikipedia", "Wikitext")];

/// A quotation, with `marked` words marked beside those that match the query.
pub(super) fn quote(quotation: &Quotation, marked: &[&str]) -> Markup {
    let stretches: Vec<Stretch<'_>> = quotation.quoted().collect();
    html! {
        blockquote lang=[quotation.passage.language.as_deref()] dir="auto" {
            @if marked.is_empty() {
                @for stretch in stretches { (words(&stretch)) }
            } @else {
                (differing(&stretches.iter().map(|it| it.text).collect::<String>(), marked))
            }
        }
    }
}

/// The whole paragraph, with the quotation in it.
fn paragraph(quotation: &Quotation) -> Markup {
    html! {
        p.paragraph lang=[quotation.passage.language.as_deref()] dir="auto" {
            @for stretch in quotation.stretches() {
                @if stretch.quoted { b { (words(&stretch)) } } @else { (words(&stretch)) }
            }
        }
    }
}

fn words(stretch: &Stretch<'_>) -> Markup {
    html! {
        @if stretch.matched { mark { (visible(stretch.text)) } } @else { (visible(stretch.text)) }
    }
}

/// A text in which the first occurrence of each of these words is marked as differing.
pub(super) fn differing(text: &str, words: &[&str]) -> Markup {
    let mut places: Vec<[usize; 2]> = words
        .iter()
        .filter(|word| !word.is_empty())
        .filter_map(|word| text.find(word).map(|at| [at, at + word.len()]))
        .collect();
    places.sort_unstable();
    let (mut pieces, mut at) = (Vec::new(), 0);
    for [start, end] in places {
        if start >= at {
            pieces.extend([(false, &text[at..start]), (true, &text[start..end])]);
            at = end;
        }
    }
    pieces.push((false, &text[at..]));
    html! {
        @for (differs, piece) in pieces {
            @if differs { em.differs { (visible(piece)) } } @else { (visible(piece)) }
        }
    }
}

/// The lines below a quotation: reference, place, and ways to cite it.
pub(super) fn below(quotation: &Quotation, style: &str) -> Markup {
    let citation = &quotation.citation;
    html! {
        @for line in citation.formatted.as_deref().unwrap_or_default().lines() {
            p.reference dir="auto" { (visible(line)) }
        }
        p.place { (place(quotation)) }
        @if quotation.stretches().iter().any(|stretch| !stretch.quoted && !stretch.text.trim().is_empty()) {
            details {
                summary { "The whole paragraph" }
                (paragraph(quotation))
            }
        }
        (ways(&citation.id, style, link(quotation), citation.locator.page))
    }
}

/// Ways to cite sentences: addresses of the API, whose answers our script copies; and to where they
/// stand on the web and on a page of the file.
fn ways(id: &PassageId, style: &str, link: Option<&str>, page: Option<u32>) -> Markup {
    let id_text = id.to_string();
    html! {
        ul.ways aria-label={ "Cite " (visible(&id_text)) } {
            @for (format, name) in FORMATS {
                li {
                    a.copy href={
                        "/v1/cite?id=" (encoded(&id_text)) "&format=" (format)
                        "&style=" (encoded(style))
                    } { (name) }
                }
            }
            li { a.copy.link href=(address(id)) { "Link" } }
            @if let Some(page) = page {
                li { a href=(original_address(id.source.as_str(), Some(page))) { "Page " (page) } }
            }
            @if let Some(url) = link {
                li { a href=(url) rel="noreferrer" { "On the web" } }
            }
        }
    }
}

/// The name of a quotation's source, in a few words.
pub(super) fn named(quotation: &Quotation) -> String {
    let source = &quotation.source;
    source.metadata.title().map_or_else(|| source.file.clone(), str::to_owned)
}

/// A card with a heading that leads to the place in the source.
pub(super) fn card(quotation: &Quotation, style: &str, notes: &Markup) -> Markup {
    html! {
        article.card tabindex="-1" {
            h3 dir="auto" {
                a.open href=(address(&quotation.citation.id)) { (visible(&named(quotation))) }
            }
            p.from { (reference(&quotation.source)) }
            (quote(quotation, &[]))
            (notes)
            (below(quotation, style))
        }
    }
}
