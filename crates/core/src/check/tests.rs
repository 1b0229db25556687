//! Slot by slot: what agrees, what differs, and in whose words.

use super::*;

fn compare(claim: &str, source: &str) -> Comparison {
    let sentences: Vec<Statement> =
        crate::text::sentences(source).iter().map(|it| Statement::new(it.of(source))).collect();
    Comparison::best(&Statement::new(claim), &sentences, &[], &Rarity::default())
        .expect("they share words")
}

/// The words of both sides in a slot that differs.
fn differs(claim: &str, source: &str, slot: Slot) -> Option<(String, String)> {
    let comparison = compare(claim, source);
    comparison
        .conflicts()
        .find(|it| it.slot == slot)
        .map(|it| (it.claim.clone(), it.source.clone()))
}

fn assert_differs(claim: &str, source: &str, slot: Slot, words: (&str, &str)) {
    let found = differs(claim, source, slot);
    assert_eq!(
        found.as_ref().map(|(a, b)| (a.as_str(), b.as_str())),
        Some(words),
        "{claim} / {source}"
    );
}

fn assert_agrees(claim: &str, source: &str) {
    let comparison = compare(claim, source);
    let conflicts: Vec<_> = comparison.conflicts().collect();
    assert!(conflicts.is_empty(), "{claim} / {source}: {conflicts:?}");
}

#[test]
fn dates() {
    assert_differs(
        "The bridge opened in 1933",
        "The bridge opened in 1932.",
        Slot::Date,
        ("1933", "1932"),
    );
    assert_differs(
        "The bridge opened before 1930",
        "The bridge opened in 1932.",
        Slot::Date,
        ("1930", "1932"),
    );
    for time in ["1932", "March 1932", "19 March 1932", "early 1932"] {
        assert_agrees("The bridge opened in 1932", &format!("The bridge opened in {time}."));
    }
    assert_agrees("The bridge was closed in 1997", "The bridge was closed from 1996 to 2001.");
    assert_agrees("The ferry stopped in the mid-1990s", "The ferry stopped in 1995.");
    assert_agrees(
        "Ada Example died in 1852",
        "Ada Example (10 December 1815 – 27 November 1852) wrote.",
    );
    assert_differs(
        "Ada Example was born in 1852",
        "Ada Example (10 December 1815 – 27 November 1852) wrote.",
        Slot::Date,
        ("1852", "10 December 1815 – 27 November 1852"),
    );
}

#[test]
fn a_year_of_a_name_is_no_date() {
    assert_agrees("Expo 2020 drew crowds", "Expo 2020 drew crowds in 2021.");
}

#[test]
fn amounts() {
    assert_differs(
        "The dam cost $30 billion",
        "The dam cost over $3 billion.",
        Slot::Amount,
        ("$30 billion", "$3 billion"),
    );
    assert_differs(
        "The line is 900 miles long",
        "The line is 2,640 km long.",
        Slot::Amount,
        ("900 miles", "2,640 km"),
    );
    for length in ["2,640 km", "1,640 miles", "about 2,600 kilometres", "more than 2,500 km"] {
        assert_agrees(&format!("The line is {length} long"), "The line is 2,640 km long.");
    }
    assert_agrees("It took at least 40 boats", "It took 55 boats.");
    assert_agrees("The town has three mills", "The town has two bridges and three mills.");
    assert_differs(
        "The town has five mills",
        "The town has two bridges and three mills.",
        Slot::Amount,
        ("five", "three"),
    );
}

#[test]
fn polarity() {
    let never = "The council has never recognised the line.";
    assert_differs(
        "The council recognized the line",
        never,
        Slot::Polarity,
        ("recognized", "never … recognised"),
    );
    assert_agrees("The council did not recognize the line", never);
    assert_differs(
        "The council recognizes the line",
        "The council refuses to recognise the line.",
        Slot::Polarity,
        ("recognizes", "refuses … recognise"),
    );
    assert_agrees(
        "The council recognized the line",
        "It was not the mayor but the council that recognised the line.",
    );
    assert_agrees("The mill burned down", "Not only the barn, the mill burned down.");
}

#[test]
fn words_of_contrary_meaning() {
    assert_differs(
        "Prices rose in spring",
        "Prices fell in spring.",
        Slot::Predicate,
        ("rose", "fell"),
    );
    assert_agrees("Prices did not rise in spring", "Prices fell in spring.");
}

#[test]
fn kinds_and_names() {
    assert_differs("Tidewater is a book", "Tidewater is a film.", Slot::Kind, ("book", "film"));
    assert_agrees("Tidewater is a movie", "Tidewater is a film.");
    assert_differs(
        "Ada Example is a French painter",
        "Ada Example is a Danish painter.",
        Slot::Name,
        ("French", "Danish"),
    );
    assert_agrees("Islamabad signed the pact", "Pakistan signed the pact.");
    assert_differs(
        "Tidewater was directed by Ada Example",
        "Tidewater was directed by Rowan Sample.",
        Slot::Name,
        ("Ada Example", "Rowan Sample"),
    );
    assert_agrees("The UN counted the dead", "The United Nations counted the dead.");
}

#[test]
fn who_did_it_to_whom() {
    assert_differs(
        "Norway invaded Denmark",
        "Denmark invaded Norway.",
        Slot::Order,
        ("Norway invaded Denmark", "Denmark invaded Norway"),
    );
    assert_agrees("Norway was invaded by Denmark", "Denmark invaded Norway.");
}

/// The stance of each sentence of a source on a claim, if it has one.
fn stances(claim: &str, source: &[&str]) -> Vec<Option<Stance>> {
    let claim = Statement::new(claim);
    let sentences: Vec<Statement> = source.iter().map(|it| Statement::new(it)).collect();
    let read = |at| entailment::read(&claim, &align::View::new(&sentences, &[], at)).ruling;
    let stance = |ruling| match ruling {
        entailment::Ruling::Decided(stance) => Some(stance),
        _ => None,
    };
    (0..sentences.len()).map(read).map(stance).collect()
}

#[test]
fn a_pronoun_stands_for_what_is_spoken_of() {
    let line = "The Example Line, the old border between Norway and Sweden, is in dispute.";
    let refused = [line, "The Danes, like others before them, refuse to recognise it as a border."];
    assert_eq!(stances("The Danes recognized Norway", &refused)[1], None, "it is the line");
    assert_eq!(
        stances("Sweden recognized the Example Line", &refused)[1],
        None,
        "the Danes are meant"
    );
}

#[test]
fn another_date_needs_the_same_event() {
    let source = [
        "After two campaigns, Saltmarsh (2014) and Headland (2017), many of the Harbour Guard fled.",
    ];
    assert_eq!(stances("The Harbour Guard was formed in 2007", &source), [None]);
    let source = ["In 1996 Norway recognized the rights of the Harbour Guard."];
    assert_eq!(stances("Norway recognized Sweden in 1997", &source), [None]);
}

#[test]
fn what_is_held_of_several_is_not_held_of_one() {
    let source =
        ["It was behind some of the deadliest raids of the war, the raid on Saltmarsh among them."];
    assert_eq!(stances("The raid on Saltmarsh was the deadliest raid of the war", &source), [None]);
    let source = "In 1997 Norway recognized the republic, one of only three states to do so.";
    assert_differs(
        "Norway was the only state to recognize the republic",
        source,
        Slot::Exclusive,
        ("only", "one of only three"),
    );
}

#[test]
fn what_may_be_is_not_said_to_be() {
    let source = ["Norway may use the rift to expand its influence in Sweden."];
    assert_eq!(stances("Norway expanded its influence in Sweden", &source), [None]);
    assert_eq!(
        stances("Norway may use the rift to expand its influence in Sweden", &source),
        [Some(Stance::Supports)]
    );
    let source = ["Norway, like Denmark, signed the pact with Sweden."];
    assert_eq!(stances("Norway signed the pact with Sweden", &source), [Some(Stance::Supports)]);
}

#[test]
fn a_denial_ends_with_what_is_denied() {
    assert_agrees(
        "The council called the line an imposition",
        "The council never drew the line, calling it an imposition.",
    );
    assert_agrees(
        "Norway accepts the border",
        "Sweden never accepted the border, while Norway accepts it.",
    );
    assert_agrees("The disputed border runs north", "The disputed border runs north.");
    assert_differs(
        "Ada Example sang",
        "Ada Example has yet to sing.",
        Slot::Polarity,
        ("sang", "sing"),
    );
}

#[test]
fn definitions_and_countries_differ_in_their_place() {
    assert_differs(
        "Saltmarsh is a forest",
        "Saltmarsh (old name: Sandwick) is a harbour in Norway.",
        Slot::Kind,
        ("forest", "harbour"),
    );
    assert_differs(
        "Norwegian ships left",
        "Danish ships left.",
        Slot::Name,
        ("Norwegian", "Danish"),
    );
    assert_agrees("Norwegian ships left", "The ships left for a harbour in Denmark.");
}

#[test]
fn names_have_spellings() {
    assert_agrees("Ada Haraldsen painted the mill", "Ada Haraldsen painted the mill.");
    assert_agrees("Ada Haraldson painted the mill", "Ada Haraldsen painted the mill.");
}

#[test]
fn assertions_are_taken_apart() {
    let split = |claim: &str| {
        let mut reader = statement::StatementReader::new();
        assertion::assertions(&reader.read(claim), &mut reader)
    };
    assert_eq!(
        split("In 1997, Norway signed the pact and later closed its embassy in 2004"),
        ["In 1997, Norway signed the pact", "Norway closed its embassy in 2004"]
    );
    assert_eq!(
        split("The bridge was opened in 1932 and the ferry stopped in 1933"),
        ["The bridge was opened in 1932", "the ferry stopped in 1933"]
    );
    for one in [
        "Norway and Denmark signed the pact",
        "The ferry between Norway and Denmark was stopped",
        "Norway bought three ships and 40 boats",
        "Norway signed and ratified the pact",
        "The ferry was used against Danish and allied ships",
        "Norway said that Denmark had signed the pact and closed its embassy",
        "",
    ] {
        assert_eq!(split(one), [one]);
    }
}

#[test]
fn who_says_so_is_told() {
    let speaker = |claim: &str, source: &str| {
        let all = compare(claim, source).reasons;
        all.into_iter()
            .find(|it| it.slot == Slot::Speaker)
            .map(|it| (it.agrees, it.claim, it.source))
    };
    let told =
        |agrees, claim: &str, source: &str| Some((agrees, claim.to_owned(), source.to_owned()));
    let source = "The mayor said that the bridge would open in spring.";
    assert_eq!(speaker("The bridge opens in spring", source), told(true, "", "mayor"));
    assert_eq!(
        speaker("The mayor says that the bridge opens in spring", source),
        told(true, "mayor", "mayor")
    );
    assert_eq!(
        speaker("The council says that the bridge opens in spring", source),
        told(false, "council", "mayor")
    );
    assert_eq!(
        speaker(
            "The bridge opens in spring",
            "According to Ada Example, the bridge opens in spring."
        ),
        told(true, "", "Ada Example")
    );
    assert_eq!(
        speaker("The bridge opens in spring", "The bridge opens in spring, the claims fell."),
        None
    );
}

#[test]
fn who_speaks_may_stand_in_the_clause_before() {
    let source = "Oslo denies it, insisting that the bridge opens in spring.";
    let comparison = compare("Bergen insists that the bridge opens in spring", source);
    assert!(comparison.feature("other_speaker") > 0.0);
    assert_eq!(
        compare("Oslo insists that the bridge opens in spring", source).feature("other_speaker"),
        0.0
    );
}

#[test]
fn what_excludes_nothing_is_no_difference() {
    assert_agrees(
        "The ice has shrunk over the past 30 years",
        "The ice has shrunk over the past 50 years.",
    );
    assert_agrees("The ferry ran from 1990 to 1999", "The ferry ran from 1995 to 2004.");
    assert_agrees(
        "Ferries call at Bergen, Oslo and Moss",
        "Ferries call at Bergen, Oslo and Tromso.",
    );
    assert_agrees(
        "The tower and its bells fell",
        "The tower (which was not tall) and its bells fell.",
    );
    assert_agrees(
        "The border was marked in spring",
        "They spoke of their refusal to accept the border marked in spring.",
    );
    assert_agrees("The glacier ice melted", "The decline of the glacier ice that melted.");
    assert!(compare("The towers fell", "Not all the towers fell.").feature("hedged") > 0.0);
    assert!(
        compare("Norway sank Swedish ships", "Norwegian ships sank near Swedish islands.")
            .feature("misplaced")
            > 0.9
    );
}

#[test]
fn a_difference_needs_the_rest_of_the_claim() {
    let near = compare("The stone bridge opened in 1933", "The stone bridge opened in 1932.");
    let far =
        compare("The stone bridge in Bergen opened to trams in 1933", "The bridge opened in 1932.");
    assert_eq!((near.feature("rest"), near.feature("rest_gaps")), (1.0, 0.0));
    assert!(far.feature("rest") < 0.6 && far.feature("rest_gaps") > 0.34);
    assert_eq!(far.feature("subject_gap"), 1.0);
}

#[test]
fn missing_words_are_no_difference() {
    let comparison = compare("The bridge opened in autumn to great applause", "The bridge opened.");
    assert_eq!(comparison.conflicts().count(), 0);
    assert!(
        comparison
            .reasons
            .iter()
            .any(|it| !it.agrees && it.claim.contains("applause") && it.source.is_empty())
    );
}

#[test]
fn without_evidence_nothing_is_measured() {
    let claim = Statement::new("No king was ever only third in 1997 with $3 billion");
    assert!(
        Comparison::best(&claim, &[Statement::new("Rain fell.")], &[], &Rarity::default())
            .is_none()
    );
}

#[test]
fn the_shipped_model_can_be_read_and_is_written_alike() {
    let model = Model::parse(include_str!("model.toml")).expect("it has the terms of this version");
    assert_eq!(Model::parse(&model.to_toml("Again.")), Some(model));
}

#[test]
fn training_is_reproducible_and_learns() {
    let example = |cover: f64, class| {
        let mut features = [0.0; FEATURES.len()];
        features[0] = cover;
        Example { features, class, weight: 1.0 }
    };
    let examples: Vec<Example> =
        (0..400)
            .map(|i| {
                if i % 2 == 0 {
                    example(0.9, Class::Supports)
                } else {
                    example(0.1, Class::Neither)
                }
            })
            .collect();
    let model = train(&examples);
    assert_eq!(model, train(&examples));
    assert!(model.judge(&examples[0].features).of(Class::Supports) > 0.8);
    assert!(model.judge(&examples[1].features).of(Class::Neither) > 0.8);
}
