//! Many claims checked at once, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pincite_core::Result;
use pincite_core::check::{Check, Checker, Verdict};
use pincite_core::search::Searcher;

/// What is kept of a check where only the verdict counts.
pub(crate) struct VerdictOf {
    pub(crate) verdict: Verdict,
    pub(crate) confidence: f64,
}

impl VerdictOf {
    pub(crate) fn of(check: &Check) -> VerdictOf {
        VerdictOf { verdict: check.verdict, confidence: check.confidence }
    }
}

/// Checks every claim, and returns what `keep` makes of each check, in the order of the claims.
pub(crate) fn check_all<T: Send>(
    searcher: &Searcher,
    claims: &[&str],
    keep: impl Fn(&Check) -> T + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, T)>> {
        let checker = Checker::new(searcher);
        let mut done = Vec::new();
        while let Some(at) =
            Some(next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < claims.len())
        {
            done.push((at, keep(&checker.check(claims[at])?)));
        }
        Ok(done)
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let shares: Vec<Result<Vec<(usize, T)>>> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let join = |worker: thread::ScopedJoinHandle<'_, _>| match worker.join() {
            Ok(share) => share,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        running.into_iter().map(join).collect()
    });
    let mut all = Vec::with_capacity(claims.len());
    for share in shares {
        all.extend(share?);
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, kept)| kept).collect())
}
