//! Results for people at a terminal.

pub(crate) mod human;
mod listing;
mod reading;
pub(crate) mod screen;
mod verification;

pub use human::{citations, reference, results};
pub use listing::{report, sources, stats};
pub use reading::reading;
pub use screen::{
    BAD, DIM, GOOD, MATCH, STRONG, WARN, WIDEST, count, paint, visible, visible_lines,
};
pub use verification::verdicts;
