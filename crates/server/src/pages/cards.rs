//! Quotations as cards: the words, whose they are, where they stand, and how to cite them.

use maud::{Markup, html};

use super::{address, encoded, original_address};
use pincite_core::cite::Quotation;
use pincite_core::source::PassageId;
use pincite_render::{link, place, reference, visible};

/// The ways to cite that every quotation offers: format and name.
const FORMATS: [(&str, &str); 4] =
    [("markdown", "Citation"), ("bibtex", "BibTeX"), ("ris", "RIS"), ("wikipedia", "Wikitext")];

/// The reason for which words are marked.
#[derive(Clone, Copy)]
pub(super) enum Mark {
    /// They match the query.
    Matches,
    /// They differ from a claim, or a claim's from a source.
    Differs,
}

/// A quotation with its matches marked.
pub(super) fn quote(quotation: &Quotation, mark: Mark) -> Markup {
    html! {
        blockquote lang=[quotation.passage.language.as_deref()] dir="auto" {
            @for it in quotation.quoted() { (piece(it.text, it.matched.then_some(mark))) }
        }
    }
}

/// The whole paragraph, with the quotation in it.
fn paragraph(quotation: &Quotation) -> Markup {
    html! {
        p.paragraph lang=[quotation.passage.language.as_deref()] dir="auto" {
            @for stretch in quotation.stretches() {
                @let piece = piece(stretch.text, stretch.matched.then_some(Mark::Matches));
                @if stretch.quoted { b { (piece) } } @else { (piece) }
            }
        }
    }
}

/// A piece of a text, marked or not.
pub(super) fn piece(text: &str, mark: Option<Mark>) -> Markup {
    html! {
        @match mark {
            Some(Mark::Matches) => { mark { (visible(text)) } }
            Some(Mark::Differs) => { em.differs { (visible(text)) } }
            None => { (visible(text)) }
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
            (quote(quotation, Mark::Matches))
            (notes)
            (below(quotation, style))
        }
    }
}
