//! Test collections: folders in BEIR's layout (`corpus.jsonl`, `queries.jsonl`, qrels), or files of
//! claims with evidence.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::trec::Qrels;
use pincite_core::{Error, Result};

/// A test collection: documents, topics and judgements.
#[derive(Debug, Clone)]
pub struct TestCollection {
    /// The documents.
    pub documents: Vec<CorpusDocument>,
    /// The judged topics, in the order of the file.
    pub topics: Vec<Topic>,
    /// The judgements.
    pub qrels: Qrels,
}

/// A document of a collection.
#[derive(Debug, Clone, Deserialize)]
pub struct CorpusDocument {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// Its title; empty if it has none.
    #[serde(default)]
    pub title: String,
    /// Its text.
    pub text: String,
}

/// A topic: a query with an id.
#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    /// Its id.
    #[serde(rename = "_id")]
    pub id: String,
    /// The query.
    pub text: String,
}

impl CorpusDocument {
    /// Returns whether the document is the topic itself: same id, nearly the same words. In
    /// collections whose queries are documents, such as ArguAna, each query would find itself;
    /// elsewhere equal ids mean nothing.
    pub(super) fn is_topic(&self, topic: &Topic) -> bool {
        if self.id != topic.id {
            return false;
        }
        let own = lower_words(&format!("{} {}", self.title, self.text));
        let asked = lower_words(&topic.text);
        let shared = own.intersection(&asked).count();
        2.0 * shared as f64 >= SAME_TEXT * (own.len() + asked.len()) as f64
    }
}

/// The minimum overlap (Dice coefficient) of the words of a document and a topic that are the same
/// text.
const SAME_TEXT: f64 = 0.8;

fn lower_words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[derive(Deserialize)]
struct ClaimWithEvidence {
    claim: String,
    evidence: Vec<String>,
}

impl TestCollection {
    /// Makes a collection from a JSON Lines file of claims with evidence: every evidence text is a
    /// document, each claim is a topic, and its own evidence is relevant. Equal texts are one
    /// document, equal claims one topic.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if the file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a claim
    /// cannot be parsed.
    pub fn of_evidence(file: &Path) -> Result<Self> {
        let mut documents: Vec<CorpusDocument> = Vec::new();
        let mut topics: Vec<Topic> = Vec::new();
        let mut qrels = Qrels::default();
        let mut ids: BTreeMap<String, String> = BTreeMap::new();
        let mut topic_ids: BTreeMap<String, String> = BTreeMap::new();
        for ClaimWithEvidence { claim, evidence } in jsonl::<ClaimWithEvidence>(file)? {
            let topic = topic_ids.entry(claim).or_insert_with_key(|claim| {
                let id = format!("claim-{}", topics.len() + 1);
                topics.push(Topic { id: id.clone(), text: claim.clone() });
                id
            });
            for text in evidence.into_iter().filter(|text| !text.trim().is_empty()) {
                let id = ids.entry(text).or_insert_with_key(|text| {
                    let id = format!("evidence-{}", documents.len() + 1);
                    let title = String::new();
                    documents.push(CorpusDocument { id: id.clone(), title, text: text.clone() });
                    id
                });
                qrels.judge(topic, id, 1);
            }
        }
        topics.retain(|topic| qrels.is_judged(&topic.id));
        Ok(Self { documents, topics, qrels })
    }

    /// Reads the collection in `folder`: `corpus.jsonl`, `queries.jsonl`, and the first of
    /// `qrels.trec`, `qrels.tsv` and `qrels/test.tsv` that exists. `queries` and `qrels` name other
    /// files to use instead; queries are JSON Lines as in BEIR, or lines of an id, a tab and the
    /// text.
    ///
    /// # Errors
    /// [`FileError::Io`](pincite_core::FileError::Io) if a file cannot be read,
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with file and line, if a line
    /// cannot be parsed.
    pub fn read(folder: &Path, queries: Option<&Path>, qrels: Option<&Path>) -> Result<Self> {
        let names = ["qrels.trec", "qrels.tsv", "qrels/test.tsv"].map(|name| folder.join(name));
        let found = names.iter().find(|path| path.exists()).unwrap_or(&names[0]);
        let qrels = Qrels::read(qrels.unwrap_or(found))?;
        let mut topics = read_topics(queries.unwrap_or(&folder.join("queries.jsonl")))?;
        topics.retain(|topic| qrels.is_judged(&topic.id));
        Ok(Self { documents: jsonl(&folder.join("corpus.jsonl"))?, topics, qrels })
    }
}

fn read_topics(path: &Path) -> Result<Vec<Topic>> {
    if path.extension().is_some_and(|extension| extension == "jsonl" || extension == "json") {
        return jsonl(path);
    }
    let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    let mut topics = Vec::new();
    for (n, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let Some((id, text)) = line.split_once('\t') else {
            return Err(Error::malformed(path, n, None, "a topic has an id, a tab and its text"));
        };
        topics.push(Topic { id: id.trim().to_owned(), text: text.trim().to_owned() });
    }
    Ok(topics)
}

/// Reads a JSON Lines file; blank lines are skipped.
pub(super) fn jsonl<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(path).map_err(Error::io("read", path))?;
    let mut values = Vec::new();
    for (n, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            continue;
        }
        values.push(serde_json::from_str(line).map_err(|error| {
            let message = error.to_string();
            // The parser sees a single line, so its "at line 1" would mislead.
            let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
            Error::malformed(path, n, error.column(), message)
        })?);
    }
    Ok(values)
}

/// Returns values as JSON Lines.
pub(super) fn to_jsonl<T: Serialize>(values: &[T]) -> String {
    values.iter().map(|value| serde_json::to_string(value).unwrap_or_default() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_a_topic_where_id_and_words_are_the_same() {
        let document = |id: &str| CorpusDocument {
            id: id.to_owned(),
            title: "Ferries".to_owned(),
            text: "The ferry was late again.".to_owned(),
        };
        let topic = |text: &str| Topic { id: "1".to_owned(), text: text.to_owned() };
        let same = topic("ferries: the ferry was late, again");
        assert!(document("1").is_topic(&same));
        assert!(!document("2").is_topic(&same), "another id");
        assert!(!document("1").is_topic(&topic("When was the ferry late?")), "another text");
    }

    #[test]
    fn evidence_and_claims_that_are_the_same_count_once() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let lines = [
            r#"{"claim": "It rained.", "evidence": ["Rain fell.", "It was wet."]}"#,
            r#"{"claim": "It was wet.", "evidence": ["Rain fell."]}"#,
            r#"{"claim": "It rained.", "evidence": ["Drops fell."]}"#,
            r#"{"claim": "Nobody knows.", "evidence": [" "]}"#,
        ];
        fs::write(file.path(), lines.join("\n")).unwrap();
        let TestCollection { documents, topics, qrels } =
            TestCollection::of_evidence(file.path()).unwrap();
        assert_eq!((documents.len(), topics.len()), (3, 2));
        assert_eq!(qrels.grade("claim-1", "evidence-3"), 1);
        assert_eq!(qrels.grade("claim-2", "evidence-1"), 1);
        assert_eq!(qrels.grade("claim-2", "evidence-2"), 0);
    }
}
