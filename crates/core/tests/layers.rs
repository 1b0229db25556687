//! Checks the dependencies between modules of this crate against the table in ARCHITECTURE.md. The
//! compiler enforces those between crates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Crates and macros, with the only folders that may use them.
const KEPT_INSIDE: &[(&str, &[&str])] = &[
    ("tantivy::", &["index/tantivy"]),
    ("hayagriva::", &["cite"]),
    ("print!(", &[]),
    ("println!(", &[]),
    ("eprint!(", &[]),
    ("eprintln!(", &[]),
    ("io::stdout", &[]),
    ("io::stderr", &[]),
];

/// Folders whose files have no cyclic dependencies.
const WITHOUT_CYCLES: &[&str] = &[
    "src/check",
    "src/cite",
    "src/engine",
    "src/index",
    "src/query",
    "src/search",
    "src/verify",
    "src/wire",
    "../render/src",
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
    assert!(
        wrong.is_empty(),
        "edges that the table in ARCHITECTURE.md does not have:\n{}",
        wrong.join("\n")
    );
}

#[test]
fn every_module_is_in_the_table() {
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
            // Tests may print and use any crate.
            if file.with_extension("").components().any(|part| part.as_os_str() == "tests") {
                continue;
            }
            let code = without_tests(&code);
            for (name, homes) in KEPT_INSIDE {
                let found = code.match_indices(name).any(|(at, _)| is_of_a_crate(&code[..at]));
                let is_home = |home: &&str| file.starts_with(Path::new("src").join(home));
                if found && !homes.iter().any(is_home) {
                    wrong.push(format!(
                        "{}: `{name}` belongs in {}",
                        file.display(),
                        homes.join(", ")
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn files_use_one_another_in_one_direction() {
    for folder in WITHOUT_CYCLES {
        let files = files_of(folder);
        let names: BTreeSet<ModulePath> = files.iter().map(|(name, _)| name.clone()).collect();
        let mut uses: BTreeMap<&ModulePath, BTreeSet<ModulePath>> = BTreeMap::new();
        for (name, code) in &files {
            let used = uses.entry(name).or_default();
            used.extend(
                names
                    .iter()
                    .filter(|child| child.len() == name.len() + 1 && child.starts_with(name))
                    .cloned(),
            );
            used.extend(used_files(name, without_tests(code), &names));
            used.remove(name);
        }
        // Removes files that use no other file or are used by none, until only cycles remain.
        loop {
            let left: BTreeSet<ModulePath> = uses.keys().map(|name| (*name).clone()).collect();
            let used: BTreeSet<ModulePath> = uses.values().flatten().cloned().collect();
            uses.retain(|name, uses| {
                used.contains(*name) && uses.iter().any(|name| left.contains(name))
            });
            if uses.len() == left.len() {
                break;
            }
        }
        let left: Vec<String> = uses.keys().map(|name| name.join("::")).collect();
        assert!(left.is_empty(), "cyclic files in {folder}: {}", left.join(", "));
    }
}

/// The path of a module: `["search", "expand"]`.
type ModulePath = Vec<String>;

/// Returns the files of a folder with their module paths. That of `lib.rs` is empty.
fn files_of(folder: &str) -> Vec<(ModulePath, String)> {
    let named = sources_in(folder).into_iter().map(|(file, code)| {
        let path = file.with_extension("");
        let names = path.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        let names = names.skip_while(|name| name != "src").skip(1);
        (names.filter(|name| !["mod", "lib"].contains(&name.as_str())).collect(), code)
    });
    named.filter(|(path, _): &(ModulePath, _)| path.last().is_none_or(|n| n != "tests")).collect()
}

/// Returns those of the modules `names` that the paths in the file of `name` refer to.
fn used_files(name: &ModulePath, code: &str, names: &BTreeSet<ModulePath>) -> Vec<ModulePath> {
    let mut used = Vec::new();
    for root in ["super::", "self::", "crate::"] {
        for (at, _) in code.match_indices(root) {
            // `pub(in crate::index)` uses nothing; `super::super::` is one path.
            if code[..at].ends_with("in ") || code[..at].ends_with("::") {
                continue;
            }
            for path in paths(&code[at..]) {
                let mut module: ModulePath =
                    if path[0] == "crate" { Vec::new() } else { name.clone() };
                for part in path {
                    match part.as_str() {
                        "crate" | "self" => {}
                        "super" => _ = module.pop(),
                        _ => module.push(part),
                    }
                }
                while !module.is_empty() && !names.contains(&module) {
                    module.pop();
                }
                if names.contains(&module) {
                    used.push(module);
                }
            }
        }
    }
    used
}

/// Expands braces: `a::{b, c::d}` yields `a::b` and `a::c::d`.
fn paths(code: &str) -> Vec<Vec<String>> {
    let first = name(code);
    let rest = code.trim_start().get(first.len()..).unwrap_or_default();
    let Some(rest) = rest.strip_prefix("::") else { return vec![vec![first]] };
    let tails: Vec<Vec<String>> = match rest.strip_prefix('{') {
        Some(inner) => items(inner).into_iter().flat_map(paths).collect(),
        None => paths(rest),
    };
    tails.into_iter().map(|tail| [vec![first.clone()], tail].concat()).collect()
}

/// Returns the items in braces; `code` starts after the opening brace.
fn items(code: &str) -> Vec<&str> {
    let mut items = vec![code];
    let mut depth = 1;
    for (at, c) in code.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 1 => items.push(&code[at + 1..]),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    items.retain(|item| !name(item).is_empty());
    items
}

/// Returns code without the unit tests at its end.
fn without_tests(code: &str) -> &str {
    let end = code.match_indices("#[cfg(test)]\n").map(|(at, _)| at);
    let mut end = end
        .filter(|at| code[*at..].lines().nth(1).is_some_and(|line| line.ends_with("mod tests {")));
    &code[..end.next().unwrap_or(code.len())]
}

/// Returns whether a name after `before` is that of a crate or macro: not the end of a longer name,
/// and not a module of the same name.
fn is_of_a_crate(before: &str) -> bool {
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        && !["self::", "super::"].iter().any(|own| before.ends_with(own))
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Reads the table `| module | may use |`: each module with the modules it may use.
fn table() -> BTreeMap<String, BTreeSet<String>> {
    let text = fs::read_to_string(root().join("../../ARCHITECTURE.md"))
        .expect("ARCHITECTURE.md can be read");
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

/// Returns the Rust files of a module with their code, without comments.
fn sources_of(module: &str) -> Vec<(PathBuf, String)> {
    sources_in(&format!("src/{module}"))
}

/// Returns the Rust files in a folder, by path from the root, with their code, without comments.
fn sources_in(folder: &str) -> Vec<(PathBuf, String)> {
    let mut folders = vec![root().join(folder)];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("a module's folder can be read").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs") {
                let code = fs::read_to_string(&path).expect("a source file can be read");
                let code = code
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"))
                    .collect::<Vec<_>>()
                    .join("\n");
                files.push((
                    path.strip_prefix(root()).expect("it is below the root").to_owned(),
                    code,
                ));
            }
        }
    }
    assert!(!files.is_empty(), "{folder} has Rust files");
    files
}

/// Returns the modules of this crate that `code` uses: the names after each `crate::`.
fn uses(code: &str) -> BTreeSet<String> {
    let roots = code.match_indices("crate::").filter(|(at, _)| !code[..*at].ends_with("in "));
    let paths = roots.flat_map(|(at, _)| paths(&code[at..]));
    paths.filter_map(|path| path.into_iter().nth(1)).collect()
}

fn name(rest: &str) -> String {
    rest.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

#[test]
fn braces_are_expanded() {
    let read = paths("crate::{a::{self, B}, c::d}; e").into_iter().map(|path| path.join("::"));
    assert_eq!(read.collect::<Vec<_>>(), ["crate::a::self", "crate::a::B", "crate::c::d"]);
    let names = BTreeSet::from(
        [&["m"][..], &["m", "a"], &["m", "b"]]
            .map(|path| path.iter().map(|s| (*s).to_owned()).collect()),
    );
    let own: ModulePath = vec!["m".to_owned(), "a".to_owned()];
    let used = used_files(
        &own,
        "use super::b::X; pub(in crate::m) use crate::m::Y; use crate::z;",
        &names,
    );
    assert_eq!(used.iter().map(|path| path.join("::")).collect::<Vec<_>>(), ["m::b", "m"]);
    let code = "use crate::{Result, index::{Index, query}, text::Span}; crate::cite::x(); use crate::{\n    source::Source,\n};";
    let found: Vec<String> = uses(code).into_iter().collect();
    assert_eq!(found, ["Result", "cite", "index", "source", "text"].map(str::to_owned));
}
