//! [`Labelled`]: claims about a folder of articles, each labelled with the verdicts that a careful
//! reader of these articles could defend.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use pincite_core::Result;
use pincite_core::check::{Check, Evidence, Reason, Stance, Verdict};
use pincite_core::index::Progress;
use serde::{Deserialize, Serialize};

use super::beir::{jsonl, to_jsonl};
use super::checks::check_all;
use super::folder::index_articles;
use super::mutate::Rate;

/// Claims labelled with acceptable verdicts.
pub struct Labelled {
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    id: String,
    claim: String,
    /// The acceptable verdicts.
    verdict: Vec<Verdict>,
    /// The way in which the claim was made.
    #[serde(default)]
    kind: String,
}

/// A half of the claims, by the last digit in their id: one half to tune on, one to test on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// Ids with an even number.
    Even,
    /// Ids with an odd number or none.
    Odd,
}

impl Half {
    /// Returns the half that an id belongs to.
    pub fn of(id: &str) -> Half {
        match id.bytes().rfind(u8::is_ascii_digit) {
            Some(digit) if digit % 2 == 0 => Half::Even,
            _ => Half::Odd,
        }
    }
}

/// A labelled claim and the program's verdict on it.
#[derive(Debug, Clone, Serialize)]
pub struct LabelledCase {
    /// The claim's id.
    pub id: String,
    /// The way in which the claim was made.
    pub kind: String,
    /// The claim.
    pub claim: String,
    /// The acceptable verdicts.
    pub wanted: Vec<Verdict>,
    /// The program's verdict.
    pub verdict: Verdict,
    /// The confidence of the verdict, from 0 to 1, if it has one.
    pub confidence: Option<f64>,
    /// True if the verdict is one of the acceptable ones.
    pub right: bool,
    /// The sentences that the verdict rests on.
    pub evidence: Vec<LabelledEvidence>,
    /// The liberties taken to read them, as [`LIBERTIES`] names them.
    pub liberties: BTreeSet<&'static str>,
}

/// The liberties of a reading beyond equal words in equal order, in the order of the
/// [curve](LabelledReport::curve): the figures of evidence that count them.
pub const LIBERTIES: [&str; 6] = ["light", "synonyms", "moved", "voice", "context", "reported"];

/// A sentence that a verdict rests on.
#[derive(Debug, Clone, Serialize)]
pub struct LabelledEvidence {
    /// The citation's id.
    pub id: String,
    /// `supports` or `contradicts`.
    pub stance: Stance,
    /// The confidence of the stance, from 0 to 1; none for a part of the claim.
    pub confidence: Option<f64>,
    /// The sentence.
    pub quote: String,
    /// The reasons, each as `slot: claim = source`, or `≠`.
    pub reasons: Vec<String>,
}

impl Labelled {
    /// Reads claims from a JSON Lines file: `id`, `claim`, `verdict` (a list) and optionally
    /// `kind`.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a claim
    /// cannot be parsed.
    pub fn read(path: &Path) -> Result<Labelled> {
        Ok(Labelled { claims: jsonl(path)? })
    }

    /// Keeps only one half of the claims.
    #[must_use]
    pub fn half(mut self, half: Half) -> Labelled {
        self.claims.retain(|claim| Half::of(&claim.id) == half);
        self
    }

    /// Indexes `folder` and checks every claim against it, on all cores.
    ///
    /// # Errors
    /// If the folder cannot be read, or the index cannot be written or read.
    pub fn measure(&self, folder: &Path, progress: &dyn Progress) -> Result<LabelledReport> {
        let (_dir, searcher) = index_articles(&[folder.to_owned()], progress)?;
        let texts: Vec<&str> = self.claims.iter().map(|it| it.claim.as_str()).collect();
        let checks = check_all(&searcher, &texts, Check::clone)?;
        let cases = self.claims.iter().zip(checks).map(|(claim, check)| claim.case(&check));
        Ok(LabelledReport { cases: cases.collect() })
    }
}

impl LabelledEvidence {
    fn new(evidence: &Evidence) -> LabelledEvidence {
        LabelledEvidence {
            id: evidence.quoted.citation.id.to_string(),
            stance: evidence.stance,
            confidence: evidence.confidence,
            quote: evidence.quoted.citation.quote.clone(),
            reasons: evidence.reasons.iter().map(described).collect(),
        }
    }
}

/// Returns a reason as a line of text.
fn described(reason: &Reason) -> String {
    let sign = if reason.agrees { '=' } else { '≠' };
    format!("{}: {} {sign} {}", reason.slot.name(), reason.claim, reason.source)
}

impl Claim {
    /// Compares a check of the claim with its label.
    fn case(&self, check: &Check) -> LabelledCase {
        LabelledCase {
            id: self.id.clone(),
            kind: self.kind.clone(),
            claim: self.claim.clone(),
            wanted: self.verdict.clone(),
            verdict: check.verdict,
            confidence: check.confidence,
            right: self.verdict.contains(&check.verdict),
            evidence: check.evidence.iter().map(LabelledEvidence::new).collect(),
            liberties: check
                .evidence
                .iter()
                .flat_map(|evidence| &evidence.features)
                .filter(|(name, count)| *count > 0.0 && LIBERTIES.contains(name))
                .map(|(name, _)| *name)
                .collect(),
        }
    }
}

/// The verdicts on labelled claims.
#[derive(Debug, Clone)]
pub struct LabelledReport {
    /// The claims, in the order of the file.
    pub cases: Vec<LabelledCase>,
}

/// Counts for a group of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LabelledRow {
    /// Right verdicts, of all.
    pub right: Rate,
    /// Wrong verdicts, of those that take a side (`supported`, `contradicted`, `disputed`).
    pub falsely: Rate,
    /// The number of these wrong verdicts with a confidence of at least 0.9.
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
        self.sure += usize::from(is_false && case.confidence >= Some(0.9));
    }
}

impl LabelledReport {
    /// Returns the counts for all claims.
    pub fn all(&self) -> LabelledRow {
        self.row(|_| true)
    }

    /// Returns the counts for one half.
    pub fn half(&self, half: Half) -> LabelledRow {
        self.row(|case| Half::of(&case.id) == half)
    }

    fn row(&self, is_counted: impl Fn(&LabelledCase) -> bool) -> LabelledRow {
        let mut row = LabelledRow::default();
        for case in self.cases.iter().filter(|case| is_counted(case)) {
            row.count(case);
        }
        row
    }

    /// Returns the counts for each kind of claim.
    pub fn by_kind(&self) -> BTreeMap<&str, LabelledRow> {
        let mut rows: BTreeMap<&str, LabelledRow> = BTreeMap::new();
        for case in &self.cases {
            rows.entry(&case.kind).or_default().count(case);
        }
        rows
    }

    /// Returns how many verdicts take a side, and how many of these are right, with no liberty and
    /// with one kind of [`LIBERTIES`] more in each step.
    pub fn curve(&self) -> Vec<(&'static str, Rate)> {
        let sided =
            |case: &&LabelledCase| !matches!(case.verdict, Verdict::Partial | Verdict::NotFound);
        let step = |allowed: usize| {
            let is_read = |case: &&LabelledCase| {
                case.liberties.iter().all(|taken| LIBERTIES[..allowed].contains(taken))
            };
            let given = self.cases.iter().filter(sided).filter(is_read);
            let hits = given.clone().filter(|case| case.right).count();
            Rate { hits, trials: given.count() }
        };
        let names = ["none"].into_iter().chain(LIBERTIES);
        names.enumerate().map(|(allowed, name)| (name, step(allowed))).collect()
    }

    /// Returns the claims as JSON Lines.
    pub fn to_jsonl(&self) -> String {
        to_jsonl(&self.cases)
    }
}
