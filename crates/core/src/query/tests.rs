use std::fmt::Write;

use proptest::prelude::*;

use super::{Clause, Node, Occur, Query};
use crate::Error;

/// A tree in one line: words as typed, `+` and `-` for what must and must not match, `[ ]` around
/// groups.
fn compact(clauses: &[Clause]) -> String {
    let mut out = String::new();
    for clause in clauses {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(match clause.occur {
            Occur::Should => "",
            Occur::Must => "+",
            Occur::Not => "-",
        });
        let _ = match &clause.node {
            Node::Text(text) => write!(out, "<{text}>"),
            Node::Phrase { text, slop: 0 } => write!(out, "“{text}”"),
            Node::Phrase { text, slop } => write!(out, "“{text}”~{slop}"),
            Node::Prefix(start) => write!(out, "{start}*"),
            Node::Fuzzy { word, distance } => write!(out, "{word}~{distance}"),
            Node::Field { field, value } => write!(out, "{}:<{value}>", field.name()),
            Node::Date { from, to } => {
                let date = |date: &Option<_>| {
                    date.map_or(String::new(), |d: crate::text::PartialDate| d.to_string())
                };
                write!(out, "date:{}..{}", date(from), date(to))
            }
            Node::Group(inner) => write!(out, "[{}]", compact(inner)),
        };
    }
    out
}

fn read(query: &str) -> String {
    match Query::parse(query) {
        Ok(parsed) => {
            assert_eq!(parsed.text(), query);
            compact(parsed.clauses())
        }
        Err(Error::Query { span, message, .. }) => format!("{:?}: {message}", span.of(query)),
        Err(other) => panic!("{query}: {other}"),
    }
}

#[test]
fn prose_is_one_text() {
    for prose in [
        "Pakistan recognized the Taliban in 1997",
        "What did Pakistan's ISI do (in 1996)?",
        "Did the U.S. spend $3 billion — on a 2,640-km border – after 9/11?",
        "Kabul fell (1996",
        "1) Kabul fell",
        "Kabul :) fell",
        "group(s) of fighters",
        "Reuters: the border closed at 10:30",
        "see https://example.org/a?b=c:d for more",
        "and or not",
        "a 12\" pipe",
        "AT&T, C++ + Rust",
        "Torkham - Chaman",
        "state-of-the-art",
        "ends in full.",
        "2 ~ 3 and ~10 km and 10~20",
        "**bold** and foo*bar",
        "Ünïcödé 中文 текст",
    ] {
        assert_eq!(read(prose), format!("<{prose}>"));
    }
    assert_eq!(read("  Kabul fell … "), "<Kabul fell …>", "without the space around it");
}

#[test]
fn operators() {
    let cases = [
        ("\"durand line\"", "+“durand line”"),
        ("“durand line” border", "+“durand line” <border>"),
        ("\"near phrase\"~3", "+“near phrase”~3"),
        ("the +Taliban took -Kabul", "<the> +<Taliban> <took> -<Kabul>"),
        ("border -\"Durand Line\"", "<border> -“Durand Line”"),
        ("border -(trade crossing)", "<border> -[<trade crossing>]"),
        ("well-known -1996", "<well-known> -<1996>"),
        ("a AND b c", "+[+<a> +<b>] <c>"),
        ("a b OR c", "<a> +[<b> <c>]"),
        ("a OR b AND c", "+[<a> [+<b> +<c>]]"),
        ("a AND NOT b", "+[+<a> -<b>]"),
        ("NOT b a", "-<b> <a>"),
        ("(a OR b) AND (c d)", "+[+[+[<a> <b>]] +[<c d>]]"),
        ("(in 1996) +ISI", "[<in 1996>] +<ISI>"),
        ("(plan(s) made) OR x", "+[[<plan(s) made>] <x>]"),
        ("\"a b\" OR c", "+[“a b” <c>]"),
        ("recogni* taliban~ isi~ omer~1", "recogni* taliban~2 isi~1 omer~1"),
        ("Mazar-i-Shar* fell", "<Mazar-i-> Shar* <fell>"),
        ("title:peace author:\"Khushbu Ahlawat\"", "+title:<peace> +author:<Khushbu Ahlawat>"),
        ("Source:gsdn-* lang:en x", "+source:<gsdn-*> +lang:<en> <x>"),
        ("border date:2025-10..2025-12", "<border> +date:2025-10..2025-12"),
        ("date:2025", "+date:2025..2025"),
        ("date:2025-10.. x", "+date:2025-10.. <x>"),
        ("date:..2024-02-29", "+date:..2024-02-29"),
        ("publisher:gsdn OR publisher:newszop", "+[publisher:<gsdn> publisher:<newszop>]"),
        ("-title:peace Kabul", "-title:<peace> <Kabul>"),
    ];
    for (query, tree) in cases {
        assert_eq!(read(query), tree, "{query}");
    }
}

#[test]
fn slips_are_pointed_at() {
    let cases = [
        ("", "\"\": there is no word to search for"),
        (" ?! ", "\" ?! \": there is no word to search for"),
        ("say \"what", "\"\\\"\": this quotation mark is never closed"),
        ("say “what", "\"“\": this quotation mark is never closed"),
        ("\"\" x", "\"\\\"\\\"\": there is no word in this quotation"),
        ("x ()", "\"()\": there is nothing between these brackets"),
        ("x AND ( )", "\"( )\": there is nothing between these brackets"),
        ("x OR (y z", "\"(\": this bracket is never closed"),
        ("Kabul AND", "\"AND\": nothing follows this “AND”"),
        ("a OR AND b", "\"OR\": nothing follows this “OR”"),
        ("(AND", "\"(AND\": there is no word to search for"),
        ("OR b", "\"OR\": “OR” has nothing to apply to"),
        ("a NOT", "\"NOT\": “NOT” has nothing to apply to"),
        ("a +NOT b", "\"+\": “+” has nothing to apply to"),
        ("-a", "\"-a\": this only says what not to find"),
        ("-a -\"b c\"", "\"-a -\\\"b c\\\"\": this only says what not to find"),
        ("a OR NOT b", "\"NOT b\": this only says what not to find"),
        ("NOT a AND NOT b", "\"NOT a AND NOT b\": this only says what not to find"),
        ("*", "\"*\": “*” needs the beginning of a word"),
        ("kabul~3", "\"~3\": a word can be at most 2 letters away"),
        ("kabul~99999", "\"~99999\": a word can be at most 2 letters away"),
        ("\"a b\"~", "\"~\": “~” after a quotation needs a number up to 100"),
        ("\"a b\"~101", "\"~101\": “~” after a quotation needs a number up to 100"),
        ("date:soon", "\"soon\": “soon” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("date:2025-13", "\"2025-13\": “2025-13” is not a date: write YYYY, YYYY-MM or YYYY-MM-DD"),
        ("date:2025..2024", "\"2025..2024\": this range ends before it begins"),
        ("date:..", "\"..\": this range has no date"),
        ("title:\"", "\"\\\"\": this quotation mark is never closed"),
    ];
    for (query, message) in cases {
        assert_eq!(read(query), message, "{query}");
    }
    assert!(read("x titel:peace").starts_with("\"titel:\": there is no field “titel”"));
    assert!(read(&"(".repeat(10_000)).contains("no word"));
    assert!(read(&format!("{} a AND b", "(".repeat(10_000))).contains("nested too deep"));
}

#[test]
fn slips_come_with_a_suggestion() {
    for (query, suggestion) in [
        ("titel:peace", "did you mean “title:peace”?"),
        ("sorce:gsdn", "did you mean “source:gsdn”?"),
        ("colour:red", "to search for the words, write a space after the colon"),
        ("date:2025..2024", "did you mean “date:2024..2025”?"),
        ("a AND", "add what it is to join, or write “and” to search for the word"),
    ] {
        assert_eq!(
            Query::parse(query).unwrap_err().suggestion().as_deref(),
            Some(suggestion),
            "{query}"
        );
    }
}

/// Anything, but rich in what the parser looks at.
fn odd_query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\"".to_owned()),
        Just("“".to_owned()),
        Just("”~2".to_owned()),
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just(" +".to_owned()),
        Just(" -".to_owned()),
        Just(" AND ".to_owned()),
        Just(" OR ".to_owned()),
        Just(" NOT ".to_owned()),
        Just("title:".to_owned()),
        Just("date:2025..".to_owned()),
        Just("* ".to_owned()),
        Just("~1 ".to_owned()),
        Just("\u{85}é\u{301}😀".to_owned()),
        "[a-z0-9 ]{0,6}",
        "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

fn spans_lie_within(clauses: &[Clause], query: &str) {
    for clause in clauses {
        assert!(
            query.get(clause.span.start..clause.span.end).is_some(),
            "{:?} in {query:?}",
            clause.span
        );
        if let Node::Group(inner) = &clause.node {
            spans_lie_within(inner, query);
        }
    }
}

proptest! {
    #[test]
    fn any_input_parses_or_is_pointed_at(query in odd_query()) {
        match Query::parse(&query) {
            Ok(parsed) => {
                prop_assert!(!parsed.clauses().is_empty());
                spans_lie_within(parsed.clauses(), &query);
            }
            Err(Error::Query { span, suggestion, .. }) => {
                prop_assert!(query.get(span.start..span.end).is_some(), "{:?} in {:?}", span, query);
                prop_assert!(suggestion.is_some());
            }
            Err(other) => prop_assert!(false, "{}", other),
        }
    }

    #[test]
    fn letters_and_spaces_always_parse(query in "[a-zà-ž ]{0,40}[a-z]") {
        prop_assert_eq!(read(&query), format!("<{}>", query.trim()));
    }
}

#[test]
fn queries_at_a_limit_are_read_and_beyond_it_refused() {
    let repeated = |unit: &str, count: usize| vec![unit; count].join(" ");
    let long = |count| "a".repeat(count);
    for (limit, at, beyond) in [
        ("longer than 16 KiB", format!("\"{}\"", long(16 * 1024 - 2)), long(16 * 1024 + 1)),
        ("more than 1000 words", repeated("rain", 1_000), repeated("rain", 1_001)),
        ("more than 100 quotations", repeated("\"rain\"", 100), repeated("\"rain\"", 101)),
        ("more than 20 words with", repeated("rain*", 20), repeated("rain*", 21)),
        ("more than 20 words with", repeated("rain~2", 20), repeated("rain~2", 21)),
        ("longer than 100 letters", format!("{}*", long(100)), format!("{}*", long(101))),
        ("longer than 100 letters", format!("{}~", long(100)), format!("{}~", "é".repeat(101))),
        ("longer than 100 letters", format!("title:{}", long(100)), format!("title:{}", long(101))),
    ] {
        assert!(Query::parse(&at).is_ok(), "at the limit: {limit}");
        let Err(Error::Query { message, span, .. }) = Query::parse(&beyond) else {
            panic!("read, though {limit}")
        };
        assert!(message.contains(limit), "{message}");
        assert!(beyond.get(span.start..span.end).is_some_and(|part| !part.is_empty()));
    }
}
