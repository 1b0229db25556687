use super::*;

/// Asserts that no word has a capital or a typographic apostrophe, and so can be looked up.
fn assert_folded(words: &Words) {
    assert!(!words.listed.is_empty());
    for word in words.iter() {
        assert_eq!(word.to_lowercase().replace('’', "'"), word);
    }
}

fn words(toml: &'static str) -> Result<Words, String> {
    #[derive(serde::Deserialize)]
    #[serde(bound(deserialize = "'de: 'static"))]
    struct Table {
        words: Words,
    }
    toml::from_str::<Table>(toml).map(|table| table.words).map_err(|error| error.to_string())
}

#[test]
fn words_are_a_string_or_an_array() {
    for toml in ["words = '''\nred\ngreen'''", "words = ['red', 'green']"] {
        let words = words(toml).unwrap();
        assert_eq!(words.iter().collect::<Vec<_>>(), ["red", "green"]);
        assert_eq!(words.position("green"), Some(1));
        assert!(words.contains("red") && !words.contains("Red"));
    }
}

#[test]
fn broken_tables_are_rejected() {
    assert!(words("words = 'red green red'").unwrap_err().contains("“red” is listed twice"));
    assert!(words("words = ['red', 'red']").unwrap_err().contains("“red” is listed twice"));
    assert!(words("words = 7").is_err());
    assert!(std::panic::catch_unwind(|| table::<Words>("x.toml", "words = ")).is_err());
}

#[test]
fn function_words_are_folded() {
    assert_folded(&function_words::TABLE.function_words);
    assert!(is_function_word("the") && !is_function_word("kabul"));
}

#[test]
fn calendar_has_no_duplicates() {
    let table = &calendar::TABLE;
    assert_folded(&table.before_numbers);
    assert_folded(&table.before_years);
    let mut forms: Vec<&str> = calendar::short_forms().collect();
    forms.extend(
        calendar::month_names().iter().chain(calendar::weekday_names()).map(String::as_str),
    );
    let all = forms.len();
    forms.sort_unstable();
    forms.dedup();
    assert_eq!(forms.len(), all);
    for (form, number) in [("january", 1), ("may", 5), ("sept", 9), ("sep", 9), ("december", 12)] {
        assert_eq!(calendar::month(form), Some(number));
    }
    assert_eq!(
        [0, 1, 12, 13].map(calendar::month_name),
        [None, Some("January"), Some("December"), None]
    );
    assert!(calendar::is_month_or_weekday("Sunday") && !calendar::is_month_or_weekday("Sun"));
}

#[test]
fn abbreviations_have_one_use() {
    let table = &abbreviations::TABLE;
    let lists = [&table.never_last, &table.before_number, &table.before_time, &table.may_be_last];
    let mut words: Vec<&str> = lists.iter().flat_map(|list| list.iter()).collect();
    words.extend(calendar::short_forms());
    for word in &words {
        assert!(!word.ends_with('.') && !word.contains(char::is_whitespace), "{word}");
    }
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
    assert_eq!(abbreviations::abbreviation("Sat"), None);
}

#[test]
fn numbers_are_complete() {
    use numbers::{NumberWord, number_word, ordinal};
    let table = &numbers::TABLE;
    for list in
        [&table.cardinals, &table.tens, &table.ordinals, &table.fractions, &table.plural_fractions]
    {
        assert_folded(list);
    }
    assert_eq!(
        [table.cardinals.iter().count(), table.tens.iter().count(), table.ordinals.iter().count()],
        [19, 8, 20]
    );
    assert!(table.scales.keys().all(|word| !table.scales_behind_digits.contains_key(word)));
    assert_eq!(number_word("nine"), Some(NumberWord::Digit(9)));
    assert_eq!(number_word("nineteen"), Some(NumberWord::Teen(19)));
    assert_eq!(number_word("ninety"), Some(NumberWord::Ten(90)));
    assert_eq!(number_word("crore"), Some(NumberWord::Scale(7)));
    assert_eq!(
        ["first", "twentieth", "3rd", "rd", "month"].map(ordinal),
        [Some(1), Some(20), Some(3), None, None]
    );
    assert!(numbers::is_small_ordinal("tenth") && !numbers::is_small_ordinal("eleventh"));
    assert!(numbers::is_small_cardinal("ten") && !numbers::is_small_cardinal("eleven"));
}

#[test]
fn negators_have_no_duplicates() {
    let table = &negation::TABLE;
    for list in [&table.plain, &table.absence, &table.weak, &table.meaning] {
        assert_folded(list);
    }
    let mut words: Vec<&str> = negation::negators().collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
    assert!(negation::is_negation("hasn't") && !negation::is_negation("without"));
}

#[test]
fn pronouns_are_folded() {
    let table = &pronouns::TABLE;
    for list in [&table.articles, &table.subject, &table.object, &table.possessive] {
        assert_folded(list);
    }
    for list in [&table.near, &table.far, &table.relative, &table.first_person] {
        assert_folded(list);
    }
    assert!(pronouns::is_demonstrative("those") && !pronouns::is_near("those"));
}

#[test]
fn spellings_are_pairs_in_order() {
    let table = &spelling::TABLE;
    assert_eq!(table.pairs().count(), table.pairs.len());
    assert!(
        table.pairs.iter().all(|pair| pair.split(' ').count() == 2 && pair.to_lowercase() == *pair)
    );
    assert!(table.pairs.is_sorted());
    let mut words: Vec<&str> =
        table.pairs().flat_map(|(british, american)| [british, american]).collect();
    let all = words.len();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all);
    for endings in table.rules.iter().map(|rule| &rule.endings).chain([&table.pair_endings]) {
        assert!((0..endings.len()).all(|i| !endings[..i].contains(&endings[i])), "{endings:?}");
    }
    for rule in &table.rules {
        assert!(
            rule.british != rule.american && rule.british.is_ascii() && rule.american.is_ascii()
        );
    }
}

#[test]
fn each_spelling_gives_the_other() {
    for (british, american) in [
        ("recognised", "recognized"),
        ("organisations", "organizations"),
        ("neighbours", "neighbors"),
        ("colour", "color"),
        ("defence", "defense"),
        ("travelled", "traveled"),
        ("analyse", "analyze"),
        ("dialogue", "dialog"),
        ("centres", "centers"),
        ("kilometre", "kilometer"),
        ("leukaemia", "leukemia"),
        ("sceptical", "skeptical"),
    ] {
        for (typed, other) in [(british, american), (american, british)] {
            assert!(
                spelling::spellings(typed).any(|spelling| spelling == other),
                "{typed} {other}"
            );
        }
    }
    for same in ["kabul", "border", "tonnage", "for", "metropolis"] {
        assert_eq!(spelling::spellings(same).next(), None, "{same}");
    }
}

#[test]
fn units_refer_to_existing_units() {
    let table = &*units::TABLE;
    // Building the index panics on duplicates.
    std::sync::LazyLock::force(&units::INDEX);
    for unit in &table.units {
        for other in [unit.squared, unit.cubed, unit.dimension].into_iter().flatten() {
            assert!(units::unit(other).is_some() || other == "W" || other == "Wh", "{other}");
        }
        assert_eq!(unit.dimension.is_some(), unit.factor.is_some(), "{}", unit.name);
    }
    let words = table.units.iter().flat_map(|unit| [&unit.words, &unit.phrases]);
    for list in words
        .chain(table.currencies.iter().flat_map(|currency| [&currency.words, &currency.phrases]))
    {
        assert!(list.iter().all(|word| word.to_lowercase() == word));
    }
    let names = table.currencies.iter().map(|currency| currency.name);
    assert_eq!(names.clone().collect::<FxHashSet<_>>().len(), names.count());
    assert_eq!(units::unit_by_phrase("per", "cent").map(|unit| unit.name), Some("%"));
    assert!(
        units::unit_by_symbol("g", true).is_some() && units::unit_by_symbol("g", false).is_none()
    );
    assert_eq!(units::currency_by_phrase("pounds", "sterling"), Some("GBP"));
}

#[test]
fn boilerplate_is_normalised() {
    let table = boilerplate::boilerplate();
    let openings = [&table.openings.weak, &table.openings.strong, &table.openings.footer];
    for list in
        [&table.weak, &table.strong, &table.footer, &table.counted, &table.app, &table.cookies]
    {
        assert_folded(list);
        assert!(list.iter().all(|line| !line.ends_with('.')));
    }
    let lines: Vec<&str> =
        [&table.weak, &table.strong, &table.footer].into_iter().flat_map(Words::iter).collect();
    assert_eq!(lines.iter().collect::<FxHashSet<_>>().len(), lines.len());
    for (i, list) in openings.into_iter().enumerate() {
        assert_folded(list);
        for other in openings.into_iter().skip(i + 1).flat_map(Words::iter) {
            assert!(
                list.iter()
                    .all(|opening| !opening.starts_with(other) && !other.starts_with(opening)),
                "{other}"
            );
        }
    }
}

#[test]
fn words_of_names_and_headings_are_folded() {
    let names = names::names();
    for list in [
        &names.bodies,
        &names.family_names,
        &names.body_endings,
        &names.adjectives,
        &names.addresses,
        &names.rulers,
        &names.suffixes,
        &names.degrees,
        &names.particles,
        &names.capital_particles,
        &names.before_given,
        &names.paired,
        &names.given,
    ] {
        assert_folded(list);
    }
    let press = press::press();
    for list in [&press.roles, &press.publishers, &press.openers, &press.rubrics, &press.places] {
        assert_folded(list);
    }
    for list in [&press.published, &press.updated, &headings::TABLE.parts, &headings::TABLE.closing]
    {
        assert_folded(list);
    }
    assert!(press.agencies.iter().all(|agency| agency.starts_with(char::is_uppercase)));
    assert!(press.byline_leads.iter().all(|lead| lead.starts_with(char::is_uppercase)));
}

/// Asserts that there are no duplicate lines, nor duplicate words in a line, and no capitals.
fn assert_lines(lines: &[&str]) {
    assert_eq!(lines.iter().collect::<FxHashSet<_>>().len(), lines.len());
    for line in lines {
        let words: Vec<&str> = line.split(' ').collect();
        assert!(words.len() > 1 && words.iter().all(|word| !word.is_empty()), "{line}");
        assert_eq!(words.iter().collect::<FxHashSet<_>>().len(), words.len(), "{line}");
        assert_eq!(line.to_lowercase(), **line);
    }
}

#[test]
fn lexicon_has_no_duplicates() {
    let lexicon = lexicon::lexicon();
    for lines in [&lexicon.synonyms, &lexicon.includes, &lexicon.exclusive, &lexicon.nouns] {
        assert_lines(lines);
    }
    assert_lines(&lexicon.antonyms);
    assert_lines(&lexicon.plurals);
    for list in [&lexicon.light, &lexicon.turns, &lexicon.only, &lexicon.attribution] {
        assert_folded(list);
    }
    assert_folded(&lexicon.happening);
    assert_folded(&lexicon.generic);
}

#[test]
fn verbs_have_each_form_once() {
    let table = &verbs::TABLE;
    let verbs: Vec<&str> =
        verbs::irregular().filter(|forms| !matches!(*forms, "shut shut" | "split split")).collect();
    assert_lines(&verbs);
    for list in [&table.pasts, &table.auxiliaries, &table.instructing] {
        assert_folded(list);
    }
    let heads: Vec<&str> = verbs::irregular().filter_map(|forms| forms.split(' ').next()).collect();
    assert_eq!(heads.iter().collect::<FxHashSet<_>>().len(), heads.len());
    let pasts = table.irregular.iter().filter_map(|forms| forms.split(' ').nth(1));
    assert!(pasts.into_iter().all(|past| !table.pasts.contains(past)));
    assert!(verbs::is_irregular_past("wrote") && verbs::is_irregular_past("cut"));
    assert!(!verbs::is_irregular_past("written") && !verbs::is_irregular_past("shown"));
}

#[test]
fn countries_have_no_duplicates() {
    let rows = countries::countries();
    let forms: Vec<&str> = rows
        .iter()
        .flat_map(|row| [&row.names, &row.people, &row.capitals])
        .flatten()
        .copied()
        .collect();
    assert_eq!(forms.iter().collect::<FxHashSet<_>>().len(), forms.len());
    assert!(rows.iter().all(|row| !row.names.is_empty()));
    let compared: Vec<String> = countries::compared().map(|words| words.join(" ")).collect();
    assert_lines(&compared.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(compared.iter().any(|words| words == "afghanistan afghan kabul"));
    assert_eq!(compared.len(), 113);
}

#[test]
fn phrases_about_quotations_are_no_longer_than_is_looked_for() {
    let table = &quoting::TABLE;
    for words in [
        &table.elisions,
        &table.restrictions,
        &table.additions,
        &table.denials,
        &table.asking,
        &table.inverting,
        &table.merely,
        &table.referring,
        &table.reports,
    ] {
        assert_folded(words);
        assert!(words.iter().all(|phrase| phrase.split(' ').count() <= quoting::LONGEST));
    }
    assert!(quoting::is_restriction("only if") && !quoting::is_restriction("provided"));
}

#[test]
fn parts_of_compounds_are_folded() {
    assert_folded(&hyphens::TABLE.first);
    assert_folded(&hyphens::TABLE.last);
    assert!(hyphens::is_compound("well", "known") && !hyphens::is_compound("back", "ground"));
}
