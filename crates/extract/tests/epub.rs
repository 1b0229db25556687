//! Books: what is read, in what order, with which chapters and pages.
#![cfg(feature = "epub")]

mod shared;

use std::path::Path;

use pincite_extract::extract::{BlockKind, Document, extractor_for};
use pincite_extract::source::{Part, Provenance, SourceId, TextKind};
use proptest::prelude::*;
use shared::zip;

const CONTAINER: &str =
    r#"<container><rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>"#;

const OPF: &str = r#"<?xml version="1.0"?><package xmlns:dc="d" xmlns:opf="o"><metadata>
<dc:title>The Ferry</dc:title><dc:creator opf:role="aut">Dana Sample</dc:creator>
<dc:creator opf:role="ill">Rowan Example</dc:creator><dc:publisher>Lowland Press</dc:publisher>
<dc:date>2019-03</dc:date><dc:language>en</dc:language><dc:identifier>urn:isbn:9780000000002</dc:identifier>
<dc:description>&lt;p&gt;How a ferry came &amp;amp; went.&lt;/p&gt;</dc:description></metadata>
<manifest><item id="nav" href="nav.xhtml" properties="nav"/><item id="b" href="b%20two.xhtml"/><item id="a" href="text/a.xhtml"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="gone"/></spine></package>"#;

const NAV: &str = r#"<html xmlns:epub="e"><body><nav epub:type="toc"><ol><li><a href="text/a.xhtml">The beginning</a></li>
<li><a href="b%20two.xhtml#top">The end</a></li></ol></nav>
<nav epub:type="page-list"><ol><li><a href="text/a.xhtml#p1">11</a></li><li><a href="b%20two.xhtml#p3">13</a></li></ol></nav></body></html>"#;

const FIRST: &str = r#"<html xmlns:epub="e"><body><h1>The <i>beginning</i></h1><p>Before any page.</p>
<p id="p1">The ferry opened in May&nbsp;1932.</p><p>It ran <span epub:type="pagebreak" title="12"></span>twice a day.</p>
<h2>Fares</h2><ul><li>Eight crowns a car.</li></ul><p>Two on foot.</p></body></html>"#;

const SECOND: &str =
    r#"<html><body><p>It was sold.</p><p><a id="p3"/>Nobody missed it.</p></body></html>"#;

fn book(first: &str, opf: &str, nav: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", CONTAINER),
        ("OPS/book.opf", opf),
        ("OPS/nav.xhtml", nav),
        ("OPS/text/a.xhtml", first),
        ("OPS/b two.xhtml", SECOND),
    ])
}

fn try_read(bytes: &[u8]) -> Result<Document, String> {
    let extractor = extractor_for(Path::new("a.epub")).expect("books are read");
    let document = extractor.extract(bytes.to_vec()).map_err(|error| error.to_string())?;
    assert_eq!(document.kind, TextKind::Extracted);
    for passage in document.passages(&SourceId::slug("a")) {
        assert_eq!(passage.span().of(&document.text), passage.text);
    }
    Ok(document)
}

#[test]
fn a_book_is_read_with_its_chapters_and_printed_pages() {
    let document = try_read(&book(FIRST, OPF, NAV)).expect("it has a text");
    let printed = |chapter, page: &str| Part::Printed { chapter, page: page.into() };
    let begin = "The beginning";
    let read: Vec<(String, Vec<String>, Part)> = document
        .passages(&SourceId::slug("a"))
        .into_iter()
        .map(|it| (it.plain().to_owned(), it.section, it.part.expect("it is in a chapter")))
        .collect();
    let expected = [
        ("Before any page.", vec![begin], Part::Chapter(1)),
        ("The ferry opened in May 1932.", vec![begin], printed(1, "11")),
        ("It ran twice a day.", vec![begin], printed(1, "11")),
        ("Eight crowns a car.", vec![begin, "Fares"], printed(1, "12")),
        ("Two on foot.", vec![begin, "Fares"], printed(1, "12")),
        ("It was sold.", vec!["The end"], printed(2, "12")),
        ("Nobody missed it.", vec!["The end"], printed(2, "13")),
    ];
    assert_eq!(read.len(), expected.len());
    for (read, (text, section, part)) in read.into_iter().zip(expected) {
        let section: Vec<String> = section.into_iter().map(str::to_owned).collect();
        assert_eq!(read, (text.to_owned(), section, part));
    }
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The Ferry"));
    let authors: Vec<String> = metadata.names("author").iter().map(|it| it.display()).collect();
    assert_eq!(authors, ["Dana Sample"]);
    assert_eq!(metadata.publisher(), Some("Lowland Press"));
    assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), Some("2019-03"));
    assert_eq!(metadata.text("ISBN"), Some("9780000000002"));
    assert_eq!(metadata.text("abstract"), Some("How a ferry came & went."));
    assert_eq!(metadata.text("type"), Some("book"));
    assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
    assert!(document.blocks.iter().all(|block| block.kind != BlockKind::Title));
}

#[test]
fn books_that_cannot_be_read_are_refused_with_their_reason() {
    let locked = zip(&[
        ("META-INF/container.xml", CONTAINER),
        ("META-INF/encryption.xml", "<e><c:CipherReference URI=\"OPS/text/a.xhtml\"/></e>"),
        ("OPS/book.opf", OPF),
        ("OPS/text/a.xhtml", "\u{1}\u{2}"),
    ]);
    for (bytes, reason) in [
        (zip(&[("a", "b")]), "it has no entry META-INF/container.xml"),
        (book(FIRST, "<package/>", NAV), "is damaged at entry OPS/book.opf: it lists no chapters"),
        (book("<p></p>", &OPF.replace("idref=\"b\"", ""), NAV), "has no text"),
        (locked, "is protected against copying"),
    ] {
        let error = try_read(&bytes).expect_err("it is refused");
        assert!(error.contains(reason), "{error}");
    }
    let lacking = zip(&[
        ("META-INF/container.xml", CONTAINER),
        ("OPS/book.opf", OPF),
        ("OPS/b two.xhtml", SECOND),
    ]);
    let document = try_read(&lacking).expect("it has a text");
    assert_eq!(document.warnings, ["lacks 1 of the chapters that it lists"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is done to the markup, nothing panics and what is read is consistent.
    #[test]
    fn damaged_books_are_read_or_refused(
        which in 0usize..3,
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[<>&;/a\"#: =p]{0,6}"), 1..5),
    ) {
        let mut parts = [FIRST, OPF, NAV].map(str::to_owned);
        for (at, cut, put) in edits {
            let mut bytes = parts[which].clone().into_bytes();
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put.bytes());
            parts[which] = String::from_utf8_lossy(&bytes).into_owned();
        }
        let _ = try_read(&book(&parts[0], &parts[1], &parts[2]));
    }
}
