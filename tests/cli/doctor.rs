//! `pincite doctor`: damage is found and repaired, and what has changed is told apart from it.

use std::fs;
use std::path::PathBuf;

use pincite_core::engine::Ailment;
use pincite_core::wire::doctor::Diagnosis;

use crate::desk::Desk;
use crate::forms::snapshot;

/// A folder with three articles and their index. The words of each are in no other.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("corpus/ferry.txt", "The ferry crosses twice a day.\n\nIn winter it zigzags.\n");
    desk.write("corpus/mill.txt", "The mill was sold in 1997.\n\nIts quern stood idle.\n");
    desk.write("corpus/pass.txt", "The pass was blocked by fjordic snow.\n");
    let run = desk.run(&["index", "corpus"]);
    assert_eq!(run.code, Some(0), "{run}");
    desk
}

/// Asks the doctor, who has to end with this status.
fn diagnosis(desk: &Desk, args: &[&str], code: i32) -> Diagnosis {
    let run = desk.run(&[&["doctor", "--format", "json"], args].concat());
    assert_eq!(run.code, Some(code), "{run}");
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

/// The files of the index with this ending.
fn files(desk: &Desk, ending: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(desk.path("index")).expect("it is there");
    let files = entries.map(|entry| entry.expect("it is read").path());
    files.filter(|file| file.to_string_lossy().ends_with(ending)).collect()
}

/// Flips a bit of this word wherever it is stored.
fn flip(desk: &Desk, word: &str) {
    let mut found = 0;
    for file in files(desk, ".store") {
        let mut bytes = fs::read(&file).expect("it can be read");
        while let Some(at) = bytes.windows(word.len()).position(|it| it == word.as_bytes()) {
            bytes[at] ^= 1;
            found += 1;
        }
        fs::write(file, bytes).expect("it can be written");
    }
    assert!(found > 0, "{word} is stored as it is");
}

#[test]
fn what_is_whole_is_called_so() {
    let desk = desk();
    snapshot(&desk, "doctor_whole", &["doctor"]);
    snapshot(&desk, "doctor_whole_json", &["doctor", "--format", "json"]);
    let run = Desk::new().run(&["doctor"]);
    assert_eq!(run.code, Some(2), "{run}");
}

#[test]
fn a_damaged_passage_is_never_shown_and_is_read_anew() {
    let desk = desk();
    flip(&desk, "quern");
    for args in [&["cite", "mill#p2"][..], &["show", "mill"], &["query", "quern stood idle"]] {
        let run = desk.run(args);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
        assert!(run.stderr.contains(".store does not hold what was written"), "{run}");
        assert!(run.stderr.contains("“pincite doctor --repair”"), "{run}");
        assert!(!run.stderr.contains("panicked"), "{run}");
    }
    let run = desk.run(&["cite", "ferry#p2"]);
    assert_eq!(run.code, Some(0), "the others are whole: {run}");

    let found = diagnosis(&desk, &[], 1);
    assert!(!found.healthy && found.damaged_files.len() == 1, "{found:?}");
    let [finding] = &found.findings[..] else { panic!("{found:?}") };
    assert_eq!((finding.source.as_str(), finding.ailment), ("mill", Ailment::Damaged));
    let run = desk.run(&["doctor"]);
    assert!(run.stderr.contains("run “pincite doctor --repair”"), "{run}");

    let cured = diagnosis(&desk, &["--repair"], 0);
    assert!(cured.healthy && cured.repaired == Some(1), "{cured:?}");
    assert_eq!((cured.sources, cured.passages), (3, 5));
    let run = desk.run(&["cite", "mill#p2", "--format", "jsonl"]);
    assert!(run.stdout.contains("Its quern stood idle."), "{run}");
}

#[test]
fn changed_and_missing_sources_are_told_apart_from_damage() {
    let desk = desk();
    desk.write("corpus/mill.txt", "The mill was sold in 1998.\n\nIts quern stood idle.\n");
    fs::remove_file(desk.path("corpus/pass.txt")).expect("it can be removed");
    snapshot(&desk, "doctor_changed", &["doctor"]);
    snapshot(&desk, "doctor_changed_json", &["doctor", "--repair", "--format", "json"]);
}

/// The one change that no other command sees.
#[test]
fn a_changed_file_with_its_old_size_and_time_is_found() {
    let desk = desk();
    let path = desk.path("corpus/mill.txt");
    let old = fs::File::open(&path).expect("it is there");
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
    old.set_modified(long_ago).expect("it can be set");
    assert_eq!(desk.run(&["index", "corpus", "--rebuild"]).code, Some(0));
    desk.write("corpus/mill.txt", "The mill was sold in 1998.\n\nIts quern stood idle.\n");
    fs::File::options()
        .write(true)
        .open(&path)
        .and_then(|file| file.set_modified(long_ago))
        .expect("it can be set");
    let run = desk.run(&["cite", "mill#p1"]);
    assert!(run.code == Some(0) && run.stderr.is_empty(), "{run}");
    let found = diagnosis(&desk, &[], 1);
    assert_eq!(found.findings[0].ailment, Ailment::Changed);
}

#[test]
fn other_damage_needs_a_rebuild() {
    for ending in ["meta.json", ".term", ".fast"] {
        let desk = desk();
        let file = files(&desk, ending).pop().expect("it is there");
        let mut bytes = fs::read(&file).expect("it can be read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 4;
        fs::write(&file, bytes).expect("it can be written");
        let found = diagnosis(&desk, &["--repair"], 1);
        assert!(found.unreadable.is_some(), "{ending}: {found:?}");
        let run = desk.run(&["doctor"]);
        assert!(run.stderr.contains("“pincite index FOLDER --rebuild”"), "{run}");
        assert_eq!(desk.run(&["index", "corpus", "--rebuild"]).code, Some(0));
        assert!(diagnosis(&desk, &[], 0).healthy);
    }
}
