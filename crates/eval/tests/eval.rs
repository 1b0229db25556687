//! Indexes and ranks test collections, and holds the measures to the floors of
//! `tests/ratchet.toml`.

mod shared;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use pincite_eval::{
    Bm25, CitedClaims, CorpusDocument, IndexFolder, IndexedCollection, Measurement, Metric,
    TestCollection, Topic, mean,
};

use shared::shared;

/// The distance above its floor from which a figure is reported as a new floor.
const SLACK: f64 = 0.005;

/// The maximum number of topics of a collection, evenly spaced: a build without optimisation has no
/// time for more.
const TOPICS: usize = 100;

fn document(id: &str, title: &str, text: &str) -> CorpusDocument {
    CorpusDocument { id: id.to_owned(), title: title.to_owned(), text: text.to_owned() }
}

fn topic(text: &str) -> Topic {
    Topic { id: "1".to_owned(), text: text.to_owned() }
}

fn indexed(documents: &[CorpusDocument]) -> IndexedCollection {
    IndexedCollection::new(documents, IndexFolder::temporary().unwrap(), &()).unwrap()
}

fn found(indexed: &IndexedCollection, text: &str, depth: usize) -> Vec<String> {
    indexed.rank(&topic(text), depth).unwrap().into_iter().map(|entry| entry.document).collect()
}

#[test]
fn documents_keep_their_ids_whatever_these_are() {
    let indexed = indexed(&[
        document("MED/10", "", "The ferry to the island was late again."),
        document("med-10", "", "The mill by the weir burned down."),
        document("承认", "", "The lighthouse keeper left in spring."),
        document("a b", "Clocks of the \"old\" town\\", ""),
        document("none", " ", "\n"),
    ]);
    assert_eq!(found(&indexed, "ferry", 10), ["MED/10"]);
    assert_eq!(found(&indexed, "mill", 10), ["med-10"]);
    assert_eq!(found(&indexed, "lighthouse", 10), ["承认"]);
    assert_eq!(
        found(&indexed, "clocks", 10),
        ["a b"],
        "a document without text is found by its title"
    );
    assert!(indexed.skipped().is_empty());
}

#[test]
fn documents_rank_by_their_best_passage_however_many_passages_others_have() {
    let long: Vec<String> = (0..900)
        .map(|n| format!("Barge number {n} went down the canal to the sea that day."))
        .collect();
    // Words that every passage has say nothing; here none has both but those of one document.
    let other: Vec<String> = (0..900)
        .map(|n| format!("Lorry number {n} went over the hill to the town that day."))
        .collect();
    let indexed = indexed(&[
        document("long", "", &long.join("\n\n")),
        document(
            "short",
            "",
            "A canal of such length, with all its many locks and keepers, takes a day or two.",
        ),
        document("other", "", &other.join("\n\n")),
    ]);
    assert_eq!(found(&indexed, "barge canal", 2), ["long", "short"]);
    assert_eq!(found(&indexed, "barge canal", 1), ["long"]);
}

#[test]
fn sentences_are_ranked_whatever_their_markup() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("claims.jsonl");
    let article = r##"["# Ferry *timetable*", "  ", "—", "Skip to content", "1. The ferry runs twice a day.", "> It rests on Sundays.", "Share"]"##;
    let claim = |text: &str, sets: &str| {
        format!(r#"{{"claim": "{text}", "evidence": {article}, "supporting_sentences": {sets}}}"#)
    };
    let claims = [
        claim("The ferry runs every day", "[[4], [4, 5]]"),
        claim("Nobody knows", "[]"),
        claim("content", "[[3]]"),
    ];
    fs::write(&file, claims.join("\n")).unwrap();
    let report = CitedClaims::read(&file)
        .unwrap()
        .measure("wice", &IndexFolder::temporary().unwrap(), &())
        .unwrap();
    assert_eq!(
        report.ours.topics.keys().collect::<Vec<_>>(),
        ["1", "3"],
        "a claim without supporting sentences is not a topic"
    );
    let first = |topic| report.ours.run.ranking(topic)[0].document.as_str();
    assert_eq!((first("1"), first("3")), ("4", "3"));
    assert_eq!(report.ours.topics["3"][Metric::Map], 1.0);
    assert_eq!(report.baseline.unwrap().run.ranking("3").len(), 1);
}

fn collection(name: &str) -> Option<TestCollection> {
    let folder = shared(&format!("data/retrieval/{name}"))?;
    Some(TestCollection::read(&folder, None, None).unwrap())
}

/// The figures are those published for BM25 with these parameters, Snowball stems and stop words.
#[test]
fn the_baseline_has_the_published_figures() {
    for (name, expected) in [("scifact", 0.699), ("cranfield", 0.368)] {
        let Some(TestCollection { documents, topics, qrels }) = collection(name) else { continue };
        let bm25 = Bm25::new(&documents);
        let measured = Measurement::of(&topics, &qrels, |topic| Ok(bm25.rank(topic, 100))).unwrap();
        let ndcg = mean(measured.topics.values())[Metric::Ndcg10];
        assert!((ndcg - expected).abs() < 0.002, "{name}: {ndcg:.4}");
    }
}

#[test]
fn rankings_are_as_good_as_before() {
    #[derive(serde::Deserialize)]
    struct Ratchet {
        eval: BTreeMap<String, BTreeMap<String, f64>>,
    }
    let file = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ratchet.toml"));
    let Ratchet { eval } = toml::from_str(&fs::read_to_string(file).unwrap()).unwrap();
    for (name, floors) in eval {
        let Some(TestCollection { documents, topics, qrels }) = collection(&name) else { continue };
        let step = topics.len().div_ceil(TOPICS);
        let topics: Vec<Topic> = topics.into_iter().step_by(step).collect();
        let indexed = indexed(&documents);
        let measured = Measurement::of(&topics, &qrels, |topic| indexed.rank(topic, 100)).unwrap();
        let means = mean(measured.topics.values());
        for metric in Metric::ALL {
            let now = means[metric];
            eprintln!("{name}: {} {now:.4}", metric.name());
            let Some(&floor) = floors.get(metric.name()) else { continue };
            assert!(now >= floor, "{name}: {} fell from {floor} to {now:.4}", metric.name());
            if now > floor + SLACK {
                eprintln!(
                    "raise the ratchet: {name}: {} = {:.3}",
                    metric.name(),
                    (now * 1000.0).floor() / 1000.0
                );
            }
        }
    }
}
