//! Every format with any metadata, and the exports read back as other programs do: BibTeX with the
//! `biblatex` crate, CSL-JSON with that of hayagriva, RIS with a strict reader.

use std::sync::Arc;

use biblatex::{Bibliography, ChunksExt, PermissiveType};
use hayagriva::citationberg::json::{DateValue, Item, NameValue, Value as Field};
use serde_json::{Value, json};

use super::*;
use crate::fixture::{citation, hostile, passage, source};

/// Metadata is JSON from anywhere, so values may have any type.
#[test]
fn every_format_accepts_metadata_of_any_type() {
    let values = json!([
        0, -1, true, null, "", "a", [], [[]], [[0]], [{}], {}, {"a": null}, [-1], ["x", 2]
    ]);
    let variables = [
        "type",
        "title",
        "author",
        "issued",
        "URL",
        "page",
        "custom",
        "language",
        "publisher",
        "id",
    ];
    let of_one = variables.iter().flat_map(|variable| {
        values.as_array().into_iter().flatten().map(move |value| json!({ *variable: value }))
    });
    let dates = [
        json!([[2025, 13, 99]]),
        json!([[99999]]),
        json!([["2025", "1"]]),
        json!([[2025], [2024]]),
    ];
    let dated = dates.into_iter().map(|date| json!({"issued": {"date-parts": date, "season": []}}));
    for variables in of_one.chain(dated).chain([hostile()]) {
        for format in Format::ALL {
            let document = document(format, "a claim", &[quotation(variables.clone())]);
            assert!(document.contains("opened in 1932"), "{format:?}: {variables}");
        }
    }
}

fn quotation(variables: Value) -> Quotation {
    Quotation {
        citation: citation(variables.clone()),
        passage: passage(),
        source: Arc::new(source(variables)),
        matches: Vec::new(),
    }
}

/// What a program makes of an export: type, outlet, date, URL, authors.
#[derive(Debug, PartialEq)]
struct Seen {
    kind: String,
    outlet: String,
    date: String,
    url: String,
    /// Each as `family/given/suffix`, or as it is.
    authors: Vec<String>,
}

fn person<'a>(parts: impl IntoIterator<Item = &'a str>) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/")
}

fn from_bibtex(cited: &Citation) -> Seen {
    let bibliography = Bibliography::parse(&bibtex(std::slice::from_ref(cited))).expect("BibTeX");
    let entry = bibliography.iter().next().expect("an entry");
    let authors = entry.author().expect("authors");
    let PermissiveType::Typed(date) = entry.date().expect("a date") else { panic!("no date") };
    let biblatex::DateValue::At(day) = date.value else { panic!("no single date") };
    Seen {
        kind: entry.entry_type.to_string(),
        outlet: entry.journal().expect("a journal").format_verbatim(),
        date: format!(
            "{:04}-{:02}-{:02}",
            day.year,
            day.month.map_or(0, |month| month + 1),
            day.day.map_or(0, |day| day + 1)
        ),
        url: entry.url().expect("a URL"),
        authors: authors
            .iter()
            .map(|name| {
                let family = format!("{} {}", name.prefix, name.name);
                person([family.trim(), &name.given_name, &name.suffix])
            })
            .collect(),
    }
}

/// Reads one RIS record, and panics at anything that the format does not allow.
fn from_ris(cited: &Citation) -> Seen {
    let ris = ris(std::slice::from_ref(cited));
    let mut fields: Vec<(&str, &str)> = Vec::new();
    for line in ris.strip_suffix("\r\n").expect("a line break at the end").split("\r\n") {
        let (tag, value) = line.split_once("  - ").expect("two spaces, a hyphen and a space");
        assert!(
            tag.len() == 2 && tag.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        );
        assert!(!value.contains(['\r', '\n']));
        fields.push((tag, value));
    }
    let first = fields.first().expect("a field");
    assert_eq!((first.0, fields.last()), ("TY", Some(&("ER", ""))));
    let all = |tag: &'static str| fields.iter().filter(move |field| field.0 == tag);
    let one = |tag: &'static str| {
        let values: Vec<&str> = all(tag).map(|field| field.1).collect();
        assert_eq!(values.len(), 1, "{tag} in {ris}");
        values[0].to_owned()
    };
    Seen {
        kind: one("TY"),
        outlet: one("T2"),
        date: one("DA").trim_end_matches('/').replace('/', "-"),
        url: one("UR"),
        // A name has at most a family name, given names and a suffix.
        authors: all("AU").map(|field| person(field.1.splitn(3, ", "))).collect(),
    }
}

fn from_csl_json(cited: &Citation) -> Seen {
    let mut items = csl_json(std::slice::from_ref(cited));
    let custom = items[0].as_object_mut().and_then(|item| item.remove("custom"));
    assert!(custom.is_some(), "the provenance");
    let items: Vec<Item> = serde_json::from_value(items).expect("CSL-JSON");
    let text = |variable: &str| match items[0].0.get(variable) {
        Some(Field::String(text)) => text.clone(),
        other => panic!("{variable} is {other:?}"),
    };
    let Some(Field::Date(DateValue::DateParts { date_parts, .. })) = items[0].0.get("issued")
    else {
        panic!("no date")
    };
    let Some(Field::Names(names)) = items[0].0.get("author") else { panic!("no names") };
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    Seen {
        kind: text("type"),
        outlet: text("container-title"),
        date: date_parts.0[0].0.iter().map(|n| format!("{n:02}")).collect::<Vec<_>>().join("-"),
        url: text("URL"),
        authors: names
            .iter()
            .map(|name| match name {
                NameValue::Literal(name) => name.literal.clone(),
                NameValue::Item(name) => {
                    person([name.family.as_str(), &part(&name.given), &part(&name.suffix)])
                }
            })
            .collect(),
    }
}

fn news(authors: Value) -> Citation {
    citation(json!({
        "title": "A Gate & 50% more {news}", "author": authors, "publisher": "The Sample Post",
        "issued": {"date-parts": [[2021, 5, 4]]}, "URL": "https://example.org/a_b?c=1&d=2",
    }))
}

#[test]
fn a_news_article_with_all_kinds_of_names() {
    let cited = news(json!([
        {"family": "Example", "given": "Rowan T.", "suffix": "Jr."},
        {"family": "van der Example", "given": "Dana"},
        {"family": "García Muestra", "given": "Ana María"},
        {"family": "al-Mithal", "given": "Karim"},
        {"literal": "Tests for Samples and Examples"},
        {"literal": "Sample Watch"},
    ]));
    let authors = [
        "Example/Rowan T./Jr.",
        "van der Example/Dana",
        "García Muestra/Ana María",
        "al-Mithal/Karim",
        "Tests for Samples and Examples",
        "Sample Watch",
    ];
    for (seen, kind) in [
        (from_bibtex(&cited), "article"),
        (from_ris(&cited), "NEWS"),
        (from_csl_json(&cited), "article-newspaper"),
    ] {
        let expected = Seen {
            kind: kind.into(),
            outlet: "The Sample Post".into(),
            date: "2021-05-04".into(),
            url: "https://example.org/a_b?c=1&d=2".into(),
            authors: authors.map(str::to_owned).to_vec(),
        };
        assert_eq!(seen, expected);
    }
}

proptest::proptest! {
    /// Names of any letters come back in the same parts.
    #[test]
    fn any_name_is_read_back(
        family in "[A-ZÄÉÑ][a-zäéñ]{1,8}( [A-Z][a-z]{1,8})?",
        given in "[A-ZÄÉÑ][a-zäéñ]{1,8}( [A-Z]\\.)?",
        suffix in "|Jr\\.|III",
        literal in "[A-Z][a-z]{2,8} (for|and|of) [A-Z][a-z&%$#_]{2,8}",
    ) {
        let mut name = json!({"family": family, "given": given});
        if !suffix.is_empty() {
            name["suffix"] = suffix.clone().into();
        }
        let cited = news(json!([name, {"literal": literal}]));
        let expected = vec![person([family.as_str(), &given, &suffix]), literal];
        for seen in [from_bibtex(&cited), from_ris(&cited), from_csl_json(&cited)] {
            proptest::prop_assert_eq!(&seen.authors, &expected);
        }
    }
}
