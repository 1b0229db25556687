//! Runs `pincite check` in every output format: snapshots, the guarantees of each format, and
//! malicious sources.

use serde_json::Value;

use crate::check::{DRAFT, assert_snapshot};
use crate::desk::{Desk, Run};

const FORMS: [&str; 8] =
    ["human", "json", "jsonl", "csv", "markdown", "html", "claimreview", "sarif"];

fn json(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

fn list<'a>(value: &'a Value, pointer: &str) -> &'a [Value] {
    value.pointer(pointer).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

/// Returns the text of HTML, without tags and entities.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for (i, piece) in html.split('<').enumerate() {
        text.push_str(if i == 0 {
            piece
        } else {
            piece.split_once('>').map_or("", |(_, text)| text)
        });
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

#[test]
fn a_draft_in_every_format() {
    let desk = Desk::indexed();
    desk.write("draft.md", DRAFT);
    for form in FORMS.into_iter().filter(|form| *form != "human") {
        let args = ["check", "--draft", "draft.md", "--format", form];
        assert_snapshot(&format!("check_draft_{form}"), &args, desk.run(&args).without(&desk));
    }
    let args = ["check", "Ferries are blue, said nobody", "--format", "claimreview"];
    assert_snapshot("check_nothing_claimreview", &args, desk.run(&args));
}

#[test]
fn every_quotation_of_every_format_is_in_its_source() {
    let desk = Desk::indexed();
    desk.write("draft.md", DRAFT);
    let run = |form: &str| desk.run(&["check", "--draft", "draft.md", "--format", form]);
    let file =
        |name: &str| std::fs::read_to_string(desk.path("corpus").join(name)).expect("a source");
    let whole = json(&run("json"));
    let citations = |document: &Value| {
        let checks = list(document, "/checks").iter();
        let cited = checks.flat_map(|check| {
            let evidence =
                list(check, "/evidence").iter().map(|evidence| evidence["citation"].clone());
            evidence.chain(list(check, "/related").iter().cloned()).collect::<Vec<_>>()
        });
        cited.collect::<Vec<_>>()
    };
    let known = citations(&whole);
    assert!(known.len() > 6, "{whole}");
    let source_of = |id: &Value| {
        let cited = known
            .iter()
            .find(|citation| citation["id"] == *id)
            .unwrap_or_else(|| panic!("{id} is not known"));
        file(cited["file"].as_str().expect("a file"))
    };
    let lines = run("jsonl");
    let lines =
        lines.stdout.lines().map(|line| serde_json::from_str::<Value>(line).expect("a document"));
    let by_line: Vec<Value> = lines.flat_map(|document| citations(&document)).collect();
    assert_eq!(by_line, known, "both forms of JSON give the same records");

    let table = run("csv").stdout;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let mut quoted = 0;
    for row in rows.deserialize::<std::collections::BTreeMap<String, String>>() {
        let row = row.expect("a row");
        for side in ["for", "against"] {
            let quote = &row[&format!("quote_{side}")];
            if !quote.is_empty() {
                let id = Value::from(&*row[&format!("citation_{side}")]);
                assert!(source_of(&id).contains(&**quote), "{quote}");
                quoted += 1;
            }
        }
    }
    assert!(quoted > 3, "{table}");

    for review in list(&json(&run("claimreview")), "/@graph") {
        for quotation in list(review, "/citation") {
            let quote = quotation["text"].as_str().expect("a quotation");
            assert!(source_of(&quotation["identifier"]).contains(quote), "{quote}");
        }
    }
    for location in list(&json(&run("sarif")), "/runs/0/results")
        .iter()
        .flat_map(|it| list(it, "/relatedLocations"))
    {
        let place = &location["physicalLocation"];
        let text = std::fs::read_to_string(
            desk.path(place["artifactLocation"]["uri"].as_str().expect("a path")),
        );
        let text = text.expect("a source");
        let [from, len] = ["byteOffset", "byteLength"]
            .map(|key| place["region"][key].as_u64().expect("a number") as usize);
        assert_eq!(place["region"]["snippet"]["text"], text[from..from + len]);
    }

    // These formats quote the readable form; `verify` accepts quotations without markup and line
    // breaks.
    let page = run("html").stdout;
    let quotes = page.split("<blockquote").skip(1).filter_map(|it| it.split_once("</blockquote>"));
    let quotes: String = quotes
        .map(|(quote, rest)| {
            let place = rest.split("class=\"place\">").nth(1).expect("a place");
            let place = place.split('<').next().unwrap_or_default().trim();
            let (_, id) = place.trim_end_matches(" ·").rsplit_once(" · ").expect("an id");
            format!("> {}\n\n— {id}\n\n", text_of(&format!("<{quote}")).trim())
        })
        .collect();
    for quoted in [quotes, run("markdown").stdout] {
        let verified = desk.run_with_input(&["verify", "-"], &quoted);
        assert_eq!(verified.code, Some(0), "{verified}");
        assert_eq!(verified.stderr, format!("{0} of {0} intact\n", known.len()));
    }
}

/// Checks what SARIF 2.1.0 and GitHub's code scanning require of a log.
#[test]
fn sarif_has_what_code_scanning_requires() {
    let desk = Desk::indexed();
    let draft = "😀 The Doha agreement was\nsigned in 2018. A [x](y) {0} ferry took uranium to Brazil in 1881.\n";
    desk.write("a draft/ü.md", draft);
    let path = desk.path("a draft/ü.md");
    for path in ["a draft/ü.md", "./a draft/ü.md", path.to_str().expect("a path")] {
        let log = json(&desk.run(&["check", "--draft", path, "--format", "sarif"]));
        assert_eq!(log["version"], "2.1.0");
        assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-2.1.0")));
        let run = &log["runs"][0];
        assert_eq!((list(&log, "/runs").len(), &run["columnKind"]), (1, &"utf16CodeUnits".into()));
        assert_eq!(run["tool"]["driver"]["name"], "pincite");
        let rules = list(run, "/tool/driver/rules");
        for rule in rules {
            assert!(rule["id"].is_string() && rule["defaultConfiguration"]["level"].is_string());
            for text in ["shortDescription", "fullDescription", "help"] {
                assert!(rule[text]["text"].as_str().is_some_and(|text| !text.is_empty()), "{rule}");
            }
        }
        let results = list(run, "/results");
        let told: Vec<_> =
            results.iter().map(|it| (it["ruleId"].as_str(), it["level"].as_str())).collect();
        assert_eq!(
            told,
            [(Some("contradicted"), Some("error")), (Some("not_found"), Some("note"))],
            "{log}"
        );
        for result in results {
            assert_eq!(
                rules[result["ruleIndex"].as_u64().expect("a number") as usize]["id"],
                result["ruleId"]
            );
            assert_eq!(list(result, "/locations").len(), 1);
            let message = result["message"]["text"].as_str().expect("a message");
            for (location, id) in list(result, "/relatedLocations").iter().zip(1..) {
                assert_eq!(location["id"], id);
                assert!(location["message"]["text"].is_string());
                location_is_whole(location);
            }
            assert_eq!(
                message.contains("](1)"),
                result["level"] == "error",
                "evidence is linked: {message}"
            );
            let place = &result["locations"][0];
            location_is_whole(place);
            assert_eq!(
                place["physicalLocation"]["artifactLocation"]["uri"], "a%20draft/%C3%BC.md",
                "{path}"
            );
        }
        let region = &results[0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (&region["startColumn"], &region["endLine"], &region["endColumn"]),
            (&1.into(), &2.into(), &16.into())
        );
        let region = &results[1]["locations"][0]["physicalLocation"]["region"];
        assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &17.into()));
        let from = region["byteOffset"].as_u64().expect("a number") as usize;
        assert!(draft[from..].starts_with("A [x](y)"));
    }
}

/// Returns whether a location has everything that code scanning reads.
fn location_is_whole(location: &Value) {
    let place = &location["physicalLocation"];
    let uri = place["artifactLocation"]["uri"].as_str().expect("a URI");
    assert!(!uri.starts_with('/') && !uri.contains([' ', '\\']) && uri.is_ascii(), "{uri}");
    let number =
        |key: &str| place["region"][key].as_u64().unwrap_or_else(|| panic!("no {key}: {location}"));
    let [start, end] =
        ["start", "end"].map(|it| (number(&format!("{it}Line")), number(&format!("{it}Column"))));
    assert!(start.0 >= 1 && start.1 >= 1 && start < end, "{location}");
}

#[test]
fn malicious_sources_and_claims_are_escaped() {
    let desk = Desk::new();
    let evil = "<script>alert(1)</script> ](javascript:alert(2)) \"'><img src=x onerror=alert(3)> \u{1b}[31m\u{202e}x";
    let sentence = format!("The Salma gate was opened in 2016 by {evil} of Herat.");
    let declared = |text: &str| serde_json::to_string(text).expect("a string");
    desk.write(
        "corpus/evil.txt",
        format!("{sentence}\n\n=2+2 is what the Hyper gate cost in 2015, said the clerk.\n"),
    );
    desk.write(
        "corpus/evil.meta.json",
        format!(
            "{{\"title\": {0}, \"publisher\": {0}, \"author\": [{{\"literal\": {0}}}], \"URL\": \"javascript:alert(4)\"}}",
            declared(evil)
        ),
    );
    desk.write(
        "[x](y) <script>.md",
        format!("The Salma gate was opened in 2017 by {evil} of Herat.\n\n- The Hyper gate cost =2+2 in 2015.\n"),
    );
    desk.run(&["index", "corpus"]);
    for form in FORMS {
        let run = desk.run(&[
            "check",
            "--draft",
            "[x](y) <script>.md",
            "--format",
            form,
            "--color",
            "never",
        ]);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains("2017"), "{run}");
        let obeyed = |c: char| {
            (c.is_control() && !matches!(c, '\n' | '\r')) || matches!(c, '\u{202a}'..='\u{202e}')
        };
        assert!(!run.stdout.contains(obeyed) && !run.stderr.contains(obeyed), "{run}");
        match form {
            "html" => {
                for harm in ["<script", "<img", "href=\"javascript", "onerror=alert(3)>"] {
                    assert!(!run.stdout.contains(harm), "{harm}: {run}");
                }
                assert!(
                    run.stdout.contains("&lt;script&gt;")
                        && run.stdout.contains("default-src 'none'"),
                    "{run}"
                );
            }
            "markdown" => {
                let harmful = pulldown_cmark::Parser::new(&run.stdout).find(|event| match event {
                    pulldown_cmark::Event::Html(_) | pulldown_cmark::Event::InlineHtml(_) => true,
                    pulldown_cmark::Event::Start(pulldown_cmark::Tag::Link {
                        dest_url, ..
                    }) => !dest_url.starts_with("http"),
                    _ => false,
                });
                assert_eq!(harmful, None, "{run}");
            }
            "claimreview" => {
                assert!(!run.stdout.contains('<') && !run.stdout.contains("\"url\""), "{run}")
            }
            "sarif" => {
                let log = json(&run);
                let message =
                    log["runs"][0]["results"][0]["message"]["text"].as_str().expect("a message");
                assert!(!message.contains("](javascript"), "{message}");
            }
            "csv" => {
                let mut rows = csv::Reader::from_reader(run.stdout.as_bytes());
                for row in rows.records() {
                    for cell in &row.expect("a row") {
                        assert!(!cell.starts_with(['=', '+', '-', '@']), "{cell}");
                    }
                }
            }
            "json" => drop(json(&run)),
            _ => {}
        }
    }
    let table = desk.run(&[
        "check",
        "--format",
        "csv",
        "=2+2 is what the Hyper gate cost in 2015, said the clerk",
    ]);
    assert!(table.stdout.contains("\"'=2+2 is what"), "{table}");
}
