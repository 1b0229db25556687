//! Tables and JSON in an index: sources of their own, of which an update reads those that changed.
#![cfg(all(feature = "csv", feature = "json"))]

use std::fs;
use std::path::{Path, PathBuf};

use pincite_core::cite::{Citation, Style};
use pincite_core::engine::{Ailment, Engine};
use pincite_core::index::{Report, Update};
use pincite_core::source::{PassageId, Stale};
use pincite_core::verify::{Status, VerifyRequest};

const TABLE: &str = "id,text,title\n\
    a,\"It rained in May. \"\"Again,\"\" they said.\",Rain\n\
    b,The gate was shut for three days.,Gate\n\
    c,Snow closed the pass in December.,Snow\n";

struct Corpus {
    folder: tempfile::TempDir,
    engine: Engine,
}

impl Corpus {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        fs::create_dir(folder.path().join("exports")).expect("a folder can be made");
        let engine = Engine::new(folder.path().join("index"));
        Self { folder, engine }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join("exports").join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).expect("it can be written");
    }

    fn update(&self) -> Report {
        self.update_with(None)
    }

    fn update_with(&self, fields: Option<&str>) -> Report {
        let fields = fields.map(|fields| fields.parse().expect("they are fields"));
        let paths = vec![self.folder.path().join("exports")];
        let update = Update { paths, fields, ..Update::default() };
        self.engine.update(&update, &()).expect("it can be updated")
    }

    fn ids(&self) -> Vec<String> {
        let sources = self.engine.sources().expect("they can be listed");
        sources.iter().map(|entry| entry.source.id.to_string()).collect()
    }

    fn cite(&self, id: &str) -> Citation {
        let style = Style::find(Style::DEFAULT).expect("it is built in");
        let id: PassageId = id.parse().expect("it is an id");
        let mut cited = self.engine.cite(&[id], &style).expect("it is there");
        cited.remove(0).citation
    }

    fn verify(&self, citation: &Citation) -> Status {
        let json = serde_json::to_string(citation).expect("it is JSON");
        let requests = VerifyRequest::parse(&json, Path::new("r.jsonl")).expect("it is a record");
        self.engine.verify(&requests, None).expect("it can be verified").remove(0).status
    }

    fn ailments(&self) -> Vec<(String, Ailment)> {
        let found = self.engine.doctor(&()).expect("it can be examined").findings;
        found.into_iter().map(|it| (it.source.to_string(), it.ailment)).collect()
    }
}

fn counts(report: &Report) -> [u64; 4] {
    [report.added, report.updated, report.removed, report.unchanged]
}

#[test]
fn only_records_that_changed_are_read_again() {
    let corpus = Corpus::new();
    corpus.write("days.csv", TABLE);
    assert_eq!(counts(&corpus.update()), [3, 0, 0, 0]);
    assert_eq!(corpus.ids(), ["days!a", "days!b", "days!c"]);
    let rain = corpus.cite("days!a#p1.2");
    assert_eq!(rain.locator.bytes.of(TABLE), "\"\"Again,\"\" they said.");
    assert_eq!((rain.quote.as_str(), rain.file.as_str()), ("\"Again,\" they said.", "days.csv"));
    assert_eq!(rain.locator.field.as_deref(), Some("text"));
    let record = rain.locator.record.expect("it is of a record");
    assert_eq!((record.number, record.bytes.expect("in UTF-8").start), (1, 14));
    let snow = corpus.cite("days!c#p1");
    assert_eq!([corpus.verify(&rain), corpus.verify(&snow)], [Status::Exact; 2]);

    // Records added at the end change nothing of the others, in the file or in the index.
    let longer = format!("{TABLE}d,It blew.,Wind\n");
    corpus.write("days.csv", &longer);
    assert_eq!(corpus.verify(&rain), Status::Exact);
    assert_eq!(corpus.cite("days!a#p1.2").stale, None);
    assert_eq!(corpus.ailments(), []);
    assert_eq!(counts(&corpus.update()), [1, 0, 0, 3]);
    assert_eq!(counts(&corpus.update()), [0, 0, 0, 4]);

    // The same number of bytes: one record is another.
    corpus.write("days.csv", &longer.replace("three days", "seven days"));
    assert_eq!(corpus.cite("days!b#p1").stale, Some(Stale::Changed));
    assert_eq!(corpus.cite("days!c#p1").stale, None);
    assert_eq!(corpus.ailments(), [("days!b".to_owned(), Ailment::Changed)]);
    assert_eq!(counts(&corpus.update()), [0, 1, 0, 3]);
    assert_eq!(corpus.cite("days!b#p1").quote, "The gate was shut for seven days.");

    // One is gone, and what is below it has moved.
    let shorter = TABLE.replace("b,The gate was shut for three days.,Gate\n", "");
    corpus.write("days.csv", &shorter);
    assert_eq!(corpus.verify(&snow), Status::Moved);
    assert_eq!(counts(&corpus.update()), [0, 1, 2, 1]);
    assert_eq!(corpus.ids(), ["days!a", "days!c"]);
    assert_eq!(corpus.cite("days!c#p1").locator.bytes.of(&shorter), snow.quote);
    assert_eq!(corpus.ailments(), []);

    fs::remove_file(corpus.path("days.csv")).expect("it is there");
    corpus.write("other.jsonl", "{\"text\": \"It rained in May.\"}\n");
    assert_eq!(counts(&corpus.update()), [1, 0, 2, 0]);
    assert_eq!(corpus.ids(), ["other!1"]);
    assert_ne!(corpus.verify(&rain), Status::Exact);
}

#[test]
fn fields_that_were_named_are_remembered() {
    let corpus = Corpus::new();
    corpus.write("a.csv", "nr,note\n1,It rained.\n");
    let report = corpus.update();
    assert_eq!((report.skipped.len(), report.not_read.files().len()), (0, 1));
    assert_eq!(counts(&corpus.update_with(Some("text=note"))), [1, 0, 0, 0]);
    assert_eq!(counts(&corpus.update()), [0, 0, 0, 1]);
    corpus.write("a.csv", "nr,note\n1,It rained.\n2,It snowed.\n");
    assert_eq!(counts(&corpus.update()), [1, 0, 0, 1]);
    assert_eq!(corpus.verify(&corpus.cite("a!2#p1")), Status::Exact);

    corpus.write("a.csv.meta.toml", "publisher = \"Lowland Post\"\n[fields]\ntext = \"nr\"\n");
    assert_eq!(counts(&corpus.update()), [0, 2, 0, 0]);
    let one = corpus.cite("a!1#p1");
    assert_eq!((one.quote.as_str(), corpus.verify(&one)), ("1", Status::Exact));
    assert!(one.source.values().any(|value| value == "Lowland Post"));
}

#[test]
fn a_file_can_become_one_source_and_several_again() {
    let corpus = Corpus::new();
    let object = |text: &str| format!("{{\"text\": \"{text}\"}}");
    corpus.write("a.json", &object("It rained."));
    assert_eq!(counts(&corpus.update()), [1, 0, 0, 0]);
    assert_eq!(corpus.ids(), ["a"]);
    corpus.write("a.json", &format!("[{}, {}]", object("It rained."), object("It snowed.")));
    assert_eq!(counts(&corpus.update()), [2, 0, 1, 0]);
    assert_eq!(corpus.ids(), ["a!1", "a!2"]);
    assert_eq!(corpus.verify(&corpus.cite("a!2#p1")), Status::Exact);
    corpus.write("a.json", &object("It blew."));
    assert_eq!(counts(&corpus.update()), [1, 0, 2, 0]);
    assert_eq!(corpus.ids(), ["a"]);
    assert_eq!(corpus.cite("a#p1").quote, "It blew.");

    // Two files that have a name keep their own.
    corpus.write("a.csv", "text\nIt thundered.\n");
    assert_eq!(counts(&corpus.update()), [1, 0, 0, 1]);
    let ids = corpus.ids();
    assert!(ids[0] == "a" && ids[1].starts_with("a-") && ids[1].ends_with("!1"), "{ids:?}");
    assert_eq!(counts(&corpus.update()), [0, 0, 0, 2]);
}
