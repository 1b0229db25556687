use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::tantivy::{Lock, Writer, mark};
use super::*;
use crate::FileError;
use crate::source::SourceId;

struct Silent;

impl Progress for Silent {
    fn planned(&self, _: u64, _: u64) {}
    fn file_done(&self, _: &str, _: u64) {}
    fn committing(&self) {}
}

/// A corpus and the place of an index beside it.
struct Bench {
    folder: TempDir,
}

impl Bench {
    fn new(files: &[(&str, &str)]) -> Self {
        let bench = Self { folder: TempDir::new().unwrap() };
        fs::create_dir(bench.corpus()).unwrap();
        for (name, text) in files {
            bench.write(name, text);
        }
        bench
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("index")
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.corpus().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn remove(&self, name: &str) {
        fs::remove_file(self.corpus().join(name)).unwrap();
    }

    fn all(&self) -> Update {
        Update { paths: vec![self.corpus()], ..Update::default() }
    }

    fn update(&self) -> Report {
        self.run(&self.all()).unwrap()
    }

    fn run(&self, update: &Update) -> Result<Report> {
        Index::update(&self.dir(), update, &Silent)
    }

    fn reader(&self) -> Reader {
        Index::open(&self.dir()).unwrap().reader().unwrap()
    }

    fn ids(&self) -> Vec<String> {
        self.reader().sources().unwrap().iter().map(|entry| entry.source.id.to_string()).collect()
    }

    fn texts(&self, id: &str) -> Vec<String> {
        let passages = self.reader().passages(&SourceId::slug(id)).unwrap();
        passages.into_iter().map(|passage| passage.text).collect()
    }
}

/// Added, updated, removed, unchanged, skipped.
fn counts(report: &Report) -> [u64; 5] {
    [report.added, report.updated, report.removed, report.unchanged, report.skipped.len() as u64]
}

const A: &str = "Herat lies in the west. Its citadel is old.\n\nIt has a minaret garden of 1417.\n";
const B: &str = "Kunduz lies in the north.\n\nCotton grows there.\n";

#[test]
fn what_is_indexed_is_read_back() {
    let bench = Bench::new(&[("a.txt", A), ("north/b.txt", B)]);
    let report = bench.update();
    assert_eq!(
        (counts(&report), report.passages, report.bytes),
        ([2, 0, 0, 0, 0], 4, (A.len() + B.len()) as u64)
    );
    assert_eq!(bench.ids(), ["a", "north-b"]);

    let reader = bench.reader();
    let entry = reader.source(&SourceId::slug("north/b")).unwrap().unwrap();
    assert_eq!(fs::read_to_string(&entry.path).unwrap(), B);
    assert_eq!(
        (entry.source.file.as_str(), entry.paragraphs, entry.stamp.size),
        ("north/b.txt", 2, B.len() as u64)
    );
    let passage = reader.passage(&entry.source.id, 2).unwrap().unwrap();
    assert_eq!(
        (passage.text.as_str(), passage.span().of(B)),
        ("Cotton grows there.", "Cotton grows there.")
    );
    assert_eq!(reader.passage(&entry.source.id, 3).unwrap(), None);
    assert_eq!(reader.passage(&entry.source.id, 0).unwrap(), None);
    assert_eq!(reader.source(&SourceId::slug("c")).unwrap(), None);

    let stats = reader.stats().unwrap();
    assert_eq!((stats.sources, stats.passages, stats.format), (2, 4, Index::FORMAT));
    assert_eq!(stats.languages.iter().map(|(_, count)| count).sum::<u64>(), 4);
}

#[test]
fn only_what_changed_is_read_again() {
    let bench = Bench::new(&[("a.txt", A), ("b.txt", B), ("c.txt", "Ghazni lies in the south.")]);
    bench.update();
    let commit = || fs::read(bench.dir().join("meta.json")).unwrap();
    let before = commit();
    assert_eq!(counts(&bench.update()), [0, 0, 0, 3, 0]);
    assert!(commit() == before, "nothing was to be committed");

    bench.write("b.txt", "Kunduz was taken in 2015.");
    bench.remove("c.txt");
    bench.write("d.txt", "Farah lies on a river.");
    assert_eq!(counts(&bench.update()), [1, 1, 1, 1, 0]);
    assert_eq!(bench.ids(), ["a", "b", "d"]);
    assert_eq!(bench.texts("b"), ["Kunduz was taken in 2015."]);
    assert_eq!(bench.texts("c"), [] as [String; 0]);
}

#[test]
fn a_change_of_the_same_length_in_the_same_instant_is_seen() {
    let bench = Bench::new(&[("a.txt", "It was in 1996.")]);
    // A time to come is never settled, however slow the machine.
    let modified = std::time::SystemTime::now() + std::time::Duration::from_secs(3600);
    let stamp = || {
        fs::File::options()
            .write(true)
            .open(bench.corpus().join("a.txt"))
            .unwrap()
            .set_modified(modified)
            .unwrap();
    };
    stamp();
    bench.update();
    bench.write("a.txt", "It was in 1997.");
    stamp();
    assert_eq!(counts(&bench.update()), [0, 1, 0, 0, 0]);
    assert_eq!(bench.texts("a"), ["It was in 1997."]);
}

#[test]
fn a_settled_file_is_not_read_again() {
    let bench = Bench::new(&[("a.txt", A)]);
    let path = bench.corpus().join("a.txt");
    let age = |seconds| {
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(seconds);
        fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    };
    age(60);
    bench.update();
    let record =
        |bench: &Bench| Store::open(&bench.dir()).unwrap().unwrap().records().unwrap().remove(0);
    assert!(record(&bench).stamp.modified.is_some());
    // Touched, but the same: read, and found unchanged.
    age(30);
    assert_eq!(counts(&bench.update()), [0, 0, 0, 1, 0]);
}

#[test]
fn a_dry_run_says_the_same_and_writes_nothing() {
    let bench = Bench::new(&[("a.txt", A), ("b.txt", B)]);
    let dry = Update { dry_run: true, ..bench.all() };
    let said = bench.run(&dry).unwrap();
    assert!(!bench.dir().exists());
    assert_eq!(said, bench.update());

    bench.write("a.txt", "Herat.");
    bench.remove("b.txt");
    bench.write("c.txt", B);
    bench.write("d.txt", "\0\u{1}");
    let said = bench.run(&dry).unwrap();
    assert_eq!(bench.ids(), ["a", "b"]);
    assert_eq!(said, bench.update());
    assert_eq!(counts(&said), [1, 1, 1, 0, 1]);
}

#[test]
fn a_file_without_text_is_reported_and_its_old_text_goes() {
    let bench =
        Bench::new(&[("a.txt", A), ("b.txt", B), ("empty.txt", ""), ("blank.txt", " \n\n")]);
    let report = bench.update();
    assert_eq!(counts(&report), [2, 0, 0, 0, 2]);
    assert_eq!(
        report.skipped.iter().map(|s| s.file.as_str()).collect::<Vec<_>>(),
        ["blank.txt", "empty.txt"]
    );
    bench.write("b.txt", "");
    assert_eq!(counts(&bench.update()), [0, 0, 1, 1, 3]);
    assert_eq!(bench.ids(), ["a"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_cannot_be_read_stays_as_it_was() {
    let bench = Bench::new(&[("a.txt", A), ("deep/b.txt", B)]);
    bench.update();
    // A link to nothing can be neither read nor followed, whoever asks; permissions do not stop
    // root.
    bench.remove("a.txt");
    std::os::unix::fs::symlink("nowhere", bench.corpus().join("a.txt")).unwrap();
    let update = Update { follow_links: true, ..bench.all() };
    let report = bench.run(&update).unwrap();
    assert_eq!((counts(&report), report.unread), ([0, 0, 0, 2, 1], 1), "{report:?}");
    assert_eq!(bench.texts("a").len(), 2);
    let report = bench.run(&Update { rebuild: true, ..update }).unwrap();
    assert_eq!((counts(&report), report.unread), ([0, 1, 0, 1, 1], 1), "{report:?}");
    assert_eq!(bench.texts("a").len(), 2);
}

#[test]
fn paths_are_reconciled_each_for_itself() {
    let bench = Bench::new(&[("one/a.txt", A), ("two/b.txt", B)]);
    let only = |name: &str| Update { paths: vec![bench.corpus().join(name)], ..Update::default() };
    bench.run(&only("one")).unwrap();
    assert_eq!(counts(&bench.run(&only("two")).unwrap()), [1, 0, 0, 1, 0]);
    assert_eq!(bench.ids(), ["a", "b"]);
    bench.remove("one/a.txt");
    assert_eq!(counts(&bench.run(&only("two")).unwrap()), [0, 0, 0, 2, 0]);
    assert_eq!(counts(&bench.run(&only("one")).unwrap()), [0, 0, 1, 1, 0]);

    // A single file, and a folder inside a known root, keep to that root.
    bench.write("two/deep/c.txt", A);
    assert_eq!(counts(&bench.run(&only("two/deep")).unwrap()), [1, 0, 0, 1, 0]);
    assert_eq!(bench.ids(), ["b", "deep-c"]);
    assert_eq!(counts(&bench.run(&only("two/deep/c.txt")).unwrap()), [0, 0, 0, 2, 0]);
}

#[test]
fn paths_may_overlap_and_a_file_that_is_named_is_taken() {
    let bench = Bench::new(&[("a.txt", A), ("deep/b.txt", B), ("deep/.c.txt", A), ("d.odd", A)]);
    let paths = ["deep/.c.txt", "d.odd", "deep", "", "a.txt"]
        .map(|name| bench.corpus().join(name))
        .to_vec();
    let report = bench.run(&Update { paths, ..Update::default() }).unwrap();
    assert_eq!((counts(&report), report.skipped[0].file.as_str()), ([3, 0, 0, 0, 1], "d.odd"));
    assert_eq!(bench.ids(), ["a", "deep-.c", "deep-b"]);
}

#[test]
fn index_and_corpus_can_be_moved_together() {
    let bench = Bench::new(&[("a.txt", A)]);
    bench.update();
    let moved = TempDir::new().unwrap();
    for name in ["corpus", "index"] {
        fs::rename(bench.folder.path().join(name), moved.path().join(name)).unwrap();
    }
    let bench = Bench { folder: moved };
    let entry = bench.reader().sources().unwrap().remove(0);
    assert_eq!(fs::read_to_string(entry.path).unwrap(), A);
    assert_eq!(counts(&bench.update()), [0, 0, 0, 1, 0]);
}

#[test]
fn the_walk_keeps_to_what_was_asked_for() {
    let files =
        [("a.txt", A), ("b.md", B), (".hidden.txt", A), ("drafts/c.txt", A), ("skip/d.txt", B)];
    let bench = Bench::new(&files);
    bench.write(".gitignore", "skip/\n");
    bench.write("e.pdfx", "no format of ours");
    bench.update();
    assert_eq!(bench.ids(), ["a", "b", "drafts-c"]);
    bench.run(&Update { hidden: true, exclude: vec!["drafts".into()], ..bench.all() }).unwrap();
    assert_eq!(bench.ids(), [".hidden", "a", "b"]);
    bench.run(&Update { include: vec!["*.md".into()], ..bench.all() }).unwrap();
    assert_eq!(bench.ids(), ["b"]);

    // An index inside its corpus is no article.
    let inside = bench.corpus().join("a-index");
    fs::create_dir(&inside).unwrap();
    fs::write(inside.join("README.md"), "An index lies here.").unwrap();
    Index::update(&inside, &bench.all(), &Silent).unwrap();
    assert_eq!(Index::open(&inside).unwrap().reader().unwrap().stats().unwrap().sources, 3);
}

#[test]
fn declared_metadata_counts_as_a_part_of_the_source() {
    let bench = Bench::new(&[("a.txt", A), ("b.txt", B)]);
    bench.update();
    bench.write("a.meta.json", r#"{"id": "herat", "title": "The citadel of Herat"}"#);
    bench.write(
        "SOURCES.toml",
        "[\"b.txt\"]\ntitle = \"Cotton\"\n[\"a.txt\"]\ntitle = \"Not this\"\npublisher = \"P\"\n",
    );
    assert_eq!(counts(&bench.update()), [0, 2, 0, 0, 0]);
    assert_eq!(bench.ids(), ["b", "herat"]);
    let title = |id: &str| {
        let entry = bench.reader().source(&SourceId::slug(id)).unwrap().unwrap();
        entry.source.metadata.title().map(str::to_owned)
    };
    assert_eq!(title("herat").as_deref(), Some("The citadel of Herat"));
    assert_eq!(title("b").as_deref(), Some("Cotton"));
    assert_eq!(counts(&bench.update()), [0, 0, 0, 2, 0]);

    bench.write("a.meta.json", "{\n  \"title\": oops\n}");
    let report = bench.update();
    assert_eq!(counts(&report), [0, 1, 0, 1, 0]);
    assert_eq!(report.warnings.len(), 1);
    assert_eq!(report.warnings[0].file, "a.meta.json");
    assert!(
        report.warnings[0].message.starts_with("line 2, column "),
        "{}",
        report.warnings[0].message
    );
    assert_eq!(bench.ids(), ["a", "b"]);
}

#[test]
fn ids_that_collide_are_told_apart_and_stay() {
    let bench = Bench::new(&[("b/x.txt", B)]);
    bench.update();
    assert_eq!(bench.ids(), ["b-x"]);
    bench.write("b x.txt", A);
    bench.write("b-x.md", A);
    bench.update();
    let ids = bench.ids();
    assert_eq!(ids.len(), 3);
    assert_eq!(bench.texts("b-x").first().map(String::as_str), Some("Kunduz lies in the north."));

    bench.write("b x.txt", "Changed.");
    bench.update();
    bench.run(&Update { rebuild: true, ..bench.all() }).unwrap();
    assert_eq!(bench.ids(), ids);

    bench.write("y.txt", A);
    bench.write("y.meta.json", r#"{"id": "b-x"}"#);
    let report = bench.update();
    assert_eq!(report.warnings.len(), 1, "{report:?}");
    assert_eq!(bench.ids().len(), 4);
}

#[test]
fn an_id_that_moves_to_another_file_takes_no_passages_with_it() {
    let bench = Bench::new(&[("a.txt", A), ("a.meta.json", r#"{"id": "x"}"#), ("b.txt", B)]);
    bench.update();
    bench.write("a.meta.json", r#"{"id": "y"}"#);
    bench.write("b.meta.json", r#"{"id": "x"}"#);
    for _ in 0..2 {
        bench.update();
        assert_eq!(bench.ids(), ["x", "y"]);
        assert_eq!(
            (bench.texts("x")[0].as_str(), bench.texts("x").len()),
            ("Kunduz lies in the north.", 2)
        );
        assert_eq!(bench.texts("y").len(), 2);
    }
}

/// Says little where the tests run as root, whom nothing keeps from writing.
#[test]
#[cfg(unix)]
fn an_index_that_may_not_be_written_to_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let bench = Bench::new(&[("a.txt", A)]);
    bench.update();
    fs::remove_file(bench.dir().join(".tantivy-meta.lock")).unwrap();
    fs::set_permissions(bench.dir(), fs::Permissions::from_mode(0o555)).unwrap();
    let passages = bench.reader().passages(&SourceId::slug("a")).unwrap();
    fs::set_permissions(bench.dir(), fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(passages.len(), 2);
}

#[test]
fn a_reader_goes_on_reading_what_it_opened() {
    for rebuild in [false, true] {
        let bench = Bench::new(&[("a.txt", A)]);
        bench.update();
        let reader = bench.reader();
        bench.write("a.txt", "Changed.");
        bench.run(&Update { rebuild, ..bench.all() }).unwrap();
        assert_eq!(reader.passages(&SourceId::slug("a")).unwrap().len(), 2);
        assert_eq!(bench.texts("a"), ["Changed."]);
    }
}

#[test]
fn a_rebuild_takes_over_what_it_does_not_read() {
    let bench =
        Bench::new(&[("one/a.txt", A), ("two/b.md", "# The north\n\nKunduz.\n\nCotton.\n")]);
    bench.update();
    let one =
        Update { paths: vec![bench.corpus().join("one")], rebuild: true, ..Update::default() };
    let before = bench.reader().sources().unwrap();
    let report = bench.run(&one).unwrap();
    assert_eq!((counts(&report), report.passages), ([0, 1, 0, 1, 0], 4));
    assert_eq!(report.warnings, []);
    assert_eq!(bench.reader().sources().unwrap(), before);
    assert_eq!(bench.texts("two-b"), ["Kunduz.", "Cotton."]);
    assert_eq!(counts(&bench.update()), [0, 0, 0, 2, 0]);
}

#[test]
fn a_rebuild_leaves_nothing_behind_but_the_index() {
    let bench = Bench::new(&[("a.txt", A), ("b.txt", B)]);
    bench.update();
    let names = || {
        let entries = fs::read_dir(bench.dir()).unwrap().flatten();
        let names = entries.map(|entry| entry.file_name().into_string().unwrap());
        let mut kinds: Vec<_> = names
            .map(|name| name.rsplit_once('.').map_or(name.clone(), |(_, end)| end.to_owned()))
            .collect();
        kinds.sort();
        kinds
    };
    let before = names();
    // The remains of a killed rebuild, and a file that is none of ours.
    fs::create_dir(bench.dir().join(".pincite.rebuild")).unwrap();
    fs::write(bench.dir().join(".pincite.rebuild/meta.json"), "{").unwrap();
    fs::write(bench.dir().join("d41d8cd98f00b204e9800998ecf8427e.store"), "").unwrap();
    fs::write(bench.dir().join(".tmpAb3dE9"), "").unwrap();
    fs::write(bench.dir().join("d41d8cd98f00b204e9800998ecf8427e.photo"), "").unwrap();
    for rebuild in [true, false] {
        bench.run(&Update { rebuild, ..bench.all() }).unwrap();
    }
    assert!(bench.dir().join("d41d8cd98f00b204e9800998ecf8427e.photo").exists());
    fs::remove_file(bench.dir().join("d41d8cd98f00b204e9800998ecf8427e.photo")).unwrap();
    assert_eq!(names(), before);

    // With nothing left to read it is an index still.
    bench.remove("a.txt");
    bench.remove("b.txt");
    bench.run(&Update { rebuild: true, ..bench.all() }).unwrap();
    assert_eq!(bench.ids(), [] as [String; 0]);
}

mod failures {
    use super::*;

    fn fail(bench: &Bench) -> Error {
        bench.run(&bench.all()).unwrap_err()
    }

    #[test]
    fn a_path_that_is_missing() {
        let bench = Bench::new(&[("a.txt", A)]);
        let missing = bench.corpus().join("b.txt");
        let update = Update { paths: vec![bench.corpus(), missing.clone()], ..Update::default() };
        assert!(
            matches!(bench.run(&update), Err(Error::File(FileError::Io { path, .. })) if path == missing)
        );
        assert!(!bench.dir().exists());
    }

    #[test]
    fn nothing_to_index() {
        let bench = Bench::new(&[("picture.png", "")]);
        assert!(matches!(fail(&bench), Error::NothingToIndex { .. }));
        assert!(!bench.dir().exists());
        // A picture is passed over in silence, a document in a format that is not read is named.
        bench.write("b.txt", B);
        bench.write("Report.PDF", "");
        let report = bench.update();
        assert_eq!(
            (counts(&report), report.skipped[0].file.as_str()),
            ([1, 0, 0, 0, 1], "Report.PDF")
        );
        bench.remove("b.txt");
        bench.remove("Report.PDF");
        bench.update();
        // But that everything is gone is a change like any other.
        bench.write("a.txt", A);
        bench.update();
        bench.remove("a.txt");
        assert_eq!(counts(&bench.update()), [0, 0, 1, 0, 0]);
        assert!(matches!(fail(&bench), Error::NothingToIndex { .. }));
    }

    #[test]
    fn a_folder_that_holds_something_else() {
        let bench = Bench::new(&[("a.txt", A)]);
        fs::create_dir(bench.dir()).unwrap();
        fs::write(bench.dir().join(".gitignore"), "*\n").unwrap();
        fs::write(bench.dir().join("thesis.doc"), "years of work").unwrap();
        assert!(matches!(fail(&bench), Error::NotAnIndex { found, .. } if found == "thesis.doc"));
        let rebuild = Update { rebuild: true, ..bench.all() };
        assert!(matches!(bench.run(&rebuild), Err(Error::NotAnIndex { .. })));
        // Files with names like ours beside it are no reason to take it for ours.
        fs::write(bench.dir().join("meta.json"), "{}").unwrap();
        assert!(matches!(bench.run(&rebuild), Err(Error::NotAnIndex { .. })));
        fs::remove_file(bench.dir().join("meta.json")).unwrap();
        assert_eq!(fs::read_dir(bench.dir()).unwrap().count(), 2);
        assert!(matches!(Index::open(&bench.dir()), Err(Error::NoIndex { .. })));

        fs::remove_file(bench.dir().join("thesis.doc")).unwrap();
        bench.update();
        assert_eq!(bench.ids(), ["a"]);

        // As after `rm index/*`: what is hidden stays.
        for entry in fs::read_dir(bench.dir()).unwrap().map(|entry| entry.unwrap()) {
            if !entry.file_name().to_string_lossy().starts_with('.') {
                fs::remove_file(entry.path()).unwrap();
            }
        }
        assert_eq!(counts(&bench.update()), [1, 0, 0, 0, 0]);
    }

    #[test]
    fn a_file_where_the_folder_should_be() {
        let bench = Bench::new(&[("a.txt", A)]);
        fs::write(bench.dir(), "a file").unwrap();
        assert!(matches!(fail(&bench), Error::File(FileError::Io { action: "open", .. })));
        let under = bench.dir().join("index");
        assert!(matches!(
            Index::update(&under, &bench.all(), &Silent),
            Err(Error::File(FileError::Io { .. }))
        ));
    }

    #[test]
    fn no_index() {
        let bench = Bench::new(&[("a.txt", A)]);
        assert!(matches!(Index::open(&bench.dir()), Err(Error::NoIndex { .. })));
        fs::create_dir(bench.dir()).unwrap();
        mark(&bench.dir()).unwrap();
        assert!(matches!(Index::open(&bench.dir()), Err(Error::NoIndex { .. })));
        // A first update killed before its commit.
        drop(Store::open_or_create(&bench.dir()).unwrap());
        assert!(matches!(Index::open(&bench.dir()), Err(Error::NoIndex { .. })));
        bench.update();
        assert_eq!(bench.ids(), ["a"]);
    }

    #[test]
    fn another_version() {
        let bench = Bench::new(&[("a.txt", A)]);
        bench.update();
        fs::write(bench.dir().join("pincite.json"), r#"{"format":999}"#).unwrap();
        let opened = Index::open(&bench.dir()).map(drop);
        assert!(matches!(
            opened,
            Err(Error::IndexVersion { found: 999, expected: Index::FORMAT, .. })
        ));
        assert!(matches!(fail(&bench), Error::IndexVersion { .. }));
        let report = bench.run(&Update { rebuild: true, ..bench.all() }).unwrap();
        assert_eq!(counts(&report), [1, 0, 0, 0, 0]);
        assert_eq!(bench.ids(), ["a"]);
    }

    #[test]
    fn another_writer() {
        let bench = Bench::new(&[("a.txt", A)]);
        bench.update();
        let store = Store::open_or_create(&bench.dir()).unwrap();
        let lock = Lock::take(&bench.dir()).unwrap();
        let writer = Writer::open(&store, &lock, &bench.dir(), 1, 15_000_000).unwrap();
        assert!(matches!(fail(&bench), Error::IndexBusy { .. }));
        let rebuild = Update { rebuild: true, ..bench.all() };
        assert!(matches!(bench.run(&rebuild), Err(Error::IndexBusy { .. })));
        assert_eq!(bench.ids(), ["a"]);
        // Killed, it leaves what it did not commit behind, and the next goes on from the last
        // commit.
        drop((writer, lock));
        assert_eq!(counts(&bench.update()), [0, 0, 0, 1, 0]);
    }

    #[test]
    fn damage() {
        let damages: [fn(&Path); 5] = [
            |dir| fs::remove_file(dir.join("pincite.json")).unwrap(),
            |dir| fs::write(dir.join("meta.json"), "{").unwrap(),
            |dir| fs::write(dir.join("pincite.json"), "?").unwrap(),
            |dir| segment_files(dir, |file| fs::remove_file(file).unwrap()),
            |dir| segment_files(dir, |file| fs::write(file, "short").unwrap()),
        ];
        for damage in damages {
            let bench = Bench::new(&[("a.txt", A), ("b.txt", B)]);
            bench.update();
            damage(&bench.dir());
            let opened = Index::open(&bench.dir()).and_then(|index| index.reader()).map(drop);
            assert!(matches!(opened, Err(Error::IndexDamaged { .. })), "{opened:?}");
            let files = || fs::read_dir(bench.dir()).unwrap().count();
            let before = files();
            assert!(matches!(fail(&bench), Error::IndexDamaged { .. }));
            let rebuild = Update { rebuild: true, ..bench.all() };
            bench.run(&Update { dry_run: true, ..rebuild.clone() }).unwrap();
            assert_eq!(files(), before);
            let report = bench.run(&rebuild).unwrap();
            assert_eq!(counts(&report), [2, 0, 0, 0, 0]);
            assert!(report.warnings.iter().any(|remark| remark.message.contains("damaged")));
            assert_eq!(bench.ids(), ["a", "b"]);
        }
    }

    fn segment_files(dir: &Path, damage: impl Fn(&Path)) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "store") {
                damage(&entry.path());
            }
        }
    }

    #[test]
    fn a_malformed_glob() {
        let bench = Bench::new(&[("a.txt", A)]);
        let update = Update { include: vec!["[".into()], ..bench.all() };
        assert!(matches!(bench.run(&update), Err(Error::File(FileError::Usage { .. }))));
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_may_not_be_written() {
        use std::os::unix::fs::PermissionsExt;
        let bench = Bench::new(&[("a.txt", A)]);
        fs::create_dir(bench.dir()).unwrap();
        fs::set_permissions(bench.dir(), fs::Permissions::from_mode(0o555)).unwrap();
        if fs::write(bench.dir().join("README"), "").is_ok() {
            eprintln!("skipped: permissions do not bind this user");
            return;
        }
        assert!(matches!(fail(&bench), Error::File(FileError::Io { .. })));
    }
}

/// Deletes a source of the index in `dir`, and leaves its segment as it was but for the list of what
/// is deleted.
pub(crate) fn delete_unmerged(dir: &Path, source: &SourceId) {
    let store = Store::open_or_create(dir).unwrap();
    let lock = Lock::take(dir).unwrap();
    let writer = Writer::open(&store, &lock, dir, 1, 15_000_000).unwrap();
    writer.delete(source);
    writer.commit_unmerged().unwrap();
}
