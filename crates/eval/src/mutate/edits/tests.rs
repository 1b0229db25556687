use super::*;
use crate::mutate::corpus::SentenceCorpus;

fn corpus(sentences: &[&str]) -> SentenceCorpus {
    let passage = || "made-up#p1".parse().unwrap();
    SentenceCorpus::new(sentences.iter().map(|text| Sentence::new(text, passage(), 0)).collect())
}

/// All claims that an edit may make of the first of these sentences, which are one article.
fn all(edit: Edit, sentences: &[&str]) -> Vec<String> {
    let corpus = corpus(sentences);
    let first = &corpus.sentences[0];
    let mut claims: Vec<String> = Vec::new();
    for seed in 0..8 {
        claims.extend(edit.claims(first, &corpus, &mut SplitMix64(seed)));
    }
    claims.sort();
    claims.dedup();
    claims
}

/// Asserts that an edit makes just these claims of a sentence.
#[track_caller]
fn makes(edit: Edit, sentence: &str, expected: &[&str]) {
    assert_eq!(all(edit, &[sentence]), expected);
}

/// Asserts that an edit passes a sentence over.
#[track_caller]
fn passes_over(edit: Edit, sentences: &[&str]) {
    for sentence in sentences {
        makes(edit, sentence, &[]);
    }
}

/// Asserts that an edit puts one of some words in place of `#`, and makes at least one claim.
#[track_caller]
fn varies(edit: Edit, sentence: &str, pattern: &str, is: impl Fn(&str) -> bool) {
    let claims = all(edit, &[sentence]);
    assert!(!claims.is_empty(), "{sentence}");
    let (before, after) = pattern.split_once('#').unwrap();
    for claim in claims {
        let middle = claim.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
        assert!(middle.is_some_and(&is), "{claim}");
    }
}

fn number(text: &str) -> f64 {
    text.replace(',', "").parse().unwrap_or(f64::NAN)
}

#[test]
fn amounts_are_changed_in_their_own_form() {
    let far = |old: f64| move |text: &str| (number(text) - old).abs() >= 0.2 * old;
    varies(
        Edit::Amount,
        "The dyke at Orsholm is 1,250 metres long.",
        "The dyke at Orsholm is # metres long.",
        |new| far(1250.0)(new) && (new.len() < 4 || new.contains(',')),
    );
    varies(
        Edit::Amount,
        "The council of Orsholm spent £3.5 million on it.",
        "The council of Orsholm spent £# million on it.",
        far(3.5),
    );
    varies(
        Edit::Amount,
        "Four bakers from Orsholm were fined in spring.",
        "# bakers from Orsholm were fined in spring.",
        |new| {
            !["One", "Three", "Four", "Five"].contains(&new) && new.starts_with(char::is_uppercase)
        },
    );
    varies(
        Edit::Amount,
        "In Orsholm turnout rose by 62% that day.",
        "In Orsholm turnout rose by #% that day.",
        |new| far(62.0)(new) && number(new) < 100.0,
    );
}

#[test]
fn amounts_are_passed_over_where_another_would_fit_too() {
    passes_over(
        Edit::Amount,
        &[
            "The dyke at Orsholm is about 1,250 metres long.",
            "The dyke at Orsholm is more than 1,250 metres long.",
            "Up to 1,250 people came to the fair at Orsholm.",
            "The keeper said “we sold 1,250 tickets” on the day.",
            "The fair at Orsholm (with 1,250 visitors) was cancelled.",
            "The Orsholm 500 was won by a woman from the town.",
            "The fair ran for 10 to 12 days in the old town.",
            "The three brothers of Orsholm left the town for good.",
            "He lives at number 12 in the old town of Orsholm.",
        ],
    );
    // The article has every amount that might be put in.
    let others = "They sold 500, 630, 750, 880, 1,750, 2,000, 2,250 and 2,880 tickets.";
    assert_eq!(all(Edit::Amount, &["The keeper sold 1,250 tickets that day.", others]), [""; 0]);
}

#[test]
fn like_amounts_are_swapped() {
    makes(
        Edit::AmountsSwapped,
        "Orsholm scored 22 goals in 17 matches last season.",
        &["Orsholm scored 17 goals in 22 matches last season."],
    );
    makes(
        Edit::AmountsSwapped,
        "Orsholm paid £40 million and Veskin £65 million.",
        &["Orsholm paid £65 million and Veskin £40 million."],
    );
    passes_over(
        Edit::AmountsSwapped,
        &[
            "The prizes at Orsholm were worth 40, 65 and 80 crowns.",
            "The fair took place with 40 and 65 guests in turn.",
            "The trip takes between 40 and 65 minutes from Orsholm.",
            "The trip takes 40 minutes and costs 65 crowns.",
            "In Orsholm 17 of the 22 mills were still turning.",
        ],
    );
}

#[test]
fn units_and_currencies_are_changed() {
    makes(
        Edit::Unit,
        "The dyke at Orsholm is 1,250 metres long.",
        &["The dyke at Orsholm is 1,250 feet long."],
    );
    passes_over(
        Edit::Unit,
        &[
            "The dyke at Orsholm is over 1,250 metres long.",
            "The 34-year-old baker of Orsholm was fined in spring.",
            "Turnout at Orsholm rose by 12 percent in a year.",
        ],
    );
    makes(
        Edit::Currency,
        "It cost the town £4,200 to mend.",
        &["It cost the town €4,200 to mend."],
    );
    makes(
        Edit::Currency,
        "It cost the town 4,200 dollars to mend.",
        &["It cost the town 4,200 euros to mend."],
    );
    passes_over(Edit::Currency, &["It cost the town US$4,200 to mend it all."]);
}

#[test]
fn bounds_are_turned_round() {
    makes(
        Edit::Hedge,
        "More than 900 people came to the fair.",
        &["Fewer than 900 people came to the fair."],
    );
    makes(
        Edit::Hedge,
        "The dyke is nearly 900 metres long in all.",
        &["The dyke is more than 900 metres long in all."],
    );
    passes_over(
        Edit::Hedge,
        &[
            "No more than 900 people came to the fair.",
            "The dyke was built over 12 years by the town.",
            "The dyke is about 900 metres long in all.",
        ],
    );
}

#[test]
fn years_are_moved() {
    makes(
        Edit::Year,
        "The mill at Orsholm burned down in 1911.",
        &[
            "The mill at Orsholm burned down in 1908.",
            "The mill at Orsholm burned down in 1909.",
            "The mill at Orsholm burned down in 1913.",
            "The mill at Orsholm burned down in 1914.",
        ],
    );
    varies(
        Edit::Decade,
        "On 4 May 1911 the mill at Orsholm burned down.",
        "On 4 May # the mill at Orsholm burned down.",
        |new| (number(new) - 1911.0).abs() >= 10.0,
    );
    let over = [
        "The mill at Orsholm burned down before 1911.",
        "The mill at Orsholm burned down by May 1911.",
        "The mill at Orsholm burned down around 1911.",
        "The Orsholm 1911 fair was the largest of all.",
        "The mill at Orsholm burned in 1911 (it was old).",
        "They saw “the fire in 1911” at the Orsholm museum.",
        "In 1911 World Cup fever came to the town.",
    ];
    passes_over(Edit::Year, &over[..4]);
    passes_over(Edit::Year, &over[5..]);
    // Not to a year of the sentence.
    let claims = all(Edit::Year, &["In 1911 the mill burned, and again in 1913 and 1914."]);
    assert!(!claims.iter().any(|it| it.starts_with("In 1913") || it.starts_with("In 1914")));
}

#[test]
fn months_and_weekdays_are_changed() {
    varies(
        Edit::Month,
        "On 31 May the mill at Orsholm burned down.",
        "On 31 # the mill at Orsholm burned down.",
        |new| ["January", "March", "July", "August", "October", "December"].contains(&new),
    );
    varies(
        Edit::Month,
        "The mill at Orsholm burned down in May 1911.",
        "The mill at Orsholm burned down in # 1911.",
        |new| !["April", "May", "June"].contains(&new),
    );
    passes_over(
        Edit::Month,
        &[
            "The mill at Orsholm may burn down any day.",
            "The May fair at Orsholm drew a large crowd.",
            "The mill at Orsholm burned down before May 1911.",
        ],
    );
    varies(
        Edit::Weekday,
        "The mill at Orsholm burned down on Monday.",
        "The mill at Orsholm burned down on #.",
        |new| ["Wednesday", "Thursday", "Friday", "Saturday"].contains(&new),
    );
    passes_over(
        Edit::Weekday,
        &[
            "The Sunday Courier wrote of a fire at Orsholm.",
            "The mill at Orsholm is to open by Monday.",
        ],
    );
}

#[test]
fn since_and_the_ends_of_ranges_are_moved() {
    varies(
        Edit::Since,
        "The mill at Orsholm has been shut since 1911.",
        "The mill at Orsholm has been shut since #.",
        |new| (number(new) - 1911.0).abs() >= 3.0,
    );
    makes(
        Edit::RangeEnd,
        "Orla Tesk led the mill from 1911 to 1919.",
        &["Orla Tesk led the mill from 1911 to 1921.", "Orla Tesk led the mill from 1911 to 1922."],
    );
    varies(
        Edit::RangeEnd,
        "The trip takes between 40 and 65 minutes from Orsholm.",
        "The trip takes between 40 and # minutes from Orsholm.",
        |new| number(new) > 65.0,
    );
    passes_over(Edit::RangeEnd, &["The mill made 40 carts and 65 wheels in spring."]);
}

#[test]
fn days_are_made_up() {
    varies(
        Edit::Day,
        "The mill at Orsholm burned down in May 1911.",
        "The mill at Orsholm burned down on # May 1911.",
        |new| (1.0..=31.0).contains(&number(new)),
    );
    passes_over(
        Edit::Day,
        &[
            "The mill at Orsholm burned down on 4 May 1911.",
            "The mill at Orsholm burned down early in May 1911.",
        ],
    );
}

#[test]
fn not_is_put_in() {
    makes(
        Edit::NotIn,
        "The mill at Orsholm was sold to a baker.",
        &["The mill at Orsholm was not sold to a baker."],
    );
    makes(
        Edit::NotIn,
        "The baker of Orsholm has recently opened a mill.",
        &["The baker of Orsholm has not recently opened a mill."],
    );
    passes_over(
        Edit::NotIn,
        &[
            "The mill at Orsholm was not sold to a baker.",
            "The baker of Orsholm had a mill and a cart.",
            "The will of the baker named nobody but Orla.",
            "It asked whether the mill at Orsholm was sold.",
            "The mill at Orsholm was also sold to a baker.",
            "The keeper said “the mill was sold” to the town.",
            "No mill in the town of Orsholm was sold.",
        ],
    );
}

#[test]
fn not_is_taken_out() {
    makes(
        Edit::NotOut,
        "The mill at Orsholm was not sold to a baker.",
        &["The mill at Orsholm was sold to a baker."],
    );
    makes(
        Edit::NotOut,
        "The mill at Orsholm wasn’t sold to a baker.",
        &["The mill at Orsholm was sold to a baker."],
    );
    makes(
        Edit::NotOut,
        "The baker of Orsholm cannot sell the mill.",
        &["The baker of Orsholm can sell the mill."],
    );
    passes_over(
        Edit::NotOut,
        &[
            "The mill at Orsholm was not only sold to a baker.",
            "The baker of Orsholm did not sell the mill.",
            "The mill at Orsholm was not sold to any baker.",
            "The mill was not sold but given to the town.",
        ],
    );
}

#[test]
fn words_are_replaced_by_their_antonyms() {
    makes(
        Edit::Antonym,
        "The council of Orsholm accepted the plan in spring.",
        &[
            "The council of Orsholm refused the plan in spring.",
            "The council of Orsholm rejected the plan in spring.",
        ],
    );
    makes(
        Edit::Antonym,
        "A large crowd came to the fair at Orsholm.",
        &["A small crowd came to the fair at Orsholm."],
    );
    makes(
        Edit::Antonym,
        "It was an active mill, the keeper of Orsholm said.",
        &["It was an inactive mill, the keeper of Orsholm said."],
    );
    makes(
        Edit::Antonym,
        "The court at Orsholm has begun the hearing of the case.",
        &["The court at Orsholm has ended the hearing of the case."],
    );
    passes_over(
        Edit::Antonym,
        &[
            "The plan has the support of the council of Orsholm.",
            "The council of Orsholm agreed to the plan in spring.",
            "They waited as long as the keeper of Orsholm wished.",
            "The New Old Mill at Orsholm was built of brick.",
            "The council bought the mill and sold the carts.",
        ],
    );
}

#[test]
fn names_are_swapped_about_a_verb() {
    makes(
        Edit::NamesSwapped,
        "Orla Tesk defeated Veskin Bram in the final round.",
        &["Veskin Bram defeated Orla Tesk in the final round."],
    );
    makes(
        Edit::NamesSwapped,
        "The Orsholm Guild was sued by the Bram Works in 1911.",
        &["The Bram Works was sued by the Orsholm Guild in 1911."],
    );
    makes(
        Edit::NamesSwapped,
        "In 1911, the Guild defeated Bram in a court of law.",
        &["In 1911, Bram defeated the Guild in a court of law."],
    );
    passes_over(
        Edit::NamesSwapped,
        &[
            "In spring the Guild sued Bram over the old mill.",
            "Orla Tesk married Veskin Bram in the old church.",
            "Orla Tesk and Veskin Bram defeated Odo and Pim.",
            "Orla Tesk visited Orsholm in the spring of that year.",
            "Orla Tesk sued Bram, Odo and Pim in the spring.",
        ],
    );
}

#[test]
fn quantifiers_are_raised() {
    makes(
        Edit::Quantifier,
        "Some bakers in Orsholm closed for the winter.",
        &["All bakers in Orsholm closed for the winter."],
    );
    makes(
        Edit::Quantifier,
        "The flood spared few houses in the old town.",
        &["The flood spared most houses in the old town."],
    );
    makes(
        Edit::Quantifier,
        "Many of the bakers closed for the winter.",
        &["All of the bakers closed for the winter."],
    );
    passes_over(
        Edit::Quantifier,
        &[
            "The mill had been shut for some years by then.",
            "The mill is one of the most visited sites.",
            "A few bakers in Orsholm closed for the winter.",
            "Some 900 people came to the fair at Orsholm.",
            "The fair was, in some ways, the last of its kind.",
        ],
    );
}

#[test]
fn frames_change_the_first_word_only_where_it_is_no_name() {
    let claims = all(Edit::Framing, &["The mill at Orsholm burned down that year."]);
    assert!(claims.contains(&"However, the mill at Orsholm burned down that year.".to_owned()));
    assert_eq!(claims.len(), 6);
    let known = ["Orsholm burned down in the year of the flood.", "They went to Orsholm."];
    assert!(all(Edit::Framing, &known).iter().all(|it| it.contains(", Orsholm burned")));
    passes_over(
        Edit::Framing,
        &[
            // Nothing says whether this is a name.
            "Veskin burned down in the year of the flood.",
            "However, the mill at Orsholm burned down that year.",
        ],
    );
}

#[test]
fn plain_sentences_change_their_voice() {
    makes(
        Edit::Voice,
        "The old council rejected the second plan.",
        &["The second plan was rejected by the old council."],
    );
    makes(
        Edit::Voice,
        "The old council rejected the second plans.",
        &["The second plans were rejected by the old council."],
    );
    makes(
        Edit::Voice,
        "The second plan was rejected by the old council.",
        &["The old council rejected the second plan."],
    );
    passes_over(
        Edit::Voice,
        &[
            "The old council rejected it on the spot.",
            "The old council remained the same body.",
            "The old council rejected the plan, and left.",
        ],
    );
}

#[test]
fn false_clauses_end_the_sentence() {
    let claims = all(Edit::FalseClause, &["The mill at Orsholm burned down that year."]);
    assert_eq!(claims.len(), 8);
    for claim in claims {
        assert!(claim.starts_with("The mill at Orsholm burned down that year, "), "{claim}");
        assert!(claim.ends_with('.'), "{claim}");
    }
    passes_over(Edit::FalseClause, &["The keeper said that it was “the old mill.”"]);
}

#[test]
fn what_another_sentence_may_say_is_dropped() {
    let sentences = ["Some bakers in Orsholm closed early.", "Later all bakers in Orsholm closed."];
    let claim = |corpus: &SentenceCorpus| {
        Edit::Quantifier.claim(&corpus.sentences[0], corpus, &mut SplitMix64(1))
    };
    assert!(claim(&corpus(&sentences[..1])).is_some());
    assert!(claim(&corpus(&sentences)).is_none());
}

#[test]
fn quotations_that_go_on_are_left_alone() {
    let text = "“The mill at Orsholm was sold to a baker.";
    for edit in Edit::ALL {
        let expected = usize::from(edit == Edit::Verbatim);
        assert_eq!(all(edit, &[text]).len(), expected, "{}", edit.name());
    }
}
