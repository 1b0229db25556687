//! Killed at any instant, met by a second writer or refused by the system, the last commit stays
//! whole.
//!
//! `PINCITE_TEST_KILLS=N` kills N runs instead of a few.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use pincite_core::index::{Index, Progress, Update};
use serde_json::Value;

use crate::desk::{Desk, Run};

const FILES: usize = 120;
const KILLS: u32 = 20;

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

/// The best passages for a query, and their scores, of the index in this folder.
fn ranking(desk: &Desk, index: &str) -> Vec<(String, String)> {
    let query = "which paragraph of file 7 speaks of generation";
    let run = desk.run(&["query", query, "-n", "40", "--format", "json", "--index", index]);
    assert_eq!(run.code, Some(0), "{run}");
    let json: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    let hits = json["hits"].as_array().expect("a list").iter();
    hits.map(|hit| (hit["citation"]["id"].to_string(), hit["score"].to_string())).collect()
}

#[test]
fn killed_at_any_instant_the_last_commit_is_whole() {
    let kills = std::env::var("PINCITE_TEST_KILLS").ok().and_then(|n| n.parse().ok());
    let kills = kills.unwrap_or(KILLS);
    let desk = Desk::new();
    write_generation(&desk, 0);
    let begun = Instant::now();
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    let whole_run = begun.elapsed();
    let mut last = 0;
    for round in 1..=kills {
        write_generation(&desk, round);
        let rebuild: &[&str] = if round % 2 == 0 { &["--rebuild"] } else { &[] };
        let mut child = desk
            .command(&[&["index", "corpus"], rebuild].concat())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        // Spread over the whole run, the end of it included, in an order that mixes them.
        let part = round * 7 % KILLS + 1;
        let more = Duration::from_micros(u64::from(round) * 389 % 10_000);
        std::thread::sleep(whole_run * part / (KILLS - 1) + more);
        child.kill().expect("it can be killed");
        child.wait().expect("it has ended");
        last = generation(&desk, last..=round);
        if round % 4 == 0 {
            // The next run carries on, and nothing is left of the others.
            let run = desk.run(&["index", "corpus"]);
            assert_eq!(run.code, Some(0), "{run}");
            last = generation(&desk, round..=round);
            assert_eq!(desk.run(&["index", "corpus", "--index", "fresh"]).code, Some(0));
            assert_eq!(ranking(&desk, "index"), ranking(&desk, "fresh"), "round {round}");
            assert!(!desk.path("index/.pincite.rebuild").exists());
            fs::remove_dir_all(desk.path("fresh")).expect("it is ours");
        }
    }
    eprintln!("{kills} runs killed");
}

/// What of `pincite` a shell runs with limits.
fn limited(desk: &Desk, limits: &str, args: &[&str]) -> Run {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{limits}; exec \"$0\" \"$@\"")]);
    command.arg(env!("CARGO_BIN_EXE_pincite")).args(args).current_dir(desk.path(""));
    Run::from(command.stdin(Stdio::null()).output().expect("a shell starts"))
}

/// With this few descriptors some runs fail, some read only a part, and some go well.
#[cfg(unix)]
#[test]
fn without_descriptors_nothing_is_lost() {
    let desk = Desk::new();
    write_generation(&desk, 0);
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    write_generation(&desk, 1);
    let mut codes = [0; 3];
    for (nth, descriptors) in (4..34).enumerate() {
        let rebuild: &[&str] = if nth % 2 == 0 { &["--rebuild"] } else { &[] };
        let args = [&["index", "corpus", "-q", "--threads", "4"], rebuild].concat();
        let run = limited(&desk, &format!("ulimit -n {descriptors}"), &args);
        let said = format!("{descriptors} descriptors: {run}");
        assert!(!run.stderr.contains("panicked") && !run.stderr.contains("damaged"), "{said}");
        codes[usize::try_from(run.code.expect(&said)).expect(&said)] += 1;
        match run.code {
            Some(2) => assert!(run.stderr.contains("Too many open files"), "{said}"),
            // Told of even if little is to be said.
            Some(1) => assert!(run.stderr.contains("should have been read"), "{said}"),
            _ => {}
        }
        let run = desk.run(&["stats", "--format", "json"]);
        let json: Value = serde_json::from_str(&run.stdout).expect(&said);
        assert_eq!(json["sources"], FILES, "{said}");
    }
    assert!(codes[2] > 0 && codes[0] > 0, "{codes:?}");
    assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
    assert_eq!(generation(&desk, 1..=1), 1);
}

/// A small file system in memory; none where one may not be mounted.
struct Disk<'a>(&'a Path);

impl<'a> Disk<'a> {
    fn mount(at: &'a Path, kilobytes: u32) -> Option<Self> {
        fs::create_dir_all(at).expect("a folder can be made");
        let size = format!("size={kilobytes}k");
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &size, "tmpfs"])
            .arg(at)
            .stderr(Stdio::null())
            .status();
        mounted.is_ok_and(|status| status.success()).then_some(Self(at))
    }
}

impl Drop for Disk<'_> {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0).status();
    }
}

#[test]
fn a_full_disk_is_called_one_and_nothing_is_lost() {
    let desk = Desk::new();
    write_generation(&desk, 0);
    let at = desk.path("disk");
    let mut full = 0;
    for kilobytes in [100, 220, 360, 420] {
        let Some(_disk) = Disk::mount(&at, kilobytes) else {
            eprintln!("skipped: no file system can be mounted");
            return;
        };
        write_generation(&desk, 0);
        let mut committed = None;
        for (round, rebuild) in [(0, false), (1, false), (2, true), (3, true), (4, false)] {
            write_generation(&desk, round);
            let rebuild: &[&str] = if rebuild { &["--rebuild"] } else { &[] };
            let args = [&["index", "corpus", "--index", "disk/index"], rebuild].concat();
            let run = desk.run(&args);
            let said = format!("{kilobytes} kB, round {round}: {run}");
            assert!(!run.stderr.contains("panicked") && !run.stderr.contains("damaged"), "{said}");
            match run.code {
                Some(0) => committed = Some(round),
                Some(2) => {
                    full += 1;
                    assert!(run.stderr.contains("No space left on device"), "{said}");
                    assert!(run.stderr.contains("hint: free some space"), "{said}");
                }
                _ => panic!("{said}"),
            }
            let run = desk.run(&["stats", "--format", "json", "--index", "disk/index"]);
            assert_eq!(run.code == Some(0), committed.is_some(), "{said}\n{run}");
        }
    }
    eprintln!("{full} runs on a full disk");
    assert!(full > 0);
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
