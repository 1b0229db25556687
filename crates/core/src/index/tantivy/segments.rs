//! [`each()`]: work on the segments of an index, on several threads where that pays.

use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::available_parallelism;

use tantivy::{Searcher, SegmentOrdinal, SegmentReader, TantivyError};

use crate::panics::without_panic;
use crate::threads;

/// The minimum number of documents for a thread: fewer take less time than starting it.
const DOCUMENTS_PER_THREAD: u64 = 100_000;

/// Calls `work` with each segment. Returns what it returned, in no particular order.
pub(super) fn each<T: Send>(
    searcher: &Searcher,
    work: impl Fn(SegmentOrdinal, &SegmentReader) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let segments = searcher.segment_readers();
    let next = AtomicUsize::new(0);
    let some = || -> tantivy::Result<Vec<T>> {
        let mut done = Vec::new();
        loop {
            let nth = next.fetch_add(1, Ordering::Relaxed);
            let Some(segment) = segments.get(nth) else { return Ok(done) };
            done.push(work(nth as SegmentOrdinal, segment)?);
        }
    };
    let threads = if searcher.num_docs() < DOCUMENTS_PER_THREAD * 2 {
        1
    } else {
        available_parallelism().map_or(1, Into::into).min(segments.len())
    };
    // A panic, which damage may cause, is one of this thread, whose caller tells what it means.
    let done = threads::each(0..threads, |_| Ok(without_panic(some)));
    let done = done.map_err(|error| TantivyError::InternalError(error.to_string()))?;
    let mut all = Vec::with_capacity(segments.len());
    for done in done {
        all.extend(done.unwrap_or_else(|message| resume_unwind(Box::new(message)))?);
    }
    Ok(all)
}
