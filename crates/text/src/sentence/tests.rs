use proptest::prelude::*;

use super::sentences;
use crate::test_text::any_text;

fn split(text: &str) -> Vec<&str> {
    sentences(text).into_iter().map(|span| span.of(text)).collect()
}

/// Asserts that `marked`, with a space for each ` | `, is split exactly there.
#[track_caller]
fn assert_split(marked: &str) {
    let expected: Vec<&str> = marked.split(" | ").collect();
    let text = expected.join(" ");
    assert_eq!(split(&text), expected);
}

#[test]
fn plain_sentences() {
    assert_split("The border closed. | Trade stopped! | Why? | Nobody knew.");
    assert_split("Prices rose 3.5 points. | In 1996. | 27 people left.");
    assert_split("No terminator at all");
    assert_eq!(split("  \n "), [""; 0]);
}

#[test]
fn endings_and_units_are_not_initials() {
    assert_split(
        "He said it wasn’t. | Judge Sample agreed that the gate was Omar's. | People left.",
    );
    assert_split("It fell to 3 mmol/L. | Patients waited 2 h. | Medians rose.");
    assert_split("They took plan B. | Furthermore, it rained.");
}

#[test]
fn abbreviations_in_a_sentence() {
    assert_split("Mr. Khan met Dr. Aziz and Lt. Gen. Malik at St. Mary's.");
    assert_split("It is the U.S. Congress that decides. | So be it.");
    assert_split("Talks, e.g. Doha, and proxies, i.e. Kabul, failed.");
    assert_split("J. K. Samples and George W. Example met A. A. Specimen.");
    assert_split("See No. 4, Fig. 3 and pp. 12–14, vol. II.");
    assert_split("It opens at 9 a.m. Monday and 5 p.m. GMT.");
    assert_split("Acme Inc. Chairman Sample sued in Sample v. Board.");
    assert_split("On Oct. 16 and Jan. Fifth it rained.");
    assert_split("Am 16. Oktober kam er.");
    assert_split("The U.S.-led war ended.");
    assert_split("ALAMEDA, Calif. – The team left.");
    assert_split("The Rt. Hon. B. U. Sample rose; her aunt (b. 1950) took av. 20 mg.");
}

#[test]
fn abbreviations_at_the_end_of_a_sentence() {
    assert_split("He lived in the U.S. | The Taliban returned.");
    assert_split("He owns Acme Ltd. | It grew.");
    assert_split("It began at 9 a.m. | Soldiers came.");
    assert_split("They chose plan B. | But it failed.");
    assert_split("He said no. | Then he left.");
    assert_split("Modern art. | Then.");
    assert_split("Flags, maps, etc. | Nobody came.");
}

#[test]
fn quotes_and_brackets_close_with_their_sentence() {
    assert_split("He said \"Stop.\" | Then left.");
    assert_split("“Why?” he asked. | “Because.”");
    assert_split("(It was late.) | Nobody came.[12] | They slept.");
    assert_split("„Nein.“ | Er ging.");
    assert_split("**Bold claim.** | Next.");
    assert_split("He left. | “Go,” she said. | (She stayed.)");
}

#[test]
fn sentences_go_on_in_lower_case() {
    assert_split("He waited ... and waited. | Then . . . nothing. | Well… | Yes.");
    assert_split("Yahoo! said so. | iPhones sold. | al-Qaeda denied it.");
    assert_split("Who? | me.");
}

#[test]
fn enumerators_belong_to_their_item() {
    assert_split("1. First point. | 2. Second point. | A. Third. | IV. Fourth. | 1.2. Fifth.");
    assert_split("(1) First. | a) Second.");
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
fn large_input_takes_linear_time() {
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
