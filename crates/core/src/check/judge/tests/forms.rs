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
fn a_predicate_noun_brings_its_subject_what_is_said_of_it() {
    let actress = "Ada Moss (born 1955) is a Danish actress who works in theatre, radio and film.";
    assert_all(
        SUPPORTS,
        &[
            ("Ada Moss works in radio.", actress),
            ("Ada Moss is Danish.", actress),
            ("Ada Moss is from Denmark.", actress),
            (
                "Saltmarsh is a film.",
                "Saltmarsh is a 1990 computer-animated Norwegian fantasy film directed by Ada \
                 Moss.",
            ),
            ("Saltmarsh is an album.", "Saltmarsh is the fifth studio album by Ada Moss."),
            ("Saltmarsh is an album by a singer.", "Saltmarsh is an album by singer Ada Moss."),
            ("Saltmarsh is in Kent.", "Saltmarsh is a small town in Kent."),
            ("Ada won awards in Bergen.", "Ada won many awards in Bergen."),
            ("Ada was the mayor of Bergen.", "Ada served as the mayor of Bergen."),
            ("Rowan is a Danish painter.", "Ada Moss, known as Rowan, is a Danish painter."),
            (
                "Ada led the council.",
                "Ada was a Danish painter, writer and politician who led the council.",
            ),
        ],
    );
    assert_all(CONTRADICTS, &[("Ada Moss is not an actress.", actress)]);
    assert_open(&[
        ("Ada Moss is an actress.", "Ada Moss is a former actress."),
        ("Ada Moss is Chinese.", "Ada Moss is a Chinese restaurant owner."),
        ("Ada Moss is a film.", "Ada Moss is a film director."),
        ("Ada Moss is in Denmark.", actress),
        ("Ada Moss is in Kent.", "Ada Moss is a teacher in Kent."),
        ("Ada is the mayor of Bergen.", "Ada served as the mayor of Bergen."),
        ("Norway signed the pacts.", "Norway signed most of the pacts."),
        ("Norway signed the pacts.", "Norway signed many pacts."),
        ("Moss Tower is the tallest building.", "Moss Tower is the second tallest building."),
        ("Ada built the mill.", "Ada is a friend of Rowan who built the mill."),
        ("Ada beat Rowan.", "Ada is a boxer who was beaten by Rowan."),
        ("Rowan is an actress.", "Ada Moss, mother of Rowan, is an actress."),
        ("The mill sold Ada.", "The mill is a building sold by Ada."),
    ]);
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
fn a_clause_behind_a_conjunction_is_said() {
    assert_all(
        SUPPORTS,
        &[
            ("Revenue rose 3 percent.", "Example earned £2 million, as revenue rose 3 percent."),
            ("The mill burned down.", "Ada left after the mill burned down."),
            (
                "The judge told Ada that she had failed the mill.",
                "The judge told Ada at the court in Moss that she had failed the mill.",
            ),
        ],
    );
    assert_open(&[
        ("The mill left Bergen.", "Ada left Bergen after the mill."),
        ("The vote criticised Norway.", "Rowan criticised Norway before the vote."),
    ]);
}

#[test]
fn a_time_behind_a_phrase_is_that_of_the_verb() {
    assert_all(
        SUPPORTS,
        &[(
            "Ada was named chairman in March 2018.",
            "Ada was named chairman of Moss's sales and marketing division in March 2018.",
        )],
    );
    assert_open(&[
        ("Ada won gold in 2018.", "Ada won gold and Rowan silver in 2018."),
        ("Ada won in 2018.", "Ada won in 2016 and Rowan in 2018."),
    ]);
}

#[test]
fn a_participle_goes_on_to_say_more_of_a_noun() {
    let more = "The model has 20 million particles representing dark matter.";
    assert_all(SUPPORTS, &[("The model has 20 million particles.", more)]);
    assert_open(&[("The town paid for police.", "The town paid for police training.")]);
}

#[test]
fn who_does_it_is_not_to_whom_it_is_done() {
    assert_all(
        SUPPORTS,
        &[
            ("Norway recognized Moss.", "Moss was recognized by Norway."),
            ("Police did not find Ada.", "Police searched the room but did not find Ada."),
            ("Norway recognized Moss.", "Moss, recognized by Norway in May, is a town."),
        ],
    );
    assert_open(&[
        ("The politics tried Norway.", "Norway tried to calm the politics of Moss."),
        ("Norway recognized Moss.", "Norway has never recognized the line, while Moss does."),
        ("Norway recognized Moss.", "Norway recognized the line, while Moss did not."),
        ("Ada left Rowan.", "Ada left and Rowan died."),
        ("Norway deepened the affairs.", "Norway deepened its part in Afghan affairs."),
    ]);
}

#[test]
fn what_follows_a_denial_need_not_be_denied() {
    assert_all(
        CONTRADICTS,
        &[
            (
                "The fire is not slowing: there were 18 new ones in May.",
                "The fire is slowing: there were 18 new ones in May.",
            ),
            ("There have not been two fires this year.", "There have been two fires this year."),
            (
                "Ada was not born in Moss, the third of four children.",
                "Ada was born in Moss, the third of four children.",
            ),
        ],
    );
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

#[test]
fn a_name_in_the_place_of_another_is_read_whole() {
    assert_all(
        CONTRADICTS,
        &[(
            "Saltmarsh was produced by Moss.",
            "Saltmarsh is a film that was produced by Bergen Pictures and shown in May.",
        )],
    );
    assert_open(&[("Ada bought the ferry.", "Ada bought the ferry company.")]);
}

#[test]
fn a_word_of_another_phrase_makes_nothing_else_of_the_first_answer() {
    let sentence = "Following the old mill Pro, Ada built the new mill in 1902.";
    assert_all(SUPPORTS, &[("Ada built the new mill in 1902.", sentence)]);
    assert_open(&[("The mayor built the mill.", "The deputy mayor built the mill.")]);
}
