//! Archives and compressed files: which sources there are, and what is refused.
#![cfg(all(feature = "archives", feature = "csv", feature = "html", feature = "json"))]

mod shared;

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use pincite_extract::corpus::{Loaded, load};
use pincite_extract::extract::{Document, Fields, Records, Split, extractor_for};
use pincite_extract::source::{Provenance, TextKind};
use proptest::prelude::*;
use shared::zip;

const PAGE: &str = "<html><head><title>The ferry</title></head><body><article><h1>The ferry</h1>\
    <p>The ferry at Karvo ran twice a day, and took eight cars, whatever the harbour office said of \
    it &amp; of its captain in the accounts of that year.</p></article></body></html>";

const TABLE: &str = "id,title,text\nL-1,Bread,Bread cost 12 crowns.\nL-2,Snow,It snowed in May.\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::best());
    out.write_all(bytes).expect("it is written to memory");
    out.finish().expect("it is written to memory")
}

fn tar(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = tar::Builder::new(Vec::new());
    for (name, content) in entries {
        let mut header = tar::Header::new_gnu();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        out.append(&header, *content).expect("it is written to memory");
    }
    out.into_inner().expect("it is written to memory")
}

/// Writes a record of an archive of web pages.
fn record(kind: &str, url: &str, content: &str) -> String {
    format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-05-03T10:00:00Z\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{content}\r\n\r\n",
        content.len()
    )
}

fn answer(status: &str, headers: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\n{headers}\r\n\r\n{body}")
}

/// The records of an archive of web pages.
fn records() -> Vec<String> {
    let html = "Content-Type: text/html; charset=utf-8";
    let chunked = format!("{html}\r\nTransfer-Encoding: chunked");
    let (first, rest) = PAGE.split_at(40);
    let chunks = format!("{:x}\r\n{first}\r\n{:X};x=y\r\n{rest}\r\n0\r\n\r\n", 40, rest.len());
    vec![
        record("warcinfo", "", "software: none"),
        record("request", "https://lowland.example/ferry", "GET /ferry HTTP/1.1\r\n\r\n"),
        record("response", "https://lowland.example/ferry", &answer("200 OK", html, PAGE)),
        record("response", "https://lowland.example/old", &answer("301 Moved", html, PAGE)),
        record(
            "response",
            "https://lowland.example/a.png",
            &answer("200 OK", "Content-Type: image/png", "x"),
        ),
        record("response", "https://lowland.example/chunked", &answer("200 OK", &chunked, &chunks)),
        record(
            "response",
            "https://lowland.example/notes",
            &answer("200 OK", "Content-Type: text/plain", "It rained for 40 days.\n"),
        ),
        record("response", "https://lowland.example/ferry", &answer("200 OK", html, PAGE)),
    ]
}

fn split(name: &str, bytes: &[u8]) -> Result<Split, String> {
    let extractor = extractor_for(Path::new(name)).expect("it is read");
    extractor.split(bytes.to_vec(), &Fields::default()).map_err(|error| error.to_string())
}

fn several(name: &str, bytes: &[u8]) -> Box<dyn Records> {
    match split(name, bytes) {
        Ok(Split::Several(records)) => records,
        Ok(Split::One(_)) => panic!("{name} is one"),
        Ok(Split::Data(reason)) | Err(reason) => panic!("{name} {reason}"),
    }
}

fn one(name: &str, bytes: &[u8]) -> Document {
    match split(name, bytes) {
        Ok(Split::One(document)) => *document,
        Ok(_) => panic!("{name} has records"),
        Err(reason) => panic!("{name} {reason}"),
    }
}

/// Returns the key and the member of each source.
fn sources(records: &dyn Records) -> Vec<(&str, &str)> {
    let slots = records.slots().iter();
    slots.map(|slot| (&*slot.key, slot.member.as_deref().unwrap_or_default())).collect()
}

#[test]
fn members_are_read_by_their_names() {
    let inner = zip(&[("deep.md", "# A road\n\nIt was closed for nine weeks.\n")]);
    let table = gzip(TABLE.as_bytes());
    let bytes = tar(&[
        ("pages/ferry.html", PAGE.as_bytes()),
        ("./notes.txt", b"It rained for 40 days.\n"),
        ("notes.md", b"Nobody saw the bridge again.\n"),
        ("photo.png", b"\x89PNG"),
        (".hidden/a.txt", b"It is hidden."),
        ("posts.csv", TABLE.as_bytes()),
        ("posts.csv.gz", &table),
        ("more.zip", &inner),
        ("empty.txt", b""),
        ("../out.txt", b"It is outside."),
    ]);
    for (name, bytes) in
        [("a.tar", bytes.clone()), ("a.tar.gz", gzip(&bytes)), ("a.tgz", gzip(&bytes))]
    {
        let records = several(name, &bytes);
        assert_eq!(
            sources(&*records),
            [
                ("pages-ferry", "pages/ferry.html"),
                ("notes", "notes.txt"),
                ("3", "notes.md"),
                ("posts!l-1", "posts.csv"),
                ("posts!l-2", "posts.csv"),
                ("6!l-1", "posts.csv.gz!posts.csv"),
                ("6!l-2", "posts.csv.gz!posts.csv"),
                ("more!deep", "more.zip!deep.md"),
                ("empty", "empty.txt"),
            ]
        );
        assert_eq!(
            records.warnings(),
            [
                "member \"../out.txt\" has a name that leads out of the archive: it is not read",
                "has 1 member(s) that are not read: 1 .png",
            ]
        );
        let page = records.document(0).expect("it has a text");
        assert_eq!((page.kind, page.text.as_str()), (TextKind::Markup, PAGE));
        assert_eq!(&*records.bytes(0), PAGE.as_bytes());
        let row = records.document(4).expect("it has a text");
        assert_eq!(row.text, "L-2,Snow,It snowed in May.");
        assert_eq!(&*records.bytes(6), row.text.as_bytes());
        assert_eq!(records.document(7).expect("it has a text").text.len(), 40);
        assert_eq!(records.document(8).expect_err("it has none").0, "is empty");
        let places = records.slots().iter().map(|slot| slot.place);
        assert!(places.clone().zip(1..).all(|(place, number)| place.number == number));
        assert_eq!(
            places.map(|it| it.bytes.map(|it| it.start)).collect::<Vec<_>>()[3..5],
            [Some(14), Some(46)]
        );
    }
}

#[test]
fn compressed_files_are_read_as_what_they_are() {
    let page = one("a.html.gz", &gzip(PAGE.as_bytes()));
    assert_eq!((page.kind, page.text.as_str()), (TextKind::Markup, PAGE));
    assert_eq!(page.metadata.title(), Some("The ferry"));
    assert_eq!(several("a.csv.gz", &gzip(TABLE.as_bytes())).slots().len(), 2);
    for name in ["a.txt.bz2", "a.html.xz", "a.mbox.zst", "a.txz", "a.tar.xz"] {
        assert!(extractor_for(Path::new(name)).is_some(), "{name}");
    }
    assert!(extractor_for(Path::new("a.png.gz")).is_none());
    assert!(extractor_for(Path::new("a.gz")).is_none());
}

#[test]
fn answers_of_web_servers_are_read() {
    let whole = records();
    let compressed: Vec<u8> = whole.iter().flat_map(|record| gzip(record.as_bytes())).collect();
    let at_once = gzip(whole.concat().as_bytes());
    let collection = {
        let text: String = whole.concat();
        zip(&[
            ("archive/data.warc", &text),
            ("pages/pages.jsonl", "{\"text\": \"No page.\"}"),
            ("datapackage.json", "{}"),
        ])
    };
    for (name, bytes) in [
        ("a.warc", whole.concat().into_bytes()),
        ("a.warc.gz", compressed),
        ("a.warc.gz", at_once),
        ("a.wacz", collection),
    ] {
        let records = several(name, &bytes);
        let keys: Vec<&str> = sources(&*records).iter().map(|(key, _)| *key).collect();
        assert_eq!(
            keys,
            ["lowland.example-ferry", "lowland.example-chunked", "lowland.example-notes", "4"]
        );
        let members = sources(&*records);
        assert!(
            members.iter().all(|(_, member)| member.contains("https://lowland.example/")),
            "{members:?}"
        );
        for i in [0, 1, 3] {
            assert_eq!(records.document(i).expect("it has a text").text, PAGE, "{name} {i}");
        }
        let notes = records.document(2).expect("it has a text");
        assert_eq!((notes.kind, notes.text.as_str()), (TextKind::File, "It rained for 40 days.\n"));
        assert_eq!(notes.metadata.url(), Some("https://lowland.example/notes"));
        let accessed = notes.metadata.iter().find(|(variable, ..)| *variable == "accessed");
        assert!(accessed.is_some_and(|(_, value, provenance)| {
            value.to_string().contains("2021") && provenance == Provenance::Declared
        }));
    }
}

#[test]
fn archives_that_cannot_be_read_say_why() {
    let whole = zip(&[("a.txt", "It rained for 40 days."), ("b.txt", "It snowed.")]);
    for (name, bytes, reason) in [
        ("a.zip", Vec::new(), "is empty"),
        ("a.zip", b"plain words".to_vec(), "is no ZIP archive"),
        (
            "a.zip",
            whole[..whole.len() / 2].to_vec(),
            "the list at the end of the archive is missing",
        ),
        ("a.tar", b"plain words".to_vec(), "is damaged, or no archive of tar"),
        ("a.tar.gz", b"plain words".to_vec(), "is damaged: it is no whole gzip file"),
        ("a.warc", b"plain words".to_vec(), "is no archive of web pages"),
        ("a.warc.gz", gzip(b"plain words"), "is no archive of web pages"),
        ("a.zip", zip(&[("a.png", "x"), ("b.png", "y")]), "has no member that is read (2 .png)"),
    ] {
        match split(name, &bytes) {
            Err(error) => assert!(error.contains(reason), "{error}"),
            Ok(Split::Data(why)) => assert!(why.contains(reason), "{why}"),
            Ok(_) => panic!("{name}: {reason}"),
        }
    }
    // A checksum that is wrong is found when the member is read; the others are read.
    let mut wrong = whole.clone();
    let at = wrong.windows(10).position(|it| it == b"It rained ").map(|at| at + 4);
    match at {
        Some(at) => wrong[at] ^= 1,
        None => wrong[40] ^= 1,
    }
    let records = several("a.zip", &wrong);
    let error = records.document(0).expect_err("it is damaged");
    assert!(error.0.starts_with("is damaged: "), "{error}");
    assert_eq!(records.document(1).expect("it is whole").text, "It snowed.");
    let cut = tar(&[("a.txt", b"It rained."), ("b.txt", &[b'x'; 4000])]);
    let records = several("a.tar", &cut[..cut.len() - 4000]);
    assert_eq!(records.slots().len(), 1);
    assert_eq!(records.warnings().len(), 1);
}

#[test]
fn hostile_archives_are_read_in_bounds() {
    let zeros = vec![b'0'; 64 << 20];
    let bomb = gzip(&zeros);
    let error = split("a.txt.gz", &bomb).err().expect("it is a bomb");
    assert!(error.starts_with("unpacks to more than is read"), "{error}");
    let text = String::from_utf8(zeros).expect("they are digits");
    let records = several("a.zip", &zip(&[("a.txt", &text), ("b.txt", "It snowed.")]));
    let error = records.document(0).expect_err("it is a bomb");
    assert!(error.0.starts_with("unpacks to more than is read"), "{error}");
    assert!(records.document(1).is_ok());

    // An archive in an archive in an archive is read, and no deeper.
    let mut tars = tar(&[("a.txt", b"It rained for 40 days.")]);
    for depth in 1..6 {
        let found = split("a.tar", &tars);
        match found {
            Ok(Split::Several(records)) if depth <= 3 => {
                assert!(records.document(0).is_ok_and(|it| it.text.starts_with("It rained")));
            }
            Ok(Split::Data(reason)) if depth > 3 => {
                assert!(reason.contains("lies within 3 archives"), "{reason}")
            }
            Ok(_) => panic!("at depth {depth}"),
            Err(error) => panic!("at depth {depth}: {error}"),
        }
        tars = tar(&[("a.tar", &tars)]);
    }

    let names: Vec<String> = (0..100_000).map(|i| format!("{i}.txt")).collect();
    let entries: Vec<(&str, &str)> = names.iter().map(|name| (&**name, "It rained.")).collect();
    let records = several("a.zip", &zip(&entries));
    assert_eq!(records.slots().len(), 100_000);
    assert_eq!(records.document(99_999).expect("it has a text").text, "It rained.");

    let twice = zip(&[("a.txt", "One."), ("a.txt", "Two."), ("b.txt", "Three.")]);
    let records = several("a.zip", &twice);
    assert_eq!(sources(&*records), [("b", "b.txt")]);
    assert!(records.warnings()[0].starts_with("has 1 name(s) more than once"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to the bytes of an archive, nothing panics, and what is listed is read or
    /// refused.
    #[test]
    fn damaged_archives_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..24, prop::collection::vec(any::<u8>(), 0..6)), 1..6),
    ) {
        let inner = gzip(TABLE.as_bytes());
        let warc: Vec<u8> = records().iter().flat_map(|record| gzip(record.as_bytes())).collect();
        for (name, mut bytes) in [
            ("a.zip", zip(&[("a.html", PAGE), ("b.csv", TABLE), ("c/d.txt", "It rained.")])),
            ("a.tar", tar(&[("a.html", PAGE.as_bytes()), ("b.csv.gz", &inner), ("c.warc.gz", &warc)])),
            ("a.warc.gz", warc.clone()),
            ("a.warc", records().concat().into_bytes()),
            ("a.tgz", gzip(&tar(&[("b.csv", TABLE.as_bytes())]))),
        ] {
            for (at, cut, put) in &edits {
                let at = at.index(bytes.len() + 1);
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put.iter().copied());
            }
            if let Ok(Split::Several(records)) = split(name, &bytes) {
                for i in 0..records.slots().len().min(20) {
                    let _ = records.hash(i);
                    let _ = records.document(i);
                }
            }
        }
    }
}

/// Returns the header of a member of an archive of `tar`.
fn head(name: &str, size: u64) -> tar::Header {
    let mut header = tar::Header::new_gnu();
    header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
    header.set_size(size);
    header.set_mode(0o644);
    header.set_cksum();
    header
}

#[test]
fn an_archive_may_be_larger_than_a_text() {
    const LARGE: u64 = 300 << 20;
    let folder = tempfile::tempdir().expect("a folder can be made");
    let path = folder.path().join("a.tar");
    let mut file = std::fs::File::create(&path).expect("a file can be made");
    let mut add = |head: &tar::Header, at: u64, content: &[u8]| {
        file.set_len(at).expect("it has no limit");
        file.seek(SeekFrom::Start(at)).expect("it is there");
        file.write_all(head.as_bytes()).expect("it can be written to");
        file.write_all(content).expect("it can be written to");
    };
    add(&head("ferry.html", PAGE.len() as u64), 0, PAGE.as_bytes());
    add(&head("zeros.txt", LARGE), 1024, b"");
    add(&head("notes.txt", 23), 1536 + LARGE, b"It rained for 40 days.\n");
    let reader = extractor_for(&path).expect("it is read");
    let loaded = load(&path, None, reader, &Fields::default(), None);
    let Ok(Loaded::Several(several)) = loaded else { panic!("it has members") };
    let records = &several.records;
    assert_eq!(sources(&**records), [("ferry", "ferry.html"), ("notes", "notes.txt")]);
    assert_eq!(records.warnings(), ["member zeros.txt is not read: it has more than 256 MiB"]);
    assert_eq!(&*records.bytes(1), b"It rained for 40 days.\n");
    assert_eq!(&*records.bytes(0), PAGE.as_bytes());
}

#[test]
fn names_that_are_larger_than_texts_are_refused() {
    let mut name = head("././@LongLink", 2 << 20);
    name.set_entry_type(tar::EntryType::GNULongName);
    name.set_cksum();
    let notes = head("notes.txt", 5);
    let long = vec![b'a'; 2 << 20];
    let bytes = [name.as_bytes(), &long[..], notes.as_bytes(), &[b'a'; 512]].concat();
    let error = split("a.tar", &bytes).err().expect("it is refused");
    assert_eq!(error, "is damaged, or no archive of tar");
}
