//! Countries with their names, peoples and capitals.

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
    let compared = TABLE.compared.iter().map(|row| Country::parse(row, true));
    compared.chain(TABLE.others.iter().map(|row| Country::parse(row, false))).collect()
});

/// A country, or a union of countries. All words are as written.
#[derive(Debug)]
pub struct Country {
    /// Its names, the usual one first.
    pub names: Vec<&'static str>,
    /// Its people and the adjective: `Afghan`.
    pub people: Vec<&'static str>,
    /// Its capital, in all spellings.
    pub capitals: Vec<&'static str>,
    /// The words for comparison, if they are not all forms of one word. Empty if there are none.
    compared: Option<&'static str>,
}

impl Country {
    /// Parses a row of the table.
    ///
    /// # Panics
    ///
    /// If the row has too few or too many cells.
    fn parse(row: &'static str, is_compared: bool) -> Self {
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

    /// Returns the words for comparison in lower case: a name first, a city last.
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

/// Returns all countries and unions of countries.
pub fn countries() -> &'static [Country] {
    &ROWS
}

/// Returns the words for comparison of each country in lower case: its name first, and for most
/// countries its capital last.
pub fn compared() -> impl Iterator<Item = Vec<String>> {
    let others = TABLE.words.iter().map(|words| words.split(' ').map(str::to_owned).collect());
    ROWS.iter().map(Country::words).filter(|words| !words.is_empty()).chain(others)
}
