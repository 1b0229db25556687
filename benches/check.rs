//! Measures checks of a claim and of a draft.
//!
//! The index has generated text (see [`text_source`]); `PINCITE_BENCH_MB` sets its size (8 by
//! default; 400 yields about 700,000 passages). Claims are the beginnings of its paragraphs, so
//! that each has many candidates. "compared alone" is the work after retrieval: one claim against a
//! passage of twelve sentences.

mod articles;
mod text_source;

use std::hint::black_box;
use std::path::Path;

use criterion::Criterion;
use pincite_core::check::{Checker, Comparison, Statement};
use pincite_core::index::{Index, Update};
use pincite_core::search::Searcher;
use pincite_core::text::sentences;
use tempfile::TempDir;

/// The number of claims of a draft.
const DRAFT: usize = 200;
/// The number of words of a claim.
const WORDS: usize = 14;

/// Returns a searcher over generated articles, and their first paragraphs.
fn generated(folder: &Path) -> (Searcher, Vec<String>) {
    let articles = folder.join("articles");
    let mut paragraphs = Vec::new();
    articles::generate(&articles, |article| {
        let texts = article.split("\n\n").filter(|block| block.ends_with('.'));
        paragraphs.extend(texts.take(DRAFT - paragraphs.len()).map(str::to_owned));
    });
    let index = folder.join("index");
    let report = Index::update(&index, &Update { paths: vec![articles], ..Update::default() }, &())
        .expect("an index");
    println!("{} passages", report.passages);
    let searcher = Index::open(&index).and_then(|index| Searcher::new(&index)).expect("a searcher");
    (searcher, paragraphs)
}

fn main() {
    let folder = TempDir::new().expect("a folder");
    let (searcher, paragraphs) = generated(folder.path());
    let mut checker = Checker::new(&searcher);
    let claim =
        |paragraph: &String| paragraph.split_whitespace().take(WORDS).collect::<Vec<_>>().join(" ");
    let claims: Vec<String> = paragraphs.iter().map(claim).collect();
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("check");
    let mut turn = claims.iter().cycle();
    group.bench_function("a claim", |bencher| {
        bencher
            .iter(|| turn.next().map(|claim| black_box(checker.check(claim).expect("a verdict"))));
    });
    let text = paragraphs.join(" ");
    let passage: Vec<&str> =
        sentences(&text).into_iter().take(12).map(|span| span.of(&text)).collect();
    let statement = Statement::new(&claims[0]);
    group.bench_function("compared alone", |bencher| {
        bencher.iter(|| {
            let sentences: Vec<Statement> =
                passage.iter().map(|text| Statement::new(text)).collect();
            black_box(Comparison::new(&statement, &sentences, &[]))
        });
    });
    group.sample_size(10).bench_function("a draft of 200", |bencher| {
        bencher.iter(|| {
            for claim in &claims {
                black_box(checker.check(claim).expect("a verdict"));
            }
        });
    });
    group.finish();
    criterion.final_summary();
}
