//! Pure functions over text: spans and positions, sentences, words, acronyms, numbers, dates, language.
//!
//! Nothing here touches a file or knows of sources. Every offset is a byte offset into the string that was passed in,
//! on a character boundary, and every [`Span`] is half-open; the other coordinate spaces (lines, code points, UTF-16
//! units) are reached through [`Position`].

mod acronym;
pub mod analyzer;
mod date;
pub mod english;
mod language;
mod number;
mod plain;
mod position;
mod scan;
mod sentence;
mod span;
#[cfg(test)]
mod test_text;
mod word;

pub use acronym::{Acronym, acronyms, proper_names, short_forms};
pub use date::{DateMention, PartialDate, dates};
pub use english::is_function_word;
pub use language::language;
pub use number::quantities_beside;
pub use number::{Quantity, quantities};
pub use plain::{Plain, PlainBuilder};
pub use position::Position;
pub use sentence::sentences;
pub use span::Span;
pub use word::{Word, fold, has_capitals, words};
