//! Cites every sentence of documents that are not text, and verifies what was cited.
#![cfg(all(feature = "epub", feature = "office"))]

use std::fs;
use std::io::Write;
use std::path::Path;

use pincite_core::cite::Style;
use pincite_core::engine::{Engine, Target};
use pincite_core::index::Update;
use pincite_core::source::{PassageId, TextKind};
use pincite_core::verify::{Status, VerifyRequest};
use rawzip::ZipArchiveWriter;

fn zip(entries: &[(&str, String)]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut archive = ZipArchiveWriter::new(&mut bytes);
    for (name, content) in entries {
        let (mut file, config) = archive.new_file(name).start().expect("an entry begins");
        let mut writer = config.wrap(&mut file);
        writer.write_all(content.as_bytes()).expect("memory can be written");
        let (_, descriptor) = writer.finish().expect("an entry ends");
        file.finish(descriptor).expect("an entry ends");
    }
    archive.finish().expect("an archive ends");
    bytes
}

/// Returns the paragraphs of a document about this year, each between `open` and `close`.
fn paragraphs(year: u32, [open, close]: [&str; 2]) -> String {
    let mut text = String::new();
    for n in 1..=12 {
        text += &format!(
            "{open}The ferry no. {n} crosses the bay\u{a0}twice a day – except in winter. “It is \
             slow,” said  Dana Sample. It opened in May {year} &amp; has run\nsince.{close}"
        );
    }
    text
}

fn documents(year: u32) -> [(&'static str, Vec<u8>); 4] {
    let word = paragraphs(year, ["<p><r><t>", "</t></r></p>"]);
    let text = paragraphs(year, ["<p>", "</p>"]);
    let row =
        "<tbl><tr><tc><p><t>Year</t></p></tc><tc><p><t>In all 40 guests.</t></p></tc></tr></tbl>";
    let slide = paragraphs(year, ["<sp><p><r><t>", "</t></r></p></sp>"]);
    let container = "<c><rootfile full-path=\"b.opf\"/></c>".to_owned();
    let opf = "<p><item id=\"a\" href=\"a.xhtml\"/><itemref idref=\"a\"/></p>".to_owned();
    let slides = "<d xmlns:r=\"r\"><sldId r:id=\"s\"/></d>".to_owned();
    let relations =
        "<r><Relationship Id=\"s\" Type=\"x/slide\" Target=\"slides/slide1.xml\"/></r>".to_owned();
    [
        ("word.docx", zip(&[("word/document.xml", format!("<d>{word}{row}</d>"))])),
        ("text.odt", zip(&[("content.xml", format!("<d>{text}</d>"))])),
        (
            "book.epub",
            zip(&[
                ("META-INF/container.xml", container),
                ("b.opf", opf),
                ("a.xhtml", format!("<html><body>{text}</body></html>")),
            ]),
        ),
        (
            "slides.pptx",
            zip(&[
                ("ppt/presentation.xml", slides),
                ("ppt/_rels/presentation.xml.rels", relations),
                ("ppt/slides/slide1.xml", format!("<sld>{slide}</sld>")),
            ]),
        ),
    ]
}

#[test]
fn every_citation_is_exact_until_its_words_change() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let files = folder.path().join("files");
    fs::create_dir(&files).expect("a folder can be made");
    let write = |year| {
        for (name, bytes) in documents(year) {
            fs::write(files.join(name), bytes).expect("it can be written");
        }
    };
    write(1932);
    let engine = Engine::new(folder.path().join("index"));
    let update = Update { paths: vec![files.clone()], ..Update::default() };
    assert_eq!(engine.update(&update, &()).expect("it can be updated").skipped, []);

    let style = Style::find(Style::DEFAULT).expect("it is built in");
    let mut ids: Vec<PassageId> = Vec::new();
    for listed in engine.sources().expect("there are four") {
        let source = &listed.source;
        assert_eq!(source.text, TextKind::Extracted);
        for n in 1..=12 {
            for part in ["", ".1", ".2", ".3", ".2-3"] {
                ids.push(format!("{}#p{n}{part}", source.id).parse().expect("it is an id"));
            }
        }
    }
    ids.push("word#p13".parse().expect("it is an id"));
    let cited = engine.cite(&ids, &style).expect("they are there");
    let mut records = String::new();
    for quotation in &cited {
        let citation = &quotation.citation;
        let is_book = citation.file.ends_with("epub");
        assert_eq!(citation.locator.chapter, is_book.then_some(1));
        let is_slide = citation.file.ends_with("pptx");
        assert_eq!(citation.locator.slide, is_slide.then_some(1));
        assert_eq!((citation.locator.page, citation.markup.as_deref()), (None, None));
        records += &(serde_json::to_string(citation).expect("it is JSON") + "\n");
    }
    assert_eq!(cited.last().map(|it| &*it.citation.quote), Some("Year\tIn all 40 guests."));
    let statuses = || -> Vec<Status> {
        let requests = VerifyRequest::parse(&records, Path::new("records.jsonl"));
        let requests = requests.expect("they are records");
        let outcomes = engine.verify(&requests, None).expect("they can be verified");
        outcomes.into_iter().map(|outcome| outcome.status).collect()
    };
    assert_eq!(statuses(), vec![Status::Exact; ids.len()]);
    assert!(engine.doctor(&()).expect("it can be examined").findings.is_empty());

    write(1923);
    for (status, quotation) in statuses().into_iter().zip(&cited) {
        let has_changed = quotation.citation.quote.contains("1932");
        assert_eq!(status == Status::SourceChanged, has_changed, "{}", quotation.citation.id);
    }
    // The text that was indexed proves a quotation when the file is gone.
    fs::remove_dir_all(&files).expect("it can be removed");
    let found = engine.verify(
        &VerifyRequest::parse(&records, Path::new("records.jsonl")).expect("they are records")[..1],
        None,
    );
    let found = found.expect("it can be verified");
    assert_eq!(found[0].status, Status::SourceMissing);
    assert!(found[0].detail.contains("the index has the quotation"), "{}", found[0].detail);
}

/// A document in RTF, a workbook and a page that was saved in one file.
#[cfg(all(feature = "html", feature = "mail", feature = "rtf"))]
fn others() -> [(&'static str, Vec<u8>); 3] {
    let rtf = paragraphs(1932, ["\\pard ", "\\par\n"]);
    let rtf = format!("{{\\rtf1\\ansi\\ansicpg65001 {rtf}}}");
    let row = "<row><c t=\"str\"><v>The ferry was slow. It took 40 guests.</v></c></row>";
    let sheet = format!("<w><row><c t=\"str\"><v>text</v></c></row>{}</w>", row.repeat(5));
    let book = "<w xmlns:r=\"r\"><sheet name=\"A\" r:id=\"a\"/></w>".to_owned();
    let relations =
        "<r><Relationship Id=\"a\" Type=\"x/worksheet\" Target=\"one.xml\"/></r>".to_owned();
    let page = paragraphs(1932, ["<p>", "</p>"]);
    let page = format!(
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\
         Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         <html><body><article>{page}</article></body></html>\r\n--x--\r\n"
    );
    let entries = [
        ("xl/workbook.xml", book),
        ("xl/_rels/workbook.xml.rels", relations),
        ("xl/one.xml", sheet),
    ];
    [("a.rtf", rtf.into_bytes()), ("b.xlsx", zip(&entries)), ("c.mhtml", page.into_bytes())]
}

#[cfg(all(feature = "html", feature = "mail", feature = "rtf"))]
#[test]
fn every_citation_of_other_formats_is_exact() {
    let folder = tempfile::tempdir().expect("a folder can be made");
    let files = folder.path().join("files");
    fs::create_dir(&files).expect("a folder can be made");
    for (name, bytes) in others() {
        fs::write(files.join(name), bytes).expect("it can be written");
    }
    let engine = Engine::new(folder.path().join("index"));
    let update = Update { paths: vec![files], ..Update::default() };
    let report = engine.update(&update, &()).expect("it can be updated");
    assert_eq!((report.skipped, report.added), (vec![], 7));
    let style = Style::find(Style::DEFAULT).expect("it is built in");
    let mut ids: Vec<PassageId> = Vec::new();
    for listed in engine.sources().expect("there are some") {
        let target = Target::Source(listed.source.id.to_string());
        let reading = engine.show(&target, 0).expect("it can be shown");
        for passage in reading.blocks.iter().filter_map(|block| block.passage()) {
            ids.push(passage.id());
            for n in 1..=passage.sentences.len() {
                ids.push(format!("{}.{n}", passage.id()).parse().expect("it is an id"));
            }
        }
    }
    let cited = engine.cite(&ids, &style).expect("they are there");
    let mut records = String::new();
    for quotation in &cited {
        let citation = &quotation.citation;
        assert_eq!(citation.text, TextKind::Extracted);
        assert_eq!(citation.locator.cell.is_some(), citation.file.ends_with("xlsx"));
        records += &(serde_json::to_string(citation).expect("it is JSON") + "\n");
    }
    assert!(cited.len() > 90, "{}", cited.len());
    let requests = VerifyRequest::parse(&records, Path::new("records.jsonl"));
    let outcomes = engine.verify(&requests.expect("they are records"), None);
    let statuses = outcomes.expect("they can be verified").into_iter().map(|it| it.status);
    assert!(statuses.into_iter().all(|status| status == Status::Exact));
    assert!(engine.doctor(&()).expect("it can be examined").findings.is_empty());
}
