//! Saved pages: what is read, and that every citation can be cut out of the page and parsed to the
//! same words, with a parser that has nothing to do with the reader.
#![cfg(feature = "html")]

use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::Path;

use flate2::read::GzDecoder;
use pincite_extract::extract::{BlockKind, Document, extractor_for};
use pincite_extract::source::{Provenance, SourceId, TextKind};
use proptest::prelude::*;
use scraper::Html;

/// A page with what surrounds an article.
const PAGE: &str = r#"<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>The bridge at Karvo - Lowland Post</title>
<meta property="og:site_name" content="Lowland Post">
<link rel="canonical" href="https://lowland.example/karvo">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "The bridge at Karvo",
 "author": {"name": "Rowan Example"}, "datePublished": "2019-03-04T08:00:00Z"}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul></nav>
<article><h1>The bridge at Karvo</h1>
<p>The old bridge at Karvo was closed on Monday after engineers found cracks in two of its
  piers, the regional road office said. It had carried the only road into the valley since 1932.</p>
<p>&ldquo;We could not wait,&rdquo; said its head, <b>Dana Sample</b>. <i class="a b">&ldquo;One flood
 more, and it goes.&rdquo;</i> Caf&eacute;s on both banks have lost their guests&nbsp;&#8212; and the
 ferry, which was to be sold, is running again.</p>
<h2>What it costs</h2>
<table><tr><th>Year</th><th>Repairs</th></tr><tr><td>2017</td><td>40 thousand crowns</td></tr></table>
<ul><li>The piers will be cut down to the water and built anew, over two summers.</li>
<li>Until then a ferry takes eight cars at a time, every half hour, by day only.</li></ul>
<p>A decision on a new bridge is expected in the autumn,<br>when the council meets. Nobody in the
valley expects it to be quick, and the mayor has said that he will not stand again.</p>
</article><footer><p>All rights reserved by the Lowland Post and its partners.</p></footer></body></html>
"#;

fn read(page: &[u8]) -> Document {
    let extractor = extractor_for(Path::new("a.html")).expect("pages are read");
    extractor.extract(page.to_vec()).expect("it has a text")
}

fn of_kind(document: &Document, kind: BlockKind) -> Vec<&str> {
    let blocks = document.blocks.iter().filter(|block| block.kind == kind);
    blocks.map(|block| block.readable(&document.text)).collect()
}

/// Returns the letters of a text: what is left when white space and characters without width are
/// not looked at.
fn letters(text: &str) -> String {
    let dropped = |c: &char| matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}');
    text.chars().filter(|c| !c.is_whitespace() && !dropped(c)).collect()
}

/// Parses a slice of a page to the text that a browser shows.
fn parsed(slice: &str) -> String {
    const UNREAD: [&str; 9] =
        ["script", "style", "noscript", "template", "title", "iframe", "svg", "textarea", "select"];
    let html = Html::parse_fragment(slice);
    let mut text = String::new();
    for node in html.tree.root().descendants() {
        let Some(part) = node.value().as_text() else { continue };
        let hidden = node
            .ancestors()
            .filter_map(|node| node.value().as_element())
            .any(|element| UNREAD.contains(&element.name()));
        if !hidden {
            text.push_str(part);
        }
    }
    letters(&text)
}

/// Counts the citations of a page, and those that do not parse to what they quote.
fn check(document: &Document) -> (usize, usize) {
    let (mut all, mut wrong) = (0, 0);
    for passage in document.passages(&SourceId::slug("a")) {
        let whole = pincite_extract::source::Sentences {
            first: 1,
            last: u32::try_from(passage.sentences.len()).expect("there are few"),
        };
        let spans = passage.sentences.iter().copied().chain(passage.span_of(whole));
        for span in spans {
            let slice = &passage.text[span.start..span.end];
            all += 1;
            if parsed(slice) != letters(passage.readable(span)) {
                wrong += 1;
                println!("{slice}\nis parsed to\n{}\n", parsed(slice));
            }
        }
    }
    (all, wrong)
}

#[test]
fn an_article_is_told_from_its_page() {
    let document = read(PAGE.as_bytes());
    assert_eq!(document.kind, TextKind::Markup);
    assert_eq!(document.text, PAGE);
    assert_eq!(of_kind(&document, BlockKind::Title), ["The bridge at Karvo"]);
    assert_eq!(of_kind(&document, BlockKind::Heading(2)), ["What it costs"]);
    let paragraphs = of_kind(&document, BlockKind::Paragraph);
    assert!(paragraphs[0].starts_with("The old bridge at Karvo was closed on Monday after"));
    assert!(paragraphs[1].contains("Dana Sample. “One flood more, and it goes.” Cafés on both"));
    assert!(paragraphs.contains(&"2017 40 thousand crowns"), "{paragraphs:?}");
    assert!(paragraphs.iter().any(|it| it.contains("in the autumn, when the council meets.")));
    assert!(of_kind(&document, BlockKind::Boilerplate).contains(&"Home"));
    let metadata = &document.metadata;
    assert_eq!(metadata.title(), Some("The bridge at Karvo"));
    assert_eq!(metadata.names("author")[0].display(), "Rowan Example");
    assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), Some("2019-03-04"));
    assert_eq!(metadata.url(), Some("https://lowland.example/karvo"));
    assert!(metadata.iter().all(|(_, _, provenance)| provenance == Provenance::Declared));
}

#[test]
fn what_a_dialog_says_is_no_part_of_the_article() {
    let said = "We keep small files on your machine, to count how often you come back to us.";
    let dialog = format!("<div class='m' role='dialog' aria-hidden='true'><p>{said}</p></div>");
    let page = PAGE.replace("</article>", &format!("</article>{dialog}"));
    let document = read(page.as_bytes());
    assert!(of_kind(&document, BlockKind::Boilerplate).contains(&said));
    let within = PAGE.replace("<h2>", &format!("{dialog}<h2>"));
    assert!(of_kind(&read(within.as_bytes()), BlockKind::Boilerplate).contains(&said));
}

#[test]
fn sentences_are_cut_without_the_tags_around_them() {
    let document = read(PAGE.as_bytes());
    let passages = document.passages(&SourceId::slug("a"));
    let slices: Vec<&str> =
        passages[1].sentences.iter().map(|it| it.of(&passages[1].text)).collect();
    assert!(slices.iter().any(|it| it.starts_with("&ldquo;One flood")), "{slices:#?}");
    assert_eq!(check(&document).1, 0);
}

#[test]
fn a_page_that_is_cut_within_a_line_break_has_no_blank_ends() {
    for end in ["\r", "\r\n", "\n", " \r\n \r"] {
        let page =
            format!("<p>The ferry ran twice & was full,\r\nthe drivers said in the end.{end}");
        let document = read(page.as_bytes());
        assert_eq!(document.blocks.len(), 1);
        assert!(document.blocks[0].span.of(&document.text).ends_with("end."));
        assert_eq!(check(&document).1, 0);
    }
}

#[test]
fn a_page_may_end_in_a_reference() {
    for end in ["&", "&amp", "&#x41", "of A&B", "&<"] {
        let page = format!("<p>The ferry ran twice and was full, said the drivers {end}");
        let document = read(page.as_bytes());
        assert_eq!(check(&document).1, 0, "{end}");
        assert!(document.blocks[0].span.of(&document.text).ends_with(end), "{end}");
        read(end.as_bytes());
    }
}

#[test]
fn a_page_in_another_encoding_is_extracted() {
    let page = PAGE.replace("Karvo", "K\u{e4}rvo");
    let bytes: Vec<u8> = page.chars().map(|c| u8::try_from(c).expect("Latin-1")).collect();
    let document = read(&bytes);
    assert_eq!(document.kind, TextKind::Extracted);
    assert!(!document.text.contains('<') && document.text.contains("bridge at Kärvo was closed"));
}

#[test]
fn hostile_pages_are_read_in_bounds() {
    let deep = "<div>".repeat(100_000) + "It rained.";
    let bold = "<b a=1><i>".repeat(20_000) + "It rained.";
    let cells = format!("<table><tr>{}</table>", "<td>a b</td>".repeat(100_000));
    let long = format!("<p>{}</p>", "The gate was shut. ".repeat(10_000));
    let marks = format!("<p>{}</p>", "a &amp; ".repeat(50_000));
    let image = format!("<p>One.<img src=\"{}\">Two.</p>", "x".repeat(1 << 20));
    for page in [deep, bold, cells, long, marks, image] {
        let document = read(page.as_bytes());
        assert!(!document.passages(&SourceId::slug("a")).is_empty());
    }
}

/// Citations of the shared pages, of which a few are in what browsers repair.
#[test]
fn slices_of_shared_pages_parse_to_what_is_quoted() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/html");
    let Ok(files) = fs::read_dir(folder) else {
        let _ = writeln!(io::stderr(), "skipped: slices_of_shared_pages (no ../shared/data/html)");
        return;
    };
    let (mut all, mut wrong) = (0, 0);
    for file in files {
        let path = file.expect("it can be listed").path();
        if path.extension().is_none_or(|extension| extension != "gz") {
            continue;
        }
        let mut page = Vec::new();
        let packed = fs::File::open(path).expect("it can be read");
        GzDecoder::new(packed).read_to_end(&mut page).expect("it is whole");
        let (of_page, wrong_of_page) = check(&read(&page));
        (all, wrong) = (all + of_page, wrong + wrong_of_page);
    }
    assert!(all > 4_000, "{all}");
    assert_eq!(wrong, 0, "of {all}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Whatever is done to a page, what is cited parses to what is quoted, and nothing panics.
    #[test]
    fn damaged_pages_are_read(
        edits in prop::collection::vec((0usize..PAGE.len(), 0usize..24, "[<>&;/a\"' =!-]{0,6}"), 1..6),
    ) {
        let mut page = PAGE.to_owned();
        for (at, cut, put) in edits {
            let at = (0..=at.min(page.len())).rev().find(|&at| page.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(page.len());
            let end = (at..=end).rev().find(|&end| page.is_char_boundary(end)).unwrap_or(at);
            page.replace_range(at..end, &put);
        }
        let document = read(page.as_bytes());
        for passage in document.passages(&SourceId::slug("a")) {
            for span in &passage.sentences {
                prop_assert!(passage.text.get(span.start..span.end).is_some());
                prop_assert!(!passage.readable(*span).is_empty());
            }
        }
    }
}
