//! The extractor for tables: each row is a source, cited to the byte of its cell.
//!
//! Cells are read as in RFC 4180, with what spreadsheets make of it: other delimiters, a byte order
//! mark, quotation marks in a cell that does not begin with one. A row with more cells than the
//! header has is not read, since a comma in a text would put the rest of it under another name.

use serde_json::Value;

use super::decode::{Decoded, after_mark, decode};
use super::records::file::{Found, FoundRecord, RecordFile, no_text, only};
use super::records::names::Roles;
use super::records::{Field, Record};
use super::run::Run;
use super::value;
use crate::extract::{Document, Extractor, Fields, Split, Unreadable};
use crate::text::Span;

/// The extractor for tables of one kind.
pub(super) struct Table {
    name: &'static str,
    extensions: &'static [&'static str],
    /// The separator of cells; told from the file where there is none.
    delimiter: Option<u8>,
}

/// The extractor for comma-separated values.
pub(super) static CSV: Table = Table { name: "csv", extensions: &["csv"], delimiter: None };

/// The extractor for tab-separated values.
pub(super) static TSV: Table =
    Table { name: "tsv", extensions: &["tsv", "tab"], delimiter: Some(b'\t') };

impl Extractor for Table {
    fn name(&self) -> &'static str {
        self.name
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        self.extensions
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
        split(bytes, fields, self.delimiter)
    }
}

/// The columns of a table that are read.
struct Columns {
    delimiter: u8,
    /// The number of each and its name.
    used: Vec<(usize, String)>,
    roles: Roles,
}

/// A cell: its place, without quotation marks around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Cell {
    span: Span,
    is_quoted: bool,
}

/// A row of a table.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Cell>,
    /// The end of it, before the line break.
    end: usize,
    /// The start of the next one.
    next: usize,
    /// The place of a quotation mark that is never closed.
    unclosed: Option<usize>,
}

fn split(bytes: Vec<u8>, fields: &Fields, delimiter: Option<u8>) -> Result<Split, Unreadable> {
    let Decoded { text, kind, warnings } = decode(bytes)?;
    let (start, declared) = preamble(&text);
    let delimiter = delimiter.or(declared).unwrap_or_else(|| most_frequent(&text[start..]));
    let mut reader = Reader { text: &text, delimiter, at: start, has_unclosed: false };
    let header = reader.next().unwrap_or_default();
    let names: Vec<String> = header.cells.iter().map(|cell| cell.read(&text)).collect();
    let named: Vec<&str> = names.iter().map(String::as_str).collect();
    let Some(roles) = Roles::of(&named, fields) else { return Ok(no_text(&names)) };
    let used = names
        .iter()
        .enumerate()
        .filter(|(_, name)| roles.is_text(name) || roles.variable(name).is_some());
    let used = used.map(|(i, name)| (i, name.clone())).collect();
    let columns = Columns { delimiter, used, roles };
    let found = columns.find(reader, names.len());
    let read = move |row: &str| columns.document(row);
    Ok(Split::Several(Box::new(RecordFile::new(text, kind, warnings, found, read))))
}

/// Returns the start of the header, and the delimiter that the line above it declares.
fn preamble(text: &str) -> (usize, Option<u8>) {
    let start = after_mark(text);
    let first = text[start..].split_inclusive('\n').next().unwrap_or_default();
    match first.trim_end().strip_prefix("sep=").map(str::as_bytes) {
        Some(&[delimiter]) if delimiter.is_ascii() => (start + first.len(), Some(delimiter)),
        _ => (start, None),
    }
}

/// Returns the delimiter that the header has most of.
fn most_frequent(text: &str) -> u8 {
    let mut counts = [0, 0, 0, 0];
    const DELIMITERS: [u8; 4] = *b"|\t;,";
    let mut is_quoted = false;
    for byte in text.bytes() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' | b'\r' if !is_quoted => break,
            byte if !is_quoted => {
                for (count, _) in counts.iter_mut().zip(DELIMITERS).filter(|(_, it)| *it == byte) {
                    *count += 1;
                }
            }
            _ => {}
        }
    }
    let best = counts.iter().zip(DELIMITERS).max_by_key(|(count, _)| **count);
    best.map_or(b',', |(_, delimiter)| delimiter)
}

impl Columns {
    /// Finds the rows that have a text, below a header of this many cells.
    fn find(&self, mut reader: Reader<'_>, width: usize) -> Found {
        let text = reader.text;
        let mut found = Found::default();
        let mut lines = Lines { text, at: 0, line: 1 };
        let mut number = 0;
        while !found.is_full() {
            let from = reader.at;
            let Some(row) = reader.next() else { break };
            let span = Span::new(from, row.end);
            if span.of(text).trim().is_empty() {
                continue;
            }
            number += 1;
            let mut fault = |at: usize, what: &str| {
                let (line, column) = lines.of(from, at);
                found.faults.add(line, column, what);
            };
            if let Some(at) = row.unclosed {
                fault(at, "a quotation mark is never closed: the row is not read");
            } else if row.cells.len() > width {
                let what = format!(
                    "has {} cells, but the header has {width}: the row is not read",
                    row.cells.len()
                );
                fault(row.cells[width].span.start, &what);
            } else if !self.has_text(&row, text) {
                found.without_text += 1;
            } else {
                let key = self.holders("id", &row).map(|cell| cell.read(text)).next();
                found.records.push(FoundRecord { number, span, key });
            }
        }
        found
    }

    /// Returns the cells of a row that hold a variable.
    fn holders<'a>(&'a self, variable: &'a str, row: &'a Row) -> impl Iterator<Item = Cell> + 'a {
        let columns =
            self.used.iter().filter(move |(_, name)| self.roles.variable(name) == Some(variable));
        columns.filter_map(|(i, _)| row.cells.get(*i).copied())
    }

    fn has_text(&self, row: &Row, text: &str) -> bool {
        let columns = self.used.iter().filter(|(_, name)| self.roles.is_text(name));
        let mut cells = columns.filter_map(|(i, _)| row.cells.get(*i));
        cells.any(|cell| !cell.span.of(text).trim().is_empty())
    }

    fn document(&self, row: &str) -> Result<Document, Unreadable> {
        let mut reader =
            Reader { text: row, delimiter: self.delimiter, at: 0, has_unclosed: false };
        let cells = reader.next().unwrap_or_default().cells;
        let mut fields = Vec::new();
        for (i, name) in &self.used {
            let Some(cell) = cells.get(*i) else { continue };
            let runs = cell.runs(row);
            let value = Value::String(value::read(&runs, row));
            fields.push(Field { name: name.clone(), strings: vec![runs], value });
        }
        Record { text: row.to_owned(), fields }.document(&self.roles)
    }
}

impl Cell {
    /// Returns its runs: two quotation marks within quotation marks are one.
    fn runs(self, text: &str) -> Vec<Run> {
        if !self.is_quoted {
            return vec![Run::Plain(self.span)];
        }
        let mut runs = Vec::new();
        let mut from = self.span.start;
        for (at, _) in self.span.of(text).match_indices("\"\"") {
            let at = self.span.start + at;
            if from < at {
                runs.push(Run::Plain(Span::new(from, at)));
            }
            from = at + 2;
            runs.push(Run::Decoded(Span::new(at, from), "\"".into()));
        }
        if from < self.span.end {
            runs.push(Run::Plain(Span::new(from, self.span.end)));
        }
        runs
    }

    fn read(self, text: &str) -> String {
        value::read(&self.runs(text), text)
    }
}

/// Reads rows one by one.
struct Reader<'a> {
    text: &'a str,
    delimiter: u8,
    at: usize,
    /// Set once a quotation mark was never closed. From then on none is looked for beyond the line,
    /// or each would be looked for to the end of the file.
    has_unclosed: bool,
}

impl Reader<'_> {
    /// Returns the next row; `None` at the end.
    fn next(&mut self) -> Option<Row> {
        let bytes = self.text.as_bytes();
        if self.at >= bytes.len() {
            return None;
        }
        let mut row = Row::default();
        let mut at = self.at;
        loop {
            let (cell, end) = self.cell(at, &mut row.unclosed);
            row.cells.push(cell);
            match bytes.get(end) {
                Some(&byte) if byte == self.delimiter => at = end + 1,
                _ => {
                    let line_break = match bytes.get(end..) {
                        Some([b'\r', b'\n', ..]) => 2,
                        Some([]) | None => 0,
                        _ => 1,
                    };
                    row.end = end;
                    row.next = end + line_break;
                    break;
                }
            }
        }
        self.at = row.next;
        Some(row)
    }

    /// Returns the cell at a byte, and its end.
    fn cell(&mut self, start: usize, unclosed: &mut Option<usize>) -> (Cell, usize) {
        let bytes = self.text.as_bytes();
        if bytes.get(start) == Some(&b'"') {
            match self.closed(start + 1) {
                Some(close) if bytes.get(close + 1).is_none_or(|&byte| self.ends_cell(byte)) => {
                    let span = Span::new(start + 1, close);
                    return (Cell { span, is_quoted: true }, close + 1);
                }
                Some(_) => {}
                None => {
                    self.has_unclosed = true;
                    unclosed.get_or_insert(start);
                }
            }
        }
        let rest = &bytes[start..];
        let end = rest.iter().position(|&byte| self.ends_cell(byte)).unwrap_or(rest.len());
        (Cell { span: Span::new(start, start + end), is_quoted: false }, start + end)
    }

    fn ends_cell(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }

    /// Returns the place of the quotation mark that closes a cell whose text starts at a byte.
    fn closed(&self, from: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let mut at = from;
        loop {
            match *bytes.get(at)? {
                b'"' if bytes.get(at + 1) == Some(&b'"') => at += 2,
                b'"' => return Some(at),
                b'\n' | b'\r' if self.has_unclosed => return None,
                _ => at += 1,
            }
        }
    }
}

/// Counts lines up to places that never go back.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// Returns the line and column, from 1, of the place `at` in the row that starts at `row`.
    fn of(&mut self, row: usize, at: usize) -> (usize, usize) {
        self.line += self.text[self.at..row].matches('\n').count();
        self.at = row;
        let within = &self.text[row..at];
        let line_start = within.rfind('\n').map_or(0, |at| at + 1);
        let line = self.line + within.matches('\n').count();
        (line, within[line_start..].chars().count() + 1)
    }
}
