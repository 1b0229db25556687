//! Workbooks: which rows are sources, what is read of them, and what is refused.
#![cfg(feature = "office")]

mod shared;

use std::path::Path;

use pincite_extract::extract::{Document, Fields, Records, Split, extractor_for};
use pincite_extract::source::{Part, SourceId, TextKind};
use proptest::prelude::*;
use shared::zip;

const BOOK: &str = r#"<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Posts" r:id="a"/>
<sheet name="Old notes" r:id="b"/><sheet name="Secret" state="hidden" r:id="b"/><sheet name="Sums" r:id="c"/></sheets></workbook>"#;

const RELATIONS: &str = r#"<r><Relationship Id="a" Type="x/worksheet" Target="worksheets/one.xml"/>
<Relationship Id="b" Type="x/worksheet" Target="worksheets/two.xml"/><Relationship Id="c" Type="x/worksheet" Target="/xl/worksheets/three.xml"/>
<Relationship Id="s" Type="x/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="t" Type="x/styles" Target="styles.xml"/></r>"#;

const STRINGS: &str = r"<sst><si><t>id</t></si><si><t>Headline</t></si><si><t>body</t></si><si><t>date</t></si>
<si><r><t>The </t></r><r><t>ferry</t></r><rPh><t>spoken</t></rPh></si><si><t>The ferry ran at night. “No choice,” they said.

Nobody was hurt &amp; nobody asked.</t></si><si><t>unused</t></si></sst>";

const STYLES: &str = r#"<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"#;

const ONE: &str = r#"<worksheet><sheetData><row r="1"/><row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c>
<c r="D2" t="s"><v>2</v></c><c r="E2" t="s"><v>3</v></c><c r="F2" t="s"><v>6</v></c></row>
<row r="3"><c r="A3" t="str"><f>1+1</f><v>L-1</v></c><c r="B3" t="s"><v>4</v></c><c r="D3" t="s"><v>5</v></c><c r="E3" s="1"><v>44319</v></c><c r="F3"><v>9</v></c></row>
<row r="4"><c r="A4" t="str"><v>L-2</v></c><c r="D4" t="e"><v>#N/A</v></c></row>
<row r="7"><c r="D7" t="inlineStr"><is><t>It snowed in May.</t></is></c></row></sheetData></worksheet>"#;

const TWO: &str = r#"<worksheet><sheetData><row><c t="str"><v>text</v></c></row><row><c t="str"><v>Bread cost 12 crowns.</v></c></row></sheetData></worksheet>"#;

const THREE: &str = r#"<worksheet><sheetData><row><c t="str"><v>Year</v></c></row><row><c><v>2019</v></c></row></sheetData></worksheet>"#;

fn book(one: &str, strings: &str) -> Vec<u8> {
    zip(&[
        (
            "_rels/.rels",
            r#"<r><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></r>"#,
        ),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", strings),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/one.xml", one),
        ("xl/worksheets/two.xml", TWO),
        ("xl/worksheets/three.xml", THREE),
    ])
}

fn split(bytes: Vec<u8>, fields: &str) -> Result<Split, String> {
    let extractor = extractor_for(Path::new("a.xlsx")).expect("it is read");
    let fields: Fields = fields.parse().expect("they are fields");
    extractor.split(bytes, &fields).map_err(|error| error.to_string())
}

fn rows(bytes: Vec<u8>) -> Box<dyn Records> {
    match split(bytes, "") {
        Ok(Split::Several(records)) => records,
        Ok(_) => panic!("it has no rows"),
        Err(reason) => panic!("{reason}"),
    }
}

fn paragraphs(document: &Document) -> Vec<(String, String)> {
    assert_eq!(document.kind, TextKind::Extracted);
    let passages = document.passages(&SourceId::slug("a"));
    let told = |passage: &pincite_extract::source::Passage| {
        assert_eq!(passage.span().of(&document.text), passage.text);
        let at = passage.part.as_ref().and_then(Part::cell).unwrap_or_default();
        (at.to_owned(), passage.text.clone())
    };
    passages.iter().map(told).collect()
}

#[test]
fn rows_of_sheets_are_sources() {
    let records = rows(book(ONE, STRINGS));
    let keys: Vec<&str> = records.slots().iter().map(|slot| slot.key.as_str()).collect();
    assert_eq!(keys, ["posts!l-1", "posts!7", "old-notes!2"]);
    assert_eq!(records.warnings(), ["sheet Posts has 1 row(s) without a text"]);
    let ferry = records.document(0).expect("it has a text");
    let cell = |at: &str, text: &str| (at.to_owned(), text.to_owned());
    assert_eq!(
        paragraphs(&ferry),
        [
            cell("Posts!D3", "The ferry ran at night. “No choice,” they said."),
            cell("Posts!D3", "Nobody was hurt & nobody asked."),
        ]
    );
    assert_eq!(ferry.metadata.title(), Some("The ferry"));
    assert_eq!(ferry.metadata.issued().map(|it| it.to_string()).as_deref(), Some("2021-05-03"));
    let snow = records.document(1).expect("it has a text");
    assert_eq!(paragraphs(&snow), [cell("Posts!D7", "It snowed in May.")]);
    let bread = records.document(2).expect("it has a text");
    assert_eq!(paragraphs(&bread), [cell("'Old notes'!A2", "Bread cost 12 crowns.")]);
    assert_eq!(&*records.bytes(2), b"Bread cost 12 crowns.");
}

#[test]
fn workbooks_without_a_text_or_damaged_are_refused() {
    let sums = ONE.replace("<v>2</v>", "<v>6</v>");
    let Ok(Split::Several(records)) = split(book(&sums, STRINGS), "text=Headline,date=date") else {
        panic!("a field is named");
    };
    assert_eq!(records.slots().len(), 1);
    let nothing = STRINGS.replace("body", "weight");
    let one = zip(&[
        ("xl/workbook.xml", "<w xmlns:r='r'><sheet name='A' r:id='a'/></w>"),
        ("xl/_rels/workbook.xml.rels", RELATIONS),
        ("xl/sharedStrings.xml", &nothing),
        ("xl/worksheets/one.xml", ONE),
    ]);
    match split(one, "") {
        Ok(Split::Data(reason)) => assert!(reason.contains("Headline, weight, date"), "{reason}"),
        _ => panic!("no field is a text"),
    }
    for (bytes, reason) in [
        (Vec::new(), "is empty"),
        (b"plain words".to_vec(), "is not a ZIP archive"),
        (zip(&[("a.txt", "x")]), "it has no entry xl/workbook.xml"),
        (book(&ONE[..400], STRINGS), "is damaged at entry xl/worksheets/one.xml"),
    ] {
        let error = split(bytes, "").err().expect("it is refused");
        assert!(error.contains(reason), "{error}");
    }
}

#[test]
fn hostile_workbooks_are_read_in_bounds() {
    // Many cells that share one long text, in many columns, and rows without end.
    let long = STRINGS.replace("unused", &"It rained. ".repeat(100_000));
    let row = r#"<row><c r="D1" t="s"><v>6</v></c></row>"#;
    let shared = ONE.replace("<row r=\"7\">", &format!("{}<row r=\"7\">", row.repeat(1000)));
    let records = rows(book(&shared, &long));
    assert!(records.slots().len() < 500, "{}", records.slots().len());
    assert!(records.warnings().iter().any(|it| it.contains("256 MiB of text")));
    assert!(records.document(1).is_ok());
    let cells = r#"<c r="ZZZZZ1"><v>1</v></c><c t="s"><v>99999999</v></c>"#.repeat(100_000);
    let wide = ONE.replace("<row r=\"7\">", &format!("<row r=\"6\">{cells}</row><row r=\"7\">"));
    assert_eq!(rows(book(&wide, STRINGS)).slots().len(), 3);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to the markup, nothing panics and what is read is consistent.
    #[test]
    fn damaged_workbooks_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..40, "[<>&;/a\"cvrst: =0-9]{0,6}"), 1..5),
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
        for bytes in [book(&damaged(ONE), STRINGS), book(ONE, &damaged(STRINGS))] {
            if let Ok(Split::Several(records)) = split(bytes, "") {
                for i in 0..records.slots().len() {
                    let _ = records.hash(i);
                    if let Ok(document) = records.document(i) {
                        paragraphs(&document);
                    }
                }
            }
        }
    }
}
