//! Measures verification: anchors 100 quotations of about 20 words in a text of 1 MB, unchanged,
//! with other typography, and with other words; and measures the preparation of the text for the
//! last. The text is generated, with word frequencies as skewed as those of real text.

use std::hint::black_box;

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use pincite_core::verify::{Anchor, Haystack, Hints};

const BYTES: usize = 1_000_000;
const QUOTATIONS: usize = 100;

/// A pseudorandom number generator (linear congruential).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % limit
    }

    fn word(&mut self) -> String {
        let most = 1 + self.below(20_000);
        let most = 1 + self.below(most);
        format!("w{}", self.below(most))
    }
}

/// Generates a text, and returns it with sentences spread over it.
fn generated() -> (String, Vec<String>) {
    let mut random = Random(1);
    let (mut text, mut sentences) = (String::new(), Vec::new());
    while text.len() < BYTES {
        let words: Vec<String> = (0..12 + random.below(16)).map(|_| random.word()).collect();
        let sentence = format!("{}.", words.join(" "));
        text += &sentence;
        text += if random.below(6) == 0 { "\n\n" } else { " " };
        sentences.push(sentence);
    }
    let step = sentences.len() / QUOTATIONS;
    (text, sentences.into_iter().step_by(step).take(QUOTATIONS).collect())
}

fn anchored(haystack: &Haystack, quotations: &[String]) -> usize {
    let found = quotations.iter().map(|quote| haystack.anchor(quote, &Hints::default()));
    found.filter(|anchor| matches!(anchor, Anchor::At(_))).count()
}

fn verify(c: &mut Criterion) {
    let (text, quotations) = generated();
    let retyped: Vec<String> =
        quotations.iter().map(|quote| quote.to_uppercase().replace(' ', "  ")).collect();
    let altered: Vec<String> =
        quotations.iter().map(|quote| quote.replacen(' ', " truly ", 1)).collect();
    let mut group = c.benchmark_group("verify");
    group.sample_size(10);
    let haystack = Haystack::new(text.as_str());
    group.throughput(Throughput::Elements(QUOTATIONS as u64));
    for (name, quotations) in
        [("exact", &quotations), ("normalized", &retyped), ("altered", &altered)]
    {
        assert_eq!(anchored(&haystack, quotations), QUOTATIONS, "{name}");
        group.bench_function(name, |b| b.iter(|| anchored(black_box(&haystack), quotations)));
    }
    group.throughput(Throughput::Bytes(text.len() as u64));
    group.bench_function("first altered quotation in a text", |b| {
        b.iter_batched(
            || Haystack::new(text.as_str()),
            |haystack| haystack.anchor(&altered[0], &Hints::default()),
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, verify);
criterion_main!(benches);
