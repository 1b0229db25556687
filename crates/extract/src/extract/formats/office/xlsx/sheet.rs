//! [`Sheet`]: the rows of a sheet.

use super::super::super::package::Package;
use super::super::super::records::names::Roles;
use super::super::super::xml::{Element, Token, Xml, decode};
use super::MAX_ROWS;
use super::book::Styles;
use crate::extract::{Fields, Unreadable};

/// The most columns of a sheet.
const MAX_COLUMNS: usize = 1 << 14;

/// A sheet, of which the columns that are read are kept.
pub(super) struct Sheet {
    /// The names of all columns.
    names: Vec<String>,
    pub(super) roles: Roles,
    pub(super) rows: Vec<Row>,
}

/// A row of a sheet.
pub(super) struct Row {
    /// Its number, from 1.
    pub(super) number: u32,
    /// Its cells in columns that are read, each with the number of its column from 0.
    pub(super) cells: Vec<(usize, Cell)>,
}

/// The content of a cell.
pub(super) enum Cell {
    /// A text that the workbook has once, by its number.
    Shared(usize),
    Own(String),
}

impl Cell {
    /// Returns its text; `strings` are those that cells share.
    pub(super) fn text<'a>(&'a self, strings: &'a [String]) -> &'a str {
        match self {
            Cell::Shared(number) => strings.get(*number).map_or("", String::as_str),
            Cell::Own(text) => text,
        }
    }
}

impl Sheet {
    /// Reads a sheet; the names of its columns are the error if none of them is known to be a text.
    ///
    /// # Errors
    ///
    /// [`Unreadable`] if it is damaged.
    pub(super) fn read(
        package: &Package<'_>,
        entry: &str,
        styles: &Styles,
        strings: &[String],
        fields: &Fields,
    ) -> Result<Result<Self, Vec<String>>, Unreadable> {
        let text = decode(package.need(entry)?, entry)?;
        let mut rows = Rows { xml: Xml::new(&text, entry), styles, last: 0 };
        let mut names = Vec::new();
        while names.is_empty() {
            let Some(row) = rows.next(|_| true)? else { return Ok(Err(names)) };
            for (column, cell) in &row.cells {
                if !cell.text(strings).trim().is_empty() {
                    names.resize(names.len().max(column + 1), String::new());
                    cell.text(strings).trim().clone_into(&mut names[*column]);
                }
            }
        }
        let named: Vec<&str> = names.iter().map(String::as_str).collect();
        let Some(roles) = Roles::of(&named, fields) else {
            names.retain(|name| !name.is_empty());
            return Ok(Err(names));
        };
        let is_read = |column: usize| {
            let name = names.get(column).map_or("", String::as_str);
            !name.is_empty() && (roles.is_text(name) || roles.variable(name).is_some())
        };
        let mut found = Vec::new();
        while found.len() <= MAX_ROWS
            && let Some(row) = rows.next(is_read)?
        {
            if !row.cells.is_empty() {
                found.push(row);
            }
        }
        Ok(Ok(Self { names, roles, rows: found }))
    }

    /// Returns the name of a column.
    pub(super) fn column(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// Returns the cell of a row that holds a variable.
    pub(super) fn holder<'a>(&self, variable: &str, row: &'a Row) -> Option<&'a Cell> {
        let holds = |column: usize| self.roles.variable(self.column(column)) == Some(variable);
        row.cells.iter().find(|(column, _)| holds(*column)).map(|(_, cell)| cell)
    }

    /// Returns whether a row has a text.
    pub(super) fn has_text(&self, row: &Row, strings: &[String]) -> bool {
        row.cells.iter().any(|(column, cell)| {
            self.roles.is_text(self.column(*column)) && !cell.text(strings).trim().is_empty()
        })
    }
}

/// Reads rows one by one.
struct Rows<'a> {
    xml: Xml<'a>,
    styles: &'a Styles,
    /// The number of the last row.
    last: u32,
}

impl Rows<'_> {
    /// Returns the next row, with its cells in columns that are read; `None` at the end.
    fn next(&mut self, is_read: impl Fn(usize) -> bool) -> Result<Option<Row>, Unreadable> {
        let element = loop {
            match self.xml.next()? {
                None => return Ok(None),
                Some(Token::Open(element)) if element.name() == "row" => break element,
                _ => {}
            }
        };
        let number = element.attribute("r").and_then(|it| it.parse().ok());
        self.last = number.unwrap_or_else(|| self.last.saturating_add(1));
        let mut row = Row { number: self.last, cells: Vec::new() };
        let mut next = 0;
        loop {
            match self.xml.next()? {
                None => return Ok(Some(row)),
                Some(Token::Close(name)) if name == "row" => return Ok(Some(row)),
                Some(Token::Open(element)) if element.name() == "c" => {
                    let place = element.attribute("r");
                    let column = place.as_deref().and_then(column).unwrap_or(next);
                    next = column + 1;
                    let cell = self.cell(&element)?;
                    if let Some(cell) = cell
                        && column < MAX_COLUMNS
                        && is_read(column)
                    {
                        row.cells.push((column, cell));
                    }
                }
                _ => {}
            }
        }
    }

    /// Reads a cell up to its end; `None` if it is empty, or says that a formula failed.
    fn cell(&mut self, element: &Element<'_>) -> Result<Option<Cell>, Unreadable> {
        let kind = element.attribute("t").unwrap_or_default();
        let style = element.attribute("s").and_then(|style| style.parse().ok());
        let mut value = String::new();
        let mut is_value = false;
        loop {
            match self.xml.next()? {
                None => break,
                Some(Token::Open(element)) => match element.name().as_str() {
                    "v" | "t" => is_value = true,
                    "rPh" | "f" => self.xml.skip()?,
                    _ => {}
                },
                Some(Token::Text(part)) if is_value => value.push_str(&part),
                Some(Token::Text(_)) => {}
                Some(Token::Close(name)) => match name.as_str() {
                    "v" | "t" => is_value = false,
                    "c" => break,
                    _ => {}
                },
            }
        }
        if value.is_empty() {
            return Ok(None);
        }
        Ok(match kind.as_str() {
            "s" => value.trim().parse().ok().map(Cell::Shared),
            "e" => None,
            "b" => Some(Cell::Own(if value == "1" { "TRUE" } else { "FALSE" }.to_owned())),
            "str" | "inlineStr" | "d" => Some(Cell::Own(value)),
            _ => Some(Cell::Own(self.styles.read(&value, style))),
        })
    }
}

/// Returns the number of the column, from 0, of a place such as `B7`.
fn column(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.take(4).fold(0, |number, letter| {
        26 * number + usize::from(letter.to_ascii_uppercase() - b'A') + 1
    });
    number.checked_sub(1)
}
