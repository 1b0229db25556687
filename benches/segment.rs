//! Measures the segmentation of text into sentences, words, numbers and dates, and of files into
//! passages.
//!
//! The text is generated (see [`text_source`]), a million bytes.

mod text_source;

use std::hint::black_box;
use std::path::Path;

use criterion::{BatchSize, Criterion, Throughput};
use pincite_core::extract::extractor_for;
use pincite_core::source::SourceId;
use pincite_core::text::{dates, fold, quantities, sentences, words};
use text_source::TextSource;

const BYTES: usize = 1_000_000;

fn main() {
    let mut source = TextSource::new(7);
    let mut text = String::new();
    while text.len() < BYTES {
        text.push_str(&source.article());
    }
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("segment");
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("sentences", |b| b.iter(|| sentences(black_box(&text)).len()));
    group.bench_function("words, folded", |b| {
        b.iter(|| words(black_box(&text)).map(|w| fold(w.text).len()).sum::<usize>())
    });
    group.bench_function("quantities and dates", |b| {
        b.iter(|| quantities(black_box(&text)).len() + dates(black_box(&text)).len());
    });
    let id = SourceId::slug("bench");
    for file in ["bench.txt", "bench.md"] {
        let extractor = extractor_for(Path::new(file)).expect("a format that is read");
        group.bench_function(format!("{} into passages", extractor.name()), |b| {
            let read = |bytes| extractor.extract(bytes).expect("text").layout(&id).passages.len();
            b.iter_batched(|| text.clone().into_bytes(), read, BatchSize::LargeInput);
        });
    }
    group.finish();
    criterion.final_summary();
}
