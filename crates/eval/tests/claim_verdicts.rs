//! Holds the verdicts of `check` on labelled claims and pairs to the floors of
//! `tests/ratchet.toml`.

mod shared;

use std::fs;
use std::path::{Path, PathBuf};

use pincite_core::check::{Check, Checker, Comparison, Feature, Stance, Statement, Verdict};
use pincite_core::index::{Index, Update};
use pincite_core::search::Searcher;
use pincite_eval::{Stances, train_on};
use proptest::prelude::*;
use shared::shared;

#[derive(serde::Deserialize)]
struct Claim {
    claim: String,
    /// The acceptable verdicts.
    verdict: Vec<Verdict>,
    /// For claims about the articles: `tuning` for those used to find faults, or `held_out`.
    half: Option<String>,
}

#[derive(serde::Deserialize)]
struct Ratchet {
    verdicts: Floors,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Floors {
    corpus: f64,
    articles_tuning: f64,
    articles_held_out: f64,
    fever_symmetric_accuracy: f64,
    fm2_accuracy: f64,
    mismatched: f64,
    misleading_right: usize,
    misleading_false: usize,
}

fn root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn floors() -> Floors {
    let Ratchet { verdicts } =
        toml::from_str(&fs::read_to_string(root("tests/ratchet.toml")).unwrap()).unwrap();
    verdicts
}

/// Checks claims against a folder of articles.
fn check(folder: &Path, claims: &[&str]) -> Vec<Check> {
    let dir = tempfile::tempdir().unwrap();
    let update = Update { paths: vec![folder.to_owned()], ..Update::default() };
    Index::update(dir.path(), &update, &()).unwrap();
    let searcher = Searcher::new(&Index::open(dir.path()).unwrap()).unwrap();
    let mut checker = Checker::new(&searcher);
    claims.iter().map(|claim| checker.check(claim).unwrap()).collect()
}

/// Reads the claims of a file.
fn claims(file: &str) -> Vec<Claim> {
    let lines = fs::read_to_string(root("tests/claims").join(file)).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Returns the share of claims with an acceptable verdict, and prints the others.
fn share_right(folder: &Path, claims: &[Claim]) -> f64 {
    let texts: Vec<&str> = claims.iter().map(|claim| claim.claim.as_str()).collect();
    let mut right = 0;
    for (claim, check) in claims.iter().zip(check(folder, &texts)) {
        if claim.verdict.contains(&check.verdict) {
            right += 1;
        } else {
            eprintln!("{}: {} ({:?})", claim.claim, check.verdict.name(), check.confidence);
        }
    }
    eprintln!("{right} of {} right", claims.len());
    f64::from(right) / claims.len() as f64
}

#[test]
fn verdicts_over_the_corpus_are_as_good_as_before() {
    let share = share_right(&root("../../corpus"), &claims("verdicts.jsonl"));
    assert!(share >= floors().corpus, "fell to {share:.3}");
}

#[test]
fn verdicts_over_the_articles_are_as_good_as_before() {
    let Some(articles) = shared("articles") else { return };
    let is_tuning = |claim: &Claim| claim.half.as_deref() == Some("tuning");
    let (tuning, held_out): (Vec<_>, Vec<_>) =
        claims("articles-verdicts.jsonl").into_iter().partition(is_tuning);
    let floors = floors();
    for (claims, floor) in [(tuning, floors.articles_tuning), (held_out, floors.articles_held_out)]
    {
        let share = share_right(&articles, &claims);
        assert!(share >= floor, "fell from {floor} to {share:.3}");
    }
}

#[test]
fn the_articles_get_the_verdicts_of_a_careful_reader() {
    let Some(articles) = shared("articles") else { return };
    let expected = [
        ("Pakistan recognized the Taliban in 1997", Verdict::Disputed, 1),
        ("Pakistan recognized the Taliban in 1995", Verdict::Contradicted, 2),
        ("The Taliban formally recognized the Durand Line", Verdict::NotFound, 0),
        ("The Taliban captured Kabul in 2021", Verdict::NotFound, 0),
    ];
    let claims = expected.map(|(claim, ..)| claim);
    for ((claim, verdict, against), check) in expected.into_iter().zip(check(&articles, &claims)) {
        let sources = check.evidence.iter().filter(|it| it.stance == Stance::Contradicts).count();
        assert_eq!((check.verdict, sources), (verdict, against), "{claim}: {check:#?}");
    }
}

#[test]
fn a_contradiction_gives_way_to_the_same_event_alone() {
    let folder = tempfile::tempdir().unwrap();
    let text = "The hill wakes\n\n\
        On Tuesday 2 September the observatory raised its alert from green to yellow. The strongest \
        tremor of the month shook the harbour on Thursday 28 August.\n\n\
        The Moss Museum made a surplus of £85,000, its fourth in a row. The second repair of the roof \
        was paid for by the museum itself.\n";
    fs::write(folder.path().join("hill.txt"), text).unwrap();
    // Neither the weekday of the tremor nor the number of the repair is what the claims speak of.
    let claims = [
        "The observatory raised its alert from green to yellow on Thursday 2 September.",
        "The Moss Museum made a surplus of £85,000, its second in a row.",
    ];
    let verdict = |text: &str| {
        fs::write(folder.path().join("more.txt"), text).unwrap();
        check(folder.path(), &claims).iter().map(|check| check.verdict).collect::<Vec<_>>()
    };
    assert_eq!(verdict("Nothing else.\n"), [Verdict::Contradicted; 2]);
    let another = "The observatory lowered its alert from yellow to green on Thursday morning.\n";
    assert_eq!(verdict(another), [Verdict::NotFound, Verdict::Contradicted]);
}

#[test]
fn a_contradiction_always_names_what_differs() {
    let claims = claims("verdicts.jsonl");
    let texts: Vec<&str> = claims.iter().map(|claim| claim.claim.as_str()).collect();
    for check in check(&root("../../corpus"), &texts) {
        for evidence in check.evidence.iter().filter(|it| it.stance == Stance::Contradicts) {
            let differs = evidence.reasons.iter().filter(|it| it.is_conflict());
            let shown: Vec<_> = differs.collect();
            assert!(!shown.is_empty(), "{}", check.claim);
            for reason in shown {
                assert!(
                    check.claim.contains(&reason.claim) || reason.claim.contains(" … "),
                    "{reason:?}"
                );
                assert!(!reason.source.is_empty(), "{reason:?}");
            }
        }
    }
}

/// A claim beside a sentence that has its words and says it, denies it, or says something else.
#[derive(serde::Deserialize)]
struct Misleading {
    claim: String,
    evidence: [String; 1],
    label: String,
}

#[test]
fn sentences_written_to_mislead_mislead_no_more_than_before() {
    let lines = fs::read_to_string(root("tests/claims/misleading.jsonl")).unwrap();
    let (mut right, mut misled) = (0, 0);
    for line in lines.lines() {
        let Misleading { claim, evidence: [sentence], label } = serde_json::from_str(line).unwrap();
        let comparison =
            Comparison::new(&Statement::new(&claim), &[Statement::new(&sentence)], &[]);
        let stance = comparison.and_then(|it| it.shown).map(|shown| shown.stance);
        match (stance, &*label) {
            (Some(Stance::Supports), "SUPPORTS") | (Some(Stance::Contradicts), "REFUTES") => {
                right += 1;
            }
            (None, _) => {}
            (Some(stance), _) => {
                misled += 1;
                eprintln!("{stance:?}: {claim} / {sentence}");
            }
        }
    }
    eprintln!("{right} right, {misled} false");
    let floors = floors();
    assert!(right >= floors.misleading_right, "fell to {right}");
    assert!(misled <= floors.misleading_false, "rose to {misled}");
}

#[test]
fn judged_pairs_are_judged_as_well_as_before() {
    let Some(folder) = shared("data/stance") else { return };
    let read = |name: &str| Stances::read(&folder.join(name)).unwrap();
    // A quarter of this set is enough to train on.
    let fever = read("fever.jsonl").every(4).compared();
    let fm2 = read("fm2.jsonl").compared();
    let symmetric = read("fever-symmetric.jsonl").compared();
    let floors = floors();
    let reports = [
        (
            symmetric.measure("fever-symmetric", &train_on(&[&fever, &fm2])),
            floors.fever_symmetric_accuracy,
        ),
        (fm2.measure("fm2", &train_on(&[&fever, &symmetric])), floors.fm2_accuracy),
    ];
    for (report, floor) in reports {
        let accuracy = report.choice().accuracy;
        eprintln!("{}: accuracy {accuracy:.4}", report.file);
        assert!(accuracy >= floor, "{}: accuracy fell from {floor} to {accuracy:.4}", report.file);
        for mismatched in &report.mismatched {
            let said = mismatched.supported + mismatched.contradicted;
            assert!(said <= floors.mismatched, "{}: {mismatched:?}", report.file);
        }
        let blind = report.control_choice().accuracy;
        assert!((blind - 0.5).abs() < 0.05, "{}: claims alone give away {blind:.3}", report.file);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_two_texts_can_be_compared(claim in text(), source in proptest::collection::vec(text(), 1..4)) {
        let claim = Statement::new(&claim);
        let sentences: Vec<Statement> = source.iter().map(|text| Statement::new(text)).collect();
        if let Some(comparison) = Comparison::new(&claim, &sentences, &sentences) {
            let is_share = |it: Feature| (0.0..=1.0).contains(&comparison.features[it]);
            prop_assert!(Feature::ALL.into_iter().all(is_share), "{comparison:?}");
        }
    }
}

/// Generates text of the words and signs that the comparison looks for, and of anything else.
fn text() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "(Kabul|Delhi|US|the|No|not|never|only|recognized|by|was|born|rose|fell|film|book|third|4th|and|it|but|UN|May)",
        "(1997|1996–2001|the 1960's|12 May 1893|in|before|\\$3 billion|over 4 km|9999|50 %|0|-1|\\()",
        "\\PC{0,6}",
    ];
    proptest::collection::vec(word, 0..14).prop_map(|words| words.join(" "))
}
