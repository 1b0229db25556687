//! [`CitedClaims`]: measures whether the sentences that support a claim are found in the article
//! that it cites.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use serde::Deserialize;

use super::beir::jsonl;
use super::folder::{CorpusFile, FileMetadata, IndexFolder};
use super::{
    Bm25, CollectionReport, CorpusDocument, Examples, Measurement, Metric, Qrels, RunEntry, Topic,
};
use pincite_core::Result;
use pincite_core::index::Progress;
use pincite_core::query::{Filters, Query};
use pincite_core::search::Searcher;
use pincite_core::source::PassageId;

/// Claims, each with the sentences of an article and labels of those that support it, as in WiCE
/// (Kamoi et al., "WiCE: real-world entailment for claims in Wikipedia", EMNLP 2023).
pub struct CitedClaims {
    topics: Vec<Topic>,
    qrels: Qrels,
    /// The sentences of each topic's article. Their ids are their indices, from 0.
    articles: BTreeMap<String, Vec<CorpusDocument>>,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    /// Sets of indices into `evidence`; each set supports the claim by itself.
    supporting_sentences: Vec<Vec<usize>>,
}

impl CitedClaims {
    /// Reads claims from a JSON Lines file. A sentence is relevant if it is in any of the claim's
    /// supporting sets; claims without supporting sentences are left out. Topics are numbered by
    /// line, from 1.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a claim
    /// cannot be parsed.
    pub fn read(path: &Path) -> Result<CitedClaims> {
        let mut claims =
            CitedClaims { topics: Vec::new(), qrels: Qrels::default(), articles: BTreeMap::new() };
        for (n, Line { claim, evidence, supporting_sentences }) in (1..).zip(jsonl::<Line>(path)?) {
            let id = n.to_string();
            let mut article = Vec::new();
            for (i, text) in evidence.into_iter().enumerate() {
                article.push(CorpusDocument { id: i.to_string(), title: String::new(), text });
            }
            claims.articles.insert(id.clone(), article);
            for sentence in supporting_sentences.concat() {
                claims.qrels.judge(&id, &sentence.to_string(), 1);
            }
            if claims.qrels.is_judged(&id) {
                claims.topics.push(Topic { id, text: claim });
            }
        }
        Ok(claims)
    }

    /// Ranks the sentences of each claim's article, with pincite and with plain BM25. Every
    /// sentence is a paragraph. pincite has the idf of all articles, as when a user restricts a
    /// query to one source; plain BM25 has that of the article alone, with which it does better.
    ///
    /// # Errors
    /// If the index cannot be written or read.
    pub fn measure(
        &self,
        name: &str,
        folder: &IndexFolder,
        progress: &dyn Progress,
    ) -> Result<CollectionReport> {
        let searcher = self.searcher(folder, progress)?;
        let ours = Measurement::of(&self.topics, &self.qrels, |topic| self.rank(&searcher, topic))?;
        let baseline = self.baseline()?;
        Ok(CollectionReport { collection: name.to_owned(), ours, baseline: Some(baseline) })
    }

    /// Ranks with plain BM25.
    fn baseline(&self) -> Result<Measurement> {
        let bm25: BTreeMap<&String, Bm25> =
            self.articles.iter().map(|(id, article)| (id, Bm25::new(article))).collect();
        Measurement::of(&self.topics, &self.qrels, |topic| {
            Ok(bm25[&topic.id].rank(topic, self.articles[&topic.id].len()))
        })
    }

    /// Returns the features of the candidates for each claim.
    ///
    /// # Errors
    /// If the index cannot be written or read.
    pub fn examples(
        &self,
        name: &str,
        folder: &IndexFolder,
        progress: &dyn Progress,
    ) -> Result<Examples> {
        let searcher = self.searcher(folder, progress)?;
        let baseline = self.baseline()?;
        let mut examples = Examples::new(name, Metric::Map, &self.qrels);
        for topic in &self.topics {
            let all = self.articles[&topic.id].len();
            let mut candidates = Vec::new();
            for (id, features) in searcher.measured(&self.query(topic), all)? {
                if let Some(sentence) = self.sentence(&searcher, topic, &id)? {
                    candidates.push((sentence.id.clone(), features));
                }
            }
            examples.add(&topic.id, candidates, baseline.topics.get(&topic.id));
        }
        Ok(examples)
    }

    fn searcher(&self, folder: &IndexFolder, progress: &dyn Progress) -> Result<Searcher> {
        let files = self.articles.iter().map(|(id, article)| file(id, article)).collect();
        Ok(folder.index(files, progress)?.0)
    }

    fn query(&self, topic: &Topic) -> Query {
        Query::prose(&topic.text)
            .filtered(Filters { source: vec![topic.id.clone()], ..Filters::default() })
    }

    fn rank(&self, searcher: &Searcher, topic: &Topic) -> Result<Vec<RunEntry>> {
        let mut entries = Vec::new();
        for (id, score) in searcher.ranking(&self.query(topic), self.articles[&topic.id].len())? {
            if let Some(sentence) = self.sentence(searcher, topic, &id)? {
                entries.push(RunEntry { document: sentence.id.clone(), score });
            }
        }
        Ok(entries)
    }

    /// Returns the sentence of a passage, found by its line: some sentences do not become
    /// paragraphs, so paragraph numbers and indices differ.
    fn sentence(
        &self,
        searcher: &Searcher,
        topic: &Topic,
        id: &PassageId,
    ) -> Result<Option<&CorpusDocument>> {
        let Some(passage) = searcher.reader().passage(&id.source, id.paragraph)? else {
            return Ok(None);
        };
        Ok(self.articles[&topic.id].get((passage.start.line - 1) / LINES))
    }
}

/// The number of lines of a sentence in its file: its own, and the blank one after it.
const LINES: usize = 2;

/// Returns an article as Markdown: each sentence is a paragraph without markup.
fn file(id: &str, sentences: &[CorpusDocument]) -> CorpusFile {
    let mut text = String::new();
    for sentence in sentences {
        let words: Vec<&str> = sentence.text.split_whitespace().collect();
        let _ = writeln!(text, "{}\n", escaped(&words.join(" ")));
    }
    CorpusFile {
        name: format!("{id}.md"),
        text,
        declared: FileMetadata { id: id.to_owned(), title: String::new() },
    }
}

/// Escapes every character that could be Markdown markup.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
