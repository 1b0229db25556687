//! The memory that a file takes is bounded by its size, whatever its shape.
//!
//! The program indexes a generated file of each shape, and is asked about it; what it holds is read
//! from `/proc` all the while. Pages of files that are mapped do not count: the system drops them
//! when it needs the memory.

use std::fs;
use std::num::NonZero;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The size of the generated files in bytes; `PINCITE_MEMORY_MIB` sets another.
const SIZE: usize = 4 << 20;

/// The most memory for each byte of a file.
const FACTOR: u64 = 8;

/// What the program takes beside: the buffers of the index writer, tables, and whatever is on its
/// way from the file to the index.
const CONSTANT: u64 = 160 << 20;

fn size() -> usize {
    let mib = std::env::var("PINCITE_MEMORY_MIB").ok().and_then(|mib| mib.parse::<usize>().ok());
    mib.map_or(SIZE, |mib| mib << 20)
}

/// A file of about `size` bytes.
fn repeated(unit: &str, size: usize) -> String {
    unit.repeat(size / unit.len() + 1)
}

/// A file of about `size` bytes in which no two units are the same.
fn numbered(size: usize, unit: impl Fn(usize) -> String) -> String {
    let mut text = String::with_capacity(size + 256);
    for n in 0.. {
        text.push_str(&unit(n));
        if text.len() >= size {
            break;
        }
    }
    text
}

/// The shapes: the name of the file, and its content.
fn shapes(size: usize) -> Vec<(&'static str, String)> {
    let prose = "The gate was shut for nine days in May, and 640 lorries stood before it. ";
    vec![
        ("prose.txt", repeated(&format!("{}\n\n", prose.repeat(6)), size)),
        ("prose.md", repeated(&format!("{}\n\n", prose.repeat(6)), size)),
        ("letters.txt", repeated("a\n", size)),
        ("letters.md", repeated("a\n", size)),
        ("short.txt", repeated("It rained.\n\n", size)),
        ("short.md", repeated("It rained.\n\n", size)),
        ("limit.txt", numbered(size, |n| format!("A line of the length at the limit {n}.\n\n"))),
        ("limit.md", numbered(size, |n| format!("A line of the length at the limit {n}.\n\n"))),
        ("line.txt", repeated(prose, size)),
        ("line.md", repeated(prose, size)),
        ("word.txt", repeated("a", size)),
        ("word.md", repeated("a", size)),
        ("dots.txt", repeated("A. ", size)),
        ("dots.md", repeated("A. ", size)),
        ("words.txt", repeated("a  ", size)),
        ("headings.md", repeated("# a\n", size)),
        (
            "long-headings.md",
            numbered(size, |n| format!("## A heading of some length {n}\n\nIt is.\n\n")),
        ),
        (
            "headings.txt",
            numbered(size, |n| {
                format!(
                    "A Heading Of Its Own {n}\n\nIt rained for so long that everyone who was there went home.\n\n"
                )
            }),
        ),
        ("lists.md", repeated("- - - - - - a\n", size)),
        (
            "deep.md",
            numbered(size, |n| format!("{}- an item that is nested {n}\n", " ".repeat(n % 60 * 2))),
        ),
        ("quotes.md", repeated(&format!("{} a\n", ">".repeat(60)), size)),
        ("links.md", repeated("[a](b) ", size)),
        ("emphasis.md", repeated("*a* ", size)),
        ("open.md", repeated("*a _b [c `d ", size)),
        ("entities.md", repeated("&amp; a ", size)),
        ("table.md", format!("| a | b |\n|---|---|\n{}", repeated("| c | d |\n", size))),
        (
            "wide-table.md",
            format!(
                "|{}\n|{}\n|{}\n",
                repeated("a|", size / 3),
                repeated("-|", size / 3),
                repeated("c|", size / 3)
            ),
        ),
        ("code.md", format!("```\n{}", repeated("let x = 1;\n", size))),
        ("html.md", repeated("<b>a</b>\n", size)),
        (
            "front-yaml.md",
            format!("---\n{}---\n\nIt rained.\n", numbered(size, |n| format!("k{n}: v\n"))),
        ),
        (
            "front-toml.md",
            format!("+++\n{}+++\n\nIt rained.\n", numbered(size, |n| format!("k{n} = 1\n"))),
        ),
        ("crlf.txt", repeated("It rained for most of that day.\r\nAnd of the next.\r\n\r\n", size)),
        ("spaces.txt", format!("It rained.{}", repeated(" ", size))),
        ("breaks.txt", format!("It rained.{}It stopped.", repeated("\n", size))),
        ("emoji.txt", repeated("😀", size)),
        ("emoji.md", repeated("😀 ", size)),
        ("chinese.txt", repeated("巴基斯坦承认了塔利班。", size)),
        (
            "numbers.txt",
            numbered(size, |n| {
                format!("{n} lorries on {} May 19{:02}, $ {n}.\n", n % 31 + 1, n % 100)
            }),
        ),
        ("acronyms.txt", repeated("The Gate Keepers Union (GKU) and ", size)),
        ("latin1.txt", repeated("caf\u{e9} ", size)),
    ]
}

/// Runs the program; returns the most memory of its own that it held, in bytes, and its status.
fn run(desk: &Path, args: &[&str]) -> (u64, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_pincite"))
        .args(args)
        .current_dir(desk)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    let mut most = 0;
    loop {
        most = most.max(held(&child));
        if let Some(status) = child.try_wait().expect("it can be asked") {
            return (most, status.code());
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// The memory that a process holds beside mapped files.
fn held(child: &Child) -> u64 {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("RssAnon:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok());
    kib.unwrap_or_default() << 10
}

/// The commands that deal with a whole file: with its name, and with the id of its first passage.
fn commands<'a>(file: &'a str, id: &'a str, claims: &'a str) -> Vec<Vec<&'a str>> {
    vec![
        vec!["index", file],
        vec!["query", "a rained gate", "--format", "json"],
        vec!["cite", id],
        vec!["show", id.split('#').next().unwrap_or(id)],
        vec!["verify", claims],
        vec!["check", "It rained for nine days in May."],
    ]
}

/// Returns the commands that take too much memory, or fail, on a file of this shape.
fn faults_of(name: &str, text: String) -> Vec<String> {
    let desk = TempDir::new().expect("a temporary folder can be made");
    let bytes = if name.starts_with("latin1") {
        text.chars().map(|c| c as u8).collect()
    } else {
        text.into_bytes()
    };
    fs::write(desk.path().join(name), &bytes).expect("a file can be written");
    let source = name.split('.').next().unwrap_or(name);
    let quotes = format!("“It rained for nine days in a row” ({source})\n");
    fs::write(desk.path().join("quotes"), quotes).expect("a file can be written");
    let id = format!("{source}#p1");
    let limit = CONSTANT + FACTOR * bytes.len() as u64;
    let mut faults = Vec::new();
    for args in commands(name, &id, "quotes") {
        let begun = Instant::now();
        let (most, status) = run(desk.path(), &args);
        let each = most as f64 / bytes.len() as f64;
        let mib = most >> 20;
        let seconds = begun.elapsed().as_secs_f32();
        eprintln!("{name:17} {:7} {mib:5} MiB, {each:6.1} a byte, {seconds:.1} s", args[0]);
        if most > limit || !matches!(status, Some(0..=2)) {
            faults.push(format!("{name}: {args:?} took {mib} MiB, {status:?}"));
        }
    }
    faults
}

#[test]
fn memory_is_bounded_by_the_size_of_a_file_whatever_its_shape() {
    if !Path::new("/proc/self/status").exists() {
        eprintln!("skipped: this system does not tell how much memory a process holds");
        return;
    }
    let only = std::env::var("PINCITE_MEMORY_SHAPE").ok();
    let chosen = shapes(size())
        .into_iter()
        .filter(|(name, _)| only.as_ref().is_none_or(|only| name.contains(only.as_str())));
    let shapes = Mutex::new(chosen);
    let faults = Mutex::new(Vec::new());
    // A function of its own gives the lock back before the shape is measured.
    let next = || shapes.lock().expect("no thread panics with the lock").next();
    // A command is busy on one core most of the time.
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                while let Some((name, text)) = next() {
                    let found = faults_of(name, text);
                    faults.lock().expect("no thread panics with the lock").extend(found);
                }
            });
        }
    });
    let faults = faults.into_inner().expect("no thread panics with the lock");
    assert!(faults.is_empty(), "{faults:#?}");
}
