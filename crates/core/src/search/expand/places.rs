//! Countries by their other names, their people and their capitals, from the table of
//! `text::english`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use crate::search::variant::VariantKind;
use crate::text::analyzer::{self, Token};
use crate::text::english::countries::countries;
use crate::text::{self, fold};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Column {
    Name,
    People,
    Capital,
}

/// One way to write a place: a part of a cell.
struct Form {
    written: &'static str,
    place: usize,
    column: Column,
    stems: OnceLock<Vec<String>>,
}

impl Form {
    /// Returns its words' stems in English, so that plurals (“Afghans”) are found too. A query needs
    /// those of few forms, and those of all took an eighth to a quarter of a first query.
    fn stems(&self) -> &[String] {
        self.stems.get_or_init(|| analyzer::stems(self.written, Some("en")))
    }

    fn beginning(&self) -> String {
        let first = text::words(self.written).next();
        first.map(|word| beginning(&fold(word.text)).to_owned()).unwrap_or_default()
    }
}

/// The forms of the table, and which of them [begin](beginning) so.
struct Table {
    forms: Vec<Form>,
    by_beginning: HashMap<String, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { forms: Vec::new(), by_beginning: HashMap::new() };
    for (place, country) in countries().iter().enumerate() {
        let columns = [
            (Column::Name, &country.names),
            (Column::People, &country.people),
            (Column::Capital, &country.capitals),
        ];
        for (column, cell) in columns {
            for &written in cell {
                let form = Form { written, place, column, stems: OnceLock::new() };
                table.by_beginning.entry(form.beginning()).or_default().push(table.forms.len());
                table.forms.push(form);
            }
        }
    }
    table
});

/// Returns the two letters that a folded word and its stem have in common.
fn beginning(word: &str) -> &str {
    let end = word.char_indices().nth(2).map_or(word.len(), |(end, _)| end);
    &word[..end]
}

/// A place that is named: the words that name it, and its other names.
type Named = (Range<usize>, Vec<(&'static str, VariantKind)>);

/// Returns the places that words, stemmed in English, name, each by its longest name.
pub(super) fn places(words: &[Token]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        if let Some(form) = longest(&words[next..]) {
            let end = next + form.stems().len();
            found.push((next..end, others(form)));
            next = end;
        } else {
            next += 1;
        }
    }
    found
}

fn longest(words: &[Token]) -> Option<&'static Form> {
    let forms = TABLE.by_beginning.get(beginning(&words[0].stem))?.iter();
    let here = forms.map(|&i| &TABLE.forms[i]).filter(|form| {
        let same = form.stems().iter().zip(words).take_while(|(stem, word)| ***stem == *word.stem);
        same.count() == form.stems().len()
    });
    here.max_by_key(|form| form.stems().len())
}

fn others(form: &Form) -> Vec<(&'static str, VariantKind)> {
    let of_place = TABLE.forms.iter().filter(|other| other.place == form.place);
    let others = of_place.filter(|other| other.stems() != form.stems());
    others.map(|other| (other.written, kind(form.column, other.column))).collect()
}

fn kind(typed: Column, other: Column) -> VariantKind {
    match (typed, other) {
        (Column::Capital, Column::Capital) => VariantKind::Name,
        (Column::Capital, _) | (_, Column::Capital) => VariantKind::Capital,
        (Column::Name, Column::Name) => VariantKind::Name,
        _ => VariantKind::People,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::analyzer;

    fn of(text: &str) -> Vec<Named> {
        places(&analyzer::tokens(text, Some("en")))
    }

    #[test]
    fn every_form_means_one_place() {
        assert_eq!(countries().len(), 195 + 2, "countries, and two unions of countries");
        for (i, form) in TABLE.forms.iter().enumerate() {
            let twin = TABLE.forms[i + 1..]
                .iter()
                .find(|other| other.stems() == form.stems() && other.place != form.place);
            assert!(twin.is_none(), "{} is in two places", form.written);
            assert_eq!(beginning(&form.stems()[0]), form.beginning(), "{}", form.written);
        }
    }

    #[test]
    fn a_place_is_found_by_its_longest_name() {
        assert_eq!(
            of("in pakistan now"),
            [(1..2, vec![("Pakistani", VariantKind::People), ("Islamabad", VariantKind::Capital)])]
        );
        let found = of("south sudan and the united arab emirates");
        assert_eq!(found[0].0, 0..2);
        assert_eq!(
            found[0].1,
            [("South Sudanese", VariantKind::People), ("Juba", VariantKind::Capital)]
        );
        assert_eq!(found[1].0, 4..7);
        assert_eq!(found[1].1[0], ("UAE", VariantKind::Name));
        assert_eq!(of("the Afghans")[0].1[0], ("Afghanistan", VariantKind::People));
        assert_eq!(
            of("islamabad")[0].1,
            [("Pakistan", VariantKind::Capital), ("Pakistani", VariantKind::Capital)]
        );
        assert!(of("united").is_empty());
    }
}
