//! Documents of word processors and slides: what is read, in what order, and what is refused.
#![cfg(feature = "office")]

#[path = "shared/document.rs"]
mod document;
mod shared;

use document::{blocks, try_read};
use pincite_extract::extract::Document;
use pincite_extract::source::{Part, Provenance, SourceId};
use proptest::prelude::*;
use shared::zip;

const RELATIONS: &str = r#"<?xml version="1.0"?><Relationships>
<Relationship Id="a" Type="http://x/officeDocument" Target="word/document.xml"/>
<Relationship Id="b" Type="http://x/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;

const CORE: &str = r#"<?xml version="1.0"?><cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">
<dc:title>The ferry at Karvo</dc:title><dc:creator>Dana Sample; Rowan Example</dc:creator>
<dc:language>en-GB</dc:language><dcterms:created>2019-03-04T08:00:00Z</dcterms:created></cp:coreProperties>"#;

const STYLES: &str = r#"<w:styles xmlns:w="w"><w:style w:styleId="berschrift1"><w:name w:val="heading 1"/>
<w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:styleId="Own"><w:name w:val="Own"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:styleId="Verzeichnis1"><w:name w:val="toc 1"/></w:style></w:styles>"#;

const NOTES: &str = r#"<w:footnotes xmlns:w="w"><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="2"><w:p><w:r><w:t>Letter of the harbour office, page 3.</w:t></w:r></w:p></w:footnote>
</w:footnotes>"#;

const DOCUMENT: &str = r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>
<w:p><w:pPr><w:pStyle w:val="Titel"/></w:pPr><w:r><w:t>The ferry at Karvo</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Verzeichnis1"/></w:pPr><w:r><w:t>What it costs	2</w:t></w:r></w:p>
<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">The ferry opened in </w:t></w:r>
<w:del w:author="x"><w:r><w:delText>April</w:delText></w:r></w:del><w:ins w:author="x"><w:r><w:t>May</w:t></w:r></w:ins>
<w:r><w:t xml:space="preserve"> 1932 &amp; has run since.</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words.</w:t></w:r></w:p>
<w:p><w:pPr><w:pStyle w:val="Own"/></w:pPr><w:r><w:t>What it costs</w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">Eight crowns </w:t></w:r></w:p>
<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>a car.</w:t><w:br/><w:t>Two on foot.</w:t></w:r></w:p>
<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Guests</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>2016</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>9</w:t></w:r></w:p></w:tc></w:tr>
<w:tr><w:tc><w:p><w:r><w:t>2017</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>40 thousand</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>A box beside it.</w:t></w:r></w:p></w:txbxContent></mc:Choice>
<mc:Fallback><w:txbxContent><w:p><w:r><w:t>A box beside it.</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>
<w:moveFrom><w:r><w:t>Moved away.</w:t></w:r></w:moveFrom><w:r><w:t>Nobody expects it to be quick.</w:t></w:r></w:p>
</w:body></w:document>"#;

fn docx(document: &str) -> Vec<u8> {
    let related = r#"<Relationships><Relationship Id="s" Type="http://x/styles" Target="styles.xml"/>
<Relationship Id="f" Type="http://x/footnotes" Target="/word/footnotes.xml"/></Relationships>"#;
    zip(&[
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", RELATIONS),
        ("word/_rels/document.xml.rels", related),
        ("word/document.xml", document),
        ("word/styles.xml", STYLES),
        ("word/footnotes.xml", NOTES),
        ("docProps/core.xml", CORE),
    ])
}

fn odt(content: &str) -> Vec<u8> {
    let meta = r#"<m xmlns:dc="d" xmlns:meta="m"><meta:initial-creator>Dana Sample</meta:initial-creator>
<dc:creator>Somebody Else</dc:creator><dc:language>en-GB</dc:language></m>"#;
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.text"),
        ("content.xml", content),
        ("meta.xml", meta),
    ])
}

const CONTENT: &str = r#"<office:document-content xmlns:office="o" xmlns:text="t" xmlns:table="b" xmlns:style="s">
<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Title"/></office:automatic-styles>
<office:body><office:text><text:tracked-changes><text:p>Deleted words.</text:p></text:tracked-changes>
<text:p text:style-name="P1">The ferry at Karvo</text:p>
<text:table-of-content><text:index-body><text:p>What it costs<text:tab/>2</text:p></text:index-body></text:table-of-content>
<text:p>The ferry opened in
   May 1932<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>
<text:p>Letter of the harbour office.</text:p></text:note-body></text:note> and<text:s text:c="2"/>has run since.</text:p>
<text:h text:outline-level="2">What it costs</text:h>
<text:list><text:list-item><text:p>Eight crowns a car.<office:annotation><text:p>Really?</text:p></office:annotation></text:p></text:list-item></text:list>
<table:table><table:table-row><table:table-cell><text:p>2017</text:p></table:table-cell>
<table:table-cell><text:p>40 thousand</text:p></table:table-cell></table:table-row></table:table>
</office:text></office:body></office:document-content>"#;

fn pptx(slides: &[&str], notes: &str) -> Vec<u8> {
    let mut entries: Vec<(String, String)> = vec![(
        "_rels/.rels".to_owned(),
        RELATIONS.replace("word/document.xml", "ppt/presentation.xml"),
    )];
    let (mut list, mut relations) = (String::new(), String::new());
    // The order of the list counts, not that of names.
    for (i, slide) in slides.iter().enumerate() {
        let file = slides.len() - i;
        list += &format!("<p:sldId id=\"{}\" r:id=\"r{file}\"/>", 256 + i);
        relations += &format!(
            "<Relationship Id=\"r{file}\" Type=\"http://x/slide\" Target=\"slides/slide{file}.xml\"/>"
        );
        entries.push((format!("ppt/slides/slide{file}.xml"), (*slide).to_owned()));
    }
    let last = "ppt/slides/_rels/slide1.xml.rels".to_owned();
    entries.push((
        last,
        "<Relationships><Relationship Id=\"n\" Type=\"http://x/notesSlide\" \
         Target=\"../notesSlides/n.xml\"/></Relationships>"
            .to_owned(),
    ));
    entries.push(("ppt/notesSlides/n.xml".to_owned(), notes.to_owned()));
    entries.push((
        "ppt/presentation.xml".to_owned(),
        format!("<p:presentation xmlns:p=\"p\" xmlns:r=\"r\"><p:sldIdLst>{list}</p:sldIdLst></p:presentation>"),
    ));
    entries.push((
        "ppt/_rels/presentation.xml.rels".to_owned(),
        format!("<Relationships>{relations}</Relationships>"),
    ));
    let entries: Vec<(&str, &str)> = entries.iter().map(|(n, c)| (&**n, &**c)).collect();
    zip(&entries)
}

const COVER: &str = r#"<p:sld xmlns:p="p" xmlns:a="a"><p:sp><p:nvPr><p:ph type="ctrTitle"/></p:nvPr><a:p><a:r><a:t>The ferry at Karvo</a:t></a:r></a:p></p:sp>
<p:sp><p:nvPr><p:ph type="sldNum"/></p:nvPr><a:p><a:fld type="slidenum"><a:t>1</a:t></a:fld></a:p></p:sp></p:sld>"#;
const COSTS: &str = r#"<p:sld xmlns:p="p" xmlns:a="a" show="0"><p:sp><p:nvPr><p:ph idx="1"/></p:nvPr><a:p><a:r><a:t>Eight crowns</a:t></a:r><a:r><a:t> a car.</a:t></a:r></a:p>
<a:p><a:r><a:t>Two on foot.</a:t></a:r></a:p></p:sp><p:sp><p:nvPr><p:ph type="title"/></p:nvPr><a:p><a:r><a:t>What it costs</a:t></a:r></a:p></p:sp>
<p:graphicFrame><a:tbl><a:tr><a:tc><a:p><a:r><a:t>2017</a:t></a:r></a:p></a:tc><a:tc><a:p><a:r><a:t>40 thousand</a:t></a:r></a:p></a:tc></a:tr></a:tbl></p:graphicFrame></p:sld>"#;
const SAID: &str = r#"<p:notes xmlns:p="p" xmlns:a="a"><p:sp><p:nvPr><p:ph type="sldImg"/></p:nvPr><a:p><a:r><a:t>Copy.</a:t></a:r></a:p></p:sp>
<p:sp><p:nvPr><p:ph type="body"/></p:nvPr><a:p><a:r><a:t>Do not mention the subsidy.</a:t></a:r></a:p></p:sp></p:notes>"#;

fn read(name: &str, bytes: &[u8]) -> Document {
    try_read(name, bytes).expect("it has a text")
}

#[test]
fn a_document_of_word_is_read_as_it_stands_after_its_changes() {
    let document = read("a.docx", &docx(DOCUMENT));
    assert_eq!(
        blocks(&document),
        [
            "title: The ferry at Karvo",
            "furniture: What it costs 2",
            "paragraph: The ferry opened in May 1932 & has run since.",
            "paragraph: Letter of the harbour office, page 3.",
            "h1: What it costs",
            "paragraph: Eight crowns a car. Two on foot.",
            "paragraph: Year | Guests",
            "paragraph: 2017 | 40 thousand",
            "paragraph: A box beside it.",
            "paragraph: Nobody expects it to be quick.",
        ]
    );
    assert!(document.text.contains("2017\t40 thousand"));
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The ferry at Karvo"));
    let authors: Vec<String> = metadata.names("author").iter().map(|it| it.display()).collect();
    assert_eq!(authors, ["Dana Sample", "Rowan Example"]);
    assert_eq!(metadata.issued(), None, "when it was made is no date of publication");
    assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
    assert_eq!(document.language.as_deref(), Some("en"));
}

#[test]
fn a_document_in_open_document_is_read() {
    let document = read("a.odt", &odt(CONTENT));
    assert_eq!(
        blocks(&document),
        [
            "title: The ferry at Karvo",
            "furniture: What it costs 2",
            "paragraph: The ferry opened in May 1932 and has run since.",
            "paragraph: Letter of the harbour office.",
            "h2: What it costs",
            "paragraph: Eight crowns a car.",
            "paragraph: 2017 | 40 thousand",
        ]
    );
    assert_eq!(document.metadata.names("author")[0].display(), "Dana Sample");
    let title = document.metadata.iter().find(|(variable, ..)| *variable == "title");
    assert_eq!(title.map(|(_, _, provenance)| provenance), Some(Provenance::Inferred));
}

#[test]
fn slides_are_read_in_their_order_with_what_is_said() {
    let document = read("a.pptx", &pptx(&[COVER, COSTS], SAID));
    assert_eq!(
        blocks(&document),
        [
            "title: The ferry at Karvo",
            "h1: What it costs",
            "paragraph: Eight crowns a car.",
            "paragraph: Two on foot.",
            "paragraph: 2017 | 40 thousand",
            "h2: Speaker notes",
            "paragraph: Do not mention the subsidy.",
        ]
    );
    assert_eq!(document.warnings, ["hides slide(s) 2 when it is shown: they are read too"]);
    let passages = document.passages(&SourceId::slug("a"));
    assert!(passages.iter().all(|passage| passage.part == Some(Part::Slide(2))));
    assert_eq!(passages[3].section, ["What it costs", "Speaker notes"]);
}

#[test]
fn what_cannot_be_read_is_refused_with_its_reason() {
    let deep = format!("<d>{}x{}</d>", "<a>".repeat(9_000), "</a>".repeat(9_000));
    let cut = &DOCUMENT[..DOCUMENT.len() / 2];
    let entities = format!(
        "<!DOCTYPE d [<!ENTITY a \"xxxxxxxxxx\"><!ENTITY b \"&a;&a;&a;&a;\">]>{}",
        DOCUMENT.replace("&amp;", "&b;")
    );
    let mut broken = docx(DOCUMENT);
    let at = broken.windows(17).position(|it| it == b"word/document.xml").expect("it is there");
    broken[at + 60] ^= 0x55;
    let manifest = "<m><manifest:encryption-data/></m>";
    for (bytes, reason) in [
        (Vec::new(), "is empty"),
        (b"plain words".to_vec(), "is not a ZIP archive"),
        (docx(DOCUMENT)[..800].to_vec(), "is damaged: the list at the end"),
        (b"\xD0\xCF\x11\xE0 old".to_vec(), "is encrypted, or in the format of Office before 2007"),
        (zip(&[("a.txt", "x")]), "it has no entry word/document.xml"),
        (docx(&deep), "nested too deeply"),
        (docx(cut), "is damaged at entry word/document.xml"),
        (docx("<w:document/>"), "has no text"),
        (broken, "is damaged at entry word/document.xml"),
    ] {
        let error = try_read("a.docx", &bytes).expect_err("it is refused");
        assert!(error.contains(reason), "{error}");
    }
    let encrypted = zip(&[("content.xml", "?"), ("META-INF/manifest.xml", manifest)]);
    let error = try_read("a.odt", &encrypted).expect_err("it is refused");
    assert!(error.starts_with("is encrypted"), "{error}");
    // An entity is no text, and is not expanded.
    let document = read("a.docx", &docx(&entities));
    assert!(document.text.contains("1932 &b; has run") && !document.text.contains("xxxx"));
}

#[test]
fn hostile_documents_are_read_in_bounds() {
    let bomb = format!("<w:document>{}</w:document>", " ".repeat(40 << 20));
    let error = try_read("a.docx", &docx(&bomb)).expect_err("it is refused");
    assert!(error.starts_with("unpacks to more than is read: entry word/document.xml"), "{error}");

    // Names are only compared: nothing outside of the file is looked at.
    let related = RELATIONS.replace("word/document.xml", "../../../etc/passwd");
    let error = try_read("a.docx", &zip(&[("_rels/.rels", &related)])).expect_err("it is refused");
    assert!(error.contains("it has no entry etc/passwd"), "{error}");

    let cell = |i: usize| format!("<w:tc><w:p><w:r><w:t>c{i}</w:t></w:r></w:p></w:tc>");
    let cells: String = (0..100_000).map(cell).collect();
    let wide = format!("<w:document><w:tbl><w:tr>{cells}</w:tr></w:tbl></w:document>");
    assert_eq!(read("a.docx", &docx(&wide)).blocks.len(), 100_000);
    let open = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x y</w:t></w:r></w:p>".repeat(80);
    let close = "</w:tc></w:tr></w:tbl>".repeat(80);
    let nested = format!("<w:document>{open}{close}</w:document>");
    assert!(!read("a.docx", &docx(&nested)).blocks.is_empty());
    let boxes = "<w:p><w:r><w:t>x </w:t>".repeat(200) + &"</w:r></w:p>".repeat(200);
    let boxed = format!("<w:document>{boxes}</w:document>");
    assert_eq!(read("a.docx", &docx(&boxed)).blocks.len(), 200);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to the markup, and to the bytes of the file, nothing panics and what is
    /// read is consistent.
    #[test]
    fn damaged_documents_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[<>&;/a\"w: =p]{0,6}"), 1..5),
        flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4),
    ) {
        let damaged = |text: &str| {
            let mut bytes = text.as_bytes().to_vec();
            for (at, cut, put) in &edits {
                let at = at.index(bytes.len() + 1);
                let end = (at + cut).min(bytes.len());
                bytes.splice(at..end, put.bytes());
            }
            String::from_utf8_lossy(&bytes).into_owned()
        };
        for (name, mut bytes) in [
            ("a.docx", docx(&damaged(DOCUMENT))),
            ("a.odt", odt(&damaged(CONTENT))),
            ("a.pptx", pptx(&[COVER, &damaged(COSTS)], &damaged(SAID))),
            ("a.docx", docx(DOCUMENT)),
        ] {
            if name == "a.docx" && flips.len() > 1 {
                for (at, mask) in &flips {
                    let at = at.index(bytes.len());
                    bytes[at] ^= mask;
                }
            }
            let _ = try_read(name, &bytes);
        }
    }
}
