//! Claims out of a column of a table: CSV, TSV or lines of JSON.

use std::io::Read;
use std::path::Path;

use serde_json::{Map, Value};

use super::request::{Input, Skipped, Why};
use crate::{Error, Result};

/// The column that says what claims are called.
const ID: &str = "id";

/// The notation of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TableFormat {
    /// Cells with commas (or semicolons, where the first row has only these) between them, quoted
    /// where need be.
    Csv,
    /// The same with tabs.
    Tsv,
    /// A JSON object a line.
    JsonLines,
}

pub(super) fn read(
    text: &str,
    format: TableFormat,
    column: Option<&str>,
    path: &Path,
) -> Result<Input> {
    let table = Table { wanted: column, path };
    match format {
        TableFormat::Csv => table.csv(text, separator(text)),
        TableFormat::Tsv => table.csv(text, b'\t'),
        TableFormat::JsonLines => table.json_lines(text),
    }
}

/// Spreadsheets write semicolons where the comma stands in decimal numbers.
fn separator(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    if first.contains(';') && !first.contains(',') { b';' } else { b',' }
}

/// The columns wanted of a table, and where it is from.
struct Table<'a> {
    wanted: Option<&'a str>,
    path: &'a Path,
}

impl Table<'_> {
    fn csv(&self, text: &str, separator: u8) -> Result<Input> {
        // A quotation mark that is never closed swallows all rows behind it, and this one with
        // them.
        const END: &str = "\n\u{0}end";
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(separator)
            .flexible(true)
            .has_headers(false)
            .from_reader(text.as_bytes().chain(END.as_bytes()));
        let mut rows = Vec::new();
        let mut row = csv::StringRecord::new();
        while reader.read_record(&mut row).map_err(|error| self.malformed(1, error.to_string()))? {
            let line = row.position().map_or(1, |position| first_line(text, position));
            rows.push((line, std::mem::take(&mut row)));
        }
        let end = match rows.pop() {
            Some((line, row)) if row.get(0) == Some(&END[1..]) => line,
            last => {
                let line = last.map_or(1, |(line, _)| line);
                return Err(
                    self.malformed(line, "a quotation mark is opened in this row and never closed")
                );
            }
        };
        let mut rows = rows.into_iter();
        let Some((_, names)) = rows.next() else {
            return Err(self.malformed(end, "there is no row with names of columns"));
        };
        let at = self.column(&names.iter().collect::<Vec<_>>())?;
        let id_at = names.iter().position(|name| name.trim() == ID);
        let mut input = Input::default();
        for (line, row) in rows {
            if row.len() != names.len() {
                let cells =
                    |n: usize| if n == 1 { "1 cell".to_owned() } else { format!("{n} cells") };
                let message =
                    format!("this row has {}, the first has {}", cells(row.len()), names.len());
                return Err(self.malformed(line, message));
            }
            let id = id_at.and_then(|at| row.get(at)).map(str::to_owned);
            input.take(row.get(at).unwrap_or_default(), id, line);
        }
        Ok(input)
    }

    fn json_lines(&self, text: &str) -> Result<Input> {
        let mut input = Input::default();
        let mut column: Option<String> = None;
        for (row, line) in text.lines().zip(1..).filter(|(row, _)| !row.trim().is_empty()) {
            let row: Map<String, Value> =
                serde_json::from_str(row).map_err(|error| self.bad_json(row, line, &error))?;
            let name = match &column {
                Some(name) => name,
                None => {
                    let names: Vec<&str> = row.keys().map(String::as_str).collect();
                    column.insert(names[self.column(&names)?].to_owned())
                }
            };
            match row.get(name) {
                Some(Value::String(claim)) => {
                    let id = row.get(ID).map(|id| match id {
                        Value::String(id) => id.clone(),
                        id => id.to_string(),
                    });
                    input.take(claim, id, line);
                }
                Some(_) => return Err(self.malformed(line, format!("“{name}” is no text"))),
                None => return Err(self.malformed(line, format!("there is no “{name}”"))),
            }
        }
        Ok(input)
    }

    /// Returns which of the columns of these names has the claims.
    fn column(&self, names: &[&str]) -> Result<usize> {
        let named = |wanted: &str| names.iter().position(|name| name.trim() == wanted);
        let found = match self.wanted {
            Some(wanted) => named(wanted),
            None => named("claim").or((names.len() == 1).then_some(0)),
        };
        found.ok_or_else(|| {
            let path = self.path.display();
            let message = match self.wanted {
                Some(wanted) => format!("{path} has no column “{wanted}”"),
                None => format!("which column of {path} has the claims?"),
            };
            let names: Vec<String> =
                names.iter().map(|name| format!("“{}”", name.trim())).collect();
            Error::usage(message, format!("name it with --column; there are {}", names.join(", ")))
        })
    }

    fn bad_json(&self, row: &str, line: usize, error: &serde_json::Error) -> Error {
        // The error's column is counted in bytes.
        let before = row.char_indices().take_while(|(at, _)| at + 1 < error.column()).count();
        let message = error.to_string();
        let message = match message.split_once(" at line ") {
            Some((_, _)) if error.is_data() => "this line is no JSON object".to_owned(),
            Some((message, _)) => message.to_owned(),
            None => message,
        };
        Error::malformed(self.path, line, before + 1, message)
    }

    fn malformed(&self, line: usize, message: impl Into<String>) -> Error {
        Error::malformed(self.path, line, None, message)
    }
}

impl Input {
    /// Takes the claim in a cell, if there is one.
    fn take(&mut self, cell: &str, id: Option<String>, line: usize) {
        match cell.trim() {
            "" => self.skipped.push(Skipped { line, why: Why::Empty }),
            claim => self.add(claim, id, line),
        }
    }
}

/// Returns the line on which a row begins. The reader's own count is of the end of the row before,
/// ahead of any blank lines.
fn first_line(text: &str, position: &csv::Position) -> usize {
    let at = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let blank = text.get(at..).unwrap_or_default().chars().take_while(|c| matches!(c, '\r' | '\n'));
    usize::try_from(position.line())
        .unwrap_or(usize::MAX)
        .saturating_add(blank.filter(|&c| c == '\n').count())
}
