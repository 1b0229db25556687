//! How long a query takes beside the floor: bare Tantivy, given the same paragraphs as one stemmed, stored field, asked
//! for any of the same words (OR) and giving the ten best back with their text.
//!
//! Both are asked the same queries of 17 words in turn, in one process, and the median, the 99th percentile and their
//! ratios are printed. `PINCITE_BENCH_MB` sets the size of the generated text (8 by default; 420 makes 700,000 paragraphs),
//! `PINCITE_BENCH_DIR` names a folder to keep the two indexes in and to take them from.

mod articles;
mod text_source;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{ReloadPolicy, TantivyDocument};
use tempfile::TempDir;

/// How many queries are asked.
const QUERIES: usize = 400;
/// How many words a query has.
const WORDS: usize = 17;
/// How many results are asked for.
const RESULTS: usize = 10;

/// The two indexes, and the paragraphs from which queries are cut.
struct Indexes {
    ours: PathBuf,
    floor: PathBuf,
    queries: Vec<String>,
}

impl Indexes {
    fn new(folder: &Path) -> Self {
        let (ours, floor, queries) =
            (folder.join("ours"), folder.join("floor"), folder.join("queries"));
        if !queries.exists() {
            let articles = folder.join("articles");
            articles::generate(&articles, |_| {});
            Index::update(
                &ours,
                &Update { paths: vec![articles.clone()], ..Update::default() },
                &(),
            )
            .expect("an index");
            let paragraphs = copy(&ours, &floor);
            fs::write(&queries, cut(&paragraphs).join("\n")).expect("written");
            fs::remove_dir_all(articles).expect("removed");
        }
        let queries =
            fs::read_to_string(queries).expect("queries").lines().map(str::to_owned).collect();
        Self { ours, floor, queries }
    }
}

/// Indexes the paragraphs of an index of ours with Tantivy alone, and gives some of them.
fn copy(ours: &Path, floor: &Path) -> Vec<String> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body = schema
        .add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
    fs::create_dir_all(floor).expect("a folder");
    let index = tantivy::Index::create_in_dir(floor, schema.build()).expect("an index");
    let mut writer = index.writer(128 << 20).expect("a writer");
    let reader = Index::open(ours).and_then(|index| index.reader()).expect("a reader");
    let sources = reader.sources().expect("sources");
    let step = (sources.len() / QUERIES).max(1);
    let mut some = Vec::new();
    for (nth, entry) in sources.iter().enumerate() {
        let passages = reader.passages(&entry.source.id).expect("passages");
        for passage in &passages {
            writer.add_document(tantivy::doc!(body => passage.plain())).expect("added");
        }
        if nth % step == 0 {
            some.extend(
                passages.iter().map(|passage| passage.plain().to_owned()).max_by_key(String::len),
            );
        }
    }
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
    some
}

/// A query from each paragraph: so many words in a row, from its middle.
fn cut(paragraphs: &[String]) -> Vec<String> {
    let query = |paragraph: &String| {
        let words: Vec<_> =
            paragraph.split_whitespace().map(|word| word.trim_matches(['.', ','])).collect();
        let from = words.len().checked_sub(WORDS)? / 2;
        Some(words[from..from + WORDS].join(" "))
    };
    paragraphs.iter().filter_map(query).take(QUERIES).collect()
}

/// Bare Tantivy.
struct Floor {
    searcher: tantivy::Searcher,
    parser: QueryParser,
    body: Field,
}

impl Floor {
    fn open(dir: &Path) -> Self {
        let index = tantivy::Index::open_in_dir(dir).expect("an index");
        let reader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .expect("a reader");
        let body = index.schema().get_field("body").expect("a field");
        Self {
            searcher: reader.searcher(),
            parser: QueryParser::for_index(&index, vec![body]),
            body,
        }
    }

    fn search(&self, words: &str) -> Vec<TantivyDocument> {
        let query = self.parser.parse_query(words).expect("a query");
        let top = TopDocs::with_limit(RESULTS).order_by_score();
        let found = self.searcher.search(&*query, &top).expect("results");
        let read =
            |(_, address)| self.searcher.doc::<TantivyDocument>(address).expect("a document");
        let documents: Vec<_> = found.into_iter().map(read).collect();
        assert!(documents.iter().all(|document| document.get_first(self.body).is_some()));
        documents
    }
}

/// What `work` takes.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Of durations: the one that so many of a hundred do not exceed, in milliseconds.
fn percentile(durations: &mut [Duration], hundredth: usize) -> f64 {
    durations.sort_unstable();
    let at = (durations.len() * hundredth / 100).min(durations.len() - 1);
    1000.0 * durations[at].as_secs_f64()
}

fn main() {
    // `cargo bench --no-run` builds it, `cargo test --benches` asks for a list.
    if std::env::args().any(|argument| argument == "--list") {
        return;
    }
    let temporary = TempDir::new().expect("a folder");
    let folder = std::env::var_os("PINCITE_BENCH_DIR")
        .map_or_else(|| temporary.path().to_owned(), PathBuf::from);
    let indexes = Indexes::new(&folder);
    let start = Instant::now();
    let ours =
        Index::open(&indexes.ours).and_then(|index| Searcher::new(&index)).expect("a searcher");
    let opened = start.elapsed();
    let floor = Floor::open(&indexes.floor);
    println!(
        "{} passages, {} queries of {WORDS} words",
        floor.searcher.num_docs(),
        indexes.queries.len()
    );
    println!("a searcher opened in {:.1} ms", 1000.0 * opened.as_secs_f64());
    let queries: Vec<(&str, Query)> =
        indexes.queries.iter().map(|words| (&**words, Query::prose(words))).collect();
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    for round in 0..2 {
        for (words, query) in &queries {
            let ours = timed(|| ours.search(query, RESULTS).expect("results"));
            let floor = timed(|| floor.search(words));
            // The first round brings files into memory.
            if round > 0 {
                own.push(ours);
                bare.push(floor);
            }
        }
    }
    for (name, hundredth) in [("median", 50), ("99th percentile", 99)] {
        let (own, bare) = (percentile(&mut own, hundredth), percentile(&mut bare, hundredth));
        println!("{name}: pincite {own:.1} ms, bare Tantivy {bare:.1} ms, ratio {:.2}", own / bare);
    }
}
