//! Countries by their other names, their people and their capitals, from the table of
//! `text::english`.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::search::variant::VariantKind;
use crate::text::analyzer::{Analyzer, Token};
use crate::text::english::countries::countries;

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
    /// Its words' stems in English, so that plurals (“Afghans”) are found too.
    stems: Vec<Arc<str>>,
    place: usize,
    column: Column,
}

/// The forms of the table, and which of them begin with a stem.
struct Table {
    forms: Vec<Form>,
    by_first: HashMap<Arc<str>, Vec<usize>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut forms = Vec::new();
    let mut english = Analyzer::new(Some("en"));
    for (place, country) in countries().iter().enumerate() {
        let columns = [
            (Column::Name, &country.names),
            (Column::People, &country.people),
            (Column::Capital, &country.capitals),
        ];
        for (column, cell) in columns {
            for &written in cell {
                let stems =
                    english.tokens(written).iter().map(|token| Arc::clone(&token.stem)).collect();
                forms.push(Form { written, stems, place, column });
            }
        }
    }
    let mut by_first: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
    for (i, form) in forms.iter().enumerate() {
        by_first.entry(Arc::clone(&form.stems[0])).or_default().push(i);
    }
    Table { forms, by_first }
});

/// A place that is named: the words that name it, and its other names.
type Named = (Range<usize>, Vec<(&'static str, VariantKind)>);

/// Returns the places that words, stemmed in English, name, each by its longest name.
pub(super) fn places(words: &[Token]) -> Vec<Named> {
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        if let Some(form) = longest(&words[next..]) {
            let end = next + form.stems.len();
            found.push((next..end, others(form)));
            next = end;
        } else {
            next += 1;
        }
    }
    found
}

fn longest(words: &[Token]) -> Option<&'static Form> {
    let forms = TABLE.by_first.get(&words[0].stem)?.iter().map(|&i| &TABLE.forms[i]);
    let here = forms.filter(|form| {
        let same = form.stems.iter().zip(words).take_while(|(stem, word)| **stem == word.stem);
        same.count() == form.stems.len()
    });
    here.max_by_key(|form| form.stems.len())
}

fn others(form: &Form) -> Vec<(&'static str, VariantKind)> {
    let same_place =
        TABLE.forms.iter().filter(|other| other.place == form.place && other.stems != form.stems);
    same_place.map(|other| (other.written, kind(form.column, other.column))).collect()
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
                .find(|other| other.stems == form.stems && other.place != form.place);
            assert!(twin.is_none(), "{} is in two places", form.written);
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
