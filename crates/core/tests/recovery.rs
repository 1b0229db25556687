//! Whatever happens to the files of an index, a rebuild makes it anew, and nothing panics.
//!
//! `PINCITE_TEST_CORRUPTIONS=N` tries N corruptions instead of a few.

use std::collections::BTreeMap;
use std::fs;
use std::panic;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use pincite_core::index::{Index, Update};
use tempfile::TempDir;

static PANICS: AtomicU64 = AtomicU64::new(0);

/// Numbers that are the same in each run.
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) as usize % end.max(1)
    }
}

/// Damages a file in one of several ways. Returns what was done.
fn damage(random: &mut Random, path: &Path) -> String {
    let mut bytes = fs::read(path).unwrap();
    let at = random.below(bytes.len());
    let what = match random.below(6) {
        0 => {
            fs::remove_file(path).unwrap();
            return format!("{} deleted", path.display());
        }
        1 => {
            bytes.truncate(at);
            "cut short"
        }
        2 if !bytes.is_empty() => {
            let end = (at + 1 + random.below(64)).min(bytes.len());
            bytes[at..end].fill(0);
            "filled with zeros in part"
        }
        3 => {
            bytes.fill(0);
            "filled with zeros"
        }
        4 => {
            bytes.iter_mut().for_each(|byte| *byte = random.below(256) as u8);
            "filled with noise"
        }
        _ if !bytes.is_empty() => {
            bytes[at] ^= 1 << random.below(8);
            "flipped"
        }
        _ => "as it was",
    };
    fs::write(path, bytes).unwrap();
    format!("{} {what} at {at}", path.display())
}

fn texts(dir: &Path) -> BTreeMap<String, Vec<String>> {
    let reader = Index::open(dir).unwrap().reader().unwrap();
    let texts = |entry: &pincite_core::index::Entry| {
        let passages = reader.passages(&entry.source.id).unwrap();
        passages.into_iter().map(|passage| passage.text).collect()
    };
    let entries = reader.sources().unwrap();
    entries.iter().map(|entry| (entry.source.file.clone(), texts(entry))).collect()
}

#[test]
fn a_rebuild_cures_any_damage() {
    // Before an index is opened: what is caught then does not get here.
    panic::set_hook(Box::new(|info| {
        PANICS.fetch_add(1, Ordering::SeqCst);
        eprintln!("{info}");
    }));
    let wanted = std::env::var("PINCITE_TEST_CORRUPTIONS").ok().and_then(|n| n.parse().ok());
    let wanted: u64 = wanted.unwrap_or(40);
    let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
    let (corpus, dir) = (folder.path().join("corpus"), folder.path().join("index"));
    fs::create_dir(&corpus).unwrap();
    let update = Update { paths: vec![corpus.clone()], ..Update::default() };
    // In several segments.
    for n in 0..4 {
        let text = format!("Caravan {n} came down.\n\nNobody had expected number {n}.\n");
        fs::write(corpus.join(format!("{n}.txt")), text).unwrap();
        Index::update(&dir, &update, &()).unwrap();
    }
    let whole = texts(&dir);
    let files: Vec<(PathBuf, Vec<u8>)> = fs::read_dir(&dir)
        .unwrap()
        .flatten()
        .map(|entry| (entry.path(), fs::read(entry.path()).unwrap()))
        .collect();

    let mut random = Random(11);
    let mut panics = 0;
    for _ in 0..wanted {
        fs::remove_dir_all(&dir).unwrap();
        fs::create_dir(&dir).unwrap();
        for (path, bytes) in &files {
            fs::write(path, bytes).unwrap();
        }
        let many = 1 + random.below(3);
        let done: Vec<String> = (0..many)
            .filter_map(|_| {
                let (path, _) = &files[random.below(files.len())];
                path.exists().then(|| damage(&mut random, path))
            })
            .collect();
        let rebuild = Update { rebuild: true, ..update.clone() };
        let report = Index::update(&dir, &rebuild, &());
        let report = report.unwrap_or_else(|error| panic!("{done:?}: {error}"));
        assert_eq!(report.added + report.updated, 4, "{done:?}");
        assert!(texts(&dir) == whole, "{done:?}");
        assert!(!dir.join(".pincite.rebuild").exists(), "{done:?}");
        let so_far = PANICS.load(Ordering::SeqCst);
        if so_far > panics {
            eprintln!("panicked: {done:?}");
            panics = so_far;
        }
    }
    drop(panic::take_hook());
    eprintln!("{wanted} corruptions tried, {panics} panics");
    assert_eq!(panics, 0);
}
