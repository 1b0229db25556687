//! Renders results: pure functions from result types to text, with a file for each format.
//!
//! Nothing here writes to a stream. Output for terminals always has styles (ANSI escapes, never
//! from a source: see [`visible`]), which the caller strips if they are not wanted.

mod attribution;
mod check;
pub mod citation;
mod escape;
pub mod fields;
#[cfg(test)]
#[path = "../../core/src/cite/fixture.rs"]
mod fixture;
mod html;
pub mod json;
mod markdown;
mod table;
mod terminal;
#[cfg(test)]
mod tests;
mod wording;

pub use attribution::{link, place, reference};
pub use check::{
    checks, checks_as_csv, checks_as_html, checks_as_markdown, claim_pieces, claim_review,
    draft_pieces, reasons, sarif, side, summary, tally, verdict_in_words,
};
pub use escape::{visible, visible_lines};
pub use html::html;
pub use markdown::markdown;
pub use terminal::{
    BAD, DIM, GOOD, MATCH, STRONG, WARN, WIDEST, citations, diagnosis, outcomes, paint, reading,
    report, results, sources, stats, unread, with_links,
};
pub use wording::{count, stale};
