//! The extractors for JSON: an article that is an object, or a list of them, each a source that is
//! cited to the byte of its string.
//!
//! `serde_json` says where values stand ([`RawValue`]); strings are read here, since it does not
//! say which bytes of a string each character is read from.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer as _, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use serde_json::value::RawValue;

use super::decode::{Decoded, after_mark, decode};
use super::records::file::{Found, FoundRecord, RecordFile, no_text, only};
use super::records::names::Roles;
use super::records::{Field, Record};
use super::run::Run;
use crate::extract::{Document, Extractor, Fields, Split, Unreadable};
use crate::source::TextKind;
use crate::text::Span;

/// The extractor for JSON.
pub(super) struct Json;

/// The extractor for JSON Lines.
pub(super) struct JsonLines;

impl Extractor for Json {
    fn name(&self) -> &'static str {
        "json"
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["json"]
    }

    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn has_fields(&self) -> bool {
        true
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        only(self.split(bytes, &Fields::default())?)
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        let decoded = decode(bytes)?;
        let from = after_mark(&decoded.text);
        let text = &decoded.text[from..];
        let mut values = Vec::new();
        let read = elements(text, &mut values);
        match read {
            // Several objects one after another are lines.
            Err(error) if values.is_empty() && is_lines(text) => {
                lines(decoded, fields).map_err(|_| not_json(&error))
            }
            Err(error) if values.is_empty() => Err(not_json(&error)),
            Ok(Shape::Object) => one_or_list(decoded, fields),
            read => {
                let mut found = match find(&decoded.text, &values, fields) {
                    Ok(found) => found,
                    Err(names) => return Ok(no_text(&names)),
                };
                if let Err(error) = read {
                    let what = format!("{}: what follows is not read", reason(&error));
                    found.faults.add(error.line(), error.column(), &what);
                }
                Ok(several(decoded, found, fields))
            }
        }
    }
}

impl Extractor for JsonLines {
    fn name(&self) -> &'static str {
        "jsonl"
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["jsonl", "ndjson"]
    }

    fn sniffs(&self, _head: &[u8]) -> bool {
        false
    }

    fn has_fields(&self) -> bool {
        true
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        only(self.split(bytes, &Fields::default())?)
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        lines(decode(bytes)?, fields)
    }
}

/// Reads a file of which each line is an object.
fn lines(decoded: Decoded, fields: &Fields) -> Result<Split, Unreadable> {
    let text = &decoded.text;
    let mut found = Found::default();
    let mut names = Vec::new();
    let mut at = after_mark(text);
    let mut number = 0;
    for (i, line) in text[at..].split_inclusive('\n').enumerate() {
        let start = at + line.len() - line.trim_start().len();
        at += line.len();
        let line = line.trim();
        if line.is_empty() || found.is_full() {
            continue;
        }
        number += 1;
        match Object::read(line) {
            Ok(object) => {
                let span = Span::new(start, start + line.len());
                object.add_to(&mut found, &mut names, number, span, fields);
            }
            Err(error) => {
                let what = format!("{}: the line is not read", reason(&error));
                found.faults.add(i + 1, error.column(), &what);
            }
        }
    }
    if found.records.is_empty() {
        return Ok(no_text(&names));
    }
    Ok(several(decoded, found, fields))
}

/// Reads a file that is one object: an article, or something around a list of them.
fn one_or_list(decoded: Decoded, fields: &Fields) -> Result<Split, Unreadable> {
    let from = after_mark(&decoded.text);
    let object = Object::read(&decoded.text[from..]).map_err(|error| not_json(&error))?;
    if object.roles(fields).is_some() {
        let mut document = object.document(&decoded.text, fields)?;
        document.warnings = decoded.warnings;
        let is_file = decoded.kind == TextKind::File;
        return Ok(Split::One(Box::new(if is_file { document } else { document.extracted() })));
    }
    let names: Vec<_> = object.members.iter().map(|(name, _)| name.clone()).collect();
    let mut lists = Vec::new();
    for (_, value) in &object.members {
        let mut values = Vec::new();
        if value.get().starts_with('[') && elements(value.get(), &mut values).is_ok() {
            lists.extend(find(&decoded.text, &values, fields));
        }
    }
    let most = lists.into_iter().max_by_key(|found| found.records.len());
    let Some(found) = most else { return Ok(no_text(&names)) };
    Ok(several(decoded, found, fields))
}

/// Finds the records among the elements of a list. Where there is none, returns the names of
/// fields.
fn find<'a>(text: &'a str, values: &[&'a RawValue], fields: &Fields) -> Result<Found, Vec<String>> {
    let mut found = Found::default();
    let mut names = Vec::new();
    for (i, value) in values.iter().enumerate() {
        if found.is_full() {
            break;
        }
        match Object::read(value.get()) {
            Ok(object) => {
                object.add_to(&mut found, &mut names, i + 1, span_in(value.get(), text), fields);
            }
            Err(_) => found.without_text += 1,
        }
    }
    if found.records.is_empty() { Err(names) } else { Ok(found) }
}

fn several(decoded: Decoded, found: Found, fields: &Fields) -> Split {
    let Decoded { text, kind, warnings } = decoded;
    let fields = fields.clone();
    let read = move |slice: &str| {
        let object = Object::read(slice).map_err(|error| not_json(&error))?;
        object.document(slice, &fields)
    };
    Split::Several(Box::new(RecordFile::new(text, kind, warnings, found, read)))
}

/// An object: its members, those of objects within it with the names of both.
struct Object<'a> {
    members: Vec<(String, &'a RawValue)>,
}

impl<'a> Object<'a> {
    fn read(text: &'a str) -> serde_json::Result<Self> {
        /// The number of objects within objects whose members are looked at.
        const DEPTH: usize = 3;
        let mut members = Vec::new();
        let mut deserializer = serde_json::Deserializer::from_str(text);
        deserializer.deserialize_map(Members(&mut members))?;
        deserializer.end()?;
        let mut object = Self { members: Vec::with_capacity(members.len()) };
        for (name, value) in members {
            object.add(name, value, DEPTH);
        }
        Ok(object)
    }

    fn add(&mut self, name: String, value: &'a RawValue, depth: usize) {
        let mut members = Vec::new();
        if depth > 0 && value.get().starts_with('{') {
            let mut deserializer = serde_json::Deserializer::from_str(value.get());
            // It was read as a value already.
            let _ = deserializer.deserialize_map(Members(&mut members));
            for (inner, value) in members {
                self.add(format!("{name}.{inner}"), value, depth - 1);
            }
        }
        self.members.push((name, value));
    }

    fn roles(&self, fields: &Fields) -> Option<Roles> {
        let read = self.members.iter().filter(|(_, value)| {
            strings(value).iter().any(|string| !inner(string).trim().is_empty())
        });
        Roles::of(&read.map(|(name, _)| name.as_str()).collect::<Vec<_>>(), fields)
    }

    /// Adds it to the records, if it has a text.
    fn add_to(
        self,
        found: &mut Found,
        names: &mut Vec<String>,
        number: usize,
        span: Span,
        fields: &Fields,
    ) {
        let Some(roles) = self.roles(fields) else {
            found.without_text += 1;
            if names.is_empty() {
                names.extend(self.members.into_iter().map(|(name, _)| name));
            }
            return;
        };
        let mut ids = self.members.iter().filter(|(name, _)| roles.variable(name) == Some("id"));
        let key = ids.find_map(|(_, value)| match serde_json::from_str(value.get()) {
            Ok(Value::String(id)) => Some(id),
            Ok(Value::Number(id)) => Some(id.to_string()),
            _ => None,
        });
        found.records.push(FoundRecord { number, span, key });
    }

    /// Returns the document that it is; `text` has it.
    fn document(&self, text: &str, fields: &Fields) -> Result<Document, Unreadable> {
        let Some(roles) = self.roles(fields) else { return Err(Unreadable("has no text".into())) };
        let mut read = Vec::new();
        for (name, value) in &self.members {
            let is_text = roles.is_text(name);
            if !is_text && roles.variable(name).is_none() {
                continue;
            }
            let strings = strings(value).iter().map(|string| runs(string, text)).collect();
            let value = if is_text { Value::Null } else { parsed(value) };
            read.push(Field { name: name.clone(), strings, value });
        }
        Record { text: text.to_owned(), fields: read }.document(&roles)
    }
}

/// Returns a value, or null if it is nested too deeply.
fn parsed(value: &RawValue) -> Value {
    serde_json::from_str(value.get()).unwrap_or_default()
}

/// Returns the strings that a value is: itself, or those of a list.
fn strings(value: &RawValue) -> Vec<&str> {
    let text = value.get();
    if text.starts_with('"') {
        return vec![text];
    }
    let mut values = Vec::new();
    if text.starts_with('[') && elements(text, &mut values).is_ok() {
        return values.iter().map(|it| it.get()).filter(|it| it.starts_with('"')).collect();
    }
    Vec::new()
}

/// Returns a string without the quotation marks around it.
fn inner(string: &str) -> &str {
    string.get(1..string.len().saturating_sub(1)).unwrap_or_default()
}

/// Returns the runs of a string of `text`: what stands as it is, and escapes.
fn runs(string: &str, text: &str) -> Vec<Run> {
    let string = inner(string);
    let start = span_in(string, text).start;
    let mut runs = Vec::new();
    let mut at = 0;
    while let Some(next) = string[at..].find('\\') {
        if next > 0 {
            runs.push(Run::Plain(Span::new(start + at, start + at + next)));
        }
        at += next;
        let (read, len) = escape(&string[at..]);
        runs.push(Run::Decoded(Span::new(start + at, start + at + len), read.to_string().into()));
        at += len;
    }
    if at < string.len() {
        runs.push(Run::Plain(Span::new(start + at, start + string.len())));
    }
    runs
}

/// Returns the character that an escape stands for, and the length of the escape in bytes. Half of
/// a pair of surrogates stands for U+FFFD.
fn escape(text: &str) -> (char, usize) {
    let unit = |at: usize| {
        let hexadecimal = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hexadecimal, 16).ok()
    };
    match text.as_bytes().get(1) {
        Some(b'u') => {
            let units = [unit(0), unit(6)].into_iter().map_while(|unit| unit);
            match char::decode_utf16(units).next() {
                Some(Ok(c)) => (c, 6 * c.len_utf16()),
                _ => (char::REPLACEMENT_CHARACTER, text.len().min(6)),
            }
        }
        Some(b'n') => ('\n', 2),
        Some(b't') => ('\t', 2),
        Some(b'r') => ('\r', 2),
        Some(b'b') => ('\u{8}', 2),
        Some(b'f') => ('\u{c}', 2),
        Some(&byte) if byte.is_ascii() => (char::from(byte), 2),
        _ => (char::REPLACEMENT_CHARACTER, 1),
    }
}

/// Returns the place of `slice` in `text`, of which it is a part.
fn span_in(slice: &str, text: &str) -> Span {
    let start = slice.as_ptr() as usize - text.as_ptr() as usize;
    Span::new(start, start + slice.len())
}

fn not_json(error: &serde_json::Error) -> Unreadable {
    let (line, column) = (error.line(), error.column());
    Unreadable(format!("is not JSON: line {line}, column {column}: {}", reason(error)))
}

/// Returns the message without its place.
fn reason(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or(&message).to_owned()
}

/// Returns whether a text seems to be objects one a line.
fn is_lines(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default();
    first.starts_with('{') && Object::read(first).is_ok()
}

/// The kind of a value.
enum Shape {
    List,
    Object,
}

/// Adds the elements of a list to `values`, those before an error too.
fn elements<'a>(text: &'a str, values: &mut Vec<&'a RawValue>) -> serde_json::Result<Shape> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let shape = Elements(values).deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(shape)
}

struct Elements<'v, 'a>(&'v mut Vec<&'a RawValue>);

impl<'a> DeserializeSeed<'a> for Elements<'_, 'a> {
    type Value = Shape;

    fn deserialize<D: serde::Deserializer<'a>>(self, deserializer: D) -> Result<Shape, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'a> Visitor<'a> for Elements<'_, 'a> {
    type Value = Shape;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list or an object")
    }

    fn visit_seq<A: SeqAccess<'a>>(self, mut list: A) -> Result<Shape, A::Error> {
        while let Some(value) = list.next_element()? {
            self.0.push(value);
        }
        Ok(Shape::List)
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<Shape, A::Error> {
        while object.next_entry::<serde::de::IgnoredAny, serde::de::IgnoredAny>()?.is_some() {}
        Ok(Shape::Object)
    }
}

struct Members<'v, 'a>(&'v mut Vec<(String, &'a RawValue)>);

impl<'a> Visitor<'a> for Members<'_, 'a> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'a>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(member) = object.next_entry()? {
            self.0.push(member);
        }
        Ok(())
    }
}
