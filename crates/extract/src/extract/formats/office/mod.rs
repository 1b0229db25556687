//! The extractors for documents of word processors, slides and workbooks.
//!
//! These are ZIP files with documents in XML. Their canonical text is written here, a block a
//! paragraph or row of a table, in the order of the document, and footnotes after the paragraph
//! that refers to them; the rows of a workbook are sources. Pages depend on the fonts of whoever
//! opens the file, so none are given.

mod docx;
mod odt;
mod pptx;
mod properties;
mod relations;
mod table;
mod xlsx;

pub(super) use docx::Docx;
pub(super) use odt::Odt;
pub(super) use pptx::Pptx;
pub(super) use xlsx::Xlsx;

/// The first bytes of a ZIP file.
const ZIP: &[u8] = b"PK\x03\x04";

/// Returns whether a file that begins with `head` is a ZIP file with `mark` near its beginning.
fn is_package(head: &[u8], mark: &str) -> bool {
    head.starts_with(ZIP) && head.windows(mark.len()).any(|window| window == mark.as_bytes())
}
