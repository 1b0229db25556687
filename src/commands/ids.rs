//! Parsing ids as typed.

use std::str::FromStr;

use pincite_core::source::ParseIdError;
use pincite_core::{Error, Result};

/// Parses the id of a passage or of sentences, or what else contains one.
pub(super) fn parse<T: FromStr<Err = ParseIdError>>(typed: &str) -> Result<T> {
    typed.parse().map_err(|error: ParseIdError| {
        let hint =
            "“pincite sources” lists the ids of sources, “pincite show SOURCE” its paragraphs";
        Error::usage(error.to_string(), hint)
    })
}
