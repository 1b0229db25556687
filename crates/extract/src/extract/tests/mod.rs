//! Invariants of every document, whatever is in the file.

mod articles;
mod markdown_pages;
mod samples;

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::thread;

use proptest::prelude::*;

use super::{BlockKind, Document, Extractor, Unreadable, extractor_for};
use crate::source::{Passage, SourceId, TextKind};
use crate::text::{Position, Span};

fn extractor(name: &str) -> &'static dyn Extractor {
    extractor_for(name.as_ref()).expect("a format that is read")
}

/// Returns the path of data in the folder `shared` beside the repository; if it is absent, says
/// that the test is skipped and returns `None`.
fn shared(path: &str) -> Option<PathBuf> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared").join(path);
    if found.exists() {
        return Some(found);
    }
    // Not `eprintln!`, which the test harness captures.
    let test = thread::current().name().unwrap_or_default().to_owned();
    let _ = writeln!(io::stderr(), "skipped: {test} (no ../shared/{path})");
    None
}

/// Extracts a text as the content of a file with this name.
fn read(name: &str, text: &str) -> Document {
    extractor(name).extract(text.as_bytes().to_vec()).expect("it is a text")
}

fn passages(document: &Document) -> Vec<Passage> {
    document.passages(&SourceId::slug("test"))
}

/// Asserts the invariants of every document. Positions must agree with counting from the start.
fn check(document: &Document) {
    let text = &document.text;
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end, "{:?} overlaps what is before it", block.span);
        let slice = block.span.of(text);
        assert!(!slice.is_empty() && slice == slice.trim(), "{slice:?} is not trimmed");
        end = block.span.end;
    }
    let layout = document.layout(&SourceId::slug("test"));
    assert_eq!(layout.passages.len() + layout.asides.len(), document.blocks.len());
    for aside in &layout.asides {
        assert_ne!(aside.kind, BlockKind::Paragraph);
        check_place(text, aside.start, &aside.text);
    }
    for (i, passage) in layout.passages.iter().enumerate() {
        assert_eq!(passage.paragraph as usize, i + 1);
        check_place(text, passage.start, &passage.text);
        check_sentences(passage);
        let (before, after) = (&text[..passage.start.byte], &text[passage.span().end..]);
        assert!(before.ends_with(&passage.before) && after.starts_with(&passage.after));
        assert_eq!(passage.before.chars().count(), before.chars().count().min(Passage::CONTEXT));
        assert_eq!(passage.after.chars().count(), after.chars().count().min(Passage::CONTEXT));
    }
}

fn check_place(text: &str, start: Position, slice: &str) {
    assert_eq!(&text[start.byte..start.byte + slice.len()], slice);
    assert_eq!(start, Position::START.after(&text[..start.byte]));
}

fn check_sentences(passage: &Passage) {
    let mut end = 0;
    for sentence in &passage.sentences {
        assert!(
            passage.text[end..sentence.start].trim().is_empty(),
            "{:?} is in no sentence",
            &passage.text[end..sentence.start]
        );
        assert!(sentence.start >= end && !sentence.is_empty());
        let text = sentence.of(&passage.text);
        assert_eq!(text, text.trim());
        end = sentence.end;
    }
    assert_eq!(end, passage.text.len());
    for (at, c) in passage.plain().char_indices() {
        let span = passage.exact_span(Span::new(at, at + c.len_utf8()));
        assert!(
            passage.text.is_char_boundary(span.start) && passage.text.is_char_boundary(span.end)
        );
    }
}

/// Generates files that are hard on an extractor.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[a-zA-Z]{1,9} ",
        2 => Just("Pakistan recognized the Taliban in 1997. ".to_owned()),
        1 => Just("巴基斯坦承认了塔利班。他们说：「是」。".to_owned()),
        1 => Just("اعترفت باكستان بطالبان في عام 1997. ".to_owned()),
        1 => Just("पाकिस्तान ने मान्यता दी। ".to_owned()),
        1 => Just("e\u{301}\u{200d}👩‍👩‍👧 \u{feff}\u{0}\u{1b}[31m".to_owned()),
        3 => one_of(&[
            "\n", "\n\n", "\r\n", "\r", "\u{85}", "\u{2028}", "\u{c}", "\t", "  ", "\u{a0}",
            "\n    ",
        ]),
        3 => one_of(&[
            "# ", "## ", "> ", "- ", "1. ", "*", "**", "_", "`", "```\n", "~~", "[",
            "](http://a.b \"c d\") ", "![", "]", "[^1]", "[^1]: ",
            "| a | b |\n|---|---|\n| c | d |\n", "&amp;", "&nbsp;", "&#65;", "\\", "<b>", "</b>",
            "<!-- x -->", "<br/>", "<div>\n", "---\n", "===\n", "title: x\n",
        ]),
        1 => one_of(&[
            "Share this article\n", "By Rowan Example\n", "Leave a Reply\n", "© Sample, 2024\n",
            "3 May 2024\n",
        ]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

fn one_of(pieces: &[&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(pieces.to_vec()).prop_map(str::to_owned)
}

proptest! {
    #[test]
    fn every_document_is_consistent(text in hostile(), marked in any::<bool>()) {
        let text = if marked { format!("\u{feff}{text}") } else { text };
        for name in ["a.txt", "a.md"] {
            match extractor(name).extract(text.clone().into_bytes()) {
                Ok(document) => {
                    prop_assert_eq!(&document.text, &text);
                    prop_assert_eq!(document.kind, TextKind::File);
                    check(&document);
                }
                Err(Unreadable(reason)) => {
                    prop_assert!(text.contains('\0') || reason == "is empty", "{}", reason);
                }
            }
        }
    }

    #[test]
    fn arbitrary_bytes_are_extracted_or_refused(
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        for name in ["a.txt", "a.md"] {
            if let Ok(document) = extractor(name).extract(bytes.clone()) {
                check(&document);
            }
        }
    }

    /// Plain text consists of its blocks and the white space between them.
    #[test]
    fn plain_text_is_covered_by_its_blocks(text in hostile()) {
        let Ok(document) = extractor("a.txt").extract(text.into_bytes()) else { return Ok(()) };
        let start = if document.text.starts_with('\u{feff}') { 3 } else { 0 };
        prop_assume!(!document.text[start..].starts_with("---"));
        let mut end = start;
        for block in &document.blocks {
            prop_assert!(document.text[end..block.span.start].trim().is_empty());
            end = block.span.end;
        }
        prop_assert!(document.text[end..].trim().is_empty());
    }
}

#[test]
fn a_line_of_ten_megabytes_is_cut_into_pieces_of_one_paragraph() {
    let line = "The gate at Torkham was closed on 12 October and nobody knew for how long. "
        .repeat(10 * 1024 * 1024 / 75);
    for name in ["a.txt", "a.md"] {
        let document = read(name, &line);
        let passages = passages(&document);
        assert!(passages.iter().all(|passage| passage.text.len() <= 16 << 10));
        // Markdown is parsed a mebibyte at a time, each a paragraph for itself.
        let mut pieces = passages.iter().map(|passage| passage.piece.unwrap());
        while let Some([first, count]) = pieces.next() {
            assert!(first == 1 && count > 60, "{name}: {first} of {count}");
            for number in 2..=count {
                assert_eq!(pieces.next(), Some([number, count]), "{name}");
            }
        }
    }
}

#[test]
fn many_short_lines_take_linear_time() {
    let lines =
        "A line that is short\nand one that goes on, as it seems, for ever\n".repeat(50_000);
    let document = read("a.txt", &lines);
    assert!(!document.blocks.is_empty());
}
