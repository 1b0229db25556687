//! Keeps the modules of this crate in their layers: an edge between two of them has to be in the
//! table of ARCHITECTURE.md. Edges between crates are the compiler's to refuse.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates and macros that stay inside the modules that are built around them.
const KEPT_INSIDE: &[(&str, &[&str])] = &[
    ("tantivy::", &["index", "search"]),
    ("hayagriva::", &["cite"]),
    ("print!(", &[]),
    ("println!(", &[]),
    ("eprint!(", &[]),
    ("eprintln!(", &[]),
    ("io::stdout", &[]),
    ("io::stderr", &[]),
];

#[test]
fn modules_use_only_what_the_table_allows() {
    let allowed = table();
    let mut wrong = Vec::new();
    for (module, may_use) in &allowed {
        for (file, code) in sources_of(module) {
            for used in uses(&code) {
                if used != *module && allowed.contains_key(&used) && !may_use.contains(&used) {
                    wrong.push(format!("{}: `{module}` uses `{used}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "edges that the table in ARCHITECTURE.md does not have:\n{}", wrong.join("\n"));
}

#[test]
fn every_module_stands_in_the_table() {
    let listed: BTreeSet<String> = table().into_keys().collect();
    let folders: BTreeSet<String> = fs::read_dir(root().join("src"))
        .expect("src can be read")
        .filter_map(|entry| entry.ok().filter(|e| e.path().is_dir()))
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, listed, "folders of src/ against the rows of the table");
}

#[test]
fn libraries_stay_inside_their_modules() {
    let mut wrong = Vec::new();
    for module in table().into_keys() {
        for (file, code) in sources_of(&module) {
            // What a module's own tests print or look at does not leave it.
            if file.with_extension("").components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let code = code.split("#[cfg(test)]").next().unwrap_or_default();
            for (name, homes) in KEPT_INSIDE {
                let found = code
                    .match_indices(name)
                    .any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'));
                if found && !homes.contains(&module.as_str()) {
                    wrong.push(format!("{}: `{name}` belongs in {}", file.display(), homes.join(", ")));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The rows of the table that is headed `| module | may use |`: each module with the modules it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("../../ARCHITECTURE.md")).expect("ARCHITECTURE.md can be read");
    let rows = text.lines().skip_while(|line| line.trim() != "| module | may use |").skip(2);
    let table: BTreeMap<_, _> = rows
        .take_while(|line| line.starts_with('|'))
        .filter_map(|line| {
            let mut names = line.split('`').skip(1).step_by(2).map(str::to_owned);
            Some((names.next()?, names.collect()))
        })
        .collect();
    assert!(!table.is_empty(), "ARCHITECTURE.md has a table headed `| module | may use |`");
    table
}

/// The Rust files of a module with their code, comments left out.
fn sources_of(module: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join("src").join(module)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a module's folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let code = fs::read_to_string(&path).expect("a source file can be read");
                let code =
                    code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
                files.push((path.strip_prefix(root()).expect("it is below the root").to_owned(), code));
            }
        }
    }
    assert!(!files.is_empty(), "src/{module} has Rust files");
    files
}

/// What follows each `crate::` in `code`: the name, or the names of a group in braces.
fn uses(code: &str) -> BTreeSet<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|rest| rest.strip_prefix('{').map_or_else(|| vec![name(rest)], group))
        .collect()
}

/// The first name of each item of a group, as in `{Result, index::{Index, Reader}, text::Span}`.
fn group(rest: &str) -> Vec<String> {
    let mut names = vec![name(rest)];
    let mut depth = 1;
    for (at, c) in rest.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => names.push(name(&rest[at + 1..])),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn name(rest: &str) -> String {
    rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn groups_are_read() {
    let code = "use crate::{Result, index::{Index, query}, text::Span}; crate::cite::x(); use crate::{\n    source::Source,\n};";
    let found: Vec<String> = uses(code).into_iter().collect();
    assert_eq!(found, ["Result", "cite", "index", "source", "text"].map(str::to_owned));
}
