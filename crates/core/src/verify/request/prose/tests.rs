use proptest::prelude::*;

use super::*;

/// Line, quotation and source of each quotation in `text`; what is not read is left out.
fn read(text: &str) -> Vec<(usize, String, Option<String>)> {
    let is_read = |request: &VerifyRequest| !matches!(request.attribution, Attribution::Unread(_));
    let source = |attribution| match attribution {
        Attribution::Source(name) => Some(name),
        Attribution::Nothing => None,
        _ => panic!("a text has no records"),
    };
    parse(text)
        .into_iter()
        .filter(is_read)
        .map(|r| (r.line.unwrap_or(0), r.quote, source(r.attribution)))
        .collect()
}

fn one(text: &str) -> (String, Option<String>) {
    let mut all = read(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    let (_, quote, source) = all.remove(0);
    (quote, source)
}

#[test]
fn every_kind_of_quotation_mark() {
    for text in [
        "“a b c” (x)",
        "\"a b c\" (x)",
        "«a b c» (x)",
        "« a b c » (x)",
        "„a b c“ (x)",
        "„a b c” (x)",
        "»a b c« (x)",
        "He said “a b c”, (x).",
        "“a b c” [x]",
        "\"a b c\" — x",
        "- \"a b c\" – x.",
        "\"a b c\"\n(x)",
        "1. \"a b c\" -- x",
        "> a b c\n> — x",
        "> a b c (x)",
        "> a b c\n\n— x",
        "> a b c\n\n(x)",
        "> “a b c”\n— x",
        ">a b c\n>\n> (x)",
    ] {
        assert_eq!(one(text), ("a b c".to_owned(), Some("x".to_owned())), "{text:?}");
    }
}

#[test]
fn what_names_no_source_is_attributed_to_nobody() {
    for text in [
        "“a b” is said.",
        "“a b”[1] is",
        "They said “a b” — nobody knows why.",
        "> a b\n\nText.",
        "“a b” (unclosed",
    ] {
        assert_eq!(one(text), ("a b".to_owned(), None), "{text:?}");
    }
}

#[test]
fn remarks_and_footnotes_are_no_sources() {
    for aside in [
        "(emphasis added)",
        "(Emphasis in the original)",
        "(our translation)",
        "(author’s translation)",
        "(translated from Dari)",
        "[sic]",
        "(p. 12)",
        "(pp. 12–14)",
        "[1]",
        "[2, 3]",
        "[^note]",
        "[1](#fn1)",
        "¹",
        "†",
    ] {
        assert_eq!(one(&format!("“a b”{aside} is said.")), ("a b".to_owned(), None), "{aside}");
        let sourced = format!("“a b” {aside} (x)");
        assert_eq!(one(&sourced), ("a b".to_owned(), Some("x".to_owned())), "{aside}");
    }
    assert_eq!(one("**“a b”** (x)").1.as_deref(), Some("x"));
    for block in [
        "> a b (emphasis added)\n> — x",
        "> a b¹\n\n(x)",
        "> a b (x) [2]",
        "> “a b” [1] (our translation)\n\n— x",
    ] {
        assert_eq!(one(block), ("a b".to_owned(), Some("x".to_owned())), "{block}");
    }
    assert_eq!(one("“a b” (Lost in Translation)").1.as_deref(), Some("Lost in Translation"));
}

#[test]
fn links_and_nested_brackets() {
    assert_eq!(one("“a b” [the report](r.md) x").1.as_deref(), Some("[the report](r.md)"));
    assert_eq!(one("“a b” (GSDN (2025), p. 3)").1.as_deref(), Some("GSDN (2025), p. 3"));
}

#[test]
fn lines_are_kept() {
    let text = "One.\r\n\r\n“a\r\nb” (x) and\n\"c d\" (y)\n\n> e\n> f\n> — z\n";
    let expected = [(3, "a\nb", "x"), (5, "c d", "y"), (7, "e\nf", "z")];
    assert_eq!(
        read(text),
        expected.map(|(line, quote, source)| (line, quote.to_owned(), Some(source.to_owned())))
    );
}

/// The places of what is not read.
fn unread(text: &str) -> Vec<(usize, usize)> {
    parse(text)
        .into_iter()
        .filter(|request| matches!(request.attribution, Attribution::Unread(_)))
        .map(|request| (request.line.unwrap_or(0), request.column.unwrap_or(0)))
        .collect()
}

#[test]
fn unpaired_marks_are_listed_with_their_places() {
    assert_eq!((read("a 5\" pipe"), unread("a 5\" pipe")), (vec![], vec![]));
    assert_eq!(read("“ “ “ "), []);
    assert_eq!(unread("One.\n\nHe said “it rained and left.\n"), [(3, 9)]);
    assert_eq!(unread("He said it rained” and left.\n"), [(1, 18)]);
    assert_eq!(one("« “a b” (x)"), ("a b".to_owned(), Some("x".to_owned())));
    assert_eq!(unread("« “a b” (x)"), [(1, 1)]);
    assert_eq!((read("“…” (x) \"\" > \n>"), unread("“…” (x) \"\" > \n>")), (vec![], vec![]));
    assert_eq!(unread("<blockquote>It rained."), [(1, 0)]);
    // A single mark that may be an apostrophe does not swallow a quotation.
    let text = "the ‘Omar line and “a b” (x) of the dogs’ home";
    assert_eq!(one(text), ("a b".to_owned(), Some("x".to_owned())));
    assert_eq!(unread(text), [(1, 5)]);
}

#[test]
fn quotations_in_five_languages() {
    for (text, quote) in [
        // English
        ("‘the road was closed’ (x)", "the road was closed"),
        ("'the road was closed' (x)", "the road was closed"),
        ("'the road wasn't closed' (x)", "the road wasn't closed"),
        ("‘the dogs’ home was closed’ (x)", "the dogs’ home was closed"),
        ("“the road was closed\" (x)", "the road was closed"),
        ("\"the road was closed” (x)", "the road was closed"),
        ("``the road was closed'' (x)", "the road was closed"),
        ("&ldquo;the road &amp; bridge&rdquo; (x)", "the road & bridge"),
        ("&quot;the road was closed&quot; (x)", "the road was closed"),
        ("&#8220;the road was closed&#x201D; (x)", "the road was closed"),
        ("<q>the road was closed</q> (x)", "the road was closed"),
        ("<q lang=\"en\">the road was closed</q> (x)", "the road was closed"),
        ("<blockquote>the road\nwas closed</blockquote>\n\n(x)", "the road\nwas closed"),
        ("<blockquote><p>the road</p>\n<footer>— x</footer></blockquote>", "the road"),
        ("A 6\" tall man: \"the road was closed\" (x)", "the road was closed"),
        ("At 6' 2\" he said \"the road was closed\" (x)", "the road was closed"),
        ("\"a 6\" pipe was laid\" (x)", "a 6\" pipe was laid"),
        ("“the ’90s were long” (x)", "the ’90s were long"),
        ("'’90s music was banned' (x)", "’90s music was banned"),
        ("’tis the season’ (x)", "tis the season"),
        ("'rock 'n' roll was banned' (x)", "rock 'n' roll was banned"),
        ("“the 'old' road” (x)", "the 'old' road"),
        ("‘the “old” road’ (x)", "the “old” road"),
        ("“one of it\n\n“and two” (x)", "one of it\n\nand two"),
        ("\"one of it\n\n\"more\n\n\"and two\" (x)", "one of it\n\nmore\n\nand two"),
        // German
        ("„die Straße war zu“ (x)", "die Straße war zu"),
        ("‚die Straße war zu‘ (x)", "die Straße war zu"),
        ("»die Straße war zu« (x)", "die Straße war zu"),
        ("›die Straße war zu‹ (x)", "die Straße war zu"),
        // French
        ("« la route n’était pas fermée » (x)", "la route n’était pas fermée"),
        ("‹ la route était fermée › (x)", "la route était fermée"),
        // Swedish
        ("”vägen var stängd” (x)", "vägen var stängd"),
        ("»vägen var stängd» (x)", "vägen var stängd"),
        ("’vägen var stängd’ (x)", "vägen var stängd"),
        // Japanese and Chinese
        ("彼は「道は閉じていた」(x)", "道は閉じていた"),
        ("『道は「全部」閉じていた』(x)", "道は「全部」閉じていた"),
        ("他说“道路已经关闭了”(x)", "道路已经关闭了"),
        ("他说\"道路已经关闭了\"(x)", "道路已经关闭了"),
    ] {
        assert_eq!(one(text), (quote.to_owned(), Some("x".to_owned())), "{text}");
        assert_eq!(unread(text), [], "{text}");
    }
}

#[test]
fn a_quotation_may_begin_with_two_digits_and_end_like_a_possessive() {
    let text = "It is said that ‘45 seats of the dogs’ and so on.";
    assert_eq!(read(text)[0].1, "45 seats of the dogs");
}

#[test]
fn apostrophes_primes_and_arrows_are_no_marks() {
    for text in [
        "It doesn't and didn’t matter, the dogs’ bowl and James' hat.",
        "In the ’90s and the '80s, rock 'n' roll was all.",
        "’Tis late, 'twas later: ask 'em.",
        "A 6\" pipe, 5' 10\" tall, 6′ 2″ wide, 7” thick.",
        "Home » News » Local",
        "l’eau d’Orléans, qu'il n'a pas",
        "Rock ’n’ roll and O'Brien’s.",
        "Use `cargo test` and ```.",
        "The ’90s were the dogs’ days.",
        "AT&T; R&D &amp; more &nbsp; 3 < 4 > 2",
    ] {
        assert_eq!((read(text), unread(text)), (vec![], vec![]), "{text}");
    }
}

proptest! {
    #[test]
    fn what_stands_between_any_marks_is_read(
        words in prop::collection::vec("[a-z]{1,8}|don’t|Kabul|1997|dogs'|mother-in-law|[0-9]{1,3}", 2..12),
        pair in 0usize..24,
        source in prop::bool::ANY,
    ) {
        let marks = [
            ("“", "”"), ("\"", "\""), ("„", "“"), ("„", "”"), ("«", "»"), ("« ", " »"), ("»", "«"),
            ("‘", "’"), ("'", "'"), ("‚", "‘"), ("‹", "›"), ("›", "‹"), ("「", "」"), ("『", "』"),
            ("“", "\""), ("\"", "”"), ("&ldquo;", "&rdquo;"), ("&quot;", "&quot;"), ("<q>", "</q>"),
            ("``", "''"), ("”", "”"), ("»", "»"), ("〝", "〟"), ("&#171;", "&#187;"),
        ];
        let (open, close) = marks[pair];
        let quote = words.join(" ");
        // A single mark behind an s may be either.
        let may_own = quote.contains("s' ") && ["'", "‘", "‚"].contains(&open);
        prop_assume!(!(quote.ends_with('\'') || may_own));
        // Both marks may be apostrophes, as in '90s were the dogs'.
        let may_lack = words[0].len() == 2 && words[0].bytes().all(|byte| byte.is_ascii_digit());
        prop_assume!(!(open == "'" && may_lack && quote.ends_with(['s', 'x', 'z'])));
        prop_assume!(!quote.ends_with(|c: char| c.is_ascii_digit()) || !["'", "\""].contains(&close));
        let text = format!("It’s said that {open}{quote}{close}{} and so on.\n", if source { " (x)" } else { "" });
        let found = read(&text);
        prop_assert_eq!(found.len(), 1, "{}: {:?}", text, found);
        prop_assert_eq!(&found[0].1, &quote);
        prop_assert_eq!(found[0].2.as_deref(), source.then_some("x"));
        prop_assert_eq!(unread(&text), []);
    }

    #[test]
    fn nothing_panics(text in "[“”\"'‘’«»„‚ab1 &;<q>/()\\[\\]\n—>`-]{0,60}") {
        let _ = parse(&text);
    }
}

#[test]
fn large_hostile_texts_take_no_time() {
    for piece in [
        "“",
        "\"",
        "“a” — ",
        "“a” (",
        "\"a\" [",
        "> (",
        ">\n",
        "„“",
        "\"a b\"-",
        "'",
        "‘a ",
        "“a\n\n",
        "<q>",
        "<blockquote>",
        "&quot;",
        "6\" ",
        "s' ",
    ] {
        let _ = parse(&piece.repeat(50_000));
    }
}
