//! Operations that the system may refuse, refused at every point of an update: the error says what
//! it is, the last commit stays whole, and the next run leaves an index like a fresh one.
//!
//! `PINCITE_TEST_FAULTS=N` tries N faults (at least) instead of a few.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::{fs, io};

use tempfile::TempDir;

use crate::Error;
use crate::index::plan::{Lookup, Plan, TermField};
use crate::index::tantivy::faults::Faults;
use crate::index::tantivy::folder::STAGING;
use crate::index::{Entry, Index, Reader, Report, Update};

/// Articles and an index of them, both at an earlier and at a later state.
struct World {
    folder: TempDir,
    old: BTreeMap<String, Vec<String>>,
    new: BTreeMap<String, Vec<String>>,
}

impl World {
    fn new() -> Self {
        let folder = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap();
        let mut world = World { folder, old: BTreeMap::new(), new: BTreeMap::new() };
        fs::create_dir(world.corpus()).unwrap();
        for n in 0..6 {
            world.write(n, "came down from the pass");
        }
        world.update(false).unwrap();
        world.old = contents(&world.reader());
        for n in 3..9 {
            world.write(n, "stayed in the valley");
        }
        fs::remove_file(world.corpus().join("0.txt")).unwrap();
        let fresh = world.fresh();
        world.new = contents(&fresh);
        world
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn write(&self, n: usize, what: &str) {
        let text = format!("Caravan {n} {what}.\n\nNobody had expected number {n}.\n");
        fs::write(self.corpus().join(format!("{n}.txt")), text).unwrap();
    }

    fn update(&self, rebuild: bool) -> crate::Result<Report> {
        let paths = vec![self.corpus()];
        Index::update(&self.dir(), &Update { paths, rebuild, ..Update::default() }, &())
    }

    fn reader(&self) -> Reader {
        Index::open(&self.dir()).unwrap().reader().unwrap()
    }

    /// A new index of the articles as they are.
    fn fresh(&self) -> Reader {
        let dir = self.folder.path().join("fresh");
        let update = Update { paths: vec![self.corpus()], ..Update::default() };
        Index::update(&dir, &update, &()).unwrap();
        let reader = Index::open(&dir).unwrap().reader().unwrap();
        fs::remove_dir_all(dir).unwrap();
        reader
    }

    /// Runs an update in which the operation number `at` fails, and what comes after. Returns
    /// whether it was reached.
    fn fail(&self, rebuild: bool, at: u64, lasting: bool, code: i32) -> bool {
        let before: Vec<_> = fs::read_dir(self.dir()).unwrap().flatten().collect();
        let before: Vec<_> =
            before.iter().map(|it| (it.path(), fs::read(it.path()).unwrap_or_default())).collect();
        let dir = self.dir().canonicalize().unwrap();
        let faults = Faults { dir, at, lasting, code, ..Faults::default() };
        let (outcome, done) = faults.during(|| self.update(rebuild));

        let what = format!("rebuild: {rebuild}, at {at}, lasting: {lasting}, code {code}");
        let found = contents(&self.reader());
        match outcome {
            // It was only in merging or tidying up, or another way was found.
            Ok(_) => assert!(found == self.new, "{what}"),
            Err(error) => {
                let said = io::Error::from_raw_os_error(code).to_string();
                let said = said.split(" (os error").next().unwrap();
                let message = error.to_string();
                assert!(message.contains(said), "{what}: {message}");
                assert!(!matches!(error, Error::IndexDamaged { .. }), "{what}: {message}");
                assert!(found == self.old || found == self.new, "{what}");
            }
        }
        self.update(false).unwrap_or_else(|error| panic!("{what}: {error}"));
        assert!(contents(&self.reader()) == self.new, "{what}");
        assert_eq!(ranking(&self.reader()), ranking(&self.fresh()), "{what}");
        assert!(!self.dir().join(STAGING).exists(), "{what}");

        fs::remove_dir_all(self.dir()).unwrap();
        fs::create_dir(self.dir()).unwrap();
        for (path, bytes) in before {
            fs::write(path, bytes).unwrap();
        }
        done > at
    }
}

fn contents(reader: &Reader) -> BTreeMap<String, Vec<String>> {
    let texts = |entry: &Entry| {
        let passages = reader.passages(&entry.source.id).unwrap();
        passages.into_iter().map(|passage| passage.text).collect()
    };
    let entries = reader.sources().unwrap();
    entries.iter().map(|entry| (entry.source.file.clone(), texts(entry))).collect()
}

/// Passages with a word that many have, and their scores.
pub(super) fn ranking(reader: &Reader) -> Vec<(String, u32)> {
    let words = ["caravan", "pass", "valley", "expect"];
    let lookup = Lookup::any(words.map(|word| Lookup::term(TermField::Stems, word)).to_vec());
    let plan = Plan { lookup, stem_frequencies: BTreeMap::new() };
    let found = reader.retrieve(&plan, 100).unwrap().candidates;
    let read = reader.read(&found.iter().map(|it| it.key).collect::<Vec<_>>()).unwrap();
    let scores = found.iter().map(|it| it.score.to_bits());
    let mut ranking: Vec<_> = read.iter().map(|it| it.passage.text.clone()).zip(scores).collect();
    ranking.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    ranking
}

const ENOSPC: i32 = 28;
const EMFILE: i32 = 24;
const EIO: i32 = 5;
const EACCES: i32 = 13;

#[cfg(unix)]
#[test]
fn what_is_refused_is_called_what_it_is_and_harms_nothing() {
    let wanted = std::env::var("PINCITE_TEST_FAULTS").ok().and_then(|n| n.parse().ok());
    let wanted: u64 = wanted.unwrap_or(24);
    let world = World::new();
    let mut tried = 0;
    // So that a few lie all over the run, and many at each operation of it.
    let stride = if wanted < 100 { 23 } else { 1 };
    for round in 0.. {
        let before = tried;
        let kinds = [ENOSPC, EMFILE, EIO, EACCES];
        for (rebuild, lasting) in [(false, false), (false, true), (true, false), (true, true)] {
            for at in (round % stride..).step_by(stride as usize) {
                let code = kinds[(tried % 4) as usize];
                if !world.fail(rebuild, at, lasting, code) {
                    break;
                }
                tried += 1;
            }
        }
        if tried >= wanted || tried == before {
            break;
        }
    }
    eprintln!("{tried} faults tried");
    assert!(tried >= wanted.min(24));
}
