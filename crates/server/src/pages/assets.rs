//! The script, the styles and the icon, compiled in.

use axum::extract::Path;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::refusal::Refusal;

const SCRIPT: &str = include_str!("../../assets/pincite.js");
const STYLE: &str = include_str!("../../assets/pincite.css");
const ICON: &str = include_str!("../../assets/icon.svg");

/// Answers with a file.
pub(super) async fn file(Path(name): Path<String>) -> Response {
    let (media, text) = match name.as_str() {
        "pincite.js" => ("text/javascript; charset=utf-8", SCRIPT),
        "pincite.css" => ("text/css; charset=utf-8", STYLE),
        "icon.svg" => ("image/svg+xml", ICON),
        _ => return Refusal::not_found("there is no such file").into_response(),
    };
    // Addresses have the version and not what is in the file, so browsers ask whether it is new.
    let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-cache")];
    (headers, text).into_response()
}
