//! [`Tables`]: the tables that are open at a place in a document.

use super::super::composed::Composer;

/// The tables that are open, outermost first.
#[derive(Default)]
pub(super) struct Tables(Vec<Table>);

#[derive(Default)]
struct Table {
    /// The cells of the open row, each a list of paragraphs.
    cells: Vec<Vec<String>>,
    /// Set if the open row was deleted.
    is_deleted: bool,
}

impl Tables {
    /// Returns whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Begins a table.
    pub(super) fn open(&mut self) {
        self.0.push(Table::default());
    }

    /// Begins a cell of the open row.
    pub(super) fn cell(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.cells.push(Vec::new());
        }
    }

    /// Says that the open row was deleted.
    pub(super) fn delete_row(&mut self) {
        if let Some(table) = self.0.last_mut() {
            table.is_deleted = true;
        }
    }

    /// Adds a paragraph to the open cell. Returns it if there is none.
    pub(super) fn paragraph(&mut self, text: String) -> Option<String> {
        let Some(table) = self.0.last_mut() else { return Some(text) };
        match table.cells.last_mut() {
            Some(cell) => cell.push(text),
            None => table.cells.push(vec![text]),
        }
        None
    }

    /// Ends the open row: that of a table within a cell becomes a paragraph of the cell.
    pub(super) fn close_row(&mut self, out: &mut Composer) {
        let Some(table) = self.0.last_mut() else { return };
        let cells = std::mem::take(&mut table.cells);
        if std::mem::take(&mut table.is_deleted) {
            return;
        }
        let outer = self.0.len().checked_sub(2);
        match outer {
            Some(outer) => {
                let text = cells.concat().join("\t");
                match self.0[outer].cells.last_mut() {
                    Some(cell) => cell.push(text),
                    None => self.0[outer].cells.push(vec![text]),
                }
            }
            None => out.row(&cells),
        }
    }

    /// Ends a table.
    pub(super) fn close(&mut self, out: &mut Composer) {
        // Cells outside of rows are damage, but may have text.
        self.close_row(out);
        self.0.pop();
    }
}
