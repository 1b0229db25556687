//! The parts that all pages share: head, navigation, and what is said where there is no page.

use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use crate::refusal::Refusal;
use pincite_render::visible;

/// The pages of the navigation: address and name.
const PAGES: [(&str, &str); 3] = [("/", "Search"), ("/draft", "Draft"), ("/library", "Library")];

/// Makes a page. `here` is the address of the page of the navigation that it belongs to.
pub(super) fn layout(title: &str, here: &str, main: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (visible(title)) " · pincite" }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/pincite.css";
                script src="/assets/pincite.js" defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.top {
                    a.name href="/" { "pincite" }
                    nav aria-label="Pages" {
                        @for (address, name) in PAGES {
                            a href=(address) aria-current=[(address == here).then_some("page")] {
                                (name)
                            }
                        }
                    }
                }
                main #main tabindex="-1" { (main) }
                div #said role="status" aria-live="polite" {}
            }
        }
    }
}

/// Answers with a page.
pub(super) fn page(title: &str, here: &str, main: &Markup) -> Response {
    let headers = [(header::CACHE_CONTROL, "no-store")];
    (headers, Html(layout(title, here, main).into_string())).into_response()
}

/// Answers with a page that says why there is no other.
pub(super) fn refused(refusal: &Refusal, here: &str) -> Response {
    let main = html! {
        h1 { (refusal.problem.title) }
        (problem(refusal))
        p { a href="/" { "Search" } " or look into the " a href="/library" { "library" } "." }
    };
    (refusal.status, page(&refusal.problem.title, here, &main)).into_response()
}

/// Says what was wrong.
pub(super) fn problem(refusal: &Refusal) -> Markup {
    html! {
        p.problem role="alert" {
            (visible(&refusal.problem.detail))
            @if let Some(hint) = &refusal.problem.hint { " — " (visible(hint)) }
        }
    }
}

/// Says that there is no such page, or no such part of the API.
pub(super) async fn nothing(uri: Uri, headers: HeaderMap) -> Response {
    let refusal = Refusal::not_found(format!("there is no page {}", uri.path()));
    let accepts = headers.get(header::ACCEPT).and_then(|it| it.to_str().ok()).unwrap_or_default();
    if accepts.contains("text/html") {
        (StatusCode::NOT_FOUND, refused(&refusal, "")).into_response()
    } else {
        refusal.into_response()
    }
}
