//! The page to read a source in: its text in its own order, with the numbers that citations have.

use axum::extract::{Path, RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;
use serde_json::Value;

use super::{layout, original_address, source_address};
use crate::api::params;
use crate::desk::Desk;
use pincite_core::engine::{Reading, ReadingBlock, Target};
use pincite_core::source::{Passage, PassageId, Provenance, Sentences};
use pincite_render::{reference, stale, visible};

/// The most paragraphs of a page on either side of the one that was asked for.
const AROUND: u32 = 1_000;

/// The question put to the page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// The paragraph and the sentences to mark: `p5`, `p5.3` or `p5.3-4`.
    at: Option<String>,
}

/// Answers with the page.
pub(super) async fn page(
    State(desk): State<Desk>,
    Path(id): Path<String>,
    RawQuery(raw): RawQuery,
) -> Response {
    let asked: Asked = params::parse(raw.as_deref().unwrap_or_default()).unwrap_or_default();
    let at: Option<PassageId> = asked.at.and_then(|at| format!("{id}#{at}").parse().ok());
    let of = at.clone();
    let reading = desk.ask(move |desk| {
        let whole = desk.engine().show(&Target::Source(id.clone()), 0)?;
        if whole.entry.paragraphs <= 2 * AROUND {
            return Ok(whole);
        }
        let at = of.unwrap_or(PassageId {
            source: whole.entry.source.id.clone(),
            paragraph: 1,
            sentences: None,
        });
        Ok(whole.around(&at, AROUND))
    });
    match reading.await {
        Ok(reading) => {
            let source = &reading.entry.source;
            let title = source.metadata.title().unwrap_or(&source.file).to_owned();
            layout::page(&title, "/library", &read(&reading, at.as_ref(), &title))
        }
        Err(refusal) => layout::refused(&refusal, "/library"),
    }
}

fn read(reading: &Reading, at: Option<&PassageId>, title: &str) -> Markup {
    let source = &reading.entry.source;
    let asked = |passage: &Passage| {
        at.filter(|at| at.paragraph == passage.paragraph).map(|at| at.sentences)
    };
    html! {
        article.source lang=[source.language.as_deref()] data-source=(source.id.as_str()) {
            h1 dir="auto" { (visible(title)) }
            p.from { (reference(source)) }
            p.from {
                a href=(original_address(source.id.as_str(), None)) { "The file as it is" }
                @if let Some(url) = source.metadata.url().filter(|url| is_web(url)) {
                    " · " a href=(url) rel="noreferrer" { "On the web" }
                }
            }
            @if let Some(what) = reading.stale {
                p.problem role="note" { "The file " (stale(what)) ". This is what was indexed." }
            }
            (about(reading))
            (window(reading))
            @for block in &reading.blocks {
                @match block {
                    ReadingBlock::Paragraph(passage) => { (paragraph(passage, asked(passage))) }
                    ReadingBlock::Aside(aside) => { (beside(&aside.kind, aside.plain(), title)) }
                }
            }
            (window(reading))
        }
        div #cite hidden aria-live="polite" {}
    }
}

/// A body paragraph, each sentence of which can be pointed to.
fn paragraph(passage: &Passage, asked: Option<Option<Sentences>>) -> Markup {
    let plain = passage.plain();
    let number = passage.paragraph;
    let is_asked = |sentence: u32| match asked {
        None => false,
        Some(None) => true,
        Some(Some(range)) => (range.first..=range.last).contains(&sentence),
    };
    let spans = passage.plain_sentences();
    // White space stands between two sentences; in front of the next one it is part of neither.
    let starts = std::iter::once(0).chain(spans.iter().map(|span| span.end));
    html! {
        p.par id={ "p" (number) } lang=[passage.language.as_deref()] dir="auto" {
            a.number href={ "#p" (number) } aria-label={ "Paragraph " (number) } { (number) }
            (turned_to(passage))
            @for ((span, before), sentence) in spans.iter().zip(starts).zip(1u32..) {
                (visible(&plain[before.min(span.start)..span.start]))
                span.sentence.asked[is_asked(sentence)] id={ "p" (number) "." (sentence) } {
                    (visible(&plain[span.start..span.end]))
                }
            }
            @if spans.is_empty() { (visible(plain)) }
        }
    }
}

/// The page or the slide that a passage begins on; a page leads to it in the file.
fn turned_to(passage: &Passage) -> Markup {
    let part = passage.part.as_ref();
    let page = part.and_then(|part| part.page());
    html! {
        @if let Some(place) = part.and_then(|part| part.display()) {
            @if page.is_some() {
                a.pageno href=(original_address(passage.source.as_str(), page)) { (visible(&place)) }
            } @else {
                span.pageno { (visible(&place)) }
            }
            " "
        }
    }
}

/// A block that is not a body paragraph.
fn beside(kind: &str, text: &str, title: &str) -> Markup {
    html! {
        @match kind {
            "title" => {
                @if visible(text.trim()) != visible(title) { h2 dir="auto" { (visible(text.trim())) } }
            }
            "heading" => { h2 dir="auto" { (visible(text.trim().trim_start_matches('#').trim())) } }
            "code" => { pre { code { (pincite_render::visible_lines(text)) } } }
            "byline" => { p.byline dir="auto" { (visible(text)) } }
            _ => {
                details.furniture {
                    summary { "Not part of the text" }
                    p dir="auto" { (visible(text)) }
                }
            }
        }
    }
}

/// Renders what is known of a source, and from where.
fn about(reading: &Reading) -> Markup {
    let entry = &reading.entry;
    let source = &entry.source;
    html! {
        details.about {
            summary { "About this source" }
            dl {
                dt { "Id" } dd { code { (visible(source.id.as_str())) } }
                dt { "File" } dd {
                    a href=(original_address(source.id.as_str(), None)) { (visible(&source.file)) }
                }
                @if let Some(url) = source.metadata.url().filter(|url| is_web(url)) {
                    dt { "On the web" } dd { a href=(url) rel="noreferrer" { (visible(url)) } }
                }
                (metadata(source))
                dt { "Paragraphs" } dd { (entry.paragraphs) }
                dt { "Read by" } dd { (visible(&entry.extractor)) }
                dt { "Content" } dd { code { (visible(&source.content_hash)) } }
            }
        }
    }
}

/// The metadata of a source as a list of terms, each value marked as declared or inferred.
pub(super) fn metadata(source: &pincite_core::source::Source) -> Markup {
    html! {
        @for (variable, value, provenance) in source.metadata.iter() {
            @if variable != "URL" {
                dt { (visible(variable)) }
                dd dir="auto" {
                    (visible(&in_words(variable, value, source))) " "
                    span.provenance {
                        (if provenance == Provenance::Declared { "declared" } else { "inferred" })
                    }
                }
            }
        }
    }
}

fn in_words(variable: &str, value: &Value, source: &pincite_core::source::Source) -> String {
    let names = source.metadata.names(variable);
    match value {
        _ if !names.is_empty() => {
            names.iter().map(|name| name.display()).collect::<Vec<_>>().join(", ")
        }
        _ if variable == "issued" => {
            source.metadata.issued().map_or_else(|| value.to_string(), |date| date.to_string())
        }
        Value::String(text) => text.clone(),
        value => value.to_string(),
    }
}

/// Says which part of a long source is shown, and gives the ways to the others.
fn window(reading: &Reading) -> Markup {
    let mut shown = reading.blocks.iter().filter_map(ReadingBlock::passage);
    let first = shown.next().map_or(1, |passage| passage.paragraph);
    let last = shown.next_back().map_or(first, |passage| passage.paragraph);
    let all = reading.entry.paragraphs;
    let address = source_address(reading.entry.source.id.as_str());
    html! {
        @if last - first + 1 < all {
            nav.pages aria-label="Parts of the source" {
                @if first > 1 {
                    a rel="prev" href={ (address) "?at=p" (first.saturating_sub(AROUND).max(1)) } { "Before" }
                }
                span { "Paragraphs " (first) " to " (last) " of " (all) }
                @if last < all { a rel="next" href={ (address) "?at=p" ((last + AROUND).min(all)) } { "After" } }
            }
        }
    }
}

/// Returns whether an address is one of the web, and nothing that would run.
fn is_web(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://"))
        && !url.contains(|c: char| c.is_whitespace() || c.is_control())
}
