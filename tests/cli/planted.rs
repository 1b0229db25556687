//! What someone can plant in a folder of articles or of an index: links, pipes, devices, files
//! without an end. Every kind of file in every such form, met by every command: nothing outside is
//! read out or written, nothing is waited for, and what happens is said.

use std::fs;
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{Desk, Run};

/// A word that stands in files outside alone.
const SECRET: &str = "xyzzysecret";

/// The longest that any command may take here, which is far longer than any does.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file of the program's, and what it is when it is well.
#[derive(Clone, Copy)]
struct Role {
    path: &'static str,
    /// What the outside file has in it, in the notation of this role.
    outside: &'static str,
}

const fn role(path: &'static str, outside: &'static str) -> Role {
    Role { path, outside }
}

const ROLES: [Role; 15] = [
    role("corpus/gate.txt", "The gate was shut, says xyzzysecret, for nine days in May.\n"),
    role("corpus/sub/road.md", "The road was long, says xyzzysecret, and in bad repair.\n"),
    role("corpus/gate.meta.toml", "title = \"xyzzysecret\"\n"),
    role("corpus/gate.txt.meta.yaml", "title: xyzzysecret\n"),
    role("corpus/sub/road.meta.json", "{\"title\": \"xyzzysecret\"}\n"),
    role("corpus/SOURCES.toml", "[\"gate.txt\"]\ntitle = \"xyzzysecret\"\n"),
    role("corpus/.gitignore", "gate.txt\nxyzzysecret\n"),
    role("corpus/sub/.ignore", "*.md\nxyzzysecret\n"),
    role("index/pincite.json", "xyzzysecret"),
    role("index/.pincite.json.new", "xyzzysecret"),
    role("index/meta.json", "xyzzysecret"),
    role("index/.tantivy-writer.lock", "xyzzysecret"),
    role("quotes.md", "“The gate was shut” (xyzzysecret)\n"),
    role("claims.txt", "The gate was shut.\n"),
    role("mine.csl", "xyzzysecret"),
];

/// What is planted in place of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Thing {
    LinkToFile,
    LinkToFolder,
    Dangling,
    Loop,
    Fifo,
    Device,
    LinkToEndless,
    LinkToProc,
    Socket,
    Folder,
    Huge,
    Unreadable,
}

const THINGS: [Thing; 12] = [
    Thing::LinkToFile,
    Thing::LinkToFolder,
    Thing::Dangling,
    Thing::Loop,
    Thing::Fifo,
    Thing::Device,
    Thing::LinkToEndless,
    Thing::LinkToProc,
    Thing::Socket,
    Thing::Folder,
    Thing::Huge,
    Thing::Unreadable,
];

const COMMANDS: [&[&str]; 11] = [
    &["verify", "quotes.md"],
    &["query", "gate", "--style", "mine.csl", "--format", "json"],
    &["cite", "gate#p1", "sub-road#p1"],
    &["show", "gate"],
    &["sources", "--format", "json"],
    &["stats"],
    &["check", "--file", "claims.txt", "--format", "json"],
    &["check", "--draft", "quotes.md"],
    &["query", "--corpus", "corpus", "gate"],
    &["index", "corpus"],
    &["index", "corpus", "--rebuild"],
];

/// Plants `thing` at `path`. Returns whether that can be done here.
fn plant(thing: Thing, path: &Path, outside: &Path) -> bool {
    if fs::symlink_metadata(path).is_ok_and(|found| found.is_dir()) {
        fs::remove_dir_all(path).expect("a folder can be removed");
    } else if thing != Thing::Unreadable {
        let _ = fs::remove_file(path);
    }
    let made = |command: &str, args: &[&str]| {
        Command::new(command)
            .arg(path)
            .args(args)
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|it| it.success())
    };
    match thing {
        Thing::LinkToFile => symlink(outside.join("secret"), path).is_ok(),
        Thing::LinkToFolder => symlink(outside, path).is_ok(),
        Thing::Dangling => symlink(outside.join("nowhere"), path).is_ok(),
        Thing::Loop => symlink(path, path).is_ok(),
        Thing::Fifo => made("mkfifo", &[]),
        Thing::Device => {
            made("mknod", &["c", "1", "5"])
                && fs::symlink_metadata(path).is_ok_and(|it| it.file_type().is_char_device())
                // It may be there, and not be allowed to be opened.
                && fs::File::open(path).is_ok()
        }
        Thing::LinkToEndless => symlink("/dev/zero", path).is_ok(),
        Thing::LinkToProc => symlink("/proc/self/environ", path).is_ok(),
        Thing::Socket => std::os::unix::net::UnixListener::bind(path).is_ok(),
        Thing::Folder => fs::create_dir(path).is_ok(),
        Thing::Huge => fs::File::create(path).and_then(|it| it.set_len(300 << 20)).is_ok(),
        Thing::Unreadable => {
            if !path.exists() {
                fs::write(path, "title = 1\n").expect("a file can be written");
            }
            fs::set_permissions(path, fs::Permissions::from_mode(0o000)).is_ok()
                && fs::File::open(path).is_err()
        }
    }
}

/// A corpus of two sources with all that can be beside them, indexed; and a file outside.
fn desk(outside: &str) -> Desk {
    let desk = Desk::new();
    desk.write("outside/secret", outside);
    desk.write("corpus/gate.txt", "The gate was shut for nine days in May, said the guard.\n");
    desk.write("corpus/sub/road.md", "The road was long and in bad repair, said the guard.\n");
    desk.write("corpus/sub/road.meta.json", "{\"title\": \"A Road\"}");
    desk.write("corpus/SOURCES.toml", "[\"gate.txt\"]\ntitle = \"A Gate\"\n");
    desk.write("corpus/sub/.ignore", "*.tmp.md\n");
    desk.write("quotes.md", "“The gate was shut for nine days in May” (gate)\n");
    desk.write("claims.txt", "The gate was shut for nine days in May.\n");
    let style = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
        <info><title>Mine</title><id>mine</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <citation><layout><text variable="title"/></layout></citation></style>"#;
    desk.write("mine.csl", style);
    let run = desk.run(&["index", "corpus"]);
    assert_eq!(run.code, Some(0), "{run}");
    desk
}

/// Runs a command with nothing on standard input; `None` if it had to be killed.
fn run(desk: &Desk, args: &[&str]) -> Option<Run> {
    let mut child = desk
        .command(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let begun = Instant::now();
    while child.try_wait().expect("it can be asked").is_none() {
        if begun.elapsed() > PATIENCE {
            child.kill().expect("it can be killed");
            return None;
        }
        thread::sleep(Duration::from_millis(2));
    }
    Some(Run::from(child.wait_with_output().expect("its output can be read")))
}

#[derive(Default)]
struct Tally {
    tried: usize,
    faults: Vec<String>,
}

fn meet(role: Role, thing: Thing, tally: &mut Tally) {
    let desk = desk(role.outside);
    if !plant(thing, &desk.path(role.path), &desk.path("outside")) {
        eprintln!("skipped: {thing:?} cannot be made here");
        return;
    }
    // What is named on the command line is followed: whoever names it means it.
    let named = matches!(role.path, "quotes.md" | "claims.txt" | "mine.csl");
    for args in COMMANDS {
        tally.tried += 1;
        let case = format!("{thing:?} as {}: {args:?}", role.path);
        let Some(run) = run(&desk, args) else {
            tally.faults.push(format!("{case} hangs"));
            continue;
        };
        let said = format!("{}{}", run.stdout, run.stderr);
        if !matches!(run.code, Some(0..=2)) || said.contains("panicked") {
            tally.faults.push(format!("{case} ends badly: {run}"));
        }
        if said.contains(SECRET) && !(named && thing == Thing::LinkToFile) {
            tally.faults.push(format!("{case} tells what is outside: {run}"));
        }
        if args[0] == "index" && !said.contains("warning:") && !said.contains("error:") {
            let is_silent = named
                || role.path == "index/.pincite.json.new"
                || (thing == Thing::Unreadable && !role.path.starts_with("corpus"))
                // A lock file and an article that is only gone are no news.
                || role.path.ends_with("lock")
                || (!role.path.contains("SOURCES") && role.path.ends_with(".md"))
                || role.path.ends_with("gate.txt");
            if !is_silent {
                tally.faults.push(format!("{case} says nothing: {run}"));
            }
        }
    }
    let outside: Vec<_> = fs::read_dir(desk.path("outside"))
        .expect("it can be listed")
        .map(|it| it.expect("it can be listed").file_name())
        .collect();
    let secret = fs::read_to_string(desk.path("outside/secret")).expect("it can be read");
    if outside != ["secret"] || secret != role.outside {
        tally.faults.push(format!("{thing:?} as {} changed what is outside", role.path));
    }
}

#[test]
fn planted_files_do_no_harm() {
    let cases: Vec<_> =
        ROLES.iter().flat_map(|role| THINGS.iter().map(move |thing| (*role, *thing))).collect();
    let share = cases.len().div_ceil(4);
    let tallies: Vec<Tally> = thread::scope(|scope| {
        let workers: Vec<_> = cases
            .chunks(share)
            .map(|cases| {
                scope.spawn(move || {
                    let mut tally = Tally::default();
                    for &(role, thing) in cases {
                        meet(role, thing, &mut tally);
                    }
                    tally
                })
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("it ends")).collect()
    });
    let tried: usize = tallies.iter().map(|tally| tally.tried).sum();
    let faults: Vec<_> = tallies.iter().flat_map(|tally| &tally.faults).collect();
    eprintln!("{tried} runs, {} faults", faults.len());
    assert!(faults.is_empty(), "{} of {tried}: {faults:#?}", faults.len());
}

/// A folder of the corpus is swapped for a link to one that has a file of the same name.
#[test]
fn a_folder_swapped_for_a_link_is_not_entered() {
    let desk = desk("");
    desk.write("outside/road.md", "The road was long, says xyzzysecret, and in bad repair.\n");
    fs::remove_dir_all(desk.path("corpus/sub")).unwrap();
    symlink(desk.path("outside"), desk.path("corpus/sub")).unwrap();
    desk.write("quotes.md", "“The road was long and in bad repair” (sub-road)\n");
    for args in COMMANDS {
        let run = run(&desk, args).expect("it ends");
        assert!(!format!("{run}").contains(SECRET), "{args:?}: {run}");
    }
}

/// With `--follow-links`, `index` and then `verify` read through links; a source that was reached
/// without one stays without.
#[test]
fn links_are_followed_where_that_is_asked_for() {
    let desk = Desk::new();
    desk.write("outside/well.txt", "The well was dry in June, said the farmer.\n");
    desk.write("corpus/gate.txt", "The gate was shut for nine days in May, said the guard.\n");
    symlink(desk.path("outside/well.txt"), desk.path("corpus/well.txt")).unwrap();
    let index = run(&desk, &["index", "corpus", "--follow-links"]).expect("it ends");
    assert!(index.stdout.contains("2 added") || index.stderr.contains("2 added"), "{index}");
    desk.write("quotes.md", "“The well was dry in June” (well)\n");
    let verify = run(&desk, &["verify", "quotes.md"]).expect("it ends");
    assert_eq!(verify.code, Some(0), "{verify}");

    fs::rename(desk.path("corpus/gate.txt"), desk.path("outside/gate.txt")).unwrap();
    symlink(desk.path("outside/gate.txt"), desk.path("corpus/gate.txt")).unwrap();
    desk.write("quotes.md", "“The gate was shut for nine days” (gate)\n");
    let verify = run(&desk, &["verify", "quotes.md"]).expect("it ends");
    assert_eq!(verify.code, Some(1), "{verify}");
    assert!(verify.stdout.contains("symbolic link"), "{verify}");
    let index = run(&desk, &["index", "corpus", "--follow-links"]).expect("it ends");
    assert_eq!(index.code, Some(0), "{index}");
    let verify = run(&desk, &["verify", "quotes.md"]).expect("it ends");
    assert_eq!(verify.code, Some(0), "{verify}");
}

/// A sidecar, a `SOURCES.toml` or a folder that cannot be read just now leaves title and id as they
/// were; with `--rebuild` they are what can be read.
#[test]
fn metadata_that_cannot_be_read_stays_as_it_was() {
    for (file, text) in [
        ("corpus/gate.meta.toml", "title = \"A Gate\"\nid = \"the-gate\"\n"),
        ("corpus/SOURCES.toml", "[\"gate.txt\"]\ntitle = \"A Gate\"\nid = \"the-gate\"\n"),
    ] {
        for thing in THINGS {
            let desk = Desk::new();
            desk.write("corpus/gate.txt", "The gate was shut for nine days in May.\n");
            desk.write(file, text);
            desk.write("outside/secret", "title = \"xyzzysecret\"\n");
            assert_eq!(desk.run(&["index", "corpus"]).code, Some(0));
            if !plant(thing, &desk.path(file), &desk.path("outside")) {
                continue;
            }
            let index = run(&desk, &["index", "corpus"]).expect("it ends");
            assert!(index.stderr.contains("warning:"), "{thing:?}: {index}");
            let cite = run(&desk, &["cite", "the-gate#p1"]).expect("it ends");
            assert_eq!(cite.code, Some(0), "{thing:?}: {cite}");
            assert!(cite.stdout.contains("A Gate"), "{thing:?}: {cite}");
            let rebuilt = run(&desk, &["index", "corpus", "--rebuild"]).expect("it ends");
            assert!(rebuilt.stderr.contains("warning:"), "{thing:?}: {rebuilt}");
            assert_eq!(desk.run(&["cite", "gate#p1"]).code, Some(0), "{thing:?}");
        }
    }
}

#[test]
fn standard_input_has_an_end() {
    let desk = desk("");
    for args in [&["verify", "-"][..], &["check", "--file", "-"], &["check", "--draft", "-"]] {
        let zero = fs::File::open("/dev/zero").expect("it is there");
        let output = desk.command(args).stdin(zero).output().expect("it ends");
        let run = Run::from(output);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("larger than 256 MiB"), "{run}");
    }
}
