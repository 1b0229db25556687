//! Parsing ids as typed.

use std::str::FromStr;

use pincite_core::engine::Engine;
use pincite_core::source::{ParseIdError, PassageId};
use pincite_core::{Error, Result};

/// Parses the id of a passage or of sentences, or what else contains one.
pub(super) fn parse<T: FromStr<Err = ParseIdError>>(typed: &str) -> Result<T> {
    typed.parse().map_err(|error: ParseIdError| {
        let hint =
            "“pincite sources” lists the ids of sources, “pincite show SOURCE” its paragraphs";
        Error::usage(error.to_string(), hint)
    })
}

/// Finds what `FILE:LINE` names, or else parses the id of a passage or of sentences.
pub(super) fn passage(engine: &Engine, typed: &str) -> Result<PassageId> {
    match parse(typed) {
        Ok(id) => Ok(id),
        Err(error) => engine.locate(typed)?.ok_or(error),
    }
}
