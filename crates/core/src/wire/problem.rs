//! [`Problem`]: an error, as every door says it to programs (RFC 9457).

use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::{Error, FileError};

/// The reason why something was not answered, in words for people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Problem {
    /// A name for the kind of problem: `urn:pincite:problem:unknown-id`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind of problem in words.
    pub title: String,
    /// The HTTP status. Absent from the command line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The fault.
    pub detail: String,
    /// The remedy. Absent where nothing is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hint: Option<String>,
    /// The place in the query, in bytes of it. Absent but for a query that cannot be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
}

impl Problem {
    /// A problem of this kind, such as `unknown-id`.
    pub fn new(kind: &str, title: impl Into<String>, detail: impl Into<String>) -> Self {
        Self {
            kind: format!("urn:pincite:problem:{kind}"),
            title: title.into(),
            status: None,
            detail: detail.into(),
            hint: None,
            span: None,
        }
    }

    /// Refuses input that cannot be read.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new("bad-request", "The request cannot be read", detail)
    }

    /// The name of the kind, without what all have in common: `unknown-id`.
    pub fn name(&self) -> &str {
        self.kind.rsplit(':').next().unwrap_or_default()
    }
}

impl From<&Error> for Problem {
    fn from(error: &Error) -> Self {
        let (kind, title) = match error {
            Error::Query { .. } => ("query", "The query cannot be read"),
            Error::UnknownId { .. } => ("unknown-id", "The index does not have this id"),
            Error::File(FileError::Usage { .. } | FileError::Malformed { .. }) => {
                ("bad-request", "The request cannot be read")
            }
            Error::File(_) => ("file", "A file cannot be read or written"),
            Error::NoIndex { .. } | Error::NothingToIndex { .. } => {
                ("no-index", "There is no index")
            }
            Error::NotAnIndex { .. } => ("not-an-index", "The folder holds no index"),
            Error::IndexVersion { .. } => ("index-version", "The index has another format"),
            Error::IndexBusy { .. } => ("index-busy", "The index is being written"),
            Error::IndexDamaged { .. } => ("index-damaged", "The index is damaged"),
            Error::Cancelled => ("cancelled", "The work was stopped"),
            Error::Internal { .. } => ("internal", "pincite failed"),
        };
        let span = match error {
            Error::Query { span, .. } => Some(*span),
            _ => None,
        };
        Self { hint: error.suggestion(), span, ..Self::new(kind, title, error.to_string()) }
    }
}
