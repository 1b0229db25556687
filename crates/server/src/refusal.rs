//! [`Refusal`]: what a door says where it cannot answer, as `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use pincite_core::text::Span;
use pincite_core::{Error, FileError};
use pincite_render::{json, visible};

/// Why something was not answered, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, schemars::JsonSchema)]
pub(crate) struct Refusal {
    /// A name for the kind of problem: `urn:pincite:problem:unknown-id`.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// The kind of problem in words.
    pub(crate) title: &'static str,
    /// The HTTP status.
    pub(crate) status: u16,
    /// What was wrong.
    pub(crate) detail: String,
    /// What to do about it. Absent where nothing is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) hint: Option<String>,
    /// The place in the query, in bytes of it. Absent but for a query that cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) span: Option<Span>,
}

impl Refusal {
    /// A refusal of this status, kind and title.
    pub(crate) fn new(
        status: StatusCode,
        kind: &str,
        title: &'static str,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            kind: format!("urn:pincite:problem:{kind}"),
            title,
            status: status.as_u16(),
            detail: detail.into(),
            hint: None,
            span: None,
        }
    }

    /// What was asked for cannot be read.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", "The request cannot be read", detail)
    }

    /// There is nothing at this address.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is no such thing", detail)
    }

    /// The server has too much to do.
    pub(crate) fn busy() -> Self {
        let detail = "too many questions are waiting; ask again in a moment";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", "The server is busy", detail)
    }

    /// The program itself is at fault.
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed", detail)
    }

    /// The same with what to do about it.
    #[must_use]
    pub(crate) fn with_hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What was wrong and what to do about it, on one line.
    pub(crate) fn in_words(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}: {}", visible(&self.detail), visible(hint)),
            None => visible(&self.detail).into_owned(),
        }
    }

    /// The status as a type.
    pub(crate) fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let detail = error.to_string();
        let hint = error.suggestion();
        let (status, kind, title) = match &error {
            Error::Query { .. } => (StatusCode::BAD_REQUEST, "query", "The query cannot be read"),
            Error::UnknownId { .. } => {
                (StatusCode::NOT_FOUND, "unknown-id", "The index does not have this id")
            }
            Error::File(FileError::Usage { .. } | FileError::Malformed { .. }) => {
                (StatusCode::BAD_REQUEST, "bad-request", "The request cannot be read")
            }
            Error::NoIndex { .. } | Error::NothingToIndex { .. } => {
                (StatusCode::SERVICE_UNAVAILABLE, "no-index", "There is no index")
            }
            Error::Cancelled => {
                (StatusCode::SERVICE_UNAVAILABLE, "cancelled", "The work was stopped")
            }
            _ => (StatusCode::INTERNAL_SERVER_ERROR, "internal", "The server failed"),
        };
        let span = match error {
            Error::Query { span, .. } => Some(span),
            _ => None,
        };
        Self { hint, span, ..Self::new(status, kind, title, detail) }
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status(), json::document(&self)).into_response();
        let headers = response.headers_mut();
        let media = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status() == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
