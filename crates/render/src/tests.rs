//! Tests of all formats with values made by hand, without an index or files.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use pincite_core::cite::Citation;
use pincite_core::cite::Quotation;
use pincite_core::engine::{Answer, Context, Found};
use pincite_core::query::{Match, Via};
use pincite_core::search::{ScoreDetails, ScorePart};
use pincite_core::source::{
    Metadata, Passage, PassageId, Provenance, Sentences, Source, SourceId, TextKind, content_hash,
};
use pincite_core::text::{Plain, PlainBuilder, Position, Span, sentences};

/// Returns a quotation of the third line of a source. `quoted` is the number of the sentence, and
/// `matched` are words of it.
fn quotation(
    text: &str,
    plain: Option<Plain>,
    quoted: u32,
    matched: &[&str],
    metadata: Metadata,
) -> Quotation {
    let start = Position::START.after("A title\n\n");
    let source = Source {
        id: SourceId::slug("border-notes"),
        file: "2025/border notes.md".to_owned(),
        text: TextKind::File,
        record: None,
        member: None,
        content_hash: content_hash(b""),
        language: Some("en".to_owned()),
        metadata,
    };
    let passage = Passage {
        source: source.id.clone(),
        paragraph: 4,
        section: vec!["Old quarrels".to_owned(), "The line".to_owned()],
        part: None,
        start,
        text: text.to_owned(),
        plain,
        sentences: sentences(text),
        before: String::new(),
        after: String::new(),
        language: Some("en".to_owned()),
        piece: None,
    };
    let mut matches: Vec<Match> = matched
        .iter()
        .flat_map(|word| text.match_indices(word))
        .map(|(at, word)| Span::new(at, at + word.len()).shifted(start.byte))
        .map(|span| Match { span, term: String::new(), via: Via::Exact })
        .collect();
    matches.sort_by_key(|found| found.span);
    let best = Sentences { first: quoted, last: quoted };
    let mut citation =
        Citation::new(&source, &passage, Some(best)).expect("it has such a sentence");
    citation.formatted =
        Some("(Specimen, 2025, para. 4)\nSpecimen, M. (2025). Names & borders.".to_owned());
    Quotation { citation, passage, source: Arc::new(source), matches }
}

fn metadata() -> Metadata {
    let mut metadata = Metadata::default();
    metadata.set(
        "author",
        json!([{"family": "Specimen", "given": "Morgan"}, {"literal": "Desk"}]),
        Provenance::Inferred,
    );
    metadata.set("title", json!("Names & borders"), Provenance::Declared);
    metadata.set("container-title", json!("Sample"), Provenance::Declared);
    metadata.set("issued", json!({"date-parts": [[2025, 10]]}), Provenance::Inferred);
    metadata.set("URL", json!("https://example.org/a?b=1&c=2"), Provenance::Declared);
    metadata
}

/// Returns a quotation of the second sentence of Markdown.
fn markdown_quotation() -> Quotation {
    let text = "It rained. In **1997**,\nPakistan *recognised* the Taliban. Nobody followed.";
    let mut plain = PlainBuilder::new(text);
    for (from, to) in [(0, 14), (16, 20), (22, 23)] {
        plain.copy(Span::new(from, to));
    }
    plain.write(" ");
    for (from, to) in [(24, 33), (34, 44), (45, text.len())] {
        plain.copy(Span::new(from, to));
    }
    quotation(text, plain.finish(), 2, &["1997", "recogni"], metadata())
}

fn answer(quotation: Quotation) -> Answer {
    let part = |name, value, note: &str| ScorePart { name, value, note: note.to_owned() };
    let parts = vec![part("body", 12.0, "pakistan 8.0, taliban 4.0"), part("near", 0.5, "")];
    let found = Found {
        rank: 1,
        score: 12.5,
        coverage: 1.0,
        details: ScoreDetails { parts },
        copies: vec![PassageId { source: SourceId::slug("other"), paragraph: 7, sentences: None }],
        quotation,
        context: None,
    };
    Answer {
        query: "<1997>".to_owned(),
        like: None,
        total: 1,
        found: vec![found],
        variants: Vec::new(),
    }
}

fn bare(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

#[test]
fn stretches_follow_the_quotation_through_markup() {
    let quotation = markdown_quotation();
    let pieces: Vec<_> =
        quotation.stretches().iter().map(|p| (p.text, p.quoted, p.matched)).collect();
    assert_eq!(
        pieces,
        [
            ("It rained. ", false, false),
            ("In ", true, false),
            ("1997", true, true),
            (", Pakistan ", true, false),
            ("recognised", true, true),
            (" the Taliban.", true, false),
            (" Nobody followed.", false, false),
        ]
    );
}

#[test]
fn a_result_has_its_reference_and_place() {
    let answer = answer(markdown_quotation());
    assert_eq!(
        bare(&results(&answer, 60, false)),
        "\u{20}1  In 1997, Pakistan recognised the Taliban.
    — Morgan Specimen and Desk, “Names & borders”, Sample,
      2025-10 (author and date inferred)
      § Old quarrels › The line, ¶ 4, sentence 2 ·
      2025/border notes.md:3 · border-notes#p4.2
      nearly the same in other#p7
"
    );
    assert!(results(&answer, 60, false).contains(&paint(MATCH, "1997")));
}

#[test]
fn scores_are_explained_on_demand() {
    let answer = answer(markdown_quotation());
    let text = bare(&results(&answer, 80, true));
    assert!(
        text.ends_with(
            "      score 12.500\n        body   12.000  pakistan 8.0, taliban 4.0\n        \
             near    0.500\n"
        ),
        "{text}"
    );
    let json: serde_json::Value =
        serde_json::from_str(&json::results(&answer, true)).expect("it is JSON");
    assert_eq!(
        json["hits"][0]["details"][0],
        json!({"name": "body", "value": 12.0, "note": "pakistan 8.0, taliban 4.0"})
    );
}

#[test]
fn context_surrounds_the_whole_paragraph() {
    let mut answer = answer(markdown_quotation());
    let neighbour = |text: &str| quotation(text, None, 1, &[], Metadata::default()).passage;
    answer.found[0].context =
        Some(Context { before: vec![neighbour("Before.")], after: vec![neighbour("After.")] });
    let text = bare(&results(&answer, 100, false));
    assert!(
        text.starts_with(
            "    Before.\n\n \
             1  It rained. In 1997, Pakistan recognised the Taliban. Nobody followed.\n\n    \
             After.\n\n    — Morgan"
        ),
        "{text}"
    );
}

#[test]
fn unknown_metadata_is_left_out() {
    let answer = answer(quotation("Rain fell.", None, 1, &[], Metadata::default()));
    let text = bare(&results(&answer, 100, false));
    assert!(
        text.starts_with(
            " 1  Rain fell.\n    — § Old quarrels › The line, ¶ 4 · 2025/border notes.md:3 · "
        ),
        "{text}"
    );
    assert_eq!(reference(&answer.found[0].quotation.source), "");
}

#[test]
fn many_authors_are_counted() {
    let mut metadata = Metadata::default();
    let authors = ["A", "B", "C", "D"].map(|name| json!({"family": name}));
    metadata.set("author", json!(authors), Provenance::Declared);
    let quotation = quotation("Rain fell.", None, 1, &[], metadata);
    assert_eq!(reference(&quotation.source), "A and 3 others");
}

#[test]
fn a_very_long_quotation_is_shortened_to_the_match() {
    let text = format!(
        "{}Kabul fell, {}and that was all.",
        "they marched, ".repeat(400),
        "they sang, ".repeat(400)
    );
    let shown = |matched: &[&str]| {
        let shown = bare(&results(
            &answer(quotation(&text, None, 1, matched, Metadata::default())),
            100,
            false,
        ));
        shown
            .lines()
            .take_while(|line| !line.contains('—'))
            .map(|line| format!("{} ", line.trim()))
            .collect::<String>()
    };
    let around = shown(&["Kabul"]);
    assert!(around.starts_with("1  […] they marched,"), "{around}");
    assert!(
        around.contains("they marched, Kabul fell, they sang,") && around.ends_with("[…] "),
        "{around}"
    );
    assert!(around.chars().count() < 1300);
    assert!(
        shown(&[]).starts_with("1  they marched,")
            && shown(&["all"]).ends_with("and that was all. ")
    );
}

#[test]
fn parts_of_a_score_that_are_zero_are_left_out() {
    let mut answer = answer(quotation("Rain fell.", None, 1, &[], Metadata::default()));
    answer.found[0].details.parts.push(ScorePart {
        name: "title",
        value: 0.0004,
        note: "0 %".to_owned(),
    });
    let shown = bare(&results(&answer, 100, true));
    assert!(shown.contains("body") && !shown.contains("title"), "{shown}");
}

#[test]
fn markdown_quotes_and_links() {
    let text = markdown(&[markdown_quotation()]);
    assert_eq!(
        text,
        "\
> In 1997, Pakistan recognised the Taliban.

— (Specimen, 2025, para. 4) Specimen, M. (2025). Names & borders. 2025/border notes.md:3, \
[border-notes#p4.2](<https://example.org/a?b=1&c=2>)
"
    );
}

#[test]
fn html_escapes_hostile_text() {
    let mut hostile = metadata();
    hostile.set("URL", json!("javascript:alert(1)"), Provenance::Declared);
    let text = "He said <script>alert('1997')</script> & \u{202e}left\u{1b}[2J.";
    let page = html("<1997>", &[quotation(text, None, 1, &["1997"], hostile)]);
    assert!(page.contains(
        "He said &lt;script&gt;alert(&#39;<mark>1997</mark>&#39;)&lt;/script&gt; &amp; \
             \\u{202e}left"
    ));
    assert!(
        !page.contains("<script")
            && !page.contains("javascript:")
            && !page.contains(['\u{1b}', '\u{202e}'])
    );
    assert!(page.contains("<title>&lt;1997&gt;</title>"));
    let page = html("x", &[markdown_quotation()]);
    assert!(page.contains("href=\"https://example.org/a?b=1&amp;c=2\""));
}

#[test]
fn json_escapes_control_characters() {
    let text = "red \u{9b}31m and \u{202e}back\u{7f} \u{1b}.";
    let json = json::results(&answer(quotation(text, None, 1, &[], Metadata::default())), false);
    assert!(!json.contains(['\u{9b}', '\u{202e}', '\u{7f}', '\u{1b}']));
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["hits"][0]["passage"]["text"], text);
    assert_eq!(json["hits"][0]["citation"]["quote"], text);
}

proptest! {
    #[test]
    fn stretches_are_the_passage(text in "\\PC{1,80}", from in 0..80usize) {
        let matched: String = text.chars().skip(from).take(3).collect();
        prop_assume!(!sentences(&text).is_empty());
        let matched: &[&str] = if matched.is_empty() { &[] } else { &[&matched] };
        let quotation = quotation(&text, None, 1, matched, Metadata::default());
        let pieces = quotation.stretches();
        prop_assert_eq!(pieces.iter().map(|piece| piece.text).collect::<String>(), text);
        for pair in pieces.windows(2) {
            let [a, b] = pair else { unreachable!("windows have two pieces") };
            prop_assert!((a.quoted, a.matched) != (b.quoted, b.matched));
        }
    }

    #[test]
    fn no_format_has_control_characters(
        text in "[a\u{1b}\u{9b}\u{7}\u{202e}\u{2066}\0\\[<&\"' .\n]{1,40}",
    ) {
        prop_assume!(!sentences(&text).is_empty());
        let quotation = quotation(&text, None, 1, &[], Metadata::default());
        let quotations = [quotation.clone()];
        let answer = answer(quotation);
        let forms = [
            bare(&results(&answer, 60, false)),
            bare(&citations(&quotations, 60)),
            markdown(&quotations),
            html("", &quotations),
            json::results(&answer, false),
            json::results_as_lines(&answer, false),
        ];
        for form in forms {
            prop_assert!(!form.contains(|c| escape::is_unsafe(c) && c != '\n'), "{form:?}");
        }
    }
}

/// Two megabytes would take hours if any step were quadratic.
#[test]
fn very_long_lines_take_linear_time() {
    for text in [
        "Pakistan recognised the Taliban. ".repeat(60_000),
        "x".repeat(2 << 20),
        "承认 ".repeat(200_000),
    ] {
        let quotation = quotation(&text, None, 1, &["Taliban"], Metadata::default());
        let quote = quotation.citation.quote.clone();
        let mut answer = answer(quotation.clone());
        answer.found[0].context = Some(Context { before: Vec::new(), after: Vec::new() });
        let shown = bare(&results(&answer, 100, false)).replace(char::is_whitespace, "");
        assert!(shown.contains(&text.replace(char::is_whitespace, "")));
        for form in [markdown(std::slice::from_ref(&quotation)), json::results(&answer, false)] {
            assert!(form.contains(quote.trim()));
        }
    }
}

#[test]
fn results_that_have_little_of_the_query_are_separated_from_the_rest() {
    let mut answer = answer(markdown_quotation());
    answer.found = [0.9, 0.2, 0.6, 0.4, 0.3]
        .into_iter()
        .zip(1..)
        .map(|(coverage, rank)| Found { rank, coverage, ..answer.found[0].clone() })
        .collect();
    let line = |answer: &Answer| {
        let rendered = bare(&results(answer, 80, false));
        let before =
            rendered.split_once("With less than half").map(|(before, _)| before.to_owned());
        before.map(|before| before.matches("nearly the same in").count())
    };
    assert_eq!(line(&answer), Some(3), "where all that follow have less");
    answer.found.truncate(3);
    assert_eq!(line(&answer), None, "the last has enough");
    answer.found.retain(|found| found.coverage < 0.5);
    assert_eq!(line(&answer), None, "there is nothing to separate it from");
}
