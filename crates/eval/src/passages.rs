//! [`Passages`]: whether claims find the passages that answer them, in a folder of articles.

use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::beir::jsonl;
use super::{Bm25, CorpusDocument, Examples, Measurement, Metric, Qrels, Topic};
use pincite_core::index::{Index, Progress, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::PassageId;
use pincite_core::{Error, Result};

/// Articles in a folder, and claims about them, each with the passages that are expected first.
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
    /// Reads claims about the articles in `folder` from a file, one JSON object a line.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where there is no such file, [`FileError::Malformed`](pincite_core::FileError::Malformed) with the line where one cannot be read.
    pub fn read(claims: &Path, folder: &Path) -> Result<Passages> {
        Ok(Passages { folder: folder.to_owned(), claims: jsonl(claims)? })
    }

    /// What is measured of the candidates for each claim. Topics are numbered by claim, from 1.
    pub fn examples(&self, name: &str, progress: &dyn Progress) -> Result<Examples> {
        let dir =
            tempfile::tempdir().map_err(Error::io("make a folder in", std::env::temp_dir()))?;
        Index::update(
            dir.path(),
            &Update { paths: vec![self.folder.clone()], ..Update::default() },
            progress,
        )?;
        let searcher = Searcher::new(&Index::open(dir.path())?)?;
        let mut qrels = Qrels::default();
        let mut topics = Vec::new();
        for (topic, claim) in (1..).zip(&self.claims) {
            let id = i32::to_string(&topic);
            claim.expect.iter().for_each(|passage| qrels.judge(&id, &whole(passage), 1));
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
                measured.into_iter().map(|(id, features)| (whole(&id), features)).collect();
            examples.add(&topic.id, candidates, baseline.topics.get(&topic.id));
        }
        Ok(examples)
    }
}

/// The passages of an index, each with its source's title, for plain BM25.
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

/// The paragraph that a passage is, or its sentences are of.
fn whole(id: &PassageId) -> String {
    PassageId { sentences: None, ..id.clone() }.to_string()
}
