//! Tests which sentences are taken for claims, where they are said to stand, and what becomes of
//! the rest.

use super::*;
use crate::text::Span;
use crate::{Error, FileError};

const CSV: TableFormat = TableFormat::Csv;

fn table(text: &str, format: TableFormat, column: Option<&str>) -> Result<Input> {
    Input::table(text, format, column, Path::new("claims.x"))
}

fn claims(input: &Input) -> Vec<(usize, &str)> {
    let line = |request: &Request| request.place.map_or(0, |place| place.line);
    input.requests.iter().map(|request| (line(request), &*request.claim)).collect()
}

fn draft(text: &str) -> Input {
    Input::draft(text.as_bytes().to_vec(), Path::new("draft.md")).expect("it is text")
}

/// Returns why `sentence`, in an English paragraph, is no claim.
fn why(sentence: &str) -> Option<&'static str> {
    let whole = Span::new(0, sentence.len());
    assertion::fault(sentence, whole, &assertion::quoted(sentence), true).map(Why::name)
}

#[test]
fn claims_keep_their_lines_through_quotes_and_line_ends() {
    let text = "\u{feff}id,claim\r\n1,\"The gate\r\nwas shut, \"\"twice\"\"\"\r\n\r\n2,It rained\r\n3, \r\n4,It snowed";
    let input = table(text, CSV, None).expect("it is a table");
    assert_eq!(
        claims(&input),
        [(2, "The gate\r\nwas shut, \"twice\""), (5, "It rained"), (7, "It snowed")]
    );
    assert_eq!(input.skipped, [Skipped { line: 6, why: Why::Empty }]);
}

#[test]
fn columns_are_chosen_by_name_or_where_there_is_no_choice() {
    let found = |text: &str, format, column| {
        table(text, format, column).map(|input| input.requests[0].claim.clone())
    };
    assert_eq!(found("a;b\nx;y\n", CSV, Some("b")).ok().as_deref(), Some("y"));
    assert_eq!(found("a\tb\nx\ty\n", TableFormat::Tsv, Some("a")).ok().as_deref(), Some("x"));
    assert_eq!(
        found("anything\nx, or so\n".replace(',', "").as_str(), CSV, None).ok().as_deref(),
        Some("x or so")
    );
    let lines = "\n{\"id\": 1, \"claim\": \"x\"}\n{\"claim\": \"y\"}\n";
    assert_eq!(found(lines, TableFormat::JsonLines, None).ok().as_deref(), Some("x"));
    for column in [None, Some("c")] {
        let error = found("a,b\nx,y\n", CSV, column).expect_err("no such column");
        assert_eq!(
            error.suggestion().as_deref(),
            Some("name it with --column; there are “a”, “b”")
        );
    }
}

#[test]
fn rows_that_cannot_be_read_are_errors_with_their_place() {
    let error =
        |text: &str, format| table(text, format, Some("a")).expect_err("a bad table").to_string();
    assert_eq!(error("a,b\nx,y\nz\n", CSV), "claims.x:3: this row has 1 cell, the first has 2");
    assert_eq!(
        error("a,b\nx,y\n\"z,1\nw,2\n", CSV),
        "claims.x:3: a quotation mark is opened in this row and never closed"
    );
    assert_eq!(error("", CSV), "claims.x:1: there is no row with names of columns");
    let json = TableFormat::JsonLines;
    assert_eq!(
        error("{\"a\": \"x\"}\n{\"é\": \"x\" \"y\"}\n", json),
        "claims.x:2:11: expected `,` or `}`"
    );
    assert_eq!(error("{\"a\": \"x\"}\n{\"b\": 1}\n", json), "claims.x:2: there is no “a”");
    assert_eq!(error("{\"a\": 1}\n", json), "claims.x:1: “a” is no text");
    assert_eq!(error("[1]\n", json), "claims.x:1:1: this line is no JSON object");
}

#[test]
fn a_draft_gives_its_assertions_with_their_exact_places() {
    let text = "\u{feff}# The *gate*\n\nIn **1997** 😀 the gate\nat Torkham was shut. \
        Why was it? It opened again in May.\n\n> The gate was shut by Pakistan in May.\n\n```\nThe gate was code in 1997.\n```\n\n\
        - Pakistan [opened](x) the gate in May\n\n| year | gate |\n|--|--|\n| 1997 | was shut in Torkham |\n";
    let input = draft(text);
    assert_eq!(
        claims(&input),
        [(3, "In 1997 😀 the gate at Torkham was shut."), (12, "Pakistan opened the gate in May")]
    );
    let skipped: Vec<_> =
        input.skipped.iter().map(|skipped| (skipped.line, skipped.why.name())).collect();
    assert_eq!(
        skipped,
        [
            (1, "heading"),
            (4, "question"),
            (4, "refers_back"),
            (6, "quotation"),
            (8, "code"),
            (14, "table_row"),
            (16, "table_row")
        ]
    );
    let extent = input.requests[0].place.and_then(|place| place.extent).expect("it has one");
    assert_eq!(extent.bytes.of(text), "In **1997** 😀 the gate\nat Torkham was shut.");
    assert_eq!(extent.start, Point { line: 3, column: 1, utf16_column: 1 });
    assert_eq!(extent.end, Point { line: 4, column: 21, utf16_column: 21 });
    let same = "Rain 😀 fell in Kabul. Snow fell in Herat.";
    let second = draft(same).requests[1].place.and_then(|place| place.extent).expect("it has one");
    assert_eq!(second.start, Point { line: 1, column: 23, utf16_column: 24 });
    assert_eq!(second.bytes.of(same), "Snow fell in Herat.");
}

#[test]
fn bare_text_is_read_as_such() {
    let text = "The Gate\n\nPakistan shut the gate at Torkham in May 1997 after the guns had been heard for a week.\n";
    let input = Input::draft(text.as_bytes().to_vec(), Path::new("draft.txt")).expect("it is text");
    assert_eq!(claims(&input).len(), 1);
    assert!(Input::draft(b"\0\0\x01".to_vec(), Path::new("-")).is_err());
    assert!(matches!(
        Input::draft(Vec::new(), Path::new("-")),
        Err(Error::File(FileError::Malformed { .. }))
    ));
}

#[test]
fn sentences_that_assert_are_told_from_those_that_do_not() {
    for claim in [
        "Pakistan recognized the Taliban in 1997.",
        "The Durand Line is 2,640 km long",
        "World War I ended in 1918.",
        "The US recognized nobody in Kabul.",
        "In 1997, Pakistan said it would open the gate.",
        "The minister called it “a line in the sand” in May.",
        "Pashtun families live on both sides.",
        "Nobody has ever accepted the line.",
    ] {
        assert_eq!(why(claim), None, "{claim}");
    }
    for (sentence, reason) in [
        ("Did Pakistan recognize the Taliban in 1997?", "question"),
        ("“Did he recognize the Taliban in 1997?”", "quotation"),
        ("“We never recognized it,” Karzai said.", "quotation"),
        ("A long way home from Torkham.", "fragment"),
        ("It rained.", "fragment"),
        ("There was none of it.", "fragment"),
        ("These are the three reasons Pakistan gave in 1997:", "fragment"),
        ("Run the tests before the release of version 2.", "instruction"),
        ("See the note on Pakistan in chapter 3.", "instruction"),
        ("I believe that Pakistan recognized the Taliban in 1997.", "first_person"),
        ("In our view Pakistan recognized nobody in 1997.", "first_person"),
        ("It was opened by the two ministers in June 2016.", "refers_back"),
        ("In May 1997 it recognized the government in Kabul.", "refers_back"),
        ("This agreement was signed by both sides in Doha.", "refers_back"),
    ] {
        assert_eq!(why(sentence), Some(reason), "{sentence}");
    }
}

#[test]
fn in_other_languages_only_what_all_have_is_looked_at() {
    let text = "اعترفت باكستان بحركة طالبان في عام 1997. هل اعترفت السعودية بحركة طالبان؟ \
        وكانت الإمارات ثالث دولة تعترف بها في ذلك الوقت من العام نفسه.";
    let input = draft(text);
    assert_eq!(input.requests.len(), 2);
    assert_eq!(input.skipped.first().map(|skipped| skipped.why), Some(Why::Question));
}

#[test]
fn one_long_line_is_read_once() {
    let text = "Pakistan recognized the Taliban in 1997. ".repeat(20_000);
    let input = draft(&text);
    assert_eq!(input.requests.len(), 20_000);
    let last =
        input.requests.last().and_then(|request| request.place?.extent).expect("it has a place");
    assert_eq!(last.start.column, 1 + 41 * 19_999);
}
