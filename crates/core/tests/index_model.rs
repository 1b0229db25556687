//! Compares the index with a naive model: whatever happens to a folder, and wherever an update is
//! interrupted, the index has the folder as of the last completed update.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use pincite_core::Error;
use pincite_core::index::{Index, Progress, Report, Update};
use proptest::prelude::*;
use tempfile::TempDir;

/// Held by a test while it writes: between fork and exec, a process started by another test has all
/// open files of this one, and with them its lock on an index.
static ALONE: Mutex<()> = Mutex::new(());

/// Returns a folder in memory if possible: a small update mostly waits for the disk.
fn temporary_folder() -> TempDir {
    TempDir::new_in("/dev/shm").or_else(|_| TempDir::new()).unwrap()
}

/// An article: its paragraphs, and the title that a sidecar file declares.
#[derive(Debug, Clone, Default, PartialEq)]
struct Article {
    paragraphs: Vec<String>,
    title: Option<String>,
}

/// Articles by file name.
type Model = BTreeMap<String, Article>;

#[derive(Debug, Clone)]
enum Step {
    Write {
        file: usize,
        paragraphs: Vec<u16>,
    },
    Remove {
        file: usize,
    },
    Rename {
        from: usize,
        to: usize,
    },
    Touch {
        file: usize,
    },
    Describe {
        file: usize,
        title: u8,
    },
    Index,
    Rebuild,
    /// An update that is killed after this number of calls of its progress.
    Crash {
        after: usize,
    },
}

const FILES: [&str; 6] = ["a.md", "b.md", "north/a.md", "north/b.md", "north a.md", "c.md"];

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let file = || 0..FILES.len();
    let step = prop_oneof![
        5 => (file(), prop::collection::vec(0..200_u16, 1..4))
            .prop_map(|(file, paragraphs)| Step::Write { file, paragraphs }),
        1 => file().prop_map(|file| Step::Remove { file }),
        1 => (file(), file()).prop_map(|(from, to)| Step::Rename { from, to }),
        1 => file().prop_map(|file| Step::Touch { file }),
        2 => (file(), 0..3_u8).prop_map(|(file, title)| Step::Describe { file, title }),
        3 => Just(Step::Index),
        1 => Just(Step::Rebuild),
        2 => (0..8_usize).prop_map(|after| Step::Crash { after }),
    ];
    prop::collection::vec(step, 1..25)
}

/// The folder of articles and its index, and the model of both.
struct World {
    folder: TempDir,
    /// The number of the index folder; a crash moves on to the next.
    generation: usize,
    articles: Model,
    indexed: Option<Model>,
}

impl World {
    fn new() -> Self {
        let folder = temporary_folder();
        fs::create_dir_all(folder.path().join("corpus/north")).unwrap();
        Self { folder, generation: 0, articles: Model::new(), indexed: None }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join("corpus").join(file)
    }

    fn index(&self) -> PathBuf {
        self.folder.path().join(format!("index-{}", self.generation))
    }

    fn take(&mut self, step: &Step) {
        match *step {
            Step::Write { file, ref paragraphs } => {
                let paragraphs: Vec<_> = paragraphs.iter().map(|n| paragraph(*n)).collect();
                fs::write(self.path(FILES[file]), paragraphs.join("\n\n")).unwrap();
                self.articles.entry(FILES[file].to_owned()).or_default().paragraphs = paragraphs;
            }
            Step::Remove { file } => {
                if self.articles.remove(FILES[file]).is_some() {
                    fs::remove_file(self.path(FILES[file])).unwrap();
                    self.describe(file, 0);
                }
            }
            Step::Rename { from, to } => {
                if from != to && self.articles.contains_key(FILES[from]) {
                    self.describe(from, 0);
                    fs::rename(self.path(FILES[from]), self.path(FILES[to])).unwrap();
                    let paragraphs = self.articles.remove(FILES[from]).unwrap().paragraphs;
                    self.articles.entry(FILES[to].to_owned()).or_default().paragraphs = paragraphs;
                }
            }
            Step::Touch { file } => {
                if self.articles.contains_key(FILES[file]) {
                    let opened =
                        fs::File::options().append(true).open(self.path(FILES[file])).unwrap();
                    opened
                        .set_modified(std::time::SystemTime::now() - Duration::from_secs(60))
                        .unwrap();
                }
            }
            Step::Describe { file, title } => self.describe(file, title),
            Step::Index => self.update(false),
            Step::Rebuild => self.update(true),
            Step::Crash { after } => self.crash(after),
        }
    }

    /// Declares a title for a file that exists, or deletes the declaration.
    fn describe(&mut self, file: usize, title: u8) {
        let sidecar = self.path(&format!("{}.meta.json", FILES[file]));
        let title = (title > 0).then(|| format!("The title number {title}"));
        match (self.articles.get_mut(FILES[file]), title) {
            (Some(article), Some(title)) => {
                fs::write(sidecar, serde_json::json!({ "title": title }).to_string()).unwrap();
                article.title = Some(title);
            }
            (article, _) => {
                let _ = fs::remove_file(sidecar);
                if let Some(article) = article {
                    article.title = None;
                }
            }
        }
    }

    fn run(&self, rebuild: bool, progress: &dyn Progress) -> Result<Report, Error> {
        let update =
            Update { paths: vec![self.folder.path().join("corpus")], rebuild, ..Update::default() };
        Index::update(&self.index(), &update, progress)
    }

    fn update(&mut self, rebuild: bool) {
        let before = self.indexed.clone().unwrap_or_default();
        match self.run(rebuild, &()) {
            Ok(report) => {
                let found = (report.added, report.updated, report.removed, report.unchanged);
                assert_eq!(found, changes(&before, &self.articles, rebuild));
                assert_eq!(report.passages as usize, count(&self.articles));
                self.indexed = Some(self.articles.clone());
            }
            Err(Error::NothingToIndex { .. }) if self.articles.is_empty() && before.is_empty() => {}
            Err(error) => panic!("{error}"),
        }
        self.check();
    }

    /// Copies the index in the middle of an update, as if the update had been killed.
    fn crash(&mut self, after: usize) {
        let left = self.folder.path().join(format!("index-{}", self.generation + 1));
        let interrupted =
            Interrupted { index: self.index(), left, calls: AtomicUsize::new(0), after };
        if self.run(false, &interrupted).is_err() {
            return;
        }
        if interrupted.left.exists() {
            self.generation += 1;
        } else {
            self.indexed = Some(self.articles.clone());
        }
        self.check();
    }

    /// Compares everything in the index with the model.
    fn check(&self) {
        let Some(model) = &self.indexed else {
            assert!(matches!(Index::open(&self.index()), Err(Error::NoIndex { .. })));
            return;
        };
        let found = contents(&self.index());
        assert_eq!(found.keys().collect::<Vec<_>>(), model.keys().collect::<Vec<_>>());
        for (file, article) in model {
            assert_eq!(found[file].paragraphs, article.paragraphs, "{file}");
            if article.title.is_some() {
                assert_eq!(found[file].title, article.title, "{file}");
            }
        }
    }
}

fn paragraph(n: u16) -> String {
    format!(
        "The caravan of the year {n} came down from the pass in the evening, and nobody had expected it."
    )
}

/// Reads everything in the index, by every method.
fn contents(index: &Path) -> Model {
    let reader = Index::open(index).unwrap().reader().unwrap();
    let entries = reader.sources().unwrap();
    let stats = reader.stats().unwrap();
    let mut model = Model::new();
    for entry in &entries {
        assert_eq!(reader.source(&entry.source.id).unwrap().as_ref(), Some(entry));
        let passages = reader.passages(&entry.source.id).unwrap();
        assert_eq!(passages.len(), entry.paragraphs as usize);
        for (number, passage) in (1..).zip(&passages) {
            assert_eq!(passage.paragraph, number);
            assert_eq!(reader.passage(&entry.source.id, number).unwrap().as_ref(), Some(passage));
        }
        let paragraphs = passages.into_iter().map(|passage| passage.text).collect();
        let title = entry.source.metadata.title().map(str::to_owned);
        assert!(model.insert(entry.source.file.clone(), Article { paragraphs, title }).is_none());
    }
    assert_eq!(stats.sources as usize, entries.len());
    assert_eq!(stats.passages as usize, count(&model));
    model
}

fn count(model: &Model) -> usize {
    model.values().map(|article| article.paragraphs.len()).sum()
}

/// Counts the articles added, updated, removed and unchanged between two models.
fn changes(before: &Model, after: &Model, rebuild: bool) -> (u64, u64, u64, u64) {
    let added = after.keys().filter(|file| !before.contains_key(*file)).count();
    let removed = before.keys().filter(|file| !after.contains_key(*file)).count();
    let same = |file: &String, article: &Article| !rebuild && before.get(file) == Some(article);
    let unchanged = after.iter().filter(|(file, article)| same(file, article)).count();
    let updated = after.len() - added - unchanged;
    (added as u64, updated as u64, removed as u64, unchanged as u64)
}

/// Copies an index while it is updated. The update waits for the copy, so no commit can happen
/// meanwhile.
struct Interrupted {
    index: PathBuf,
    left: PathBuf,
    calls: AtomicUsize,
    after: usize,
}

impl Interrupted {
    fn called(&self) {
        if self.calls.fetch_add(1, Ordering::SeqCst) == self.after {
            fs::create_dir(&self.left).unwrap();
            for entry in fs::read_dir(&self.index).unwrap().flatten() {
                // Tantivy may have deleted the file since it was listed.
                let _ = fs::copy(entry.path(), self.left.join(entry.file_name()));
            }
        }
    }
}

impl Progress for Interrupted {
    fn planned(&self, _: u64, _: u64) {
        self.called();
    }

    fn file_done(&self, _: &str, _: u64) {
        self.called();
    }

    fn committing(&self) {
        self.called();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_index_is_the_folder_as_of_the_last_update(steps in steps()) {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let mut world = World::new();
        for step in &steps {
            world.take(step);
        }
        world.update(false);
    }
}

/// The environment variable that names the folder of the process to be killed.
const WORLD: &str = "PINCITE_TEST_WORLD";

/// Not a test itself: the process that [`killed_at_any_instant_the_last_commit_survives`] kills.
#[test]
fn update_until_killed() {
    if let Some(world) = std::env::var_os(WORLD) {
        let world = PathBuf::from(world);
        let update = Update { paths: vec![world.join("corpus")], ..Update::default() };
        let updated = Index::update(&world.join("index"), &update, &());
        fs::write(world.join("outcome"), format!("{:?}", updated.map(drop))).unwrap();
    }
}

/// Simulates a full disk: no file may be longer than 64 KiB.
#[cfg(unix)]
#[test]
fn a_write_that_fails_leaves_the_last_commit() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let world = temporary_folder();
    fs::create_dir(world.path().join("corpus")).unwrap();
    fs::write(world.path().join("corpus/a.md"), paragraph(1)).unwrap();
    let update = Update { paths: vec![world.path().join("corpus")], ..Update::default() };
    Index::update(&world.path().join("index"), &update, &()).unwrap();
    let before = contents(&world.path().join("index"));

    let mut seed = 7_u64;
    let mut word = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        format!("word{} ", seed >> 40)
    };
    let words: Vec<String> = (0..20_000).map(|_| word()).collect();
    fs::write(world.path().join("corpus/b.md"), words.concat()).unwrap();
    let status = Command::new("sh")
        .args(["-c", "trap '' XFSZ; ulimit -f 128; exec \"$0\" --exact update_until_killed"])
        .arg(std::env::current_exe().unwrap())
        .env(WORLD, world.path())
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(status.success());
    let outcome = fs::read_to_string(world.path().join("outcome")).unwrap();
    assert!(outcome.starts_with("Err(File(Io { action: \"write\""), "{outcome}");
    assert_eq!(contents(&world.path().join("index")), before);

    // With space again, the next update completes.
    let report = Index::update(&world.path().join("index"), &update, &()).unwrap();
    assert_eq!((report.added, report.unchanged), (1, 1));
}

#[test]
fn killed_at_any_instant_the_last_commit_survives() {
    let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
    let world = temporary_folder();
    fs::create_dir(world.path().join("corpus")).unwrap();
    let index = world.path().join("index");
    let mut committed = Model::new();
    for round in 0..12_u16 {
        // Each update adds, replaces and removes something.
        let mut articles = Model::new();
        for n in round..round + 20 {
            let paragraphs: Vec<_> =
                (0..8).map(|p| paragraph(1_000 * round + 10 * n + p)).collect();
            articles.insert(format!("{n:02}.md"), Article { paragraphs, title: None });
        }
        for file in committed.keys().filter(|file| !articles.contains_key(*file)) {
            let _ = fs::remove_file(world.path().join("corpus").join(file));
        }
        for (file, article) in &articles {
            fs::write(world.path().join("corpus").join(file), article.paragraphs.join("\n\n"))
                .unwrap();
        }
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "update_until_killed"])
            .env(WORLD, world.path())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        thread::sleep(Duration::from_millis(8 * u64::from(round)));
        child.kill().unwrap();
        child.wait().unwrap();

        match Index::open(&index) {
            Ok(_) => {
                let found = contents(&index);
                let texts = |model: &Model| -> BTreeMap<_, _> {
                    model
                        .iter()
                        .map(|(file, article)| (file.clone(), article.paragraphs.clone()))
                        .collect()
                };
                assert!(
                    texts(&found) == texts(&articles) || texts(&found) == texts(&committed),
                    "round {round}"
                );
            }
            Err(error) => {
                assert!(matches!(error, Error::NoIndex { .. }) && committed.is_empty(), "{error}")
            }
        }
        let update = Update { paths: vec![world.path().join("corpus")], ..Update::default() };
        Index::update(&index, &update, &()).unwrap();
        committed = contents(&index);
        assert_eq!(committed.keys().collect::<Vec<_>>(), articles.keys().collect::<Vec<_>>());
    }
}
