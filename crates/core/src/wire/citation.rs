//! `pincite/citation/1`: the record by which anyone with the source in hand can check a quotation.
//!
//! This document is the engine's own record, since `verify` reads back what citing has written.
//! `cite --format json` prints an array of them, `jsonl` one a line; other documents contain them.

pub use crate::cite::{Citation, Locator, Selector};
