//! PDF files: what is read, in what order, on which page, and what is refused.
#![cfg(feature = "pdf")]

#[path = "shared/document.rs"]
mod document;

use std::fmt::Write as _;

use pincite_extract::extract::{Block, Document};
use pincite_extract::source::{Part, Provenance, SourceId};
use proptest::prelude::*;

/// A line of text on a page: its place, the size of its font, and what it says.
type Line = (f32, f32, f32, &'static str);

/// Writes a PDF file with these objects, from the first, of which the first is the catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let table = out.len();
    let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let size = objects.len() + 1;
    let _ = write!(
        out,
        "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{table}\n%%EOF\n"
    );
    out.into_bytes()
}

/// Writes a PDF file with these pages.
fn pdf(pages: &[Vec<Line>]) -> Vec<u8> {
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 5 + 2 * i)).collect();
    let labels = "/PageLabels << /Nums [0 << /S /r >> 1 << /S /D >>] >>";
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {labels} /Lang (en-GB) >>"),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
        "<< /Title (The ferry at Karvo) /Author (Dana Sample) /CreationDate (D:20190304080000Z) >>"
            .to_owned(),
    ];
    for (i, lines) in pages.iter().enumerate() {
        let mut content = String::new();
        for (x, y, size, text) in lines {
            // Text that is no string is a stream of its own.
            let shown = match text.strip_prefix('!') {
                Some(operators) => operators.to_owned(),
                None => format!("({text}) Tj"),
            };
            let _ = writeln!(content, "BT /F1 {size} Tf {x} {y} Td {shown} ET");
        }
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << \
             /Font << /F1 3 0 R >> >> >>",
            6 + 2 * i
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    file(&objects, "/Info 4 0 R")
}

fn try_read(bytes: &[u8]) -> Result<Document, String> {
    document::try_read("a.pdf", bytes)
}

/// Returns the blocks as lines of page, kind and what is read.
fn blocks(document: &Document) -> Vec<String> {
    let page = |block: &Block| block.part.as_ref().and_then(|part| part.page()).unwrap_or_default();
    let read = document.blocks.iter().zip(document::blocks(document));
    read.map(|(block, read)| format!("{} {read}", page(block))).collect()
}

const LINES: [&str; 6] = [
    "The old ferry at Karvo crossed the bay twice a day, in every",
    "weather but ice, and took eight cars at a time. It had been built for",
    "another river, and its engineers never quite trusted the municipal",
    "pier. The harbour office kept the accounts in a ledger of its own,",
    "which nobody was shown until the year in which it was closed and",
    "its papers were sold with the furniture to a dealer in the town.",
];

const LEFT: [&str; 5] = [
    "The council met in the old customs house,",
    "which had no heating, and sat in its coats",
    "until noon. It heard the pilots first, and",
    "then the owners of the two inns, of whom",
    "neither wanted the bridge to be rebuilt.",
];

const RIGHT: [&str; 5] = [
    "The engineers came last. They had drawn a",
    "plan with three arches, and a second with",
    "one, which was cheaper and looked it. The",
    "vote was put off to the spring, as a year",
    "before, and the coats went home for lunch.",
];

fn pages() -> Vec<Vec<Line>> {
    let head = (72.0, 760.0, 9.0, "Minutes of the harbour board");
    let mut first = vec![head, (72.0, 700.0, 18.0, "The ferry at Karvo")];
    first.extend((0..6).map(|i| (72.0, 660.0 - 14.0 * i as f32, 11.0, LINES[i])));
    first.push((
        72.0,
        540.0,
        11.0,
        "It was sold. The last line of this page breaks off in the mu-",
    ));
    first.push((300.0, 30.0, 9.0, "i"));
    let mut second = vec![head];
    second.push((
        72.0,
        700.0,
        11.0,
        "nicipal register. A second sentence begins on the next page.",
    ));
    second.push((72.0, 660.0, 14.0, "What it costs"));
    second.push((72.0, 630.0, 11.0, "2017"));
    second.push((300.0, 630.0, 11.0, "40 thousand guests"));
    second.push((300.0, 30.0, 9.0, "1"));
    let mut third = vec![head];
    for i in 0..5 {
        third.push((72.0, 600.0 - 14.0 * i as f32, 11.0, LEFT[i]));
        third.push((320.0, 600.0 - 14.0 * i as f32, 11.0, RIGHT[i]));
    }
    third.push((300.0, 30.0, 9.0, "2"));
    vec![first, second, third]
}

#[test]
fn a_file_is_read_with_its_paragraphs_and_pages() {
    let document = try_read(&pdf(&pages())).expect("it has a text");
    let read = blocks(&document);
    let prose = LINES.join(" ");
    assert_eq!(read[0], "1 furniture: Minutes of the harbour board");
    assert!(read[1].ends_with(": The ferry at Karvo"));
    assert_eq!(read[2], format!("1 paragraph: {prose}"));
    assert_eq!(read[3], "1 furniture: i");
    assert_eq!(read[4], "2 furniture: Minutes of the harbour board");
    assert_eq!(
        read[5],
        "1 paragraph: It was sold. The last line of this page breaks off in the municipal register."
    );
    assert_eq!(read[6], "2 paragraph: A second sentence begins on the next page.");
    assert!(read[7].ends_with(": What it costs"));
    assert_eq!(read[8], "2 paragraph: 2017 | 40 thousand guests");
    assert!(read.contains(&"3 furniture: 2".to_owned()));
    // The left column comes first.
    assert_eq!(read[11], format!("3 paragraph: {}", LEFT.join(" ")));
    assert_eq!(read[12], format!("3 paragraph: {}", RIGHT.join(" ")));
    let labels: Vec<Option<String>> = document
        .passages(&SourceId::slug("a"))
        .iter()
        .map(|it| it.part.as_ref().and_then(Part::page_label).map(str::to_owned))
        .collect();
    assert_eq!(labels.first(), Some(&Some("i".to_owned())));
    assert_eq!(labels.last(), Some(&Some("2".to_owned())));
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The ferry at Karvo"));
    assert_eq!(metadata.names("author")[0].display(), "Dana Sample");
    assert_eq!(metadata.issued(), None);
    assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
}

#[test]
fn lines_below_the_title_are_no_headings_and_notes_keep_their_marks() {
    let mut page = vec![
        (142.0, 720.0, 17.0, "What a ferry costs in ice"),
        (189.0, 690.0, 12.0, "Rowan Example"),
        (192.0, 672.0, 11.0, "Lowland College"),
        (196.0, 650.0, 12.0, "3 March 2019"),
        (72.0, 600.0, 14.0, "The crossing"),
    ];
    page.extend(lines(72.0, 580.0, &LINES[..5]));
    page.push((72.0, 510.0, 11.0, "sold to a dealer."));
    page.push((150.3, 514.0, 7.0, "1"));
    page.push((72.0, 470.0, 14.0, "The bay"));
    page.extend(lines(72.0, 450.0, &LINES));
    page.push((72.0, 104.0, 6.0, "1"));
    page.push((76.0, 100.0, 9.0, "He paid in crowns."));
    let document = try_read(&pdf(&[page])).expect("it has a text");
    let read = blocks(&document);
    assert_eq!(
        read[..4],
        [
            "1 title: What a ferry costs in ice",
            "1 byline: Rowan Example Lowland College",
            "1 byline: 3 March 2019",
            "1 h2: The crossing",
        ]
    );
    assert!(read[4].ends_with(" sold to a dealer.¹"), "{}", read[4]);
    assert_eq!(read[5], "1 h2: The bay");
    assert_eq!(read.last().expect("it has a note"), "1 paragraph: ¹ He paid in crowns.");
}

/// Returns lines one below the other.
fn lines(x: f32, y: f32, texts: &[&'static str]) -> Vec<Line> {
    (0..).zip(texts).map(|(i, text)| (x, y - 14.0 * i as f32, 11.0, *text)).collect()
}

#[test]
fn columns_are_told_though_their_lines_stand_at_other_heights() {
    // A heading makes the left column stand half a line lower than the right.
    let mut page = vec![(72.0, 607.0, 13.0, "Old business")];
    page.extend(lines(72.0, 586.0, &LEFT));
    page.extend(lines(320.0, 600.0, &RIGHT));
    page.extend(lines(72.0, 509.0, &LEFT));
    page.extend(lines(320.0, 523.0, &RIGHT));
    let document = try_read(&pdf(&[page])).expect("it has a text");
    let [left, right] = [LEFT.join(" "), RIGHT.join(" ")];
    let paragraph = |text: &String| format!("1 paragraph: {text}");
    assert_eq!(
        blocks(&document),
        [
            "1 title: Old business".to_owned(),
            paragraph(&left),
            paragraph(&left),
            paragraph(&right),
            paragraph(&right)
        ]
    );
}

#[test]
fn running_heads_are_told_by_where_they_stand() {
    let page = |head: &'static str, size: f32, number: &'static str| {
        let mut page = vec![(72.0, 760.0, size, head), (300.0, 30.0, 9.0, number)];
        page.extend(lines(72.0, 700.0, &LINES));
        page
    };
    let heads = ["Of harbours", "Of ferries", "Of what became of the bridge"];
    let pages: Vec<_> =
        heads.iter().zip(["1", "2", "3"]).map(|(head, n)| page(head, 9.0, n)).collect();
    let read = blocks(&try_read(&pdf(&pages)).expect("it has a text"));
    for (i, head) in heads.iter().enumerate() {
        assert!(read.contains(&format!("{} furniture: {head}", i + 1)), "{read:?}");
    }
    // The titles of slides stand at one height too, and are larger than the text.
    let slides: Vec<_> =
        heads.iter().zip(["1", "2", "3"]).map(|(head, n)| page(head, 20.0, n)).collect();
    let read = blocks(&try_read(&pdf(&slides)).expect("it has a text"));
    for head in heads {
        assert!(read.iter().any(|it| it.contains(" h") && it.ends_with(head)), "{read:?}");
    }
}

#[test]
fn paragraphs_end_where_the_next_word_had_room() {
    // The first sentence fills its line but for a few letters: no paragraph ends there.
    let page = lines(
        72.0,
        600.0,
        &[
            "The pier at Karvo was sold to a dealer in the spring of that year.",
            "Municipal registers say nothing of the price, and the dealer said",
            "that he had forgotten it. He died in the winter.",
            "The bridge was never built, and nobody who was asked about it in",
            "later years remembered why, or that there had been a vote at all.",
        ],
    );
    let read = blocks(&try_read(&pdf(&[page])).expect("it has a text"));
    assert_eq!(read.len(), 2, "{read:?}");
    assert!(read[0].ends_with("He died in the winter."), "{read:?}");
}

#[test]
fn spaces_are_where_there_is_room_for_one() {
    // PostScript that was made into PDF spaces letters instead of words, and takes spaces back.
    let page = vec![
        (72.0, 600.0, 10.0, "Two gulls and one old dredger were all that it had to show."),
        (72.0, 586.0, 10.0, "!5 Tc (s) Tj 0 Tc (old) Tj -2.7 Tw ( h a ve) Tj 0 Tw"),
        (72.0, 560.0, 10.0, "!3 Tc (HARBOUR) Tj 0 Tc"),
    ];
    let read = blocks(&try_read(&pdf(&[page])).expect("it has a text"));
    assert!(read[0].ends_with("to show. s oldhave"), "{read:?}");
    assert!(read[1].ends_with(": HARBOUR"), "{read:?}");
}

#[test]
fn files_that_cannot_be_read_are_refused_with_their_reason() {
    let whole = pdf(&pages());
    let cyclic = file(
        &[
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>".to_owned(),
            "<< /Type /Page /Parent 3 0 R /Contents 4 0 R /Resources 3 0 R >>".to_owned(),
            "4 0 R".to_owned(),
        ],
        "/Prev 9",
    );
    for (bytes, reason) in [
        (Vec::new(), "is empty"),
        (b"plain words".to_vec(), "is not a PDF file"),
        (b"%PDF-1.7\nnothing".to_vec(), "is damaged"),
        (pdf(&[vec![]]), "has no text layer"),
    ] {
        let error = try_read(&bytes).expect_err("it is refused");
        assert!(error.contains(reason), "{error}");
    }
    // Whatever comes of these, it comes soon.
    let _ = try_read(&cyclic);
    for cut in [whole.len() / 2, whole.len() - 40] {
        let _ = try_read(&whole[..cut]);
    }
    let mixed = pdf(&[vec![], pages()[0].clone(), vec![]]);
    let document = try_read(&mixed).expect("one page has a text");
    assert_eq!(
        document.warnings,
        ["page(s) 1, 3: have no text layer: they are blank, or pictures of pages"]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// Whatever is done to the bytes of a file, nothing panics and what is read is consistent.
    #[test]
    fn damaged_files_are_read_or_refused(
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0usize..12, "[<>/()0-9 R\\[\\]a-z]{0,6}"), 1..6),
    ) {
        let mut bytes = pdf(&pages());
        for (at, cut, put) in edits {
            let at = at.index(bytes.len() + 1);
            let end = (at + cut).min(bytes.len());
            bytes.splice(at..end, put.bytes());
        }
        let _ = try_read(&bytes);
    }
}
