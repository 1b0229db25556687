//! What [`check`](pincite_core::check) says of sentences of its own sources: as they are, and edited
//! in ways that make the right verdict known.
//!
//! Nobody has to judge these claims, so that any folder of articles can be a test set. The price is
//! that an edit must truly change what is said, and leave a sentence that somebody could have
//! written: each edit says which sentences it passes over. A claim is dropped, too, where another
//! sentence of the corpus may say the edited form.

mod bound;
mod corpus;
mod edits;
mod sentence;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use pincite_core::check::Verdict;
use pincite_core::index::{Index, Progress, Update};
use pincite_core::search::Searcher;
use pincite_core::{Error, Result};
use serde::Serialize;

use crate::checks::{VerdictOf, check_all};
use crate::random::SplitMix64;
use corpus::SentenceCorpus;
use sentence::Sentence;

pub use bound::upper_bound;
pub use edits::Edit;

/// How sentences are drawn and edited.
#[derive(Debug, Clone, Copy)]
pub struct Mutations {
    /// Where chance begins: the same seed makes the same claims of the same corpus.
    pub seed: u64,
    /// How many claims at most are made by each edit.
    pub per_edit: usize,
}

/// A claim made of a sentence, and what the program says of it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// How it was made.
    #[serde(serialize_with = "edit_name")]
    pub edit: Edit,
    /// The sentence.
    pub sentence: String,
    /// The claim.
    pub claim: String,
    /// The passage that the sentence is of.
    pub source: String,
    /// What the program says.
    pub verdict: Verdict,
    /// How sure it is.
    pub confidence: f64,
    /// Whether that is right.
    pub right: bool,
    /// Whether that misleads.
    pub harmful: bool,
}

fn edit_name<S: serde::Serializer>(
    edit: &Edit,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(edit.name())
}

impl Mutations {
    /// Indexes `folders`, makes claims of their sentences, and checks them, on all cores.
    ///
    /// # Errors
    /// Where a folder cannot be read, or the index not be written or read.
    pub fn measure(&self, folders: &[PathBuf], progress: &dyn Progress) -> Result<MutationReport> {
        let dir =
            tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))?;
        let update = Update { paths: folders.to_vec(), ..Update::default() };
        Index::update(dir.path(), &update, progress)?;
        let searcher = Searcher::new(&Index::open(dir.path())?)?;
        let corpus = SentenceCorpus::read(&searcher)?;
        let made = self.made(&corpus);
        let texts: Vec<&str> = made.iter().map(|it| it.claim.as_str()).collect();
        let outcomes = check_all(&searcher, &texts, VerdictOf::of)?;
        let cases = made.into_iter().zip(outcomes).map(|(Made { edit, at, claim }, outcome)| {
            let sentence = &corpus.sentences[at];
            Case {
                edit,
                sentence: sentence.text.clone(),
                claim,
                source: sentence.passage.to_string(),
                verdict: outcome.verdict,
                confidence: outcome.confidence,
                right: edit.right().contains(&outcome.verdict),
                harmful: edit.harmful().contains(&outcome.verdict),
            }
        });
        let statements = corpus.sentences.iter().filter(|it| it.is_statement()).count();
        Ok(MutationReport { sentences: statements, cases: cases.collect() })
    }

    /// Makes the claims: one of each sentence by each edit, at most, so that no sentence counts more
    /// than another. Where there are more than are asked for, they are spread evenly.
    fn made(&self, corpus: &SentenceCorpus) -> Vec<Made> {
        let mut seen = HashSet::new();
        let mut statements: Vec<(usize, &Sentence)> =
            corpus.sentences.iter().enumerate().filter(|(_, it)| it.is_statement()).collect();
        statements.retain(|(_, sentence)| seen.insert(sentence.text.as_str()));
        let order = evenly(statements.len());
        let mut made = Vec::new();
        for edit in Edit::ALL {
            let claims = order.iter().filter_map(|place| {
                let (at, sentence) = statements[*place];
                let mut random = self.random(edit, &sentence.text);
                let claim = edit.claim(sentence, corpus, &mut random)?;
                Some(Made { edit, at, claim })
            });
            let mut of_edit: Vec<Made> = claims.take(self.per_edit).collect();
            of_edit.sort_by_key(|it| it.at);
            made.extend(of_edit);
        }
        made
    }

    /// Returns the generator for one sentence and one edit: what is drawn there does not depend on
    /// what other sentences and edits there are.
    fn random(&self, edit: Edit, sentence: &str) -> SplitMix64 {
        // FNV-1a.
        let hash = edit
            .name()
            .bytes()
            .chain(sentence.bytes())
            .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
                (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
            });
        SplitMix64(hash ^ self.seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }
}

/// A claim that is to be checked.
struct Made {
    edit: Edit,
    /// The place of its sentence in the corpus.
    at: usize,
    claim: String,
}

/// Returns the numbers below `n` in an order of which every beginning is spread evenly: by the
/// fractional parts of the multiples of the golden ratio.
fn evenly(n: usize) -> Vec<usize> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| {
        let [a, b] = [a, b].map(|i| (*i as f64 * GOLDEN).fract());
        a.total_cmp(&b)
    });
    order
}

/// What the program says of edited sentences.
#[derive(Debug, Clone)]
pub struct MutationReport {
    /// How many sentences there were to edit.
    pub sentences: usize,
    /// Every claim, edit by edit.
    pub cases: Vec<Case>,
}

/// How often something happened, of how many times it could have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// How often it happened.
    pub hits: usize,
    /// How often it could have.
    pub trials: usize,
}

impl Rate {
    /// Returns the share, 0 where there was no trial.
    pub fn share(self) -> f64 {
        if self.trials == 0 { 0.0 } else { self.hits as f64 / self.trials as f64 }
    }

    /// Returns the highest rate that the count is still consistent with: see [`upper_bound`].
    pub fn upper_bound(self) -> f64 {
        upper_bound(self.hits, self.trials)
    }
}

/// The verdicts on the claims of one edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// The edit.
    pub edit: Edit,
    /// How often each verdict was given, in the order of [`Verdict::ALL`].
    pub verdicts: [usize; Verdict::ALL.len()],
    /// How many verdicts were right.
    pub right: Rate,
    /// How many misled.
    pub harmful: Rate,
    /// How many of these are given with a confidence of at least .9.
    pub sure: usize,
}

impl MutationReport {
    /// A row for each edit that some sentence has a place for.
    pub fn rows(&self) -> Vec<EditRow> {
        let mut by_edit: BTreeMap<Edit, Vec<&Case>> = BTreeMap::new();
        for case in &self.cases {
            by_edit.entry(case.edit).or_default().push(case);
        }
        let row = |(edit, cases): (Edit, Vec<&Case>)| {
            let count = |is: &dyn Fn(&Case) -> bool| cases.iter().filter(|case| is(case)).count();
            let trials = cases.len();
            EditRow {
                edit,
                verdicts: Verdict::ALL.map(|verdict| count(&|case| case.verdict == verdict)),
                right: Rate { hits: count(&|case| case.right), trials },
                harmful: Rate { hits: count(&|case| case.harmful), trials },
                sure: count(&|case| case.harmful && case.confidence >= 0.9),
            }
        };
        by_edit.into_iter().map(row).collect()
    }

    /// Returns how often `verdict` was given to claims of which it is false and misleading.
    pub fn falsely(&self, verdict: Verdict) -> Rate {
        let may_be = self.cases.iter().filter(|case| case.edit.harmful().contains(&verdict));
        let hits = may_be.clone().filter(|case| case.verdict == verdict).count();
        Rate { hits, trials: may_be.count() }
    }

    /// Returns how many misleading verdicts have a confidence of at least .9.
    pub fn sure(&self) -> usize {
        self.rows().iter().map(|row| row.sure).sum()
    }

    /// Every case as a JSON object a line.
    pub fn to_jsonl(&self) -> String {
        self.cases
            .iter()
            .map(|case| serde_json::to_string(case).unwrap_or_default() + "\n")
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_beginning_of_the_order_is_spread_evenly() {
        let order = evenly(1000);
        for n in [10, 50, 300] {
            let in_first_half = order[..n].iter().filter(|i| **i < 500).count();
            assert!(in_first_half.abs_diff(n / 2) <= 2, "{in_first_half} of {n}");
        }
        let mut all = order;
        all.sort_unstable();
        assert_eq!(all, (0..1000).collect::<Vec<_>>());
    }

    #[test]
    fn rates_count_what_would_be_harmful() {
        let case = |edit: Edit, verdict: Verdict| Case {
            edit,
            sentence: String::new(),
            claim: String::new(),
            source: String::new(),
            verdict,
            confidence: 0.9,
            right: edit.right().contains(&verdict),
            harmful: edit.harmful().contains(&verdict),
        };
        let cases = vec![
            case(Edit::Verbatim, Verdict::Supported),
            case(Edit::Verbatim, Verdict::Contradicted),
            case(Edit::Year, Verdict::Supported),
            case(Edit::Year, Verdict::Contradicted),
            case(Edit::Day, Verdict::Contradicted),
        ];
        let report = MutationReport { sentences: 2, cases };
        assert_eq!(report.falsely(Verdict::Supported), Rate { hits: 1, trials: 3 });
        assert_eq!(report.falsely(Verdict::Contradicted), Rate { hits: 2, trials: 3 });
        assert_eq!(report.sure(), 3);
        let rows = report.rows();
        assert_eq!(rows[0].right, Rate { hits: 1, trials: 2 });
        assert_eq!(rows[1].harmful, Rate { hits: 1, trials: 2 });
    }
}
