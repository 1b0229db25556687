use super::*;
use crate::text::PartialDate;

/// Writes an imprint as `authors; outlet; date`.
fn written(imprint: &Imprint) -> String {
    let author = |name: &Value| match name["literal"].as_str() {
        Some(literal) => literal.to_owned(),
        None => {
            let part = |key: &str| name[key].as_str().unwrap_or_default().to_owned();
            format!("{} {}", part("given"), part("family"))
        }
    };
    let authors: Vec<String> = imprint.authors.iter().map(author).collect();
    let date = imprint.stamp.map(|stamp| stamp.date.to_string()).unwrap_or_default();
    format!("{}; {}; {date}", authors.join(" + "), imprint.outlet.clone().unwrap_or_default())
}

#[track_caller]
fn assert_strength(strength: Strength, cases: &[(&str, &str)]) {
    for (line, expected) in cases {
        let imprint = read(line);
        let written = imprint.as_ref().map(written);
        assert_eq!(written.as_deref(), Some(*expected), "{line}");
        assert_eq!(imprint.map(|imprint| imprint.strength), Some(strength), "{line}");
    }
}

#[test]
fn bylines() {
    assert_strength(
        Strength::Certain,
        &[
            ("By Rowan Example", "Rowan Example; ; "),
            ("by Rowan Example", "Rowan Example; ; "),
            ("BY ROWAN EXAMPLE", "ROWAN EXAMPLE; ; "),
            ("By Tove Prøve", "Tove Prøve; ; "),
            ("**By Rowan Example**", "Rowan Example; ; "),
            ("By: Rowan Example", "Rowan Example; ; "),
            ("By: Samplers", "Samplers; ; "),
            ("Author: Rowan Example", "Rowan Example; ; "),
            ("Words by Rowan Example", "Rowan Example; ; "),
            ("By Rowan T. Example Jr.", "Rowan T. Example; ; "),
            ("By Rowan Example, Jr.", "Rowan Example; ; "),
            ("By Rowan Example and Dana Sample", "Rowan Example + Dana Sample; ; "),
            (
                "By Rowan Example, Dana Sample and Alex Model",
                "Rowan Example + Dana Sample + Alex Model; ; ",
            ),
            ("By Rowan Example, Staff Writer", "Rowan Example; ; "),
            ("By Rowan Example, chief political correspondent", "Rowan Example; ; "),
            ("By Rowan Example in Sampleton", "Rowan Example; ; "),
            (
                "By Rowan Example in Sampleton and Dana Sample in Muster",
                "Rowan Example + Dana Sample; ; ",
            ),
            ("By Rowan Example for The Sample Post", "Rowan Example; The Sample Post; "),
            ("By Rowan Example, Sample Times", "Rowan Example; Sample Times; "),
            (
                "By: Rowan Example, Consulting Editor, Sample Corpus",
                "Rowan Example; Sample Corpus; ",
            ),
            ("Written by Rowan Example, Sample Times", "Rowan Example; Sample Times; "),
            (
                "By Rowan Example, The Sample Post, 4 May 2021",
                "Rowan Example; The Sample Post; 2021-05-04",
            ),
            ("By Rowan Example | May 4, 2021", "Rowan Example; ; 2021-05-04"),
            (
                "By Rowan Example | The Sample Post | Tuesday, May 4, 2021",
                "Rowan Example; The Sample Post; 2021-05-04",
            ),
            ("By Rowan Example · 4 May 2021 · 5 min read", "Rowan Example; ; 2021-05-04"),
            ("By Rowan Example – Published 4 May 2021, 10:30", "Rowan Example; ; 2021-05-04"),
            ("By Sample Press Agency", "Sample Press Agency; ; "),
            ("By AFP", "AFP; ; "),
            ("Von Dana Beispiel, 4. März 2021", "Dana Beispiel; ; 2021-03-04"),
            ("Par Claire Exemple, le 4 août 2021 à 10 h 30", "Claire Exemple; ; 2021-08-04"),
            ("Por Ana Ejemplo, 4 de mayo de 2021", "Ana Ejemplo; ; 2021-05-04"),
        ],
    );
}

#[test]
fn timestamps() {
    assert_strength(
        Strength::Certain,
        &[
            ("4 May 2021", "; ; 2021-05-04"),
            ("Tuesday, 4 May 2021", "; ; 2021-05-04"),
            ("Tue 4 May 2021 21.40", "; ; 2021-05-04"),
            ("Published: May 4, 2021 10:30 IST", "; ; 2021-05-04"),
            ("Published on 4 May 2021 at 4:10 pm", "; ; 2021-05-04"),
            ("Updated On: 16-Oct-2025 @ 4:10 pm", "; ; 2025-10-16"),
            ("Published 4 May 2021, 07:15 | Updated 6 May 2021, 11:02", "; ; 2021-05-04"),
            ("Updated 6 May 2021 | Published 4 May 2021", "; ; 2021-05-04"),
            ("Veröffentlicht am 4. Mai 2021, 10:30 Uhr", "; ; 2021-05-04"),
            ("mardi 4 mai 2021", "; ; 2021-05-04"),
            ("2021-05-04", "; ; 2021-05-04"),
        ],
    );
}

#[test]
fn datelines_and_imprints() {
    assert_strength(
        Strength::Dated,
        &[
            ("Sample Herald, 4 May 2021", "; Sample Herald; 2021-05-04"),
            ("*Sample Herald, Tuesday 4 May 2021*", "; Sample Herald; 2021-05-04"),
            ("Sample Herald, Sampleton, Tuesday 4 May 2021", "; Sample Herald; 2021-05-04"),
            ("Sampleton, Tuesday 4 May 2021", "; ; 2021-05-04"),
            ("SAMPLETON, May 4, 2021", "; ; 2021-05-04"),
            ("London, 4 May 2021", "; ; 2021-05-04"),
            (
                "Rowan Example | The Sample Post | 4 May 2021",
                "Rowan Example; The Sample Post; 2021-05-04",
            ),
            (
                "Tove Prøve | The Sample Post | 4 May 2021",
                "Tove Prøve; The Sample Post; 2021-05-04",
            ),
            (
                "The Sample Post | Rowan Example | 4 May 2021",
                "Rowan Example; The Sample Post; 2021-05-04",
            ),
            ("4 May 2021 | The Sample Post", "; The Sample Post; 2021-05-04"),
            ("Rowan Example, 4 May 2021", "Rowan Example; ; 2021-05-04"),
            ("Rowan Example in Sampleton, 4 May 2021", "Rowan Example; ; 2021-05-04"),
            ("Rowan Example — Sample Weekly — May 2021", "Rowan Example; Sample Weekly; 2021-05"),
            ("The Sample Post (4 May 2021)", "; The Sample Post; 2021-05-04"),
            ("Reuters, May 4, 2021", "; Reuters; 2021-05-04"),
            ("sample.example, 4 May 2021", "; sample.example; 2021-05-04"),
            ("Rowan Example, political editor, 4 May 2021", "Rowan Example; ; 2021-05-04"),
            ("Musterstädter Zeitung, 4. Mai 2021", "; Musterstädter Zeitung; 2021-05-04"),
            ("Le Quotidien, 4 mai 2021", "; Le Quotidien; 2021-05-04"),
            ("El Diario de Muestra, 4 de mayo de 2021", "; El Diario de Muestra; 2021-05-04"),
        ],
    );
}

#[test]
fn names_alone() {
    assert_strength(
        Strength::Bare,
        &[
            ("The Sample Courier", "; The Sample Courier; "),
            ("Rowan Example", "Rowan Example; ; "),
            ("Rowan Example at Sample Park", "Rowan Example; ; "),
            ("Rowan Example | The Sample Post", "Rowan Example; The Sample Post; "),
        ],
    );
}

#[test]
fn lines_that_are_no_imprints() {
    for line in [
        "By Thursday the town had fallen",
        "By 4 May 2021, the town had fallen",
        "By 1997, the Samplers ruled",
        "By Force",
        "By Land and Sea",
        "By and large",
        "By Kabul, 4 May 2021",
        "By the Numbers: Trade",
        "By Rowan Example’s account, nobody came",
        "By Rail, by Road",
        "Bystanders Told Police",
        "Von hier nach dort",
        "Par exemple, 4 mai 2021",
        "The war, 1990",
        "1997",
        "May 2021",
        "The Year 2021 in Samples",
        "The fall of the gate, 4 May 2021",
        "What happened on 4 May 2021",
        "3 April 1921 – 9 March 2004",
        "— Rowan Example, The Sample Post, 4 May 2021",
        "“It was late,” said Rowan Example, 4 May 2021",
        "Updated rules for the gate",
        "Published in 2021",
        "Sampleton falls",
        "3 killed",
        "It rained.",
        "The gate opened on 4 May 2021.",
        "",
    ] {
        assert_eq!(read(line), None, "{line}");
    }
}

#[test]
fn publication_comes_before_updates() {
    let stamp = |day, updated| Stamp {
        date: PartialDate::new(2021, Some(5), Some(day)).expect("a day"),
        updated,
        bare: false,
    };
    assert_eq!(better(Some(stamp(6, true)), stamp(4, false)).date, stamp(4, false).date);
    assert_eq!(better(Some(stamp(4, false)), stamp(6, true)).date, stamp(4, false).date);
    assert_eq!(better(Some(stamp(4, false)), stamp(6, false)).date, stamp(4, false).date);
}
