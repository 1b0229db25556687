//! [`Checks`]: what the sources say about claims, in the order of the claims.

use crate::check::{Check, Input, Request, Verdict};

/// Claims with what the sources say about them.
#[derive(Debug, Clone, PartialEq)]
pub struct Checks {
    /// The name of the file that the claims are from, if they are from one.
    pub file: Option<String>,
    /// The claims as they were handed in.
    pub input: Input,
    /// The check of each of them, in the same order.
    pub checks: Vec<Check>,
}

impl Checks {
    /// Each claim with what the sources say about it.
    pub fn iter(&self) -> impl Iterator<Item = (&Request, &Check)> {
        self.input.requests.iter().zip(&self.checks)
    }

    /// The number of claims with each verdict that occurs.
    pub fn verdicts(&self) -> Vec<(Verdict, usize)> {
        let mut verdicts = Vec::new();
        for verdict in Verdict::ALL {
            let number = self.checks.iter().filter(|check| check.verdict == verdict).count();
            if number > 0 {
                verdicts.push((verdict, number));
            }
        }
        verdicts
    }
}
