//! [`Refusal`]: what a door says where it cannot answer, as `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use pincite_core::Error;
use pincite_core::wire::problem::Problem;
use pincite_render::{json, visible};

/// The reason why something was not answered, and the HTTP status that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// The HTTP status.
    pub(crate) status: StatusCode,
    /// The reason, in words for people.
    pub(crate) problem: Box<Problem>,
}

impl Refusal {
    /// A refusal of this status, kind and title.
    pub(crate) fn new(
        status: StatusCode,
        kind: &str,
        title: &str,
        detail: impl Into<String>,
    ) -> Self {
        Self::of(status, Problem::new(kind, title, detail))
    }

    fn of(status: StatusCode, problem: Problem) -> Self {
        let status_code = Some(status.as_u16());
        Self { status, problem: Box::new(Problem { status: status_code, ..problem }) }
    }

    /// Refuses what cannot be read.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::of(StatusCode::BAD_REQUEST, Problem::bad_request(detail))
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
        self.problem.hint = Some(hint.into());
        self
    }

    /// Returns what was wrong and what to do about it, on one line.
    pub(crate) fn in_words(&self) -> String {
        let detail = visible(&self.problem.detail);
        match &self.problem.hint {
            Some(hint) => format!("{detail}: {}", visible(hint)),
            None => detail.into_owned(),
        }
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        let problem = Problem::from(&error);
        let status = match problem.name() {
            "query" | "bad-request" => StatusCode::BAD_REQUEST,
            "unknown-id" => StatusCode::NOT_FOUND,
            "no-index" | "cancelled" => StatusCode::SERVICE_UNAVAILABLE,
            _ => StatusCode::INTERNAL_SERVER_ERROR,
        };
        Self::of(status, problem)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, json::document(&self.problem)).into_response();
        let headers = response.headers_mut();
        let media = HeaderValue::from_static("application/problem+json");
        headers.insert(header::CONTENT_TYPE, media);
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
        }
        response
    }
}
