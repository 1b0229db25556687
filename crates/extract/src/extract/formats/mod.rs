//! The supported formats and what they share: decoding, front matter, boilerplate.

mod boilerplate;
pub mod declared;
mod decode;
mod front_matter;
#[cfg(feature = "html")]
mod html;
mod imprint;
mod markdown;
mod name;
mod readable;
mod registry;
mod text_file;

pub use registry::{EXTRACTORS, extensions, extractor_for, sniff};
