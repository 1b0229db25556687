//! Full-text search that answers a claim with exact, checkable quotations.

pub mod cite;
pub mod corpus;
pub mod error;
pub mod extract;
pub mod index;
pub mod query;
pub mod search;
pub mod source;
pub mod text;
pub mod verify;

pub use error::{Error, Result};
