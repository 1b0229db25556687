//! [`Fields`]: a few fields of each citation, for programs and spreadsheets that need no more.
//!
//! A [`Record`] has the fields of a citation (`pincite/citation/1`) and, beside them, those of the
//! hit that it belongs to and of the claim that was looked for.

use serde_json::{Map, Value};

use crate::json;
use crate::table;
use pincite_core::check::Request;
use pincite_core::cite::Citation;
use pincite_core::engine::Found;
use pincite_core::wire::hit::Hit;

/// The fields that a table has where none are named, after those of the claim.
const TABLE: [&str; 10] = [
    "rank",
    "id",
    "quote",
    "formatted",
    "source.title",
    "source.URL",
    "file",
    "locator.lines",
    "locator.page",
    "deep_link",
];

/// The fields of a claim.
const CLAIM: [&str; 3] = ["claim_id", "claim_line", "claim"];

/// The fields of a hit beside those of its citation.
const HIT: [&str; 4] = ["rank", "score", "passage", "copies"];

/// The fields of a citation.
const CITATION: [&str; 13] = [
    "id",
    "quote",
    "file",
    "text",
    "locator",
    "selectors",
    "source",
    "content_hash",
    "quote_hash",
    "deep_link",
    "formatted",
    "stale",
    "markup",
];

/// The fields of a citation, its hit and its claim.
#[derive(Debug, Clone, Default)]
pub struct Record(Map<String, Value>);

impl Record {
    /// The record of a citation.
    pub fn of(citation: &Citation) -> Self {
        Self(fields(citation))
    }

    /// The record of a hit.
    pub fn found(found: &Found) -> Self {
        let mut record = Self::of(&found.quotation.citation);
        let mut hit = fields(&Hit::new(found, false));
        for name in HIT {
            record.0.extend(hit.shift_remove(name).map(|value| (name.to_owned(), value)));
        }
        record
    }

    /// The same with the claim that was looked for.
    #[must_use]
    pub fn claimed(mut self, claim: &Request) -> Self {
        let line = claim.place.map(|place| place.line);
        let values = [claim.id.clone().into(), line.into(), claim.claim.clone().into()];
        self.0.extend(CLAIM.map(str::to_owned).into_iter().zip(values));
        self
    }

    /// Returns the value at a path of names.
    fn get(&self, path: &str) -> Option<&Value> {
        let mut names = path.split('.');
        let first = self.0.get(names.next()?)?;
        names.try_fold(first, |value, name| value.get(name))
    }
}

/// Returns the fields of a document of ours, which is an object.
fn fields<T: serde::Serialize>(document: &T) -> Map<String, Value> {
    match serde_json::to_value(document) {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// Fields of records by name, in the order in which they are written. A path such as
/// `source.title` names a field of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fields(Vec<String>);

impl Fields {
    /// The fields of a table where none are named: those of citations, `with_rank` also the rank of
    /// their hits, and `with_claims` those of claims.
    pub fn table(with_rank: bool, with_claims: bool) -> Self {
        let claim = if with_claims { &CLAIM[..] } else { &[] };
        let rest = if with_rank { &TABLE[..] } else { &TABLE[1..] };
        Self(claim.iter().chain(rest).map(|&name| name.to_owned()).collect())
    }

    /// The fields of these names. The error is the first name of no field.
    ///
    /// ```
    /// use pincite_render::fields::Fields;
    /// assert!(Fields::named(&["quote", "source.title"]).is_ok());
    /// assert_eq!(Fields::named(&["quote", "titel"]), Err("titel".to_owned()));
    /// ```
    pub fn named<S: AsRef<str>>(names: &[S]) -> Result<Self, String> {
        let names = names.iter().map(|name| name.as_ref().trim().to_owned());
        let names: Vec<String> = names.filter(|name| !name.is_empty()).collect();
        match names.iter().find(|name| !is_known(name)) {
            Some(unknown) => Err(unknown.clone()),
            None => Ok(Self(names)),
        }
    }

    /// Returns the names of all fields.
    pub fn all() -> impl Iterator<Item = &'static str> {
        CITATION.into_iter().chain(HIT).chain(CLAIM)
    }

    /// Renders a compact array of objects with these fields; `null` where a record has none.
    pub fn json(&self, records: &[Record]) -> String {
        json::line(&records.iter().map(|record| self.object(record)).collect::<Vec<_>>())
    }

    /// Renders such an object on each line.
    pub fn json_lines(&self, records: &[Record]) -> String {
        records.iter().map(|record| json::line(&self.object(record))).collect()
    }

    /// Renders the row with the names of the fields.
    pub fn header(&self) -> String {
        table::rows([&self.0])
    }

    /// Renders a row for each record: text as it is, other values as JSON, and an empty cell where
    /// a record has none. Cells that would be formulas are marked as text, as in the table of
    /// [`checks_as_csv`](crate::checks_as_csv).
    pub fn rows(&self, records: &[Record]) -> String {
        let cell = |value: Option<&Value>| match value {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => table::cell(text),
            Some(value) => value.to_string(),
        };
        let row =
            |record: &Record| self.0.iter().map(|path| cell(record.get(path))).collect::<Vec<_>>();
        table::rows(records.iter().map(row))
    }

    /// Returns an object that has these fields where the record has them.
    fn object(&self, record: &Record) -> Value {
        let mut object = Map::new();
        for path in &self.0 {
            let value = record.get(path).cloned().unwrap_or_default();
            insert(&mut object, path, value);
        }
        Value::Object(object)
    }
}

/// Returns whether a path begins with the name of a field.
fn is_known(path: &str) -> bool {
    let first = path.split('.').next().unwrap_or_default();
    Fields::all().any(|name| name == first)
}

/// Puts a value at a path, where no other path of the same list has put one.
fn insert(object: &mut Map<String, Value>, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = object.entry(first).or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(inner) = inner {
                insert(inner, rest, value);
            }
        }
    }
}
