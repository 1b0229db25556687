use proptest::prelude::*;

use super::sentences;
use crate::test_text::any_text;

fn split(text: &str) -> Vec<&str> {
    sentences(text).into_iter().map(|span| span.of(text)).collect()
}

/// Asserts that `marked`, with each ` | ` taken for a space, splits at just those places.
#[track_caller]
fn splits_at_bars(marked: &str) {
    let expected: Vec<&str> = marked.split(" | ").collect();
    let text = expected.join(" ");
    assert_eq!(split(&text), expected);
}

#[test]
fn plain_sentences() {
    splits_at_bars("The border closed. | Trade stopped! | Why? | Nobody knew.");
    splits_at_bars("Prices rose 3.5 points. | In 1996. | 27 people left.");
    splits_at_bars("No terminator at all");
    assert_eq!(split("  \n "), [""; 0]);
}

#[test]
fn endings_and_units_are_no_initials() {
    splits_at_bars(
        "He said it wasn’t. | Judge Sample agreed that the gate was Omar's. | People left.",
    );
    splits_at_bars("It fell to 3 mmol/L. | Patients waited 2 h. | Medians rose.");
    splits_at_bars("They took plan B. | Furthermore, it rained.");
}

#[test]
fn abbreviations_go_on() {
    splits_at_bars("Mr. Khan met Dr. Aziz and Lt. Gen. Malik at St. Mary's.");
    splits_at_bars("It is the U.S. Congress that decides. | So be it.");
    splits_at_bars("Talks, e.g. Doha, and proxies, i.e. Kabul, failed.");
    splits_at_bars("J. K. Rowling and George W. Bush met A. A. Milne.");
    splits_at_bars("See No. 4, Fig. 3 and pp. 12–14, vol. II.");
    splits_at_bars("It opens at 9 a.m. Monday and 5 p.m. GMT.");
    splits_at_bars("Acme Inc. Chairman Brown sued in Brown v. Board.");
    splits_at_bars("On Oct. 16 and Jan. Fifth it rained.");
    splits_at_bars("Am 16. Oktober kam er.");
    splits_at_bars("The U.S.-led war ended.");
    splits_at_bars("ALAMEDA, Calif. – The team left.");
    splits_at_bars("The Rt. Hon. B. U. Sample rose; her aunt (b. 1950) took av. 20 mg.");
}

#[test]
fn abbreviations_that_end_a_sentence() {
    splits_at_bars("He lived in the U.S. | The Taliban returned.");
    splits_at_bars("He owns Acme Ltd. | It grew.");
    splits_at_bars("It began at 9 a.m. | Soldiers came.");
    splits_at_bars("They chose plan B. | But it failed.");
    splits_at_bars("He said no. | Then he left.");
    splits_at_bars("Modern art. | Then.");
    splits_at_bars("Flags, maps, etc. | Nobody came.");
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    splits_at_bars("He said \"Stop.\" | Then left.");
    splits_at_bars("“Why?” he asked. | “Because.”");
    splits_at_bars("(It was late.) | Nobody came.[12] | They slept.");
    splits_at_bars("„Nein.“ | Er ging.");
    splits_at_bars("**Bold claim.** | Next.");
    splits_at_bars("He left. | “Go,” she said. | (She stayed.)");
}

#[test]
fn lower_case_goes_on() {
    splits_at_bars("He waited ... and waited. | Then . . . nothing. | Well… | Yes.");
    splits_at_bars("Yahoo! said so. | iPhones sold. | al-Qaeda denied it.");
    splits_at_bars("Who? | me.");
}

#[test]
fn enumerators_stay_with_their_item() {
    splits_at_bars("1. First point. | 2. Second point. | A. Third. | IV. Fourth. | 1.2. Fifth.");
    splits_at_bars("(1) First. | a) Second.");
}

#[test]
fn line_breaks_do_not_split_but_blank_lines_do() {
    for newline in ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"] {
        let text = format!("The border{newline}closed. It{newline}opened");
        assert_eq!(
            split(&text),
            [format!("The border{newline}closed."), format!("It{newline}opened")]
        );
        let text = format!("A heading{newline} {newline}Text");
        assert_eq!(split(&text), ["A heading", "Text"]);
    }
    assert_eq!(split("a\u{2029}b"), ["a", "b"]);
}

#[test]
fn other_scripts() {
    assert_eq!(
        split("塔利班来了。他们走了！真的？是"),
        ["塔利班来了。", "他们走了！", "真的？", "是"]
    );
    assert_eq!(
        split("「なに？」と言った。「はい。」彼は"),
        ["「なに？」と言った。", "「はい。」", "彼は"]
    );
    assert_eq!(split("هل عاد؟ نعم. عاد۔ ثم"), ["هل عاد؟", "نعم.", "عاد۔", "ثم"]);
    assert_eq!(split("वह आया। वह गया॥ फिर"), ["वह आया।", "वह गया॥", "फिर"]);
    assert_eq!(split("Он жил в г. Москве. Потом уехал."), ["Он жил в г. Москве.", "Потом уехал."]);
}

#[test]
fn large_input_is_linear() {
    assert_eq!(sentences(&"word ".repeat(2 << 20)).len(), 1);
    assert_eq!(sentences(&"a. ".repeat(1 << 20)).len(), 1);
    for unit in [
        "\n", "!", ". ", ".(", "1.", "..A. ", "(((J. ", "J.A", "\n.x", " a.", "A. B", "?\"[",
        "…x\r",
    ] {
        sentences(&unit.repeat(1 << 15));
        sentences(&format!("{}{}", " ".repeat(1 << 17), unit.repeat(1 << 15)));
    }
}

proptest! {
    #[test]
    fn spans_partition_the_text(text in any_text()) {
        let mut end = 0;
        for span in sentences(&text) {
            prop_assert!(span.start >= end && !span.is_empty());
            prop_assert!(text.get(end..span.start).is_some_and(|gap| gap.trim().is_empty()));
            prop_assert!(text.get(span.start..span.end).is_some_and(|slice| slice.trim() == slice));
            end = span.end;
        }
        prop_assert!(text[end..].trim().is_empty());
    }
}
