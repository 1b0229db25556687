//! The pages: search, reader, draft and library. They are whole without script; ours adds to them.
//!
//! Sources are by strangers: what they say is escaped by `maud`, and made visible before.

mod assets;
mod cards;
mod draft;
mod layout;
mod library;
mod original;
mod reader;
mod search;
mod verdicts;

use axum::Router;
use axum::routing::{get, post};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::desk::Desk;
use pincite_core::source::PassageId;

/// Returns the routes of the pages and what they are made of.
pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/", get(search::page))
        .route("/s/{id}", get(reader::page))
        .route("/original/{id}", get(original::file))
        .route("/library", get(library::page))
        .route("/draft", get(draft::page).post(draft::checked))
        .route("/draft/progress", post(draft::with_progress))
        .route("/draft/export", post(draft::export))
        .route("/assets/{name}", get(assets::file))
        .fallback(layout::nothing)
}

/// Characters that stay as they are in a part of an address.
const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Escapes a value for an address.
pub(crate) fn encoded(value: &str) -> String {
    utf8_percent_encode(value, PART).to_string()
}

/// Returns the address of the reader's page of a source.
pub(crate) fn source_address(id: &str) -> String {
    format!("/s/{}", encoded(id))
}

/// Returns the address of the file of a source, at a page where it has pages.
pub(crate) fn original_address(id: &str, page: Option<u32>) -> String {
    let file = format!("/original/{}", encoded(id));
    page.map_or_else(|| file.clone(), |page| format!("{file}#page={page}"))
}

/// Returns the address at which a passage or sentences can be read: marked, and scrolled to.
pub(crate) fn address(id: &PassageId) -> String {
    let source = source_address(id.source.as_str());
    match id.sentences {
        None => format!("{source}#p{}", id.paragraph),
        Some(it) if it.first == it.last => format!("{source}#p{}.{}", id.paragraph, it.first),
        Some(it) => format!("{source}?at=p{0}.{1}-{2}#p{0}.{1}", id.paragraph, it.first, it.last),
    }
}
