//! The supported formats and what they share: decoding, front matter, boilerplate.

#[cfg(feature = "archives")]
mod archive;
mod boilerplate;
#[cfg(any(feature = "epub", feature = "office", feature = "pdf", feature = "rtf"))]
#[cfg_attr(
    not(all(feature = "office", feature = "pdf")),
    allow(dead_code, reason = "each format uses a part of it")
)]
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
#[cfg(any(
    feature = "archives",
    feature = "csv",
    feature = "json",
    feature = "mail",
    feature = "office"
))]
mod keys;
#[cfg(feature = "mail")]
mod mail;
mod markdown;
mod name;
#[cfg(feature = "office")]
mod office;
#[cfg(any(feature = "archives", feature = "epub", feature = "office"))]
#[cfg_attr(
    not(all(feature = "archives", feature = "office")),
    allow(dead_code, reason = "each format uses a part of it")
)]
mod package;
#[cfg(feature = "pdf")]
pub mod pdf;
#[cfg(any(feature = "office", feature = "pdf", feature = "rtf"))]
mod properties;
mod readable;
#[cfg(any(feature = "csv", feature = "json", feature = "office"))]
#[cfg_attr(
    not(all(feature = "csv", feature = "json")),
    allow(dead_code, reason = "each format uses a part of it")
)]
mod records;
mod registry;
#[cfg(feature = "rtf")]
mod rtf;
#[cfg(any(
    feature = "csv",
    feature = "html",
    feature = "json",
    feature = "office",
    feature = "subtitles"
))]
#[cfg_attr(
    not(any(feature = "csv", feature = "html", feature = "json", feature = "subtitles")),
    allow(dead_code, reason = "workbooks have no escapes")
)]
mod run;
#[cfg(feature = "subtitles")]
mod subtitles;
mod text_file;
#[cfg(any(feature = "csv", feature = "json", feature = "office", feature = "subtitles"))]
mod value;
#[cfg(any(feature = "epub", feature = "office"))]
#[cfg_attr(
    not(all(feature = "epub", feature = "office")),
    allow(dead_code, reason = "each format uses a part of it")
)]
mod xml;

pub(crate) use registry::is_compressed;
pub use registry::{EXTRACTORS, extensions, extractor_for, inner_name, sniff, stem};
