//! Parses declared metadata: front matter, sidecar files, `SOURCES.toml`.
//!
//! Metadata in TOML, YAML or JSON, with keys of many conventions, is converted to CSL-JSON. Values
//! of CSL variables get the type that CSL requires; other values are kept under `custom`, where
//! citation styles ignore them.

mod library;
mod variable;

pub use self::library::{LIBRARIES, LibraryEntry, library};

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value};

use crate::files::MAX_METADATA;
use crate::source::{Metadata, Provenance};
use crate::text::Span;
use crate::{Error, Result};

/// A notation of metadata files.
#[non_exhaustive]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notation {
    /// TOML.
    Toml,
    /// YAML.
    Yaml,
    /// JSON: an object, or CSL-JSON with a list of one object.
    Json,
}

impl Notation {
    /// Returns the notation of a file with this name, by its extension.
    pub fn of(file: &Path) -> Option<Notation> {
        match file.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "toml" => Some(Notation::Toml),
            "yaml" | "yml" => Some(Notation::Yaml),
            "json" => Some(Notation::Json),
            _ => None,
        }
    }
}

/// An error in metadata, with its position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// The line, from 1.
    pub(super) line: Option<usize>,
    /// The column in code points, from 1.
    pub(super) column: Option<usize>,
    /// The message for users.
    pub(super) message: String,
}

impl Fault {
    fn new(message: impl Into<String>) -> Self {
        Self { line: None, column: None, message: message.into() }
    }

    /// Returns a fault at a byte offset of `text`.
    fn at(text: &str, offset: usize, message: impl Into<String>) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self {
            line: Some(before.matches('\n').count() + 1),
            column: Some(line.chars().count() + 1),
            message: message.into(),
        }
    }

    fn in_file(self, file: &Path) -> Error {
        Error::Malformed {
            path: file.to_owned(),
            line: self.line,
            column: self.column,
            message: self.message,
        }
    }
}

/// Parses the metadata of one source; `file` is named in errors.
///
/// ```
/// use std::path::Path;
/// use pincite_extract::extract::declared::{Notation, parse};
/// let text = "title: A Road\nby: Rowan Example\ndate: 2025-12";
/// let metadata = parse(Notation::Yaml, text, Path::new("a.meta.yaml"))?;
/// assert_eq!(metadata.title(), Some("A Road"));
/// assert_eq!(metadata.names("author")[0].display(), "Rowan Example");
/// assert_eq!(metadata.issued().map(|date| date.to_string()).as_deref(), Some("2025-12"));
/// # Ok::<(), pincite_extract::Error>(())
/// ```
///
/// # Errors
///
/// [`Error::Malformed`], with line and column if they are known, if the text is not in this
/// notation or not a table.
pub fn parse(notation: Notation, text: &str, file: &Path) -> Result<Metadata> {
    read(notation, text).map_err(|fault| fault.in_file(file))
}

/// Parses a `SOURCES.toml`. Returns the metadata of each file by its path, which is the heading of
/// its table.
///
/// # Errors
///
/// [`Error::Malformed`] if the text is not TOML, or has anything but tables.
pub fn sources_toml(text: &str, path: &Path) -> Result<BTreeMap<String, Metadata>> {
    let files: BTreeMap<String, toml::Spanned<toml::Value>> =
        toml::from_str(text).map_err(|error| toml_fault(text, &error).in_file(path))?;
    let mut sources = BTreeMap::new();
    for (file, entry) in files {
        let start = entry.span().start;
        let entry = json_of_toml(entry.into_inner());
        if nodes(&entry) > MAX_NODES {
            return Err(Fault::at(text, start, TOO_LARGE).in_file(path));
        }
        let Value::Object(table) = entry else {
            let message = format!("“{file}” is not a table: write [\"{file}\"] and its keys below");
            return Err(Fault::at(text, start, message).in_file(path));
        };
        sources.insert(file, of_table(table));
    }
    Ok(sources)
}

/// The maximum number of values of one source, in YAML including those repeated by aliases: a few
/// lines can expand to billions.
const MAX_NODES: usize = 20_000;

const TOO_LARGE: &str = "it is too large, or nested too deeply, for metadata";

/// Returns the number of values in `value`, itself included.
fn nodes(value: &Value) -> usize {
    1 + match value {
        Value::Array(list) => list.iter().map(nodes).sum(),
        Value::Object(table) => table.values().map(nodes).sum(),
        _ => 0,
    }
}

/// Parses metadata that is not in a file of its own.
pub(super) fn read(notation: Notation, text: &str) -> Result<Metadata, Fault> {
    if text.len() as u64 > MAX_METADATA {
        return Err(Fault::new(format!("it is larger than {} MiB", MAX_METADATA >> 20)));
    }
    let value = match notation {
        Notation::Toml => json_of_toml(toml::Value::Table(
            toml::from_str(text).map_err(|error| toml_fault(text, &error))?,
        )),
        Notation::Yaml => {
            let options =
                serde_saphyr::options! { budget: serde_saphyr::budget! { max_nodes: MAX_NODES } };
            serde_saphyr::from_str_with_options(text, options)
                .map_err(|error| yaml_fault(&error))?
        }
        Notation::Json => serde_json::from_str(text).map_err(|error| json_fault(&error))?,
    };
    if nodes(&value) > MAX_NODES {
        return Err(Fault::new(TOO_LARGE));
    }
    match value {
        Value::Object(table) => Ok(of_table(table)),
        Value::Null => Ok(Metadata::default()),
        Value::Array(mut list) if list.len() == 1 => match list.remove(0) {
            Value::Object(table) => Ok(of_table(table)),
            _ => Err(Fault::new("the one entry of the list is not a table of keys and values")),
        },
        Value::Array(list) => {
            Err(Fault::new(format!("describes {} sources: write one file for each", list.len())))
        }
        _ => Err(Fault::new("is not a table of keys and values")),
    }
}

/// Converts a table of keys and values.
pub(super) fn of_table(table: Map<String, Value>) -> Metadata {
    let mut metadata = Metadata::default();
    let mut custom = Map::new();
    // The CSL name of a variable takes precedence over its aliases.
    let (names, aliases): (Vec<_>, Vec<_>) =
        table.into_iter().partition(|(key, _)| variable::of_key(key) == Some(key));
    for (key, value) in names.into_iter().chain(aliases) {
        let variable = variable::of_key(&key).unwrap_or(&key);
        if value.is_null() {
            continue;
        }
        match variable::typed(variable, value) {
            Ok((variable, value)) if metadata.get(&variable).is_none() => {
                metadata.set(&variable, value, Provenance::Declared);
            }
            Ok((_, value)) | Err(value) => variable::keep(&mut custom, key, value),
        }
    }
    if !custom.is_empty() {
        metadata.set("custom", Value::Object(custom), Provenance::Declared);
    }
    metadata
}

/// Returns the CSL variable that a key means.
pub(in crate::extract) fn variable(key: &str) -> Option<&'static str> {
    variable::of_key(key)
}

fn json_of_toml(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => number.into(),
        toml::Value::Boolean(flag) => flag.into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        toml::Value::Array(list) => list.into_iter().map(json_of_toml).collect(),
        toml::Value::Table(table) => Value::Object(
            table.into_iter().map(|(key, value)| (key, json_of_toml(value))).collect(),
        ),
    }
}

fn toml_fault(text: &str, error: &toml::de::Error) -> Fault {
    match error.span() {
        Some(span) => Fault::at(text, span.start, error.message()),
        None => Fault::new(error.message()),
    }
}

fn yaml_fault(error: &serde_saphyr::Error) -> Fault {
    let place = error.location();
    let number = |n: u64| usize::try_from(n).ok().filter(|&n| n > 0);
    let message = error.without_snippet().to_string();
    // Drop the position, which has its own fields, and advice to programmers.
    let first = message.lines().next().unwrap_or_default();
    let first =
        first.split(", set ").next().unwrap_or_default().split("; use ").next().unwrap_or_default();
    let message = match error.without_snippet() {
        serde_saphyr::Error::Budget { .. } => TOO_LARGE,
        _ => first,
    };
    Fault {
        line: place.and_then(|place| number(place.line())),
        column: place.and_then(|place| number(place.column())),
        message: message.split(" at line ").next().unwrap_or(message).to_owned(),
    }
}

fn json_fault(error: &serde_json::Error) -> Fault {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or(&message).to_owned();
    Fault { line: Some(error.line()), column: Some(error.column().max(1)), message }
}

/// Parses the metadata in the span `inner` of a file. Errors have the line numbers of the file.
pub(super) fn read_within(notation: Notation, text: &str, inner: Span) -> Result<Metadata, Fault> {
    read(notation, inner.of(text)).map_err(|fault| {
        let above = text[..inner.start].matches('\n').count();
        Fault { line: fault.line.map(|line| line + above), ..fault }
    })
}

#[cfg(test)]
mod tests;
