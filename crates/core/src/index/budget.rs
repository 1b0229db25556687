//! [`Budget`]: bounds how much of the corpus is in memory at a time.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A number of bytes that files on their way into the index share.
pub(super) struct Budget {
    capacity: u64,
    free: Mutex<u64>,
    freed: Condvar,
}

/// A share of a [`Budget`], given back when it is dropped.
pub(super) struct Share {
    budget: Arc<Budget>,
    bytes: u64,
}

impl Budget {
    pub(super) fn new(capacity: u64) -> Arc<Self> {
        Arc::new(Self { capacity, free: Mutex::new(capacity), freed: Condvar::new() })
    }

    /// Waits until this many bytes are free, or all of them where that is less, and takes them.
    pub(super) fn take(self: &Arc<Self>, bytes: u64) -> Arc<Share> {
        let bytes = bytes.min(self.capacity);
        let free = self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let mut free = self
            .freed
            .wait_while(free, |free| *free < bytes)
            .unwrap_or_else(PoisonError::into_inner);
        *free -= bytes;
        Arc::new(Share { budget: Arc::clone(self), bytes })
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        *self.budget.free.lock().unwrap_or_else(PoisonError::into_inner) += self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_waited_for_and_given_back() {
        let budget = Budget::new(10);
        let all = budget.take(1_000);
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| drop(budget.take(4)));
            drop(all);
            assert!(waiting.join().is_ok());
        });
        assert_eq!(*budget.free.lock().unwrap(), 10);
    }
}
