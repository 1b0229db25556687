#[path = "../../../tests/shared/mod.rs"]
mod shared;

use proptest::prelude::*;
use serde_json::json;
use shared::shared;

use super::*;
use crate::cite::fixture::{citation, passage, source, whole};
use crate::source::{Metadata, SourceId};
use crate::text::{Position, sentences};

#[test]
fn a_sentence_and_a_paragraph() {
    let sentence = citation(json!({}));
    assert_eq!(sentence.id.to_string(), "bridge#p3.2");
    assert_eq!(sentence.quote, "The bridge opened in 1932.");
    assert_eq!(sentence.locator.sentences, [2, 2]);
    assert_eq!(sentence.locator.bytes, Span::new(101, 127));
    assert_eq!(sentence.locator.chars, Span::new(91, 117));
    assert_eq!(sentence.locator.utf16, Span::new(92, 118));
    assert_eq!(sentence.locator.lines, [5, 5]);
    let paragraph = whole(json!({}));
    assert_eq!(paragraph.id.to_string(), "bridge#p3");
    assert_eq!(paragraph.locator.sentences, [1, 2]);
    assert_eq!(paragraph.locator.bytes, passage().span());
}

#[test]
fn only_a_page_is_cited_as_one() {
    let page = |part| {
        let passage = Passage { part: Some(part), ..passage() };
        Citation::new(&source(json!({})), &passage, None).expect("a whole paragraph").locator.page
    };
    assert_eq!(page(Part::Page { number: 12, label: None }), Some(12));
    assert_eq!(page(Part::Page { number: 4, label: Some("iv".into()) }), Some(4));
    assert_eq!(page(Part::Chapter(4)), None);
}

#[test]
fn sentences_that_are_not_there_are_not_cited() {
    let cite = |first, last| {
        Citation::new(&source(json!({})), &passage(), Some(Sentences { first, last }))
    };
    assert!(cite(1, 2).is_some());
    for (first, last) in [(0, 1), (1, 3), (3, 3), (2, 1), (u32::MAX, u32::MAX)] {
        assert!(cite(first, last).is_none(), "{first}-{last}");
    }
}

#[test]
fn the_source_is_csl_json_with_the_provenance_of_every_variable() {
    let mut source = source(json!({
        "id": "another", "type": "book", "title": "T", "custom": {"shelf": 3, "provenance": "forged"}, "x-unknown": [1],
    }));
    source.metadata.set("author", json!([{"literal": "A"}]), Provenance::Inferred);
    let citation = Citation::new(&source, &passage(), None).expect("a paragraph");
    assert_eq!(
        serde_json::to_string(&citation.source).expect("JSON"),
        r#"{"id":"bridge","type":"book","title":"T","x-unknown":[1],"author":[{"literal":"A"}],"custom":{"shelf":3,"#
            .to_owned()
            + r#""provenance":{"type":"declared","title":"declared","x-unknown":"declared","author":"inferred"}}}"#
    );
}

#[test]
fn what_is_not_there_is_left_out() {
    let bare = Passage { section: vec![], ..passage() };
    let citation = Citation::new(&source(json!({})), &bare, None).expect("a paragraph");
    let json = serde_json::to_value(&citation).expect("JSON");
    let keys =
        |value: &Value| value.as_object().expect("an object").keys().cloned().collect::<Vec<_>>();
    assert_eq!(
        keys(&json),
        [
            "schema",
            "id",
            "quote",
            "file",
            "text",
            "locator",
            "selectors",
            "source",
            "content_hash",
            "quote_hash"
        ]
    );
    assert_eq!(
        keys(&json["locator"]),
        ["paragraph", "sentences", "lines", "bytes", "chars", "utf16"]
    );
    assert_eq!(json["source"], json!({"id": "bridge", "type": "document"}));
}

#[test]
fn unknown_fields_are_refused() {
    let mut json = serde_json::to_value(citation(json!({}))).expect("JSON");
    assert!(serde_json::from_value::<Citation>(json.clone()).is_ok());
    for place in ["", "/locator", "/selectors/0"] {
        let mut json = json.clone();
        json.pointer_mut(place)
            .and_then(Value::as_object_mut)
            .expect("an object")
            .insert("x".into(), json!(1));
        assert!(serde_json::from_value::<Citation>(json).is_err(), "{place}");
    }
    json["selectors"][0]["type"] = json!("CssSelector");
    assert!(serde_json::from_value::<Citation>(json).is_err());
}

/// The example of the README: a real sentence of a real file, found by its line and place in it.
#[test]
fn the_main_example() {
    let Some(file) = shared("articles/gsdn-ahlawat.txt") else { return };
    let text = std::fs::read_to_string(file).expect("it is UTF-8");
    let line = text.lines().nth(8).expect("it has nine lines");
    let start = line.as_ptr() as usize - text.as_ptr() as usize;
    let end = start + line.len();
    let mut metadata = Metadata::default();
    metadata.set(
        "author",
        json!([{"family": "Ahlawat", "given": "Khushbu"}]),
        Provenance::Inferred,
    );
    metadata.set("publisher", json!("GSDN"), Provenance::Inferred);
    metadata.set("type", json!("article-magazine"), Provenance::Inferred);
    let source = Source {
        id: SourceId::slug("gsdn-ahlawat"),
        file: "gsdn-ahlawat.txt".into(),
        text: TextKind::File,
        record: None,
        member: None,
        content_hash: content_hash(text.as_bytes()),
        language: Some("en".into()),
        metadata,
    };
    let passage = Passage {
        source: source.id.clone(),
        paragraph: 5,
        section: vec!["Historical Foundations: Strategic Depth and Its Miscalculations".into()],
        part: None,
        start: Position::START.after(&text[..start]),
        text: line.to_owned(),
        plain: None,
        sentences: sentences(line),
        before: text[..start]
            .chars()
            .rev()
            .take(Passage::CONTEXT)
            .collect::<Vec<_>>()
            .into_iter()
            .rev()
            .collect(),
        after: text[end..].chars().take(Passage::CONTEXT).collect(),
        language: Some("en".into()),
        piece: None,
    };
    let citation = Citation::new(&source, &passage, Some(Sentences { first: 3, last: 3 }))
        .expect("three sentences");
    let json = serde_json::to_value(&citation).expect("JSON");
    assert_eq!(json["id"], "gsdn-ahlawat#p5.3");
    assert_eq!(
        serde_json::to_string(&json["locator"]).expect("JSON"),
        r#"{"section":["Historical Foundations: Strategic Depth and Its Miscalculations"],"paragraph":5,"sentences":[3,3],"#
            .to_owned()
            + r#""lines":[9,9],"bytes":[3632,3789],"chars":[3600,3757],"utf16":[3600,3757]}"#
    );
    assert_eq!(json["quote"], text[3632..3789]);
    assert_eq!(json["selectors"][0]["prefix"], "kly recognized their potential utility. ");
    assert_eq!(json["selectors"][0]["suffix"], " The Taliban’s ideological conservatism ");
    assert_eq!(
        json["selectors"][1],
        json!({"type": "TextPositionSelector", "start": 3600, "end": 3757})
    );
    assert_eq!(
        json["selectors"][2],
        json!({"type": "DataPositionSelector", "start": 3632, "end": 3789})
    );
    assert_eq!(
        json["source"],
        json!({
            "id": "gsdn-ahlawat",
            "type": "article-magazine",
            "author": [{"family": "Ahlawat", "given": "Khushbu"}],
            "container-title": "GSDN",
            "custom": {"provenance": {"author": "inferred", "container-title": "inferred", "type": "inferred"}},
        })
    );
}

#[test]
fn the_type_of_an_undeclared_source_is_that_of_what_is_known() {
    let source = |variables| {
        let record = crate::cite::fixture::citation(variables);
        let part = |key: &str| record.source.get(key).and_then(Value::as_str).unwrap_or("-");
        [part("type"), part("container-title"), part("publisher")].join(" ")
    };
    for (variables, expected) in [
        (json!({}), "document - -"),
        (json!({"publisher": "P"}), "article-newspaper P -"),
        (json!({"container-title": "C", "publisher": "P"}), "article-newspaper C P"),
        (json!({"type": "article-magazine", "publisher": "P"}), "article-magazine P -"),
        (json!({"URL": "https://example.org"}), "webpage - -"),
        (json!({"type": "report", "publisher": "P"}), "report - P"),
        (json!({"ISBN": "1", "publisher": "P"}), "book - P"),
    ] {
        assert_eq!(source(variables.clone()), expected, "{variables}");
    }
}

/// A paragraph of any script: words and separators, no line break at either end.
fn paragraph() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("Pakistan"),
        Just("naïve"),
        Just("e\u{301}te\u{301}"),
        Just("طالبان"),
        Just("\u{200f}باكستان"),
        Just("塔利班。"),
        Just("承認?"),
        Just("👩‍👩‍👧"),
        Just("🇵🇰!"),
        Just("नमस्ते।"),
        Just("\u{feff}x"),
        Just("a\0b"),
        Just("**1997**."),
        Just("𝔘𝔫𝔦"),
        Just("Mr."),
        Just("\u{1b}[31m"),
    ];
    let space = prop_oneof![
        Just(" "),
        Just("  "),
        Just("\n"),
        Just("\r\n"),
        Just("\r"),
        Just("\u{a0}"),
        Just("\u{3000}")
    ];
    (word.clone(), prop::collection::vec((space, word), 0..24)).prop_map(|(first, rest)| {
        rest.into_iter().fold(first.to_owned(), |text, (space, word)| text + space + word)
    })
}

fn surroundings() -> impl Strategy<Value = String> {
    "[\u{feff}]?([a-zé塔😀 ]{0,30}(\n|\r\n|\r)){0,4}"
}

proptest! {
    /// Every citation of every run of sentences agrees with the whole text, counted from its start.
    #[test]
    fn a_citation_agrees_with_the_text(
        before in surroundings(), text in paragraph(), after in surroundings(),
        first in 1u32..6, more in 0u32..4, whole: bool,
    ) {
        // A lone `\r` must not meet a `\n`: the paragraph begins and ends on other characters, as
        // blocks do.
        let canonical = format!("{before}{text}\n{after}");
        let rest = format!("\n{after}");
        let passage = Passage {
            source: SourceId::slug("s"),
            paragraph: 2,
            section: vec![],
            part: None,
            start: Position::START.after(&before),
            sentences: sentences(&text),
            text: text.clone(),
            plain: None,
            before: before.chars().rev().take(Passage::CONTEXT).collect::<Vec<_>>().into_iter().rev().collect(),
            after: rest.chars().take(Passage::CONTEXT).collect(),
            language: None,
            piece: None,
        };
        let run = (!whole).then_some(Sentences { first, last: first + more });
        let Some(citation) = Citation::new(&source(json!({})), &passage, run) else {
            prop_assert!((first + more) as usize > passage.sentences.len());
            return Ok(());
        };

        let Locator { bytes, chars, utf16, lines, .. } = citation.locator;
        prop_assert_eq!(bytes.of(&canonical), &citation.quote);
        let skipped: Vec<char> = canonical.chars().skip(chars.start).take(chars.len()).collect();
        prop_assert_eq!(skipped.iter().collect::<String>(), citation.quote.clone());
        let units: Vec<u16> = canonical.encode_utf16().collect();
        let cut = String::from_utf16(&units[utf16.start..utf16.end]).expect("whole characters");
        prop_assert_eq!(&cut, &citation.quote);
        let line = |offset: usize| 1 + canonical[..offset].replace("\r\n", "\n").matches(['\n', '\r']).count();
        prop_assert_eq!(lines, [line(bytes.start), line(bytes.end)]);
        prop_assert_eq!(&citation.quote_hash, &content_hash(bytes.of(&canonical).as_bytes()));

        let Selector::TextQuote { prefix, exact, suffix } = &citation.selectors[0] else {
            return Err(TestCaseError::fail("the first selector is the text"));
        };
        let around = format!("{prefix}{exact}{suffix}");
        let from = bytes.start - prefix.len();
        prop_assert_eq!(canonical.get(from..from + around.len()), Some(around.as_str()));
        prop_assert_eq!(prefix.chars().count(), chars.start.min(Passage::CONTEXT));
        prop_assert_eq!(suffix.chars().count(), (canonical.chars().count() - chars.end).min(Passage::CONTEXT));

        let json = serde_json::to_string(&citation).expect("JSON");
        prop_assert_eq!(serde_json::from_str::<Citation>(&json).expect("the same record"), citation);
    }
}
