//! [`Checked`]: checks claims end to end, through an index of the articles they were judged by.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::beir::jsonl;
use super::{CorpusDocument, IndexFolder, IndexedCollection};
use pincite_core::Result;
use pincite_core::check::{Checker, Verdict};
use pincite_core::index::Progress;

/// Labelled claims, and the articles with the evidence.
pub struct Checked {
    /// The label of each claim.
    claims: BTreeMap<String, String>,
    articles: Vec<CorpusDocument>,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    /// The title of the article that has the evidence.
    title: Option<String>,
    label: String,
    /// The label of the claim by all its evidence together.
    claim_label: Option<String>,
    /// Present if the evidence is a whole article.
    supporting_sentences: Option<Vec<Vec<usize>>>,
}

/// Verdicts by label.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// The number of articles searched.
    pub articles: usize,
    /// For each label, the number of claims with each verdict.
    pub verdicts: VerdictCounts,
    /// The same, counting only verdicts with a confidence of at least 0.9.
    pub sure: VerdictCounts,
}

/// For each label, the number of claims with each verdict.
pub type VerdictCounts = BTreeMap<String, BTreeMap<&'static str, usize>>;

/// The label of evidence that says nothing of its claim.
const NEITHER: &str = "NOT_ENOUGH_INFO";

/// The number of sentences in a paragraph: these articles come without paragraphs.
const PARAGRAPH: usize = 4;

impl Checked {
    /// Reads claims whose evidence names its article (`title`, and in Climate-FEVER `claim_label` for
    /// the whole claim) or is a whole article (as in WiCE). Returns `None` if it is neither: then
    /// there are no articles to search.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a claim
    /// cannot be parsed.
    pub fn read(path: &Path) -> Result<Option<Checked>> {
        let mut claims = BTreeMap::new();
        let mut articles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (i, line) in jsonl::<Line>(path)?.into_iter().enumerate() {
            let (title, label) = match line {
                Line { title: Some(title), claim_label, label, .. } => {
                    (title, claim_label.unwrap_or(label))
                }
                Line { supporting_sentences: Some(_), label, .. } => (format!("{i}"), label),
                _ => return Ok(None),
            };
            let sentences = articles.entry(title).or_default();
            let new: Vec<String> =
                line.evidence.into_iter().filter(|text| !sentences.contains(text)).collect();
            sentences.extend(new);
            // A claim may have evidence of several articles, of which some say nothing of it.
            let known = claims.entry(line.claim).or_insert_with(|| label.clone());
            if known == NEITHER {
                *known = label;
            }
        }
        let articles = articles.into_iter().map(|(title, sentences)| article(title, &sentences));
        Ok(Some(Checked { claims, articles: articles.collect() }))
    }

    /// Indexes the articles and checks every claim.
    ///
    /// # Errors
    /// If the index cannot be written or read.
    pub fn measure(&self, progress: &dyn Progress) -> Result<CheckReport> {
        let indexed = IndexedCollection::new(&self.articles, IndexFolder::temporary()?, progress)?;
        let mut checker = Checker::new(indexed.searcher());
        let zero: BTreeMap<&'static str, usize> =
            Verdict::ALL.map(|verdict| (verdict.name(), 0)).into();
        let zeros: VerdictCounts =
            self.claims.values().map(|label| (label.clone(), zero.clone())).collect();
        let mut report =
            CheckReport { articles: self.articles.len(), verdicts: zeros.clone(), sure: zeros };
        for (claim, label) in &self.claims {
            let check = checker.check(claim)?;
            count(&mut report.verdicts, label, check.verdict);
            if check.confidence >= Some(0.9) {
                count(&mut report.sure, label, check.verdict);
            }
        }
        Ok(report)
    }
}

/// Makes a document of sentences.
fn article(title: String, sentences: &[String]) -> CorpusDocument {
    let paragraphs: Vec<String> =
        sentences.chunks(PARAGRAPH).map(|sentences| sentences.join(" ")).collect();
    CorpusDocument { id: title.clone(), title, text: paragraphs.join("\n\n") }
}

fn count(counts: &mut VerdictCounts, label: &str, verdict: Verdict) {
    if let Some(count) = counts.get_mut(label).and_then(|row| row.get_mut(verdict.name())) {
        *count += 1;
    }
}
