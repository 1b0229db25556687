//! The extractor for RTF, the Rich Text Format of old word processors.
//!
//! A file is groups in braces, control words and text. [`Tokens`] cuts it up, and [`Reader`]
//! follows the state that each group has of its own: whether it is text, whether that is hidden or
//! deleted, and its encoding. Pages depend on who opens the file, so none are given.

mod reader;
mod table;
mod token;

use self::reader::Reader;
use crate::extract::{Document, Extractor, Unreadable};

/// The extractor for RTF.
pub(super) struct Rtf;

impl Extractor for Rtf {
    fn name(&self) -> &'static str {
        "rtf"
    }

    fn version(&self) -> u32 {
        1
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["rtf"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        head.starts_with(b"{\\rtf")
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        if bytes.is_empty() {
            return Err(Unreadable("is empty".to_owned()));
        }
        if !self.sniffs(bytes.trim_ascii_start()) {
            return Err(Unreadable("is not an RTF file: it does not begin with {\\rtf".to_owned()));
        }
        Reader::default().read(bytes.trim_ascii_start())
    }
}
