//! The JSON shapes that programs read: structs that are only ever written, apart from the types that the library works
//! with, so that neither moves the other by accident. Each document names its shape and version in `schema`.

mod check;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

pub use check::{checks, checks_as_lines};

use crate::terminal::screen::is_unsafe;
use pincite_core::cite::Citation;
use pincite_core::cite::Quotation;
use pincite_core::engine::{Answer, Block, Found, Reading};
use pincite_core::index::{Entry, Remark, Report, Stats};
use pincite_core::query::Via;
use pincite_core::search::{Expansion, VariantKind};
use pincite_core::source::{Passage, PassageId, Provenance, SourceId, TextKind};
use pincite_core::text::Span;
use pincite_core::verify::Verdict;

/// `pincite/results/1`: the answer to a query.
pub fn results(answer: &Answer) -> String {
    let hits = answer.found.iter().map(|found| HitRecord::new(found, answer.explain)).collect();
    let variants = answer.explain.then(|| answer.variants.iter().map(VariantRecord::new).collect());
    let Answer { query, like, total, .. } = answer;
    document("pincite/results/1", &Results { query, like: like.as_ref(), variants, total: *total, hits })
}

/// `pincite/hit/1`: the answer to a query, one line a hit.
pub fn results_as_lines(answer: &Answer) -> String {
    lines("pincite/hit/1", answer.found.iter().map(|found| HitRecord::new(found, answer.explain)))
}

/// `pincite/citation/1`: an array of citation records.
pub fn citations(citations: &[Citation]) -> String {
    text(&citations, true)
}

/// `pincite/citation/1`: citation records, one a line.
pub fn citations_as_lines(citations: &[Citation]) -> String {
    citations.iter().map(|citation| text(citation, false)).collect()
}

/// JSON of a shape that is defined elsewhere: CSL-JSON, W3C Web Annotations.
pub fn value(value: &Value) -> String {
    text(value, true)
}

/// `pincite/index/1`: what an update of an index did.
pub fn report(report: &Report) -> String {
    let remarks = |remarks: &[Remark]| {
        let remarks = remarks.iter().map(|Remark { file, message }| (file.clone(), message.clone()));
        remarks.map(|(file, reason)| RemarkRecord { file, reason }).collect()
    };
    let Report { added, updated, removed, unchanged, passages, bytes, .. } = *report;
    let (skipped, warnings) = (remarks(&report.skipped), remarks(&report.warnings));
    document(
        "pincite/index/1",
        &ReportRecord { added, updated, removed, unchanged, skipped, warnings, passages, bytes },
    )
}

/// `pincite/sources/1`: every source, with what is known of it and from where.
pub fn sources(entries: &[Entry]) -> String {
    document("pincite/sources/1", &Sources { sources: entries.iter().map(SourceRecord::new).collect() })
}

/// `pincite/stats/1`: counts and sizes.
pub fn stats(stats: &Stats) -> String {
    let Stats { sources, passages, segments, bytes, format, .. } = *stats;
    let languages = stats.languages.iter().map(|(language, passages)| (language.as_str(), *passages)).collect();
    document("pincite/stats/1", &StatsRecord { format, sources, passages, segments, bytes, languages })
}

/// `pincite/verify/1`: what became of quotations, in the order in which they were asked about.
pub fn verdicts(verdicts: &[Verdict]) -> String {
    document("pincite/verify/1", &Verdicts { results: verdicts })
}

/// `pincite/show/1`: a stretch of a source, block by block.
pub fn reading(reading: &Reading) -> String {
    let blocks = reading.blocks.iter().map(|block| BlockRecord::new(block, reading)).collect();
    document("pincite/show/1", &Show { source: SourceRecord::new(&reading.entry), blocks })
}

#[derive(Serialize)]
struct Document<'a, T> {
    schema: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

/// A JSON document of this schema, ended by a line break, with every character escaped that a
/// terminal would obey.
pub fn document<T: Serialize>(schema: &'static str, body: &T) -> String {
    text(&Document { schema, body }, true)
}

fn lines<T: Serialize>(schema: &'static str, records: impl Iterator<Item = T>) -> String {
    records.map(|body| text(&Document { schema, body: &body }, false)).collect()
}

/// A value as JSON, ended by a line break, with every character escaped that a terminal would obey.
fn text<T: Serialize>(value: &T, pretty: bool) -> String {
    let json = if pretty { serde_json::to_string_pretty(value) } else { serde_json::to_string(value) };
    // Writing to a string fails only for maps whose keys are no strings, and there are none in these shapes.
    let mut json = json.unwrap_or_default();
    // Outside strings JSON has no such characters but line breaks.
    let harmful = |c: char| is_unsafe(c) && c != '\n';
    if json.chars().any(harmful) {
        let escape = |c: char| if harmful(c) { format!("\\u{:04x}", u32::from(c)) } else { c.to_string() };
        json = json.chars().map(escape).collect();
    }
    json.push('\n');
    json
}

#[derive(Serialize)]
struct Results<'a> {
    query: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    like: Option<&'a PassageId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    variants: Option<Vec<VariantRecord<'a>>>,
    total: u64,
    hits: Vec<HitRecord<'a>>,
}

#[derive(Serialize)]
struct VariantRecord<'a> {
    term: &'a str,
    variant: &'a str,
    kind: VariantKind,
    credit: f64,
}

#[derive(Serialize)]
struct HitRecord<'a> {
    rank: usize,
    score: f64,
    passage: PassageRecord<'a>,
    citation: &'a Citation,
    copies: &'a [PassageId],
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Vec<PartRecord<'a>>>,
}

#[derive(Serialize)]
struct PassageRecord<'a> {
    id: PassageId,
    text: &'a str,
    plain: &'a str,
    matches: Vec<MatchRecord<'a>>,
}

#[derive(Serialize)]
struct MatchRecord<'a> {
    bytes: Span,
    term: &'a str,
    via: Via,
}

#[derive(Serialize)]
struct PartRecord<'a> {
    name: &'a str,
    value: f64,
    note: &'a str,
}

impl<'a> VariantRecord<'a> {
    fn new(Expansion { typed, written, kind, credit }: &'a Expansion) -> Self {
        Self { term: typed, variant: written, kind: *kind, credit: rounded(*credit) }
    }
}

impl<'a> HitRecord<'a> {
    fn new(found: &'a Found, explain: bool) -> Self {
        let Quotation { citation, passage, matches, .. } = &found.quotation;
        let parts = || found.details.parts.iter();
        Self {
            rank: found.rank,
            score: rounded(found.score),
            passage: PassageRecord {
                id: passage.id(),
                text: &passage.text,
                plain: passage.plain(),
                matches: matches.iter().map(|m| MatchRecord { bytes: m.span, term: &m.term, via: m.via }).collect(),
            },
            citation,
            copies: &found.copies,
            details: explain.then(|| {
                parts().map(|p| PartRecord { name: p.name, value: rounded(p.value), note: &p.note }).collect()
            }),
        }
    }
}

/// A score without the digits that differ between machines.
pub fn rounded(score: f64) -> f64 {
    (score * 1e6).round() / 1e6
}

#[derive(Serialize)]
struct ReportRecord {
    added: u64,
    updated: u64,
    removed: u64,
    unchanged: u64,
    skipped: Vec<RemarkRecord>,
    warnings: Vec<RemarkRecord>,
    passages: u64,
    bytes: u64,
}

#[derive(Serialize)]
struct RemarkRecord {
    file: String,
    reason: String,
}

#[derive(Serialize)]
struct Sources<'a> {
    sources: Vec<SourceRecord<'a>>,
}

#[derive(Serialize)]
struct SourceRecord<'a> {
    id: &'a SourceId,
    file: &'a str,
    path: String,
    size: u64,
    content_hash: &'a str,
    text: TextKind,
    extractor: &'a str,
    language: Option<&'a str>,
    paragraphs: u32,
    /// CSL-JSON variables.
    metadata: Map<String, Value>,
    provenance: BTreeMap<&'a str, Provenance>,
}

impl<'a> SourceRecord<'a> {
    fn new(entry: &'a Entry) -> Self {
        let source = &entry.source;
        let metadata = || source.metadata.iter();
        Self {
            id: &source.id,
            file: &source.file,
            path: entry.path.display().to_string(),
            size: entry.size,
            content_hash: &source.content_hash,
            text: source.text,
            extractor: &entry.extractor,
            language: source.language.as_deref(),
            paragraphs: entry.paragraphs,
            metadata: metadata().map(|(variable, value, _)| (variable.to_owned(), value.clone())).collect(),
            provenance: metadata().map(|(variable, _, provenance)| (variable, provenance)).collect(),
        }
    }
}

#[derive(Serialize)]
struct StatsRecord<'a> {
    format: u32,
    sources: u64,
    passages: u64,
    segments: u64,
    bytes: u64,
    languages: BTreeMap<&'a str, u64>,
}

#[derive(Serialize)]
struct Verdicts<'a> {
    results: &'a [Verdict],
}

#[derive(Serialize)]
struct Show<'a> {
    source: SourceRecord<'a>,
    blocks: Vec<BlockRecord<'a>>,
}

#[derive(Serialize)]
struct BlockRecord<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<PassageId>,
    line: usize,
    bytes: Span,
    text: &'a str,
    /// What was asked for of it, in bytes of the canonical text.
    #[serde(skip_serializing_if = "Option::is_none")]
    asked: Option<Span>,
}

impl<'a> BlockRecord<'a> {
    fn new(block: &'a Block, reading: &Reading) -> Self {
        let start = block.start();
        let text = block.text();
        Self {
            kind: block.kind(),
            id: block.passage().map(Passage::id),
            line: start.line,
            bytes: Span::new(start.byte, start.byte + text.len()),
            text,
            asked: reading.asked_of(block).map(|span| span.shifted(start.byte)),
        }
    }
}
