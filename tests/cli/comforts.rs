//! What people expect of a command line: completions, manuals, patterns, lines of files, pipes.

use std::fs;

use crate::desk::Desk;

#[test]
fn completions_and_manuals_are_written() {
    let desk = Desk::new();
    for (shell, part) in
        [("bash", "_pincite()"), ("zsh", "#compdef pincite"), ("fish", "complete -c")]
    {
        let run = desk.run(&["completions", shell]);
        assert!(run.code == Some(0) && run.stdout.contains(part), "{shell}: {}", run.stderr);
    }
    let run = desk.run(&["man", "manuals"]);
    assert_eq!(run.code, Some(0), "{}", run.stderr);
    let page = fs::read_to_string(desk.path("manuals/pincite-query.1")).expect("a page");
    assert!(page.contains(".TH pincite\\-query 1") || page.contains(".TH"), "{page}");
}

#[test]
fn sources_can_be_listed_by_pattern() {
    let desk = Desk::with_corpus();
    desk.run(&["index", "corpus", "--quiet"]);
    let ids = |pattern: &str| {
        let run = desk.run(&["sources", pattern, "--format", "json"]);
        let document: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
        let sources = document["sources"].as_array().expect("sources").clone();
        let ids = sources.iter().map(|it| it["id"].as_str().unwrap_or_default().to_owned());
        (run.code, ids.collect::<Vec<_>>())
    };
    assert_eq!(ids("durand*"), (Some(0), vec!["durand-line".to_owned()]));
    assert_eq!(ids("DURAND"), (Some(0), vec!["durand-line".to_owned()]));
    assert_eq!(ids("zebra"), (Some(1), vec![]));
}

#[test]
fn a_line_of_a_file_names_its_sentences() {
    let desk = Desk::with_corpus();
    desk.run(&["index", "corpus", "--quiet"]);
    let by_id = desk.run(&["cite", "durand-line#p1.1", "--format", "jsonl"]);
    for line in ["corpus/durand-line.txt:5", "durand-line.txt:5"] {
        let by_line = desk.run(&["cite", line, "--format", "jsonl"]);
        assert_eq!((by_line.code, &by_line.stdout), (Some(0), &by_id.stdout), "{line}");
    }
    let shown = desk.run(&["show", "corpus/durand-line.txt:5"]);
    assert_eq!(shown.stdout, desk.run(&["show", "durand-line#p1.1"]).stdout);
    let none = desk.run(&["show", "corpus/durand-line.txt:4"]);
    assert_eq!(none.code, Some(2));
    assert!(none.stderr.contains("the nearest one begins on line 5"), "{}", none.stderr);
    assert_eq!(desk.run(&["cite", "nowhere.txt:5"]).code, Some(2));
}

#[test]
fn pages_of_results_follow_one_another() {
    let desk = Desk::with_corpus();
    desk.run(&["index", "corpus", "--quiet"]);
    let lines = |more: &[&str]| {
        let run = desk.run(&[&["query", "durand line", "--format", "jsonl"], more].concat());
        run.stdout.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let all = lines(&["-n", "4"]);
    assert_eq!(all[2..], lines(&["-n", "2", "--offset", "2"]));
    let piped =
        desk.run_with_input(&["query", "-", "--format", "jsonl", "-n", "4"], "durand line\n");
    assert_eq!(piped.stdout.lines().collect::<Vec<_>>(), all);
}
