//! [`Passages`]: measures whether claims find their passages in a folder of articles.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::beir::jsonl;
use super::folder::index_articles;
use super::{Bm25, CorpusDocument, Examples, Measurement, Metric, Qrels, Topic};
use pincite_core::Result;
use pincite_core::index::Progress;
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::PassageId;

/// A folder of articles, and claims about them, each with the passages expected first.
pub struct Passages {
    folder: PathBuf,
    claims: Vec<Claim>,
}

#[derive(Deserialize)]
struct Claim {
    claim: String,
    expect: Vec<PassageId>,
}

impl Passages {
    /// Reads claims about the articles in `folder` from a JSON Lines file: `claim`, and `expect`,
    /// the ids of passages.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a claim
    /// cannot be parsed.
    pub fn read(claims: &Path, folder: &Path) -> Result<Passages> {
        Ok(Passages { folder: folder.to_owned(), claims: jsonl(claims)? })
    }

    /// Returns the features of the candidates for each claim. The claims are topics, numbered from
    /// 1.
    ///
    /// # Errors
    /// If the folder cannot be read, or the index cannot be written or read.
    pub fn examples(&self, name: &str, progress: &dyn Progress) -> Result<Examples> {
        let (_dir, searcher) = index_articles(std::slice::from_ref(&self.folder), progress)?;
        let mut qrels = Qrels::default();
        let mut topics = Vec::new();
        for (topic, claim) in (1..).zip(&self.claims) {
            let id = i32::to_string(&topic);
            for passage in &claim.expect {
                qrels.judge(&id, &paragraph(passage), 1);
            }
            topics.push(Topic { id, text: claim.claim.clone() });
        }
        let documents = documents(&searcher)?;
        let bm25 = Bm25::new(&documents);
        let baseline =
            Measurement::of(&topics, &qrels, |topic| Ok(bm25.rank(topic, documents.len())))?;
        let mut examples = Examples::new(name, Metric::Success1, &qrels);
        for topic in &topics {
            let measured = searcher.measured(&Query::prose(&topic.text), 0)?;
            let candidates =
                measured.into_iter().map(|(id, features)| (paragraph(&id), features)).collect();
            examples.add(&topic.id, candidates, baseline.topics.get(&topic.id));
        }
        Ok(examples)
    }
}

/// Returns the passages of an index, with the titles of their sources, for plain BM25.
fn documents(searcher: &Searcher) -> Result<Vec<CorpusDocument>> {
    let mut documents = Vec::new();
    for entry in searcher.reader().sources()? {
        let source = entry.source;
        for passage in searcher.reader().passages(&source.id)? {
            documents.push(CorpusDocument {
                id: passage.id().to_string(),
                title: source.metadata.title().unwrap_or_default().to_owned(),
                text: passage.plain().to_owned(),
            });
        }
    }
    Ok(documents)
}

/// Returns the id of the paragraph that has the passage.
fn paragraph(id: &PassageId) -> String {
    PassageId { sentences: None, ..id.clone() }.to_string()
}
