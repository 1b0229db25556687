//! Measures the latency of queries, relative to two floors: plain Tantivy with the same paragraphs
//! in one stemmed, stored field, returning the best ten with their text. One is asked for any of
//! the words (OR). The other is asked for those that are no function words, and scores and counts
//! all that match, which is what the first stage here does.
//!
//! Runs the same queries of 17 words on all in turn, in one process, and prints the median, the
//! 99th percentile and their ratios. `PINCITE_BENCH_MB` sets the size of the generated text (8 by
//! default, which is 13,000 paragraphs: a small library, where ranking takes nearly all the time;
//! 420 yields 700,000), `PINCITE_BENCH_DIR` a folder in which to keep the two indexes between runs.

mod articles;
mod text_source;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use pincite_core::text::is_function_word;
use tantivy::collector::{Count, TopDocs};
use tantivy::query::QueryParser;
use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{DocAddress, ReloadPolicy, TantivyDocument};
use tempfile::TempDir;

/// The number of queries.
const QUERIES: usize = 400;
/// The number of words of a query.
const WORDS: usize = 17;
/// The number of results of a query.
const RESULTS: usize = 10;

/// The two indexes, and the queries.
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

/// Indexes the passages of `ours` with plain Tantivy, and returns some of them.
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

/// Makes a query of each paragraph: the words in its middle.
fn cut(paragraphs: &[String]) -> Vec<String> {
    let mut queries = Vec::new();
    for paragraph in paragraphs {
        let words: Vec<_> =
            paragraph.split_whitespace().map(|word| word.trim_matches(['.', ','])).collect();
        if words.len() >= WORDS && queries.len() < QUERIES {
            let from = (words.len() - WORDS) / 2;
            queries.push(words[from..from + WORDS].join(" "));
        }
    }
    queries
}

/// Plain Tantivy.
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

    /// Searches for any of the words.
    fn any(&self, words: &str) -> Vec<TantivyDocument> {
        let query = self.parser.parse_query(words).expect("a query");
        let top = TopDocs::with_limit(RESULTS).order_by_score();
        self.read(self.searcher.search(&*query, &top).expect("results"))
    }

    /// Searches for any of the words that tell, and counts all that match.
    fn telling(&self, words: &str) -> Vec<TantivyDocument> {
        let telling = words.split(' ').filter(|word| !is_function_word(&word.to_lowercase()));
        let telling = telling.collect::<Vec<_>>().join(" ");
        let query = self.parser.parse_query(&telling).expect("a query");
        let top = TopDocs::with_limit(RESULTS).order_by_score();
        self.read(self.searcher.search(&*query, &(top, Count)).expect("results").0)
    }

    fn read(&self, found: Vec<(f32, DocAddress)>) -> Vec<TantivyDocument> {
        let read =
            |(_, address)| self.searcher.doc::<TantivyDocument>(address).expect("a document");
        let documents: Vec<_> = found.into_iter().map(read).collect();
        assert!(documents.iter().all(|document| document.get_first(self.body).is_some()));
        documents
    }
}

/// Returns the time that `work` takes.
fn timed<T>(work: impl FnOnce() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// Returns a percentile of durations, in milliseconds.
fn percentile(durations: &mut [Duration], percent: usize) -> f64 {
    durations.sort_unstable();
    let at = (durations.len() * percent / 100).min(durations.len() - 1);
    1000.0 * durations[at].as_secs_f64()
}

fn main() {
    // `cargo test --benches` asks for a list of benches.
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
    let mut times: [Vec<Duration>; 3] = Default::default();
    for round in 0..2 {
        for (words, query) in &queries {
            let taken = [
                timed(|| ours.search(query, RESULTS).expect("results")),
                timed(|| floor.telling(words)),
                timed(|| floor.any(words)),
            ];
            // The first round warms the file cache.
            if round > 0 {
                times.iter_mut().zip(taken).for_each(|(all, time)| all.push(time));
            }
        }
    }
    for (name, hundredth) in [("median", 50), ("99th percentile", 99)] {
        let [own, telling, any] = times.each_mut().map(|times| percentile(times, hundredth));
        println!("{name}: pincite {own:.2} ms");
        for (floor, time) in [("the words that tell, exhaustively", telling), ("any word", any)] {
            println!("  bare Tantivy, {floor}: {time:.2} ms, ratio {:.2}", own / time);
        }
    }
}
