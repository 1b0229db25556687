//! The supported formats and what they share: decoding, front matter, boilerplate.

mod boilerplate;
#[cfg(any(feature = "epub", feature = "office", feature = "pdf"))]
mod composed;
#[cfg(feature = "csv")]
mod csv;
pub mod declared;
mod decode;
#[cfg(feature = "epub")]
mod epub;
mod front_matter;
#[cfg(feature = "html")]
mod html;
mod imprint;
#[cfg(feature = "json")]
mod json;
#[cfg(any(feature = "csv", feature = "json", feature = "mail"))]
mod keys;
#[cfg(feature = "mail")]
mod mail;
mod markdown;
mod name;
#[cfg(feature = "office")]
mod office;
#[cfg(any(feature = "epub", feature = "office"))]
mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(any(feature = "office", feature = "pdf"))]
mod properties;
mod readable;
#[cfg(any(feature = "csv", feature = "json"))]
mod records;
mod registry;
#[cfg(any(feature = "csv", feature = "html", feature = "json", feature = "subtitles"))]
mod run;
#[cfg(feature = "subtitles")]
mod subtitles;
mod text_file;
#[cfg(any(feature = "csv", feature = "json", feature = "subtitles"))]
mod value;
#[cfg(any(feature = "epub", feature = "office"))]
mod xml;

pub use registry::{EXTRACTORS, extensions, extractor_for, sniff};
