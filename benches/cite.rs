//! Measures citing: making a record, formatting 100 of them in a style that is parsed once,
//! writing BibTeX, and the deep link in a long article. The text is generated.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use pincite_core::cite::{Citation, Style};
use pincite_core::source::{
    Metadata, Passage, Provenance, Sentences, Source, SourceId, TextKind, content_hash,
};
use pincite_core::text::{PartialDate, Position, Span};
use pincite_render::citation::bibtex;
use serde_json::json;

const SENTENCES: u32 = 6;

fn source(n: usize) -> Source {
    let mut metadata = Metadata::default();
    let author = json!([{"family": format!("Writer{n}"), "given": "Ada B."}]);
    for (variable, value) in [
        ("type", json!("article-newspaper")),
        ("author", author),
        ("title", json!(format!("How bridge {n} was built & opened"))),
        ("container-title", json!("The Gazette")),
        ("URL", json!(format!("https://example.org/bridges/{n}"))),
    ] {
        metadata.set(variable, value, Provenance::Declared);
    }
    if let Some(date) = PartialDate::new(1900 + (n % 100) as i16, Some(3), Some(19)) {
        metadata.set("issued", Metadata::csl_date(date), Provenance::Inferred);
    }
    Source {
        id: SourceId::slug(&format!("bridge-{n}")),
        file: format!("bridge-{n}.txt"),
        text: TextKind::File,
        record: None,
        member: None,
        content_hash: content_hash(&n.to_le_bytes()),
        language: Some("en".into()),
        metadata,
    }
}

fn passage(source: &Source, paragraph: u32) -> Passage {
    let mut text = String::new();
    let mut sentences = Vec::new();
    for n in 1..=SENTENCES {
        let start = text.len();
        text.push_str(&format!(
            "In {}, “bridge” {paragraph}.{n} carried 2,640 people – or so it was said.",
            1900 + n
        ));
        sentences.push(Span::new(start, text.len()));
        text.push(' ');
    }
    text.pop();
    Passage {
        source: source.id.clone(),
        paragraph,
        section: vec!["Works".into()],
        part: None,
        piece: None,
        start: Position { byte: 3000, char: 2900, utf16: 2900, line: 9 },
        text,
        plain: None,
        sentences,
        before: "the end of the paragraph before it.\n\n".into(),
        after: "\n\nthe beginning of the next paragraph".into(),
        language: Some("en".into()),
    }
}

fn citations(count: usize) -> Vec<Citation> {
    let cite = |n: usize| {
        let source = source(n);
        let run = Sentences { first: 3, last: 3 };
        Citation::new(&source, &passage(&source, 5), Some(run)).expect("it has six sentences")
    };
    (0..count).map(cite).collect()
}

fn records(c: &mut Criterion) {
    let source = source(1);
    let passage = passage(&source, 5);
    let run = Some(Sentences { first: 3, last: 3 });
    c.bench_function("citation/new", |b| {
        b.iter(|| Citation::new(black_box(&source), black_box(&passage), run))
    });

    let article: Vec<Passage> = (1..=200).map(|n| self::passage(&source, n)).collect();
    let citation = Citation::new(&source, &article[99], run).expect("it has six sentences");
    c.bench_function("citation/deep link in 200 paragraphs", |b| {
        b.iter(|| citation.clone().with_deep_link(black_box(&article)));
    });
}

fn formats(c: &mut Criterion) {
    let citations = citations(100);
    c.bench_function("style/find", |b| b.iter(|| Style::find(black_box("apa"))));

    let mut group = c.benchmark_group("format 100 citations");
    group.throughput(Throughput::Elements(citations.len() as u64)).sample_size(10);
    for name in ["apa", "chicago-notes", "ieee"] {
        let style = Style::find(name).expect("it is built in");
        group.bench_function(name, |b| {
            b.iter(|| citations.iter().map(|citation| style.format(citation).len()).sum::<usize>());
        });
    }
    group.bench_function("bibtex", |b| b.iter(|| bibtex(black_box(&citations))));
    group.finish();
}

criterion_group!(benches, records, formats);
criterion_main!(benches);
