//! [`EXTRACTORS`]: the table of all formats.
//!
//! The walk over a folder, the help, the messages about skipped files and the README's list of
//! formats all use it.

use std::path::Path;
#[cfg(feature = "archives")]
use std::sync::LazyLock;

#[cfg(feature = "archives")]
use super::archive::{COMPRESSIONS, Packed, TAR, WACZ, WARC, ZIP};
#[cfg(feature = "csv")]
use super::csv::{CSV, TSV};
#[cfg(feature = "epub")]
use super::epub::Epub;
#[cfg(feature = "html")]
use super::html::Html;
#[cfg(feature = "json")]
use super::json::{Json, JsonLines};
#[cfg(all(feature = "html", feature = "mail"))]
use super::mail::Mhtml;
#[cfg(feature = "mail")]
use super::mail::{Mail, Mbox};
use super::markdown::Markdown;
#[cfg(feature = "office")]
use super::office::{Docx, Odt, Pptx, Xlsx};
#[cfg(feature = "pdf")]
use super::pdf::Pdf;
#[cfg(feature = "rtf")]
use super::rtf::Rtf;
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
    #[cfg(feature = "rtf")]
    &Rtf,
    #[cfg(feature = "csv")]
    &CSV,
    #[cfg(feature = "csv")]
    &TSV,
    #[cfg(feature = "office")]
    &Xlsx,
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
    #[cfg(all(feature = "html", feature = "mail"))]
    &Mhtml,
    #[cfg(feature = "archives")]
    &ZIP,
    #[cfg(feature = "archives")]
    &TAR,
    #[cfg(feature = "archives")]
    &WARC,
    #[cfg(feature = "archives")]
    &WACZ,
];

/// The extractors of files that are compressed, for each way and each format.
#[cfg(feature = "archives")]
static PACKED: LazyLock<Vec<Packed>> = LazyLock::new(|| {
    let of =
        |compression| EXTRACTORS.iter().map(move |inner| Packed { compression, inner: *inner });
    COMPRESSIONS.iter().flat_map(|(compression, ..)| of(*compression)).collect()
});

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
    by_extension(extension).or_else(|| packed_for(file, extension))
}

fn by_extension(extension: &str) -> Option<&'static dyn Extractor> {
    EXTRACTORS.iter().copied().find(|extractor| {
        extractor.extensions().iter().any(|known| extension.eq_ignore_ascii_case(known))
    })
}

/// Returns the extractor for a compressed file, by the extension before the one that says so.
#[cfg(feature = "archives")]
fn packed_for(file: &Path, extension: &str) -> Option<&'static dyn Extractor> {
    let is = |known: &&str| extension.eq_ignore_ascii_case(known);
    let (compression, suffix, _) =
        COMPRESSIONS.iter().find(|(_, suffix, tars)| is(suffix) || tars.iter().any(is))?;
    let inner = match is(suffix) {
        true => by_extension(Path::new(file.file_stem()?).extension()?.to_str()?)?,
        false => &TAR,
    };
    let found = PACKED
        .iter()
        .find(|packed| packed.compression == *compression && packed.inner.name() == inner.name());
    found.map(|packed| packed as &dyn Extractor)
}

#[cfg(not(feature = "archives"))]
fn packed_for(_file: &Path, _extension: &str) -> Option<&'static dyn Extractor> {
    None
}

/// Returns whether a file is compressed, by its extension, in a way that is read.
pub(crate) fn is_compressed(file: &Path) -> bool {
    #[cfg(feature = "archives")]
    if let Some(extension) = file.extension() {
        return COMPRESSIONS.iter().any(|(_, suffix, _)| extension.eq_ignore_ascii_case(suffix));
    }
    #[cfg(not(feature = "archives"))]
    let _ = file;
    false
}

/// Returns the name of a compressed file without the extension that says so; `None` for any other.
fn split_compressed(file: &str) -> Option<&str> {
    let (inner, extension) = file.rsplit_once('.')?;
    packed_for(Path::new(file), extension).map(|_| inner)
}

/// Returns the name of the file that a compressed file unpacks to; `None` for any other, and for an
/// archive.
///
/// ```
/// # #[cfg(feature = "archives")] {
/// use pincite_extract::extract::inner_name;
/// assert_eq!(inner_name("a/notes.txt.gz"), Some("notes.txt"));
/// assert_eq!(inner_name("a/notes.txt"), None);
/// assert_eq!(inner_name("a/notes.tar.gz"), None);
/// # }
/// ```
pub fn inner_name(file: &str) -> Option<&str> {
    let inner = split_compressed(file)?;
    let is_archive = extractor_for(Path::new(file)).is_some_and(|it| is_archive(it.name()));
    (!is_archive).then(|| inner.rsplit('/').next().unwrap_or(inner))
}

/// Returns the name of a file without its extension, and without that which says that it is
/// compressed.
///
/// ```
/// use pincite_extract::extract::stem;
/// assert_eq!(stem("2025/notes.txt"), "2025/notes");
/// # #[cfg(feature = "archives")]
/// assert_eq!(stem("2025/notes.txt.gz"), "2025/notes");
/// ```
pub fn stem(file: &str) -> &str {
    let file = match split_compressed(file) {
        Some(inner) if extractor_for(Path::new(inner)).is_some() => inner,
        _ => file,
    };
    let name = file.rfind('/').map_or(0, |at| at + 1);
    match file[name..].rfind('.') {
        Some(at) if at > 0 => &file[..name + at],
        _ => file,
    }
}

/// Returns whether this is the name of the extractor of an archive.
#[cfg(feature = "archives")]
pub(super) fn is_archive(name: &str) -> bool {
    [&ZIP, &TAR, &WARC, &WACZ].iter().any(|archive| archive.name() == name)
}

#[cfg(not(feature = "archives"))]
fn is_archive(_name: &str) -> bool {
    false
}

/// Guesses the extractor for a file that begins with `head`, for files with an unknown extension.
pub fn sniff(head: &[u8]) -> Option<&'static dyn Extractor> {
    EXTRACTORS.iter().copied().find(|extractor| extractor.sniffs(head))
}

/// Returns the extensions of all supported formats as a list in words: `.txt, .text and .md`, and
/// those of compressed files.
pub fn extensions() -> String {
    let all: Vec<_> = EXTRACTORS
        .iter()
        .flat_map(|extractor| extractor.extensions())
        .map(|it| format!(".{it}"))
        .collect();
    let all = match all.split_last() {
        Some((last, before)) if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        _ => all.concat(),
    };
    if cfg!(feature = "archives") {
        return format!("{all}, also compressed (.gz, .bz2, .xz, .zst)");
    }
    all
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
