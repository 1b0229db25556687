//! Runs `pincite-eval` over a collection small enough to work out by hand.

use std::fs;
use std::process::Command;

use pincite_core::index::Index;
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use serde_json::Value;
use tempfile::TempDir;

/// A temporary folder to run the program in.
struct Desk(TempDir);

impl Desk {
    fn write(&self, path: &str, content: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn path(&self, path: &str) -> std::path::PathBuf {
        self.0.path().join(path)
    }

    fn run(&self, args: &[&str]) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pincite-eval"));
        command.args(args).current_dir(self.0.path());
        for variable in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        let output = command.output().unwrap();
        let [stdout, stderr] =
            [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        Run { code: output.status.code().unwrap(), stdout, stderr }
    }
}

struct Run {
    code: i32,
    stdout: String,
    stderr: String,
}

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
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.write("toy/corpus.jsonl", CORPUS);
    desk.write("toy/queries.jsonl", QUERIES);
    desk.write(
        "toy/qrels/test.tsv",
        "query-id\tcorpus-id\tscore\n1\tFerry/1\t1\n2\tMill/2\t2\n2\tMill/1\t0\n3\tMill/1\t1\n",
    );
    desk
}

fn snapshot(desk: &Desk, name: &str, args: &[&str]) {
    snapshot_filtered(desk, name, args, &[]);
}

fn snapshot_filtered(desk: &Desk, name: &str, args: &[&str], filters: &[(&str, &str)]) {
    let Run { code, stdout, stderr } = desk.run(args);
    let run = format!(
        "exit status: {code}\n--- standard output ---\n{stdout}--- standard error ---\n{stderr}"
    );
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("pincite-eval {}", args.join(" ")));
    settings.set_omit_expression(true);
    settings.add_filter(r"(queries/s) .*", "$1 [n]");
    settings.add_filter(r#"("seconds"|"queries_per_second"): [\d.e-]+"#, "$1: [n]");
    for (pattern, replacement) in filters {
        settings.add_filter(pattern, *replacement);
    }
    settings.bind(|| insta::assert_snapshot!(name, run));
}

#[test]
fn help() {
    snapshot(&desk(), "help", &["--help"]);
}

#[test]
fn collections() {
    let desk = desk();
    // The width of a column depends on the speed of the machine.
    let args = ["toy", "--baseline", "--per-query"];
    snapshot_filtered(&desk, "eval_human", &args, &[(" {2,}", "  ")]);
    snapshot(&desk, "eval_markdown", &["toy", "--format", "markdown"]);
    snapshot(&desk, "eval_json", &["toy", "--baseline", "--per-query", "--format", "json"]);
}

#[test]
fn runs_are_written_and_compared() {
    let desk = desk();
    let run = desk.run(&["toy", "--run", "ours.run"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let ours = std::fs::read_to_string(desk.path("ours.run")).unwrap();
    assert!(ours.starts_with("1 Q0 Ferry/1 1 "), "{ours}");
    desk.write("other.run", "2 Q0 Mill/1 1 9.5 other\n2 Q0 Mill/2 2 9 other\n");
    let args = ["compare", "ours.run", "other.run", "--qrels", "toy/qrels/test.tsv"];
    snapshot(&desk, "eval_compare", &args);
    let json: Value =
        serde_json::from_str(&desk.run(&[&args[..], &["--format", "json"]].concat()).stdout)
            .unwrap();
    assert_eq!((&json["schema"], &json["queries"]), (&"pincite/eval-compare/1".into(), &3.into()));
}

#[test]
fn queries_and_judgements_come_from_other_files_too() {
    let desk = desk();
    desk.write("topics.tsv", "7\tweir\n");
    desk.write("judged.txt", "7 0 Mill/1 1\n");
    let run =
        desk.run(&["toy", "--queries", "topics.tsv", "--qrels", "judged.txt", "--format", "json"]);
    let json: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert_eq!((&json["queries"], &json["metrics"]["map"]), (&1.into(), &1.0.into()));
}

#[test]
fn an_index_that_is_kept_can_be_asked() {
    let desk = desk();
    let run = desk.run(&["toy", "--keep", "kept"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let searcher = Searcher::new(&Index::open(&desk.path("kept/index")).unwrap()).unwrap();
    let results = searcher.search(&Query::prose("weir"), 1).unwrap();
    assert_eq!(results.hits[0].passage.id().to_string(), "mill-1#p1");
    snapshot(&desk, "eval_keep_again", &["toy", "--keep", "kept"]);
}

#[test]
fn what_cannot_be_read_is_named() {
    let desk = desk();
    desk.write("broken/corpus.jsonl", "{\"_id\": \"1\", \"text\": \"a\"}\n{\"_id\": 1}\n");
    desk.write("broken/queries.jsonl", QUERIES);
    desk.write("broken/qrels.trec", "1 0 1 1\n");
    snapshot(&desk, "eval_broken", &["broken"]);
    snapshot(&desk, "eval_no_folder", &["nowhere"]);
    snapshot(&desk, "eval_one_run", &["toy", "toy", "--run", "a.run"]);
}

#[test]
fn judged_pairs_are_measured() {
    let desk = Desk(tempfile::tempdir().unwrap());
    let pair = |claim: &str, evidence: &str, label: &str| {
        format!(
            "{{\"claim\": \"{claim}\", \"evidence\": [\"{evidence}\"], \"label\": \"{label}\"}}\n"
        )
    };
    let pairs = [
        pair("The bridge opened in 1932.", "The bridge opened in 1932.", "SUPPORTS"),
        pair("The bridge opened in 1933.", "The bridge opened in 1932.", "REFUTES"),
        pair("The ferry sank.", "The ferry sank off the cape.", "SUPPORTS"),
        pair("The mill is a film.", "The mill is a book.", "REFUTES"),
    ];
    desk.write("pairs.jsonl", &pairs.concat());
    let run = desk.run(&["claims", "pairs.jsonl", "--format", "json"]);
    let json: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert_eq!((&json["schema"], &json["pairs"]), (&"pincite/eval-claims/1".into(), &4.into()));
    assert_eq!(json["metrics"]["accuracy"], 1.0);
    assert_eq!(json["metrics"]["accuracy_without_evidence"], 0.5);
    let run = desk.run(&["claims", "--train", "pairs.jsonl", "--save", "model.toml"]);
    assert_eq!(run.code, 0);
    let model = fs::read_to_string(desk.path("model.toml")).unwrap();
    desk.run(&["claims", "--train", "pairs.jsonl", "--save", "again.toml"]);
    assert_eq!(model, fs::read_to_string(desk.path("again.toml")).unwrap());
    assert_eq!(desk.run(&["claims", "pairs.jsonl", "--folds", "2"]).code, 0);
}

const TOWN: &str = "The mill at Orsholm was sold to a baker on 4 May 1911 for £4,200. Since 1911 it \
has made 22 carts and 17 wheels a year. Some bakers in the town closed in June 1912.

More than 900 people came to the fair on Monday. Orla Tesk defeated Veskin Bram in the final round. \
The old council rejected the second plan.
";

const LABELLED: &str = r#"{"id": "a1", "claim": "The mill at Orsholm was sold to a baker on 4 May 1911.", "verdict": ["supported"], "kind": "true"}
{"id": "a2", "claim": "The mill at Orsholm was sold to a baker on 4 May 1913.", "verdict": ["contradicted", "partial"], "kind": "false-year"}
{"id": "a3", "claim": "The harbour of Orsholm froze over in a hard winter.", "verdict": ["not_found"], "kind": "unanswerable"}
"#;

/// These snapshots change with the verdicts of `check`: accept them if the verdicts are better.
#[test]
fn edited_sentences_and_labelled_claims_are_checked() {
    let desk = Desk(tempfile::tempdir().unwrap());
    desk.write("town/mill.txt", TOWN);
    let args = ["claims", "mutate", "town", "--list", "cases.jsonl"];
    snapshot(&desk, "eval_mutate", &args);
    let list = fs::read_to_string(desk.path("cases.jsonl")).unwrap();
    let cases: Vec<Value> = list.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(cases.iter().any(|case| case["edit"] == "amount" && case["claim"] != case["sentence"]));
    desk.run(&["claims", "mutate", "town", "--list", "again.jsonl"]);
    assert_eq!(list, fs::read_to_string(desk.path("again.jsonl")).unwrap());
    desk.run(&["claims", "mutate", "town", "--seed", "2", "--list", "again.jsonl"]);
    assert_ne!(list, fs::read_to_string(desk.path("again.jsonl")).unwrap());
    let run = desk.run(&["claims", "mutate", "town", "--per-edit", "1", "--format", "json"]);
    let json: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert_eq!((&json["schema"], &json["sentences"]), (&"pincite/eval-mutate/1".into(), &6.into()));
    assert_eq!(json["edits"]["verbatim"]["harmful"]["of"], 1);

    desk.write("claims.jsonl", LABELLED);
    let args = ["claims", "labelled", "claims.jsonl", "--corpus", "town"];
    snapshot(&desk, "eval_labelled", &[&args[..], &["--list", "cases.jsonl"]].concat());
    let list = fs::read_to_string(desk.path("cases.jsonl")).unwrap();
    let case: Value = serde_json::from_str(list.lines().next().unwrap()).unwrap();
    assert_eq!((&case["id"], &case["right"]), (&"a1".into(), &true.into()));
    assert_eq!(case["evidence"][0]["stance"], "supports");
    let run = desk.run(&[&args[..], &["--half", "even", "--format", "json"]].concat());
    let json: Value =
        serde_json::from_str(&run.stdout).unwrap_or_else(|_| panic!("{}", run.stderr));
    assert_eq!(
        (&json["schema"], &json["all"]["right"]["of"]),
        (&"pincite/eval-labelled/1".into(), &1.into())
    );
    snapshot(
        &desk,
        "eval_labelled_nowhere",
        &["claims", "labelled", "claims.jsonl", "--corpus", "nowhere"],
    );
}
