//! Runs the examples in the documents, and follows their links.
//!
//! The console blocks of a document are run from top to bottom in a folder with the sample corpus,
//! indexed unless the first command does that, and must print what they show. A line `…` matches
//! any number of lines. Blocks without output are not run, nor are those below a comment
//! `<!-- not run: … -->`.

use std::collections::{HashMap, HashSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pincite_core::extract::EXTRACTORS;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The draft that the documents verify, copied from them.
const DRAFT: &str = "\
The note came first: \"Pakistan recognised the Taliban on 25 May 1997\" (recognition-1997).
In another account, \"Pakistan recognized the Taliban as the lawful government\" (kabul-1996).
> No fourth government followed.

— Kabul 1996
";

/// A command and its expected output.
struct Example<'a> {
    line: usize,
    command: &'a str,
    output: Vec<&'a str>,
}

#[test]
fn examples_print_the_output_shown() {
    let mut failures = String::new();
    for document in documents() {
        let text = fs::read_to_string(Path::new(ROOT).join(&document)).unwrap();
        let examples = examples(&text);
        let Some(first) = examples.first() else { continue };
        let folder = prepared(first.command);
        for Example { line, command, output } in &examples {
            let printed = run(command, folder.path());
            let printed: Vec<&str> = printed.lines().collect();
            if !matches(output, &printed) {
                let printed = printed.join("\n");
                failures += &format!("{document}:{line}: $ {command}\nprints\n{printed}\n\n");
            }
        }
    }
    assert!(failures.is_empty(), "examples print something else:\n\n{failures}");
}

#[test]
fn there_are_examples_to_run() {
    for (document, fewest) in [("README.md", 5), ("GUIDE.md", 10), ("docs/json.md", 5)] {
        let text = fs::read_to_string(Path::new(ROOT).join(document)).unwrap();
        let found = examples(&text).len();
        assert!(found >= fewest, "{document} has {found} examples that are run");
    }
}

#[test]
fn link_targets_exist() {
    let mut failures = String::new();
    let mut anchors: HashMap<PathBuf, HashSet<String>> = HashMap::new();
    for document in documents() {
        let path = Path::new(ROOT).join(&document);
        let text = fs::read_to_string(&path).unwrap();
        for (line, link) in links(&text) {
            if link.contains(':') {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = match file {
                "" => path.clone(),
                file => path.parent().unwrap().join(file),
            };
            if !target.exists() {
                failures += &format!("{document}:{line}: there is no {file}\n");
            } else if !anchor.is_empty() {
                let known = anchors.entry(target.clone()).or_insert_with(|| {
                    let text = fs::read_to_string(&target).unwrap();
                    headings(&text).iter().map(|heading| anchor_of(heading)).collect()
                });
                if !known.contains(anchor) {
                    failures += &format!("{document}:{line}: {link} names no heading\n");
                }
            }
        }
    }
    assert!(failures.is_empty(), "links that lead nowhere:\n{failures}");
}

/// Returns the Markdown files of the root and of `docs`, relative to the root, in order.
fn documents() -> Vec<String> {
    let mut documents = Vec::new();
    for folder in ["", "docs/"] {
        for entry in fs::read_dir(Path::new(ROOT).join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".md") {
                documents.push(format!("{folder}{name}"));
            }
        }
    }
    documents.sort();
    documents
}

/// Returns the examples to run, in order.
fn examples(text: &str) -> Vec<Example<'_>> {
    let mut examples = Vec::new();
    let mut before = "";
    let mut lines = text.lines().zip(1..);
    while let Some((line, _)) = lines.next() {
        if line == "```console" {
            let mut block: Vec<Example> = Vec::new();
            for (line, at) in lines.by_ref().take_while(|(line, _)| *line != "```") {
                if let Some(command) = line.strip_prefix("$ ") {
                    block.push(Example { line: at, command, output: Vec::new() });
                } else if let Some(example) = block.last_mut() {
                    example.output.push(line);
                } else {
                    panic!("line {at}: a console block begins with a command, not with {line:?}");
                }
            }
            let shows_output = block.iter().any(|example| !example.output.is_empty());
            if shows_output && !before.starts_with("<!-- not run:") {
                examples.extend(block);
            }
        }
        if !line.is_empty() {
            before = line;
        }
    }
    examples
}

/// Returns whether the output matches what is shown, where `…` matches any number of lines.
fn matches(shown: &[&str], printed: &[&str]) -> bool {
    let Some((first, rest)) = shown.split_first() else { return printed.is_empty() };
    if *first == "…" {
        (0..=printed.len()).any(|skipped| matches(rest, &printed[skipped..]))
    } else {
        printed.first() == Some(first) && matches(rest, &printed[1..])
    }
}

/// Runs a command in a shell, with the program under test in its path.
fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_pincite")).parent().unwrap().to_owned();
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::join_paths([program].into_iter().chain(env::split_paths(&path))).unwrap();
    let command = command.replace("cargo run --release --", "pincite");
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env("COLUMNS", "100")
        .env_remove("PINCITE_INDEX")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

/// Creates a folder with the sample corpus, indexed unless `command` does that.
fn prepared(command: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(ROOT).join("corpus"), &folder.path().join("corpus"));
    fs::write(folder.path().join("draft.md"), DRAFT).unwrap();
    if !command.contains("index corpus") && !command.contains("--corpus") {
        run("pincite index corpus", folder.path());
    }
    folder
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &to);
        } else {
            fs::copy(entry.path(), to).unwrap();
        }
    }
}

/// Returns the targets of a document's links, with their lines.
fn links(text: &str) -> Vec<(usize, String)> {
    let mut links = Vec::new();
    for (event, range) in Parser::new(text).into_offset_iter() {
        if let Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) = event {
            let line = text[..range.start].matches('\n').count() + 1;
            links.push((line, dest_url.into_string()));
        }
    }
    links
}

/// Returns the text of a document's headings.
fn headings(text: &str) -> Vec<String> {
    let mut headings = Vec::new();
    let mut is_heading = false;
    for event in Parser::new(text) {
        match event {
            Event::Start(Tag::Heading { .. }) => {
                is_heading = true;
                headings.push(String::new());
            }
            Event::End(TagEnd::Heading(_)) => is_heading = false,
            Event::Text(text) | Event::Code(text) if is_heading => {
                headings.last_mut().unwrap().push_str(&text);
            }
            _ => {}
        }
    }
    headings
}

/// Returns the anchor that GitHub gives a heading.
fn anchor_of(heading: &str) -> String {
    let mut anchor = String::new();
    for c in heading.to_lowercase().chars() {
        match c {
            ' ' => anchor.push('-'),
            '-' | '_' => anchor.push(c),
            _ if c.is_alphanumeric() => anchor.push(c),
            _ => {}
        }
    }
    anchor
}

#[test]
fn the_readme_lists_the_supported_formats() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    // “It reads plain text (`.txt`, `.text`) and Markdown (`.md`), and any of these compressed.”
    let (_, sentence) = readme.split_once("It reads ").expect("the README says what is read");
    let (list, _) = sentence.split_once(", and any of these ").expect("the list ends");
    let listed: Vec<&str> = list.split_terminator(')').collect();
    assert_eq!(listed.len(), EXTRACTORS.len(), "{list}");
    for (format, extractor) in listed.iter().zip(EXTRACTORS) {
        let (name, extensions) = format.split_once(" (").expect("extensions are in parentheses");
        let known: Vec<_> = extractor.extensions().iter().map(|it| format!("`.{it}`")).collect();
        assert_eq!(extensions, known.join(", "), "the extensions of {name}");
        assert!(name.to_lowercase().contains(extractor.name()), "{name} for {}", extractor.name());
    }
}
