//! The extractor for workbooks of Excel, `.xlsx`: each row of a sheet is a source, as in other
//! tables.
//!
//! [`book`] reads the sheets, styles and texts that cells share, [`sheet`] the rows. The first row
//! of a sheet names its columns. What is read of a row is `extracted`: a cell is no stretch of the
//! file.

mod book;
mod sheet;

use std::borrow::Cow;

use serde_json::Value;

use self::book::Book;
use self::sheet::{Row, Sheet};
use super::super::keys::Keys;
use super::super::package::Package;
use super::super::records::file::{no_text, only};
use super::super::records::{Field, Record};
use super::super::run::Run;
use super::relations::Relations;
use crate::extract::{Document, Extractor, Fields, Records, Slot, Split, Unreadable};
use crate::source::{FileRecord, Part};
use crate::text::{Position, Span};

/// The maximum number of rows that are read of a workbook.
const MAX_ROWS: usize = 1 << 20;

/// The most bytes of text that all rows may have together: cells can share one text many times.
const MAX_TEXT: usize = 256 << 20;

/// The separator of the texts of two cells.
const BETWEEN: &str = "\n\n";

/// The extractor for workbooks.
pub(in crate::extract::formats) struct Xlsx;

impl Extractor for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn version(&self) -> u32 {
        2
    }

    fn extensions(&self) -> &'static [&'static str] {
        &["xlsx", "xlsm"]
    }

    fn sniffs(&self, head: &[u8]) -> bool {
        super::is_package(head, "xl/")
    }

    fn has_fields(&self) -> bool {
        true
    }

    fn extract(&self, bytes: Vec<u8>) -> Result<Document, Unreadable> {
        only(self.split(bytes, &Fields::default())?)
    }

    fn split(&self, bytes: Vec<u8>, fields: &Fields) -> Result<Split, Unreadable> {
        let package = Package::open(&bytes)?;
        let top = Relations::of(&package, "")?;
        let main = top.of_kind("officeDocument").next().unwrap_or("xl/workbook.xml");
        let book = Book::read(&package, main)?;
        let mut workbook = Workbook { strings: book.strings, ..Workbook::default() };
        let mut columns = Vec::new();
        let mut sheets = Keys::default();
        let mut text = 0;
        for (number, (name, entry)) in (1..).zip(&book.sheets) {
            let found = Sheet::read(&package, entry, &book.styles, &workbook.strings, fields)?;
            match found {
                Err(names) => columns.extend(names),
                Ok(sheet) => {
                    let key = sheets.of(Some(name), number);
                    workbook.add(name, &key, sheet, &mut text);
                }
            }
        }
        if workbook.sheets.is_empty() {
            return Ok(no_text(&columns));
        }
        Ok(Split::Several(Box::new(workbook)))
    }
}

/// The rows of a workbook.
#[derive(Default)]
struct Workbook {
    strings: Vec<String>,
    /// The sheets, each by its name.
    sheets: Vec<(String, Sheet)>,
    /// The sheet of each row, and its number there.
    rows: Vec<(usize, Row)>,
    slots: Vec<Slot>,
    warnings: Vec<String>,
}

impl Workbook {
    /// Adds a sheet. `text` is the length of what all rows have.
    fn add(&mut self, name: &str, key: &str, mut sheet: Sheet, text: &mut usize) {
        let mut keys = Keys::default();
        let mut without = 0;
        for row in std::mem::take(&mut sheet.rows) {
            if !sheet.has_text(&row, &self.strings) {
                without += 1;
                continue;
            }
            *text +=
                row.cells.iter().map(|(_, cell)| cell.text(&self.strings).len()).sum::<usize>();
            if self.slots.len() == MAX_ROWS || *text > MAX_TEXT {
                let (rows, size) = (MAX_ROWS, MAX_TEXT >> 20);
                self.warnings.push(format!(
                    "has more than {rows} rows, or {size} MiB of text: the others are not read"
                ));
                break;
            }
            let own = sheet.holder("id", &row).map(|cell| cell.text(&self.strings));
            let row_key = keys.of(own, row.number);
            let number = u32::try_from(self.slots.len() + 1).unwrap_or(u32::MAX);
            let place = FileRecord { number, bytes: None, start: Position::START };
            self.slots.push(Slot { key: format!("{key}!{row_key}"), place, member: None });
            self.rows.push((self.sheets.len(), row));
        }
        if without > 0 {
            self.warnings.push(format!("sheet {name} has {without} row(s) without a text"));
        }
        if keys.refused > 0 {
            self.warnings.push(format!(
                "sheet {name} has {} row(s) whose id is too long, or another row's too: they are \
                 known by their numbers",
                keys.refused
            ));
        }
        self.sheets.push((name.to_owned(), sheet));
    }

    /// Returns the texts of the cells of a row that are read, as one text, with the place of each.
    fn text(&self, i: usize) -> (String, Vec<Span>) {
        let mut text = String::new();
        let mut spans = Vec::new();
        for (_, cell) in &self.rows[i].1.cells {
            if !text.is_empty() {
                text.push_str(BETWEEN);
            }
            let start = text.len();
            text.push_str(cell.text(&self.strings));
            spans.push(Span::new(start, text.len()));
        }
        (text, spans)
    }
}

impl Records for Workbook {
    fn slots(&self) -> &[Slot] {
        &self.slots
    }

    fn bytes(&self, i: usize) -> Cow<'_, [u8]> {
        self.text(i).0.into_bytes().into()
    }

    fn document(&self, i: usize) -> Result<Document, Unreadable> {
        let (sheet, row) = &self.rows[i];
        let (name, sheet) = &self.sheets[*sheet];
        let (text, spans) = self.text(i);
        let fields = row.cells.iter().zip(spans).map(|((column, cell), span)| Field {
            name: sheet.column(*column).to_owned(),
            strings: vec![vec![Run::Plain(span)]],
            value: Value::from(cell.text(&self.strings)),
        });
        let record = Record { fields: fields.collect(), text };
        let mut document = record.document(&sheet.roles)?.extracted();
        for block in &mut document.blocks {
            let field = block.part.as_deref().and_then(Part::field);
            if let Some(field) = field {
                let column = row.cells.iter().find(|(column, _)| sheet.column(*column) == field);
                let at =
                    column.map_or_else(String::new, |(column, _)| place(name, *column, row.number));
                let part = Part::Cell { field: field.into(), at: at.into() };
                block.part = Some(Box::new(part));
            }
        }
        Ok(document)
    }

    fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// Returns the place of a cell as formulas have it: `Posts!B7`, `'Old posts'!B7`.
fn place(sheet: &str, column: usize, row: u32) -> String {
    let mut letters = Vec::new();
    let mut left = column + 1;
    while left > 0 {
        letters.push(char::from(b'A' + u8::try_from((left - 1) % 26).unwrap_or_default()));
        left = (left - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    let is_plain = sheet.chars().all(|c| c.is_alphanumeric() || c == '_')
        && !sheet.starts_with(|c: char| c.is_ascii_digit());
    match is_plain {
        true => format!("{sheet}!{letters}{row}"),
        false => format!("'{}'!{letters}{row}", sheet.replace('\'', "''")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_written_as_in_formulas() {
        assert_eq!(place("Posts", 0, 7), "Posts!A7");
        assert_eq!(place("Posts", 26, 7), "Posts!AA7");
        assert_eq!(place("Posts", 16_383, 1), "Posts!XFD1");
        assert_eq!(place("Dana's posts", 1, 2), "'Dana''s posts'!B2");
        assert_eq!(place("2019", 1, 2), "'2019'!B2");
    }
}
