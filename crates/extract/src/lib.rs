//! From files to documents: which files there are, what is declared of them, and what each says.
//!
//! [`corpus`] walks folders and reads files, [`extract`] has one extractor a format, and [`source`] the types that every
//! other part of pincite shares. Nothing here knows of an index.

pub mod corpus;
mod error;
pub mod extract;
pub mod source;

pub use error::{Error, Result};
use pincite_text as text;
