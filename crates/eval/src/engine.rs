//! [`Engine`]: a collection searched as users search.

use std::collections::{BTreeMap, HashSet};

use super::folder::{Declared, File, Folder};
use super::{Document, Examples, Qrels, RunEntry, Topic};
use pincite_core::Result;
use pincite_core::index::{Progress, Remark};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::source::{PassageId, SourceId};

/// A collection's documents, indexed and ranked by the very code that users run: each is a text file whose title is
/// declared beside it, cut into paragraphs, and queries are prose.
pub struct Engine {
    searcher: Searcher,
    /// The collection's id for each source: its own need not be one that sources can have.
    documents: BTreeMap<SourceId, String>,
    skipped: Vec<Remark>,
    /// Where the index lies.
    _folder: Folder,
}

impl Engine {
    /// Writes the documents into `folder` and indexes them. One that has a title only is a text that consists of it; one
    /// that has nothing cannot be found.
    pub fn new(documents: &[Document], folder: Folder, progress: &dyn Progress) -> Result<Engine> {
        let name = |i: usize| format!("{i:07}.txt");
        let file = |(i, document): (usize, &Document)| {
            let Document { id, title, text } = document;
            let text = if text.trim().is_empty() { title } else { text };
            let declared = Declared { id: id.clone(), title: title.trim().to_owned() };
            (!text.trim().is_empty()).then(|| File { name: name(i), text: text.clone(), declared })
        };
        let (searcher, report) =
            folder.index(documents.iter().enumerate().filter_map(file).collect(), progress)?;
        let by_file: BTreeMap<String, &str> = documents
            .iter()
            .enumerate()
            .map(|(i, document)| (name(i), document.id.as_str()))
            .collect();
        let sources = searcher.reader().sources()?.into_iter();
        let documents = sources.filter_map(|entry| {
            Some((entry.source.id, (*by_file.get(&entry.source.file)?).to_owned()))
        });
        Ok(Engine {
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

    /// The best `depth` documents for a topic.
    pub fn rank(&self, topic: &Topic, depth: usize) -> Result<Vec<RunEntry>> {
        let query = Query::prose(&topic.text);
        let mut passages = depth;
        loop {
            let ranking = self.searcher.ranking(&query, passages)?;
            let exhausted = ranking.len() < passages;
            passages = 2 * ranking.len();
            let documents = self.best_passages(ranking);
            // Passages of a few documents can fill the ranking; then more are needed.
            if exhausted || documents.len() >= depth {
                return Ok(RunEntry::best(documents, depth));
            }
        }
    }

    /// What is measured of the candidates for each of these topics: of the passage that is found first of each document.
    pub fn examples(&self, name: &str, topics: &[Topic], qrels: &Qrels) -> Result<Examples> {
        let mut examples = Examples::new(name, qrels);
        for topic in topics {
            let mut seen = HashSet::new();
            let measured = self.searcher.measured(&Query::prose(&topic.text), 0)?.into_iter();
            let first = measured.filter(|(passage, _)| seen.insert(passage.source.clone()));
            let documents = first.filter_map(|(passage, features)| {
                Some((self.documents.get(&passage.source)?.clone(), features))
            });
            examples.add(&topic.id, documents.collect());
        }
        Ok(examples)
    }

    /// Documents by their best passage. What a reader of a ranking of passages meets first decides, and one passage that
    /// answers is all a citation needs; sums would favour long documents.
    fn best_passages(&self, ranking: Vec<(PassageId, f64)>) -> Vec<RunEntry> {
        let mut seen = HashSet::new();
        let first = ranking.into_iter().filter(|(passage, _)| seen.insert(passage.source.clone()));
        first
            .filter_map(|(passage, score)| {
                Some(RunEntry { document: self.documents.get(&passage.source)?.clone(), score })
            })
            .collect()
    }
}
