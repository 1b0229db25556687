//! Five saved web pages with different conventions.
//!
//! They cannot be copied into the repository, so the tests are skipped where they are absent, and
//! compare numbers and hashes: no author or publisher is named here.

use super::*;
use crate::source::{Provenance, content_hash};

/// The expected results for a page, from reading it.
struct Known {
    /// The numbers of body paragraphs, headings and blocks of boilerplate.
    counts: [usize; 3],
    /// The number of paragraphs above all headings.
    above_headings: usize,
    /// The number of headings above the last paragraph.
    last_depth: usize,
    title_words: usize,
    /// The start of the BLAKE3 hash of the author's name.
    author: Option<&'static str>,
    /// The start of the BLAKE3 hash of the publisher's name.
    publisher: &'static str,
    issued: Option<&'static str>,
}

/// In the order of the file names.
const PAGES: [Known; 5] = [
    Known {
        counts: [58, 26, 0],
        above_headings: 2,
        last_depth: 1,
        title_words: 0,
        author: None,
        publisher: "4c92b6d5",
        issued: None,
    },
    Known {
        counts: [7, 0, 14],
        above_headings: 7,
        last_depth: 0,
        title_words: 14,
        author: None,
        publisher: "c4fd3965",
        issued: Some("2025-10-16"),
    },
    Known {
        counts: [13, 7, 4],
        above_headings: 1,
        last_depth: 1,
        title_words: 10,
        author: Some("ae639abd"),
        publisher: "79fb93e3",
        issued: None,
    },
    Known {
        counts: [20, 7, 0],
        above_headings: 0,
        last_depth: 1,
        title_words: 0,
        author: Some("8e287c62"),
        publisher: "dcbe93fe",
        issued: None,
    },
    Known {
        counts: [12, 3, 4],
        above_headings: 1,
        last_depth: 1,
        title_words: 9,
        author: None,
        publisher: "65df4dc0",
        issued: None,
    },
];

/// Returns the page with this index in the order of the file names.
fn article(index: usize) -> Option<Document> {
    let entries = std::fs::read_dir(shared("articles")?).expect("it can be listed");
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    files.sort();
    let bytes = std::fs::read(&files[index]).expect("it can be read");
    Some(extractor("a.txt").extract(bytes).expect("it is a text"))
}

/// Returns the first eight digits of the hash of a name.
fn hash(name: &str) -> String {
    content_hash(name.as_bytes())["blake3:".len()..][..8].to_owned()
}

#[test]
fn saved_pages_give_the_expected_structure_and_metadata() {
    for (index, known) in PAGES.iter().enumerate() {
        let Some(document) = article(index) else { return };
        check(&document);
        let count = |is: fn(BlockKind) -> bool| {
            document.blocks.iter().filter(|block| is(block.kind)).count()
        };
        let counts = [
            count(|kind| kind == BlockKind::Paragraph),
            count(|kind| matches!(kind, BlockKind::Heading(_))),
            count(|kind| kind == BlockKind::Boilerplate),
        ];
        assert_eq!(counts, known.counts, "page {index}");
        let passages = passages(&document);
        assert_eq!(
            passages.iter().filter(|passage| passage.section.is_empty()).count(),
            known.above_headings
        );
        assert_eq!(passages.last().map(|passage| passage.section.len()), Some(known.last_depth));

        let metadata = &document.metadata;
        assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Inferred));
        assert_eq!(
            metadata.title().map_or(0, |title| title.split_whitespace().count()),
            known.title_words,
            "page {index}"
        );
        assert_eq!(metadata.publisher().map(hash).as_deref(), Some(known.publisher));
        let author = metadata.names("author").first().map(|name| hash(&name.display()));
        assert_eq!(author.as_deref(), known.author);
        assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), known.issued);
    }
}

#[test]
fn headings_have_two_levels() {
    let Some(document) = article(0) else { return };
    let outermost =
        document.blocks.iter().filter(|block| block.kind == BlockKind::Heading(1)).count();
    assert_eq!(outermost, 6);
}

#[test]
fn the_main_example_has_the_expected_position() {
    let Some(document) = article(3) else { return };
    let passage = &passages(&document)[4];
    let sentence = passage.sentences[2].shifted(passage.start.byte);
    assert_eq!(sentence, Span::new(3632, 3789));
    assert_eq!((passage.paragraph, passage.start.line, passage.section.len()), (5, 9, 1));
}
