//! Errors as JSON: what the HTTP API says of them, with this program's hints.

use std::env;

use pincite_core::Error;
use pincite_core::wire::problem::Problem;

use crate::hints::hint;

/// Returns the problem that an error is.
pub(super) fn of(error: &Error) -> Problem {
    Problem { hint: hint(error), ..Problem::from(error) }
}

/// Returns the problem that wrong arguments are, of the message about them.
pub(super) fn of_arguments(message: &str) -> Problem {
    let mut parts = message.trim().split("\n\n").map(folded);
    let first = parts.next().unwrap_or_default();
    let detail = first.strip_prefix("error: ").unwrap_or(&first).to_owned();
    let hint = parts.map(|part| part.strip_prefix("tip: ").map_or(part.clone(), str::to_owned));
    let hint: Vec<String> = hint.filter(|part| !part.starts_with("For more information")).collect();
    let hint = (!hint.is_empty()).then(|| hint.join("; "));
    Problem { hint, ..Problem::new("usage", "The arguments cannot be read", detail) }
}

/// Returns whether the arguments, which cannot be read, ask for an answer in JSON.
pub(super) fn is_wanted() -> bool {
    let arguments: Vec<String> =
        env::args_os().map(|argument| argument.to_string_lossy().into_owned()).collect();
    let is_json = |format: &str| matches!(format, "json" | "jsonl");
    arguments.windows(2).any(|two| two[0] == "--format" && is_json(&two[1]))
        || arguments.iter().filter_map(|it| it.strip_prefix("--format=")).any(is_json)
}

/// Returns a text on one line.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
