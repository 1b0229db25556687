//! The messages of the reader of PDF files to the program that started it, a line of JSON each.

use serde::{Deserialize, Serialize};

use super::super::properties::Properties;

/// A message of the reader.
#[derive(Debug, Serialize, Deserialize)]
pub(super) enum Message {
    /// A page, in order.
    Page(Page),
    /// The metadata that the file declares.
    About(Properties),
    /// Why the file cannot be read, in words that follow its name.
    Refused(String),
    /// That everything has been read.
    End,
}

/// A page.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) number: u32,
    /// The page number as the file has it, if that is another.
    pub(super) label: Option<String>,
    /// Its text, in no order.
    pub(super) runs: Vec<Run>,
    /// Set if a font does not say which letters it shows, so that some may be missing.
    pub(super) doubtful: bool,
    /// Set if it could not be read.
    #[serde(default)]
    pub(super) is_damaged: bool,
}

/// A word, or a stretch of text on one line. Lengths are in points, and `y` grows upwards.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Run {
    pub(super) x: f32,
    pub(super) y: f32,
    pub(super) width: f32,
    /// The size of its font.
    pub(super) size: f32,
    pub(super) bold: bool,
    /// Set if it is no part of the text: it is turned, or a watermark.
    pub(super) aside: bool,
    /// Set if it is taken for a running head, as the file declares or by what other pages have.
    pub(super) head: bool,
    pub(super) text: String,
}
