//! Checks which files are indexed, and the reports about others.

use crate::desk::{Desk, Run, without_formats};
use crate::skip::skipped;

const PARAGRAPH: &str =
    "The gate at Torkham was shut on the twelfth of October, and nobody knew for how long.\n";

/// Takes a snapshot of a run that must end with this exit status.
fn ends(code: i32, name: &str, run: &Run) {
    assert_eq!(run.code, Some(code), "{run}");
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    without_formats(&mut settings);
    settings.bind(|| insta::assert_snapshot!(name, run));
}

/// Creates a desk with a folder of files in unsupported formats.
fn with_papers() -> Desk {
    let desk = Desk::new();
    for name in ["one.djvu", "two.DJVU", "deep/three.djvu", "four.doc", "five.jpg", "Makefile"] {
        desk.write(&format!("papers/{name}"), b"AT&TFORM \x00");
    }
    desk
}

#[test]
fn without_a_path_the_current_folder_is_indexed() {
    let desk = Desk::new();
    desk.write("gate.txt", PARAGRAPH);
    desk.write("notes/road.md", "# A road\n\nIt was closed for nine weeks.\n");
    ends(0, "index_here", &desk.run(&["index"]));
    desk.write("index/README.md", "Of the folder of the index nothing is read.\n");
    ends(0, "index_here_again", &desk.run(&["index"]));
    let sources = desk.run(&["sources"]).stdout;
    assert!(sources.contains("gate.txt") && sources.contains("notes/road.md"), "{sources}");
    assert!(!sources.contains("README"), "{sources}");
}

#[test]
fn the_index_folder_is_not_indexed() {
    let desk = Desk::new();
    desk.write("gate.txt", PARAGRAPH);
    ends(2, "index_own_folder", &desk.run(&["index", "--index", "."]));
}

#[test]
fn a_named_file_that_cannot_be_read_is_exit_status_1() {
    let desk = with_papers();
    desk.write("articles/good.txt", PARAGRAPH);
    desk.write("articles/binary.txt", b"\x7fELF\x02\x01\x01\x00");
    desk.write("letter", PARAGRAPH);
    ends(1, "named_djvu", &desk.run(&["index", "papers/one.djvu"]));
    ends(1, "named_no_extension", &desk.run(&["index", "letter"]));
    ends(1, "named_no_text", &desk.run(&["index", "articles/binary.txt"]));
    ends(
        1,
        "named_beside_others",
        &desk.run(&["index", "articles/good.txt", "papers/five.jpg", "--format", "json"]),
    );
    // In a named folder, the same file is only reported.
    ends(0, "named_folder", &desk.run(&["index", "articles"]));
    let both =
        ["index", "articles", "articles/binary.txt", "papers", "papers/one.djvu", "--dry-run"];
    ends(1, "named_with_its_folder", &desk.run(&both));
}

#[cfg(unix)]
#[test]
fn a_named_file_without_permission_is_exit_status_1() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let desk = Desk::new();
    desk.write("secret.txt", "Nobody may read this.\n");
    fs::set_permissions(desk.path("secret.txt"), fs::Permissions::from_mode(0o000))
        .expect("it is ours");
    if fs::read(desk.path("secret.txt")).is_ok() {
        return skipped("file permissions do not apply to this user");
    }
    ends(1, "named_without_permission", &desk.run(&["index", "secret.txt"]));
}

#[test]
fn a_corpus_without_supported_files_names_the_formats_in_it() {
    let desk = with_papers();
    desk.write("pictures/one.jpg", b"\xff\xd8");
    desk.write("empty/empty.txt", "");
    ends(2, "corpus_papers", &desk.run(&["query", "--corpus", "papers", "gate"]));
    ends(
        2,
        "corpus_papers_check",
        &desk.run(&["check", "--corpus", "papers", "The gate was shut", "-q"]),
    );
    ends(2, "corpus_pictures", &desk.run(&["query", "--corpus", "pictures", "gate"]));
    ends(2, "corpus_empty_file", &desk.run(&["query", "--corpus", "empty", "gate"]));
    // The same if the index has other articles.
    desk.write("articles/gate.txt", PARAGRAPH);
    assert_eq!(desk.run(&["index", "articles"]).code, Some(0));
    ends(
        2,
        "corpus_papers_beside_others",
        &desk.run(&["query", "--corpus", "papers", "gate", "-q"]),
    );
    assert_eq!(
        desk.run(&["query", "--corpus", "papers", "--corpus", "articles", "gate"]).code,
        Some(0)
    );
}

#[cfg(feature = "archives")]
#[test]
fn a_compressed_file_of_an_unknown_format_is_named_with_the_reason() {
    let desk = Desk::new();
    desk.write("files/gate.txt", PARAGRAPH);
    desk.write("files/dump.gz", b"\x1f\x8b\x08");
    desk.write("files/dump.sql.xz", b"\xfd7zXZ");
    let run = desk.run(&["index", "files", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{run}");
    let reason =
        "is compressed, and its name does not say that it unpacks to a format that is read";
    assert_eq!(run.stdout.matches(reason).count(), 2, "{run}");
}
