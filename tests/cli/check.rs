//! Runs `pincite check` over the sample corpus.

use serde_json::Value;

use crate::desk::{Desk, Run};

/// A draft with every kind of sentence and block.
pub(crate) const DRAFT: &str = "\
# Ten years at the gate

Pakistan recognized the Taliban in **1997**. Did anyone follow? The Salma Dam
was opened in June 2016. I doubt that it was the only dam in Herat.

> No fourth government followed.

- The Doha agreement was signed in 2018.
- Ferries carried uranium from Hairatan to Brazil in 1881.

```
pincite check --draft draft.md
```

| year | opened |
|------|--------|
| 2016 | dam    |
";

pub(crate) fn assert_snapshot(name: &str, args: &[&str], run: Run) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("pincite {}", args.join(" ")));
    settings.set_omit_expression(true);
    // A better model may change the confidence, but not what is said.
    settings.add_filter(r"\b\d+ % · ", "[n] % · ");
    settings.add_filter(r#""confidence": ?[\d.]+"#, r#""confidence": [n]"#);
    settings
        .add_filter(r"(supported|contradicted|disputed|partial|not_found),[01]\.\d{3},", "$1,[n],");
    settings.bind(|| insta::assert_snapshot!(name, run));
}

fn snapshot(desk: &Desk, name: &str, args: &[&str]) {
    assert_snapshot(name, args, desk.run(args).without(desk));
}

#[test]
fn both_sides_are_shown_with_their_differences() {
    let desk = Desk::indexed();
    snapshot(&desk, "check_disputed", &["check", "Pakistan recognized the Taliban in 1997"]);
    snapshot(&desk, "check_contradicted", &["check", "The Doha agreement was signed in 2018"]);
    snapshot(
        &desk,
        "check_several",
        &["check", "The Salma Dam was opened in 2016", "The Taliban exported uranium to Brazil"],
    );
}

#[test]
fn what_decides_nothing_says_why() {
    let desk = Desk::indexed();
    snapshot(
        &desk,
        "check_open",
        &[
            "check",
            "Pakistan will recognize the Taliban",
            "The Doha agreement ended the war in 2020",
        ],
    );
}

#[test]
fn json_has_the_documented_shape() {
    let desk = Desk::indexed();
    let run = desk.run(&[
        "check",
        "--format",
        "json",
        "--explain",
        "Pakistan never recognized the Taliban",
    ]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!(json["schema"], "pincite/check/1");
    let check = &json["checks"][0];
    assert_eq!(check["verdict"], "contradicted", "{run}");
    let evidence = &check["evidence"][0];
    assert_eq!(evidence["stance"], "contradicts");
    assert_eq!(evidence["citation"]["schema"], "pincite/citation/1");
    assert!(evidence["features"]["answered"].as_f64().is_some_and(|cover| cover > 0.5));
    let polarity = evidence["reasons"]
        .as_array()
        .and_then(|all| all.iter().find(|it| it["slot"] == "polarity"));
    assert_eq!(polarity.map(|it| &it["claim"]), Some(&"never recognized".into()), "{run}");
}

#[test]
fn the_exit_status_depends_on_the_verdicts() {
    let desk = Desk::indexed();
    let code = |args: &[&str]| desk.run(&[&["check"], args].concat()).code;
    assert_eq!(code(&["The Salma Dam was opened in June 2016"]), Some(0));
    assert_eq!(code(&["The Salma Dam was opened in June 2014"]), Some(1));
    assert_eq!(
        code(&["The Salma Dam was opened in June 2014", "--fail-on", "not_found,partial"]),
        Some(0)
    );
    assert_eq!(
        code(&["The Salma Dam was opened in June 2014", "--fail-on", "contradicted"]),
        Some(1)
    );
    assert_eq!(code(&["--fail-on", "wrong", "x"]), Some(2));
    desk.write(
        "claims.txt",
        "The Salma Dam was opened in June 2016\n\nWork on a fence began in 2017\n",
    );
    assert_eq!(code(&["--file", "claims.txt"]), Some(0));
    assert_eq!(code(&["--file", "nowhere.txt"]), Some(2));
}

#[test]
fn claims_are_read_from_tables() {
    let desk = Desk::indexed();
    let claims = "id;statement\r\n1;\"The Salma Dam was opened\r\nin June 2016\"\r\n2;\r\n\
        3;The Doha agreement was signed in 2018\r\n";
    desk.write("claims.csv", format!("\u{feff}{claims}"));
    snapshot(&desk, "check_csv", &["check", "--file", "claims.csv", "--column", "statement"]);
    desk.write(
        "claims.jsonl",
        "{\"claim\": \"The Salma Dam was opened in June 2016\"}\n{\"claim\": \"Work on a fence began in 2017\"}\n",
    );
    let lines = |args: &[&str], input: &str| {
        let run =
            desk.run_with_input(&[&["check", "--format", "json", "--file"], args].concat(), input);
        let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
        let checks = json["checks"].as_array().expect("checks").iter();
        checks.map(|check| check["line"].as_u64().expect("a line")).collect::<Vec<_>>()
    };
    assert_eq!(lines(&["claims.jsonl"], ""), [1, 2]);
    assert_eq!(lines(&["-"], "\u{feff}It opened in 2016\n\n  It closed in 2017  "), [1, 3]);
    assert_eq!(lines(&["-", "--column", "statement"], claims), [2, 5]);
    assert_eq!(lines(&["-", "--column", "a"], "{\"a\": \"It opened in 2016\"}"), [1]);
}

#[test]
fn malformed_input_is_an_error_with_its_position() {
    let desk = Desk::indexed();
    desk.write("two.csv", "a,b\nx,y\n");
    desk.write("short.csv", "claim,b\nx,y\nz\n");
    desk.write("open.csv", "claim,b\nx,y\n\"z,1\nw,2\n");
    desk.write("bad.jsonl", "{\"claim\": \"x\"}\n{\"claim\": }\n");
    desk.write("latin.txt", b"The gate\nwas caf\xe9\n");
    desk.write("binary.md", b"\x00\x01\x02\xff\xfe\x00\x00\x00");
    for (name, args) in [
        ("no_column", &["--file", "two.csv"][..]),
        ("unknown_column", &["--file", "two.csv", "--column", "claims"]),
        ("short_row", &["--file", "short.csv"]),
        ("open_quote", &["--file", "open.csv"]),
        ("bad_json", &["--file", "bad.jsonl"]),
        ("latin", &["--file", "latin.txt"]),
        ("binary_draft", &["--draft", "binary.md"]),
        ("no_draft", &["--draft", "nowhere.md"]),
        ("sarif_of_claims", &["--format", "sarif", "A claim of three words"]),
        ("explain_csv", &["--format", "csv", "--explain", "A claim of three words"]),
        ("column_of_draft", &["--file", "draft.md", "--column", "claim"]),
        ("nothing", &[]),
        ("two_inputs", &["--file", "two.csv", "--draft", "nowhere.md"]),
    ] {
        let run = desk.run(&[&["check"], args].concat());
        assert_eq!((run.code, &*run.stdout), (Some(2), ""), "{run}");
        assert_snapshot(&format!("check_error_{name}"), args, run);
    }
}

#[test]
fn a_draft_is_checked_sentence_by_sentence() {
    let desk = Desk::indexed();
    desk.write("draft.md", DRAFT);
    snapshot(&desk, "check_draft", &["check", "--draft", "draft.md"]);
    let by_name = desk.run(&["check", "--file", "draft.md"]);
    assert_eq!(by_name.stdout, desk.run(&["check", "--draft", "draft.md"]).stdout);
    let fails_in_text = |text: &str| desk.run_with_input(&["check", "--draft", "-"], text).code;
    assert_eq!(fails_in_text("The Salma Dam was opened in June 2016. Why?"), Some(0));
    let run = desk.run(&["check", "--draft", "draft.md", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    for check in json["checks"].as_array().expect("checks") {
        let [start, end] = [0, 1].map(|i| check["bytes"][i].as_u64().expect("a byte") as usize);
        let sentence = DRAFT[start..end].replace("**", "").replace('\n', " ");
        assert_eq!(check["claim"], sentence.as_str());
        let before = &DRAFT[..start];
        assert_eq!(check["line"], 1 + before.matches('\n').count());
        assert_eq!(
            check["column"],
            1 + before.rsplit('\n').next().unwrap_or_default().chars().count()
        );
    }
    let fails =
        |verdict: &str| desk.run(&["check", "--draft", "draft.md", "--fail-on", verdict]).code;
    assert_eq!((fails("contradicted"), fails("partial")), (Some(1), Some(0)));
    desk.write("empty.md", "# Nothing\n\nWhy?\n");
    snapshot(&desk, "check_draft_empty", &["check", "--draft", "empty.md"]);
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let desk = Desk::indexed();
    let claims =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/claims.jsonl"))
            .expect("claims");
    desk.write("claims.jsonl", claims.lines().take(30).collect::<Vec<_>>().join("\n"));
    let run = |threads: &str, format: &str| {
        desk.run(&["check", "--file", "claims.jsonl", "--format", format, "--threads", threads])
            .stdout
    };
    for format in ["json", "html"] {
        let one = run("1", format);
        assert!(one.len() > 10_000);
        assert!(one == run("2", format) && one == run("7", format), "{format}");
    }
}

#[test]
fn what_happened_twice_may_have_happened_again() {
    let desk = Desk::new();
    desk.write(
        "texts/a.txt",
        "In September 1995 Rowan Example was released from hospital.\n\nRowan Example was released \
         from jail on 2 February 2000.\n",
    );
    let verdict = |claim: &str| {
        let run = desk.run(&["check", "--corpus", "texts", claim, "--format", "json"]);
        let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
        json["checks"][0]["verdict"].clone()
    };
    assert_eq!(verdict("Rowan Example was released in April 2010"), "not_found");
    assert_eq!(verdict("Rowan Example was released from jail in March 2000"), "contradicted");
}
