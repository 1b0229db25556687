//! Measures what `verify` says of the context of labelled quotations from texts that nobody here
//! wrote.
//!
//! The texts are not part of the project: `tests/context/*.tsv` names a file, the bytes of a
//! quotation in it, and what stands around it: `cut_off`, `cut_in` or `-`. The rules were made with
//! `tuned.tsv` in view; `held-out.tsv` was labelled afterwards and decides.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pincite_core::engine::Engine;
use pincite_core::index::Update;
use pincite_core::verify::{Attribution, ContextKind, VerifyRequest};

#[derive(serde::Deserialize)]
struct Ratchet {
    context: std::collections::BTreeMap<String, Limits>,
}

#[derive(serde::Deserialize)]
struct Limits {
    /// The least share of labels that are told.
    recall: f64,
    /// The least share of what is told that is a label.
    precision: f64,
}

struct Labelled {
    file: String,
    start: usize,
    end: usize,
    label: String,
}

fn read(name: &str) -> Vec<Labelled> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/context").join(name);
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .map(|line| {
            let [file, start, end, label] = line.split('\t').collect::<Vec<_>>()[..] else {
                panic!("{name}: {line}")
            };
            Labelled {
                file: file.to_owned(),
                start: start.parse().unwrap(),
                end: end.parse().unwrap(),
                label: label.to_owned(),
            }
        })
        .collect()
}

fn measure(name: &str, shared: &Path) {
    let rows = read(name);
    let folder = tempfile::tempdir().unwrap();
    let corpus = folder.path().join("corpus");
    fs::create_dir(&corpus).unwrap();
    let files: BTreeSet<&str> = rows.iter().map(|row| row.file.as_str()).collect();
    let flat = |file: &str| file.replace('/', "-");
    for file in files {
        fs::copy(shared.join(file), corpus.join(flat(file))).unwrap();
    }
    let engine = Engine::new(folder.path().join("index"));
    engine.update(&Update { paths: vec![corpus.clone()], ..Update::default() }, &()).unwrap();
    let requests: Vec<VerifyRequest> = rows
        .iter()
        .map(|row| {
            let text = fs::read_to_string(corpus.join(flat(&row.file))).unwrap();
            VerifyRequest {
                line: None,
                column: None,
                quote: text[row.start..row.end].to_owned(),
                attribution: Attribution::Source(flat(&row.file)),
            }
        })
        .collect();
    let outcomes = engine.verify(&requests, None).unwrap();
    let (mut right, mut told, mut labels) = (0, 0, 0);
    for (row, outcome) in rows.iter().zip(&outcomes) {
        let kinds: Vec<&str> = (outcome.context.iter())
            .map(|context| match context.kind {
                ContextKind::CutOff => "cut_off",
                ContextKind::CutIn => "cut_in",
                ContextKind::Elided | ContextKind::ElidedInverting => "elided",
            })
            .collect();
        let is_labelled = row.label != "-";
        let is_right = kinds.contains(&row.label.as_str());
        labels += usize::from(is_labelled);
        told += kinds.len();
        right += usize::from(is_right);
        if is_labelled != is_right || kinds.len() > usize::from(is_right) {
            let Labelled { file, start, end, label } = row;
            eprintln!("{file} {start}..{end}: {label}, told {kinds:?} ({})", outcome.detail);
        }
    }
    let (recall, precision) = (right as f64 / labels as f64, right as f64 / told as f64);
    eprintln!(
        "{name}: {} quotations, {labels} out of context, {told} told, {right} right: recall {recall:.3}, precision {precision:.3}",
        rows.len()
    );
    let ratchet = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ratchet.toml");
    let ratchet: Ratchet = toml::from_str(&fs::read_to_string(ratchet).unwrap()).unwrap();
    let limits = &ratchet.context[name.trim_end_matches(".tsv")];
    assert!(recall + 0.0005 >= limits.recall, "{name}: recall fell to {recall:.3}");
    assert!(precision + 0.0005 >= limits.precision, "{name}: precision fell to {precision:.3}");
}

#[test]
fn quotations_out_of_context_are_told_and_others_are_not() {
    let shared: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    if !shared.exists() {
        eprintln!("skipped: there is no {}", shared.display());
        return;
    }
    measure("tuned.tsv", &shared);
    measure("held-out.tsv", &shared);
}
