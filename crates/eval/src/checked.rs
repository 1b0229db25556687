//! [`Checked`]: claims checked end to end, through an index of the articles that they were judged by.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::beir::jsonl;
use super::{CorpusDocument, IndexFolder, IndexedCollection};
use pincite_core::Result;
use pincite_core::check::{Checker, Verdict};
use pincite_core::index::Progress;

/// Claims with what people judged of each, and the articles to find it in.
pub struct Checked {
    /// Each claim once, with its label.
    claims: BTreeMap<String, String>,
    articles: Vec<CorpusDocument>,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    /// The article that the evidence is of.
    title: Option<String>,
    label: String,
    /// What was judged of the claim by all its evidence.
    claim_label: Option<String>,
    /// Only where the evidence is a whole article.
    supporting_sentences: Option<Vec<Vec<usize>>>,
}

/// What the program says of claims, beside what people judged.
#[derive(Debug, Clone, PartialEq)]
pub struct CheckReport {
    /// How many articles were searched.
    pub articles: usize,
    /// How often claims of each label got each verdict.
    pub verdicts: BTreeMap<String, BTreeMap<&'static str, usize>>,
    /// The same of verdicts with a confidence of at least .9.
    pub sure: BTreeMap<String, BTreeMap<&'static str, usize>>,
}

/// So many sentences make a paragraph: articles come without.
const PARAGRAPH: usize = 4;

impl Checked {
    /// Reads claims whose evidence names its article (`title`, and `claim_label` for the whole claim, as Climate-FEVER has
    /// them) or is a whole article (as WiCE has it). `None` where it is neither: then there is nothing to search.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file, [`FileError::Malformed`](pincite_core::FileError::Malformed) with the
    /// line where one cannot be read.
    pub fn read(path: &Path) -> Result<Option<Checked>> {
        let mut claims = BTreeMap::new();
        let mut articles: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (i, line) in jsonl::<Line>(path)?.into_iter().enumerate() {
            let (title, label) = match line {
                Line { title: Some(title), claim_label: Some(label), .. } => (title, label),
                Line { supporting_sentences: Some(_), label, .. } => (format!("{i}"), label),
                _ => return Ok(None),
            };
            let sentences = articles.entry(title).or_default();
            let new: Vec<String> =
                line.evidence.into_iter().filter(|text| !sentences.contains(text)).collect();
            sentences.extend(new);
            claims.insert(line.claim, label);
        }
        let article = |(title, sentences): (String, Vec<String>)| {
            let paragraphs: Vec<String> =
                sentences.chunks(PARAGRAPH).map(|sentences| sentences.join(" ")).collect();
            CorpusDocument { id: title.clone(), title, text: paragraphs.join("\n\n") }
        };
        Ok(Some(Checked { claims, articles: articles.into_iter().map(article).collect() }))
    }

    /// Indexes the articles and checks every claim.
    ///
    /// # Errors
    /// Where the index cannot be written or read.
    pub fn measure(&self, progress: &dyn Progress) -> Result<CheckReport> {
        let indexed = IndexedCollection::new(&self.articles, IndexFolder::temporary()?, progress)?;
        let checker = Checker::new(indexed.searcher());
        let zero = || -> BTreeMap<&'static str, usize> {
            Verdict::ALL.map(|verdict| (verdict.name(), 0)).into()
        };
        let mut report = CheckReport {
            articles: self.articles.len(),
            verdicts: BTreeMap::new(),
            sure: BTreeMap::new(),
        };
        for (claim, label) in &self.claims {
            let check = checker.check(claim)?;
            let add = |table: &mut BTreeMap<String, BTreeMap<&'static str, usize>>, n| {
                *table
                    .entry(label.clone())
                    .or_insert_with(zero)
                    .entry(check.verdict.name())
                    .or_default() += n;
            };
            add(&mut report.verdicts, 1);
            add(&mut report.sure, usize::from(check.confidence >= 0.9));
        }
        Ok(report)
    }
}
