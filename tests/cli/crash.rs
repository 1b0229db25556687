//! Checks that the last commit survives kills at any instant and a second writer.

use std::fs;
use std::process::Stdio;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use pincite_core::index::{Index, Progress, Update};
use serde_json::Value;

use crate::desk::{Desk, Run};

const FILES: usize = 120;
const KILLS: u32 = 12;

fn text(file: usize, generation: u32) -> String {
    let paragraph = |n: usize| {
        format!(
            "Paragraph {n} of file {file} speaks of generation {generation}, and of little else.\n\n"
        )
    };
    (1..=20).map(paragraph).collect()
}

fn write_generation(desk: &Desk, generation: u32) {
    for file in 0..FILES {
        desk.write(&format!("corpus/file-{file:03}.txt"), text(file, generation));
    }
}

/// Returns the generation of the index; panics if it has a mixture.
fn generation(desk: &Desk, candidates: std::ops::RangeInclusive<u32>) -> u32 {
    let run = desk.run(&["sources", "--format", "json"]);
    assert_eq!(run.code, Some(0), "the index can be read: {run}");
    let json: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let sources = json["sources"].as_array().expect("a list");
    assert_eq!(sources.len(), FILES, "no source is missing");
    let is_of = |generation: u32| {
        sources.iter().enumerate().all(|(file, source)| {
            let hash = pincite_core::source::content_hash(text(file, generation).as_bytes());
            source["content_hash"].as_str() == Some(&hash)
        })
    };
    candidates.into_iter().find(|&g| is_of(g)).expect("all sources are of one generation")
}

#[test]
fn killed_at_any_instant_the_last_commit_is_whole() {
    let desk = Desk::new();
    write_generation(&desk, 0);
    let begun = Instant::now();
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    let whole_run = begun.elapsed();
    let mut last = 0;
    for round in 1..=KILLS {
        write_generation(&desk, round);
        let mut child = desk
            .command(&["index", "corpus"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        // Spread over the whole run, including its end.
        std::thread::sleep(whole_run * round / (KILLS - 1) + Duration::from_millis(1));
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        last = generation(&desk, last..=round);
    }
    write_generation(&desk, KILLS + 1);
    let run = desk.run(&["index", "corpus"]);
    assert_eq!(run.code, Some(0), "the next run carries on: {run}");
    assert_eq!(generation(&desk, KILLS + 1..=KILLS + 1), KILLS + 1);
    let run = desk.run(&["query", "generation 13", "-n", "1", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
}

/// Simulates a kill after the list of deleted documents is written and before the commit is
/// published. Tantivy names this file by the number of operations, so the same update writes the
/// same name again.
#[test]
fn files_of_an_unpublished_commit_are_overwritten() {
    const OPERATIONS: u64 = 1000;
    let desk = Desk::new();
    write_generation(&desk, 0);
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    let read = |name: &str| fs::read(desk.path("index").join(name)).expect("it can be read");
    // A seal follows it.
    let meta = read("meta.json");
    let mut meta = serde_json::Deserializer::from_slice(&meta).into_iter::<Value>();
    let meta = meta.next().expect("a document").expect("it is JSON");
    let mut managed: Vec<String> =
        serde_json::from_slice(&read(".managed.json")).expect("it is JSON");
    let committed = meta["opstamp"].as_u64().expect("a count");
    for segment in meta["segments"].as_array().expect("a list") {
        let id = segment["segment_id"].as_str().expect("a name").replace('-', "");
        let names =
            (committed..committed + OPERATIONS).map(|opstamp| format!("{id}.{opstamp}.del"));
        managed.extend(names.inspect(|name| desk.write(&format!("index/{name}"), "")));
    }
    desk.write("index/.managed.json", serde_json::to_string(&managed).expect("it can be written"));
    for file in 0..FILES / 10 {
        desk.write(&format!("corpus/file-{file:03}.txt"), text(file, 1));
    }
    let run = desk.run(&["index", "corpus"]);
    assert_eq!(run.code, Some(0), "{run}");
    let left = fs::read_dir(desk.path("index"))
        .expect("it is there")
        .map(|entry| entry.expect("it is read").file_name());
    let left: Vec<_> = left.filter(|name| name.to_string_lossy().ends_with(".del")).collect();
    assert!(left.len() <= 2, "nothing of the killed run is left: {left:?}");
}

#[test]
fn the_next_run_can_use_the_folder_of_an_interrupted_first_run() {
    for millis in [1, 5, 20, 60, 150] {
        let desk = Desk::new();
        write_generation(&desk, 0);
        let mut child = desk
            .command(&["index", "corpus"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(Duration::from_millis(millis));
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        let run = desk.run(&["query", "generation"]);
        assert!(!run.stderr.contains("panicked"), "{run}");
        let run = desk.run(&["index", "corpus"]);
        assert_eq!(run.code, Some(0), "killed after {millis} ms: {run}");
        assert_eq!(generation(&desk, 0..=0), 0);
    }
}

/// Runs the program during an update.
struct Meanwhile<'a> {
    desk: &'a Desk,
    runs: Mutex<Vec<Run>>,
}

impl Progress for Meanwhile<'_> {
    fn planned(&self, _files: u64, _bytes: u64) {}

    fn file_done(&self, _file: &str, _bytes: u64) {}

    fn committing(&self) {
        let runs = [["index", "corpus"], ["query", "generation"]].map(|args| self.desk.run(&args));
        self.runs.lock().expect("nobody panicked").extend(runs);
    }
}

#[test]
fn a_second_writer_fails_and_readers_continue() {
    let desk = Desk::new();
    write_generation(&desk, 0);
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    write_generation(&desk, 1);
    let meanwhile = Meanwhile { desk: &desk, runs: Mutex::default() };
    let update = Update { paths: vec![desk.path("corpus")], ..Update::default() };
    let report =
        Index::update(&desk.path("index"), &update, &meanwhile).expect("it is the first writer");
    assert!(report.updated == FILES as u64 || report.added == FILES as u64, "{report:?}");
    let runs = meanwhile.runs.into_inner().expect("nobody panicked");
    let [writer, reader] = &runs[..] else { panic!("it commits once") };
    assert_eq!(writer.code, Some(2), "{writer}");
    assert!(writer.stderr.contains("is being written by another pincite"), "{writer}");
    assert!(writer.stderr.contains("hint: "), "{writer}");
    assert_eq!(reader.code, Some(0), "{reader}");
    assert!(fs::read_dir(desk.path("index")).expect("it is there").count() > 0);
}
