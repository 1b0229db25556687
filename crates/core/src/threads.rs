//! [`each()`]: work on several threads that ends with an error, and neither panics nor waits for
//! ever, where the system gives no thread or one of them panics.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use crate::{Error, Result};

/// Calls `work` with each of `parts`, the first on this thread and every other on one of its own, or
/// on this one where the system gives no more. Returns what it returned, in the order of the parts.
///
/// # Errors
/// The first error in that order; a panic is [`Error::Internal`].
pub(crate) fn each<P, T>(
    parts: impl IntoIterator<Item = P>,
    work: impl Fn(P) -> Result<T> + Sync,
) -> Result<Vec<T>>
where
    P: Clone + Send,
    T: Send,
{
    let work = &|part| caught(|| work(part));
    let mut parts = parts.into_iter();
    let Some(own) = parts.next() else { return Ok(Vec::new()) };
    thread::scope(|scope| {
        let others: Vec<_> = parts
            .map(|part| {
                let given = part.clone();
                let thread = thread::Builder::new().spawn_scoped(scope, move || work(given));
                thread.map_err(|_| part)
            })
            .collect();
        let mut all = vec![work(own)?];
        for other in others {
            all.push(match other {
                Ok(thread) => thread.join().unwrap_or_else(|panic| Err(fault(&*panic)))?,
                Err(part) => work(part)?,
            });
        }
        Ok(all)
    })
}

/// Calls `work`, and returns a panic in it as [`Error::Internal`].
pub(crate) fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(fault(&*panic)))
}

fn fault(panic: &(dyn Any + Send)) -> Error {
    let message = panic.downcast_ref::<String>().map(String::as_str);
    let message = message.or_else(|| panic.downcast_ref::<&str>().copied());
    Error::Internal { detail: message.unwrap_or("a thread of it panicked").to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_parts() {
        assert_eq!(each(0..20, |part| Ok(part * part)).unwrap()[19], 361);
        assert!(each(Vec::<()>::new(), Ok).unwrap().is_empty());
    }

    #[test]
    fn a_panic_is_an_error_on_whichever_thread() {
        for bad in [0, 3] {
            let outcome = each(0..5, |part| {
                assert_ne!(part, bad, "a fault");
                Ok(())
            });
            assert!(matches!(outcome, Err(Error::Internal { detail }) if detail.contains("fault")));
        }
    }
}
