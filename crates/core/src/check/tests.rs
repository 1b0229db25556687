//! Claims taken apart, and the forced choice of a model.

use super::assertion::assertions;
use super::statement::StatementReader;
use super::*;

fn compare(claim: &str, source: &[&str]) -> Option<Comparison> {
    let sentences: Vec<Statement> = source.iter().map(|text| Statement::new(text)).collect();
    Comparison::new(&Statement::new(claim), &sentences, &[])
}

fn feature(claim: &str, source: &str, feature: Feature) -> f64 {
    compare(claim, &[source]).expect("they share words").features[feature]
}

#[test]
fn assertions_are_taken_apart() {
    let split = |claim: &str| {
        let mut reader = StatementReader::new();
        assertions(&reader.read(claim), &mut reader)
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
fn what_a_sentence_has_of_a_claim_is_measured() {
    let claim = "The stone bridge in Bergen opened to trams in 1933";
    let all = ["The stone bridge in Bergen opened to trams in 1933."];
    let comparison = compare(claim, &all).expect("they are the same");
    for whole in [Feature::Own, Feature::Near, Feature::Whole, Feature::InOrder, Feature::Supports]
    {
        assert_eq!(comparison.features[whole], 1.0, "{whole:?}");
    }
    assert_eq!(comparison.shown.map(|it| it.stance), Some(Stance::Supports));
    let part = "The bridge opened in 1932.";
    assert!(feature(claim, part, Feature::Own) < 0.5);
    assert!(feature(claim, part, Feature::Gaps) > 0.5);
    assert_eq!(feature(claim, part, Feature::FactDiffers), 1.0);
    assert_eq!(feature("Prices rose in May", "Prices fell in May.", Feature::Contrary), 1.0);
    assert_eq!(feature("Tidewater is a book", "Tidewater is a film.", Feature::Kind), 1.0);
    let never = "The council never recognised the line.";
    assert!(feature("The council recognised the line", never, Feature::Flipped) > 0.3);
    assert_eq!(feature("Only Ada sang", "Ada sang.", Feature::Only), 1.0);
}

#[test]
fn what_stands_around_a_sentence_counts_less() {
    let source = ["The bridge is old.", "It opened in 1932."];
    let features =
        compare("The bridge opened in 1932", &source).expect("they share words").features;
    assert!(features[Feature::Own] < features[Feature::Near] && features[Feature::Near] < 1.0);
    assert_eq!(features[Feature::Whole], 1.0);
}

#[test]
fn without_evidence_nothing_is_measured() {
    let claim = "No king was ever only third in 1997 with $3 billion";
    assert_eq!(compare(claim, &["Rain fell."]), None);
}

#[test]
fn a_value_is_a_word_as_it_is_written() {
    let has = |sentence: &str, value: &str| Statement::new(sentence).has_value(value);
    assert!(has("The mill closed on the second Monday of May.", "May"));
    assert!(has("The Mill closed.", "mill"));
    assert!(!has("The mayor may resign.", "May"));
}

#[test]
fn the_shipped_model_can_be_read_and_is_written_alike() {
    let model = Model::parse(include_str!("model.toml")).expect("it has the terms of this version");
    assert_eq!(Model::parse(&model.to_toml("Again.")), Some(model));
}

#[test]
fn training_is_reproducible_and_learns() {
    let example = |own: f64, class| {
        let features = Features::from_iter([(Feature::Own, own)]);
        Example { features, class, weight: 1.0 }
    };
    let classes = [(0.9, Class::Supports), (0.1, Class::Neither)];
    let examples: Vec<Example> =
        (0..400).map(|i| classes[i % 2]).map(|(own, class)| example(own, class)).collect();
    let model = train(&examples);
    assert_eq!(model, train(&examples));
    assert!(model.judge(&examples[0].features).of(Class::Supports) > 0.8);
    assert!(model.judge(&examples[1].features).of(Class::Neither) > 0.8);
}
