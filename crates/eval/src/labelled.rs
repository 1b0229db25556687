//! [`Labelled`]: claims about a folder of articles, each with the verdicts that a careful reader of
//! these articles could defend.

use std::collections::BTreeMap;
use std::path::Path;

use pincite_core::check::{Check, Verdict};
use pincite_core::index::{Index, Progress, Update};
use pincite_core::search::Searcher;
use pincite_core::{Error, Result};
use serde::{Deserialize, Serialize};

use super::beir::jsonl;
use super::checks::check_all;
use super::mutate::Rate;

/// Claims with the verdicts that are right.
pub struct Labelled {
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    id: String,
    claim: String,
    /// Any of these is right.
    verdict: Vec<Verdict>,
    /// How the claim was made.
    #[serde(default)]
    kind: String,
}

/// Which claims, by whether the number in their id is even: one half to work with, one to measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Even numbers.
    Even,
    /// Odd numbers, and ids without one.
    Odd,
}

impl Half {
    /// Returns the half that an id belongs to.
    pub fn of(id: &str) -> Half {
        let is_even = |digit: char| digit.to_digit(10).is_some_and(|digit| digit % 2 == 0);
        let last = id.chars().rev().find(char::is_ascii_digit);
        if last.is_some_and(is_even) { Half::Even } else { Half::Odd }
    }
}

/// What the program says of a claim, beside what is right.
#[derive(Debug, Clone, Serialize)]
pub struct LabelledCase {
    /// The claim's id.
    pub id: String,
    /// How the claim was made.
    pub kind: String,
    /// The claim.
    pub claim: String,
    /// The verdicts that are right.
    pub wanted: Vec<Verdict>,
    /// The program's verdict.
    pub verdict: Verdict,
    /// How sure the program is.
    pub confidence: f64,
    /// Whether the verdict is right.
    pub right: bool,
    /// What the verdict rests on.
    pub evidence: Vec<LabelledEvidence>,
}

/// A sentence that a verdict rests on.
#[derive(Debug, Clone, Serialize)]
pub struct LabelledEvidence {
    /// The citation's id.
    pub id: String,
    /// `supports` or `contradicts`.
    pub stance: pincite_core::check::Stance,
    /// How sure the program is of the stance.
    pub confidence: f64,
    /// The sentence.
    pub quote: String,
    /// Why: the slot, `=` or `≠`, the claim's words and the source's.
    pub reasons: Vec<String>,
}

impl Labelled {
    /// Reads claims from a file, one JSON object a line: `id`, `claim`, `verdict` (a list) and
    /// maybe `kind`.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed) with the line where one cannot be
    /// read.
    pub fn read(path: &Path) -> Result<Labelled> {
        Ok(Labelled { claims: jsonl(path)? })
    }

    /// Keeps the claims of one half.
    #[must_use]
    pub fn half(mut self, half: Half) -> Labelled {
        self.claims.retain(|claim| Half::of(&claim.id) == half);
        self
    }

    /// Indexes `folder` and checks every claim over it, on all cores.
    ///
    /// # Errors
    /// Where the folder cannot be read, or the index not be written or read.
    pub fn measure(&self, folder: &Path, progress: &dyn Progress) -> Result<LabelledReport> {
        let dir =
            tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))?;
        let update = Update { paths: vec![folder.to_owned()], ..Update::default() };
        Index::update(dir.path(), &update, progress)?;
        let searcher = Searcher::new(&Index::open(dir.path())?)?;
        let texts: Vec<&str> = self.claims.iter().map(|it| it.claim.as_str()).collect();
        let checks = check_all(&searcher, &texts, Check::clone)?;
        let cases = self.claims.iter().zip(checks).map(|(claim, check)| claim.case(&check));
        Ok(LabelledReport { cases: cases.collect() })
    }
}

impl Claim {
    fn case(&self, check: &Check) -> LabelledCase {
        let evidence = check.evidence.iter().map(|it| {
            let reason = |reason: &pincite_core::check::Reason| {
                let sign = if reason.agrees { '=' } else { '≠' };
                format!("{}: {} {sign} {}", reason.slot.name(), reason.claim, reason.source)
            };
            LabelledEvidence {
                id: it.quoted.citation.id.to_string(),
                stance: it.stance,
                confidence: it.confidence,
                quote: it.quoted.citation.quote.clone(),
                reasons: it.reasons.iter().map(reason).collect(),
            }
        });
        LabelledCase {
            id: self.id.clone(),
            kind: self.kind.clone(),
            claim: self.claim.clone(),
            wanted: self.verdict.clone(),
            verdict: check.verdict,
            confidence: check.confidence,
            right: self.verdict.contains(&check.verdict),
            evidence: evidence.collect(),
        }
    }
}

/// What the program says of labelled claims.
#[derive(Debug, Clone)]
pub struct LabelledReport {
    /// Every claim, in the order of the file.
    pub cases: Vec<LabelledCase>,
}

/// The figures of some of the claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelledRow {
    /// Right verdicts of all.
    pub right: Rate,
    /// Of the verdicts that take a side (`supported`, `contradicted`, `disputed`), those that are not
    /// right.
    pub falsely: Rate,
    /// How many of these false ones have a confidence of at least .9.
    pub sure: usize,
}

impl LabelledRow {
    fn count(&mut self, case: &LabelledCase) {
        let takes_side = !matches!(case.verdict, Verdict::Partial | Verdict::NotFound);
        let is_false = takes_side && !case.right;
        self.right.trials += 1;
        self.right.hits += usize::from(case.right);
        self.falsely.trials += usize::from(takes_side);
        self.falsely.hits += usize::from(is_false);
        self.sure += usize::from(is_false && case.confidence >= 0.9);
    }
}

impl LabelledReport {
    /// The figures of all claims.
    pub fn all(&self) -> LabelledRow {
        self.row(|_| true)
    }

    /// The figures of one half.
    pub fn half(&self, half: Half) -> LabelledRow {
        self.row(|case| Half::of(&case.id) == half)
    }

    fn row(&self, is_counted: impl Fn(&LabelledCase) -> bool) -> LabelledRow {
        let mut row = LabelledRow::default();
        self.cases.iter().filter(|case| is_counted(case)).for_each(|case| row.count(case));
        row
    }

    /// The figures by kind of claim.
    pub fn by_kind(&self) -> BTreeMap<&str, LabelledRow> {
        let mut rows: BTreeMap<&str, LabelledRow> = BTreeMap::new();
        for case in &self.cases {
            rows.entry(&case.kind).or_default().count(case);
        }
        rows
    }

    /// Every claim as a JSON object a line.
    pub fn to_jsonl(&self) -> String {
        self.cases
            .iter()
            .map(|case| serde_json::to_string(case).unwrap_or_default() + "\n")
            .collect()
    }
}
