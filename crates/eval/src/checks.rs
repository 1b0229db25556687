//! Checks many claims on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pincite_core::Result;
use pincite_core::check::{Check, Checker};
use pincite_core::search::Searcher;

/// Checks every claim and returns what `keep` returns for each check, in the order of the claims.
pub(crate) fn check_all<T: Send>(
    searcher: &Searcher,
    claims: &[&str],
    keep: impl Fn(&Check) -> T + Sync,
) -> Result<Vec<T>> {
    let next = AtomicUsize::new(0);
    let work = || -> Result<Vec<(usize, T)>> {
        let mut checker = Checker::new(searcher);
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(claim) = claims.get(at) else { return Ok(done) };
            done.push((at, keep(&checker.check(claim)?)));
        }
    };
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let shares: Vec<Result<Vec<(usize, T)>>> = thread::scope(|scope| {
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running
            .into_iter()
            .map(|worker| match worker.join() {
                Ok(share) => share,
                Err(panic) => std::panic::resume_unwind(panic),
            })
            .collect()
    });
    let mut all = Vec::with_capacity(claims.len());
    for share in shares {
        all.extend(share?);
    }
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, kept)| kept).collect())
}
