//! [`without_panic()`]: turns a panic into an error, in silence.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

thread_local! {
    /// Set while a panic in this thread is caught and need not be printed.
    static CAUGHT: Cell<bool> = const { Cell::new(false) };
}

/// Calls `read`, and returns the message of a panic as an error without printing it.
///
/// # Errors
///
/// The message of the panic.
///
/// The state of it is thrown away or, where it is shared, guarded by locks that fail from then
/// on.
pub fn without_panic<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !CAUGHT.get() {
                print(panic);
            }
        }));
    });
    let outer = CAUGHT.replace(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    CAUGHT.set(outer);
    result.map_err(|panic| message(&*panic))
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(without_panic(|| 1), Ok(1));
        let number = 3;
        assert_eq!(without_panic(|| panic!("no {number}")), Err::<(), _>("no 3".to_owned()));
        assert!(!CAUGHT.get());
    }
}
