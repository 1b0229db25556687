//! Checks that answers do not depend on how the index was written and divided into segments.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use pincite_core::index::{Index, Update};
use pincite_core::query::{Filters, Query};
use pincite_core::search::{Results, Searcher};
use tempfile::TempDir;

fn update(files: &Path, dir: &Path, threads: usize) {
    let update =
        Update { paths: vec![files.to_owned()], threads: Some(threads), ..Update::default() };
    Index::update(dir, &update, &()).unwrap();
}

fn searcher(dir: &Path) -> Searcher {
    Searcher::new(&Index::open(dir).unwrap()).unwrap()
}

fn article(number: usize) -> String {
    let date = ["2024-03-05", "2025-10", "2025"][number % 3];
    let mut text = format!(
        "---\ntitle: The ferry, part {number}\nauthor: Ada Quill\npublisher: {} Post\ndate: {date}\n---\n\n",
        ["Harbour", "Valley"][number % 2]
    );
    for paragraph in 0..30 {
        let (a, b) = ((number * 7 + paragraph) % 11, (number + paragraph * 5) % 13);
        text.push_str(&format!(
            "The ferry left pier {a} with {b} passengers. It was {} before it came back to pier {b} in {}.\n\n",
            ["dark", "noon", "late", "quiet"][(a + b) % 4],
            1990 + (a * b) % 20,
        ));
    }
    // Nearly the same in all articles.
    text.push_str("Nobody who worked at the harbour at that time could say who had paid for the lamp on the pier.\n");
    text
}

/// Returns three indexes of the same articles: written in one commit by one thread, in one by two,
/// and in twelve commits.
fn three_ways() -> &'static [Searcher; 3] {
    static INDEXES: LazyLock<(TempDir, [Searcher; 3])> = LazyLock::new(|| {
        let dir = tempfile::tempdir().unwrap();
        let searchers = written(dir.path());
        (dir, searchers)
    });
    &INDEXES.1
}

fn written(dir: &Path) -> [Searcher; 3] {
    let files = dir.join("files");
    fs::create_dir(&files).unwrap();
    let [one, two, many] = ["one", "two", "many"].map(|name| dir.join(name));
    for number in 0..12 {
        fs::write(files.join(format!("ferry-{number:02}.md")), article(number)).unwrap();
        update(&files, &many, 2);
    }
    update(&files, &one, 1);
    update(&files, &two, 2);
    [one, two, many].map(|dir| searcher(&dir))
}

fn search(searcher: &Searcher, query: &str, limit: usize) -> Results {
    searcher.search(&Query::parse(query).unwrap(), limit).unwrap()
}

#[test]
fn answers_depend_only_on_the_content() {
    let [one, two, many] = three_ways();
    let segments = |searcher: &Searcher| searcher.reader().stats().unwrap().segments;
    assert!(segments(many) > segments(one), "there is something to compare");
    for query in [
        "ferry",
        "the ferry came back to pier 3 in 1997 with 7 passengers",
        "\"came back\" dark",
        "\"ferry pier\"~2",
        "+noon -1999",
        "date:2025-10.. passengers",
        "publisher:harbour",
        "source:ferry-0* OR late",
        "pass* quite~1",
    ] {
        for limit in [1, 30] {
            let expected = search(one, query, limit);
            assert!(!expected.hits.is_empty(), "{query}");
            for other in [one, two, many] {
                assert_eq!(search(other, query, limit), expected, "{query}");
            }
        }
        let candidates = |searcher: &Searcher| searcher.candidates(query, 9).unwrap();
        assert!([two, many].iter().all(|other| candidates(other) == candidates(one)), "{query}");
    }
}

#[test]
fn results_are_consistent() {
    let [searcher, ..] = three_ways();

    let results = search(searcher, "Who paid for the lamp on the pier?", 5);
    let first = &results.hits[0];
    assert_eq!(first.passage.paragraph, 31, "{}", first.passage.id());
    assert_eq!(first.near_duplicates.len(), 11, "the other articles have it too");
    for (rank, hit) in (1..).zip(&results.hits) {
        assert_eq!(hit.rank, rank);
        assert_eq!(hit.source.id, hit.passage.source);
        assert_eq!(hit.score, hit.details.parts.iter().map(|part| part.value).sum::<f64>());
        assert!(hit.passage.span_of(hit.best).is_some());
        assert!(hit.matches.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        assert!(hit.matches.iter().all(|found| hit.passage.span().contains(found.span)));
    }
    assert!(results.hits.windows(2).all(|pair| pair[0].score >= pair[1].score));

    assert_eq!(search(searcher, "lamp zeppelin", 5).total, 12);
    assert_eq!(
        search(searcher, "zeppelin", 5),
        Results { total: 0, hits: Vec::new(), variants: Vec::new() }
    );
    assert_eq!(search(searcher, "lamp", 0).hits, []);
    assert_eq!(search(searcher, "lamp", usize::MAX).total, 12);
    // More passages match than are retrieved for five results.
    assert_eq!(search(searcher, "ferry", 5).total, 12 * 30);
}

#[test]
fn conditions_limit_what_is_found() {
    let [searcher, ..] = three_ways();
    let total = |query: &str| {
        let query = Query::parse(query).unwrap();
        searcher.search(&query, 1).unwrap().total
    };
    let all = 12 * 31;
    for (query, articles) in [
        ("source:ferry-*", 12),
        ("source:FERRY-03", 1),
        ("source:ferry-1* ", 2),
        ("publisher:harbour", 6),
        ("publisher:\"harbour post\"", 6),
        ("author:\"ada quill\"", 12),
        ("author:\"quill ada\"", 0),
        ("title:\"ferry part\"", 12),
        ("lang:de", 0),
        ("date:2025", 8),
        ("date:2025-11..", 4),
        ("date:..2024", 4),
        ("date:2024-03-05", 4),
        ("date:2024-03-06..2024-12-31", 0),
    ] {
        assert_eq!(total(query), articles * 31, "{query}");
        assert_eq!(total(&format!("lamp {query}")), articles, "lamp {query}");
        assert_eq!(total(&format!("title:ferry -({query})")), all - articles * 31, "not {query}");
    }

    let filtered = |filters: Filters| {
        let query = Query::parse("lamp").unwrap().filtered(filters);
        searcher.search(&query, 1).unwrap().total
    };
    let list = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
    let none = Filters::default;
    assert_eq!(filtered(none()), 12);
    assert_eq!(filtered(Filters { source: list(&["ferry-00", "ferry-1*"]), ..none() }), 3);
    assert_eq!(
        filtered(Filters { publisher: list(&["valley"]), since: "2025".parse().ok(), ..none() }),
        4
    );
    assert_eq!(filtered(Filters { until: "2024-03".parse().ok(), ..none() }), 4);
    assert_eq!(filtered(Filters { lang: Some("xx".to_owned()), ..none() }), 0);
}

/// Writes one article with these paragraphs, and returns what is found in it.
fn found_in(paragraphs: &[String], query: &str, limit: usize) -> Results {
    let dir = tempfile::tempdir().unwrap();
    let files = dir.path().join("files");
    fs::create_dir(&files).unwrap();
    fs::write(files.join("mill.txt"), paragraphs.join("\n\n")).unwrap();
    update(&files, &dir.path().join("index"), 1);
    search(&searcher(&dir.path().join("index")), query, limit)
}

#[test]
fn whatever_is_not_read_first_is_read_where_copies_fill_the_page() {
    // More copies of the best answer than are read first, each with another word at its end.
    let copy = |n: usize| {
        let words = ["alder", "birch", "cedar", "hazel", "larch", "maple", "rowan", "aspen"];
        format!(
            "The miller of Easterby sold the old water mill to a baker from the valley, who let it \
             stand empty and never said why he had wanted it, near the {} and the {}.",
            words[n % 8],
            words[n / 8]
        )
    };
    let others = [
        "A miller from the coast sold flour in the valley, and his bread was known in every town.",
        "The water of the mill pond froze that winter, and children walked across it to school.",
        "Nobody had ever sold a mill there, said the clerk, who kept the books of the parish.",
    ];
    let mut paragraphs: Vec<String> = (0..60).map(copy).collect();
    paragraphs.extend(others.map(str::to_owned));
    // Far more paragraphs that have none of the words.
    paragraphs.extend((0..80).map(|n| format!("Snow fell on the hills for {n} days in a row.")));
    let query = "the miller sold the water mill";
    let all = found_in(&paragraphs, query, 4);
    assert_eq!(all.total, 63);
    assert_eq!(all.hits.len(), 4, "all copies are one hit");
    assert_eq!(all.hits[0].near_duplicates.len(), 59);
    let numbers: Vec<u32> = all.hits[1..].iter().map(|hit| hit.passage.paragraph).collect();
    assert!(numbers.iter().all(|number| (61..=63).contains(number)), "{numbers:?}");
    // What has been read first stays first, in the same order.
    let first = found_in(&paragraphs, query, 1);
    assert_eq!(first.hits[0].passage, all.hits[0].passage);
    assert_eq!(first.hits[0].score, all.hits[0].score);
}
