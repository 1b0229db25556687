//! Pure functions over text: positions, sentences, words, acronyms, numbers, dates, language.
//!
//! Nothing here reads files or knows about sources. Every offset is a byte offset into the string
//! that was passed in, on a character boundary, and every [`Span`] is half-open. [`Position`]
//! converts to the other coordinate spaces: lines, code points and UTF-16 units.

mod acronym;
pub mod analyzer;
mod arabic;
mod date;
pub mod english;
mod hyphen;
mod language;
mod number;
mod plain;
mod position;
mod scan;
mod sentence;
pub mod sound;
mod span;
#[cfg(test)]
mod test_text;
mod unspaced;
mod word;

pub use acronym::{Acronym, acronyms, proper_names, short_forms};
pub use date::{DateMention, PartialDate, dates};
pub use english::is_function_word;
pub use hyphen::{is_broken_word, is_zero_width};
pub use language::{common_words, has_common_words, language, language_named, language_with};
pub use number::{Quantity, quantities, quantities_beside};
pub use plain::{Plain, PlainBuilder};
pub use position::Position;
pub use sentence::{sentences, sentences_in};
pub use span::Span;
pub use word::{Word, fold, has_capitals, lowercase_words, words};
