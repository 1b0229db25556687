//! Carries out an update: threads read and analyse files, and add them to one writer for one
//! commit.
//!
//! Threads take files in the order of their paths and settle them in the same order (see
//! [`Run::in_turn`]), so that ids and the report depend on nothing but the files. Memory is bounded
//! by a [`Budget`], whose shares live until the index has taken the documents in.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::backend::Reader;
use super::budget::{Budget, Share};
use super::changes::{Changes, Shelf, Task, reader_of};
use super::ids::Ids;
use super::record::{Record, stored_root};
use super::report::{Progress, Report};
use super::tantivy::{Documents, Writer};
use crate::corpus::Remark;
use crate::corpus::{Article, Declared, Loaded, Several, Skip, Stamp, load};
use crate::extract::{BlockKind, Document};
use crate::source::{Metadata, Provenance, Source, SourceId};
use crate::{Error, Result, threads};

/// The number of bytes of files that may be on their way into the index at a time.
const IN_FLIGHT: u64 = 16 << 20;

/// Carries out `changes` for the index in the folder `dir` on this many threads, adding to `writer`
/// where there is one. If that writes an index to take the place of `old`, sources that stay are
/// taken over from there. Returns what was done, or would be.
pub(super) fn carry_out(
    changes: Changes,
    dir: &Path,
    threads: usize,
    writer: Option<&Writer>,
    old: Option<&Reader>,
    progress: &dyn Progress,
) -> Result<Report> {
    let Changes { tasks, unchanged, removed, skipped, unread, refused, not_read, warnings, shelf } =
        changes;
    progress.planned(tasks.len() as u64, tasks.iter().map(|task| task.size).sum());
    let report = Report {
        unchanged: unchanged.iter().map(|(_, records)| records.len() as u64).sum(),
        removed: removed.len() as u64,
        passages: unchanged.iter().map(|(_, records)| passages(records)).sum(),
        skipped,
        unread,
        refused,
        not_read,
        warnings,
        ..Report::default()
    };
    let taken = tasks
        .iter()
        .filter_map(|task| Some((task.known.first()?.source.id.of_file(), task.path.clone())));
    let kept = unchanged
        .iter()
        .filter_map(|(path, records)| Some((records.first()?.source.id.of_file(), path.clone())));
    let ledger = Ledger { ids: Ids::new(taken.chain(kept)), report };

    let run = Run {
        dir,
        writer,
        old,
        shelf: &shelf,
        progress,
        budget: Budget::new(IN_FLIGHT),
        batches: Budget::new(IN_FLIGHT),
        queue: Mutex::new((0..).zip(&tasks)),
        turn: Mutex::new((0, ledger)),
        turned: Condvar::new(),
        stopped: AtomicBool::new(false),
    };
    for record in &removed {
        run.delete(record);
    }
    let mut documents = Documents::new();
    let stay = unchanged.iter().flat_map(|(_, records)| records);
    for record in stay.filter(|_| old.is_some()) {
        run.keep(record, &mut documents, &run.budget.take(record.stamp.size))?;
    }
    threads::each(0..threads.min(tasks.len()), |_| {
        // Others would wait for the turn of a file for ever.
        threads::caught(|| run.work()).inspect_err(|_| run.stop())
    })?;
    let mut report = run.turn.into_inner().unwrap_or_else(PoisonError::into_inner).1.report;
    report.skipped.sort();
    report.not_read.sort();
    if let Some(library) = &shelf.library {
        // These are known by what they declare, if they are not known by their files.
        for (path, records) in &unchanged {
            for record in records {
                library.of_source(path, &record.source.metadata);
            }
        }
        report.warnings.extend(library.remarks());
    }
    report.warnings.sort();
    Ok(report)
}

/// The state that threads of an update share.
pub(super) struct Run<'a, Q> {
    dir: &'a Path,
    pub(super) writer: Option<&'a Writer>,
    /// The index that the writer's is to take the place of.
    old: Option<&'a Reader>,
    shelf: &'a Shelf,
    progress: &'a dyn Progress,
    budget: Arc<Budget>,
    /// The memory of documents on their way, of which a file may make many times its own size.
    pub(super) batches: Arc<Budget>,
    queue: Mutex<Q>,
    pub(super) turn: Mutex<(usize, Ledger)>,
    turned: Condvar,
    /// Set when a thread has failed; the others then end, too.
    stopped: AtomicBool,
}

/// The state that files change one by one, in the order of their paths.
pub(super) struct Ledger {
    ids: Ids,
    pub(super) report: Report,
}

/// The outcome for a file.
enum Settled<'t> {
    /// It is to be in the index as it was read.
    Written(Box<Record>, Box<Document>),
    /// It has several sources, and this id.
    Several(SourceId, Several),
    /// It stays in the index as it was.
    Kept(&'t [Record]),
    /// It is not in the index.
    Gone,
}

impl<'a, Q: Iterator<Item = (usize, &'a Task)>> Run<'a, Q> {
    fn work(&self) -> Result<()> {
        let mut documents = Documents::new();
        while let Some((nth, task, share)) = self.next() {
            let known =
                task.known.first().filter(|known| !task.anew && known.source.record.is_none());
            let known = known.map(|record| record.source.content_hash.as_str());
            let beneath = (!task.is_linked).then_some(task.root.as_path());
            let loaded = load(&task.path, beneath, task.extractor, &task.fields, known);
            let Some(settled) = self.in_turn(nth, |ledger| self.settle(ledger, task, loaded))
            else {
                return Ok(());
            };
            match (settled, self.writer) {
                (Settled::Written(record, document), Some(writer)) => {
                    let mut add = |batch| writer.add(batch);
                    documents.of(&record, &document, &share, &self.batches, &mut add)?;
                }
                (Settled::Several(id, several), _) => {
                    self.settle_records(task, &id, &several, &mut documents, &share)?;
                }
                (Settled::Kept(records), _) => {
                    for record in records {
                        self.keep(record, &mut documents, &share)?;
                    }
                }
                _ => {}
            }
            self.progress.file_done(&task.file, task.size);
        }
        Ok(())
    }

    /// Takes the next file, with its share of the memory; none when all are taken, or after a
    /// failure.
    fn next(&self) -> Option<(usize, &'a Task, Arc<Share>)> {
        let mut queue = lock(&self.queue);
        if self.stopped.load(Ordering::SeqCst) {
            return None;
        }
        let (nth, task) = queue.next()?;
        // The queue stays locked: a later file that took the last of the memory would wait for its
        // turn with it, and this one for the memory.
        let share = self.budget.take(task.extractor.weight(task.size));
        Some((nth, task, share))
    }

    /// Calls `settle` when all files before the `nth` have been settled; not after a failure, with
    /// which one before it may never be.
    fn in_turn<T>(&self, nth: usize, settle: impl FnOnce(&mut Ledger) -> T) -> Option<T> {
        let is_stopped = || self.stopped.load(Ordering::SeqCst);
        let turn = lock(&self.turn);
        let mut turn = self
            .turned
            .wait_while(turn, |turn| turn.0 != nth && !is_stopped())
            .unwrap_or_else(PoisonError::into_inner);
        if is_stopped() {
            return None;
        }
        let settled = settle(&mut turn.1);
        turn.0 += 1;
        self.turned.notify_all();
        Some(settled)
    }

    /// Ends the run: a thread of it has failed.
    fn stop(&self) {
        self.stopped.store(true, Ordering::SeqCst);
        // Nobody is now between looking at the mark and beginning to wait.
        drop(lock(&self.turn));
        self.turned.notify_all();
    }

    /// Takes a source as it is over into the index that is to take the place of the old one, if one
    /// is.
    pub(super) fn keep(
        &self,
        record: &Record,
        documents: &mut Documents,
        share: &Arc<Share>,
    ) -> Result<()> {
        let (Some(old), Some(writer)) = (self.old, self.writer) else { return Ok(()) };
        let id = &record.source.id;
        let stored = threads::caught(|| {
            let asides = old.source(id)?.map(|entry| entry.asides).unwrap_or_default();
            Ok((asides, old.passages(id)?))
        });
        match stored {
            Ok((asides, passages)) => {
                let mut add = |batch| writer.add(batch);
                documents.of_stored(record, &asides, passages, share, &self.batches, &mut add)
            }
            // The cure for a damaged index may not fail because it is damaged.
            Err(error @ (Error::IndexDamaged { .. } | Error::Internal { .. })) => {
                let report = &mut lock(&self.turn).1.report;
                let file = record.source.file.clone();
                let message = format!("is no longer in the index: {error}");
                report.warnings.push(Remark { file, message });
                report.unchanged -= 1;
                report.removed += 1;
                report.passages -= u64::from(record.paragraphs);
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Enters what became of a file, and gives it its id where it is to be indexed.
    fn settle<'t>(
        &self,
        ledger: &mut Ledger,
        task: &'t Task,
        loaded: Result<Loaded, Skip>,
    ) -> Settled<'t> {
        let report = &mut ledger.report;
        let mut skip = |message| {
            report.skipped.push(Remark { file: task.file.clone(), message });
            report.refused += u64::from(task.named);
        };
        match loaded {
            Ok(Loaded::One(article)) => {
                let (record, document) = self.accept(ledger, task, *article);
                Settled::Written(Box::new(record), Box::new(document))
            }
            Ok(Loaded::Several(several)) => {
                let before = task.known.first().map(|known| known.source.id.of_file());
                let (id, _) = ledger.ids.assign(&task.path, &task.file, None, before.as_ref());
                report.bytes += several.stamp.size;
                Settled::Several(id, several)
            }
            Err(Skip::Data(reason)) if !task.named && task.known.is_empty() => {
                report.not_read.add(task.file.clone(), reason);
                Settled::Gone
            }
            Err(Skip::NoText(reason) | Skip::Data(reason)) => {
                skip(reason);
                for known in &task.known {
                    self.delete(known);
                    ledger.ids.release(&known.source.id.of_file());
                }
                report.removed += task.known.len() as u64;
                Settled::Gone
            }
            Err(skipped) => {
                if let Skip::Unread(reason) = skipped {
                    skip(reason);
                    report.unread += 1;
                }
                report.unchanged += task.known.len() as u64;
                report.passages += passages(&task.known);
                Settled::Kept(&task.known)
            }
        }
    }

    fn accept(&self, ledger: &mut Ledger, task: &Task, article: Article) -> (Record, Document) {
        let Ledger { ids, report } = ledger;
        let Article { mut document, content_hash, record: _, member, stamp } = article;
        let paragraphs =
            document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph).count();
        let mut warn = |message| report.warnings.push(Remark { file: task.file.clone(), message });
        std::mem::take(&mut document.warnings).into_iter().for_each(&mut warn);
        if paragraphs == 0 {
            warn("has no paragraph of body text".to_owned());
        }
        let mut metadata =
            layered(&task.declared, &self.library(task, &document.metadata), &document.metadata);
        if let Some(message) = metadata.bound() {
            warn(message);
        }
        let before = task.known.first().map(|known| known.source.id.of_file());
        let declared = metadata.text("id");
        let (id, holder) = ids.assign(&task.path, &task.file, declared, before.as_ref());
        if let Some(holder) = holder {
            let declared = metadata.text("id").unwrap_or_default();
            warn(format!(
                "declares the id “{declared}”, which {} has already; its own is {id}",
                holder.display()
            ));
        }
        let was_one = task.known.iter().any(|known| known.source.record.is_none());
        task.known.iter().for_each(|known| self.delete(known));
        report.updated += u64::from(was_one);
        report.added += u64::from(!was_one);
        report.removed += task.known.len() as u64 - u64::from(was_one);
        report.passages += paragraphs as u64;
        report.bytes += stamp.size;
        let source = Source {
            id,
            file: task.file.clone(),
            member,
            text: document.kind,
            record: None,
            content_hash,
            language: document.language.clone(),
            metadata,
        };
        (self.record(task, source, stamp, paragraphs), document)
    }

    /// Returns what libraries declare of a source that declares this of itself.
    pub(super) fn library(&self, task: &Task, own: &Metadata) -> Metadata {
        let Some(library) = &self.shelf.library else { return Metadata::default() };
        if task.declared.library.iter().next().is_some() {
            return task.declared.library.clone();
        }
        library.of_source(&task.path, own).cloned().unwrap_or_default()
    }

    /// Returns the record of a source of a file.
    pub(super) fn record(
        &self,
        task: &Task,
        source: Source,
        stamp: Stamp,
        paragraphs: usize,
    ) -> Record {
        Record {
            source,
            root: stored_root(self.dir, &task.root),
            is_linked: task.is_linked,
            stamp,
            fields: task.fields.clone(),
            libraries: self.shelf.paths.clone(),
            declared: task.declared.hash(),
            extractor: reader_of(task.extractor),
            paragraphs: u32::try_from(paragraphs).unwrap_or(u32::MAX),
        }
    }

    /// Deletes a source and its passages. Only ever in turn, or by the one thread that adds what the
    /// same file has under that id: what is added later under the same id has to stay. An index that is to take the place of the old one has nothing of it.
    pub(super) fn delete(&self, record: &Record) {
        if let (Some(writer), None) = (self.writer, self.old) {
            writer.delete(&record.source.id);
        }
    }
}

/// Returns how many passages these sources have.
fn passages(records: &[Record]) -> u64 {
    records.iter().map(|record| u64::from(record.paragraphs)).sum()
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Returns the metadata of a source: what its sidecar declares, then what it declares itself, then
/// what `SOURCES.toml` says of it, then what a library does, then what could be inferred.
fn layered(elsewhere: &Declared, library: &Metadata, own: &Metadata) -> Metadata {
    let mut metadata = elsewhere.sidecar.clone();
    let mut declared = Metadata::default();
    for (variable, value, provenance) in own.iter() {
        if provenance == Provenance::Declared {
            declared.set(variable, value.clone(), provenance);
        }
    }
    metadata.fill(&declared);
    metadata.fill(&elsewhere.sources);
    metadata.fill(library);
    metadata.fill(own);
    metadata
}
