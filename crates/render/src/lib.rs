//! Results as people and programs read them: pure functions from result types to text, one file a form.
//!
//! Nothing here writes to a stream. Forms for terminals are always written with styles (ANSI escapes of our own, never
//! of a source: see [`visible`]); whoever prints them takes the styles out where they are not wanted.

mod check;
mod html;
mod human;
pub mod json;
mod listing;
mod markdown;
mod reading;
mod screen;
#[cfg(test)]
mod tests;
mod verification;

pub use check::{checks, checks_as_csv, checks_as_html, checks_as_markdown, claim_review, sarif, tally};
pub use html::html;
pub use human::{citations, reference, results};
pub use listing::{report, sources, stats};
pub use markdown::markdown;
pub use reading::reading;
pub use screen::{BAD, DIM, GOOD, MATCH, STRONG, WARN, WIDEST, count, paint, visible, visible_lines};
pub use verification::verdicts;
