//! [`Record`]: a source as the index keeps it, with the place of its file.

use std::path::{Component, Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::entry::{Aside, Entry};
use crate::corpus::Stamp;
use crate::extract::Fields;
use crate::source::Source;
use crate::text::Position;

/// The record of a source, kept beside its passages.
///
/// Kept as JSON: metadata is JSON of any shape, which a format that is not self-describing cannot
/// hold.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Record {
    /// The source.
    pub(super) source: Source,
    /// The folder that its file's name is relative to: see [`stored_root`].
    pub(super) root: String,
    /// True if it was reached through a symbolic link below that folder.
    #[serde(default)]
    pub(super) is_linked: bool,
    /// By what the file is known to be unchanged. Of a file with several sources, only that of the
    /// first one tells: the others keep theirs when another record changes.
    pub(super) stamp: Stamp,
    /// The fields of the file's records that were named.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub(super) fields: Fields,
    /// The libraries that were named for the file, as absolute paths.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) libraries: Vec<PathBuf>,
    /// The hash of what was declared of it outside its file.
    pub(super) declared: String,
    /// The extractor that read it: see [`super::Entry::extractor`].
    pub(super) extractor: String,
    /// The number of its passages.
    pub(super) paragraphs: u32,
}

impl Record {
    /// Returns the folder its file's name is relative to, for an index in the folder `dir`.
    pub(super) fn root(&self, dir: &Path) -> PathBuf {
        resolved(dir, &self.root)
    }

    /// Returns its file, for an index in the folder `dir`.
    pub(super) fn path(&self, dir: &Path) -> PathBuf {
        self.root(dir).join(&self.source.file)
    }

    /// Returns the position in the file's text that those of its document count from.
    pub(super) fn start(&self) -> Position {
        self.source.record.map_or(Position::START, |record| record.start)
    }

    /// Returns what a library gives of it.
    pub(super) fn into_entry(self, dir: &Path, asides: Vec<Aside>) -> Entry {
        Entry {
            path: self.path(dir),
            beneath: (!self.is_linked).then(|| self.root(dir)),
            stamp: self.stamp,
            fields: self.fields,
            extractor: self.extractor,
            paragraphs: self.paragraphs,
            source: self.source,
            asides,
        }
    }
}

/// Returns `root` as an index in the folder `dir` keeps it; both are absolute and without links.
///
/// It is relative to `dir` where the two have more in common than the root of the file system, so
/// that an index and its corpus can be moved together; otherwise absolute.
pub(super) fn stored_root(dir: &Path, root: &Path) -> String {
    let common = dir.components().zip(root.components()).take_while(|(a, b)| a == b).count();
    let shared = dir.components().take(common).any(|part| matches!(part, Component::Normal(_)));
    if !shared {
        return root.to_string_lossy().into_owned();
    }
    let up = dir.components().skip(common).map(|_| "..".to_owned());
    let down =
        root.components().skip(common).map(|part| part.as_os_str().to_string_lossy().into_owned());
    let parts: Vec<String> = up.chain(down).collect();
    if parts.is_empty() { ".".to_owned() } else { parts.join("/") }
}

/// Returns the folder that `stored` means to an index in `dir`.
fn resolved(dir: &Path, stored: &str) -> PathBuf {
    let mut path = PathBuf::new();
    for part in dir.join(stored).components() {
        match part {
            Component::ParentDir => _ = path.pop(),
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_are_kept_relative_where_index_and_corpus_can_move_together() {
        for (dir, root, stored) in [
            ("/srv/ada/index", "/srv/ada/corpus", "../corpus"),
            ("/srv/ada/corpus/.index", "/srv/ada/corpus", ".."),
            ("/srv/ada", "/srv/ada", "."),
            ("/srv/ada", "/srv/ada/corpus", "corpus"),
            ("/srv/ada/index", "/data/corpus", "/data/corpus"),
        ] {
            assert_eq!(stored_root(Path::new(dir), Path::new(root)), stored);
            assert_eq!(resolved(Path::new(dir), stored), Path::new(root));
        }
    }
}
