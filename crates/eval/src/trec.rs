//! TREC's judgements ([`Qrels`]) and rankings ([`Run`]): lines of whitespace-separated columns.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use pincite_core::{Error, Result};

/// Judgements: the grades of documents for topics.
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

    /// Parses lines of `topic iteration document grade`, or BEIR's `topic<TAB>document<TAB>grade`
    /// with a header line.
    ///
    /// # Errors
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a line has
    /// other columns, if a grade is not an integer, or if a document has two grades for a topic.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut qrels = Self::default();
        for (n, line) in (1..).zip(text.lines()) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (topic, document, grade) = match columns[..] {
                [] => continue,
                [topic, _, document, grade] | [topic, document, grade] => (topic, document, grade),
                _ => {
                    let message = "a judgement has the columns topic, iteration, document, grade";
                    return Err(Error::malformed(path, n, None, message));
                }
            };
            let Ok(grade) = grade.parse() else {
                if n == 1 && columns.len() == 3 {
                    continue; // BEIR's header: query-id, corpus-id, score.
                }
                let message = format!("the grade “{grade}” is not a whole number");
                return Err(Error::malformed(path, n, None, message));
            };
            let judged = qrels.topics.entry(topic.to_owned()).or_default();
            if judged.insert(document.to_owned(), grade).is_some_and(|before| before != grade) {
                let message = format!("{document} has two different grades for topic {topic}");
                return Err(Error::malformed(path, n, None, message));
            }
        }
        Ok(qrels)
    }

    /// Sets the grade of a document for a topic.
    pub fn judge(&mut self, topic: &str, document: &str, grade: i32) {
        self.topics.entry(topic.to_owned()).or_default().insert(document.to_owned(), grade);
    }

    /// Returns the grade of a document for a topic; 0 if it is not judged.
    pub fn grade(&self, topic: &str, document: &str) -> i32 {
        self.topics.get(topic).and_then(|judged| judged.get(document)).copied().unwrap_or(0)
    }

    /// Returns whether any document is judged for a topic.
    pub fn is_judged(&self, topic: &str) -> bool {
        self.topics.contains_key(topic)
    }

    /// Returns the topics in order, each with the grades of its judged documents.
    pub fn topics(&self) -> impl Iterator<Item = (&str, &HashMap<String, i32>)> {
        self.topics.iter().map(|(topic, judged)| (topic.as_str(), judged))
    }
}

/// A ranking of documents for each topic.
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
    /// Returns the best `depth` entries, in the order of trec_eval: by descending score, ties by
    /// descending id, in byte order.
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

    /// Sets the ranking of a topic; entries may come in any order.
    pub fn set(&mut self, topic: &str, entries: Vec<RunEntry>) {
        self.topics.insert(topic.to_owned(), RunEntry::best(entries, usize::MAX));
    }

    /// Returns whether the run has a ranking for a topic, even an empty one.
    pub fn has(&self, topic: &str) -> bool {
        self.topics.contains_key(topic)
    }

    /// Returns the number of topics.
    pub fn len(&self) -> usize {
        self.topics.len()
    }

    /// Returns whether the run has no topics.
    pub fn is_empty(&self) -> bool {
        self.topics.is_empty()
    }

    /// Returns the ranking of a topic, best first; empty if the run does not have the topic.
    pub fn ranking(&self, topic: &str) -> &[RunEntry] {
        self.topics.get(topic).map_or(&[], Vec::as_slice)
    }

    /// Parses lines of `topic Q0 document rank score tag`. The rank is ignored, as by trec_eval.
    ///
    /// # Errors
    /// [`FileError::Malformed`](pincite_core::FileError::Malformed), with the line, if a line has
    /// other columns, if a score is not a number, or if a topic has a document twice.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let mut topics: BTreeMap<&str, BTreeMap<&str, f64>> = BTreeMap::new();
        for (n, line) in (1..).zip(text.lines()) {
            let columns: Vec<&str> = line.split_whitespace().collect();
            let (topic, document, score) = match columns[..] {
                [] => continue,
                [topic, _, document, _, score, _] => (topic, document, score),
                _ => {
                    let message =
                        "a ranked document has the columns topic, Q0, document, rank, score, tag";
                    return Err(Error::malformed(path, n, None, message));
                }
            };
            let Some(score) = score.parse().ok().filter(|score: &f64| !score.is_nan()) else {
                let message = format!("the score “{score}” is not a number");
                return Err(Error::malformed(path, n, None, message));
            };
            if topics.entry(topic).or_default().insert(document, score).is_some() {
                let message = format!("{document} occurs twice in the ranking of topic {topic}");
                return Err(Error::malformed(path, n, None, message));
            }
        }
        let mut run = Self::default();
        for (topic, scores) in topics {
            let entries = scores
                .into_iter()
                .map(|(document, score)| RunEntry { document: document.to_owned(), score });
            run.set(topic, entries.collect());
        }
        Ok(run)
    }

    /// Returns the run in TREC's format, under the name `tag`.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_formats_of_judgements() {
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
        assert_eq!(error, "x.run:2: a occurs twice in the ranking of topic 7");
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
