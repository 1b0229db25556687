//! Tests what one sentence says of a claim: tables of claims with sentences, by ruling.

use super::*;

mod forms;

fn judged(claim: &str, sentences: &[&str], at: usize, context: &[&str]) -> Judgement {
    let read = |texts: &[&str]| texts.iter().map(|text| Statement::new(text)).collect::<Vec<_>>();
    let (sentences, context) = (read(sentences), read(context));
    let view = View::new(&sentences, &context, at);
    judge(&Claim::new(&Statement::new(claim)), &Units::new(view.own), &view)
}

fn ruling_in(claim: &str, sentences: &[&str], at: usize, context: &[&str]) -> Ruling {
    judged(claim, sentences, at, context).ruling
}

fn ruling(claim: &str, sentence: &str) -> Ruling {
    ruling_in(claim, &[sentence], 0, &[])
}

const CONTRADICTS: Ruling = Ruling::Decided(Stance::Contradicts);

fn assert_all(wanted: Ruling, pairs: &[(&str, &str)]) {
    let wrong = pairs.iter().map(|(claim, sentence)| (claim, sentence, ruling(claim, sentence)));
    let wrong: Vec<_> = wrong.filter(|(.., ruling)| *ruling != wanted).collect();
    assert!(wrong.is_empty(), "not {wanted:?}: {wrong:#?}");
}

fn assert_open(pairs: &[(&str, &str)]) {
    let rulings = pairs.iter().map(|(claim, sentence)| (claim, sentence, ruling(claim, sentence)));
    let decided: Vec<_> = rulings.filter(|(.., it)| matches!(it, Ruling::Decided(_))).collect();
    assert!(decided.is_empty(), "decided: {decided:#?}");
}

#[test]
fn the_same_words_say_the_same() {
    assert_all(
        SUPPORTS,
        &[
            ("The bridge opened in 1932.", "The bridge opened in 1932"),
            ("However, the bridge opened in 1932.", "The bridge opened in 1932."),
            ("The bridge opened in 1932.", "In addition, the bridge opened in 1932."),
            (
                "The bridge never opened, the mayor said.",
                "The bridge never opened, the mayor said.",
            ),
            ("The bridge opened in 1932.", "The bridge opened in 1932, to the joy of the town."),
            (
                "The Example Dam was opened in June 2016.",
                "The Example Dam in Moss, renamed the Good Friendship Dam, was opened in June 2016.",
            ),
            ("The bridge opened in 1932.", "According to the council, the bridge opened in 1932."),
        ],
    );
    // Signs are no punctuation, nor is what is within a figure.
    for (claim, sentence) in [
        ("The dam cost €3 million.", "The dam cost £3 million."),
        ("The dam cost 15 million.", "The dam cost 1.5 million."),
        ("It was 5 degrees in May.", "It was -5 degrees in May."),
    ] {
        assert_ne!(ruling(claim, sentence), SUPPORTS, "{claim} / {sentence}");
    }
}

#[test]
fn a_clause_that_restricts_what_is_claimed_leaves_a_part() {
    for (claim, sentence) in [
        (
            "Shops in Bergen may open on Sundays.",
            "Shops in Bergen may open on Sundays, but only in December.",
        ),
        ("The museum opens at nine.", "The museum opens at nine except on public holidays."),
        ("The club pays the fine.", "The club pays the fine unless the league relents."),
        ("Farmers receive the subsidy.", "Farmers receive the subsidy [4] if they keep no pigs."),
    ] {
        assert_eq!(ruling(claim, sentence), Ruling::Part, "{claim} / {sentence}");
    }
    assert_all(
        SUPPORTS,
        &[
            // A contrast is none, nor is how long it was so.
            ("The storm hit Bergen in May.", "The storm hit Bergen in May, but nobody was hurt."),
            (
                "The museum was closed for repairs.",
                "The museum was closed for repairs until May 2010.",
            ),
            (
                "The club pays the fine unless the league relents.",
                "The club pays the fine unless the league relents.",
            ),
        ],
    );
    // A condition before it bears on all of it.
    assert_open(&[("The club pays the fine.", "If the league insists, the club pays the fine.")]);
}

#[test]
fn a_value_in_the_place_of_another_contradicts() {
    assert_all(
        CONTRADICTS,
        &[
            ("The bridge opened in 1933.", "The bridge opened in 1932."),
            ("In 1933 the bridge opened.", "The bridge opened in 1932."),
            ("The bridge opened in March 1932.", "The bridge opened in May 1932."),
            ("The ferry has run since 2010.", "The ferry has run since 2004."),
            ("The war lasted from 1914 to 1919.", "The war lasted from 1914 to 1918."),
            ("The dam cost €3 million.", "The dam cost £3 million."),
            ("Each house gets 11 gallons a day.", "Each house gets 11 litres a day."),
            ("Over 200 boats used the canal.", "Nearly 200 boats used the canal."),
            ("The council met on Monday in the hall.", "The council met on Tuesday in the hall."),
            ("It was the third time that Norway won.", "It was the second time that Norway won."),
            ("Prices in Bergen rose in spring.", "Prices in Bergen fell in spring."),
        ],
    );
}

#[test]
fn hedges_and_ranges_are_compared_as_intervals() {
    assert_all(
        SUPPORTS,
        &[
            (
                "More than 900 boats used the canal.",
                "The canal was dug, and 907 boats used the canal.",
            ),
            ("The line is about 2,600 km long.", "The line is 2,640 km long."),
            ("The ferry was closed in 1997.", "The ferry was closed from 1996 to 2001."),
            ("Between 40 and 50 boats sank.", "In the storm 40–50 boats sank."),
            ("The line cost 3 to 4 million dollars.", "The line cost $3.5 million."),
        ],
    );
    assert_all(
        CONTRADICTS,
        &[
            ("Exactly 90 boats sank.", "Between 40 and 50 boats sank."),
            ("Between 40 and 60 boats sank.", "Between 40 and 50 boats sank."),
            ("The dam in Moss cost at least €3 million.", "The dam in Moss cost up to €3 million."),
            ("The dam cost no more than €3 million.", "The dam cost at least €3 million."),
        ],
    );
    assert_open(&[
        ("The bridge opened on 14 May.", "The bridge, 30 years old, opened in May."),
        ("Exactly 907 boats used the canal.", "More than 900 boats used the canal."),
        ("Exactly 45 boats sank.", "Between 40 and 50 boats sank."),
        ("Between 35 and 60 boats sank.", "Between 40 and 50 boats sank."),
        ("The bridge opened on 3 March 1932.", "The bridge opened in March 1932."),
        ("The ferry ran from 1990 to 1999.", "The ferry ran in 1995."),
    ]);
}

#[test]
fn a_fact_belongs_to_what_it_is_said_of() {
    assert_all(
        CONTRADICTS,
        &[
            ("She scored 17 goals in 22 matches.", "She scored 22 goals in 17 matches."),
            ("Norway invaded Denmark.", "Denmark invaded Norway."),
        ],
    );
    assert_open(&[
        (
            "The largest number of those counted came from Moss.",
            "The largest number came from Moss; the largest number counted came from Bergen.",
        ),
        ("Sales rose by 5%.", "Sales rose to 5%."),
        (
            "Harriet Example lost the shield.",
            "Harriet Example won the cup and Rowan Sample lost the shield.",
        ),
        ("The army recognised the republic.", "The head of the army recognised the republic."),
        ("Saltmarsh is a moon.", "Headland, Saltmarsh's largest moon, is a rock."),
        ("Norway won the cup.", "Norway won the cup semi-final."),
        ("The minister resigned.", "The deputy minister resigned."),
        (
            "Norway is the largest country in the north.",
            "Norway is the second largest country in the north.",
        ),
    ]);
}

#[test]
fn active_and_passive_are_one() {
    assert_all(
        SUPPORTS,
        &[
            ("The mill was built by Ada Example in 1902.", "Ada Example built the mill in 1902."),
            ("Ada Example built the mill in 1902.", "The mill was built by Ada Example in 1902."),
        ],
    );
    assert_all(
        CONTRADICTS,
        &[("The mill was built by Ada Example in 1903.", "Ada Example built the mill in 1902.")],
    );
}

#[test]
fn a_denial_denies_what_it_reaches() {
    assert_all(
        CONTRADICTS,
        &[
            ("The council recognised the line.", "The council never recognised the line."),
            ("The council has not recognised the line.", "The council has recognised the line."),
            (
                "The military figures can be reconciled.",
                "The military figures cannot be reconciled.",
            ),
        ],
    );
    assert_all(
        SUPPORTS,
        &[("Norway will play in Bergen.", "Norway, who avoided a fine, will play in Bergen.")],
    );
    // Never are a claim and its denial both supported, or both contradicted.
    let sentences = [
        "The council recognised the line.",
        "The council did not recognise the line.",
        "The council refused to recognise the line.",
        "The council denied that it had recognised the line.",
        "It is not true that the council recognised the line.",
        "No body of the town, mayor or council, has ever recognised the line.",
    ];
    for sentence in sentences {
        let (claim, denial) = (
            ruling("The council recognised the line.", sentence),
            ruling("The council did not recognise the line.", sentence),
        );
        assert!(claim != denial || !matches!(claim, Ruling::Decided(_)), "{sentence}: {claim:?}");
    }
}

#[test]
fn what_may_be_or_is_claimed_is_not_said_to_be() {
    assert_open(&[
        ("Norway bought the island.", "Norway may have bought the island."),
        ("Ada is the mayor of Bergen.", "Ada was the mayor of Bergen."),
        ("Norway bought the island.", "Norway agreed to buy the island."),
        ("Norway bought the island.", "If Norway bought the island, Denmark left."),
        ("Norway bought the island.", "Critics allege that Norway bought the island."),
        ("Norway bought the island.", "Norway bought the island, the group claimed."),
        ("The towers fell.", "Some of the towers fell."),
        ("All of the towers fell.", "Most of the towers fell."),
        ("Norway bought the island.", "The prosecution said that Norway bought the island."),
        ("Norway bought the island.", "Norway bought the island, said a lawyer for Ada."),
    ]);
    assert_all(
        SUPPORTS,
        &[("Norway bought the island.", "The police said that Norway bought the island.")],
    );
}

#[test]
fn words_that_are_missed_are_no_contradiction() {
    assert_open(&[
        ("The bridge opened to great applause in 1932.", "The bridge opened in 1932."),
        ("The old stone bridge in Bergen opened in 1933.", "A bridge opened in 1932."),
    ]);
    let claim = "The bridge opened in 1932, and the mayor resigned two days later.";
    assert_eq!(ruling(claim, "The big bridge of Bergen opened in 1932."), Ruling::Part);
}

#[test]
fn names_come_from_around_the_sentence() {
    let around = ["Ada Example was a painter.", "She moved to Bergen in 1902."];
    assert_eq!(ruling_in("Ada Example moved to Bergen in 1902.", &around, 1, &[]), SUPPORTS);
    assert_eq!(
        ruling_in("Rowan Sample moved to Bergen in 1902.", &around, 1, &[]),
        Ruling::Open(None)
    );
    let around = ["Mount Moss is a hill.", "It is 1,874 metres high.", "Mount Bergen is near it."];
    assert_eq!(ruling_in("Mount Moss is 1,874 metres high.", &around, 1, &[]), SUPPORTS);
    assert_eq!(
        ruling_in("Mount Bergen is 1,934 metres high.", &around, 1, &[]),
        Ruling::Open(None)
    );
    let heading = ["The camp of Saltmarsh"];
    let wells = ["Two of the five wells have failed since February."];
    assert_eq!(
        ruling_in(
            "Two of the five wells at Saltmarsh have failed since February.",
            &wells,
            0,
            &heading
        ),
        SUPPORTS
    );
}

#[test]
fn another_name_contradicts_only_behind_the_same_preposition() {
    assert_all(CONTRADICTS, &[("Ada was found near Moss.", "Ada was found near Bergen.")]);
    assert_open(&[
        ("The van was found near Moss.", "The van was found near Bergen."),
        ("Ada spoke at a Moss inquiry.", "Ada spoke at a Bergen inquiry."),
        ("Ada is at the University of Moss.", "Ada is at the University of Bergen."),
        ("Tim Example is a painter.", "Timothy Rowan Example is a painter."),
        ("Norway signed the pact.", "Denmark signed the pact."),
    ]);
}

#[test]
fn a_part_of_a_name_is_the_name_where_nothing_says_otherwise() {
    assert_all(SUPPORTS, &[("Ada Example was born in 1981.", "Example was born in May 1981.")]);
    assert_open(&[
        ("Ada Example was born in 1981.", "Ada was born in May 1981."),
        ("Ada Example was born in 1981.", "Rowan Ada was born in May 1981."),
        ("South Sudan was born in 2011.", "Sudan was born in 2011."),
    ]);
}

#[test]
fn a_negator_denies_what_it_governs() {
    assert_all(
        SUPPORTS,
        &[("Norway backed the pact.", "Norway opposed the ban and backed the pact.")],
    );
    assert_all(
        CONTRADICTS,
        &[
            ("Norway signed the pact.", "Norway refused to sign the pact."),
            ("Norway signed the pact.", "Norway has not ever signed the pact."),
            ("Norway refused to sign the pact.", "Norway agreed to sign the pact."),
        ],
    );
    assert_open(&[
        ("Iran recognized Norway.", "Norway refused to recognize the ruling."),
        ("Norway was recognized.", "Iran refused to recognize Norway."),
        ("Moss was a set of mills.", "There was not one Moss, but a set of mills."),
        ("Ada was elected mayor.", "Ada was not elected mayor until 1990."),
    ]);
}

#[test]
fn the_first_to_do_something_is_not_the_first() {
    assert_open(&[("Ada made Norway's first film.", "Ada made Norway's first film to use sound.")]);
}

#[test]
fn an_adverb_that_is_not_said_leaves_a_part() {
    assert_eq!(
        ruling("The bill was unanimously passed in May.", "The bill was passed in May."),
        Ruling::Part
    );
}

#[test]
fn a_passive_without_an_agent_is_said_by_the_active() {
    assert_all(SUPPORTS, &[("The mill was built in 1874.", "In 1874 Ada built the mill.")]);
    assert_all(CONTRADICTS, &[("The mill was built in 1871.", "In 1874 Ada built the mill.")]);
    assert_open(&[
        ("The mill was built in 1874.", "In 1874 Ada wanted to build the mill."),
        ("The mill was built in 1874.", "In 1874 Ada built the mill dam."),
    ]);
}

#[test]
fn a_weekday_is_compared_with_that_of_the_day() {
    let sentence = "The mill burned down on the night of 3 November 2023.";
    assert_eq!(ruling("The mill burned down on a Friday in November 2023.", sentence), SUPPORTS);
    assert_eq!(ruling("The mill burned down on a Sunday in November 2023.", sentence), CONTRADICTS);
}

#[test]
fn a_noun_is_what_was_last_named_by_it() {
    let sentences = |last| ["A boat was in the flood zone.", last];
    let claim = "The boat left the flood zone.";
    assert_eq!(ruling_in(claim, &sentences("The boat left the zone."), 1, &[]), SUPPORTS);
    let other = ["A boat was in the fishing zone.", "The boat left the zone."];
    assert!(!matches!(ruling_in(claim, &other, 1, &[]), Ruling::Decided(_)));
}

#[test]
fn what_is_denied_is_not_said() {
    assert_all(
        CONTRADICTS,
        &[
            (
                "Ada Mills confirmed that the line would close.",
                "Ada Mills denied a report that the line would close.",
            ),
            (
                "Ada Mills said that the line had been closed.",
                "Ada Mills denied that the line had been closed.",
            ),
        ],
    );
}

#[test]
fn what_leaves_a_claim_open_is_told_in_the_words_of_both() {
    let claim = "The mayor of Moss signed the pact.";
    for (claim, sentence, slot, said, says) in [
        (claim, "The mayor of Moss may have signed the pact.", Slot::Modality, "", "may"),
        (
            claim,
            "To sign the pact pleased the mayor of Moss.",
            Slot::Relation,
            "signed, pact",
            "sign, pact",
        ),
        (
            "Ada Moss is mayor of Bergen.",
            "Ada Moss was mayor of Bergen.",
            Slot::Modality,
            "is",
            "was",
        ),
        (
            claim,
            "The paper imagines that the mayor of Moss signed the pact.",
            Slot::Modality,
            "",
            "imagines",
        ),
        (
            claim,
            "If he is paid, the mayor of Moss signed the pact.",
            Slot::Condition,
            "",
            "If he is paid",
        ),
        (
            "The mayor signed the pact in Moss.",
            "The mayor signed the pact near the Moss.",
            Slot::Relation,
            "in Moss",
            "near the Moss",
        ),
        (
            claim,
            "The mayor of Moss whom Ada visited signed the pact.",
            Slot::Subject,
            "",
            "Moss whom Ada visited signed",
        ),
        (
            "The members signed the pact.",
            "Some members signed the pact.",
            Slot::Quantifier,
            "",
            "Some",
        ),
        (
            "Iran denied that Norway signed the pact.",
            "Iran denied that Norway did not sign the pact.",
            Slot::Polarity,
            "",
            "not",
        ),
        (claim, "The mayor of Moss read the pact.", Slot::Words, "signed", ""),
        (
            claim,
            "Signed in Bergen, the pact pleased the mayor of Moss.",
            Slot::Relation,
            "signed, pact",
            "Signed, pact",
        ),
    ] {
        let judgement = judged(claim, &[sentence], 0, &[]);
        assert!(matches!(judgement.ruling, Ruling::Open(_)), "{claim} / {sentence}");
        let open: Vec<_> = judgement.reasons.into_iter().filter(|it| !it.agrees).collect();
        let found = open.iter().any(|it| it.slot == slot && it.claim == said && it.source == says);
        assert!(found, "{claim} / {sentence}: {open:#?}");
    }
}

#[test]
fn an_amount_is_of_what_it_measures() {
    assert_open(&[
        (
            "Norway has 5 million inhabitants.",
            "Norway has 5 million fewer inhabitants than Sweden.",
        ),
        ("The hotel in Moss has 200 rooms.", "The hotel in Moss has 200 rooms fewer than before."),
        ("The lake is 40 metres deep.", "The lake is 40 metres wide."),
        ("The company was fined 5 million.", "The company was fined after losing 5 million."),
        ("Ada Example has three children.", "Ada Example has two sons and a daughter."),
        ("The book sold 10,000 copies in 1990.", "The book sold 10,000 copies by 1990."),
        ("The school has 500 pupils.", "The school has 500 pupils and teachers."),
        ("The river is 300 km long.", "The river is 300 km from Moss."),
    ]);
    assert_all(
        SUPPORTS,
        &[
            ("The lake is 40 metres deep.", "The lake is 40 metres deep and cold."),
            ("The book sold 10,000 copies by 1990.", "By 1990 the book sold 10,000 copies."),
        ],
    );
}

#[test]
fn a_particle_makes_another_verb() {
    assert_open(&[
        ("The union called off the strike.", "The union called the strike."),
        ("The union called the strike.", "The union called off the strike."),
        ("Ada turned the offer in.", "Ada turned down the offer."),
    ]);
    assert_all(
        SUPPORTS,
        &[
            ("The union called off the strike.", "The union called off the strike in Moss."),
            ("The mill was torn down.", "The mill was then torn down by Ada."),
        ],
    );
}

#[test]
fn another_thing_of_the_kind_is_another() {
    assert_open(&[
        ("Ada won three awards for songs.", "Ada won three awards for other songs."),
        ("The tax on fuel was abolished.", "The tax on fuel exports was abolished."),
        ("The vaccine was tested on adults.", "The vaccine was tested on adults aged over 60."),
        ("The whale dived to 1,000 metres.", "The whale can dive to 1,000 metres."),
    ]);
    assert_all(SUPPORTS, &[("Ada met other members.", "Ada met other members in Moss.")]);
}

#[test]
fn who_poses_as_somebody_is_another() {
    assert_open(&[
        ("Ada Example was arrested in Moss.", "A man posing as Ada Example was arrested in Moss."),
        ("The vote was held in Moss.", "The vote was to be held in Moss."),
        (
            "The train runs from Moss to Bergen on Mondays.",
            "The train runs from Moss to Bergen on weekdays except Mondays.",
        ),
    ]);
}

#[test]
fn what_holds_of_fewer_need_not_hold_of_all() {
    assert_open(&[
        ("All schools closed on Friday.", "All schools in Moss closed on Friday."),
        ("All schools closed on Friday.", "All private schools closed on Friday."),
        ("The team won every match.", "The team won every match but one."),
        ("No member of the board resigned.", "No former member of the board resigned."),
        ("Two thirds of voters backed the plan.", "Two thirds of women voters backed the plan."),
        ("30% of voters in Moss backed it.", "30% of young voters in Moss backed it."),
        (
            "The vaccine prevents infection in children.",
            "The vaccine prevents severe infection in children.",
        ),
        ("The city of Moss banned cars.", "The city of Moss banned cars without a permit."),
        ("The city of Moss banned cars.", "The city of Moss banned cars that burn oil."),
        ("The drug is safe for children.", "The drug is safe for children over 12."),
        ("Turnout in Moss was 60%.", "Turnout in Moss was 60% among women."),
        ("Schools in Norway closed.", "Private schools in Norway closed."),
        ("Moss is the highest hill in Norway.", "Moss is the highest hill in southern Norway."),
        ("Moss was the first mill in Norway.", "Moss was the first steam mill in Norway."),
        ("Moss lost 300 jobs in 2015.", "Moss lost 300 jobs between 2000 and 2020."),
        ("Moss lost 200 jobs in 2015.", "Moss lost 300 jobs between 2000 and 2020."),
        ("People with gout should rest.", "People with severe gout should rest."),
    ]);
    assert_all(
        SUPPORTS,
        &[
            ("The shop in Moss sells wine.", "The shop in Moss sells red wine without a permit."),
            ("All schools closed on Friday.", "All schools closed on Friday in Moss."),
            ("The city of Moss banned the film.", "The city of Moss banned the new film by Ada."),
            ("The city of Moss banned cars.", "The city of Moss banned cars in 1990."),
            ("The team won every match in Moss.", "The team won every match in Moss by two goals."),
            ("Moss lost 300 jobs in 2015.", "Moss lost 300 jobs in May 2015."),
            ("The arrest of Ada shook Norway.", "The sudden arrest of Ada shook Norway."),
            (
                "The Moss line made a profit in 1990.",
                "The Moss line, which runs most of the trains in Norway, made a profit in 1990.",
            ),
        ],
    );
}

#[test]
fn what_was_need_not_be() {
    assert_open(&[
        ("The mill is owned by Ada.", "The mill was owned by Ada."),
        ("Ada leads the party in Moss.", "Ada led the party in Moss."),
        ("Ada is the leader of Moss.", "Ada was the leader of Moss."),
        ("Ada works in Moss.", "Ada had worked in Moss."),
        ("The party is led by Ada.", "Ada led the party until 1990."),
        ("The school has 500 pupils.", "The school had 500 pupils in 1990."),
    ]);
    assert_all(
        SUPPORTS,
        &[
            ("The mill was owned by Ada.", "The mill was owned by Ada."),
            ("The mill is owned by Ada.", "The mill has been owned by Ada since 1990."),
            ("The film is directed by Ada.", "The film was directed by Ada."),
            ("Ada leads the party.", "The party led by Ada met in Moss."),
            ("Ada led the party.", "Ada has led the party since 1990."),
        ],
    );
}

#[test]
fn a_name_like_that_of_a_capital_is_no_country() {
    let other = "Ada Moss (born 1924) was an American politician, diplomat, and businessman who \
                 served as the 41st governor of Bergenland.";
    assert_open(&[("Ada Washington was the 1st governor of Bergenland.", other)]);
    assert_all(SUPPORTS, &[("Paris signed the pact.", "France signed the pact.")]);
}

#[test]
fn a_pronoun_stands_for_what_is_spoken_of() {
    let line = "The Example Line, the old border between Norway and Sweden, is in dispute.";
    let refused = [line, "The Danes, like others before them, refuse to recognise it as a border."];
    for claim in ["The Danes recognized Norway", "Sweden recognized the Example Line"] {
        assert!(!matches!(ruling_in(claim, &refused, 1, &[]), Ruling::Decided(_)), "{claim}");
    }
}

#[test]
fn another_date_needs_the_same_event() {
    assert_open(&[
        (
            "The Harbour Guard was formed in 2007",
            "After two campaigns, Saltmarsh (2014) and Headland (2017), many of the Harbour Guard fled.",
        ),
        (
            "Norway recognized Sweden in 1997",
            "In 1996 Norway recognized the rights of the Harbour Guard.",
        ),
    ]);
}

#[test]
fn what_is_held_of_several_is_not_held_of_one() {
    assert_open(&[(
        "The raid on Saltmarsh was the deadliest raid of the war",
        "It was behind some of the deadliest raids of the war, the raid on Saltmarsh among them.",
    )]);
}

#[test]
fn what_is_hedged_says_what_is_hedged_alike() {
    let source = "Norway may use the rift to expand its influence in Sweden.";
    assert_open(&[("Norway expanded its influence in Sweden", source)]);
    assert_all(
        SUPPORTS,
        &[
            ("Norway may use the rift to expand its influence in Sweden", source),
            (
                "Norway signed the pact with Sweden",
                "Norway, like Denmark, signed the pact with Sweden.",
            ),
        ],
    );
}
