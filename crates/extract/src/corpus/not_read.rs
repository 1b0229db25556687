//! [`NotRead`]: counts the files whose format is not supported.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt;
use std::path::Path;

/// The maximum number of formats that are displayed.
const NAMED: usize = 6;

/// The numbers of files in unsupported formats, by extension.
///
/// Displayed as a list, the most common format first: `3 .pdf, 1 .docx`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotRead(BTreeMap<String, u64>);

impl NotRead {
    /// Returns whether there are no such files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Counts a file.
    pub(super) fn add(&mut self, file: &Path) {
        let extension = file.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        *self.0.entry(extension).or_default() += 1;
    }
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut formats: Vec<_> = self.0.iter().collect();
        // The sort is stable: ties are broken by extension.
        formats.sort_by_key(|&(extension, &files)| (Reverse(files), extension.is_empty()));
        for (i, (extension, files)) in formats.iter().take(NAMED).enumerate() {
            let separator = if i == 0 { "" } else { ", " };
            if extension.is_empty() {
                write!(f, "{separator}{files} without an extension")?;
            } else {
                write!(f, "{separator}{files} .{extension}")?;
            }
        }
        if formats.len() > NAMED { f.write_str(", …") } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_common_formats_come_first() {
        let mut not_read = NotRead::default();
        assert_eq!(not_read.to_string(), "");
        for file in ["b.docx", "a.pdf", "c/d.PDF", "Makefile", "e.csv"] {
            not_read.add(file.as_ref());
        }
        assert_eq!(not_read.to_string(), "2 .pdf, 1 .csv, 1 .docx, 1 without an extension");
        for file in ["f.a", "f.b", "f.c"] {
            not_read.add(file.as_ref());
        }
        assert_eq!(not_read.to_string(), "2 .pdf, 1 .a, 1 .b, 1 .c, 1 .csv, 1 .docx, …");
    }
}
