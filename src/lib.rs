//! Full-text search that answers a claim with exact, checkable quotations.

pub mod error;
pub mod source;
pub mod text;

pub use error::{Error, Result};
