//! Reads citation records out of JSON, by themselves or inside the answers of this program.

use std::path::Path;

use serde::Deserialize;
use serde_json::Value;

use super::attribution::{Attribution, VerifyRequest};
use super::record::Record;
use crate::{Error, Result};

const CITATION: &str = "pincite/citation/1";
const RESULTS: &str = "pincite/results/1";
const BATCH: &str = "pincite/batch/1";
const HIT: &str = "pincite/hit/1";
const CHECK: &str = "pincite/check/1";

/// An answer of `query`; its other fields do not matter here.
#[derive(Deserialize)]
struct Results {
    hits: Vec<Cited>,
}

/// Answers of `query` to several claims.
#[derive(Deserialize)]
struct Batch {
    answers: Vec<Results>,
}

/// An answer of `check`.
#[derive(Deserialize)]
struct Checks {
    checks: Vec<Check>,
}

#[derive(Deserialize)]
struct Check {
    #[serde(default)]
    evidence: Vec<Cited>,
    #[serde(default)]
    related: Vec<Record>,
}

/// Anything with a citation in it: a hit, a piece of evidence.
#[derive(Deserialize)]
struct Cited {
    citation: Record,
}

/// Returns whether `input` is meant to be JSON: no prose begins with a brace, or with a bracket and
/// a brace.
pub(super) fn is_json(input: &str) -> bool {
    let mut signs = input.chars().filter(|c| !c.is_whitespace());
    match signs.next() {
        Some('{') => true,
        Some('[') => matches!(signs.next(), None | Some('{' | ']')),
        _ => false,
    }
}

/// The citation records in `input`, each with the line that its JSON value begins on.
pub(super) fn parse(input: &str, path: &Path) -> Result<Vec<VerifyRequest>> {
    let mut requests = Vec::new();
    let mut values = serde_json::Deserializer::from_str(input).into_iter::<Value>();
    let (mut start, mut line) = (0, 1);
    while let Some(value) = values.next() {
        let value = value.map_err(|error| malformed(input, 0, &error, path))?;
        let end = values.byte_offset();
        let text = &input[start..end];
        let begin = start + (text.len() - text.trim_start().len());
        line += breaks(&input[start..begin]);
        let records = records(&input[begin..end], &value).map_err(|wrong| match wrong {
            Wrong::Json(error) => malformed(input, begin, &error, path),
            Wrong::Shape(message) => Error::malformed(path, line, None, message),
        })?;
        requests.extend(records.into_iter().map(|record| VerifyRequest {
            line: Some(line),
            column: None,
            quote: record.quote.clone(),
            attribution: Attribution::Record(Box::new(record)),
        }));
        line += breaks(&input[begin..end]);
        start = end;
    }
    Ok(requests)
}

enum Wrong {
    Json(serde_json::Error),
    Shape(String),
}

/// The records in one JSON value. It is read twice, as the errors of a typed reading are the ones
/// that tell a place.
fn records(text: &str, value: &Value) -> std::result::Result<Vec<Record>, Wrong> {
    fn read<'a, T: Deserialize<'a>>(text: &'a str) -> std::result::Result<T, Wrong> {
        serde_json::from_str(text).map_err(Wrong::Json)
    }
    let records = match (value, value.get("schema").and_then(Value::as_str)) {
        (Value::Array(items), _) if items.iter().all(|item| item.get("citation").is_some()) => {
            read::<Vec<Cited>>(text)?.into_iter().map(|cited| cited.citation).collect()
        }
        (Value::Array(_), _) => read::<Vec<Record>>(text)?,
        (_, Some(CITATION)) => vec![read(text)?],
        (_, Some(RESULTS)) => {
            read::<Results>(text)?.hits.into_iter().map(|hit| hit.citation).collect()
        }
        (_, Some(BATCH)) => (read::<Batch>(text)?.answers.into_iter())
            .flat_map(|answer| answer.hits.into_iter().map(|hit| hit.citation))
            .collect(),
        (_, Some(CHECK)) => (read::<Checks>(text)?.checks.into_iter())
            .flat_map(|check| {
                check.evidence.into_iter().map(|piece| piece.citation).chain(check.related)
            })
            .collect(),
        (_, Some(HIT)) => vec![read::<Cited>(text)?.citation],
        (Value::Object(fields), None) if fields.contains_key("citation") => {
            vec![read::<Cited>(text)?.citation]
        }
        (Value::Object(fields), None) if fields.contains_key("quote") => vec![read(text)?],
        (_, Some(schema)) => return Err(Wrong::Shape(unknown(schema))),
        _ => {
            return Err(Wrong::Shape(format!(
                "this is no citation record: it has no \"schema\": \"{CITATION}\""
            )));
        }
    };
    let mut schemas = records.iter().filter_map(|record| record.schema.as_deref());
    match schemas.find(|schema| *schema != CITATION) {
        Some(schema) => Err(Wrong::Shape(unknown(schema))),
        None => Ok(records),
    }
}

fn unknown(schema: &str) -> String {
    format!("the schema “{schema}” is not one of {CITATION}, {RESULTS}, {BATCH}, {HIT}, {CHECK}")
}

/// An error in the JSON value that begins at `start` of `input`, with its place in the whole of it.
fn malformed(input: &str, start: usize, error: &serde_json::Error, path: &Path) -> Error {
    let above = &input[..start];
    let value = &input[start..];
    let text = value.split('\n').nth(error.line().saturating_sub(1)).unwrap_or_default();
    // The column counts bytes.
    let before = text.char_indices().take_while(|(at, _)| at + 1 < error.column()).count();
    let indent = if error.line() <= 1 {
        above.rsplit('\n').next().map_or(0, |line| line.chars().count())
    } else {
        0
    };
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    Error::malformed(
        path,
        breaks(above) + error.line().max(1),
        indent + before + 1,
        in_words(message.strip_suffix(&place).unwrap_or(&message)),
    )
}

/// Replaces the names of types in a message of serde by those that people have for them.
fn in_words(message: &str) -> String {
    let Some((found, expected)) = message.rsplit_once(", expected ") else {
        return message.to_owned();
    };
    let words = match expected {
        "u32" | "usize" => "a whole number",
        "struct Record" | "struct Cited" => "a citation record",
        "a tuple of size 2" | "a sequence" => "a list",
        _ if expected.starts_with("struct ") || expected.contains("enum ") => "an object",
        other => other,
    };
    format!("{found}, expected {words}")
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|&byte| byte == b'\n').count()
}
