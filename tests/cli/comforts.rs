//! What people expect of a command line: completions, manuals, patterns, lines of files, pipes.

use std::fs;
use std::process::{Command, Stdio};

use crate::desk::Desk;
use crate::skip::skipped;

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
    assert!(page.contains("\n.TH PINCITE-QUERY 1 "), "{page}");
    // Examples keep their lines.
    assert!(page.contains("\n  pincite query \\-\\-like durand\\-line#p2\n"), "{page}");
}

#[test]
fn manuals_are_clean() {
    let desk = Desk::new();
    desk.run(&["man", "manuals"]);
    let pages = fs::read_dir(desk.path("manuals")).expect("a folder");
    let pages = pages.map(|page| page.expect("an entry").path());
    let Ok(lint) = Command::new("mandoc").args(["-T", "lint"]).args(pages).output() else {
        return skipped("no mandoc");
    };
    assert_eq!(String::from_utf8_lossy(&lint.stdout), "");
}

/// Runs a line of shell in a terminal of 10 lines and 80 columns, in which `pincite` is the program;
/// `None` where there is no `script` to make one.
fn in_a_terminal(desk: &Desk, line: &str) -> Option<String> {
    let line = format!(
        "stty rows 10 cols 80; unset LESS PAGER NO_COLOR; pincite() {{ {} \"$@\"; }}; {line}",
        env!("CARGO_BIN_EXE_pincite")
    );
    let mut script = Command::new("script");
    script.args(["-qec", &line, "/dev/null"]).current_dir(desk.path("")).stdin(Stdio::null());
    let Ok(run) = script.env("SHELL", "/bin/sh").env("TERM", "xterm").output() else {
        skipped("no script");
        return None;
    };
    Some(String::from_utf8_lossy(&run.stdout).replace('\r', ""))
}

#[test]
fn long_output_for_people_goes_to_the_pager() {
    let desk = Desk::indexed();
    desk.write("pager", "#!/bin/sh\necho \"paged $(cat | wc -l) lines\"\n");
    let query = "pincite -q query 'durand line'";
    let run = |line: &str| in_a_terminal(&desk, &format!("chmod +x pager; {line}"));
    let Some(paged) = run(&format!("PAGER=./pager {query}")) else { return };
    assert!(paged.starts_with("paged ") && paged.lines().count() == 1, "{paged}");
    for whole in [
        format!("PAGER=./pager {query} --no-pager"),
        format!("PAGER=./pager {query} -n 1"),
        format!("PAGER=./pager {query} --format json"),
        format!("PAGER=./pager {query} | cat"),
        format!("PAGER= {query}"),
        format!("PAGER=./no-such-pager {query}"),
    ] {
        let shown = run(&whole).unwrap_or_default();
        assert!(!shown.contains("paged") && shown.contains("durand-line"), "{whole}: {shown}");
    }
}

#[test]
fn files_are_links_on_terminals_that_take_them() {
    let desk = Desk::indexed();
    let query = "pincite -q query 'durand line' -n 1";
    let Some(with) = in_a_terminal(&desk, &format!("FORCE_HYPERLINK=1 {query}")) else { return };
    let folder = desk.path("").canonicalize().expect("a folder");
    let target = format!("\u{1b}]8;;file://{}/corpus/durand-line.txt\u{1b}\\", folder.display());
    assert!(with.contains(&target), "{with:?}");
    let without = in_a_terminal(&desk, &format!("FORCE_HYPERLINK=0 {query}")).unwrap_or_default();
    assert!(
        !without.contains("]8;;") && without.contains("corpus/durand-line.txt:"),
        "{without:?}"
    );
    let piped = desk.run(&["query", "durand line", "-n", "1", "--color", "always"]);
    assert!(!piped.stdout.contains("]8;;"), "{piped}");
}

#[test]
fn an_error_is_json_where_the_answer_was_to_be() {
    let desk = Desk::indexed();
    for (args, kind, part, hint) in [
        (
            vec!["show", "recognition-1979", "--format", "json"],
            "unknown-id",
            "no source",
            "did you mean recognition-1997?",
        ),
        (vec!["query", "\"x", "--format", "jsonl"], "query", "never closed", "close it"),
        (vec!["query", "x", "--format=json", "--lang", "arabic"], "usage", "did you mean ar?", ""),
        (vec!["check", "x", "--format", "json", "--colum", "y"], "usage", "--colum", "--column"),
        (vec!["query", "x", "--format", "json", "--index", "no"], "no-index", "no index", "run"),
    ] {
        let run = desk.run(&args);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
        let problem: serde_json::Value = serde_json::from_str(&run.stderr).expect("one document");
        assert_eq!(problem["type"], format!("urn:pincite:problem:{kind}"), "{run}");
        let said = problem["detail"].as_str().unwrap_or_default();
        assert!(said.contains(part), "{run}");
        assert!(problem["hint"].as_str().unwrap_or_default().contains(hint), "{run}");
    }
}

#[test]
fn languages_are_codes_that_the_index_has() {
    let desk = Desk::indexed();
    for (lang, part) in [
        ("english", "did you mean en?"),
        ("qqq", "write a two-letter code"),
        ("fr", "the languages of its passages are en"),
    ] {
        let run = desk.run(&["check", "x", "--lang", lang]);
        assert!(run.code == Some(2) && run.stderr.contains(part), "{lang}: {run}");
    }
    assert_eq!(desk.run(&["query", "durand line", "--lang", "EN"]).code, Some(0));
}

#[test]
fn searches_are_limited_to_a_format_of_files() {
    let desk = Desk::with_corpus();
    desk.write("notes/bridge.md", "# Dunmere\n\nThe bridge at Dunmere was opened in June 1932.\n");
    desk.write("notes/ferry.txt", "Ferries\n\nThe bridge at Dunmere was opened in June 1934.\n");
    let ids = |folder: &[&str], format: &str| {
        let claim = "the bridge at Dunmere was opened";
        let mut args = vec!["query", claim, "--format", "jsonl", "--fields", "id", "-n1"];
        args.extend(folder);
        args.extend(["--filetype", format]);
        desk.run(&args)
    };
    desk.run(&["index", "corpus", "notes", "--quiet"]);
    assert_eq!(ids(&[], "Markdown").stdout, "{\"id\":\"bridge#p1.1\"}\n");
    assert_eq!(ids(&["--corpus", "notes"], "plain").stdout, "{\"id\":\"ferry#p1.1\"}\n");
    let run = ids(&[], "pdf");
    assert_eq!(run.code, Some(2));
    assert!(run.stderr.contains("the formats of its sources are markdown, plain"), "{run}");
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
