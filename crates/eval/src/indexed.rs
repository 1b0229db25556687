//! [`IndexedCollection`]: searches a test collection as users search their articles.

use std::collections::{BTreeMap, HashSet};

use super::folder::{CorpusFile, FileMetadata, IndexFolder};
use super::{Bm25, CorpusDocument, Examples, Measurement, Metric, RunEntry, TestCollection, Topic};
use pincite_core::Result;
use pincite_core::index::{Progress, Remark};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::{PassageId, SourceId};

/// The documents of a collection, indexed and ranked by the code that users run. Each document is a
/// text file with a declared title, split into paragraphs; queries are prose.
pub struct IndexedCollection {
    searcher: Searcher,
    /// The document of each source: not every document id can be a source id.
    documents: BTreeMap<SourceId, CorpusDocument>,
    skipped: Vec<Remark>,
    /// Holds the index; dropping it may delete the files.
    _folder: IndexFolder,
}

impl IndexedCollection {
    /// Writes the documents into `folder` and indexes them. The text of a document without one is
    /// its title; an empty document is left out.
    ///
    /// # Errors
    /// If the files or the index cannot be written.
    pub fn new(
        documents: &[CorpusDocument],
        folder: IndexFolder,
        progress: &dyn Progress,
    ) -> Result<IndexedCollection> {
        let name = |i: usize| format!("{i:07}.txt");
        let file = |(i, document): (usize, &CorpusDocument)| {
            let CorpusDocument { id, title, text } = document;
            let text = if text.trim().is_empty() { title } else { text };
            let declared = FileMetadata { id: id.clone(), title: title.trim().to_owned() };
            (!text.trim().is_empty()).then(|| CorpusFile {
                name: name(i),
                text: text.clone(),
                declared,
            })
        };
        let (searcher, report) =
            folder.index(documents.iter().enumerate().filter_map(file).collect(), progress)?;
        let by_file: BTreeMap<String, &CorpusDocument> =
            documents.iter().enumerate().map(|(i, document)| (name(i), document)).collect();
        let sources = searcher.reader().sources()?.into_iter();
        let documents = sources.filter_map(|entry| {
            Some((entry.source.id, (*by_file.get(&entry.source.file)?).clone()))
        });
        Ok(IndexedCollection {
            documents: documents.collect(),
            searcher,
            skipped: report.skipped,
            _folder: folder,
        })
    }

    /// Returns the searcher over the index.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Returns the files that could not be indexed, and why.
    pub fn skipped(&self) -> &[Remark] {
        &self.skipped
    }

    /// Ranks the best `depth` documents for a topic, without the topic itself.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn rank(&self, topic: &Topic, depth: usize) -> Result<Vec<RunEntry>> {
        let query = Query::prose(&topic.text);
        let mut passages = depth;
        loop {
            let ranking = self.searcher.ranking(&query, passages)?;
            let exhausted = ranking.len() < passages;
            passages = 2 * ranking.len();
            let documents = self.best_passages(topic, ranking);
            // Passages of a few documents can fill the ranking; then more passages are needed.
            if exhausted || documents.len() >= depth {
                return Ok(RunEntry::best(documents, depth));
            }
        }
    }

    /// Returns the features of the candidates for this collection's topics, at most
    /// [`Examples::TOPICS`] of them. The features of a document are those of its first passage.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn examples(&self, name: &str, collection: &TestCollection) -> Result<Examples> {
        let TestCollection { documents, topics, qrels } = collection;
        let step = topics.len().div_ceil(Examples::TOPICS).max(1);
        let topics: Vec<Topic> = topics.iter().step_by(step).cloned().collect();
        let bm25 = Bm25::new(documents);
        let baseline = Measurement::of(&topics, qrels, |topic| Ok(bm25.rank(topic, DEPTH)))?;
        let mut examples = Examples::new(name, Metric::Ndcg10, qrels);
        for topic in topics.iter().filter(|topic| baseline.topics.contains_key(&topic.id)) {
            let measured = self.searcher.measured(&Query::prose(&topic.text), 0)?;
            let documents = self.first_of_each(topic, measured);
            examples.add(&topic.id, documents.collect(), baseline.topics.get(&topic.id));
        }
        Ok(examples)
    }

    /// Ranks documents by their best passage. A citation needs only one passage, and sums would
    /// favour long documents.
    fn best_passages(&self, topic: &Topic, ranking: Vec<(PassageId, f64)>) -> Vec<RunEntry> {
        self.first_of_each(topic, ranking)
            .map(|(document, score)| RunEntry { document, score })
            .collect()
    }

    /// Returns the first entry of each document that is not the topic itself.
    fn first_of_each<T>(
        &self,
        topic: &Topic,
        ranking: Vec<(PassageId, T)>,
    ) -> impl Iterator<Item = (String, T)> {
        let mut seen = HashSet::new();
        let first =
            ranking.into_iter().filter(move |(passage, _)| seen.insert(passage.source.clone()));
        first.filter_map(|(passage, value)| {
            let document = self.documents.get(&passage.source)?;
            (!document.is_topic(topic)).then(|| (document.id.clone(), value))
        })
    }
}

/// The number of documents that plain BM25 ranks for a topic.
const DEPTH: usize = 100;
