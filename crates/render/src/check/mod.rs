//! Renders [`Checks`](pincite_core::engine::Checks) in all formats.

mod claim_review;
mod csv;
mod draft;
mod markdown;
mod page;
mod sarif;
mod terminal;
mod words;

pub use claim_review::claim_review;
pub use csv::checks_as_csv;
pub use draft::draft_pieces;
pub use markdown::checks_as_markdown;
pub use page::checks_as_html;
pub use sarif::sarif;
pub use terminal::checks;
pub use words::{claim_pieces, in_words as verdict_in_words, reasons, side, summary, tally};
