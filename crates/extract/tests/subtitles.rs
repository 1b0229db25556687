//! Subtitles: cues are joined to sentences, and a slice of the file reads to what is quoted.
#![cfg(feature = "subtitles")]

use std::path::Path;

use pincite_extract::extract::{Document, extractor_for};
use pincite_extract::source::{SourceId, TextKind};
use proptest::prelude::*;

const SRT: &str = "\u{feff}1\r
00:00:01,000 --> 00:00:03,500\r
<i>The ferry ran at night,</i>\r
though the river\r
\r
2\r
00:00:03,600 --> 00:00:05,000\r
{\\an8}was high. It carried 42\r
\r
3\r
00:00:05,100 --> 00:00:07,000\r
people & two cars.\r
\r
4\r
00:01:10,000 --> 00:01:12,000\r
- Who paid?\r
- Nobody < 5 knew.\r
";

const VTT: &str = "WEBVTT - The ferry
Language: en

NOTE made by hand

intro
00:01.000 --> 00:02.000 align:start
<v Dana>Fish &amp; chips

00:02.000 --> 00:04.000
were sold until 1932.
";

fn read(name: &str, text: &str) -> Document {
    let extractor = extractor_for(Path::new(name)).expect("it is read");
    extractor.extract(text.into()).expect("it has cues")
}

/// Reads a slice by the rules of the documentation, line by line.
fn of_slice(slice: &str, is_web: bool) -> String {
    let lines: Vec<&str> = slice.split(['\n', '\r']).map(str::trim).collect();
    let mut words = String::new();
    let mut is_between = false;
    for (i, line) in lines.iter().enumerate() {
        let next = lines[i + 1..].iter().find(|line| !line.is_empty());
        let is_digits = !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit());
        let is_number = is_digits && next.is_some_and(|next| next.contains("-->"));
        if line.contains("-->") {
            is_between = false;
        } else if line.is_empty() {
            let is_break = i > 0 && slice.contains("\r\n") && !lines[i - 1].is_empty();
            is_between |= !is_break || lines.get(i + 1).is_some_and(|line| line.is_empty());
        } else if !is_between && !is_number {
            words += line;
        }
    }
    let mut read = String::new();
    let mut rest = words.as_str();
    while let Some(c) = rest.chars().next() {
        let close = if rest.starts_with("{\\") {
            rest.find('}')
        } else if c == '<'
            && rest[1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphanumeric())
        {
            rest.find('>')
        } else {
            None
        };
        let len = close.map_or(c.len_utf8(), |close| close + 1);
        if close.is_none() {
            read.push(c);
        }
        rest = &rest[len..];
    }
    let read = if is_web { read.replace("&amp;", "&") } else { read };
    read.split_whitespace().collect()
}

#[test]
fn cues_are_joined_to_sentences_with_their_times() {
    let document = read("a.srt", SRT);
    assert_eq!((document.kind, document.text.as_str()), (TextKind::Markup, SRT));
    let passages = document.passages(&SourceId::slug("a"));
    let plain: Vec<&str> = passages.iter().map(|passage| passage.plain()).collect();
    assert_eq!(
        plain,
        [
            "The ferry ran at night, though the river was high. It carried 42 people & two cars.",
            "- Who paid?",
            "- Nobody < 5 knew.",
        ]
    );
    let part = passages[0].part.as_ref().expect("it has times");
    let times: Vec<_> = passages[0].plain_sentences().iter().map(|span| part.time(*span)).collect();
    assert_eq!(times, [Some([1_000, 5_000]), Some([3_600, 7_000])]);
    for passage in &passages {
        for sentence in &passage.sentences {
            let quote: String = passage.readable(*sentence).split_whitespace().collect();
            assert_eq!(of_slice(sentence.of(&passage.text), false), quote);
        }
    }

    let document = read("a.vtt", VTT);
    assert_eq!(document.metadata.title(), Some("The ferry"));
    assert_eq!(document.language.as_deref(), Some("en"));
    let passages = document.passages(&SourceId::slug("a"));
    assert_eq!(passages[0].plain(), "Fish & chips were sold until 1932.");
    assert_eq!(of_slice(&passages[0].text, true), "Fish&chipsweresolduntil1932.");
}

#[test]
fn captions_that_roll_are_read_once() {
    let cue = |n: usize, lines: &str| format!("00:0{n}.000 --> 00:0{}.000\n{lines}\n\n", n + 1);
    let text = format!(
        "WEBVTT\n\n{}{}{}",
        cue(1, "the ferry ran"),
        cue(2, "the ferry ran\nat night"),
        cue(3, "at night\nand nobody paid")
    );
    let document = read("a.vtt", &text);
    assert_eq!(document.kind, TextKind::Extracted);
    let passages = document.passages(&SourceId::slug("a"));
    assert_eq!(passages[0].text, "the ferry ran at night and nobody paid");
    assert_eq!(document.warnings.len(), 1);
}

#[test]
fn hostile_subtitles_are_read_in_bounds() {
    let cue = "00:00:01,000 --> 00:00:02,000\n";
    let long = format!("1\n{cue}{}", "word ".repeat(100_000));
    let tags = format!("1\n{cue}{}It rained.", "<i>".repeat(50_000));
    let many = format!("1\n{cue}a\n\n").repeat(20_000);
    let open = format!("1\n{cue}{}It rained.", "< {\\ & ".repeat(20_000));
    let arrows = "-->\n".repeat(50_000) + cue + "It rained.";
    for text in [long, tags, many, open, arrows] {
        assert!(!read("a.srt", &text).passages(&SourceId::slug("a")).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is done to a file, each sentence can be cut out of it, and nothing panics.
    #[test]
    fn damaged_subtitles_are_read(
        edits in prop::collection::vec((0usize..300, 0usize..24, r"[0-9:>\-<&{\\\n\r a]{0,6}"), 1..6),
        is_web in any::<bool>(),
    ) {
        let (name, file) = if is_web { ("a.vtt", VTT) } else { ("a.srt", SRT) };
        let mut file = file.to_owned();
        for (at, cut, put) in edits {
            let at = (0..=at.min(file.len())).rev().find(|&at| file.is_char_boundary(at)).unwrap_or(0);
            let end = (at + cut).min(file.len());
            let end = (at..=end).rev().find(|&end| file.is_char_boundary(end)).unwrap_or(at);
            file.replace_range(at..end, &put);
        }
        let extractor = extractor_for(Path::new(name)).expect("it is read");
        if let Ok(document) = extractor.extract(file.into_bytes()) {
            for passage in document.passages(&SourceId::slug("a")) {
                let part = passage.part.as_ref().expect("it has times");
                for span in passage.plain_sentences() {
                    prop_assert!(part.time(span).is_some());
                }
            }
        }
    }
}
