//! Settles a file with several sources: compares its records with those in the index, and writes
//! those that changed.
//!
//! A record is as it was if it has the same id, the same bytes and the same place; one that has moved
//! is written anew, since its passages carry their places. The first source of a file is written
//! anew whenever any other is: by its time stamp the next update knows that the file is as it was.

use std::collections::HashMap;
use std::sync::Arc;

use super::budget::Share;
use super::changes::Task;
use super::record::Record;
use super::run::{Run, lock};
use super::tantivy::Documents;
use crate::Result;
use crate::corpus::{Article, Remark, Several, Skip};
use crate::extract::{Block, BlockKind, Document};
use crate::source::{Metadata, Source, SourceId};

/// The maximum number of messages about the records of one file.
const MESSAGES: usize = 20;

/// Counts of the records of a file by what became of them.
#[derive(Default)]
struct Tally {
    added: u64,
    updated: u64,
    removed: u64,
    unchanged: u64,
    passages: u64,
    messages: Vec<String>,
}

/// The first source of a file, which is written last.
struct First<'k> {
    article: Article,
    id: SourceId,
    /// As it was, if it is so still.
    same: Option<&'k Record>,
}

impl<'a, Q: Iterator<Item = (usize, &'a Task)>> Run<'a, Q> {
    /// Writes the records of a file, whose own id is `file`, that are not as they were.
    pub(super) fn settle_records(
        &self,
        task: &Task,
        file: &SourceId,
        several: &Several,
        documents: &mut Documents,
        share: &Arc<Share>,
    ) -> Result<()> {
        let records = &several.records;
        let mut known: HashMap<&SourceId, &Record> =
            task.known.iter().map(|record| (&record.source.id, record)).collect();
        let mut tally = Tally::default();
        let mut first: Option<First<'_>> = None;
        for (i, slot) in records.slots().iter().enumerate() {
            let id = file.record(&slot.key);
            let before = known.get(&id).copied();
            let same = before.filter(|before| {
                !task.anew
                    && before.source.record == Some(slot.place)
                    && before.source.content_hash == records.hash(i)
            });
            if let (Some(same), Some(_)) = (same, &first) {
                known.remove(&id);
                tally.unchanged += 1;
                tally.passages += u64::from(same.paragraphs);
                self.keep(same, documents, share)?;
                continue;
            }
            let article = match several.nth(i) {
                Ok(article) => article,
                Err(Skip::NoText(reason)) => {
                    tally.message(&slot.key, &reason);
                    continue;
                }
                // What is in the index stays: nothing is known of what the file has now.
                Err(skip) => {
                    if let Skip::Unread(reason) = skip {
                        tally.message(&slot.key, &reason);
                    }
                    if let Some(before) = known.remove(&id) {
                        tally.unchanged += 1;
                        tally.passages += u64::from(before.paragraphs);
                        self.keep(before, documents, share)?;
                    }
                    continue;
                }
            };
            known.remove(&id);
            match (same, before) {
                (Some(_), _) => tally.unchanged += 1,
                (None, Some(_)) => tally.updated += 1,
                (None, None) => tally.added += 1,
            }
            if first.is_none() {
                first = Some(First { article, id, same });
            } else {
                self.write(task, article, id, before, &mut tally, documents, share)?;
            }
        }
        for gone in known.values() {
            self.delete(gone);
            tally.removed += 1;
        }
        if let Some(First { article, id, same }) = first {
            let changed = tally.added + tally.updated + tally.removed > 0;
            match same {
                Some(same) if !changed => {
                    tally.passages += u64::from(same.paragraphs);
                    self.keep(same, documents, share)?;
                }
                _ => {
                    let before = task.known.iter().find(|record| record.source.id == id);
                    self.write(task, article, id, before, &mut tally, documents, share)?;
                }
            }
        }
        self.report(task, several, tally);
        Ok(())
    }

    #[expect(clippy::too_many_arguments, reason = "they are the parts of one record")]
    fn write(
        &self,
        task: &Task,
        article: Article,
        id: SourceId,
        before: Option<&Record>,
        tally: &mut Tally,
        documents: &mut Documents,
        share: &Arc<Share>,
    ) -> Result<()> {
        let Article { document, content_hash, record, member, stamp } = article;
        let is_paragraph = |block: &&Block| block.kind == BlockKind::Paragraph;
        let paragraphs = document.blocks.iter().filter(is_paragraph).count();
        for warning in &document.warnings {
            tally.message(id.as_str(), warning);
        }
        let mut metadata = metadata(task, &document);
        metadata.fill(&self.library(task, &document.metadata));
        if let Some(message) = metadata.bound() {
            tally.message(id.as_str(), &message);
        }
        let source = Source {
            id,
            file: task.file.clone(),
            member,
            text: document.kind,
            record,
            content_hash,
            language: document.language.clone(),
            metadata,
        };
        tally.passages += paragraphs as u64;
        if let Some(before) = before {
            self.delete(before);
        }
        let Some(writer) = self.writer else { return Ok(()) };
        let record = self.record(task, source, stamp, paragraphs);
        documents.of(&record, &document, share, &self.batches, &mut |batch| writer.add(batch))
    }

    fn report(&self, task: &Task, several: &Several, tally: Tally) {
        let report = &mut lock(&self.turn).1.report;
        let file = &task.file;
        let mut messages = tally.messages;
        if tally.added + tally.updated + tally.unchanged == 0 {
            let message = "has no record with a text".to_owned();
            report.skipped.push(Remark { file: file.clone(), message });
            report.refused += u64::from(task.named);
        }
        report.added += tally.added;
        report.updated += tally.updated;
        report.removed += tally.removed;
        report.unchanged += tally.unchanged;
        report.passages += tally.passages;
        messages.extend(several.records.warnings().iter().cloned());
        let remarks = messages.into_iter().map(|message| Remark { file: file.clone(), message });
        report.warnings.extend(remarks);
    }
}

impl Tally {
    fn message(&mut self, key: &str, message: &str) {
        match self.messages.len() {
            ..MESSAGES => self.messages.push(format!("record {key}: {message}")),
            MESSAGES => self.messages.push("has more such records".to_owned()),
            _ => {}
        }
    }
}

/// Returns the metadata of a record: what it declares itself, then what is declared of its file.
fn metadata(task: &Task, document: &Document) -> Metadata {
    let mut metadata = document.metadata.clone();
    metadata.fill(&task.declared.sidecar);
    metadata.fill(&task.declared.sources);
    metadata
}
