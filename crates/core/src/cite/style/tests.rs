use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::FileError;
use crate::cite::fixture::{citation, hostile};

fn article() -> serde_json::Value {
    json!({
        "type": "article-newspaper", "title": "A bridge opens", "container-title": "The Gazette",
        "author": [{"family": "Ahlawat", "given": "Khushbu"}], "issued": {"date-parts": [[1932, 3, 19]]},
        "URL": "https://example.org/bridge",
    })
}

fn formatted(style: &str, variables: serde_json::Value) -> String {
    Style::find(style).expect("a style").format(&citation(variables))
}

#[test]
fn common_styles() {
    for (style, in_text, reference) in [
        (
            "apa",
            "(Ahlawat, 1932, para. 3)",
            "Ahlawat, K. (1932, March 19). A bridge opens. The Gazette. https://example.org/bridge",
        ),
        (
            "mla",
            "(Ahlawat, par. 3)",
            "Ahlawat, Khushbu. “A Bridge Opens.” The Gazette, 19 Mar. 1932, https://example.org/bridge.",
        ),
        (
            "chicago",
            "(Ahlawat 1932, para. 3)",
            "Ahlawat, Khushbu. 1932. “A Bridge Opens.” The Gazette, March 19. https://example.org/bridge.",
        ),
        (
            "chicago-notes",
            "Khushbu Ahlawat, “A Bridge Opens,” The Gazette, March 19, 1932, para. 3, https://example.org/bridge.",
            "Ahlawat, Khushbu. “A Bridge Opens.” The Gazette, March 19, 1932. https://example.org/bridge.",
        ),
        (
            "harvard",
            "(Ahlawat, 1932, para. 3)",
            "Ahlawat, K. (1932) “A bridge opens,” The Gazette, 19 March. Available at: https://example.org/bridge.",
        ),
        (
            "ieee",
            "[1, Para. 3]",
            "[1] K. Ahlawat, “A bridge opens,” The Gazette, Mar. 19, 1932. [Online]. Available: https://example.org/bridge",
        ),
        (
            "vancouver",
            "(1)",
            "1. Ahlawat K. A bridge opens. The Gazette [Internet]. 1932 Mar 19. Available from: https://example.org/bridge",
        ),
    ] {
        assert_eq!(formatted(style, article()), format!("{in_text}\n{reference}"), "{style}");
    }
}

#[test]
fn a_year_alone_leaves_no_comma_behind() {
    let author = json!([{"family": "Ahlawat", "given": "Khushbu"}]);
    for style in Style::names() {
        for kind in ["article-newspaper", "article-magazine", "webpage", "document", "book"] {
            let formatted = formatted(
                style,
                json!({
                    "type": kind, "title": "A bridge opens", "author": author,
                    "container-title": "The Gazette", "issued": {"date-parts": [[1932]]},
                }),
            );
            for dangling in [",)", ", )", ",]", ",.", ", .", ",,", ", ,", ".”.", "()"] {
                assert!(!formatted.contains(dangling), "{style}, {kind}: {formatted}");
            }
        }
    }
    let year = json!({
        "type": "article-newspaper", "title": "A bridge opens", "author": author,
        "issued": {"date-parts": [[1932]]},
    });
    assert_eq!(
        formatted("apa", year.clone()),
        "(Ahlawat, 1932, para. 3)\nAhlawat, K. (1932). A bridge opens."
    );
    assert_eq!(
        formatted("chicago", year),
        "(Ahlawat 1932, para. 3)\nAhlawat, Khushbu. 1932. “A Bridge Opens.”"
    );
}

#[test]
fn authors_are_named_in_every_style_with_references() {
    for style in Style::names() {
        let style = Style::find(style).expect("a style");
        let cited = citation(article());
        let reference = style.reference(&cited);
        let is_named = |text: &str| text.to_lowercase().contains("ahlawat");
        assert!(reference.is_empty() || is_named(&reference), "{reference}");
    }
}

#[test]
fn a_known_reference_changes_no_citation() {
    for name in Style::names() {
        let style = Style::find(name).expect("a style");
        let first = citation(article());
        let mut next = first.clone();
        next.locator.paragraph += 4;
        let mut reference = None;
        assert_eq!(style.format_beside(&first, &mut reference), style.format(&first), "{name}");
        assert_eq!(style.format_beside(&next, &mut reference), style.format(&next), "{name}");
    }
}

#[test]
fn an_outlet_is_named_once() {
    let of_outlet = json!({
        "title": "A bridge opens", "publisher": "The Gazette",
        "issued": {"date-parts": [[1932, 3, 19]]}, "URL": "https://example.org/bridge",
    });
    for style in ["apa", "mla", "chicago", "chicago-notes", "harvard", "ieee", "vancouver", "acs"] {
        let reference =
            Style::find(style).expect("a style").reference(&citation(of_outlet.clone()));
        assert_eq!(reference.matches("The Gazette").count(), 1, "{style}: {reference}");
    }
}

#[test]
fn suffixes_are_kept() {
    let author = json!([{"family": "Ahlawat", "given": "Khushbu", "suffix": "Jr."}]);
    assert_eq!(
        Style::find("apa").expect("a style").reference(&citation(json!({
            "title": "A bridge opens", "author": author, "issued": {"date-parts": [[1932]]},
        }))),
        "Ahlawat, K., Jr. (1932). A bridge opens."
    );
}

#[test]
fn sources_are_numbered_in_order() {
    let of = |id: &str| {
        let mut citation = citation(article());
        citation.id.source = crate::source::SourceId::slug(id);
        citation
    };
    for (style, expected) in [
        ("ieee", ["[1] K.", "[2] K.", "[1] K.", "[3] K."]),
        ("vancouver", ["1. Ahlawat", "2. Ahlawat", "1. Ahlawat", "3. Ahlawat"]),
    ] {
        let style = Style::find(style).expect("a style");
        let mut citations = ["a", "b", "a", "c"].map(of);
        for citation in &mut citations {
            citation.formatted = Some(style.format(citation));
        }
        style.number(&mut citations);
        for (citation, expected) in citations.iter().zip(expected) {
            let formatted = citation.formatted.as_deref().unwrap_or_default();
            let reference = formatted.lines().nth(1).unwrap_or_default();
            assert!(reference.starts_with(expected), "{formatted}");
            let number = expected.trim_start_matches('[').chars().next();
            assert_eq!(formatted.chars().nth(1), number, "{formatted}");
        }
    }
}

#[test]
fn a_page_comes_before_a_paragraph() {
    let mut paged = citation(article());
    paged.locator.page = Some(12);
    assert_eq!(Style::find("apa").expect("a style").in_text(&paged), "(Ahlawat, 1932, p. 12)");
}

#[test]
fn what_is_not_known_is_not_made_up() {
    for (style, of_an_author, of_nobody) in [
        ("apa", "(Ahlawat, n.d., para. 3)\nAhlawat, K. (n.d.).", "(n.d., para. 3)\n(n.d.)."),
        ("mla", "(Ahlawat, par. 3)\nAhlawat, Khushbu.", "(par. 3)"),
        ("chicago", "(Ahlawat, n.d., para. 3)\nAhlawat, Khushbu. n.d.", "(n.d., para. 3)\nn.d."),
        ("ieee", "[1, Para. 3]\n[1] K. Ahlawat,", "[1, Para. 3]\n[1]"),
    ] {
        let author = json!([{"family": "Ahlawat", "given": "Khushbu"}]);
        assert_eq!(formatted(style, json!({ "author": author })), of_an_author, "{style}");
        assert_eq!(formatted(style, json!({})), of_nobody, "{style}");
    }
}

#[test]
fn family_names_stay_whole() {
    let apa = Style::find("apa").expect("a style");
    let by = |family: &str| {
        apa.in_text(&citation(json!({"author": [{"family": family, "given": "A"}]})))
    };
    for family in ["van Gogh", "bin Laden", "Mohammad rahim", "al-Zawahiri", "de la Cruz", "李"] {
        assert_eq!(by(family), format!("({family}, n.d., para. 3)"));
    }
}

#[test]
fn every_bundled_style_formats() {
    let names = Style::names();
    assert!(names.is_sorted() && names.len() > 80);
    for name in names {
        assert!(!formatted(name, article()).is_empty(), "{name}");
    }
    assert!(Style::find("APA").is_ok());
}

#[test]
fn a_style_has_english_and_its_own_language() {
    for (style, languages) in [("apa", vec!["en-US"]), ("deutsche-sprache", vec!["de-DE", "en-US"])]
    {
        let locales = Style::find(style).expect("a style").locales;
        assert_eq!(
            locales.into_iter().filter_map(|locale| Some(locale.lang?.0)).collect::<Vec<_>>(),
            languages
        );
    }
}

#[test]
fn an_unknown_style_is_met_with_suggestions() {
    let hint =
        |name: &str| Style::find(name).expect_err("no such style").suggestion().unwrap_or_default();
    assert_eq!(hint("chicgo"), "did you mean chicago, chicago-notes, chicago-fullnotes?");
    assert!(hint("\u{1b}[31mzzz").starts_with("apa, mla"));
    assert!(!Style::find("\u{1b}x").expect_err("no such style").to_string().contains('\u{1b}'));
}

#[test]
fn style_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let find = |name: &str, csl: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, csl).expect("written");
        Style::find(path.to_str().expect("UTF-8"))
    };
    let minimal = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0" class="in-text">
        <info><title>Mine</title><id>mine</id><updated>2024-01-01T00:00:00+00:00</updated></info>
        <citation><layout prefix="[" suffix="]">
        <text variable="title"/><text variable="locator" prefix=" @"/></layout></citation>
        </style>"#;
    let style = find("mine.csl", minimal).expect("a style");
    assert_eq!(style.format(&citation(article())), "[A bridge opens @3]");
    assert_eq!(style.reference(&citation(article())), "");

    let dependent = r#"<style xmlns="http://purl.org/net/xbiblio/csl" version="1.0"><info><title>D</title><id>d</id>
        <link href="http://www.zotero.org/styles/apa" rel="independent-parent"/>
        <updated>2024-01-01T00:00:00+00:00</updated></info></style>"#;
    let error = find("dependent.csl", dependent).expect_err("it refers to APA");
    assert_eq!(
        error.suggestion().as_deref(),
        Some("use the style it refers to, which is built in: american-psychological-association")
    );

    let broken = find("broken.csl", &minimal.replace("variable=\"title\"", "variable=\"tilte\""))
        .expect_err("broken");
    assert!(
        matches!(&broken, Error::File(FileError::Malformed { path, .. }) if path.ends_with("broken.csl")),
        "{broken}"
    );
    let macros = r#"<macro name="a"><group><text macro="b"/></group></macro><macro name="c"><text macro="a"/></macro>
        <macro name="b"><names variable="author"><substitute><text macro="a"/></substitute></names></macro><citation>"#;
    let circular =
        find("circular.csl", &minimal.replace("<citation>", macros)).expect_err("it never ends");
    assert!(circular.to_string().ends_with("the macro “a” never comes to an end"), "{circular}");

    for garbage in [
        "",
        "<style",
        "<html><body/></html>",
        "\0\0",
        "<!DOCTYPE x [<!ENTITY a \"b\">]><style>&a;</style>",
    ] {
        assert!(
            matches!(find("garbage.csl", garbage), Err(Error::File(FileError::Malformed { .. }))),
            "{garbage}"
        );
    }
    assert!(matches!(
        Style::find("nowhere/none.csl"),
        Err(Error::File(FileError::Io { action: "read", .. }))
    ));
}

#[test]
fn hostile_metadata_is_text_like_any_other() {
    for name in ["apa", "mla", "chicago-notes", "ieee", "harvard", "vancouver", "alphanumeric"] {
        let formatted = formatted(name, hostile());
        assert!(formatted.lines().count() <= 2, "{formatted}");
        assert!(formatted.chars().all(|c| !c.is_control() || c == '\n'), "{formatted}");
    }
}

/// Any JSON, with a taste for what CSL-JSON has.
fn value() -> impl Strategy<Value = serde_json::Value> {
    let number = prop_oneof![any::<i64>(), -3i64..40, 1900i64..2100];
    let leaf = prop_oneof![
        Just(serde_json::Value::Null),
        any::<bool>().prop_map(|b| json!(b)),
        number.prop_map(|n| json!(n)),
        any::<f64>().prop_map(|n| json!(n)),
        "\\PC{0,12}".prop_map(|s| json!(s)),
        "[0-9]{0,12}([–&, -]{1,2}[0-9a-zIVX]{0,6}){0,3}".prop_map(|s| json!(s)),
        "[0-9]{4}-[0-9]{2}(-[0-9]{2})?(/[0-9]{4})?".prop_map(|s| json!({ "raw": s })),
        ("\\PC{0,8}", "\\PC{0,8}")
            .prop_map(|(a, b)| json!([{"family": a, "given": b}, {"literal": b}])),
        prop::collection::vec(prop::collection::vec(-3i64..2100, 0..4), 0..3)
            .prop_map(|d| json!({"date-parts": d})),
    ];
    leaf.prop_recursive(2, 6, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..3).prop_map(|list| json!(list)),
            prop::collection::hash_map("[a-z-]{1,8}", inner, 0..3).prop_map(|map| json!(map)),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Any value of any variable is formatted as one or two clean lines.
    #[test]
    fn any_metadata_can_be_formatted(
        kind in prop::sample::select(vec![
            "article-newspaper", "book", "chapter", "webpage", "thesis", "patent", "legal_case", "no such",
        ]),
        values in prop::collection::vec(value(), 14),
        style in prop::sample::select(vec![
            "apa", "mla", "chicago-notes", "ieee", "iso-690-author-date", "deutsche-sprache", "gb-7714-2015-note",
            "alphanumeric",
        ]),
    ) {
        let variables = [
            "title", "author", "editor", "issued", "accessed", "page", "volume", "issue", "edition", "URL", "note",
            "language", "number-of-pages", "container-title",
        ];
        let mut metadata = json!({ "type": kind });
        for (variable, value) in variables.iter().zip(values) {
            metadata[*variable] = value;
        }
        let formatted = formatted(style, metadata);
        prop_assert!(formatted.lines().count() <= 2, "{}", formatted);
        prop_assert!(formatted.chars().all(|c| !c.is_control() || c == '\n'), "{}", formatted);
    }
}
