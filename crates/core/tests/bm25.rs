//! Checks that the BM25 feature of the ranking equals the score of Tantivy.

use std::collections::BTreeMap;
use std::fs;

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::{Feature, Searcher};
use pincite_core::text::analyzer::{self, Token};
use proptest::prelude::*;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query as TantivyQuery, TermQuery};
use tantivy::schema::{
    Field, IndexRecordOption, STORED, Schema, TextFieldIndexing, TextOptions, Value,
};
use tantivy::{Term, doc};

/// Content words that are their own stems.
const WORDS: [&str; 8] = ["mill", "ford", "bank", "dock", "lamp", "fern", "moss", "brook"];

/// Generates texts of at most 40 words: Tantivy rounds the lengths of longer ones.
fn texts() -> impl Strategy<Value = Vec<Vec<usize>>> {
    proptest::collection::vec(proptest::collection::vec(0..WORDS.len(), 1..40), 2..30)
}

fn written(words: &[usize]) -> String {
    let words: Vec<&str> = words.iter().map(|&word| WORDS[word]).collect();
    format!("The {} was there.", words.join(" and the "))
}

fn content(text: &str) -> Vec<Token> {
    analyzer::tokens(text, Some("en")).into_iter().filter(|token| token.is_content).collect()
}

/// A plain Tantivy index of the stems of texts.
struct Bare {
    index: tantivy::Index,
    stems: Field,
    number: Field,
}

impl Bare {
    fn new(texts: &[String]) -> tantivy::Result<Bare> {
        let mut schema = Schema::builder();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("whitespace")
            .set_index_option(IndexRecordOption::WithFreqs);
        let stems =
            schema.add_text_field("stems", TextOptions::default().set_indexing_options(indexing));
        let number = schema.add_u64_field("number", STORED);
        let index = tantivy::Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000)?;
        for (text, at) in texts.iter().zip(0u64..) {
            let words: Vec<String> =
                content(text).iter().map(|token| token.stem.to_string()).collect();
            writer.add_document(doc!(stems => words.join(" "), number => at))?;
        }
        writer.commit()?;
        Ok(Bare { index, stems, number })
    }

    /// Returns the scores of texts for any of the words of a query; repeated words count
    /// repeatedly.
    fn scores(&self, query: &str) -> tantivy::Result<BTreeMap<u64, f64>> {
        let searcher = self.index.reader()?.searcher();
        let term = |token: &Token| -> (Occur, Box<dyn TantivyQuery>) {
            let term = Term::from_field_text(self.stems, &token.stem);
            (Occur::Should, Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)))
        };
        let union = BooleanQuery::new(content(query).iter().map(term).collect());
        let mut scores = BTreeMap::new();
        for (score, address) in
            searcher.search(&union, &TopDocs::with_limit(100).order_by_score())?
        {
            let document: tantivy::TantivyDocument = searcher.doc(address)?;
            let number = document.get_first(self.number).and_then(|value| value.as_u64());
            scores.insert(number.unwrap_or_default(), f64::from(score));
        }
        Ok(scores)
    }

    /// Returns the limit of the score as the frequency of every word goes to infinity.
    fn most(&self, query: &str) -> tantivy::Result<f64> {
        let searcher = self.index.reader()?.searcher();
        let all = searcher.num_docs() as f64;
        let mut most = 0.0;
        for token in content(query) {
            let with = searcher.doc_freq(&Term::from_field_text(self.stems, &token.stem))? as f64;
            most += 2.2 * (1.0 + (all - with + 0.5) / (with + 0.5)).ln();
        }
        Ok(most)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn scores_are_those_of_tantivy(
        texts in texts(),
        query in proptest::collection::vec(0..WORDS.len(), 1..12),
    ) {
        let texts: Vec<String> = texts.iter().map(|words| written(words)).collect();
        let query = written(&query);
        let bare = Bare::new(&texts).unwrap();
        let theirs = bare.scores(&query).unwrap();
        let most = bare.most(&query).unwrap();

        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("texts");
        fs::create_dir(&folder).unwrap();
        for (text, at) in texts.iter().zip(0..) {
            fs::write(folder.join(format!("{at}.md")), text).unwrap();
        }
        let index = dir.path().join("index");
        Index::update(&index, &Update { paths: vec![folder], ..Update::default() }, &()).unwrap();
        let searcher = Searcher::new(&Index::open(&index).unwrap()).unwrap();
        let ours: BTreeMap<u64, f64> = searcher
            .measured(&Query::prose(&query).exact(), 0)
            .unwrap()
            .into_iter()
            .map(|(id, features)| (id.source.as_str().parse().unwrap(), most * features[Feature::Bm25]))
            .collect();

        prop_assert_eq!(ours.keys().collect::<Vec<_>>(), theirs.keys().collect::<Vec<_>>());
        for (text, theirs) in &theirs {
            prop_assert!((ours[text] - theirs).abs() < 1e-5 * theirs, "{} {}", ours[text], theirs);
        }
    }
}
