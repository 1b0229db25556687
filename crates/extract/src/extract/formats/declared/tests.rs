use serde_json::json;

use super::*;

fn of(notation: Notation, text: &str) -> Metadata {
    parse(notation, text, Path::new("a")).expect("it is well formed")
}

fn fault(notation: Notation, text: &str) -> String {
    parse(notation, text, Path::new("notes.meta")).expect_err("it is malformed").to_string()
}

fn get<'a>(metadata: &'a Metadata, variable: &str) -> &'a Value {
    metadata.get(variable).unwrap_or(&Value::Null)
}

#[test]
fn all_formats_give_the_same_metadata() {
    let toml = of(
        Notation::Toml,
        r#"
title = "A Road"
authors = ["Rowan Example", { family = "Sample", given = "Dana" }]
date = 2025-12-20
"#,
    );
    let yaml = of(
        Notation::Yaml,
        "title: A Road\nby: Rowan Example and Dana Sample\npublished: 2025-12-20\n",
    );
    let json = of(
        Notation::Json,
        r#"[{
            "title": "A Road",
            "author": [{"family": "Example", "given": "Rowan"}, {"name": "Sample, Dana"}],
            "issued": {"date-parts": [["2025", 12, 20]]}
        }]"#,
    );
    for metadata in [&toml, &yaml, &json] {
        assert_eq!(metadata.title(), Some("A Road"));
        assert_eq!(
            get(metadata, "author"),
            &json!([{"family": "Example", "given": "Rowan"}, {"family": "Sample", "given": "Dana"}])
        );
        assert_eq!(get(metadata, "issued"), &json!({"date-parts": [[2025, 12, 20]]}));
        assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
    }
}

#[test]
fn dates_are_typed_or_kept_as_written() {
    let issued =
        |written: &str| get(&of(Notation::Yaml, &format!("date: {written}")), "issued").clone();
    assert_eq!(issued("2025"), json!({"date-parts": [[2025]]}));
    assert_eq!(issued("2025-10-16T16:10:00Z"), json!({"date-parts": [[2025, 10, 16]]}));
    assert_eq!(issued("October 16, 2025"), json!({"date-parts": [[2025, 10, 16]]}));
    assert_eq!(issued("2025-10/2025-12"), json!({"date-parts": [[2025, 10], [2025, 12]]}));
    assert_eq!(issued("some time in autumn"), json!({"literal": "some time in autumn"}));
    assert_eq!(
        get(&of(Notation::Toml, "date = 2025-10-16T16:10:00+05:30"), "issued"),
        &json!({"date-parts": [[2025, 10, 16]]})
    );
}

#[test]
fn csl_names_take_precedence_over_aliases() {
    let metadata = of(
        Notation::Yaml,
        "site: Other\npublisher: Own\nlink: https://example.org/a\nlang: en-GB\nkeywords: [a, b]",
    );
    assert_eq!(metadata.publisher(), Some("Own"));
    assert_eq!(metadata.url(), Some("https://example.org/a"));
    assert_eq!(metadata.text("language"), Some("en-GB"));
    assert_eq!(metadata.text("keyword"), Some("a, b"));
    assert_eq!(get(&metadata, "custom"), &json!({"site": "Other"}));
}

#[test]
fn untyped_values_are_kept() {
    let metadata = of(
        Notation::Yaml,
        "type: landing-page\nms.date: 05/31/2018\ntopics:\n- one\nurl: /relative\n\
         section: World\nauthor: 3\nempty:\ndraft: false",
    );
    assert_eq!(metadata.text("section"), Some("World"));
    assert_eq!(metadata.get("type"), None);
    assert_eq!(metadata.get("empty"), None);
    assert_eq!(
        get(&metadata, "custom"),
        &json!({
            "type": "landing-page",
            "url": "/relative",
            "author": 3,
            "ms.date": "05/31/2018",
            "topics": ["one"],
            "draft": false,
        })
    );
}

#[test]
fn item_types_have_aliases() {
    assert_eq!(of(Notation::Yaml, "type: Blog Post").text("type"), Some("post-weblog"));
    assert_eq!(of(Notation::Yaml, "type: article").text("type"), Some("article"));
}

#[test]
fn faults_have_line_and_column() {
    assert!(
        fault(Notation::Toml, "title = \"a\"\ndate = [").starts_with("notes.meta:2:"),
        "{}",
        fault(Notation::Toml, "title = \"a\"\ndate = [")
    );
    assert!(
        fault(Notation::Yaml, "title: a\nauthor: [b\n").starts_with("notes.meta:"),
        "{}",
        fault(Notation::Yaml, "title: a\nauthor: [b\n")
    );
    assert!(fault(Notation::Json, "{\"title\": \"a\",\n x}").starts_with("notes.meta:2:2: "));
    assert_eq!(
        fault(Notation::Json, "[]"),
        "notes.meta: describes 0 sources: write one file for each"
    );
    assert_eq!(
        fault(Notation::Yaml, "title: a\ntitle: b"),
        "notes.meta:2:1: duplicate mapping key: title"
    );
    assert_eq!(
        fault(Notation::Yaml, "just words"),
        "notes.meta: is not a table of keys and values"
    );
}

#[test]
fn sources_of_a_folder() {
    let sources = sources_toml(
        "[\"a.txt\"]\ntitle = \"A\"\nid = \"first\"\n[\"b/c.txt\"]\nauthor = \"Sample Desk\"\n",
        Path::new("SOURCES.toml"),
    );
    let sources = sources.expect("it is well formed");
    assert_eq!(sources["a.txt"].title(), Some("A"));
    assert_eq!(sources["b/c.txt"].names("author")[0].display(), "Sample Desk");
    let error = sources_toml("[\"a.txt\"]\n\n[x]\ny = 1\n", Path::new("S")).expect("tables");
    assert_eq!(error.len(), 2);
    let error = sources_toml("title = \"A\"\n", Path::new("SOURCES.toml"))
        .expect_err("no table")
        .to_string();
    assert_eq!(
        error,
        "SOURCES.toml:1:9: “title” is not a table: write [\"title\"] and its keys below"
    );
}
