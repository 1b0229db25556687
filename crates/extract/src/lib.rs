//! Turns files into documents with exact positions.
//!
//! [`files`] opens files and bounds them, [`corpus`] walks folders and reads articles, [`extract`]
//! has an extractor for each format, and [`source`] has the types that all parts of pincite share.
//! Nothing here knows about an index.

pub mod corpus;
mod error;
pub mod extract;
pub mod files;
pub mod panics;
pub mod source;

pub use error::{Error, Result};
use pincite_text as text;
