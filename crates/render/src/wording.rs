//! Counts, lists and the state of files in words.

use pincite_core::source::Stale;

/// Returns `n` and the noun in singular or plural: `1 file`, `2 files`, `2 queries`.
pub fn count(n: u64, noun: &str) -> String {
    match noun.strip_suffix('y') {
        _ if n == 1 => format!("{n} {noun}"),
        Some(stem) => format!("{n} {stem}ies"),
        None => format!("{n} {noun}s"),
    }
}

/// Returns what became of a file since it was indexed, in words that follow its name.
pub fn stale(stale: Stale) -> &'static str {
    match stale {
        Stale::Changed => "changed since it was indexed",
        Stale::Missing => "is gone, or cannot be read",
    }
}

/// Returns a list in words: `a`, `a and b`, `a, b and c`.
pub(crate) fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_in_words() {
        let list = |items: &[&str]| list(&items.iter().map(<_>::to_string).collect::<Vec<_>>());
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
