//! Measures queries: retrieval, ranking and matches. They are sentences as people write them, in
//! three languages, with names, acronyms and figures, and short ones with operators.
//!
//! The index has generated text (see [`text_source`]); `PINCITE_BENCH_MB` sets its size (8 by
//! default). Queries are cut from its paragraphs, so that like claims they have frequent and rare
//! words.

mod articles;
mod text_source;

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

use criterion::Criterion;
use pincite_core::index::{Index, Update};
use pincite_core::query::Query;
use pincite_core::search::Searcher;
use tempfile::TempDir;

/// The number of different queries of each kind.
const QUERIES: usize = 20;

/// Returns a searcher over generated articles, and some of their paragraphs.
fn generated(folder: &Path) -> (Searcher, Vec<String>) {
    let articles = folder.join("articles");
    let mut paragraphs = Vec::new();
    articles::generate(&articles, |article| {
        paragraphs.extend(
            article.split("\n\n").filter(|block| block.ends_with('.')).nth(7).map(str::to_owned),
        );
    });
    let index = folder.join("index");
    let report = Index::update(&index, &Update { paths: vec![articles], ..Update::default() }, &());
    println!("{} passages", report.expect("an index").passages);
    let searcher = Index::open(&index).and_then(|index| Searcher::new(&index)).expect("a searcher");
    (searcher, paragraphs)
}

fn main() {
    let folder = TempDir::new().expect("a folder");
    let (searcher, paragraphs) = generated(folder.path());
    let words = |paragraph: &String, count: usize| {
        let words = paragraph.split_whitespace().map(|word| word.trim_matches(['.', ',']));
        words.skip(1).take(count).collect::<Vec<_>>().join(" ")
    };
    let sentence = |paragraph: &String| {
        paragraph.split_inclusive('.').max_by_key(|it| it.len()).unwrap_or_default().to_owned()
    };
    // The rarest that a text has, as names are, and beside them two that no text has.
    let names = |paragraph: &String| {
        let mut words: Vec<&str> = paragraph.split(' ').filter(|it| it.len() > 6).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let name = |word: &str| word[..1].to_uppercase() + word[1..].trim_end_matches(['.', ',']);
        let known: Vec<String> = words.into_iter().take(2).map(name).collect();
        format!("Angela Stromfeldt visited {} with Viktor", known.join(" and "))
    };
    type Typed<'a> = &'a dyn Fn(&String) -> String;
    let kinds: [(&str, Typed<'_>); 9] = [
        ("3 words", &|it| words(it, 3)),
        ("17 words", &|it| words(it, 17)),
        ("a sentence", &sentence),
        ("names", &names),
        ("an acronym", &|it| format!("The WHO and the FAO said that {}", words(it, 8))),
        ("German", &|it| {
            format!("Die Regierung hat gesagt, dass {} nicht mehr gilt", words(it, 8))
        }),
        ("French", &|it| format!("Le gouvernement a dit que {} ne vaut plus", words(it, 8))),
        ("phrase of 3", &|it| format!("\"{}\"", words(it, 3))),
        ("prefix", &|it| words(it, 1) + "*"),
    ];
    // A second is several hundred queries, of which there are twenty.
    let warm_up = Duration::from_secs(1);
    let mut criterion = Criterion::default().warm_up_time(warm_up).configure_from_args();
    let mut group = criterion.benchmark_group("query");
    for (name, typed) in kinds {
        let typed = paragraphs.iter().map(typed);
        let queries: Vec<_> =
            typed.filter_map(|typed| Query::parse(&typed).ok()).take(QUERIES).collect();
        let mut turn = queries.iter().cycle();
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                turn.next().map(|query| black_box(searcher.search(query, 10).expect("results")))
            });
        });
    }
    group.finish();
    criterion.final_summary();
}
