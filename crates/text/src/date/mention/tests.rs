use proptest::prelude::*;

use super::dates;
use crate::test_text::any_text;

/// Writes each mention in `text` as its words and its dates.
fn read(text: &str) -> Vec<String> {
    dates(text)
        .iter()
        .map(|mention| {
            let words = mention.span.of(text);
            if mention.from == mention.to {
                format!("{words} = {}", mention.from)
            } else {
                format!("{words} = {}/{}", mention.from, mention.to)
            }
        })
        .collect()
}

#[track_caller]
fn check(cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(read(text), *expected, "{text}");
    }
}

#[test]
fn days() {
    check(&[
        ("on 16 October 2025.", &["16 October 2025 = 2025-10-16"]),
        ("the 16th of October, 2025", &["16th of October, 2025 = 2025-10-16"]),
        ("October 16, 2025, and", &["October 16, 2025 = 2025-10-16"]),
        ("Oct. 16th 2025", &["Oct. 16th 2025 = 2025-10-16"]),
        ("16-Oct-2025 @ 4:10 pm", &["16-Oct-2025 = 2025-10-16"]),
        ("2025-10-16T09:00", &["2025-10-16 = 2025-10-16"]),
        ("2025/10/16", &["2025/10/16 = 2025-10-16"]),
        ("16/10/2025 and 10/16/2025", &["16/10/2025 = 2025-10-16", "10/16/2025 = 2025-10-16"]),
        ("05/06/2025 but 05.06.2025", &["05/06/2025 = 2025", "05.06.2025 = 2025-06-05"]),
        ("October\n16,\n2025", &["October\n16,\n2025 = 2025-10-16"]),
        ("31 February 2025", &["February 2025 = 2025-02"]),
        ("October 16 and 3 March", &[]),
    ]);
}

#[test]
fn months() {
    check(&[
        ("in October 2001, Pakistan", &["October 2001 = 2001-10"]),
        ("Oct. 2001; October of 2001", &["Oct. 2001 = 2001-10", "October of 2001 = 2001-10"]),
        ("in 2001-10 and 2001-02", &["2001-10 = 2001-10", "2001-02 = 2001/2002"]),
        ("March–May 2001", &["March–May 2001 = 2001-03/2001-05"]),
        ("from March to May 2001", &["March to May 2001 = 2001-03/2001-05"]),
    ]);
}

#[test]
fn years() {
    check(&[
        ("In 1997, Pakistan", &["1997 = 1997"]),
        ("1997", &["1997 = 1997"]),
        (
            "the period 1645 to 1715, in 1433 or 1434",
            &["1645 to 1715 = 1645/1715", "1433 = 1433", "1434 = 1434"],
        ),
        ("demarcated in 1893 between", &["1893 = 1893"]),
        ("the 2021 takeover; Pakistan’s 2018 elections", &["2021 = 2021", "2018 = 2018"]),
        ("post-2001 order, 1997's end, (1979)", &["2001 = 2001", "1997 = 1997", "1979 = 1979"]),
        ("In 2014, USD 5m", &["2014 = 2014"]),
    ]);
}

#[test]
fn numbers_are_not_years() {
    for text in [
        "$2000",
        "2000 soldiers",
        "nearly 2000 fighters",
        "2000 km",
        "2000 people",
        "Resolution 1267",
        "No. 1997",
        "1,997",
        "1997.5",
        "F-2000",
        "2000m",
        "2000-strong",
        "1997 million",
        "killed 1500 in",
        "page 1999",
        "19971",
        "3000",
        "http://x.org/a/2021",
        "#1997",
        "12-1997-3",
        "1997%",
    ] {
        assert_eq!(read(text), [""; 0], "{text}");
    }
}

#[test]
fn periods() {
    check(&[
        ("1996–2001 and 1996-2001", &["1996–2001 = 1996/2001", "1996-2001 = 1996/2001"]),
        ("from 1996 to 2001", &["1996 to 2001 = 1996/2001"]),
        ("between 2001 and 2021", &["2001 and 2021 = 2001/2021"]),
        ("in 1996 and 1997", &["1996 = 1996", "1997 = 1997"]),
        ("2014-15 and 1996–97", &["2014-15 = 2014/2015", "1996–97 = 1996/1997"]),
        ("(1839–1842)", &["1839–1842 = 1839/1842"]),
        (
            "from 16 October 2025 to 3 March 2026",
            &["16 October 2025 to 3 March 2026 = 2025-10-16/2026-03-03"],
        ),
        ("16–18 October 2025", &["16–18 October 2025 = 2025-10-16/2025-10-18"]),
        ("October 16-18, 2025", &["October 16-18, 2025 = 2025-10-16/2025-10-18"]),
        ("October 2001 to May 2002", &["October 2001 to May 2002 = 2001-10/2002-05"]),
        ("2001 to 1996", &["2001 = 2001", "1996 = 1996"]),
    ]);
}

#[test]
fn decades_and_parts() {
    check(&[
        ("the 1990s", &["1990s = 1990/1999"]),
        ("the mid-1990s", &["mid-1990s = 1994/1996"]),
        (
            "in early 2022 and late 2022",
            &["early 2022 = 2022-01/2022-04", "late 2022 = 2022-09/2022-12"],
        ),
        ("late 1970s", &["late 1970s = 1977/1979"]),
        ("the 1800s", &["1800s = 1800/1899"]),
        ("from the 1990s to the early 2000s", &["1990s to the early 2000s = 1990/2003"]),
    ]);
}

#[test]
fn years_of_an_era() {
    check(&[
        ("founded in 480 BC.", &["480 BC = -0479"]),
        ("from 55 B.C. on", &["55 B.C. = -0054"]),
        ("in AD 650, or A.D. 70", &["AD 650 = 0650", "A.D. 70 = 0070"]),
        ("by 1200 BCE and 30 CE", &["1200 BCE = -1199", "30 CE = 0030"]),
        (
            "15 March 44 BC, in March 44 BC",
            &["15 March 44 BC = -0043-03-15", "March 44 BC = -0043-03"],
        ),
        ("the years 480–450 BC", &["480–450 BC = -0479/-0449"]),
        ("from 31 BC to AD 14", &["31 BC to AD 14 = -0030/0014"]),
        ("it was built in 650.", &["650 = 0650"]),
        ("in 650 houses, 650, in 650.5 days, of 12 CEOs, 3 ADs, 0 BC, in 65.", &[]),
    ]);
}

#[test]
fn terms_of_periods_list_their_parts() {
    let terms = |text: &str| dates(text)[0].terms();
    assert_eq!(terms("October 1997"), ["1997", "1997-10"]);
    assert_eq!(terms("mid-1990s"), ["1994", "1995", "1996"]);
    assert_eq!(terms("1800–1900"), ["1800", "1900"]);
    assert_eq!(terms("March–May 2001"), ["2001", "2001-03", "2001-04", "2001-05"]);
}

#[test]
fn large_input_takes_linear_time() {
    for unit in [
        "word ", "1", "1-", "1997 ", "1997-", "1997–", "May ", "1 May ", "12/", "1997 to ", "19",
        "mid-", "2001-02-", " ", "1 to ", "4 BC", "AD ", "AD 4 ",
    ] {
        dates(&unit.repeat((1 << 18) / unit.len()));
    }
}

proptest! {
    #[test]
    fn spans_are_ordered_and_extents_run_forward(text in any_text()) {
        let mut end = 0;
        for mention in dates(&text) {
            prop_assert!(mention.span.start >= end && !mention.span.is_empty());
            let slice = text.get(mention.span.start..mention.span.end);
            prop_assert!(slice.is_some_and(|slice| slice.trim() == slice));
            prop_assert!(mention.from.first_day() <= mention.to.last_day());
            prop_assert!(!mention.terms().is_empty());
            end = mention.span.end;
        }
    }

    #[test]
    fn every_day_is_read_in_every_notation(day in 0..36_500i32) {
        use jiff::{ToSpan, civil::date};
        let day = date(1950, 1, 1).checked_add(day.days()).unwrap();
        for format in ["%d %B %Y", "%B %-d, %Y", "%d-%b-%Y", "%Y-%m-%d", "%-d.%-m.%Y"] {
            let text = day.strftime(format).to_string();
            prop_assert_eq!(read(&text), [format!("{text} = {day}")]);
        }
    }
}
