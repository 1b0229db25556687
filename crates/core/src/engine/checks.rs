//! [`Checks`]: what the sources say about claims, in the order of the claims.

use crate::check::{Check, Input, Request, Verdict};

/// What the sources say about claims.
#[derive(Debug, Clone, PartialEq)]
pub struct Checks {
    /// What the file is called that the claims came out of.
    pub file: Option<String>,
    /// The claims as they were handed in.
    pub input: Input,
    /// What the sources say about each of them, in the same order.
    pub checks: Vec<Check>,
}

impl Checks {
    /// Each claim with what the sources say about it.
    pub fn iter(&self) -> impl Iterator<Item = (&Request, &Check)> {
        self.input.requests.iter().zip(&self.checks)
    }

    /// How many claims have each verdict that there is.
    pub fn verdicts(&self) -> Vec<(Verdict, usize)> {
        let number = |verdict| self.checks.iter().filter(|check| check.verdict == verdict).count();
        Verdict::ALL.map(|verdict| (verdict, number(verdict))).into_iter().filter(|(_, n)| *n > 0).collect()
    }
}
