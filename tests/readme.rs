//! The README's console blocks are run as they stand, and print what they show.
//!
//! Each block runs in a folder of its own with the sample corpus, indexed unless the block does that itself. A line `…`
//! stands for any number of lines. Blocks that show no output are not run, nor those under a comment `<!-- not run: … -->`.

use std::fs;
use std::path::Path;
use std::process::Command;

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// The draft that the README verifies, as it prints it.
const DRAFT: &str = "\
The note came first: \"Pakistan recognised the Taliban on 25 May 1997\" (recognition-1997).
In another account, \"Pakistan recognized the Taliban as the lawful government\" (kabul-1996).
> No fourth government followed.

— Kabul 1996
";

/// A command and the lines it is said to print.
struct Example<'a> {
    command: &'a str,
    output: Vec<&'a str>,
}

fn blocks(readme: &str) -> Vec<Vec<Example<'_>>> {
    let mut blocks = Vec::new();
    let mut before = "";
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if line == "```console" {
            let mut block: Vec<Example> = Vec::new();
            for line in lines.by_ref().take_while(|line| *line != "```") {
                match (line.strip_prefix("$ "), block.last_mut()) {
                    (Some(command), _) => block.push(Example { command, output: Vec::new() }),
                    (None, Some(example)) => example.output.push(line),
                    (None, None) => panic!("a console block begins with a command, not with {line:?}"),
                }
            }
            if !before.starts_with("<!-- not run:") && block.iter().any(|example| !example.output.is_empty()) {
                blocks.push(block);
            }
        }
        if !line.is_empty() {
            before = line;
        }
    }
    blocks
}

/// Whether `printed` is `shown`, in which `…` stands for any number of lines.
fn fits(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|skipped| fits(rest, &printed[skipped..])),
        Some((line, rest)) => printed.split_first().is_some_and(|(first, tail)| line == first && fits(rest, tail)),
    }
}

fn run(command: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_pincite")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
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

#[test]
fn examples_print_what_they_show() {
    let readme = fs::read_to_string(Path::new(ROOT).join("README.md")).unwrap();
    let blocks = blocks(&readme);
    assert!(blocks.len() >= 10, "the README has its examples");
    for block in &blocks {
        let folder = prepared(block[0].command);
        for Example { command, output } in block {
            let printed = run(command, folder.path());
            let printed: Vec<&str> = printed.lines().collect();
            assert!(fits(output, &printed), "$ {command}\nprints\n{}", printed.join("\n"));
        }
    }
}
