//! [`Bm25`]: the baseline.

use std::collections::HashMap;
use std::sync::Arc;

use super::trec::RunEntry;
use super::{CorpusDocument, Topic};
use pincite_core::text::analyzer::{self, Analyzer};

/// Plain BM25 over English documents: title and text are one field, words are stemmed by Snowball,
/// stop words are dropped.
///
/// The formula is from Robertson and Zaragoza, "The probabilistic relevance framework: BM25 and
/// beyond" (2009), with the non-negative idf of Lucene and Tantivy. Document lengths are exact, and
/// every document is scored.
pub struct Bm25 {
    documents: Vec<CorpusDocument>,
    /// The number of words of each document.
    lengths: Vec<f64>,
    average_length: f64,
    /// The postings of each stem: documents, in order, and term frequencies.
    postings: HashMap<Arc<str>, Vec<(usize, f64)>>,
}

const K1: f64 = 1.2;
const B: f64 = 0.75;

/// Lucene's English stop words.
#[rustfmt::skip]
const STOP_WORDS: [&str; 33] = [
    "a", "an", "and", "are", "as", "at", "be", "but", "by", "for", "if", "in", "into", "is", "it", "no", "not", "of",
    "on", "or", "such", "that", "the", "their", "then", "there", "these", "they", "this", "to", "was", "will", "with",
];

impl Bm25 {
    /// Indexes documents.
    pub fn new(documents: &[CorpusDocument]) -> Self {
        let mut bm25 = Self {
            documents: Vec::new(),
            lengths: Vec::new(),
            average_length: 0.0,
            postings: HashMap::new(),
        };
        let mut analyzer = Analyzer::new(Some("en"));
        for (i, document) in documents.iter().enumerate() {
            let mut length = 0.0;
            let text = format!("{}\n{}", document.title, document.text);
            for token in analyzer.tokens(&text) {
                if STOP_WORDS.contains(&&*token.word) {
                    continue;
                }
                length += 1.0;
                let postings = bm25.postings.entry(Arc::clone(&token.stem)).or_default();
                match postings.last_mut() {
                    Some((last, frequency)) if *last == i => *frequency += 1.0,
                    _ => postings.push((i, 1.0)),
                }
            }
            bm25.documents.push(document.clone());
            bm25.lengths.push(length);
        }
        bm25.average_length = bm25.lengths.iter().sum::<f64>() / bm25.lengths.len().max(1) as f64;
        bm25
    }

    /// Ranks the best `depth` documents for a topic, without the topic itself.
    pub fn rank(&self, topic: &Topic, depth: usize) -> Vec<RunEntry> {
        let mut scores = vec![0.0; self.documents.len()];
        for token in analyzer::tokens(&topic.text, Some("en")) {
            if STOP_WORDS.contains(&&*token.word) {
                continue;
            }
            let Some(postings) = self.postings.get(&token.stem) else { continue };
            let (all, with) = (self.lengths.len() as f64, postings.len() as f64);
            let idf = (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
            for &(document, frequency) in postings {
                let length = 1.0 - B + B * self.lengths[document] / self.average_length;
                scores[document] += idf * frequency * (K1 + 1.0) / (frequency + K1 * length);
            }
        }
        let mut entries = Vec::new();
        for (document, score) in self.documents.iter().zip(scores) {
            if score > 0.0 && !document.is_topic(topic) {
                entries.push(RunEntry { document: document.id.clone(), score });
            }
        }
        RunEntry::best(entries, depth)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(id: &str, title: &str, text: &str) -> CorpusDocument {
        CorpusDocument { id: id.to_owned(), title: title.to_owned(), text: text.to_owned() }
    }

    /// By hand: 2 documents of 3 and 1 words, 2 on average. `river` is in one of the two, so its
    /// idf is ln(1 + 1.5 / 1.5) = ln 2; twice in 3 words, it saturates to
    /// 2 · 2.2 / (2 + 1.2 · (.25 + .75 · 1.5)) = 1.2055.
    #[test]
    fn scores_are_those_of_the_formula() {
        let bm25 =
            Bm25::new(&[document("a", "The river", "rivers of mud"), document("b", "", "hills")]);
        let topic = Topic { id: String::new(), text: "a river, the river".to_owned() };
        let ranking = bm25.rank(&topic, 10);
        assert_eq!(ranking.len(), 1, "stop words match nothing");
        assert!((ranking[0].score - 2.0 * 2.0_f64.ln() * 1.2055).abs() < 1e-4, "{ranking:?}");
    }
}
