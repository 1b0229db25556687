//! [`CitedClaims`]: whether the sentences that support a claim are found in the article it cites.

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

/// Claims, each with the sentences of an article and which of them support it, as WiCE has them (Kamoi et al., “WiCE:
/// real-world entailment for claims in Wikipedia”, EMNLP 2023).
pub struct CitedClaims {
    topics: Vec<Topic>,
    qrels: Qrels,
    /// By topic: the sentences of its article. Their ids are their places, counted from 0.
    articles: BTreeMap<String, Vec<CorpusDocument>>,
}

#[derive(Deserialize)]
struct Line {
    claim: String,
    evidence: Vec<String>,
    /// Sets of sentences, each of which supports the claim by itself.
    supporting_sentences: Vec<Vec<usize>>,
}

impl CitedClaims {
    /// Reads claims, one JSON object a line. A sentence is relevant when it is in any of the claim's supporting sets;
    /// claims without one say nothing of a ranking and are left out. Topics are numbered by line, from 1.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file, [`FileError::Malformed`](pincite_core::FileError::Malformed) with the
    /// line where one cannot be read.
    pub fn read(path: &Path) -> Result<CitedClaims> {
        let mut claims =
            CitedClaims { topics: Vec::new(), qrels: Qrels::default(), articles: BTreeMap::new() };
        for (n, Line { claim, evidence, supporting_sentences }) in (1..).zip(jsonl::<Line>(path)?) {
            let id = n.to_string();
            let sentence = |(i, text): (usize, String)| CorpusDocument {
                id: i.to_string(),
                title: String::new(),
                text,
            };
            claims
                .articles
                .insert(id.clone(), evidence.into_iter().enumerate().map(sentence).collect());
            for sentence in supporting_sentences.concat() {
                claims.qrels.judge(&id, &sentence.to_string(), 1);
            }
            if claims.qrels.is_judged(&id) {
                claims.topics.push(Topic { id, text: claim });
            }
        }
        Ok(claims)
    }

    /// Ranks each claim's sentences, and the same with plain BM25. Every sentence is a paragraph of its article. Here
    /// words are as rare as they are in all articles, as when a user asks one source of many; plain BM25 has the
    /// statistics of the claim's article alone, with which it does better.
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

    /// Plain BM25.
    fn baseline(&self) -> Result<Measurement> {
        let bm25: BTreeMap<&String, Bm25> =
            self.articles.iter().map(|(id, article)| (id, Bm25::new(article))).collect();
        Measurement::of(&self.topics, &self.qrels, |topic| {
            Ok(bm25[&topic.id].rank(topic, self.articles[&topic.id].len()))
        })
    }

    /// What is measured of the candidates for each claim.
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
            let mut candidates = Vec::new();
            for (id, features) in
                searcher.measured(&self.query(topic), self.articles[&topic.id].len())?
            {
                candidates.extend(
                    self.sentence(&searcher, topic, &id)?
                        .map(|sentence| (sentence.id.clone(), features)),
                );
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
            let sentence = self.sentence(searcher, topic, &id)?;
            entries
                .extend(sentence.map(|sentence| RunEntry { document: sentence.id.clone(), score }));
        }
        Ok(entries)
    }

    /// The sentence that a passage is. By its line: not every sentence comes to be a paragraph, so that the two are not
    /// counted alike.
    fn sentence(
        &self,
        searcher: &Searcher,
        topic: &Topic,
        id: &PassageId,
    ) -> Result<Option<&CorpusDocument>> {
        let passage = searcher.reader().passage(&id.source, id.paragraph)?;
        Ok(passage
            .and_then(|passage| self.articles[&topic.id].get((passage.start.line - 1) / LINES)))
    }
}

/// How many lines a sentence takes in its file: its own, and the empty one that makes it a paragraph.
const LINES: usize = 2;

/// An article in Markdown, in which nothing is markup and each sentence is a paragraph.
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

/// Text with every character escaped that could be markup.
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
