//! The file of a source as it is: in a sandbox, for it is by strangers, and only while it is what was
//! indexed.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::layout;
use crate::desk::Desk;
use crate::refusal::Refusal;
use pincite_core::Error;
use pincite_core::corpus::{Skip, own_bytes};
use pincite_core::engine::Target;
use pincite_core::source::content_hash;

/// The content security policy of original pages: nothing runs, and nothing is loaded.
const SANDBOX: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:";

/// Answers with the file.
pub(super) async fn file(State(desk): State<Desk>, Path(id): Path<String>) -> Response {
    let read = desk.ask(move |desk| {
        let entry = desk.engine().show(&Target::Source(id), 0)?.entry;
        // Of a file with several sources, that part is the source's own.
        let read = own_bytes(entry.place(), &entry.source);
        let changed = || {
            let detail = format!("{} changed since it was indexed", entry.source.file);
            let title = "The file is not what was indexed";
            Refusal::new(StatusCode::CONFLICT, "stale", title, detail)
        };
        let bytes = match read {
            Ok(bytes) => bytes,
            Err(Skip::Unread(reason)) => {
                let error = std::io::Error::other(reason);
                return Err(Error::io("read", &entry.source.file)(error).into());
            }
            Err(_) => return Err(changed()),
        };
        if content_hash(&bytes) != entry.source.content_hash {
            return Err(changed());
        }
        let format = match (&entry.source.member, entry.source.record) {
            // A single packed file is not what it unpacks to.
            (Some(_), None) => "",
            _ => entry.format(),
        };
        Ok((media_type(format), bytes))
    });
    match read.await {
        Ok((media, bytes)) => {
            let mut headers =
                vec![(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")];
            // Browsers show PDF in a sandbox of their own, and not in this one.
            if media != "application/pdf" {
                headers.push((header::CONTENT_SECURITY_POLICY, SANDBOX));
            }
            let headers: axum::http::HeaderMap = headers
                .into_iter()
                .map(|(name, value)| (name, axum::http::HeaderValue::from_static(value)))
                .collect();
            (headers, bytes).into_response()
        }
        Err(refusal) => layout::refused(&refusal, "/library"),
    }
}

/// Returns what browsers may take a file of a format for. Whatever is not known is downloaded.
fn media_type(format: &str) -> &'static str {
    match format {
        "html" => "text/html",
        "pdf" => "application/pdf",
        "plain" | "markdown" | "csv" | "tsv" | "json" | "jsonl" => "text/plain",
        _ => "application/octet-stream",
    }
}
