//! Holds success@1 and MRR of claims about `corpus/` and the articles to the floors of
//! `tests/ratchet.toml`.

mod shared;

use std::fs;
use std::path::Path;

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::{Results, Searcher};
use pincite_core::source::PassageId;
use shared::shared;

/// The distance above its floor from which a figure is reported as a new floor.
const SLACK: f64 = 0.005;

#[derive(serde::Deserialize)]
struct Claim {
    claim: String,
    expect: Vec<PassageId>,
}

#[derive(serde::Deserialize)]
struct Ratchet {
    claims: Claims,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Claims {
    corpus: Figures,
    articles: Figures,
}

#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Figures {
    success_at_1: f64,
    mrr: f64,
}

fn searcher(corpus: &Path, dir: &Path) -> Searcher {
    let update = Update { paths: vec![corpus.to_owned()], ..Update::default() };
    Index::update(dir, &update, &()).unwrap();
    Searcher::new(&Index::open(dir).unwrap()).unwrap()
}

/// Returns the rank of the first expected result, from 1.
fn first_right(results: &Results, expect: &[PassageId]) -> Option<usize> {
    let right = |id: &PassageId| {
        expect.iter().any(|e| e.source == id.source && e.paragraph == id.paragraph)
    };
    results
        .hits
        .iter()
        .position(|hit| right(&hit.passage.id()) || hit.near_duplicates.iter().any(right))
        .map(|i| i + 1)
}

/// Measures the claims of a file over `corpus`, and prints those whose first result is wrong.
fn measure(corpus: &Path, claims: &Path) -> Figures {
    let claims = fs::read_to_string(claims).unwrap();
    let claims: Vec<Claim> =
        claims.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let dir = tempfile::tempdir().unwrap();
    let searcher = searcher(corpus, dir.path());

    let (mut first, mut reciprocal) = (0, 0.0);
    for Claim { claim, expect } in &claims {
        let results = searcher.search(&Query::parse(claim).unwrap(), 10).unwrap();
        let place = first_right(&results, expect);
        if place == Some(1) {
            first += 1;
        } else {
            let found =
                results.hits.first().map(|hit| hit.passage.id().to_string()).unwrap_or_default();
            let expect: Vec<_> = expect.iter().map(PassageId::to_string).collect();
            eprintln!("{claim}\n    at {place:?}: found {found}, expected {}", expect.join(" or "));
        }
        reciprocal += place.map_or(0.0, |place| 1.0 / place as f64);
    }
    let count = claims.len() as f64;
    let figures = Figures { success_at_1: f64::from(first) / count, mrr: reciprocal / count };
    eprintln!("{count} claims: success@1 {:.3}, MRR {:.3}", figures.success_at_1, figures.mrr);
    figures
}

/// Asserts that figures reach their floors, and prints floors that can be raised.
fn hold(now: &Figures, section: impl Fn(Claims) -> Figures) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ratchet: Ratchet =
        toml::from_str(&fs::read_to_string(root.join("tests/ratchet.toml")).unwrap()).unwrap();
    let before = section(ratchet.claims);
    for (name, now, before) in
        [("success_at_1", now.success_at_1, before.success_at_1), ("mrr", now.mrr, before.mrr)]
    {
        assert!(now >= before, "{name} fell from {before} to {now:.4}");
        if now > before + SLACK {
            eprintln!("raise the ratchet: {name} = {:.3}", (now * 1000.0).floor() / 1000.0);
        }
    }
}

#[test]
fn claims_find_their_passages_as_often_as_before() {
    let corpus = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../corpus"));
    hold(&measure(corpus, &corpus.join("claims.jsonl")), |claims| claims.corpus);
}

#[test]
fn claims_about_the_articles_find_their_passages_as_often_as_before() {
    let Some(articles) = shared("articles") else { return };
    let claims = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/claims/articles.jsonl"));
    hold(&measure(&articles, claims), |claims| claims.articles);
}

#[test]
fn the_two_recognitions_come_first_and_second() {
    let Some(articles) = shared("articles") else { return };
    let dir = tempfile::tempdir().unwrap();
    let query = Query::parse("Pakistan recognized the Taliban in 1997").unwrap();
    let results = searcher(&articles, dir.path()).search(&query, 5).unwrap();
    let quotes: Vec<&str> = results
        .hits
        .iter()
        .map(|hit| hit.passage.span_of(hit.best).unwrap().of(&hit.passage.text))
        .collect();
    assert!(
        quotes[0].starts_with("In 1997, Pakistan formally recognized the Taliban"),
        "{quotes:#?}"
    );
    assert!(
        quotes[1].starts_with("In 1996, following the Taliban's capture of Kabul"),
        "{quotes:#?}"
    );
}
