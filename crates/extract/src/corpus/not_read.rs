//! [`NotRead`]: the files that are not read, since they are in another format or are data.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};
use std::fmt;
use std::path::Path;

use super::Remark;

/// The maximum number of formats that are displayed.
const NAMED: usize = 6;

/// The files that are not read, since they are in a format that is not supported, or are data.
///
/// Displayed as a list of formats, the most common one first: `3 .pdf, 1 .docx`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NotRead(Vec<Remark>);

impl NotRead {
    /// Returns whether there are no such files.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the files, each with the reason.
    pub fn files(&self) -> &[Remark] {
        &self.0
    }

    /// Returns those that are not among `named`.
    #[must_use]
    pub fn beside(&self, named: &[Remark]) -> Self {
        let named: HashSet<&str> = named.iter().map(|remark| remark.file.as_str()).collect();
        let others = self.0.iter().filter(|remark| !named.contains(remark.file.as_str()));
        Self(others.cloned().collect())
    }

    /// Adds a file, by its name, with the reason.
    pub fn add(&mut self, file: String, message: String) {
        self.0.push(Remark { file, message });
    }

    /// Sorts the files by their names.
    pub fn sort(&mut self) {
        self.0.sort();
    }
}

impl fmt::Display for NotRead {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut counts: BTreeMap<String, u64> = BTreeMap::new();
        for Remark { file, .. } in &self.0 {
            let extension = Path::new(file).extension().unwrap_or_default();
            *counts.entry(extension.to_string_lossy().to_lowercase()).or_default() += 1;
        }
        let mut formats: Vec<_> = counts.iter().collect();
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
            not_read.add(file.to_owned(), String::new());
        }
        assert_eq!(not_read.to_string(), "2 .pdf, 1 .csv, 1 .docx, 1 without an extension");
        for file in ["f.a", "f.b", "f.c"] {
            not_read.add(file.to_owned(), String::new());
        }
        assert_eq!(not_read.to_string(), "2 .pdf, 1 .a, 1 .b, 1 .c, 1 .csv, 1 .docx, …");
    }
}
