//! `pincite eval` over a collection small enough to work out by hand.

use serde_json::Value;

use crate::desk::{Desk, Run};

const CORPUS: &str = r#"{"_id": "Ferry/1", "title": "The ferry", "text": "The island ferry was late again on Monday, and nobody knew why."}
{"_id": "Mill/1", "title": "", "text": "The old mill by the weir burned down in the night, for the second time."}
{"_id": "Mill/2", "title": "Another mill", "text": "A new owner was found for the paper factory on the hill."}
"#;

const QUERIES: &str = r#"{"_id": "1", "text": "why was the ferry late?"}
{"_id": "2", "text": "new owner of the factory"}
{"_id": "3", "text": "zeppelin"}
{"_id": "9", "text": "not judged"}
"#;

fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("toy/corpus.jsonl", CORPUS);
    desk.write("toy/queries.jsonl", QUERIES);
    desk.write(
        "toy/qrels/test.tsv",
        "query-id\tcorpus-id\tscore\n1\tFerry/1\t1\n2\tMill/2\t2\n2\tMill/1\t0\n3\tMill/1\t1\n",
    );
    desk
}

fn assert_snapshot(name: &str, args: &[&str], run: Run) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("pincite {}", args.join(" ")));
    settings.set_omit_expression(true);
    settings.add_filter(r"(queries/s) .*", "$1 [n]");
    settings.add_filter(r#"("seconds"|"queries_per_second"): [\d.]+"#, "$1: [n]");
    settings.bind(|| insta::assert_snapshot!(name, run));
}

fn snapshot(desk: &Desk, name: &str, args: &[&str]) {
    assert_snapshot(name, args, desk.run(args).without(desk));
}

#[test]
fn collections() {
    let desk = desk();
    snapshot(&desk, "eval_human", &["eval", "toy", "--baseline", "--per-query"]);
    snapshot(&desk, "eval_markdown", &["eval", "toy", "--format", "markdown"]);
    snapshot(&desk, "eval_json", &["eval", "toy", "--baseline", "--per-query", "--format", "json"]);
}

#[test]
fn runs_are_written_and_compared() {
    let desk = desk();
    let run = desk.run(&["eval", "toy", "--run", "ours.run"]);
    assert_eq!(run.code, Some(0), "{run}");
    let ours = std::fs::read_to_string(desk.path("ours.run")).unwrap();
    assert!(ours.starts_with("1 Q0 Ferry/1 1 "), "{ours}");
    desk.write("other.run", "2 Q0 Mill/1 1 9.5 other\n2 Q0 Mill/2 2 9 other\n");
    let args = ["eval", "compare", "ours.run", "other.run", "--qrels", "toy/qrels/test.tsv"];
    snapshot(&desk, "eval_compare", &args);
    let json: Value = serde_json::from_str(&desk.run(&[&args[..], &["--format", "json"]].concat()).stdout).unwrap();
    assert_eq!((&json["schema"], &json["queries"]), (&"pincite/eval-compare/1".into(), &3.into()));
}

#[test]
fn queries_and_judgements_come_from_other_files_too() {
    let desk = desk();
    desk.write("topics.tsv", "7\tweir\n");
    desk.write("judged.txt", "7 0 Mill/1 1\n");
    let run = desk.run(&["eval", "toy", "--queries", "topics.tsv", "--qrels", "judged.txt", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{run}"));
    assert_eq!((&json["queries"], &json["metrics"]["map"]), (&1.into(), &1.0.into()));
}

#[test]
fn an_index_that_is_kept_can_be_asked() {
    let desk = desk();
    let run = desk.run(&["eval", "toy", "--keep", "kept"]);
    assert_eq!(run.code, Some(0), "{run}");
    let run = desk.run(&["--index", "kept/index", "query", "weir"]);
    assert!(run.stdout.contains("mill-1#p1"), "{run}");
    snapshot(&desk, "eval_keep_again", &["eval", "toy", "--keep", "kept"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let desk = desk();
    desk.write("broken/corpus.jsonl", "{\"_id\": \"1\", \"text\": \"a\"}\n{\"_id\": 1}\n");
    desk.write("broken/queries.jsonl", QUERIES);
    desk.write("broken/qrels.trec", "1 0 1 1\n");
    snapshot(&desk, "eval_broken", &["eval", "broken"]);
    snapshot(&desk, "eval_no_folder", &["eval", "nowhere"]);
    snapshot(&desk, "eval_one_run", &["eval", "toy", "toy", "--run", "a.run"]);
}
