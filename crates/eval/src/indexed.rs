//! [`IndexedCollection`]: a collection searched as users search.

use std::collections::{BTreeMap, HashSet};

use super::folder::{CorpusFile, FileMetadata, IndexFolder};
use super::{Bm25, CorpusDocument, Examples, Measurement, Metric, RunEntry, TestCollection, Topic};
use pincite_core::Result;
use pincite_core::index::{Progress, Remark};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::{PassageId, SourceId};

/// A collection's documents, indexed and ranked by the very code that users run: each is a text file whose title is
/// declared beside it, cut into paragraphs, and queries are prose.
pub struct IndexedCollection {
    searcher: Searcher,
    /// The collection's document of each source: its id need not be one that sources can have.
    documents: BTreeMap<SourceId, CorpusDocument>,
    skipped: Vec<Remark>,
    /// Where the index lies.
    _folder: IndexFolder,
}

impl IndexedCollection {
    /// Writes the documents into `folder` and indexes them. One that has a title only is a text that consists of it; one
    /// that has nothing cannot be found.
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

    /// What searches the index.
    pub(super) fn searcher(&self) -> &Searcher {
        &self.searcher
    }

    /// Documents that are not in the index, by file name, and why.
    pub fn skipped(&self) -> &[Remark] {
        &self.skipped
    }

    /// The best `depth` documents for a topic, but not itself where it is one of them.
    pub fn rank(&self, topic: &Topic, depth: usize) -> Result<Vec<RunEntry>> {
        let query = Query::prose(&topic.text);
        let mut passages = depth;
        loop {
            let ranking = self.searcher.ranking(&query, passages)?;
            let exhausted = ranking.len() < passages;
            passages = 2 * ranking.len();
            let documents = self.best_passages(topic, ranking);
            // Passages of a few documents can fill the ranking; then more are needed.
            if exhausted || documents.len() >= depth {
                return Ok(RunEntry::best(documents, depth));
            }
        }
    }

    /// What is measured of the candidates for topics of this collection: of the passage that is
    /// found first of each document. At most [`Examples::TOPICS`] topics are asked.
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

    /// Documents by their best passage. What a reader of a ranking of passages meets first decides, and one passage that
    /// answers is all a citation needs; sums would favour long documents.
    fn best_passages(&self, topic: &Topic, ranking: Vec<(PassageId, f64)>) -> Vec<RunEntry> {
        self.first_of_each(topic, ranking)
            .map(|(document, score)| RunEntry { document, score })
            .collect()
    }

    /// The first entry of each document that is not the topic itself.
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

/// How many documents plain BM25 ranks for a topic.
const DEPTH: usize = 100;
