//! The JSON documents that programs read: one public type a schema, `pincite/NAME/1`.
//!
//! These types are the contract of every door, kept apart from the types that the engine works
//! with, so that neither moves the other by accident. Each document names its shape and version in
//! `schema`. Within a version no field is added, renamed or removed, so reading one refuses fields
//! that it does not know.
//!
//! Offset ranges are half-open, `[start, end]`, counted from 0 in a source's canonical text.
//! Counted things (paragraphs, sentences, lines, columns, pages, ranks) start at 1, and ranges of
//! them include both ends. An optional field is absent where its documentation says so, never
//! `null`; what is `null` is always there.
//!
//! The exception is [`problem::Problem`], whose shape is that of RFC 9457.
//!
//! With the feature `schema` the types describe themselves as JSON Schemas, from these same
//! comments.
//!
//! ```
//! use pincite_core::index::Stats;
//! use pincite_core::wire;
//!
//! let stats = Stats { sources: 2, passages: 40, segments: 1, bytes: 9000, format: 7, languages: vec![] };
//! let document = serde_json::to_string(&wire::stats::Stats::from(&stats))?;
//! let read: wire::stats::Stats = serde_json::from_str(&document)?;
//! assert_eq!((read.schema.as_str(), read.passages), ("pincite/stats/1", 40));
//! # Ok::<(), serde_json::Error>(())
//! ```

pub mod batch;
pub mod check;
pub mod citation;
pub mod doctor;
pub mod hit;
pub mod index;
pub mod problem;
pub mod results;
mod rounding;
#[cfg(feature = "schema")]
pub mod schema;
pub mod show;
pub mod sources;
pub mod stats;
pub mod verify;

pub use rounding::rounded;
