//! Checks messages and exit statuses for bad input and failing systems.

use std::fs;
use std::process::Stdio;

use crate::desk::{Desk, Run, without_formats};
use crate::skip::skipped;

/// Takes a snapshot of a run that must fail with exit status 2.
fn fails(desk: &Desk, name: &str, args: &[&str]) {
    let run = desk.run(args);
    assert_eq!(run.code, Some(2), "{run}");
    assert_eq!(run.stdout, "", "an error leaves standard output alone");
    assert_snapshot(name, &run);
}

fn assert_snapshot(name: &str, run: &Run) {
    assert!(!run.stderr.contains("panicked"), "{run}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    without_formats(&mut settings);
    settings.bind(|| insta::assert_snapshot!(name, run));
}

#[test]
fn malformed_queries() {
    let desk = Desk::indexed();
    for (name, query) in [
        ("query_error_quote", "Pakistan \"recognised the"),
        ("query_error_field", "titel:peace"),
        ("query_error_date", "date:2025-13"),
        ("query_error_wide", "巴基斯坦 \"塔利班"),
        ("query_error_control", "red\u{1b}[31m \"x"),
    ] {
        fails(&desk, name, &["query", query]);
    }
}

#[test]
fn wrong_arguments() {
    let desk = Desk::indexed();
    fails(&desk, "args_none", &["query"]);
    fails(&desk, "args_like_and_words", &["query", "Taliban", "--like", "recognition-1997#p1"]);
    fails(&desk, "args_format", &["query", "x", "--format", "xml"]);
    fails(&desk, "args_date", &["query", "x", "--since", "yesterday"]);
    fails(&desk, "args_memory", &["index", "--memory", "lots"]);
    fails(&desk, "args_lang", &["query", "x", "--lang", "english"]);
    fails(
        &desk,
        "args_since_after_until",
        &["query", "x", "--since", "2026", "--until", "2025-06"],
    );
    fails(&desk, "args_no_such_source", &["query", "x", "--source", "kabul-1997"]);
    fails(&desk, "args_context_of_source", &["show", "kabul-1996", "--context", "1"]);
    fails(&desk, "args_style", &["query", "Taliban", "--style", "apq"]);
    fails(&desk, "args_context", &["query", "Taliban", "--context", "1", "--format", "json"]);
    fails(&desk, "args_explain", &["query", "Taliban", "--explain", "--format", "ris"]);
}

#[test]
fn unknown_ids() {
    let desk = Desk::indexed();
    fails(&desk, "id_source", &["show", "recognition-1979"]);
    fails(&desk, "id_empty", &["show", ""]);
    fails(&desk, "id_nothing_like_it", &["show", "zzz"]);
    fails(&desk, "id_passage", &["cite", "recognition-1997#p99"]);
    fails(&desk, "id_sentence", &["cite", "recognition-1997#p1.99"]);
    fails(&desk, "id_source_of_passage", &["cite", "recogntion-1997#p1.2"]);
    fails(&desk, "id_like", &["query", "--like", "recogntion-1997#p1"]);
    fails(&desk, "id_malformed", &["cite", "recognition-1997#px"]);
    fails(&desk, "id_no_passage", &["cite", "recognition-1997"]);
}

#[test]
fn input_that_cannot_be_verified() {
    let desk = Desk::indexed();
    desk.write("other.json", r#"{"schema": "pincite/citation/9"}"#);
    desk.write("broken.json", "{\n  \"schema\": \n");
    desk.write("latin.txt", b"caf\xe9");
    for name in ["other.json", "broken.json", "latin.txt", "missing.md"] {
        fails(&desk, &format!("verify_{}", name.replace('.', "_")), &["verify", name]);
    }
}

#[test]
fn errors_in_records_have_a_position_and_no_type_names() {
    let desk = Desk::indexed();
    let record = desk.run(&["cite", "recognition-1997#p1.1", "--format", "json"]).stdout;
    for (field, wrong, said) in [
        (
            "\"paragraph\": 1",
            "\"paragraph\": \"one\"",
            "9:24: invalid type: string \"one\", expected a whole number",
        ),
        (
            "\"locator\": {",
            "\"locator\": 3, \"x\": {",
            ": invalid type: integer `3`, expected an object",
        ),
        (
            "\"selectors\": [",
            "\"selectors\": 3, \"x\": [",
            ": invalid type: integer `3`, expected a list",
        ),
        ("\"utf16\"", "\"utf17\"", ": unknown field `utf17`, expected one of `section`"),
    ] {
        let run = desk.run_with_input(&["verify", "-"], &record.replacen(field, wrong, 1));
        assert_eq!(run.code, Some(2), "{run}");
        assert!(
            run.stderr.starts_with("error: standard input:") && run.stderr.contains(said),
            "{run}"
        );
    }
}

#[test]
fn no_index() {
    let desk = Desk::new();
    fails(&desk, "no_index", &["query", "Taliban"]);
    fails(&desk, "no_index_stats", &["stats", "--index", "elsewhere"]);
}

#[test]
fn nothing_to_index() {
    let desk = Desk::new();
    fails(&desk, "missing_folder", &["index", "corpus"]);
    fs::create_dir(desk.path("corpus")).expect("a folder can be made");
    fails(&desk, "empty_folder", &["index", "corpus"]);
}

#[test]
fn a_folder_with_other_files_is_not_used_as_an_index() {
    let desk = Desk::with_corpus();
    desk.write("photos/holiday.jpg", b"\xff\xd8");
    fails(&desk, "not_an_index", &["index", "corpus", "--index", "photos"]);
    let names: Vec<_> = fs::read_dir(desk.path("photos")).expect("it is there").flatten().collect();
    assert_eq!(names.len(), 1, "nothing was written into it");
}

#[test]
fn unreadable_files_are_reported_and_the_others_indexed() {
    let desk = Desk::new();
    desk.write("corpus/good.txt", "A paragraph of good text, long enough to be one.\n");
    desk.write("corpus/empty.txt", "");
    desk.write(
        "corpus/binary.txt",
        b"\x7fELF\x02\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x03\x00>\x00\x01\x00\x00\x00",
    );
    desk.write(
        "corpus/latin.txt",
        b"Caf\xe9 na\xefve, d\xe9j\xe0 vu: text in another encoding than UTF-8.\n",
    );
    desk.write("corpus/hostile\u{1b}[31m.txt", "");
    let run = desk.run(&["index", "corpus"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(
        !run.stdout.contains('\u{1b}') && !run.stderr.contains('\u{1b}'),
        "file names cannot steer a terminal"
    );
    assert_snapshot("bad_files", &run);
    let run = desk.run(&["query", "good text"]);
    assert_eq!(run.code, Some(0), "{run}");
}

#[cfg(unix)]
#[test]
fn permissions_are_reported() {
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.write("corpus/good.txt", "A paragraph of good text, long enough to be one.\n");
    desk.write("corpus/secret.txt", "Nobody may read this.\n");
    let forbid = |path: &str, mode| {
        fs::set_permissions(desk.path(path), fs::Permissions::from_mode(mode)).expect("it is ours")
    };
    forbid("corpus/secret.txt", 0o000);
    if fs::read(desk.path("corpus/secret.txt")).is_ok() {
        return skipped("file permissions do not apply to this user");
    }
    assert_snapshot("unreadable_file", &desk.run(&["index", "corpus"]));
    fs::create_dir(desk.path("locked")).expect("a folder can be made");
    forbid("locked", 0o555);
    fails(&desk, "read_only_index", &["index", "corpus", "--index", "locked"]);
}

#[test]
fn an_index_of_another_version_says_how_to_rebuild() {
    let desk = Desk::indexed();
    desk.write("index/pincite.json", r#"{"format":99}"#);
    let run = desk.run(&["query", "Taliban"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert_snapshot("other_version", &run);
    let run = desk.run(&["index", "corpus", "--rebuild"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(desk.run(&["query", "Taliban"]).code, Some(0));
}

#[test]
fn a_damaged_index_says_how_to_rebuild() {
    let desk = Desk::indexed();
    fs::write(desk.path("index/meta.json"), "{").expect("it can be written");
    let run = desk.run(&["query", "Taliban"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("damaged") && run.stderr.contains("--rebuild"), "{run}");
    let run = desk.run(&["index", "corpus", "--rebuild"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(desk.run(&["query", "Taliban"]).code, Some(0));
}

#[test]
fn damaged_segments_do_not_panic() {
    let desk = Desk::indexed();
    let mut damaged = 0;
    for entry in fs::read_dir(desk.path("index")).expect("it is there").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if [".store", ".idx", ".term", ".pos", ".fast", ".fieldnorm"]
            .iter()
            .any(|end| name.ends_with(end))
        {
            fs::write(entry.path(), b"not what was here").expect("it can be written");
            damaged += 1;
        }
    }
    assert!(damaged > 0, "there are segments");
    for args in [&["query", "Taliban"][..], &["stats"], &["sources"], &["show", "recognition-1997"]]
    {
        let run = desk.run(args);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.starts_with("error: ") && !run.stderr.contains("panicked"), "{run}");
    }
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let desk = Desk::indexed();
    let mut child = desk
        .command(&["sources", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let run = Run::from(child.wait_with_output().expect("the program ends"));
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_on_standard_output_is_an_error() {
    let desk = Desk::indexed();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    let output = desk.command(&["sources"]).stdout(full).output().expect("the program starts");
    let run = Run::from(output);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("standard output"), "{run}");
}

#[test]
fn control_characters_of_sources_never_reach_a_terminal() {
    let desk = Desk::new();
    desk.write(
        "corpus/hostile.txt",
        "The minister\u{1b}[2J\u{1b}]0;owned\u{7} spoke\u{9b}31m of <script>alert(1)</script> and \u{202e}gnihton\u{202c} else. He left early.\n",
    );
    desk.run(&["index", "corpus"]);
    for form in [
        "human",
        "json",
        "jsonl",
        "markdown",
        "html",
        "csl-json",
        "bibtex",
        "ris",
        "annotation",
        "wikipedia",
    ] {
        let run = desk.run(&["query", "minister spoke", "--format", form]);
        assert_eq!(run.code, Some(0), "{form}: {run}");
        let harmful =
            |c: char| (c.is_control() && c != '\n') || matches!(c, '\u{202a}'..='\u{202e}');
        assert!(!run.stdout.replace("\r\n", "\n").contains(harmful), "{form}: {:?}", run.stdout);
        assert!(form != "html" || !run.stdout.contains("<script"), "{run}");
        if ["json", "csl-json", "annotation"].contains(&form) {
            serde_json::from_str::<serde_json::Value>(&run.stdout)
                .unwrap_or_else(|error| panic!("{form}: {error}"));
        }
    }
    for args in [&["show", "hostile"][..], &["cite", "hostile#p1"], &["sources"]] {
        let run = desk.run(args);
        assert!(!run.stdout.contains(|c: char| c.is_control() && c != '\n'), "{run}");
    }
}

#[test]
fn control_characters_in_arguments_are_shown_and_not_sent_to_the_terminal() {
    let desk = Desk::indexed();
    let evil = "x\u{1b}]0;owned\u{7}\u{9b}2J\u{202e}";
    for args in [
        vec!["query", "x", "--format", evil],
        vec!["query", "x", "--since", evil],
        vec!["index", "--memory", evil],
        vec!["query", "x", evil, "--no-such-option"],
        vec![evil],
        vec!["query", "x", "--style", evil],
        vec!["query", "x", "--source", evil],
        vec!["show", evil],
        vec!["cite", evil],
        vec!["verify", evil],
        vec!["check", "--file", evil],
        vec!["query", "x", "--corpus", evil],
    ] {
        let run = desk.run(&args);
        assert_eq!(run.code, Some(2), "{run}");
        let sent = |c: char| c.is_control() && c != '\n' || c == '\u{202e}';
        assert!(!run.stderr.contains(sent) && !run.stdout.contains(sent), "{args:?}: {run}");
    }
}
