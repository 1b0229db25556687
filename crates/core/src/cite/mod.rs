//! Citations: the record that proves a quotation, and its forms in the styles and formats that people use.
//!
//! [`Citation`] is the one thing here that is exact to the byte; everything else is a rendering of it for some
//! reader: [`Style`] for prose, [`bibtex`], [`ris`] and [`csl_json`] for reference managers, [`wikipedia`] for
//! Wikipedia editors, [`annotations`] for Web Annotation clients, and [`Citation::with_deep_link`] for browsers. A
//! rendering may have to fold white space or escape characters; what is not known is left out, never made up.

mod annotation;
mod bibtex;
mod csl_json;
mod deep_link;
mod quotation;
mod record;
mod reference;
mod ris;
mod style;
mod wikipedia;

pub use annotation::annotations;
pub use bibtex::bibtex;
pub use csl_json::csl_json;
pub use deep_link::deep_link;
pub use quotation::{Piece, Quotation};
pub use record::{Citation, Locator, Selector};
pub use ris::ris;
pub use style::Style;
pub use wikipedia::wikipedia;

#[cfg(test)]
mod fixture;
