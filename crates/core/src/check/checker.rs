//! [`Checker`]: finds what the sources say about a claim, and gives a verdict.

use super::assertion::{assertions, heads};
use super::finding::Finding;
use super::judge::Claim;
use super::passages::Passages;
use super::settle::settle;
use super::statement::{Statement, StatementReader};
use super::verdict::{Check, Verdict};
use crate::Result;
use crate::query::{Filters, Query};
use crate::search::Searcher;

/// Count of passages read for a claim.
const READ: usize = 12;

/// Checks claims against the sources of an index. It remembers what it has read: the claims of a
/// draft meet the same passages.
pub struct Checker<'s> {
    searcher: &'s Searcher,
    filters: Filters,
    reader: StatementReader,
    read: Passages,
}

impl<'s> Checker<'s> {
    /// Returns a checker over what `searcher` searches.
    pub fn new(searcher: &'s Searcher) -> Self {
        Self {
            searcher,
            filters: Filters::default(),
            reader: StatementReader::new(),
            read: Passages::default(),
        }
    }

    /// Returns the same over the sources that `filters` leave.
    pub fn filtered(self, filters: Filters) -> Self {
        Self { filters, ..self }
    }

    /// Returns what the sources say about `claim`.
    ///
    /// # Errors
    /// Fails where the index cannot be read.
    pub fn check(&mut self, claim: &str) -> Result<Check> {
        let statement = self.reader.read(claim);
        let whole = self.check_one(claim, &statement)?;
        if !matches!(whole.verdict, Verdict::Partial | Verdict::NotFound) {
            return Ok(whole);
        }
        match &*assertions(&statement, &mut self.reader) {
            [] | [_] => Ok(whole),
            several => {
                let mut checks = Vec::with_capacity(several.len());
                for claim in several {
                    let statement = self.reader.read(claim);
                    checks.push(self.check_one(claim, &statement)?);
                }
                Ok(Check::of_several(claim, checks))
            }
        }
    }

    /// Returns the same for a claim that asserts one thing.
    fn check_one(&mut self, claim: &str, statement: &Statement) -> Result<Check> {
        let query = Query::prose(claim).filtered(self.filters.clone());
        let hits = self.searcher.search(&query, READ)?.hits;
        let heads = heads(statement, &mut self.reader);
        let heads: Vec<Claim<'_>> = heads.iter().map(Claim::new).collect();
        let forms = Claim::new(statement);
        let findings = hits.into_iter().filter_map(|hit| {
            let sentences = self.read.sentences(&hit, &mut self.reader);
            Finding::new(hit, sentences, &forms, &heads)
        });
        Ok(settle(claim, statement, findings.collect()))
    }
}
