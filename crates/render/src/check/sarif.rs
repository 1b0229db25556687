//! Renders checks of a draft as SARIF 2.1.0, which editors and code scanning display next to its
//! lines.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use url::Url;

use super::words::reasons;
use crate::json;
use pincite_core::check::{Check, Evidence, Extent, Request, Verdict};
use pincite_core::cite::Quotation;
use pincite_core::engine::Checks;
use pincite_core::source::{SourceId, TextKind, content_hash};
use pincite_core::text::Position;
use pincite_core::wire::rounded;

/// A kind of problem.
struct Rule {
    verdict: Verdict,
    level: &'static str,
    title: &'static str,
    text: &'static str,
}

/// The rules, one for every verdict except `supported`.
const RULES: [Rule; 4] = [
    Rule {
        verdict: Verdict::Contradicted,
        level: "error",
        title: "The sources contradict this",
        text: "A source says otherwise, and where the two differ is named.",
    },
    Rule {
        verdict: Verdict::Disputed,
        level: "warning",
        title: "The sources disagree about this",
        text: "Some sources say so, others otherwise.",
    },
    Rule {
        verdict: Verdict::Partial,
        level: "warning",
        title: "The sources say only a part of this",
        text: "A part of the claim is said by a source, and nothing of the rest.",
    },
    Rule {
        verdict: Verdict::NotFound,
        level: "note",
        title: "The sources do not say this",
        text: "No source that was searched says anything of it.",
    },
];

/// Renders a run with a result for each claim that is not supported, at its position in `draft`,
/// with the evidence as related locations.
///
/// `files` has the paths of the sources. Relative paths are relative to the root of the repository.
pub fn sarif(checks: &Checks, draft: &Path, files: &BTreeMap<SourceId, PathBuf>) -> String {
    let is_file = checks.input.draft.as_ref().is_some_and(|draft| draft.kind == TextKind::File);
    let results = checks.iter().filter_map(|(request, check)| {
        let extent = request.place?.extent?;
        let rule = RULES.iter().position(|rule| rule.verdict == check.verdict)?;
        Some(result(rule, request, check, location(draft, region(&extent, is_file)), files))
    });
    json::document(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "pincite",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": RULES.iter().map(Rule::record).collect::<Vec<_>>(),
            }},
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "results": results.collect::<Vec<_>>(),
        }],
    }))
}

impl Rule {
    fn record(&self) -> Value {
        json!({
            "id": self.verdict.name(),
            "shortDescription": {"text": self.title},
            "fullDescription": {"text": self.text},
            "help": {
                "text": "Read the passages at the related locations, and mend the sentence or add \
                         a source.",
            },
            "defaultConfiguration": {"level": self.level},
            "properties": {"tags": ["claims"]},
        })
    }
}

fn result(
    rule: usize,
    request: &Request,
    check: &Check,
    place: Value,
    files: &BTreeMap<SourceId, PathBuf>,
) -> Value {
    let Rule { verdict, level, title, .. } = RULES[rule];
    let said: Vec<String> = check
        .evidence
        .iter()
        .zip(1..)
        .map(|(evidence, id)| said(evidence, id, check.verdict_on(evidence)))
        .collect();
    let separator = if said.is_empty() { "" } else { ": " };
    let related = check.quoted().zip(1..).map(|(quoted, id)| related(quoted, id, files));
    let mut properties = json!({"claim": request.claim});
    if let Some(confidence) = check.confidence {
        properties["confidence"] = rounded(confidence).into();
    }
    json!({
        "ruleId": verdict.name(),
        "ruleIndex": rule,
        "level": level,
        "message": {"text": format!("{title}{separator}{}.", said.join("; "))},
        "locations": [place],
        "relatedLocations": related.collect::<Vec<_>>(),
        "partialFingerprints": {"claim/v1": content_hash(request.claim.as_bytes())},
        "properties": properties,
    })
}

/// Renders the reasons of evidence and a link to its related location `id`.
fn said(evidence: &Evidence, id: usize, verdict: Verdict) -> String {
    let reasons: Vec<String> = reasons(evidence, verdict).collect();
    let reasons = escaped(&reasons.join(", "));
    let gap = if reasons.is_empty() { "" } else { " " };
    format!("{reasons}{gap}([{}]({id}))", escaped(&evidence.quoted.citation.id.to_string()))
}

/// Escapes text in a message, where brackets are links and braces are placeholders.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '[' | ']' | '\\' => out.extend(['\\', c]),
            '{' | '}' => out.extend([c, c]),
            c => out.push(c),
        }
    }
    out
}

fn related(quoted: &Quotation, id: usize, files: &BTreeMap<SourceId, PathBuf>) -> Value {
    let citation = &quoted.citation;
    let file = files.get(&citation.id.source).map_or(Path::new(&citation.file), PathBuf::as_path);
    let mut location = location(file, source_region(quoted));
    location["id"] = id.into();
    location["message"] = json!({"text": escaped(&citation.id.to_string())});
    location
}

fn location(file: &Path, region: Value) -> Value {
    json!({"physicalLocation": {"artifactLocation": artifact(file), "region": region}})
}

/// Returns the region of a claim. It has byte offsets only if the text is the file itself.
fn region(extent: &Extent, is_file: bool) -> Value {
    let Extent { bytes, start, end } = extent;
    let mut region = json!({
        "startLine": start.line,
        "startColumn": start.utf16_column,
        "endLine": end.line,
        "endColumn": end.utf16_column,
    });
    if is_file {
        region["byteOffset"] = bytes.start.into();
        region["byteLength"] = bytes.len().into();
    }
    region
}

/// Returns the region of a quotation in its source.
fn source_region(quoted: &Quotation) -> Value {
    let Quotation { citation, passage, .. } = quoted;
    let bytes = citation.locator.bytes;
    let before =
        passage.text.get(..bytes.start.saturating_sub(passage.start.byte)).unwrap_or_default();
    // The context before a paragraph reaches to the start of its line.
    let start = utf16_column(&format!("{}{before}", passage.before));
    let [first, last] = citation.locator.lines;
    let end = Position::START.after(&citation.quote).utf16;
    let end = if first == last { start + end } else { utf16_column(&citation.quote) };
    let mut region =
        json!({"startLine": first, "startColumn": start, "endLine": last, "endColumn": end});
    if citation.text == TextKind::File && citation.locator.member.is_none() {
        region["byteOffset"] = bytes.start.into();
        region["byteLength"] = bytes.len().into();
    }
    region["snippet"] = json!({"text": citation.quote});
    region
}

/// Returns the column after `text`, in UTF-16 code units from 1.
fn utf16_column(text: &str) -> usize {
    let line = text.rsplit(['\n', '\r']).next().unwrap_or_default();
    1 + line.trim_start_matches('\u{feff}').encode_utf16().count()
}

/// Returns a file as a URI, absolute or relative to the root of the repository.
fn artifact(file: &Path) -> Value {
    // Fails for relative paths.
    if let Ok(url) = Url::from_file_path(file) {
        return json!({"uri": url.as_str()});
    }
    const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    let parts: Vec<String> = file
        .components()
        .filter(|part| *part != Component::CurDir)
        .map(|part| utf8_percent_encode(&part.as_os_str().to_string_lossy(), KEPT).to_string())
        .collect();
    json!({"uri": parts.join("/"), "uriBaseId": "%SRCROOT%"})
}
