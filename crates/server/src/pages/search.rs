//! The page to search: a box that takes a claim, its verdict, and quotations as cards.

use axum::extract::{RawQuery, State};
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::{cards, encoded, layout, verdicts};
use crate::api::params;
use crate::desk::Desk;
use crate::facets::Facets;
use crate::refusal::Refusal;
use pincite_core::check::{Check, Input};
use pincite_core::cite::Style;
use pincite_core::engine::{Answer, CheckRequest, Found, QueryRequest, Question};
use pincite_core::query::Query;
use pincite_render::{count, visible};

/// The question put to the page. Empty values, as a form sends them, are none; names that are not
/// known are passed over, because addresses are shared and grow.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    source: String,
    publisher: String,
    since: String,
    until: String,
    lang: String,
    filetype: String,
    style: String,
    offset: usize,
}

impl Asked {
    fn request(&self, desk: &Desk) -> Result<QueryRequest, Refusal> {
        let question = Question::Text(Query::parse(&self.q)?);
        let limits = params::Limits {
            source: std::slice::from_ref(&self.source),
            publisher: std::slice::from_ref(&self.publisher),
            since: Some(&self.since),
            until: Some(&self.until),
            lang: Some(&self.lang),
            filetype: Some(&self.filetype),
        };
        Ok(QueryRequest {
            filters: limits.filters()?,
            offset: self.offset.min(params::MAX_REACH - QueryRequest::LIMIT),
            ..QueryRequest::new(question, desk.style(Some(&self.style))?)
        })
    }

    /// The address of the page with these results.
    fn address(&self, offset: usize) -> String {
        let mut address = format!("/?q={}", encoded(&self.q));
        for (name, value) in [
            ("source", &self.source),
            ("publisher", &self.publisher),
            ("since", &self.since),
            ("until", &self.until),
            ("lang", &self.lang),
            ("filetype", &self.filetype),
            ("style", &self.style),
        ] {
            if !value.is_empty() {
                address.push_str(&format!("&{name}={}", encoded(value)));
            }
        }
        if offset > 0 {
            address.push_str(&format!("&offset={offset}"));
        }
        address
    }

    fn style(&self) -> &str {
        if self.style.is_empty() { Style::DEFAULT } else { &self.style }
    }
}

/// The results of a search.
struct Outcome {
    answer: Answer,
    check: Option<Check>,
}

/// Answers with the page.
pub(super) async fn page(State(desk): State<Desk>, RawQuery(raw): RawQuery) -> Response {
    let asked: Asked = match params::parse(raw.as_deref().unwrap_or_default()) {
        Ok(asked) => asked,
        Err(refusal) => return layout::refused(&refusal, "/"),
    };
    let of = asked.clone();
    let found = desk.ask(move |desk| Ok((desk.facets()?, search(desk, &of)))).await;
    let (facets, found) = match found {
        Ok(found) => found,
        Err(refusal) => return layout::refused(&refusal, "/"),
    };
    let main = html! {
        h1.quiet { "Search" }
        (form(&asked, &facets))
        div #results {
            @match &found {
                None => { (welcome()) }
                Some(Err(refusal)) => { (layout::problem(refusal)) }
                Some(Ok(found)) => { (results(&asked, found)) }
            }
        }
    };
    let title = if asked.q.trim().is_empty() { "Search" } else { &asked.q };
    layout::page(title, "/", &main)
}

/// Searches, and checks what was asked where it is a claim; `None` where nothing was asked.
fn search(desk: &Desk, asked: &Asked) -> Option<Result<Outcome, Refusal>> {
    if asked.q.trim().is_empty() {
        return None;
    }
    let find = || {
        let request = asked.request(desk)?;
        let answer = desk.engine().query(&request)?;
        let check = if asked.offset == 0 { check(desk, asked, &request)? } else { None };
        Ok(Outcome { answer, check })
    };
    Some(find())
}

/// Checks what was asked, if `check` would take it for a claim in a draft.
fn check(desk: &Desk, asked: &Asked, request: &QueryRequest) -> Result<Option<Check>, Refusal> {
    let as_draft = Input::draft(asked.q.clone().into_bytes(), std::path::Path::new("the query"))?;
    if as_draft.requests.is_empty() {
        return Ok(None);
    }
    let input = Input::given([asked.q.trim().to_owned()]);
    let filters = request.filters.clone();
    let check = CheckRequest { filters, ..CheckRequest::new(input, request.style.clone()) };
    let never = |_| std::ops::ControlFlow::Continue(());
    Ok(desk.engine().check(check, &never)?.checks.into_iter().next())
}

fn form(asked: &Asked, facets: &Facets) -> Markup {
    html! {
        form.search #search role="search" action="/" method="get" {
            label.quiet for="q" { "A claim, a question or words" }
            div.box {
                input #q type="search" name="q" value=(asked.q) autocomplete="off"
                    spellcheck="true" placeholder="A claim, a question or words"
                    autofocus[asked.q.is_empty()];
                button type="submit" { "Search" }
            }
            details.facets open[asked.is_filtered()] {
                summary { "Limit to" }
                div {
                    (choice("publisher", "Publisher", &facets.publishers, &asked.publisher))
                    (choice("since", "From", &facets.years, &asked.since))
                    (choice("until", "To", &facets.years, &asked.until))
                    (choice("lang", "Language", &facets.languages, &asked.lang))
                    (choice("filetype", "Format", &facets.formats, &asked.filetype))
                    label {
                        "Source" input type="text" name="source" value=(asked.source)
                            placeholder="an id; * for any";
                    }
                    label {
                        "Style" select name="style" {
                            @for style in STYLES {
                                option value=(style) selected[style == asked.style()] { (style) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Styles that the page offers; the address takes all.
const STYLES: [&str; 6] = ["apa", "mla", "chicago", "harvard", "ieee", "vancouver"];

impl Asked {
    fn is_filtered(&self) -> bool {
        [&self.publisher, &self.since, &self.until, &self.lang, &self.filetype, &self.source]
            .iter()
            .any(|it| !it.is_empty())
    }
}

/// A list of values to choose from; one that is not in it, as an address may have, is added.
fn choice(name: &str, label: &str, values: &[(String, usize)], chosen: &str) -> Markup {
    let is_listed = values.iter().any(|(value, _)| value == chosen);
    html! {
        label {
            (label)
            select name=(name) {
                option value="" { "any" }
                @if !chosen.is_empty() && !is_listed {
                    option value=(chosen) selected { (visible(chosen)) }
                }
                @for (value, sources) in values {
                    option value=(value) selected[value == chosen] {
                        (visible(value)) " (" (sources) ")"
                    }
                }
            }
        }
    }
}

fn results(asked: &Asked, found: &Outcome) -> Markup {
    let answer = &found.answer;
    let shown = answer.found.len();
    html! {
        @if let Some(check) = &found.check {
            section.check aria-labelledby="checked" {
                h2 #checked { "What the sources say" }
                (verdicts::claim(check, asked.style()))
            }
        }
        section aria-labelledby="found" {
            h2 #found {
                @if shown == 0 { "Nothing found" }
                @else if asked.offset == 0 { (count(answer.total, "passage")) }
                @else { (count(answer.total, "passage")) ", from " (asked.offset + 1) }
            }
            ol.cards start=(asked.offset + 1) {
                @for found in &answer.found {
                    li { (cards::card(&found.quotation, asked.style(), &notes(found))) }
                }
            }
            nav.pages aria-label="Pages of results" {
                @if asked.offset > 0 {
                    a rel="prev" href=(asked.address(asked.offset.saturating_sub(QueryRequest::LIMIT))) {
                        "Before"
                    }
                }
                @if shown == QueryRequest::LIMIT && asked.offset + shown + QueryRequest::LIMIT <= params::MAX_REACH {
                    a rel="next" href=(asked.address(asked.offset + shown)) { "More" }
                }
            }
        }
    }
}

fn notes(found: &Found) -> Markup {
    html! {
        @if !found.copies.is_empty() {
            p.note {
                (count(found.copies.len() as u64, "near-duplicate")) ": "
                @for (copy, i) in found.copies.iter().zip(0..) {
                    @if i > 0 { ", " }
                    a href=(super::address(copy)) { (visible(&copy.to_string())) }
                }
            }
        }
    }
}

fn welcome() -> Markup {
    html! {
        p.welcome {
            "Type a claim, and see what your sources say of it: exact sentences, for and against, \
             each with its place."
        }
        p.keys {
            kbd { "/" } " to type, " kbd { "↑" } " " kbd { "↓" } " to go through the quotations, "
            kbd { "Enter" } " to read one in its source, " kbd { "c" } " to copy its citation."
        }
    }
}
