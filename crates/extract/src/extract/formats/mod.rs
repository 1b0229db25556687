//! The supported formats and what they share: decoding, front matter, boilerplate.

mod boilerplate;
#[cfg(feature = "office")]
mod composed;
pub mod declared;
mod decode;
mod front_matter;
#[cfg(feature = "html")]
mod html;
mod imprint;
mod markdown;
mod name;
#[cfg(feature = "office")]
mod office;
#[cfg(feature = "office")]
mod package;
mod readable;
mod registry;
mod text_file;
#[cfg(feature = "office")]
mod xml;

pub use registry::{EXTRACTORS, extensions, extractor_for, sniff};
