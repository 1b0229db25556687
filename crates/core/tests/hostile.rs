//! Checks the invariants of every input on hostile texts, like the fuzz targets.

#[expect(unreachable_pub, reason = "the fuzz targets use it from another crate")]
mod invariants;

use std::fs;
use std::path::Path;

use pincite_core::cite::Style;
use pincite_core::extract::declared::Notation;
use pincite_core::extract::extractor_for;

/// Checks all invariants of a text.
fn all(text: &str) {
    for name in [
        "a.txt", "a.md", "a.html", "a.csv", "a.json", "a.jsonl", "a.srt", "a.vtt", "a.eml",
        "a.mbox",
    ] {
        if extractor_for(Path::new(name)).is_some() {
            invariants::file(name, text.as_bytes());
        }
    }
    for (name, entry) in invariants::PACKAGES {
        invariants::packed(name, entry, text.as_bytes());
    }
    invariants::workbook(text.as_bytes());
    invariants::packed("a.odt", "content.xml", invariants::paragraphs(text).as_bytes());
    if extractor_for(Path::new("a.srt")).is_some() {
        let cue = "00:00:01,000 --> 00:00:02,000\n";
        invariants::file("a.srt", format!("1\n{cue}{text}\n\n2\n{cue}{text}\n").as_bytes());
    }
    if extractor_for(Path::new("a.mbox")).is_some() {
        let message = format!("From a\nSubject: x\n\n{text}\n\n");
        invariants::file("a.mbox", message.repeat(2).as_bytes());
    }
    if extractor_for(Path::new("a.csv")).is_some() {
        invariants::file("a.csv", format!("id,text\n1,{text}\n2,\"{text}\"\n").as_bytes());
    }
    if extractor_for(Path::new("a.jsonl")).is_some() {
        let line = serde_json::json!({ "text": text });
        invariants::file("a.jsonl", format!("{line}\n{{\"text\": \"{text}\"}}\n").as_bytes());
    }
    invariants::sentences(text);
    invariants::mentions(text);
    invariants::query(text);
    invariants::request(text);
    invariants::claims(text, "a");
    invariants::anchor(text, "The gate was shut, and … nobody knew why it was.", 7, 3);
    invariants::anchor("The gate was shut for three days in May.", text, 1, 3);
    for notation in [Notation::Toml, Notation::Yaml, Notation::Json] {
        invariants::declared(notation, text);
    }
}

#[test]
fn odd_texts() {
    for text in [
        "\u{feff}The gate\u{feff} was shut.\r\rIt opened\rin May.\r",
        "\u{301}It began. \u{301}\u{302} It ended.\u{200d} 👩\u{200d}👩\u{200d}👧. \u{200d}So.",
        "One.\u{2028}Two.\u{2029}Three.\u{85}Four.\u{c}Five.\u{b}Six.\tSeven.",
        "قال: «أغلقت البوابة.» ثم فتحت؟ نعم. \u{202e}desrever saw tI\u{202c} \u{2066}a\u{2069}",
        "---\ntitle: never closed\n\nIt rained. The gate was shut.",
        "---\ntitle: [a\n---\n\nIt rained.",
        "+++\ntitle = \n+++\nIt rained.",
        "late \0 NUL and \u{1b}[31mcolour\u{7}.",
        "| a | b\n|---|\n| c | d | e |\n|",
        "> > > - 1. * # a\n>>>>\n- - - -\n\t\t- a\n [a]: <b> 'c\n[a][a]![a][]",
        "*a **b _c __d ~~e `f ``g <h> &amp; \\* [i](j \"k",
    ] {
        all(text);
    }
}

#[test]
fn one_piece_again_and_again() {
    const PIECES: [&str; 34] = [
        "\n",
        "\r",
        "\r\n",
        "\u{2028}",
        "(",
        "[",
        "![",
        "[a](",
        "[a]: ",
        "[^1]: a\n",
        "<",
        "<!--",
        "<a ",
        "`",
        "*",
        "_a",
        "**a",
        "~~",
        "> ",
        "- ",
        "1. ",
        "|a",
        "|a\n|-\n",
        "\\",
        "&",
        "# ",
        "a",
        "9",
        "9-",
        ".",
        "\"",
        "“",
        "\u{301}",
        "one ",
    ];
    for piece in PIECES {
        all(&piece.repeat(20_000));
    }
}

#[test]
fn metadata_that_grows_or_nests_without_end() {
    let aliases =
        |i: usize| format!("a{}: &a{} [{}]\n", i + 1, i + 1, vec![format!("*a{i}"); 10].join(", "));
    let bomb = format!("a0: &a0 x\n{}", (0..20).map(aliases).collect::<String>());
    let nested =
        |open: &str, close: &str| format!("{}1{}", open.repeat(50_000), close.repeat(50_000));
    let keys = |joint: &str| (0..50_000).map(|i| format!("k{i}{joint} {i}\n")).collect::<String>();
    for (format, text) in [
        (Notation::Yaml, bomb.clone()),
        (Notation::Yaml, format!("a: {}", nested("[", "]"))),
        (Notation::Yaml, format!("a: {}", nested("{a: ", "}"))),
        (Notation::Yaml, "- ".repeat(50_000)),
        (Notation::Yaml, keys(":")),
        (Notation::Toml, format!("a = {}", nested("[", "]"))),
        (Notation::Toml, format!("a = {}", nested("{a = ", "}"))),
        (Notation::Toml, format!("{}a = 1", "a.".repeat(50_000))),
        (Notation::Toml, keys(" =")),
        (Notation::Json, nested("[", "]")),
        (Notation::Json, nested("{\"a\":", "}")),
    ] {
        assert_eq!(invariants::declared(format, &text), None, "{}…", &text[..20]);
    }
    assert!(invariants::declared(Notation::Toml, "title = \"Gate\"").is_some());
    invariants::file("a.md", format!("---\n{bomb}---\n\nIt rained.\n").as_bytes());
}

#[test]
fn metadata_of_the_wrong_types() {
    let style = Style::find("apa").expect("a bundled style");
    let values = [
        "0",
        "-1",
        "1e400",
        "true",
        "\"\"",
        "\"a\"",
        "[]",
        "[[]]",
        "[[0]]",
        "[{}]",
        "{}",
        "{\"a\":null}",
    ];
    let variables = [
        "type",
        "title",
        "author",
        "issued",
        "URL",
        "page",
        "custom",
        "language",
        "publisher",
        "id",
    ];
    for variable in variables {
        for value in values {
            let text = format!("{{\"{variable}\": {value}}}");
            if let Some(metadata) = invariants::declared(Notation::Json, &text) {
                invariants::citation(metadata, &style);
            }
        }
    }
    for issued in [
        "[[2025, 13, 99]]",
        "[[99999]]",
        "[[-1]]",
        "[[\"2025\", \"1\"]]",
        "[[2025], [2024]]",
        "[2025]",
        "\"x\"",
    ] {
        let text = format!(
            "{{\"issued\": {{\"date-parts\": {issued}, \"season\": [], \"circa\": {{}}}}}}"
        );
        if let Some(metadata) = invariants::declared(Notation::Json, &text) {
            invariants::citation(metadata, &style);
        }
    }
}

#[test]
fn utf16_cut_in_the_middle() {
    for mark in [[0xFE, 0xFF], [0xFF, 0xFE]] {
        for unit in [[0x00, 0x41], [0x41, 0x00], [0xD8, 0x3D], [0x3D, 0xD8]] {
            let mut bytes = mark.to_vec();
            bytes.extend(unit.repeat(50));
            invariants::file("a.txt", &bytes);
            bytes.push(0x41);
            invariants::file("a.md", &bytes);
        }
    }
}

#[test]
fn the_sample_corpus() {
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus"))
        .expect("it is there")
        .flatten()
    {
        if let Ok(text) = fs::read_to_string(entry.path()) {
            all(&text);
        }
    }
}
