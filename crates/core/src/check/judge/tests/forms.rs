//! One statement in several forms: what they say alike, and what they do not.

use super::{CONTRADICTS, Ruling, SUPPORTS, assert_all, assert_open, ruling_in};

#[test]
fn a_member_of_a_list_has_its_preposition() {
    assert_all(
        SUPPORTS,
        &[
            ("Ada played for Bergen.", "Ada played for Moss, Saltmarsh and Bergen."),
            ("The mill was built in Norway.", "The mill was built in Moss, Norway in 1902."),
            (
                "The concert was sent via television.",
                "The concert was sent via closed-circuit television.",
            ),
        ],
    );
    assert_open(&[("Ada played for Bergen.", "Ada played for Moss against Saltmarsh and Bergen.")]);
}

#[test]
fn a_person_has_middle_names() {
    assert_all(
        SUPPORTS,
        &[("Alice Example is a painter.", "Alice Rowan Example (born 1950) is a Danish painter.")],
    );
    assert_open(&[
        ("The Royal Society met in Bergen.", "The Royal Astronomical Society met in Bergen."),
        ("Denmark Radio is a station.", "Denmark Light Radio is a station."),
    ]);
}

#[test]
fn a_participle_behind_a_predicate_is_said_of_its_subject() {
    assert_all(
        SUPPORTS,
        &[(
            "Saltmarsh was written by Ada Example.",
            "Saltmarsh is a 1990 Danish novel written by Ada Example.",
        )],
    );
    assert_open(&[(
        "Saltmarsh was written by Ada Example.",
        "Saltmarsh is a film of a novel written by Ada Example.",
    )]);
}

#[test]
fn phrases_say_what_one_word_says() {
    assert_all(
        SUPPORTS,
        &[
            ("A jury convicted Ada of fraud.", "Ada was found guilty of fraud by a jury."),
            ("The council set up a fund in 1990.", "The council established a fund in 1990."),
            ("Ada finished fourth in Bergen.", "Ada came fourth in Bergen."),
            ("The Second World War ended in May.", "World War II ended in May."),
        ],
    );
    assert_open(&[
        ("A jury convicted Ada of fraud.", "Ada was found not guilty of fraud by a jury."),
        ("The museum opened in 1990.", "The museum reopened in 1990."),
        ("Ada was murdered in Bergen.", "Ada was killed in Bergen."),
    ]);
}

#[test]
fn an_object_of_a_noun_is_one_of_its_verb() {
    assert_all(
        SUPPORTS,
        &[(
            "Ada was accused of the murder of Rowan Sample.",
            "Ada was accused of murdering Rowan Sample.",
        )],
    );
}

#[test]
fn what_a_relative_clause_says_is_said() {
    assert_all(
        SUPPORTS,
        &[
            (
                "Ada Example worked at a school in Bergen from 1950 to 1954.",
                "Her first post was at a school in Bergen, where Ada Example worked from 1950 to 1954.",
            ),
            (
                "The van was found near Moss.",
                "A fourth man is believed to have waited in the van, which was found near Moss.",
            ),
        ],
    );
    assert_all(
        CONTRADICTS,
        &[(
            "Ada Example worked at a school in Bergen from 1950 to 1958.",
            "Her first post was at a school in Bergen, where Ada Example worked from 1950 to 1954.",
        )],
    );
    assert_open(&[
        (
            "Norway bought the island.",
            "He claimed that Norway, which borders Sweden, bought the island.",
        ),
        (
            "Ada Example built the mill.",
            "The mill that Rowan Sample sold Ada Example was built of oak.",
        ),
    ]);
}

#[test]
fn exchanged_sides_contradict_whatever_else_is_said() {
    assert_all(
        CONTRADICTS,
        &[(
            "Sweden bought Norway for £3 million.",
            "Norway bought Sweden in a deal of £3 million.",
        )],
    );
    assert_open(&[("Sweden beat Norway in 1990.", "Norway beat Sweden in 1994.")]);
}

#[test]
fn onwards_is_since() {
    assert_all(
        CONTRADICTS,
        &[("Ada led the museum from 1998 onwards.", "Ada led the museum until 1998.")],
    );
}

#[test]
fn a_definite_noun_is_what_was_named_with_it() {
    let before = "At Moss, where a dam was planned in 2019, water stood in the street.";
    let after = "The council denied that the dam had been dropped.";
    let claim = "The council said that the Moss dam had been dropped.";
    assert_eq!(ruling_in(claim, &[before, after], 1, &[]), CONTRADICTS);
    let other = "At Bergen, where a dam was planned in 2019, water stood in the street.";
    assert!(!matches!(ruling_in(claim, &[other, after], 1, &[]), Ruling::Decided(_)));
}
