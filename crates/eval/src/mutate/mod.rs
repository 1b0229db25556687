//! Checks sentences of articles against the articles themselves: as they are, and edited in ways
//! that make the right verdict known.
//!
//! Nobody has to judge these claims, so any folder of articles can be a test set. In return, an
//! edit must really change the meaning and leave a sentence that somebody could have written. Each
//! edit documents which sentences it skips. A claim is also dropped if another sentence of the
//! corpus may say the same.

mod bound;
mod corpus;
mod edits;
mod sentence;

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;

use pincite_core::Result;
use pincite_core::check::Verdict;
use pincite_core::index::Progress;
use serde::Serialize;

use crate::beir::to_jsonl;
use crate::checks::check_all;
use crate::folder::index_articles;
use crate::random::SplitMix64;
use corpus::SentenceCorpus;
use sentence::Sentence;

pub use bound::upper_bound;
pub use edits::Edit;

/// Options for drawing and editing sentences.
#[derive(Debug, Clone, Copy)]
pub struct Mutations {
    /// The seed: with the same one, the same corpus yields the same claims.
    pub seed: u64,
    /// The maximum number of claims for each edit.
    pub per_edit: usize,
}

/// A claim made from a sentence, and the program's verdict on it.
#[derive(Debug, Clone, Serialize)]
pub struct Case {
    /// The edit that made it.
    #[serde(serialize_with = "edit_name")]
    pub edit: Edit,
    /// The sentence.
    pub sentence: String,
    /// The claim.
    pub claim: String,
    /// The id of the sentence's passage.
    pub source: String,
    /// The program's verdict.
    pub verdict: Verdict,
    /// The confidence of the verdict, from 0 to 1, if it has one.
    pub confidence: Option<f64>,
    /// True if the verdict is right.
    pub right: bool,
    /// True if the verdict misleads.
    pub harmful: bool,
}

fn edit_name<S: serde::Serializer>(
    edit: &Edit,
    serializer: S,
) -> std::result::Result<S::Ok, S::Error> {
    serializer.serialize_str(edit.name())
}

impl Mutations {
    /// Indexes `folders`, makes claims from their sentences, and checks them on all cores.
    ///
    /// # Errors
    /// If a folder cannot be read, or the index cannot be written or read.
    pub fn measure(&self, folders: &[PathBuf], progress: &dyn Progress) -> Result<MutationReport> {
        let (_dir, searcher) = index_articles(folders, progress)?;
        let corpus = SentenceCorpus::read(&searcher)?;
        let made = self.made(&corpus);
        let texts: Vec<&str> = made.iter().map(|it| it.claim.as_str()).collect();
        let verdicts = check_all(&searcher, &texts, |check| (check.verdict, check.confidence))?;
        let mut cases = Vec::new();
        for (Made { edit, at, claim }, (verdict, confidence)) in made.into_iter().zip(verdicts) {
            let sentence = &corpus.sentences[at];
            cases.push(Case {
                edit,
                sentence: sentence.text.clone(),
                claim,
                source: sentence.passage.to_string(),
                verdict,
                confidence,
                right: edit.right().contains(&verdict),
                harmful: edit.harmful().contains(&verdict),
            });
        }
        let sentences = corpus.sentences.iter().filter(|it| it.is_statement()).count();
        Ok(MutationReport { sentences, cases })
    }

    /// Makes the claims: at most one for each sentence and edit, so that all sentences count alike.
    /// If there are more than [`Mutations::per_edit`], they are spread evenly over the corpus.
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

    /// Returns the generator for one sentence and edit. It does not depend on other sentences and
    /// edits, so adding one leaves the others' claims as they are.
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

/// A claim to be checked.
struct Made {
    edit: Edit,
    /// The index of its sentence in the corpus.
    at: usize,
    claim: String,
}

/// Returns the numbers below `n`, ordered so that every prefix is spread evenly: by the fractional
/// parts of multiples of the golden ratio.
fn evenly(n: usize) -> Vec<usize> {
    const GOLDEN: f64 = 0.618_033_988_749_894_9;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| {
        let [a, b] = [a, b].map(|i| (*i as f64 * GOLDEN).fract());
        a.total_cmp(&b)
    });
    order
}

/// The verdicts on edited sentences.
#[derive(Debug, Clone)]
pub struct MutationReport {
    /// The number of sentences that could be edited.
    pub sentences: usize,
    /// The claims, by edit.
    pub cases: Vec<Case>,
}

/// A rate, as counts of hits and trials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// The number of hits.
    pub hits: usize,
    /// The number of trials.
    pub trials: usize,
}

impl Rate {
    /// Returns hits over trials; 0 without trials.
    pub fn share(self) -> f64 {
        if self.trials == 0 { 0.0 } else { self.hits as f64 / self.trials as f64 }
    }

    /// Returns the highest rate consistent with the counts: see [`upper_bound`].
    pub fn upper_bound(self) -> f64 {
        upper_bound(self.hits, self.trials)
    }
}

/// The verdicts on the claims of one edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EditRow {
    /// The edit.
    pub edit: Edit,
    /// The number of claims with each verdict, in the order of [`Verdict::ALL`].
    pub verdicts: [usize; Verdict::ALL.len()],
    /// Right verdicts.
    pub right: Rate,
    /// Misleading verdicts.
    pub harmful: Rate,
    /// The number of misleading verdicts with a confidence of at least 0.9.
    pub sure: usize,
}

impl EditRow {
    fn new(edit: Edit, cases: &[&Case]) -> EditRow {
        let count = |is: fn(&Case) -> bool| cases.iter().filter(|case| is(case)).count();
        let trials = cases.len();
        EditRow {
            edit,
            verdicts: Verdict::ALL
                .map(|verdict| cases.iter().filter(|case| case.verdict == verdict).count()),
            right: Rate { hits: count(|case| case.right), trials },
            harmful: Rate { hits: count(|case| case.harmful), trials },
            sure: count(|case| case.harmful && case.confidence >= Some(0.9)),
        }
    }
}

impl MutationReport {
    /// Returns a row for each edit that made a claim.
    pub fn rows(&self) -> Vec<EditRow> {
        let mut by_edit: BTreeMap<Edit, Vec<&Case>> = BTreeMap::new();
        for case in &self.cases {
            by_edit.entry(case.edit).or_default().push(case);
        }
        by_edit.into_iter().map(|(edit, cases)| EditRow::new(edit, &cases)).collect()
    }

    /// Returns how often `verdict` was given where it is false and misleading.
    pub fn falsely(&self, verdict: Verdict) -> Rate {
        let mut rate = Rate::default();
        for case in self.cases.iter().filter(|case| case.edit.harmful().contains(&verdict)) {
            rate.trials += 1;
            rate.hits += usize::from(case.verdict == verdict);
        }
        rate
    }

    /// Returns the number of misleading verdicts with a confidence of at least 0.9.
    pub fn sure(&self) -> usize {
        self.rows().iter().map(|row| row.sure).sum()
    }

    /// Returns the claims as JSON Lines.
    pub fn to_jsonl(&self) -> String {
        to_jsonl(&self.cases)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_prefix_of_the_order_is_spread_evenly() {
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
            confidence: Some(0.9),
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
