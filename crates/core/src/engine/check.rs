//! Checking claims in several threads.

use std::num::NonZero;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;

use super::checks::Checks;
use super::citer::Citer;
use super::corpus::{Corpus, restrict};
use super::snapshot::Snapshot;
use crate::check::{Check, Checker, Input};
use crate::cite::Style;
use crate::query::Filters;
use crate::search::Searcher;
use crate::{Error, Result, threads};

/// Claims with everything that their checks depend on.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// The claims.
    pub input: Input,
    /// The name of the file that they are from, if they are from one.
    pub file: Option<String>,
    /// Limits on the sources that are asked.
    pub filters: Filters,
    /// The folders to look in; all that the index has where there are none. Replaces
    /// [`Filters::among`].
    pub corpus: Option<Corpus>,
    /// Threads to use; as many as there are cores where none are given.
    pub threads: Option<usize>,
    /// The style of the references. Without one, citations have none.
    pub style: Option<Arc<Style>>,
}

impl CheckRequest {
    /// Asks what all sources of the index say of the claims of `input`.
    pub fn new(input: Input, style: impl Into<Option<Arc<Style>>>) -> Self {
        let filters = Filters::default();
        Self { input, file: None, filters, corpus: None, threads: None, style: style.into() }
    }

    /// The number of threads to start: no more than there are claims.
    fn threads(&self) -> usize {
        let threads = match self.threads {
            Some(threads) => threads,
            None => thread::available_parallelism().map_or(1, NonZero::get),
        };
        threads.min(self.input.requests.len())
    }
}

/// Checks the claims of `request` against `snapshot`.
pub(super) fn check(
    snapshot: &Snapshot,
    request: CheckRequest,
    checked: &(dyn Fn(usize) -> ControlFlow<()> + Sync),
) -> Result<Checks> {
    let filters = restrict(&request.filters, request.corpus.as_ref(), snapshot)?;
    let batch = Batch {
        request: &request,
        citer: Citer::new(snapshot, request.style.as_deref()),
        searcher: snapshot.searcher(),
        filters,
        checked,
        next: AtomicUsize::new(0),
        done: AtomicUsize::new(0),
        stopped: AtomicBool::new(false),
    };
    let mut numbered: Vec<Numbered> =
        threads::each(0..request.threads(), |_| batch.work())?.into_iter().flatten().collect();
    numbered.sort_unstable_by_key(|numbered| numbered.claim);
    let mut checks: Vec<Check> = numbered.into_iter().map(|numbered| numbered.check).collect();
    let quoted = checks.iter_mut().flat_map(Check::quoted_mut);
    batch.citer.number(quoted.map(|quoted| &mut quoted.citation));
    Ok(Checks { file: request.file, input: request.input, checks })
}

/// The state shared by the threads that check the claims of one request.
struct Batch<'a> {
    request: &'a CheckRequest,
    citer: Citer<'a>,
    searcher: &'a Searcher,
    filters: Filters,
    checked: &'a (dyn Fn(usize) -> ControlFlow<()> + Sync),
    /// The next claim that no thread has taken.
    next: AtomicUsize,
    /// The number of claims that are done.
    done: AtomicUsize,
    /// Set when one thread has failed or the caller has broken off; the others then end, too.
    stopped: AtomicBool,
}

/// A check and the number of its claim.
struct Numbered {
    claim: usize,
    check: Check,
}

impl Batch<'_> {
    /// Checks one claim after another until none is left or the work is stopped.
    fn work(&self) -> Result<Vec<Numbered>> {
        let mut checker = Checker::new(self.searcher).filtered(self.filters.clone());
        let mut checks = Vec::new();
        while !self.stopped.load(Ordering::Relaxed) {
            let claim = self.next.fetch_add(1, Ordering::Relaxed);
            let Some(request) = self.request.input.requests.get(claim) else { break };
            match threads::caught(|| self.check(&request.claim, &mut checker)) {
                Ok(check) => checks.push(Numbered { claim, check }),
                Err(error) => {
                    self.stopped.store(true, Ordering::Relaxed);
                    return Err(error);
                }
            }
            let done = self.done.fetch_add(1, Ordering::Relaxed) + 1;
            if (self.checked)(done).is_break() {
                self.stopped.store(true, Ordering::Relaxed);
                return Err(Error::Cancelled);
            }
        }
        Ok(checks)
    }

    /// Checks one claim, and completes the citations of what it quotes.
    fn check(&self, claim: &str, checker: &mut Checker<'_>) -> Result<Check> {
        let mut check = checker.check(claim)?;
        for quoted in check.quoted_mut() {
            quoted.citation = self.citer.complete(quoted.citation.clone(), &quoted.source)?;
        }
        Ok(check)
    }
}
