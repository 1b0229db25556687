//! Answers of the HTTP API: a document with its media type, and entity tags.
//!
//! Citations say what became of their file since it was indexed, which no commit shows; so their
//! tag is made of the document. Lists and counts come from the index alone, and their tag is the
//! commit's: what has not changed is not read again.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use pincite_render::visible_lines;

/// A document and what it is.
#[derive(Debug)]
pub(crate) struct Document {
    media: &'static str,
    body: String,
}

impl Document {
    /// A document of this media type, as the command line prints it: safe for a terminal.
    pub(crate) fn new(media: &'static str, body: &str) -> Self {
        Self { media, body: visible_lines(body).into_owned() }
    }

    /// A JSON document.
    pub(crate) fn json(body: String) -> Self {
        Self { media: "application/json", body }
    }

    /// Returns the answer to a request with these headers: that the document is what the asker has,
    /// or the document.
    pub(crate) fn answer(self, asked: &HeaderMap) -> Response {
        let tag = blake3::hash(self.body.as_bytes()).to_hex();
        let tag = weak(&tag[..32]);
        if has(asked, &tag) { unchanged(&tag) } else { self.tagged(&tag) }
    }

    /// Returns the document with an entity tag.
    pub(crate) fn tagged(self, tag: &str) -> Response {
        tagged(self.plain(), tag)
    }

    /// Returns the document as an answer.
    pub(crate) fn plain(self) -> Response {
        let mut response = self.body.into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media));
        if self.media.starts_with("text/html") {
            // Pages of other programs' making have their styles in them.
            let policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox";
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response
    }
}

/// Makes a weak tag: what is sent may be compressed.
pub(crate) fn weak(tag: &str) -> String {
    format!("W/\"{tag}\"")
}

/// Returns whether whoever asks has the document with this tag.
pub(crate) fn has(asked: &HeaderMap, tag: &str) -> bool {
    let values = asked.get_all(header::IF_NONE_MATCH).iter();
    let mut tags = values.filter_map(|it| it.to_str().ok()).flat_map(|it| it.split(','));
    tags.any(|it| it.trim() == tag || it.trim() == "*")
}

/// Returns the answer that nothing has changed.
pub(crate) fn unchanged(tag: &str) -> Response {
    tagged(StatusCode::NOT_MODIFIED.into_response(), tag)
}

fn tagged(mut response: Response, tag: &str) -> Response {
    let headers = response.headers_mut();
    if let Ok(tag) = HeaderValue::from_str(tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    response
}
