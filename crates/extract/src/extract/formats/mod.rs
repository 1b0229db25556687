//! The supported formats and what they share: decoding, front matter, boilerplate.

mod boilerplate;
#[cfg(any(feature = "epub", feature = "office"))]
mod composed;
pub mod declared;
mod decode;
#[cfg(feature = "epub")]
mod epub;
mod front_matter;
#[cfg(feature = "html")]
mod html;
mod imprint;
mod markdown;
mod name;
#[cfg(feature = "office")]
mod office;
#[cfg(any(feature = "epub", feature = "office"))]
mod package;
mod readable;
mod registry;
mod text_file;
#[cfg(any(feature = "epub", feature = "office"))]
mod xml;

pub use registry::{EXTRACTORS, extensions, extractor_for, sniff};
