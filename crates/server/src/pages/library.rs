//! The page of the library: the sources, what is known of each, and from where.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{encoded, layout, reader, source_address};
use crate::api::params;
use crate::desk::Desk;
use pincite_core::index::{Entry, Report};
use pincite_render::{count, reference, visible};

/// The sources of one page.
const PAGE: usize = 100;

/// The most warnings that are listed.
const WARNINGS: usize = 100;

/// The question put to the page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    find: String,
    offset: usize,
}

/// Answers with the page.
pub(super) async fn page(State(desk): State<Desk>, RawQuery(raw): RawQuery) -> Response {
    let asked: Asked = params::parse(raw.as_deref().unwrap_or_default()).unwrap_or_default();
    let of = asked.clone();
    let found = desk.ask(move |desk| {
        let mut sources = desk.engine().sources()?;
        if !of.find.trim().is_empty() {
            sources.retain(|entry| entry.matches(of.find.trim()));
        }
        let all = sources.len();
        let sources: Vec<Entry> = sources.into_iter().skip(of.offset).take(PAGE).collect();
        Ok((all, sources, desk.engine().stats()?))
    });
    let (all, sources, stats) = match found.await {
        Ok(found) => found,
        Err(refusal) => return layout::refused(&refusal, "/library"),
    };
    let main = html! {
        h1 { "Library" }
        p.from {
            (count(stats.sources, "source")) ", " (count(stats.passages, "passage")) ". "
            "What is known of a source is declared in it or beside it, or inferred from its text."
        }
        form.search role="search" action="/library" method="get" {
            label for="find" { "A part of an id, title, file or publisher; * for any characters" }
            div.box {
                input #find type="search" name="find" value=(asked.find);
                button type="submit" { "Find" }
            }
        }
        h2 {
            (count(all as u64, "source"))
            @if all > sources.len() && !sources.is_empty() {
                ", " (asked.offset + 1) " to " (asked.offset + sources.len())
            }
        }
        ul.sources { @for entry in &sources { (source(entry)) } }
        nav.pages aria-label="Pages of sources" {
            @if asked.offset > 0 {
                a rel="prev" href={
                    "/library?find=" (encoded(&asked.find)) "&offset=" (asked.offset.saturating_sub(PAGE))
                } { "Before" }
            }
            @if asked.offset + sources.len() < all {
                a rel="next" href={
                    "/library?find=" (encoded(&asked.find)) "&offset=" (asked.offset + PAGE)
                } { "More" }
            }
        }
        @if let Some(report) = desk.report() { (warnings(report)) }
    };
    layout::page("Library", "/library", &main)
}

fn source(entry: &Entry) -> Markup {
    let source = &entry.source;
    html! {
        li {
            article {
                h3 dir="auto" {
                    a href=(source_address(source.id.as_str())) {
                        (visible(source.metadata.title().unwrap_or(&source.file)))
                    }
                }
                p.from { (reference(source)) }
                p.place {
                    (visible(&source.file)) " · " (visible(source.id.as_str())) " · "
                    (count(u64::from(entry.paragraphs), "paragraph"))
                    @if let Some(language) = &source.language { " · " (visible(language)) }
                }
                details { summary { "What is known" } dl { (reader::metadata(source)) } }
            }
        }
    }
}

/// The report of the last update, if it was made for this server.
fn warnings(report: &Report) -> Markup {
    let remarks = report.skipped.iter().map(|it| ("skipped", it));
    let remarks = remarks.chain(report.warnings.iter().map(|it| ("odd", it)));
    let all = report.skipped.len() + report.warnings.len();
    html! {
        section aria-labelledby="warned" {
            h2 #warned { "The last update" }
            p {
                (report.added) " added, " (report.updated) " updated, " (report.removed) " removed, "
                (report.unchanged) " unchanged; " (count(all as u64, "warning"))
            }
            ul { @for (kind, remark) in remarks.take(WARNINGS) {
                li dir="auto" { (kind) " " code { (visible(&remark.file)) } ": " (visible(&remark.message)) }
            } }
            @if all > WARNINGS { p { "… and " (all - WARNINGS) " more" } }
        }
    }
}
