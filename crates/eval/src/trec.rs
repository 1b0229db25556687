//! TREC's judgements (`qrels`) and rankings (`run`): whitespace-separated columns, a line an entry.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pincite_core::{Error, Result};

/// Which documents answer which topics, and how well.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Qrels {
    topics: BTreeMap<String, HashMap<String, i32>>,
}

impl Qrels {
    /// Reads a file: see [`Qrels::parse`].
    ///
    /// # Errors
    /// Those of [`Qrels::parse`], and [`FileError::Io`](pincite_core::FileError::Io).
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read_to_string(path).map_err(Error::io("read", path))?, path)
    }

    /// Reads `topic iteration document grade` lines, or BEIR's `topic<TAB>document<TAB>grade` with its header line.
    ///
    /// # Errors
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed) with the line where one has other columns or a grade that is no whole number; a later line
    /// about the same document of a topic is an error too, since one of the two must be wrong.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut qrels = Self::default();
        for (n, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (topic, document, grade) = match columns[..] {
                [] => continue,
                [topic, _, document, grade] | [topic, document, grade] => (topic, document, grade),
                _ => {
                    return Err(malformed(
                        path,
                        n,
                        "a judgement has the columns topic, iteration, document, grade",
                    ));
                }
            };
            let Ok(grade) = grade.parse() else {
                if n == 0 && columns.len() == 3 {
                    continue; // BEIR's header: query-id, corpus-id, score.
                }
                return Err(malformed(
                    path,
                    n,
                    &format!("the grade “{grade}” is not a whole number"),
                ));
            };
            let judged = qrels.topics.entry(topic.to_owned()).or_default();
            if judged.insert(document.to_owned(), grade).is_some_and(|before| before != grade) {
                return Err(malformed(
                    path,
                    n,
                    &format!("{document} is judged twice for topic {topic}, differently"),
                ));
            }
        }
        Ok(qrels)
    }

    /// Judges a document for a topic, in place of what it was judged before.
    pub fn judge(&mut self, topic: &str, document: &str, grade: i32) {
        self.topics.entry(topic.to_owned()).or_default().insert(document.to_owned(), grade);
    }

    /// The grade of a document for a topic; 0 where it is not judged.
    pub fn grade(&self, topic: &str, document: &str) -> i32 {
        self.topics.get(topic).and_then(|judged| judged.get(document)).copied().unwrap_or(0)
    }

    /// Whether any document is judged for a topic.
    pub fn is_judged(&self, topic: &str) -> bool {
        self.topics.contains_key(topic)
    }

    /// The topics in order, each with the grades of its judged documents.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &HashMap<String, i32>)> {
        self.topics.iter().map(|(topic, judged)| (topic.as_str(), judged))
    }
}

/// Rankings of documents, one a topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Run {
    topics: BTreeMap<String, Vec<RunEntry>>,
}

/// A document in a ranking.
#[derive(Debug, Clone, PartialEq)]
pub struct RunEntry {
    /// Its id.
    pub document: String,
    /// Its score; only the order of scores within a topic means anything.
    pub score: f64,
}

impl RunEntry {
    /// The best `depth` of these.
    ///
    /// As trec_eval does, documents are ordered by score, the higher first, and those with equal scores by id, the
    /// later in byte order first, whatever order they come in.
    pub(super) fn best(mut entries: Vec<RunEntry>, depth: usize) -> Vec<RunEntry> {
        entries
            .sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| b.document.cmp(&a.document)));
        entries.truncate(depth);
        entries
    }
}

impl Run {
    /// Reads a file: see [`Run::parse`].
    ///
    /// # Errors
    /// Those of [`Run::parse`], and [`FileError::Io`](pincite_core::FileError::Io).
    pub fn read(path: &Path) -> Result<Self> {
        Self::parse(&fs::read_to_string(path).map_err(Error::io("read", path))?, path)
    }

    /// Sets a topic's ranking, in whatever order the documents come.
    pub fn set(&mut self, topic: &str, entries: Vec<RunEntry>) {
        self.topics.insert(topic.to_owned(), RunEntry::best(entries, usize::MAX));
    }

    /// Whether it has a ranking for a topic, be it an empty one.
    pub fn has(&self, topic: &str) -> bool {
        self.topics.contains_key(topic)
    }

    /// How many topics it has rankings for.
    pub fn len(&self) -> usize {
        self.topics.len()
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// A topic's ranking, best first; empty where the run has nothing for it.
    pub fn ranking(&self, topic: &str) -> &[RunEntry] {
        self.topics.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Reads `topic Q0 document rank score tag` lines; the rank is passed over, as trec_eval does.
    ///
    /// # Errors
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed) with the line where one has other columns, a score that is no number, or a document that the
    /// topic has already.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut topics: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for (n, line) in text.lines().enumerate() {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (topic, document, score) = match columns[..] {
                [] => continue,
                [topic, _, document, _, score, _] => (topic, document, score),
                _ => {
                    return Err(malformed(
                        path,
                        n,
                        "a ranked document has the columns topic, Q0, document, rank, score, tag",
                    ));
                }
            };
            let Some(score) = score.parse().ok().filter(|score: &f64| !score.is_nan()) else {
                return Err(malformed(path, n, &format!("the score “{score}” is not a number")));
            };
            if topics.entry(topic).or_default().insert(document, score).is_some() {
                return Err(malformed(
                    path,
                    n,
                    &format!("{document} stands twice in the ranking of topic {topic}"),
                ));
            }
        }
        let mut run = Self::default();
        for (topic, documents) in topics {
            let entry =
                |(document, score): (&str, f64)| RunEntry { document: document.to_owned(), score };
            run.set(topic, documents.into_iter().map(entry).collect());
        }
        Ok(run)
    }

    /// The run as TREC has it, under the name `tag`.
    pub fn to_trec(&self, tag: &str) -> String {
        let mut text = String::new();
        for (topic, entries) in &self.topics {
            for (i, RunEntry { document, score }) in entries.iter().enumerate() {
                let _ = writeln!(text, "{topic} Q0 {document} {} {score} {tag}", i + 1);
            }
        }
        text
    }
}

fn malformed(path: &Path, line: usize, message: &str) -> Error {
    Error::malformed(path, line + 1, None, message.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_forms_of_judgements() {
        let trec = Qrels::parse("7 0 doc-1 2\n7 0 doc-2 0\n", Path::new("a.trec")).unwrap();
        let beir = Qrels::parse(
            "query-id\tcorpus-id\tscore\n7\tdoc-1\t2\n7\tdoc-2\t0\n",
            Path::new("a.tsv"),
        )
        .unwrap();
        assert_eq!(trec, beir);
    }

    #[test]
    fn names_the_line_that_is_wrong() {
        let error =
            Qrels::parse("7 0 a 1\n7 0 b high\n", Path::new("x.trec")).unwrap_err().to_string();
        assert_eq!(error, "x.trec:2: the grade “high” is not a whole number");
        let error = Run::parse("7 Q0 a 1 0.5 t\n7 Q0 a 2 0.4 t\n", Path::new("x.run"))
            .unwrap_err()
            .to_string();
        assert_eq!(error, "x.run:2: a stands twice in the ranking of topic 7");
    }

    #[test]
    fn equal_scores_are_ordered_as_trec_eval_orders_them() {
        let run = Run::parse("1 Q0 a 1 1 t\n1 Q0 c 2 1 t\n1 Q0 b 3 2 t\n", Path::new("r")).unwrap();
        let order: Vec<_> = run.ranking("1").iter().map(|e| e.document.as_str()).collect();
        assert_eq!(order, ["b", "c", "a"]);
    }

    #[test]
    fn a_run_survives_writing_and_reading() {
        let run = Run::parse("1 Q0 a 1 1.25 t\n2 Q0 c 2 0.1 t\n", Path::new("r")).unwrap();
        assert_eq!(Run::parse(&run.to_trec("pincite"), Path::new("r")).unwrap(), run);
    }
}
