//! Tests query expansion: which variants are looked for, and how they are scored.

use std::fs;

use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::query::Via;
use pincite_core::search::{Results, Searcher, VariantKind};
use tempfile::TempDir;

/// Articles of one paragraph each, indexed.
struct Shelf {
    searcher: Searcher,
    _dir: TempDir,
}

impl Shelf {
    fn of(articles: &[(&str, &str)]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let files = dir.path().join("files");
        fs::create_dir(&files).unwrap();
        for (id, text) in articles {
            fs::write(files.join(format!("{id}.md")), format!("{text}\n")).unwrap();
        }
        // Filler, so that the words of the other articles are rare.
        for n in 0..40 {
            let text = format!(
                "In report number {n} the gauge by the old weir stood at {n} inches all that week.\n"
            );
            fs::write(files.join(format!("weir-{n:02}.md")), text).unwrap();
        }
        let index = dir.path().join("index");
        Index::update(&index, &Update { paths: vec![files], ..Update::default() }, &()).unwrap();
        Self { searcher: Searcher::new(&Index::open(&index).unwrap()).unwrap(), _dir: dir }
    }

    fn results(&self, query: &str) -> Results {
        self.searcher.search(&Query::parse(query).unwrap(), 10).unwrap()
    }

    fn exact(&self, query: &str) -> Results {
        self.searcher.search(&Query::parse(query).unwrap().exact(), 10).unwrap()
    }

    /// Returns the articles found, best first, with their scores; near-duplicates included.
    fn ranked(&self, query: &str) -> Vec<(String, f64)> {
        let ranking = self.searcher.ranking(&Query::parse(query).unwrap(), 10).unwrap();
        ranking.into_iter().map(|(id, score)| (id.source.to_string(), score)).collect()
    }

    fn found(&self, query: &str) -> Vec<String> {
        self.ranked(query).into_iter().map(|(id, _)| id).collect()
    }

    /// Returns the variants of a query with their kinds.
    fn variants(&self, query: &str) -> Vec<(String, VariantKind)> {
        self.results(query)
            .variants
            .into_iter()
            .map(|variant| (variant.written, variant.kind))
            .collect()
    }

    /// Returns the matches in a passage.
    fn marked(&self, query: &str, id: &str) -> Vec<(String, String, Via)> {
        let results = self.results(query);
        let hit = results.hits.iter().find(|hit| hit.source.id.as_str() == id).unwrap();
        let text = |found: &pincite_core::query::Match| {
            let start = hit.passage.start.byte;
            hit.passage.text[found.span.start - start..found.span.end - start].to_owned()
        };
        hit.matches.iter().map(|found| (text(found), found.term.clone(), found.via)).collect()
    }
}

fn groups() -> Shelf {
    Shelf::of(&[
        (
            "founding",
            "The Tehreek-e-Taliban Pakistan (TTP) was founded by several commanders in December.",
        ),
        ("unexplained", "Some say that Tehreek-e-Taliban Pakistan has fighters by the lower lock."),
        ("raid", "A raid by the TTP on a police post near the river killed four officers."),
        ("other", "Fighters of the Tahreek-i-Taliban Pakistan crossed the river by night."),
        ("border", "Spin Buldak lies across from Chaman on the road to the south."),
        ("leader", "Haibatullah Akhundzada has not been seen in the capital for years."),
    ])
}

#[test]
fn an_acronym_matches_the_name_that_an_article_gives_it() {
    let shelf = groups();
    assert_eq!(
        shelf.variants("raid of the TTP"),
        [("tehreek e taliban pakistan".to_owned(), VariantKind::Acronym)]
    );
    assert_eq!(shelf.found("TTP").len(), 3);
    assert!(
        shelf.found("police raid of the Tehreek-e-Taliban Pakistan").contains(&"raid".to_owned())
    );
    assert_eq!(
        shelf.found("police raid of the Tehrik-i-Taliban Pakistan")[0],
        "raid",
        "in whatever transliteration"
    );
    assert_eq!(
        shelf.marked("TTP commanders", "founding"),
        [
            ("TTP".to_owned(), "TTP".to_owned(), Via::Exact),
            ("commanders".to_owned(), "commanders".to_owned(), Via::Exact),
        ],
        "what explains it is no second mention"
    );
    let name = ("Tehreek-e-Taliban Pakistan".to_owned(), "TTP".to_owned(), Via::Variant);
    assert!(shelf.marked("TTP fighters beside the weir", "unexplained").contains(&name));
    assert!(shelf.variants("ttp raid").is_empty(), "without capitals it is a word like others");
}

#[test]
fn a_name_matches_other_transliterations() {
    let shelf = groups();
    for (query, id, written) in [
        ("traders at Spin Boldak", "border", "buldak"),
        ("Hibatullah Akhundzada rules", "leader", "haibatullah"),
        ("Where is Hibatullah now?", "leader", "haibatullah"),
        ("Hibatullah rules", "leader", "haibatullah"),
    ] {
        assert_eq!(shelf.found(query)[0], id, "{query}");
        assert!(
            shelf.variants(query).contains(&(written.to_owned(), VariantKind::Transliteration)),
            "{query}"
        );
    }
    assert!(
        shelf
            .variants("fighters of the Tehreek")
            .contains(&("tahreek".to_owned(), VariantKind::Transliteration))
    );
    assert!(shelf.variants("Gauges stood").is_empty(), "a capital at the beginning says little");
    assert_eq!(shelf.variants("Akhunzada"), [("akhundzada".to_owned(), VariantKind::Misspelling)]);
}

#[test]
fn countries_match_their_people_capitals_and_other_names() {
    let shelf = Shelf::of(&[
        ("country", "Envoys of Afghanistan went home early from the talks on the river."),
        ("people", "Afghan envoys went home early from the talks on the river."),
        ("capital", "Kabul called its envoys home early from the talks on the river."),
        ("unrelated", "Envoys of some other state went home early from the talks on the river."),
        ("lone", "An Afghan lorry waited at the toll bridge before anyone had opened the market."),
        ("us", "They told us of the polish on the floor."),
        ("states", "Washington and the United States sent polite letters to all the others."),
    ]);
    let found = shelf.found("envoys of Afghanistan");
    assert_eq!(found[..3], ["country", "people", "capital"], "the surer, the higher");
    assert_eq!(shelf.found("envoys of the Afghans")[..2], ["people", "country"]);
    assert_eq!(shelf.found("a lorry in Kabul")[..2], ["lone", "capital"]);
    assert_eq!(
        shelf.marked("Afghanistan", "lone"),
        [("Afghan".to_owned(), "Afghanistan".to_owned(), Via::Variant)]
    );
    assert_eq!(shelf.found("letters from the USA"), ["states"], "a country is no pronoun");
    assert_eq!(shelf.found("Poland"), [""; 0], "nor a verb");
}

#[test]
fn british_and_american_spellings_match() {
    let shelf = Shelf::of(&[
        ("british", "The harbour authority recognised the neighbours' programme."),
        ("american", "The harbor authority recognized the neighbors' program."),
    ]);
    for query in ["harbour authority recognised programme", "harbor authority recognized program"] {
        let results = shelf.results(query);
        assert_eq!(results.total, 2, "{query}");
        assert!(results.hits[0].score >= results.hits[1].score);
    }
    assert_eq!(
        shelf.marked("harbour", "american"),
        [("harbor".to_owned(), "harbour".to_owned(), Via::Variant)]
    );
}

#[test]
fn restrictions_are_not_expanded() {
    let shelf = groups();
    for query in ["\"TTP\"", "+TTP", "road \"Spin Boldak\"", "title:TTP", "(river AND Boldak)"] {
        assert!(shelf.results(query).variants.is_empty(), "{query}");
    }
    assert_eq!(shelf.results("+Boldak").total, 0);
    assert_eq!(shelf.results("(TTP OR weir) -gauge").hits.len(), 3, "in a group it attracts");
    let exact = shelf.exact("Hibatullah rules");
    assert_eq!((exact.total, exact.variants.len()), (0, 0));
    assert!(
        shelf
            .exact("TTP")
            .hits
            .iter()
            .flat_map(|hit| &hit.matches)
            .all(|found| found.via != Via::Variant)
    );
}

#[test]
fn a_variant_never_scores_more_than_the_word_typed() {
    let pairs = [
        ("Boldak", "Buldak"),
        ("Afghanistan", "Afghan"),
        ("Islamabad", "Pakistan"),
        ("recognised", "recognized"),
        ("UAE", "United Arab Emirates"),
        ("United Arab Emirates", "UAE"),
    ];
    for (typed, other) in pairs {
        // Both have the same length, which affects the score.
        let text = |name: &str| {
            let more = ["calmly", "openly"][..3 - name.split(' ').count()].join(" ");
            format!("The traders from {name} were {more} at the river market by dawn that day.")
        };
        let shelf = Shelf::of(&[("b-typed", &text(typed)), ("a-other", &text(other))]);
        let query = format!("river traders of {typed}");
        let ranked = shelf.ranked(&query);
        let score = |id: &str| ranked.iter().find(|(other, _)| other == id).unwrap().1;
        assert!(score("b-typed") >= score("a-other"), "{typed} {other}: {ranked:?}");
        assert!(!shelf.variants(&query).is_empty(), "{typed} {other}");
        // If both are typed, each is scored by itself.
        let both = shelf.results(&format!("{typed} and {other}"));
        let repeated =
            |id: &str| both.variants.iter().any(|variant| variant.written.eq_ignore_ascii_case(id));
        assert!(!repeated(typed) && !repeated(other), "{typed} {other}: {:?}", both.variants);
    }
}

#[test]
fn similar_passages_do_not_include_the_passage_itself() {
    let shelf = groups();
    let passages = shelf.searcher.candidates("TTP commanders founded December", 1).unwrap();
    let query = shelf.searcher.query_like(&passages[0]).unwrap();
    let results = shelf.searcher.search(&query, 10).unwrap();
    let ids: Vec<_> = results.hits.iter().map(|hit| hit.source.id.as_str()).collect();
    assert_eq!(passages[0].source.as_str(), "founding");
    assert!(
        ids.contains(&"raid") && ids.contains(&"other") && !ids.contains(&"founding"),
        "{ids:?}"
    );
    assert_eq!(results.total, results.hits.len() as u64, "what is left out is not counted");
}
