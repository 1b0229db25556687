//! Test collections laid out as BEIR has them: `corpus.jsonl`, `queries.jsonl`, and the judgements.

use std::fs;
use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::trec::Qrels;
use pincite_core::{Error, Result};

/// A test collection: documents, topics, and which answer which.
#[derive(Debug, Clone)]
pub struct Collection {
    /// The documents.
    pub documents: Vec<Document>,
    /// The topics that are judged, in the order of the file.
    pub topics: Vec<Topic>,
    /// The judgements.
    pub qrels: Qrels,
}

/// A document of a collection.
#[derive(Debug, Clone, Deserialize)]
pub struct Document {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its title, empty where it has none.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A topic: what is asked.
#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The query.
    pub text: String,
}

impl Collection {
    /// Reads the collection in `folder`: `corpus.jsonl`, `queries.jsonl` and the judgements, which are `qrels.trec`,
    /// `qrels.tsv` or BEIR's `qrels/test.tsv`, the first that is there. Queries and judgements can be taken from other
    /// files: queries are JSON lines as in BEIR, or else lines with an id, a tab and the text.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) where a file is missing, [`FileError::Malformed`](pincite_core::FileError::Malformed) with file and line where one cannot be read.
    pub fn read(folder: &Path, queries: Option<&Path>, qrels: Option<&Path>) -> Result<Self> {
        let names = ["qrels.trec", "qrels.tsv", "qrels/test.tsv"].map(|name| folder.join(name));
        let found = names.iter().find(|path| path.exists()).unwrap_or(&names[0]);
        let qrels = Qrels::read(qrels.unwrap_or(found))?;
        let mut topics = topics(queries.unwrap_or(&folder.join("queries.jsonl")))?;
        topics.retain(|topic| qrels.is_judged(&topic.id));
        Ok(Self { documents: jsonl(&folder.join("corpus.jsonl"))?, topics, qrels })
    }
}

fn topics(path: &Path) -> Result<Vec<Topic>> {
    if path.extension().is_some_and(|extension| extension == "jsonl" || extension == "json") {
        return jsonl(path);
    }
    let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let topic = |(n, line): (usize, &str)| match line.split_once('\t') {
        Some((id, text)) => Ok(Topic { id: id.trim().to_owned(), text: text.trim().to_owned() }),
        None => Err(Error::malformed(path, n + 1, None, "a topic has an id, a tab and its text")),
    };
    lines.map(topic).collect()
}

/// Reads a JSON value a line; blank lines are passed over.
pub(super) fn jsonl<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let value = |(n, line)| {
        serde_json::from_str(line).map_err(|error: serde_json::Error| {
            let message = error.to_string();
            // The parser knows of this one line only, so that its “at line 1” would mislead.
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            Error::malformed(path, n + 1, error.column(), message)
        })
    };
    lines.map(value).collect()
}
