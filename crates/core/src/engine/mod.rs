//! The engine behind every door: what the command line, a server and the library all ask.
//!
//! A door parses what it is given, calls an [`Engine`] and renders the result. Searching, counting,
//! citing, checking in parallel and naming similar ids for one that is unknown happen here.
//!
//! Every answer comes from one snapshot of the index, which an update replaces and never changes.

mod answer;
mod check;
mod checks;
mod cite;
mod citer;
mod corpus;
mod doctor;
mod ids;
mod place;
mod query;
mod reading;
mod show;
mod snapshot;
#[cfg(test)]
mod tests;

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

pub use answer::{Answer, Context, Found};
pub use check::CheckRequest;
pub use checks::Checks;
pub use corpus::Corpus;
pub use doctor::{Ailment, Diagnosis, Finding};
pub use query::{QueryRequest, Question};
pub use reading::{Reading, ReadingBlock};
pub use show::Target;

use crate::cite::{Quotation, Style};
use crate::index::{Entry, Index, Progress, Report, Stats, Update};
use crate::source::{PassageId, SourceId};
use crate::verify::{Outcome, Verifier, VerifyRequest};
use crate::{Error, Result};
use snapshot::Snapshot;

/// An index of articles, ready to be asked from several threads at once.
///
/// A snapshot of the index is opened when it is first needed, and replaced after an
/// [`update`](Engine::update) of this engine, or by [`refresh`](Engine::refresh) after a commit of
/// another process. Questions that are being answered meanwhile keep the snapshot that they began
/// with.
///
/// ```
/// use pincite_core::cite::Style;
/// use pincite_core::engine::{Engine, Target};
/// use pincite_core::index::Update;
///
/// # let folder = tempfile::tempdir()?;
/// # let folder = folder.path();
/// let articles = folder.join("articles");
/// std::fs::create_dir(&articles)?;
/// std::fs::write(articles.join("pass.txt"), "The pass was closed.\n\nIt opened in June.\n")?;
///
/// let engine = Engine::new(folder.join("index"));
/// engine.update(&Update { paths: vec![articles], ..Update::default() }, &())?;
/// assert_eq!(engine.stats()?.passages, 2);
///
/// let style = Style::find(Style::DEFAULT)?;
/// let quotations = engine.cite(&["pass#p2".parse()?], &style)?;
/// assert_eq!(quotations[0].citation.quote, "It opened in June.");
/// let reading = engine.show(&"pass".parse()?, 0)?;
/// assert_eq!(reading.blocks.len(), 2);
/// assert_eq!("pass#p2".parse(), Ok(Target::Passage("pass#p2".parse()?)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Engine {
    dir: PathBuf,
    snapshot: RwLock<Option<Arc<Snapshot>>>,
    /// Held while a snapshot is opened, so that an older one never replaces a newer one.
    opening: Mutex<()>,
}

impl Engine {
    /// An engine over the index in the folder `dir`. Nothing is opened yet: the folder may be empty
    /// or absent until the first [`update`](Engine::update).
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into(), snapshot: RwLock::new(None), opening: Mutex::new(()) }
    }

    /// The folder of the index.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Brings the index up to date in one commit, after which questions are answered from it.
    ///
    /// # Errors
    /// Those of [`Index::update`]. The index and its snapshot then stay as they were.
    pub fn update(&self, update: &Update, progress: &dyn Progress) -> Result<Report> {
        let report = Index::update(&self.dir, update, progress)?;
        // The index is up to date even if it cannot be opened again: then the next question says
        // so.
        if !update.dry_run && self.current().is_some() && self.refresh().is_err() {
            self.replace(None);
        }
        Ok(report)
    }

    /// Opens the last commit of the index if it is not the one that questions are answered from.
    /// Returns whether it was not. For processes that live long beside others that write.
    ///
    /// # Errors
    /// [`Error::NoIndex`] and the other errors of [`Index::open`]. The snapshot then stays as it
    /// was.
    pub fn refresh(&self) -> Result<bool> {
        let _opening = self.opening.lock().unwrap_or_else(PoisonError::into_inner);
        let index = Index::open(&self.dir)?;
        if self.current().is_some_and(|snapshot| snapshot.is_of(&index)) {
            return Ok(false);
        }
        self.replace(Some(Arc::new(Snapshot::open(&index)?)));
        Ok(true)
    }

    /// Answers a query with ranked quotations.
    ///
    /// # Errors
    /// [`Error::UnknownId`] for a passage or a source that the request names and the index does not
    /// have, [`Error::NothingToIndex`] where the request's corpus has no source; otherwise those of
    /// reading the index.
    pub fn query(&self, request: &QueryRequest) -> Result<Answer> {
        query::answer(&*self.snapshot_of(request.corpus.as_ref())?, request)
    }

    /// Checks claims against the sources, in several threads; the results come in the order of the
    /// claims. After each claim `checked` is told how many are done, and can stop the work.
    ///
    /// # Errors
    /// Those of [`query`](Engine::query), and [`Error::Cancelled`] where `checked` broke off.
    pub fn check(
        &self,
        request: CheckRequest,
        checked: &(dyn Fn(usize) -> ControlFlow<()> + Sync),
    ) -> Result<Checks> {
        check::check(&*self.snapshot_of(request.corpus.as_ref())?, request, checked)
    }

    /// Verifies quotations against the files that they are said to be from; the outcomes come in
    /// the order of the requests. The references of records may be written in `style`, beside those
    /// of the archive.
    ///
    /// # Errors
    /// Those of reading the index. A source that cannot be read is an outcome.
    pub fn verify(
        &self,
        requests: &[VerifyRequest],
        style: Option<&Style>,
    ) -> Result<Vec<Outcome>> {
        let snapshot = self.snapshot()?;
        let mut verifier = Verifier::with_style(snapshot.searcher(), style);
        requests.iter().map(|request| verifier.verify(request)).collect()
    }

    /// Cites passages or sentences by their ids, in `style`. A style that numbers its sources
    /// numbers them in the order of `ids`.
    ///
    /// # Errors
    /// [`Error::UnknownId`], with ids that are similar, for the first that the index does not have.
    pub fn cite(&self, ids: &[PassageId], style: &Style) -> Result<Vec<Quotation>> {
        cite::quotations(&*self.snapshot()?, ids, style)
    }

    /// Shows a source; or a passage of it with up to `context` paragraphs on either side.
    ///
    /// # Errors
    /// [`Error::UnknownId`], with ids that are similar, where the index does not have it.
    pub fn show(&self, target: &Target, context: u32) -> Result<Reading> {
        show::reading(&*self.snapshot()?, target, context)
    }

    /// Finds the sentences that `FILE:LINE` names, as editors write it: of a path, or of the name
    /// that a source's file has in the index. `None` where `typed` has another form.
    ///
    /// # Errors
    /// The index has no such file, or there is no paragraph on that line.
    pub fn locate(&self, typed: &str) -> Result<Option<PassageId>> {
        let Some((file, line)) = place::parse(typed) else { return Ok(None) };
        place::locate(&*self.snapshot()?, file, line).map(Some)
    }

    /// Lists the sources, in the order of their ids.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn sources(&self) -> Result<Vec<Entry>> {
        self.snapshot()?.reader().sources()
    }

    /// Returns the path of a source's file; `None` where the index does not have the source.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn path(&self, source: &SourceId) -> Result<Option<PathBuf>> {
        Ok(self.snapshot()?.reader().source(source)?.map(|entry| entry.path))
    }

    /// Counts what is in the index.
    ///
    /// # Errors
    /// Those of reading the index.
    pub fn stats(&self) -> Result<Stats> {
        self.snapshot()?.reader().stats()
    }

    /// Returns the mark of the commit that questions are answered from, as 16 hexadecimal digits:
    /// the same for every process, and another after each change of the index.
    ///
    /// # Errors
    /// Those of opening the index.
    pub fn mark(&self) -> Result<String> {
        Ok(self.snapshot()?.commit().digest())
    }

    /// Examines the index: compares its files with their checksums, all that is stored with its
    /// own check, and every passage with its source's file, where that is as it was indexed.
    ///
    /// # Errors
    /// [`Error::NoIndex`] and [`Error::IndexVersion`]. Damage is a finding.
    pub fn doctor(&self, progress: &dyn Progress) -> Result<Diagnosis> {
        doctor::examine(&self.dir, progress)
    }

    /// Reads the sources anew, from their files, whose text in the index is damaged. Returns what
    /// was done; `None` where there are none, or none that can be told apart.
    ///
    /// # Errors
    /// Those of [`update`](Engine::update).
    pub fn repair(&self, diagnosis: &Diagnosis, progress: &dyn Progress) -> Result<Option<Report>> {
        diagnosis.cure().map(|update| self.update(&update, progress)).transpose()
    }

    /// The snapshot that questions are answered from, opened now if none is.
    fn snapshot(&self) -> Result<Arc<Snapshot>> {
        loop {
            if let Some(snapshot) = self.current() {
                return Ok(snapshot);
            }
            self.refresh()?;
        }
    }

    /// The same for a question about a corpus, of which no index means that nothing in it is read.
    fn snapshot_of(&self, corpus: Option<&Corpus>) -> Result<Arc<Snapshot>> {
        match (self.snapshot(), corpus) {
            (Err(Error::NoIndex { .. }), Some(corpus)) => Err(corpus.nothing_in_it()),
            (snapshot, _) => snapshot,
        }
    }

    fn current(&self) -> Option<Arc<Snapshot>> {
        self.snapshot.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn replace(&self, snapshot: Option<Arc<Snapshot>>) {
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = snapshot;
    }
}

/// Fails to compile unless threads can share an engine.
const _: fn() = || {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Engine>();
};
