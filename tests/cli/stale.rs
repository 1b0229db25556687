//! Sources that have changed since they were indexed, or are gone, are marked wherever they are
//! quoted.

use std::fs;

use serde_json::Value;

use crate::desk::Desk;
use crate::forms::snapshot;

const CLAIM: &str = "Pakistan recognized the Taliban in 1997";

/// The sample corpus and its index, after an article was changed and another removed.
fn desk() -> Desk {
    let desk = Desk::indexed();
    let article = "corpus/recognition-1997.txt";
    let text = fs::read_to_string(desk.path(article)).expect("it is there");
    desk.write(article, text.replace("25 May", "26 May"));
    fs::remove_file(desk.path("corpus/kabul-1996.txt")).expect("it can be removed");
    desk
}

#[test]
fn human_forms_say_so() {
    let desk = desk();
    let ids = ["recognition-1997#p1.1", "recognition-1997#p2", "kabul-1996#p1.1"];
    snapshot(&desk, "stale_cite", &[&["cite"], &ids[..]].concat());
    for format in ["markdown", "html"] {
        let args = [&["cite", "--format", format], &ids[..1]].concat();
        snapshot(&desk, &format!("stale_cite_{format}"), &args);
    }
    snapshot(&desk, "stale_show", &["show", "recognition-1997#p1"]);
    snapshot(&desk, "stale_query", &["query", CLAIM, "-n", "2"]);
    snapshot(&desk, "stale_check", &["check", CLAIM]);
}

#[test]
fn records_say_so() {
    let desk = desk();
    let json = |args: &[&str]| -> Value {
        let run = desk.run(&[args, &["--format", "json"]].concat());
        let warned = run.stderr.matches("recognition-1997.txt changed since it was indexed");
        assert_eq!(warned.count(), 1, "once each: {run}");
        serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
    };
    let records = json(&["cite", "recognition-1997#p1", "kabul-1996#p1", "recognition-1997#p2"]);
    let stale = ["changed", "missing", "changed"];
    assert!(records.as_array().expect("a list").iter().map(|it| &it["stale"]).eq(stale));
    assert_eq!(json(&["show", "recognition-1997"])["stale"], "changed");
    let of = |citation: &Value| match citation["file"].as_str() {
        Some("recognition-1997.txt") => Value::from("changed"),
        Some("kabul-1996.txt") => Value::from("missing"),
        _ => Value::Null,
    };
    let results = json(&["query", CLAIM]);
    for hit in results["hits"].as_array().expect("a list") {
        assert_eq!(hit["citation"]["stale"], of(&hit["citation"]));
    }
    let checks = json(&["check", CLAIM]);
    for evidence in checks["checks"][0]["evidence"].as_array().expect("a list") {
        assert_eq!(evidence["citation"]["stale"], of(&evidence["citation"]));
    }
}

#[test]
fn what_is_the_same_is_not_stale() {
    let desk = Desk::indexed();
    let article = "corpus/recognition-1997.txt";
    let text = fs::read(desk.path(article)).expect("it is there");
    desk.write(article, text);
    let run = desk.run(&["cite", "recognition-1997#p1", "--format", "json"]);
    assert!(run.stderr.is_empty() && !run.stdout.contains("stale"), "{run}");
    let quiet = desk.run(&["-q", "cite", "recognition-1997#p1"]);
    assert!(quiet.stderr.is_empty(), "{quiet}");
}

/// What is written of a changed source can still be verified, and is then said to be wrong.
#[test]
fn verify_reads_a_marked_quotation() {
    let desk = desk();
    for format in ["jsonl", "markdown"] {
        let quoted = desk.run(&["cite", "recognition-1997#p1.1", "--format", format]).stdout;
        let run = desk.run_with_input(&["verify", "-"], &quoted);
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stderr.contains("0 of 1 intact"), "{run}");
    }
}
