//! Tables and JSON: which records there are, and that every citation can be cut out of the file and
//! read to the same words by libraries that have nothing to do with the reader.
#![cfg(all(feature = "csv", feature = "json"))]

use std::path::Path;

use pincite_extract::extract::{
    BlockKind, Document, Fields, Records, Split, Unreadable, extractor_for,
};
use pincite_extract::source::{SourceId, TextKind};
use proptest::prelude::*;

const TABLE: &str = "\u{feff}id,headline,body,published_at,byline,link\r
L-1,The ferry,\"The ferry ran at night. \"\"We had no choice,\"\" the captain said.\r
\r
Nobody was hurt on the way over, though the river was\r
high that week.\",2021-05-03,Rowan Example,https://lowland.example/ferry\r
L-2,The bridge,The bridge cost 40 million crowns; nobody knows who paid.,2021-06-01,Dana Sample,\r
L-3,Shifted,one, two, three, four, five, six\r
,Bread,Bread cost 12 crowns.,2019,,\r
L-2,Again,It snowed.,,,\r
L-9,Nothing,,,,\r
";

const LINES: &str = r#"{"id": 7, "title": "Caf\u00e9s", "text": "The caf\u00e9s were shut.\n\n\u201cNobody came,\u201d said Dana \uD83D\uDE00 Sample.\tShe lost 300 guests.", "createdAt": "2020-05-09"}
{"id": 8, "title": broken}

{"id": 9, "title": {"rendered": "Rain"}, "content": {"rendered": "It rained for 40 days."}}
{"title": "No text"}
"#;

const LIST: &str = r#"{"status": "ok", "articles": [
 {"source": {"id": null, "name": "Lowland Post"}, "author": "Rowan Example", "content": "The harvest was bad. Farmers blamed the \"dry spring\"."},
 {"tags": [1, 2]}, {"content": ["Snow closed the pass.", "It opened in May."]}]}"#;

fn split_with(name: &str, file: &str, fields: &str) -> Result<Split, Unreadable> {
    let extractor = extractor_for(Path::new(name)).expect("it is read");
    extractor.split(file.into(), &fields.parse().expect("they are fields"))
}

fn split(name: &str, file: &str) -> Box<dyn Records> {
    match split_with(name, file, "") {
        Ok(Split::Several(records)) => records,
        Ok(_) => panic!("it has no records"),
        Err(reason) => panic!("{reason}"),
    }
}

fn keys(records: &dyn Records) -> Vec<&str> {
    records.slots().iter().map(|slot| slot.key.as_str()).collect()
}

fn paragraphs(document: &Document) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph);
    blocks.map(|block| block.readable(&document.text)).collect()
}

/// Returns the letters of a text: what is left when white space and characters without width are
/// not looked at.
fn letters(text: &str) -> String {
    let dropped = |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !c.is_whitespace() && !dropped(c)).collect()
}

/// Reads a slice of a cell as a cell.
fn of_cell(slice: &str) -> String {
    let cell = format!("\"{slice}\"\n");
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(cell.as_bytes());
    let row = reader.records().next().expect("a row").expect("it is a row");
    row.get(0).expect("a cell").to_owned()
}

/// Reads a slice of a string as a string.
fn of_string(slice: &str) -> String {
    serde_json::from_str(&format!("\"{slice}\"")).expect("it is a string")
}

/// Checks that whatever can be cited of a file is where it is said to be, and reads to what is
/// quoted. Returns how many sentences there are.
fn check(records: &dyn Records, file: &str, read: fn(&str) -> String) -> usize {
    let mut sentences = 0;
    for (i, slot) in records.slots().iter().enumerate() {
        let bytes = slot.place.bytes.expect("it is UTF-8");
        assert_eq!(bytes.of(file).as_bytes(), &*records.bytes(i));
        assert_eq!(slot.place.start.byte, bytes.start);
        let document = records.document(i).expect("it has a text");
        assert_eq!((document.kind, document.text.as_str()), (TextKind::Markup, bytes.of(file)));
        for passage in document.passages(&SourceId::slug("a")) {
            let start = passage.start.shifted(slot.place.start).byte;
            for sentence in &passage.sentences {
                let slice = &file[start + sentence.start..start + sentence.end];
                let quote = letters(passage.readable(*sentence));
                // Leave what is not between quotation marks as it stands.
                assert!(letters(slice) == quote || letters(&read(slice)) == quote, "{slice}");
                sentences += 1;
            }
        }
    }
    sentences
}

#[test]
fn rows_of_a_table_are_sources() {
    let records = split("a.csv", TABLE);
    assert_eq!(keys(&*records), ["l-1", "l-2", "4", "5"]);
    assert_eq!(
        records.warnings(),
        [
            "has 1 record without a text",
            "line 7, column 35: has 8 cells, but the header has 6: the row is not read",
            "has 1 record whose id is too long, or another record's too: it is known by its number",
        ]
    );
    let ferry = records.document(0).expect("it has a text");
    assert_eq!(
        paragraphs(&ferry),
        [
            "The ferry ran at night. \"We had no choice,\" the captain said.",
            "Nobody was hurt on the way over, though the river was high that week."
        ]
    );
    let metadata = &ferry.metadata;
    assert_eq!(
        (metadata.title(), metadata.url()),
        (Some("The ferry"), Some("https://lowland.example/ferry"))
    );
    assert_eq!(metadata.names("author")[0].display(), "Rowan Example");
    assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), Some("2021-05-03"));
    assert_eq!(records.slots()[1].place.start.line, 6);
    assert_eq!(check(&*records, TABLE, of_cell), 6);
}

#[test]
fn lines_and_lists_of_objects_are_sources() {
    let records = split("a.jsonl", LINES);
    assert_eq!(keys(&*records), ["7", "9"]);
    assert_eq!(
        records.warnings(),
        ["has 1 record without a text", "line 2, column 20: expected value: the line is not read"]
    );
    let cafes = records.document(0).expect("it has a text");
    assert_eq!(
        paragraphs(&cafes),
        ["The cafés were shut.", "“Nobody came,” said Dana 😀 Sample. She lost 300 guests."]
    );
    assert_eq!(cafes.metadata.title(), Some("Cafés"));
    assert_eq!(records.document(1).expect("it has a text").metadata.title(), Some("Rain"));
    assert_eq!(check(&*records, LINES, of_string), 4);

    let records = split("a.json", LIST);
    assert_eq!(keys(&*records), ["1", "3"]);
    let harvest = records.document(0).expect("it has a text");
    assert_eq!(harvest.metadata.publisher(), Some("Lowland Post"));
    assert_eq!(paragraphs(&records.document(1).expect("it has a text")).len(), 2);
    assert_eq!(check(&*records, LIST, of_string), 4);
}

#[test]
fn an_object_is_one_source() {
    let file = r#"{"headline": "Alone", "body": "One paragraph.\nAnother.", "id": "x"}"#;
    let Ok(Split::One(document)) = split_with("a.json", file, "") else { panic!("it is one") };
    assert_eq!((document.text.as_str(), document.metadata.text("id")), (file, Some("x")));
    assert_eq!(paragraphs(&document), ["One paragraph.", "Another."]);
    // So are objects one a line in a file that is named otherwise.
    assert_eq!(keys(&*split("a.json", &LINES.replace("broken", "1"))), ["7", "9"]);
}

#[test]
fn fields_are_named_where_their_names_say_nothing() {
    let file = "nr;Notiz;Wann\n1;Der Zug kam nicht an.;2020-01-02\n";
    let Ok(Split::Data(reason)) = split_with("a.csv", file, "") else { panic!("it has no text") };
    assert!(reason.contains("but nr, Notiz, Wann: name it with --map text=FIELD"), "{reason}");
    let Ok(Split::Several(records)) = split_with("a.csv", file, "text=Notiz,date=Wann") else {
        panic!("it has a text")
    };
    let document = records.document(0).expect("it has a text");
    assert_eq!(paragraphs(&document), ["Der Zug kam nicht an."]);
    assert_eq!(
        document.metadata.issued().map(|date| date.to_string()).as_deref(),
        Some("2020-01-02")
    );
}

#[test]
fn a_table_in_another_encoding_is_extracted() {
    let file =
        "id;text\n1;Der Zug f\u{e4}hrt \u{fc}ber die Br\u{fc}cke. Es regnet in M\u{fc}nchen.\n";
    let bytes: Vec<u8> = file.chars().map(|c| u8::try_from(c).expect("Latin-1")).collect();
    let extractor = extractor_for(Path::new("a.csv")).expect("it is read");
    let Ok(Split::Several(records)) = extractor.split(bytes, &Fields::default()) else {
        panic!("it has records")
    };
    assert_eq!(records.slots()[0].place.bytes, None);
    let document = records.document(0).expect("it has a text");
    assert_eq!(document.kind, TextKind::Extracted);
    assert_eq!(document.text, "Der Zug fährt über die Brücke. Es regnet in München.");
}

#[test]
fn what_is_broken_is_named_and_the_rest_is_read() {
    let unclosed = "id,text\n1,It rained.\n2,\"It never ends.\n3,\"It snowed.\"\n4,\"It blew.\n";
    let records = split("a.csv", unclosed);
    assert_eq!(keys(&*records), ["1", "2", "3"]);
    assert_eq!(records.warnings().len(), 1);
    assert!(
        records.warnings()[0].starts_with("line 5, column 3: a quotation mark is never closed")
    );
    let cut = r#"[{"text": "It rained."}, {"text": "It sno"#;
    let records = split("a.json", cut);
    assert_eq!(keys(&*records), ["1"]);
    assert!(records.warnings()[0].starts_with("line 1, column 41: EOF while parsing"));
    let spread = "text,id\nThe \"old\" gate,1\n\"The\" gate,2\n\"a\"b,3\n";
    let records = split("a.csv", spread);
    let read = |i| paragraphs(&records.document(i).expect("it has a text")).concat();
    assert_eq!([read(0), read(1), read(2)], ["The \"old\" gate", "\"The\" gate", "\"a\"b"]);
}

#[test]
fn hostile_files_are_read_in_bounds() {
    let long = format!("text\n{}\n", "word ".repeat(100_000));
    let cells = format!("text{}\nIt rained.{}\n", ",".repeat(100_000), ",".repeat(100_000));
    let quotes = format!("text\n{}", "\"a\n".repeat(20_000));
    let pairs = format!("text\n\"{}\"\n", "\"\"".repeat(200_000));
    let header = format!("text,{}\nIt rained.\n", "\"\n".repeat(100_000));
    for file in [long, cells, quotes, pairs, header] {
        if let Ok(Split::Several(records)) = split_with("a.csv", &file, "") {
            check(&*records, &file, of_cell);
        }
    }
    let nested = |open: &str, close: &str| {
        format!(
            r#"[{{"text": "It rained.", "x": {}1{}}}]"#,
            open.repeat(100_000),
            close.repeat(100_000)
        )
    };
    let escapes = format!(r#"[{{"text": "{}"}}]"#, r"\u00e9".repeat(200_000));
    let members = format!(
        r#"[{{{}"text": "It rained."}}]"#,
        (0..50_000).map(|i| format!(r#""k{i}": [],"#)).collect::<String>()
    );
    let short = format!("[{}{{}}]", r#"{"text":"a"},"#.repeat(10_000));
    for file in [nested("[", "]"), nested(r#"{"a":"#, "}"), escapes, members, short] {
        check(&*split("a.json", &file), &file, of_string);
    }
}

/// Generates values that are hard to write down.
fn value() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "It rained. ",
        "The gate was shut in May 1997. ",
        "“Nobody”, ",
        "\"a\" ",
        "\"\"",
        "\n",
        "\n\n",
        "\r\n",
        ",",
        ";",
        "\\",
        "\\u00e9",
        "é",
        "😀",
        "\u{0}",
        "\u{1b}",
        "\t",
        "{",
        "}",
        "[1]",
        "\u{200b}",
        "\u{feff}",
        "ß",
        "巴基斯坦承认了。",
        "'",
    ]);
    prop::collection::vec(piece, 0..20).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tables that other libraries write are read as they read them.
    #[test]
    fn written_values_are_read_back(values in prop::collection::vec(value(), 1..5), escaped in any::<bool>()) {
        let mut table = csv::Writer::from_writer(Vec::new());
        table.write_record(["n", "text"]).expect("it is written");
        let mut lines = String::new();
        for value in &values {
            table.write_record(["x", value]).expect("it is written");
            let line = serde_json::json!({ "text": value }).to_string();
            let ascii = |c: char| if c.is_ascii() { c.to_string() } else {
                c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")).collect()
            };
            lines += &if escaped { line.chars().map(ascii).collect() } else { line };
            lines.push('\n');
        }
        let table = String::from_utf8(table.into_inner().expect("it is written")).expect("UTF-8");
        let read: Vec<&String> = values.iter().filter(|value| !letters(value).is_empty()).collect();
        for (name, file, reader) in
            [("a.csv", &table, of_cell as fn(&str) -> String), ("a.jsonl", &lines, of_string)]
        {
            if file.bytes().take(8 << 10).any(|byte| byte == 0) {
                continue;
            }
            let Ok(Split::Several(records)) = split_with(name, file, "") else {
                prop_assert!(read.is_empty());
                continue;
            };
            let documents = (0..records.slots().len()).filter_map(|i| records.document(i).ok());
            let texts: Vec<String> = documents.map(|it| letters(&paragraphs(&it).concat())).collect();
            let expected: Vec<String> = read.iter().map(|value| letters(value)).collect();
            prop_assert_eq!(texts, expected, "{}", name);
            if read.len() == values.len() {
                check(&*records, file, reader);
            }
        }
    }

    /// Whatever is done to a file, what is cited reads to what is quoted, and nothing panics.
    #[test]
    fn damaged_files_are_read(
        which in 0usize..3,
        edits in prop::collection::vec((0usize..900, 0usize..24, r#"[\[\]{}",:\\u\n a1-]{0,6}"#), 1..6),
    ) {
        let (name, file) = [("a.csv", TABLE), ("a.jsonl", LINES), ("a.json", LIST)][which];
        let mut file = file.to_owned();
        for (at, cut, put) in edits {
            let at = (0..=at.min(file.len())).rev().find(|&at| file.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(file.len());
            let end = (at..=end).rev().find(|&end| file.is_char_boundary(end)).unwrap_or(at);
            file.replace_range(at..end, &put);
        }
        match split_with(name, &file, "") {
            Ok(Split::Several(records)) => {
                for (i, slot) in records.slots().iter().enumerate() {
                    prop_assert_eq!(slot.place.bytes.map(|it| it.of(&file).as_bytes()), Some(&*records.bytes(i)));
                    if let Ok(document) = records.document(i) {
                        document.passages(&SourceId::slug("a"));
                    }
                }
            }
            Ok(Split::One(document)) => _ = document.passages(&SourceId::slug("a")),
            Ok(Split::Data(_)) | Err(_) => {}
        }
    }
}

const EXPORT: &str = r#"{"id": 4, "title": {"rendered": "Caf\u00e9s &amp; bars"}, "content": {"rendered": "<p class=\"lede\">The ferry&#8217;s captain said: &ldquo;We <em>had<\/em> no \u0022choice\u0022.&rdquo;<\/p>\n<h2>After the flood<\/h2><ul><li>It cost 40&nbsp;million crowns &#38; more.<\/li><\/ul><footer>Share this<\/footer>"}}
{"id": 5, "title": "Tags", "text": "Put <p> before a paragraph & </p> behind it."}
"#;

/// Reads a piece of a page with a parser that has nothing to do with the reader.
#[cfg(feature = "html")]
fn of_page(slice: &str) -> String {
    scraper::Html::parse_fragment(slice).root_element().text().collect()
}

#[test]
#[cfg(feature = "html")]
fn values_that_are_pieces_of_pages_are_read_as_such() {
    let records = split("posts.jsonl", EXPORT);
    let post = records.document(0).expect("it has a text");
    assert_eq!(post.metadata.title(), Some("Cafés & bars"));
    let kinds: Vec<(&str, &str)> =
        post.blocks.iter().map(|block| (block.kind.name(), block.readable(&post.text))).collect();
    assert_eq!(
        kinds,
        [
            ("title", "Cafés & bars"),
            ("paragraph", "The ferry’s captain said: “We had no \"choice\".”"),
            ("heading", "After the flood"),
            ("paragraph", "It cost 40 million crowns & more."),
            ("furniture", "Share this"),
        ]
    );
    for block in &post.blocks {
        let read = of_page(&of_string(block.span.of(&post.text)));
        assert_eq!(letters(&read), letters(block.readable(&post.text)));
    }
    let plain = records.document(1).expect("it has a text");
    assert_eq!(paragraphs(&plain), ["Put <p> before a paragraph & </p> behind it."]);

    let table = "id,title,body\n7,The ferry,\"<p class=\"\"lede\"\">It ran <b>twice</b> a day.</p><p>Nobody paid.</p>\"\n";
    let row = split("posts.csv", table).document(0).expect("it has a text");
    assert_eq!(paragraphs(&row), ["It ran twice a day.", "Nobody paid."]);
    assert_eq!(row.kind, TextKind::Markup);
    for block in row.blocks.iter().filter(|block| block.kind == BlockKind::Paragraph) {
        let read = of_page(&of_cell(block.span.of(&row.text)));
        assert_eq!(letters(&read), letters(block.readable(&row.text)));
    }
}

#[cfg(feature = "html")]
proptest! {
    #[test]
    fn pieces_of_pages_can_be_cut_out_and_read_again(
        body in "(<p>|</p>|<br>|<b>|</b>|<li>|&amp;|&#8217;|é|😀|a|b| |\"|\\\\|\n|&){0,40}",
        escaped in any::<bool>(),
    ) {
        let body = format!("<p>{body}</p>");
        let mut string = serde_json::to_string(&body).expect("it is a string");
        if escaped {
            string = string.replace('é', "\\u00e9").replace('<', "\\u003c");
        }
        let records = split("a.jsonl", &format!("{{\"text\": {string}}}\n"));
        if let Ok(document) = records.document(0) {
            for block in &document.blocks {
                let read = of_page(&of_string(block.span.of(&document.text)));
                prop_assert_eq!(letters(&read), letters(block.readable(&document.text)));
            }
        }
    }
}
