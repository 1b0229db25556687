//! The pager: long output for people, a screen at a time.

use std::env;
use std::io::{self, IsTerminal, Write};
use std::process::{Command, Stdio};

/// The pager where `PAGER` does not name one.
const DEFAULT: &str = "less";

/// What `less` does where `LESS` does not say: end if all fits on the screen, show colours, leave
/// the text on the screen.
const LESS: &str = "FRX";

/// Returns whether `text` goes to a terminal that has fewer lines.
pub(super) fn is_needed(text: &str) -> bool {
    let height = terminal_size::terminal_size_of(io::stdout()).map(|(_, height)| height.0);
    io::stdout().is_terminal() && height.is_some_and(|height| text.lines().count() > height.into())
}

/// Shows `text` in the pager and waits for its end. Returns whether it could be started; one that is
/// named as an empty string is not.
pub(super) fn show(text: &str) -> bool {
    let named = env::var("PAGER").unwrap_or_else(|_| DEFAULT.to_owned());
    let mut words = named.split_whitespace();
    let Some(program) = words.next() else { return false };
    let mut command = Command::new(program);
    command.args(words).stdin(Stdio::piped());
    if env::var_os("LESS").is_none() {
        command.env("LESS", LESS);
    }
    let Ok(mut pager) = command.spawn() else { return false };
    if let Some(mut input) = pager.stdin.take() {
        // It may end before it has read everything.
        let _ = input.write_all(text.as_bytes());
    }
    let _ = pager.wait();
    true
}
