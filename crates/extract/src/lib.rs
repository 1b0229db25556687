//! Turns files into documents with exact positions.
//!
//! [`corpus`] walks folders and reads files, [`extract`] has an extractor for each format, and
//! [`source`] has the types that all parts of pincite share. Nothing here knows about an index.

pub mod corpus;
mod error;
pub mod extract;
pub mod source;

pub use error::{Error, Result};
use pincite_text as text;
