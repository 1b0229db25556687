//! Runs every command in every output format over the sample corpus, as snapshots of the whole
//! output.

use crate::desk::{Desk, Run};

const CLAIM: &str = "Pakistan recognized the Taliban in 1997";

/// Runs the program and takes a snapshot of the run.
pub(crate) fn snapshot(desk: &Desk, name: &str, args: &[&str]) {
    assert_snapshot(name, args, desk.run(args).without(desk));
}

/// Takes a snapshot of a run, without the numbers that depend on Tantivy.
fn assert_snapshot(name: &str, args: &[&str], run: Run) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_description(format!("pincite {}", args.join(" ")));
    settings.set_omit_expression(true);
    settings.add_filter(r"(?m)^(size\s+).*$", "$1[size]");
    settings.add_filter(r#"("segments"|"bytes"): \d+,?"#, "$1: [n]");
    settings.add_filter(r"(?m)^(segments\s+).*$", "$1[n]");
    settings.bind(|| insta::assert_snapshot!(name, run));
}

#[test]
fn help() {
    let desk = Desk::new();
    snapshot(&desk, "help", &["--help"]);
    for command in [
        "index", "query", "show", "cite", "check", "verify", "sources", "stats", "doctor", "serve",
        "mcp",
    ] {
        snapshot(&desk, &format!("help_{command}"), &[command, "--help"]);
    }
}

#[test]
fn index() {
    let desk = Desk::with_corpus();
    snapshot(&desk, "index_dry_run", &["index", "corpus", "--dry-run"]);
    snapshot(&desk, "index_first", &["index", "corpus"]);
    snapshot(&desk, "index_again", &["index", "corpus"]);
    desk.write(
        "corpus/kabul-1996.txt",
        "A short text.\n\nIt stands here instead of what stood here before.\n",
    );
    desk.write("corpus/new.md", "# New\n\nA paragraph that was not there before.\n");
    std::fs::remove_file(desk.path("corpus/durand-line.txt")).expect("a file can be removed");
    desk.write("corpus/binary.txt", b"\x00\x01\x02\xff\xfe\x00\x00\x00");
    snapshot(&desk, "index_changes", &["index", "corpus"]);
    snapshot(&desk, "index_json", &["index", "corpus", "--rebuild", "--format", "json"]);
}

#[test]
fn query_in_every_format() {
    let desk = Desk::indexed();
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
        snapshot(
            &desk,
            &format!("query_{}", form.replace('-', "_")),
            &["query", CLAIM, "-n", "3", "--format", form],
        );
    }
}

#[test]
fn query_options() {
    let desk = Desk::indexed();
    snapshot(&desk, "query_words", &["query", "Durand", "Line", "1893", "-n", "2"]);
    snapshot(&desk, "query_colour", &["query", CLAIM, "-n", "2", "--color", "always"]);
    snapshot(&desk, "query_context", &["query", CLAIM, "-n", "2", "--context", "1"]);
    snapshot(&desk, "query_explain", &["query", CLAIM, "-n", "2", "--explain"]);
    snapshot(
        &desk,
        "query_explain_json",
        &["query", CLAIM, "-n", "1", "--explain", "--format", "json"],
    );
    snapshot(
        &desk,
        "query_variants",
        &["query", "Hibatullah spoke for Afghanistan", "-n", "2", "--explain"],
    );
    snapshot(
        &desk,
        "query_exact",
        &["query", "Hibatullah spoke for Afghanistan", "-n", "2", "--explain", "--exact"],
    );
    snapshot(&desk, "query_like", &["query", "--like", "durand-line#p2", "-n", "2"]);
    snapshot(
        &desk,
        "query_like_markdown",
        &["query", "--like", "durand-line#p2", "-n", "1", "--format", "markdown"],
    );
    snapshot(&desk, "query_phrase", &["query", "\"No fourth government followed\""]);
    snapshot(
        &desk,
        "query_mla",
        &["query", CLAIM, "-n", "1", "--style", "mla", "--format", "markdown"],
    );
    snapshot(&desk, "query_source", &["query", CLAIM, "-n", "2", "--source", "kabul-*"]);
    snapshot(&desk, "query_since", &["query", CLAIM, "-n", "2", "--since", "2026"]);
    snapshot(&desk, "query_quiet", &["query", CLAIM, "-n", "1", "--quiet"]);
}

#[test]
fn query_at_other_widths() {
    let desk = Desk::indexed();
    for columns in ["40", "80", "200"] {
        let args = ["query", CLAIM, "-n", "3"];
        let run =
            Run::from(desk.command(&args).env("COLUMNS", columns).output().expect("it starts"));
        let widest = columns.parse::<usize>().expect("a number").min(100);
        for line in run.stdout.lines() {
            assert!(
                unicode_width::UnicodeWidthStr::width(line) <= widest,
                "wider than {widest} columns: {line}"
            );
        }
        assert_snapshot(&format!("query_{columns}_columns"), &args, run);
    }
}

#[test]
fn query_that_finds_nothing() {
    let desk = Desk::indexed();
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
        snapshot(
            &desk,
            &format!("nothing_{}", form.replace('-', "_")),
            &["query", "\"zymurgy quokka\"", "--format", form],
        );
    }
}

#[test]
fn references_quote_the_readable_form() {
    let desk = Desk::new();
    desk.write(
        "corpus/note.md",
        "The gate was shut for **27 days** in [spring](https://example.org/spring).\n",
    );
    desk.run(&["index", "corpus"]);
    for form in ["wikipedia", "bibtex", "ris", "csl-json"] {
        let run = desk.run(&["cite", "note#p1.1", "--format", form]);
        assert!(run.stdout.contains("The gate was shut for 27 days in spring."), "{run}");
    }
}

#[test]
fn near_duplicates_are_not_announced_as_further_hits() {
    let desk = Desk::new();
    let paragraph = "The gate at Torkham was shut on the twelfth of October, and nine weeks later it was shut still.\n";
    desk.write("corpus/one.txt", paragraph);
    desk.write("corpus/two.txt", paragraph);
    desk.run(&["index", "corpus"]);
    let run = desk.run(&["query", "gate"]);
    assert!(run.stdout.contains("nearly the same in two#p1") && run.stderr.is_empty(), "{run}");
}

#[test]
fn query_updates_the_index() {
    let desk = Desk::with_corpus();
    snapshot(&desk, "corpus_first", &["query", "--corpus", "corpus", CLAIM, "-n", "1"]);
    snapshot(&desk, "corpus_again", &["query", "--corpus", "corpus", CLAIM, "-n", "1"]);
}

#[test]
fn show() {
    let desk = Desk::indexed();
    snapshot(&desk, "show_sentence", &["show", "recognition-1997#p1.2", "--context", "1"]);
    snapshot(&desk, "show_passage", &["show", "ttp-timeline#p1"]);
    snapshot(&desk, "show_source", &["show", "recognition-1997"]);
    snapshot(&desk, "show_markdown", &["show", "ttp-timeline"]);
    snapshot(
        &desk,
        "show_colour",
        &["show", "recognition-1997#p3.1-2", "--context", "1", "--color", "always"],
    );
    snapshot(
        &desk,
        "show_json",
        &["show", "recognition-1997#p1.2", "--context", "1", "--format", "json"],
    );
}

#[test]
fn cite_in_every_format() {
    let desk = Desk::indexed();
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
        let args = ["cite", "recognition-1997#p1.1", "ttp-timeline#p3", "--format", form];
        snapshot(&desk, &format!("cite_{}", form.replace('-', "_")), &args);
    }
    for style in ["mla", "chicago", "harvard"] {
        snapshot(
            &desk,
            &format!("cite_{style}"),
            &["cite", "recognition-1997#p1.1", "--style", style],
        );
    }
}

#[test]
fn verify() {
    let desk = Desk::indexed();
    desk.write(
        "draft.md",
        "The note was read out “in a short note that its foreign ministry read out to the press” (recognition-1997).\n\n\
         > No fourth government followed.\n> — Rowan Example\n\n\
         Yet “No fifth government followed. For as long as the first Emirate lasted, its list of friends stopped at \
         those four names.” (recognition-1997#p2)\n\n\
         “The moon is a well-known cheese of the lowlands.” (nobody)\n",
    );
    snapshot(&desk, "verify", &["verify", "draft.md"]);
    snapshot(&desk, "verify_colour", &["verify", "draft.md", "--color", "always"]);
    snapshot(&desk, "verify_json", &["verify", "draft.md", "--format", "json"]);
    desk.write("intact.md", "“No fourth government followed.” (recognition-1997#p2)\n");
    snapshot(&desk, "verify_intact", &["verify", "intact.md"]);
    desk.write(
        "marks.md",
        "He wrote ‘No fourth government followed.’ (recognition-1997) and left.\n\n\
         “As long as the first Emirate lasted” (recognition-1997) … and she said “it never closed.\n",
    );
    snapshot(&desk, "verify_marks", &["verify", "marks.md"]);
    desk.write(
        "lines.txt",
        "\"Pakistan recogmised Taliban on 25 of May 1997, in a brief note that ministry read to the press\"\n\
         The heron stood upon the weir and watched the rain come over the hill\n",
    );
    snapshot(&desk, "verify_find", &["verify", "--find", "lines.txt"]);
    desk.write("empty.md", "Nobody is quoted here.\n");
    snapshot(&desk, "verify_nothing", &["verify", "empty.md"]);
}

#[test]
fn lists() {
    let desk = Desk::indexed();
    snapshot(&desk, "sources", &["sources"]);
    snapshot(&desk, "sources_json", &["sources", "--format", "json"]);
    snapshot(&desk, "stats", &["stats"]);
    snapshot(&desk, "stats_json", &["stats", "--format", "json"]);
}

#[test]
fn the_same_query_prints_the_same_bytes() {
    let desk = Desk::indexed();
    let args = ["query", CLAIM, "--format", "json", "--explain"];
    let first = desk.run(&args).stdout;
    assert_eq!(first, desk.run(&args).stdout);
    desk.run(&["index", "corpus", "--rebuild", "--threads", "1"]);
    assert_eq!(first, desk.run(&args).stdout, "an index built anew answers alike");
}

#[test]
fn a_named_corpus_limits_the_search() {
    let desk = Desk::indexed();
    desk.write(
        "letters/one.txt",
        "The ferry at Hairatan was late again, and nobody in the queue said a word about it.\n",
    );
    let asked = |args: &[&str]| {
        let run = desk.run(&[args, &["ferry in Kabul", "--format", "json"]].concat());
        let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("a document");
        let hits = answer["hits"].as_array().expect("hits").clone();
        hits.iter()
            .map(|hit| hit["citation"]["file"].as_str().expect("a file").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(asked(&["query", "--corpus", "letters"]), ["one.txt"]);
    let all = asked(&["query"]);
    assert!(all.contains(&"one.txt".to_owned()) && all.len() > 1, "{all:?}");
}

#[cfg(feature = "html")]
#[test]
fn a_page_is_shown_as_it_is_read() {
    let desk = Desk::new();
    desk.write(
        "pages/mill.html",
        "<html><head><title>The mill</title></head><body>\n<nav><a href=\"/\">Home</a> <a \
         href=\"/news\">News</a></nav>\n<article><h1>The mill</h1>\n<p>The <a \
         href=\"/moss\">mill at Moss</a> was built in <em>1874</em> and burned down in May. Nobody \
         was hurt, the mayor of the town said on the next morning.</p>\n<p>It will not be built \
         again: the money of the insurance went to the school, as a letter of the council to its \
         citizens says.</p></article>\n</body></html>\n",
    );
    desk.run(&["index", "pages"]);
    snapshot(&desk, "show_page", &["show", "mill"]);
    snapshot(&desk, "show_page_all", &["show", "mill", "--all"]);
}
