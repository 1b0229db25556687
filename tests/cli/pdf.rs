//! Indexes PDF files with the program, which reads each in a process of its own: whatever becomes of
//! that, the file is named with the reason, and all others are read.

use std::fmt::Write as _;
use std::process::Stdio;

use serde_json::Value;

use crate::desk::{Desk, Run};

/// The objects of a file with a page for each text, without their numbers.
fn objects(pages: &[&str]) -> Vec<String> {
    let kids: Vec<String> = (0..pages.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
            .to_owned(),
    ];
    for (i, text) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {} 0 R /Resources << \
             /Font << /F1 3 0 R >> >> >>",
            5 + 2 * i
        ));
        let content = format!("BT /F1 11 Tf 72 700 Td ({text}) Tj ET\n");
        objects.push(format!("<< /Length {} >>\nstream\n{content}endstream", content.len()));
    }
    objects
}

/// Writes a file with these objects, the first of which is its catalog.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.7\n".to_owned();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", i + 1);
    }
    let table = out.len();
    let size = places.len() + 1;
    let _ = write!(out, "xref\n0 {size}\n0000000000 65535 f \n");
    for place in places {
        let _ = writeln!(out, "{place:010} 00000 n ");
    }
    let _ = write!(out, "trailer\n<< /Size {size} /Root 1 0 R {trailer} >>\n");
    let _ = write!(out, "startxref\n{table}\n%%EOF\n");
    out.into_bytes()
}

const PAGES: [&str; 2] = [
    "The ferry at Karvo ran twice a day, and took eight cars.",
    "The council sold it in the spring for 40 thousand crowns.",
];

fn whole() -> Vec<u8> {
    file(&objects(&PAGES), "")
}

fn hidden(program_input: &[u8], limit: &str) -> Run {
    use std::io::Write as _;
    let desk = Desk::new();
    let script = format!("{limit} exec \"$0\" __extract");
    let mut child = std::process::Command::new("/bin/sh")
        .args(["-c", &script, env!("CARGO_BIN_EXE_pincite")])
        .current_dir(desk.path(""))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut input = child.stdin.take().expect("its input is a pipe");
    // A reader that dies does not read it all.
    let _ = input.write_all(program_input);
    drop(input);
    Run::from(child.wait_with_output().expect("the program ends"))
}

#[test]
fn files_are_read_beside_others_that_cannot_be() {
    let desk = Desk::new();
    let whole = whole();
    desk.write("papers/a-whole.pdf", &whole);
    desk.write("papers/b-cut.pdf", &whole[..whole.len() / 3]);
    desk.write("papers/c-empty.pdf", b"");
    desk.write("papers/d-words.pdf", b"These are plain words.");
    let garbage = "AB".repeat(32);
    let keys = format!(
        "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O <{garbage}> /U <{garbage}> >> \
         /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]"
    );
    desk.write("papers/e-encrypted.pdf", file(&objects(&PAGES), &keys));
    desk.write("papers/f-scanned.pdf", file(&objects(&[""]), ""));
    desk.write(
        "papers/z-last.txt",
        "The last file of the folder is read, whatever comes before.\n",
    );
    let run = desk.run(&["index", "papers"]);
    assert_eq!(run.code, Some(0), "{run}");
    for (name, reason) in [
        ("b-cut", "is cut off: its end is missing; what is left has no text layer"),
        ("c-empty", "is empty"),
        ("d-words", "is not a PDF file"),
        ("e-encrypted", "is encrypted: save it without a password"),
        ("f-scanned", "has no text layer"),
    ] {
        assert!(run.stderr.contains(&format!("skipped {name}.pdf: {reason}")), "{name}: {run}");
    }
    assert!(!run.stderr.contains("a-whole"), "{run}");
    let found = desk.run(&["query", "who sold the ferry for 40 thousand crowns"]);
    assert!(found.stdout.contains("The council sold it in the spring"), "{found}");
    let last = desk.run(&["show", "z-last"]);
    assert_eq!(last.code, Some(0), "{last}");

    let cited = desk.run(&["cite", "a-whole#p2.1", "--format", "jsonl"]);
    let record: Value = serde_json::from_str(&cited.stdout).expect("it is a record");
    assert_eq!((&record["quote"], &record["text"]), (&PAGES[1].into(), &"extracted".into()));
    assert_eq!(record["locator"]["page"], 2);
    desk.write("record.json", &cited.stdout);
    let verified = desk.run(&["verify", "record.json"]);
    assert_eq!(verified.code, Some(0), "{verified}");
    assert_eq!(desk.run(&["doctor"]).code, Some(0));
}

#[test]
fn no_flipped_byte_keeps_others_from_being_read() {
    let desk = Desk::new();
    let whole = whole();
    // A fixed sequence: the same bytes on every machine.
    let mut state = 9_u64;
    let mut next = |below: usize| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap_or_default() % below
    };
    for i in 0..12 {
        let mut bytes = whole.clone();
        for _ in 0..4 {
            bytes[next(whole.len())] ^= 1 << next(8);
        }
        desk.write(&format!("papers/{i:02}.pdf"), &bytes);
    }
    desk.write("papers/last.txt", "The last file of the folder is read, whatever comes before.\n");
    let run = desk.run(&["index", "papers"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(!run.stderr.contains("panicked"), "{run}");
    assert_eq!(desk.run(&["show", "last"]).code, Some(0));
    assert_eq!(desk.run(&["doctor"]).code, Some(0));
}

#[cfg(unix)]
#[test]
fn the_reader_ends_at_its_limits() {
    let free = hidden(&whole(), "");
    assert_eq!(free.code, Some(0), "{free}");
    assert_eq!(free.stdout.lines().last(), Some("\"End\""), "{free}");
    assert_eq!(free.stdout.lines().filter(|line| line.starts_with("{\"Page\"")).count(), 2);
    // Less memory than its stack takes, beside the program; and no time for a large file.
    let low = hidden(&whole(), "ulimit -v 60000;");
    assert_ne!(low.stdout.lines().last(), Some("\"End\""), "{low}");
    let line = format!("{} ", PAGES[0]).repeat(200);
    let pages: Vec<&str> = (0..2000).map(|_| line.as_str()).collect();
    let long = hidden(&file(&objects(&pages), ""), "ulimit -t 1;");
    assert_ne!(long.stdout.lines().last(), Some("\"End\""), "it had no more than a second");
    assert_eq!(long.code, None, "the system ended it");
}
