//! The extractors for documents of word processors and for slides.
//!
//! These are ZIP files with documents in XML. Their canonical text is written here, a block a
//! paragraph or row of a table, in the order of the document, and footnotes after the paragraph that
//! refers to them. Pages depend on the fonts of whoever opens the file, so none are given.

mod docx;
mod odt;
mod pptx;
mod properties;
mod relations;
mod table;

pub(super) use docx::Docx;
pub(super) use odt::Odt;
pub(super) use pptx::Pptx;

/// The first bytes of a ZIP file.
const ZIP: &[u8] = b"PK\x03\x04";

/// Returns whether a file that begins with `head` is a ZIP file with `mark` near its beginning.
fn is_package(head: &[u8], mark: &str) -> bool {
    head.starts_with(ZIP) && head.windows(mark.len()).any(|window| window == mark.as_bytes())
}
