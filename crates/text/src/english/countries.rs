//! Countries by their names, by their people and by their capitals.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    #[serde(borrow)]
    compared: Vec<&'static str>,
    #[serde(borrow)]
    others: Vec<&'static str>,
    #[serde(borrow)]
    words: Vec<&'static str>,
}

static TABLE: LazyLock<Table> =
    LazyLock::new(|| table("countries.toml", include_str!("countries.toml")));

static ROWS: LazyLock<Vec<Country>> = LazyLock::new(|| {
    let compared = TABLE.compared.iter().map(|row| Country::read(row, true));
    compared.chain(TABLE.others.iter().map(|row| Country::read(row, false))).collect()
});

/// A country, or a union of countries. All is as written.
#[derive(Debug)]
pub struct Country {
    /// Its names, the usual one first.
    pub names: Vec<&'static str>,
    /// Its people and what is theirs: `Afghan`.
    pub people: Vec<&'static str>,
    /// Its capital, in the ways it is written.
    pub capitals: Vec<&'static str>,
    /// The words that it is compared by, where those are not all of one word, or none.
    compared: Option<&'static str>,
}

impl Country {
    /// Reads a row of the table.
    ///
    /// # Panics
    ///
    /// Panics where it has not the cells that the head of the table says.
    fn read(row: &'static str, is_compared: bool) -> Self {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let (names, people, capitals, compared) = match cells[..] {
            [names, people, capitals] => (names, people, capitals, None),
            [names, people, capitals, compared] if is_compared => {
                (names, people, capitals, Some(compared))
            }
            _ => panic!("a row of countries.toml has too few or too many cells: {row}"),
        };
        let forms = |cell: &'static str| {
            cell.split(',').map(str::trim).filter(|form| !form.is_empty()).collect()
        };
        let compared = if is_compared { compared } else { Some("") };
        Self { names: forms(names), people: forms(people), capitals: forms(capitals), compared }
    }

    /// Returns the words in lower case that it is compared by: a name first, a city last.
    fn words(&self) -> Vec<String> {
        match self.compared {
            Some(words) => words.split_whitespace().map(str::to_owned).collect(),
            None => {
                let forms = self.names.iter().chain(&self.people).chain(&self.capitals);
                forms
                    .filter(|form| form.chars().all(char::is_alphanumeric))
                    .map(|form| form.to_lowercase())
                    .collect()
            }
        }
    }
}

/// Returns all countries, and the unions that are named like them.
pub fn countries() -> &'static [Country] {
    &ROWS
}

/// Returns the words in lower case by which countries are compared, those of one country together:
/// its name first, then what belongs to it, and last, for most, the seat of its government.
pub fn compared() -> impl Iterator<Item = Vec<String>> {
    let parts = TABLE.words.iter().map(|words| words.split(' ').map(str::to_owned).collect());
    ROWS.iter().map(Country::words).filter(|words| !words.is_empty()).chain(parts)
}
