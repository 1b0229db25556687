//! Renders results for a terminal.

mod diagnosis;
mod listing;
mod reading;
pub(crate) mod results;
pub(crate) mod screen;
mod verification;

pub use diagnosis::diagnosis;
pub use listing::{report, sources, stats, unread};
pub use reading::reading;
pub use results::{citations, results};
pub use screen::{BAD, DIM, GOOD, MATCH, STRONG, WARN, WIDEST, paint, with_links};
pub use verification::outcomes;
