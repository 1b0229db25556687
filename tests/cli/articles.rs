//! Queries over real articles in the folder `shared` beside the repository. Their text may not be
//! copied here, so these tests check which passages are found, and that every quotation is, byte
//! for byte, in its file.

use std::fs;
use std::path::PathBuf;

use pincite_core::cite::{Citation, Selector};
use serde_json::Value;

use crate::desk::Desk;
use crate::skip::shared;

/// Returns the hits of a query over the articles, as JSON, and the folder; `None` if it is absent.
fn hits(query: &str) -> Option<(Vec<Value>, PathBuf)> {
    let folder = shared("articles")?.canonicalize().expect("it exists");
    let desk = Desk::new();
    let run = desk.run(&[
        "query",
        "--corpus",
        &folder.to_string_lossy(),
        query,
        "-n",
        "50",
        "--format",
        "json",
    ]);
    assert_eq!(run.code, Some(0), "{run}");
    let results: Value = serde_json::from_str(&run.stdout).expect("it is JSON");
    Some((results["hits"].as_array().expect("a list").clone(), folder))
}

#[test]
fn the_two_recognition_sentences_come_first() {
    let Some((hits, _)) = hits("Pakistan recognized the Taliban in 1997") else { return };
    let ids: Vec<_> =
        hits.iter().take(2).filter_map(|hit| hit["citation"]["id"].as_str()).collect();
    assert_eq!(ids[0], "gsdn-ahlawat#p5.3", "1997");
    assert!(ids[1].starts_with("alwaght#"), "1996: {ids:?}");
    let first = &hits[0]["citation"];
    assert_eq!(first["locator"]["bytes"], serde_json::json!([3632, 3789]));
    assert_eq!(first["locator"]["chars"], serde_json::json!([3600, 3757]));
    assert_eq!(first["locator"]["utf16"], serde_json::json!([3600, 3757]));
    assert_eq!(first["locator"]["lines"], serde_json::json!([9, 9]));
    let second = hits[1]["citation"]["quote"].as_str().expect("a quotation");
    assert!(second.contains("1996") && second.contains("recogni"), "the sentence that says 1996");
}

#[test]
fn every_quotation_is_in_its_file_at_its_place() {
    for query in [
        "Pakistan recognized the Taliban in 1997",
        "Durand Line",
        "TTP attacks \"Pakistan\"",
        "refugees trade border",
    ] {
        let Some((hits, folder)) = hits(query) else { return };
        assert!(!hits.is_empty(), "{query}");
        for hit in hits {
            let citation: Citation =
                serde_json::from_value(hit["citation"].clone()).expect("a citation record");
            let bytes = fs::read(folder.join(&citation.file)).expect("the source is there");
            check(&citation, &bytes);
            let text = String::from_utf8(bytes).expect("the articles are UTF-8");
            for found in hit["passage"]["matches"].as_array().expect("a list") {
                let [start, end] =
                    [0, 1].map(|i| found["bytes"][i].as_u64().expect("an offset") as usize);
                assert!(
                    text.get(start..end).is_some_and(|matched| !matched.is_empty()),
                    "{}: {found}",
                    citation.id
                );
            }
        }
    }
}

/// Checks a citation of a text file, in every coordinate space.
fn check(citation: &Citation, bytes: &[u8]) {
    let id = &citation.id;
    let quote = citation.quote.as_str();
    let locator = &citation.locator;
    assert_eq!(&bytes[locator.bytes.start..locator.bytes.end], quote.as_bytes(), "{id}: bytes");
    assert_eq!(citation.content_hash, pincite_core::source::content_hash(bytes), "{id}");
    assert_eq!(citation.quote_hash, pincite_core::source::content_hash(quote.as_bytes()), "{id}");
    let text = std::str::from_utf8(bytes).expect("the articles are UTF-8");
    let chars: String = text.chars().skip(locator.chars.start).take(locator.chars.len()).collect();
    assert_eq!(chars, quote, "{id}: code points");
    let units: Vec<u16> = text.encode_utf16().collect();
    let utf16 = String::from_utf16(&units[locator.utf16.start..locator.utf16.end])
        .expect("no half of a pair");
    assert_eq!(utf16, quote, "{id}: UTF-16");
    let line =
        |offset: usize| 1 + text[..offset].replace("\r\n", "\n").matches(['\n', '\r']).count();
    assert_eq!(locator.lines, [line(locator.bytes.start), line(locator.bytes.end)], "{id}: lines");
    for selector in &citation.selectors {
        match selector {
            Selector::TextQuote { prefix, exact, suffix } => {
                assert_eq!(exact, quote, "{id}");
                assert!(text[..locator.bytes.start].ends_with(prefix), "{id}: prefix");
                assert!(text[locator.bytes.end..].starts_with(suffix), "{id}: suffix");
            }
            Selector::TextPosition { start, end } => {
                assert_eq!([*start, *end], [locator.chars.start, locator.chars.end], "{id}");
            }
            Selector::DataPosition { start, end } => {
                assert_eq!([*start, *end], [locator.bytes.start, locator.bytes.end], "{id}");
            }
        }
    }
}
