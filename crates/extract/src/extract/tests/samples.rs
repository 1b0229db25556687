//! Small samples of saved pages and of Markdown.

use super::*;

const LONG: &str = "\
    The lorries stood for nine weeks in front of the gate, and the drivers, who were paid by the \
    day, slept in their cabs, cooked on small stoves between the wheels and waited for a word from \
    the ministers of the two countries. It did not come.";

/// Returns each block as the first letter of its kind, the level of a heading, and its readable
/// form.
fn outline(name: &str, text: &str) -> Vec<String> {
    let document = read(name, text);
    check(&document);
    let line = |block: &crate::extract::Block| {
        let kind = match block.kind {
            BlockKind::Heading(level) => format!("h{level}"),
            kind => kind.name()[..1].to_owned(),
        };
        let readable = block.readable(&document.text);
        format!("{kind} {}", if readable == LONG { "…" } else { readable })
    };
    document.blocks.iter().map(line).collect()
}

fn fact(name: &str, text: &str, variable: &str) -> String {
    let metadata = read(name, text).metadata;
    metadata.get(variable).map_or_else(String::new, |value| {
        value.as_str().map_or_else(|| value.to_string(), str::to_owned)
    })
}

#[test]
fn short_paragraphs_are_never_boilerplate() {
    let text = format!(
        "A Title of Several Words\n\n{LONG}\n\nIt was over.\n\n“No,” he said.\n\n\
         Who knew\n\n{LONG}\n\nNobody did."
    );
    assert_eq!(
        outline("a.txt", &text),
        [
            "t A Title of Several Words",
            "p …",
            "p It was over.",
            "p “No,” he said.",
            "h1 Who knew",
            "p …",
            "p Nobody did."
        ]
    );
}

#[test]
fn a_small_text_is_all_body() {
    assert_eq!(outline("a.txt", "Kabul fell."), ["p Kabul fell."]);
    assert_eq!(outline("a.txt", "bread\nmilk\n\nX"), ["p bread", "p milk", "p X"]);
    assert_eq!(fact("a.txt", "bread\nmilk", "title"), "");
}

#[test]
fn advertisements_between_paragraphs_do_not_end_the_article() {
    let text = format!(
        "{LONG}\nAdvertisement\n{LONG}\nAlso read: Five other gates\n{LONG}\n\
         Comments\n{LONG}\nIt opened at last."
    );
    assert_eq!(
        outline("a.txt", &text),
        [
            "p …",
            "f Advertisement",
            "p …",
            "f Also read: Five other gates",
            "p …",
            "h1 Comments",
            "p …",
            "p It opened at last."
        ]
    );
}

#[test]
fn headings_under_parts_are_of_the_second_level() {
    let text = format!(
        "Preface words\n{LONG}\nPart One: The gate\nIts keepers\n{LONG}\n\
         Part Two: The road\n{LONG}\nIts users\n{LONG}\nConclusion\n{LONG}"
    );
    let headings: Vec<_> =
        outline("a.txt", &text).into_iter().filter(|line| line.starts_with('h')).collect();
    assert_eq!(
        headings,
        [
            "h1 Preface words",
            "h1 Part One: The gate",
            "h2 Its keepers",
            "h1 Part Two: The road",
            "h2 Its users",
            "h1 Conclusion"
        ]
    );
    let text = format!("1. The gate\n{LONG}\n1.1 Its keepers\n{LONG}\n2. The road\n{LONG}");
    let headings: Vec<_> =
        outline("a.txt", &text).into_iter().filter(|line| line.starts_with('h')).collect();
    assert_eq!(headings, ["h1 1. The gate", "h2 1.1 Its keepers", "h1 2. The road"]);
}

#[test]
fn items_of_a_list_are_paragraphs() {
    let text = format!(
        "{LONG}\n\nThree goods were held back:\n- onions\n- cement\n1. one more thing\n\n{LONG}"
    );
    assert_eq!(
        outline("a.txt", &text),
        [
            "p …",
            "p Three goods were held back:",
            "p - onions",
            "p - cement",
            "p 1. one more thing",
            "p …"
        ]
    );
}

#[test]
fn byline_and_dates_at_the_top() {
    let text =
        format!("A Title of Several Words\nBy Rowan Example and Dana Sample\n3 May 2024\n\n{LONG}");
    assert_eq!(
        outline("a.txt", &text)[1..3],
        ["b By Rowan Example and Dana Sample", "b 3 May 2024"]
    );
    assert_eq!(fact("a.txt", &text, "issued"), r#"{"date-parts":[[2024,5,3]]}"#);
    assert_eq!(read("a.txt", &text).metadata.names("author").len(), 2);
}

#[test]
fn a_line_that_reads_like_a_byline_among_paragraphs_is_a_heading() {
    let text = format!("{LONG}\n{LONG}\n{LONG}\nBy Khyber Pass\n{LONG}");
    assert_eq!(outline("a.txt", &text)[3], "h1 By Khyber Pass");
    assert_eq!(fact("a.txt", &text, "author"), "");
}

#[test]
fn front_matter_of_plain_text_is_not_body() {
    let text = format!("---\ntitle: Declared\ndate: 2024-05\n---\n{LONG}\n");
    assert_eq!(outline("a.txt", &text), ["p …"]);
    assert_eq!(fact("a.txt", &text, "title"), "Declared");
    assert_eq!(
        outline("a.txt", &format!("---\n{LONG}\n---"))[1],
        "p …",
        "a rule is not front matter"
    );
}

#[test]
fn malformed_front_matter_does_not_lose_the_article() {
    let document =
        read("a.md", "---\ntitle: A\nauthor: [unclosed\n---\n\n# Title\n\nBody of it.\n");
    assert_eq!(passages(&document).len(), 1);
    assert_eq!(document.metadata.title(), Some("Title"));
    assert!(document.warnings[0].starts_with("front matter, line "), "{:?}", document.warnings);
}

#[test]
fn markdown_blocks() {
    let text = "\
# Title\n\nOne *two*\nthree.\n\n* item `x`\n* other\n\n1. loose\n\n   second\n
> quoted **words**\n> go on\n\n| a | b |\n|---|---|\n| 1997 | *x* |\n\n```rust\ncode\n```\n
<div>\nraw\n</div>\n\n![](picture.png)\n\nText[^1] with <b>tag</b> &amp; entity \\*.\n
[^1]: The note.\n\nSetext\n------\n\n[Link](http://a.b/c \"t\").";
    assert_eq!(
        outline("a.md", text),
        [
            "t Title",
            "p One two three.",
            "p item x",
            "p other",
            "p loose",
            "p second",
            "p quoted words go on",
            "p a | b",
            "p 1997 | x",
            "c ```rust\ncode\n```",
            "p raw",
            "c ![](picture.png)",
            "p Text with tag & entity *.",
            "p The note.",
            "h2 Setext",
            "p Link."
        ]
    );
}

#[test]
fn prose_in_html_blocks() {
    let text = "\
<div class=\"note\">\n<h2>A <em>heading</em></h2>\n<p>One &amp; <b>two</b>,\nthree.</p>
<p>Four<br>five</p>\n<ul><li>six<li>seven</ul>\n<script>var x = 'eight';\n</script>
<!-- nine\n<p>ten</p> -->\n</div>\n\n> <p>eleven\n> twelve</p>\n\n<hr>\n\n<p>1 < 2</p>";
    assert_eq!(
        outline("a.md", text),
        [
            "h2 A heading",
            "p One & two, three.",
            "p Four five",
            "p six",
            "p seven",
            "p eleven twelve",
            "c <hr>",
            "p 1 < 2"
        ]
    );
    let document = read("a.md", "<p>The gate <i>opened</i> in May. It closed in June.</p>");
    let passage = &passages(&document)[0];
    assert_eq!(passage.text, "The gate <i>opened</i> in May. It closed in June.");
    assert_eq!(passage.sentences.len(), 2);
}

#[test]
fn imprints_below_the_title_of_markdown() {
    for (imprint, author, publisher, issued) in [
        ("*Sample Herald, 4 May 2021*", "", "Sample Herald", "[2021,5,4]"),
        ("**By Rowan Example**", "Example", "", ""),
        ("## By Rowan Example\n\n4 May 2021", "Example", "", "[2021,5,4]"),
        (
            "By [Rowan Example](/rowan), The Sample Post, 4 May 2021",
            "Example",
            "The Sample Post",
            "[2021,5,4]",
        ),
        (
            "By Rowan Example  \nThe Sample Post  \n4 May 2021",
            "Example",
            "The Sample Post",
            "[2021,5,4]",
        ),
        (
            "Rowan Example | The Sample Post | 4 May 2021",
            "Example",
            "The Sample Post",
            "[2021,5,4]",
        ),
        ("![](gate.png)\n\n*Sample Herald, 4 May 2021*", "", "Sample Herald", "[2021,5,4]"),
    ] {
        let text = format!("# A gate opens\n\n{imprint}\n\n{LONG}\n\n## More\n\n{LONG}");
        let first = passages(&read("a.md", &text)).into_iter().next().expect("a passage");
        assert_eq!(first.text, LONG, "{imprint}");
        let has = |variable: &str, part: &str| {
            let value = fact("a.md", &text, variable);
            if part.is_empty() { value.is_empty() } else { value.contains(part) }
        };
        assert!(has("author", author), "{imprint}: {}", fact("a.md", &text, "author"));
        assert!(has("publisher", publisher), "{imprint}");
        assert!(has("issued", issued), "{imprint}: {}", fact("a.md", &text, "issued"));
    }
}

#[test]
fn paragraphs_of_markdown_that_are_no_imprints() {
    for paragraph in [
        "By 4 May 2021, the town had fallen.",
        "Rowan Example",
        "*3 April 1921 – 9 March 2004*",
        "> It was late.\n>\n> — Rowan Example, The Sample Post, 4 May 2021",
    ] {
        let text = format!("# A gate opens\n\n{paragraph}\n\n{LONG}");
        let document = read("a.md", &text);
        assert!(passages(&document).len() >= 2, "{paragraph}");
        for variable in ["author", "publisher", "issued"] {
            assert_eq!(fact("a.md", &text, variable), "", "{paragraph}");
        }
    }
    // The days of a diary are its headings.
    let text = format!("# A diary\n\nKabul, 4 May 2021\n\n{LONG}\n\nHerat, 5 May 2021\n\n{LONG}");
    assert_eq!(fact("a.md", &text, "issued"), "");
}

#[test]
fn imprints_below_the_title_of_plain_text() {
    for (imprint, author, publisher, issued) in [
        ("Sample Herald, 4 May 2021", "", "Sample Herald", "[2021,5,4]"),
        (
            "By Rowan Example\n\nThe Sample Courier\n\nTuesday 4 May 2021",
            "Example",
            "The Sample Courier",
            "[2021,5,4]",
        ),
        ("Rowan Example at Sample Park\n\nTue 4 May 2021 21.40", "Example", "", "[2021,5,4]"),
        ("Sampleton, Tuesday 4 May 2021", "", "", "[2021,5,4]"),
        (
            "Published 4 May 2021, 07:15 | Updated 6 May 2021, 11:02\n\nBy Rowan Example, Sample Post",
            "Example",
            "Sample Post",
            "[2021,5,4]",
        ),
    ] {
        let text = format!("A gate opens at last\n\n{imprint}\n\n{LONG}\n\n{LONG}");
        let document = read("a.txt", &text);
        check(&document);
        assert_eq!(passages(&document).len(), 2, "{imprint}");
        assert!(passages(&document)[0].section.is_empty(), "{imprint}");
        assert_eq!(fact("a.txt", &text, "title"), "A gate opens at last", "{imprint}");
        assert!(fact("a.txt", &text, "author").contains(author), "{imprint}");
        assert_eq!(fact("a.txt", &text, "publisher"), publisher, "{imprint}");
        assert!(fact("a.txt", &text, "issued").contains(issued), "{imprint}");
    }
    let text = format!("Register | Log in\n\nA gate opens at last\n\n{LONG}");
    assert_eq!(fact("a.txt", &text, "title"), "A gate opens at last");
}

#[test]
fn section_paths_follow_the_headings() {
    let document = read(
        "a.md",
        "# A\n\n## B\n\none\n\n#### C\n\ntwo\n\n### D\n\nthree\n\n## E\n\nfour\n\n# F\n\nfive",
    );
    let sections: Vec<_> =
        passages(&document).iter().map(|passage| passage.section.join("/")).collect();
    assert_eq!(sections, ["A/B", "A/B/C", "A/B/D", "A/E", "F"]);
}

#[test]
fn markup_between_sentences_belongs_to_the_right_one() {
    let document =
        read("a.md", "It **was over.** *Nobody* knew [why.](http://a.b \"t u\") So it went.");
    let passage = &passages(&document)[0];
    let sentences: Vec<_> = passage.sentences.iter().map(|span| span.of(&passage.text)).collect();
    assert_eq!(
        sentences,
        ["It **was over.**", "*Nobody* knew [why.](http://a.b \"t u\")", "So it went."]
    );
}

#[test]
fn a_paragraph_in_another_script_has_its_own_language() {
    let mut text = format!("{LONG}\n{LONG}\n");
    text.push_str(
        "Пакистан первым признал правительство талибов, и за ним последовали ещё два \
         государства.\n",
    );
    let document = read("a.txt", &text);
    let languages: Vec<_> =
        passages(&document).into_iter().map(|passage| passage.language).collect();
    assert_eq!(languages[0], languages[1]);
    assert_eq!(languages[0].as_deref(), Some("en"));
}
