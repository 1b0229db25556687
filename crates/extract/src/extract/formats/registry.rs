//! [`EXTRACTORS`]: the table of all formats.
//!
//! The walk over a folder, the help, the messages about skipped files and the README's list of
//! formats all use it.

use std::path::Path;

#[cfg(feature = "csv")]
use super::csv::{CSV, TSV};
#[cfg(feature = "epub")]
use super::epub::Epub;
#[cfg(feature = "html")]
use super::html::Html;
#[cfg(feature = "json")]
use super::json::{Json, JsonLines};
#[cfg(feature = "mail")]
use super::mail::{Mail, Mbox};
use super::markdown::Markdown;
#[cfg(feature = "office")]
use super::office::{Docx, Odt, Pptx};
#[cfg(feature = "pdf")]
use super::pdf::Pdf;
#[cfg(feature = "subtitles")]
use super::subtitles::{Srt, Vtt};
use super::text_file::TextFile;
use crate::extract::Extractor;

/// The extractors of all supported formats, in the order in which they are displayed.
pub static EXTRACTORS: &[&dyn Extractor] = &[
    &TextFile,
    &Markdown,
    #[cfg(feature = "html")]
    &Html,
    #[cfg(feature = "office")]
    &Docx,
    #[cfg(feature = "office")]
    &Odt,
    #[cfg(feature = "office")]
    &Pptx,
    #[cfg(feature = "epub")]
    &Epub,
    #[cfg(feature = "pdf")]
    &Pdf,
    #[cfg(feature = "csv")]
    &CSV,
    #[cfg(feature = "csv")]
    &TSV,
    #[cfg(feature = "json")]
    &Json,
    #[cfg(feature = "json")]
    &JsonLines,
    #[cfg(feature = "subtitles")]
    &Srt,
    #[cfg(feature = "subtitles")]
    &Vtt,
    #[cfg(feature = "mail")]
    &Mail,
    #[cfg(feature = "mail")]
    &Mbox,
];

/// Returns the extractor for a file with this name, by its extension, or `None` if its format is
/// not supported.
///
/// ```
/// use pincite_extract::extract::extractor_for;
/// let name = |file: &str| extractor_for(file.as_ref()).map(|extractor| extractor.name());
/// assert_eq!(name("a/Notes.TXT"), Some("plain"));
/// assert_eq!(name("a/notes.md"), Some("markdown"));
/// assert_eq!(name("a/notes.exe"), None);
/// ```
pub fn extractor_for(file: &Path) -> Option<&'static dyn Extractor> {
    let extension = file.extension()?.to_str()?;
    EXTRACTORS.iter().copied().find(|extractor| {
        extractor.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Guesses the extractor for a file that begins with `head`, for files with an unknown extension.
pub fn sniff(head: &[u8]) -> Option<&'static dyn Extractor> {
    EXTRACTORS.iter().copied().find(|extractor| extractor.sniffs(head))
}

/// Returns the extensions of all supported formats as a list in words: `.txt, .text and .md`.
pub fn extensions() -> String {
    let all: Vec<_> = EXTRACTORS
        .iter()
        .flat_map(|extractor| extractor.extensions())
        .map(|it| format!(".{it}"))
        .collect();
    match all.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_formats_share_a_name_or_an_extension() {
        let mut names: Vec<_> = EXTRACTORS.iter().map(|extractor| extractor.name()).collect();
        let mut extensions: Vec<_> = EXTRACTORS
            .iter()
            .flat_map(|extractor| extractor.extensions().iter().copied())
            .collect();
        assert!(
            extensions
                .iter()
                .all(|it| !it.is_empty() && *it == it.to_ascii_lowercase() && !it.contains('.'))
        );
        for list in [&mut names, &mut extensions] {
            let all = list.len();
            list.sort_unstable();
            list.dedup();
            assert_eq!(list.len(), all, "{list:?}");
        }
    }

    #[test]
    fn extensions_are_listed_in_words() {
        assert!(extensions().starts_with(".txt, .text, .md"));
        assert_eq!(extensions().matches(" and ").count(), 1);
    }
}
