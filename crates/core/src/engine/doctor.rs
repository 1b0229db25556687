//! [`Diagnosis`] of an index: whether it is as it was written, and says what its sources say.

use std::path::{Path, PathBuf};

use crate::corpus::{FileCache, Skip};
use crate::extract::Document;
use crate::index::{Entry, Index, Progress, Reader, Update};
use crate::source::{Passage, SourceId};
use crate::{Error, Result};

/// The findings of an examination of an index.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnosis {
    /// The reason why the index cannot be opened; then nothing else was examined.
    pub unreadable: Option<String>,
    /// The number of files of the index that were compared with their checksums.
    pub files: u64,
    /// The number of sources that were examined.
    pub sources: u64,
    /// The number of passages that were examined.
    pub passages: u64,
    /// The files of the index that are not as they were written.
    pub damaged_files: Vec<PathBuf>,
    /// The faults of sources, in the order of their ids.
    pub findings: Vec<Finding>,
}

/// A fault of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Its id.
    pub source: SourceId,
    /// Its file, unless what the index knows of it is damaged.
    pub path: Option<PathBuf>,
    /// The fault.
    pub ailment: Ailment,
    /// The same in words for people.
    pub detail: String,
}

/// A fault of a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Ailment {
    /// The record of it in the index is not as it was written.
    Damaged,
    /// Its file is as it was indexed, and says something else than the index.
    Different,
    /// Its file has changed since it was indexed.
    Changed,
    /// Its file is gone, or cannot be read.
    Missing,
}

impl Diagnosis {
    /// Returns whether nothing is wrong.
    pub fn is_healthy(&self) -> bool {
        self.unreadable.is_none() && self.damaged_files.is_empty() && self.findings.is_empty()
    }

    /// Returns whether the index is damaged, whatever its sources are.
    pub fn is_damaged(&self) -> bool {
        self.unreadable.is_some()
            || !self.damaged_files.is_empty()
            || self.findings.iter().any(|finding| finding.ailment.is_damage())
    }

    /// Returns whether a repair can be tried: see [`Engine::repair`](super::Engine::repair).
    pub fn can_be_repaired(&self) -> bool {
        self.cure().is_some()
    }

    /// Returns an update that reads those sources anew whose text in the index is damaged, from
    /// their files. `None` where there is none that can be.
    pub(super) fn cure(&self) -> Option<Update> {
        let damaged = self.findings.iter().filter(|finding| finding.ailment.is_damage());
        let files = damaged.filter_map(|finding| finding.path.clone());
        // A link that was followed is known by its own name, and would not be found under it.
        let paths: Vec<PathBuf> =
            files.filter(|path| path.canonicalize().is_ok_and(|real| real == *path)).collect();
        (!paths.is_empty()).then(|| Update { paths, reread: true, ..Update::default() })
    }
}

impl Ailment {
    /// Returns whether the index is damaged, not only old.
    pub fn is_damage(self) -> bool {
        matches!(self, Self::Damaged | Self::Different)
    }
}

/// Examines the index in `dir`.
pub(super) fn examine(dir: &Path, progress: &dyn Progress) -> Result<Diagnosis> {
    let opened = Index::open(dir).and_then(|index| Ok((index.reader()?, index)));
    let (reader, index) = match opened {
        Ok(opened) => opened,
        Err(Error::IndexDamaged { detail, .. }) => {
            return Ok(Diagnosis { unreadable: Some(detail), ..Diagnosis::default() });
        }
        Err(error) => return Err(error),
    };
    let mut diagnosis = Diagnosis::default();
    let files = index.files()?;
    let ids = reader.ids().unwrap_or_default();
    let steps = (files.len() + ids.len()) as u64;
    progress.planned(steps, files.iter().map(|(_, size)| size).sum());
    for (file, size) in files {
        if !index.is_intact(&file) {
            diagnosis.damaged_files.push(file.clone());
        }
        diagnosis.files += 1;
        progress.file_done(&file.to_string_lossy(), size);
    }
    let mut cache = FileCache::default();
    for id in ids {
        diagnosis.source(&reader, &id, &mut cache)?;
        progress.file_done(id.as_str(), 0);
    }
    Ok(diagnosis)
}

impl Diagnosis {
    /// Examines one source.
    fn source(&mut self, reader: &Reader, id: &SourceId, files: &mut FileCache) -> Result<()> {
        let mut path = None;
        let read = reader.source(id).and_then(|entry| {
            let Some(entry) = entry else { return Ok(None) };
            path = Some(entry.path.clone());
            Ok(Some((reader.passages(id)?, entry)))
        });
        self.sources += 1;
        let found = match read {
            Ok(None) => None,
            Ok(Some((passages, entry))) => {
                self.passages += passages.len() as u64;
                beside_file(&entry, &passages, files)
            }
            Err(Error::IndexDamaged { detail, .. }) => Some((Ailment::Damaged, detail)),
            Err(error) => return Err(error),
        };
        if let Some((ailment, detail)) = found {
            self.findings.push(Finding { source: id.clone(), path, ailment, detail });
        }
        Ok(())
    }
}

/// Compares a source with its file.
fn beside_file(
    entry: &Entry,
    passages: &[Passage],
    files: &mut FileCache,
) -> Option<(Ailment, String)> {
    let article = match files.article(entry.place(), &entry.source) {
        Ok(article) => article,
        Err(Skip::NoText(reason) | Skip::Data(reason)) => {
            return Some((Ailment::Changed, format!("its file {reason}")));
        }
        Err(_) if !entry.path.exists() => {
            return Some((Ailment::Missing, "its file is gone".to_owned()));
        }
        Err(Skip::Unread(reason)) => {
            return Some((Ailment::Missing, format!("its file {reason}")));
        }
        // Never returned where no content is known beforehand.
        Err(Skip::Same) => return None,
    };
    let what = if article.record.is_some() { "record" } else { "file" };
    if article.content_hash != entry.source.content_hash {
        let detail = format!("its {what} has changed since it was indexed");
        return Some((Ailment::Changed, detail));
    }
    if article.record != entry.source.record {
        let detail = "its record has moved in the file since it was indexed".to_owned();
        return Some((Ailment::Changed, detail));
    }
    let other = first_other(&article.document, entry, passages)?;
    Some((Ailment::Different, format!("its file has another text at line {other}")))
}

/// Returns the line of the first passage or other block that is not in the document as it stands in
/// the index.
fn first_other(document: &Document, entry: &Entry, passages: &[Passage]) -> Option<usize> {
    let from = entry.source.record.map_or(0, |record| record.start.byte);
    let passages = passages.iter().map(|passage| (passage.start, &passage.text));
    let asides = entry.asides.iter().map(|aside| (aside.start, &aside.text));
    let mut others = passages.chain(asides).filter(|(start, text)| {
        let at = start.byte.checked_sub(from);
        at.and_then(|at| document.text.get(at..at + text.len())) != Some(text.as_str())
    });
    others.next().map(|(start, _)| start.line)
}
