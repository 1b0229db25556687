//! Indexes archives and compressed files, cites every sentence in them, cuts each out of what the
//! member unpacks to, and verifies it.
#![cfg(all(feature = "archives", feature = "csv", feature = "html"))]

use std::collections::HashMap;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use pincite_core::cite::{Citation, Style};
use pincite_core::engine::{Engine, Target};
use pincite_core::index::Update;
use pincite_core::source::{PassageId, TextKind};
use pincite_core::verify::{Status, VerifyRequest};

/// A folder with archives, and their index.
struct Desk {
    folder: tempfile::TempDir,
    engine: Engine,
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).expect("it is written to memory");
    out.finish().expect("it is written to memory")
}

fn tar(entries: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_cksum();
        out.append_data(&mut header, name, content.as_slice()).expect("it is written to memory");
    }
    out.into_inner().expect("it is written to memory")
}

/// Returns the files, by their names and, in archives, those of their members.
fn files(word: &str) -> HashMap<&'static str, Vec<u8>> {
    let page = format!(
        "<html><head><title>The {word}</title></head><body><article><p>The {word} at Karvo ran twice \
         a day &amp; took <b>eight</b> cars, whatever the office said. “It is slow,” said Dana \
         Sample.</p></article></body></html>"
    );
    let notes = format!(
        "The {word} was late again.\r\n\r\nIt rained for 40 days – in Mäe. Nobody came.\r\n"
    );
    let table = format!(
        "id,title,text\n1,Bread,\"Bread cost 12 crowns. A \"\"{word}\"\" cost 9.\"\n2,Snow,It snowed in May.\n"
    );
    HashMap::from([
        ("a.zip/pages/one.html", page.clone().into_bytes()),
        ("a.zip/notes.txt", notes.clone().into_bytes()),
        ("b.tar.gz/table.csv", table.clone().into_bytes()),
        ("b.tar.gz/deep.html", page.replace("twice", "once").into_bytes()),
        ("c.html.gz/c.html", page.replace("twice", "thrice").into_bytes()),
        ("d.csv.gz/d.csv", table.replace("12", "13").into_bytes()),
        ("e.warc.gz/https://lowland.example/e", page.replace("twice", "never").into_bytes()),
    ])
}

fn zip(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = rawzip::ZipArchiveWriter::new(&mut bytes);
    for (name, content) in entries {
        let (mut file, config) = archive.new_file(name).start().expect("an entry begins");
        let mut writer = config.wrap(&mut file);
        writer.write_all(content).expect("memory can be written");
        let (_, descriptor) = writer.finish().expect("an entry ends");
        file.finish(descriptor).expect("an entry ends");
    }
    archive.finish().expect("an archive ends");
    bytes
}

impl Desk {
    fn new(word: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder can be made");
        let engine = Engine::new(folder.path().join("index"));
        let desk = Self { folder, engine };
        fs::create_dir(desk.corpus()).expect("a folder can be made");
        desk.write(word);
        desk
    }

    fn corpus(&self) -> PathBuf {
        self.folder.path().join("corpus")
    }

    fn write(&self, word: &str) {
        let files = files(word);
        let warc = format!(
            "WARC/1.0\r\nWARC-Type: resource\r\nWARC-Target-URI: https://lowland.example/e\r\n\
             WARC-Date: 2021-05-03T10:00:00Z\r\nContent-Type: text/html\r\nContent-Length: {}\r\n\r\n",
            files["e.warc.gz/https://lowland.example/e"].len()
        );
        let warc =
            [warc.into_bytes(), files["e.warc.gz/https://lowland.example/e"].clone()].concat();
        let inner = tar(&[
            ("table.csv", files["b.tar.gz/table.csv"].clone()),
            ("deep.html", files["b.tar.gz/deep.html"].clone()),
        ]);
        for (name, bytes) in [
            (
                "a.zip",
                zip(&[
                    ("pages/one.html", &files["a.zip/pages/one.html"]),
                    ("notes.txt", &files["a.zip/notes.txt"]),
                ]),
            ),
            ("b.tar.gz", gzip(&inner)),
            ("c.html.gz", gzip(&files["c.html.gz/c.html"])),
            ("d.csv.gz", gzip(&files["d.csv.gz/d.csv"])),
            ("e.warc.gz", gzip(&warc)),
        ] {
            fs::write(self.corpus().join(name), bytes).expect("it can be written");
        }
    }

    fn update(&self) -> pincite_core::index::Report {
        let update = Update { paths: vec![self.corpus()], ..Update::default() };
        self.engine.update(&update, &()).expect("it can be updated")
    }

    /// Cites all sentences and paragraphs.
    fn cite(&self) -> Vec<Citation> {
        let style = Style::find(Style::DEFAULT).expect("it is built in");
        let mut ids: Vec<PassageId> = Vec::new();
        for listed in self.engine.sources().expect("there are some") {
            let target = Target::Source(listed.source.id.to_string());
            let reading = self.engine.show(&target, 0).expect("it can be shown");
            for passage in reading.blocks.iter().filter_map(|block| block.passage()) {
                ids.push(passage.id());
                for n in 1..=passage.sentences.len() {
                    ids.push(format!("{}.{n}", passage.id()).parse().expect("it is an id"));
                }
            }
        }
        let cited = self.engine.cite(&ids, &style).expect("they are there");
        cited.into_iter().map(|quotation| quotation.citation).collect()
    }

    fn verify(&self, cited: &[Citation]) -> Vec<Status> {
        let records: Vec<String> =
            cited.iter().map(|it| serde_json::to_string(it).expect("it is JSON")).collect();
        let requests = VerifyRequest::parse(&records.join("\n"), Path::new("records.jsonl"));
        let outcomes = self.engine.verify(&requests.expect("they are records"), None);
        outcomes.expect("they can be verified").into_iter().map(|it| it.status).collect()
    }
}

#[test]
fn every_citation_is_exact_in_its_member_until_that_changes() {
    let desk = Desk::new("ferry");
    let report = desk.update();
    assert_eq!((report.skipped, report.warnings), (vec![], vec![]));
    assert_eq!(report.added, 9);
    let ids: Vec<String> = desk
        .engine
        .sources()
        .expect("there are some")
        .iter()
        .map(|it| it.source.id.to_string())
        .collect();
    assert_eq!(
        ids,
        [
            "a!notes",
            "a!pages-one",
            "b!deep",
            "b!table!1",
            "b!table!2",
            "c",
            "d!1",
            "d!2",
            "e!lowland.example-e"
        ]
    );
    let sources = desk.engine.sources().expect("there are some");
    let formats: Vec<&str> = sources.iter().map(|it| it.format()).collect();
    let expected = ["plain", "html", "html", "csv", "csv", "html", "csv", "csv", "warc"];
    assert_eq!(formats, expected);
    let cited = desk.cite();
    assert!(cited.len() > 20, "{}", cited.len());
    let files = files("ferry");
    for citation in &cited {
        let member = citation.locator.member.as_deref().expect("it is in an archive");
        let unpacked = &files[&*format!("{}/{member}", citation.file)];
        let slice = &unpacked[citation.locator.bytes.start..citation.locator.bytes.end];
        let expected = citation.markup.as_ref().unwrap_or(&citation.quote);
        assert_eq!(slice, expected.as_bytes(), "{}", citation.id);
        let is_file = citation.file == "a.zip" && member == "notes.txt";
        assert_eq!(citation.text, if is_file { TextKind::File } else { TextKind::Markup });
        assert_eq!(citation.file_and_line(), citation.file);
        if let Some(bytes) = citation.locator.record.and_then(|record| record.bytes) {
            let hash = pincite_core::source::content_hash(&unpacked[bytes.start..bytes.end]);
            assert_eq!(hash, citation.content_hash, "{}", citation.id);
        }
    }
    assert_eq!(desk.verify(&cited), vec![Status::Exact; cited.len()]);
    assert!(desk.engine.doctor(&()).expect("it can be examined").findings.is_empty());
    let again = desk.update();
    assert_eq!((again.added, again.updated, again.removed, again.unchanged), (0, 0, 0, 9));

    // Another member is another place, and no forged one is taken for it.
    let mut forged = cited[0].clone();
    forged.locator.member = Some("other.txt".to_owned());
    assert_ne!(desk.verify(&[forged]), [Status::Exact]);

    desk.write("bridge");
    for (status, citation) in desk.verify(&cited).into_iter().zip(&cited) {
        let has_changed = citation.quote.contains("ferry");
        assert_eq!(status == Status::SourceChanged, has_changed, "{} {status:?}", citation.id);
    }
    let report = desk.update();
    assert_eq!((report.added, report.removed), (0, 0));
    assert_eq!(desk.verify(&desk.cite()), vec![Status::Exact; cited.len()]);
    assert!(desk.engine.doctor(&()).expect("it can be examined").findings.is_empty());

    fs::remove_file(desk.corpus().join("a.zip")).expect("it can be removed");
    let gone = desk.verify(&cited[..1]);
    assert_eq!(gone, [Status::SourceMissing]);
    assert_eq!(desk.update().removed, 2);
}
