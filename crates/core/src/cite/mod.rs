//! Citations: the record that proves a quotation, and what every form of one is made from.
//!
//! [`Citation`] is the one thing here that is exact to the byte. [`Style`] writes it as prose, in
//! the words of a style guide; [`Citation::with_deep_link`] gives a browser the way to it;
//! [`mod@reference`] is the view of its source that the formats of reference managers are written
//! from. What is not known is left out, never made up.

mod deep_link;
mod quotation;
mod record;
pub mod reference;
mod style;

pub use deep_link::deep_link;
pub use quotation::{Quotation, Stretch};
pub(crate) use record::selectors;
pub use record::{Citation, Locator, RecordPlace, Selector, Time};
pub use style::Style;

#[cfg(test)]
mod fixture;
