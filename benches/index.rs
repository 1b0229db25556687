//! Measures the speed of indexing, relative to a floor: plain Tantivy with one stemmed, stored
//! field with positions, given the same paragraphs from memory, and the same threads and memory.
//!
//! Besides Criterion's figures, it prints the ratio of both in wall-clock time, processor time
//! (which other work on the machine disturbs less) and peak memory, with each run in its own
//! process. `PINCITE_BENCH_MB` sets the size of the generated text (8 by default),
//! `PINCITE_BENCH_CORPUS` a folder of articles to use instead.

mod articles;
mod text_source;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use criterion::{Criterion, Throughput};
use pincite_core::index::{Index, Update};
use tantivy::schema::{IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tempfile::TempDir;

/// The memory of the writer, in bytes.
const MEMORY: usize = 128 << 20;
/// The environment variable that tells a child process which side to run.
const SIDE: &str = "PINCITE_BENCH_SIDE";
/// The environment variable that tells a child process where its input is.
const PLACE: &str = "PINCITE_BENCH_PLACE";
/// The number of runs of each side for the ratio.
const ROUNDS: usize = 5;

fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, Into::into).min(8)
}

/// Indexes the folder `articles` with pincite.
fn ours(articles: &Path, index: &Path) {
    let update = Update {
        paths: vec![articles.to_owned()],
        threads: Some(threads()),
        memory: Some(MEMORY),
        ..Update::default()
    };
    Index::update(index, &update, &()).expect("an index");
}

/// Indexes paragraphs with plain Tantivy.
fn floor(paragraphs: &[String], index: &Path) {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let body = schema
        .add_text_field("body", TextOptions::default().set_indexing_options(indexing).set_stored());
    fs::create_dir_all(index).expect("a folder");
    let index = tantivy::Index::create_in_dir(index, schema.build()).expect("an index");
    let mut writer = index.writer_with_num_threads(threads(), MEMORY).expect("a writer");
    for paragraph in paragraphs {
        writer.add_document(tantivy::doc!(body => paragraph.as_str())).expect("added");
    }
    writer.commit().expect("committed");
    writer.wait_merging_threads().expect("merged");
}

/// The articles to index, and their paragraphs.
struct Corpus {
    _folder: TempDir,
    articles: PathBuf,
    paragraphs_file: PathBuf,
    paragraphs: Vec<String>,
    bytes: u64,
}

impl Corpus {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        let articles = match std::env::var_os("PINCITE_BENCH_CORPUS") {
            Some(given) => PathBuf::from(given),
            None => {
                let articles = folder.path().join("articles");
                articles::generate(&articles, |_| {});
                articles
            }
        };
        // The floor indexes the passages that pincite extracts.
        let index = folder.path().join("index");
        ours(&articles, &index);
        let reader = Index::open(&index).and_then(|index| index.reader()).expect("a reader");
        let sources = reader.sources().expect("sources");
        let bytes = sources.iter().map(|entry| entry.stamp.size).sum();
        let passages =
            sources.iter().flat_map(|entry| reader.passages(&entry.source.id).expect("passages"));
        let paragraphs: Vec<_> =
            passages.map(|passage| passage.plain().replace('\n', " ")).collect();
        let paragraphs_file = folder.path().join("paragraphs");
        fs::write(&paragraphs_file, paragraphs.join("\n")).expect("written");
        Self { _folder: folder, articles, paragraphs_file, paragraphs, bytes }
    }
}

/// The cost of a run.
struct Cost {
    /// Wall-clock time in seconds.
    wall: f64,
    /// Processor time of all threads in seconds.
    processor: f64,
    /// Peak memory in MB.
    peak: f64,
}

/// Runs one side once, in its own process.
fn measured(side: &str, place: &Path) -> Cost {
    let program = std::env::current_exe().expect("this program");
    let output =
        Command::new(program).env(SIDE, side).env(PLACE, place).output().expect("a process");
    let said = String::from_utf8_lossy(&output.stdout);
    let mut numbers = said.split_whitespace().map(|number| number.parse().expect("a number"));
    let mut next = || numbers.next().expect("three numbers");
    Cost { wall: next(), processor: next(), peak: next() }
}

/// Runs one side once, in a child process.
fn measure(side: &str, place: &Path) {
    let folder = TempDir::new().expect("a folder");
    let index = folder.path().join("index");
    let given =
        if side == "ours" { String::new() } else { fs::read_to_string(place).expect("paragraphs") };
    let paragraphs: Vec<_> = given.split('\n').map(str::to_owned).collect();
    let (start, before) = (Instant::now(), processor_time());
    if side == "ours" {
        ours(place, &index)
    } else {
        floor(&paragraphs, &index)
    }
    let (wall, after) = (start.elapsed().as_secs_f64(), processor_time());
    let processor = after.zip(before).map_or(f64::NAN, |(after, before)| after - before);
    println!("{wall} {processor} {}", peak_memory().unwrap_or(f64::NAN));
}

/// Returns the processor time of this process in seconds, on Linux.
fn processor_time() -> Option<f64> {
    /// The unit of time in `/proc/self/stat`, in seconds.
    const TICK: f64 = 0.01;
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field, a name in brackets, may contain spaces.
    let fields: Vec<_> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |nth: usize| fields.get(nth)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) * TICK)
}

/// Returns the peak memory of this process in MB, on Linux.
fn peak_memory() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kilobytes| kilobytes / 1000.0)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn ratio(corpus: &Corpus) {
    let rounds: Vec<[Cost; 2]> = (0..ROUNDS)
        .map(|_| [measured("ours", &corpus.articles), measured("floor", &corpus.paragraphs_file)])
        .collect();
    let medians = |of: fn(&Cost) -> f64| {
        [0, 1].map(|side| median(rounds.iter().map(|round| of(&round[side])).collect()))
    };
    let [wall, floor_wall] = medians(|cost| cost.wall);
    let [processor, floor_processor] = medians(|cost| cost.processor);
    let [peak, floor_peak] =
        [0, 1].map(|side| rounds.iter().map(|round| round[side].peak).fold(0.0, f64::max));
    let (megabytes, passages) = (corpus.bytes as f64 / 1e6, corpus.paragraphs.len());
    println!("{megabytes:.1} MB, {passages} passages, {} threads, median of {ROUNDS}", threads());
    println!("ours:  {wall:.2} s, {processor:.2} s of processor time, peak {peak:.0} MB");
    println!(
        "floor: {floor_wall:.2} s, {floor_processor:.2} s of processor time, peak {floor_peak:.0} MB"
    );
    println!(
        "ratio: {:.2} by the clock, {:.2} in processor time; {:.1} MB/s, {:.0} passages/s",
        wall / floor_wall,
        processor / floor_processor,
        megabytes / wall,
        passages as f64 / wall,
    );
}

fn main() {
    if let (Ok(side), Some(place)) = (std::env::var(SIDE), std::env::var_os(PLACE)) {
        return measure(&side, Path::new(&place));
    }
    let corpus = Corpus::new();
    let mut criterion = Criterion::default().sample_size(10).configure_from_args();
    let mut group = criterion.benchmark_group("index");
    group.throughput(Throughput::Bytes(corpus.bytes));
    let fresh = || TempDir::new().expect("a folder");
    group.bench_function("ours", |bencher| {
        bencher
            .iter_with_setup(fresh, |folder| ours(&corpus.articles, &folder.path().join("index")));
    });
    group.bench_function("floor", |bencher| {
        bencher.iter_with_setup(fresh, |folder| {
            floor(&corpus.paragraphs, &folder.path().join("index"))
        });
    });
    group.finish();
    ratio(&corpus);
    criterion.final_summary();
}
