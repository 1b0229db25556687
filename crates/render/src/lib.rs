//! Results as people and programs read them: pure functions from result types to text, one file a form.
//!
//! Nothing here writes to a stream. Forms for terminals are always written with styles (ANSI escapes of our own, never
//! of a source: see [`visible`]); whoever prints them takes the styles out where they are not wanted.

mod check;
pub mod citation;
#[cfg(test)]
#[path = "../../core/src/cite/fixture.rs"]
mod fixture;
mod html;
pub mod json;
mod markdown;
mod terminal;
#[cfg(test)]
mod tests;

pub use check::{
    checks, checks_as_csv, checks_as_html, checks_as_markdown, claim_review, sarif, tally,
};
pub use html::html;
pub use markdown::markdown;
pub use terminal::{
    BAD, DIM, GOOD, MATCH, STRONG, WARN, WIDEST, citations, count, paint, reading, reference,
    report, results, sources, stats, verdicts, visible, visible_lines,
};
