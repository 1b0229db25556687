//! Five saved web pages, each with another habit. They are not ours to copy, so they are checked where they are present,
//! and by numbers alone.

use super::*;
use crate::source::Name;

/// What is known of a page by reading it.
struct Known {
    file: &'static str,
    /// Body paragraphs, headings, and blocks that are page furniture.
    counts: [usize; 3],
    /// How many paragraphs stand under no heading, and how many headings the last one stands under.
    above_headings: usize,
    last_depth: usize,
    title_words: usize,
    author: Option<&'static str>,
    publisher: &'static str,
    issued: Option<&'static str>,
}

const PAGES: [Known; 5] = [
    Known {
        file: "gsdn-ahlawat",
        counts: [20, 7, 0],
        above_headings: 0,
        last_depth: 1,
        title_words: 0,
        author: Some("Khushbu Ahlawat"),
        publisher: "GSDN",
        issued: None,
    },
    Known {
        file: "alwaght",
        counts: [58, 26, 0],
        above_headings: 2,
        last_depth: 1,
        title_words: 0,
        author: None,
        publisher: "Alwaght",
        issued: None,
    },
    Known {
        file: "newszop",
        counts: [12, 3, 4],
        above_headings: 1,
        last_depth: 1,
        title_words: 9,
        author: None,
        publisher: "Newszop",
        issued: None,
    },
    Known {
        file: "didpress-mowahed",
        counts: [13, 7, 4],
        above_headings: 1,
        last_depth: 1,
        title_words: 10,
        author: Some("Mohsen Mowahed"),
        publisher: "DID Press",
        issued: None,
    },
    Known {
        file: "assamink",
        counts: [7, 0, 14],
        above_headings: 7,
        last_depth: 0,
        title_words: 14,
        author: None,
        publisher: "AssamInk",
        issued: Some("2025-10-16"),
    },
];

fn article(file: &str) -> Option<Document> {
    let bytes = std::fs::read(shared(&format!("articles/{file}.txt"))?).expect("it can be read");
    Some(extractor("a.txt").extract(bytes).expect("it is a text"))
}

#[test]
fn saved_pages_give_what_they_say_and_no_more() {
    for known in PAGES {
        let Some(document) = article(known.file) else { return };
        check(&document);
        let count = |is: fn(BlockKind) -> bool| {
            document.blocks.iter().filter(|block| is(block.kind)).count()
        };
        let counts = [
            count(|kind| kind == BlockKind::Paragraph),
            count(|kind| matches!(kind, BlockKind::Heading(_))),
            count(|kind| kind == BlockKind::Boilerplate),
        ];
        assert_eq!(counts, known.counts, "{}", known.file);
        let passages = passages(&document);
        assert_eq!(
            passages.iter().filter(|passage| passage.section.is_empty()).count(),
            known.above_headings
        );
        assert_eq!(passages.last().map(|passage| passage.section.len()), Some(known.last_depth));

        let metadata = &document.metadata;
        assert!(
            metadata
                .iter()
                .all(|(_, _, provenance)| provenance == crate::source::Provenance::Inferred)
        );
        assert_eq!(
            metadata.title().map_or(0, |title| title.split_whitespace().count()),
            known.title_words,
            "{}",
            known.file
        );
        assert_eq!(metadata.publisher(), Some(known.publisher));
        assert_eq!(metadata.names("author").first().map(Name::display).as_deref(), known.author);
        assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), known.issued);
    }
}

#[test]
fn headings_of_two_levels_nest() {
    let Some(document) = article("alwaght") else { return };
    let outermost =
        document.blocks.iter().filter(|block| block.kind == BlockKind::Heading(1)).count();
    assert_eq!(outermost, 6);
}

#[test]
fn the_main_example_stands_where_it_should() {
    let Some(document) = article("gsdn-ahlawat") else { return };
    let passage = &passages(&document)[4];
    let sentence = passage.sentences[2].shifted(passage.start.byte);
    assert_eq!(sentence, Span::new(3632, 3789));
    assert_eq!((passage.paragraph, passage.start.line, passage.section.len()), (5, 9, 1));
}
